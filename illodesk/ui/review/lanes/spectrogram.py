"""What the sound is made of, 0 to 8 kHz: read from the kept recording where it is looked at, by tiles, in a thread."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np
from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter

from illodesk.playback import RATE, PlaybackError
from illodesk.ui.context import AppContext
from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.drawing import elided, paint_gaps, runs
from illodesk.ui.review.lanes.lane import Lane, Mark, View, translate
from illodesk.ui.review.lanes.spectrum import (
    HIGHEST_HZ,
    WINDOW,
    Levels,
    Place,
    decibels,
    level_of,
    places,
    read,
    zoom_for,
)
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task
from illodesk.ui.theme import Theme

LONGEST_S = 7200.0
"""Reading takes about 0.1 s of one core for each minute, so a view of this length is there after 10 to 20 s."""

RANGE_DB = 70.0
LEAST_DB = -80.0
"""The loudest of a recording is taken for at least this loud, so that the noise of silence is not drawn as sound."""
WAIT_MS = 150
WORDS_PX = 60


def read_tile(task: Task, path: Path, place: Place) -> Levels:
    """Read a tile as a task. Raises PlaybackError."""
    return read(task.cancelled, path, place)


class Spectrogram(Lane):
    """Level over time and frequency of all channels together.

    What is in view is read first, then half as much again on both sides. Tiles stay with the data of the lanes, so that
    what was read is there at once when it is looked at again.
    """

    kind = "spectrogram"
    height = 96
    unit = "kHz"

    def __init__(self, data: LaneData, part: str = "") -> None:
        super().__init__(data, part)
        self._tiles = data.tiles
        self._context: AppContext | None = None
        self._renewed: Callable[[], None] = lambda: None
        self._task: Task | None = None
        self._reading: Place | None = None
        self._timer: QTimer | None = None
        self._wanted: list[Place] = []
        self._zoom = 0
        self._unreadable: set[Place] = set()
        self._failed = ""

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Spectrogram")

    def marks(self, theme: Theme) -> list[Mark]:  # noqa: ARG002
        return [Mark(f"{HIGHEST_HZ // 1000}", 0.0), Mark("4", 0.5), Mark("0", 1.0)]

    def attach(self, context: AppContext, renewed: Callable[[], None]) -> None:
        self._context, self._renewed = context, renewed
        self._wanted = []  # what was painted before could not be read
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self._begin)

    def ended(self) -> None:
        self._wanted = []
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._cancel()

    def instead(self, view: View) -> str:
        if self.data.media is None:
            return translate("Lanes", "The recording was not kept, so there is no spectrogram.")
        if view.end_s - view.start_s > LONGEST_S:
            return translate("Lanes", "Zoom in to less than {minutes} minutes to see the spectrogram.").format(
                minutes=round(LONGEST_S / 60)
            )
        return "" if len(self._tiles) else self._failed

    # --- painting ---------------------------------------------------------------------------------------------------

    def paint(self, painter: QPainter, view: View) -> None:
        self._want(view)
        levels, missing = self._tiles.columns(self._zoom, (view.edges[:-1] + view.edges[1:]) / 2)
        bins, columns = levels.shape
        image = QImage(levels.data, columns, bins, columns, QImage.Format.Format_Indexed8)
        image.setColorTable(shades(view.theme, self._tiles.loudest))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, columns / view.ratio, view.height), image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        if self._failed:
            paint_gaps(painter, view, missing)
        self._paint_words(painter, view, runs(missing))

    def _paint_words(self, painter: QPainter, view: View, gaps: list[tuple[int, int]]) -> None:
        """Say what is going on where nothing can be seen yet, or never."""
        words = self._failed or translate("Lanes", "Reading the sound…")
        font = view.theme.font("caption")
        painter.setFont(font)
        painter.setPen(view.theme.colour("secondary"))
        for start, end in gaps:
            box = QRectF(start / view.ratio + 8, 0, (end - start) / view.ratio - 16, view.height)
            if box.width() >= WORDS_PX:
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(words, font, box.width()))

    @property
    def reading(self) -> bool:
        """Whether anything of what was painted is still to be read."""
        return bool(self._wanted)

    # --- reading ----------------------------------------------------------------------------------------------------

    def _want(self, view: View) -> None:
        """Ask for what the view lacks. What is being read and is not in view any more is given up."""
        span = view.end_s - view.start_s
        self._zoom = zoom_for(span / view.columns)
        seen = places(self._zoom, view.start_s, view.end_s)
        around = places(self._zoom, view.start_s - span / 2, min(view.end_s + span / 2, self.data.duration_s))
        beside = sorted(set(around) - set(seen), key=lambda place: abs(place.number - seen[len(seen) // 2].number))
        wanted = [place for place in [*seen, *beside] if place not in self._tiles and place not in self._unreadable]
        if self._reading not in wanted:
            self._cancel()
        if wanted != self._wanted:
            self._wanted = wanted
            if self._timer is not None and self._task is None:
                self._timer.start()  # once the view rests, so that zooming past does not read every zoom

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task, self._reading = None, None

    def _begin(self) -> None:
        if self._context is None or self._task is not None or not self._wanted:
            return
        self._reading = place = self._wanted[0]
        self._task = self._context.tasks.run_long(
            read_tile,
            self.data.media,
            place,
            done=lambda levels: self._on_read(place, levels),
            failed=lambda error: self._on_failed(place, error),
        )

    def _on_read(self, place: Place, levels: Levels) -> None:
        self._tiles.put(place, levels)
        self._go_on(place)

    def _on_failed(self, place: Place, error: Exception) -> None:
        self._unreadable.add(place)
        unreadable = translate("Lanes", "The recording cannot be read.")
        self._failed = trouble_words(error) if isinstance(error, PlaybackError) else unreadable
        if not len(self._tiles):
            self._wanted = []  # the recording is not what it was; its other parts are no better
        self._go_on(place)

    def _go_on(self, done: Place) -> None:
        """Draw what is there now, and read what is wanted next."""
        self._task, self._reading = None, None
        self._wanted = [place for place in self._wanted if place != done]
        self._begin()
        self._renewed()

    def read_out(self, t: float) -> str:
        """The frequency that is loudest at a second."""
        levels, missing = self._tiles.columns(self._zoom, np.array([t]))
        loudest = max(self._tiles.loudest, level_of(LEAST_DB))
        if missing[0] or decibels(int(levels.max())) <= decibels(loudest) - RANGE_DB:
            return ""
        hertz = (len(levels) - 1 - int(levels[:, 0].argmax())) * RATE / WINDOW
        return translate("Lanes", "strongest at {hertz} Hz").format(hertz=round(hertz))


def shades(theme: Theme, loudest: int) -> list[int]:
    """A colour for each level: from the surface, RANGE_DB below the loudest, over the accent to the text."""
    return _shades(max(loudest, level_of(LEAST_DB)), *(theme[token] for token in ("surface", "accent", "text")))


@lru_cache(16)
def _shades(loudest: int, *tokens: str) -> list[int]:
    quiet, middle, loud = (QColor(token) for token in tokens)
    shares = [1 + (decibels(level) - decibels(loudest)) / RANGE_DB for level in range(256)]
    return [
        _between(quiet, middle, max(2 * share, 0.0)) if share < 0.5 else _between(middle, loud, min(2 * share - 1, 1.0))
        for share in shares
    ]


def _between(one: QColor, other: QColor, share: float) -> int:
    mixed = [
        a + (b - a) * share
        for a, b in zip(
            (one.redF(), one.greenF(), one.blueF()), (other.redF(), other.greenF(), other.blueF()), strict=True
        )
    ]
    return QColor.fromRgbF(*mixed).rgba()
