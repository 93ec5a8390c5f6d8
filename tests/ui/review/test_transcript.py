"""The transcript: only what is seen is laid out, doubtful words are underlined, words are selected and copied."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication, QTextCharFormat
from pytestqt.qtbot import QtBot

from illodesk.schema import AnalysisResult, Utterance, Word
from illodesk.ui.review.page import ReviewPage
from illodesk.ui.review.rows import Rows, lay_out, word_spans
from illodesk.ui.review.splitter import Splitter
from tests.ui.review.conftest import Library, result_of

Opener = Callable[..., ReviewPage]


def said(text: str, confidences: list[float | None]) -> Utterance:
    words = [
        Word(text=word, t_start=float(i), t_end=i + 1.0, confidence=confidence)
        for i, (word, confidence) in enumerate(zip(text.split(), confidences, strict=True))
    ]
    return Utterance(utterance_id="u", speaker="Speaker_0", t_start=0, t_end=len(words), text=text, words=words)


@given(st.lists(st.text(alphabet="ab ", min_size=0, max_size=80), max_size=30), st.floats(60, 900))
def test_every_height_belongs_to_one_row(texts: list[str], width: float) -> None:
    rows = Rows()
    timeline = [
        Utterance(utterance_id=str(i), speaker="Speaker_0", t_start=i, t_end=i + 1, text=text)
        for i, text in enumerate(texts)
    ]
    rows.show(AnalysisResult(timeline=timeline))
    rows.estimate(width, 7.0, 20.0, 8.0, 20.0, 16.0)
    assert rows.height == pytest.approx(float(np.sum(np.diff(rows.tops))))
    for row in range(len(texts)):
        assert rows.row_at(rows.top(row) + 0.5) == row
    rows.estimate(width, 7.0, 20.0, 8.0, 20.0, 16.0)
    if texts:
        before = rows.height
        assert rows.set_height(0, 500.0) == pytest.approx(rows.height - before)
        assert rows.is_exact(0)


def test_words_are_found_in_the_text_in_order() -> None:
    spans = word_spans(said("no no that is no", [None, 0.9, 0.2, 0.9, 0.4]))
    assert [(s.start, s.end) for s in spans] == [(0, 2), (3, 5), (6, 10), (11, 13), (14, 16)]
    assert [s.low for s in spans] == [False, False, True, False, True]


def test_doubtful_words_are_underlined(qtbot: QtBot) -> None:
    shape = lay_out(said("good the flight", [0.9, 0.9, 0.3]), 300.0, QFont(), 20.0)
    (mark,) = shape.text.formats()
    assert (mark.start, mark.length) == (9, 6)
    assert mark.format.underlineStyle() == QTextCharFormat.UnderlineStyle.DotLine


def test_a_long_conversation_is_laid_out_only_where_it_is_seen(
    qtbot: QtBot, open_page: Opener, library: Library
) -> None:
    store = library.desk._store
    store.finish_run(store.start_run(library.talk).id, result_of(("a few words are said here",) * 600))
    page = open_page()
    bar = page.transcript.verticalScrollBar()
    for share in (0.3, 0.6, 1.0):
        bar.setValue(round(bar.maximum() * share))
        page.transcript.grab()
    assert page.transcript.rows == 600
    assert 5 < len(page.transcript._rows._shapes) < 150


def test_words_are_selected_copied_and_looped(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.select_row(0)
    assert page.stretch == (0.0, 2.5)
    page.transcript.select_words((0, 5), (1, 10))
    assert page.transcript.selected_stretch == (0.5, 4.0)
    page.transcript.copy()
    assert QGuiApplication.clipboard().text() == "[0:00.5] Speaker 0: morning to you\n[0:03.0] Speaker 1: hello what"
    page.context.commands.run("review.loop")
    assert page.playhead.loop == (0.5, 4.0)


def test_lists_keep_the_keys_they_live_by(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    window = page.window()
    window.activateWindow()
    page.begin_export()
    formats = page.export_panel.formats
    formats.setFocus()
    qtbot.waitUntil(formats.hasFocus)
    formats.setCurrentRow(0)
    before = formats.item(0).checkState()
    qtbot.keyClick(formats, Qt.Key.Key_Space)
    assert formats.item(0).checkState() != before
    assert not page.playhead.playing
    page.end_export()
    page.transcript.setFocus()
    qtbot.keyClick(page.transcript, Qt.Key.Key_Space)
    assert page.playhead.playing


def test_a_pane_closes_and_opens_by_double_click(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    splitter: Splitter = page.left
    before = splitter.sizes()
    assert before[1] > 0
    qtbot.mouseDClick(splitter.handle(1), Qt.MouseButton.LeftButton)
    assert splitter.sizes()[1] == 0
    qtbot.mouseDClick(splitter.handle(1), Qt.MouseButton.LeftButton)
    assert abs(splitter.sizes()[1] - before[1]) <= 1
