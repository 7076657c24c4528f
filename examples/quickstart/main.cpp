// A test set evaluated in one call, and the same metric on a stream in bounded memory.
#include <cmath>
#include <cstdint>
#include <iostream>
#include <leeway/leeway.hpp>
#include <vector>

int main() {
    const std::vector<std::int32_t> labels{0, 0, 0, 0, 1, 0, 1, 1, 0, 1, 1, 1};
    const std::vector<double> scores{.04, .09, .13, .22, .31, .37, .48, .55, .63, .71, .86, .92};

    const leeway::report report = leeway::evaluate(leeway::binary_task{}, labels, scores);
    std::cout << leeway::to_text(report);

    leeway::running<leeway::roc_auc> stream;
    for (std::size_t row = 0; row < labels.size(); ++row) {
        stream.update({.label = labels[row], .score = scores[row]});
    }
    const leeway::estimate exact = report[leeway::roc_auc{}];
    const leeway::estimate certified = stream.result();
    std::cout << "\nROC AUC of the rows:   " << leeway::to_text(exact)
              << "\nROC AUC of the stream: " << leeway::to_text(certified) << '\n';

    // 32 of the 36 pairs of a positive and a negative are in the right order.
    const bool right = std::abs(exact.value() - 32.0 / 36) < 1e-12 && certified.confidence() == 1 &&
                       certified.lower() <= exact.value() && exact.value() <= certified.upper();
    return right ? 0 : 1;
}
