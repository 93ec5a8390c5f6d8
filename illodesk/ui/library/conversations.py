"""The table of conversations as a model: it knows how many there are and reads only the pages that are looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from illodesk.desk import Conversation, Desk, Filter
from illodesk.ui.context import AppContext
from illodesk.ui.library.columns import COLUMNS, SortKey, cell, heading
from illodesk.ui.plain import tip
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task

PAGE = 100
HELD_PAGES = 30
"""Pages that stay in memory: 3,000 conversations."""
AT_ONCE = 2
"""Pages that one reading takes at most; those asked for earlier have been scrolled past."""
WAIT_MS = 25
"""How long scrolling must rest; whoever drags the bar through the library looks at nothing until it does."""

ConversationRole = Qt.ItemDataRole.UserRole
ProgressRole = Qt.ItemDataRole.UserRole + 1
"""(0..1 or None, stage) of a conversation that the queue is analysing now."""

Index = QModelIndex | QPersistentModelIndex

# Made once: views ask for the flags of every cell that they draw, and putting flags together is slow in Python.
READ_ONLY = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
EDITABLE = READ_ONLY | Qt.ItemFlag.ItemIsEditable
ROWS_MOVE = QAbstractTableModel.LayoutChangeHint.VerticalSortHint
HINTED = "QList<QPersistentModelIndex>,QAbstractItemModel::LayoutChangeHint"
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True)
class Order:
    """What is listed, and in which order."""

    filter: Filter = field(default_factory=Filter)
    sort: SortKey = "created_at"
    descending: bool = True

    def read(self, desk: Desk, offset: int, limit: int = PAGE) -> list[Conversation]:
        """Some rows, not in the GUI thread."""
        return desk.conversations(limit, offset, self.sort, self.filter, descending=self.descending)


@dataclass(frozen=True)
class Reading:
    """What was read of the library for an order: its count, where that was asked, and pages by their number."""

    order: Order
    count: int | None
    pages: dict[int, list[Conversation]]


def read_pages(desk: Desk, order: Order, pages: Sequence[int], counted: bool) -> Reading:
    """Read pages; in a task."""
    count = desk.count(order.filter) if counted else None
    return Reading(order, count, {page: order.read(desk, page * PAGE) for page in pages})


def read_ids(desk: Desk, order: Order, rows: Sequence[int]) -> list[str]:
    """The ids of single rows, which may be all; in a task."""
    ids = desk.conversation_ids(order.sort, order.filter, descending=order.descending)
    return [ids[row] for row in rows if row < len(ids)]


def read_rows(desk: Desk, order: Order, rows: Sequence[int]) -> list[Conversation]:
    """Read single rows, which may be many, thousand at a time; in a task."""
    step, found = 1000, []
    for block in sorted({row // step for row in rows}):
        read = order.read(desk, block * step, step)
        wanted = (row - block * step for row in rows if row // step == block)
        found += [read[place] for place in wanted if place < len(read)]
    return found


class Conversations(QAbstractTableModel):
    """Rows are read in pages when a view asks for them; until they come a row is empty.

    ``counted`` tells that the number of rows was read anew. Selected rows stay selected by conversation when what is
    listed changes.
    """

    counted = Signal()
    rename_wanted = Signal(object, str)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.order = Order()
        self._count = 0
        self._pages: OrderedDict[int, list[Conversation]] = OrderedDict()
        self._wanted: dict[int, None] = {}
        self._reading: Task | None = None
        self._refreshing: Task | None = None
        self._progress: dict[str, tuple[float | None, str]] = {}
        self._stopped = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._read)

    # --- what views ask ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        conversation = self.at(index.row())
        if conversation is None:
            return None
        name = COLUMNS[index.column()].name
        if role == ConversationRole:
            return conversation
        if role == ProgressRole:
            return self._progress.get(conversation.id)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return cell(conversation, name)
        if role == Qt.ItemDataRole.ToolTipRole:
            trouble = trouble_words(conversation.error) if name == "state" else ""
            return tip(trouble or cell(conversation, name))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{heading(name)}: {cell(conversation, name)}"
        if role == Qt.ItemDataRole.TextAlignmentRole and name == "length":
            return RIGHT
        if role == Qt.ItemDataRole.FontRole and name in ("added", "recorded", "length"):
            return self._context.theme.font("base", tabular=True)
        return None

    def headerData(  # noqa: N802
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return heading(COLUMNS[section].name)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if COLUMNS[index.column()].name == "title" and not self.order.filter.trashed:
            return EDITABLE
        return READ_ONLY

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:  # noqa: N802
        """A new title typed into the table; it is kept elsewhere, and read again from there."""
        conversation = self.at(index.row())
        title = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or conversation is None or title in ("", conversation.title):
            return False
        self.rename_wanted.emit(conversation, title)
        return True

    def at(self, row: int) -> Conversation | None:
        """The conversation of a row; None until it was read, which this asks for."""
        page = row // PAGE
        rows = self._pages.get(page)
        if rows is None:
            if page not in self._wanted:
                self._wanted[page] = None
                if not self._stopped:
                    self._soon.start()
            return None
        self._pages.move_to_end(page)
        return rows[row % PAGE] if row % PAGE < len(rows) else None

    def row_of(self, conversation_id: str) -> int | None:
        """The row of a conversation, among those in memory."""
        for page, rows in self._pages.items():
            for place, conversation in enumerate(rows):
                if conversation.id == conversation_id:
                    return page * PAGE + place
        return None

    def when_known(self, rows: Iterable[int], done: Callable[[list[str]], object]) -> None:
        """Hand over the ids of the conversations of rows: now where they are in memory, else when they were read."""
        wanted = sorted(rows)
        held = [
            page[row % PAGE].id for row in wanted if (page := self._pages.get(row // PAGE)) and row % PAGE < len(page)
        ]
        if len(held) == len(wanted):
            done(held)
        else:
            self._context.tasks.run(read_ids, self._context.desk, self.order, wanted, done=done)

    def when_read(self, rows: Iterable[int], done: Callable[[list[Conversation]], object]) -> None:
        """Hand over the conversations of rows: now where they are in memory, else when they were read."""
        wanted = sorted(rows)
        held = [self._pages.get(row // PAGE) for row in wanted]
        if all(page is not None and row % PAGE < len(page) for row, page in zip(wanted, held, strict=True)):
            done([page[row % PAGE] for row, page in zip(wanted, held, strict=True) if page is not None])
        else:
            self._context.tasks.run(read_rows, self._context.desk, self.order, wanted, done=done)

    # --- reading ----------------------------------------------------------------------------------------------------

    def list_by(self, order: Order) -> None:
        """List something else, or in another order."""
        if order != self.order:
            self.order = order
            self._read_anew([0])

    def refresh(self) -> None:
        """Read again what is in memory, because the library changed."""
        self._read_anew(list(self._pages)[-AT_ONCE:] or [0])

    def stop(self) -> None:
        """Read nothing more: the app ends."""
        self._stopped = True
        self._soon.stop()
        for task in (self._refreshing, self._reading):
            if task is not None:
                task.cancel()

    def _read_anew(self, pages: list[int]) -> None:
        for task in (self._refreshing, self._reading):
            if task is not None:
                task.cancel()
        self._reading = None
        self._refreshing = self._context.tasks.run(
            read_pages,
            self._context.desk,
            self.order,
            pages,
            True,
            done=self._on_read_anew,
            failed=self._on_unread,
        )

    def _on_read_anew(self, reading: Reading) -> None:
        """Put the new rows in place of the old; what is selected goes along with its conversation."""
        self._refreshing = None
        if reading.order != self.order or reading.count is None:
            return
        self._soon.stop()
        self._wanted.clear()
        before = {page * PAGE + place: c.id for page, held in self._pages.items() for place, c in enumerate(held)}
        same_count = reading.count == self._count
        self._resize(reading.count)
        # Said to be rows that move, the views remember one index for each that is selected, not one for each cell.
        self.layoutAboutToBeChanged[HINTED].emit([], ROWS_MOVE)  # type: ignore[index]
        self._pages = OrderedDict(sorted(reading.pages.items()))
        rows = {c.id: page * PAGE + place for page, found in reading.pages.items() for place, c in enumerate(found)}
        held = self.persistentIndexList()
        # Where all are selected all stay so, in whatever order: most of them are not in memory to be found again.
        everything = same_count and len({index.row() for index in held}) == reading.count
        for index in [] if everything else held:
            row = rows.get(before.get(index.row(), ""), -1)
            self.changePersistentIndex(index, self.index(row, index.column()) if row >= 0 else QModelIndex())
        self.layoutChanged[HINTED].emit([], ROWS_MOVE)  # type: ignore[index]
        self.counted.emit()

    def _resize(self, count: int) -> None:
        if count > self._count:
            self.beginInsertRows(QModelIndex(), self._count, count - 1)
            self._count = count
            self.endInsertRows()
        elif count < self._count:
            self.beginRemoveRows(QModelIndex(), count, self._count - 1)
            self._count = count
            self.endRemoveRows()

    def _read(self) -> None:
        if self._reading is not None or self._refreshing is not None or not self._wanted:
            return
        pages = list(self._wanted)[-AT_ONCE:]
        self._wanted.clear()
        self._reading = self._context.tasks.run(
            read_pages, self._context.desk, self.order, pages, False, done=self._on_read, failed=self._on_unread
        )

    def _on_read(self, reading: Reading) -> None:
        self._reading = None
        if reading.order == self.order:
            self._pages.update(reading.pages)
            for page in reading.pages:
                self._pages.move_to_end(page)
                last = min((page + 1) * PAGE, self._count) - 1
                self.dataChanged.emit(self.index(page * PAGE, 0), self.index(last, len(COLUMNS) - 1))
            while len(self._pages) > HELD_PAGES:
                self._pages.popitem(last=False)
        self._read()

    def _on_unread(self, error: Exception) -> None:
        self._reading = self._refreshing = None
        self._context.notices.error(error, key="library")

    # --- what the queue says ----------------------------------------------------------------------------------------

    def set_progress(self, conversation_id: str, progress: tuple[float | None, str] | None) -> None:
        """Show how far an analysis is; None: it is over."""
        if progress is None:
            self._progress.pop(conversation_id, None)
        else:
            self._progress[conversation_id] = progress
        row = self.row_of(conversation_id)
        if row is not None:
            state = next(place for place, column in enumerate(COLUMNS) if column.name == "state")
            self.dataChanged.emit(self.index(row, state), self.index(row, state))
