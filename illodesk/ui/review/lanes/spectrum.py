"""What sound is made of, as tiles of levels at zooms that are powers of two, and the tiles that were read already.

Knows no Qt. A tile of zoom ``z`` lasts ``2 ** z`` seconds and has the same number of columns at every zoom.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from illodesk.playback import RATE, Recording
from illodesk.ui.review.lanes.series import Floats

WINDOW = 1024  # samples: 21 ms, 47 Hz a bin
HIGHEST_HZ = 8000
BINS = HIGHEST_HZ * WINDOW // RATE
COLUMNS = 512
FINEST = -2
"""Zoom of the shortest tiles: 0.25 s, a column for every 0.5 ms."""
MOST_WINDOWS = 8
"""So many windows are looked at in a column that is longer than they are."""
QUIETEST_DB = -120.0
COARSER, FINER = 6, 2
"""How many zooms further a stretch is looked for that was not read at the wanted one yet."""
MOST_BYTES = 64 * 2**20
READ_AT_ONCE = 2**18  # samples
FRAMES_AT_ONCE = 256

Levels = NDArray[np.uint8]
"""(bins, columns): 0 is QUIETEST_DB or less, 255 full scale. The first row is the highest frequency."""


class Place(NamedTuple):
    """Which tile: its zoom, and its number from the start of the recording."""

    zoom: int
    number: int

    @property
    def length_s(self) -> float:
        return 2.0**self.zoom

    @property
    def start_s(self) -> float:
        return self.number * self.length_s


def zoom_for(column_s: float) -> int:
    """The coarsest zoom whose columns are not longer than that many seconds."""
    return max(FINEST, math.floor(math.log2(column_s * COLUMNS) + 1e-9))


def places(zoom: int, start_s: float, end_s: float) -> list[Place]:
    """The tiles of a zoom that a stretch lies on, in order."""
    length = 2.0**zoom
    return [Place(zoom, number) for number in range(max(0, int(start_s / length)), math.ceil(end_s / length))]


def decibels(level: int) -> float:
    """What a level in a tile stands for, dB relative to full scale."""
    return QUIETEST_DB * (1 - level / 255)


def level_of(decibels: float) -> int:
    """The level that stands for so many dB relative to full scale."""
    return round(min(max(1 - decibels / QUIETEST_DB, 0.0), 1.0) * 255)


class Tiles:
    """Tiles of one recording. Those that were not drawn for longest go when there are more than ``most_bytes``."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most = most_bytes
        self._kept: OrderedDict[Place, Levels] = OrderedDict()
        self.bytes = 0
        self.loudest = 0
        """The highest level that was read so far."""

    def __len__(self) -> int:
        return len(self._kept)

    def __contains__(self, place: Place) -> bool:
        return place in self._kept

    def put(self, place: Place, levels: Levels) -> None:
        """Keep a tile."""
        before = self._kept.pop(place, None)
        self.bytes += levels.nbytes - (before.nbytes if before is not None else 0)
        self._kept[place] = levels
        self.loudest = max(self.loudest, int(levels.max(initial=0)))
        while self.bytes > self._most:
            self.bytes -= self._kept.popitem(last=False)[1].nbytes

    def columns(self, zoom: int, times: Floats) -> tuple[Levels, NDArray[np.bool_]]:
        """Levels at rising times, from the nearest zoom that is there; and for which of them none is."""
        found = np.zeros((BINS, len(times)), np.uint8)
        missing = np.ones(len(times), bool)
        for other in near(zoom):
            numbers = times / 2.0**other
            for number in np.unique(np.floor(numbers[missing])).astype(int).tolist():
                levels = self._kept.get(Place(other, number))
                if levels is not None:
                    self._kept.move_to_end(Place(other, number))
                    here = np.flatnonzero(missing & (np.floor(numbers) == number))
                    found[:, here] = levels[:, ((numbers[here] - number) * COLUMNS).astype(np.intp)]
                    missing[here] = False
            if not missing.any():
                break
        return found, missing


def near(zoom: int) -> Iterator[int]:
    """Zooms in the order in which they stand in for one: itself, coarser ones, finer ones."""
    yield from range(zoom, zoom + COARSER + 1)
    yield from range(zoom - 1, max(zoom - FINER, FINEST) - 1, -1)


def read(cancelled: Callable[[], bool], path: Path, place: Place) -> Levels:
    """One tile of a recording. Raises PlaybackError. What it returns after it was cancelled means nothing."""
    column = place.length_s / COLUMNS * RATE
    each = min(max(round(column / (WINDOW / 2)), 1), MOST_WINDOWS)
    begin = max(0.0, place.start_s - WINDOW / 2 / RATE)
    middles = (place.start_s - begin) * RATE + (np.arange(COLUMNS * each) + 0.5) * column / each
    firsts = np.maximum(np.round(middles - WINDOW / 2).astype(np.int64), 0)
    power = np.zeros((len(firsts), BINS), np.float32)
    done, before = 0, 0
    for part in stretches(cancelled, path, begin, place.start_s + place.length_s + WINDOW / 2 / RATE):
        ready = int(np.searchsorted(firsts, before + len(part) - WINDOW, "right"))
        measure(part, firsts[done:ready] - before, power[done:ready])
        done, before = ready, before + len(part) - WINDOW
    mean = power.reshape(COLUMNS, each, BINS).mean(axis=1)
    level = 10 * np.log10(np.maximum(mean, 1e-14))
    share = np.clip(1 - level / QUIETEST_DB, 0.0, 1.0)
    return np.ascontiguousarray(np.round(share.T[::-1] * 255).astype(np.uint8))


def stretches(cancelled: Callable[[], bool], path: Path, begin: float, end: float) -> Iterator[NDArray[np.float32]]:
    """The sound of all channels together, in parts of which each begins with the last WINDOW of the one before.

    Silence follows the last sound, so that memory depends on no length and every window is whole.
    """
    recording = Recording(path)
    try:
        waiting: list[NDArray[np.float32]] = []
        count = 0
        for block in recording.blocks(begin, 1.0, end):
            if cancelled():
                return
            if block.samples is not None:
                waiting.append(block.samples.mean(axis=1))
                count += len(waiting[-1])
            if count >= READ_AT_ONCE:
                part = np.concatenate(waiting)
                yield part
                waiting = [part[-WINDOW:]]
                count = WINDOW
        yield np.concatenate([*waiting, np.zeros(2 * WINDOW, np.float32)])
    finally:
        recording.close()


def measure(sound: NDArray[np.float32], firsts: NDArray[np.int64], power: NDArray[np.float32]) -> None:
    """Fill ``power`` (windows, bins) with that of the windows that begin at ``firsts``; a full-scale tone gives 1."""
    taper = np.hanning(WINDOW).astype(np.float32) / np.float32(WINDOW / 4)
    frames = np.lib.stride_tricks.sliding_window_view(sound, WINDOW)
    for at in range(0, len(firsts), FRAMES_AT_ONCE):
        found = np.fft.rfft(frames[firsts[at : at + FRAMES_AT_ONCE]] * taper, axis=1)[:, :BINS]
        power[at : at + FRAMES_AT_ONCE] = found.real**2 + found.imag**2
