"""How quick the window is: ``python -m tests.bench.ui [--only NAME] [--minutes M] [--library DIR] [--json]``.

NAME is start, open, pan, search or record. The real window without a screen, at 1920x1080:

- start: from the process's start to a window that is drawn and has read its library, no model library imported;
- open: longest freeze of the GUI thread while a conversation of four hours and 5,000 utterances opens for review;
- pan: 95th percentile of the frames while zooming and panning on it, with the lanes as they come and with all of them;
- search: from the last key to the first hits, in 10,000 conversations of two million utterances (made now, which takes
  minutes, unless ``--library`` names a data folder that holds them);
- record: longest freeze while ``--minutes`` are recorded from two null sinks with live analysis. Needs PulseAudio.

Other work on the machine shows in every figure; beside a freeze, "computing" is what the GUI thread itself did in one.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
import soundfile
from PySide6.QtWidgets import QApplication

from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.library.page import LibraryPage
from illodesk.ui.loop import event_loop
from illodesk.ui.record.page import RecordPage
from illodesk.ui.review.lanes import Lanes
from illodesk.ui.review.lanes.registry import KINDS
from illodesk.ui.review.page import ReviewPage
from illodesk.ui.window import MainWindow
from tests.bench import large
from tests.bench.heartbeat import Heartbeat, wait, wait_until
from tests.bench.live_capture import playing, voices
from tests.bench.report import Report
from tests.bench.store import fill
from tests.capture.sound_server import MISSING, SoundServer

SIZE = (1920, 1080)
MODEL_LIBRARIES = ("torch", "onnxruntime", "faster_whisper", "ctranslate2", "transformers", "sklearn", "scipy")
STARTS, OPENINGS, SEARCHES = 5, 5, 40
FINISH_S = 120.0
"""How long the end of a recording is waited for; on a busy machine its analysis goes on after that."""


def main() -> int:
    """Measure what is asked for and report."""
    measures = {"start": start, "open": opening, "pan": panning, "search": search, "record": record}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", choices=measures, action="append")
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--library", type=Path)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    report = Report("The window")
    for name in chosen.only or measures:
        with tempfile.TemporaryDirectory() as folder:
            measures[name](report, Path(folder), chosen)
    return report.finish("json" if chosen.json else "table")


@contextmanager
def window_on(data_dir: Path) -> Iterator[MainWindow]:
    """The real window on a library, with all its pages made."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    os.environ["ILLODESK_DATA_DIR"] = str(data_dir)
    with event_loop(app) as loop, Desk.open(Settings(data_dir=data_dir)) as desk:
        window = MainWindow(desk, loop)
        window.resize(*SIZE)
        window.show()
        window.begin()
        for name in window.page_names:
            window.page(name)
        settle(window)
        try:
            yield window
        finally:
            window.close()


def settle(window: MainWindow) -> None:
    """Wait until nothing is under way."""
    wait(0.3)
    wait_until(lambda: not window.tasks.open, 30)
    wait(0.2)


# --- start ----------------------------------------------------------------------------------------------------------


def start(report: Report, folder: Path, _chosen: argparse.Namespace) -> None:
    """From the process's start to the usable window, the way ``illodesk`` starts it; a small library."""
    large.keep(folder, large.conversation(utterances=200, hours=0.2))
    env = os.environ | {"ILLODESK_DATA_DIR": str(folder)}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # what is installed has its bytecode
    taken: list[float] = []
    computed: list[float] = []
    modules: set[str] = set()
    for attempt in range(STARTS + 1):
        begun = time.time()
        command = [sys.executable, "-m", "tests.bench.ui_start"]
        told = subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout
        answer = json.loads(told.splitlines()[-1])
        if not attempt:
            continue  # the first one writes the bytecode
        taken.append(answer["usable"] - begun)
        computed.append(answer["computed"])
        modules |= set(answer["modules"])
    models = [name for name in MODEL_LIBRARIES if name in modules]
    report.at_most("start to usable window", median(taken), 1.5, "s; median of five")
    report.note("of it computing", median(computed), "s", data="start")
    report.note("slowest start", max(taken), "s")
    report.at_most("model libraries imported at start", len(models), 0, ", ".join(models))


# --- a conversation of four hours -----------------------------------------------------------------------------------


def four_hours(folder: Path) -> str:
    """Keep the long conversation with a recording of its length."""
    path = folder / "long.flac"
    second = np.zeros((16_000, 2), np.int16)
    with soundfile.SoundFile(path, "w", 16_000, 2, "PCM_16") as file:
        for _ in range(round(large.HOURS * 60)):
            file.write(np.tile(second, (60, 1)))
    return large.keep(folder / "data", large.conversation(), media=path)


def opening(report: Report, folder: Path, _chosen: argparse.Namespace) -> None:
    """Open it again and again; between, a short one is open."""
    long = four_hours(folder)
    short = large.keep(folder / "data", large.conversation(utterances=20, hours=0.02), "A short talk")
    freezes, computing, taken = [], [], []
    with window_on(folder / "data") as window:
        for _ in range(OPENINGS):
            review(window, short)
            beat = Heartbeat()
            begun = time.perf_counter()
            review(window, long)
            taken.append(time.perf_counter() - begun)
            wait(1.0)
            beat.stop()
            freezes.append(beat.longest_s)
            computing.append(beat.busiest_s)
    report.at_most("longest freeze, opening four hours", 1000 * median(freezes), 100, "ms; median of five openings")
    report.note("worst freeze, opening four hours", 1000 * max(freezes), "ms")
    report.note("longest computing in one", 1000 * max(computing), "ms", data="opening")
    report.note("until it is drawn", median(taken), "s")


def review(window: MainWindow, conversation_id: str) -> ReviewPage:
    """Open a conversation on the review page and wait until its lanes are drawn."""
    window.open_page("review", conversation_id=conversation_id)
    page = window.current_page
    assert isinstance(page, ReviewPage)

    def drawn() -> bool:
        data = page.lanes.data
        return data is not None and data.key[0] == conversation_id

    assert wait_until(drawn), "the conversation does not open"
    return page


def panning(report: Report, folder: Path, _chosen: argparse.Namespace) -> None:
    """Zoom in, pan, zoom out, pan; each step drawn before the next."""
    long = four_hours(folder)
    with window_on(folder / "data") as window:
        page = review(window, long)
        settle(window)
        tell_frames(report, "lanes as they come", frames(page.lanes))
        for kind in KINDS:
            if not page.lanes.kind_shown(kind):
                page.lanes.toggle_kind(kind)
        page.left.setSizes([200, 800])
        settle(window)
        tell_frames(report, "every lane", frames(page.lanes))
        tell_frames(report, "playhead moves", moving(page))


def tell_frames(report: Report, what: str, steps: list[Frame]) -> None:
    """The frames at the 95th percentile, and of them what the GUI thread computed."""
    report.at_most("frame p95", ninety_fifth([step.taken for step in steps]), 33, "ms", data=what)
    report.note("of it computing", ninety_fifth([step.computed for step in steps]), "ms", data=what)


class Frame(NamedTuple):
    """How long one step took until it was drawn, and how long of it the GUI thread computed, s."""

    taken: float
    computed: float


def frames(lanes: Lanes) -> list[Frame]:
    """What each step took until it was drawn."""
    axis = lanes.axis
    middle = 0.4 * axis.duration_s
    axis.fit()
    steps: list[Callable[[], None]] = []
    for _level in range(5):
        steps += [lambda: axis.zoom(1 / 1.25, middle)] * 8
        steps += [lambda: axis.pan(0.05 * axis.span_s)] * 10
        steps += [lambda: axis.pan(-0.05 * axis.span_s)] * 10
    steps += [lambda: axis.zoom(1.25, middle)] * 40
    return [drawn(step) for step in steps]


def moving(page: ReviewPage) -> list[Frame]:
    """The same for the playhead, 30 times a second over a view of a minute."""
    page.lanes.axis.show(600.0, 660.0)
    wait(0.5)

    def put(t: float) -> Callable[[], None]:
        return lambda: page.lanes.set_position(t)

    return [drawn(put(610.0 + number / 30)) for number in range(300)]


def drawn(step: Callable[[], None]) -> Frame:
    begun, computed = time.perf_counter(), time.thread_time()
    step()
    QApplication.processEvents()
    return Frame(time.perf_counter() - begun, time.thread_time() - computed)


def ninety_fifth(taken: list[float]) -> float:
    """95th percentile, ms."""
    return 1000 * quantiles(taken, n=20)[-1]


# --- search ---------------------------------------------------------------------------------------------------------


def search(report: Report, folder: Path, chosen: argparse.Namespace) -> None:
    """Type words into the library's search field."""
    data_dir = chosen.library or folder / "data"
    if chosen.library is None:
        fill(data_dir, 10_000, 2_000_000)
    words = ("ba", "do ki", "ba do", "kilu", "nopa", "b", "tu me")
    taken: list[float] = []
    computed: list[float] = []
    with window_on(data_dir) as window:
        window.open_page("library")
        page = window.current_page
        assert isinstance(page, LibraryPage)
        beat = Heartbeat()
        for number in range(SEARCHES):
            page.search.clear()
            wait(0.2)
            before = time.process_time()
            taken.append(first_hits(page, words[number % len(words)]))
            computed.append(time.process_time() - before)
        beat.stop()
        report.note("conversations", window.context.desk.count())
    report.at_most("from the last key to the first hits, p95", ninety_fifth(taken), 100, "ms")
    report.note("of it computing, all threads", ninety_fifth(computed), "ms", data="search")
    report.note("longest freeze while searching", 1000 * beat.longest_s, "ms")
    report.note("longest computing in one", 1000 * beat.busiest_s, "ms", data="search")


def first_hits(page: LibraryPage, query: str) -> float:
    """Seconds from the last key to hits that are shown; there are none before."""
    assert page.hits.rowCount() == 0
    begun = time.perf_counter()
    page.search.setText(query)
    assert wait_until(lambda: bool(page.hits.hits)), f"nothing is found for {query!r}"
    QApplication.processEvents()
    taken = time.perf_counter() - begun
    assert wait_until(lambda: not page.hits.searching), "the search does not end"
    return taken


# --- recording ------------------------------------------------------------------------------------------------------


def record(report: Report, folder: Path, chosen: argparse.Namespace) -> None:
    """Record voices from both sources on the record page, with live analysis."""
    if MISSING:
        report.note("recording was not measured", 0, MISSING)
        return
    server = SoundServer(folder / "pulse")
    os.environ["PULSE_SERVER"] = server.address
    try:
        with window_on(folder / "data") as window, playing(server, folder, *voices(60 * chosen.minutes + 60)):
            beat, said = record_for(window, 60 * chosen.minutes)
    finally:
        server.close()
    report.at_most("longest freeze while recording", 1000 * beat.longest_s, 50, f"ms; {chosen.minutes:g} minutes")
    report.note("longest computing in one", 1000 * beat.busiest_s, "ms", data="record")
    report.at_least("utterances told live", said, 1)


def record_for(window: MainWindow, seconds: float) -> tuple[Heartbeat, int]:
    """Record for so long; the heartbeat of that time, and how many utterances were shown."""
    window.open_page("record")
    page = window.current_page
    assert isinstance(page, RecordPage)
    system = page.sources.sources["system"]
    wait(3.0)  # devices are looked for
    system.box.setCurrentIndex(system.box.findData(""))
    system.box.activated.emit(system.box.currentIndex())
    page.consent.consent.setEditText("Both agreed, for a measurement.")
    wait(1.0)
    page.start_or_stop()
    assert wait_until(lambda: page.recording.phase == "recording", 120), "the recording does not begin"
    beat = Heartbeat()
    wait(seconds)
    beat.stop()
    said = len(page.transcript.turns)
    page.start_or_stop()
    wait_until(lambda: page.recording.phase in ("kept", "failed"), FINISH_S)
    assert page.recording.phase in ("finishing", "kept"), page.recording.phase
    return beat, said


if __name__ == "__main__":
    sys.exit(main())
