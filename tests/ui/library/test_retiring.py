"""What was kept long enough goes to the trash by itself, and the library says so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.store.tables import ConversationRow
from illodesk.ui.window import MainWindow
from tests.ui.library.conftest import open_page, titles


def grow_old(desk: Desk, *ids: str) -> None:
    """Make conversations 40 days old where 30 are kept, and clear out as is done at every start."""
    desk.settings.keep_days = 30
    with desk._store._database.write() as session:
        for conversation_id in ids:
            session.get_one(ConversationRow, conversation_id).created_at -= timedelta(days=40)
    desk._clear_out(lambda: False)


def told(window: MainWindow) -> list[str]:
    return [notice.text for notice in window.notices.shown]


def test_what_went_before_the_window_is_told_and_the_trash_is_a_click_away(
    talks: dict[str, str], empty_desk: Desk, open_window: Callable[[Desk], MainWindow], qtbot: QtBot
) -> None:
    grow_old(empty_desk, talks["Price"], talks["Birds"])
    window = open_window(empty_desk)
    page = open_page(window)
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    assert told(window) == ["2 conversations were kept for 30 days and are in the trash now."]
    window.open_page("record")
    window.notices.shown[0].buttons[0].click()
    assert window.current_page is page and page.in_trash
    qtbot.waitUntil(lambda: sorted(titles(page)) == ["Birds", "Price"])
    assert told(window) == []


def test_what_goes_while_the_window_is_open_is_told(
    talks: dict[str, str], empty_desk: Desk, open_window: Callable[[Desk], MainWindow], qtbot: QtBot
) -> None:
    window = open_window(empty_desk)
    page = open_page(window)
    qtbot.waitUntil(lambda: len(titles(page)) == len(talks))
    assert told(window) == []
    grow_old(empty_desk, talks["Pears"])
    qtbot.waitUntil(lambda: told(window) == ["1 conversation was kept for 30 days and is in the trash now."])
