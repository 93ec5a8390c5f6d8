"""The level of one channel: peak, peak hold, a light for clipping, and the scale in dB of full scale."""

from __future__ import annotations

import time

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from illodesk.ui.record.health import FLOOR_DB, decibels
from illodesk.ui.theme import Theme

HOLD_S = 2.0
FALL_DB_PER_S = 24.0
CLIP_S = 3.0
TOLD_S = 1.0
BAR = 10
TICKS = (-60, -48, -36, -24, -12, 0)
LOUD_DB, LOUDEST_DB = -12.0, -3.0


class LevelMeter(QWidget):
    """Call ``show_level`` some ten times a second."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._shown_db = self._held_db = FLOOR_DB
        self._shown_at = self._held_at = self._told_at = 0.0
        self._clipped_at = -CLIP_S
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)

    @property
    def level_db(self) -> float:
        """What the bar shows, dB of full scale."""
        return self._shown_db

    @property
    def held_db(self) -> float:
        """The loudest of the last two seconds."""
        return self._held_db

    @property
    def clipped(self) -> bool:
        """Whether the light is on."""
        return self._shown_at - self._clipped_at < CLIP_S

    def show_level(self, peak: float, clipping: bool, now: float | None = None) -> None:
        """A peak of 0 to 1. ``now`` is s of a clock that never goes back."""
        now = time.monotonic() if now is None else now
        before = (round(self._shown_db), round(self._held_db), self.clipped)
        level = decibels(peak)
        self._shown_db = max(level, self._shown_db - FALL_DB_PER_S * (now - self._shown_at), FLOOR_DB)
        self._shown_at = now
        if self._shown_db >= self._held_db or now - self._held_at > HOLD_S:
            self._held_db, self._held_at = self._shown_db, now
        if clipping:
            self._clipped_at = now
        if before != (round(self._shown_db), round(self._held_db), self.clipped):
            self.update()
        if now - self._told_at >= TOLD_S:
            self._told_at = now
            self.setAccessibleDescription(self.words())

    def clear(self) -> None:
        """Nothing is listened to."""
        self._shown_db = self._held_db = FLOOR_DB
        self._clipped_at = self._shown_at - CLIP_S
        self.update()

    def words(self) -> str:
        """What is shown, for those who do not see it."""
        level = self.tr("{n} dB of full scale").format(n=minus(self._held_db))
        return self.tr("{level}, too loud").format(level=level) if self.clipped else level

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(240, BAR + 4 + round(self._theme.pixels("caption") * 1.3))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(140, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        theme, painter = self._theme, QPainter(self)
        painter.setFont(theme.font("caption", tabular=True))
        metrics = painter.fontMetrics()
        aside = metrics.horizontalAdvance("−60 dB") + 8
        width = self.width() - aside

        def x(level: float) -> float:
            return width * (1 - level / FLOOR_DB)

        painter.fillRect(QRectF(0, 0, width, BAR), theme.colour("grid"))
        for low, high, token in (
            (FLOOR_DB, LOUD_DB, "good"),
            (LOUD_DB, LOUDEST_DB, "warning"),
            (LOUDEST_DB, 0.0, "record"),
        ):
            top = min(self._shown_db, high)
            if top > low:
                painter.fillRect(QRectF(x(low), 0, x(top) - x(low), BAR), theme.colour(token))
        if self._held_db > FLOOR_DB:
            painter.fillRect(QRectF(x(self._held_db) - 2, 0, 2, BAR), theme.colour("text"))
        foot = QRectF(0, BAR + 2, width, self.height() - BAR - 2)
        painter.setPen(theme.colour("secondary"))
        for tick in TICKS:
            text = minus(tick)
            wide = metrics.horizontalAdvance(text)
            left = min(max(0.0, x(tick) - wide / 2), width - wide)
            painter.drawText(QRectF(left, foot.top(), wide + 2, foot.height()), Qt.AlignmentFlag.AlignLeft, text)
        beside = QRectF(width + 8, 0, aside - 8, max(BAR, metrics.height()))
        if self.clipped:
            painter.fillRect(beside, theme.colour("record"))
            painter.setPen(theme.colour("on_status"))
            painter.drawText(beside, Qt.AlignmentFlag.AlignCenter, self.tr("CLIP"))
        else:
            painter.drawText(beside, Qt.AlignmentFlag.AlignRight, self.tr("{n} dB").format(n=minus(self._held_db)))
        painter.end()

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()


def minus(value: float) -> str:
    """A whole number with a true minus."""
    return f"{round(value)}".replace("-", "−")
