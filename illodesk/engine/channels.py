"""What the channels of a recording are: one sound several times, or one person each.

A call recorded with a leg per channel tells the speakers apart for certain, so its channels stay separate. A stereo
microphone, a film or mono written twice is one sound, and becomes its mean.
"""

from __future__ import annotations

from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.audio import SAMPLE_RATE

Block = NDArray[np.float32]

_FRAME = 320  # 20 ms
_ACTIVE_DB = -75.0  # dBFS; quieter frames say nothing
_ENOUGH_ACTIVE = round(5.0 * SAMPLE_RATE / _FRAME)
_LONGEST_WAIT = round(60.0 * SAMPLE_RATE / _FRAME)
_MAX_LAG = 16  # samples; 1 ms, the delay between two microphones 34 cm apart
_CORRELATED = 0.5  # above: two views of one sound
_SPREAD_DB = 15.0  # two people: the level difference swings by more than this (10th to 90th percentile)
_OWN_SHARE = 0.05  # a channel counts as somebody's when it is the loudest in this share of the active frames


class ChannelLayout:
    """Decides once how channels map to speakers, and applies it: blocks (n, in) to blocks (n, out).

    ``auto`` holds sound back until 5 s with some active channel (or 60 s, or the end) have been heard; ``separate`` and
    ``mix`` decide at once. ``layout`` is "mono", "separate" (out = in) or "mixed" (out = 1). The result is the same,
    bit for bit, for any block size.
    """

    def __init__(self, mode: Literal["auto", "separate", "mix"] = "auto") -> None:
        self._mode = mode
        self._held: list[Block] = []
        self._frames = 0  # frames looked at
        self._active = 0  # of them, frames in which some channel was active
        self._rest: Block | None = None  # samples of the frame not complete yet
        self._weights: NDArray[np.float32] | None = None  # of the mix
        self._decided = False
        self.layout: Literal["mono", "separate", "mixed"] = "mono"

    def feed(self, block: Block) -> Block | None:
        """Take a block (n, in); give what may go on, shape (m, out), or None while the decision is open."""
        if not self._decided:
            if self._mode != "auto" or block.shape[1] == 1:
                self._decide(block, independent=self._mode == "separate")
            else:
                self._held.append(block)
                if (heard := self._count(block)) is not None:
                    return self._release(heard)
                return None
        return self._apply(block)

    def finish(self) -> Block | None:
        """The sound is at its end: decide with what there is; give what was held back, or None."""
        return self._release(sum(map(len, self._held))) if self._held else None

    def _count(self, block: Block) -> int | None:
        """Look at the frames that the block completes; the samples to decide on once there are enough."""
        whole = block if self._rest is None else np.concatenate([self._rest, block])
        frames = len(whole) // _FRAME
        self._rest = whole[frames * _FRAME :]
        for loudest in _levels_db(whole[: frames * _FRAME]).max(axis=1).tolist():
            self._frames += 1
            self._active += loudest > _ACTIVE_DB
            if self._active >= _ENOUGH_ACTIVE or self._frames >= _LONGEST_WAIT:
                return self._frames * _FRAME
        return None

    def _release(self, heard: int) -> Block:
        held, self._held, self._rest = np.concatenate(self._held), [], None
        sample = held[:heard]
        self._decide(sample, independent=are_independent(sample))
        return self._apply(held)

    def _decide(self, sample: Block, independent: bool) -> None:
        channels = sample.shape[1]
        self._decided = True
        self.layout = "mono" if channels == 1 else "separate" if independent else "mixed"
        if self.layout == "mixed":
            signs = _polarities(sample) if self._mode == "auto" else np.ones(channels)
            self._weights = (signs / channels).astype(np.float32)

    def _apply(self, block: Block) -> Block:
        if self._weights is None:
            return block
        # Channel by channel: a sum over an axis may round differently for blocks of different lengths.
        mixed = block[:, 0] * self._weights[0]
        for channel in range(1, block.shape[1]):
            mixed = mixed + block[:, channel] * self._weights[channel]
        return np.ascontiguousarray(mixed[:, None])


def are_independent(sound: Block) -> bool:
    """Whether the channels of ``sound`` (n, c) carry different people, c > 1.

    Two channels: one of them silent while the other speaks, or waveforms that do not correlate at any lag up to 1 ms
    and a level difference that swings as it does when two people take turns. More channels: the same for every pair
    of those that are the loudest for some of the time, and at least two of them.
    """
    frames = len(sound) // _FRAME
    levels = _levels_db(sound[: frames * _FRAME])
    active = (levels > _ACTIVE_DB).any(axis=1)
    if not active.any():
        return False
    levels = np.maximum(levels[active], _ACTIVE_DB)
    if sound.shape[1] == 2 and abs(np.median(levels[:, 0] - levels[:, 1])) > _SPREAD_DB:
        return True  # one leg is silent, or hears only the echo of the other
    shares = np.bincount(levels.argmax(axis=1), minlength=sound.shape[1]) / len(levels)
    owners = np.flatnonzero(shares >= _OWN_SHARE)
    heard = np.repeat(active, _FRAME)
    voices = sound[: frames * _FRAME][heard].astype(np.float64)
    return len(owners) >= 2 and all(
        _swing_db(levels[:, a] - levels[:, b]) > _SPREAD_DB and _similarity(voices[:, a], voices[:, b]) < _CORRELATED
        for a, b in combinations(owners.tolist(), 2)
    )


def _levels_db(sound: Block) -> NDArray[np.float64]:
    """RMS levels of whole 20 ms frames, shape (frames, channels), dBFS."""
    frames = sound.reshape(-1, _FRAME, sound.shape[1]).astype(np.float64)
    power = np.stack([(frames[:, :, c] ** 2).mean(axis=1) for c in range(sound.shape[1])], axis=1)
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-12)), np.float64)


def _swing_db(difference: NDArray[np.float64]) -> float:
    low, high = np.percentile(difference, [10, 90])
    return float(high - low)


def _similarity(a: NDArray[np.float64], b: NDArray[np.float64]) -> float:
    """Largest absolute normalised correlation at lags up to ``_MAX_LAG``; 0 for silence."""
    norm = np.sqrt(np.dot(a, a) * np.dot(b, b))
    if norm <= 0.0:
        return 0.0
    lags = range(-_MAX_LAG, _MAX_LAG + 1)
    products = [np.dot(a[max(0, lag) : len(a) + min(0, lag)], b[max(0, -lag) : len(b) + min(0, -lag)]) for lag in lags]
    return float(np.max(np.abs(products)) / norm)


def _polarities(sound: Block) -> NDArray[np.float64]:
    """+1 or -1 per channel: a channel with crossed wires must not cancel the others in their mean."""
    voices = sound.astype(np.float64)
    energy = (voices**2).sum(axis=0)
    reference = voices[:, int(energy.argmax())]
    correlation = voices.T @ reference / np.sqrt(np.maximum(energy * energy.max(), 1e-12))
    return np.where(correlation < -_CORRELATED, -1.0, 1.0)
