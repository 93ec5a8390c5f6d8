"""How far an analysis is, and a button that stops it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QWidget

from illodesk.ui.plain import plain, tip
from illodesk.ui.words import percent


class Progress(QWidget):
    """Hidden until ``begin``, and from ``end`` on. ``stop`` tells that the user wants no more of it."""

    stop = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.stage = plain(QLabel())
        self.stage.setProperty("role", "caption")
        self.stage.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(8)
        self.bar.setMinimumWidth(60)
        self.bar.setMaximumWidth(240)
        self.bar.setAccessibleName(name)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setAccessibleName(self.tr("Stop: {name}").format(name=name))
        self.stop_button.clicked.connect(self.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.stage, 1)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        self.hide()

    def begin(self) -> None:
        """Show that it starts."""
        self.tell(None, self.tr("Starting"))
        self.show()

    def tell(self, fraction: float | None, stage: str) -> None:
        """Show how far it is, 0 to 1, or None while that is unknown, and what is done."""
        self.bar.setRange(0, 0 if fraction is None else 1000)
        self.bar.setValue(round(1000 * (fraction or 0.0)))
        share = "" if fraction is None else f" · {percent(fraction)}"
        words = f"{self._name} · {stage}{share}"
        whole = self.stage.fontMetrics().horizontalAdvance(words) <= self.width() - self.bar.width() - 120
        self.stage.setText(words if whole else f"{stage}{share}")
        self.stage.setToolTip(tip(words))

    def end(self) -> None:
        """Take it away."""
        self.hide()
