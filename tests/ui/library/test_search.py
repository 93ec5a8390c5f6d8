"""Searching what was said, and opening what is found at its second."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk, Hit
from illodesk.ui.library.page import LibraryPage
from illodesk.ui.library.search import HitRole, utf16


def type_words(page: LibraryPage, qtbot: QtBot, words: str) -> None:
    page.focus_search()
    qtbot.keyClicks(page.search, words)
    qtbot.waitUntil(lambda: page.hits.query == words and not page.hits.searching)


def test_typing_finds_and_groups_by_conversation(page: LibraryPage, qtbot: QtBot) -> None:
    type_words(page, qtbot, "app")
    assert page.stack.currentWidget() is page.hit_view
    assert [page.hits.index(row).data() for row in range(page.hits.rowCount())] == [
        "Apples, hits: 2",
        "Title: Apples",
        "0:00 Speaker 0: apples are fine",
        "Pears, hits: 1",
        "0:00 Speaker 0: no apples here",
    ]
    assert page.found_label.text() == "3 hits in 2 conversations"
    assert [hit.snippet[a:b] for hit in page.hits.hits for a, b in hit.highlights] == ["apples", "apples"]


def test_enter_goes_to_the_hits_and_opens_one_at_its_second(
    page: LibraryPage, qtbot: QtBot, opened: list[tuple[str, dict[str, Any]]], talks: dict[str, str]
) -> None:
    type_words(page, qtbot, "price pears")
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    hit = page.hit_view.currentIndex().data(HitRole)
    assert isinstance(hit, Hit) and hit.t_start > 0
    qtbot.keyClick(page.hit_view, Qt.Key.Key_Return)
    assert opened == [("review", {"conversation_id": talks["Pears"], "second": hit.t_start})]


def test_nothing_found_says_so_and_emptying_the_field_shows_the_table(page: LibraryPage, qtbot: QtBot) -> None:
    type_words(page, qtbot, "elephants")
    assert page.stack.currentWidget() is page.no_hits
    page.search.clear()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.table)


def test_nothing_found_in_a_project_offers_to_search_everywhere(page: LibraryPage, qtbot: QtBot) -> None:
    page.filters.tag.setCurrentIndex(page.filters.tag.findData("ux"))
    type_words(page, qtbot, "birds")
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.no_hits_here)
    qtbot.mouseClick(page.no_hits_here.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: [hit.title for hit in page.hits.hits] == ["Birds"])
    assert not page.filters.any


def test_what_is_selected_below_the_hits_is_not_described(page: LibraryPage, qtbot: QtBot) -> None:
    page.context.commands.run("library.details")
    page.table.selectAll()
    qtbot.waitUntil(page.details.notes.isEnabled)
    type_words(page, qtbot, "birds")
    qtbot.waitUntil(lambda: not page.details.notes.isEnabled())
    page.search.clear()
    qtbot.waitUntil(page.details.notes.isEnabled)


def test_the_palette_searches_here(page: LibraryPage, qtbot: QtBot) -> None:
    page.context.open_page("library", search="birds sing")
    qtbot.waitUntil(lambda: [hit.title for hit in page.hits.hits] == ["Birds"])
    assert page.found_label.text() == "1 hit"
    assert page.search.text() == "birds sing"


def test_only_the_newest_query_is_shown(page: LibraryPage, qtbot: QtBot) -> None:
    for text in ("b", "bi", "bir", "price"):
        page.search.setText(text)
    qtbot.waitUntil(lambda: not page.hits.searching)
    assert sorted(hit.title for hit in page.hits.hits) == ["Pears", "Price"]


def test_the_filters_and_the_project_restrict_what_is_found(page: LibraryPage, qtbot: QtBot) -> None:
    def found() -> list[str]:
        return sorted(hit.title for hit in page.hits.hits) if not page.hits.searching else []

    qtbot.waitUntil(lambda: page.shelves.count() == 3)
    type_words(page, qtbot, "apples")
    assert found() == ["Apples", "Pears"] and page.filters.isVisible()
    page.filters.tag.setCurrentIndex(page.filters.tag.findData("ux"))
    qtbot.waitUntil(lambda: found() == ["Apples"])
    assert page.found_label.text() == "2 hits in 1 conversation"
    page.filters.reset()
    qtbot.waitUntil(lambda: found() == ["Apples", "Pears"])
    type_words(page, qtbot, "price")
    assert found() == ["Pears", "Price"]
    page.shelves.setCurrentRow(1)
    qtbot.waitUntil(lambda: found() == ["Pears"])
    assert page.search.text() == "price"


def test_notes_and_titles_are_found_and_opened(
    page: LibraryPage, qtbot: QtBot, empty_desk: Desk, opened: list[tuple[str, dict[str, Any]]], talks: dict[str, str]
) -> None:
    empty_desk.change(talks["Birds"], notes="Recorded in the garden")
    type_words(page, qtbot, "garden")
    assert [page.hits.index(row).data() for row in range(page.hits.rowCount())] == [
        "Birds, hits: 1",
        "Notes: Recorded in the garden",
    ]
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    qtbot.keyClick(page.hit_view, Qt.Key.Key_Return)
    assert opened == [("review", {"conversation_id": talks["Birds"]})]


def test_places_are_counted_as_qt_counts_them() -> None:
    assert utf16("a😀b", 2) == 3
