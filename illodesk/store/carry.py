"""What people said about one analysis of a conversation, said again about the next one. Pure.

Labels are numbers that each analysis gives anew, so names go by voice: to the label that shares most talk.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from illodesk.operations import (
    AssignTier,
    DivideUtterance,
    EditText,
    MergeSpeakers,
    Operation,
    ReassignUtterances,
    RenameSpeaker,
)
from illodesk.schema import AnalysisResult, Utterance

SURE = 0.9
"""Share of its talk that a label must have in common with a merged speaker, to be merged again."""
SAME_S = 0.05
"""Utterances of two runs that begin and end no further apart are the same."""


def carried_over(
    old: AnalysisResult, done: Sequence[Operation], new: AnalysisResult, *, merges: bool = True
) -> list[Operation]:
    """What to do to ``new`` so that it keeps what was done to ``old``, which is given as corrected by ``done``.

    A name goes to the label with most talk in common, of those that have most in common with nobody else. Speakers
    that were merged are merged again, unless ``merges`` is False, where nearly all of a label's talk is theirs. A
    corrected text is kept where the same words were recognised at the same time, and so is what was divided, its parts
    with their speakers. Tiers follow their speakers.
    """
    shared = shared_talk(old.timeline, new.timeline)
    carried: list[Operation] = []
    into: dict[str, str] = {}
    if merges:
        merged = {operation.into for operation in done if isinstance(operation, MergeSpeakers)}
        for label in sorted(merged & {u.speaker for u in old.timeline}):
            parts = _parts(label, shared, new.timeline)
            if len(parts) > 1:
                carried.append(MergeSpeakers(labels=parts[1:], into=parts[0]))
                into |= dict.fromkeys(parts[1:], parts[0])
    owners: dict[str, str] = {}
    heirs: dict[str, str] = {}
    for before, now in sorted(shared, key=lambda pair: -shared[pair]):
        if owners.setdefault(into.get(now, now), before) == before:
            heirs.setdefault(before, into.get(now, now))
    carried += [RenameSpeaker(label=heirs[label], name=n) for label, n in old.speaker_names.items() if label in heirs]
    carried += [
        AssignTier(name=tier.name, speaker=heirs.get(tier.speaker)) for tier in old.tiers if tier.speaker is not None
    ]
    return carried + _texts(old.timeline, new.timeline) + _divisions(old.timeline, new.timeline, heirs)


def shared_talk(old: Sequence[Utterance], new: Sequence[Utterance]) -> dict[tuple[str, str], float]:
    """Seconds that each label of ``old`` and each of ``new`` have in common. Both are sorted by start."""
    shared: dict[tuple[str, str], float] = {}
    first = 0
    for now in new:
        # Nothing that ended this long ago can still overlap what comes: no utterance is longer than a minute.
        while first < len(old) and old[first].t_start < now.t_start - 60.0:
            first += 1
        for before in islice(old, first, None):
            if before.t_start >= now.t_end:
                break
            seconds = min(now.t_end, before.t_end) - max(now.t_start, before.t_start)
            if seconds > 0:
                pair = (before.speaker, now.speaker)
                shared[pair] = shared.get(pair, 0.0) + seconds
    return shared


def _parts(label: str, shared: dict[tuple[str, str], float], new: Sequence[Utterance]) -> list[str]:
    """Labels of ``new`` that are surely the one speaker ``label`` of before, the one with most talk first."""
    talk: dict[str, float] = {}
    for utterance in new:
        talk[utterance.speaker] = talk.get(utterance.speaker, 0.0) + utterance.duration_s
    common = {now: shared.get((label, now), 0.0) for now in talk}
    sure = [now for now in talk if common[now] > 0 and common[now] >= SURE * talk[now]]
    return sorted(sure, key=lambda now: -common[now])


def _texts(old: Sequence[Utterance], new: Sequence[Utterance]) -> list[Operation]:
    recognised = {(u.text, round(u.t_start, 1)): u for u in new if not u.edited}
    carried: list[Operation] = []
    for before in old:
        if not before.edited or before.original_text is None or before.part_of is not None:
            continue
        now = _same(recognised, before.original_text, before.t_start, before.t_end)
        if now is not None:
            carried.append(EditText(utterance_id=now.utterance_id, text=before.text))
    return carried


def _divisions(old: Sequence[Utterance], new: Sequence[Utterance], heirs: dict[str, str]) -> list[Operation]:
    """Divides again what was divided, corrects its parts and gives them to the heirs of their speakers."""
    recognised = {(u.text, round(u.t_start, 1)): u for u in new if not u.edited and u.part_of is None}
    wholes: dict[str, list[Utterance]] = {}
    for before in old:
        if before.part_of is not None:
            wholes.setdefault(before.part_of, []).append(before)
    carried: list[Operation] = []
    for parts in wholes.values():
        texts = [part.text if part.original_text is None else part.original_text for part in parts]
        now = _same(recognised, " ".join(filter(None, texts)), parts[0].t_start, parts[-1].t_end)
        if now is None or not all(texts):
            continue
        ids = [now.utterance_id]
        # From the last one on, so that the words before it are still counted from the beginning.
        for place in range(len(parts) - 1, 0, -1):
            word = sum(len(text.split()) for text in texts[:place])
            division = DivideUtterance(utterance_id=now.utterance_id, word=word)
            carried.append(division)
            ids.insert(1, division.part_id)
        for id, part in zip(ids, parts, strict=True):
            if part.edited:
                carried.append(EditText(utterance_id=id, text=part.text))
            speaker = heirs.get(part.speaker, now.speaker)
            if speaker != now.speaker:
                carried.append(ReassignUtterances(ids=[id], speaker=speaker))
    return carried


def _same(recognised: dict[tuple[str, float], Utterance], text: str, t_start: float, t_end: float) -> Utterance | None:
    """The utterance of the new run in which the same was recognised at the same time."""
    for start in (t_start, t_start - SAME_S, t_start + SAME_S):
        now = recognised.get((text, round(start, 1)))
        if now is not None and abs(now.t_start - t_start) + abs(now.t_end - t_end) <= 2 * SAME_S:
            return now
    return None
