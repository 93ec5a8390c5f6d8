"""A strip along the time axis: what is painted once for a view, and what moves over it.

The contents are kept as a picture. Crosshair, playhead and selection are drawn over it, so that a moving playhead
copies a few columns of pixels and paints nothing again.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from illodesk.ui.review.axis import TimeAxis
from illodesk.ui.theme import Theme

DRAG_PX = 4
NOTCH = 120.0
ZOOM_STEP = 1.25
PAN_SHARE = 0.1


class Pointer(QObject):
    """What the hand does on the strips of one axis, and what lies over all of them."""

    seek = Signal(float)
    play = Signal(float)
    selection_changed = Signal(float, float)
    hovered = Signal(object, object)
    placed = Signal(float, float)
    menu = Signal(object)

    def __init__(self, axis: TimeAxis, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.axis = axis
        self.position = 0.0
        self.hover: float | None = None
        self.selection: tuple[float, float] | None = None

    def set_position(self, t: float) -> None:
        """Put the playhead."""
        if t != self.position:
            before, self.position = self.position, t
            self.placed.emit(before, t)

    def set_hover(self, t: float | None) -> None:
        """Put the crosshair, or take it away."""
        if t != self.hover:
            before, self.hover = self.hover, t
            self.hovered.emit(before, t)

    def select(self, start_s: float, end_s: float) -> None:
        """Select a stretch; an empty one is none."""
        start, end = sorted((start_s, end_s))
        wanted = (start, end) if end > start else None
        if wanted != self.selection:
            self.selection = wanted
            self.selection_changed.emit(start, end)

    def wheel(self, event: QWheelEvent, t: float) -> None:
        """Zoom around the cursor; with Shift, or sideways, pan."""
        sideways, upwards = event.angleDelta().x() / NOTCH, event.angleDelta().y() / NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            sideways, upwards = sideways or upwards, 0.0
        if abs(sideways) > abs(upwards):
            self.axis.pan(-sideways * PAN_SHARE * self.axis.span_s)
        elif upwards:
            self.axis.zoom(ZOOM_STEP**-upwards, t)
        event.accept()


class TimeStrip(QWidget):
    """A subclass paints its contents in ``paint_contents`` and may say in words what is under the crosshair."""

    clicked = Signal(float)

    def __init__(self, pointer: Pointer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pointer = pointer
        self.theme = theme
        self._picture: QPixmap | None = None
        self._pressed: QPointF | None = None
        self._pressed_t = 0.0
        self._dragging = False
        self._plate = QRect()
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        pointer.axis.changed.connect(self.renew)
        pointer.hovered.connect(self._on_hovered)
        pointer.placed.connect(self._on_placed)
        pointer.selection_changed.connect(self._on_selected)  # a lambda would keep a strip that was taken away
        theme.changed.connect(self.renew)

    # --- for subclasses ---------------------------------------------------------------------------------------------

    def paint_contents(self, painter: QPainter) -> None:
        """Paint everything that stays while the view stays."""
        raise NotImplementedError

    def words_at(self, t: float) -> str:  # noqa: ARG002
        """What to read at the crosshair."""
        return ""

    def renew(self) -> None:
        """Paint the contents again, the next time they are shown."""
        self._picture = None
        self.update()

    # --- painting ---------------------------------------------------------------------------------------------------

    def x_of(self, t: float) -> float:
        """Place of a second."""
        return self.pointer.axis.x_of(t, self.width())

    def t_of(self, x: float) -> float:
        """Second under a place."""
        return self.pointer.axis.t_of(x, self.width())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != self.size() * ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self.theme.colour("surface"))
            contents = QPainter(self._picture)
            self.paint_contents(contents)
            contents.end()
        painter = QPainter(self)
        dirty = QRectF(event.rect())
        painter.drawPixmap(dirty, self._picture, QRectF(dirty.topLeft() * ratio, dirty.size() * ratio))
        self._paint_over(painter)
        painter.end()

    def _paint_over(self, painter: QPainter) -> None:
        if self.pointer.selection is not None:
            left, right = (self.x_of(t) for t in self.pointer.selection)
            colour = self.theme.colour("accent")
            painter.setPen(QPen(colour, 1))
            for edge in (left, right):
                painter.drawLine(QPointF(edge, 0), QPointF(edge, self.height()))
            colour.setAlpha(46)
            painter.fillRect(QRectF(left, 0, right - left, self.height()), colour)
        x = self.x_of(self.pointer.position)
        painter.fillRect(QRectF(round(x) - 1, 0, 2, self.height()), self.theme.colour("playhead"))
        if self.pointer.hover is not None:
            x = round(self.x_of(self.pointer.hover)) + 0.5
            painter.setPen(QPen(self.theme.colour("secondary"), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        words = self.words_at(self.pointer.hover or 0.0)
        self._plate = self._plate_for(words)
        if not words:
            return
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.colour("control_border"), 1))
        painter.setBrush(self.theme.colour("raised"))
        painter.drawRoundedRect(QRectF(self._plate).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(self.theme.font("caption", tabular=True))
        painter.setPen(self.theme.colour("text"))
        painter.drawText(self._plate, Qt.AlignmentFlag.AlignCenter, words)

    def _plate_for(self, words: str) -> QRect:
        """Room for words beside the crosshair: right of it, or left where the strip ends."""
        if not words or self.pointer.hover is None:
            return QRect()
        metrics = QFontMetrics(self.theme.font("caption", tabular=True))
        width, height = metrics.horizontalAdvance(words) + 12, min(metrics.height() + 4, self.height())
        x = round(self.x_of(self.pointer.hover))
        left = x + 6 if x + 6 + width <= self.width() else max(0, x - 6 - width)
        return QRect(left, 2 if self.height() > height + 4 else (self.height() - height) // 2, width, height)

    # --- what moves -------------------------------------------------------------------------------------------------

    def _column(self, t: float) -> QRect:
        return QRect(round(self.x_of(t)) - 2, 0, 5, self.height())

    def _on_placed(self, before: float, now: float) -> None:
        old, new = self._column(before), self._column(now)
        if old != new:
            self.update(old)
            self.update(new)

    def _on_selected(self) -> None:
        self.update()

    def _on_hovered(self, before: float | None, now: float | None) -> None:
        if before is not None:
            self.update(self._column(before))
            self.update(self._plate)
        if now is not None:
            self.update(self._column(now))
            self.update(self._plate_for(self.words_at(now)))

    # --- hands ------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragging = event.position(), False
            self._pressed_t = self.t_of(event.position().x())
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        t = self.t_of(event.position().x())
        self.pointer.set_hover(t)
        if self._pressed is not None:
            self._dragging = self._dragging or abs(event.position().x() - self._pressed.x()) >= DRAG_PX
            if self._dragging:
                self.pointer.select(self._pressed_t, t)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pressed is not None and event.button() == Qt.MouseButton.LeftButton:
            if not self._dragging:
                self.clicked.emit(self._pressed_t)
                self.pointer.seek.emit(self._pressed_t)
            self._pressed, self._dragging = None, False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self.pointer.play.emit(self.t_of(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        self.pointer.wheel(event, self.t_of(event.position().x()))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        self.pointer.menu.emit(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        self.pointer.set_hover(self.t_of(event.position().x()))

    def leaveEvent(self, event: object) -> None:  # noqa: ARG002, N802
        self.pointer.set_hover(None)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: ARG002, N802
        self._picture = None


STEERING = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End}
    | {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}
)


def steers(event: QKeyEvent) -> bool:
    """Whether a key moves the view of a strip that has the focus: with Ctrl or alone, never with Shift or Alt."""
    others = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
    arrows = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
    if arrows:  # Shift is needed for + on many keyboards, and steps the playhead with arrows
        others |= Qt.KeyboardModifier.ShiftModifier
    return event.key() in STEERING and not event.modifiers() & others


def steer(axis: TimeAxis, event: QKeyEvent) -> bool:
    """Do what a key means for the view: arrows pan, Home and End go to the ends, + and − zoom. False for others."""
    if not steers(event):
        return False
    share = 0.5 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else PAN_SHARE
    key = event.key()
    if key == Qt.Key.Key_Left:
        axis.pan(-share * axis.span_s)
    elif key == Qt.Key.Key_Right:
        axis.pan(share * axis.span_s)
    elif key == Qt.Key.Key_Home:
        axis.pan(-axis.duration_s)
    elif key == Qt.Key.Key_End:
        axis.pan(axis.duration_s)
    elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
        axis.zoom(1 / ZOOM_STEP)
    else:
        axis.zoom(ZOOM_STEP)
    return True
