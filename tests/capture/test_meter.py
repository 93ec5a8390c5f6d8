from __future__ import annotations

import numpy as np
import pytest

from illodesk.capture.meter import Meter

RATE = 16_000


def test_levels_of_a_sine() -> None:
    meter = Meter()
    sine = (0.5 * 32768 * np.sin(2 * np.pi * 200 * np.arange(1600) / RATE)).astype(np.int16)
    meter.feed(0.1, sine)
    assert meter.levels(0.1) == (pytest.approx(0.5, abs=0.001), pytest.approx(0.5 / np.sqrt(2), abs=0.001))
    assert meter.levels(5.0) == (0.0, 0.0)


def test_silence_is_no_signal_and_a_whisper_is_one() -> None:
    meter = Meter()
    meter.feed(1.0, np.full(800, 20, np.int16))
    assert meter.last_signal == 0.0
    meter.feed(2.0, np.full(800, -50, np.int16))
    assert meter.last_signal == 2.0


def test_one_loud_sample_is_not_clipping() -> None:
    meter = Meter()
    loud = np.zeros(800, np.int16)
    loud[0] = -32768
    meter.feed(1.0, loud)
    assert not meter.clipping(1.0)
    loud[:5] = 32767
    meter.feed(2.0, loud)
    assert meter.clipping(2.5)
    assert not meter.clipping(3.5)
    assert meter.clipped == 5
