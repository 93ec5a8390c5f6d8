"""Voice embeddings: which voice a stretch of sound resembles, as a unit vector of 256 numbers.

The network is the GE2E encoder of Resemblyzer (Wan et al. 2018; see ``resources/models/ge2e/card.md``). Its front end
is followed exactly (25 ms Hann frames every 10 ms, linear power, 40 Slaney mel bands, windows of 1.6 s), but for one
thing: loudness is normalised both ways, so that a louder copy of a sound has the same embedding.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from illodesk import resource_path
from illodesk.engine.onnx_session import open_network
from illodesk.schema import ModelUse

SAMPLE_RATE = 16_000
FRAME = 160
"""Samples between mel frames: 10 ms."""
FFT = 400
WINDOW_FRAMES = 160
"""Frames that the network was trained on: 1.6 s."""
HOP_FRAMES = 40
SHORTEST_S = 0.4
"""Below this a voice is not worth telling: pieces of 0.4 s already give an equal error rate of 13 %."""
TARGET_DBFS = -30.0
ACTIVE_RANGE_DB = 30.0
"""Loudness is measured over the 10 ms frames no further than this below the loudest, so that silence counts nothing."""
BATCH = 32


class SpeakerEncoder:
    """Turns 16 kHz mono sound into voice embeddings on one CPU thread. The model is loaded at first use."""

    info = ModelUse(stage="speakers", name="GE2E voice encoder", version="Resemblyzer 0.1.4", licence="Apache-2.0")

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or resource_path("models/ge2e")

    @cached_property
    def _session(self) -> Any:
        return open_network(self._folder / "encoder.onnx")

    @cached_property
    def _mel(self) -> NDArray[np.float32]:
        matrix: NDArray[np.float32] = np.load(self._folder / "mel.npy")
        return np.ascontiguousarray(matrix.T)

    def windows(self, audio: NDArray[np.float32]) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
        """Centres in seconds ``[k]`` and embeddings ``[k, 256]`` of windows of 1.6 s, one every 0.4 s.

        The last window ends where the sound ends. Sound of 0.4 to 1.6 s is mirrored until it fills one window (the best
        of five ways tried on pieces of 0.4 to 1.2 s); of shorter or silent sound nothing is said: ``k`` is 0.
        """
        if len(audio) < SHORTEST_S * SAMPLE_RATE or not np.any(audio):
            return np.zeros(0), np.zeros((0, 256), np.float32)
        mels = _power(audio * _gain(audio)) @ self._mel
        frames = len(mels)
        if frames <= WINDOW_FRAMES:
            there_and_back = np.concatenate([mels, mels[::-1]])
            mels = np.resize(there_and_back, (WINDOW_FRAMES, mels.shape[1]))
            starts = np.zeros(1, np.int64)
            centres = np.array([len(audio) / 2 / SAMPLE_RATE])
        else:
            last = frames - WINDOW_FRAMES
            starts = np.unique(np.append(np.arange(0, last, HOP_FRAMES), last))
            centres = (starts + WINDOW_FRAMES / 2) * FRAME / SAMPLE_RATE
        stack = np.stack([mels[start : start + WINDOW_FRAMES] for start in starts])
        parts = [self._session.run(None, {"mels": stack[i : i + BATCH]})[0] for i in range(0, len(stack), BATCH)]
        return centres, np.concatenate(parts)

    def embed(self, audio: NDArray[np.float32]) -> NDArray[np.float32] | None:
        """Mean voice ``[256]`` of a stretch in which one person speaks; None when it is too short or silent."""
        _, embeddings = self.windows(audio)
        return mean_voice(embeddings)


def mean_voice(embeddings: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """Unit vector in the direction of the mean of ``embeddings [k, 256]``; None when there is none."""
    total = embeddings.sum(axis=0)
    length = float(np.linalg.norm(total))
    return (total / length).astype(np.float32) if length > 0 else None


def _gain(audio: NDArray[np.float32]) -> np.float32:
    """Factor that brings the speech in ``audio`` to the level the network was trained at."""
    whole = len(audio) // FRAME * FRAME
    energy = np.square(audio[:whole].reshape(-1, FRAME), dtype=np.float64).mean(axis=1)
    active = energy[energy >= energy.max() * 10 ** (-ACTIVE_RANGE_DB / 10)]
    return np.float32(10 ** (TARGET_DBFS / 20) / np.sqrt(active.mean()))


def _power(audio: NDArray[np.float32]) -> NDArray[np.float32]:
    """Power spectra ``[frames, 201]`` of centred 25 ms Hann frames every 10 ms, as librosa computes them."""
    padded = np.pad(audio, FFT // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, FFT)[::FRAME]
    spectra = np.fft.rfft(frames * np.hanning(FFT + 1)[:-1].astype(np.float32), axis=1)
    return (np.square(spectra.real) + np.square(spectra.imag)).astype(np.float32)
