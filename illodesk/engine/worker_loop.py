"""The process that pipelines run in, seen from inside: sessions take turns, live ones before files.

While live sessions are behind, files get a tenth of the time: they come forward slowly instead of not at all.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from illodesk.process import give_way
from illodesk.schema import AnalysisOptions, AnalysisResult, Event, StatusEvent

if TYPE_CHECKING:
    from illodesk.engine.models import ModelSet
    from illodesk.engine.pipeline import Pipeline
    from illodesk.engine.sources import Source

OFFLINE = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "PYANNOTE_METRICS_ENABLED": "0",
    "OMP_NUM_THREADS": "1",
}
"""Set before any model library is imported: no hub, no telemetry, one thread per model call."""

REPORT_EVERY_S = 0.5
CHECKPOINT_EVERY_S = 5.0
IDLE_POLL_S = 0.02
FILE_SHARE = 0.1
"""Part of the time that files get while live sessions take all they can: live goes first, but nothing stands still."""


@dataclass(frozen=True)
class Given:
    """A result, as corrected, to start from; ``tell_speakers``: by their voices, instead of as it says."""

    result: AnalysisResult
    tell_speakers: bool


@dataclass(frozen=True)
class Job:
    """What to analyse. The callables run in the worker; they are given so that the engine need not know its callers."""

    name: str
    open_source: Callable[[], Source]
    options: AnalysisOptions
    open_sink: Callable[[], Any] | None = None
    live: bool = False
    checkpoint: Path | None = None
    given: Given | None = None
    """A result to put together again, instead of analysing from nothing."""


@dataclass(frozen=True)
class Question:
    """A function of the models that has one answer."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    language: str


class Session:
    """One pipeline between a source and whoever listens. ``tell`` takes (kind, key, payload)."""

    def __init__(self, key: int, job: Job, models: ModelSet, tell: Callable[[str, int, Any], None]) -> None:
        """Raises MediaError where there is no sound to be had."""
        from illodesk.engine.measurements import Measurements
        from illodesk.engine.partials import Partials
        from illodesk.engine.pipeline import Pipeline
        from illodesk.engine.revision import Revision

        self.key = key
        self.job = job
        self.over = False
        self.stopping = False
        self._tell = tell
        self._source = job.open_source()
        self._sink = job.open_sink() if job.open_sink is not None else None
        self._partials = Partials(models) if job.live else None
        self._told = 0
        self._heard = 0
        self._skip = 0
        self._saved = self._reported = time.monotonic()
        restored = load_checkpoint(job.checkpoint)
        if job.live:
            models.warm_up()
        if job.given is not None:
            self._pipeline: Pipeline = Revision(job.options, models, self._sink, job.given)
        elif restored is None:
            measured = Measurements(job.checkpoint.with_suffix(".measured") if job.checkpoint is not None else None)
            self._pipeline = Pipeline(job.options, models, self._sink, measured)
            if not job.live:
                self._passing(StatusEvent(phase="starting", progress=0.0, stage="Reading the sound"))
        else:
            self._pipeline, self._told, self._heard = restored
            self._skip = self._heard
            self._pipeline.attach(models, self._sink)

    def advance(self) -> bool:
        """Take one block through the pipeline, or end when the sound does. False when there is nothing to do yet."""
        if self.stopping and not self.job.live:
            self._finish()
            return True
        block = self._source.read()
        if block is None:
            if self._source.ended or self.stopping:
                self._finish()
                return True
            self._report()
            return self._whisper()
        if self._skip:
            skipped = min(self._skip, len(block))
            self._skip -= skipped
            block = block[skipped:]
        self._heard += len(block)
        if len(block):
            self._events(self._pipeline.feed(block))
        self._report()
        return True

    def _whisper(self) -> bool:
        """Nothing else to do: think ahead, or say what is being said. False when there was nothing of that either."""
        if self._partials is None:
            return False
        if self._pipeline.foresee():
            return True
        partials = self._partials.listen(self._pipeline)
        for partial in partials:
            self._passing(partial)
        return bool(partials)

    def close(self) -> None:
        """Let go of source, sink and what was kept to go on with."""
        self.over = True
        self._source.close()
        self._pipeline.measured.discard()
        if self._sink is not None:
            self._sink.close()

    def _finish(self) -> None:
        duration = self._pipeline.position_s
        progress = StatusEvent(phase="processing", progress=0.99, stage="Putting it together", position_s=duration)
        self._passing(progress)
        events, result = self._pipeline.finish(self._source.info)
        self._events(events)
        self.close()
        complete = self.job.live or not self.stopping
        rest = result.model_copy(update={"complete": complete, "timeline": []}).model_dump_json()
        self._tell("result", self.key, (rest, [utterance.model_dump_json() for utterance in result.timeline]))

    def _events(self, events: list[Event]) -> None:
        if events:
            self._tell("events", self.key, (self._told, events))
            self._told += len(events)
            if self.job.checkpoint is not None and time.monotonic() - self._saved >= CHECKPOINT_EVERY_S:
                save_checkpoint(self.job.checkpoint, (self._pipeline, self._told, self._heard))
                self._saved = time.monotonic()

    def _report(self) -> None:
        """Say twice a second where the analysis is, also when nothing happens."""
        if time.monotonic() - self._reported < REPORT_EVERY_S:
            return
        self._reported = time.monotonic()
        expected, position = self._source.info.duration_s, self._pipeline.position_s
        self._passing(
            StatusEvent(
                phase="processing",
                progress=min(0.99, position / expected) if expected > 0 else None,
                stage="Listening",
                position_s=position,
                behind_s=round(self._source.waiting_s, 2),
            )
        )

    def _passing(self, event: Event) -> None:
        """An event that matters now and is not part of the record."""
        self._tell("passing", self.key, event)


def load_checkpoint(path: Path | None) -> Any:
    """State of a session as it was saved, or None. The file is our own: nobody else's pickle is ever read."""
    if path is None or not path.exists():
        return None
    try:
        return pickle.loads(path.read_bytes())  # noqa: S301
    except Exception:
        return None  # torn or of another version: the session begins again and tells nothing twice


def save_checkpoint(path: Path, state: Any) -> None:
    """Save so that the file is whole or the one before it."""
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(state, protocol=pickle.HIGHEST_PROTOCOL))
    part.replace(path)


def serve(pipe: Connection) -> None:
    """Main loop of the child. Ctrl+C is the parent's business; the end of the parent is the end of this process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(OFFLINE)
    give_way()  # the window, the server and the recorder wait for nobody; an analysis may
    try:
        Loop(pipe).run()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        sys.exit(0)


class Loop:
    """Sessions and their turns."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._sessions: list[Session] = []
        self._models: dict[str, ModelSet] = {}
        self._quit = False
        self._files_due = 0.0

    def run(self) -> None:
        """Until told to quit, or the parent is gone (EOFError)."""
        while not self._quit:
            worked = self._turn()
            patience = 0.0 if worked else IDLE_POLL_S if self._sessions else None
            while not self._quit and self._pipe.poll(patience):
                self._obey(*self._pipe.recv())
                patience = 0.0

    def _turn(self) -> bool:
        """One block for every live session; then one for the next file, if they left time or it is the file's turn."""
        live = [session for session in self._sessions if session.job.live]
        worked = sum(self._advance(session) for session in live) > 0
        files = [session for session in self._sessions if not session.job.live]
        if not files or (worked and time.monotonic() < self._files_due):
            return worked
        self._sessions.remove(files[0])
        self._sessions.append(files[0])
        began = time.monotonic()
        worked |= self._advance(files[0])
        ended = time.monotonic()
        self._files_due = ended + (ended - began) * (1 - FILE_SHARE) / FILE_SHARE
        return worked

    def _advance(self, session: Session) -> bool:
        worked = self._guarded(session.key, session.job.name, session.advance)
        if session.over or worked is None:
            session.close()
            self._sessions.remove(session)
        return bool(worked)

    def _obey(self, command: str, key: int, work: Job | Question | None) -> None:
        if command == "quit":
            self._quit = True
        elif isinstance(work, Question):
            self._guarded(key, "this", lambda: self._answer(key, work))
        elif isinstance(work, Job):
            models = self._model_set(work.options.language)
            session = self._guarded(key, work.name, lambda: Session(key, work, models, self._tell))
            if session is not None:
                self._sessions.append(session)
        for session in [s for s in self._sessions if s.key == key]:
            if command == "stop":
                session.stopping = True
            elif command == "abort":
                session.close()
                self._sessions.remove(session)

    def _answer(self, key: int, question: Question) -> None:
        self._tell("answer", key, question.function(self._model_set(question.language), *question.arguments))

    def _model_set(self, language: str) -> ModelSet:
        from illodesk.engine.models import ModelSet

        return self._models.setdefault(language, ModelSet(language))

    def _guarded(self, key: int, name: str, work: Callable[[], Any]) -> Any:
        """Do something for a session; None, after telling why, when it failed."""
        from illodesk.engine.audio import MediaError

        try:
            return work()
        except MediaError as error:
            self._tell("error", key, (str(error), error.code, ""))
        except MemoryError:
            self._tell("error", key, (f"There is not enough memory to analyse {name}.", "OUT_OF_MEMORY", ""))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            raise
        except Exception as error:
            detail = "".join(traceback.format_exception(error))
            message = f"The analysis of {name} failed: {type(error).__name__}: {error}"
            self._tell("error", key, (message, "ANALYSIS_FAILURE", detail))
        return None

    def _tell(self, kind: str, key: int, payload: Any) -> None:
        self._pipe.send((kind, key, payload))
