"""What a phase is called, what it was about, how it sounded and what it said in short."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from illodesk.engine.story.lexrank import central_sentences
from illodesk.engine.story.phrasing import said
from illodesk.schema import Moment, Utterance

POSITIVE = 0.12
"""Mean valence from which a phase counts as coloured."""


def role_of(index: int, count: int, utterances: Sequence[Utterance], moments: Sequence[Moment]) -> str:
    """The part a phase plays, from its place, its markers and the moments in it."""
    kinds = {m.category for m in moments}
    size = max(1, len(utterances))

    def marked(kind: str) -> float:
        return sum(u.lexical_markers.counts.get(kind, 0.0) for u in utterances)

    if count > 1 and index == 0 and marked("greeting") > 0 and "objection" not in kinds:
        return "Opening"
    if count > 2 and index == count - 1 and marked("closing") > 0:
        return "Closing"
    if "objection" in kinds:
        return "Objection handling"
    if "cta_commit" in kinds:
        return "Next steps"
    if sum(u.lexical_markers.questions > 0 for u in utterances) / size >= 0.25 and size >= 4:
        return "Discovery"
    return "Discussion" if count > 1 else "Conversation"


def tone_of(utterances: Sequence[Utterance]) -> str:
    """optimistic, tense, subdued, neutral, mixed or unknown, from expressed valence and arousal weighted by length."""
    coloured = [(u.emotion.valence, max(u.duration_s, 0.1)) for u in utterances if u.emotion.valence is not None]
    if not coloured:
        return "unknown"
    valence = np.array([v for v, _ in coloured])
    weight = np.array([w for _, w in coloured])
    mean = float(np.average(valence, weights=weight))
    up = float(weight[valence > 2 * POSITIVE].sum() / weight.sum())
    down = float(weight[valence < -2 * POSITIVE].sum() / weight.sum())
    aroused = [u.emotion.arousal for u in utterances if u.emotion.arousal is not None]
    if up >= 0.25 and down >= 0.25:
        return "mixed"
    if mean >= POSITIVE:
        return "optimistic"
    if mean > -POSITIVE:
        return "neutral"
    return "tense" if aroused and float(np.mean(aroused)) > 0.05 else "subdued"


def gist_of(utterances: Sequence[Utterance]) -> str:
    """The one or two sentences closest to all others in the phase, as they were said."""
    chosen = central_sentences(utterances, most=2 if len(utterances) >= 8 else 1)
    return " ".join(said(u) for u in chosen)
