"""A recording as the source of a session."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from illodesk.capture.recording import SAMPLE_RATE
from illodesk.capture.source import READ, RecordingSource
from tests.capture.test_recording import tone, write


def test_how_much_waits_is_known_beyond_what_was_read(tmp_path: Path) -> None:
    seconds = READ / SAMPLE_RATE + 30.0
    sound = tone(seconds)
    write(tmp_path / "r", sound).close()
    source = RecordingSource(tmp_path / "r")
    heard = []
    while (block := source.read()) is not None:
        heard.append(block)
        position_s = sum(map(len, heard)) / SAMPLE_RATE
        assert source.waiting_s == pytest.approx(seconds - position_s, abs=0.01 * seconds)
    assert source.ended and source.waiting_s == 0.0
    np.testing.assert_array_equal(np.concatenate(heard)[:, 0], sound / np.float32(32768))
    source.close()
