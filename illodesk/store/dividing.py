"""One utterance as two: its text, its words and their times, and what counts or adds up.

What was measured of the voice, and the scores, stay with both as they are: they are of the whole.
"""

from __future__ import annotations

import re

from illodesk.schema import LexicalMarkers, Prosody, Utterance, Word
from illodesk.store.errors import InvalidError
from illodesk.store.realign import realign

SHORTEST_S = 0.01
"""No part of an utterance is shorter."""


def divided(utterance: Utterance, word: int, part_id: str) -> tuple[Utterance, Utterance]:
    """What was said before a word of the text, counted from 0, and from it on; the latter gets ``part_id``.

    They meet in the middle between the two words, whose times are shared out where there are none. Raises InvalidError.
    """
    starts = [found.start() for found in re.finditer(r"\S+", utterance.text)]
    if not 0 < word < len(starts):
        raise InvalidError("A turn can only be divided between two of its words.")
    timed = realign(utterance.words, utterance.text, utterance.t_start, utterance.t_end)
    at = round((timed[word - 1].t_end + timed[word].t_start) / 2, 3)
    if min(at - utterance.t_start, utterance.t_end - at) < SHORTEST_S:
        raise InvalidError("There is no time between these two words, so that the turn cannot be divided there.")
    first_text, second_text = utterance.text[: starts[word]].rstrip(), utterance.text[starts[word] :]
    count = word if len(utterance.words) == len(starts) else _before(utterance.words, at)
    originals: list[str | None] = [None, None]
    if utterance.original_text is not None:
        recognised = realign(utterance.words, utterance.original_text, utterance.t_start, utterance.t_end)
        known = _before(recognised, at)
        originals = [_joined(recognised[:known]), _joined(recognised[known:])]
    share = (at - utterance.t_start) / utterance.duration_s
    first_prosody, second_prosody = _shared_out(utterance.prosody, share)
    first = _part(utterance, first_text, utterance.words[:count], originals[0]).model_copy(
        update={"t_end": at, "prosody": first_prosody}
    )
    # The second part answers nobody and interrupts nobody: the first did.
    timing = {"gap_s": None, "interruption": False, "response_to_question": False}
    second = _part(utterance, second_text, utterance.words[count:], originals[1]).model_copy(
        update={
            "utterance_id": part_id,
            "t_start": at,
            "prosody": second_prosody,
            "timing": utterance.timing.model_copy(update=timing),
        }
    )
    return first, second


def _part(utterance: Utterance, text: str, words: list[Word], original: str | None) -> Utterance:
    return utterance.model_copy(
        update={
            "text": text,
            "words": words,
            "edited": original is not None and original != text,
            "original_text": original if original != text else None,
            "lexical_markers": _markers(text, words, utterance.language),
            "part_of": utterance.part_of or utterance.utterance_id,
        }
    )


def _markers(text: str, words: list[Word], language: str) -> LexicalMarkers:
    # Here and not on top: only a divided turn needs the tables.
    from illodesk.engine.conduct.markers import find_markers

    return find_markers(text, words, language)


def _shared_out(prosody: Prosody, share: float) -> tuple[Prosody, Prosody]:
    """Lengths and counts by their share of the time, so that they add up to what they were."""
    first: dict[str, float] = {}
    second: dict[str, float] = {}
    for name in ("duration_s", "voiced_s", "syllables", "pause_count"):
        whole = getattr(prosody, name)
        if whole is not None:
            first[name] = round(whole * share) if isinstance(whole, int) else whole * share
            second[name] = whole - first[name]
    return prosody.model_copy(update=first), prosody.model_copy(update=second)


def _before(words: list[Word], at: float) -> int:
    """How many words lie rather before a second than after it."""
    return sum((word.t_start + word.t_end) / 2 < at for word in words)


def _joined(words: list[Word]) -> str:
    return " ".join(word.text for word in words)
