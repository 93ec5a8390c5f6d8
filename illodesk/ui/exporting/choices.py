"""Choices of an export: those that all formats heed, and those of the formats that are chosen."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QWidget

from illodesk.desk import FORMATS, ExportOptions
from illodesk.ui.exporting.format_choices import FormatChoices
from illodesk.ui.exporting.formats import REPORTS, SOUND, STRETCH
from illodesk.ui.memory import Memory
from illodesk.ui.plain import plain
from illodesk.ui.words import local_number

Stretch = tuple[float, float]
"""From and to, s."""

_TIME = re.compile(r"(?:(?:(\d+):)?(\d{1,2}):)?(\d+(?:[.,]\d+)?)")


def read_time(text: str) -> float | None:
    """Seconds of ``h:mm:ss.t``, ``m:ss`` or ``s``; None for nothing. Raises ValueError."""
    if not text.strip():
        return None
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hours, minutes, seconds = found.groups()
    return 3600 * int(hours or 0) + 60 * int(minutes or 0) + float(seconds.replace(",", "."))


def write_time(seconds: float) -> str:
    """``h:mm:ss.t``, as :func:`read_time` reads it."""
    tenths = round(10 * seconds)
    return f"{tenths // 36000}:{tenths // 600 % 60:02d}:{tenths // 10 % 60:02d}{local_number(f'.{tenths % 10}')}"


class ExportChoices(QWidget):
    """``changed`` tells that something else was chosen."""

    changed = Signal()

    def __init__(self, memory: Memory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._audio_chosen = False
        self.pseudonymise = QCheckBox(self.tr("Pseudonymise"))
        self.pseudonymise.setToolTip(self.tr("Replaces names by Speaker A, Speaker B, … and leaves the title out."))
        self.hide_too = QLineEdit()
        self.hide_too.setPlaceholderText(self.tr("Also replace: names, places, …"))
        self.hide_too.setAccessibleName(self.tr("Further words to replace, separated by commas"))
        self.audio = QCheckBox(self.tr("Include audio"))
        self.limit = QLabel(
            self.tr(
                "Known names are replaced: those of speakers, the title and what you add here. "
                "Other names that are spoken stay."
            )
        )
        self.limit.setProperty("role", "caption")
        self.own = FormatChoices(memory)
        self.from_label, self.to_label = QLabel(self.tr("From")), QLabel(self.tr("to"))
        self.start, self.end = QLineEdit(), QLineEdit()
        for line, name, empty in (
            (self.start, self.tr("Audio from, h:mm:ss"), self.tr("start")),
            (self.end, self.tr("Audio to, h:mm:ss"), self.tr("end")),
        ):
            line.setAccessibleName(name)
            line.setPlaceholderText(empty)
            line.setMinimumWidth(60)
        self.hint = QLabel(self.tr("Audio is not pseudonymised: people can be recognised by their voices."))
        self.problem_label = plain(QLabel())
        for label, tone in ((self.limit, ""), (self.hint, "warning"), (self.problem_label, "bad")):
            label.setWordWrap(True)
            label.setProperty("tone", tone)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        for row, part in enumerate((self.pseudonymise, self.hide_too, self.limit, self.audio, self.own)):
            grid.addWidget(part, row, 0, 1, 4)
        for column, part in enumerate((self.from_label, self.start, self.to_label, self.end)):
            grid.addWidget(part, 5, column)
        grid.addWidget(self.hint, 6, 0, 1, 4)
        grid.addWidget(self.problem_label, 7, 0, 1, 4)
        self._formats: Sequence[str] = ()
        self._one = False
        self.pseudonymise.toggled.connect(self._on_change)
        self.audio.clicked.connect(self._on_audio)
        self.own.changed.connect(self._on_change)
        for line in (self.hide_too, self.start, self.end):
            line.setAcceptDrops(False)
            line.textChanged.connect(self._on_change)
        self._renew()

    def show_for(self, formats: Sequence[str], one: bool) -> None:
        """Show what these formats heed; ``one`` whether they are of a single conversation, which can have stretches."""
        self._formats, self._one = list(formats), one
        self._renew()

    def set_stretch(self, stretch: Stretch | None) -> None:
        """Offer the sound of a stretch of time; None: all of it."""
        self.start.setText("" if stretch is None else write_time(stretch[0]))
        self.end.setText("" if stretch is None else write_time(stretch[1]))

    @property
    def problem(self) -> str:
        """What is wrong with the choices, translated; empty where nothing is."""
        if not (self._one and set(self._formats) & set(STRETCH)):
            return ""
        try:
            start, end = read_time(self.start.text()), read_time(self.end.text())
        except ValueError as error:
            return self.tr("“{text}” is not a time; use h:mm:ss.").format(text=str(error))
        if end is not None and end <= (start or 0.0):
            return self.tr("The end must be after the start.")
        return ""

    def chosen(self) -> ExportOptions:
        """The options as chosen; only where there is no ``problem``."""
        one = self._one and bool(set(self._formats) & set(STRETCH))
        hidden = self.hide_too.text().split(",") if self.pseudonymise.isChecked() else []
        return ExportOptions(
            pseudonymise=self.pseudonymise.isChecked(),
            hide=tuple(word.strip() for word in hidden if word.strip()),
            audio=self.audio.isChecked() if self._audio_chosen else None,
            **self.own.chosen(),
            start_s=read_time(self.start.text()) if one else None,
            end_s=read_time(self.end.text()) if one else None,
        )

    def remember(self) -> None:
        """Keep what is a habit for the next export."""
        self.own.remember()

    def _on_audio(self) -> None:
        self._audio_chosen = True
        self._on_change()

    def _on_change(self) -> None:
        self._renew()
        self.changed.emit()

    def _renew(self) -> None:
        heeded = {option for name in self._formats for option in FORMATS[name].options}
        hides = self.pseudonymise.isChecked()
        if not self._audio_chosen:
            self.audio.setChecked(not hides)
        self.hide_too.setVisible(hides)
        self.limit.setVisible(hides)
        self.audio.setVisible("audio" in heeded)
        self.own.show_for(heeded, scores=bool(set(self._formats) & set(REPORTS)))
        stretch = self._one and "start_s" in heeded
        for label, line in ((self.from_label, self.start), (self.to_label, self.end)):
            label.setVisible(stretch)
            line.setVisible(stretch)
        sounds = bool(set(self._formats) & set(SOUND)) or ("audio" in heeded and self.audio.isChecked())
        self.hint.setVisible(hides and sounds)
        problem = self.problem
        self.problem_label.setText(problem)
        self.problem_label.setVisible(bool(problem))
