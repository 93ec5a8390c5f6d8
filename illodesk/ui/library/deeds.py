"""What was done to conversations in the library, and how it is undone: one deed may concern many of them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from illodesk.desk import Conversation, Desk
from illodesk.operations import SetDetails
from illodesk.ui.context import AppContext
from illodesk.ui.tasks import Task

MOST = 100
AT_ONCE = 200
"""Conversations that are changed in one transaction: others want to write meanwhile, and whoever cancels waits."""

Change = Callable[[Conversation], dict[str, Any]]
"""Details of a conversation that are to be others; empty where it stays as it is."""


class Steps:
    """How far a deed is, and whether it should stop; used in its thread."""

    def __init__(self) -> None:
        self.done = 0
        self._stop = threading.Event()
        self.task: Task | None = None

    def stop(self) -> None:
        """Stop after the step that is being taken."""
        self._stop.set()

    @property
    def stopped(self) -> bool:
        return self._stop.is_set() or (self.task is not None and self.task.cancelled())

    def take(self, ids: Sequence[str], act: Callable[[Sequence[str]], object]) -> None:
        """Do ``act`` to some of ``ids`` after another."""
        self.done = 0
        for first in range(0, len(ids), AT_ONCE):
            if self.stopped:
                return
            some = ids[first : first + AT_ONCE]
            act(some)
            self.reach(self.done + len(some), len(ids))

    def reach(self, done: int, total: int) -> None:
        """So many are done now."""
        self.done = done
        if self.task is not None:
            self.task.report(done / total)


Act = Callable[[Desk, Steps], None]


@dataclass(frozen=True, eq=False)
class Deed:
    """Something that is done to ``total`` conversations: ``text`` says what, translated. No way is for the GUI thread.

    One that was stopped, or failed, is undone as far as it was done. ``stayed``: those to which it could not be done.
    """

    text: str
    total: int
    do: Act
    undo: Act
    stayed: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Turn:
    """A deed, or its undoing, that waits or is under way."""

    deed: Deed
    act: Act
    over: Callable[[], object]
    steps: Steps = field(default_factory=Steps)

    @property
    def undoes(self) -> bool:
        return self.act is self.deed.undo


class Deeds(QObject):
    """Does, undoes and does again. ``changed`` tells that what can be undone is something else.

    ``progressed`` tells of the turn under way and how far it is, from 0 to 1, and of None once it is over.
    """

    changed = Signal()
    progressed = Signal(object, float)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._done: list[Deed] = []
        self._undone: list[Deed] = []
        self._line: deque[Turn] = deque()
        self._now: Turn | None = None

    def do(self, deed: Deed, after: Callable[[int], object] = lambda _: None) -> None:
        """Do something; ``after`` follows in the GUI thread with the number of conversations that it was done to."""

        def over() -> None:
            if turn.steps.done:
                self._done = [*self._done, deed][-MOST:]
                self._undone.clear()
                self.changed.emit()
            after(turn.steps.done)

        turn = Turn(deed, deed.do, over)
        self._queue(turn)

    def do_for_good(self, deed: Deed) -> None:
        """Do something that cannot be undone."""
        self._queue(Turn(deed, deed.do, lambda: None))

    def undo(self) -> None:
        """Take back what was done last."""
        if self._done:
            self.take_back(self._done[-1])

    def redo(self) -> None:
        """Do again what was undone last."""
        if self._undone:
            deed = self._undone.pop()
            self._done.append(deed)
            self.changed.emit()
            self._queue(Turn(deed, deed.do, lambda: None))

    def take_back(self, deed: Deed) -> None:
        """Take back one deed, from the middle too: a notice may be older than what was done since."""
        if deed in self._done:
            self._done.remove(deed)
            self._undone.append(deed)
            self.changed.emit()

            def over() -> None:
                if turn.steps.stopped and deed in self._undone:  # what is left of it can still be taken back
                    self._undone.remove(deed)
                    self._done.append(deed)
                    self.changed.emit()

            turn = Turn(deed, deed.undo, over)
            self._queue(turn)

    def _queue(self, turn: Turn) -> None:
        """One after another: what is undone twice in a hurry must not overtake itself."""
        self._line.append(turn)
        self._next()

    def _next(self) -> None:
        if self._now is not None or not self._line:
            return
        turn = self._now = self._line.popleft()
        self._context.tasks.run_long(
            take,
            self._context.desk,
            turn,
            done=self._on_over,
            failed=self._on_failed,
            progress=lambda fraction, _text: self.progressed.emit(turn, fraction or 0.0),
        )
        self.progressed.emit(turn, 0.0)

    def _on_failed(self, error: Exception) -> None:
        self._context.notices.error(error)
        self._on_over(None)

    def _on_over(self, _nothing: None) -> None:
        turn, self._now = self._now, None
        self.progressed.emit(None, 1.0)
        if turn is not None:
            turn.over()
        self._next()

    def stands(self, deed: Deed) -> bool:
        """Whether it was done and not taken back."""
        return deed in self._done

    @property
    def busy(self) -> bool:
        """Whether something is being done or undone."""
        return self._now is not None

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)


def take(task: Task, desk: Desk, turn: Turn) -> None:
    """Do a deed, or undo it; in its thread."""
    turn.steps.task = task
    turn.act(desk, turn.steps)


def set_details(text: str, ids: Sequence[str], change: Change) -> Deed:
    """Give conversations other details, each what ``change`` says of it.

    Undoing gives them those that they had. That is not the journal's own undo, whose newest step may be another one,
    made on the review page meanwhile.
    """
    before: dict[str, SetDetails] = {}

    def do(desk: Desk, steps: Steps) -> None:
        before.clear()

        def some(few: Sequence[str]) -> None:
            changes = [(c, changed) for c in desk.conversations_of(few) if (changed := change(c))]
            if changes:
                desk.describe({c.id: SetDetails(**changed) for c, changed in changes})
                before.update({c.id: SetDetails(**{n: getattr(c, n) for n in changed}) for c, changed in changes})

        steps.take(ids, some)

    def undo(desk: Desk, steps: Steps) -> None:
        steps.take(list(before), lambda few: desk.describe({id: before[id] for id in few}))

    return Deed(text, len(ids), do, undo)


def throw_away(text: str, ids: Sequence[str]) -> Deed:
    """Put conversations into the trash, but for those that are being analysed."""
    stayed: list[str] = []

    def there(desk: Desk, few: Sequence[str]) -> list[str]:
        busy = desk.under_way(few)
        stayed.extend(id for id in few if id in busy)
        idle = [id for id in few if id not in busy]
        desk.trash(*idle)
        return idle

    return moved(text, ids, there, lambda desk, few: desk.restore(*few), stayed)


def take_out(text: str, ids: Sequence[str]) -> Deed:
    """Take conversations out of the trash."""

    def there(desk: Desk, few: Sequence[str]) -> Sequence[str]:
        desk.restore(*few)
        return few

    return moved(text, ids, there, lambda desk, few: desk.trash(*few), [])


def delete(text: str, ids: Sequence[str]) -> Deed:
    """Delete conversations for good, which has no way back."""

    def do(desk: Desk, steps: Steps) -> None:
        def reach(fraction: float) -> None:
            steps.reach(round(fraction * len(ids)), len(ids))

        desk.delete(*ids, on_progress=reach, cancelled=lambda: steps.stopped)

    return Deed(text, len(ids), do, lambda _desk, _steps: None)


def moved(
    text: str,
    ids: Sequence[str],
    there: Callable[[Desk, Sequence[str]], Sequence[str]],
    back: Callable[[Desk, Sequence[str]], object],
    stayed: list[str],
) -> Deed:
    """Move conversations, and back again those that were moved: ``there`` returns them."""
    gone: list[str] = []

    def do(desk: Desk, steps: Steps) -> None:
        gone.clear()
        stayed.clear()

        def some(few: Sequence[str]) -> None:
            gone.extend(there(desk, few))

        steps.take(ids, some)

    return Deed(text, len(ids), do, lambda desk, steps: steps.take(list(gone), partial(back, desk)), stayed)
