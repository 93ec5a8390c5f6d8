from __future__ import annotations

import pytest

from illodesk.engine.conduct.quality import band_of, conversation_quality
from illodesk.schema import SocialSignal
from tests.engine.conduct.talk import talk

TALK = talk(*[("A", "we went to the sea and swam all day"), ("B", "that is a fine place to be in may")] * 8)


def signal(kind: str, start: float, end: float, p: float = 0.8) -> SocialSignal:
    return SocialSignal(type=kind, t_start=start, t_end=end, speaker="A", probability=p, level="medium")


def test_no_talk_is_fifty() -> None:
    overall, windows = conversation_quality([], [])
    assert overall.quality_index == 50.0
    assert overall.band == "moderate"
    assert windows == []


@pytest.mark.parametrize(
    ("kind", "dimension", "side"),
    [
        ("confidence", "authority", 1),
        ("confusion", "clarity", -1),
        ("interest", "learning", 1),
        ("disengagement", "energy", -1),
        ("frustration", "rapport", -1),
        ("agreement", "rapport", 1),
    ],
)
def test_signals_move_their_dimensions(kind: str, dimension: str, side: int) -> None:
    before = getattr(conversation_quality(TALK, [])[0].dimensions, dimension)
    after = getattr(conversation_quality(TALK, [signal(kind, 2.0, 12.0)])[0].dimensions, dimension)
    assert (after - before) * side > 1.0


def test_index_is_the_mean_and_windows_cover_the_talk() -> None:
    overall, windows = conversation_quality(TALK, [signal("interest", 2.0, 5.0)], window_s=10.0)
    d = overall.dimensions
    assert overall.quality_index == pytest.approx((d.clarity + d.authority + d.energy + d.rapport + d.learning) / 5)
    assert [w.t_start for w in windows] == [10.0 * i for i in range(len(windows))]
    assert windows[-1].t_end == TALK[-1].t_end
    assert windows[0].dimensions.learning > windows[1].dimensions.learning


@pytest.mark.parametrize(
    ("index", "band"),
    [
        (0, "weak"),
        (30, "below average"),
        (50, "moderate"),
        (65, "good"),
        (79.9, "good"),
        (80, "excellent"),
        (100, "excellent"),
    ],
)
def test_bands(index: float, band: str) -> None:
    assert band_of(index) == band


def test_answered_disagreement_costs_less() -> None:
    open_one = conversation_quality(TALK, [signal("disagreement", 2.0, 4.0)])[0].dimensions.rapport
    met = [signal("disagreement", 2.0, 4.0), signal("agreement", 5.0, 6.0)]
    assert conversation_quality(TALK, met)[0].dimensions.rapport > open_one


def test_one_signal_all_over_moves_its_dimensions_without_exhausting_them() -> None:
    for kind in ("disengagement", "engagement", "confidence", "frustration", "interest"):
        quality = conversation_quality(TALK, [signal(kind, 0.0, TALK[-1].t_end, 0.9)])[0]
        assert all(10.0 < value < 90.0 for value in quality.dimensions.model_dump().values())
        assert 30.0 < quality.quality_index < 75.0
