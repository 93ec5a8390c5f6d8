"""Timing: gaps, overlaps, interruptions, backchannels and who holds the floor.

Turn gaps cluster near 0.2 s across languages and more than 0.7 s signals trouble (Stivers et al. 2009, Kendrick and
Torreira 2015). An overlap is cooperative when it begins less than half a second before the other's end, competitive
when both go on for more than a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from illodesk.engine.conduct.acts import is_acknowledgement
from illodesk.schema import Timing, Utterance

LOOK_BACK_S = 60.0
"""No utterance is longer than this, so that nothing that began earlier can still be going on."""

SHORT_S = 1.2
SHORT_WORDS = 4
COOPERATIVE_S = 0.5
COMPETITIVE_S = 1.0
FLOOR_WORDS = 3
RETURN_S = 2.0


def timing_of(index: int, timeline: Sequence[Utterance]) -> Timing:
    """Timing of entry ``index`` of a timeline sorted by ``t_start``. Later entries are used where there are any."""
    own = timeline[index]
    overlap = round(_overlap_s(index, timeline), 3)
    backchannel = is_backchannel(index, timeline)
    previous = _previous_floor(index, timeline)
    opens = previous is not None and previous.speaker != own.speaker
    gap = round(own.t_start - previous.t_end, 3) if previous is not None and opens else None
    return Timing(
        gap_s=gap,
        overlap_s=overlap,
        interruption=not backchannel and _interrupts(index, timeline),
        backchannel=backchannel,
        response_to_question=previous is not None
        and opens
        and not backchannel
        and previous.lexical_markers.questions > 0,
        words_in_turn=word_count(own) if backchannel else _words_in_turn(index, timeline),
    )


def overlap_kind(timing: Timing) -> Literal["none", "backchannel", "cooperative", "interruption", "competitive"]:
    """Name an overlap: competitive is an interruption during which both went on for more than a second."""
    if timing.overlap_s <= 0.0:
        return "none"
    if timing.backchannel:
        return "backchannel"
    if not timing.interruption:
        return "cooperative"
    return "competitive" if timing.overlap_s > COMPETITIVE_S else "interruption"


def word_count(utterance: Utterance) -> int:
    """Words of an utterance, by its markers or else by its text."""
    return utterance.lexical_markers.words or len(utterance.text.split())


def is_backchannel(index: int, timeline: Sequence[Utterance]) -> bool:
    """Whether entry ``index`` is a short acknowledgement while another speaker holds the floor."""
    own = timeline[index]
    if not _sounds_like_acknowledgement(own):
        return False
    before = _last_other_start(index, timeline)
    if before is None or before.lexical_markers.questions:
        return False
    if before.t_end > own.t_start:
        return True
    for later in timeline[index + 1 :]:
        if later.t_start > own.t_end + RETURN_S:
            return False
        if not _sounds_like_acknowledgement(later):
            return later.speaker == before.speaker
    return index == len(timeline) - 1


def _sounds_like_acknowledgement(utterance: Utterance) -> bool:
    markers = utterance.lexical_markers
    if markers.available and markers.words:
        return markers.words <= SHORT_WORDS and is_acknowledgement(markers)
    return utterance.duration_s < SHORT_S and word_count(utterance) <= 2


def _last_other_start(index: int, timeline: Sequence[Utterance]) -> Utterance | None:
    """The last entry before ``index`` that is more than an acknowledgement, unless it is the speaker's own."""
    own = timeline[index]
    for at in range(index - 1, -1, -1):
        entry = timeline[at]
        if not _sounds_like_acknowledgement(entry):
            return entry if entry.speaker != own.speaker else None
    return None


def _previous_floor(index: int, timeline: Sequence[Utterance]) -> Utterance | None:
    """The last entry before ``index`` that is not a backchannel of another speaker."""
    own = timeline[index]
    for at in range(index - 1, -1, -1):
        entry = timeline[at]
        if entry.speaker == own.speaker or not is_backchannel(at, timeline):
            return entry
    return None


def _overlap_s(index: int, timeline: Sequence[Utterance]) -> float:
    """Seconds of the entry during which any other speaker talks; two others at once count once."""
    own = timeline[index]
    spans: list[tuple[float, float]] = []
    for at in range(index - 1, -1, -1):
        other = timeline[at]
        if other.t_start < own.t_start - LOOK_BACK_S:
            break
        if other.speaker != own.speaker and other.t_end > own.t_start:
            spans.append((own.t_start, min(own.t_end, other.t_end)))
    for other in timeline[index + 1 :]:
        if other.t_start >= own.t_end:
            break
        if other.speaker != own.speaker:
            spans.append((other.t_start, min(own.t_end, other.t_end)))
    total = 0.0
    reached = own.t_start
    for start, end in sorted(spans):
        total += max(0.0, end - max(start, reached))
        reached = max(reached, end)
    return total


def _interrupts(index: int, timeline: Sequence[Utterance]) -> bool:
    """Started well before the other's end, said more than a word or two, and was still speaking after the other."""
    own = timeline[index]
    if word_count(own) < FLOOR_WORDS:
        return False
    for at in range(index - 1, -1, -1):
        other = timeline[at]
        if other.t_start < own.t_start - LOOK_BACK_S:
            return False
        if (
            other.speaker != own.speaker
            and other.t_end - own.t_start >= COOPERATIVE_S
            and not is_backchannel(at, timeline)
        ):
            return own.t_end > other.t_end and own.t_start > other.t_start
    return False


def _words_in_turn(index: int, timeline: Sequence[Utterance]) -> int:
    own = timeline[index]
    words = word_count(own)
    for at in range(index - 1, -1, -1):
        entry = timeline[at]
        if entry.speaker == own.speaker:
            words += word_count(entry)
        elif not is_backchannel(at, timeline):
            break
    return words
