"""The library: conversations, their runs and bundles. One method per use case; every answer is a plain value.

Thread-safe: each call has a session of its own. Several processes may have the same data folder open.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import func, or_
from sqlmodel import Session, col, select

from illodesk import __version__
from illodesk.durable import sync_folder
from illodesk.lasting import making_result
from illodesk.operations import ChangeSet, Kind, Operation, SetDetails
from illodesk.process import Owner
from illodesk.schema import AnalysisOptions, AnalysisResult, Purpose, Region
from illodesk.store import bundle, catalogue, edits, noted, search
from illodesk.store.carry import carried_over
from illodesk.store.clean import clean_text, one_line
from illodesk.store.database import Database
from illodesk.store.edits import Edits
from illodesk.store.errors import BusyError, DamagedError, EndedError, NotFoundError, UnavailableError
from illodesk.store.files import copy_durably, remove_tree, sha256_of
from illodesk.store.keys import Keys
from illodesk.store.news import News
from illodesk.store.overlay import apply_edits
from illodesk.store.records import Artifact, Common, Conversation, Edit, Filter, Hit, Noted, Problem, Run, Sort
from illodesk.store.tables import ConversationRow, RunRow, TagRow, TrashRow
from illodesk.store.tracks import Track

DATABASE = "library.db"
_ID = re.compile(r"analysis_[0-9a-f]{10}")
_ANY = Filter()
_HELD = 2
"""Results that are held in memory once read: one that is worked on, and one to compare it with."""
_DELETED_AT_ONCE = 50
"""Conversations that are deleted in one transaction: others want to write meanwhile, and whoever cancels waits."""


class Store:
    """Everything that is kept below one data folder."""

    def __init__(self, data_dir: Path, told: Callable[[ChangeSet], None] = lambda _: None) -> None:
        """Open or create the library, finish deletions and settle analyses that a crash cut short.

        ``told`` hears of every change that is made through this store, after it is kept, in whatever thread. Raises
        UnavailableError, DamagedError or NewerError; the database is unchanged then.
        """
        self.data_dir = data_dir.absolute()
        self._told = told
        self._held: OrderedDict[Path, AnalysisResult] = OrderedDict()
        self._holding = threading.Lock()
        self._home = self.data_dir / "conversations"
        self._incoming = self.data_dir / ".incoming"
        self._trash = self.data_dir / ".trash"
        self._me = Owner.this_process()
        try:
            for folder in (self._home, self._incoming, self._trash):
                folder.mkdir(parents=True, exist_ok=True)
            self._refuse_lost_database()
        except OSError as error:
            msg = f"The data folder cannot be used ({error.strerror}): {self.data_dir}"
            raise UnavailableError(msg) from error
        self._database = Database(self.data_dir / DATABASE)
        self.keys = Keys(self._database)
        self._edits = Edits(self._database, self._as_analysed)
        self._news = News(self._database, told)
        try:
            self._finish_deletions()
            self._clear_incoming()
            self._interrupted = self._settle_interrupted()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Listen no longer, and close every connection."""
        self._news.close()
        self._database.close()

    def listen(self, wanted: Callable[[], bool]) -> None:
        """Have ``told`` hear of what other processes change too, from now on, or no longer, as ``wanted`` says."""
        self._news.listen(wanted)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- conversations ----------------------------------------------------------------------------------------------

    def add_conversation(
        self,
        title: str = "",
        *,
        media: Path | None = None,
        keep_media: bool = True,
        source_name: str = "",
        recorded_at: datetime | None = None,
        purpose: Purpose = Purpose.RESEARCH,
        region: Region = Region.EU,
        consent: str = "",
        project: str = "",
        notes: str = "",
        tags: Iterable[str] = (),
    ) -> Conversation:
        """Add a conversation, with a copy of ``media`` unless ``keep_media`` is False.

        The title is the name of the source where none is given. Raises UnavailableError when the media cannot be
        copied; nothing is added then.
        """
        source_name = clean_text(source_name or (media.name if media else ""))
        conversation_id = f"analysis_{secrets.token_hex(5)}"
        incoming = self._incoming / f"{self._me}_{conversation_id}"
        try:
            incoming.mkdir()
            media_name = bundle.write_media(incoming / "media", media) if media and keep_media else ""
            with self._database.write() as session:
                row = ConversationRow(
                    id=conversation_id,
                    title=one_line(title) or one_line(source_name) or conversation_id,
                    folded="",
                    created_at=datetime.now(UTC),
                    recorded_at=recorded_at,
                    source_name=source_name,
                    media_name=media_name,
                    purpose=purpose.value,
                    region=region.value,
                    consent=clean_text(consent),
                    project=one_line(project),
                    notes=clean_text(notes),
                )
                catalogue.refold(row)
                session.add(row)
                session.flush()
                catalogue.put_tags(session, conversation_id, tags)
                incoming.rename(self._home / conversation_id)
                sync_folder(self._home)
                added = catalogue.conversation_records(session, [row.id])[0]
            self._tell([conversation_id], "list")
            return added
        except OSError as error:
            msg = f"The recording could not be copied into the library ({error.strerror}): {clean_text(source_name)}"
            raise UnavailableError(msg) from error
        finally:
            remove_tree(incoming)

    def list_conversations(
        self,
        limit: int = 100,
        offset: int = 0,
        sort: Sort = "created_at",
        descending: bool = True,
        filter: Filter = _ANY,
    ) -> list[Conversation]:
        """One page of the library, newest first unless told otherwise."""
        with self._database.read() as session:
            return catalogue.list_conversations(session, limit, offset, sort, descending, filter)

    def list_ids(self, sort: Sort = "created_at", descending: bool = True, filter: Filter = _ANY) -> list[str]:
        """The id of every conversation, in the order of :meth:`list_conversations`."""
        with self._database.read() as session:
            return list(catalogue.list_ids(session, None, 0, sort, descending, filter))

    def count(self, filter: Filter = _ANY) -> int:
        """How many conversations there are, or match."""
        with self._database.read() as session:
            return catalogue.count_conversations(session, filter)

    def ids_beginning(self, beginning: str, limit: int = 10) -> list[str]:
        """Ids that begin so, with or without ``analysis_``."""
        prefix = beginning if beginning.startswith("analysis_") else f"analysis_{beginning}"
        with self._database.read() as session:
            begins = col(ConversationRow.id).startswith(prefix, autoescape=True)
            return list(session.exec(select(ConversationRow.id).where(begins).limit(limit)))

    def get(self, conversation_id: str) -> Conversation:
        """One conversation. Raises NotFoundError."""
        with self._database.read() as session:
            row = catalogue.find_conversation(session, conversation_id)
            return catalogue.conversation_records(session, [row.id])[0]

    def get_many(self, conversation_ids: Sequence[str]) -> list[Conversation]:
        """Conversations in the order of their ids, without those that are gone."""
        with self._database.read() as session:
            return catalogue.conversation_records(session, conversation_ids)

    def in_common(self, conversation_ids: Sequence[str]) -> Common:
        """What conversations have in common, however many they are."""
        with self._database.read() as session:
            return catalogue.in_common(session, conversation_ids)

    def tags(self) -> dict[str, int]:
        """Every tag and how many conversations outside the trash have it."""
        with self._database.read() as session:
            kept = col(TagRow.conversation_id).not_in(select(TrashRow.conversation_id))
            query = select(TagRow.name, func.count()).where(kept).group_by(TagRow.name).order_by(TagRow.name)
            return dict(session.exec(query).all())

    def projects(self) -> dict[str, int]:
        """Every project and how many conversations outside the trash belong to it."""
        with self._database.read() as session:
            project = col(ConversationRow.project)
            kept = col(ConversationRow.id).not_in(select(TrashRow.conversation_id))
            query = select(project, func.count()).where(project != "", kept).group_by(project).order_by(project)
            return dict(session.exec(query).all())

    def attach_media(self, conversation_id: str, media: Path) -> None:
        """Give a conversation that has none its recording: a live one, whose sound was still to come.

        Raises UnavailableError when it cannot be copied, and ValueError when there is a recording already.
        """
        if self.media_path(conversation_id) is not None:
            msg = "the conversation has its recording already"
            raise ValueError(msg)
        folder = self._home / conversation_id / "media"
        remove_tree(folder)
        try:
            name = bundle.write_media(folder, media)
        except OSError as error:
            msg = f"The recording could not be copied into the library ({error.strerror}): {media.name}"
            raise UnavailableError(msg) from error
        with self._database.write() as session:
            catalogue.find_conversation(session, conversation_id).media_name = name

    def media_path(self, conversation_id: str) -> Path | None:
        """The kept copy of the recording; None when none is kept."""
        with self._database.read() as session:
            row = catalogue.find_conversation(session, conversation_id)
            return self._home / row.id / "media" / row.media_name if row.media_name else None

    def known(self, files: Iterable[Path]) -> dict[Path, str]:
        """Conversations outside the trash whose kept recording is the same as a file: of its name, size and SHA-256.

        Only files whose name and size agree with one are read. What cannot be read is not known.
        """
        by_name: dict[str, list[Path]] = {}
        for path in files:
            by_name.setdefault(clean_text(path.name), []).append(path)
        with self._database.read() as session:
            kept = catalogue.recordings_named(session, list(by_name))
        found: dict[Path, str] = {}
        digests: dict[Path, str] = {}
        for conversation_id, name in kept:
            for path in by_name[name]:
                with contextlib.suppress(OSError, DamagedError):
                    for copy in bundle.read_artifacts(self._home / conversation_id / "media"):
                        if path in found or copy.size != path.stat().st_size:
                            continue
                        digests[path] = digests.get(path) or sha256_of(path)
                        if digests[path] == copy.sha256:
                            found[path] = conversation_id
        return found

    def delete(
        self,
        *conversation_ids: str,
        on_progress: Callable[[float], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> list[str]:
        """Remove conversations with every trace: rows, search index, bundles, media. Return those that were removed.

        The folder moves to .trash first, which is the mark that the deletion was meant: when a crash comes in
        between, the next open goes on with it. Raises NotFoundError before anything is removed, and BusyError while
        one of them is being analysed by a living process. ``on_progress`` gets 0 to 1; when ``cancelled()`` turns
        true, those that were not reached stay.
        """
        wanted = list(dict.fromkeys(clean_text(conversation_id) for conversation_id in conversation_ids))
        with self._database.write() as session:
            catalogue.require(session, wanted)
            self._refuse_if_analysing(session, wanted)
        gone: list[str] = []
        try:
            while len(gone) < len(wanted) and not cancelled():
                some = wanted[len(gone) : len(gone) + _DELETED_AT_ONCE]
                with self._database.write() as session:
                    self._refuse_if_analysing(session, some)
                    self._discard(some)
                    catalogue.forget(session, some)
                gone += some
                on_progress(len(gone) / len(wanted))
        finally:
            if gone:
                with self._holding:
                    self._held.clear()
                self._finish_deletions()
                self._tell(gone, "list")
        return gone

    # --- the trash --------------------------------------------------------------------------------------------------

    def trash(self, *conversation_ids: str) -> None:
        """Hide conversations from lists and search until they are restored or purged.

        Raises NotFoundError, and BusyError while one of them is being analysed, before any of them is hidden.
        """
        wanted = list(dict.fromkeys(clean_text(conversation_id) for conversation_id in conversation_ids))
        with self._database.write() as session:
            catalogue.require(session, wanted)
            self._refuse_if_analysing(session, wanted)
            catalogue.throw_away(session, wanted)
        self._tell(wanted, "list")

    def restore(self, *conversation_ids: str) -> None:
        """Take conversations out of the trash. Raises NotFoundError before any of them is."""
        wanted = list(dict.fromkeys(clean_text(conversation_id) for conversation_id in conversation_ids))
        with self._database.write() as session:
            catalogue.require(session, wanted)
            catalogue.take_out(session, wanted)
        self._tell(wanted, "list")

    def at_rest(self, older_than: timedelta) -> list[str]:
        """Ids of conversations, not in the trash nor under way, that came into the library at least so long ago.

        What was taken out of the trash came back into the library then.
        """
        day = datetime.now(UTC) - older_than
        with self._database.read() as session:
            trashed = select(TrashRow.conversation_id)
            query = select(ConversationRow.id).where(
                ConversationRow.created_at <= day,
                or_(col(ConversationRow.restored_at).is_(None), col(ConversationRow.restored_at) <= day),
                col(ConversationRow.state).in_(("complete", "partial", "failed")),
                col(ConversationRow.id).not_in(trashed),
            )
            return list(session.exec(query))

    def under_way(self, conversation_ids: Sequence[str]) -> set[str]:
        """Which of them are being analysed now, by this process or another one that lives."""
        with self._database.read() as session:
            rows = catalogue.begun_runs(session, conversation_ids)
            return {row.conversation_id for row in rows if Owner(row.owner_pid, row.owner_started).alive()}

    def thrown_away(self, older_than: timedelta = timedelta()) -> list[str]:
        """Ids of conversations that are in the trash for at least so long."""
        with self._database.read() as session:
            until = datetime.now(UTC) - older_than
            return list(session.exec(select(TrashRow.conversation_id).where(TrashRow.trashed_at <= until)))

    # --- runs -------------------------------------------------------------------------------------------------------

    def start_run(self, conversation_id: str, options: AnalysisOptions | None = None) -> Run:
        """Begin an analysis beside the earlier ones; tracks go to ``work_dir``/tracks.

        Raises BusyError while a living process analyses the same conversation.
        """
        with self._database.write() as session:
            conversation = catalogue.find_conversation(session, conversation_id)
            self._refuse_if_analysing(session, [conversation_id])
            home = self._home / conversation.id
            row = RunRow(
                conversation_id=conversation.id,
                number=_next_number(session, conversation.id, home),
                created_at=datetime.now(UTC),
                state="analysing",
                app_version=__version__,
                options=(options or AnalysisOptions()).model_dump(mode="json"),
                artifact_folder="",
                owner_pid=self._me.pid,
                owner_started=self._me.started,
            )
            row.artifact_folder = f"runs/{row.number}"
            conversation.state, conversation.error = "analysing", ""
            session.add(row)
            session.flush()
            run = catalogue.run_record(row, conversation.current_run_id, home)
            try:
                remove_tree(run.work_dir)
                (run.work_dir / bundle.TRACKS).mkdir(parents=True)
            except OSError as error:
                msg = f"The analysis could not be started ({error.strerror}): {run.work_dir}"
                raise UnavailableError(msg) from error
        self._tell([run.conversation_id], "runs", "list")
        return run

    def copy_tracks(self, run: Run, number: int, names: Iterable[str]) -> None:
        """Give a run under way tracks of an earlier one whose names begin so. Raises UnavailableError."""
        earlier = self._finished(run.conversation_id, number)[0] / bundle.TRACKS
        try:
            for path in sorted(earlier.iterdir()):
                if path.name.startswith(tuple(names)):
                    copy_durably(path, run.work_dir / bundle.TRACKS / path.name)
        except OSError as error:
            msg = f"The measurements of the earlier analysis could not be copied ({error.strerror}): {earlier}"
            raise UnavailableError(msg) from error

    def finish_run(self, run_id: int, result: AnalysisResult, *, carry_merges: bool = True) -> Run:
        """Keep the result of a run; complete, or partial where ``result.complete`` is False.

        The run becomes the one that is shown, except that a partial one never replaces one that covers more. What
        people said of the one shown before is carried over; merged speakers too, with ``carry_merges``. Undo goes
        back to the one before.
        """
        run = self._run(run_id)
        _refuse_if_ended(run.state)
        result = result.model_copy(update={"conversation_id": run.conversation_id})
        try:
            with making_result():
                bundle.write_run(run.work_dir, run.folder, result)
                run = self._take_in(run_id, result, carry_merges=carry_merges)
        except OSError as error:
            msg = f"The result could not be written ({error.strerror}): {run.folder}"
            raise UnavailableError(msg) from error
        self._tell([run.conversation_id], "runs", "list")
        return run

    def show_run(self, conversation_id: str, number: int) -> None:
        """Show another finished run, with what was done to it. Raises NotFoundError."""
        with self._database.write() as session:
            catalogue.show_run(session, catalogue.find_conversation(session, conversation_id), number)
        self._tell([conversation_id], "runs", "list")

    def fail_run(self, run_id: int, error: str) -> Run:
        """Note that a run came to nothing. An earlier result stays what is shown."""
        with self._database.write() as session:
            row = catalogue.find_run(session, run_id)
            _refuse_if_ended(row.state)
            run = self._fail(session, row, error)
        remove_tree(run.work_dir)
        self._tell([run.conversation_id], "runs", "list")
        return run

    def runs(self, conversation_id: str) -> list[Run]:
        """Every run of a conversation, first to last."""
        with self._database.read() as session:
            conversation = catalogue.find_conversation(session, conversation_id)
            query = select(RunRow).where(RunRow.conversation_id == conversation.id).order_by(col(RunRow.number))
            home = self._home / conversation.id
            return [catalogue.run_record(row, conversation.current_run_id, home) for row in session.exec(query)]

    def result(self, conversation_id: str, run: int | None = None, *, as_analysed: bool = False) -> AnalysisResult:
        """The result of a run, by its number; of the current one when None. With what people changed, or without.

        It is shared by everybody who asks for it: never change one in place. Raises NotFoundError when there is none
        (not analysed yet, failed), DamagedError when it cannot be read.
        """
        number = self._number(conversation_id) if run is None else run
        result = self._as_analysed(conversation_id, number)
        return result if as_analysed else apply_edits(result, self._edits.operations(conversation_id, number))

    def tracks(self, conversation_id: str, run: int | None = None) -> dict[str, Track]:
        """The tracks of a run, memory-mapped, by name."""
        return bundle.read_tracks(self._finished(conversation_id, run)[0])

    def track(self, conversation_id: str, name: str, run: int | None = None) -> Track | None:
        """One track of a run, memory-mapped; None when there is none of this name."""
        return bundle.read_track(self._finished(conversation_id, run)[0], name)

    def artifacts(self, conversation_id: str, run: int | None = None) -> list[Artifact]:
        """Every file of a finished run, by name. Raises NotFoundError, DamagedError."""
        return bundle.read_artifacts(self._finished(conversation_id, run)[0])

    def interrupted(self) -> list[Run]:
        """The runs whose process was found dead when this store was opened, as they were settled then."""
        return list(self._interrupted)

    # --- what people change ----------------------------------------------------------------------------------------

    def apply(self, conversation_id: str, *operations: Operation, run: int | None = None) -> ChangeSet:
        """Do something to a conversation, all of it as one step; see :class:`illodesk.store.edits.Edits`."""
        return self._kept(self._edits.apply(conversation_id, operations, run))

    def describe(self, details: Mapping[str, SetDetails]) -> ChangeSet:
        """Change details of several conversations, by their ids; see :meth:`illodesk.store.edits.Edits.describe`."""
        return self._kept(self._edits.describe(details))

    def undo(self, conversation_id: str, expected: int | None = None) -> ChangeSet | None:
        """Take back the newest step; None where there is none. See :meth:`illodesk.store.edits.Edits.undo`."""
        change = self._edits.undo(conversation_id, expected)
        return None if change is None else self._kept(change)

    def redo(self, conversation_id: str, expected: int | None = None) -> ChangeSet | None:
        """Do the step again that was undone last; None where there is none."""
        change = self._edits.redo(conversation_id, expected)
        return None if change is None else self._kept(change)

    def history(self, conversation_id: str) -> list[Edit]:
        """The journal of a conversation, first to last."""
        return self._edits.history(conversation_id)

    def added(self, conversation_id: str) -> AnalysisResult:
        """What people added to a conversation that may have no analysis yet: an empty result with markers and such."""
        self.get(conversation_id)
        return apply_edits(AnalysisResult(), self._edits.operations(conversation_id, None))

    # --- search and care --------------------------------------------------------------------------------------------

    def search(self, query: str, conversation_id: str | None = None, limit: int = 50, offset: int = 0) -> list[Hit]:
        """Where every word of ``query`` was said, in current runs; see :func:`illodesk.store.search.find`."""
        with self._database.read() as session:
            return search.find(session, query, conversation_id, limit, offset)

    def search_among(self, query: str, wanted: Filter, limit: int = 50) -> list[Hit]:
        """As :meth:`search`, in those conversations that a filter lets through."""
        with self._database.read() as session:
            return search.find_in_runs(session, query, catalogue.current_runs(session, wanted), limit)

    def search_notes(self, query: str, wanted: Filter, limit: int = 50) -> list[Noted]:
        """Conversations that a filter lets through whose title and notes hold every word of ``query``."""
        with self._database.read() as session:
            return noted.find(catalogue.described(session, wanted), query, limit)

    def verify(self, conversation_id: str) -> list[Problem]:
        """Compare every file of a conversation with its manifest; an empty list is good."""
        runs = self.runs(conversation_id)
        home = self._home / conversation_id
        problems: list[Problem] = []
        if self.media_path(conversation_id) is not None:
            problems += bundle.verify_folder(home / "media", f"{conversation_id}/media")
        for run in runs:
            if run.state in ("complete", "partial"):
                problems += bundle.verify_folder(run.folder, f"{conversation_id}/runs/{run.number}")
        return problems

    def check(self) -> list[Problem]:
        """Check the database and that it agrees with the folders. Reads the whole database."""
        problems = [Problem(where="database", what=what) for what in self._database.problems()]
        try:
            with self._database.write() as session:
                search.check(session)
        except DamagedError:
            problems.append(Problem(where="database", what="the search index does not agree with the text"))
        with self._database.read() as session:
            rows = set(session.exec(select(ConversationRow.id)))
        folders = {path.name for path in self._home.iterdir()}
        problems += [Problem(where=name, what="has no folder") for name in sorted(rows - folders)]
        problems += [Problem(where=name, what="is not in the database") for name in sorted(folders - rows)]
        return problems

    # --- inside -----------------------------------------------------------------------------------------------------

    def _tell(self, conversation_ids: Iterable[str], *kinds: Kind) -> None:
        self._kept(ChangeSet(conversation_ids=tuple(conversation_ids), kinds=frozenset(kinds)))

    def _kept(self, change: ChangeSet) -> ChangeSet:
        """Tell of a change that is kept."""
        self._told(change)
        self._news.note(change)
        return change

    def _number(self, conversation_id: str) -> int | None:
        with self._database.read() as session:
            return edits.shown_run(session, catalogue.find_conversation(session, conversation_id)).number

    def _as_analysed(self, conversation_id: str, number: int | None) -> AnalysisResult:
        """The result of a run as it was analysed; the last ones read are held, since a bundle never changes."""
        folder, media_name = self._finished(conversation_id, number)
        with self._holding:
            result = self._held.get(folder)
        if result is None:
            with making_result():
                result = bundle.read_run(folder)
        with self._holding:
            self._held[folder] = result
            self._held.move_to_end(folder)
            while len(self._held) > _HELD:
                self._held.popitem(last=False)
        suffix = Path(media_name).suffix
        return result.model_copy(
            update={
                "run": int(folder.name),
                "artifact_dir": conversation_id,
                "upload_path": f"{conversation_id}{suffix}" if media_name else "",
                "agent_outputs_path": f"{conversation_id}/agent_outputs.json",
            }
        )

    def _refuse_lost_database(self) -> None:
        """Never start an empty library over recordings whose database is gone."""
        # Looked at in this order, so that another process that just creates the library is not mistaken for that:
        # it has a database before it has conversations.
        kept = any(_ID.fullmatch(path.name) for path in self._home.iterdir())
        database = self.data_dir / DATABASE
        if kept and (not database.exists() or database.stat().st_size == 0):
            msg = (
                f"The library's database is missing or empty, but there are conversations: {database}. Restore it "
                f"from a backup, or move the folder {self._home} away to start anew."
            )
            raise DamagedError(msg)

    def _refuse_if_analysing(self, session: Session, conversation_ids: Sequence[str]) -> None:
        for row in catalogue.begun_runs(session, conversation_ids):
            if Owner(row.owner_pid, row.owner_started).alive():
                msg = "This conversation is being analysed; wait for it or cancel it first."
                raise BusyError(msg)
            self._fail(session, row, _CUT_SHORT)

    def _run(self, run_id: int) -> Run:
        with self._database.read() as session:
            row = catalogue.find_run(session, run_id)
            conversation = catalogue.find_conversation(session, row.conversation_id)
            return catalogue.run_record(row, conversation.current_run_id, self._home / conversation.id)

    def _finished(self, conversation_id: str, number: int | None) -> tuple[Path, str]:
        """Folder of a finished run and the name of the kept media."""
        with self._database.read() as session:
            conversation = catalogue.find_conversation(session, conversation_id)
            query = select(RunRow).where(RunRow.conversation_id == conversation.id)
            query = query.where(RunRow.id == conversation.current_run_id if number is None else RunRow.number == number)
            row = session.exec(query).first()
            if row is None or row.state not in ("complete", "partial"):
                which = "has no result yet" if number is None else f"has no result of run {number}"
                msg = f"The conversation {conversation.title!r} {which}."
                raise NotFoundError(msg)
            return self._home / conversation.id / row.artifact_folder, conversation.media_name

    def _take_in(self, run_id: int, result: AnalysisResult, *, carry_merges: bool = True) -> Run:
        """Enter a bundle that is in place into the database, in one transaction."""
        before = self._shown_before(run_id)
        with self._database.write() as session:
            row = catalogue.find_run(session, run_id)
            _refuse_if_ended(row.state)
            conversation = catalogue.find_conversation(session, row.conversation_id)
            shown = session.get(RunRow, conversation.current_run_id) if conversation.current_run_id else None
            row.state = "complete" if result.complete else "partial"
            row.error = ""
            row.finished_at = datetime.now(UTC)
            row.analysed_s = result.analysed_s
            row.policy = result.policy.model_dump(mode="json")
            row.models = [model.model_dump(mode="json") for model in result.models]
            catalogue.insert_result(session, run_id, result)
            if result.complete or shown is None or (shown.state == "partial" and shown.analysed_s <= row.analysed_s):
                if before is not None and shown is not None and shown.number == before.run:
                    done = edits.standing(session, conversation.id, shown.number)
                    corrected = apply_edits(before, done)
                    carried = carried_over(corrected, done, result, merges=carry_merges)
                    edits.note(session, conversation.id, row.number, carried, carried=True)
                    now = apply_edits(result, edits.standing(session, conversation.id, row.number))
                    catalogue.reflect(session, conversation, run_id, now)
                if shown is not None:
                    edits.note_run(session, conversation.id, shown.number, row.number)
                catalogue.make_current(session, conversation, run_id)
                conversation.duration_s = result.media.duration_s or conversation.duration_s
                conversation.state = row.state
            elif shown is not None:
                conversation.state = shown.state
            conversation.error = ""
            return catalogue.run_record(row, conversation.current_run_id, self._home / conversation.id)

    def _shown_before(self, run_id: int) -> AnalysisResult | None:
        """What the conversation of a new run shows so far, if anything was done to it; None where it is unreadable:
        that must not cost the new result."""
        with self._database.read() as session:
            conversation = catalogue.find_conversation(session, catalogue.find_run(session, run_id).conversation_id)
            number = edits.shown_run(session, conversation).number
            if number is None or not edits.standing(session, conversation.id, number):
                return None
        try:
            return self._as_analysed(conversation.id, number)
        except (NotFoundError, DamagedError):
            return None

    def _fail(self, session: Session, row: RunRow, error: str) -> Run:
        conversation = catalogue.find_conversation(session, row.conversation_id)
        shown = session.get(RunRow, conversation.current_run_id) if conversation.current_run_id else None
        row.state, row.error, row.finished_at = "failed", clean_text(error), datetime.now(UTC)
        conversation.state = shown.state if shown else "failed"
        conversation.error = row.error
        session.flush()
        return catalogue.run_record(row, conversation.current_run_id, self._home / conversation.id)

    def _settle_interrupted(self) -> list[Run]:
        """End the runs whose process is gone: taken in where the bundle is whole, failed otherwise."""
        with self._database.read() as session:
            rows = session.exec(select(RunRow).where(RunRow.state == "analysing")).all()
            dead = [row.id for row in rows if row.id and not Owner(row.owner_pid, row.owner_started).alive()]
        settled: list[Run] = []
        for run_id in dead:
            try:
                settled.append(self._settle(run_id))
            except (NotFoundError, EndedError):
                continue  # another process that opened the library did it meanwhile
        return settled

    def _settle(self, run_id: int) -> Run:
        run = self._run(run_id)
        if bundle.is_whole(run.folder):
            return self._take_in(run_id, bundle.read_run(run.folder))
        return self.fail_run(run_id, _CUT_SHORT)

    def _discard(self, conversation_ids: Iterable[str]) -> None:
        """Move the folders of conversations to .trash, under names that tell whose they were."""
        folder = self._home
        try:
            for conversation_id in conversation_ids:
                target = self._trash / f"{conversation_id}.{secrets.token_hex(4)}"
                folder = self._home / conversation_id
                if folder.exists() or folder.is_symlink():
                    folder.rename(target)
                else:
                    target.mkdir()
            sync_folder(self._trash)
        except OSError as error:
            msg = f"The conversation could not be deleted ({error.strerror}): {folder}"
            raise UnavailableError(msg) from error

    def _finish_deletions(self) -> None:
        """Complete what .trash marks as deleted, and drop the deleted words from the index and the log."""
        marked = sorted(self._trash.iterdir())
        if not marked:
            return
        ids = {path.name.partition(".")[0] for path in marked}
        with self._database.write() as session:
            catalogue.forget(session, [id for id in ids if _ID.fullmatch(id) and not (self._home / id).exists()])
        first = more = True
        while more:
            with self._database.write() as session:
                more = search.merge_step(session, first)
            first = False
        self._database.checkpoint()
        try:
            for path in marked:
                remove_tree(path)
        except OSError as error:
            msg = f"Part of a deleted conversation could not be removed yet ({error.strerror}): {self._trash}"
            raise UnavailableError(msg) from error

    def _clear_incoming(self) -> None:
        """Remove copies that a process which died had begun."""
        for path in self._incoming.iterdir():
            owner = Owner.parse(path.name.partition("_")[0])
            if owner is not None and not owner.alive():
                remove_tree(path)


_CUT_SHORT = "IlloDesk ended while this conversation was being analysed. Analyse it again."


def _refuse_if_ended(state: str) -> None:
    if state != "analysing":
        msg = f"This analysis has ended already: it is {state}."
        raise EndedError(msg)


def _next_number(session: Session, conversation_id: str, home: Path) -> int:
    """One more than any run that the database or the folder knows."""
    query = select(func.max(RunRow.number)).where(RunRow.conversation_id == conversation_id)
    known = session.exec(query).one() or 0
    on_disk = [int(path.name) for path in (home / "runs").glob("*") if path.name.isdecimal()]
    return max([known, *on_disk]) + 1
