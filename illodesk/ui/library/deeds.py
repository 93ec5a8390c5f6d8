"""What was done to conversations in the library, and how it is undone: one deed may concern many of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from illodesk.desk import Conversation, Desk
from illodesk.operations import SetDetails
from illodesk.ui.context import AppContext

MOST = 100


@dataclass(frozen=True)
class Deed:
    """Something that was done: ``text`` says what, translated. Both ways are taken outside the GUI thread."""

    text: str
    do: Callable[[Desk], None]
    undo: Callable[[Desk], None]


class Deeds(QObject):
    """Does, undoes and does again. ``changed`` tells that what can be undone is something else."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._done: list[Deed] = []
        self._undone: list[Deed] = []
        self._line: deque[tuple[Callable[[Desk], None], Callable[[], object]]] = deque()
        self._busy = False

    def do(self, deed: Deed, after: Callable[[], object] = lambda: None) -> None:
        """Do something; ``after`` follows in the GUI thread once it is kept."""

        def on_done() -> None:
            self._done = [*self._done, deed][-MOST:]
            self._undone.clear()
            self.changed.emit()
            after()

        self._run(deed.do, on_done)

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
            self._run(deed.do)

    def take_back(self, deed: Deed) -> None:
        """Take back one deed, from the middle too: a notice may be older than what was done since."""
        if deed in self._done:
            self._done.remove(deed)
            self._undone.append(deed)
            self.changed.emit()
            self._run(deed.undo)

    def _run(self, act: Callable[[Desk], None], done: Callable[[], object] = lambda: None) -> None:
        """One after another: what is undone twice in a hurry must not overtake itself."""
        self._line.append((act, done))
        self._next()

    def _next(self) -> None:
        if self._busy or not self._line:
            return
        self._busy = True
        act, done = self._line.popleft()

        def on_done(_: None) -> None:
            self._busy = False
            done()
            self._next()

        self._context.tasks.run(act, self._context.desk, done=on_done, failed=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._busy = False
        self._context.notices.error(error)
        self._next()

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)


def set_details(text: str, changes: Sequence[tuple[Conversation, dict[str, Any]]]) -> Deed:
    """Give conversations other details: each a title, tags, notes or project, whichever are named.

    Undoing gives them those that they had. That is not the journal's own undo, whose newest step may be another one,
    made on the review page meanwhile.
    """
    before = [(c.id, {name: getattr(c, name) for name in changed}) for c, changed in changes]
    after = [(c.id, changed) for c, changed in changes]

    def put(desk: Desk, details: Sequence[tuple[str, dict[str, Any]]]) -> None:
        for conversation_id, changed in details:
            desk.apply(conversation_id, SetDetails(**changed))

    return Deed(text, lambda desk: put(desk, after), lambda desk: put(desk, before))


def throw_away(text: str, ids: Sequence[str]) -> Deed:
    """Put conversations into the trash."""
    return Deed(text, lambda desk: desk.trash(*ids), lambda desk: desk.restore(*ids))


def take_out(text: str, ids: Sequence[str]) -> Deed:
    """Take conversations out of the trash."""
    return Deed(text, lambda desk: desk.restore(*ids), lambda desk: desk.trash(*ids))
