"""What was said, found while it is typed: hits grouped by conversation."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from illodesk.desk import Filter, Hit, Noted
from illodesk.ui.context import AppContext
from illodesk.ui.tasks import Task
from illodesk.ui.theme import Theme
from illodesk.ui.words import clock, speaker_name

FIRST, MORE, MOST = 50, 4, 800
"""Hits that are read at first; how many times as many for 'more'; and the most."""
WAIT_MS = 40
"""How long typing must rest."""
HitRole = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Group:
    """The heading above the hits of one conversation."""

    conversation_id: str
    title: str
    hits: int


class Hits(QAbstractListModel):
    """Groups and hits in one list. ``found`` tells that hits of the newest query are there.

    What was said is looked into first, and shown while titles and notes are: that takes longer in a large library.
    """

    found = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._rows: list[Group | Hit | Noted] = []
        self._query = ""
        self._wanted = Filter()
        self._limit = FIRST
        self._task: Task | None = None
        self.error = ""
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT_MS)
        self._rest.timeout.connect(self._search)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == HitRole:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if isinstance(row, Group):
                return self.tr("{title}, hits: {n}").format(title=row.title, n=row.hits)
            if isinstance(row, Noted):
                return f"{place_name(row)}: {row.snippet}"
            return f"{clock(row.t_start)} {speaker_name(row.speaker)}: {row.snippet}"
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Group):
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    @property
    def hits(self) -> list[Hit]:
        """The hits in what was said, without headings."""
        return [row for row in self._rows if isinstance(row, Hit)]

    @property
    def count(self) -> int:
        """How many hits there are, those in titles and notes too."""
        return len(self._rows) - self.groups

    @property
    def groups(self) -> int:
        """In how many conversations they are."""
        return sum(isinstance(row, Group) for row in self._rows)

    @property
    def query(self) -> str:
        """What is looked for."""
        return self._query

    @property
    def searching(self) -> bool:
        """Whether the hits of the newest query are still to come."""
        return self._rest.isActive() or self._task is not None

    @property
    def restricted(self) -> bool:
        """Whether filters leave conversations out."""
        return self._wanted != Filter()

    @property
    def more_there(self) -> bool:
        """Whether there may be hits that are not shown."""
        return len(self.hits) >= self._limit and self._limit < MOST

    def look_for(self, query: str) -> None:
        """Find something else as soon as typing rests; what was looked for before is dropped."""
        if query.strip() == self._query:
            return
        self.stop()
        self._query, self._limit = query.strip(), FIRST
        if self._query:
            self._rest.start()
        else:
            self._show([], [])

    def look_among(self, wanted: Filter) -> None:
        """Find the same in other conversations: those that a filter lets through."""
        if wanted == self._wanted:
            return
        self._wanted, self._limit = wanted, FIRST
        if self._query:
            self.stop()
            self._rest.start()

    def show_more(self) -> None:
        """Read more hits of the same query."""
        self._limit = min(self._limit * MORE, MOST)
        self._search()

    def stop(self) -> None:
        """Look for nothing more."""
        self._rest.stop()
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _search(self) -> None:
        if self._task is not None:
            self._task.cancel()
        desk, what = self._context.desk, (self._query, self._limit, self._wanted)
        self._task = self._context.tasks.run(
            desk.search, *what, done=partial(self._look_further, what), failed=self._on_failed
        )

    def _look_further(self, what: tuple[str, int, Filter], hits: list[Hit]) -> None:
        self._task = self._context.tasks.run(
            self._context.desk.search_notes, *what, done=partial(self._on_noted, hits), failed=self._on_failed
        )
        if hits:
            self._show([], hits)

    def _on_noted(self, hits: list[Hit], noted: list[Noted]) -> None:
        self._task = None
        self._show(noted, hits)

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self._show([], [])
        self._context.notices.error(error, key="search")

    def _show(self, noted: list[Noted], hits: list[Hit]) -> None:
        groups: dict[str, list[Hit | Noted]] = {}
        rows: list[Hit | Noted] = [*noted, *hits]
        for row in rows:
            groups.setdefault(row.conversation_id, []).append(row)
        self.beginResetModel()
        self._rows = []
        for conversation_id, own in groups.items():
            self._rows += [Group(conversation_id, own[0].title, len(own)), *own]
        self.endResetModel()
        self.found.emit()


class HitDelegate(QStyledItemDelegate):
    """A heading, or time, speaker and snippet with the words that were found in bold on a ground of their own."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802
        tall = isinstance(index.data(HitRole), Group)
        return QSize(200, self._theme.pixels("base") + (26 if tall else 16))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(HitRole)
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        if not isinstance(row, Group):
            style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        room = option.rect.adjusted(12, 0, -12, 0)
        if isinstance(row, Group):
            self._draw_group(painter, room, row)
        else:
            self._draw_hit(painter, room, row)
        painter.restore()

    def _draw_group(self, painter: QPainter, room: QRect, group: Group) -> None:
        painter.setPen(self._theme.colour("text"))
        painter.setFont(self._theme.font("base", bold=True))
        line = room.adjusted(0, 8, 0, 0)
        align = Qt.AlignmentFlag.AlignVCenter
        width = line.width() - 60
        title = painter.fontMetrics().elidedText(group.title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(line, align, title)
        left = painter.fontMetrics().horizontalAdvance(title) + 10
        painter.setFont(self._theme.font("caption"))
        painter.setPen(self._theme.colour("secondary"))
        painter.drawText(line.adjusted(left, 0, 0, 0), align, str(group.hits))

    def _draw_hit(self, painter: QPainter, room: QRect, hit: Hit | Noted) -> None:
        align = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._theme.font("base", tabular=True))
        painter.setPen(self._theme.colour("accent_text"))
        scale = max(1.0, self._theme.scale)
        time, speaker = round(64 * scale), round(110 * scale)
        if isinstance(hit, Hit):
            painter.drawText(QRect(room.left(), room.top(), time, room.height()), align, clock(hit.t_start))
        painter.setPen(self._theme.colour("secondary"))
        source = speaker_name(hit.speaker) if isinstance(hit, Hit) else place_name(hit)
        name = painter.fontMetrics().elidedText(source, Qt.TextElideMode.ElideRight, speaker - 10)
        painter.drawText(QRect(room.left() + time, room.top(), speaker, room.height()), align, name)
        snippet = room.adjusted(time + speaker, 0, 0, 0)
        layout = QTextLayout(hit.snippet.replace("\n", " "), self._theme.font("base"))
        marked = QTextCharFormat()
        marked.setFontWeight(QFont.Weight.Bold)
        marked.setBackground(self._theme.colour("selected"))
        formats, places = [], [(utf16(hit.snippet, start), utf16(hit.snippet, end)) for start, end in hit.highlights]
        for start, end in places:
            piece = QTextLayout.FormatRange()
            piece.start, piece.length, piece.format = start, end - start, marked
            formats.append(piece)
        layout.setFormats(formats)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(100_000)
        layout.endLayout()
        hidden = 0.0  # a snippet that is too long is shown from before its first hit
        if places and line.naturalTextWidth() > snippet.width():
            hidden = max(0.0, min(cursor_x(line, places[0][0]) - snippet.width() / 3, line.naturalTextWidth()))
        painter.setClipRect(snippet)
        painter.setPen(self._theme.colour("text"))
        layout.draw(painter, QPointF(snippet.left() - hidden, snippet.top() + (snippet.height() - line.height()) / 2))


def place_name(noted: Noted) -> str:
    """Where a conversation has what was found, besides in what was said."""
    translate = QCoreApplication.translate
    return translate("Hits", "Title") if noted.where == "title" else translate("Hits", "Notes")


def utf16(text: str, place: int) -> int:
    """A place in a Python string as Qt counts it."""
    return len(text[:place].encode("utf-16-le")) // 2


def cursor_x(line: QTextLine, place: int) -> float:
    """Where a character of a line begins, px."""
    found: Any = line.cursorToX(place)
    return float(found[0] if isinstance(found, tuple) else found)
