from __future__ import annotations

import numpy as np

from illodesk.engine.affect.smoothing import affect_curve
from illodesk.schema import Emotion, Utterance


def said(t_end: float, valence: float | None, arousal: float | None) -> Utterance:
    return Utterance(
        utterance_id="u",
        speaker="Speaker_0",
        t_start=t_end - 1,
        t_end=t_end,
        emotion=Emotion(valence=valence, arousal=arousal),
    )


def test_the_curve_looks_back_only_and_fades() -> None:
    timeline = [said(10, 0.5, None), said(20, -0.5, 0.4)]
    curve = affect_curve(timeline, 120.0, 0.5)
    assert curve.shape == (241, 3)
    assert np.isnan(curve[:20]).all()
    assert curve[20, 0] == 0.5
    assert -0.5 < curve[40, 0] < 0.5
    assert np.isnan(curve[39, 1])
    assert curve[40, 1] == np.float32(0.4)
    assert np.isnan(curve[-1]).all()
    assert np.isnan(curve[:, 2]).all()


def test_what_comes_later_changes_nothing_before() -> None:
    timeline = [said(5.0 * i, 0.1 * i, -0.1 * i) for i in range(1, 8)]
    early = affect_curve(timeline[:4], 40.0, 0.5)
    late = affect_curve(timeline, 40.0, 0.5)
    np.testing.assert_array_equal(early[:50], late[:50])
