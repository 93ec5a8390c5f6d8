"""Names in sentences: those that run from right to left leave the sentence as it is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication

from illodesk.ui.sentences.story import story_words
from illodesk.ui.words import isolated, named

HEBREW, ARABIC = "שרה כהן", "محمد"


@pytest.mark.parametrize("text", ["", "Zoë Müller", "王伟", "Speaker 1", "1:02", "<b>"])
def test_what_runs_from_left_to_right_is_left_alone(text: str) -> None:
    assert isolated(text) == text


@pytest.mark.parametrize("name", [HEBREW, ARABIC, f"Dr. {HEBREW}", f"{HEBREW} 2"])
def test_a_name_from_right_to_left_does_not_turn_the_sentence(qapp: QApplication, name: str) -> None:
    for text, in_order in (
        (f"0:14.8  {isolated(name)}: it's best to smoke!", True),
        (f"{isolated(name)}: 12!", True),
        (f"0:14.8  {HEBREW}: 12!", False),
    ):
        document = QTextDocument(text)
        document.setTextWidth(10_000)
        document.documentLayout()
        line = document.firstBlock().layout().lineAt(0)
        places = [line.cursorToX(place)[0] for place in (0, text.rindex(": "), len(text) - 1)]
        assert (places == sorted(places)) is in_order, text
        assert (document.firstBlock().textDirection() == Qt.LayoutDirection.LeftToRight) is in_order


def test_names_and_quotations_are_isolated_in_what_the_engine_says() -> None:
    assert named("Speaker_0 asks Speaker_1.", {"Speaker_0": HEBREW, "Speaker_1": "Tom"}) == (
        f"\u200e\u2068{HEBREW}\u2069 asks Tom."
    )
    told = story_words(f"[00:20] Speaker_1: “{ARABIC}.”", {"Speaker_1": HEBREW})
    assert told == f"[00:20] \u200e\u2068{HEBREW}\u2069: “\u200e\u2068{ARABIC}.\u2069”"
