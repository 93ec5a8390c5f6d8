from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.engine.affect.smoothing import smooth


def test_half_the_weight_is_gone_after_the_half_life():
    # Weights of the two values: one half and one.
    assert smooth([0.0, 20.0], [0.0, 1.0]) == pytest.approx([0.0, 1 / 1.5])


def test_what_is_unknown_stays_unknown_and_leaves_the_rest_alone():
    assert smooth([0.0, 5.0, 10.0], [0.5, None, 0.5]) == [0.5, None, 0.5]
    assert smooth([], []) == []


def test_what_comes_later_changes_nothing():
    times, values = [0.0, 3.0, 9.0, 40.0], [0.1, -0.4, 0.9, 0.3]
    assert smooth(times, values)[:3] == smooth(times[:3], values[:3])


@given(st.lists(st.tuples(st.floats(0, 60), st.floats(-1, 1)), min_size=1, max_size=20))
def test_the_curve_stays_between_the_extremes(steps):
    times, now = [], 0.0
    for step, _ in steps:
        now += step
        times.append(now)
    values = [value for _, value in steps]
    assert all(min(values) - 1e-9 <= v <= max(values) + 1e-9 for v in smooth(times, values))
