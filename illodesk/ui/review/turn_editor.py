"""The field in which an utterance is corrected, over the place where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from illodesk.ui.theme import Theme


class TurnEditor(QPlainTextEdit):
    """Ctrl+Enter or going elsewhere keeps the text, Esc leaves it as it was. ``finished`` comes once.

    Ctrl+Shift+Enter is not for this field: it divides the turn where the cursor is.
    """

    finished = Signal(str, bool)
    resized = Signal()

    def __init__(self, text: str, theme: Theme, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._over = False
        self.setFont(theme.font("turn"))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.moveCursor(QTextCursor.MoveOperation.End)
        self.document().contentsChanged.connect(self.resized)

    @property
    def wanted_height(self) -> float:
        """What the text needs, px."""
        lines = int(self.document().size().height())
        return (lines + 0.4) * self.fontMetrics().lineSpacing() + 20

    @property
    def words_before(self) -> int:
        """How many words begin before the cursor, or before what is selected."""
        before = QTextCursor(self.document())
        before.setPosition(self.textCursor().selectionStart(), QTextCursor.MoveMode.KeepAnchor)
        return len(before.selectedText().split())

    def finish(self, *, keep: bool) -> None:
        """End the correction."""
        if not self._over:
            self._over = True
            self.finished.emit(self.toPlainText(), keep)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.finish(keep=False)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            self.finish(keep=True)
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.finish(keep=True)
