// How the figures of two models on the same rows differ, each by its paired test.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/model_pair.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/evaluation/comparison.hpp"

namespace leeway::cli {

/// A figure of both, and its difference by a paired test.
struct paired_figure {
    std::string metric;
    std::string test;
    orientation better{orientation::neither};
    estimate first, second;
    comparison difference;  ///< first less second
};

struct pairing {
    confidence_level confidence{confidence_95};
    std::size_t replicates{500};  ///< of the bootstrap; 0: no figures that need it
    /// Keys of the figures; "all", first: every one; empty: those that compare shows by itself.
    std::vector<std::string> wanted{};
};

/// A key that has no paired test; the sentence names those that have one.
class no_paired_test : public failure {
  public:
    no_paired_test(std::string key, const std::string& sentence)
        : failure(sentence), key_(std::move(key)) {}
    [[nodiscard]] const std::string& key() const noexcept { return key_; }

  private:
    std::string key_;
};

/// Reads the same rows as often as asked: the bootstrap draws them once.
class model_comparison {
  public:
    /// The models must outlive it.
    model_comparison(const model_pair& models, const pairing& how);
    ~model_comparison();
    model_comparison(const model_comparison&) = delete;
    model_comparison& operator=(const model_comparison&) = delete;

    /// Those asked for, in the order of the report; raises no_paired_test.
    [[nodiscard]] std::vector<paired_figure> figures();
    /// The difference of one of them with its interval at another confidence.
    [[nodiscard]] estimate difference(const std::string& key, const confidence_level& confidence);

  private:
    class comparing;
    std::unique_ptr<comparing> rows_;
};

}  // namespace leeway::cli
