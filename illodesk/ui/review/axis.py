"""The one time axis of the review page: what stretch is shown, and where a second lies in a width."""

from __future__ import annotations

import math

from PySide6.QtCore import QObject, Signal

from illodesk.ui.words import local_number

SHORTEST_S = 0.5
STEPS_S = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)


class TimeAxis(QObject):
    """The visible stretch ``start_s`` to ``end_s`` of ``duration_s`` seconds. ``changed`` when it is another one."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._duration = self._span = 1.0
        self._start = 0.0

    @property
    def duration_s(self) -> float:
        return self._duration

    @property
    def start_s(self) -> float:
        return self._start

    @property
    def end_s(self) -> float:
        return self._start + self._span

    @property
    def span_s(self) -> float:
        return self._span

    def set_duration(self, duration_s: float) -> None:
        """Another conversation: show all of it."""
        self._duration = max(duration_s, SHORTEST_S)
        self._start, self._span = 0.0, self._duration
        self.changed.emit()

    def show(self, start_s: float, end_s: float) -> None:
        """Show a stretch, moved and cut so that it lies within the conversation."""
        span = min(max(end_s - start_s, SHORTEST_S), self._duration)
        start = min(max(start_s, 0.0), self._duration - span)
        if (start, span) != (self._start, self._span):
            self._start, self._span = start, span
            self.changed.emit()

    def zoom(self, factor: float, around_s: float | None = None) -> None:
        """Show ``factor`` times as much; ``around_s`` stays where it is, else the middle does."""
        middle = self._start + self._span / 2 if around_s is None else around_s
        span = min(max(self._span * factor, SHORTEST_S), self._duration)
        start = middle - (middle - self._start) * span / self._span
        self.show(start, start + span)

    def pan(self, seconds: float) -> None:
        """Move to later, or with a negative number to earlier."""
        start = self._start + seconds
        start = min(max(start, 0.0), self._duration - self._span)
        self.show(start, start + self._span)

    def fit(self) -> None:
        """Show everything."""
        self.show(0.0, self._duration)

    def reveal(self, t: float) -> None:
        """Move as little as needed so that a second is shown, with some room behind it."""
        if not self._start <= t <= self.end_s:
            self.show(t - 0.1 * self._span, t + 0.9 * self._span)

    # --- places -----------------------------------------------------------------------------------------------------

    def x_of(self, t: float, width: float) -> float:
        """Where a second lies in a strip of ``width`` px."""
        return (t - self._start) / self._span * width

    def t_of(self, x: float, width: float) -> float:
        """The second under a place, within the conversation."""
        return min(max(self._start + x / max(width, 1.0) * self._span, 0.0), self._duration)

    def ticks(self, width: float, apart_px: float = 84.0) -> tuple[float, list[float]]:
        """Step and seconds of the labelled ticks, at least ``apart_px`` apart."""
        wanted = self._span * apart_px / max(width, 1.0)
        step = next((step for step in STEPS_S if step >= wanted), 3600.0 * math.ceil(wanted / 3600.0))
        first = math.ceil(self._start / step)
        return step, [number * step for number in range(first, math.floor(self.end_s / step) + 1)]


def stamp(t: float, digits: int = 1) -> str:
    """A time as ``h:mm:ss.t``; without the hour in the first one."""
    scale = 10**digits
    parts = round(t * scale)
    whole, rest = divmod(parts, scale)
    hours, minutes, seconds = whole // 3600, whole // 60 % 60, whole % 60
    text = f"{hours}:{minutes:02d}:{seconds:02d}" if hours else f"{minutes}:{seconds:02d}"
    return text + local_number(f".{rest:0{digits}d}") if digits else text
