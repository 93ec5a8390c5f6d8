"""The two transcripts in rows; words that differ are marked. Drawn only where they are seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from illodesk.schema import Utterance
from illodesk.ui.review.compare.alignment import Pair, Spans, differences, text_of
from illodesk.ui.review.rows import span
from illodesk.ui.review.wording import exact_clock
from illodesk.ui.theme import Theme
from illodesk.ui.words import isolated

PAIR = Qt.ItemDataRole.UserRole
GAP = 16
PAD = 5

Index = QModelIndex | QPersistentModelIndex
Naming = Callable[[Utterance], str]


class PairModel(QAbstractListModel):
    """Rows of a comparison; only those that differ when asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: Sequence[Pair] = ()
        self._shown: list[Pair] = []
        self._only_other = False

    def show_pairs(self, pairs: Sequence[Pair]) -> None:
        """Show these rows."""
        self._all = pairs
        self._renew()

    def show_only_other(self, on: bool) -> None:
        """Leave out the rows in which both say the same."""
        self._only_other = on
        self._renew()

    def _renew(self) -> None:
        self.beginResetModel()
        self._shown = [pair for pair in self._all if not self._only_other or not pair.same]
        self.endResetModel()

    def pair(self, row: int) -> Pair:
        return self._shown[row]

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        pair = self._shown[index.row()]
        if role == PAIR:
            return pair
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{text_of(pair.left) or '–'} | {text_of(pair.right) or '–'}"
        return None


class PairDelegate(QStyledItemDelegate):
    """Draws a row: time, left text, right text. ``names`` give each side's speakers as people know them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names: tuple[Naming, Naming] = (lambda u: u.speaker, lambda u: u.speaker)
        self._heights: dict[tuple[int, int], int] = {}
        theme.changed.connect(self._heights.clear)

    def set_names(self, left: Naming, right: Naming) -> None:
        """Other results: forget what was measured."""
        self._names = (left, right)
        self._heights.clear()

    def _text(self, side: int, utterances: Sequence[Utterance]) -> str:
        return "\n".join(self._head(side, u) + u.text for u in utterances)

    def _head(self, side: int, utterance: Utterance) -> str:
        return f"{exact_clock(utterance.t_start)}  {isolated(self._names[side](utterance))}: "

    def _width(self, width: int) -> int:
        return max((width - 3 * GAP) // 2, 60)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        assert isinstance(option.widget, QListView)
        width = option.rect.width() or option.widget.viewport().width()
        pair: Pair = index.data(PAIR)
        key = (id(pair), width)
        if key not in self._heights:
            metrics = QFontMetrics(self._theme.font("base"))
            box = QRect(0, 0, self._width(width), 100_000)
            flags = Qt.TextFlag.TextWordWrap
            heights = [
                metrics.boundingRect(box, flags, self._text(side, utterances)).height()
                for side, utterances in ((0, pair.left), (1, pair.right))
            ]
            self._heights[key] = max(*heights, metrics.lineSpacing()) + 2 * PAD
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, rect = self._theme, option.rect
        pair: Pair = index.data(PAIR)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("selected"))
        elif not pair.same:
            painter.fillRect(rect, theme.colour("hover"))
        width = self._width(rect.width())
        marks = ([], []) if pair.same_words else differences(text_of(pair.left), text_of(pair.right))
        for side, utterances in ((0, pair.left), (1, pair.right)):
            x = rect.left() + GAP + side * (width + GAP)
            place = QPointF(x, rect.top() + PAD)
            self._paint_side(painter, place, width, side, utterances, marks[side], pair.other_speakers)
        painter.setPen(theme.colour("border"))
        middle = rect.left() + GAP + width + GAP // 2
        painter.drawLine(middle, rect.top(), middle, rect.bottom())
        painter.restore()

    def _paint_side(
        self,
        painter: QPainter,
        at: QPointF,
        width: int,
        side: int,
        utterances: Sequence[Utterance],
        marks: Spans,
        other_speakers: bool,
    ) -> None:
        theme = self._theme
        other = QTextCharFormat()
        other.setFontUnderline(True)
        other.setForeground(theme.speaker(side))
        name = QTextCharFormat()
        name.setForeground(theme.colour("secondary"))
        y, seen = at.y(), 0
        for utterance in utterances:
            head = self._head(side, utterance)
            text = QTextLayout(head + utterance.text, theme.font("base"))
            option = QTextOption()
            option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
            text.setTextOption(option)
            formats = [span(0, len(head), name)]
            if other_speakers:
                formats.append(span(head.index("  ") + 2, len(head) - 2, other))
            for start, end in marks:
                if seen <= start < seen + len(utterance.text):
                    formats.append(span(start - seen + len(head), end - seen + len(head), other))
            text.setFormats(formats)
            text.beginLayout()
            height = 0.0
            while (line := text.createLine()).isValid():
                line.setLineWidth(width)
                line.setPosition(QPointF(0, height))
                height += line.height()
            text.endLayout()
            painter.setPen(theme.colour("text"))
            text.draw(painter, QPointF(at.x(), y))
            y += height
            seen += len(utterance.text) + 1
