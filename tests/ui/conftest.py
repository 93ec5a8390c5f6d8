"""The real window on a small library."""

from __future__ import annotations

import gc
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.loop import event_loop
from illodesk.ui.window import MainWindow

THREADS_END_S = 10.0


@pytest.fixture(autouse=True)
def nothing_is_left() -> Iterator[None]:
    """After a test no thread of its own goes on and none of its windows is shown."""
    before = set(threading.enumerate())
    windows = shown()
    yield
    deadline = time.monotonic() + THREADS_END_S
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads go on: {sorted(thread.name for thread in left)}"
    assert shown() <= windows, f"windows are left: {shown() - windows}"


def shown() -> set[QWidget]:
    """The windows that can be seen."""
    return {widget for widget in QApplication.topLevelWidgets() if widget.isVisible()}


@pytest.fixture(autouse=True)
def cycles_are_searched_as_usual() -> Iterator[None]:
    """What a window sets aside is found again after its test, and the search comes as often as before."""
    usual = gc.get_threshold()
    yield
    gc.set_threshold(*usual)
    gc.unfreeze()
    gc.enable()


def active_timers(owner: QObject) -> list[str]:
    """Where timers below an object still run, by the names of the classes above them."""
    found = []
    for timer in owner.findChildren(QTimer):
        if timer.isActive():
            above, parent = [], timer.parent()
            while parent is not None and parent is not owner:
                above.append(type(parent).__name__)
                parent = parent.parent()
            found.append(" < ".join(above))
    return found


@pytest.fixture
def empty_desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(data_dir=tmp_path / "desk")) as desk:
        yield desk


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[QEventLoop]:
    with event_loop(qapp) as loop:
        yield loop


@pytest.fixture
def open_window(qtbot: QtBot, loop: QEventLoop) -> Iterator[Callable[[Desk], MainWindow]]:
    """Opens windows and closes them at the end, with their threads."""
    opened: list[MainWindow] = []

    def open_(desk: Desk) -> MainWindow:
        window = MainWindow(desk, loop)
        qtbot.addWidget(window)
        window.show()
        opened.append(window)
        return window

    yield open_
    for window in opened:
        if shiboken6.isValid(window):
            window.close()
            assert active_timers(window) == []


@pytest.fixture
def window(empty_desk: Desk, open_window: Callable[[Desk], MainWindow]) -> MainWindow:
    """The window on an empty library."""
    return open_window(empty_desk)
