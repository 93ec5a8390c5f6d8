from __future__ import annotations

import pytest

from illodesk.engine.affect.description import describe


@pytest.mark.parametrize(
    ("z", "words"),
    [
        ({}, ""),
        ({"speech_rate_sps": 0.4, "f0_p50_st": -0.3}, "as usual"),
        ({"speech_rate_sps": 1.8, "f0_range_st": 1.2, "f0_p50_st": 2.0, "pause_mean_s": 1.1},
         "fast, lively, high-pitched, long pauses"),
        ({"speech_rate_sps": -1.8, "f0_range_st": -1.2, "f0_p50_st": -2.0, "pause_ratio": -1.5},
         "slow, flat, low-pitched"),
    ],
)  # fmt: skip
def test_what_stands_out_is_named(z, words):
    assert describe(z) == words
