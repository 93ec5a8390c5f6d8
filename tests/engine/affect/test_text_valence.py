"""Valence from word lists and classes."""

from __future__ import annotations

import pytest

from illodesk.engine.affect.valence import GermanWords, polarity_label, text_valence
from illodesk.schema import EMOTIONS


@pytest.fixture(scope="module")
def german() -> GermanWords:
    return GermanWords()


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("Ich bin sehr zufrieden", 1),
        ("Das gefällt mir nicht", -1),
        ("Das ist nicht schlecht", 1),
        ("Wir haben kein Problem damit", 1),
        ("Das war eine furchtbar nette Idee", 1),
        ("Es ist gut, aber viel zu teuer", -1),
        ("Das macht mich wirklich wütend", -1),
        ("Die schönsten Tage", 1),
    ],
)
def test_german_signs(german: GermanWords, text: str, sign: int) -> None:
    score = german.compound(text)
    assert score is not None and score * sign > 0.2


def test_german_boosters_and_strength(german: GermanWords) -> None:
    plain, more, less = (german.compound(t) for t in ("Das ist gut", "Das ist sehr gut", "Das ist etwas gut"))
    assert plain is not None and more is not None and less is not None
    assert less < plain < more < 1


def test_german_without_words_of_feeling(german: GermanWords) -> None:
    assert german.compound("Der Termin steht im Kalender") is None
    assert german.compound("") is None


def test_classes_pull_valence() -> None:
    def only(name: str) -> dict[str, float]:
        return {other: float(other == name) for other in EMOTIONS}

    assert text_valence(0.0, only("joy")) > 0.4
    assert text_valence(0.0, only("sadness")) < -0.3
    assert text_valence(0.0, only("neutral")) == 0.0
    assert 0.0 < text_valence(0.5, only("neutral")) < 0.5


def test_polarity_label() -> None:
    assert [polarity_label(v, 0.2) for v in (-0.5, -0.1, 0.2)] == ["negative", "neutral", "positive"]
