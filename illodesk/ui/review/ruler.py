"""Times along the axis, and what is selected."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from illodesk.ui.review.axis import stamp
from illodesk.ui.review.strip import Pointer, TimeStrip
from illodesk.ui.theme import Theme
from illodesk.ui.words import decimal


class TimeRuler(TimeStrip):
    """Ticks with times; the time at the crosshair, and the length of the selection."""

    def __init__(self, pointer: Pointer, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(pointer, theme, parent)
        self._marked = False
        self.setAccessibleName(self.tr("Time"))
        theme.changed.connect(self._size)
        self._size()

    def set_marked(self, marked: bool) -> None:
        """Show that keys go to the lanes."""
        self._marked = marked
        self.renew()

    def _size(self) -> None:
        self.setFixedHeight(self.theme.pixels("caption") + 12)

    def paint_contents(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), self.theme.colour("background"))
        painter.setFont(self.theme.font("caption", tabular=True))
        step, ticks = self.pointer.axis.ticks(self.width())
        digits = 0 if step >= 1 else 1 if step >= 0.1 else 2
        for t in ticks:
            x = round(self.x_of(t))
            painter.setPen(QPen(self.theme.colour("control_border"), 1))
            painter.drawLine(x, self.height() - 6, x, self.height())
            painter.setPen(self.theme.colour("secondary"))
            box = QRectF(x + 4, 0, 96, self.height() - 2)
            painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, stamp(t, digits))
        if self._marked:
            painter.fillRect(0, self.height() - 2, self.width(), 2, self.theme.colour("focus"))

    def words_at(self, t: float) -> str:
        digits = 3 if self.pointer.axis.span_s < 10 else 1
        words = stamp(t, digits)
        if self.pointer.selection is not None:
            start, end = self.pointer.selection
            length = stamp(end - start) if end - start >= 60 else f"{decimal(end - start, 1)} s"
            words = self.tr("{time}, {length} selected").format(time=words, length=length)
        return words
