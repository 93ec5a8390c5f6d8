"""What an import may say about recordings: how many speakers, their language, what the channels are."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from illodesk.ui.languages import spoken_languages
from illodesk.ui.library.flow import Flow
from illodesk.ui.number_boxes import CountBox

MOST_SPEAKERS = 20


class ImportOptions(QWidget):
    """Three choices beside each other, where there is room. ``changed`` tells that they are other ones."""

    changed = Signal()

    def __init__(self, language: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speakers = CountBox()
        self.speakers.setRange(0, MOST_SPEAKERS)
        self.speakers.setSpecialValueText(self.tr("find out"))
        self.language = QComboBox()
        self.language.setEditable(True)
        for tag, name in spoken_languages().items():
            self.language.addItem(name, tag)
        self._default_language = language
        self._choose_language(language)
        self.channels = QComboBox()
        for value, name in (
            ("auto", self.tr("find out")),
            ("separate", self.tr("one person each")),
            ("mix", self.tr("everybody together")),
        ):
            self.channels.addItem(name, value)
        row = Flow(self, 12)
        for text, control in (
            (self.tr("Speakers"), self.speakers),
            (self.tr("Language"), self.language),
            (self.tr("Channels"), self.channels),
        ):
            label = QLabel(text)
            label.setProperty("role", "secondary")
            label.setBuddy(control)
            control.setAccessibleName(text)
            control.setAcceptDrops(False)
            pair = QWidget()
            beside = QHBoxLayout(pair)
            beside.setContentsMargins(0, 0, 0, 0)
            beside.addWidget(label)
            beside.addWidget(control)
            row.addWidget(pair)
        line = self.language.lineEdit()
        if line is not None:
            line.setAcceptDrops(False)
        self.speakers.valueChanged.connect(self.changed)
        self.language.currentTextChanged.connect(self.changed)
        self.channels.currentIndexChanged.connect(self.changed)

    def chosen(self) -> dict[str, Any]:
        """The choices as fields of AnalysisOptions."""
        return {
            "speakers": self.speakers.value() or None,
            "language": self._tag(),
            "channels": self.channels.currentData(),
        }

    def _tag(self) -> str:
        """The chosen language's tag, or what was typed; the settings' where nothing was."""
        text = self.language.currentText().strip()
        at = self.language.findText(text)
        return str(self.language.itemData(at)) if at >= 0 else text or self._default_language

    def _choose_language(self, tag: str) -> None:
        at = self.language.findData(tag)
        if at >= 0:
            self.language.setCurrentIndex(at)
        else:
            self.language.setEditText(tag)
