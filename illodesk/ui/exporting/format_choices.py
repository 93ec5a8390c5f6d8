"""Choices that only some formats heed; all but the scores are remembered as habits."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QLabel, QWidget

from illodesk.ui.memory import Memory
from illodesk.ui.number_boxes import CountBox


class FormatChoices(QWidget):
    """``changed`` tells that something else was chosen. Every choice is named as its field of ExportOptions."""

    changed = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._memory = memory
        self._scores_chosen = False
        self.words = self._box("words", self.tr("Word tier for each speaker"))
        self.names = self._box("names", self.tr("Say who speaks"))
        self.word_times = self._box("word_times", self.tr("Times of words"), usual=False)
        self.times = self._box("times", self.tr("Times of utterances"))
        self.scores = QCheckBox(self.tr("Scores"))
        self.decimal_comma = self._box("decimal_comma", self.tr("Decimal comma"), usual=False)
        self.compact = self._box("compact", self.tr("Compact, without line breaks"), usual=False)
        self.line_length = self._number("line_length", self.tr("Characters in a line"), 10, 200, 42)
        self.lines = self._number("lines", self.tr("Lines of a subtitle"), 1, 8, 2)
        self.delimiter = self._list(
            "delimiter",
            self.tr("Between cells"),
            {"comma": self.tr("Comma"), "semicolon": self.tr("Semicolon"), "tab": self.tr("Tab")},
        )
        self.paper = self._list("paper", self.tr("Paper size"), {"a4": self.tr("A4"), "letter": self.tr("Letter")})
        self._boxes = {
            "words": self.words,
            "names": self.names,
            "word_times": self.word_times,
            "times": self.times,
            "scores": self.scores,
            "decimal_comma": self.decimal_comma,
            "compact": self.compact,
        }
        self._numbers = {"line_length": self.line_length, "lines": self.lines}
        self._lists = {"delimiter": self.delimiter, "paper": self.paper}
        self._labels: dict[str, QLabel] = {}
        self._lay_out()
        self.scores.clicked.connect(self._on_scores)

    def _box(self, name: str, text: str, *, usual: bool = True) -> QCheckBox:
        box = QCheckBox(text)
        box.setChecked(bool(self._memory.get(f"export.{name}", usual)))
        box.toggled.connect(self.changed)
        return box

    def _number(self, name: str, text: str, least: int, most: int, usual: int) -> CountBox:
        box = CountBox()
        box.setRange(least, most)
        box.setValue(self._memory.get(f"export.{name}", usual))
        box.setAccessibleName(text)
        box.valueChanged.connect(self.changed)
        return box

    def _list(self, name: str, text: str, values: dict[str, str]) -> QComboBox:
        choice = QComboBox()
        for value, shown in values.items():
            choice.addItem(shown, value)
        choice.setCurrentIndex(max(0, choice.findData(self._memory.get(f"export.{name}", ""))))
        choice.setAccessibleName(text)
        choice.currentIndexChanged.connect(self.changed)
        return choice

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        for row, box in enumerate(self._boxes.values()):
            grid.addWidget(box, row, 0, 1, 2)
        for row, (name, field) in enumerate({**self._numbers, **self._lists}.items(), start=len(self._boxes)):
            self._labels[name] = QLabel(field.accessibleName())
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(field, row, 1)

    def show_for(self, heeded: Set[str], *, scores: bool) -> None:
        """Show the choices that are heeded; ``scores`` are in by default."""
        if not self._scores_chosen:
            self.scores.setChecked(scores)
        fields = {**self._boxes, **self._numbers, **self._lists}
        for name, field in fields.items():
            field.setVisible(name in heeded)
        for name, label in self._labels.items():
            label.setVisible(name in heeded)
        self.setVisible(bool(fields.keys() & heeded))

    def chosen(self) -> dict[str, Any]:
        """Values of the fields of ExportOptions."""
        found: dict[str, Any] = {name: box.isChecked() for name, box in self._boxes.items()}
        found |= {name: box.value() for name, box in self._numbers.items()}
        return found | {name: choice.currentData() for name, choice in self._lists.items()}

    def remember(self) -> None:
        """Keep what is a habit for the next export."""
        for name, value in self.chosen().items():
            if name != "scores":
                self._memory.set(f"export.{name}", value)

    def _on_scores(self) -> None:
        self._scores_chosen = True
        self.changed.emit()
