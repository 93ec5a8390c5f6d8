"""Times, numbers and names as people read them."""

from __future__ import annotations

import pytest

from illodesk.ui.review.wording import contribution_name, exact_clock, number


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(0.0, "0:00.0"), (59.96, "1:00.0"), (61.24, "1:01.2"), (3661.0, "1:01:01.0"), (-1.0, "0:00.0")],
)
def test_clock(seconds: float, shown: str) -> None:
    assert exact_clock(seconds) == shown


@pytest.mark.parametrize(
    ("value", "signed", "shown"),
    [
        (0.4, True, "+0.40"),
        (-0.4, True, "−0.40"),
        (-0.004, True, "0.00"),
        (0.004, True, "0.00"),
        (-0.5, False, "−0.50"),
    ],
)
def test_number(value: float, signed: bool, shown: str) -> None:
    assert number(value, signed=signed) == shown


def test_a_reason_has_a_name_even_when_it_is_unknown() -> None:
    assert contribution_name("pause_ratio") == "Pause ratio"
    assert contribution_name("anger") == "Anger"
    assert contribution_name("something_new") == "Something new"
