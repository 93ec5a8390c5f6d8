"""Times for the words of a corrected text: what stayed keeps its time, what changed shares the time it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from illodesk.schema import MarkerHit, Word


def realign(words: Sequence[Word], text: str, t_start: float, t_end: float) -> list[Word]:
    """The words of ``text``, which corrects ``words``; ``t_start`` and ``t_end`` (s) are bounds of the utterance.

    A word counts as unchanged when only its case or its punctuation is another. Words that replace others take their
    time, words that were put in take the time between their neighbours (which may be none at all), each by its length.
    Nobody can say how sure a person is, so that changed words have no confidence.
    """
    tokens = text.split()
    old, new = [_bare(word.text) for word in words], [_bare(token) for token in tokens]
    found: list[Word] = []
    for a, a_end, b, b_end in _stretches(old, new):
        if old[a:a_end] == new[b:b_end]:
            kept = zip(words[a:a_end], tokens[b:b_end], strict=True)
            found += [word.model_copy(update={"text": token}) for word, token in kept]
            continue
        before = found[-1].t_end if found else t_start
        after = words[a_end].t_start if a_end < len(words) else t_end
        start, end = (words[a].t_start, words[a_end - 1].t_end) if a < a_end else (before, after)
        found += _shared(tokens[b:b_end], max(start, before), max(end, before))
    return found


def relocated(hits: Sequence[MarkerHit], old: str, new: str) -> list[MarkerHit]:
    """The markers of ``old`` that stand in what ``new`` begins or ends with as well, at their places there."""
    head = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    shift = len(new) - len(old)
    found: list[MarkerHit] = []
    for hit in hits:
        if hit.end <= head:
            found.append(hit)
        elif hit.start >= len(old) - tail:
            found.append(hit.model_copy(update={"start": hit.start + shift, "end": hit.end + shift}))
    return found


def _bare(token: str) -> str:
    """A word without case and punctuation; what is nothing else stays."""
    return "".join(filter(str.isalnum, token)).casefold() or token


def _stretches(old: list[str], new: list[str]) -> list[tuple[int, int, int, int]]:
    """Stretches ``old[a:a_end]``, ``new[b:b_end]`` in order, equal or not; they cover both."""
    head = _common(old, new)
    tail = min(_common(old[::-1], new[::-1]), len(old) - head, len(new) - head)
    a_end, b_end = len(old) - tail, len(new) - tail
    stretches = [(0, head, 0, head)]
    if head < a_end and head < b_end:
        matcher = SequenceMatcher(None, old[head:a_end], new[head:b_end], autojunk=False)
        stretches += [(head + a, head + e, head + b, head + f) for _, a, e, b, f in matcher.get_opcodes()]
    else:
        stretches.append((head, a_end, head, b_end))
    return [*stretches, (a_end, len(old), b_end, len(new))]


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items both begin with."""
    count = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        count += 1
    return count


def _shared(tokens: Sequence[str], start: float, end: float) -> list[Word]:
    """``tokens`` one after the other from ``start`` to ``end``, each as long as its letters."""
    letters = sum(map(len, tokens))
    found: list[Word] = []
    done = 0
    for token in tokens:
        begin = start + (end - start) * done / letters
        done += len(token)
        found.append(Word(text=token, t_start=round(begin, 3), t_end=round(start + (end - start) * done / letters, 3)))
    return found
