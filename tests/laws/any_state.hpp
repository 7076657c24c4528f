// A state and the rows that fill it behind one type, so that the laws are compiled once and not for
// every state.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "laws/samples.hpp"

namespace laws::detail {

/// Row `row` of those the law was given, with this weight where rows carry one.
struct pick {
    std::size_t row;
    double weight{1};
};
using picks = std::vector<pick>;

/// The weight of a row; 1 where rows carry none.
template <class Row>
double weight_of(const Row& row) {
    if constexpr (weighted<Row>) {
        return row.weight;
    } else {
        return 1;
    }
}

template <class Row>
Row picked(const std::vector<Row>& rows, const pick& chosen) {
    Row row = rows[chosen.row];
    if constexpr (weighted<Row>) row.weight = chosen.weight;
    return row;
}

/// Every row as it is.
template <class Row>
picks all_of(const std::vector<Row>& rows) {
    picks all;
    for (const Row& row : rows) all.push_back({all.size(), weight_of(row)});
    return all;
}

class any_state {
  public:
    any_state() = default;
    any_state& operator=(const any_state&) = delete;
    virtual ~any_state() = default;

    [[nodiscard]] virtual std::unique_ptr<any_state> copy() const = 0;
    virtual void update(const pick& chosen) = 0;
    virtual void merge(const any_state& other) = 0;
    [[nodiscard]] virtual bool equals(const any_state& other) const = 0;

  protected:
    any_state(const any_state&) = default;
};

/// What every box has; `Base` is any_state, or a class derived from it that asks for more.
template <class State, class Row, class Base>
class state_box : public Base {
  public:
    state_box(State empty, const std::vector<Row>& all) : state_(std::move(empty)), all_(&all) {}

    void update(const pick& chosen) final { state_.update(picked(*all_, chosen)); }
    void merge(const any_state& other) final { state_.merge(of(other)); }
    [[nodiscard]] bool equals(const any_state& other) const final { return state_ == of(other); }

    static const State& of(const any_state& other) {
        return static_cast<const state_box&>(other).state_;
    }

  protected:
    State state_;
    const std::vector<Row>* all_;
};

template <class State, class Row>
class plain_box final : public state_box<State, Row, any_state> {
  public:
    using state_box<State, Row, any_state>::state_box;
    [[nodiscard]] std::unique_ptr<any_state> copy() const override {
        return std::unique_ptr<any_state>(new plain_box(*this));
    }
};

/// Copies, compares and reads like the state in it.
template <class Any>
class value_of {
  public:
    explicit value_of(std::unique_ptr<any_state> held) : held_(std::move(held)) {}
    explicit value_of(const any_state& state) : held_(state.copy()) {}
    value_of(const value_of& other) : held_(other.held_->copy()) {}
    value_of(value_of&&) = default;
    value_of& operator=(const value_of& other) {
        held_ = other.held_->copy();
        return *this;
    }
    value_of& operator=(value_of&&) = default;
    ~value_of() = default;

    Any& operator*() { return static_cast<Any&>(*held_); }
    const Any& operator*() const { return static_cast<const Any&>(*held_); }
    Any* operator->() { return &**this; }
    const Any* operator->() const { return &**this; }
    void merge(const value_of& other) { held_->merge(*other.held_); }
    void feed(const picks& rows) { feed(rows, 0, rows.size()); }
    void feed(const picks& rows, std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i) held_->update(rows[i]);
    }
    friend bool operator==(const value_of& a, const value_of& b) {
        return a.held_->equals(*b.held_);
    }

  private:
    std::unique_ptr<any_state> held_;
};

}  // namespace laws::detail
