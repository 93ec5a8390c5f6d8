"""One score of two results over time: a solid line and a dashed one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from illodesk.ui.review.wording import SIGNED, number, score_name
from illodesk.ui.theme import Theme

Values = NDArray[np.float64]


class CurvePlot(QWidget):
    """Both run from their beginning to their end; a gap is a stretch without evidence."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._score = ""
        self._curves: tuple[Values, Values] = (np.zeros(0), np.zeros(0))
        self._names = ("", "")
        self.setMinimumHeight(120)
        self.setMouseTracking(True)
        theme.changed.connect(self.update)

    def show_curves(self, score: str, left: Values, right: Values, names: tuple[str, str]) -> None:
        """Show these; arrays of the same length."""
        self._score, self._curves, self._names = score, (left, right), names
        self.setAccessibleName(self.tr("{score} over time").format(score=score_name(score)))
        self.setAccessibleDescription("; ".join(self._told(side) for side in (0, 1)))
        self.update()

    def _told(self, side: int) -> str:
        known = self._curves[side][np.isfinite(self._curves[side])]
        if not len(known):
            return self.tr("{name}: not enough evidence").format(name=self._names[side])
        return self.tr("{name}: from {low} to {high}").format(
            name=self._names[side], low=number(float(known.min())), high=number(float(known.max()))
        )

    @property
    def _low(self) -> float:
        return -1.0 if self._score in SIGNED else 0.0

    def _area(self) -> QRectF:
        caption = self._theme.pixels("caption")
        return QRectF(self.rect()).adjusted(36, caption + 14, -12, -caption - 10)

    def _point(self, area: QRectF, i: int, value: float) -> QPointF:
        share = (i + 0.5) / max(len(self._curves[0]), 1)
        height = (value - self._low) / (1.0 - self._low)
        return QPointF(area.left() + share * area.width(), area.bottom() - height * area.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, area = self._theme, self._area()
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.setFont(theme.font("caption", tabular=True))
        for value in (self._low, (1.0 + self._low) / 2, 1.0):
            y = self._point(area, 0, value).y()
            painter.setPen(QPen(theme.colour("grid"), 1))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(theme.colour("secondary"))
            label = QRectF(0, y - 8, 32, 16)
            painter.drawText(
                label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"{value:g}".replace("-", "−")
            )
        self._paint_ends(painter, area)
        for side, style, width in ((0, Qt.PenStyle.SolidLine, 4), (1, Qt.PenStyle.DashLine, 2)):
            painter.setPen(QPen(theme.speaker(side), width, style))
            self._paint_curve(painter, area, self._curves[side])
        self._paint_legend(painter)
        painter.end()

    def _paint_ends(self, painter: QPainter, area: QRectF) -> None:
        below = QRectF(area.left(), area.bottom() + 4, area.width(), self._theme.pixels("caption") + 4)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, self.tr("beginning"))
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, self.tr("end"))

    def _paint_curve(self, painter: QPainter, area: QRectF, values: Values) -> None:
        before: QPointF | None = None
        for i, value in enumerate(values):
            if not np.isfinite(value):
                before = None
                continue
            point = self._point(area, i, float(value))
            if before is None:
                painter.drawPoint(point)
            else:
                painter.drawLine(before, point)
            before = point

    def _paint_legend(self, painter: QPainter) -> None:
        x, y = 36.0, self._theme.pixels("caption") / 2 + 6
        painter.setFont(self._theme.font("caption", bold=True))
        painter.setPen(self._theme.colour("text"))
        title = score_name(self._score) if self._score else ""
        painter.drawText(QPointF(x, y + painter.fontMetrics().ascent() / 2 - 1), title)
        x += painter.fontMetrics().horizontalAdvance(title) + 20
        painter.setFont(self._theme.font("caption", tabular=True))
        room = (self.width() - x - 12) / 2 - 50
        for side, style in ((0, Qt.PenStyle.SolidLine), (1, Qt.PenStyle.DashLine)):
            painter.setPen(QPen(self._theme.speaker(side), 2, style))
            painter.drawLine(QPointF(x, y), QPointF(x + 24, y))
            painter.setPen(self._theme.colour("text"))
            name = painter.fontMetrics().elidedText(self._names[side], Qt.TextElideMode.ElideMiddle, round(room))
            painter.drawText(QPointF(x + 30, y + painter.fontMetrics().ascent() / 2 - 1), name)
            x += 30 + painter.fontMetrics().horizontalAdvance(name) + 20

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        area, bins = self._area(), len(self._curves[0])
        if not bins or not area.contains(event.position()):
            QToolTip.hideText()
            return
        i = min(int((event.position().x() - area.left()) / area.width() * bins), bins - 1)
        lines = [score_name(self._score)]
        for side in (0, 1):
            value = float(self._curves[side][i])
            shown = number(value, signed=self._score in SIGNED) if np.isfinite(value) else "–"
            lines.append(f"{self._names[side]}: {shown}")
        QToolTip.showText(event.globalPosition().toPoint(), "\n".join(lines), self)
