"""What stands where the words will be, before anything is recorded: whether all is well, and what to do if not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from illodesk.ui.context import AppContext
from illodesk.ui.record.health import Advice
from illodesk.ui.status_bar import tell

SIGNS = {
    "good": ("good", "good"),
    "warning": ("warning", "warning"),
    "bad": ("error", "record"),
    "": ("info", "secondary"),
}
WIDTH = 560


class Ready(QWidget):
    """A short list; every line has a sign and words."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._advice: dict[str, Advice] = {}
        self._lines: dict[str, tuple[QLabel, QLabel]] = {}
        title = QLabel(self.tr("Before you record"))
        title.setProperty("role", "title")
        how = QLabel(
            self.tr(
                "Speak as you will, and watch the level. Everything is written to this computer's disk while it is "
                "heard, before anything is analysed; nothing is sent anywhere."
            )
        )
        how.setWordWrap(True)
        how.setProperty("role", "secondary")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(2, 1)
        inner = QWidget()
        inner.setMaximumWidth(WIDTH)
        inner.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        column = QVBoxLayout(inner)
        column.setSpacing(16)
        column.addWidget(title)
        column.addWidget(how)
        column.addLayout(self._grid)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(inner, 100)
        middle.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addStretch(1)
        outer.addLayout(middle)
        outer.addStretch(2)
        context.theme.changed.connect(self._renew)

    def show_line(self, name: str, advice: Advice) -> None:
        """Say how one thing does; a line that has no words yet is made."""
        if self._advice.get(name) == advice:
            return
        self._advice[name] = advice
        if name not in self._lines:
            sign, what, words = QLabel(), QLabel(name), QLabel()
            words.setWordWrap(True)
            row = len(self._lines)
            self._grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(what, row, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(words, row, 2)
            self._lines[name] = (sign, words)
        self._draw(name)

    def words_of(self, name: str) -> str:
        """What a line says."""
        return self._advice[name].text if name in self._advice else ""

    def _draw(self, name: str) -> None:
        sign, words = self._lines[name]
        advice = self._advice[name]
        icon, colour = SIGNS[advice.tone]
        sign.setPixmap(self._context.theme.icon(icon, colour).pixmap(18, 18))
        words.setText(advice.text)
        tell(words, advice.tone if advice.tone != "good" else "")

    def _renew(self) -> None:
        for name in self._lines:
            self._draw(name)
