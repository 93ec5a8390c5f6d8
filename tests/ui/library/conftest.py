"""The library page on a small library, and what it opens noted instead of opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.schema import AnalysisResult
from illodesk.ui.library.page import LibraryPage
from illodesk.ui.window import MainWindow
from tests.store.samples import result_of
from tests.ui.talks import add_talk


def lasting(seconds: float, *texts: str) -> AnalysisResult:
    """A result of a recording of a length."""
    result = result_of(texts or ["good morning"])
    return result.model_copy(update={"media": result.media.model_copy(update={"duration_s": seconds})})


@pytest.fixture
def talks(empty_desk: Desk) -> dict[str, str]:
    """Ids of four conversations by their titles, added in this order."""
    add = empty_desk
    return {
        "Price": add_talk(add, "Price", lasting(300, "we begin", "the price is too high"), tags=["ux", "price"]),
        "Apples": add_talk(add, "Apples", lasting(60, "apples are fine"), tags=["ux"], project="Fruit"),
        "Pears": add_talk(add, "Pears", lasting(4000, "no apples here", "the price of pears"), project="Fruit"),
        "Birds": add_talk(add, "Birds", lasting(20, "birds sing")),
    }


@pytest.fixture
def page(
    talks: dict[str, str], empty_desk: Desk, open_window: Callable[[Desk], MainWindow], qtbot: QtBot
) -> LibraryPage:
    """The page with the four conversations in its table."""
    page = open_page(open_window(empty_desk))
    qtbot.waitUntil(lambda: len(titles(page)) == len(talks))
    return page


@pytest.fixture
def opened(page: LibraryPage) -> list[tuple[str, dict[str, Any]]]:
    """What the page opens elsewhere, in place of opening it."""
    seen: list[tuple[str, dict[str, Any]]] = []
    page.context.open_page = lambda name, **what: seen.append((name, what))
    return seen


def open_page(window: MainWindow) -> LibraryPage:
    window.open_page("library")
    page = window.current_page
    assert isinstance(page, LibraryPage)
    return page


def column(page: LibraryPage, name: str) -> list[str]:
    """A column of the table as text; empty until it was read."""
    from illodesk.ui.library.columns import COLUMNS

    model = page.conversations
    place = next(place for place, each in enumerate(COLUMNS) if each.name == name)
    return [str(text) for row in range(model.rowCount()) if (text := model.index(row, place).data()) is not None]


def titles(page: LibraryPage) -> list[str]:
    return column(page, "title")


def select(page: LibraryPage, *wanted: str) -> None:
    """Select rows by their titles."""
    from PySide6.QtCore import QItemSelectionModel

    page.table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag
    for title in wanted:
        index = page.conversations.index(titles(page).index(title), 0)
        page.table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)
