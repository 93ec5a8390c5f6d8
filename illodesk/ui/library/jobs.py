"""One analysis of the queue: what it is to do, how far it is, and how it is done in a thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from illodesk.desk import ChangeSet, Desk, DeskError
from illodesk.schema import AnalysisOptions, Event, StatusEvent
from illodesk.ui.sentences.work import stage_words
from illodesk.ui.tasks import Task

JobState = Literal["waiting", "running", "stopping", "done", "stopped", "failed", "known"]
"""Known is what the library has already: it waits for nobody but the user."""
OVER = ("done", "stopped", "failed", "known")


class Work(BaseModel):
    """What one analysis is to do: a file to be added, or a kept conversation to be analysed again.

    With both, an earlier try may have left the conversation; the file is added where it did not.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    options: AnalysisOptions
    path: Path | None = None
    conversation_id: str = ""
    title: str = ""


@dataclass(eq=False)
class QueueJob:
    """One line of the queue. ``begun`` is on the clock of ``time.monotonic``."""

    work: Work
    state: JobState = "waiting"
    fraction: float | None = None
    stage: str = ""
    message: str = ""
    begun: float = 0.0
    conversation_id: str = ""
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        return self.state in OVER

    def left_s(self, now: float) -> float | None:
        """How long it will take still, by how long it took so far; None while that says too little."""
        taken = now - self.begun
        if self.state != "running" or not self.fraction or self.fraction < 0.03 or taken < 2:
            return None
        return taken * (1 - self.fraction) / self.fraction


@dataclass(frozen=True)
class Outcome:
    """What became of a job that did not fail."""

    conversation_id: str
    complete: bool


def analyse(task: Task, desk: Desk, job: QueueJob) -> Outcome:
    """Do a job, in its thread. Raises DeskError."""

    def on_event(event: Event) -> None:
        if isinstance(event, StatusEvent):
            task.report(event.progress, stage_words(event.stage))

    def stopped() -> bool:
        return job.stop.is_set() or task.cancelled()

    work = job.work
    if work.path is None or is_there(desk, work.conversation_id):
        return analyse_again(desk, work, on_event, stopped)
    arguments: dict[str, Any] = {"title": work.title, "on_event": on_event, "cancelled": stopped}
    me = threading.get_ident()

    def on_change(change: ChangeSet) -> None:
        # The Desk tells changes in the thread that makes them: the first of this one is the new conversation.
        if threading.get_ident() == me and not job.conversation_id:
            job.conversation_id = change.conversation_ids[0]

    unsubscribe = desk.subscribe(on_change)
    try:
        conversation_id = desk.analyse(work.path, work.options, **arguments)
    finally:
        unsubscribe()
    return Outcome(conversation_id, desk.conversation(conversation_id).state == "complete")


def analyse_again(desk: Desk, work: Work, on_event: Callable[[Event], None], stopped: Callable[[], bool]) -> Outcome:
    """Analyse a kept recording once more. What is stopped does not take the place of a whole analysis."""
    before = next((run for run in desk.runs(work.conversation_id) if run.current), None)
    run = desk.reanalyse(work.conversation_id, work.options, on_event=on_event, cancelled=stopped)
    if run.state != "complete" and before is not None and before.state == "complete":
        desk.show_run(work.conversation_id, before.number)
    return Outcome(work.conversation_id, run.state == "complete")


def is_there(desk: Desk, conversation_id: str) -> bool:
    """Whether an earlier try left a conversation, which is analysed again instead of adding another."""
    try:
        return bool(conversation_id) and desk.conversation(conversation_id).has_media
    except DeskError:
        return False
