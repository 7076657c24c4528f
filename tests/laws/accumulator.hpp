// The law suite of accumulators: one call a state.
//
//     laws::accumulator([] { return leeway::moments(); }, laws::value_rows(3000, true),
//                       {.tolerance = 1e-12, .readings = ...});
//
// The rows given must be good ones; the suite spoils some itself. tolerance 0 asks for equal
// states; any other compares the readings relatively.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "laws/any_state.hpp"
#include "laws/hostile_bytes.hpp"
#include "laws/readings.hpp"
#include "laws/samples.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

namespace laws {

/// What a state promises where it is not exactness.
template <class A>
struct promise {
    /// Relative, of the readings: for merging, batches and doubled weights. 0: equal states.
    double tolerance{0};
    /// What a user reads from the state; by default every number in its fields.
    std::function<std::vector<double>(const A&)> readings{
        [](const A& state) { return numbers(state); }};
    /// Those readings for which weight 2 is the row seen twice; by default all of them.
    std::function<std::vector<double>(const A&)> frequency_readings{};
    /// Rows that the state holds, or their weight when all weights are 1.
    std::function<double(const A&)> held{[](const A& state) { return rows_held(state); }};
};

namespace detail {

/// What the laws ask of an accumulator, whatever its type.
class any_accumulator : public any_state {
  public:
    virtual void update_batch(const picks& batch, bool weights) = 0;
    /// A batch whose column of weights is one short.
    virtual void update_torn(const picks& batch) = 0;
    virtual void reset() = 0;
    [[nodiscard]] virtual std::string_view kind() const = 0;
    [[nodiscard]] virtual std::vector<std::byte> saved() const = 0;
    /// Null when the bytes are refused.
    [[nodiscard]] virtual std::unique_ptr<any_state> loaded(
        const std::vector<std::byte>& bytes) const = 0;
    [[nodiscard]] virtual bool has_defect() const = 0;
    /// None where the state refuses nothing.
    [[nodiscard]] virtual std::optional<leeway::rejections> rejected() const = 0;
    /// None where the state may grow.
    [[nodiscard]] virtual std::optional<std::size_t> bytes() const = 0;
    [[nodiscard]] virtual std::vector<double> readings() const = 0;
    [[nodiscard]] virtual std::vector<double> frequency_readings() const = 0;
    [[nodiscard]] virtual double held() const = 0;
};

template <class A>
class accumulator_box final : public state_box<A, typename A::sample_type, any_accumulator> {
    using row = typename A::sample_type;
    using base = state_box<A, row, any_accumulator>;

  public:
    accumulator_box(A empty, const std::vector<row>& all, const promise<A>& promised)
        : base(std::move(empty), all), promised_(&promised) {}

    void update_batch(const picks& batch, bool weights) override {
        this->state_.update(columns<row>(rows_of(batch), weights).view());
    }
    void update_torn([[maybe_unused]] const picks& batch) override {
        if constexpr (weighted<row>) {
            const columns<row> owner(rows_of(batch), true);
            auto torn = owner.view();
            torn.weight = torn.weight.first(torn.weight.size() - 1);
            this->state_.update(torn);
        }
    }
    void reset() override { this->state_.reset(); }
    std::unique_ptr<any_state> copy() const override { return with(this->state_); }
    std::string_view kind() const override { return A::kind; }
    std::vector<std::byte> saved() const override { return leeway::to_bytes(this->state_); }
    std::unique_ptr<any_state> loaded(const std::vector<std::byte>& bytes) const override {
        const auto read = leeway::from_bytes<A>(bytes);
        return read ? with(*read) : nullptr;
    }
    bool has_defect() const override { return !leeway::defect_of(this->state_).empty(); }
    std::optional<leeway::rejections> rejected() const override {
        if constexpr (requires { this->state_.rejected(); }) {
            return this->state_.rejected();
        } else {
            return std::nullopt;
        }
    }
    std::optional<std::size_t> bytes() const override {
        if constexpr (leeway::Bounded<A>) {
            return this->state_.bytes();
        } else {
            return std::nullopt;
        }
    }
    std::vector<double> readings() const override { return promised_->readings(this->state_); }
    std::vector<double> frequency_readings() const override {
        const auto& read = promised_->frequency_readings;
        return read ? read(this->state_) : readings();
    }
    double held() const override { return promised_->held(this->state_); }

  private:
    std::vector<row> rows_of(const picks& batch) const {
        std::vector<row> rows;
        for (const pick& chosen : batch) rows.push_back(picked(*this->all_, chosen));
        return rows;
    }
    std::unique_ptr<any_state> with(const A& one) const {
        return std::unique_ptr<any_state>(new accumulator_box(one, *this->all_, *promised_));
    }

    const promise<A>* promised_;
};

/// A row to be refused, and why.
struct bad_pick {
    pick row;
    std::uint64_t leeway::rejections::*reason;
};

struct accumulator_case {
    const any_accumulator& empty;
    picks good;
    std::vector<bad_pick> bad;
    bool weighted;
    double tolerance;
};

void accumulator_laws(const accumulator_case& given);

}  // namespace detail

namespace detail {

template <class A>
void accumulator_laws_of(A empty, const std::vector<typename A::sample_type>& rows,
                         const promise<A>& promised) {
    static_assert(leeway::Accumulator<A>);
    static_assert(leeway::Savable<A>);
    auto all = rows;
    std::vector<bad_pick> bad;
    for (const auto& wrong : bad_rows(rows.front())) {
        bad.push_back({{all.size(), weight_of(wrong.row)}, wrong.reason});
        all.push_back(wrong.row);
    }
    accumulator_laws({accumulator_box<A>(std::move(empty), all, promised), all_of(rows),
                      std::move(bad), weighted<typename A::sample_type>, promised.tolerance});
}

}  // namespace detail

/// Every law. `rows` are good rows, enough of them to fill a batch's blocks (3,000 or so).
template <class Make, class A = std::invoke_result_t<Make>>
void accumulator(const Make& make_empty, const std::vector<typename A::sample_type>& rows,
                 const std::type_identity_t<promise<A>>& promised = {}) {
    REQUIRE(make_empty() == make_empty());
    detail::accumulator_laws_of<A>(make_empty(), rows, promised);
}

}  // namespace laws
