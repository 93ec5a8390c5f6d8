from __future__ import annotations

from itertools import pairwise

import numpy as np

from illodesk.engine.story.moments import MomentDetector
from illodesk.engine.story.segmentation import attach_moments, segment, topic_shifts
from illodesk.schema import Moment, Utterance
from tests.engine.story.timelines import interview, say


def moments_of(timeline: list[Utterance]) -> list[Moment]:
    detector = MomentDetector()
    return [m for i, u in enumerate(timeline) for m in detector.feed(u, timeline[:i])]


def test_an_interview_with_one_change_of_topic_gets_its_phases() -> None:
    timeline = interview()
    result = segment(timeline, [])
    assert 2 <= result.total_phases == len(result.phases) <= 3
    change = next(p for p in result.phases if p.start_utterance_id == "utt_0012")
    assert "move on" in (change.transition_signal or "")
    assert change.confidence >= 0.6
    assert "soup" in change.keyphrases or "bread" in change.keyphrases
    assert "train" in " ".join(result.phases[0].keyphrases)
    assert result.phases[0].transition_signal is None
    assert [c.to_phase for c in result.key_transitions] == [p.phase_name for p in result.phases[1:]]


def test_phases_cover_every_utterance_once_and_do_not_overlap() -> None:
    timeline = interview()
    phases = segment(timeline, []).phases
    assert sum(p.utterance_count for p in phases) == len(timeline)
    assert phases[0].start_utterance_id == timeline[0].utterance_id
    assert phases[-1].end_utterance_id == timeline[-1].utterance_id
    for before, after in pairwise(phases):
        assert before.end_timestamp <= after.start_timestamp


def test_a_strong_boundary_becomes_a_topic_shift_with_evidence() -> None:
    timeline = interview()
    shifts = topic_shifts(segment(timeline, []), timeline)
    assert any(m.utterance_ids == ["utt_0012"] for m in shifts)
    assert all(m.category == "topic_shift" and m.evidence[0].quote for m in shifts)


def test_one_topic_stays_one_phase() -> None:
    timeline = [say(i, f"The train to the coast and the train ticket {i}") for i in range(16)]
    assert segment(timeline, []).total_phases <= 2


def test_empty_and_single() -> None:
    nothing = segment([], [])
    assert (nothing.total_phases, nothing.phases, nothing.narrative_arc) == (0, [], "unknown")
    one = segment([say(0, "Hello there.")], [])
    assert one.total_phases == 1
    assert one.phases[0].emotional_tone == "unknown"
    assert one.key_transitions == []
    assert segment([say(0)], []).phases[0].summary == ""


def test_moments_name_the_phase_and_are_listed_in_it() -> None:
    timeline = interview()
    timeline[15] = say(15, "But the oven is too expensive for us.", "Speaker_1", at=15 * 6.2)
    moments = moments_of(timeline)
    result = segment(timeline, moments)
    holder = next(p for p in result.phases if p.key_moments)
    assert holder.phase_name.startswith("Objection handling")
    renamed = [m.model_copy(update={"moment_id": f"new_{m.moment_id}"}) for m in moments]
    again = attach_moments(result, renamed, timeline)
    assert [i for p in again.phases for i in p.key_moments] == [m.moment_id for m in renamed]


def test_speaker_names_change_nothing() -> None:
    timeline = interview()
    names = {"Speaker_0": "Zoe", "Speaker_1": "Adam"}
    renamed = [u.model_copy(update={"speaker": names[u.speaker]}) for u in timeline]
    first, second = segment(timeline, []), segment(renamed, [])
    assert [p.start_utterance_id for p in first.phases] == [p.start_utterance_id for p in second.phases]
    assert [p.confidence for p in first.phases] == [p.confidence for p in second.phases]


def test_an_hour_stays_within_the_prior() -> None:
    rng = np.random.default_rng(0)
    words = [f"{a}{b}ing" for a in "bdfgklmnprst" for b in "aeiou"]
    timeline = [
        say(i, " ".join(rng.choice(words[5 * (i // 90) : 5 * (i // 90) + 15], 8)), at=4.0 * i) for i in range(900)
    ]
    assert 4 <= segment(timeline, []).total_phases <= 10
