from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine import figures


def test_measurements_keep_four_significant_digits_and_scores_four_decimals() -> None:
    assert figures.measured_all({"a": 123.456789, "b": [0.000123456, 2.0], "c": 3, "d": None}) == {
        "a": 123.5,
        "b": [0.0001235, 2.0],
        "c": 3,
        "d": None,
    }
    assert figures.score_of(0.123456789) == 0.1235


@settings(max_examples=80, deadline=None)
@given(st.lists(st.floats(0.001, 1.0), min_size=2, max_size=9))
def test_shares_still_add_up(values: list[float]) -> None:
    total = sum(values)
    shares = figures.shares_of(value / total for value in values)
    assert abs(sum(shares) - 1.0) < 1e-9
    assert all(len(repr(share)) <= 6 for share in shares)
