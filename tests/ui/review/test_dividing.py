"""A turn is divided where the other voice begins, and its second part is given away at once."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from illodesk.ui.review.page import ReviewPage
from tests.ui.review.conftest import TEXTS, Library

Opener = Callable[..., ReviewPage]


def texts(page: ReviewPage) -> list[str]:
    return [page.transcript.utterance(row).text for row in range(page.transcript.rows)]


def test_at_the_selected_word_and_given_away_by_its_key(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    page.transcript.select_row(1)
    page.transcript.select_words((1, TEXTS[1].index("does") + 1), (1, len(TEXTS[1])))
    assert page.context.commands.run("review.divide")
    qtbot.waitUntil(lambda: page.transcript.rows == 5)
    assert texts(page)[1:3] == ["hello what", "does it cost"]
    assert page.transcript.current == 2
    qtbot.keyClick(page.transcript, Qt.Key.Key_1)
    qtbot.waitUntil(lambda: page.transcript.utterance(2).speaker == "Speaker_0")
    assert page.transcript.utterance(1).speaker == "Speaker_1"
    qtbot.waitUntil(lambda: "divided" in " ".join(label.text() for label in page.inspector.findChildren(QLabel)))
    page.document.undo()
    page.document.undo()
    qtbot.waitUntil(lambda: page.transcript.rows == 4)
    assert texts(page) == list(TEXTS)
    assert page.transcript.current == 1
    assert library.desk.result(library.talk).timeline[1].part_of is None
    page.transcript.grab()


def test_at_the_word_that_is_heard(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page(second=6.6)
    page.context.commands.run("review.divide")
    qtbot.waitUntil(lambda: page.transcript.rows == 5)
    assert texts(page)[2:4] == ["nine", "hundred dollars"]
    assert page.transcript.utterance(3).t_start == 6.5


def test_at_the_cursor_of_the_field_with_what_was_typed(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    page.window().activateWindow()
    page.transcript.edit(3)
    editor = page.transcript.editor
    assert editor is not None
    qtbot.waitUntil(editor.hasFocus)
    editor.setPlainText("no that was too much")
    cursor = editor.textCursor()
    cursor.setPosition(len("no that was"), QTextCursor.MoveMode.MoveAnchor)
    editor.setTextCursor(cursor)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: page.transcript.rows == 5)
    assert texts(page)[3:] == ["no that was", "too much"]
    assert page.transcript.editor is None
    assert page.transcript.current == 4
    assert [u.edited for u in library.desk.result(library.talk).timeline] == [False] * 3 + [True, False]


def test_where_the_menu_was_opened(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    menu = page.transcript.context_menu(0, TEXTS[0].index("to"))
    next(action for action in menu.actions() if action.text().startswith("Divide the turn here")).trigger()
    qtbot.waitUntil(lambda: page.transcript.rows == 5)
    assert texts(page)[:2] == ["good morning", "to you"]


def test_before_the_first_word_nothing_is_divided_and_it_says_so(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.select_words((2, 0), (2, 4))
    page.context.commands.run("review.divide")
    qtbot.waitUntil(lambda: any("between two of its words" in notice.text for notice in page.context.notices.shown))
    assert page.transcript.rows == 4
    assert not page.document.can_undo


def test_what_was_found_is_found_in_the_parts(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.find_words("too")
    page.transcript.select_words((1, TEXTS[1].index("does")), (1, len(TEXTS[1])))
    page.context.commands.run("review.divide")
    qtbot.waitUntil(lambda: page.transcript.rows == 5)
    page.transcript.find_next()
    assert page.transcript.current == 4
