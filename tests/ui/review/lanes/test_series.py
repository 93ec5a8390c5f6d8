"""What is drawn of a curve at any zoom is what lies there: no extreme is lost, nothing is made up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from illodesk.ui.review.lanes.series import Coverage, Floats, Pyramid, Steps, Values

HOP = 0.1
CURVES = arrays(
    np.float32,
    st.integers(1, 700),
    elements=st.one_of(st.floats(-1, 1, width=32), st.just(float("nan"))),
)
STRETCHES = st.lists(st.tuples(st.floats(0, 50), st.floats(0.01, 5)), max_size=30)


def ordered(stretches: list[tuple[float, float]]) -> tuple[Floats, Floats]:
    found = sorted(stretches)
    return np.array([s for s, _ in found], np.float64), np.array([s + length for s, length in found], np.float64)


@given(CURVES, st.integers(1, 300))
def test_no_extreme_is_lost_at_any_zoom(values: Values, columns: int) -> None:
    found = Pyramid(values, values, HOP).envelope(np.linspace(0.0, len(values) * HOP, columns + 1))
    if np.isfinite(values).any():
        assert np.nanmax(found.high) == np.nanmax(values)
        assert np.nanmin(found.low) == np.nanmin(values)
    else:
        assert np.isnan(found.high).all()
    known = np.isfinite(found.mean)
    assert (found.mean[known] <= found.high[known] + 1e-5).all()
    assert (found.mean[known] >= found.low[known] - 1e-5).all()


@given(CURVES, st.floats(-5, 80), st.floats(0.05, 40), st.integers(1, 60))
def test_a_column_holds_at_least_what_lies_in_it(values: Values, start: float, span: float, columns: int) -> None:
    edges = np.linspace(start, start + span, columns + 1)
    found = Pyramid(values, values, HOP).envelope(edges)
    times = np.arange(len(values)) * HOP
    for column in range(columns):
        inside = values[(times >= edges[column] + 1e-6) & (times + 1e-6 < edges[column + 1])]
        inside = inside[np.isfinite(inside)]
        if len(inside):
            assert found.high[column] >= inside.max()
            assert found.low[column] <= inside.min()


def test_outside_of_the_curve_is_nothing() -> None:
    values = np.ones(20, np.float32)
    found = Pyramid(values, values, HOP, start_s=1.0).envelope(np.array([0.0, 0.5, 1.5, 2.5, 3.5, 4.0]))
    assert found.present.tolist() == [False, True, True, True, False]
    assert np.isnan(found.mean[[0, 4]]).all()
    assert Pyramid(values, values, HOP, start_s=1.0).at(0.99) is None
    assert Pyramid(values, values, HOP, start_s=1.0).at(2.95) == 1.0
    assert len(Pyramid(values, values, HOP, start_s=1.0).between(1.5, 2.0)) == 5


@given(STRETCHES, st.integers(1, 40))
def test_coverage_is_the_time_that_is_covered(stretches: list[tuple[float, float]], columns: int) -> None:
    starts, ends = ordered(stretches)
    edges = np.linspace(0.0, 60.0, columns + 1)
    fine = np.linspace(0.0, 60.0, 60_001)[:-1] + 0.0005
    count = ((fine[:, None] >= starts) & (fine[:, None] < ends)).sum(axis=1) if len(starts) else np.zeros(60_000)
    covered = Coverage(starts, ends)
    for least, shares in ((1, covered.share(edges)), (2, covered.overlapped(edges))):
        hand = (count >= least).mean() * 60.0
        assert float((shares * np.diff(edges)).sum()) == pytest.approx(hand, abs=0.002 * (len(stretches) + 1))
        assert (shares > -1e-9).all()
        assert (shares < 1 + 1e-9).all()


@given(STRETCHES, st.floats(0, 60))
def test_steps_give_the_stretch_that_goes_on(stretches: list[tuple[float, float]], t: float) -> None:
    starts, ends = ordered(stretches)
    place = Steps(starts, ends, np.arange(len(starts), dtype=np.float32)).at(t)
    if place >= 0:
        assert starts[place] <= t
    elif len(starts):
        assert not ((starts <= t) & (t < ends))[np.searchsorted(starts, t, "right") - 1]


def test_values_without_evidence_stay_gaps() -> None:
    starts, ends = np.array([0.0, 2.0, 4.0]), np.array([1.0, 3.0, 5.0])
    steps = Steps(starts, ends, np.array([0.5, np.nan, 1.0], np.float32), np.array([0.9, 0.1, 0.5], np.float32))
    found = steps.envelope(np.arange(7.0))
    assert found.present.tolist() == [True, False, True, False, True, False]
    assert found.mean[0] == 0.5
    assert np.isnan(found.mean[2])
    sure = steps.confidences(np.array([0.5, 0.9, 1.5]))
    assert sure.tolist() == pytest.approx([0.9, 0.9], abs=1e-6)
