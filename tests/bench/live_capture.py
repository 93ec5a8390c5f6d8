"""Capture: ``python -m tests.bench.live_capture [--minutes 10] [--kills 20] [--json]``. Needs PulseAudio.

Two channels are recorded at once while voices are played into two null sinks: blocks lost, correlation with what was
played, and how far the lag of each channel moves over the recording. Then the recorder is killed (SIGKILL) at random
instants. Both sinks run on the clock of this machine, so drift between the crystals of two devices is not in it: that
is in tests/capture/test_placing.py, with devices that are wrong by 200 parts per million.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import psutil
from numpy.typing import NDArray

from illodesk.capture.control import RecordingRequest
from illodesk.capture.finish import finish_recording
from illodesk.capture.recording import SAMPLE_RATE, ChannelSpec, RecordingError, RecordingReader
from illodesk.capture.remote import Recorder
from illodesk.demo import load_demo
from illodesk.engine.audio import FileReader
from tests.bench.report import Report
from tests.capture.sound_server import MISSING, SoundServer, match, write_wav

DATA = Path(__file__).parents[3] / "shared" / "data"
PIECE_S = 10
SETTLE_S = 3.0

Sound = NDArray[np.float32]


def voices(seconds: float) -> tuple[Sound, Sound]:
    """The demo's interview for the microphone, a telephone call (or the demo backwards) for the far side; repeated."""
    path, _ = load_demo()
    mine = np.concatenate(list(FileReader(path))).mean(axis=1)
    call = DATA / "calls" / "call40_mono.wav"
    theirs = np.concatenate(list(FileReader(call))).mean(axis=1) if call.exists() else mine[::-1]
    length = round(seconds * SAMPLE_RATE)
    return np.resize(mine, length).astype(np.float32), np.resize(theirs, length).astype(np.float32)


def request() -> RecordingRequest:
    return RecordingRequest(
        recording_id="bench",
        channels=[
            ChannelSpec(name="mine", kind="microphone", device="pulse:vmic"),
            ChannelSpec(name="theirs", kind="system", device="pulse:spk.monitor"),
        ],
    )


def read(folder: Path, *, last: bool = True) -> NDArray[np.int16]:
    reader = RecordingReader(folder)
    try:
        return reader.read(last=last)
    finally:
        reader.close()


@contextlib.contextmanager
def playing(server: SoundServer, folder: Path, mine: Sound, theirs: Sound) -> Iterator[None]:
    server.play(write_wav(folder / "mine.wav", mine), "micfeed")
    server.play(write_wav(folder / "theirs.wav", theirs), "spk")
    try:
        yield
    finally:
        server.quiet()


def lags(recorded: NDArray[np.int16], played: Sound) -> tuple[list[float], list[float]]:
    """Correlation and lag (s) of every piece of what was played that has sound in it."""
    _, start = match(recorded[: 60 * SAMPLE_RATE], played[: 30 * SAMPLE_RATE])
    margin = SAMPLE_RATE // 2
    scores, found = [], []
    for at in range(0, len(played) - PIECE_S * SAMPLE_RATE + 1, PIECE_S * SAMPLE_RATE):
        piece = played[at : at + PIECE_S * SAMPLE_RATE]
        begin = round(start * SAMPLE_RATE) + at - margin
        around = recorded[max(0, begin) : begin + len(piece) + 2 * margin]
        if np.sqrt(np.mean(piece**2)) < 0.003 or len(around) < len(piece) + 2 * margin:
            continue
        score, lag = match(around, piece)
        scores.append(score)
        found.append(lag + max(0, begin) / SAMPLE_RATE - at / SAMPLE_RATE)
    return scores, found


def two_channels(report: Report, server: SoundServer, folder: Path, minutes: float) -> None:
    mine, theirs = voices(minutes * 60)
    recorder = Recorder.start(folder / "long", request())
    recorder.wait_started()
    process = psutil.Process(recorder.owner.pid)
    time.sleep(SETTLE_S)
    with playing(server, folder, mine, theirs):
        time.sleep(minutes * 60 + 1.0)
    cpu = process.cpu_times()
    used = (cpu.user + cpu.system) / (minutes * 60)
    memory = process.memory_info().rss / 1e6
    status = recorder.stop()
    sound = read(folder / "long")
    report.at_most("lost samples, both channels", sum(channel.lost for channel in status.channels), 0)
    found = {}
    for i, (name, played) in enumerate((("mine", mine), ("theirs", theirs))):
        scores, where = lags(sound[:, i], played)
        found[name] = where
        report.at_least(f"{name}: correlation, whole", match(sound[:, i], played)[0], 0.95)
        report.note(f"{name}: correlation, worst piece of {PIECE_S} s", min(scores), f"{len(scores)} pieces")
        report.at_most(f"{name}: lag moves by, ms", 1000 * (max(where) - min(where)), 20)
    report.at_most("drift between channels, ms", 1000 * abs(_drift(found["mine"]) - _drift(found["theirs"])), 20)
    report.note("minutes recorded", minutes)
    report.note("CPU, share of one core", used)
    report.note("memory, MB", memory)
    begin = time.monotonic()
    finish_recording(folder / "long", folder / "long.flac")
    report.note("FLAC written and verified, s", time.monotonic() - begin)


def _drift(where: list[float]) -> float:
    third = max(1, len(where) // 3)
    return float(np.median(where[-third:]) - np.median(where[:third]))


def killed(report: Report, server: SoundServer, folder: Path, kills: int) -> None:
    random = np.random.default_rng(7)
    mine, theirs = voices(120.0)
    lost, finished = [], 0
    for i in range(kills):
        place = folder / f"kill{i}"
        recorder = Recorder.start(place, request())
        recorder.wait_started()
        with playing(server, folder, mine, theirs):
            time.sleep(float(random.uniform(1.5, 5.0)))
            os.kill(recorder.owner.pid, signal.SIGKILL)
            at = time.time()
        while recorder.alive:
            time.sleep(0.01)
        reader = RecordingReader(place)
        began = reader.spec.started_at
        # Up to where both channels are there.
        length = len(reader.read())
        reader.close()
        lost.append(at - began - length / SAMPLE_RATE)
        with contextlib.suppress(RecordingError):
            finished += finish_recording(place, folder / f"kill{i}.flac").samples >= length
    report.at_most("killed recorder: worst loss, s", max(lost), 1.0, f"{kills} kills")
    report.note("killed recorder: median loss, s", float(np.median(lost)))
    report.at_least("killed recorder: finished into FLAC", finished, kills)


def main() -> int:
    parser = argparse.ArgumentParser(description="Measures capture with a real sound server.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if MISSING:
        print(MISSING, file=sys.stderr)
        return 2
    report = Report("Capture with PulseAudio and null sinks")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pulse").mkdir()
        server = SoundServer(folder / "pulse")
        os.environ["PULSE_SERVER"] = server.address
        try:
            if options.minutes:
                two_channels(report, server, folder, options.minutes)
            if options.kills:
                killed(report, server, folder, options.kills)
        finally:
            server.close()
    return report.finish("json" if options.json else "table")


if __name__ == "__main__":
    sys.exit(main())
