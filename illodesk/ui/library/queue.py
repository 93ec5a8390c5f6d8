"""The queue of recordings to analyse: a model that views show, and the one that runs it, one job after another."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from illodesk.desk import DeskError
from illodesk.ui.context import AppContext
from illodesk.ui.library.jobs import JobState, Outcome, QueueJob, Work, analyse
from illodesk.ui.library.kept_queue import KeptQueue
from illodesk.ui.plain import tip
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task
from illodesk.ui.words import clock, percent

MIME = "application/x-illodesk-queue-rows"
JobRole = Qt.ItemDataRole.UserRole

Index = QModelIndex | QPersistentModelIndex


class Queue(QAbstractListModel):
    """Jobs in the order in which they are done. ``progressed`` tells how far the running one is; ``ended`` of one."""

    progressed = Signal(object)
    ended = Signal(object)
    counted = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kept = KeptQueue(context.settings.data_dir)
        self._jobs: list[QueueJob] = []
        self._task: Task | None = None
        self._writing: Task | None = None
        self._unwritten = False
        self.paused = False

    # --- what views ask ---------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008
        return 0 if parent.isValid() else len(self._jobs)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not 0 <= index.row() < len(self._jobs):
            return None
        job = self._jobs[index.row()]
        if role == JobRole:
            return job
        if role == Qt.ItemDataRole.DisplayRole:
            return job.work.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{job.work.name}: {self.words(job)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return tip(f"{job.work.path or job.work.name}\n{self.words(job)}")
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if not index.isValid():
            return flags | Qt.ItemFlag.ItemIsDropEnabled
        if self._jobs[index.row()].state == "waiting":
            flags |= Qt.ItemFlag.ItemIsDragEnabled
        return flags

    def words(self, job: QueueJob) -> str:
        """How a job stands, in words: stage, per cent, time left."""
        match job.state:
            case "waiting":
                return self.tr("waits")
            case "running":
                parts = [job.stage or self.tr("begins")]
                if job.fraction is not None:
                    parts.append(percent(job.fraction))
                left = job.left_s(time.monotonic())
                if left is not None:
                    parts.append(self.tr("{time} left").format(time=clock(max(1.0, left))))
                return " · ".join(parts)
            case "stopping":
                return self.tr("stops; what was heard is kept")
            case "done":
                return self.tr("analysed")
            case "known":
                return self.tr("is in the library already")
            case "stopped":
                return self.tr("stopped; what was heard is kept")
            case _:
                return job.message

    @property
    def jobs(self) -> list[QueueJob]:
        """Every line, first to last."""
        return list(self._jobs)

    @property
    def waiting(self) -> list[QueueJob]:
        return [job for job in self._jobs if job.state == "waiting"]

    @property
    def running(self) -> QueueJob | None:
        return next((job for job in self._jobs if job.state in ("running", "stopping")), None)

    @property
    def failed(self) -> list[QueueJob]:
        return [job for job in self._jobs if job.state == "failed"]

    # --- what the user does -----------------------------------------------------------------------------------------

    def offer_kept(self) -> int:
        """Take up what waited when the app ended, without beginning it; how many there are."""
        works = self._kept.read()
        if works:
            self.paused = True
            self._append(works)
        return len(works)

    def add(self, works: Iterable[Work]) -> None:
        """Put work at the end; the queue goes on if it stood still."""
        self._append(list(works))
        self.go_on()

    def add_known(self, works: Iterable[Work]) -> list[QueueJob]:
        """Show what the library has already, without analysing it."""
        return self._append(list(works), "known")

    def go_on(self) -> None:
        """Begin the next job, and those after it."""
        self.paused = False
        self._next()
        self._changed()

    def pause(self) -> None:
        """Begin nothing more; what runs goes on to its end."""
        self.paused = True
        self._changed()

    def cancel(self, jobs: Sequence[QueueJob]) -> None:
        """Take waiting jobs out, and stop the running one, of which what was heard is kept."""
        for job in jobs:
            if job.state == "running":
                job.stop.set()
                job.state = "stopping"
                self._show(job)
        self._remove([job for job in jobs if job.state == "waiting"])

    def cancel_all(self) -> None:
        """Empty the queue."""
        self.cancel(self._jobs)

    def retry(self, jobs: Sequence[QueueJob]) -> None:
        """Put jobs that failed, were stopped or are in the library already at the end of the queue once more."""
        chosen = [job for job in jobs if job in self._jobs and job.state in ("failed", "stopped", "known")]
        self._remove(chosen)
        self.add(job.work.model_copy(update={"conversation_id": job.conversation_id}) for job in chosen)

    def clear_ended(self) -> None:
        """Take what is over off the list."""
        self._remove([job for job in self._jobs if job.over])

    def move(self, job: QueueJob, steps: int) -> None:
        """Do a waiting job earlier or later; never before what has begun."""
        if job.state != "waiting":
            return
        first = next(place for place, other in enumerate(self._jobs) if other.state == "waiting")
        at = self._jobs.index(job)
        to = min(max(at + steps, first), len(self._jobs) - 1)
        if to == at:
            return
        self.beginMoveRows(QModelIndex(), at, at, QModelIndex(), to + 1 if to > at else to)
        self._jobs.insert(to, self._jobs.pop(at))
        self.endMoveRows()
        self._changed()

    def set_options(self, options: dict[str, Any]) -> None:
        """Give what waits other options."""
        for job in self.waiting:
            chosen = job.work.options.model_copy(update=options)
            job.work = job.work.model_copy(update={"options": chosen})
        self._changed()

    # --- dragging ---------------------------------------------------------------------------------------------------

    def supportedDropActions(self) -> Qt.DropAction:  # noqa: N802
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:  # noqa: N802
        return [MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:  # noqa: N802
        data = QMimeData()
        rows = ",".join(str(index.row()) for index in indexes)
        data.setData(MIME, QByteArray(rows.encode()))
        return data

    def dropMimeData(  # noqa: N802
        self,
        data: QMimeData,
        _action: Qt.DropAction,
        row: int,
        _column: int,
        _parent: Index,
    ) -> bool:
        """Put the rows that are dragged before ``row``; -1 is the end. The view must not take them out itself."""
        if not data.hasFormat(MIME):
            return False
        rows = bytes(data.data(MIME).data()).decode().split(",")
        jobs = [self._jobs[int(place)] for place in rows if place.isdigit() and int(place) < len(self._jobs)]
        target = len(self._jobs) if row < 0 else row
        for job in jobs:
            at = self._jobs.index(job)
            self.move(job, (target - 1 if at < target else target) - at)
            target = self._jobs.index(job) + 1
        return False

    # --- running ----------------------------------------------------------------------------------------------------

    def end(self) -> None:
        """The app ends: stop what runs, which keeps what was heard of it, and keep all of it for the next start."""
        self.paused = True
        running = self.running
        if running is not None:
            running.stop.set()
        self._kept.write(self._to_keep())

    def _next(self) -> None:
        if self.paused or self.running is not None or not self.waiting:
            return
        job = self.waiting[0]
        job.state, job.begun = "running", time.monotonic()
        job.conversation_id = job.work.conversation_id
        self._task = self._context.tasks.run_long(
            analyse,
            self._context.desk,
            job,
            done=partial(self._on_done, job),
            failed=partial(self._on_failed, job),
            progress=partial(self._on_progress, job),
        )
        self._show(job)

    def _on_progress(self, job: QueueJob, fraction: float | None, stage: str) -> None:
        job.fraction, job.stage = fraction, stage
        if job.conversation_id and not job.told:
            job.told = True
            self._changed()  # should the app die now, the next start goes on with this conversation
        self._show(job)
        self.progressed.emit(job)

    def _on_done(self, job: QueueJob, outcome: Outcome) -> None:
        job.conversation_id = outcome.conversation_id
        job.state = "done" if outcome.complete else "stopped"
        self._on_over(job)

    def _on_failed(self, job: QueueJob, error: Exception) -> None:
        ours = self.tr("Something went wrong in IlloDesk itself; the log says where.")
        job.message = trouble_words(error) if isinstance(error, DeskError) else ours
        job.state = "failed"
        self._on_over(job)

    def _on_over(self, job: QueueJob) -> None:
        self._task = None
        job.fraction = None
        self._show(job)
        self._next()
        self._changed()
        self.ended.emit(job)

    # --- behind -----------------------------------------------------------------------------------------------------

    def _append(self, works: Sequence[Work], state: JobState = "waiting") -> list[QueueJob]:
        jobs = [QueueJob(work, state, conversation_id=work.conversation_id) for work in works]
        if jobs:
            self.beginInsertRows(QModelIndex(), len(self._jobs), len(self._jobs) + len(jobs) - 1)
            self._jobs += jobs
            self.endInsertRows()
            self._changed()
        return jobs

    def _remove(self, jobs: Sequence[QueueJob]) -> None:
        for job in jobs:
            at = self._jobs.index(job)
            self.beginRemoveRows(QModelIndex(), at, at)
            del self._jobs[at]
            self.endRemoveRows()
        self._changed()

    def _show(self, job: QueueJob) -> None:
        index = self.index(self._jobs.index(job))
        self.dataChanged.emit(index, index)

    def _changed(self) -> None:
        """Tell how many wait, and keep them, outside the GUI thread: as they are now, whatever happens meanwhile."""
        self._context.status.set_queue(len(self.waiting) + (self.running is not None))
        self.counted.emit()
        self._unwritten = True
        self._write()

    def _write(self) -> None:
        if self._writing is None and self._unwritten:
            self._unwritten = False
            self._writing = self._context.tasks.run(self._kept.write, self._to_keep(), done=self._on_written)

    def _to_keep(self) -> list[Work]:
        """What the next start is to offer: what runs, to go on in the same conversation, and what waits."""
        running = [job for job in self._jobs if job.state == "running"]  # what the user stops is not wanted any more
        begun = [job.work.model_copy(update={"conversation_id": job.conversation_id, "begun": True}) for job in running]
        return begun + [job.work for job in self.waiting]

    def _on_written(self, _nothing: None) -> None:
        self._writing = None
        self._write()
