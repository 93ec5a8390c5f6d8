from __future__ import annotations

import pytest

from illodesk.engine.story.moments import MomentDetector
from illodesk.schema import MOMENT_CATEGORIES, Cognitive, Emotion, Moment, Timing, Utterance
from tests.engine.story.timelines import answering, say


def run(timeline: list[Utterance]) -> list[Moment]:
    detector = MomentDetector()
    return [m for i, u in enumerate(timeline) for m in detector.feed(u, timeline[max(0, i - 64) : i])]


def test_an_objection_is_found_from_words_alone() -> None:
    found = run([say(0, "It costs nine hundred a month."), say(1, "But that is too expensive for us.", "Speaker_1")])
    assert [m.category for m in found] == ["objection"]
    assert found[0].speaker_id == "Speaker_1"
    assert "too expensive" in found[0].evidence[0].quote
    assert "price" in found[0].summary
    assert found[0].evidence[0].values["contrast"] > 0


def test_backing_makes_an_objection_surer() -> None:
    plain = run([say(0, "That is too expensive.")])
    backed = run([say(0, "But that is too expensive.", polarity=-0.5)])
    assert backed[0].confidence > (plain[0].confidence if plain else 0.0)


def test_a_promise_with_a_date_is_a_commitment_and_trying_is_not() -> None:
    firm = say(0, "I will send the contract by Friday.", commitment_score=0.85)
    vague = say(0, "I'll try, we'll see.", commitment_score=0.3)
    assert [m.category for m in run([firm])] == ["cta_commit"]
    assert run([vague]) == []
    assert run([say(0, "I'll tell you in one second!", commitment_score=0.8)]) == []


def test_a_firm_answer_to_a_call_to_action_is_a_commitment() -> None:
    timeline = [say(0, "Can we schedule a demo?"), say(1, "Yes, absolutely.", "Speaker_1", commitment_score=0.8)]
    found = run(timeline)
    assert [(m.category, m.utterance_ids) for m in found] == [("cta_commit", ["utt_0000", "utt_0001"])]
    assert run([timeline[1]]) == []


def test_commitment_that_falls_twice_is_a_drop() -> None:
    scores = [0.8, 0.78, 0.82, 0.8, 0.3, 0.32]
    found = run([say(i, "so it goes", commitment_score=s) for i, s in enumerate(scores)])
    assert [(m.category, m.utterance_ids[-1]) for m in found] == [("commitment_drop", "utt_0005")]


def test_fear_that_rises_with_arousal_is_a_spike() -> None:
    def at(i: int, fear: float, arousal: float | None) -> Utterance:
        return say(i, "hm", emotion=Emotion(fear=fear, neutral=1 - fear, arousal=arousal, confidence=0.3))

    assert [m.category for m in run([*(at(i, 0.03, 0.0) for i in range(6)), at(6, 0.5, 0.4)])] == ["fear_spike"]
    assert run([*(at(i, 0.03, 0.0) for i in range(6)), at(6, 0.5, 0.0)]) == []


def test_an_unsure_answer_needs_a_question_and_signs() -> None:
    unsure = answering(say(1, "Um, uh, maybe, perhaps, I guess.", "Speaker_1"), 1.5, response_to_question=True)
    unsure = unsure.model_copy(update={"cognitive": Cognitive(certainty=0.2)})
    question = say(0, "When can you deliver?")
    found = run([question, unsure])
    assert [m.category for m in found] == ["low_confidence_answer"]
    assert found[0].utterance_ids == ["utt_0000", "utt_0001"]
    sure = unsure.model_copy(update={"cognitive": Cognitive(certainty=0.7)})
    assert run([question, sure]) == []


def test_a_peak_stands_out_from_the_own_level() -> None:
    def at(i: int, arousal: float) -> Utterance:
        return say(i, "well", emotion=Emotion(arousal=arousal, valence=0.4, neutral=1.0, confidence=0.4))

    found = run([*(at(i, 0.0) for i in range(8)), at(8, 0.9)])
    assert [m.category for m in found] == ["emotional_peak"]
    assert "positively" in found[0].summary
    assert run([at(i, 0.9) for i in range(9)]) == []


def test_engagement_must_stay_down() -> None:
    def at(i: int, value: float) -> Utterance:
        return say(i, "well", cognitive=Cognitive(engagement=value))

    assert [m.category for m in run([*(at(i, 0.7) for i in range(8)), at(8, 0.3), at(9, 0.3)])] == ["engagement_drop"]
    assert run([*(at(i, 0.7) for i in range(8)), at(8, 0.3), at(9, 0.7)]) == []


def test_three_interruptions_within_half_a_minute_are_a_burst() -> None:
    timeline = [say(i, "no", f"Speaker_{i % 2}", timing=Timing(interruption=True)) for i in range(3)]
    found = [m for m in run(timeline) if m.category == "interruption_burst"]
    assert len(found) == 1
    assert found[0].evidence[-1].values["interruptions"] == 3


def test_the_same_kind_rests_for_fifteen_seconds() -> None:
    text = "But that is too expensive."
    close = run([say(i, text, at=4.0 * i) for i in range(8)])
    assert [m.start_ms for m in close] == [0, 16000]


def test_nothing_comes_of_nothing() -> None:
    assert run([say(i) for i in range(20)]) == []


@pytest.mark.parametrize("text", ["But that is too expensive.", "I will send the contract by Friday."])
def test_moments_carry_evidence_and_known_categories(text: str) -> None:
    for moment in run([say(0, text, commitment_score=0.8)]):
        assert moment.category in MOMENT_CATEGORIES
        assert moment.evidence
        assert moment.evidence[-1].values
        assert moment.needs_review


def test_words_that_were_hardly_understood_make_no_moment() -> None:
    def commits(confidence: float) -> list[Moment]:
        words = "I will send the contract by Friday."
        return run([say(0, words, commitment_score=0.85, asr_confidence=confidence)])

    assert commits(0.3) == []
    assert 0.0 < commits(0.5)[0].confidence < commits(0.9)[0].confidence


def test_a_peak_of_the_voice_needs_no_words() -> None:
    calm = [say(i, emotion=Emotion(arousal=0.0, confidence=0.5, basis=["voice"]), asr_confidence=0.0) for i in range(6)]
    loud = say(6, emotion=Emotion(arousal=0.8, confidence=0.5, basis=["voice"]), asr_confidence=0.0)
    assert [m.category for m in run([*calm, loud])] == ["emotional_peak"]


def test_a_date_far_from_the_promise_is_not_its_date() -> None:
    near = say(0, "I will tell you tomorrow.", commitment_score=0.85)
    far = say(
        0,
        "I was at the office today and the heating in the hall was broken again, so I will tell you.",
        commitment_score=0.85,
    )
    assert [m.category for m in run([near])] == ["cta_commit"]
    assert run([far]) == []
