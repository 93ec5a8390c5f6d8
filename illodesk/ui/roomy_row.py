"""Buttons beside each other whose words go where there is no room for them."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLayout,
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QToolButton,
    QWidget,
)

NARROW_PX = 40
"""Room that a button is sure of, for its icon."""

WORDS, ICON = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly


class RoomyRow(QWidget):
    """Shows words and icons, or the icons alone with the words as tooltips, as wide as it happens to be."""

    def __init__(self, spacing: int = 0) -> None:
        super().__init__()
        self._buttons: list[QToolButton] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def add(self, button: QToolButton) -> None:
        """Take one more button, at the right. Without a tooltip it gets its words as one."""
        if button.defaultAction() is None:
            button.setToolTip(button.toolTip() or button.text())
        button.setToolButtonStyle(WORDS)
        self._buttons.append(button)
        self._row.insertWidget(len(self._buttons) - 1, button)

    def sizeHint(self) -> QSize:  # noqa: N802
        between = self._row.spacing() * len(self._buttons)
        return QSize(sum(map(width_with_words, self._buttons)) + between, self._row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(NARROW_PX * len(self._buttons), self._row.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        style = WORDS if self.sizeHint().width() <= self.width() else ICON
        for button in self._buttons:
            button.setToolButtonStyle(style)


def width_with_words(button: QToolButton) -> int:
    """How wide a button is with icon and words, px, whatever it shows now; as Qt reckons it."""
    option = QStyleOptionToolButton()
    button.initStyleOption(option)
    option.toolButtonStyle = WORDS
    metrics = button.fontMetrics()
    words = metrics.size(Qt.TextFlag.TextShowMnemonic, button.text())
    inside = QSize(
        button.iconSize().width() + 4 + words.width() + 2 * metrics.horizontalAdvance(" "),
        max(button.iconSize().height(), words.height()),
    )
    return button.style().sizeFromContents(QStyle.ContentsType.CT_ToolButton, option, inside, button).width()
