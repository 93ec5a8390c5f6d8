from __future__ import annotations

from collections.abc import Sequence

import pytest

from illodesk.engine.conduct.scorer import ConductScorer
from illodesk.engine.conduct.signals import signal_level, social_signals
from illodesk.schema import SIGNALS, Basis, Cognitive, Policy, SocialSignal, TextReading, Utterance
from tests.engine.conduct.talk import felt, say, spoken, talk

POLICY = Policy()
BEFORE = (("A", "here is the plan for the next months"), ("B", "it looks complete to me and well made"))


def scored(timeline: Sequence[Utterance], policy: Policy = POLICY) -> list[Utterance]:
    return ConductScorer(policy).batch(timeline)


def types(utterance: Utterance) -> set[str]:
    return {signal.type for signal in utterance.cognitive.signals}


def reply(text: str, gap_s: float = 0.2, **rest: object) -> Utterance:
    timeline = talk(*BEFORE, ("A", "we would start with the first part on monday"), voice={})
    at = timeline[-1].t_end + gap_s
    prosody = rest.pop("prosody", spoken())
    utterance = say("B", text, at, prosody=prosody)
    levels = {name: float(v) for name, v in rest.items()}  # type: ignore[arg-type]
    return scored([*timeline, felt(utterance, **levels)])[-1]


@pytest.mark.parametrize(
    ("signal", "text", "how"),
    [
        ("agreement", "yes exactly i agree", {"gap_s": 0.1}),
        ("disagreement", "no i don't agree with that", {"gap_s": 1.1}),
        ("confidence", "we will definitely do it for sure", {"dominance": 0.5}),
        ("uncertainty", "i don't know maybe it might work i guess", {"prosody": spoken(final_f0_slope_st_s=9.0)}),
        ("hesitation", "um i um it is uh hard", {"gap_s": 1.6}),
        ("confusion", "sorry what do you mean i'm confused", {"gap_s": 1.2}),
        ("skepticism", "how do i know that it works", {"gap_s": 1.2}),
        ("frustration", "this is ridiculous i already told you that", {"arousal": 0.6, "valence": -0.6}),
        ("interest", "interesting how does that first part work", {"gap_s": 0.1}),
    ],
)
def test_words_with_a_second_family_emit(signal: str, text: str, how: dict[str, object]) -> None:
    utterance = reply(text, **how)  # type: ignore[arg-type]
    assert signal in types(utterance)
    found = next(s for s in utterance.cognitive.signals if s.type == signal)
    assert len(found.families) >= 2
    assert found.rationale.endswith(".")
    assert found.utterance_ids == [utterance.utterance_id]


def test_words_alone_do_not_emit() -> None:
    alone = scored([say("A", "this is ridiculous i already told you", 0.0)])[0]
    assert not alone.cognitive.signals


def test_a_prompt_reply_with_a_falling_end_is_no_agreement_by_itself() -> None:
    assert "agreement" not in types(reply("it rained all day", prosody=spoken(final_f0_slope_st_s=-9.0)))


def test_stress_needs_the_voice() -> None:
    calm = talk(*[("A", "we went there and came back again")] * 6, voice={})
    reading = TextReading(emotion={"fear": 0.5})
    high = say("A", "i am so afraid of it", calm[-1].t_end + 1, reading=reading, prosody=spoken(f0_p50_st=40.0))
    assert "stress" in types(scored([*calm, high])[-1])
    text_only = Policy(mode="text_only", allowed_basis=[Basis.TEXT, Basis.TIMING])
    assert "stress" not in types(scored([*calm, high], text_only)[-1])


def test_added_fillers_raise_hesitation_and_lower_confidence() -> None:
    def strength(text: str, signal: str) -> float:
        found = reply(text, gap_s=1.6 if signal == "hesitation" else 0.2, dominance=0.6).cognitive.signals
        return next((s.probability for s in found if s.type == signal), 0.0)

    fluent = "we will definitely do it for sure"
    halting = "um we uh will um definitely uh do um it for uh sure"
    assert strength(halting, "hesitation") > strength(fluent, "hesitation")
    assert strength(fluent, "confidence") > strength(halting, "confidence")


@pytest.mark.parametrize(
    ("p", "level"), [(0.5, "low"), (0.64, "low"), (0.65, "medium"), (0.8, "medium"), (0.81, "high")]
)
def test_levels(p: float, level: str) -> None:
    assert signal_level(p) == level


def with_signal(kind: str, start: float, end: float, p: float = 0.7, speaker: str = "A", **rest: object) -> Utterance:
    ident = f"{speaker}{start}"
    signal = SocialSignal(
        type=kind, t_start=start, t_end=end, speaker=speaker, probability=p, level="medium",
        families=["text", "timing"], utterance_ids=[ident],
    )  # fmt: skip
    signal = signal.model_copy(update=rest)
    return say(speaker, "x", start, end, utterance_id=ident, cognitive=Cognitive(signals=[signal]))


def test_near_signals_of_one_speaker_merge() -> None:
    merged = social_signals(
        [
            with_signal("agreement", 0.0, 0.4),
            with_signal("agreement", 1.9, 2.5, 0.9),
            with_signal("agreement", 2.0, 2.6, speaker="B"),
            with_signal("agreement", 9.0, 9.3),
        ],
        POLICY,
    )
    assert [(s.speaker, s.t_start, s.t_end, s.probability) for s in merged] == [
        ("A", 0.0, 2.5, 0.9),
        ("B", 2.0, 3.0, 0.7),
        ("A", 9.0, 10.0, 0.7),
    ]
    assert merged[0].utterance_ids == ["A0.0", "A1.9"]


def test_disengagement_must_last() -> None:
    short = [with_signal("disengagement", 0.0, 2.0), with_signal("disengagement", 10.0, 12.0)]
    assert social_signals(short, POLICY) == []
    lasting = social_signals([*short, with_signal("disengagement", 22.0, 24.0)], POLICY)
    assert [(s.t_start, s.t_end) for s in lasting] == [(0.0, 24.0)]


def test_families_that_are_not_allowed_do_not_count() -> None:
    text_only = Policy(mode="text_only", allowed_basis=[Basis.TEXT, Basis.TIMING])
    heard = [with_signal("confidence", 0.0, 2.0, families=["text", "prosody"])]
    assert social_signals(heard, POLICY)
    assert social_signals(heard, text_only) == []


def test_all_twelve_have_cues() -> None:
    from illodesk.engine.conduct.cues import CUES

    assert set(CUES) == set(SIGNALS)


def test_words_that_were_hardly_understood_carry_no_signal() -> None:
    def probability(confidence: float) -> float:
        before = talk(*BEFORE, ("A", "we would start with the first part on monday"), voice={})
        heard = say("B", "yes exactly i agree", before[-1].t_end + 0.1, prosody=spoken(), asr_confidence=confidence)
        found = scored([*before, heard])[-1].cognitive.signals
        return max((s.probability for s in found if s.type == "agreement"), default=0.0)

    assert probability(0.3) == 0.0
    assert probability(1.0) > probability(0.6) > 0.0
