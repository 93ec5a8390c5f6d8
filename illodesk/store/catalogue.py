"""Puts what is worth asking for from a result into the tables, and takes rows out as records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, func, insert, literal, update
from sqlalchemy import delete as sql_delete
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from illodesk.schema import AnalysisOptions, AnalysisResult, Utterance
from illodesk.store import search
from illodesk.store.clean import clean_text, one_line
from illodesk.store.errors import NotFoundError
from illodesk.store.records import Common, Conversation, Filter, Run
from illodesk.store.tables import (
    ConversationRow,
    MomentRow,
    PhaseRow,
    RunRow,
    SpeakerRow,
    TagRow,
    TransitionRow,
    TrashRow,
    UtcDateTime,
    UtteranceRow,
)


def find_conversation(session: Session, conversation_id: str) -> ConversationRow:
    """The row of a conversation. Raises NotFoundError."""
    conversation_id = clean_text(conversation_id)
    row = session.get(ConversationRow, conversation_id)
    if row is None:
        msg = f"There is no conversation {conversation_id[:40]!r}."
        raise NotFoundError(msg)
    return row


def find_run(session: Session, run_id: int) -> RunRow:
    """The row of a run. Raises NotFoundError, also for a run whose conversation was deleted meanwhile."""
    row = session.get(RunRow, run_id)
    if row is None:
        msg = "The conversation of this analysis was deleted."
        raise NotFoundError(msg)
    return row


def begun_runs(session: Session, conversation_ids: Sequence[str]) -> Sequence[RunRow]:
    """Runs of conversations that were begun and not ended, by processes that may be gone."""
    ids = listed(conversation_ids)
    return session.exec(select(RunRow).where(RunRow.state == "analysing", col(RunRow.conversation_id).in_(ids))).all()


def find_numbered(session: Session, conversation: ConversationRow, number: int) -> int:
    """Id of a finished run by its number. Raises NotFoundError."""
    query = select(RunRow).where(RunRow.conversation_id == conversation.id, RunRow.number == number)
    row = session.exec(query).first()
    if row is None or row.id is None or row.state not in ("complete", "partial"):
        msg = f"The conversation {conversation.title!r} has no result of run {number}."
        raise NotFoundError(msg)
    return row.id


def fold(*texts: str) -> str:
    """One text to sort and find by: without case, ``texts`` apart by line ends."""
    return "\n".join(one_line(text) for text in texts).casefold()


def refold(row: ConversationRow) -> None:
    """Bring ``folded`` up to date after a change of title or project."""
    row.folded = fold(row.title, row.source_name, row.project)


def put_details(session: Session, row: ConversationRow, details: dict[str, Any]) -> dict[str, Any]:
    """Enter title, tags, notes or project, whichever are named; return those that they replace."""
    before: dict[str, Any] = {}
    if "title" in details:
        before["title"], row.title = row.title, one_line(details["title"])
    if "notes" in details:
        before["notes"], row.notes = row.notes, clean_text(details["notes"])
    if "project" in details:
        before["project"], row.project = row.project, one_line(details["project"])
    if "tags" in details:
        own = col(TagRow.conversation_id) == row.id
        before["tags"] = sorted(session.exec(select(TagRow.name).where(own)))
        session.execute(sql_delete(TagRow).where(own))
        put_tags(session, row.id, details["tags"])
    refold(row)
    return before


def put_tags(session: Session, conversation_id: str, tags: Iterable[str]) -> None:
    """Add tags, each once."""
    names = dict.fromkeys(one_line(tag) for tag in tags)
    session.add_all(TagRow(conversation_id=conversation_id, name=name) for name in names if name)


# --- from results to rows -------------------------------------------------------------------------------------------


def insert_result(session: Session, run_id: int, result: AnalysisResult) -> None:
    """Insert speakers, utterances, moments, phases and transitions of a run. Does not index them."""
    labels = dict.fromkeys([u.speaker for u in result.timeline] + [p.speaker for p in result.speakers])
    speakers = [SpeakerRow(run_id=run_id, label=clean_text(label), name=one_line(label)) for label in labels]
    session.add_all(speakers)
    session.flush()
    ids = dict(zip(labels, (speaker.id for speaker in speakers), strict=True))
    _insert(session, UtteranceRow, [_utterance(run_id, i, ids[u.speaker], u) for i, u in enumerate(result.timeline)])
    moments = [
        {
            "run_id": run_id,
            "idx": index,
            "moment_id": moment.moment_id,
            "category": moment.category,
            "speaker": clean_text(moment.speaker_id),
            "start_ms": moment.start_ms,
            "end_ms": moment.end_ms,
            "summary": clean_text(moment.summary),
            "confidence": moment.confidence,
        }
        for index, moment in enumerate(result.moments)
    ]
    _insert(session, MomentRow, moments)
    phases = [
        {
            "run_id": run_id,
            "idx": index,
            "phase_id": phase.phase_id,
            "name": clean_text(phase.phase_name),
            "t_start": phase.start_timestamp,
            "t_end": phase.end_timestamp,
            "theme": clean_text(phase.theme),
            "tone": phase.emotional_tone,
        }
        for index, phase in enumerate(result.segmentation.phases)
    ]
    _insert(session, PhaseRow, phases)
    transitions = [
        {
            "run_id": run_id,
            "idx": index,
            "transition_id": transition.transition_id,
            "speaker": clean_text(transition.speaker_id),
            "at_ms": transition.at_ms,
            "summary": clean_text(transition.summary),
            "confidence": transition.confidence,
        }
        for index, transition in enumerate(result.transitions)
    ]
    _insert(session, TransitionRow, transitions)


def make_current(session: Session, conversation: ConversationRow, run_id: int) -> None:
    """Show this run from now on, and search in it instead of the one before."""
    search.remove_conversations(session, [conversation.id])
    conversation.current_run_id = run_id
    session.add(conversation)
    session.flush()
    search.add_run(session, run_id)


def show_run(session: Session, conversation: ConversationRow, number: int) -> None:
    """Show a finished run by its number. Raises NotFoundError."""
    run_id = find_numbered(session, conversation, number)
    make_current(session, conversation, run_id)
    if conversation.state != "analysing":
        conversation.state = find_run(session, run_id).state


def reflect(session: Session, conversation: ConversationRow, run_id: int | None, result: AnalysisResult) -> None:
    """Bring the rows of a run, and its index, up to ``result``: names, who said what, and corrected words."""
    labels = dict.fromkeys([u.speaker for u in result.timeline] + [p.speaker for p in result.speakers])
    known = {row.label: row for row in session.exec(select(SpeakerRow).where(SpeakerRow.run_id == run_id))}
    for label in labels:
        row = known.get(clean_text(label)) or SpeakerRow(run_id=run_id or 0, label=clean_text(label), name="")
        row.name = one_line(result.name_of(label))
        known[row.label] = row
        session.add(row)
    session.flush()
    indexed = conversation.current_run_id == run_id
    there = session.exec(
        select(UtteranceRow.utterance_id).where(UtteranceRow.run_id == run_id).order_by(col(UtteranceRow.idx))
    )
    if run_id is not None and list(there) != [utterance.utterance_id for utterance in result.timeline]:
        _replace_utterances(session, conversation, run_id, result, {label: row.id for label, row in known.items()})
    columns = select(UtteranceRow.id, UtteranceRow.idx, UtteranceRow.text, UtteranceRow.speaker_id)
    for key, index, text, speaker_id in session.exec(columns.where(UtteranceRow.run_id == run_id)).all():
        utterance = result.timeline[index]
        new = {"text": clean_text(utterance.text), "speaker_id": known[clean_text(utterance.speaker)].id}
        if new == {"text": text, "speaker_id": speaker_id}:
            continue
        session.execute(update(UtteranceRow).where(col(UtteranceRow.id) == key).values(**new))
        if indexed and key is not None and new["text"] != text:
            search.replace(session, key, text, str(new["text"]))
    wanted = {clean_text(label) for label in labels}
    session.execute(
        sql_delete(SpeakerRow).where(col(SpeakerRow.run_id) == run_id, col(SpeakerRow.label).not_in(wanted))
    )


def _replace_utterances(
    session: Session,
    conversation: ConversationRow,
    run_id: int,
    result: AnalysisResult,
    speakers: dict[str, int | None],
) -> None:
    """Enter the utterances of a run anew, all of them, since search needs those of a run in one block of rows."""
    indexed = conversation.current_run_id == run_id
    if indexed:
        search.remove_conversations(session, [conversation.id])
    session.execute(sql_delete(UtteranceRow).where(col(UtteranceRow.run_id) == run_id))
    rows = [_utterance(run_id, i, speakers[clean_text(u.speaker)], u) for i, u in enumerate(result.timeline)]
    _insert(session, UtteranceRow, rows)
    if indexed:
        search.add_run(session, run_id)


# --- many at once ---------------------------------------------------------------------------------------------------


def require(session: Session, ids: Sequence[str]) -> None:
    """Raise NotFoundError where one of these conversations is not there."""
    known = set(session.exec(select(ConversationRow.id).where(col(ConversationRow.id).in_(listed(ids)))))
    for conversation_id in ids:
        if conversation_id not in known:
            find_conversation(session, conversation_id)


def throw_away(session: Session, ids: Sequence[str]) -> None:
    """Put conversations into the trash; those that are in it stay there as long as they would have."""
    now = literal(datetime.now(UTC), UtcDateTime)
    there = select(TrashRow.conversation_id)
    wanted = select_columns(col(ConversationRow.id), now).where(
        col(ConversationRow.id).in_(listed(ids)), col(ConversationRow.id).not_in(there)
    )
    session.execute(insert(TrashRow).from_select(["conversation_id", "trashed_at"], wanted))


def take_out(session: Session, ids: Sequence[str]) -> None:
    """Take conversations out of the trash, and note when for those that were in it."""
    thrown = select(TrashRow.conversation_id).where(col(TrashRow.conversation_id).in_(listed(ids)))
    now = datetime.now(UTC)
    session.execute(update(ConversationRow).where(col(ConversationRow.id).in_(thrown)).values(restored_at=now))
    session.execute(sql_delete(TrashRow).where(col(TrashRow.conversation_id).in_(listed(ids))))


def forget(session: Session, ids: Sequence[str]) -> None:
    """Delete conversations and their words in the index; the rest follows by the foreign keys."""
    search.remove_conversations(session, ids)
    session.execute(sql_delete(ConversationRow).where(col(ConversationRow.id).in_(listed(ids))))


def listed(values: Sequence[str]) -> Any:
    """Values to look among, as one parameter: there may be more of them than a statement can have."""
    return select_columns(func.json_each(json.dumps(list(values))).table_valued("value").c.value)


def _insert(session: Session, table: type[Any], rows: list[dict[str, Any]]) -> None:
    if rows:
        session.execute(insert(table), rows)


def _utterance(run_id: int, index: int, speaker_id: int | None, utterance: Utterance) -> dict[str, Any]:
    return {
        "run_id": run_id,
        "idx": index,
        "utterance_id": utterance.utterance_id,
        "speaker_id": speaker_id,
        "channel": utterance.channel,
        "t_start": utterance.t_start,
        "t_end": utterance.t_end,
        "text": clean_text(utterance.text),
        "asr_confidence": utterance.asr_confidence,
        "confidence": utterance.confidence,
        "emotion": utterance.emotion.dominant,
        "valence": utterance.emotion.valence,
        "arousal": utterance.emotion.arousal,
        "dominance": utterance.emotion.dominance,
        "polarity": utterance.polarity,
        "engagement": utterance.cognitive.engagement,
        "cognitive_load": utterance.cognitive.cognitive_load,
        "commitment": utterance.commitment_score,
        "passion": utterance.passion_score,
        "conviction": utterance.conviction_score,
    }


# --- from rows to records -------------------------------------------------------------------------------------------

_SORTS: dict[str, Any] = {
    "created_at": ConversationRow.created_at,
    "recorded_at": ConversationRow.recorded_at,
    "title": ConversationRow.folded,
    "duration_s": ConversationRow.duration_s,
    "state": ConversationRow.state,
}


def list_conversations(
    session: Session, limit: int, offset: int, sort: str, descending: bool, wanted: Filter
) -> list[Conversation]:
    """One page of the library. Conversations without a value to sort by come last, whichever the direction."""
    # The page's ids first, from an index alone; then only as many whole rows as it has.
    return conversation_records(session, list_ids(session, limit, offset, sort, descending, wanted))


def list_ids(
    session: Session, limit: int | None, offset: int, sort: str, descending: bool, wanted: Filter
) -> Sequence[str]:
    """The ids that :func:`list_conversations` lists; all of them without a limit."""
    column, key = _SORTS[sort], col(ConversationRow.id)
    order = (column.desc().nulls_last(), key.desc()) if descending else (column.asc().nulls_last(), key.asc())
    return session.exec(select(key).where(*_conditions(wanted)).order_by(*order).limit(limit).offset(offset)).all()


def count_conversations(session: Session, wanted: Filter) -> int:
    """How many conversations :func:`list_conversations` would list without a limit."""
    return session.exec(select(func.count()).select_from(ConversationRow).where(*_conditions(wanted))).one()


def current_runs(session: Session, wanted: Filter) -> Sequence[int]:
    """The runs that the conversations show which :func:`list_conversations` would list."""
    runs = select(ConversationRow.current_run_id).where(*_conditions(wanted))
    return [run for run in session.exec(runs).all() if run is not None]


def described(session: Session, wanted: Filter) -> Iterable[tuple[str, str, str, bool]]:
    """Id, title, notes and whether it was analysed, of what :func:`list_conversations` would list, newest first."""
    row = ConversationRow
    columns = select_columns(col(row.id), col(row.title), col(row.notes), col(row.current_run_id).is_not(None))
    order = (col(row.created_at).desc(), col(row.id).desc())
    yield from map(tuple, session.execute(columns.where(*_conditions(wanted)).order_by(*order)))


def recordings_named(session: Session, names: Sequence[str]) -> list[tuple[str, str]]:
    """Ids and names of the sources of conversations outside the trash that keep a recording, newest first."""
    source = col(ConversationRow.source_name)
    query = select_columns(col(ConversationRow.id), source).where(*_conditions(Filter()))
    query = query.where(source.in_(listed(names)), col(ConversationRow.media_name) != "")
    rows = session.execute(query.order_by(col(ConversationRow.created_at).desc()))
    return [(found.id, found.source_name) for found in rows]


def in_common(session: Session, ids: Sequence[str]) -> Common:
    """What conversations have in common, however many they are. Those that are gone do not count."""
    project, notes = col(ConversationRow.project), col(ConversationRow.notes)
    columns = (func.count(), func.min(project), func.max(project), func.min(notes), func.max(notes))
    query = select_columns(*columns).where(col(ConversationRow.id).in_(listed(ids)))
    count, project_from, project_to, notes_from, notes_to = session.execute(query).one()
    tags = select(TagRow.name).where(col(TagRow.conversation_id).in_(listed(ids)))
    shared = tags.group_by(TagRow.name).having(func.count() == count).order_by(TagRow.name)
    return Common(
        count=count,
        tags=list(session.exec(shared)),
        project=project_from if project_from == project_to else None,
        notes=notes_from if notes_from == notes_to else None,
    )


def _conditions(wanted: Filter) -> list[ColumnElement[bool]]:
    trashed = col(ConversationRow.id).in_(select(TrashRow.conversation_id))
    conditions: list[ColumnElement[bool]] = [trashed if wanted.trashed else ~trashed]
    if wanted.text:
        conditions.append(col(ConversationRow.folded).contains(fold(wanted.text), autoescape=True))
    if wanted.tag:
        tagged = select(TagRow.conversation_id).where(TagRow.name == wanted.tag)
        conditions.append(col(ConversationRow.id).in_(tagged))
    if wanted.project:
        conditions.append(col(ConversationRow.project) == wanted.project)
    if wanted.purpose:
        conditions.append(col(ConversationRow.purpose) == wanted.purpose.value)
    if wanted.state:
        conditions.append(col(ConversationRow.state) == wanted.state)
    when = func.coalesce(col(ConversationRow.recorded_at), col(ConversationRow.created_at))
    if wanted.since:
        conditions.append(when >= wanted.since)
    if wanted.until:
        conditions.append(when < wanted.until)
    return conditions


_SHOWN_NAMES = [name for name in ConversationRow.model_fields if name in Conversation.model_fields]
_SHOWN: list[Any] = [
    *(getattr(ConversationRow, name) for name in _SHOWN_NAMES),
    ConversationRow.media_name,
    ConversationRow.current_run_id,
    RunRow.number,
    TrashRow.trashed_at,
]


def conversation_records(session: Session, ids: Sequence[str]) -> list[Conversation]:
    """Records of a page of conversations, in the order of ``ids``, in three queries for the whole page.

    Those that are gone are left out.
    """
    # Columns and not rows: a library of thousands is read as fast as it is scrolled.
    query = (
        select_columns(*_SHOWN)
        .outerjoin(RunRow, col(RunRow.id) == col(ConversationRow.current_run_id))
        .outerjoin(TrashRow, col(TrashRow.conversation_id) == col(ConversationRow.id))
        .where(col(ConversationRow.id).in_(listed(ids)))
    )
    rows = {row.id: row for row in session.execute(query)}
    tags: dict[str, list[str]] = {}
    for owner, name in session.execute(
        select(TagRow.conversation_id, TagRow.name)
        .where(col(TagRow.conversation_id).in_(listed(ids)))
        .order_by(TagRow.name)
    ):
        tags.setdefault(owner, []).append(name)
    runs = [row.current_run_id for row in rows.values() if row.current_run_id is not None]
    speakers: dict[int, list[str]] = {}
    for run_id, name in session.execute(
        select(SpeakerRow.run_id, SpeakerRow.name).where(col(SpeakerRow.run_id).in_(runs)).order_by(col(SpeakerRow.id))
    ):
        speakers.setdefault(run_id, []).append(name)
    return [
        Conversation(
            **dict(zip(_SHOWN_NAMES, row, strict=False)),
            tags=tags.get(row.id, []),
            speakers=speakers.get(row.current_run_id or -1, []),
            current_run=row.number,
            has_media=bool(row.media_name),
            trashed_at=row.trashed_at,
        )
        for row in (rows[conversation_id] for conversation_id in ids if conversation_id in rows)
    ]


def run_record(row: RunRow, current_run_id: int | None, home: Path) -> Run:
    """Record of a run; ``home`` is the folder of its conversation."""
    fields = row.model_dump(exclude={"artifact_folder", "owner_pid", "owner_started", "options", "models"})
    return Run(
        **fields,
        options=AnalysisOptions.model_validate(row.options),
        models=row.models or [],
        current=row.id == current_run_id,
        folder=home / row.artifact_folder,
        work_dir=home / "runs" / f".{row.number}.work",
    )
