"""Capture: ``python -m tests.bench.live_capture [--minutes 10] [--kills 20] [--json]``. Needs PulseAudio.

Two channels are recorded at once while voices are played into two null sinks: samples lost, correlation with what was
played, and how far the channels move against each other. The clock of PulseAudio's null sinks is off by some 57 parts
per million, and the recorder follows the system's clock by steps of a few milliseconds in pauses. So what is compared
is each piece of speech between two pauses (at most 2 s), rigidly, at its best lag within 20 ms of one straight line;
a step, or any stretching, within speech shows as a bad piece.

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
from typing import NamedTuple

import numpy as np
import psutil
import soxr
from numpy.typing import NDArray
from scipy.ndimage import binary_closing

from illodesk.capture.control import RecordingRequest
from illodesk.capture.finish import finish_recording
from illodesk.capture.recording import SAMPLE_RATE, ChannelSpec, RecordingError, RecordingReader
from illodesk.capture.remote import Recorder
from illodesk.demo import load_demo
from illodesk.engine.audio import FileReader
from tests.bench.report import Report, Row
from tests.capture.sound_server import MISSING, SoundServer, match, write_wav

DATA = Path(__file__).parents[3] / "shared" / "data"
COARSE_S, WITHIN_S = 0.5, 0.02
PAUSE_FRAMES, LONGEST_FRAMES = 15, 200
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


class Piece(NamedTuple):
    """Something that was said, found again in what was recorded."""

    at: float  # s of what was played
    seconds: float
    correlation: float
    lag: float  # s by which it was recorded later than it was played


def spoken(played: Sound) -> Iterator[tuple[int, int]]:
    """Begin and end, in samples, of what lies between pauses: 0.3 to 2 s each."""
    step = SAMPLE_RATE // 100
    frames = played[: len(played) // step * step].reshape(-1, step)
    loudness = np.sqrt(np.mean(np.square(frames, dtype=np.float64), axis=1))
    # A pause is as long as one that the recorder sees; 34 dB below the loudest nothing of speech is left.
    heard = binary_closing(np.pad(loudness > 0.02 * np.percentile(loudness, 99), 20), np.ones(PAUSE_FRAMES))[20:-20]
    edges = np.flatnonzero(np.diff(np.pad(heard.astype(np.int8), 1)))
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        for part in np.array_split(np.arange(begin, end), -(-(end - begin) // LONGEST_FRAMES)):
            if len(part) >= 30:
                yield int(part[0]) * step, int(part[-1] + 1) * step


def pieces(recorded: NDArray[np.int16], played: Sound) -> list[Piece]:
    """All that was said, each piece at its best lag within 20 ms of the straight line through the lags.

    The line takes in that the sink's clock is not the system's. Between pieces the recorder may have made up for that;
    within one it may not.
    """
    _, start = match(recorded[: 60 * SAMPLE_RATE], played[: 30 * SAMPLE_RATE])
    edges = list(spoken(played))
    rough = [
        piece
        for begin, end in edges
        if end - begin > SAMPLE_RATE and (piece := find(recorded, played, begin, end, start, COARSE_S)) is not None
    ]
    line = np.polynomial.Polynomial.fit([piece.at for piece in rough], [piece.lag for piece in rough], 1)
    found = [find(recorded, played, begin, end, float(line(begin / SAMPLE_RATE)), WITHIN_S) for begin, end in edges]
    return [piece for piece in found if piece is not None]


def find(recorded: NDArray[np.int16], played: Sound, begin: int, end: int, lag: float, within: float) -> Piece | None:
    """One piece, searched for around a lag; None where it was not recorded to its end."""
    first = max(0, begin + round((lag - within) * SAMPLE_RATE))
    around = recorded[first : end + round((lag + within) * SAMPLE_RATE)]
    if len(around) <= end - begin:
        return None
    score, where = match(finer(around), finer(played[begin:end]))
    lag = where / FINER + (first - begin) / SAMPLE_RATE
    return Piece(begin / SAMPLE_RATE, (end - begin) / SAMPLE_RATE, score, lag)


def said_in(played: Sound) -> float:
    """Seconds of speech that were played."""
    return sum(end - begin for begin, end in spoken(played)) / SAMPLE_RATE


def overall(found: list[Piece], played: Sound) -> float:
    """One correlation of all pieces: each counts as much as it has energy."""
    energy = [np.square(played[round(p.at * SAMPLE_RATE) :][: round(p.seconds * SAMPLE_RATE)]).sum() for p in found]
    return float(np.average([piece.correlation for piece in found], weights=energy))


def apart(mine: list[Piece], theirs: list[Piece], seconds: float) -> float:
    """By how much the alignment of two channels changed at most, s."""
    grid = np.arange(0.0, seconds)
    lags = [np.interp(grid, [p.at for p in found], [p.lag for p in found]) for found in (mine, theirs)]
    return float(np.ptp(lags[0] - lags[1]))


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
    found = []
    for i, (name, played) in enumerate((("mine", mine), ("theirs", theirs))):
        found.append(pieces(sound[:, i], played))
        scores = [piece.correlation for piece in found[-1]]
        said = sum(piece.seconds for piece in found[-1])
        report.at_least(f"{name}: correlation", overall(found[-1], played), 0.95, f"{said:.0f} s of speech")
        report.at_least(f"{name}: correlation, worst piece", min(scores), 0.95, f"{len(scores)} pieces")
        report.at_least(f"{name}: share of the speech found", said / said_in(played), 0.999)
    report.at_most("alignment of the channels moves by, ms", 1000 * apart(*found, minutes * 60), 20)
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


def measures(minutes: float = 10.0, kills: int = 20) -> dict[str, Row]:
    """All figures of capture by their names, for a report. Takes the given minutes and some 5 s a kill.

    Raises RuntimeError where PulseAudio is not installed.
    """
    if MISSING:
        raise RuntimeError(MISSING)
    report = Report("")
    before = os.environ.get("PULSE_SERVER")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "pulse").mkdir()
        server = SoundServer(folder / "pulse")
        os.environ["PULSE_SERVER"] = server.address
        try:
            if minutes:
                two_channels(report, server, folder, minutes)
            if kills:
                killed(report, server, folder, kills)
        finally:
            server.close()
            del os.environ["PULSE_SERVER"]
            if before is not None:
                os.environ["PULSE_SERVER"] = before
    return {row.name: row for row in report.rows}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measures capture with a real sound server.")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if MISSING:
        print(MISSING, file=sys.stderr)
        return 2
    rows = list(measures(options.minutes, options.kills).values())
    return Report("Capture with PulseAudio and null sinks", rows).finish("json" if options.json else "table")


if __name__ == "__main__":
    sys.exit(main())
