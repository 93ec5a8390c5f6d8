"""Says that what is open lies in the trash, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from illodesk.ui.theme import Theme


class TrashBanner(QFrame):
    """Hidden until it is shown. ``restore`` and ``leave`` tell what the user chose."""

    restore = Signal()
    leave = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("card", "true")
        self.setAccessibleName(self.tr("In the trash"))
        self._sign = QLabel()
        words = QLabel(self.tr("This conversation is in the trash. It can be looked at, not changed."))
        words.setWordWrap(True)
        self.restore_button = QPushButton(self.tr("Take out of the trash"))
        self.restore_button.clicked.connect(self.restore)
        self.leave_button = QPushButton(self.tr("Back to the library"))
        self.leave_button.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(3), theme.space(1), theme.space(2), theme.space(1))
        row.addWidget(self._sign)
        row.addWidget(words, 1)
        row.addWidget(self.restore_button)
        row.addWidget(self.leave_button)
        theme.changed.connect(self._draw_sign)
        self._draw_sign()
        self.hide()

    def _draw_sign(self) -> None:
        self._sign.setPixmap(self._theme.icon("warning", "warning").pixmap(QSize(20, 20)))
