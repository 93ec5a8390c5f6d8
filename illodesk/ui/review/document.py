"""What is open on the review page: a conversation, one of its runs, and what people did to it.

Views read from it and listen to it; they never ask the Desk themselves, and never change what they read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, get_args

from PySide6.QtCore import QObject, Qt, Signal

from illodesk.desk import ChangeSet, Conversation, Desk, DeskError, Edit, Run, Track
from illodesk.lasting import making_many
from illodesk.operations import Kind, Operation
from illodesk.schema import AnalysisResult, Utterance, label_order
from illodesk.ui.context import AppContext
from illodesk.ui.review.turns import Turns
from illodesk.ui.sentences.story import SENTENCES
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task
from illodesk.ui.words import speaker_name

Kinds = frozenset[str]

SAMPLES = 3
IN_TRASH = "in the trash"
"""Key of the message that nothing is changed there."""
ELSEWHERE = "changed elsewhere"
"""Key of the message that a step was not taken back, as the conversation is another one meanwhile."""


@dataclass(frozen=True)
class Opened:
    """Everything about one conversation that the page shows; read outside the GUI thread, never changed.

    ``result`` is None where there is none to show: not analysed yet, or failed.
    """

    conversation: Conversation
    runs: list[Run]
    result: AnalysisResult | None
    tracks: dict[str, Track]
    media: Path | None
    undoable: Edit | None = None
    redoable: Edit | None = None
    spoken: dict[str, list[Utterance]] = field(default_factory=dict)
    talk: dict[str, Talk] = field(default_factory=dict)
    starts: list[float] = field(default_factory=list)
    by_id: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Talk:
    """How long somebody talks, s, and where the voice is heard well."""

    seconds: float
    samples: list[Utterance]


def talk_of(spoken: list[Utterance]) -> Talk:
    """Samples are where nobody else talks, for about four seconds, in the order of time."""
    clear = [u for u in spoken if not u.overlap] or spoken
    samples = sorted(clear, key=lambda u: abs(u.t_end - u.t_start - 4.0))[:SAMPLES]
    return Talk(sum(u.t_end - u.t_start for u in spoken), sorted(samples, key=lambda u: u.t_start))


def read(desk: Desk, conversation_id: str, run: int | None) -> Opened:
    """Read a conversation. Raises DeskError when it is not there or damaged."""
    conversation = desk.conversation(conversation_id)
    runs = desk.runs(conversation_id)
    result: AnalysisResult | None = None
    tracks: dict[str, Track] = {}
    if run is not None or conversation.current_run is not None:
        with making_many():
            result = desk.result(conversation_id, run)
        tracks = desk.tracks(conversation_id, run)
    history = desk.history(conversation_id)
    SENTENCES.get_ready()
    spoken = by_speaker(result) if result else {}
    return Opened(
        conversation,
        runs,
        result,
        tracks,
        desk.media_path(conversation_id),
        undoable=next((edit for edit in reversed(history) if not (edit.undone or edit.carried)), None),
        redoable=next((edit for edit in history if edit.undone), None),
        spoken=spoken,
        talk={label: talk_of(said) for label, said in spoken.items()},
        starts=[u.t_start for u in result.timeline] if result else [],
        by_id={u.utterance_id: i for i, u in enumerate(result.timeline)} if result else {},
    )


def by_speaker(result: AnalysisResult) -> dict[str, list[Utterance]]:
    """What everybody said, by label, also of those who have a profile but nothing to say any more."""
    spoken: dict[str, list[Utterance]] = {profile.speaker: [] for profile in result.speakers}
    for utterance in result.timeline:
        spoken.setdefault(utterance.speaker, []).append(utterance)
    return spoken


class ReviewDocument(QObject):
    """The open conversation.

    ``opened`` tells that another conversation or run is there and everything is to be drawn again. ``changed`` tells
    what was changed in it (the kinds of :class:`ChangeSet`), so that views renew only that. ``failed`` tells in the
    user's words why nothing is shown. ``loading`` tells that reading began. ``undoing`` comes before a
    step is taken back or done again, for who has something to keep first.

    Views that take long to fill do it in one of the ``turns``: all of them at once would stop the window.
    """

    opened = Signal()
    changed = Signal(frozenset)
    failed = Signal(str)
    loading = Signal()
    undoing = Signal()
    _told = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._desk = context.desk
        self.turns = Turns(self)
        self._open: Opened | None = None
        self._wanted: tuple[str, int | None] | None = None
        self._reading: Task | None = None
        self._news: set[str] = set()
        self._waiting: deque[tuple[Callable[[], Any], str]] = deque()
        self._writing = False
        self._steps: deque[bool] = deque()
        """Undo (True) and redo that were asked for."""
        self._speakers: dict[str, int] = {}
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        # The Desk calls from any thread, and perhaps after this object is gone: only the signal's emit crosses.
        self._unsubscribe = self._desk.subscribe(self._told.emit)

    def end(self) -> None:
        """Listen no longer; the app ends."""
        self._unsubscribe()
        self._wanted = None  # what was told before may still be on its way
        self.turns.end()
        if self._reading is not None:
            self._reading.cancel()

    # --- what is open -----------------------------------------------------------------------------------------------

    def open(self, conversation_id: str, run: int | None = None) -> None:
        """Read a conversation, outside the GUI thread. The current run's result unless one is named."""
        self._wanted = (conversation_id, run)
        self._news.clear()
        self._context.notices.end(ELSEWHERE)
        self._read(whole=True)

    def close(self) -> None:
        """Show nothing."""
        if self._reading is not None:
            self._reading.cancel()
        self._wanted, self._open = None, None
        self.opened.emit()

    @property
    def data(self) -> Opened | None:
        """Everything that is open; None while nothing is."""
        return self._open

    @property
    def conversation(self) -> Conversation | None:
        return self._open.conversation if self._open else None

    @property
    def conversation_id(self) -> str:
        """The id of what is open or being opened; empty where there is nothing."""
        return self._wanted[0] if self._wanted else ""

    @property
    def result(self) -> AnalysisResult | None:
        """The result with its corrections. It is replaced by another object after each change; never change it."""
        return self._open.result if self._open else None

    @property
    def tracks(self) -> dict[str, Track]:
        """Memory-mapped tracks by name: peaks_0, prosody_0, engagement, affect_0, …"""
        return self._open.tracks if self._open else {}

    @property
    def runs(self) -> list[Run]:
        return self._open.runs if self._open else []

    @property
    def media(self) -> Path | None:
        """The kept recording."""
        return self._open.media if self._open else None

    @property
    def duration_s(self) -> float:
        """How much there is to show, s."""
        result = self.result
        if result is None:
            return 0.0
        return max(result.media.duration_s, result.analysed_s, result.timeline[-1].t_end if result.timeline else 0.0)

    @property
    def editable(self) -> bool:
        """Whether what is shown can be corrected: the current run can; an earlier one, or the trash, is looked at."""
        result, conversation = self.result, self.conversation
        current = result is not None and conversation is not None and result.run == (conversation.current_run or 0)
        return current and not self.trashed

    @property
    def trashed(self) -> bool:
        """Whether what is open lies in the trash."""
        return self.conversation is not None and self.conversation.trashed_at is not None

    # --- looking things up ------------------------------------------------------------------------------------------

    def index_at(self, t: float) -> int:
        """Place of the utterance that began last at second ``t``; -1 before the first."""
        return bisect_right(self._open.starts, t) - 1 if self._open else -1

    def index_of(self, utterance_id: str) -> int:
        """Place of an utterance in the timeline; -1 where it is not."""
        return self._open.by_id.get(utterance_id, -1) if self._open else -1

    def utterance(self, utterance_id: str) -> Utterance | None:
        place = self.index_of(utterance_id)
        return self.result.timeline[place] if self.result is not None and place >= 0 else None

    def speaker_index(self, label: str) -> int:
        """Number of a speaker for ``theme.speaker``: the same colour in every view, merged or not."""
        return self._speakers.get(label, 0)

    @property
    def speakers(self) -> list[str]:
        """Labels of who speaks, in the order of their colours."""
        return sorted(self.spoken, key=self.speaker_index)

    @property
    def spoken(self) -> dict[str, list[Utterance]]:
        """What everybody said, by label."""
        return self._open.spoken if self._open else {}

    @property
    def talk(self) -> dict[str, Talk]:
        """How much everybody talks, by label."""
        return self._open.talk if self._open else {}

    def name_of(self, label: str) -> str:
        """The name that people gave a speaker, or ``Speaker 1``."""
        result = self.result
        given = result.speaker_names.get(label) if result is not None else None
        return given or speaker_name(label)

    @property
    def names(self) -> dict[str, str]:
        """The name to show for each speaker, by label."""
        return {label: self.name_of(label) for label in self.speakers}

    # --- changing it ------------------------------------------------------------------------------------------------

    def apply(self, *operations: Operation) -> None:
        """Do operations as one step, outside the GUI thread, after those asked for before. ``changed`` follows."""
        if self.trashed:
            self._refuse()
        elif self.conversation_id and operations:
            self.apply_to(self.conversation_id, self.result.run if self.result is not None else None, *operations)

    def _refuse(self) -> None:
        """Say that nothing is changed in the trash."""
        self._context.notices.show(
            self.tr("This conversation is in the trash, so nothing was changed."),
            self.tr("Take it out of the trash to change it."),
            kind="warning",
            choices=[(self.tr("Take out of the trash"), self.restore)],
            key=IN_TRASH,
        )
        self.changed.emit(frozenset({"text"}))  # editors that already show the change go back

    def restore(self) -> None:
        """Take what is open out of the trash."""
        conversation_id = self.conversation_id
        self._write(lambda: self._desk.restore(conversation_id), conversation_id)

    def apply_to(self, conversation_id: str, run: int | None, *operations: Operation) -> None:
        """Do operations to the run that they were meant for, which may not be the one that is open any more."""
        self._write(lambda: self._desk.apply(conversation_id, *operations, run=run), conversation_id)

    def undo(self) -> None:
        """Take back the newest step."""
        self._step(back=True)

    def redo(self) -> None:
        """Do again what was taken back last."""
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        if self.trashed:
            self._refuse()
            return
        self.undoing.emit()
        self._steps.append(back)
        self._step_next()

    def _step_next(self) -> None:
        """One step after another, each when what it is about is shown: no other may be taken back than is named."""
        if not self._steps or self._writing or self._waiting or self._reading is not None or self._open is None:
            return
        step = self._open.undoable if self._steps[0] else self._open.redoable
        do = self._desk.undo if self._steps.popleft() else self._desk.redo
        if step is not None:
            self._write(partial(do, self.conversation_id, step.id), self.conversation_id)

    @property
    def can_undo(self) -> bool:
        return bool(self.undo_kind)

    @property
    def can_redo(self) -> bool:
        return bool(self.redo_kind)

    @property
    def undo_kind(self) -> str:
        """Kind of the operation that ``undo`` takes back; empty where there is none."""
        step = self._open.undoable if self._open is not None and not self.trashed else None
        return step.operation.kind if step is not None else ""

    @property
    def redo_kind(self) -> str:
        """Kind of the operation that ``redo`` does again; empty where there is none."""
        step = self._open.redoable if self._open is not None and not self.trashed else None
        return step.operation.kind if step is not None else ""

    def show_run(self, number: int) -> None:
        """Make another run the current one; it opens when that is kept."""
        conversation_id = self.conversation_id
        if conversation_id:
            self._wanted = (conversation_id, None)
        self._write(lambda: self._desk.show_run(conversation_id, number), conversation_id)

    def go_back(self, number: int) -> None:
        """Show the run before a new one again: by taking back that it came, where nothing was done since."""
        if self.undo_kind == "show_run":
            self.undo()
        else:
            self.show_run(number)

    def _write(self, change: Callable[[], Any], conversation_id: str) -> None:
        if conversation_id:
            self._waiting.append((change, conversation_id))
            self._write_next()

    def _write_next(self) -> None:
        """One change after another: two threads could do them in another order than they were asked for."""
        if not self._writing and self._waiting:
            self._writing = True
            change, _ = self._waiting.popleft()
            self._context.tasks.run(change, done=self._on_written, failed=self._on_not_written)

    def _on_written(self, _: object) -> None:
        self._writing = False
        self._write_next()
        self._step_next()

    def _on_not_written(self, error: Exception) -> None:
        self._waiting.clear()
        self._steps.clear()
        self._on_written(None)
        changed = isinstance(error, DeskError) and error.code == "CHANGED"
        if changed:
            self._on_told(ChangeSet(conversation_ids=(self.conversation_id,), kinds=frozenset(get_args(Kind))))
        self._context.notices.error(error, key=ELSEWHERE if changed else "")
        self.changed.emit(frozenset({"text"}))  # editors that already show the change go back

    # --- behind -----------------------------------------------------------------------------------------------------

    def _on_told(self, change: ChangeSet) -> None:
        if self._wanted is None or self._wanted[0] not in change.conversation_ids:
            return
        if self._open is None and self._reading is None:
            return  # it could not be read, and why is said already
        self._news |= change.kinds
        if self._reading is None:
            self._read(whole=False)

    def _read(self, *, whole: bool) -> None:
        assert self._wanted is not None
        if self._reading is not None:
            self._reading.cancel()
        if whole:
            self.loading.emit()
        news, self._news = frozenset(self._news), set()
        self._reading = self._context.tasks.run(
            read,
            self._desk,
            *self._wanted,
            done=lambda opened: self._on_read(opened, frozenset() if whole else news),
            failed=self._on_failed,
        )

    def _on_read(self, opened: Opened, news: Kinds) -> None:
        self._reading = None
        before, self._open = self._open, opened
        if not self.trashed:
            self._context.notices.end(IN_TRASH)
        if news and before is not None and before.conversation.trashed_at != opened.conversation.trashed_at:
            news |= {"text", "speakers", "markers"}  # what can be changed now, or no longer
        another = not news or before is None or identity(before) != identity(opened)
        if another:
            self._number_speakers(opened.spoken)
            self.opened.emit()
        else:
            self._number_speakers(opened.spoken, keep=True)
            self.changed.emit(news)
        if self._news:
            self._read(whole=False)
        self._step_next()

    def _number_speakers(self, spoken: dict[str, list[Utterance]], *, keep: bool = False) -> None:
        """Give each label a number, in the order of the labels; labels that came by a correction follow."""
        numbers = dict(self._speakers) if keep else {}
        for label in sorted(spoken.keys() - numbers.keys(), key=label_order):
            numbers[label] = max(numbers.values(), default=-1) + 1
        self._speakers = numbers

    def _on_failed(self, error: Exception) -> None:
        self._reading = None
        deleted = self._open is not None and isinstance(error, DeskError) and error.code == "NOT_FOUND"
        self._open = None
        self._news.clear()
        self._steps.clear()
        self._context.notices.end(IN_TRASH)
        self.opened.emit()
        self.failed.emit(
            self.tr("It was deleted in another window or by another program.")
            if deleted
            else trouble_words(error)
            if isinstance(error, DeskError)
            else self.tr("It cannot be opened: {reason}").format(reason=error)
        )


def identity(opened: Opened) -> tuple[str, int, str]:
    """What tells one opened conversation from another: id, run, and whether there is a result."""
    result = opened.result
    return opened.conversation.id, result.run if result else 0, "" if result else opened.conversation.state
