"""What a score rests on, in words: measurements, how they compare, and why there is no value."""

from __future__ import annotations

from collections.abc import Mapping

from illodesk.schema import EMOTIONS
from illodesk.ui.review.wording import emotion_name
from illodesk.ui.sentences.forms import NUMBER, QT_TRANSLATE_NOOP, Forms, Kind, Listing, Plain

SIMPLE: Mapping[str, Kind] = {"n": NUMBER, "emotion": Plain("|".join(EMOTIONS), emotion_name)}

NORMS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "above own norm"),
        QT_TRANSLATE_NOOP("Engine", "below own norm"),
        QT_TRANSLATE_NOOP("Engine", "above the usual voice"),
        QT_TRANSLATE_NOOP("Engine", "below the usual voice"),
        QT_TRANSLATE_NOOP("Engine", "above what is typical"),
        QT_TRANSLATE_NOOP("Engine", "below what is typical"),
    ),
    {},
)

FEATURES = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "F0"),
        QT_TRANSLATE_NOOP("Engine", "upper F0"),
        QT_TRANSLATE_NOOP("Engine", "F0 movement"),
        QT_TRANSLATE_NOOP("Engine", "spectral centre"),
        QT_TRANSLATE_NOOP("Engine", "spectral movement"),
        QT_TRANSLATE_NOOP("Engine", "energy above 1 kHz"),
        QT_TRANSLATE_NOOP("Engine", "low over high frequency peak"),
        QT_TRANSLATE_NOOP("Engine", "harmonicity"),
        QT_TRANSLATE_NOOP("Engine", "strength of the first overtones"),
        QT_TRANSLATE_NOOP("Engine", "speech rate"),
        QT_TRANSLATE_NOOP("Engine", "articulation rate"),
        QT_TRANSLATE_NOOP("Engine", "pauses"),
        QT_TRANSLATE_NOOP("Engine", "range of loudness"),
    ),
    {},
)

MEASURED = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "length of turn {n} words"),
        QT_TRANSLATE_NOOP("Engine", "response latency {n} s"),
        QT_TRANSLATE_NOOP("Engine", "pitch movement {n} st"),
        QT_TRANSLATE_NOOP("Engine", "pitch range {n} st"),
        QT_TRANSLATE_NOOP("Engine", "pitch {n} st"),
        QT_TRANSLATE_NOOP("Engine", "loudness range {n} dB"),
        QT_TRANSLATE_NOOP("Engine", "share of pauses {n} %"),
        QT_TRANSLATE_NOOP("Engine", "mean pause {n} s"),
        QT_TRANSLATE_NOOP("Engine", "articulation rate {n} syllables/s"),
        QT_TRANSLATE_NOOP("Engine", "no fillers in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "1 filler in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "{n} fillers in {n2} words"),
        QT_TRANSLATE_NOOP("Engine", "no hedges in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "1 hedge in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "{n} hedges in {n2} words"),
        QT_TRANSLATE_NOOP("Engine", "no boosters in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "1 booster in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "{n} boosters in {n2} words"),
        QT_TRANSLATE_NOOP("Engine", "no intensifiers in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "1 intensifier in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "{n} intensifiers in {n2} words"),
        QT_TRANSLATE_NOOP("Engine", "no self-repairs in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "1 self-repair in {n} words"),
        QT_TRANSLATE_NOOP("Engine", "{n} self-repairs in {n2} words"),
    ),
    SIMPLE,
)

DETAILS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "{feature} {n} sd {norm}"),
        QT_TRANSLATE_NOOP("Engine", "{measured}, {n} sd {norm}"),
        QT_TRANSLATE_NOOP("Engine", "the words read {n}"),
        QT_TRANSLATE_NOOP("Engine", "{n} boosters, {n2} hedges"),
        QT_TRANSLATE_NOOP("Engine", "{emotion} {n}%"),
        QT_TRANSLATE_NOOP("Engine", "flat pitch"),
        QT_TRANSLATE_NOOP("Engine", "acknowledges the other"),
        QT_TRANSLATE_NOOP("Engine", "words taken up from the previous turn: {n}"),
        QT_TRANSLATE_NOOP("Engine", "similar to the last minute: {n}"),
        QT_TRANSLATE_NOOP("Engine", "similar to the previous turn: {n}"),
        QT_TRANSLATE_NOOP("Engine", "{n} minimal replies"),
        QT_TRANSLATE_NOOP("Engine", "load {n}"),
        QT_TRANSLATE_NOOP("Engine", "1 self-repair"),
        QT_TRANSLATE_NOOP("Engine", "{n} self-repairs"),
        QT_TRANSLATE_NOOP("Engine", "no question"),
        QT_TRANSLATE_NOOP("Engine", "1 question"),
        QT_TRANSLATE_NOOP("Engine", "{n} questions"),
        QT_TRANSLATE_NOOP("Engine", "no admission of not knowing"),
        QT_TRANSLATE_NOOP("Engine", "1 admission of not knowing"),
        QT_TRANSLATE_NOOP("Engine", "{n} admission of not knowings"),
        QT_TRANSLATE_NOOP("Engine", "no weak or conditional promise"),
        QT_TRANSLATE_NOOP("Engine", "1 weak or conditional promise"),
        QT_TRANSLATE_NOOP("Engine", "{n} weak or conditional promises"),
        QT_TRANSLATE_NOOP("Engine", "no promise"),
        QT_TRANSLATE_NOOP("Engine", "1 promise"),
        QT_TRANSLATE_NOOP("Engine", "{n} promises"),
        QT_TRANSLATE_NOOP("Engine", "promises"),
        QT_TRANSLATE_NOOP("Engine", "promises, with a date"),
        QT_TRANSLATE_NOOP("Engine", "says yes to a request"),
        QT_TRANSLATE_NOOP("Engine", "says yes to a request, with a date"),
        QT_TRANSLATE_NOOP("Engine", "valence {n}"),
        QT_TRANSLATE_NOOP("Engine", "strength of valence {n}"),
        QT_TRANSLATE_NOOP("Engine", "arousal {n}"),
        QT_TRANSLATE_NOOP("Engine", "dominance {n}"),
        QT_TRANSLATE_NOOP("Engine", "pitch at the end {n} st/s"),
    ),
    {**SIMPLE, "feature": FEATURES, "norm": NORMS, "measured": MEASURED},
)
"""The measured value behind a contribution."""

HEARD = Forms((QT_TRANSLATE_NOOP("Engine", "Heard: {details}."),), {"details": Listing(DETAILS, "; ")})

MANNERS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "fast"),
        QT_TRANSLATE_NOOP("Engine", "slow"),
        QT_TRANSLATE_NOOP("Engine", "lively"),
        QT_TRANSLATE_NOOP("Engine", "flat"),
        QT_TRANSLATE_NOOP("Engine", "high-pitched"),
        QT_TRANSLATE_NOOP("Engine", "low-pitched"),
        QT_TRANSLATE_NOOP("Engine", "sharp"),
        QT_TRANSLATE_NOOP("Engine", "soft"),
        QT_TRANSLATE_NOOP("Engine", "many pauses"),
        QT_TRANSLATE_NOOP("Engine", "long pauses"),
        QT_TRANSLATE_NOOP("Engine", "as usual"),
    ),
    {},
)

NOTES = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "not enough evidence"),
        QT_TRANSLATE_NOOP("Engine", "valence is read from words, and there are none that can be read"),
        QT_TRANSLATE_NOOP("Engine", "not enough voiced sound"),
        QT_TRANSLATE_NOOP("Engine", "too few words and too little voice to tell"),
        QT_TRANSLATE_NOOP("Engine", "nothing before it to compare with"),
        QT_TRANSLATE_NOOP("Engine", "no text to read a commitment from"),
        QT_TRANSLATE_NOOP("Engine", "no words of commitment"),
    ),
    {},
)


def detail_words(text: str) -> str:
    """The measured value behind a contribution."""
    return DETAILS.worded(text) or text


def heard_words(text: str) -> str:
    """What voice and timing contributed to the scores of an utterance."""
    return HEARD.worded(text) or text


def manner_words(text: str) -> str:
    """How an utterance was said."""
    return Listing(MANNERS).worded(text) or text


def note_words(text: str) -> str:
    """Why there is no value."""
    return NOTES.worded(text) or text
