"""Levels before anything is recorded, and the test tone."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from illodesk.capture.devices import DeviceError
from illodesk.capture.monitor import Levels, Monitor
from illodesk.capture.recording import ChannelSpec
from illodesk.capture.tone import LOUDNESS, play_tone, tone
from tests.capture.sound_server import SoundServer, voice_like, write_wav


def wait_for(monitor: Monitor, wanted: Callable[[Levels], bool], seconds: float = 10.0) -> Levels:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        levels = monitor.levels()
        if levels is not None and wanted(levels):
            return levels
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s; last: {monitor.levels()}")


def test_levels_of_a_file_are_told_and_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = write_wav(tmp_path / "voice.wav", voice_like(20.0, 1))
    empty = tmp_path / "empty"
    empty.mkdir()
    monkeypatch.chdir(empty)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monitor = Monitor([ChannelSpec(name="mine", kind="file", device=str(sound))])
    try:
        [channel] = wait_for(monitor, lambda levels: levels.channels[0].peak > 0.05).channels
        assert (channel.name, channel.state) == ("mine", "live")
        assert 0 < channel.rms < channel.peak <= 1
    finally:
        monitor.close()
    assert monitor._process.wait(5) != 0
    assert list(empty.iterdir()) == []


def test_it_ends_when_nobody_listens_any_more() -> None:
    monitor = Monitor([ChannelSpec(name="mine", kind="file", device="/nowhere.wav")])
    try:
        lost = wait_for(monitor, lambda levels: levels.channels[0].state == "lost")
        assert lost.warnings[0].code == "device_lost"
        assert monitor._process.stdin is not None
        monitor._process.stdin.close()
        assert monitor._process.wait(5) == 0
    finally:
        monitor.close()


def test_letting_it_go_waits_for_nothing_and_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monitor = Monitor([], command=[sys.executable, "-c", "import time; time.sleep(60)"])
    with monkeypatch.context() as patch:
        patch.setattr(monitor._process, "kill", lambda: None)  # as one that its driver holds
        begun = time.monotonic()
        monitor.close()
        assert time.monotonic() - begun < 1.0
    monitor.close()
    monitor._reader.join(5)
    assert monitor._process.returncode is not None
    assert monitor._process.stdin is not None and monitor._process.stdin.closed


def test_what_a_library_prints_is_no_level() -> None:
    program = "print('hello'); print('{\"channels\": [], \"warnings\": []}', flush=True); input()"
    monitor = Monitor([], command=[sys.executable, "-c", f"import sys; sys.stdin.readline(); {program}"])
    try:
        assert wait_for(monitor, lambda levels: True).channels == []
    finally:
        monitor.close()


def test_the_tone_has_soft_edges_and_a_bearable_loudness() -> None:
    sound = tone().astype(float) / 32768
    assert abs(sound[:50]).max() < 0.01 and abs(sound[-50:]).max() < 0.01
    assert np.abs(sound).max() == pytest.approx(LOUDNESS, rel=0.01)


def test_a_tone_that_cannot_be_played_says_so() -> None:
    with pytest.raises(DeviceError, match="no loudspeaker"):
        play_tone(command=[sys.executable, "-c", "raise SystemExit(1)"])
    with pytest.raises(DeviceError, match="does not answer"):
        play_tone(command=[sys.executable, "-c", "import time; time.sleep(9)"], timeout=0.5)


def test_the_tone_is_heard_as_system_audio(sound_server: SoundServer) -> None:
    monitor = Monitor([ChannelSpec(name="theirs", kind="system")])
    try:
        wait_for(monitor, lambda levels: levels.channels[0].state == "live")
        play_tone()
        heard = wait_for(monitor, lambda levels: levels.channels[0].silent_s < 2).channels[0]
        assert heard.device == "Monitor of Loudspeaker"
    finally:
        monitor.close()
