from __future__ import annotations

import re
import time

import numpy as np

from illodesk.engine.story.moments import MomentDetector
from illodesk.engine.story.segmentation import segment
from illodesk.engine.story.summary import summarise
from illodesk.schema import ConversationQuality, Moment, QualityDimensions, SpeakerProfile, Summary, Utterance
from tests.engine.story.timelines import interview, say


def moments_of(timeline: list[Utterance]) -> list[Moment]:
    detector = MomentDetector()
    return [m for i, u in enumerate(timeline) for m in detector.feed(u, timeline[max(0, i - 64) : i])]


def summary_of(timeline: list[Utterance], profiles: list[SpeakerProfile] | None = None) -> Summary:
    moments = moments_of(timeline)
    return summarise(timeline, moments, [], segment(timeline, moments), profiles or [], None, [])


def test_insights_are_quotations_with_times() -> None:
    timeline = interview()
    summary = summary_of(timeline)
    assert 2 <= len(summary.key_insights) <= 8
    for line in summary.key_insights:
        quoted = re.fullmatch(r"\[\d\d:\d\d\] Speaker_\d: “(.+)”", line)
        assert quoted
        assert any(quoted.group(1) == u.text for u in timeline)
    assert summary.method == "extractive"


def test_nothing_is_claimed_of_nothing() -> None:
    for timeline in ([], [say(0)], [say(0, "Hello.")]):
        summary = summary_of(timeline)
        assert summary.recommendations == []
        assert summary.what_went_well == []
        assert summary.what_went_wrong == []
        assert summary.action_items == []
        assert summary.notable_patterns == []
        assert summary.conversation_quality == "Not enough evidence to rate the conversation."


def test_an_unanswered_objection_leads_to_advice_and_an_answered_one_does_not() -> None:
    timeline = interview()
    timeline[15] = say(15, "But the oven is too expensive for us.", "Speaker_1", at=15 * 6.2)
    summary = summary_of(timeline)
    assert any("too expensive" in line for line in summary.what_went_wrong)
    assert [r for r in summary.recommendations if "objection" in r] == [
        "Come back to the objection of Speaker_1 at [01:33]."
    ]
    timeline[21] = say(21, "I will send the order by Friday.", "Speaker_1", at=21 * 6.2, commitment_score=0.9)
    settled = summary_of(timeline)
    assert not any("objection" in line for line in settled.recommendations)
    assert settled.action_items == ["Speaker_1: “I will send the order by Friday.” [02:10]"]
    assert any("followed by a commitment" in line for line in settled.what_went_well)


def test_quality_speaks_only_of_dimensions_with_evidence() -> None:
    timeline = interview()
    quality = ConversationQuality(
        quality_index=48, band="below average", dimensions=QualityDimensions(rapport=30, clarity=70)
    )
    summary = summarise(timeline, [], [], segment(timeline, []), [], quality, [])
    assert "strongest in clarity (70), weakest in rapport (30)" in summary.conversation_quality
    assert any("rapport was at 30" in line for line in summary.recommendations)
    assert "energy" not in " ".join([*summary.what_went_well, *summary.what_went_wrong, *summary.recommendations])


def test_dynamics_name_a_leader_only_where_there_is_one() -> None:
    level = [SpeakerProfile(speaker=f"Speaker_{i}", talk_s=50, talk_share=0.5, questions=2) for i in range(2)]
    dynamics = summary_of(interview(), level).speaker_dynamics
    assert dynamics["most_questions"] is None
    assert dynamics["balance"] == 1.0
    one_sided = [
        SpeakerProfile(speaker="Speaker_0", talk_s=90, talk_share=0.9, questions=5),
        SpeakerProfile(speaker="Speaker_1", talk_s=10, talk_share=0.1),
    ]
    summary = summary_of(interview(), one_sided)
    assert summary.speaker_dynamics["most_questions"] == "Speaker_0"
    assert any("90%" in line for line in summary.recommendations)


def test_four_thousand_utterances_take_seconds_not_minutes() -> None:
    rng = np.random.default_rng(1)
    words = np.array([f"{a}{b}{c}n" for a in "bdfgklmprst" for b in "aeiou" for c in "bdfgkl"])
    drawn = rng.choice(words, (4_000, 9))
    timeline = [
        Utterance(
            utterance_id=f"u{i}",
            speaker=f"Speaker_{i % 2}",
            t_start=4.0 * i,
            t_end=4.0 * i + 3,
            text=" ".join(drawn[i]),
        )
        for i in range(4_000)
    ]
    begin = time.process_time()
    summarise(timeline, [], [], segment(timeline, []), [], None, [])
    assert time.process_time() - begin < 10


def test_words_that_were_hardly_understood_are_not_quoted_and_the_overview_warns() -> None:
    timeline = [u.model_copy(update={"asr_confidence": 0.3}) for u in interview()]
    summary = summary_of(timeline)
    assert summary.key_insights == []
    assert "not understood well" in summary.overview
    assert "not understood well" not in summary_of(interview()).overview
