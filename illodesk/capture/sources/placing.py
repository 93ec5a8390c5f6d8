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
LEFT_ALONE_S = 0.006
"""So much is not followed: the way from a device becomes some milliseconds longer or shorter when others begin to
play (4 ms were measured), and to follow that would move sound of which nothing was missing. More is made up for at the
next pause, in one step."""

NO_PAUSE_S = 0.010
"""Where no pause comes, as in music, what is beyond this is followed evenly all the same."""

PAUSE_S = 0.15
QUIET = 0.08
"""A pause: the last samples stay below this share of the loudest of the window."""

FOLLOW_S = 15.0
"""Time constant with which the rest is followed: sample by sample, evenly."""

LARGEST_MOVE = 0.003
"""Share of a block by which its successor is moved: below what the reader of recordings follows by stretching."""


def resampler(rate: int) -> Any:
    """A resampler from ``rate`` to 16 kHz, imported by the recorder alone."""
    import soxr

    return soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="int16")


class Placer:
    """Counts samples, and follows the device's clock by when chunks arrive.

    A chunk can wait on its way, never come early, so the earliest arrivals of some seconds show the device's clock:
    with PulseAudio they repeat within 0.1 ms, while the latency that it reports was off by 0.5 s after an idle start
    and wandered by 10 ms later, although not a sample was missing. Blocks follow each other exactly, but for single
    samples with which the count follows that clock. Sound that was never delivered becomes a gap.
    """

    def __init__(self, rate: int, origin: float) -> None:
        self._rate = rate
        self._origin = origin
        self._resampler = None if rate == SAMPLE_RATE else resampler(rate)
        self._held: list[Chunk] = []
        self._blocks: list[Block] = []
        self._run: list[NDArray[np.int16]] = []
        self._base: float | None = None  # second at which frame 0 would arrive at the earliest
        self._settles = 0  # until this frame the earliest arrival is only learned
        self._frames = 0
        self._at = 0
        self._late: deque[tuple[int, float]] = deque()
        self._peaks: deque[tuple[int, int]] = deque()  # samples and loudest of them, for the last stretches
        self._owed = 0.0  # samples by which the count is still to be moved

    def place(self, chunks: Iterable[Chunk], *, last: bool = False) -> list[Block]:
        """Blocks at 16 kHz, one for every stretch without a gap; ``last`` holds nothing back."""
        for chunk in chunks:
            if self._base is None and self._held and chunk.arrived - self._held[-1].arrived > JUMP_S:
                self._release()
            if self._held or self._base is None or self._arrival(chunk, self._frames) - self._base > JUMP_S:
                self._held.append(chunk)
            else:
                self._take(chunk, self._base)
            if self._held and chunk.arrived - self._held[0].arrived > HOLD_S:
                self._release()
        if self._held and (last or time.monotonic() - self._held[0].arrived > HOLD_S):
            self._release()
        if last:
            self._end_resampling()
        self._end_run()
        blocks, self._blocks = self._blocks, []
        self._listen(blocks)
        self._follow(sum(len(block.samples) for block in blocks))
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
        base = min(arrivals)
        if self._base is None:
            self._settles = round(WINDOW_S * self._rate)
            self._at = round(base * SAMPLE_RATE)
            self._base = base
        elif base - self._base > SHIFT_S:
            self._end_resampling()
            self._end_run()
            self._move(round((base - self._base) * SAMPLE_RATE))
            self._late.clear()
        for chunk in held:
            self._take(chunk, self._base)

    def _take(self, chunk: Chunk, base: float) -> None:
        late = self._arrival(chunk, self._frames) - base
        if chunk.lost_before:
            self._end_run()
            self._at += round(chunk.lost_before * SAMPLE_RATE / self._rate)
        self._frames += chunk.lost_before + len(chunk.samples)
        self._late.append((self._frames, late))
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

    def _follow(self, samples: int) -> None:
        while self._late and self._frames - self._late[0][0] > WINDOW_S * self._rate:
            self._late.popleft()
        if not self._late or self._frames < self._settles:
            return
        drift = min(late for _, late in self._late)
        if drift > SHIFT_S:
            self._move(round(drift * SAMPLE_RATE))
            return
        if abs(drift) > LEFT_ALONE_S and self._pausing():
            self._owed = 0.0
            self._move(round(drift * SAMPLE_RATE))
            return
        rest = np.sign(drift) * max(0.0, abs(drift) - NO_PAUSE_S)
        self._owed += rest * samples / FOLLOW_S
        move = max(-int(samples * LARGEST_MOVE), min(int(samples * LARGEST_MOVE), int(self._owed)))
        if move:
            self._owed -= move
            self._move(move)

    def _listen(self, blocks: list[Block]) -> None:
        """Keep the loudest sample of every stretch of the window."""
        self._peaks += [(len(block.samples), int(np.abs(block.samples.astype(np.int32)).max())) for block in blocks]
        while sum(length for length, _ in self._peaks) > WINDOW_S * SAMPLE_RATE:
            self._peaks.popleft()

    def _pausing(self) -> bool:
        """Whether nothing was said just now."""
        loudest = max((peak for _, peak in self._peaks), default=0)
        heard = 0
        for length, peak in reversed(self._peaks):
            if peak > QUIET * loudest:
                return False
            heard += length
            if heard >= PAUSE_S * SAMPLE_RATE:
                return True
        return False

    def _move(self, samples: int) -> None:
        """Begin what follows later, or earlier, than the count says."""
        assert self._base is not None
        seconds = samples / SAMPLE_RATE
        self._base += seconds
        self._at += samples
        self._late = deque((frames, late - seconds) for frames, late in self._late)
