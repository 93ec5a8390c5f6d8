"""The shared time axis: places and seconds belong together at every zoom, and the view never leaves the talk."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.ui.review.axis import SHORTEST_S, TimeAxis, stamp

DURATIONS = st.floats(0.5, 40_000)
SHARES = st.floats(0, 1)
WIDTHS = st.integers(50, 4000)


def axis_of(duration: float) -> TimeAxis:
    axis = TimeAxis()
    axis.set_duration(duration)
    return axis


def within(axis: TimeAxis) -> bool:
    fine = 1e-6 * axis.duration_s
    return (
        axis.start_s >= -fine
        and axis.end_s <= axis.duration_s + fine
        and axis.span_s >= min(SHORTEST_S, axis.duration_s) - fine
    )


@given(DURATIONS, SHARES, SHARES, SHARES, WIDTHS)
def test_a_place_is_the_place_of_its_second(
    duration: float, start: float, span: float, share: float, width: int
) -> None:
    axis = axis_of(duration)
    axis.show(start * duration, (start + span) * duration)
    t = axis.start_s + share * axis.span_s
    assert axis.t_of(axis.x_of(t, width), width) == pytest.approx(t, abs=1e-6 * axis.span_s)
    assert 0 <= axis.x_of(t, width) <= width + 1e-6


@given(
    DURATIONS,
    st.lists(
        st.one_of(
            st.tuples(st.just("zoom"), st.floats(0.01, 100), SHARES),
            st.tuples(st.just("pan"), st.floats(-50_000, 50_000), SHARES),
            st.tuples(st.just("show"), st.floats(-10, 50_000), SHARES),
            st.tuples(st.just("reveal"), st.floats(0, 50_000), SHARES),
        ),
        max_size=12,
    ),
)
def test_no_step_leads_out_of_the_talk(duration: float, steps: list[tuple[str, float, float]]) -> None:
    axis = axis_of(duration)
    for what, number, share in steps:
        if what == "zoom":
            axis.zoom(number, share * duration)
        elif what == "pan":
            axis.pan(number)
        elif what == "show":
            axis.show(number, number + share * duration)
        else:
            axis.reveal(number)
        assert within(axis)


@given(st.floats(10, 40_000), SHARES, st.floats(0.5, 2.0))
def test_zooming_keeps_the_second_under_the_cursor(duration: float, share: float, factor: float) -> None:
    axis = axis_of(duration)
    axis.show(0.4 * duration, 0.6 * duration)
    around = axis.start_s + share * axis.span_s
    before = axis.x_of(around, 1000)
    axis.zoom(factor, around)
    assert axis.x_of(around, 1000) == pytest.approx(before, abs=1e-3)


@given(DURATIONS, SHARES, SHARES, WIDTHS)
def test_ticks_lie_in_view_and_apart(duration: float, start: float, span: float, width: int) -> None:
    axis = axis_of(duration)
    axis.show(start * duration, (start + span) * duration)
    step, ticks = axis.ticks(width)
    places = [axis.x_of(t, width) for t in ticks]
    assert all(-1e-6 <= x <= width + 1e-6 for x in places)
    assert all(later - earlier >= 83.9 for earlier, later in pairwise(places))
    assert step > 0


def test_it_tells_only_of_another_view() -> None:
    axis = axis_of(100.0)
    told: list[float] = []
    axis.changed.connect(lambda: told.append(axis.start_s))
    axis.fit()
    axis.pan(-5.0)
    axis.show(10.0, 20.0)
    axis.show(10.0, 20.0)
    axis.reveal(15.0)
    assert told == [10.0]


def test_a_second_out_of_view_is_brought_in_with_room_behind_it() -> None:
    axis = axis_of(100.0)
    axis.show(10.0, 20.0)
    axis.reveal(50.0)
    assert (axis.start_s, axis.end_s) == pytest.approx((49.0, 59.0))


@pytest.mark.parametrize(
    ("t", "digits", "text"),
    [(0.0, 1, "0:00.0"), (59.96, 1, "1:00.0"), (3599.99, 1, "1:00:00.0"), (61.25, 2, "1:01.25"), (7.4, 0, "0:07")],
)
def test_times_are_written_as_people_read_them(t: float, digits: int, text: str) -> None:
    assert stamp(t, digits) == text
