"""The worker with real processes: what happens to its sessions when it dies, hangs or is told to stop."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from illodesk.demo import load_demo
from illodesk.engine.audio import SAMPLE_RATE, FileReader
from illodesk.engine.models import ModelSet
from illodesk.engine.sources import FileSource
from illodesk.engine.worker import AnalysisError, Handle, Job, Worker, read_result, reason_of_exit
from illodesk.schema import AnalysisOptions, Event, FinalTranscriptEvent, MediaInfo, StatusEvent
from tests.bench.large import conversation

SECONDS = 14


class PacedSource:
    """The beginning of the demo, a quarter of a second at a time, no faster than ``pace`` times real time."""

    def __init__(self, pace: float) -> None:
        self.info = MediaInfo(name="paced", duration_s=SECONDS)
        sound = np.concatenate(list(FileReader(load_demo()[0])))[: SECONDS * SAMPLE_RATE]
        self._blocks = [sound[i : i + SAMPLE_RATE // 4] for i in range(0, len(sound), SAMPLE_RATE // 4)]
        self._began = time.monotonic()
        self._pace = pace
        self._given = 0
        self.waiting_s = 0.0

    def read(self) -> NDArray[np.float32] | None:
        if self.ended or (time.monotonic() - self._began) * self._pace < self._given / 4:
            return None
        self._given += 1
        return self._blocks[self._given - 1]

    @property
    def ended(self) -> bool:
        return self._given >= len(self._blocks)

    def close(self) -> None:
        self._blocks = []


class CrashingSource(PacedSource):
    """Ends its process like a bad decoder would."""

    def read(self) -> NDArray[np.float32] | None:
        os.kill(os.getpid(), signal.SIGSEGV)
        return None


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    worker = Worker()
    yield worker
    worker.close()


def texts(events: list[Event]) -> list[tuple[str, str]]:
    return [(e.utterance_id, e.text) for e in events if isinstance(e, FinalTranscriptEvent)]


def run(worker: Worker, job: Job) -> tuple[list[Event], Handle]:
    events: list[Event] = []
    return events, worker.start(job, events.append)


def test_a_result_comes_whole_out_of_its_parts() -> None:
    result = conversation(utterances=30, hours=0.1)
    rest = result.model_copy(update={"timeline": []}).model_dump_json()
    assert read_result(rest, [utterance.model_dump_json() for utterance in result.timeline]) == result


def test_live_and_file_end_in_the_same_result(worker: Worker) -> None:
    paced = Job("live", partial(PacedSource, 20.0), AnalysisOptions(), live=True)
    fast = Job("file", partial(PacedSource, 1e9), AnalysisOptions())
    live_events, live = run(worker, paced)
    file_events, file = run(worker, fast)
    a, b = live.wait(60), file.wait(60)
    assert a is not None and b is not None
    assert a.timeline == b.timeline
    assert a.complete and b.complete
    assert texts(live_events) == texts(file_events) != []
    assert any(isinstance(e, StatusEvent) for e in live_events)


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_a_killed_worker_loses_and_doubles_nothing(worker: Worker, tmp_path: Path) -> None:
    job = Job("live", partial(PacedSource, 3.0), AnalysisOptions(), live=True, checkpoint=tmp_path / "state")
    events, handle = run(worker, job)
    for at in (1, 3):
        deadline = time.monotonic() + 30
        while len(texts(events)) < at and time.monotonic() < deadline:
            time.sleep(0.02)
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
    result = handle.wait(60)
    calm = worker.start(Job("file", partial(PacedSource, 1e9), AnalysisOptions())).wait(60)
    assert result is not None and calm is not None
    assert result.timeline == calm.timeline
    ids = [key for key, _ in texts(events)]
    assert ids == sorted(set(ids))
    assert len(ids) == result.utterances
    assert not (tmp_path / "state.measured").exists()


def test_a_file_that_crashes_the_worker_is_an_error_and_the_next_one_works(worker: Worker) -> None:
    with pytest.raises(AnalysisError, match="crashed") as caught:
        worker.start(Job("bad.mp3", partial(CrashingSource, 1.0), AnalysisOptions())).wait(60)
    assert caught.value.code == "WORKER_DIED"
    result = worker.start(Job("file", partial(PacedSource, 1e9), AnalysisOptions())).wait(60)
    assert result is not None
    assert result.utterances > 0


def test_stopping_a_file_keeps_what_was_heard(worker: Worker) -> None:
    events, handle = run(worker, Job("file", partial(PacedSource, 4.0), AnalysisOptions()))
    while not texts(events):
        time.sleep(0.02)
    handle.stop()
    result = handle.wait(60)
    assert result is not None
    assert not result.complete
    assert 0 < result.analysed_s < SECONDS
    assert result.utterances >= 1


def test_a_missing_file_is_a_clear_error(worker: Worker, tmp_path: Path) -> None:
    with pytest.raises(AnalysisError) as caught:
        worker.start(Job("none.wav", partial(FileSource, tmp_path / "none.wav"), AnalysisOptions())).wait(60)
    assert caught.value.code == "NOT_FOUND"


def test_aborting_settles_at_once(worker: Worker) -> None:
    _, handle = run(worker, Job("file", partial(PacedSource, 0.1), AnalysisOptions(), live=True))
    handle.abort()
    with pytest.raises(AnalysisError, match="stopped"):
        handle.wait(1)


def language_of(models: ModelSet, greeting: str) -> str:
    return f"{greeting} {models.language}"


def priority(models: ModelSet) -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def end_it(models: ModelSet) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(models: ModelSet) -> None:
    raise ValueError("no such thing")


@pytest.mark.skipif(sys.platform == "win32", reason="priorities of processes are asked for otherwise there")
def test_the_process_gives_way_to_others(worker: Worker) -> None:
    assert worker.ask(priority).result(30) > os.getpriority(os.PRIO_PROCESS, 0)


def test_questions_are_answered_in_the_process(worker: Worker) -> None:
    assert worker.ask(language_of, "hello", language="de").result(30) == "hello de"
    with pytest.raises(AnalysisError, match="no such thing"):
        worker.ask(fail).result(30)


def test_a_question_that_ends_the_process_is_an_error_and_the_next_one_is_answered(worker: Worker) -> None:
    with pytest.raises(AnalysisError) as caught:
        worker.ask(end_it).result(30)
    assert caught.value.code == "WORKER_DIED"
    assert worker.ask(language_of, "again").result(30) == "again en"


def test_closing_ends_the_process() -> None:
    worker = Worker()
    handle = worker.start(Job("live", partial(PacedSource, 0.1), AnalysisOptions(), live=True))
    pid = worker.pid
    worker.close()
    with pytest.raises(AnalysisError, match="closed"):
        handle.wait(1)
    assert pid is not None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.mark.parametrize(("code", "words"), [(-9, "memory"), (137, "memory"), (-11, "SIGSEGV"), (3, "status 3")])
def test_exit_codes_in_words(code: int, words: str) -> None:
    assert words in reason_of_exit(code)
