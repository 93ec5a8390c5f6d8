"""Made voices: directions in embedding space with as much spread as real ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def made_voices(speakers: list[int], seed: int = 0, spread: float = 0.6) -> NDArray[np.float32]:
    """One unit vector per entry of ``speakers``, near the direction of that speaker; different ones are orthogonal."""
    rng = np.random.default_rng(seed)
    noise = rng.standard_normal((len(speakers), 256)) * spread / 16
    vectors = np.eye(256)[speakers] + noise if speakers else np.zeros((0, 256))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
