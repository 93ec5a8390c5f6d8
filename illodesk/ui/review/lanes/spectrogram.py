"""What the sound is made of, 0 to 8 kHz: read from the kept recording for the visible stretch only, in a thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QColor, QImage, QPainter

from illodesk.playback import RATE, PlaybackError, Recording
from illodesk.ui.context import AppContext
from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.drawing import paint_words
from illodesk.ui.review.lanes.lane import Lane, Mark, View, translate
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task
from illodesk.ui.theme import Theme

LONGEST_S = 300.0
"""A longer view would take seconds to decode, and shows nothing that can be told apart."""

WINDOW = 1024  # samples: 21 ms, 47 Hz a bin
HIGHEST_HZ = 8000
RANGE_DB = 70.0
MOST_COLUMNS = 2000
WAIT_MS = 150

Levels = NDArray[np.uint8]


def spectrum(task: Task, path: Path, start_s: float, end_s: float, columns: int) -> Levels:
    """Levels of the sound from ``start_s`` to ``end_s``: (bins up to HIGHEST_HZ, columns), 0 the quietest to 255.

    The first row is the highest frequency. Raises PlaybackError.
    """
    half = WINDOW / 2 / RATE
    begin = max(0.0, start_s - half)
    recording = Recording(path)
    try:
        parts = []
        for block in recording.blocks(begin, 1.0, end_s + half):
            if task.cancelled():
                break
            if block.samples is not None:
                parts.append(block.samples.mean(axis=1))
    finally:
        recording.close()
    sound = np.concatenate([*parts, np.zeros(WINDOW, np.float32)])
    middles = (np.linspace(start_s, end_s, columns, endpoint=False) + (end_s - start_s) / columns / 2 - begin) * RATE
    first = np.clip(np.round(middles - WINDOW / 2).astype(np.int64), 0, len(sound) - WINDOW)
    bins = HIGHEST_HZ * WINDOW // RATE
    level = np.empty((columns, bins), np.float32)
    taper = np.hanning(WINDOW).astype(np.float32)
    frames = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)
    for at in range(0, columns, 256):  # in parts, so that memory does not depend on the width
        part = frames[first[at : at + 256]] * taper
        level[at : at + 256] = np.abs(np.fft.rfft(part, axis=1))[:, :bins]
    decibels = 20 * np.log10(np.maximum(level / (WINDOW / 4), 1e-7))
    top = max(float(decibels.max(initial=-100.0)), -80.0)
    share = np.clip((decibels - top + RANGE_DB) / RANGE_DB, 0.0, 1.0)
    return np.ascontiguousarray((share.T[::-1] * 255).astype(np.uint8))


class Spectrogram(Lane):
    """Level over time and frequency of all channels together."""

    kind = "spectrogram"
    height = 96
    unit = "kHz"

    def __init__(self, data: LaneData, part: str = "") -> None:
        super().__init__(data, part)
        self._context: AppContext | None = None
        self._renewed: Callable[[], None] = lambda: None
        self._task: Task | None = None
        self._timer: QTimer | None = None
        self._have: tuple[float, float, Levels] | None = None
        self._wanted: tuple[float, float, int] | None = None
        self._failed = ""

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Spectrogram")

    def marks(self, theme: Theme) -> list[Mark]:  # noqa: ARG002
        return [Mark(f"{HIGHEST_HZ // 1000}", 0.0), Mark("4", 0.5), Mark("0", 1.0)]

    def attach(self, context: AppContext, renewed: Callable[[], None]) -> None:
        self._context, self._renewed = context, renewed
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._begin)

    def ended(self) -> None:
        self._wanted = None
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def paint(self, painter: QPainter, view: View) -> None:
        self._want(view)
        if self._have is None:
            paint_words(painter, view, translate("Lanes", "Reading the sound…"))
            return
        start, end, levels = self._have
        image = QImage(levels.data, levels.shape[1], levels.shape[0], levels.shape[1], QImage.Format.Format_Indexed8)
        image.setColorTable(shades(view.theme))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(view.x(start), 0, (end - start) * view.second_px, view.height), image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def instead(self, view: View) -> str:
        if self.data.media is None:
            return translate("Lanes", "The recording was not kept, so there is no spectrogram.")
        if view.end_s - view.start_s > LONGEST_S:
            return translate("Lanes", "Zoom in to less than {minutes} minutes to see the spectrogram.").format(
                minutes=round(LONGEST_S / 60)
            )
        return self._failed

    def _want(self, view: View) -> None:
        """Ask for the view and as much again around it, so that a step of panning has it already."""
        span = view.end_s - view.start_s
        if self._have is not None:
            start, end, levels = self._have
            fine = levels.shape[1] / (end - start) / (min(view.columns, MOST_COLUMNS) / span)
            if start <= view.start_s and view.end_s <= end and 0.9 < fine < 2.5:
                return
        start = max(0.0, view.start_s - span / 2)
        end = min(self.data.duration_s, view.end_s + span / 2)
        wanted = (start, end, max(1, round(min(view.columns, MOST_COLUMNS) * (end - start) / span)))
        if wanted != self._wanted and self._timer is not None:
            self._wanted = wanted
            self._timer.start()

    def _begin(self) -> None:
        if self._wanted is None or self._context is None:
            return
        if self._task is not None:
            self._task.cancel()
        start, end, columns = self._wanted
        self._task = self._context.tasks.run_long(
            spectrum,
            self.data.media,
            start,
            end,
            columns,
            done=lambda levels: self._on_levels(start, end, levels),
            failed=self._on_failed,
        )

    def _on_levels(self, start: float, end: float, levels: Levels) -> None:
        self._task = None
        self._have = (start, end, levels)
        self._renewed()

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        unreadable = translate("Lanes", "The recording cannot be read.")
        self._failed = trouble_words(error) if isinstance(error, PlaybackError) else unreadable
        self._renewed()

    def read_out(self, t: float) -> str:
        """The frequency that is loudest at a second."""
        if self._have is None or not self._have[0] <= t < self._have[1]:
            return ""
        start, end, levels = self._have
        column = levels[:, min(int((t - start) / (end - start) * levels.shape[1]), levels.shape[1] - 1)]
        if not column.any():
            return ""
        hertz = (len(column) - 1 - int(column.argmax())) * RATE / WINDOW
        return translate("Lanes", "strongest at {hertz} Hz").format(hertz=round(hertz))


def shades(theme: Theme) -> list[int]:
    """256 colours from the surface over the accent to the text."""
    return _shades(*(theme[token] for token in ("surface", "accent", "text")))


@lru_cache(4)
def _shades(*tokens: str) -> list[int]:
    quiet, middle, loud = (QColor(token) for token in tokens)
    return [
        _between(quiet, middle, 2 * i / 255) if i < 128 else _between(middle, loud, 2 * i / 255 - 1) for i in range(256)
    ]


def _between(one: QColor, other: QColor, share: float) -> int:
    mixed = [
        a + (b - a) * share
        for a, b in zip(
            (one.redF(), one.greenF(), one.blueF()), (other.redF(), other.greenF(), other.blueF()), strict=True
        )
    ]
    return QColor.fromRgbF(*mixed).rgba()
