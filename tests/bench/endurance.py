"""Hours of conversation in one live session, as fast as it goes: does memory stay flat, and what does the end cost?

``python -m tests.bench.endurance [--hours 8] [--words made]``. The demo is uploaded round and round, each time up to
4 dB softer or louder. ``--words made`` puts sentences of the demo in place of recognition: an eighth of the time, and
everything else as it is. Resident memory of the app's process and of the worker is looked at after every minute of
sound; what the first half hour fills (models, caches, the allocator's pools) is not counted as growth.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from numpy.typing import NDArray

from illodesk.demo import load_demo
from illodesk.desk import Desk, LiveSession
from illodesk.doors import UploadDoor
from illodesk.engine.audio import SAMPLE_RATE, FileReader
from illodesk.engine.sources import Source
from illodesk.engine.speech.recogniser import Recognition
from illodesk.schema import FinalTranscriptEvent, ModelUse, Word
from illodesk.settings import Settings
from tests.bench.report import Report

AHEAD_S = 120.0
"""Sound that is uploaded before it is heard: the worker always has something to do."""
SETTLED_MIN = 30
GROWTH_MB = 50.0
MB = 1024 * 1024


class MadeWords:
    """Sentences of the demo, chosen by the sound and as long as it lasts."""

    info = ModelUse(stage="speech to text", name="sentences of the demo")

    def __init__(self) -> None:
        self._said = [turn.text.split() for turn in load_demo()[1].turns]

    def recognise(self, audio: NDArray[np.float32]) -> Recognition:
        seconds = len(audio) / SAMPLE_RATE
        said = self._said[int(np.abs(audio).sum() * 100) % len(self._said)][: max(1, int(seconds * 4))]
        step = seconds / len(said)
        words = [
            Word(text=word, t_start=i * step, t_end=(i + 0.9) * step, confidence=0.8) for i, word in enumerate(said)
        ]
        return Recognition(" ".join(said), words, 0.8)


def without_recognition(open_source: Callable[[], Source]) -> Source:
    """Opened in the worker, before it has loaded its models: from here on words are made."""
    from illodesk.engine import models

    models.load_recogniser = lambda language, quick=False: MadeWords()
    return open_source()


class MadeWordsDoor(UploadDoor):
    """An upload to a worker that recognises nothing."""

    @property
    def open_source(self) -> Callable[[], Any]:
        return partial(without_recognition, super().open_source)


@dataclass
class Memory:
    """Resident megabytes of the app and of the worker, by minute of sound; and the peaks of a stretch of time."""

    desk: Desk
    app: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)
    checkpoint: list[float] = field(default_factory=list)

    def now(self) -> tuple[float, float]:
        pid = self.desk._worker.pid
        return resident(psutil.Process()), resident(psutil.Process(pid)) if pid is not None else 0.0

    def look(self, checkpoint: Path) -> None:
        app, worker = self.now()
        self.app.append(app)
        self.worker.append(worker)
        self.checkpoint.append(checkpoint.stat().st_size / MB if checkpoint.exists() else 0.0)

    @staticmethod
    def growth(by_minute: list[float]) -> float:
        """The most that was added after the first half hour, or after half of a shorter run."""
        settled = min(SETTLED_MIN, len(by_minute) // 2)
        return max(by_minute[settled:]) - by_minute[settled]


def resident(process: psutil.Process) -> float:
    return float(process.memory_info().rss) / MB


def rounds(seconds: float) -> Iterator[bytes]:
    """The demo over and over as seconds of a WAV file."""
    sound = np.concatenate(list(FileReader(load_demo()[0])))[:, 0]
    yield wav_header(round(seconds) * SAMPLE_RATE)
    gain = np.random.default_rng(5)
    given = 0
    while True:
        louder = 10 ** (gain.uniform(-4.0, 4.0) / 20)
        pcm = np.clip(np.round(sound * louder * 32767), -32768, 32767).astype("<i2")
        for at in range(0, len(pcm), SAMPLE_RATE):
            part = pcm[at : at + SAMPLE_RATE][: round(seconds) * SAMPLE_RATE - given]
            given += len(part)
            yield part.tobytes()
            if given >= round(seconds) * SAMPLE_RATE:
                return


def wav_header(samples: int) -> bytes:
    """Of 16-bit mono sound at 16 kHz."""
    size = 2 * samples
    words = [
        (36 + size, 4),
        b"WAVEfmt ",
        (16, 4),
        (1, 2),
        (1, 2),
        (SAMPLE_RATE, 4),
        (2 * SAMPLE_RATE, 4),
        (2, 2),
        (16, 2),
    ]
    parts = [word if isinstance(word, bytes) else word[0].to_bytes(word[1], "little") for word in words]
    return b"RIFF" + b"".join(parts) + b"data" + size.to_bytes(4, "little")


def upload(desk: Desk, made_words: bool) -> LiveSession:
    """A live session whose sound is uploaded."""
    if not made_words:
        return desk.upload(suffix=".wav")
    record, folder = desk._sessions._begin("upload", desk.default_options(), "endurance", "", ".wav")
    return desk._sessions._open(record, folder, MadeWordsDoor(folder, ".wav"), None)


def endurance(report: Report, hours: float, made_words: bool) -> None:
    """Feed, look, and conclude."""
    with tempfile.TemporaryDirectory() as home, Desk.open(Settings(data_dir=Path(home))) as desk:
        session = upload(desk, made_words)
        assert isinstance(session.door, UploadDoor)
        memory, minutes, pushed = Memory(desk), round(hours * 60), 0.0
        began = hour_began = time.monotonic()
        print("hour  minutes  app MB  worker MB  checkpoint MB", flush=True)

        def heard() -> None:
            nonlocal hour_began
            while len(memory.app) < min(minutes, int(session.position_s / 60)):
                memory.look(session.folder / "checkpoint")
                if len(memory.app) % 60 == 0 or len(memory.app) == minutes:
                    took, hour_began = time.monotonic() - hour_began, time.monotonic()
                    hour, last = len(memory.app) / 60, memory.worker[-1]
                    print(
                        f"{hour:4.1f}  {took / 60:7.1f}  {memory.app[-1]:6.0f}  {last:9.0f}"
                        f"  {memory.checkpoint[-1]:13.2f}",
                        flush=True,
                    )

        for data in rounds(minutes * 60):
            session.door.push(data)
            pushed += len(data) / 2 / SAMPLE_RATE
            while pushed - session.position_s > AHEAD_S:
                assert session.state == "ingesting", session.state
                time.sleep(0.02)
                heard()
        while session.position_s < minutes * 60 - 2:
            time.sleep(0.05)
            heard()
        fed = time.monotonic() - began
        before, peaks = memory.now(), [0.0, 0.0]
        over = threading.Event()

        def watch() -> None:
            while not over.wait(0.1):
                peaks[:] = [max(pair) for pair in zip(peaks, memory.now(), strict=True)]

        watcher = threading.Thread(target=watch)
        watcher.start()
        began = time.monotonic()
        session.finalize()
        session.wait()
        ended = time.monotonic() - began
        over.set()
        watcher.join()
        told = sum(isinstance(event, FinalTranscriptEvent) for _, event in session.events())
        result = desk.result(session.id)
    report.note("endurance_hours", result.analysed_s / 3600, "words made" if made_words else "built-in recogniser")
    report.note("endurance_speed", result.analysed_s / fed, "times real time")
    report.note("endurance_utterances", result.utterances)
    report.at_most("endurance_lost_utterances", abs(told - result.utterances), 0, "between live and final")
    report.at_most("endurance_worker_growth_mb", memory.growth(memory.worker), GROWTH_MB, "after the first half hour")
    report.at_most("endurance_app_growth_mb", memory.growth(memory.app), GROWTH_MB, "after the first half hour")
    report.note("endurance_checkpoint_mb", max(memory.checkpoint), "at its largest")
    report.note("endurance_conclusion_s", ended, "from the last sound to the kept result")
    report.note("endurance_conclusion_worker_mb", peaks[1] - before[1], "at the peak, over what there was before")
    report.note("endurance_conclusion_app_mb", peaks[0] - before[0], "at the peak, over what there was before")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--hours", type=float, default=8.0)
    arguments.add_argument("--words", choices=("built-in", "made"), default="built-in")
    chosen = arguments.parse_args()
    report = Report("Endurance")
    endurance(report, chosen.hours, chosen.words == "made")
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
