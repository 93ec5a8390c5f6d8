"""What voice embeddings have in common wherever they are compared."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LONG_ENOUGH_S = 1.6
"""From this much speech on, an embedding is sure enough to found or to move a speaker."""


def unit(vectors: NDArray[np.floating]) -> NDArray[np.float64]:
    """Rows of ``vectors [n, d]`` at length one; rows of zeros stay."""
    wide = np.asarray(vectors, np.float64)
    length = np.linalg.norm(wide, axis=1, keepdims=True)
    return wide / np.where(length > 0, length, 1.0)


def same_voice_limit(seconds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Cosine distance up to which two voices count as one, when the shorter was heard for ``seconds``.

    Short samples of one voice lie far apart, long ones close together: 0.36 at 1.5 s and less, 0.20 at 10 s and more,
    linear in the logarithm between. Chosen by diarization error over telephone calls, meetings and made dialogues.
    """
    limits: NDArray[np.float64] = np.interp(
        np.log(np.maximum(seconds, 1e-3)), np.log([1.5, 10.0]), np.array([0.36, 0.20])
    )
    return limits


def trust(own: NDArray[np.float64], rival: NDArray[np.float64], seconds: NDArray[np.float64]) -> NDArray[np.float32]:
    """Confidence 0..1 in a label from the cosine to its voice, the cosine to the next best, and the seconds heard.

    An even contest is worth 0.5, a lead of 0.2 is worth 1; speech shorter than 1.6 s is worth up to 40 % less.
    """
    lead = np.clip(0.5 + (own - rival) / 0.4, 0.0, 1.0)
    return (lead * (0.6 + 0.4 * np.clip(seconds / LONG_ENOUGH_S, 0.0, 1.0))).astype(np.float32)


STRANGER = 0.6
"""Typical cosine between two different voices: the rival where only one speaker is known."""
