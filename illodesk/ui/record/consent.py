"""What a recording is for and who agreed to it: written down before the first sample."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QLineEdit, QVBoxLayout

from illodesk.schema import Purpose
from illodesk.ui.context import AppContext
from illodesk.ui.law import consequence, purpose_names, region_names
from illodesk.ui.plain import plain

CONSENT_NEEDED = frozenset({Purpose.RESEARCH, Purpose.MEDICAL})
"""Purposes that rest on consent alone: without a word about who agreed nothing is recorded. For the others other
grounds may do, and the record says that no consent was noted."""


class Consent(QFrame):
    """Title, purpose and consent. ``changed`` when one of them is another."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._context = context
        self._chosen = False
        heading = QLabel(self.tr("Purpose and consent"))
        heading.setProperty("role", "heading")
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Title (the date when empty)"))
        self.title.setAccessibleName(self.tr("Title of the recording"))
        self.title.setMaxLength(200)
        self.purpose = QComboBox()
        self.purpose.setAccessibleName(self.tr("Purpose"))
        for purpose, name in purpose_names().items():
            self.purpose.addItem(name, purpose.value)
        self.law = QLabel()
        self.law.setWordWrap(True)
        self.law.setProperty("role", "secondary")
        self.consent = QComboBox()
        self.consent.setEditable(True)
        self.consent.setCompleter(None)  # type: ignore[arg-type]  # it would write a consent that nobody typed
        self.consent.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.consent.setAccessibleName(self.tr("Who agreed to be recorded, and how"))
        self.consent.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.consent.addItems(
            [
                self.tr("All agreed, aloud, before the recording"),
                self.tr("All agreed in writing"),
                self.tr("Only I speak, and I agree"),
            ]
        )
        self.consent.setCurrentIndex(-1)
        line = self.consent.lineEdit()
        assert line is not None
        line.setPlaceholderText(self.tr("Who agreed, and how"))
        line.setMaxLength(500)
        self.missing = plain(QLabel())
        self.missing.setWordWrap(True)
        self.missing.setProperty("tone", "warning")
        self.missing.hide()
        self.stamp = plain(QLabel())
        self.stamp.setWordWrap(True)
        self.stamp.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._fields = [self.title, self.purpose, self.law, self.consent]
        for widget in (heading, *self._fields, self.missing, self.stamp):
            column.addWidget(widget)
        self.purpose.activated.connect(self._on_chosen)
        self.consent.editTextChanged.connect(self._on_changed)
        self.from_settings()

    def from_settings(self) -> None:
        """Take the purpose of the settings, as for every new recording."""
        self.purpose.setCurrentIndex(self.purpose.findData(self._context.settings.purpose.value))
        self._on_changed()

    def from_settings_unless_chosen(self) -> None:
        """Follow settings that were changed meanwhile, until somebody has chosen here."""
        if not self._chosen:
            self.from_settings()

    @property
    def chosen_purpose(self) -> Purpose | None:
        """What it is for; None when nothing is chosen."""
        data = self.purpose.currentData()
        return None if data is None else Purpose(data)

    @property
    def words(self) -> str:
        """Who agreed, and how."""
        return self.consent.currentText().strip()

    def lacking(self) -> str:
        """What must still be said before anything is recorded; empty when nothing is."""
        purpose = self.chosen_purpose
        if purpose is None:
            return self.tr("Choose what the recording is for.")
        if purpose in CONSENT_NEEDED and not self.words:
            return self.tr("Say who agreed to be recorded, and how: this purpose rests on consent.")
        return ""

    def ask(self) -> None:
        """Say what lacks and take the keyboard there."""
        self.missing.setText(self.lacking())
        self.missing.show()
        (self.purpose if self.chosen_purpose is None else self.consent).setFocus()

    def set_recording(self, recording: bool) -> None:
        """While it is recorded, what was written down stands there for reading."""
        for widget in self._fields:
            widget.setVisible(not recording)
        self.missing.hide()
        self.stamp.setVisible(recording)

    def show_stamp(self, purpose: str, region: str, consent: str, title: str) -> None:
        """What was written down before the first sample."""
        names, regions = purpose_names(), region_names()
        what = [title] if title else []
        name = next((text for known, text in names.items() if known.value == purpose), purpose)
        where = next((text for known, text in regions.items() if known.value == region), region)
        what.append(self.tr("{purpose} · {region}").format(purpose=name, region=where))
        what.append(self.tr("Consent: {words}").format(words=consent) if consent else self.tr("No consent was noted."))
        self.stamp.setText("\n".join(what))

    def clear(self) -> None:
        """The next recording is another one: what was agreed to for the last does not hold for it."""
        self._chosen = False
        self.title.clear()
        self.consent.setCurrentIndex(-1)
        self.consent.clearEditText()
        self.from_settings()

    def _on_chosen(self) -> None:
        self._chosen = True
        self._on_changed()

    def _on_changed(self) -> None:
        purpose, settings = self.chosen_purpose, self._context.settings
        self.law.setText("" if purpose is None else consequence(purpose, settings.region, settings.text_only))
        self.purpose.setToolTip(self.purpose.currentText())
        if not self.lacking():
            self.missing.hide()
        self.changed.emit()
