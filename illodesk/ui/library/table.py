"""The table of conversations as a widget: columns that are remembered, sorting by header, cells that are drawn."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QStyle, QTableView, QWidget

from illodesk.ui.context import AppContext
from illodesk.ui.library.columns import COLUMNS, SortKey, heading, state_names
from illodesk.ui.library.conversations import Conversations
from illodesk.ui.library.delegates import CellDelegate, SparklineDelegate, StateDelegate, TagsDelegate
from illodesk.ui.library.sparklines import Sparklines

MEMORY = "library.columns"
TITLE = 0
BESIDE_STATE = 38
"""What a state has beside its word: icon and margins, px at the design's type size."""
TITLE_LEAST, TITLE_ALONE = 150, 110
"""How narrow the title becomes before a column is left out, and after all were; px at the design's type size."""


class Table(QTableView):
    """``sort_wanted`` tells what is to be sorted by; the model's order is what the header shows."""

    sort_wanted = Signal(str, bool)

    def __init__(self, context: AppContext, model: Conversations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._model = model
        self.sparklines = Sparklines(context, self)
        self.setModel(model)
        self.setAccessibleName(self.tr("Conversations"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # F2 is a command
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        theme = context.theme
        by_name: dict[str, CellDelegate] = {
            "tags": TagsDelegate(theme),
            "engagement": SparklineDelegate(theme, self.sparklines),
            "state": StateDelegate(theme),
        }
        for place, column in enumerate(COLUMNS):
            if column.name in by_name:
                self.setItemDelegateForColumn(place, by_name[column.name])
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        # A header looks through all selected rows for columns that are selected as a whole; here nobody selects those.
        header.setSelectionModel(QItemSelectionModel(model, header))
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setSortIndicatorShown(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._offer_columns)
        header.sectionClicked.connect(self.sort_by)
        self._own_widths = context.memory.restore(MEMORY, header) and header.count() == len(COLUMNS)
        self._own_title = self._own_widths and context.memory.get(f"{MEMORY}.title", False)
        self._fitting = False
        if not self._own_widths:
            for place, column in enumerate(COLUMNS):
                self.setColumnWidth(place, column.width)
                self.setColumnHidden(place, not column.shown)
        header.sectionResized.connect(self._on_resized)
        header.sectionMoved.connect(self._on_arranged)
        self.sparklines.came.connect(self.viewport().update)
        theme.changed.connect(self._renew)
        self._renew()
        self.show_order()

    def remember(self) -> None:
        """Keep the columns for the next start, where the user arranged them."""
        if self._own_widths:
            self._context.memory.keep(MEMORY, self.horizontalHeader())
            self._context.memory.set(f"{MEMORY}.title", self._own_title)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Share the room out among the columns, most of it to the title, which gives way first.

        Columns that find no room are left out. Widths that the user chose stay; the title takes what they leave, unless
        its own was chosen too.
        """
        if self._fitting:
            return
        self._fitting = True
        if not self._own_widths:
            self._share_out()
        elif not self._own_title:
            last = self._last_column()
            others = [self.columnWidth(place) for place in range(len(COLUMNS)) if place not in (TITLE, last)]
            room = self.viewport().width() - sum(others) - (self._needed(last) if last != TITLE else 0)
            self.setColumnWidth(TITLE, max(room, self._scaled(TITLE_LEAST)))
        self._fitting = False

    def _share_out(self) -> None:
        room, least = self.viewport().width(), self._scaled(TITLE_LEAST)
        shown = {place: self._needed(place) for place, column in enumerate(COLUMNS) if column.shown}
        for place in sorted(shown, key=lambda place: COLUMNS[place].leaves):
            if sum(shown.values()) - shown[TITLE] + least <= room:
                break
            if COLUMNS[place].leaves:
                del shown[place]
        spare = room - sum(shown.values())
        shares = sum(COLUMNS[place].share for place in shown)
        for place, column in enumerate(COLUMNS):
            self.setColumnHidden(place, place not in shown)
            if place in shown and spare >= 0:
                self.setColumnWidth(place, shown[place] + spare * column.share // shares)
            elif place in shown:
                alone = max(self._scaled(TITLE_ALONE), shown[place] + spare)
                self.setColumnWidth(place, alone if place == TITLE else shown[place])

    def _scaled(self, width: int) -> int:
        return round(width * max(1.0, self._context.theme.scale))

    def _needed(self, place: int) -> int:
        """How wide a column is at least, px: its heading can be read."""
        column, header = COLUMNS[place], self.horizontalHeader()
        unused = 0 if column.sort is not None else header.style().pixelMetric(QStyle.PixelMetric.PM_HeaderMarkSize)
        words = max(map(self.fontMetrics().horizontalAdvance, state_names().values())) if column.name == "state" else 0
        return max(
            self._scaled(column.width), header.sectionSizeHint(place) - unused, words + self._scaled(BESIDE_STATE)
        )

    def _last_column(self) -> int:
        header = self.horizontalHeader()
        places = [header.logicalIndex(at) for at in range(header.count())]
        return [place for place in places if not header.isSectionHidden(place)][-1]

    def _on_resized(self, section: int, before: int, now: int) -> None:
        hidden_or_shown = 0 in (before, now)  # which Qt tells only when it lays the header out again
        if not (self._fitting or hidden_or_shown) and section != self._last_column() and self.isVisible():
            self._own_widths = True
            self._own_title |= section == TITLE

    def _on_arranged(self) -> None:
        self._own_widths = True

    def show_order(self) -> None:
        """Let the header say what the rows are sorted by."""
        order = self._model.order
        place = next(place for place, column in enumerate(COLUMNS) if column.sort == order.sort)
        direction = Qt.SortOrder.DescendingOrder if order.descending else Qt.SortOrder.AscendingOrder
        self.horizontalHeader().setSortIndicator(place, direction)

    def rows(self) -> list[int]:
        """Rows that are selected, first to last."""
        selection = self.selectionModel().selection()
        parts = [selection.at(place) for place in range(selection.count())]
        return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})

    def select_row(self, row: int) -> None:
        """Select one row and look at it."""
        index = self._model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def rename(self) -> None:
        """Type another title into the row that is current."""
        self.edit(self._model.index(self.currentIndex().row(), 0))

    def columns_menu(self) -> QMenu:
        """The columns, ticked where they are shown. The title stays."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for place, column in enumerate(COLUMNS):
            action = menu.addAction(heading(column.name))
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.setEnabled(column.name != "title")
            action.toggled.connect(lambda shown, place=place: self._show_column(place, shown))
        return menu

    def _show_column(self, place: int, shown: bool) -> None:
        self._own_widths = True
        if shown:
            self.setColumnWidth(place, self._needed(place))
        self.setColumnHidden(place, not shown)
        self._fit()

    def _offer_columns(self, at: QPoint) -> None:
        self.columns_menu().popup(self.horizontalHeader().mapToGlobal(at))

    def sort_by(self, place: int) -> None:
        """Sort by a column, the other way round if it is sorted by already."""
        sort: SortKey | None = COLUMNS[place].sort
        if sort is None:
            self.show_order()
            return
        order = self._model.order
        first_down = sort in ("created_at", "recorded_at")
        self.sort_wanted.emit(sort, not order.descending if order.sort == sort else first_down)

    def _renew(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._context.theme.pixels("base") + 21)
        self._fit()
        self.viewport().update()
