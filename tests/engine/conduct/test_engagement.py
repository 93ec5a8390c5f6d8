from __future__ import annotations

import numpy as np
import pytest

from illodesk.engine.conduct.engagement import EngagementTracker, engagement_curve
from illodesk.schema import Score, Utterance
from tests.engine.conduct.talk import say


def engaged(value: float | None, start: float, end: float, speaker: str = "A", confidence: float = 0.6) -> Utterance:
    score = Score(value=value, confidence=confidence if value is not None else 0.0)
    return say(speaker, "x", start, end, evidence={"engagement": score})


def test_a_state_needs_two_windows_and_leaves_late() -> None:
    tracker = EngagementTracker()
    assert tracker.feed(0.8, 0.0, 5.0) == "neutral"
    assert tracker.feed(0.8, 5.0, 10.0) == "engaged"
    assert tracker.feed(0.4, 10.0, 15.0) == "engaged"
    for at in range(15, 40, 5):
        state = tracker.feed(0.45, at, at + 5.0)
    assert state == "neutral"


def test_silence_is_not_disengagement() -> None:
    tracker = EngagementTracker()
    assert tracker.feed(None, 0.0, 5.0) is None
    tracker.feed(0.2, 5.0, 12.0)
    assert tracker.feed(0.2, 12.0, 19.0) == "disengaged"
    assert tracker.feed(0.5, 60.0, 62.0) == "neutral"


def test_curve_is_there_where_evidence_is() -> None:
    curve = engagement_curve([engaged(0.7, 10.0, 14.0), engaged(None, 50.0, 60.0)], 60.0)
    assert curve.shape == (121, 4)
    assert curve.dtype == np.float32
    assert np.allclose(curve[:, 0], np.arange(121) / 2.0)
    near = curve[24]
    assert near[1] == pytest.approx(0.7)
    assert near[2] < near[1] < near[3]
    assert np.isnan(curve[100, 1:]).all()


def test_surer_evidence_gives_a_narrower_band() -> None:
    wide = engagement_curve([engaged(0.5, 0.0, 4.0, confidence=0.2)], 4.0)[2]
    narrow = engagement_curve([engaged(0.5, 0.0, 4.0, confidence=0.8)], 4.0)[2]
    assert narrow[3] - narrow[2] < wide[3] - wide[2]


@pytest.mark.parametrize("duration", [0.0, 0.1])
def test_curve_of_next_to_nothing(duration: float) -> None:
    assert engagement_curve([], duration).shape == ((1 if duration else 0), 4)
