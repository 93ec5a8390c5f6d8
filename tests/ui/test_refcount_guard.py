"""Qt for Python 6.12.0 gives away a reference to None, and to True, with every call on CPython 3.11.

The process then aborts after some thousand calls. These tests fail on any version that does so, whatever its number.
From Python 3.12 on None and True are immortal and the tests pass trivially.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

CALLS = 3000
TOLERANCE = CALLS // 20
"""Other code may drop a few references in the meantime; the defect drops one at every call."""


class Sender(QObject):
    plain = Signal()
    told = Signal(object)
    flag = Signal(bool)


class Painted(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1

    def sizeHint(self) -> QSize:
        return QSize(20, 20)


def lost(call: Callable[[], object]) -> tuple[int, int]:
    """References to None and to True that many calls give away."""
    call()
    gc.collect()
    before = sys.getrefcount(None), sys.getrefcount(True)
    for _ in range(CALLS):
        call()
    return before[0] - sys.getrefcount(None), before[1] - sys.getrefcount(True)


def keeps_references(call: Callable[[], object]) -> bool:
    none, true = lost(call)
    return none < TOLERANCE and true < TOLERANCE


@pytest.fixture
def sender(qapp: QApplication) -> Sender:
    sender = Sender()
    sender.plain.connect(lambda: None)
    sender.told.connect(lambda _value: None)
    sender.flag.connect(lambda _value: True)
    return sender


@pytest.fixture
def widget(qapp: QApplication) -> Iterator[Painted]:
    widget = Painted()
    widget.show()
    qapp.processEvents()
    yield widget
    widget.close()


def test_processing_events(qapp: QApplication) -> None:
    assert keeps_references(qapp.processEvents)


def test_emitting_signals(sender: Sender) -> None:
    assert keeps_references(sender.plain.emit)
    assert keeps_references(lambda: sender.told.emit(None))
    assert keeps_references(lambda: sender.flag.emit(True))


def test_calls_that_return_nothing_or_true(widget: Painted) -> None:
    assert keeps_references(widget.update)
    assert keeps_references(lambda: widget.setEnabled(True))
    assert keeps_references(widget.isVisible)


def test_overridden_methods_that_qt_calls(widget: Painted) -> None:
    assert keeps_references(widget.repaint)
    assert widget.painted > CALLS
    assert keeps_references(lambda: QWidget.adjustSize(widget))
