"""Levels of one channel."""

from __future__ import annotations

from collections import deque

import numpy as np
from numpy.typing import NDArray

FULL = 32768.0
CLIPPED = 32700
CLIPPED_RUN = 3
"""So many samples at full scale in one block are clipping, not a single loud one."""

SIGNAL = round(FULL * 10 ** (-60 / 20))
"""Peaks from -60 dB of full scale on count as a signal; a muted or dead device stays below."""

SHOWN_S = 0.1
CLIPPING_SHOWN_S = 1.0


class Meter:
    """Peak and root mean square of the last tenth of a second, clipping, and time since the last signal."""

    def __init__(self) -> None:
        self._recent: deque[tuple[float, float, float]] = deque()
        self._last_clip = -np.inf
        self.last_signal = 0.0
        self.clipped = 0

    def feed(self, t: float, samples: NDArray[np.int16]) -> None:
        """Measure samples that ended at ``t`` s on the recorder's clock."""
        if not len(samples):
            return
        sound = samples.astype(np.float32)
        loudness = np.abs(sound)
        peak = float(loudness.max())
        self._recent.append((t, peak / FULL, float(np.mean(np.square(sound / FULL)))))
        if peak >= SIGNAL:
            self.last_signal = t
        at_full = int((loudness >= CLIPPED).sum())
        if at_full >= CLIPPED_RUN:
            self.clipped += at_full
            self._last_clip = t

    def levels(self, t: float) -> tuple[float, float]:
        """Peak and root mean square at ``t``, both 0 to 1."""
        while len(self._recent) > 1 and self._recent[0][0] < t - SHOWN_S:
            self._recent.popleft()
        if not self._recent or self._recent[-1][0] < t - 10 * SHOWN_S:
            return 0.0, 0.0
        return max(peak for _, peak, _ in self._recent), float(
            np.sqrt(np.mean([square for _, _, square in self._recent]))
        )

    def clipping(self, t: float) -> bool:
        """Whether it clipped within the last second."""
        return t - self._last_clip <= CLIPPING_SHOWN_S
