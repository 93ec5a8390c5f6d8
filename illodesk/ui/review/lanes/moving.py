"""Moving an annotation or one of its edges: what is held, how far it may go, and where it snaps. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from illodesk.ui.review.lanes.data import LaneData

Part = Literal["start", "end", "whole"]
Snap = Callable[[float], float | None]
"""The place to snap to near a second; None where there is none."""

SHORTEST_S = 0.01
LONGEST_UTTERANCE_S = 600.0


def freely(t: float) -> float | None:  # noqa: ARG001
    """Snap to nothing."""
    return None


@dataclass(frozen=True)
class Held:
    """An annotation by one of its parts. It stays between ``lowest`` and ``highest``, s, where its neighbours stand."""

    id: str
    part: Part
    start: float
    end: float
    lowest: float
    highest: float

    def moved(self, seconds: float, snap: Snap = freely) -> tuple[float, float]:
        """Start and end when the part goes that much later, or with a negative number earlier."""
        start, end = self._moved(seconds, snap)
        return (start, end) if start < end else (self.start, self.end)  # too short for floats to tell apart

    def _moved(self, seconds: float, snap: Snap) -> tuple[float, float]:
        shortest = min(SHORTEST_S, self.end - self.start)
        if self.part == "start":
            return self._placed(self.start + seconds, snap, self.lowest, self.end - shortest), self.end
        if self.part == "end":
            return self.start, self._placed(self.end + seconds, snap, self.start + shortest, self.highest)
        length = self.end - self.start
        start = self._snapped_whole(round(self.start + seconds, 3), length, snap)
        start = min(max(start, self.lowest), max(self.highest - length, self.lowest))
        return start, min(start + length, self.highest)

    @staticmethod
    def _placed(t: float, snap: Snap, least: float, most: float) -> float:
        found = snap(t)
        if found is None or not least <= found <= most:
            found = round(t, 3)
        return min(max(found, least), most)

    def _snapped_whole(self, start: float, length: float, snap: Snap) -> float:
        """Where it starts when the edge that is nearer to something snaps to it."""
        found = [at - edge for edge in (start, start + length) if (at := snap(edge)) is not None]
        fitting = [by for by in found if self.lowest <= start + by and start + by + length <= self.highest]
        return start + min(fitting, key=abs, default=0.0)


def limits(start: float, end: float, others: Iterable[tuple[float, float]], duration_s: float) -> tuple[float, float]:
    """Between which seconds an annotation may lie that starts and ends there: those of one tier do not overlap."""
    before, after = 0.0, duration_s
    for other_start, other_end in others:
        if other_start < start:
            before = max(before, other_end)
        else:
            after = min(after, other_start)
    return min(before, start), max(after, end)


def nearest_edge(data: LaneData, tier: str, t: float, reach_s: float) -> float | None:
    """Where a word, an utterance or an annotation of another tier begins or ends, at most ``reach_s`` from a second."""
    spoken = data.everybody
    first = int(np.searchsorted(spoken.starts, t - reach_s - LONGEST_UTTERANCE_S))
    last = int(np.searchsorted(spoken.starts, t + reach_s, "right"))
    edges = []
    for place in first + np.flatnonzero(spoken.ends[first:last] >= t - reach_s):
        utterance = spoken.utterances[place]
        edges += [utterance.t_start, utterance.t_end]
        edges += [edge for word in utterance.words for edge in (word.t_start, word.t_end)]
    for other in data.result.tiers:
        if other.name != tier:
            edges += [edge for one in other.annotations for edge in (one.t_start, one.t_end)]
    near = [edge for edge in edges if abs(edge - t) <= reach_s]
    return min(near, key=lambda edge: abs(edge - t), default=None)
