"""One lane on the screen: its header, its strip, and the edge by which its height is changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from illodesk.ui.plain import tip
from illodesk.ui.review.lanes.drawing import elided, paint_words
from illodesk.ui.review.lanes.lane import HIGHEST_PX, LOWEST_PX, Lane, Mark, View
from illodesk.ui.review.strip import Pointer, TimeStrip
from illodesk.ui.theme import Theme
from illodesk.ui.words import isolated

EDGE_PX = 4
GRIP_PX = 16
EYE_PX = 18
STEP_PX = 8


class LaneStrip(TimeStrip):
    """Shows what a lane paints."""

    def __init__(self, lane: Lane, pointer: Pointer, theme: Theme) -> None:
        super().__init__(pointer, theme)
        self.show_lane(lane)

    def show_lane(self, lane: Lane) -> None:
        """Show another lane, or another state of it."""
        self.lane = lane
        self.setAccessibleName(lane.name())
        self.renew()

    def view(self) -> View:
        """The stretch and the room that the lane has now."""
        axis = self.pointer.axis
        return View(axis.start_s, axis.end_s, self.width(), self.height(), self.devicePixelRatioF(), self.theme)

    def paint_contents(self, painter: QPainter) -> None:
        view = self.view()
        words = self.lane.instead(view)
        if words:
            paint_words(painter, view, words)
            return
        self._paint_grid(painter)
        self.lane.paint(painter, view)

    def _paint_grid(self, painter: QPainter) -> None:
        painter.setPen(QPen(self.theme.colour("grid"), 1))
        for t in self.pointer.axis.ticks(self.width())[1]:
            x = round(self.x_of(t))
            painter.drawLine(x, 0, x, self.height())

    def words_at(self, t: float) -> str:
        return "" if self.lane.instead(self.view()) else self.lane.read_out(t)


class LaneHeader(QWidget):
    """Name, unit and scale of a lane; the grip that moves it, the eye that hides it. Alt+Up and Alt+Down move it."""

    moved = Signal(int)
    dragged = Signal(QPoint)
    hidden = Signal()
    heightened = Signal(int)
    menu = Signal(QPoint)

    def __init__(self, lane: Lane, theme: Theme) -> None:
        super().__init__()
        self.lane = lane
        self._theme = theme
        self._gripped = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleDescription(
            self.tr("Alt+Up and Alt+Down move it, Alt+Shift+Up and Alt+Shift+Down change its height, Delete hides it.")
        )
        self.eye = QToolButton(self)
        self.eye.setFixedSize(EYE_PX, EYE_PX)
        self.eye.setIconSize(QSize(14, 14))
        self.eye.setAutoRaise(True)
        self.eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.eye.clicked.connect(self.hidden)
        self.eye.hide()
        theme.changed.connect(self.renew)
        self.renew()
        self.show_lane(lane)

    def show_lane(self, lane: Lane) -> None:
        """Name another state of the lane."""
        self.lane = lane
        name = isolated(lane.name())
        self.setAccessibleName(self.tr("Lane {name}").format(name=name))
        self.eye.setAccessibleName(self.tr("Hide {name}").format(name=name))
        self.eye.setToolTip(tip(self.tr("Hide {name}").format(name=name)))
        self.setToolTip(
            tip(self.tr("{name}: drag the grip to move it, its lower edge to change its height").format(name=name))
        )
        self.update()

    def renew(self) -> None:
        """Take sizes and colours of another theme."""
        self.setFixedWidth(self._theme.size("lane_header"))
        self.eye.setIcon(self._theme.icon("eye", "secondary"))
        self.update()

    def resizeEvent(self, event: object) -> None:  # noqa: ARG002, N802
        self.eye.move(self.width() - EYE_PX - 30, 2)

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("background"))
        if self.underMouse() or self.hasFocus():
            self._theme.icon("grip", "secondary").paint(painter, QRect(1, self._middle() - 8, 14, 16))
        rows = self.lane.rows(self._theme)
        if rows:
            self._paint_rows(painter, rows)
        else:
            self._paint_name(painter)
            self._paint_scale(painter)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    def _middle(self) -> int:
        return self.height() // 2

    def _paint_name(self, painter: QPainter) -> None:
        unit = self.lane.unit if self.height() >= 40 else ""
        font = self._theme.font("caption", bold=True)
        line = self._theme.pixels("caption") + 4
        top = (self.height() - line * (2 if unit else 1)) / 2
        shown = [(self.lane.name(), font, "text", top)]
        if unit:
            shown.append((unit, self._theme.font("caption"), "secondary", top + line))
        for words, font_, token, y in shown:
            box = QRectF(GRIP_PX, y, self.width() - GRIP_PX - 4, line)
            taken = [mark for mark in self._marks() if mark.intersects(box)]
            box.setRight(min((mark.left() - 2 for mark in taken), default=box.right()))
            painter.setFont(font_)
            painter.setPen(self._theme.colour(token))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(words, font_, box.width()))

    def _marks(self) -> list[QRectF]:
        """Where the labels of the scale stand."""
        metrics = QFontMetrics(self._theme.font("caption", tabular=True))
        return [
            QRectF(self.width() - 4 - metrics.horizontalAdvance(mark.text), top, 4, height)
            for mark, top, height in self._placed_marks()
        ]

    def _placed_marks(self) -> list[tuple[Mark, float, float]]:
        """Labels of the scale that have room, with their top and height."""
        line = self._theme.pixels("caption") + 2
        marks = self.lane.marks(self._theme) if self.height() >= 2 * line else []
        if self.height() < 3 * line + 4:
            marks = [mark for mark in marks if mark.place in (0.0, 1.0)]
        return [(mark, 1 + mark.place * (self.height() - line - 2), line) for mark in marks]

    def _paint_scale(self, painter: QPainter) -> None:
        painter.setFont(self._theme.font("caption", tabular=True))
        for mark, top, height in self._placed_marks():
            painter.setPen(mark.colour or self._theme.colour("secondary"))
            box = QRectF(self.width() - 34, top, 30, height)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, mark.text)

    def _paint_rows(self, painter: QPainter, rows: list[Mark]) -> None:
        high = self.height() / len(rows)
        if high < self._theme.pixels("caption"):
            self._paint_name(painter)
            return
        font = self._theme.font("caption", bold=True)
        painter.setFont(font)
        for mark in rows:
            box = QRectF(GRIP_PX, mark.place * self.height() - high / 2, self.width() - GRIP_PX - 6, high)
            painter.setPen(mark.colour or self._theme.colour("text"))
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(mark.text, font, box.width()))

    # --- hands and keys ---------------------------------------------------------------------------------------------

    def enterEvent(self, event: object) -> None:  # noqa: ARG002, N802
        self.eye.show()
        self.update()

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002, N802
        self.eye.setVisible(self.hasFocus())
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.eye.show()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.eye.setVisible(self.underMouse())
        super().focusOutEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._gripped = event.button() == Qt.MouseButton.LeftButton
        if self._gripped:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._gripped:
            self.dragged.emit(event.globalPosition().toPoint())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802
        self._gripped = False
        self.unsetCursor()

    def event(self, event: QEvent) -> bool:
        """Take the keys that arrange the lane from the page's commands."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            if event.key() == Qt.Key.Key_Delete or (alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down)):
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if alt and step is not None:
            if shift:
                self.heightened.emit(step * STEP_PX)
            else:
                self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.hidden.emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        self.menu.emit(event.globalPos())


class LaneEdge(QWidget):
    """The lower edge of a lane: dragging it changes the height."""

    dragged = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._from: int | None = None
        self.setFixedHeight(EDGE_PX)
        self.setCursor(Qt.CursorShape.SplitVCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002, N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("background"))
        painter.fillRect(0, self.height() // 2, self.width(), 1, self._theme.colour("border"))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._from = round(event.globalPosition().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._from is not None:
            now = round(event.globalPosition().y())
            self.dragged.emit(now - self._from)
            self._from = now

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802
        self._from = None


class LaneRow(QWidget):
    """Header, strip and edge. ``resized`` tells the height that the user gave it."""

    resized = Signal(int)

    def __init__(self, lane: Lane, strip: LaneStrip, theme: Theme, height: int) -> None:
        super().__init__()
        self.lane = lane
        self.header = LaneHeader(lane, theme)
        self.strip = strip
        self.edge = LaneEdge(theme)
        self._height = height
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.header)
        beside.addWidget(self.strip, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(beside)
        layout.addWidget(self.edge)
        self.edge.dragged.connect(self.grow)
        self.header.heightened.connect(self.grow)
        self.set_lane_height(height)

    @property
    def lane_height(self) -> int:
        """Height of the lane without its edge, px."""
        return self._height

    def set_lane_height(self, height: int) -> None:
        """Give the lane a height within the limits."""
        self._height = min(max(height, LOWEST_PX), HIGHEST_PX)
        self.setFixedHeight(self._height + EDGE_PX)

    def grow(self, more: int) -> None:
        """Make the lane higher, or with a negative number lower."""
        self.set_lane_height(self._height + more)
        self.resized.emit(self._height)

    def show_lane(self, lane: Lane) -> None:
        """Show another state of the same lane."""
        self.lane = lane
        self.header.show_lane(lane)
        self.strip.show_lane(lane)
