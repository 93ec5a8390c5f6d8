"""Two runs of a conversation, or two conversations, side by side: words, figures, curves."""

from __future__ import annotations

from functools import partial
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QListView,
    QPushButton,
    QSplitter,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from illodesk.ui.context import AppContext
from illodesk.ui.plain import plain
from illodesk.ui.review.compare.figure_table import FigureModel
from illodesk.ui.review.compare.figures import length_s
from illodesk.ui.review.compare.reading import Choice, Comparison, compare, name_in, offers
from illodesk.ui.review.compare.rows import PairDelegate, PairModel
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task

if TYPE_CHECKING:
    from illodesk.ui.review.compare.plot import CurvePlot

PLOT = "illodesk.ui.review.compare.plot"


class Compare(QWidget):
    """``closed`` ends the comparison; ``go`` wants a second of what is open."""

    closed = Signal()
    go = Signal(float)

    def __init__(self, context: AppContext, document: ReviewDocument) -> None:
        super().__init__()
        self._context = context
        self._document = document
        self._reading: Task | None = None
        self.comparison: Comparison | None = None
        self.setAccessibleName(self.tr("Comparison"))
        self.back = QPushButton(self.tr("Back to the review"))
        self.back.clicked.connect(self.closed)
        self.left_name = plain(QLabel())
        self.left_name.setProperty("role", "heading")
        self.between = QLabel(self.tr("compared with"))
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Compare with"))
        self.choice.setMinimumContentsLength(28)
        self.choice.activated.connect(self._on_chosen)
        self.only_other = QCheckBox(self.tr("Only what differs"))
        self.message = plain(QLabel())
        self.message.setProperty("role", "secondary")
        self.plot: CurvePlot | None = None
        self.figures = FigureModel(context.theme, self)
        self.table = QTableView()
        self.table.setModel(self.figures)
        self.table.setAccessibleName(self.tr("Figures of both"))
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = self.table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.table.selectionModel().currentRowChanged.connect(self._on_figure)
        self.pairs = PairModel(self)
        self.only_other.toggled.connect(self.pairs.show_only_other)
        self.delegate = PairDelegate(context.theme, self)
        self.list = QListView()
        self.list.setModel(self.pairs)
        self.list.setItemDelegate(self.delegate)
        self.list.setLayoutMode(QListView.LayoutMode.Batched)
        self.list.setBatchSize(60)
        self.list.setWordWrap(True)  # without it, rows keep their heights when the width changes
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setAccessibleName(self.tr("Both transcripts"))
        self.list.setToolTip(self.tr("Double click goes to the place in the review"))
        self.list.activated.connect(self._on_activated)
        self._lay_out()
        context.theme.changed.connect(self._on_theme)
        self._on_theme()

    def _lay_out(self) -> None:
        space = self._context.theme.space
        bar = QHBoxLayout()
        bar.setSpacing(space(2))
        bar.addWidget(self.back)
        bar.addWidget(self.left_name)
        bar.addWidget(self.between)
        bar.addWidget(self.choice)
        bar.addStretch(1)
        bar.addWidget(self.only_other)
        self._upper = QSplitter(Qt.Orientation.Horizontal)
        self._upper.addWidget(self.table)
        both = QSplitter(Qt.Orientation.Vertical)
        both.addWidget(self._upper)
        both.addWidget(self.list)
        both.setSizes([340, 360])
        for splitter in (self._upper, both):
            splitter.setHandleWidth(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(space(3), space(2), space(3), space(2))
        column.addLayout(bar)
        column.addWidget(self.message)
        column.addWidget(both, 1)
        self._both = both

    def _on_theme(self) -> None:
        self.back.setIcon(self._context.theme.icon("left"))
        self.back.setIconSize(QSize(16, 16))
        self.table.verticalHeader().setDefaultSectionSize(self._context.theme.pixels("base") + 12)
        self.list.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    # --- what is compared -------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Compare what is open, with another run of it if there is one."""
        result = self._document.result
        if result is None:
            return
        if self.plot is None:
            self._context.tasks.run(import_module, PLOT, done=self._on_plot)
        self._show_nothing(self.tr("Reading…"))
        self._reading = self._context.tasks.run(
            offers, self._context.desk, self._document.conversation_id, result.run, done=self._on_offers
        )

    def _on_offers(self, choices: list[Choice]) -> None:
        self.choice.clear()
        for choice in choices:
            self.choice.addItem(choice.name, choice)
        for part in (self.between, self.choice, self.only_other):
            part.setVisible(bool(choices))
        if choices:
            self._on_chosen()
        else:
            self._show_nothing(
                self.tr("There is nothing to compare with yet: no other run, and no other conversation.")
            )

    def _on_chosen(self) -> None:
        result, choice = self._document.result, self.choice.currentData()
        if result is None or choice is None:
            return
        if self._reading is not None:
            self._reading.cancel()
        self._reading = self._context.tasks.run(
            compare,
            self._context.desk,
            self._document.conversation_id,
            result.run,
            choice,
            done=self._on_compared,
            failed=self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        self._show_nothing(trouble_words(error))

    def _show_nothing(self, words: str) -> None:
        self.comparison = None
        self.message.setText(words)
        self.message.show()
        self._both.hide()

    def _on_compared(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.message.hide()
        self._both.show()
        self.left_name.setText(comparison.names[0])
        self.delegate.set_names(partial(name_in, comparison.left), partial(name_in, comparison.right))
        self.pairs.show_pairs(comparison.pairs)
        self.figures.show_figures(comparison.figures, comparison.names)
        row = max(self.figures.row_of("valence"), 0)
        self.table.selectRow(row)
        self._show_curve(self.figures.figure(row).name)

    def _on_plot(self, module: ModuleType) -> None:
        """What plots are made of is there: it is imported when it is wanted first."""
        if self.plot is None:
            self.plot = module.CurvePlot(self._context)
            self._upper.insertWidget(0, self.plot)
            self._upper.setSizes([560, 520])
            self._on_figure(self.table.currentIndex())

    def _on_figure(self, index: QModelIndex) -> None:
        if index.isValid():
            self._show_curve(self.figures.figure(index.row()).name)

    def _show_curve(self, score: str) -> None:
        shown = self.comparison
        if self.plot is not None and shown is not None and score in shown.curves:
            lengths = (length_s(shown.left), length_s(shown.right))
            self.plot.show_curves(score, *shown.curves[score], shown.names, lengths)

    def _on_activated(self, index: QModelIndex) -> None:
        left = self.pairs.pair(index.row()).left
        if left:
            self.closed.emit()
            self.go.emit(left[0].t_start)
