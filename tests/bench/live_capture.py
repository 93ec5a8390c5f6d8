"""Capture: ``python -m tests.bench.live_capture [--minutes 10] [--kills 20] [--json]``. Needs PulseAudio.

Two channels are recorded at once while voices are played into two null sinks: samples lost, correlation of every piece
of five seconds with what was played, and how far the channels move against each other. A null sink's clock is off by
some 25 parts per million while it plays, and the recorder follows the system's clock, so the lag of each channel
against what was played moves too: a correlation of the whole would measure only that.

Then the recorder is killed (SIGKILL) at random instants. Both sinks run on the clock of this machine, so drift between
the crystals of two devices is not in it: that is in tests/capture/test_placing.py.
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
import soxr
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
PIECE_S = 5
FINER = 4
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


def finer(sound: NDArray[np.int16] | Sound) -> Sound:
    """The same at a higher rate: a lag is rarely a whole number of samples."""
    return np.asarray(soxr.resample(sound.astype(np.float32), SAMPLE_RATE, FINER * SAMPLE_RATE))


def lags(recorded: NDArray[np.int16], played: Sound) -> dict[int, tuple[float, float]]:
    """Correlation and lag (s) of every piece of what was played that has sound in it, by where it begins."""
    _, start = match(recorded[: 60 * SAMPLE_RATE], played[: 30 * SAMPLE_RATE])
    margin = SAMPLE_RATE // 2
    found = {}
    for at in range(0, len(played) - PIECE_S * SAMPLE_RATE + 1, PIECE_S * SAMPLE_RATE):
        piece = played[at : at + PIECE_S * SAMPLE_RATE]
        begin = round(start * SAMPLE_RATE) + at - margin
        around = recorded[max(0, begin) : begin + len(piece) + 2 * margin]
        if np.sqrt(np.mean(piece**2)) < 0.003 or len(around) < len(piece) + 2 * margin:
            continue
        score, lag = match(finer(around), finer(piece))
        lag /= FINER
        found[at] = (score, lag + (max(0, begin) - at) / SAMPLE_RATE)
    return found


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
        found[name] = lags(sound[:, i], played)
        scores, where = zip(*found[name].values(), strict=True)
        report.at_least(f"{name}: correlation, worst piece of {PIECE_S} s", min(scores), 0.95, f"{len(scores)} pieces")
        report.note(f"{name}: correlation, median piece", float(np.median(scores)))
        report.note(f"{name}: lag moves by, ms", 1000 * (max(where) - min(where)), "sink's clock against the system's")
    both = found["mine"].keys() & found["theirs"].keys()
    apart = [found["mine"][at][1] - found["theirs"][at][1] for at in both]
    report.at_most("alignment of the channels moves by, ms", 1000 * float(np.ptp(apart)), 20)
    report.note("minutes recorded", minutes)
    report.note("CPU, share of one core", used)
    report.note("memory, MB", memory)
    begin = time.monotonic()
    finish_recording(folder / "long", folder / "long.flac")
    report.note("FLAC written and verified, s", time.monotonic() - begin)


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
