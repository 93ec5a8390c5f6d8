"""What an utterance does in the dialogue, by its markers and the turn before it: the text side of social signals.

Each act is a strength from 0 to 1. The weights are set by hand; which phrases count was tuned on the first half of
the MRDA and DailyDialog development sets, whose second halves are held back for ``tests/bench/conduct.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from illodesk.schema import LexicalMarkers, Utterance

OPENING_CHARS = 16
"""A reply shows itself in its first words: hits that start after this many characters do not count as one."""

TURN_BEFORE = 2
"""How many last utterances of the other's turn are read for a question or a request."""


@dataclass(frozen=True)
class Acts:
    """Strength of each dialogue act, 0..1."""

    hesitation: float = 0.0
    agreement: float = 0.0
    disagreement: float = 0.0
    commitment: float = 0.0
    directive: float = 0.0
    question: float = 0.0


NO_ACTS = Acts()


def acts_of(markers: LexicalMarkers, before: Sequence[LexicalMarkers] = (), continues: bool = False) -> Acts:
    """Acts of one utterance.

    ``before`` holds the markers of the other speaker's turn just before, oldest first; ``continues`` says that this
    speaker spoke last, so that "okay, then ..." goes on rather than agrees.
    """
    if not markers.available or not markers.words:
        return NO_ACTS
    counts = markers.counts
    asks = bool(counts.get("question"))
    directive = min(1.0, counts.get("cta", 0.0) + 0.8 * counts.get("request", 0.0))
    disagreement = 0.0 if asks else min(1.0, 0.8 * counts.get("disagreement", 0.0))
    return Acts(
        hesitation=_hesitation(markers),
        agreement=0.0 if asks or disagreement else _agreement(counts, continues),
        disagreement=disagreement,
        commitment=_commitment(markers, before, asks, bool(directive)),
        directive=directive,
        question=1.0 if asks else 0.0,
    )


def turn_before(index: int, timeline: Sequence[Utterance]) -> tuple[list[Utterance], bool]:
    """The last utterances of the other speaker's turn before entry ``index``, and whether the speaker continues."""
    own = timeline[index].speaker
    turn: list[Utterance] = []
    for at in range(index - 1, -1, -1):
        entry = timeline[at]
        if entry.speaker == own or (turn and entry.speaker != turn[-1].speaker):
            break
        turn.append(entry)
        if len(turn) == TURN_BEFORE:
            break
    continues = bool(index) and timeline[index - 1].speaker == own
    return turn[::-1], continues


def is_acknowledgement(markers: LexicalMarkers) -> bool:
    """Whether the whole utterance is a backchannel ("yeah", "uh huh, I see")."""
    return markers.available and "backchannel" in markers.counts


def _hesitation(markers: LexicalMarkers) -> float:
    counts = markers.counts
    if "floor_hold" in counts or "hesitant_start" in counts:
        return 0.8
    return min(0.45, 0.03 * markers.disfluency_rate) if markers.words >= 4 else 0.0


def _agreement(counts: dict[str, float], continues: bool) -> float:
    said = counts.get("agreement", 0.0)
    acknowledged = counts.get("backchannel", 0.0)
    if acknowledged:
        return max(min(1.0, 0.9 * said), 0.6)
    return min(1.0, 0.9 * said) * (0.5 if continues else 1.0)


def _commitment(markers: LexicalMarkers, before: Sequence[LexicalMarkers], asks: bool, directs: bool) -> float:
    counts = markers.counts
    asked = any("cta" in turn.counts or "request" in turn.counts for turn in before)
    answers = any(
        hit.kind in ("acceptance", "refusal", "agreement", "disagreement")
        and not hit.negated
        and hit.start <= OPENING_CHARS
        for hit in markers.hits
    )
    promised = "commit_strong" in counts
    strength = 0.0
    if promised and not asks:
        strength = 0.5 if directs else 0.7
    if asked and not asks and (answers or promised or not directs):
        strength = max(strength, 0.85 if answers or promised else 0.6)
    if "commit_weak" in counts and not promised:
        strength = min(max(strength, 0.35), 0.6)
    if promised and "commit_date" in counts:
        strength = min(1.0, strength + 0.15)
    return strength
