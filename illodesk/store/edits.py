"""The journal: what people changed about conversations, kept beside what was analysed and laid over it.

Append-only but for one thing: a new change after an undo drops what was undone. Stacks are per conversation, hold for
every process that has the library open, and survive a restart. What belongs to another run than the one that is shown
is left alone by undo and redo.

A run begins with what was carried over to it, which is no step. That it was shown is one: it belongs to the run that it
leads to, and once it is undone to the one before, so that undo and redo go from run to run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import delete as sql_delete
from sqlmodel import Session, col, or_, select

from illodesk.operations import ENTRY, ChangeSet, Entry, Kind, Operation, SetDetails, ShowRun
from illodesk.schema import AnalysisResult
from illodesk.store import catalogue
from illodesk.store.database import Database
from illodesk.store.errors import ChangedError, InvalidError
from illodesk.store.overlay import Overlay, apply_edits
from illodesk.store.records import Edit
from illodesk.store.tables import ConversationRow, EditRow, RunRow

_SHOW_RUN = "show_run"


class Shown(NamedTuple):
    """The run that a conversation shows: its row and its number; None and None before the first one."""

    run_id: int | None
    number: int | None


class Edits:
    """The journals of one library. Thread-safe; ``analysed`` gives the result of a run as it was analysed."""

    def __init__(self, database: Database, analysed: Callable[[str, int], AnalysisResult]) -> None:
        self._database = database
        self._analysed = analysed

    def apply(self, conversation_id: str, operations: Sequence[Operation], number: int | None = None) -> ChangeSet:
        """Do ``operations`` as one step. Raises NotFoundError or InvalidError before anything is written.

        ``number`` is the run whose labels and utterances they speak of; the one that is shown where it is None.
        """
        if not operations:
            raise InvalidError("There is nothing to change.")
        self._read_ahead(conversation_id, number)
        with self._database.write() as session:
            conversation = catalogue.find_conversation(session, conversation_id)
            shown = shown_run(session, conversation)
            if number is not None and number != shown.number:
                shown = Shown(catalogue.find_numbered(session, conversation, number), number)
            if shown.number is None and any(operation.of_run for operation in operations):
                raise InvalidError("This conversation has not been analysed yet; there is nothing to correct.")
            overlay = Overlay(self._base(conversation.id, shown.number))
            for operation in standing(session, conversation.id, shown.number):
                overlay.replay(operation)
            whole = [overlay.apply(operation) for operation in operations]
            _drop_undone(session, conversation.id, shown.number)
            before = [_change_details(session, conversation, operation) for operation in whole]
            note(session, conversation.id, shown.number, whole, before)
            if any(operation.of_run for operation in whole):
                catalogue.reflect(session, conversation, shown.run_id, overlay.build())
        return changed(conversation_id, whole)

    def describe(self, details: Mapping[str, SetDetails]) -> ChangeSet:
        """Change details of conversations by their ids, all or none: one step in the journal of each.

        What was analysed is not read for it. Raises NotFoundError or InvalidError.
        """
        overlay = Overlay(AnalysisResult())
        for operation in details.values():
            overlay.apply(operation)
        with self._database.write() as session:
            for conversation_id, operation in details.items():
                conversation = catalogue.find_conversation(session, conversation_id)
                number = shown_run(session, conversation).number
                _drop_undone(session, conversation.id, number)
                note(session, conversation.id, number, [operation], [_change_details(session, conversation, operation)])
        return ChangeSet(conversation_ids=tuple(details), kinds=frozenset(SetDetails.changes))

    def undo(self, conversation_id: str, expected: int | None = None) -> ChangeSet | None:
        """Take back the newest step; None where there is none.

        ``expected`` is the id of the edit that was seen as the newest. Raises ChangedError where it is not any more.
        """
        self._read_ahead(conversation_id)
        with self._database.write() as session:
            conversation = catalogue.find_conversation(session, conversation_id)
            rows = _rows(session, conversation.id, shown_run(session, conversation).number, undone=False)
            rows = [row for row in rows if not row.carried]
            rows = [row for row in rows if row.step == rows[-1].step]
            _refuse_another(rows[-1:], expected)
            for row in reversed(rows):
                row.undone_at = datetime.now(UTC)
                if row.kind == _SHOW_RUN:
                    _lead(session, conversation, row, (row.before or {})["run"])
                elif row.before is not None:
                    catalogue.put_details(session, conversation, row.before)
            return self._moved(session, conversation, rows)

    def redo(self, conversation_id: str, expected: int | None = None) -> ChangeSet | None:
        """Do the step again that was undone last; None where there is none. ``expected`` as in :meth:`undo`."""
        self._read_ahead(conversation_id)
        with self._database.write() as session:
            conversation = catalogue.find_conversation(session, conversation_id)
            rows = _rows(session, conversation.id, shown_run(session, conversation).number, undone=True)
            rows = [row for row in rows if row.step == rows[0].step]
            _refuse_another(rows[:1], expected)
            for row in rows:
                row.undone_at = None
                operation = ENTRY.validate_python(row.payload)
                if isinstance(operation, ShowRun):
                    _lead(session, conversation, row, operation.run)
                else:
                    _change_details(session, conversation, operation)
            return self._moved(session, conversation, rows)

    def history(self, conversation_id: str) -> list[Edit]:
        """Every change that the run shown has a part in, first to last; those undone that can be done again, too."""
        with self._database.read() as session:
            conversation = catalogue.find_conversation(session, conversation_id)
            return [_record(row) for row in _rows(session, conversation.id, shown_run(session, conversation).number)]

    def operations(self, conversation_id: str, number: int | None) -> list[Operation]:
        """What stands for a run, in order; without a number, what stands for the conversation whatever the run."""
        with self._database.read() as session:
            return standing(session, conversation_id, number)

    def _moved(self, session: Session, conversation: ConversationRow, rows: Sequence[EditRow]) -> ChangeSet | None:
        if not rows:
            return None
        session.flush()
        moved = [ENTRY.validate_python(row.payload) for row in rows]
        shown = shown_run(session, conversation)
        of_run = any(operation.of_run and not isinstance(operation, ShowRun) for operation in moved)
        if shown.number is not None and of_run:
            base = self._base(conversation.id, shown.number)
            result = apply_edits(base, standing(session, conversation.id, shown.number))
            catalogue.reflect(session, conversation, shown.run_id, result)
        return changed(conversation.id, moved)

    def _read_ahead(self, conversation_id: str, number: int | None = None) -> None:
        """Read the bundle before the lock of the database is taken: it may take a second, and is then at hand."""
        with self._database.read() as session:
            conversation = catalogue.find_conversation(session, conversation_id)
            number = shown_run(session, conversation).number if number is None else number
        self._base(conversation.id, number)

    def _base(self, conversation_id: str, number: int | None) -> AnalysisResult:
        return AnalysisResult() if number is None else self._analysed(conversation_id, number)


def shown_run(session: Session, conversation: ConversationRow) -> Shown:
    """The run that a conversation shows."""
    row = session.get(RunRow, conversation.current_run_id) if conversation.current_run_id else None
    return Shown(None, None) if row is None else Shown(row.id, row.number)


def standing(session: Session, conversation_id: str, number: int | None) -> list[Operation]:
    """What was done to a run and to the conversation as a whole, and not undone, in order."""
    rows = _rows(session, conversation_id, number, undone=False)
    entries = [ENTRY.validate_python(row.payload) for row in rows]
    return [entry for entry in entries if not isinstance(entry, ShowRun)]


def note(
    session: Session,
    conversation_id: str,
    number: int | None,
    operations: Sequence[Entry],
    before: Sequence[dict[str, Any] | None] | None = None,
    *,
    carried: bool = False,
) -> None:
    """Enter operations into the journal as one step, or as what a run begins with."""
    newest = select(EditRow.step).where(EditRow.conversation_id == conversation_id).order_by(col(EditRow.id).desc())
    step = (session.exec(newest.limit(1)).first() or 0) + 1
    for place, operation in enumerate(operations):
        session.add(
            EditRow(
                conversation_id=conversation_id,
                run=number if operation.of_run else None,
                step=step,
                kind=operation.kind,
                payload=operation.model_dump(mode="json"),
                before=None if before is None else before[place],
                created_at=datetime.now(UTC),
                carried=carried,
            )
        )
    session.flush()


def note_run(session: Session, conversation_id: str, before: int, number: int) -> None:
    """Enter into the journal that run ``number`` is shown from now on instead of run ``before``."""
    _drop_undone(session, conversation_id, before)
    note(session, conversation_id, number, [ShowRun(run=number)], [{"run": before}])


def changed(conversation_id: str, operations: Sequence[Entry]) -> ChangeSet:
    """What operations, or their undoing, changed."""
    kinds: set[Kind] = {kind for operation in operations for kind in operation.changes}
    return ChangeSet(conversation_ids=(conversation_id,), kinds=frozenset(kinds))


def _rows(session: Session, conversation_id: str, number: int | None, undone: bool | None = None) -> list[EditRow]:
    query = select(EditRow).where(EditRow.conversation_id == conversation_id)
    query = query.where(or_(col(EditRow.run).is_(None), EditRow.run == number))
    if undone is not None:
        when = col(EditRow.undone_at)
        query = query.where(when.is_not(None) if undone else when.is_(None))
    return list(session.exec(query.order_by(col(EditRow.id))))


def _drop_undone(session: Session, conversation_id: str, number: int | None) -> None:
    session.execute(
        sql_delete(EditRow).where(
            col(EditRow.conversation_id) == conversation_id,
            or_(col(EditRow.run).is_(None), col(EditRow.run) == number),
            col(EditRow.undone_at).is_not(None),
        )
    )


def _refuse_another(rows: Sequence[EditRow], expected: int | None) -> None:
    if expected is not None and [row.id for row in rows] != [expected]:
        raise ChangedError(
            "This conversation was changed elsewhere meanwhile; look at it as it is now. Nothing was done."
        )


def _lead(session: Session, conversation: ConversationRow, row: EditRow, number: int) -> None:
    """Show the run that a step leads to, or back to; the step belongs to that run from now on."""
    row.run = number
    catalogue.show_run(session, conversation, number)


def _change_details(session: Session, conversation: ConversationRow, operation: Operation) -> dict[str, Any] | None:
    """Enter new details of a conversation; return those that they replace, None for any other operation."""
    if not isinstance(operation, SetDetails):
        return None
    return catalogue.put_details(session, conversation, operation.model_dump(exclude={"kind"}, exclude_none=True))


def _record(row: EditRow) -> Edit:
    return Edit(
        id=row.id or 0,
        step=row.step,
        run=row.run,
        operation=ENTRY.validate_python(row.payload),
        created_at=row.created_at,
        undone=row.undone_at is not None,
        carried=row.carried,
    )
