"""Titles, tags, notes, projects and the trash, each undone; exports of what is selected."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk, Filter
from illodesk.ui.library import deeds, progress_strip
from illodesk.ui.library.deeds import Turn
from illodesk.ui.library.details import split_tags
from illodesk.ui.library.page import LibraryPage
from illodesk.ui.window import MainWindow
from tests.ui.library.conftest import column, open_page, select, titles


def show_details(page: LibraryPage, qtbot: QtBot, *wanted: str) -> None:
    select(page, *wanted)
    page.edit_details()
    heading = wanted[0] if len(wanted) == 1 else f"{len(wanted)} conversations"
    qtbot.waitUntil(lambda: page.details.heading.text() == heading)


def test_f2_renames_and_ctrl_z_takes_it_back(page: LibraryPage, qtbot: QtBot, empty_desk: Desk) -> None:
    select(page, "Birds")
    page.table.rename()
    editor = page.table.findChild(QLineEdit)
    assert editor is not None
    editor.setText("Songbirds")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: titles(page)[0] == "Songbirds")
    page.context.commands.action("library.undo").trigger()
    qtbot.waitUntil(lambda: titles(page)[0] == "Birds")
    page.context.commands.action("library.redo").trigger()
    qtbot.waitUntil(lambda: titles(page)[0] == "Songbirds")


def test_the_keyboard_waits_for_the_tags_of_what_is_selected(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str]
) -> None:
    """A field that is still disabled takes no keyboard, and one that still shows others would keep what is typed."""
    show_details(page, qtbot, "Price")
    qtbot.waitUntil(page.details.tags.hasFocus)
    page.toggle_details()
    select(page, "Birds")
    page.edit_details()
    assert not page.details.tags.hasFocus()
    qtbot.waitUntil(page.details.tags.hasFocus)
    qtbot.keyClicks(page.details.tags, "song")
    qtbot.keyClick(page.details.tags, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: empty_desk.conversation(talks["Birds"]).tags == ["song"])
    assert empty_desk.conversation(talks["Price"]).tags == ["price", "ux"]


def test_tags_of_several_change_only_what_they_share(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str]
) -> None:
    show_details(page, qtbot, "Price", "Apples")
    assert page.details.tags.text() == "ux"
    page.details.tags.setText("ux, market")
    page.details.tags.editingFinished.emit()
    qtbot.waitUntil(lambda: column(page, "tags") == ["", "", "market, ux", "market, price, ux"])
    page.deeds.undo()
    qtbot.waitUntil(lambda: column(page, "tags") == ["", "", "ux", "price, ux"])


def test_a_project_and_notes_are_kept_and_undone(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str]
) -> None:
    show_details(page, qtbot, "Birds")
    page.details.project_line.setText("Fruit")
    page.details.project_line.editingFinished.emit()
    qtbot.waitUntil(lambda: empty_desk.projects() == {"Fruit": 3})
    page.details.notes.setPlainText("They sang early.")
    page.details.take_over()
    qtbot.waitUntil(lambda: empty_desk.conversation(talks["Birds"]).notes == "They sang early.")
    qtbot.waitUntil(lambda: len(page.deeds._done) == 2)
    page.deeds.undo()
    page.deeds.undo()
    qtbot.waitUntil(lambda: empty_desk.projects() == {"Fruit": 2})
    qtbot.waitUntil(lambda: empty_desk.conversation(talks["Birds"]).notes == "")


def test_what_is_typed_is_kept_when_the_window_closes(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str]
) -> None:
    show_details(page, qtbot, "Birds")
    page.details.notes.setPlainText("Not left yet")
    page.window().close()
    assert empty_desk.conversation(talks["Birds"]).notes == "Not left yet"


def test_notes_of_several_that_differ_are_added_to(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str]
) -> None:
    empty_desk.change(talks["Birds"], notes="first")
    qtbot.waitUntil(lambda: page.conversations.at(0) is not None and page.conversations.at(0).notes == "first")
    show_details(page, qtbot, "Birds", "Pears")
    assert page.details.notes.toPlainText() == ""
    page.details.notes.setPlainText("both")
    page.details.take_over()
    qtbot.waitUntil(lambda: empty_desk.conversation(talks["Birds"]).notes == "first\nboth")
    qtbot.waitUntil(lambda: empty_desk.conversation(talks["Pears"]).notes == "both")


def test_delete_puts_into_the_trash_and_the_notice_takes_it_back(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk
) -> None:
    select(page, "Birds", "Apples")
    page.context.commands.action("library.delete").trigger()
    qtbot.waitUntil(lambda: titles(page) == ["Pears", "Price"])
    assert empty_desk.count(Filter(trashed=True)) == 2 and empty_desk.search("birds") == []
    qtbot.waitUntil(lambda: bool(page.context.notices.shown))
    notice = page.context.notices.shown[-1]
    assert "2 conversations are in the trash" in notice.text
    qtbot.mouseClick(notice.buttons[-1], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: titles(page) == ["Birds", "Pears", "Apples", "Price"])
    assert len(empty_desk.search("birds")) == 1


def test_what_is_being_analysed_stays_and_the_rest_goes(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str]
) -> None:
    run = empty_desk._store.start_run(talks["Pears"])
    page.table.selectAll()
    page.throw_away()
    qtbot.waitUntil(lambda: titles(page) == ["Pears"])
    busy, gone = page.context.notices.shown[-2:]
    assert busy.text == "Still being analysed, so not moved: 1." and "3 conversations" in gone.text
    page.context.commands.run("library.undo")
    qtbot.waitUntil(lambda: len(titles(page)) == 4)
    assert page.context.notices.shown == [busy], "what was undone is not offered to be undone"
    empty_desk._store.fail_run(run.id, "Stopped.")


def test_all_are_deleted_and_undone_by_keys(page: LibraryPage, qtbot: QtBot, empty_desk: Desk) -> None:
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert page.table.rows() == [0, 1, 2, 3]
    page.throw_away()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    page.deeds.undo()
    qtbot.waitUntil(lambda: len(titles(page)) == 4)


def test_the_trash_gives_back_and_deletes_for_good_after_a_question(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, talks: dict[str, str]
) -> None:
    empty_desk.trash(talks["Birds"], talks["Pears"])
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    page.shelves.setCurrentRow(page.shelves.count() - 1)
    qtbot.waitUntil(lambda: titles(page) == ["Birds", "Pears"])
    select(page, "Birds")
    page.take_out()
    qtbot.waitUntil(lambda: titles(page) == ["Pears"])
    select(page, "Pears")
    page.delete_for_good()
    notice = page.context.notices.shown[-1]
    assert empty_desk.count(Filter(trashed=True)) == 1 and "cannot be undone" in notice.detail
    qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.no_trash)
    assert empty_desk.count(Filter(trashed=True)) == 0 and empty_desk.count() == 3


def test_what_is_selected_is_exported(page: LibraryPage, qtbot: QtBot, tmp_path: Path) -> None:
    select(page, "Birds", "Apples")
    page.context.commands.action("library.export").trigger()
    panel = page.export_panel
    qtbot.waitUntil(lambda: panel.heading.text() == "Export 2 conversations")
    for row in range(panel.formats.count()):
        item = panel.formats.item(row)
        ticked = item.data(Qt.ItemDataRole.UserRole) in ("txt", "eaf")
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
    panel.folder.setText(str(tmp_path / "out"))
    with qtbot.waitSignal(panel.closed, timeout=10_000):
        qtbot.mouseClick(panel.start_button, Qt.MouseButton.LeftButton)
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "Birds.txt",
        "Birds.eaf",
        "Apples.txt",
        "Apples.eaf",
    }
    assert page.side.currentWidget() is page.details


def test_many_are_thrown_away_in_steps_stopped_and_taken_back(
    window: MainWindow, qtbot: QtBot, empty_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        empty_desk._store.add_conversation(f"Talk {number}")
    monkeypatch.setattr(deeds, "AT_ONCE", 2)
    monkeypatch.setattr(progress_strip, "AT_ONCE", 2)
    monkeypatch.setattr(progress_strip, "SEEN_AFTER_S", 0.0)
    page = open_page(window)
    qtbot.waitUntil(lambda: len(titles(page)) == 5)
    seen: list[tuple[int, bool]] = []
    pressed = threading.Event()
    trash = empty_desk.trash

    def on_progress(_turn: Turn | None, fraction: float) -> None:
        if not fraction:
            return  # it begins
        seen.append((page.progress.bar.value(), page.progress.isHidden()))
        page.progress.stop.click()
        pressed.set()

    def trash_and_wait(*ids: str) -> None:
        if empty_desk.count() < 5:
            pressed.wait(10)
        trash(*ids)

    page.deeds.progressed.connect(on_progress)
    monkeypatch.setattr(empty_desk, "trash", trash_and_wait)
    page.table.selectAll()
    page.throw_away()
    qtbot.waitUntil(lambda: bool(seen) and seen[-1][1])
    assert seen[0] == (2, False)
    left = empty_desk.count()
    assert 0 < left < 5
    assert f"{5 - left} conversations are in the trash" in page.context.notices.shown[-1].text
    page.deeds.undo()
    qtbot.waitUntil(lambda: len(titles(page)) == 5)
    assert not page.deeds.can_undo


def test_what_is_done_before_it_can_be_read_moves_nothing(
    page: LibraryPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeds, "AT_ONCE", 2)
    monkeypatch.setattr(progress_strip, "AT_ONCE", 2)
    monkeypatch.setattr(progress_strip, "SEEN_AFTER_S", 60.0)
    hidden: list[bool] = []
    page.deeds.progressed.connect(lambda *_: hidden.append(page.progress.isHidden()))
    page.table.selectAll()
    page.throw_away()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert len(hidden) > 3 and all(hidden)


def test_notes_of_all_are_changed_and_taken_back_at_once(page: LibraryPage, qtbot: QtBot, empty_desk: Desk) -> None:
    show_details(page, qtbot, "Price", "Apples", "Pears", "Birds")
    page.details.notes.setPlainText("heard")
    page.details.take_over()
    qtbot.waitUntil(lambda: page.deeds.can_undo)
    assert [c.notes for c in empty_desk.conversations()] == ["heard"] * 4
    page.deeds.undo()
    qtbot.waitUntil(lambda: [c.notes for c in empty_desk.conversations()] == [""] * 4)


def test_the_side_is_filled_once_it_is_shown(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, open_window: Callable[[Desk], MainWindow]
) -> None:
    assert page.side.count() == 0
    page.toggle_details()
    page.show_export()
    assert page.side.count() == 2 and page.side.exporting
    page.window().close()
    again = open_page(open_window(empty_desk))
    assert again.details_shown and again.side.count() == 0
    qtbot.waitUntil(lambda: again.side.currentWidget() is again.details)
    qtbot.waitUntil(lambda: again.details.project.count() == 1)


def test_tags_are_read_from_a_line() -> None:
    assert split_tags(" ux ,, two  words, ux") == ["ux", "two words"]
