"""A line of text that is kept when it is left or Enter is pressed, and only if it changed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit


class NoteField(QLineEdit):
    """``kept`` tells the new text."""

    kept = Signal(str)

    def __init__(self, text: str, name: str) -> None:
        super().__init__(text)
        self._before = text
        self.setAccessibleName(name)
        self.setPlaceholderText(name)
        self.editingFinished.connect(self._keep)

    @property
    def under_way(self) -> bool:
        """Whether somebody is at it: has typed what is not kept yet, or is about to."""
        return self.hasFocus() and (self.text().strip() != self._before or not self.isModified())

    def take_over(self, other: NoteField) -> None:
        """Go on with what is being typed in another field, in whose place this one comes."""
        place, typed = other.cursorPosition(), other.text().strip() != other._before
        if typed:
            self.setText(other.text())
        self.setFocus()
        self.setCursorPosition(place)
        if not typed:
            self.selectAll()

    def _keep(self) -> None:
        if self.text().strip() != self._before:
            self._before = self.text().strip()
            self.kept.emit(self._before)
