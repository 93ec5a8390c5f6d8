"""The window ends in order when the system asks for it."""

from __future__ import annotations

import os
import signal

import pytest
from pytestqt.qtbot import QtBot

from illodesk.ui.signals import ASKED, heard


@pytest.mark.parametrize("number", ASKED)
def test_a_signal_is_heard_while_qt_waits(qtbot: QtBot, number: signal.Signals) -> None:
    ended: list[str] = []
    before = signal.getsignal(number)
    with heard(lambda: ended.append("yes")):
        os.kill(os.getpid(), number)
        qtbot.waitUntil(lambda: ended == ["yes"])
    assert signal.getsignal(number) is before
