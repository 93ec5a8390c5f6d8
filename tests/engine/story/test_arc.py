from __future__ import annotations

import numpy as np
import pytest

from illodesk.engine.story.arc import narrative_arc, shape_of
from tests.engine.story.timelines import tracked

T = np.linspace(0, 600, 40)
X = T / 600


@pytest.mark.parametrize(
    ("curve", "shape"),
    [
        (X, "rise"),
        (-X, "fall"),
        (np.cos(2 * np.pi * X), "fall-rise"),
        (-np.cos(2 * np.pi * X), "rise-fall"),
        (-np.cos(3 * np.pi * X), "rise-fall-rise"),
        (np.cos(3 * np.pi * X), "fall-rise-fall"),
        (0.02 * X, "flat"),
    ],
)
def test_shapes(curve: np.ndarray, shape: str) -> None:
    assert shape_of(T, curve * 0.6) == shape


def test_too_little_is_unknown() -> None:
    assert narrative_arc([]) == "unknown"
    assert narrative_arc([tracked(i, valence=0.1 * i) for i in range(11)]) == "unknown"
    assert narrative_arc([tracked(i) for i in range(40)]) == "unknown"
    assert narrative_arc([tracked(i, valence=-0.5 + 0.05 * i) for i in range(20)]) == "rise"
