"""Voice activity: the Silero network that the faster-whisper wheel carries, run with its state carried along.

The graph (``silero_vad_v6.onnx``, MIT) takes ``input`` (frames, 576): 64 samples of the past and 512 new ones, and the
state ``h``, ``c`` (1, 1, 128); it gives ``speech_probs`` (frames,), ``hn`` and ``cn``. The frame axis is time.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.onnx_session import open_network

FRAME = 512
"""Samples per frame: 32 ms at 16 kHz."""

SILENCE_DB = -120.0
"""dBFS; the level given to digital silence."""

_CONTEXT = 64
# More frames in one call run faster, but only the same groups of frames are sure to give the same bits on every
# processor. So frames always go one by one: 0.05 ms for 32 ms of sound.


def silero_path() -> Path:
    """The network inside the faster-whisper wheel, found without importing it. Raises :class:`FileNotFoundError`."""
    spec = find_spec("faster_whisper")
    folders = [] if spec is None else list(spec.submodule_search_locations or [])
    found = sorted(path for folder in folders for path in Path(folder, "assets").glob("silero_vad_v*.onnx"))
    if not found:
        raise FileNotFoundError("faster-whisper's voice activity network is not installed")
    return found[-1]


class _Frames:
    """Cuts samples into whole frames, whatever pieces they come in."""

    def __init__(self) -> None:
        self._rest = np.zeros(0, np.float32)

    def push(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Whole frames, shape (k, FRAME)."""
        whole = np.concatenate([self._rest, samples])
        frames = len(whole) // FRAME
        self._rest = whole[frames * FRAME :]
        return whole[: frames * FRAME].reshape(frames, FRAME)

    def flush(self) -> NDArray[np.float32]:
        """The samples left over, shape (0 or 1, up to FRAME - 1), not padded."""
        rest, self._rest = self._rest, np.zeros(0, np.float32)
        return rest[None] if len(rest) else np.zeros((0, FRAME), np.float32)


class VoiceActivity:
    """Speech probability of each 32 ms frame of one channel; the same bits for any slicing of the same samples."""

    def __init__(self) -> None:
        self._session: Any = None
        self._frames = _Frames()
        self._state = {"h": np.zeros((1, 1, 128), np.float32), "c": np.zeros((1, 1, 128), np.float32)}
        self._past = np.zeros(_CONTEXT, np.float32)

    def __getstate__(self) -> dict[str, Any]:
        """What was heard, without the network: a checkpoint opens in another process."""
        return {**self.__dict__, "_session": None}

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take samples (n,) at 16 kHz; give the probabilities (k,) of the frames they complete."""
        return self._run(self._frames.push(samples))

    def finish(self) -> NDArray[np.float32]:
        """The probability of the last, incomplete frame, filled up with silence: shape (0,) or (1,)."""
        rest = self._frames.flush()
        return self._run(np.pad(rest, ((0, 0), (0, FRAME - rest.shape[1]))))

    def _run(self, frames: NDArray[np.float32]) -> NDArray[np.float32]:
        probabilities = np.empty(len(frames), np.float32)
        for index, frame in enumerate(frames):
            feed = {"input": np.concatenate([self._past, frame])[None], **self._state}
            probability, self._state["h"], self._state["c"] = self._network().run(["speech_probs", "hn", "cn"], feed)
            probabilities[index] = np.ravel(probability)[0]
            self._past = frame[-_CONTEXT:].copy()
        return probabilities

    def _network(self) -> Any:
        if self._session is None:
            self._session = open_network(silero_path())
        return self._session


class FrameLevels:
    """RMS level of the same 32 ms frames, dBFS (0 dB: a square wave at full scale); digital silence is -120."""

    def __init__(self) -> None:
        self._frames = _Frames()

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take samples (n,); give the levels (k,) of the frames they complete."""
        return self._levels(self._frames.push(samples))

    def finish(self) -> NDArray[np.float32]:
        """The level of the last, incomplete frame: shape (0,) or (1,)."""
        return self._levels(self._frames.flush())

    @staticmethod
    def _levels(frames: NDArray[np.float32]) -> NDArray[np.float32]:
        power = np.array([np.mean(np.square(frame, dtype=np.float64)) for frame in frames])
        levels: NDArray[np.float32] = np.maximum(10.0 * np.log10(np.maximum(power, 1e-30)), SILENCE_DB).astype(
            np.float32
        )
        return levels
