"""Values over time, ready to be drawn at any zoom: what lies in each column of pixels, in time that does not grow
with the length of the conversation.

Columns are given by their edges: ``n + 1`` rising times in s. NaN is no evidence, in and out.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Values = NDArray[np.float32]

FACTOR = 8
"""Each level of a pyramid has one bin for so many of the level below."""


@dataclass(frozen=True)
class Envelope:
    """Lowest, highest and middle value of each column. NaN where a column holds none.

    ``present`` tells the columns in which something was measured or said at all, with a value or without.
    """

    low: Values
    high: Values
    mean: Values
    present: NDArray[np.bool_]


class Pyramid:
    """A track of equal steps with its extremes at coarser and coarser steps.

    Sample ``i`` stands for ``start_s + i * hop_s`` until the next one. ``low`` and ``high`` are the same array for a
    plain curve; they may be memory-mapped, and are read only where the view is close enough to need them.
    """

    def __init__(self, low: Values, high: Values, hop_s: float, start_s: float = 0.0) -> None:
        self._hop = hop_s
        self._start = start_s
        self._levels: list[tuple[Values, Values, Values]] = [(low, high, high)]
        self._curve = high is low
        while len(self._levels[-1][0]) > FACTOR:
            below = self._levels[-1]
            self._levels.append((_bins(below[0], np.fmin), _bins(below[1], np.fmax), self._middle(below)))

    def _middle(self, below: tuple[Values, Values, Values]) -> Values:
        """Means of a curve; for peaks, whose middle means nothing, their highest."""
        if not self._curve:
            return _bins(below[1], np.fmax)
        padded = _padded(below[2])
        known = np.isfinite(padded)
        count = known.sum(axis=1)
        total = np.where(known, padded, 0.0).sum(axis=1)
        return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)

    def __len__(self) -> int:
        return len(self._levels[0][0])

    def envelope(self, edges: Floats) -> Envelope:
        """What lies in each column. Bins that reach over an edge count for both columns: no extreme is ever lost."""
        column_s = float(edges[-1] - edges[0]) / (len(edges) - 1)
        level = 0
        while level + 1 < len(self._levels) and 2 * self._hop * FACTOR ** (level + 1) <= column_s:
            level += 1
        bins = (edges - self._start) / (self._hop * FACTOR**level)
        count = len(self._levels[level][0])
        first = np.floor(bins[:-1] + 1e-9).astype(np.int64)
        last = np.maximum(np.ceil(bins[1:] - 1e-9).astype(np.int64), first + 1)
        low, high, mean = self._levels[level]
        first, last = np.clip(first, 0, count), np.clip(last, 0, count)
        lowest = _reduce(low, first, last, np.fmin)
        highest = _reduce(high, first, last, np.fmax)
        middle = _means(mean, first, last) if self._curve else highest
        return Envelope(lowest, highest, middle, last > first)

    def between(self, start_s: float, end_s: float) -> Values:
        """The values from one second to another as they were measured; of peaks the upper ones."""
        first, last = (round((t - self._start) / self._hop) for t in (start_s, end_s))
        return np.asarray(self._levels[0][1][max(first, 0) : max(last, 0)])

    def at(self, t: float) -> float | None:
        """The value at a second; None without evidence. Of peaks it is the upper one."""
        place = math.floor((t - self._start) / self._hop + 1e-9)
        values = self._levels[0][1]
        if not 0 <= place < len(values) or not np.isfinite(values[place]):
            return None
        return float(values[place])


class Steps:
    """One value for each of many stretches that follow each other, such as the utterances of one speaker."""

    def __init__(self, starts: Floats, ends: Floats, values: Values, confidence: Values | None = None) -> None:
        self.starts = starts
        self.ends = np.maximum.accumulate(ends) if len(ends) else ends
        self.values = values
        self.confidence = confidence if confidence is not None else np.ones_like(values)
        self._running = _running(values)
        self._running_confidence = _running(self.confidence)

    def envelope(self, edges: Floats) -> Envelope:
        """What lies in each column."""
        first, last = self._within(edges)
        return Envelope(
            _reduce(self.values, first, last, np.fmin),
            _reduce(self.values, first, last, np.fmax),
            _running_means(*self._running, first, last),
            last > first,
        )

    def present(self, edges: Floats) -> NDArray[np.bool_]:
        """The columns in which any of the stretches lies."""
        first, last = self._within(edges)
        return last > first

    def means(self, edges: Floats) -> Values:
        """The middle value of each column alone, which takes a third of the time of all three."""
        return _running_means(*self._running, *self._within(edges))

    def confidences(self, edges: Floats) -> Values:
        """Mean confidence of what lies in each column, or of what came last before it; NaN before the first."""
        first, last = self._within(edges)
        if not len(self.values):
            return np.full(len(edges) - 1, np.nan, np.float32)
        before = self.confidence[np.clip(first - 1, 0, None)]
        before = np.where(first > 0, before, np.nan)
        return np.where(last > first, _running_means(*self._running_confidence, first, last), before).astype(np.float32)

    def at(self, t: float) -> int:
        """Place of the stretch that goes on at a second; -1 where none does."""
        place = int(np.searchsorted(self.starts, t, "right")) - 1
        return place if place >= 0 and t < self.ends[place] else -1

    def _within(self, edges: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        first = np.searchsorted(self.ends, edges[:-1], "right")
        last = np.searchsorted(self.starts, edges[1:], "left")
        return first, np.maximum(first, last)


class Coverage:
    """How much of each column is covered by stretches, which may overlap."""

    def __init__(self, starts: Floats, ends: Floats) -> None:
        times = np.concatenate([starts, ends])
        order = np.argsort(times, kind="stable")
        self._times = times[order]
        running = np.concatenate([np.ones(len(starts)), -np.ones(len(ends))])[order].cumsum()
        lengths = np.diff(self._times)
        self._one = np.concatenate([[0.0], (lengths * (running[:-1] >= 1)).cumsum()]) if len(times) else times
        self._two = np.concatenate([[0.0], (lengths * (running[:-1] >= 2)).cumsum()]) if len(times) else times

    def share(self, edges: Floats) -> Floats:
        """Covered share of each column, 0..1."""
        return self._share(self._one, edges)

    def overlapped(self, edges: Floats) -> Floats:
        """Share of each column that is covered at least twice, 0..1."""
        return self._share(self._two, edges)

    def _share(self, sums: Floats, edges: Floats) -> Floats:
        if not len(self._times):
            return np.zeros(len(edges) - 1)
        return np.diff(np.interp(edges, self._times, sums)) / np.diff(edges)


def _padded(values: Values) -> Values:
    """(n, FACTOR) with NaN behind the end."""
    rest = -len(values) % FACTOR
    whole = np.concatenate([values, np.full(rest, np.nan, np.float32)]) if rest else np.asarray(values)
    return whole.reshape(-1, FACTOR)


def _bins(values: Values, extreme: np.ufunc) -> Values:
    padded = _padded(values)
    found = padded[:, 0]
    for column in range(1, FACTOR):  # several times faster than reducing rows of eight
        found = extreme(found, padded[:, column])
    return np.ascontiguousarray(found)


def _reduce(values: Values, first: NDArray[np.int64], last: NDArray[np.int64], extreme: np.ufunc) -> Values:
    """An extreme of ``values[first:last]`` for every pair; NaN where that is empty."""
    if not len(first) or last[-1] <= first[0]:
        return np.full(len(first), np.nan, np.float32)
    base = int(first[0])
    part = np.append(values[base : int(last.max())], np.float32(np.nan))
    pairs = np.stack([first - base, last - base], axis=1).reshape(-1)
    found = extreme.reduceat(part, np.minimum(pairs, len(part) - 1))[::2]
    return np.where(last > first, found, np.nan).astype(np.float32)


def _means(values: Values, first: NDArray[np.int64], last: NDArray[np.int64]) -> Values:
    """The mean of what is known of ``values[first:last]`` for every pair; NaN where nothing is."""
    if not len(first) or last[-1] <= first[0]:
        return np.full(len(first), np.nan, np.float32)
    base = int(first[0])
    return _running_means(*_running(values[base : int(last.max())]), first - base, last - base)


def _running(values: Values) -> tuple[Floats, NDArray[np.int64]]:
    """Sum and number of what is known before each value, and of all of it."""
    known = np.isfinite(values)
    sums, counts = np.zeros(len(values) + 1), np.zeros(len(values) + 1, np.int64)
    np.cumsum(np.where(known, values, 0.0), dtype=np.float64, out=sums[1:])
    np.cumsum(known, dtype=np.int64, out=counts[1:])
    return sums, counts


def _running_means(
    sums: Floats, counts: NDArray[np.int64], first: NDArray[np.int64], last: NDArray[np.int64]
) -> Values:
    count = counts[last] - counts[first]
    total = sums[last] - sums[first]
    return np.where(count > 0, total / np.maximum(count, 1), np.nan).astype(np.float32)
