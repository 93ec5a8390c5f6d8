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

    With both, an earlier try may have left the conversation; the file is added where it did not. ``begun``: the app
    ended during such a try, perhaps before its conversation was told.
    """

    model_config = ConfigDict(frozen=True)

    name: str
    options: AnalysisOptions
    path: Path | None = None
    conversation_id: str = ""
    title: str = ""
    begun: bool = False


@dataclass(eq=False)
class QueueJob:
    """One line of the queue. ``begun`` is on the clock of ``time.monotonic``; ``told``: its conversation is kept."""

    work: Work
    state: JobState = "waiting"
    fraction: float | None = None
    stage: str = ""
    message: str = ""
    begun: float = 0.0
    conversation_id: str = ""
    told: bool = False
    stop: threading.Event = field(default_factory=threading.Event)

    @property
    def over(self) -> bool:
        return self.state in OVER

    @property
    def can_be_cancelled(self) -> bool:
        return self.state in ("waiting", "running")

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
    job.conversation_id = left_by(desk, work)
    if job.conversation_id or work.path is None:
        return analyse_again(desk, job.conversation_id, work, on_event, stopped)
    arguments: dict[str, Any] = {"title": work.title, "on_event": on_event, "cancelled": stopped}
    me = threading.get_ident()

    def on_change(change: ChangeSet) -> None:
        # The Desk tells changes in the thread that makes them: the first of this one is the new conversation.
        if threading.get_ident() == me and not job.conversation_id:
            job.conversation_id = change.conversation_ids[0]
            task.report(None)

    unsubscribe = desk.subscribe(on_change)
    try:
        conversation_id = desk.analyse(work.path, work.options, **arguments)
    finally:
        unsubscribe()
    return Outcome(conversation_id, desk.conversation(conversation_id).state == "complete")


def analyse_again(
    desk: Desk,
    conversation_id: str,
    work: Work,
    on_event: Callable[[Event], None],
    stopped: Callable[[], bool],
) -> Outcome:
    """Analyse a recording once more. What is stopped does not take the place of a whole analysis."""
    before = next((run for run in desk.runs(conversation_id) if run.current), None)
    run = desk.reanalyse(conversation_id, work.options, source=work.path, on_event=on_event, cancelled=stopped)
    if run.state != "complete" and before is not None and before.state == "complete":
        desk.show_run(conversation_id, before.number)
    return Outcome(conversation_id, run.state == "complete")


def left_by(desk: Desk, work: Work) -> str:
    """The conversation that an earlier try left, which is analysed again instead of adding another; empty if none."""
    if work.path is None:
        return work.conversation_id
    if work.conversation_id:
        try:
            return desk.conversation(work.conversation_id).id
        except DeskError:
            return ""
    return desk.known([work.path]).get(work.path, "") if work.begun else ""
