"""The search field and the buttons of the page."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QWidget

from illodesk.ui.roomy_row import RoomyRow

BESIDE_WORDS_PX = 72
"""What the field needs beside its placeholder: icon, margins, the cross that clears it."""


class TopLine(QWidget):
    """Beside each other, the buttons as icons alone where their words have no room; one below the other if need be."""

    def __init__(self, search: QLineEdit, buttons: RoomyRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._search, self._buttons = search, buttons
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(8)
        self._line.addWidget(search, 1)
        self._line.addWidget(buttons)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(self._buttons.minimumSizeHint().width(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        words = self._search.fontMetrics().horizontalAdvance(self._search.placeholderText()) + BESIDE_WORDS_PX
        beside = words + self._line.spacing() + self._buttons.minimumSizeHint().width() <= self.width()
        self._search.setMinimumWidth(words if beside else 0)
        ways = QBoxLayout.Direction
        self._line.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
