// A model that is watched while it scores.
#pragma once

#include <cstddef>
#include <memory>
#include <mutex>
#include <span>
#include <type_traits>
#include <utility>

#include "leeway/core/version.hpp"
#include "leeway/model/batch_view.hpp"
#include "leeway/model/model.hpp"
#include "leeway/monitor/monitor.hpp"
#include "leeway/monitor/recorder.hpp"

namespace leeway::inline v0 {

/// A score with the ticket by which its label can be joined later.
struct scored {
    double score{0};
    ticket prediction{};
};

/// Scores through a model and records what went in and came out: one for each serving thread, from
/// monitored::scorer(). Recording never blocks, allocates or throws; what the model does is the
/// model's. A row whose scoring throws is not recorded.
/// Thread rule: one thread at a time. The monitored model must outlive it.
template <class M>
class scorer {
  public:
    double operator()(std::span<const double> row) {
        const double score = score_row(*model_, row);
        recorder_.record(row, score);
        return score;
    }

    /// The same, with the ticket for the label.
    scored score(std::span<const double> row) {
        const double score = score_row(*model_, row);
        return {score, recorder_.record(row, score)};
    }

    /// A batch; tickets, when not empty, receives one a row.
    void operator()(const batch_view& rows, std::span<double> scores,
                    std::span<ticket> tickets = {}) {
        score_batch(*model_, rows, scores);
        recorder_.record_batch(rows, scores, {}, tickets);
    }

    /// The outcome of an earlier prediction; see recorder::label.
    bool label(ticket prediction, double outcome) noexcept {
        return recorder_.label(prediction, outcome);
    }

    [[nodiscard]] leeway::recorder& recorder() noexcept { return recorder_; }

  private:
    template <Model Wrapped>
    friend class monitored;

    scorer(const M& model, leeway::recorder recorder)
        : model_(&model), recorder_(std::move(recorder)) {}

    const M* model_;
    leeway::recorder recorder_;
};

/// A Model that scores through another and records every row: monitored(my_model, monitor).
///
/// A model given by name is referred to and must outlive this; a temporary is moved in. Calling it
/// directly is safe from any thread and costs an uncontended mutex; a serving thread takes its own
/// scorer() instead, which has none. Thread rule: any thread.
template <Model M>
class monitored {
  public:
    using model_type = std::remove_reference_t<M>;

    monitored(M model, monitor& watched_by)
        : model_(std::forward<M>(model)),
          monitor_(&watched_by),
          shared_(std::make_unique<shared>(watched_by.recorder())) {}

    /// For one serving thread. The monitor must outlive this call, not the scorer.
    [[nodiscard]] leeway::scorer<std::remove_const_t<model_type>> scorer() {
        return {std::as_const(model_), monitor_->recorder()};
    }

    double operator()(std::span<const double> row) const {
        const double score = score_row(std::as_const(model_), row);
        const std::lock_guard lock(shared_->mutex);
        shared_->recorder.record(row, score);
        return score;
    }

    void operator()(const batch_view& rows, std::span<double> scores) const {
        score_batch(std::as_const(model_), rows, scores);
        const std::lock_guard lock(shared_->mutex);
        shared_->recorder.record_batch(rows, scores);
    }

    [[nodiscard]] const model_type& model() const noexcept { return model_; }

  private:
    struct shared {
        explicit shared(leeway::recorder taken) : recorder(std::move(taken)) {}
        std::mutex mutex;
        leeway::recorder recorder;
    };

    M model_;
    monitor* monitor_;
    std::unique_ptr<shared> shared_;
};

template <class M>
monitored(M&&, monitor&) -> monitored<M>;

}  // namespace leeway::inline v0
