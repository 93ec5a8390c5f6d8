"""Lexical markers: what kinds of words an utterance uses, with evidence spans.

Works on recogniser output (lower case, no punctuation) and on written text alike. Languages without a table give
``LexicalMarkers(available=False)``: nothing is guessed. Categories after Hyland 2005; the lists are our own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from illodesk.engine.conduct.questions import question_spans
from illodesk.engine.conduct.repairs import repair_spans
from illodesk.engine.conduct.tables import Candidate, Group, MarkerTable, table_of
from illodesk.engine.conduct.tokens import Tokens, tokenise
from illodesk.schema import LexicalMarkers, MarkerHit, Word

NEGATION_WINDOW = 3
"""A negation cancels a hit that begins at most this many words later."""


@dataclass(frozen=True)
class _Hit:
    """One match: words ``first`` to ``last`` of the text, by the phrases of ``group``."""

    group: Group
    first: int
    last: int
    weight: float
    negated: bool = False

    @property
    def length(self) -> int:
        return self.last - self.first + 1


def find_markers(text: str, words: Sequence[Word] = (), language: str = "en") -> LexicalMarkers:
    """Find every marker of ``text``. ``words`` are its recognised words, whose times tell repair from repetition."""
    table = table_of(language)
    if table is None:
        return LexicalMarkers(available=False, language=language, words=len(text.split()))
    tokens = tokenise(text)
    fluent = tokens.without(table.fillers)
    found = _marker_hits(_table_hits(tokens, table, table.filler_index), tokens, text)
    found += _marker_hits(_table_hits(fluent, table, table.index), fluent, text)
    found += _span_hits("question", question_spans(fluent, table), fluent, text)
    found += _span_hits("self_repair", repair_spans(tokens, table, words), tokens, text)
    found.sort(key=lambda hit: (hit.start, hit.end, hit.kind))
    return _count(found, len(tokens), table.language)


def _marker_hits(hits: Sequence[_Hit], tokens: Tokens, text: str) -> list[MarkerHit]:
    return [
        MarkerHit(
            kind=hit.group.kind,
            text=text[tokens.starts[hit.first] : tokens.ends[hit.last]],
            start=tokens.starts[hit.first],
            end=tokens.ends[hit.last],
            weight=hit.weight,
            negated=hit.negated,
        )
        for hit in hits
    ]


def _span_hits(kind: str, spans: Sequence[tuple[int, int]], tokens: Tokens, text: str) -> list[MarkerHit]:
    places = [(tokens.starts[first], tokens.ends[last]) for first, last in spans]
    return [MarkerHit(kind=kind, text=text[start:end], start=start, end=end) for start, end in places]


def _count(hits: list[MarkerHit], words: int, language: str) -> LexicalMarkers:
    counts: dict[str, float] = defaultdict(float)
    numbers: dict[str, int] = defaultdict(int)
    for hit in hits:
        if not hit.negated:
            counts[hit.kind] += hit.weight
            numbers[hit.kind] += 1
    per_100 = 100.0 / words if words else 0.0
    disfluencies = counts["filler"] + counts["discourse_filler"] + counts["self_repair"]
    return LexicalMarkers(
        language=language,
        words=words,
        fillers=numbers["filler"],
        hedges=numbers["hedge"],
        boosters=numbers["booster"],
        questions=numbers["question"],
        self_repairs=numbers["self_repair"],
        disfluency_rate=disfluencies * per_100,
        counts={kind: count for kind, count in sorted(counts.items()) if count},
        rates={kind: count * per_100 for kind, count in sorted(counts.items()) if count},
        hits=hits,
    )


def _table_hits(tokens: Tokens, table: MarkerTable, index: Mapping[str, tuple[Candidate, ...]]) -> list[_Hit]:
    by_kind: dict[str, list[_Hit]] = defaultdict(list)
    end_index = {end: i for i, end in enumerate(tokens.ends)}
    for first, word in enumerate(tokens.words):
        for candidate in index.get(word, ()):
            group = candidate.group
            if not _may_start(group, first, tokens, table):
                continue
            match = candidate.pattern.match(tokens.text, tokens.starts[first])
            if match is None:
                continue
            end = match.end()
            while end not in end_index:
                end -= 1
            last = end_index[end]
            if _may_stand(group, first, last, tokens):
                by_kind[group.kind].append(_Hit(group, first, last, group.weight))
    chosen = {kind: _without_overlap(hits) for kind, hits in by_kind.items()}
    chosen = {kind: _alone_kept(hits, tokens, table) for kind, hits in chosen.items()}
    result: list[_Hit] = []
    for kind, hits in chosen.items():
        stronger = [other for name in table.yields_to.get(kind, ()) for other in chosen.get(name, ())]
        for hit in hits:
            if not any(other.first <= hit.last and hit.first <= other.last for other in stronger):
                negated = kind in table.negatable and _is_negated(hit.first, tokens, table)
                result.append(_Hit(hit.group, hit.first, hit.last, hit.weight, negated))
    return result


def _may_start(group: Group, first: int, tokens: Tokens, table: MarkerTable) -> bool:
    if group.max_words and tokens.sentence.count(tokens.sentence[first]) > group.max_words:
        return False
    if group.alone and len(tokens) > group.alone_max:
        return False
    if group.first_only and first:
        return False
    if group.question_only and tokens.sentence[first] not in tokens.questions:
        return False
    if first and group.not_after and tokens.words[first - 1] in group.not_after and _same_sentence(tokens, first):
        return False
    return not group.start_only or _opens_sentence(tokens, first, table)


def _same_sentence(tokens: Tokens, index: int) -> bool:
    return tokens.sentence[index] == tokens.sentence[index - 1]


def _opens_sentence(tokens: Tokens, first: int, table: MarkerTable) -> bool:
    at = first - 1
    while at >= 0 and tokens.sentence[at] == tokens.sentence[first]:
        if tokens.words[at] not in table.openers:
            return False
        at -= 1
    return True


def _may_stand(group: Group, first: int, last: int, tokens: Tokens) -> bool:
    following = last + 1 < len(tokens) and tokens.sentence[last + 1] == tokens.sentence[last]
    if group.end_only and following:
        return False
    if group.only_before and following and tokens.words[last + 1] not in group.only_before:
        return False
    if group.not_before:
        if following and tokens.words[last + 1] in group.not_before:
            return False
        if "?" in group.not_before and tokens.sentence[last] in tokens.questions:
            return False
    return first <= last


def _without_overlap(hits: list[_Hit]) -> list[_Hit]:
    """No word counts twice within a kind: longer matches win, then earlier ones, then heavier ones."""
    chosen: list[_Hit] = []
    taken: set[int] = set()
    for hit in sorted(hits, key=lambda h: (-h.length, h.first, -h.weight)):
        span = range(hit.first, hit.last + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            chosen.append(hit)
    return sorted(chosen, key=lambda h: h.first)


def _alone_kept(hits: list[_Hit], tokens: Tokens, table: MarkerTable) -> list[_Hit]:
    """Drop hits of groups that must make up the whole text where they do not."""
    alone = [hit for hit in hits if hit.group.alone]
    if not alone:
        return hits
    covered = {i for hit in alone for i in range(hit.first, hit.last + 1)}
    beside = frozenset().union(*(hit.group.alone_with for hit in alone)) or table.openers
    whole = all(i in covered or word in beside for i, word in enumerate(tokens.words))
    return hits if whole else [hit for hit in hits if not hit.group.alone]


def _is_negated(first: int, tokens: Tokens, table: MarkerTable) -> bool:
    for at in range(first - 1, max(first - 1 - NEGATION_WINDOW, -1), -1):
        word = tokens.words[at]
        if tokens.sentence[at] != tokens.sentence[first] or word in table.clause_breaks:
            return False
        if word in table.negators:
            return True
        if at == first - 1 and at and word in table.adjacent_negators and _same_sentence(tokens, at):
            return True
    return False
