"""Buttons beside each other whose words go where there is no room for them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QToolButton, QWidget

NARROW_PX = 40
"""Room that a button is sure of, for its icon."""


class RoomyRow(QWidget):
    """Shows words and icons, or the icons alone with the words as tooltips, as wide as it happens to be."""

    def __init__(self) -> None:
        super().__init__()
        self._buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addStretch(1)

    def add(self, button: QToolButton) -> None:
        """Take one more button, at the right."""
        button.setToolTip(button.text())
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._buttons.append(button)
        self._row.insertWidget(self._row.count() - 1, button)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(NARROW_PX * len(self._buttons), self._row.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        for button in self._buttons:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        if sum(button.sizeHint().width() for button in self._buttons) > self.width():
            for button in self._buttons:
                button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
