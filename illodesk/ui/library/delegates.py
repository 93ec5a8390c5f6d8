"""Cells of the table that are more than a line of text: tags as chips, the sparkline, the state."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from illodesk.desk import Conversation
from illodesk.ui.library.columns import STATE_ICONS, state_names
from illodesk.ui.library.conversations import ConversationRole, ProgressRole
from illodesk.ui.library.sparklines import Curve, Sparklines
from illodesk.ui.theme import Theme
from illodesk.ui.words import percent

Index = QModelIndex | QPersistentModelIndex
MARGIN = 6


class CellDelegate(QStyledItemDelegate):
    """Draws the cell's ground as every other cell has it, then what the subclass has to say."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        # The ground alone: filling in the option would ask the model for eight things that no such cell has.
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget)
        conversation = index.data(ConversationRole)
        if conversation is not None:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self.draw(painter, option.rect.adjusted(MARGIN, 0, -MARGIN, 0), conversation, index)
            painter.restore()

    def draw(self, painter: QPainter, room: QRect, conversation: Conversation, index: Index) -> None:
        """Draw the content of one cell."""
        raise NotImplementedError


class TagsDelegate(CellDelegate):
    """As many tags as find room, each a chip; then how many there are beside."""

    def draw(self, painter: QPainter, room: QRect, conversation: Conversation, index: Index) -> None:  # noqa: ARG002
        font = self.theme.font("caption")
        painter.setFont(font)
        metrics = QFontMetrics(font)
        height, left = metrics.height() + 4, room.left()
        for place, tag in enumerate(conversation.tags):
            rest = len(conversation.tags) - place - 1
            more = f"+{rest}" if rest else ""
            free = room.right() - left - (metrics.horizontalAdvance(f"+{rest}") + 6 if rest else 0)
            if free < 28:
                more = f"+{rest + 1}"
                painter.setPen(self.theme.colour("secondary"))
                painter.drawText(
                    QRect(left, room.top(), room.right() - left, room.height()), Qt.AlignmentFlag.AlignVCenter, more
                )
                return
            words = metrics.elidedText(tag, Qt.TextElideMode.ElideRight, min(free - 12, 140))
            chip = QRectF(
                left, room.center().y() - height / 2 + 0.5, metrics.horizontalAdvance(words) + 12, height
            ).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.setPen(QPen(self.theme.colour("control_border"), 1))
            painter.setBrush(self.theme.colour("background"))
            painter.drawRoundedRect(chip, 4, 4)
            painter.setPen(self.theme.colour("text"))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, words)
            left += int(chip.width()) + 5


class SparklineDelegate(CellDelegate):
    """Engagement over the conversation, 0 at the bottom and 1 at the top; gaps where nothing is known."""

    def __init__(self, theme: Theme, sparklines: Sparklines) -> None:
        super().__init__(theme)
        self._sparklines = sparklines

    def draw(self, painter: QPainter, room: QRect, conversation: Conversation, index: Index) -> None:  # noqa: ARG002
        curve = self._sparklines.curve(conversation)
        area = QRectF(room).adjusted(0, 7, 0, -7)
        painter.setPen(QPen(self.theme.colour("grid"), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        if curve is None or not np.isfinite(curve).any():
            return
        painter.setPen(QPen(self.theme.colour("engagement"), 1.4))
        for points in stretches(curve, area):
            if len(points) == 1:
                painter.drawPoint(points[0])
            else:
                painter.drawPolyline(QPolygonF(points))


def stretches(curve: Curve, area: QRectF) -> list[list[QPointF]]:
    """The curve in an area, as one line of points for every stretch without a gap."""
    step = area.width() / max(1, len(curve) - 1)
    lines: list[list[QPointF]] = [[]]
    for place, value in enumerate(curve.tolist()):
        if np.isfinite(value):
            inside = min(max(value, 0.0), 1.0)
            lines[-1].append(QPointF(area.left() + step * place, area.bottom() - inside * area.height()))
        elif lines[-1]:
            lines.append([])
    return [line for line in lines if line]


class StateDelegate(CellDelegate):
    """Icon and word; while it is analysed, a bar and per cent."""

    def draw(self, painter: QPainter, room: QRect, conversation: Conversation, index: Index) -> None:
        icon, token = STATE_ICONS[conversation.state]
        side = round(16 * max(1.0, self.theme.scale))
        self.theme.icon(icon, token).paint(painter, room.left(), room.center().y() - side // 2, side, side)
        words = room.adjusted(side + 6, 0, 0, 0)
        text = state_names()[conversation.state]
        progress = index.data(ProgressRole)
        if progress is not None:
            fraction, stage = progress
            text = stage if fraction is None else percent(fraction)
            bar = QRectF(words.left(), words.bottom() - 6, words.width(), 3)
            painter.fillRect(bar, self.theme.colour("grid"))
            painter.fillRect(
                QRectF(bar.left(), bar.top(), bar.width() * (fraction or 0.0), 3), self.theme.colour("accent")
            )
        painter.setFont(self.theme.font("base"))
        painter.setPen(self.theme.colour("text"))
        fitting = QFontMetrics(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)
