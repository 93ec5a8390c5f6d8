from __future__ import annotations

import pytest

from illodesk.engine.conduct.profiles import speaker_profiles
from illodesk.engine.conduct.scorer import ConductScorer
from illodesk.schema import Emotion, Policy
from tests.engine.conduct.talk import say, spoken, talk


def test_talk_turns_and_words() -> None:
    timeline = ConductScorer(Policy()).batch(
        [
            say("A", "how was your um trip to the sea", 0.0, 4.0, prosody=spoken(f0_median_hz=110.0)),
            say("B", "it was maybe the best one", 4.5, 7.5),
            say("A", "uh huh", 7.0, 7.4),
            say("B", "we swam all day", 7.8, 9.8),
            say("A", "nice and then what did you eat", 10.2, 12.2),
        ]
    )
    a, b = speaker_profiles(timeline)
    assert (a.speaker, b.speaker) == ("A", "B")
    assert a.talk_s == pytest.approx(6.4)
    assert a.talk_share + b.talk_share == pytest.approx(1.0)
    assert (a.turns, b.turns) == (2, 1)
    assert b.longest_turn_s == pytest.approx(5.3)
    assert a.backchannels == 1
    assert a.questions == 2
    assert b.median_latency_s == pytest.approx(0.5)
    assert a.filler_rate > 0.0
    assert b.hedge_rate > 0.0
    assert a.f0_median_hz == 110.0
    assert b.f0_median_hz is None
    assert b.words_per_min == pytest.approx(60 * 10 / 5)


def test_means_leave_out_what_is_unknown() -> None:
    timeline = talk(("A", "we went there"), ("A", "and came back"), ("A", "at noon"))
    joy = Emotion(joy=0.6, neutral=0.4, dominant="joy", valence=0.5, confidence=0.5)
    timeline[1] = timeline[1].model_copy(update={"emotion": joy})
    profile = speaker_profiles(timeline)[0]
    assert profile.mean_valence == 0.5
    assert profile.mean_arousal is None
    assert profile.dominant_emotion == "joy"
    assert profile.mean_commitment is None


def test_nobody() -> None:
    assert speaker_profiles([]) == []
