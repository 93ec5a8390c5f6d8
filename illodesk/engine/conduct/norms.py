"""Each speaker's own norm, shrunk towards the prior of :mod:`illodesk.engine.conduct.features`.

Mean: ``(n0 * mu0 + sum) / (n0 + n)`` with n0 = 4 utterances; deviation likewise, with the prior weighing twelve
(science page 2.2). Live, after ten utterances the mean only drifts (alpha 0.03), so that a change stays visible.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping

from illodesk.engine.conduct.features import QUANTITIES

PRIOR_UTTERANCES = 4.0
PRIOR_FOR_DEVIATION = 12.0
LEARNED_AFTER = 10
DRIFT = 0.03
LIMIT = 3.0
NEEDS_OWN_NORM = {"f0_p50_st": (2, 0.25)}
"""Speakers differ too much in these for a prior: how many utterances there must be, and the prior's weight."""


class _Track:
    """Running mean and variance of one quantity of one speaker."""

    __slots__ = ("count", "mean", "spread_seen", "squares")

    def __init__(self) -> None:
        self.count = 0
        self.mean = 0.0
        self.squares = 0.0
        self.spread_seen = 0

    def add(self, value: float, drift: bool) -> None:
        self.count += 1
        if drift and self.count > LEARNED_AFTER:
            self.mean += DRIFT * (value - self.mean)
            return
        self.spread_seen += 1
        step = value - self.mean
        self.mean += step / self.count
        self.squares += step * (value - self.mean)


class ConductNorms:
    """Norms of all speakers of one conversation. Not shared between conversations."""

    def __init__(self) -> None:
        self._tracks: dict[tuple[str, str], _Track] = defaultdict(_Track)

    def learn(self, speaker: str, values: Mapping[str, float], live: bool) -> None:
        """Take in one utterance's quantities. ``live`` lets an established mean only drift."""
        for name, value in values.items():
            self._tracks[speaker, name].add(value, live)

    def seen(self, speaker: str, name: str) -> int:
        """How many values of this quantity the norm rests on."""
        track = self._tracks.get((speaker, name))
        return track.count if track is not None else 0

    def z(self, speaker: str, name: str, value: float) -> float | None:
        """Deviations from the speaker's norm, softly limited to ±3; ``None`` where a norm of their own is needed."""
        prior = QUANTITIES[name]
        track = self._tracks.get((speaker, name))
        needed, weight = NEEDS_OWN_NORM.get(name, (0, PRIOR_UTTERANCES))
        count = min(track.count, LEARNED_AFTER) if track is not None else 0
        if count < needed:
            return None
        mean = prior.mean
        variance = prior.deviation**2
        if track is not None and count:
            mean = (weight * prior.mean + track.count * track.mean) / (weight + track.count)
            variance = (PRIOR_FOR_DEVIATION * variance + track.squares) / (PRIOR_FOR_DEVIATION + track.spread_seen)
        return LIMIT * math.tanh((value - mean) / math.sqrt(variance) / LIMIT)
