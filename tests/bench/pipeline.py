"""The whole pipeline: accuracy on the demo, speed, memory over an hour, start-up, and files that are not as they seem.

``python -m tests.bench.pipeline [--quick]``; --quick leaves out the hour. Files come from the demo and, where it lies
beside the repository, from shared/data/awkward.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import jiwer
import numpy as np
import psutil
from pyannote.core import Annotation, Segment, Timeline
from pyannote.metrics.diarization import DiarizationErrorRate

from illodesk.demo import load_demo
from illodesk.demo_check import changes_found
from illodesk.desk import Desk, DeskError
from illodesk.engine.audio import SAMPLE_RATE, FileReader
from illodesk.engine.models import ModelSet
from illodesk.engine.pipeline import Pipeline
from illodesk.engine.speech.recogniser import Recognition
from illodesk.schema import AnalysisOptions, AnalysisResult
from illodesk.settings import Settings
from tests.bench.report import Report

AWKWARD = Path(__file__).parents[3] / "shared" / "data" / "awkward"
COLLAR_S = 0.25
AWKWARD_LIMIT_S = 120.0


class Timed:
    """A recogniser that notes how long it works."""

    def __init__(self, inner: Any) -> None:
        self.inner = inner
        self.info = inner.info
        self.seconds = 0.0

    def recognise(self, sound: np.ndarray) -> Recognition:
        began = time.perf_counter()
        try:
            return self.inner.recognise(sound)
        finally:
            self.seconds += time.perf_counter() - began


def analyse(path: Path, options: AnalysisOptions) -> tuple[AnalysisResult, float, float]:
    """Result, seconds in all and seconds of recognition, models loaded before the clock starts."""
    warm = Pipeline(options, models := ModelSet())
    timed = Timed(models.recogniser)
    models.__dict__["recogniser"] = timed
    for block in FileReader(path):
        warm.feed(block[: SAMPLE_RATE * 12])
        if warm.count:
            break
    warm.finish()
    timed.seconds = 0.0
    began = time.perf_counter()
    pipeline = Pipeline(options, models)
    for block in (reader := FileReader(path)):
        pipeline.feed(block)
    _, result = pipeline.finish(reader.info)
    return result, time.perf_counter() - began, timed.seconds


def annotation(turns: list[tuple[float, float, str]]) -> Annotation:
    """Turns as pyannote wants them."""
    found = Annotation()
    for i, (start, end, speaker) in enumerate(turns):
        found[Segment(start, end), i] = speaker
    return found


def demo(report: Report) -> None:
    """Words, speakers, changes and speed on the demo."""
    path, truth = load_demo()
    result, seconds, recognition = analyse(path, AnalysisOptions())
    heard = " ".join(u.text for u in result.timeline)
    said = " ".join(turn.text for turn in truth.turns)
    clean = jiwer.Compose([jiwer.ToLowerCase(), jiwer.RemovePunctuation(), jiwer.RemoveMultipleSpaces(), jiwer.Strip()])
    report.at_most("demo_wer", jiwer.wer(clean(said), clean(heard)), 0.15)
    report.at_most("demo_speaker_count_error", abs(len(result.speakers) - len({t.speaker for t in truth.turns})), 0)
    der = DiarizationErrorRate(collar=2 * COLLAR_S, skip_overlap=False)
    value = der(
        annotation([(t.t_start, t.t_end, t.speaker) for t in truth.turns]),
        annotation([(u.t_start, u.t_end, u.speaker) for u in result.timeline]),
        uem=Timeline([Segment(0, truth.duration_s)]),
    )
    report.at_most("demo_der", value, 0.08, f"{COLLAR_S} s collar on each side")
    found = changes_found(truth, result)
    for change, hit in found:
        report.note(f"demo_{change.kind}_at_{change.t:.0f}s", float(hit), "found" if hit else "missed")
    report.at_least("demo_changes_found", sum(hit for _, hit in found) / len(found), 1.0)
    length = result.analysed_s
    report.at_most("rtf_pipeline", seconds / length, 0.3, "of real time, models loaded")
    report.at_most("rtf_without_recognition", (seconds - recognition) / length, 0.05, "of real time, models loaded")


def whole_command(report: Report) -> None:
    """What a user waits for: a fresh process, from the command to the printed result."""
    path, _ = load_demo()
    length = sum(len(block) for block in FileReader(path)) / SAMPLE_RATE
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "illodesk", "analyze", "--json", str(path)],
            env={**os.environ, "ILLODESK_DATA_DIR": folder},
            check=True,
            capture_output=True,
        )
        report.at_most("rtf_command", (time.perf_counter() - began) / length, 0.3, "of real time, start-up included")


def start_up(report: Report) -> None:
    """``illodesk --version``: the fastest of five, and what it imports."""
    times = []
    for _ in range(5):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-m", "illodesk", "--version"], check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    report.at_most("version_s", float(np.median(times)), 0.3, "median of five")
    code = (
        "import sys\ntry:\n from illodesk.cli import main; main(['--version'])\nexcept SystemExit: pass\n"
        "heavy = {'numpy','onnxruntime','ctranslate2','torch','librosa','pocketsphinx','faster_whisper','PySide6'}\n"
        "print(len(heavy & {name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    report.at_most("version_heavy_imports", int(done.stdout.split()[-1]), 0)


def hour(pipe: Any, minutes: int) -> None:
    """Feed the demo round and round; report resident memory at each minute of sound, and at the end."""
    path, _ = load_demo()
    sound = np.concatenate(list(FileReader(path)))
    pipeline = Pipeline(AnalysisOptions(), ModelSet())
    process = psutil.Process()
    block = SAMPLE_RATE
    for second in range(minutes * 60):
        at = second * block % (len(sound) - block)
        pipeline.feed(sound[at : at + block])
        if second % 60 == 59:
            pipe.send((second // 60 + 1, process.memory_info().rss))
    _, result = pipeline.finish()
    pipe.send(("end", process.memory_info().rss))
    pipe.send(("utterances", result.utterances))
    pipe.close()


def memory(report: Report, minutes: int = 60) -> None:
    """Peak and growth over an hour of sound, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=hour, args=(theirs, minutes))
    child.start()
    theirs.close()
    peak = 0
    watching = True

    def watch() -> None:
        nonlocal peak
        process = psutil.Process(child.pid)
        while watching:
            try:
                peak = max(peak, process.memory_info().rss)
            except psutil.Error:
                return
            time.sleep(0.1)

    watcher = threading.Thread(target=watch)
    watcher.start()
    seen: dict[Any, int] = {}
    try:
        while True:
            key, value = ours.recv()
            seen[key] = value
    except EOFError:
        pass
    watching = False
    watcher.join()
    child.join()
    mb = 1024 * 1024
    report.at_most("hour_peak_mb", peak / mb, 1024)
    report.at_most("hour_growth_mb", (seen[minutes] - seen[10]) / mb, 25, "minute 10 to minute 60")
    report.note("hour_end_mb", seen["end"] / mb, "after the conclusion")
    report.note("hour_utterances", seen["utterances"])


def awkward(report: Report) -> None:
    """Every odd file through the Desk: a result or a clear error, in time."""
    if not AWKWARD.exists():
        print("shared/data/awkward is not beside the repository: skipped", file=sys.stderr)
        return
    files = [p for p in sorted(AWKWARD.rglob("*")) if p.is_file()]
    crashes, hangs, results, errors = [], [], 0, 0
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder, Desk.open(Settings(data_dir=Path(folder), keep_media=False)) as desk:
        for file in files:
            began = time.perf_counter()
            try:
                desk.analyse(file, AnalysisOptions(), time_limit_s=max(AWKWARD_LIMIT_S, file.stat().st_size / 1e4))
                results += 1
            except DeskError as error:
                errors += 1
                if error.code in ("WORKER_DIED", "ANALYSIS_FAILURE"):
                    crashes.append(f"{file.name}: {error}")
                elif error.code == "TIMEOUT":
                    hangs.append(file.name)
            slowest = max(slowest, time.perf_counter() - began)
    for line in crashes + hangs:
        print(line)
    report.note("awkward_files", len(files), f"{results} results, {errors} clear errors")
    report.at_most("awkward_crashes", len(crashes), 0)
    report.at_most("awkward_hangs", len(hangs), 0)
    report.note("awkward_slowest_s", slowest)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="leave out the hour")
    arguments.add_argument("--only", choices=("demo", "command", "start", "memory", "awkward"))
    chosen = arguments.parse_args()
    report = Report("Pipeline")
    parts = {"demo": demo, "command": whole_command, "start": start_up, "awkward": awkward, "memory": memory}
    for name, part in parts.items():
        if chosen.only in (None, name) and not (chosen.quick and name == "memory"):
            print(f"… {name}", file=sys.stderr)
            part(report)
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
