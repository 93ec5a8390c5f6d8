"""What the selection holds, speaker by speaker, below the lanes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QBrush
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.ui.context import AppContext
from illodesk.ui.plain import plain
from illodesk.ui.review.axis import stamp
from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.lane import number
from illodesk.ui.review.lanes.selected import SCORES, Selected, Share, measure
from illodesk.ui.review.wording import SIGNED, score_name
from illodesk.ui.tasks import Task
from illodesk.ui.words import decimal, percent

WAIT_MS = 80
OFFERED = ("review.loop", "lanes.annotate", "lanes.zoom_selection")
NONE = "–"


class SelectionPanel(QFrame):
    """A line about the stretch and a row for each speaker; counted in a thread. Hidden while nothing is selected.

    ``filled`` tells that it says something else, and perhaps takes more room.
    """

    closed = Signal()
    filled = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._data: LaneData | None = None
        self._stretch: tuple[float, float] | None = None
        self._counting: Task | None = None
        self.selected: Selected | None = None
        self.setAccessibleName(self.tr("Selection"))
        self.line = plain(QLabel())
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._buttons: list[QToolButton] = []
        self._beside = QHBoxLayout()
        close = QToolButton()
        close.setAccessibleName(self.tr("Select nothing"))
        close.setToolTip(self.tr("Select nothing (Esc)"))
        close.clicked.connect(self.closed)
        self._close = close
        above = QHBoxLayout()
        above.addWidget(self.line, 1)
        above.addLayout(self._beside)
        above.addWidget(close)
        self.table = QTableWidget(0, 0)
        self.table.horizontalScrollBar().rangeChanged.connect(self._fit_height)
        self.table.setAccessibleName(self.tr("Selection, speaker by speaker"))
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.verticalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignRight)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 2, 8, 4)
        layout.setSpacing(2)
        layout.addLayout(above)
        layout.addWidget(self.table)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._count)
        context.theme.changed.connect(self._on_theme)
        self._on_theme()
        self.hide()

    def show_data(self, data: LaneData | None) -> None:
        """Count in another conversation, or in another state of the same."""
        self._data = data
        self._ask()

    def show_stretch(self, start_s: float, end_s: float) -> None:
        """Count another stretch; an empty one hides the panel."""
        self._stretch = (start_s, end_s) if end_s > start_s else None
        self._ask()

    def pause(self) -> None:
        """Count nothing while the lanes are not seen."""
        self._timer.stop()
        self._cancel()

    def _ask(self) -> None:
        if self._data is None or self._stretch is None:
            self._timer.stop()
            self._cancel()
            self.selected = None
            self.hide()
        else:
            self._timer.start()

    def _cancel(self) -> None:
        if self._counting is not None:
            self._counting.cancel()
            self._counting = None

    def _count(self) -> None:
        assert self._data is not None
        assert self._stretch is not None
        self._cancel()
        self._counting = self._context.tasks.run(measure, self._data, *self._stretch, done=self._on_counted)

    def _on_counted(self, selected: Selected) -> None:
        self._counting = None
        self.selected = selected
        self._fill(selected)
        self._offer_commands()
        self.show()
        self.filled.emit()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _on_theme(self) -> None:
        theme = self._context.theme
        self._close.setIcon(theme.icon("close", "secondary"))
        self.table.setFont(theme.font("caption", tabular=True))
        self.table.verticalHeader().setDefaultSectionSize(theme.pixels("caption") + 10)
        if self.selected is not None:
            self._fill(self.selected)

    def _columns(self) -> list[tuple[str, str]]:
        """Head and tooltip of each column."""
        return [
            (self.tr("Speaker"), ""),
            (self.tr("Speaks"), self.tr("Time, and share of the selection")),
            (self.tr("Turns"), self.tr("Utterances that lie in the selection, also in part")),
            (self.tr("Words"), ""),
            (self.tr("Syll/s"), self.tr("Articulation rate, syllables a second without pauses")),
            (self.tr("F0, Hz"), self.tr("Median pitch of what is voiced")),
            *((self._head(name), self.tr("Mean, weighted by time; – is not enough evidence")) for name in SCORES),
        ]

    def _head(self, name: str) -> str:
        return self.tr("Load") if name == "cognitive_load" else score_name(name)

    def _cells(self, share: Share) -> list[str]:
        return [
            share.speaker.name,
            f"{seconds(share.talk_s)} · {percent(share.share)}",
            str(share.turns),
            str(share.words),
            NONE if share.rate_sps is None else decimal(share.rate_sps, 1),
            NONE if share.f0_hz is None else f"{share.f0_hz:.0f}",
            *(score_text(name, share.scores[name]) for name in SCORES),
        ]

    def _fill(self, selected: Selected) -> None:
        words = self.tr("{start} to {end}, {length}: {silence} silence, {overlap} at the same time").format(
            start=stamp(selected.start_s),
            end=stamp(selected.end_s),
            length=seconds(selected.length_s),
            silence=seconds(selected.silence_s),
            overlap=seconds(selected.overlap_s),
        )
        nobody = self.tr("{start} to {end}, {length}: nobody speaks").format(
            start=stamp(selected.start_s), end=stamp(selected.end_s), length=seconds(selected.length_s)
        )
        self.line.setText(words if selected.shares else nobody)
        columns = self._columns()
        self.table.setColumnCount(len(columns))
        self.table.setRowCount(len(selected.shares))
        for column, (head, explained) in enumerate(columns):
            item = QTableWidgetItem(head)
            item.setToolTip(explained)
            left = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
            item.setTextAlignment(left | Qt.AlignmentFlag.AlignVCenter)
            self.table.setHorizontalHeaderItem(column, item)
        for row, share in enumerate(selected.shares):
            for column, text in enumerate(self._cells(share)):
                item = QTableWidgetItem(text)
                if column:
                    item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                else:
                    item.setForeground(QBrush(self._context.theme.speaker(share.speaker.number)))
                self.table.setItem(row, column, item)
        self._fit_height()
        self.table.setVisible(bool(selected.shares))

    def _fit_height(self) -> None:
        """As high as a few rows, and as the bar below them where the columns have no room."""
        rows, bar = min(self.table.rowCount(), 4), self.table.horizontalScrollBar()
        header = self.table.horizontalHeader().sizeHint().height()
        below = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.table.setFixedHeight(header + rows * self.table.verticalHeader().defaultSectionSize() + below + 4)

    def _offer_commands(self) -> None:
        """Buttons for what can be done with a selection; the page has registered its commands by now."""
        known = {command.id for command in self._context.commands.all()}
        for id in OFFERED if not self._buttons else ():
            if id in known:
                button = QToolButton()
                action = self._context.commands.action(id)
                button.setDefaultAction(action)
                button.setAccessibleName(action.text())
                button.setToolTip(f"{action.text()}  {self._context.commands.shortcut_text(id)}".strip())
                self._beside.addWidget(button)
                self._buttons.append(button)


def score_text(name: str, value: float | None) -> str:
    """A score in two figures, signed where it can be below 0."""
    if value is None:
        return NONE
    return decimal(value, 2, signed=True) if name in SIGNED else number(value)


def seconds(length_s: float) -> str:
    """A length: seconds, or a time where it is longer than a minute."""
    return stamp(length_s) if length_s >= 60 else f"{decimal(length_s, 1)} s"
