"""The whole conversation in 32 px: how densely it is spoken, phases, moments and markers, and what the lanes show."""

from __future__ import annotations

from typing import Literal

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from illodesk.ui.context import AppContext
from illodesk.ui.review.axis import TimeAxis, stamp
from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.drawing import paint_columns, tint
from illodesk.ui.review.lanes.lane import View
from illodesk.ui.review.strip import NOTCH, PAN_SHARE, ZOOM_STEP, steer, steers

HEIGHT_PX = 32
EDGE_PX = 5
LEAST_PX = 6
TOP_PX = 9

Part = Literal["", "window", "start", "end"]


class Overview(QWidget):
    """The frame is what the lanes show: drag it, or its edges; a click elsewhere brings it there.

    ``seek`` tells the second of a double click. Arrows move the frame, + and − change it.
    """

    seek = Signal(float)

    def __init__(self, context: AppContext, axis: TimeAxis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = context.theme
        self._axis = axis
        self._data: LaneData | None = None
        self._picture: QPixmap | None = None
        self._position = 0.0
        self._held: Part = ""
        self._grabbed = (0.0, 0.0, 0.0)
        self.setFixedHeight(HEIGHT_PX)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Overview"))
        self.setToolTip(self.tr("Drag the frame or its edges; double click to go there"))
        axis.changed.connect(self._on_axis)
        context.theme.changed.connect(self._renew)

    def show_data(self, data: LaneData | None) -> None:
        """Show a conversation, or nothing."""
        self._data = data
        self._renew()
        self._on_axis()

    def set_position(self, t: float) -> None:
        """Put the playhead."""
        for place in (self._position, t):
            self.update(round(self._x(place)) - 2, 0, 5, self.height())
        self._position = t

    @property
    def frame(self) -> tuple[float, float]:
        """Left and right edge of the frame, px; never too narrow to be held."""
        left, right = self._x(self._axis.start_s), self._x(self._axis.end_s)
        if right - left < LEAST_PX:
            middle = (left + right) / 2
            left, right = middle - LEAST_PX / 2, middle + LEAST_PX / 2
        return left, right

    def _x(self, t: float) -> float:
        return t / self._axis.duration_s * self.width()

    def _t(self, x: float) -> float:
        return min(max(x / max(self.width(), 1), 0.0), 1.0) * self._axis.duration_s

    def _renew(self) -> None:
        self._picture = None
        self.update()

    def _on_axis(self) -> None:
        self.setAccessibleDescription(
            self.tr("Shown: {start} to {end} of {whole}").format(
                start=stamp(self._axis.start_s), end=stamp(self._axis.end_s), whole=stamp(self._axis.duration_s)
            )
        )
        self.update()

    # --- painting ---------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != self.size() * ratio:
            self._picture = QPixmap(self.size() * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self._theme.colour("background"))
            contents = QPainter(self._picture)
            if self._data is not None:
                self._paint_contents(contents, self._data, ratio)
            contents.end()
        painter = QPainter(self)
        dirty = QRectF(event.rect())
        painter.drawPixmap(dirty, self._picture, QRectF(dirty.topLeft() * ratio, dirty.size() * ratio))
        if self._data is not None:
            self._paint_frame(painter)
        painter.end()

    def _paint_contents(self, painter: QPainter, data: LaneData, ratio: float) -> None:
        """Phases as a shaded ground, the share of talk of each speaker stacked, moments and markers above."""
        view = View(0.0, self._axis.duration_s, self.width(), self.height(), ratio, self._theme)
        for place, phase in enumerate(data.result.segmentation.phases):
            left, right = view.x(phase.start_timestamp), view.x(phase.end_timestamp)
            if place % 2:
                painter.fillRect(QRectF(left, 0, right - left, self.height()), tint(self._theme.colour("accent"), 0.08))
            painter.setPen(QPen(self._theme.colour("border"), 1))
            painter.drawLine(QPointF(round(left), 0), QPointF(round(left), self.height()))
        coarse = max(2, view.columns // 3)  # density is a trend: neighbours share a value
        edges = np.linspace(0.0, self._axis.duration_s, coarse + 1)
        floor = np.full(view.columns, self.height() - 1.0)
        for speaker in data.speakers:
            share = data.of[speaker.label].coverage.share(edges)
            wide = np.interp(np.linspace(0, coarse - 1, view.columns), np.arange(coarse), share)
            top = np.maximum(floor - wide * (self.height() - TOP_PX - 2), TOP_PX)
            paint_columns(painter, view, top, floor, self._theme.speaker(speaker.number), 0.85)
            floor = top
        self._paint_points(painter, data, view)

    def _paint_points(self, painter: QPainter, data: LaneData, view: View) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.colour("accent"))
        for moment in data.result.moments:
            x = view.x(moment.start_ms / 1000)
            corners = [QPointF(x, 1), QPointF(x + 3, 4), QPointF(x, 7), QPointF(x - 3, 4)]
            painter.drawPolygon(QPolygonF(corners))
        painter.setBrush(self._theme.colour("warning"))
        for marker in data.result.markers:
            x = view.x(marker.t)
            painter.drawRect(QRectF(x - 0.75, 0, 1.5, self.height()))
            painter.drawPolygon(QPolygonF([QPointF(x, 0), QPointF(x + 6, 3), QPointF(x, 6)]))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _paint_frame(self, painter: QPainter) -> None:
        left, right = self.frame
        shade = tint(self._theme.colour("background"), 0.62)
        painter.fillRect(QRectF(0, 0, left, self.height()), shade)
        painter.fillRect(QRectF(right, 0, self.width() - right, self.height()), shade)
        token = "focus" if self.hasFocus() else "control_border"
        painter.setPen(QPen(self._theme.colour(token), 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(left, 0.5, right - left - 1, self.height() - 1.5))
        for x in (left, right - 3):
            painter.fillRect(QRectF(x, self.height() / 2 - 6, 3, 12), self._theme.colour(token))
        x = round(self._x(self._position))
        painter.fillRect(QRectF(x - 1, 0, 2, self.height()), self._theme.colour("playhead"))

    # --- hands and keys ---------------------------------------------------------------------------------------------

    def _part_at(self, x: float) -> Part:
        left, right = self.frame
        if abs(x - left) <= EDGE_PX and x < (left + right) / 2:
            return "start"
        if abs(x - right) <= EDGE_PX:
            return "end"
        return "window" if left < x < right else ""

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() != Qt.MouseButton.LeftButton or self._data is None:
            return
        x = event.position().x()
        self._held = self._part_at(x)
        if not self._held:
            half = self._axis.span_s / 2
            self._axis.show(self._t(x) - half, self._t(x) + half)
            self._held = "window"
        self._grabbed = (self._t(x), self._axis.start_s, self._axis.end_s)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        x = event.position().x()
        if not self._held:
            part = self._part_at(x)
            edge = part in ("start", "end")
            self.setCursor(Qt.CursorShape.SizeHorCursor if edge else Qt.CursorShape.OpenHandCursor)
            return
        at, start, end = self._grabbed
        moved = self._t(x) - at
        if self._held == "window":
            self._axis.pan(start + moved - self._axis.start_s)
        elif self._held == "start":
            self._axis.show(min(start + moved, end), end)
        else:
            self._axis.show(start, max(end + moved, start))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002, N802
        self._held = ""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton and self._data is not None:
            self.seek.emit(self._t(event.position().x()))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        sideways, upwards = event.angleDelta().x() / NOTCH, event.angleDelta().y() / NOTCH
        if abs(sideways) > abs(upwards):
            self._axis.pan(-sideways * PAN_SHARE * self._axis.span_s)
        else:
            self._axis.zoom(ZOOM_STEP**-upwards, self._t(event.position().x()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Take the keys that move the frame from the page's commands."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and steers(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if not steer(self._axis, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.update()
        super().focusOutEvent(event)
