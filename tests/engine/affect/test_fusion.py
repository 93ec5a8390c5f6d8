from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine.affect.fusion import TEXT_CAP, VOICE_CAP, Affect, fuse
from illodesk.engine.affect.prototypes import PROTOTYPES
from illodesk.engine.affect.text import CONVERSATION_PRIOR
from illodesk.engine.affect.voice import VoiceReading
from illodesk.schema import EMOTIONS, Basis, Contribution, LexicalMarkers, Score, TextReading

NO_MARKERS = LexicalMarkers()
NOTHING_SAID = TextReading()


def reading(emotion: str | None = None, sure: float = 0.85, words: int = 8, **rest: object) -> TextReading:
    """Text that reads as one class, or, without one, as no more than the prior of talk."""
    if emotion is None:
        probabilities = dict(CONVERSATION_PRIOR)
    else:
        probabilities = {name: sure if name == emotion else (1 - sure) / 6 for name in EMOTIONS}
    pad = [sum(p * PROTOTYPES[name][i] for name, p in probabilities.items()) for i in range(3)]
    values = {"valence": pad[0], "arousal": pad[1], "dominance": pad[2], "compound": pad[0], "subjectivity": 0.5}
    return TextReading(words=words, emotion=probabilities, talk=probabilities, **{**values, **rest})


def heard(arousal: float, dominance: float = 0.0, weight: float = 1.0, confidence: float = 0.8) -> VoiceReading:
    def score(value: float) -> Score:
        term = Contribution(name="f0_p50_st", weight=math.atanh(value), detail="F0", basis=Basis.VOICE)
        return Score(value=value, confidence=confidence, basis=[Basis.VOICE], contributions=[term])

    return VoiceReading(score(arousal), score(dominance), weight)


SILENT = VoiceReading(Score.unknown(), Score.unknown(), 0.0)


def assert_nothing(affect: Affect) -> None:
    assert affect.emotion.emotions == {}
    assert affect.emotion.dominant is None
    assert affect.emotion.scores == {"valence": None, "arousal": None, "dominance": None}
    assert affect.emotion.confidence == 0.0 and affect.emotion.basis == []
    assert affect.sentiment.label is None and affect.sentiment.polarity is None
    assert all(score.value is None and score.note for score in affect.evidence.values())


def test_without_words_and_voice_nothing_is_known():
    for voice in (None, SILENT):
        assert_nothing(fuse(NOTHING_SAID, voice, NO_MARKERS))
        assert_nothing(fuse(TextReading(available=False, words=9), voice, NO_MARKERS))


def test_text_that_says_nothing_leaves_the_order_of_the_classes_in_talk():
    ranked = fuse(reading(None), None, NO_MARKERS).emotion.emotions
    assert sorted(ranked, key=ranked.__getitem__)[-2:] == ["joy", "neutral"]
    assert ranked["fear"] == min(ranked.values())


def test_words_that_were_not_understood_leave_the_prior_of_talk():
    emotion = fuse(reading("anger", 0.95), None, NO_MARKERS, asr_confidence=0.0).emotion
    assert emotion.emotions == pytest.approx(CONVERSATION_PRIOR, abs=1e-3)
    surer = [fuse(reading("anger", 0.95), None, NO_MARKERS, asr_confidence=c).emotion.anger for c in (0.2, 0.6, 1.0)]
    assert surer == sorted(surer) and surer[0] < 0.5


@pytest.mark.parametrize("name", list(EMOTIONS))
def test_clear_words_name_the_class(name):
    assert fuse(reading(name, 0.95), None, NO_MARKERS).emotion.dominant == name


def test_few_words_weigh_less():
    few, many = (fuse(reading("anger", words=n), None, NO_MARKERS).emotion for n in (2, 8))
    assert few.anger < many.anger
    assert few.confidence < many.confidence


def test_the_voice_moves_the_classes_towards_where_it_lies():
    words = reading("anger", 0.4)
    loud, meek = fuse(words, heard(0.7, 0.4), NO_MARKERS), fuse(words, heard(-0.5, -0.4), NO_MARKERS)
    assert loud.emotion.anger > fuse(words, None, NO_MARKERS).emotion.anger
    assert meek.emotion.sadness > loud.emotion.sadness
    assert fuse(words, heard(0.7, 0.4, weight=0.0), NO_MARKERS).emotion.anger == pytest.approx(
        fuse(words, None, NO_MARKERS).emotion.anger
    )


def test_arousal_is_three_quarters_voice_and_dominance_six_tenths():
    words = reading("joy")
    affect = fuse(words, heard(0.6, -0.2), NO_MARKERS)
    assert affect.emotion.arousal == pytest.approx(0.75 * 0.6 + 0.25 * words.arousal, abs=1e-4)
    assert affect.emotion.dominance == pytest.approx(0.6 * -0.2 + 0.4 * words.dominance, abs=1e-4)
    assert affect.evidence["arousal"].basis == [Basis.TEXT, Basis.VOICE]


def test_text_alone_gives_its_own_arousal_and_never_high_confidence():
    words = reading("joy", 0.99, words=30)
    emotion = fuse(words, None, NO_MARKERS).emotion
    assert emotion.arousal == pytest.approx(words.arousal, abs=1e-4)
    assert emotion.confidence <= TEXT_CAP and emotion.confidence_level != "high"
    assert emotion.basis == [Basis.TEXT]


def test_the_voice_alone_gives_arousal_but_no_valence_and_only_a_hint_of_a_class():
    affect = fuse(NOTHING_SAID, heard(0.9, 0.5, confidence=1.0), NO_MARKERS)
    assert affect.emotion.arousal == pytest.approx(0.9)
    assert affect.emotion.valence is None and affect.sentiment.label is None
    assert affect.evidence["valence"].note
    assert affect.emotion.confidence <= VOICE_CAP and affect.emotion.confidence_level == "low"
    assert affect.emotion.basis == [Basis.VOICE]


def test_confidence_grows_with_agreement_words_and_recognition():
    words = reading("anger", 0.9)
    agreed = fuse(words, heard(0.6, 0.3), NO_MARKERS).emotion.confidence
    assert agreed > fuse(words, heard(-0.6, 0.3), NO_MARKERS).emotion.confidence
    assert agreed > fuse(words, heard(0.6, 0.3), NO_MARKERS, asr_confidence=0.5).emotion.confidence
    assert agreed > fuse(reading("anger", 0.9, words=3), heard(0.6, 0.3), NO_MARKERS).emotion.confidence


@pytest.mark.parametrize(
    ("valence", "label"), [(0.9, "positive"), (0.0, "neutral"), (-0.9, "negative"), (0.15, "neutral")]
)
def test_sentiment_follows_the_words(valence, label):
    sentiment = fuse(reading(None, valence=valence), None, NO_MARKERS).sentiment
    assert sentiment.label == label
    shares = {"positive": sentiment.positive, "neutral": sentiment.neutral, "negative": sentiment.negative}
    assert max(shares, key=shares.__getitem__) == label
    assert sum(shares.values()) == pytest.approx(1.0)


def test_valence_without_classes_is_that_of_the_words():
    german = TextReading(language="de", words=6, valence=0.6, compound=0.6)
    affect = fuse(german, None, NO_MARKERS)
    assert affect.emotion.valence == pytest.approx(0.6) and affect.sentiment.label == "positive"
    assert affect.emotion.dominant is None and affect.emotion.arousal is None
    assert fuse(german, heard(0.5), NO_MARKERS).emotion.arousal == pytest.approx(0.5)


def test_boosters_raise_dominance_and_hedges_lower_it_by_at_most_fifteen_hundredths():
    def dominance(boosters: int, hedges: int) -> float:
        markers = LexicalMarkers(boosters=boosters, hedges=hedges)
        return fuse(reading("neutral"), heard(0.0, 0.1), markers).emotion.dominance

    plain = dominance(0, 0)
    assert dominance(1, 0) == pytest.approx(plain + 0.075, abs=2e-4)
    assert dominance(9, 0) == pytest.approx(plain + 0.15, abs=2e-4)
    assert dominance(0, 9) == pytest.approx(plain - 0.15, abs=2e-4)
    assert dominance(3, 3) == plain


def test_contributions_add_up_to_the_value():
    affect = fuse(reading("anger"), heard(0.7, 0.2), LexicalMarkers(boosters=1))
    for score in affect.evidence.values():
        assert sum(c.weight for c in score.contributions) == pytest.approx(score.value, abs=0.02)
        assert all(c.detail for c in score.contributions)


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(st.none(), st.sampled_from(EMOTIONS)),
    st.integers(0, 40),
    st.one_of(st.none(), st.tuples(st.floats(-0.99, 0.99), st.floats(-0.99, 0.99), st.floats(0, 1))),
    st.floats(0, 1),
    st.integers(0, 5),
)
def test_everything_stays_in_its_range(name, words, voice, trust, hedges):
    said = reading(name, words=words) if words else NOTHING_SAID
    affect = fuse(said, heard(*voice) if voice else None, LexicalMarkers(hedges=hedges), trust)
    emotion = affect.emotion
    if words == 0 and voice is None:
        assert_nothing(affect)
        return
    assert sum(emotion.emotions.values()) == pytest.approx(1.0)
    assert min(emotion.emotions.values()) >= 0.0
    assert 0.0 <= emotion.confidence <= 1.0
    for score in affect.evidence.values():
        assert score.value is None or -1.0 <= score.value <= 1.0
        assert 0.0 <= score.confidence <= 1.0 and len(score.contributions) <= 6
