"""Small forms over the lanes for annotations and tiers. Enter keeps, Esc leaves everything as it was."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from illodesk.operations import AddTier, AssignTier
from illodesk.schema import Annotation, Tier
from illodesk.ui.plain import plain
from illodesk.ui.review.axis import stamp
from illodesk.ui.words import isolated

WIDTH_PX = 340

translate = QCoreApplication.translate


class Form(QFrame):
    """Fields, a line for what is wrong, and two buttons. A subclass says what is wrong and what Enter does."""

    over = Signal()

    def __init__(self, parent: QWidget, heading: str, keep: str) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setFixedWidth(WIDTH_PX)
        self.setAutoFillBackground(True)
        self.setAccessibleName(heading)
        title = plain(QLabel(heading))
        title.setProperty("role", "heading")
        self.fields = QFormLayout(self)
        self.fields.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        self.fields.addRow(title)
        self._first: QWidget | None = None
        self.wrong = plain(QLabel())
        self.wrong.setProperty("tone", "bad")
        self.wrong.setWordWrap(True)
        self.wrong.hide()
        self.keep_button = QPushButton(keep)
        self.keep_button.setProperty("primary", "true")
        self.keep_button.clicked.connect(self._try)
        leave = QPushButton(self.tr("Cancel"))
        leave.clicked.connect(self.end)
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._buttons.addWidget(leave)
        self._buttons.addWidget(self.keep_button)

    def add(self, name: str, field: QWidget) -> None:
        """One more field with its name before it."""
        field.setAccessibleName(name)
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._first = self._first or field
        self.fields.addRow(name, field)

    def closed_by(self) -> None:
        """All fields are there: put the line and the buttons below them."""
        self.fields.addRow(self.wrong)
        self.fields.addRow(self._buttons)

    def begin(self) -> None:
        """Show the form and give its first field the focus."""
        self.show()
        self.raise_()
        if self._first is not None:
            self._first.setFocus(Qt.FocusReason.PopupFocusReason)

    def end(self) -> None:
        """Go away and give the lanes the focus."""
        self.hide()
        self.over.emit()
        parent = self.parentWidget()
        if parent is not None:
            parent.setFocus()
        self.deleteLater()

    def trouble(self) -> str:
        """What is wrong with what is written, in words; empty when nothing is."""
        return ""

    def keep(self) -> None:
        """Do what the form is for."""
        raise NotImplementedError

    def _try(self) -> None:
        trouble = self.trouble()
        self.wrong.setText(trouble)
        self.wrong.setVisible(bool(trouble))
        self.adjustSize()
        if not trouble:
            self.keep()
            self.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.end()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._try()
        else:
            super().keyPressEvent(event)


class AnnotationForm(Form):
    """A value for a stretch of time on a tier: one of ``tiers``, or a new one where the name is another.

    ``old`` with the name of its tier: that annotation is changed, and may be moved to another of the tiers.
    """

    done = Signal(str, str, float, float)

    def __init__(
        self,
        parent: QWidget,
        tiers: list[Tier],
        stretch: tuple[float, float],
        old: tuple[str, Annotation] | None = None,
    ) -> None:
        start, end = stretch
        heading = translate("Lanes", "{start} to {end}").format(start=stamp(start), end=stamp(end))
        keep = translate("Lanes", "Annotate") if old is None else translate("Lanes", "Change")
        super().__init__(parent, heading, keep)
        self._tiers = {tier.name: tier for tier in tiers}
        self._stretch = stretch
        self._old = old[1] if old is not None else None
        self.value = QComboBox()
        self.value.setEditable(True)
        self.tier = QComboBox()
        self.tier.setEditable(old is None)
        self.tier.addItems(list(self._tiers))
        if old is not None:
            self.tier.setCurrentText(old[0])
        self.tier.currentTextChanged.connect(self._offer_values)
        self.add(self.tr("Value"), self.value)
        self.add(self.tr("Tier"), self.tier)
        self.closed_by()
        if old is None and not tiers:
            self.tier.setEditText(self.tr("Notes"))
        self._offer_values()
        if old is not None:
            self.value.setCurrentText(old[1].value)

    def _offer_values(self) -> None:
        """The vocabulary of the tier; where it has none, the values that stand on it already."""
        tier = self._tiers.get(self.tier.currentText())
        written = self.value.currentText()
        used = sorted({one.value for one in tier.annotations}) if tier is not None else []
        self.value.clear()
        self.value.addItems(tier.vocabulary if tier is not None and tier.vocabulary else used)
        self.value.setEditable(tier is None or not tier.vocabulary)
        if self.value.isEditable() or self.value.findText(written) >= 0:
            self.value.setCurrentText(written)

    def trouble(self) -> str:
        if not self.tier.currentText().strip():
            return self.tr("Give the tier a name.")
        tier = self._tiers.get(self.tier.currentText())
        taken = in_the_way(tier, self._stretch, self._old) if tier is not None else None
        if taken is None:
            return ""
        return self.tr("There is “{value}” at this time on the tier already. Choose another tier.").format(
            value=taken.value
        )

    def keep(self) -> None:
        self.done.emit(self.tier.currentText().strip(), self.value.currentText().strip(), *self._stretch)


def in_the_way(tier: Tier, stretch: tuple[float, float], besides: Annotation | None = None) -> Annotation | None:
    """The first annotation that stands on a tier at this time already."""
    start, end = stretch
    taken = (one for one in tier.annotations if one.t_start < end and start < one.t_end and one != besides)
    return next(taken, None)


class TierForm(Form):
    """A new tier: name, the values that are allowed, whom it is about."""

    done = Signal(object)

    def __init__(self, parent: QWidget, speakers: list[tuple[str, str]], taken: set[str]) -> None:
        super().__init__(parent, translate("Lanes", "New tier"), translate("Lanes", "Add"))
        self._taken = taken
        self.name = QLineEdit()
        self.name.setMaxLength(200)
        self.vocabulary = QLineEdit()
        self.vocabulary.setPlaceholderText(self.tr("any; or a few, with commas between"))
        self.speaker = speaker_choice(speakers)
        self.add(self.tr("Name"), self.name)
        self.add(self.tr("Values"), self.vocabulary)
        self.add(self.tr("About"), self.speaker)
        self.closed_by()

    def trouble(self) -> str:
        name = self.name.text().strip()
        if not name:
            return self.tr("Give the tier a name.")
        return self.tr("There is a tier of this name already.") if name in self._taken else ""

    def keep(self) -> None:
        values = [word.strip() for word in self.vocabulary.text().split(",")]
        name, speaker = self.name.text().strip(), self.speaker.currentData()
        self.done.emit(AddTier(name=name, vocabulary=[word for word in values if word], speaker=speaker))


class AssignTierForm(Form):
    """Whom a tier is about."""

    done = Signal(object)

    def __init__(self, parent: QWidget, tiers: list[Tier], speakers: list[tuple[str, str]]) -> None:
        super().__init__(parent, translate("Lanes", "Whom a tier is about"), translate("Lanes", "Change"))
        self._about = {tier.name: tier.speaker for tier in tiers}
        self.tier = QComboBox()
        self.tier.addItems(list(self._about))
        self.speaker = speaker_choice(speakers)
        self.tier.currentTextChanged.connect(self._show_speaker)
        self.add(self.tr("Tier"), self.tier)
        self.add(self.tr("About"), self.speaker)
        self.closed_by()
        self._show_speaker(self.tier.currentText())

    def _show_speaker(self, tier: str) -> None:
        self.speaker.setCurrentIndex(max(self.speaker.findData(self._about.get(tier)), 0))

    def keep(self) -> None:
        self.done.emit(AssignTier(name=self.tier.currentText(), speaker=self.speaker.currentData()))


def speaker_choice(speakers: list[tuple[str, str]]) -> QComboBox:
    """One of the speakers, given by label and name, or everybody."""
    choice = QComboBox()
    choice.addItem(translate("TierForm", "everybody"), None)
    for label, name in speakers:
        choice.addItem(name, label)
    return choice


class RemoveTierForm(Form):
    """Which tier to take away, with everything on it."""

    done = Signal(str)

    def __init__(self, parent: QWidget, tiers: list[Tier]) -> None:
        super().__init__(parent, translate("Lanes", "Remove a tier"), translate("Lanes", "Remove"))
        self.tier = QComboBox()
        for tier in tiers:
            text = self.tr("{name} ({count} annotations)").format(name=isolated(tier.name), count=len(tier.annotations))
            self.tier.addItem(text, tier.name)
        self.add(self.tr("Tier"), self.tier)
        self.closed_by()

    def keep(self) -> None:
        self.done.emit(self.tier.currentData())
