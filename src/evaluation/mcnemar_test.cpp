#include "leeway/evaluation/mcnemar_test.hpp"

#include <algorithm>
#include <cmath>

#include "leeway/core/distributions.hpp"
#include "leeway/core/error.hpp"

namespace leeway::inline v0 {

namespace {

void require_count(const char* parameter, double count) {
    if (!(count >= 0) || std::isinf(count)) {
        raise_invalid("mcnemar_test", parameter, count, "a finite number >= 0");
    }
}

/// (b - c) / n with Bonett and Price's interval.
estimate difference_of_shares(double b, double c, double n, confidence_level confidence) {
    const double value = (b - c) / n;
    const double first = (b + 1) / (n + 2), second = (c + 1) / (n + 2);
    const double centre = first - second;
    const double half =
        confidence.critical * std::sqrt((first + second - centre * centre) / (n + 2));
    return estimate::within(value, std::min(value, std::max(centre - half, -1.0)),
                            std::max(value, std::min(centre + half, 1.0)), confidence.level, n);
}

}  // namespace

comparison mcnemar_test::operator()(double only_first_right, double only_second_right,
                                    double rows) const {
    require_count("only_first_right", only_first_right);
    require_count("only_second_right", only_second_right);
    require_count("rows", rows);
    const double discordant = only_first_right + only_second_right;
    if (discordant > rows) {
        raise_invalid("mcnemar_test", "rows", rows,
                      "at least the discordant ones, " + detail::shown(discordant));
    }
    comparison answer;
    answer.rows = rows;
    if (rows == 0) return answer;
    answer.difference = difference_of_shares(only_first_right, only_second_right, rows, confidence);
    const double fewer = std::min(only_first_right, only_second_right);
    if (law == form::exact) {
        if (fewer != std::floor(fewer) || discordant != std::floor(discordant)) {
            raise_invalid("mcnemar_test", "a discordant count", fewer,
                          "a whole number (of rows), for the exact form");
        }
        answer.statistic = fewer;
        answer.p_value = std::min(1.0, 2 * binomial_cdf(fewer, discordant, 0.5));
        return answer;
    }
    if (discordant == 0) {
        answer.statistic = 0;
        answer.p_value = 1;
        return answer;
    }
    const double apart = std::abs(only_first_right - only_second_right);
    const double counted = law == form::corrected ? std::max(0.0, apart - 1) : apart;
    const double statistic = counted * counted / discordant;
    answer.statistic = statistic;
    answer.p_value = chi_squared_survival(statistic, 1);
    return answer;
}

}  // namespace leeway::inline v0
