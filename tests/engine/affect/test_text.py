"""What the words alone say."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine.affect.text import CONVERSATION_PRIOR, TextReader, conversational
from illodesk.schema import EMOTIONS, TextReading


@pytest.fixture(scope="module")
def reader() -> TextReader:
    return TextReader("en")


@pytest.mark.parametrize(
    ("text", "emotion"),
    [
        ("I love this, thank you so much!", "joy"),
        ("I am so angry, this is fucking ridiculous", "anger"),
        ("I'm scared, this is terrifying", "fear"),
        ("I am so sad, I miss him and I cried all night", "sadness"),
        ("That is disgusting, it makes me sick", "disgust"),
        ("Wow, I did not expect that! What a surprise!", "surprise"),
        ("The meeting is on the second floor", "neutral"),
    ],
)
def test_plain_cases(reader: TextReader, text: str, emotion: str) -> None:
    reading = reader.read(text)
    assert max(reading.emotion, key=lambda name: reading.emotion[name]) == emotion


def test_a_reading_is_complete(reader: TextReader) -> None:
    reading = reader.read("I'm really happy with the result.")
    assert reading.available and reading.words == 6 and reading.language == "en"
    assert list(reading.emotion) == list(EMOTIONS)
    assert sum(reading.emotion.values()) == pytest.approx(1.0)
    assert list(reading.talk) == list(EMOTIONS)
    assert sum(reading.talk.values()) == pytest.approx(1.0)
    assert reading.fine and all(0.05 <= p <= 1.0 for p in reading.fine.values())
    assert reading.valence is not None and reading.valence > 0.3
    assert reading.compound is not None and reading.compound > 0.3
    assert reading.arousal is not None and -1 <= reading.arousal <= 1
    assert reading.dominance is not None and -1 <= reading.dominance <= 1
    assert reading.subjectivity is not None and reading.subjectivity > 0.5


def test_pleasant_and_unpleasant(reader: TextReader) -> None:
    good, bad = reader.read("This works great, I love it"), reader.read("This is terrible, I hate it")
    assert good.valence is not None and bad.valence is not None
    assert good.valence > 0.3 > -0.3 > bad.valence


def test_writing_does_not_matter(reader: TextReader) -> None:
    assert reader.read("I AM, SO, HAPPY!!!").emotion == reader.read("i am so happy!").emotion


@pytest.mark.parametrize("text", ["", "   ", "...", "?!"])
def test_nothing_said(reader: TextReader, text: str) -> None:
    assert reader.read(text) == TextReading(available=True, language="en", words=0)


def test_digits_carry_no_feeling(reader: TextReader) -> None:
    reading = reader.read("12 34")
    assert reading.words == 2 and not reading.emotion and reading.valence is None


def test_german_has_valence_only() -> None:
    reader = TextReader("de-DE")
    good, bad = reader.read("Ich bin sehr zufrieden damit."), reader.read("Das gefällt mir überhaupt nicht.")
    assert good.available and not good.emotion and not good.fine
    assert good.valence is not None and bad.valence is not None
    assert good.valence > 0.3 and bad.valence < -0.3
    assert reader.read("Guten Tag").words == 2
    assert reader.read("Hallo zusammen").valence is None


def test_other_languages_are_not_available() -> None:
    reader = TextReader("fr")
    reading = reader.read("Je suis très content.")
    assert not reading.available and not reading.emotion and reading.valence is None
    assert reader.info == []


def test_models_are_named(reader: TextReader) -> None:
    assert {use.licence for use in reader.info} == {"Apache-2.0", "MIT"}


def test_the_prior_is_a_distribution() -> None:
    assert list(CONVERSATION_PRIOR) == list(EMOTIONS)
    assert sum(CONVERSATION_PRIOR.values()) == pytest.approx(1.0)


@pytest.mark.parametrize("text", ["Where did you two meet?", "Do you know when the shop opens?", "I agree with that"])
def test_what_people_do_in_talk_is_no_feeling(reader: TextReader, text: str) -> None:
    reading = reader.read(text)
    assert reading.talk["neutral"] > max(0.5, reading.emotion["neutral"])


def test_talk_is_read_with_less_certainty() -> None:
    sure = {name: 0.94 if name == "joy" else 0.01 for name in EMOTIONS}
    assert 0.5 < conversational(sure)["joy"] < 0.94
    assert conversational(sure, words=2)["joy"] < conversational(sure, words=4)["joy"] < conversational(sure)["joy"]
    assert conversational({}) == {}


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0.001, 1.0), min_size=7, max_size=7))
def test_conversational_probabilities_sum_to_one(weights: list[float]) -> None:
    emotion = {name: w / sum(weights) for name, w in zip(EMOTIONS, weights, strict=True)}
    talk = conversational(emotion)
    assert sum(talk.values()) == pytest.approx(1.0)
    assert all(p >= 0 for p in talk.values())


@settings(max_examples=20, deadline=None)
@given(st.text(max_size=60))
def test_any_text_is_read_twice_alike(reader: TextReader, text: str) -> None:
    first = reader.read(text)
    assert first == reader.read(text)
    assert first.valence is None or -1 <= first.valence <= 1
