"""How far a deed is that concerns many conversations, above the table until it is over."""

from __future__ import annotations

import time

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from illodesk.ui.library.deeds import AT_ONCE, Turn

SEEN_AFTER_S = 0.5
"""A deed that is over sooner shows nothing: coming and going, the strip would move the table for what nobody reads."""


class ProgressStrip(QFrame):
    """What is done, a bar, and a button that stops it. Nothing where a deed is done before it can be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._turn: Turn | None = None
        self._since = 0.0
        self.words = QLabel()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setMaximumHeight(8)
        self.bar.setAccessibleName(self.tr("How far it is"))
        self.stop = QPushButton(self.tr("Stop"))
        self.stop.setToolTip(self.tr("What is done already stays, and can be undone."))
        self.stop.clicked.connect(self._stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 8, 6)
        row.addWidget(self.words)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        self.hide()

    def show_turn(self, turn: Turn | None, fraction: float) -> None:
        """Show how far the turn under way is, 0 to 1; None: there is none."""
        if turn is not self._turn:
            self._turn, self._since = turn, time.monotonic()
            self.stop.setEnabled(True)
        lasting = time.monotonic() - self._since >= SEEN_AFTER_S
        if turn is not None and turn.deed.total > AT_ONCE and lasting:
            self.bar.setMaximum(turn.deed.total)
            self.bar.setValue(round(turn.deed.total * fraction))
            what = self.tr("Undo: {what}").format(what=turn.deed.text) if turn.undoes else turn.deed.text
            done = self.tr("{n} of {m} conversations").format(n=self.bar.value(), m=turn.deed.total)
            self.words.setText(f"{what} · {done}")
            self.show()
        elif turn is None:
            self.hide()

    def _stop(self) -> None:
        if self._turn is not None:
            self._turn.steps.stop()
            self.stop.setEnabled(False)
