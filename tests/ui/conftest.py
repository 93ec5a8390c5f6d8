"""The real window on a small library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.window import MainWindow


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(data_dir=tmp_path / "desk")) as desk:
        yield desk


@pytest.fixture
def open_window(qtbot: QtBot) -> Iterator[Callable[[Desk], MainWindow]]:
    """Opens windows and closes them at the end, with their threads."""
    opened: list[MainWindow] = []

    def open_(desk: Desk) -> MainWindow:
        window = MainWindow(desk)
        qtbot.addWidget(window)
        window.show()
        opened.append(window)
        return window

    yield open_
    for window in opened:
        window.close()


@pytest.fixture
def window(empty_desk: Desk, open_window: Callable[[Desk], MainWindow]) -> MainWindow:
    """The window on an empty library."""
    return open_window(empty_desk)
