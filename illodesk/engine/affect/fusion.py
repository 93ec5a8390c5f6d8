"""Text and voice put together: seven classes, pleasure, arousal and dominance, polarity (science.md 3.3, 3.4)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from illodesk.engine import figures
from illodesk.engine.affect.prototypes import PROTOTYPES
from illodesk.engine.affect.text import CONVERSATION_PRIOR, conversational
from illodesk.engine.affect.valence import POLAR, polarity_label
from illodesk.engine.affect.voice import VoiceReading
from illodesk.schema import (
    EMOTIONS,
    Basis,
    Contribution,
    Emotion,
    LexicalMarkers,
    Score,
    Sentiment,
    TextReading,
    confidence_level_of,
)

VOICE_WEIGHT = 0.5
SURE_WORDS = 5
TAU = 0.35
"""Width of a class in the pleasure-arousal-dominance space."""
TEXT_CAP = 0.59
"""Text alone is never called highly confident: out of domain its probabilities are too sure (ECE .27 on MELD)."""
VOICE_CAP = 0.34
"""Classes from the voice alone are never more than a hint (unweighted recall about .3 of seven)."""
_POLAR_WIDTH = 0.15
_CERTAINTY_STEP = 0.15

_PAD: NDArray[np.float64] = np.array([PROTOTYPES[name] for name in EMOTIONS])
_TALK: NDArray[np.float64] = np.array([CONVERSATION_PRIOR[name] for name in EMOTIONS])


@dataclass(frozen=True)
class Affect:
    """What fusion makes of one utterance."""

    emotion: Emotion
    sentiment: Sentiment
    evidence: dict[str, Score]


def fuse(
    reading: TextReading, voice: VoiceReading | None, markers: LexicalMarkers, asr_confidence: float = 1.0
) -> Affect:
    """Fuse what was read and what was heard.

    Args:
        reading: of the words; without words or model it counts for nothing.
        voice: ``None`` where the policy forbids it.
        markers: hedges and boosters, which move dominance.
        asr_confidence: 0..1, how well the words were understood.

    Returns:
        The scores; all ``None`` where there is evidence of neither kind.
    """
    heard = voice if voice is not None and voice.arousal.value is not None else None
    said = reading if reading.available and reading.words > 0 else None
    trust = min(1.0, reading.words / SURE_WORDS) * asr_confidence if said else 0.0
    probabilities = _classes(said, heard, asr_confidence)
    valence = _valence(said, heard, probabilities, trust)
    evidence = {
        "valence": valence,
        "arousal": _dimension("arousal", heard.arousal if heard else None, said.arousal if said else None, 0.75, trust),
        "dominance": _with_certainty(
            _dimension("dominance", heard.dominance if heard else None, said.dominance if said else None, 0.6, trust),
            markers if said else None,
        ),
    }
    return Affect(_emotion(probabilities, evidence, said, heard, trust), _sentiment(valence), evidence)


def _classes(said: TextReading | None, heard: VoiceReading | None, asr_confidence: float) -> NDArray[np.float64] | None:
    """Log-linear pool of what text and voice say; [7] or ``None`` without evidence of either.

    The text's probabilities as of talk are mixed with the prior of talk by how well the words were
    understood: words that were misheard say nothing. Without text the prior stands alone.
    """
    shares = _TALK
    evidence = False
    if said is not None and said.talk:
        read = conversational(said.talk, said.words)
        shares = asr_confidence * np.array([read[name] for name in EMOTIONS]) + (1.0 - asr_confidence) * _TALK
        evidence = True
    log = np.log(shares)
    if heard is not None:
        assert heard.arousal.value is not None and heard.dominance.value is not None
        distance = (heard.arousal.value - _PAD[:, 1]) ** 2 + 0.6 * (heard.dominance.value - _PAD[:, 2]) ** 2
        if said is not None and said.valence is not None:
            distance = distance + 0.1 * (said.valence - _PAD[:, 0]) ** 2
        log -= VOICE_WEIGHT * heard.weight * distance / TAU
        evidence = True
    if not evidence:
        return None
    weights = np.exp(log - log.max())
    result: NDArray[np.float64] = weights / weights.sum()
    return result


def _valence(
    said: TextReading | None, heard: VoiceReading | None, probabilities: NDArray[np.float64] | None, trust: float
) -> Score:
    """The text's valence; with a voice ``.9`` of it and ``.1`` of the fused classes' own; never the voice alone."""
    if said is None or said.valence is None:
        return Score.unknown("valence is read from words, and there are none that can be read")
    if heard is None or not said.talk or probabilities is None:
        terms = [_text_term("valence", said.valence)]
    else:
        terms = [_text_term("valence", said.valence, 0.9)]
        for name, probability, pleasure in zip(EMOTIONS, probabilities, _PAD[:, 0], strict=True):
            if pleasure:
                terms.append(
                    Contribution(
                        name=name, weight=0.1 * float(probability * pleasure), detail=f"{name} {probability:.0%}"
                    )
                )
    return _total(terms, [Basis.TEXT], min(TEXT_CAP, trust))


def _dimension(name: str, heard: Score | None, read: float | None, voice_share: float, trust: float) -> Score:
    """Weighted mean of voice and text; the whole of either where the other is missing."""
    if heard is None or heard.value is None:
        if read is None:
            return Score.unknown()
        return _total([_text_term(name, read)], [Basis.TEXT], min(TEXT_CAP, trust))
    share = 1.0 if read is None else voice_share
    # The terms are those before tanh; scaled, all of them together add up to the part of the value they stand for.
    before = float(np.arctanh(np.clip(heard.value, -1.0 + 1e-9, 1.0 - 1e-9)))
    scale = share * heard.value / before if before else share
    terms = [term.model_copy(update={"weight": term.weight * scale}) for term in heard.contributions]
    if read is None:
        return heard.model_copy(update={"contributions": _largest(terms)})
    terms.append(_text_term(name, read, 1.0 - share))
    return Score(
        value=figures.score_of(np.clip(share * heard.value + (1.0 - share) * read, -1.0, 1.0)),
        confidence=figures.score_of(share * heard.confidence + (1.0 - share) * trust),
        basis=[Basis.TEXT, Basis.VOICE],
        contributions=_largest(terms),
    )


def _with_certainty(score: Score, markers: LexicalMarkers | None) -> Score:
    """Move dominance by up to .15: boosters up, hedges down, two of them all the way."""
    if score.value is None or markers is None or markers.boosters == markers.hedges:
        return score
    step = _CERTAINTY_STEP * float(np.clip((markers.boosters - markers.hedges) / 2.0, -1.0, 1.0))
    term = Contribution(
        name="boosters" if step > 0 else "hedges",
        weight=step,
        detail=f"{markers.boosters} boosters, {markers.hedges} hedges",
    )
    basis = sorted({*score.basis, Basis.TEXT})
    return score.model_copy(
        update={
            "value": figures.score_of(np.clip(score.value + step, -1.0, 1.0)),
            "basis": basis,
            "contributions": _largest([*score.contributions, term]),
        }
    )


def _emotion(
    probabilities: NDArray[np.float64] | None,
    evidence: dict[str, Score],
    said: TextReading | None,
    heard: VoiceReading | None,
    trust: float,
) -> Emotion:
    dimensions = {name: score.value for name, score in evidence.items()}
    basis = sorted({basis for score in evidence.values() for basis in score.basis})
    if probabilities is None:
        return Emotion(**dimensions, basis=basis)
    confidence = figures.score_of(_confidence(probabilities, said, heard, trust))
    return Emotion.from_probabilities(
        figures.shares_of(probabilities),
        **dimensions,
        confidence=confidence,
        confidence_level=confidence_level_of(confidence),
        basis=basis,
    )


def _confidence(
    probabilities: NDArray[np.float64], said: TextReading | None, heard: VoiceReading | None, trust: float
) -> float:
    """``(1 - H / ln 7) * trust in the words * (.5 + .5 agreement)``; where one channel is missing, agreement is .5."""
    entropy = -float(np.sum(probabilities * np.log(np.maximum(probabilities, 1e-12))))
    sharp = 1.0 - entropy / float(np.log(len(EMOTIONS)))
    if said is None or not said.talk:
        return float(np.clip(0.75 * sharp * (heard.arousal.confidence if heard else 0.0), 0.0, VOICE_CAP))
    if heard is None or heard.arousal.value is None or said.arousal is None:
        return float(np.clip(0.75 * sharp * trust, 0.0, TEXT_CAP))
    agreement = 1.0 - abs(said.arousal - heard.arousal.value) / 2.0
    return float(np.clip(sharp * trust * (0.5 + 0.5 * agreement), 0.0, 1.0))


def _sentiment(valence: Score) -> Sentiment:
    """Polarity, its name and three shares; each share is one half exactly where the name changes."""
    if valence.value is None:
        return Sentiment()
    polarity = valence.value
    positive = figures.score_of(_logistic((polarity - POLAR) / _POLAR_WIDTH))
    negative = figures.score_of(_logistic((-polarity - POLAR) / _POLAR_WIDTH))
    return Sentiment(
        label=polarity_label(polarity, POLAR),
        polarity=polarity,
        positive=positive,
        neutral=figures.score_of(1.0 - positive - negative),
        negative=negative,
        confidence=valence.confidence,
    )


def _logistic(x: float) -> float:
    return float(1.0 / (1.0 + np.exp(-x)))


def _text_term(name: str, value: float, share: float = 1.0) -> Contribution:
    return Contribution(name=f"text_{name}", weight=share * value, detail=f"the words read {value:+.2f}")


def _total(terms: list[Contribution], basis: list[Basis], confidence: float) -> Score:
    return Score(
        value=figures.score_of(np.clip(sum(term.weight for term in terms), -1.0, 1.0)),
        confidence=figures.score_of(confidence),
        basis=basis,
        contributions=_largest(terms),
    )


def _largest(terms: list[Contribution]) -> list[Contribution]:
    rounded = [term.model_copy(update={"weight": figures.score_of(term.weight)}) for term in terms]
    return sorted(rounded, key=lambda term: -abs(term.weight))[:6]
