"""The line of filters above the table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import QDate, QTimer, Signal
from PySide6.QtWidgets import QComboBox, QDateEdit, QLabel, QLineEdit, QPushButton, QWidget

from illodesk.desk import Filter
from illodesk.ui.law import purpose_names
from illodesk.ui.library.columns import state_names
from illodesk.ui.library.flow import Flow

WAIT_MS = 150
BETWEEN = -1
BESIDE_WORDS_PX = 28
SHORTEST, LONGEST = 6, 24
"""Characters of a choice that have room while it is closed; opened, all of it has."""


class Filters(QWidget):
    """``changed`` tells that something else is to be listed, once typing rests."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = QLineEdit()
        self.text.setPlaceholderText(self.tr("Title or file"))
        self.text.setAccessibleName(self.tr("Filter by title or file"))
        self.text.setClearButtonEnabled(True)
        self.text.setAcceptDrops(False)
        self.tag, self.state, self.purpose, self.dates = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self.tag.addItem(self.tr("Any tag"), "")
        self.state.addItem(self.tr("Any state"), None)
        for state, name in state_names().items():
            self.state.addItem(name, state)
        self.purpose.addItem(self.tr("Any purpose"), None)
        for purpose, name in purpose_names().items():
            self.purpose.addItem(name, purpose)
        for name, days in (
            (self.tr("Any time"), 0),
            (self.tr("Today"), 1),
            (self.tr("Last 7 days"), 7),
            (self.tr("Last 30 days"), 30),
            (self.tr("Last 365 days"), 365),
            (self.tr("Between…"), BETWEEN),
        ):
            self.dates.addItem(name, days)
        self.first, self.last = QDateEdit(QDate.currentDate().addMonths(-1)), QDateEdit(QDate.currentDate())
        self.dash = QLabel("–")
        self.clear = QPushButton(self.tr("Clear"))
        self.clear.setProperty("flat", True)
        self.clear.setAccessibleName(self.tr("Clear the filters"))
        self.clear.clicked.connect(self.reset)
        for control, name in (
            (self.tag, self.tr("Filter by tag")),
            (self.state, self.tr("Filter by state")),
            (self.purpose, self.tr("Filter by purpose")),
            (self.dates, self.tr("Filter by date")),
            (self.first, self.tr("First day")),
            (self.last, self.tr("Last day")),
        ):
            control.setAccessibleName(name)
            control.setToolTip(name)
        for box in (self.tag, self.state, self.purpose, self.dates):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.currentIndexChanged.connect(self._on_choice)
        row = Flow(self, 6)
        controls = (self.text, self.tag, self.state, self.purpose, self.dates, self.first, self.dash, self.last)
        for part in (*controls, self.clear):
            row.addWidget(part)
        for day in (self.first, self.last):
            day.setCalendarPopup(True)
            day.dateChanged.connect(self._on_choice)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT_MS)
        self._rest.timeout.connect(self.changed)
        self.text.textChanged.connect(self._on_text)
        self._show()

    def offer_tags(self, names: Sequence[str]) -> None:
        """Tags to choose from."""
        if [self.tag.itemData(row) for row in range(1, self.tag.count())] == list(names):
            return
        chosen = self.tag.currentData()
        self.tag.blockSignals(True)
        self.tag.clear()
        self.tag.addItem(self.tr("Any tag"), "")
        for name in names:
            self.tag.addItem(name, name)
        self.tag.setCurrentIndex(max(0, self.tag.findData(chosen)))
        self.tag.blockSignals(False)
        if self.tag.currentData() != chosen:
            self._on_choice()

    def chosen(self) -> Filter:
        """What is to be listed, of any project."""
        since, until = self._span()
        return Filter(
            text=self.text.text().strip(),
            tag=self.tag.currentData() or "",
            state=self.state.currentData(),
            purpose=self.purpose.currentData(),
            since=since,
            until=until,
        )

    @property
    def any(self) -> bool:
        """Whether something is left out."""
        return self.chosen() != Filter()

    def stop(self) -> None:
        """Tell nothing more: the app ends."""
        self._rest.stop()

    def reset(self) -> None:
        """List everything."""
        self.text.clear()
        for box in (self.tag, self.state, self.purpose, self.dates):
            box.setCurrentIndex(0)

    def _span(self) -> tuple[datetime | None, datetime | None]:
        """First moment, and the one after the last, by the clock on the wall."""
        days = self.dates.currentData()
        if days == 0:
            return None, None
        if days == BETWEEN:
            first, last = sorted((self.first.date(), self.last.date()), key=QDate.toJulianDay)
            return midnight(first), midnight(last.addDays(1))
        return midnight(QDate.currentDate()) - timedelta(days=days - 1), None

    def _on_text(self) -> None:
        self._show()
        self._rest.start()

    def _on_choice(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        between = self.dates.currentData() == BETWEEN
        for part in (self.first, self.dash, self.last):
            part.setVisible(between)
        self.clear.setVisible(self.any)
        for box in (self.tag, self.state, self.purpose, self.dates):
            metrics = box.fontMetrics()
            characters = metrics.horizontalAdvance(box.currentText()) // metrics.horizontalAdvance("X") + 1
            box.setMinimumContentsLength(min(max(SHORTEST, characters), LONGEST))
            box.view().setMinimumWidth(box.view().sizeHintForColumn(0) + BESIDE_WORDS_PX)


def midnight(day: QDate) -> datetime:
    """When a day begins here."""
    return datetime(day.year(), day.month(), day.day()).astimezone()
