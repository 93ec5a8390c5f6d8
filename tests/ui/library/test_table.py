"""The table: what it shows, in which order, and what is left out."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.operations import RenameSpeaker
from illodesk.ui.library import conversations
from illodesk.ui.library.columns import COLUMNS
from illodesk.ui.library.conversations import PAGE
from illodesk.ui.library.page import LibraryPage
from illodesk.ui.library.sparklines import POINTS, decimate
from illodesk.ui.window import MainWindow
from tests.ui.library.conftest import column, lasting, open_page, select, titles
from tests.ui.talks import add_talk


def place(name: str) -> int:
    return next(place for place, each in enumerate(COLUMNS) if each.name == name)


def test_conversations_are_shown_newest_first_with_what_is_known(page: LibraryPage) -> None:
    assert titles(page) == ["Birds", "Pears", "Apples", "Price"]
    assert column(page, "length") == ["0:20", "1:06:40", "1:00", "5:00"]
    assert column(page, "tags") == ["", "", "ux", "price, ux"]
    assert column(page, "project") == ["", "Fruit", "Fruit", ""]
    assert column(page, "state") == ["Analysed"] * 4
    assert column(page, "speakers")[3] == "Speaker 0, Speaker 1"
    assert all(column(page, "purpose"))


def test_a_speaker_with_a_name_keeps_it(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str]
) -> None:
    empty_desk.apply(talks["Price"], RenameSpeaker(label="Speaker_0", name="Anna_B"))
    qtbot.waitUntil(lambda: column(page, "speakers")[3] == "Anna_B, Speaker 1")


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("title", ["Apples", "Birds", "Pears", "Price"], ["Price", "Pears", "Birds", "Apples"]),
        ("length", ["Birds", "Apples", "Price", "Pears"], ["Pears", "Price", "Apples", "Birds"]),
    ],
)
def test_a_click_on_a_heading_sorts_and_another_turns_it_round(
    page: LibraryPage, qtbot: QtBot, name: str, first: list[str], second: list[str]
) -> None:
    header = page.table.horizontalHeader()
    for wanted in (first, second):
        middle = header.sectionViewportPosition(place(name)) + header.sectionSize(place(name)) // 2
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(middle, 8))
        qtbot.waitUntil(lambda wanted=wanted: titles(page) == wanted)
    assert not page.table.rows()


def test_what_is_selected_stays_selected_when_the_order_changes(page: LibraryPage, qtbot: QtBot) -> None:
    select(page, "Birds", "Price")
    page.table.sort_by(place("length"))
    qtbot.waitUntil(lambda: titles(page) == ["Birds", "Apples", "Price", "Pears"])
    assert page.table.rows() == [0, 2]


def test_filters_leave_out_and_say_so(page: LibraryPage, qtbot: QtBot) -> None:
    filters = page.filters
    filters.text.setText("pears")
    qtbot.waitUntil(lambda: titles(page) == ["Pears"])
    filters.text.setText("nothing like this")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.no_match)
    qtbot.mouseClick(page.no_match.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(titles(page)) == 4)
    filters.tag.setCurrentIndex(filters.tag.findData("ux"))
    qtbot.waitUntil(lambda: titles(page) == ["Apples", "Price"])


def test_a_project_shows_its_own_and_the_crumbs_say_so(page: LibraryPage, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.shelves.count() == 3)
    page.shelves.setCurrentRow(1)
    qtbot.waitUntil(lambda: titles(page) == ["Pears", "Apples"])
    assert page.crumbs() == ["Fruit"]


def test_enter_opens_what_is_current(
    page: LibraryPage, qtbot: QtBot, opened: list[tuple[str, object]], talks: dict[str, str]
) -> None:
    select(page, "Apples")
    qtbot.keyClick(page.table, Qt.Key.Key_Return)
    assert opened == [("review", {"conversation_id": talks["Apples"]})]


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_the_context_menu_key_offers_what_can_be_done_with_what_is_selected(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk
) -> None:
    select(page, "Apples", "Birds")
    table = page.table
    at = table.viewport().rect().center()
    key = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, table.viewport().mapToGlobal(at))
    QApplication.sendEvent(table.viewport(), key)
    menu = page.findChild(QMenu)
    assert menu is not None
    commands = page.context.commands
    offered = [action for action in menu.actions() if not action.isSeparator()]
    assert commands.action("library.delete") in offered and commands.action("library.export") in offered
    assert commands.action("library.rename") not in offered and commands.action("library.restore") not in offered
    menu.close()
    commands.action("library.delete").trigger()
    qtbot.waitUntil(lambda: titles(page) == ["Pears", "Price"])


def test_rows_that_are_changed_elsewhere_are_read_again(page: LibraryPage, qtbot: QtBot, empty_desk: Desk) -> None:
    add_talk(empty_desk, "Later")
    qtbot.waitUntil(lambda: titles(page)[:1] == ["Later"])


def test_an_empty_library_says_what_to_do(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert "Drop recordings here" in page.empty.title.text()
    seen: list[str] = []
    page.context.open_page = lambda name, **_: seen.append(name)
    record = next(button for button in page.empty.buttons if button.text() == "Record")
    qtbot.mouseClick(record, Qt.MouseButton.LeftButton)
    assert seen == ["record"] and len(page.empty.buttons) == 4


def test_a_long_library_is_read_by_pages(empty_desk: Desk, window: MainWindow, qtbot: QtBot) -> None:
    for number in range(2 * PAGE + 5):
        empty_desk._store.add_conversation(f"Talk {number:03}")
    page = open_page(window)
    model = page.conversations
    qtbot.waitUntil(lambda: model.rowCount() == 2 * PAGE + 5 and model.at(0) is not None)
    assert model.index(2 * PAGE + 4, 0).data() is None  # not read before it is looked at
    page.table.scrollToBottom()
    qtbot.waitUntil(lambda: model.index(2 * PAGE + 4, 0).data() == "Talk 000")


def test_select_all_asks_for_no_row_that_is_not_shown(page: LibraryPage) -> None:
    page.table.selectAll()
    assert page.table.rows() == [0, 1, 2, 3]
    assert not page.table.horizontalHeader().selectionModel().hasSelection()


def test_all_stay_selected_when_they_are_read_again(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conversations, "PAGE", 1)
    with qtbot.waitSignal(page.conversations.counted):
        page.conversations.refresh()
    page.table.selectAll()
    with qtbot.waitSignal(page.conversations.counted):
        empty_desk.change(talks["Birds"], project="Fruit")
    assert page.table.rows() == [0, 1, 2, 3]


def test_curves_are_drawn_from_the_track(page: LibraryPage, qtbot: QtBot) -> None:
    conversation = page.conversations.at(0)
    assert conversation is not None
    page.table.sparklines.curve(conversation)
    qtbot.waitUntil(lambda: page.table.sparklines.curve(conversation) is not None)
    curve = page.table.sparklines.curve(conversation)
    assert curve is not None and np.allclose(curve, 0.6) and len(curve) == 40


def test_a_curve_is_made_of_means_and_keeps_its_gaps() -> None:
    values = np.repeat(np.array([0.0, 1.0, np.nan], np.float32), 2 * POINTS)
    curve = decimate(values)
    assert len(curve) == POINTS
    assert np.all(curve[: POINTS // 3] == 0.0) and np.all(np.isnan(curve[-POINTS // 3 :]))


def test_every_control_has_a_name_for_screen_readers(page: LibraryPage) -> None:
    for control in (page.search, page.table, page.hit_view, page.shelves, page.filters.tag, page.queue_panel.view):
        interface = QAccessible.queryAccessibleInterface(control)
        assert interface.text(QAccessible.Text.Name)


def test_a_failure_is_told_in_the_row(empty_desk: Desk, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    failed = empty_desk._store.add_conversation("Broken")
    empty_desk._store.fail_run(empty_desk._store.start_run(failed.id).id, "There is no sound in it.")
    add_talk(empty_desk, "Whole", lasting(5))
    page = open_page(window)
    qtbot.waitUntil(lambda: column(page, "state") == ["Analysed", "Failed"])
    tip = page.conversations.index(1, place("state")).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "There is no sound in it."


def test_columns_fill_the_window_until_they_are_arranged(page: LibraryPage, qtbot: QtBot) -> None:
    window, table = page.window(), page.table
    for width in (1280, 1920):
        window.resize(width, 800)
        qtbot.waitUntil(lambda width=width: window.width() == width)
        assert table.horizontalScrollBar().maximum() == 0
    wide = table.columnWidth(0)
    table.setColumnWidth(0, 150)
    window.resize(1800, 800)
    assert table.columnWidth(0) == 150 != wide


def shown_columns(page: LibraryPage) -> set[str]:
    return {each.name for at, each in enumerate(COLUMNS) if not page.table.isColumnHidden(at)}


def resize(page: LibraryPage, qtbot: QtBot, width: int, height: int) -> None:
    window = page.window()
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.width() == width)
    qtbot.wait(10)


def test_columns_without_room_are_left_out_and_come_back(page: LibraryPage, qtbot: QtBot) -> None:
    page.toggle_details()
    resize(page, qtbot, 1920, 1080)
    everything = shown_columns(page)
    assert "purpose" in everything and "recorded" not in everything
    resize(page, qtbot, 1280, 800)
    assert {"title", "added", "engagement", "state"} <= shown_columns(page) < everything
    assert page.table.horizontalScrollBar().maximum() == 0
    resize(page, qtbot, 1920, 1080)
    assert shown_columns(page) == everything


def test_the_title_takes_what_own_widths_leave(page: LibraryPage, qtbot: QtBot) -> None:
    resize(page, qtbot, 1280, 800)
    page.table.setColumnWidth(place("added"), 160)
    narrow = page.table.columnWidth(place("title"))
    resize(page, qtbot, 1920, 1080)
    assert page.table.columnWidth(place("added")) == 160
    assert page.table.columnWidth(place("title")) > narrow + 300


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("size", [(960, 640), (1280, 800), (1920, 1080)])
@pytest.mark.parametrize("details", [False, True], ids=["alone", "with details"])
def test_nothing_overlaps_and_nothing_is_cut(
    page: LibraryPage, qtbot: QtBot, scale: float, size: tuple[int, int], details: bool
) -> None:
    page.context.theme.set_scale(scale)
    resize(page, qtbot, *size)
    if details:
        page.toggle_details()
    filters = page.filters
    boxes = (filters.tag, filters.state, filters.purpose, filters.dates)
    controls = [page.search, filters.text, *boxes, *page._buttons.values()]
    qtbot.waitUntil(lambda: page.table.horizontalScrollBar().maximum() == 0)
    places = [QRect(each.mapTo(page, QPoint()), each.size()) for each in controls]
    assert all(not one.intersects(other) for one, other in itertools.combinations(places, 2))
    assert all(page.rect().contains(each) for each in places)
    for line in (page.search, filters.text):
        assert line.fontMetrics().horizontalAdvance(line.placeholderText()) < line.width()
    for box in boxes:
        assert box.fontMetrics().horizontalAdvance(box.currentText()) < box.width() - 20
    for button in page._buttons.values():
        assert button.toolTip() and QAccessible.queryAccessibleInterface(button).text(QAccessible.Text.Name)


def test_the_choices_of_an_empty_library_go_on_in_the_next_line(window: MainWindow, qtbot: QtBot) -> None:
    page = open_page(window)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    page.context.theme.set_scale(1.5)
    page.toggle_details()
    resize(page, qtbot, 960, 640)
    buttons = page.empty.buttons
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    assert all(not one.geometry().intersects(other.geometry()) for one, other in itertools.combinations(buttons, 2))
    assert len({button.y() for button in buttons}) > 1
