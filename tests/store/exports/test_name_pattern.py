"""Names are found however they are written; what is another word stays."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from illodesk.store.exports import ExportOptions, Material
from illodesk.store.exports.name_pattern import NamePattern
from illodesk.store.exports.pseudonym import pseudonymised
from tests.store.exports.test_pseudonym import told

LATIN = "abcdefghijklmnoprstuvwyzäöüßéèñçøłžšÅÉ"
UNSPACED = "王伟李小龙佐藤さくらサクラสมชาย"
ALPHABETS = (
    LATIN,
    "абвгдежзиклмнопрст",
    "αβγδεζηθικλμν",
    "אבגדהוזחטי",
    "ابتثجحخدذر",
    UNSPACED,
    "민준서연지후",
    "राहुलसीता",
)
NAMES = st.sampled_from(ALPHABETS).flatmap(
    lambda letters: st.lists(
        st.text(letters, min_size=3, max_size=9).map(lambda name: name[0].upper() + name[1:]), min_size=1, max_size=3
    ).map(" ".join)
)
FRAMES = ["{}", "({})", "@{}:", "“{}”.", "{}’s", "a_{}_b", "1. {}!"]


def hidden(name: str, text: str) -> str:
    material = Material(told(name, [text, "x"]), options=ExportOptions(pseudonymise=True))
    return pseudonymised(material).result.timeline[0].text.replace("Speaker B", "NAME")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Jens Müller", "Müllers Haus, bei Müllern", "NAME’s Haus, bei NAME"),
        ("Jens Müller", "Muller, MUELLER and Mu\u0308ller", "NAME, NAME and NAME"),
        ("Tom Jones", "the Joneses saw Tom’s and Toms car", "the NAME’s saw NAME’s and NAME’s car"),
        ("王伟", "我叫王伟。", "我叫NAME。"),
        ("さくら", "私はさくらです", "私はNAMEです"),
        ("김철수", "김철수는 왔다", "NAME는 왔다"),
        ("שרה כהן", "אמרתי לשרה", "אמרתי לNAME"),
        ("Bob O'Neil", "bob.oneil@mail.example and O’Neil’s", "NAME.NAME@mail.example and NAME’s"),
        ("Anna Lind", "annalind87@mail.example or @annalind_x", "NAMENAME87@mail.example or @NAMENAME_x"),
        ("Zoë Straße", "https://x.example/zoestrasse zoe", "https://x.example/NAMENAME NAME"),
        ("Ed Bo", "eds bon Edbo, Ed", "eds bon Edbo, NAME"),
        ("Joy", "Joyful joyless enjoy", "Joyful joyless enjoy"),
        ("राम", "रामायण राम", "रामायण NAME"),
        ("Guest 12", "12 guests", "12 NAME’s"),
    ],
)
def test_forms_of_a_name(name: str, text: str, expected: str) -> None:
    assert hidden(name, text) == expected


def texts_in(value: Any) -> Iterator[str]:
    """Every text in what was dumped of a result, keys too."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from texts_in(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts_in(each)
    elif isinstance(value, str):
        yield value


@given(name=NAMES, frames=st.lists(st.sampled_from(FRAMES), min_size=2, max_size=4))
def test_no_name_of_a_speaker_survives_in_any_text(name: str, frames: list[str]) -> None:
    before = told(name, frames)
    nobody = [text.casefold() for text in texts_in(told("…", frames).model_dump(mode="json"))]
    forms = [form for part in (name, *name.split()) if (form := part.casefold()) not in ("con", "von", "mrs")]
    assume(not any(form in text for form in forms for text in (*nobody, "speaker a", "speaker b", "conversation")))
    assert any(form in text.casefold() for form in forms for text in texts_in(before.model_dump(mode="json")))
    after = pseudonymised(Material(before, title=f"Call with {name}", options=ExportOptions(pseudonymise=True)))
    for text in texts_in(after.result.model_dump(mode="json")):
        assert not [form for form in forms if form in text.casefold()], text


@given(
    name=st.text(LATIN, min_size=2, max_size=9), last=st.sampled_from("aeioumlnrt"), ending=st.sampled_from(["", "'"])
)
def test_a_genitive_does_not_tell_the_name(name: str, last: str, ending: str) -> None:
    hide = NamePattern({name + last: "…"}, "?").hidden
    assert hide(f"Da: {name}{last}{ending}s Auto") in ("Da: …’s Auto", "Da: …'s Auto")


def test_long_texts_are_walked_quickly() -> None:
    pattern = NamePattern({f"Name{place} Family{place}": "…" for place in range(30)}, "?")
    text = "some words that are said for a long time, 我们在这里说话 " * 4000
    began = time.perf_counter()
    assert pattern.hidden(text) == text
    assert time.perf_counter() - began < 20
