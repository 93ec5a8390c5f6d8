"""Recordings that an earlier start left unfinished, above the table until they are taken up."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from illodesk.desk import Unfinished
from illodesk.ui.theme import Theme
from illodesk.ui.words import moment


class UnfinishedStrip(QWidget):
    """One line for each, with a button; ``wanted`` tells which is to be finished. Nothing where there is none."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self.buttons: list[QPushButton] = []
        self.hide()

    def show_all(self, left: Sequence[Unfinished]) -> None:
        """Show what is left unfinished now."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.buttons = []
        for one in left:
            self._column.addWidget(self._line(one))
        self.setVisible(bool(left))

    def _line(self, one: Unfinished) -> QFrame:
        line = QFrame()
        line.setProperty("card", True)
        sign = QLabel()
        sign.setPixmap(self._theme.icon("warning", "warning").pixmap(16, 16))
        began = moment(one.started_at)
        if one.running:
            text = self.tr("A recording that began {when} is still going on.")
        else:
            text = self.tr("A recording that began {when} was cut off. Its sound is safe.")
        button = QPushButton(self.tr("Take it up") if one.running else self.tr("Finish"))
        button.setAccessibleDescription(text.format(when=began))
        button.clicked.connect(lambda: self.wanted.emit(one.conversation_id))
        self.buttons.append(button)
        row = QHBoxLayout(line)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(sign)
        row.addWidget(QLabel(text.format(when=began)), 1)
        row.addWidget(button)
        return line
