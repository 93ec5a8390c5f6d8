"""Names taken out: neutral labels for speakers, in names, in what was said and in what was written about it.

What is taken out: the names that people gave to speakers, each part of them that is not a title or particle, the title
of the conversation, the name of its file, and what the user adds; name_pattern.py says in which forms. Every text of
the result is walked, whatever part it is in, so that a field that is added later is covered too. What stays: the voice
itself, names of people who have not been named as speakers, and what identifies somebody without naming them (a place,
an employer); those are for the user to list.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar, cast, get_args, get_origin

from pydantic import BaseModel

from illodesk.schema import EMOTIONS, SIGNALS, AnalysisResult, MediaInfo, Utterance
from illodesk.store.exports.material import Material
from illodesk.store.exports.name_pattern import NamePattern
from illodesk.store.realign import realign, relocated

TITLE = "Conversation"
"""Stands in place of the title."""

GONE = "[…]"
"""Stands in place of words that the user listed, of the title, of the file's name and of shared family names."""

# Fields that hold words of the vocabulary, ids and the like: never what somebody said or wrote.
_CODES = frozenset(
    "utterance_id moment_id phase_id transition_id marker_id annotation_id conversation_id start_utterance_id "
    "end_utterance_id utterance_ids evidence_utterance_ids category dominant dominant_emotion dominant_emotions type "
    "kind language stage codec container version licence narrative_arc emotional_tone trend band engagement_pattern "
    "score device part_of".split()
)
_T = TypeVar("_T")
_SHORT = 40  # characters
_PARTS = re.compile(r"[\s_,;.()/–-]+")
_APOSTROPHE = re.compile(r"['’‘ʼ`´]")
_KEYS = frozenset((*EMOTIONS, *SIGNALS))
_COMMON = frozenset(
    "dr prof mr mrs ms miss sir herr frau von van de der den del di da la le el al bin the and und of".split()
)


def pseudonymised(material: Material) -> Material:
    """The same material without names, title, date, file name and paths. Its sound is not changed."""
    result = material.result
    labels = _labels(result)
    names = _Names(labels, _secrets(material, labels))
    media = names.out_of(result.media).model_copy(update={"name": ""})
    timeline = []
    for utterance in result.timeline:
        material.refuse_if_cancelled()
        timeline.append(_utterance(utterance, names))
    shallow = result.model_copy(update={"timeline": [], "media": MediaInfo(), "speaker_names": {}, "agent_results": []})
    told = names.out_of(shallow)
    paths = {"artifact_dir": "", "upload_path": "", "agent_outputs_path": ""}
    told = told.model_copy(update={"timeline": timeline, "media": media, **paths})
    return replace(material, result=told, title=TITLE, recorded_at=None)


def _labels(result: AnalysisResult) -> dict[str, str]:
    """Every label with its neutral name, in the order in which they first speak."""
    seen = [u.speaker for u in result.timeline] + [p.speaker for p in result.speakers] + list(result.speaker_names)
    return {label: f"Speaker {_letters(place)}" for place, label in enumerate(dict.fromkeys(seen))}


def _letters(place: int) -> str:
    """A to Z, then AA, AB, …"""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("A") + place % 26)


def _secrets(material: Material, labels: dict[str, str]) -> dict[str, str]:
    """What is taken out, with what stands in its place."""
    found: dict[str, str] = dict.fromkeys((*material.options.hide, material.title, *_file_names(material)), GONE)
    parts: dict[str, set[str]] = {}
    for label, neutral in labels.items():
        name = material.result.name_of(label)
        for whole in (label, name):
            found[whole] = neutral
        for part in _parts(name) if name != label else []:
            parts.setdefault(part, set()).add(neutral)
    for part, whose in parts.items():
        found.setdefault(part, whose.pop() if len(whose) == 1 else GONE)
    return found


def _parts(name: str) -> list[str]:
    """The parts of a name that tell somebody: of "Dr. Bob O'Neil" Bob, O'Neil and Neil."""
    whole = _PARTS.split(name)
    pieces = [piece for part in whole for piece in (part, *_APOSTROPHE.split(part))]
    telling = [piece for piece in pieces if len(piece) > 1 and any(map(str.isalpha, piece))]
    return [piece for piece in telling if piece.casefold() not in _COMMON]


def _file_names(material: Material) -> list[str]:
    names = [material.result.media.name, material.media.name if material.media else "", material.title]
    return [form for name in names if name for form in (name, Path(name).stem)]


def _utterance(utterance: Utterance, names: _Names) -> Utterance:
    """An utterance without names; its words and markers stand in the new text."""
    text = names.hide(utterance.text)
    if text != utterance.text:
        markers = utterance.lexical_markers
        update = {
            "text": text,
            "words": realign(utterance.words, text, utterance.t_start, utterance.t_end) if utterance.words else [],
            "lexical_markers": markers.model_copy(update={"hits": relocated(markers.hits, utterance.text, text)}),
        }
        utterance = utterance.model_copy(update=update)
    return names.out_of(utterance)


class _Names:
    """Takes names out of texts, and out of everything that holds texts."""

    def __init__(self, labels: dict[str, str], secrets: dict[str, str]) -> None:
        self._known = dict(labels)  # texts and what becomes of them; most short ones come thousands of times
        self._pattern = NamePattern(secrets, GONE)

    def hide(self, text: str) -> str:
        """``text`` with every name replaced."""
        if text not in self._known:
            new = self._pattern.hidden(text)
            if len(text) > _SHORT:
                return new
            self._known[text] = new
        return self._known[text]

    def out_of(self, value: _T) -> _T:
        """A copy of ``value`` with every text in it hidden; codes, ids and numbers stay."""
        return cast(_T, self._walk(value))

    def _walk(self, value: Any) -> Any:
        if value is None or isinstance(value, float | int | Enum):
            return value
        match value:
            case str():
                return self.hide(value)
            case BaseModel():
                return value.model_copy(update={name: self._walk(getattr(value, name)) for name in _texts(type(value))})
            case dict():
                return {key if key in _KEYS else self.hide(key): self._walk(each) for key, each in value.items()}
            case list():
                return [self._walk(each) for each in value]
        return value


@cache
def _texts(model: type[BaseModel]) -> tuple[str, ...]:
    """Fields of a model that may hold what somebody said or wrote."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if name not in _CODES and not _is_literal(field.annotation) and not _is_number(field.annotation)
    )


def _is_number(annotation: Any) -> bool:
    """Whether a field holds numbers or nothing, alone or in a list."""
    parts = get_args(annotation)
    if not parts:
        return annotation in (int, float, bool, type(None))
    if get_origin(annotation) is Annotated:
        parts = parts[:1]
    return get_origin(annotation) is not dict and all(map(_is_number, parts))


def _is_literal(annotation: Any) -> bool:
    return get_origin(annotation) is Literal or any(_is_literal(part) for part in get_args(annotation))
