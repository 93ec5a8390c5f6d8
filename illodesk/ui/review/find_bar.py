"""Finding words in the transcript: a line above it that is there while something is looked for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton

from illodesk.ui.review.transcript import Transcript
from illodesk.ui.theme import Theme


class FindBar(QFrame):
    """Marks while it is typed; Enter goes on, Shift+Enter back, Esc ends it."""

    def __init__(self, theme: Theme, transcript: Transcript) -> None:
        super().__init__()
        self._theme = theme
        self._transcript = transcript
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find in this conversation"))
        self.field.setAccessibleName(self.tr("Find in this conversation"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(transcript.find_words)
        self.count = QLabel()
        self.count.setProperty("role", "caption")
        self.previous = self._button(self.tr("Find previous"))
        self.previous.clicked.connect(lambda: transcript.find_next(-1))
        self.next = self._button(self.tr("Find next"))
        self.next.clicked.connect(lambda: transcript.find_next(1))
        self.close_button = self._button(self.tr("Close the search"))
        self.close_button.clicked.connect(self.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.space(3), theme.space(0), theme.space(2), theme.space(0))
        row.addWidget(self.field, 1)
        for widget in (self.count, self.previous, self.next, self.close_button):
            row.addWidget(widget)
        transcript.found_changed.connect(self._on_found)
        theme.changed.connect(self._renew)
        self._renew()
        self.hide()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setIconSize(QSize(16, 16))
        return button

    def _renew(self) -> None:
        for button, icon in ((self.previous, "up"), (self.next, "down"), (self.close_button, "close")):
            button.setIcon(self._theme.icon(icon))

    def begin(self) -> None:
        """Look for something."""
        self.show()
        self.field.setFocus()
        self.field.selectAll()
        self._transcript.find_words(self.field.text())

    def end(self) -> None:
        """Take the marks away."""
        self._transcript.find_words("")
        self.hide()
        self._transcript.setFocus()

    def _on_found(self, place: int, count: int) -> None:
        if not self.field.text().strip():
            self.count.setText("")
        elif count:
            self.count.setText(self.tr("{place} of {count}").format(place=place, count=count))
        else:
            self.count.setText(self.tr("nothing found"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._transcript.find_next(-1 if back else 1)
        else:
            super().keyPressEvent(event)
