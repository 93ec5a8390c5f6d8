from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine.conduct.scorer import ConductScorer
from illodesk.schema import Basis, Emotion, Policy, Score, Utterance
from tests.engine.conduct.talk import felt, say, spoken, talk

POLICY = Policy()
TEXT_ONLY = Policy(mode="text_only", allowed_basis=[Basis.TEXT, Basis.TIMING])
SCORES = ("engagement", "focus", "cognitive_load", "certainty", "commitment", "passion", "conviction")

LINES = (
    ("A", "so how is the project going at your end"),
    ("B", "um it is going well i think we are on time"),
    ("A", "great could you send me the report by friday"),
    ("B", "yes of course i'll send you the report by friday"),
    ("A", "and what about the budget"),
    ("B", "well i don't know maybe it is a little too expensive"),
    ("A", "uh huh"),
    ("B", "so we need to check with the board"),
)


def batch(timeline: Sequence[Utterance], policy: Policy = POLICY) -> list[Utterance]:
    return ConductScorer(policy).batch(timeline)


def value(utterance: Utterance, name: str) -> float:
    found = utterance.evidence[name].value
    assert found is not None
    return found


def last(text: str, policy: Policy = POLICY) -> Utterance:
    return batch(talk(*LINES, ("B", text)), policy)[-1]


def test_every_score_is_the_one_in_its_evidence() -> None:
    for utterance in batch(talk(*LINES, voice={})):
        assert set(SCORES) <= set(utterance.evidence)
        assert utterance.cognitive.engagement == utterance.evidence["engagement"].value
        assert utterance.cognitive.certainty == utterance.evidence["certainty"].value
        assert utterance.commitment_score == utterance.evidence["commitment"].value
        assert utterance.conviction_score == utterance.evidence["conviction"].value
        for name in SCORES:
            score = utterance.evidence[name]
            assert (score.value is None) == bool(score.note)
            assert len(score.contributions) <= 6


def test_other_evidence_and_emotion_are_left_alone() -> None:
    utterance = felt(say("A", "we did it", prosody=spoken()), valence=0.6, arousal=0.4)
    utterance = utterance.model_copy(update={"emotion": Emotion(joy=1.0, valence=0.6)})
    scored = batch([utterance])[0]
    assert scored.emotion == utterance.emotion
    assert scored.evidence["valence"] == utterance.evidence["valence"]
    assert "engagement" not in utterance.evidence


def test_the_same_input_gives_the_same_output() -> None:
    timeline = talk(*LINES, voice={})
    assert batch(timeline) == batch(timeline)


def test_batch_does_not_depend_on_what_was_scored_live() -> None:
    timeline = talk(*LINES, voice={})
    scorer = ConductScorer(POLICY)
    before: list[Utterance] = []
    for utterance in timeline:
        before.append(scorer.live(utterance, before))
    assert scorer.batch(timeline) == batch(timeline)
    assert scorer.batch(before) == batch(timeline)


def test_renaming_speakers_changes_nothing_else() -> None:
    names = {"A": "Zoe", "B": "Adam"}
    timeline = talk(*LINES, voice={})
    renamed = [u.model_copy(update={"speaker": names[u.speaker]}) for u in timeline]
    for one, other in zip(batch(timeline), batch(renamed), strict=True):
        assert one.evidence == other.evidence
        assert one.timing == other.timing
        signals = [s.model_copy(update={"speaker": names[s.speaker]}) for s in one.cognitive.signals]
        assert signals == other.cognitive.signals
        assert one.cognitive.rationale == other.cognitive.rationale


def test_a_promise_with_a_date_outranks_a_promise_and_both_outrank_trying() -> None:
    dated = last("i'll send it by friday")
    plain = last("i'll send it over")
    trying = last("i'll try")
    assert value(dated, "commitment") > value(plain, "commitment") > 0.65
    assert value(trying, "commitment") < 0.4
    assert dated.commitment_level == "high"


def test_no_words_of_commitment_give_no_commitment() -> None:
    score = last("the weather was nice in the mountains").evidence["commitment"]
    assert score.value is None
    assert score.note


def with_fillers(text: str, count: int) -> str:
    words = text.split()
    places = {round(i * len(words) / count) for i in range(count)} if count else set()
    extra = count - len(places)
    mixed = [f"um {word}" if i in places else word for i, word in enumerate(words)]
    return " ".join([*["uh"] * extra, *mixed])


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from([text for _, text in LINES if len(text.split()) > 4] + ["i'll send it by friday i promise"]),
    st.integers(min_value=1, max_value=20),
)
def test_added_fillers_raise_load_and_lower_certainty(text: str, count: int) -> None:
    fluent, halting = last(text), last(with_fillers(text, count))
    assert value(halting, "cognitive_load") > value(fluent, "cognitive_load")
    assert value(halting, "certainty") < value(fluent, "certainty")
    assert value(halting, "conviction") < value(fluent, "conviction")


def test_hedges_lower_certainty_and_boosters_raise_it() -> None:
    plain = value(last("we meet at the office on monday"), "certainty")
    assert value(last("maybe we meet at the office on monday i guess"), "certainty") < plain
    assert value(last("we definitely meet at the office on monday for sure"), "certainty") > plain


def test_silence_and_noise_give_nothing() -> None:
    silence = say("A", "", 0.0, 4.0)
    noise = say("A", "", 5.0, 9.0, prosody=spoken(voiced_s=0.1))
    for utterance in batch([silence, noise]):
        assert all(utterance.evidence[name].value is None for name in SCORES)
        assert not utterance.cognitive.signals
        assert utterance.cognitive.confidence == 0.0
        assert utterance.cognitive.rationale == "Not enough evidence."


def test_few_words_are_less_sure_than_many() -> None:
    few, many = last("maybe so"), last("maybe so but we went through the whole plan again yesterday")
    assert few.evidence["certainty"].confidence < many.evidence["certainty"].confidence


def test_words_alone_are_never_highly_confident() -> None:
    for utterance in batch(talk(*LINES)):
        assert all(score.confidence < 0.6 for score in utterance.evidence.values())


def test_text_only_uses_no_voice() -> None:
    for utterance in batch([felt(u, arousal=0.8, dominance=0.5) for u in talk(*LINES, voice={})], TEXT_ONLY):
        for name in SCORES:
            score = utterance.evidence[name]
            assert Basis.VOICE not in score.basis
            assert all(part.basis != Basis.VOICE for part in score.contributions)
        assert all("prosody" not in signal.families for signal in utterance.cognitive.signals)
        assert not any(signal.type == "stress" for signal in utterance.cognitive.signals)


def test_languages_without_tables_keep_voice_and_timing() -> None:
    timeline = [
        say("A", "où allez vous demain matin", 0.0, 2.0, language="fr", prosody=spoken()),
        say("B", "je ne sais pas encore du tout", 2.4, 5.0, language="fr", prosody=spoken(pause_ratio=0.5)),
    ]
    scored = batch(timeline)[1]
    assert Basis.TEXT not in scored.evidence["cognitive_load"].basis
    assert scored.evidence["cognitive_load"].value is not None
    assert scored.evidence["commitment"].value is None


def test_long_pauses_raise_load_and_are_named() -> None:
    timeline = talk(*LINES, voice={})
    slow = timeline[-1].model_copy(update={"prosody": spoken(pause_ratio=0.6, pause_mean_s=1.2)})
    scored = batch([*timeline[:-1], slow])[-1]
    assert value(scored, "cognitive_load") > value(batch(timeline)[-1], "cognitive_load")
    assert "Share of pauses 60 %" in scored.cognitive.rationale
    assert "mean pause 1.2 s" in scored.acoustic_reasoning


def test_arousal_carries_passion_and_engagement() -> None:
    timeline = talk(*LINES, voice={})
    calm, roused = felt(timeline[-1], arousal=-0.5, valence=0.0), felt(timeline[-1], arousal=0.8, valence=-0.6)
    for name in ("passion", "engagement"):
        assert value(batch([*timeline[:-1], roused])[-1], name) > value(batch([*timeline[:-1], calm])[-1], name)


def test_minimal_late_replies_sound_less_engaged() -> None:
    eager = batch(talk(*LINES, ("A", "did you like it"), ("B", "yes we loved the sea and the long walks")))[-1]
    tired = batch(talk(*LINES, ("A", "did you like it"), ("B", "fine i guess"), gap_s=1.8))[-1]
    assert value(eager, "engagement") > value(tired, "engagement")


def test_a_given_similarity_decides_focus() -> None:
    timeline = talk(*LINES)
    near = ConductScorer(POLICY, similarity=lambda a, b: 1.0).batch(timeline)[-1]
    far = ConductScorer(POLICY, similarity=lambda a, b: 0.0).batch(timeline)[-1]
    assert value(near, "focus") > value(far, "focus")
    assert batch(timeline)[0].evidence["focus"] == Score.unknown("nothing before it to compare with")


@pytest.mark.parametrize("policy", [POLICY, TEXT_ONLY])
def test_live_scores_come_from_the_past_only(policy: Policy) -> None:
    timeline = talk(*LINES, voice={})
    whole, part = ConductScorer(policy), ConductScorer(policy)
    before: list[Utterance] = []
    for utterance in timeline:
        before.append(whole.live(utterance, before))
    short: list[Utterance] = []
    for utterance in timeline[:4]:
        short.append(part.live(utterance, short))
    assert before[:4] == short


def test_an_empty_conversation() -> None:
    assert batch([]) == []
