"""Places what a device delivers on the recorder's clock, sample by sample."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from illodesk.capture.sources.base import SAMPLE_RATE, Block
from illodesk.capture.sources.ring import Chunk

HOLD_S = 0.4
"""How long sound is held back until its time is known: at the start, and after an interruption."""

JUMP_S = 0.15
"""A chunk this late may come after an interruption, or only have waited."""

SHIFT_S = 0.03
"""Chunks that go on coming this late come after a gap."""

WINDOW_S = 10.0
LOOK_S = 1.0
EARLY_SHARE = 0.25
"""The device's clock is where a quarter of the chunks of the window came earlier. A chunk can wait on its way, so the
later ones say little; and what a loudspeaker plays can be handed over before it is heard, 10 ms early and for seconds,
so the earliest says little either. This quarter kept within 0.3 ms of a straight line in 10 minutes of two null sinks,
the earliest within 7 ms."""

LEFT_ALONE_S = 0.004
"""So much is not followed, so that speech stays as it was, sample by sample. More is made up for at the next pause, in
one step: with the 57 parts per million of PulseAudio's null sinks about once a minute."""

LARGEST_STEP_BACK_S = 0.015
"""In one step: of more the recorder would think that it was told of already, and drop it."""

PAUSE_S = 0.15
QUIET = 0.08
FLOOR = 2.0
"""A pause: the last samples stay below this share of the loudest of the window, and near the quietest tenth of it."""

NO_PAUSE_S = 0.010
FOLLOW_S = 15.0
"""Where no pause comes, as in music, what is beyond this is followed all the same: evenly, with this time constant."""

LARGEST_MOVE = 0.003
"""Share of a block by which its successor is moved: below what the reader of recordings follows by stretching."""


def resampler(rate: int) -> Any:
    """A resampler from ``rate`` to 16 kHz, imported by the recorder alone."""
    import soxr

    return soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="int16")


class Placer:
    """Counts samples, and follows the device's clock by when chunks arrive.

    Arrivals, because the latency that PulseAudio reports was off by 0.5 s after an idle start and wandered by 10 ms
    later, although not a sample was missing. Blocks follow each other exactly, but for single samples with which the
    count follows that clock. Sound that was never delivered becomes a gap.
    """

    def __init__(self, rate: int, origin: float) -> None:
        self._rate = rate
        self._origin = origin
        self._resampler = None if rate == SAMPLE_RATE else resampler(rate)
        self._held: list[Chunk] = []
        self._blocks: list[Block] = []
        self._run: list[NDArray[np.int16]] = []
        self._base: float | None = None  # second at which frame 0 arrives, by the count
        self._clock = 0.0  # the same by the device's clock
        self._arrivals: deque[tuple[int, float]] = deque()  # of the window: frames so far, and when frame 0 arrived
        self._look = 0  # frames until the clock is looked at next
        self._frames = 0
        self._at = 0
        self._peaks: deque[tuple[int, int]] = deque()  # samples and loudest of them, for the stretches of the window
        self._owed = 0.0  # samples by which the count is still to be moved

    def place(self, chunks: Iterable[Chunk], *, last: bool = False) -> list[Block]:
        """Blocks at 16 kHz, one for every stretch without a gap; ``last`` holds nothing back."""
        for chunk in chunks:
            if self._base is None and self._held and chunk.arrived - self._held[-1].arrived > JUMP_S:
                self._release()
            if self._held or self._base is None or self._arrival(chunk, self._frames) - self._base > JUMP_S:
                self._held.append(chunk)
            else:
                self._take(chunk)
            if self._held and chunk.arrived - self._held[0].arrived > HOLD_S:
                self._release()
        if self._held and (last or time.monotonic() - self._held[0].arrived > HOLD_S):
            self._release()
        if last:
            self._end_resampling()
        self._end_run()
        blocks, self._blocks = self._blocks, []
        self._listen(blocks)
        if self._base is not None:
            self._follow(self._base, sum(len(block.samples) for block in blocks))
        return blocks

    def _arrival(self, chunk: Chunk, frames: int) -> float:
        """When frame 0 would have arrived, if ``frames`` came before this chunk and it did not wait."""
        return chunk.arrived - self._origin - (frames + chunk.lost_before + len(chunk.samples)) / self._rate

    def _release(self) -> None:
        """Find the time of the chunks that were held back, and take them."""
        held, self._held = self._held, []
        frames = self._frames
        arrivals = []
        for chunk in held:
            arrivals.append(self._arrival(chunk, frames))
            frames += chunk.lost_before + len(chunk.samples)
        if self._base is None:
            self._base = float(np.quantile(arrivals, EARLY_SHARE))
            self._at = round(self._base * SAMPLE_RATE)
            self._learn_anew(self._base)
        elif min(arrivals) - self._base > SHIFT_S:
            # The earliest: the others may have come all at once, after they waited.
            self._end_resampling()
            self._end_run()
            self._base = self._moved(self._base, round((min(arrivals) - self._base) * SAMPLE_RATE))
            self._learn_anew(self._base)
        for chunk in held:
            self._take(chunk)

    def _learn_anew(self, clock: float) -> None:
        self._clock = clock
        self._arrivals.clear()
        self._look = self._frames + round(WINDOW_S * self._rate)

    def _take(self, chunk: Chunk) -> None:
        arrival = self._arrival(chunk, self._frames)
        if chunk.lost_before:
            self._end_run()
            self._at += round(chunk.lost_before * SAMPLE_RATE / self._rate)
        self._frames += chunk.lost_before + len(chunk.samples)
        self._arrivals.append((self._frames, arrival))
        self._run.append(chunk.samples if self._resampler is None else self._resampler.resample_chunk(chunk.samples))

    def _end_resampling(self) -> None:
        if self._resampler is not None:
            self._run.append(self._resampler.resample_chunk(np.zeros(0, np.int16), last=True))
            self._resampler.clear()

    def _end_run(self) -> None:
        samples = np.concatenate([np.zeros(0, np.int16), *self._run])
        self._run.clear()
        at = self._at
        self._at += len(samples)
        if at < 0:
            # Heard before the recording began.
            samples, at = samples[-at:], 0
        if len(samples):
            self._blocks.append(Block(at / SAMPLE_RATE, samples))

    def _follow(self, base: float, samples: int) -> None:
        """Move the count a little towards the device's clock. ``samples``: how many were placed since the last time."""
        if self._frames >= self._look and self._arrivals:
            while self._frames - self._arrivals[0][0] > WINDOW_S * self._rate:
                self._arrivals.popleft()
            self._clock = float(np.quantile([arrival for _, arrival in self._arrivals], EARLY_SHARE))
            self._look = self._frames + round(LOOK_S * self._rate)
        drift = self._clock - base
        if drift > SHIFT_S or (abs(drift) > LEFT_ALONE_S and self._pausing()):
            self._owed = 0.0
            self._base = self._moved(base, round(max(drift, -LARGEST_STEP_BACK_S) * SAMPLE_RATE))
            return
        self._owed += np.sign(drift) * max(0.0, abs(drift) - NO_PAUSE_S) * samples / FOLLOW_S
        most = int(samples * LARGEST_MOVE)
        move = max(-most, min(most, int(self._owed)))
        self._owed -= move
        self._base = self._moved(base, move)

    def _listen(self, blocks: list[Block]) -> None:
        """Keep the loudest sample of every stretch of the window."""
        self._peaks += [(len(block.samples), int(np.abs(block.samples.astype(np.int32)).max())) for block in blocks]
        while sum(length for length, _ in self._peaks) > WINDOW_S * SAMPLE_RATE:
            self._peaks.popleft()

    def _pausing(self) -> bool:
        """Whether nothing was said just now."""
        peaks = [peak for _, peak in self._peaks]
        quiet = min(QUIET * max(peaks), FLOOR * float(np.quantile(peaks, 0.1))) if peaks else 0.0
        heard = 0
        for length, peak in reversed(self._peaks):
            if peak > quiet:
                return False
            heard += length
            if heard >= PAUSE_S * SAMPLE_RATE:
                return True
        return False

    def _moved(self, base: float, samples: int) -> float:
        """Begin what follows later, or earlier, than the count says."""
        self._at += samples
        return base + samples / SAMPLE_RATE
