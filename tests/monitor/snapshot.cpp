#include "leeway/monitor/snapshot.hpp"

#include "support/catch.hpp"

TEST_CASE("kinds and statuses have words") {
    CHECK(to_string(leeway::channel_kind::numeric) == "numeric");
    CHECK(to_string(leeway::channel_kind::categorical) == "categorical");
    CHECK(to_string(leeway::channel_kind::score) == "score");
    CHECK(to_string(leeway::channel_kind::error) == "error");
    CHECK(to_string(leeway::detector_status::stable) == "stable");
    CHECK(to_string(leeway::detector_status::warning) == "warning");
    CHECK(to_string(leeway::detector_status::drift) == "drift");
}

TEST_CASE("an empty snapshot claims nothing") {
    const leeway::snapshot empty;
    CHECK(empty.rows == 0);
    CHECK(!empty.period_start);
    CHECK(!empty.last_label);
    CHECK(!empty.score);
    CHECK(!empty.error);
    CHECK(empty.panel.status == leeway::detector_status::stable);
    CHECK(!leeway::guard_reading{}.lag_one.defined());
    CHECK(leeway::channel_snapshot{}.verdict == leeway::verdict::not_enough_data);
}
