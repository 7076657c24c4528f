#include "leeway/core/joined_text.hpp"

#include "support/catch.hpp"

namespace {

constexpr std::string_view first = "mean_";
constexpr std::string_view empty;

struct named {
    static constexpr std::string_view name = "of_all";
};

}  // namespace

TEST_CASE("texts are joined in order") {
    CHECK(leeway::detail::joined_text<first, named::name>::value == "mean_of_all");
    CHECK(leeway::detail::joined_text<first>::value == "mean_");
    CHECK(leeway::detail::joined_text<empty, named::name, empty, first>::value == "of_allmean_");
    static_assert(leeway::detail::joined_text<first, first>::value == "mean_mean_");
}
