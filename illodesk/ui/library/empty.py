"""What stands where the table would, when there is nothing to list."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from illodesk.ui.library.flow import Flow
from illodesk.ui.plain import plain
from illodesk.ui.theme import Theme


class EmptyState(QWidget):
    """An icon, what to do, and buttons that do it; the first is the one to press."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        words: str,
        choices: Sequence[tuple[str, Callable[[], object]]] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._sign = QLabel()
        self.title, self.words = QLabel(title), plain(QLabel(words))
        self.title.setProperty("role", "title")
        self.words.setProperty("role", "secondary")
        self.buttons: list[QPushButton] = []
        choosing = QWidget()
        row = Flow(choosing, 12, centred=True)
        for name, act in choices:
            button = QPushButton(name)
            button.clicked.connect(lambda _checked=False, act=act: act())
            button.setProperty("primary", not self.buttons)
            self.buttons.append(button)
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for label in (self._sign, self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self._sign)
            column.addWidget(label)
        column.addSpacing(8)
        column.addWidget(choosing)
        column.addStretch(3)
        theme.changed.connect(self._renew)
        self._renew()

    def _renew(self) -> None:
        self._sign.setPixmap(self._theme.icon(self._icon, "secondary").pixmap(48, 48))
