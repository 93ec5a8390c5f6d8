"""Calls that wait for turns of their own."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from illodesk.ui.review.turns import Turns


def test_each_call_has_a_turn_of_its_own_and_comes_once(qtbot: QtBot) -> None:
    owner, came = QObject(), []
    turns = Turns(owner)

    def first() -> None:
        came.append("first")
        QTimer.singleShot(0, lambda: came.append("between"))

    def second() -> None:
        came.append("second")

    for call in (first, second, first):
        turns.add(call)
    assert came == []
    qtbot.waitUntil(lambda: len(came) == 3)
    assert came == ["first", "between", "second"]


def test_nothing_comes_after_the_end(qtbot: QtBot) -> None:
    owner, came = QObject(), []
    turns = Turns(owner)
    turns.add(lambda: came.append("waiting"))
    turns.end()
    turns.add(lambda: came.append("late"))
    qtbot.wait(50)
    assert came == []
