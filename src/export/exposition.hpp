// Builds one page of Prometheus text: families stay together, groups are kept or dropped whole.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "leeway/core/version.hpp"

namespace leeway::inline v0::detail {

class exposition {
  public:
    enum class type { counter, gauge, histogram };
    using family = std::size_t;
    using label = std::pair<std::string_view, std::string_view>;
    using label_list = std::vector<label>;

    /// `constant` labels stand first on every series; their names are checked.
    explicit exposition(const std::vector<std::pair<std::string, std::string>>& constant);

    /// A family without samples is not written.
    family add_family(std::string_view name, type kind, std::string_view help);

    /// Samples added from here on are kept together; earlier groups are kept first.
    void begin_group() { ++groups_; }

    void add(family to, const label_list& labels, double value);
    template <std::integral Whole>
    void add(family to, const label_list& labels, Whole value) {
        add_line(to, {}, labels, std::to_string(value));
    }
    /// One line of a histogram; suffix "_bucket", "_sum" or "_count".
    void add_part(family to, std::string_view suffix, const label_list& labels, double value);

    /// The page with at most most_series series (but one at least), the count of dropped ones
    /// included, which it adds to the family `dropped`.
    [[nodiscard]] std::string page(std::size_t most_series, family dropped);

  private:
    struct sample {
        std::string line;
        std::size_t group;
    };
    struct metric_family {
        std::string name;
        type kind;
        std::string help;
        std::vector<sample> samples;
    };

    void add_line(family to, std::string_view suffix, const label_list& labels,
                  const std::string& value);

    std::string constant_;
    std::vector<metric_family> families_;
    std::unordered_set<std::string> seen_;
    std::size_t groups_{0};
    std::size_t duplicates_{0};
};

}  // namespace leeway::inline v0::detail
