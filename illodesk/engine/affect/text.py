"""What the words alone say about feeling: :class:`TextReader` turns a text into a :class:`TextReading`.

English is complete. German has valence from a lexicon and no emotion classes. For other languages nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import numpy as np

from illodesk.engine import figures
from illodesk.engine.affect.emotion_head import EmotionHead
from illodesk.engine.affect.prototypes import PROTOTYPES
from illodesk.engine.affect.valence import EnglishWords, GermanWords, text_valence
from illodesk.engine.sentences import SentenceEncoder
from illodesk.schema import EMOTIONS, ModelUse, TextReading

FINE_FLOOR = 0.05
"""Fine labels below this probability are left out."""

CONVERSATION_PRIOR: dict[str, float] = {
    "anger": 0.10,
    "disgust": 0.03,
    "fear": 0.03,
    "joy": 0.175,
    "neutral": 0.50,
    "sadness": 0.065,
    "surprise": 0.10,
}
"""Share of each class expected in talk (science.md 3.4); our lines of talk weigh as much."""

DOMAIN_TEMPER, FULL_WORDS = 0.8, 6
"""Trust in the head when it reads real talk, and the words from which it is whole (science.md 3.4, not fitted)."""

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


def conversational(talk: Mapping[str, float], words: int = FULL_WORDS) -> dict[str, float]:
    """Flatten probabilities of talk by how far they can be trusted: ``p ^ (0.8 * min(1, words / 6))``, of sum 1.

    The head is too sure outside of what it was trained on, the more the fewer ``words`` there were; the order of the
    classes stays as it is. An empty mapping stays empty.
    """
    if not talk:
        return {}
    trust = DOMAIN_TEMPER * min(1.0, words / FULL_WORDS)
    weights = {name: max(talk[name], 1e-6) ** trust for name in EMOTIONS}
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


class TextReader:
    """Reads utterances of one language. Models are loaded at the first use; about 6 ms per utterance."""

    def __init__(self, language: str = "en", encoder: SentenceEncoder | None = None) -> None:
        self._language = language
        base = language.replace("_", "-").split("-")[0].lower()
        self._english = EnglishWords() if base == "en" else None
        self._german = GermanWords() if base == "de" else None
        self._head = EmotionHead(encoder or SentenceEncoder()) if self._english else None

    @property
    def info(self) -> list[ModelUse]:
        """The models that take part for this language."""
        if self._head is not None:
            return [
                self._head.info,
                ModelUse(stage="text valence", name="VADER", version="3.3.2", licence="MIT"),
            ]
        if self._german is not None:
            return [ModelUse(stage="text valence", name="IlloDesk German words", version="1", licence="Apache-2.0")]
        return []

    def read(self, text: str) -> TextReading:
        """Read one utterance. Nothing said gives ``words=0`` and no values; an unknown language ``available=False``."""
        words = len(_WORD.findall(text))
        if self._english is None and self._german is None:
            return TextReading(available=False, language=self._language, words=words)
        if words == 0:
            return TextReading(language=self._language)
        if self._german is not None:
            compound = self._german.compound(text)
            scored = None if compound is None else figures.score_of(compound)
            return TextReading(language=self._language, words=words, compound=scored, valence=scored)
        return self._read_english(text, words)

    def _read_english(self, text: str, words: int) -> TextReading:
        assert self._english is not None and self._head is not None
        compound = self._english.compound(text)
        answer = self._head.read(text)
        if answer is None:
            return TextReading(language=self._language, words=words)
        emotion = dict(zip(EMOTIONS, figures.shares_of(answer.emotion), strict=True))
        talk = dict(zip(EMOTIONS, figures.shares_of(answer.talk), strict=True))
        return TextReading(
            language=self._language,
            words=words,
            emotion=emotion,
            talk=talk,
            fine={label: figures.score_of(p) for label, p in answer.fine.items() if p >= FINE_FLOOR},
            valence=figures.score_of(text_valence(compound, conversational(talk))),
            arousal=figures.score_of(sum(p * PROTOTYPES[name][1] for name, p in emotion.items())),
            dominance=figures.score_of(sum(p * PROTOTYPES[name][2] for name, p in emotion.items())),
            compound=compound,
            subjectivity=figures.score_of(np.clip(1.0 - emotion["neutral"] * (1.0 - abs(compound)), 0.0, 1.0)),
        )
