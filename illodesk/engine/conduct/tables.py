"""Marker tables: one YAML file per language, read once and indexed by the first word of each phrase.

At every word of a text only the few expressions that can begin with that word are tried, which keeps a whole
table of some thousand phrases well below a millisecond per utterance.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any

import yaml

from illodesk import resource_path
from illodesk.engine.conduct.patterns import parse_phrase, split_phrases


@dataclass(frozen=True)
class Group:
    """Phrases of one kind that share weight and conditions. See the head of ``en.yaml`` for the flags."""

    kind: str
    weight: float = 1.0
    first_only: bool = False
    start_only: bool = False
    end_only: bool = False
    question_only: bool = False
    alone: bool = False
    alone_max: int = 4
    alone_with: frozenset[str] = frozenset()
    max_words: int = 0
    not_before: frozenset[str] = frozenset()
    not_after: frozenset[str] = frozenset()
    only_before: frozenset[str] = frozenset()


@dataclass
class Candidate:
    """The phrases of one group that begin with one word. Compiled when that word is first met."""

    group: Group
    sources: list[str] = field(default_factory=list)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One expression, longest alternatives first."""
        return re.compile("|".join(sorted(self.sources, key=len, reverse=True)))


@dataclass(frozen=True)
class QuestionRules:
    """Words that make a question in one language; phrases as tuples of words."""

    wh: frozenset[str]
    wh_next: frozenset[str]
    not_after: frozenset[str]
    aux: frozenset[str]
    subjects: frozenset[str]
    anywhere_subjects: frozenset[str]
    tags: tuple[tuple[str, ...], ...]
    bare_tags: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class MarkerTable:
    """Everything the engine knows about one language."""

    language: str
    index: Mapping[str, tuple[Candidate, ...]]
    filler_index: Mapping[str, tuple[Candidate, ...]]
    """Phrases of the kinds that are about fillers; all others are looked for as if nobody said "um"."""
    negatable: frozenset[str]
    yields_to: Mapping[str, frozenset[str]]
    negators: frozenset[str]
    adjacent_negators: frozenset[str]
    clause_breaks: frozenset[str]
    openers: frozenset[str]
    not_repairs: frozenset[str]
    stop_words: frozenset[str]
    fillers: frozenset[str]
    question: QuestionRules


def table_of(language: str) -> MarkerTable | None:
    """The table of a BCP 47 tag by its primary language; ``None`` where there is none."""
    return _load(language.lower().replace("_", "-").split("-")[0])


@lru_cache(maxsize=16)
def _load(language: str) -> MarkerTable | None:
    path = resource_path(f"markers/{language}.yaml")
    if not language.isalpha() or not path.is_file():
        return None
    return build_table(yaml.safe_load(path.read_text(encoding="utf-8")))


def build_table(data: Mapping[str, Any]) -> MarkerTable:
    """Index the content of a table file. Raises ``PhraseError`` for a phrase that cannot be read."""
    lists: dict[str, str] = data.get("lists", {})
    index: dict[str, list[Candidate]] = defaultdict(list)
    filler_index: dict[str, list[Candidate]] = defaultdict(list)
    kinds: dict[str, Any] = data["kinds"]
    for kind, spec in kinds.items():
        for entry in spec["groups"]:
            _add_group(filler_index if spec.get("with_fillers") else index, kind, entry, lists)
    words = {name: frozenset(split_phrases(data[name])) for name in _WORD_SETS}
    return MarkerTable(
        language=data["language"],
        index={word: tuple(candidates) for word, candidates in index.items()},
        filler_index={word: tuple(candidates) for word, candidates in filler_index.items()},
        negatable=frozenset(kind for kind, spec in kinds.items() if spec.get("negatable")),
        yields_to={kind: frozenset(split_phrases(s["yields_to"])) for kind, s in kinds.items() if "yields_to" in s},
        fillers=frozenset(w for w, found in filler_index.items() if any(c.group.kind == "filler" for c in found)),
        question=_question_rules(data["question"]),
        **words,
    )


_WORD_SETS = ("negators", "adjacent_negators", "clause_breaks", "openers", "not_repairs", "stop_words")
_FLAGS = ("first_only", "start_only", "end_only", "question_only", "alone")


def _add_group(
    index: dict[str, list[Candidate]], kind: str, entry: Mapping[str, Any], lists: Mapping[str, str]
) -> None:
    group = Group(
        kind=kind,
        weight=float(entry.get("weight", 1.0)),
        alone_max=int(entry.get("alone_max", 4)),
        max_words=int(entry.get("max_words", 0)),
        not_before=frozenset(split_phrases(entry.get("not_before", ""))),
        not_after=frozenset(split_phrases(entry.get("not_after", ""))),
        alone_with=frozenset(split_phrases(entry.get("alone_with", ""))),
        only_before=frozenset(split_phrases(entry.get("only_before", ""))),
        **{flag: bool(entry.get(flag, False)) for flag in _FLAGS},
    )
    by_word: dict[str, Candidate] = {}
    for phrase in split_phrases(entry["phrases"]):
        fragment = parse_phrase(phrase, lists)
        for word in sorted(fragment.starts):
            candidate = by_word.setdefault(word, Candidate(group))
            candidate.sources.append(fragment.regex)
    for word, candidate in by_word.items():
        index[word].append(candidate)


def _question_rules(data: Mapping[str, str]) -> QuestionRules:
    def words(name: str) -> frozenset[str]:
        return frozenset(split_phrases(data[name]))

    def phrases(name: str) -> tuple[tuple[str, ...], ...]:
        return tuple(tuple(phrase.split()) for phrase in split_phrases(data[name]))

    return QuestionRules(
        wh=words("wh"),
        wh_next=words("wh_next"),
        not_after=words("not_after"),
        aux=words("aux"),
        subjects=words("subjects"),
        anywhere_subjects=words("anywhere_subjects"),
        tags=phrases("tags"),
        bare_tags=phrases("bare_tags"),
    )
