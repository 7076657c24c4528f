// What a service holds must not grow with the stream: keeping every score is for a test set.
//
// expect: constraints not satisfied
#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/concepts.hpp"

template <leeway::Bounded A>
void serve(const A&) {}

int main() {
#ifdef LEEWAY_BAD_TWIN
    serve(leeway::scored_outcomes{});
#else
    serve(leeway::score_table{});
#endif
}
