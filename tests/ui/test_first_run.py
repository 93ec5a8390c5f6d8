"""The first start: three screens, by keyboard, once."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from illodesk.schema import Purpose
from illodesk.settings import Settings
from illodesk.ui import first_run
from illodesk.ui.first_run import FirstRun
from illodesk.ui.window import MainWindow


def begun(qtbot: QtBot, window: MainWindow) -> FirstRun:
    window.activateWindow()
    window.begin()
    first = window.findChild(FirstRun)
    assert isinstance(first, FirstRun)
    qtbot.waitUntil(window.isActiveWindow)
    return first


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_the_keyboard_leads_through_all_screens_to_the_demo(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        first_run, "analyse_demo", lambda task, desk, title: task.report(0.5, "reading") or "analysis_1"
    )
    monkeypatch.setattr(window.context, "open_page", lambda name, **what: opened.append(what["conversation_id"]))
    monkeypatch.setattr(window.context.desk, "devices", list)
    first = begun(qtbot, window)
    assert first.screens.currentIndex() == 0
    press(Qt.Key.Key_Space)
    first.purpose.setCurrentIndex(first.purpose.findData("workplace"))
    assert "forbids" in first.meaning.text()
    press(Qt.Key.Key_Space)
    assert Settings().purpose is Purpose.WORKPLACE
    qtbot.waitUntil(lambda: "No microphone" in first.devices.text())
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(opened))
    assert opened == ["analysis_1"]
    assert not first_run.wanted(window.context)


def test_escape_skips_it_for_ever(qtbot: QtBot, window: MainWindow, empty_desk: object) -> None:
    begun(qtbot, window)
    press(Qt.Key.Key_Escape)
    assert not first_run.wanted(window.context)
    assert "first_run_done" in Path(window.context.settings.data_dir / "ui.json").read_text(encoding="utf-8")


def test_a_demo_that_fails_is_told_of(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    from illodesk.desk import DeskError

    def fail(*_: object) -> str:
        raise DeskError("The disk is full.")

    monkeypatch.setattr(first_run, "analyse_demo", fail)
    first = begun(qtbot, window)
    first._start_demo()
    qtbot.waitUntil(lambda: bool(window.notices.shown))
    assert window.notices.shown[0].text == "The disk is full."
