"""A short excerpt of the demo as a file, for tests that need a real recording."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import soundfile

from illodesk.demo import load_demo


def write_excerpt(path: Path, start_s: float = 40.0, end_s: float = 58.0) -> Path:
    """Write a part of the demo; by default the price and the objection, five turns of two speakers."""
    sound, rate = soundfile.read(load_demo()[0], dtype="int16")
    soundfile.write(path, np.asarray(sound[int(start_s * rate) : int(end_s * rate)]), rate)
    return path
