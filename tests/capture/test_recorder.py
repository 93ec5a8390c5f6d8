"""The recorder process, fed from files; with a sound server see test_sound_server.py."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO

import numpy as np
import pytest

from illodesk.capture import control
from illodesk.capture.control import Command, Limits, RecordingRequest
from illodesk.capture.finish import finish_recording
from illodesk.capture.recorder import DISK_FULL, RESERVE, RESERVE_BYTES, RecorderLoop
from illodesk.capture.recording import CLOSED, HEADER, ChannelSpec, RecordingError, RecordingReader, RecordingWriter
from illodesk.capture.remote import Recorder, running_recordings
from illodesk.capture.sources.media_file import FileSource
from tests.capture.sound_server import RATE, match, voice_like, write_wav

ROOMY = Limits(warn_bytes=0, warn_s=0, stop_bytes=0)


def request(*files: Path, paced: bool = True, limits: Limits = ROOMY) -> RecordingRequest:
    channels = [ChannelSpec(name=file.stem, kind="file", device=str(file)) for file in files]
    return RecordingRequest(recording_id="r", channels=channels, paced=paced, limits=limits)


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("voices")
    return write_wav(folder / "a.wav", voice_like(20, 1)), write_wav(folder / "b.wav", voice_like(20, 2))


@pytest.fixture
def started() -> Iterator[list[Recorder]]:
    """Recorders to be ended, whatever becomes of the test."""
    recorders: list[Recorder] = []
    yield recorders
    for recorder in recorders:
        if recorder.alive:
            os.kill(recorder.owner.pid, signal.SIGKILL)


def read(folder: Path) -> np.ndarray:
    reader = RecordingReader(folder)
    try:
        return reader.read(last=True)
    finally:
        reader.close()


def wait_until(what: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def journal(folder: Path) -> list[str]:
    reader = RecordingReader(folder)
    try:
        return [entry.kind for entry in reader.journal()]
    finally:
        reader.close()


def test_files_at_full_speed_are_recorded_sample_by_sample(tmp_path: Path, voices: tuple[Path, Path]) -> None:
    loop = RecorderLoop(tmp_path, request(*voices, paced=False))
    assert loop.run() == "finished"
    sound = read(tmp_path)
    for i, seed in enumerate((1, 2)):
        expected = np.round(voice_like(20, seed) * 32768)
        assert np.abs(sound[:, i] - expected).max() <= 1
    assert json.loads((tmp_path / "closed.json").read_text()) == {"reason": "finished"}
    status = control.read_status(tmp_path)
    assert status is not None
    assert (status.state, status.position_s, status.synced_s) == ("closed", 20.0, 20.0)


def test_a_file_that_opens_slowly_loses_nothing_at_full_speed(
    tmp_path: Path, voices: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = FileSource.start

    def slow(source: FileSource, origin: float) -> None:
        if source.name == voices[1].name:
            time.sleep(0.5)
        start(source, origin)

    monkeypatch.setattr(FileSource, "start", slow)
    RecorderLoop(tmp_path, request(*voices, paced=False)).run()
    expected = np.round(voice_like(20, 2) * 32768)
    assert np.abs(read(tmp_path)[:, 1] - expected).max() <= 1
    assert "device_lost" not in journal(tmp_path)


def test_a_folder_is_recorded_into_once(tmp_path: Path, voices: tuple[Path, Path]) -> None:
    RecorderLoop(tmp_path, request(voices[0], paced=False)).run()
    with pytest.raises(RecordingError, match="holds a recording already"):
        RecorderLoop(tmp_path, request(voices[0], paced=False))
    control.write_owner(tmp_path, control.Owner(1, "x"))
    (tmp_path / control.REQUEST).write_text("{}")
    with pytest.raises(RecordingError, match="holds a recording already"):
        Recorder.start(tmp_path, request(voices[0]))


def test_a_recorder_is_started_watched_marked_and_stopped(
    tmp_path: Path, voices: tuple[Path, Path], started: list[Recorder]
) -> None:
    folder = tmp_path / "r"
    recorder = Recorder.start(folder, request(*voices))
    started.append(recorder)
    assert recorder.wait_started().state == "recording"
    assert running_recordings(tmp_path) == [folder]
    assert not (folder / CLOSED).exists()
    time.sleep(0.5)
    recorder.mark("the offer")
    recorder.note("speaks softly")
    time.sleep(0.5)
    status = recorder.status()
    assert status.position_s > 0.5
    assert [channel.state for channel in status.channels] == ["live", "live"]
    assert status.channels[0].peak > 0.01
    assert recorder.stop().state == "closed"
    assert running_recordings(tmp_path) == []
    assert (folder / CLOSED).exists()
    reader = RecordingReader(folder)
    marks = [(entry.kind, entry.text) for entry in reader.journal() if entry.kind in ("marker", "note")]
    times = [entry.t for entry in reader.journal() if entry.kind == "marker"]
    reader.close()
    assert marks == [("marker", "the offer"), ("note", "speaks softly")]
    assert 0.3 < times[0] < 1.5
    with pytest.raises(RecordingError, match="Nothing is recording"):
        Recorder.attach(folder)


def test_signals_of_a_closing_terminal_do_not_end_it_and_term_ends_it_in_order(
    tmp_path: Path, voices: tuple[Path, Path], started: list[Recorder]
) -> None:
    recorder = Recorder.start(tmp_path / "r", request(*voices))
    started.append(recorder)
    recorder.wait_started()
    for number in (signal.SIGHUP, signal.SIGINT):
        os.kill(recorder.owner.pid, number)
    time.sleep(0.3)
    assert recorder.alive
    os.kill(recorder.owner.pid, signal.SIGTERM)
    while recorder.alive:
        time.sleep(0.01)
    assert recorder.stop().reason == "terminated"


def test_a_killed_recorder_loses_less_than_a_second_and_is_found(
    tmp_path: Path, voices: tuple[Path, Path], started: list[Recorder]
) -> None:
    random = np.random.default_rng(5)
    lost = []
    for i in range(3):
        folder = tmp_path / f"r{i}"
        recorder = Recorder.start(folder, request(*voices))
        started.append(recorder)
        recorder.wait_started()
        time.sleep(float(random.uniform(0.1, 0.9)))
        os.kill(recorder.owner.pid, signal.SIGKILL)
        killed = time.time()
        while recorder.alive:
            time.sleep(0.01)
        assert recorder.status().state == "failed"
        reader = RecordingReader(folder)
        began = reader.spec.started_at
        reader.close()
        lost.append(killed - began - len(read(folder)) / RATE)
    assert max(lost) <= 1.0
    assert not any((tmp_path / f"r{i}" / CLOSED).exists() for i in range(3))
    finished = finish_recording(tmp_path / "r0", tmp_path / "r0.flac")
    assert finished.interrupted
    assert finished.channels == 2


def test_recording_outlives_who_started_it_and_is_attached_to(
    tmp_path: Path, voices: tuple[Path, Path], started: list[Recorder]
) -> None:
    folder = tmp_path / "r"
    (tmp_path / "request.json").write_text(request(*voices).model_dump_json())
    program = (
        "import sys, time; from pathlib import Path\n"
        "from illodesk.capture.control import RecordingRequest\n"
        "from illodesk.capture.remote import Recorder\n"
        "request = RecordingRequest.model_validate_json(Path(sys.argv[1]).read_bytes())\n"
        "Recorder.start(Path(sys.argv[2]), request).wait_started(); print('started', flush=True); time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "request.json"), str(folder)], stdout=subprocess.PIPE
    ) as starter:
        assert starter.stdout is not None
        assert starter.stdout.readline() == b"started\n"
        starter.kill()
    before = len(read(folder))
    time.sleep(0.4)
    recorder = Recorder.attach(folder)
    started.append(recorder)
    assert recorder.status().state == "recording"
    assert len(read(folder)) > before
    assert recorder.stop().state == "closed"
    # The channels end within one turn of each other.
    sound = read(folder)[: -RATE // 10]
    expected = np.round(voice_like(20, 1) * 32768)
    begin = int(np.flatnonzero(sound[:, 0])[0] - np.flatnonzero(expected)[0])
    assert np.abs(sound[begin:, 0] - expected[: len(sound) - begin]).max() <= 1


def test_a_request_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    recorder = Recorder.start(tmp_path / "r", request(tmp_path / "x.wav"), command=[sys.executable, "-c", "1"])
    with pytest.raises(RecordingError, match="ended unexpectedly"):
        recorder.wait_started()
    (tmp_path / "q").mkdir()
    (tmp_path / "q" / "request.json").write_text('{"recording_id": "r", "channels": []}')
    done = subprocess.run(
        [sys.executable, "-m", "illodesk.capture.recorder", str(tmp_path / "q")], capture_output=True, check=False
    )
    assert done.returncode == 1
    status = control.read_status(tmp_path / "q")
    assert status is not None
    assert status.state == "failed"


def test_a_file_that_is_not_there_leaves_the_other_channel_going(
    tmp_path: Path, voices: tuple[Path, Path], started: list[Recorder]
) -> None:
    recorder = Recorder.start(tmp_path / "r", request(tmp_path / "absent.wav", voices[1]))
    started.append(recorder)
    recorder.wait_started()
    time.sleep(0.8)
    status = recorder.status()
    assert [channel.state for channel in status.channels] == ["lost", "live"]
    assert "absent.wav cannot be read" in status.warnings[0].text
    recorder.stop()
    sound = read(tmp_path / "r")
    assert not sound[:, 0].any()
    assert sound[:, 1].any()


def test_commands_that_are_not_readable_are_removed(tmp_path: Path, voices: tuple[Path, Path]) -> None:
    loop = RecorderLoop(tmp_path, request(voices[0], paced=False))
    control.send(tmp_path, Command(kind="marker", text="m", at=time.monotonic()))
    (tmp_path / control.COMMANDS / "0.json").write_text("garbage")
    loop.run()
    assert list((tmp_path / control.COMMANDS).iterdir()) == []
    assert "marker" in journal(tmp_path)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB of its own; only root can make one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    libc = ctypes.CDLL(None, use_errno=True)
    disk = tmp_path / "disk"
    disk.mkdir()
    if libc.mount(b"tmpfs", str(disk).encode(), b"tmpfs", 0, b"size=3m"):
        pytest.skip("mounting is not allowed here")
    yield disk
    libc.umount2(str(disk).encode(), 2)


def test_a_disk_that_is_really_full_ends_the_recording_in_order(small_disk: Path, tmp_path: Path) -> None:
    voice = write_wav(tmp_path / "long.wav", voice_like(120, 3))
    folder = small_disk / "r"
    folder.mkdir()
    reason = RecorderLoop(folder, request(voice, paced=False)).run()
    assert reason == DISK_FULL
    assert (folder / "closed.json").exists()
    sound = read(folder)[:, 0]
    assert len(sound) > 60 * RATE
    expected = np.round(voice_like(120, 3) * 32768)[: len(sound)]
    assert np.abs(sound - expected).max() <= 1
    finish_recording(folder, tmp_path / "kept.flac")


def test_recording_stops_before_the_disk_is_full(small_disk: Path, tmp_path: Path) -> None:
    voice = write_wav(tmp_path / "long.wav", voice_like(120, 3))
    folder = small_disk / "r"
    folder.mkdir()
    limits = Limits(warn_bytes=2_900_000, warn_s=0, stop_bytes=1_500_000)
    (small_disk / "filler").write_bytes(bytes(1_200_000))
    loop = RecorderLoop(folder, request(voice, limits=limits))
    control.publish(folder, control.RecorderStatus())
    (small_disk / "more").write_bytes(bytes(200_000))
    assert loop.run() == DISK_FULL
    assert (folder / "closed.json").exists()
    (small_disk / "another").mkdir()
    with pytest.raises(RecordingError, match="not enough room"):
        RecorderLoop(small_disk / "another", request(voice, limits=Limits(stop_bytes=3_000_000)))


def test_a_disk_that_another_program_fills_is_warned_of_and_ends_the_recording_in_order(
    small_disk: Path, voices: tuple[Path, Path], started: list[Recorder], tmp_path: Path
) -> None:
    """Two channels, the recorder process, and a disk that is full from one moment to the next."""
    folder = small_disk / "r"
    recorder = Recorder.start(folder, request(*voices, limits=Limits(warn_bytes=1_500_000, warn_s=0, stop_bytes=0)))
    started.append(recorder)
    assert recorder.wait_started().warnings == []
    (small_disk / "filler").write_bytes(bytes(1_500_000))
    end = time.monotonic() + 5
    while "disk_low" not in [warning.code for warning in recorder.status().warnings]:
        assert time.monotonic() < end
        time.sleep(0.05)
    assert "nearly full: room for" in recorder.status().warnings[0].text
    with contextlib.suppress(OSError), (small_disk / "more").open("wb", buffering=0) as more:
        while True:
            more.write(bytes(4096))
    full = time.time()
    while recorder.alive:
        assert time.monotonic() < end + 5
        time.sleep(0.02)
    status = recorder.status()
    assert (status.state, status.reason) == ("closed", DISK_FULL)
    assert json.loads((folder / "closed.json").read_text()) == {"reason": DISK_FULL}
    assert "disk_low" in journal(folder)
    finished = finish_recording(folder, tmp_path / "kept.flac")
    assert not finished.damaged
    began = RecordingReader(folder)
    assert full - began.spec.started_at - finished.duration_s <= 1.0
    began.close()
    sound = read(folder)
    for i, seed in enumerate((1, 2)):
        played = np.round(voice_like(20, seed) * 32768)
        begin = int(np.flatnonzero(sound[:, i])[0] - np.flatnonzero(played)[0])
        heard = np.trim_zeros(sound[begin:, i], "b")
        assert np.abs(heard - played[: len(heard)]).max() <= 1


def test_a_low_disk_is_warned_of(tmp_path: Path, voices: tuple[Path, Path]) -> None:
    loop = RecorderLoop(tmp_path, request(voices[0], limits=Limits(warn_bytes=1 << 60, stop_bytes=0)))
    control.send(tmp_path, Command(kind="stop", at=time.monotonic()))
    seen = []
    original = control.publish

    def publish(folder: Path, status: control.RecorderStatus) -> None:
        seen.extend(warning.code for warning in status.warnings)
        original(folder, status)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(control, "publish", publish)
        loop.run()
    assert "disk_low" in seen
    assert "disk_low" in journal(tmp_path)


class FullDisk:
    """A file on a disk with room for so many bytes: a write takes what fits, and the next one fails."""

    def __init__(self, file: BinaryIO, room: list[int], reserve: Path) -> None:
        self._file = file
        self._room = room
        self._reserve = reserve

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def write(self, data: memoryview) -> int:
        if not self._reserve.exists():
            self._room[0] += self._room.pop() if len(self._room) > 1 else 0
        if not self._room[0]:
            raise OSError(errno.EDQUOT, "Disk quota exceeded")
        taken = self._file.write(data[: self._room[0]])
        self._room[0] -= taken
        return taken

    def truncate(self, size: int) -> int:
        self._room[0] += self._file.seek(0, os.SEEK_END) - size
        return self._file.truncate(size)


@pytest.mark.parametrize("given_back", [0, RESERVE_BYTES])
def test_a_write_that_fails_halfway_leaves_whole_blocks(
    tmp_path: Path, voices: tuple[Path, Path], given_back: int
) -> None:
    """As on a full disk or a quota: half of a block is taken, then nothing any more; the reserve may help or not."""
    loop = RecorderLoop(tmp_path, request(voices[0], paced=False))
    room = [200_001, given_back]
    for file in [loop._writer._journal, *loop._writer._channels]:
        file._file = FullDisk(file._file, room, tmp_path / RESERVE)  # type: ignore[assignment]
    assert loop.run() == DISK_FULL
    status = control.read_status(tmp_path)
    assert status is not None
    assert (status.state, status.reason) == ("closed" if given_back else "failed", DISK_FULL)
    assert (tmp_path / CLOSED).exists() == bool(given_back)
    reader = RecordingReader(tmp_path)
    sound = reader.read(last=True)[:, 0]
    assert reader.unread_bytes == [0]
    reader.close()
    assert len(sound) >= 5 * RATE
    assert np.abs(sound - np.round(voice_like(20, 1) * 32768)[: len(sound)]).max() <= 1


def test_a_recorder_whose_last_word_did_not_fit_is_told_of_the_disk(
    tmp_path: Path, voices: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder.start(tmp_path / "r", request(voices[0]), command=[sys.executable, "-c", "1"])
    while recorder.alive:
        time.sleep(0.01)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: SimpleNamespace(free=0))
    assert recorder.status().reason == DISK_FULL


def test_a_slow_disk_does_not_keep_the_recorder_from_its_sources(
    tmp_path: Path, voices: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(self: RecordingWriter) -> None:
        time.sleep(1.5)

    monkeypatch.setattr(RecordingWriter, "sync_flushed", slow)
    loop = RecorderLoop(tmp_path, request(voices[0]))
    threading.Timer(1.2, loop.terminate).start()
    loop.run()
    times = []
    data, at = (tmp_path / "channel_0.blk").read_bytes(), 0
    while at < len(data):
        _, frames, t, _ = HEADER.unpack(data[at : at + HEADER.size])
        times.append(t)
        at += HEADER.size + 2 * frames
    assert times[-1] > 1.0
    assert np.diff(times).max() < 0.3


def test_a_pause_keeps_silence_and_the_time(tmp_path: Path, voices: tuple[Path, Path], started: list[Recorder]) -> None:
    folder = tmp_path / "r"
    recorder = Recorder.start(folder, request(*voices))
    started.append(recorder)
    recorder.wait_started()
    wait_until(lambda: all(channel.state == "live" for channel in recorder.status().channels))
    spoken = recorder.status().position_s
    wait_until(lambda: recorder.status().position_s > spoken + 1.5)
    recorder.pause()
    wait_until(lambda: recorder.status().paused)
    began = recorder.status().position_s
    wait_until(lambda: recorder.status().position_s > began + 1.5)
    assert recorder.status().channels[0].peak > 0.01, "the level is still shown"
    recorder.go_on()
    wait_until(lambda: not recorder.status().paused)
    went_on = recorder.status().position_s
    wait_until(lambda: recorder.status().position_s > went_on + 0.5)
    recorder.stop()
    sound = read(folder)
    assert [kind for kind in journal(folder) if kind in ("pause", "go_on")] == ["pause", "go_on"]
    assert not sound[round((began + 0.2) * RATE) : round((went_on - 0.4) * RATE)].any()
    for i, seed in enumerate((1, 2)):
        voice = voice_like(20, seed)
        before = match(voice, sound[round((spoken + 0.4) * RATE) : round((began - 0.3) * RATE), i] / np.float32(32768))
        after = match(voice, sound[round((went_on + 0.2) * RATE) :, i] / np.float32(32768))
        assert min(before[0], after[0]) > 0.99
        assert after[1] - before[1] == pytest.approx(went_on - spoken - 0.2, abs=0.02), "the time goes on"
