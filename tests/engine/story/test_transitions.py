from __future__ import annotations

import pickle

import pytest

from illodesk.engine.story.transitions import TransitionDetector
from illodesk.schema import Emotion, Transition, Utterance
from tests.engine.story.timelines import noisy, say, tracked


def run(timeline: list[Utterance]) -> list[Transition]:
    detector = TransitionDetector()
    return [t for u in timeline for t in detector.feed(u)]


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("sign", [1, -1])
def test_a_lasting_change_is_found_where_it_happens(seed: int, sign: int) -> None:
    found = run(noisy([-0.4 * sign] * 15 + [0.5 * sign] * 10, seed))
    assert len(found) == 1
    assert abs(found[0].at_ms - 15 * 5000) <= 5000
    assert (found[0].drivers["arousal"] > 0) == (sign > 0)
    assert found[0].from_state["arousal"] * sign < 0 < found[0].to_state["arousal"] * sign


def test_the_summary_says_who_from_what_to_what_and_when() -> None:
    found = run(noisy([-0.4] * 15 + [0.5] * 10, 1))
    assert found[0].summary == "Speaker_0 turns from calm to aroused at [01:15]"
    assert found[0].evidence_utterance_ids[0] == "utt_0015"
    assert 0.5 <= found[0].confidence <= 1


def test_noise_alone_gives_at_most_one_alarm_in_ten_minutes() -> None:
    alarms = sum(len(run(noisy([0.0] * 120, seed, sd=0.25))) for seed in range(4))
    assert alarms <= 4


def test_one_outlier_is_no_change() -> None:
    assert run(noisy([-0.3] * 12 + [0.9] + [-0.3] * 8, 3, sd=0.1)) == []


def test_missing_values_are_skipped() -> None:
    bare = noisy([-0.4] * 15 + [0.5] * 10, 2)
    gaps = [u if i % 4 else tracked(i) for i, u in enumerate(bare)]
    assert len(run(gaps)) == 1
    assert run([tracked(i) for i in range(30)]) == []


def test_speakers_are_kept_apart_and_names_do_not_matter() -> None:
    calm, loud = noisy([-0.5] * 20, 4), noisy([0.5] * 20, 5)
    mixed = [u.model_copy(update={"speaker": "Anna"}) for u in calm] + [
        u.model_copy(update={"speaker": "Ben"}) for u in loud
    ]
    assert run(mixed) == []


def test_a_confident_change_of_emotion_counts_without_a_change_of_level() -> None:
    sad = Emotion.from_probabilities([0.05, 0.0, 0.05, 0.1, 0.2, 0.6, 0.0], confidence=0.6)
    glad = Emotion.from_probabilities([0.05, 0.0, 0.05, 0.6, 0.2, 0.1, 0.0], confidence=0.6)
    found = run([say(i, emotion=sad if i < 8 else glad) for i in range(12)])
    assert [t.summary for t in found] == ["Speaker_0 turns from sadness to joy at [00:40]"]


def test_a_detector_continues_after_pickling() -> None:
    timeline = noisy([-0.4] * 15 + [0.5] * 10, 1)
    detector = TransitionDetector()
    early = [t for u in timeline[:16] for t in detector.feed(u)]
    again = pickle.loads(pickle.dumps(detector))
    assert early + [t for u in timeline[16:] for t in again.feed(u)] == run(timeline)
