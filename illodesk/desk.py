"""The application core: opens store and engine, and is all that the app, the server and the command line talk to."""

from __future__ import annotations

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

from illodesk.capture.control import ChannelStatus, RecorderStatus, RecorderWarning
from illodesk.capture.devices import Device, DeviceError, list_devices
from illodesk.capture.monitor import Levels, Monitor
from illodesk.capture.recording import ChannelSpec, RecordingError
from illodesk.capture.tone import play_tone
from illodesk.engine.questions import divide, warm_up
from illodesk.engine.sources import BoundedSource, FileSource, NoSound
from illodesk.engine.worker import AnalysisError, Given, Handle, Job, Worker
from illodesk.events import EventLog
from illodesk.exporting import MEDIA_SUFFIXES, Exported, export_beside, file_name, part_of, title_for
from illodesk.live import LiveSession
from illodesk.operations import AddMarker, ChangeSet, Operation, SetDetails
from illodesk.retention import Retention
from illodesk.schema import AnalysisOptions, AnalysisResult, Event, Marker, Segmentation, Utterance
from illodesk.sessions import Sessions, Unfinished
from illodesk.settings import Settings
from illodesk.store.errors import NotFoundError, StoreError
from illodesk.store.exports import FORMATS, ExportOptions, Material, export, preview
from illodesk.store.keys import GRACE_S
from illodesk.store.records import Artifact, Common, Conversation, Edit, Filter, Hit, KeyRecord, Noted, Run, Sort
from illodesk.store.sink import TrackFolder
from illodesk.store.store import Store
from illodesk.store.tracks import Track

__all__ = [
    "FORMATS",
    "MEDIA_SUFFIXES",
    "Artifact",
    "ChangeSet",
    "ChannelSpec",
    "ChannelStatus",
    "Common",
    "Conversation",
    "Desk",
    "DeskError",
    "Device",
    "Edit",
    "EventLog",
    "ExportOptions",
    "Exported",
    "Filter",
    "Hit",
    "KeyRecord",
    "Levels",
    "LiveSession",
    "Monitor",
    "Noted",
    "RecorderStatus",
    "RecorderWarning",
    "Run",
    "Track",
    "Unfinished",
]

_log = logging.getLogger(__name__)

SOURCE_ERRORS = frozenset({"NOT_FOUND", "EMPTY_FILE", "UNREADABLE_MEDIA", "NO_AUDIO", "TOO_LONG"})
"""Errors of the file itself. Nothing is kept of such a file; the user has it as it was."""


class DeskError(Exception):
    """Something that the user should read. ``code`` is stable, ``detail`` is for the log."""

    def __init__(self, message: str, code: str = "DESK_ERROR", detail: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.detail = detail


@contextmanager
def user_errors() -> Iterator[None]:
    """Turn the errors of the rooms below into the one kind that callers know."""
    try:
        yield
    except AnalysisError as error:
        raise DeskError(str(error), error.code, error.detail) from error
    except StoreError as error:
        raise DeskError(str(error), error.code) from error
    except RecordingError as error:
        raise DeskError(str(error), "RECORDING_FAILED") from error
    except DeviceError as error:
        raise DeskError(str(error), "NO_DEVICES") from error


class Desk:
    """Conversations and their analyses. Thread-safe; analyses share one worker process, which starts with the first."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._listeners: list[Callable[[ChangeSet], None]] = []
        self._listening = threading.Lock()
        self._retired = 0
        with user_errors():
            self._store = Store(settings.data_dir, self._tell)
        self._worker = Worker()
        longest_s = settings.max_media_hours * 3600
        self._sessions = Sessions(settings.data_dir / "live", self._store, self._worker, longest_s)
        self._retention = Retention(self._clear_out)

    @classmethod
    def open(cls, settings: Settings | None = None) -> Self:
        """Open the user's desk. Raises DeskError when what is kept cannot be read."""
        return cls(settings or Settings())

    def close(self) -> None:
        """Leave live sessions to the next start, end the worker and close the store. Recorders go on."""
        self._retention.close()
        self._sessions.close()
        self._worker.close()
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- analysing --------------------------------------------------------------------------------------------------

    def default_options(self, **wanted: Any) -> AnalysisOptions:
        """Options of the settings, with what the caller wants instead. Raises pydantic's ValidationError."""
        settings = self.settings
        defaults = {
            "purpose": settings.purpose,
            "region": settings.region,
            "text_only": settings.text_only,
            "language": settings.language,
        }
        return AnalysisOptions(**{**defaults, **wanted})

    def analyse(
        self,
        source: Path,
        options: AnalysisOptions | None = None,
        *,
        title: str = "",
        on_event: Callable[[Event], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        time_limit_s: float | None = None,
    ) -> str:
        """Analyse a recording and keep it; return the id of the new conversation.

        When ``cancelled()`` turns true, what was heard until then is analysed and kept. A file without sound leaves
        nothing behind. Raises DeskError; any other failure leaves the conversation, marked as failed.
        """
        options = options or self.default_options()
        refuse_unreadable(source)
        with user_errors():
            conversation = self._store.add_conversation(
                title,
                media=source,
                keep_media=self.settings.keep_media,
                purpose=options.purpose,
                region=options.region,
            )
        try:
            self._run(conversation.id, source, options, on_event, cancelled, time_limit_s)
        except DeskError as error:
            if error.code in SOURCE_ERRORS:
                with user_errors():
                    self._store.delete(conversation.id)
            raise
        return conversation.id

    def reanalyse(
        self,
        conversation_id: str,
        options: AnalysisOptions | None = None,
        *,
        source: Path | None = None,
        on_event: Callable[[Event], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
        time_limit_s: float | None = None,
    ) -> Run:
        """Analyse a recording again: a new run beside the old ones. Raises DeskError.

        ``source`` is where the recording lies, for conversations that keep none.
        """
        with user_errors():
            media = self._store.media_path(conversation_id)
        if media is None and source is not None:
            refuse_unreadable(source)
            media = source
        if media is None:
            raise DeskError("The recording was not kept, so it cannot be analysed again.", "NO_MEDIA")
        return self._run(conversation_id, media, options or self.default_options(), on_event, cancelled, time_limit_s)

    def recluster(
        self,
        conversation_id: str,
        speakers: int | None = None,
        *,
        on_event: Callable[[Event], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Run:
        """Tell the speakers anew by their voices, as ``speakers`` people or as many as there seem to be.

        A new run with the same words and measurements; texts stay as corrected, names go with the voices. Raises
        DeskError, with code CHANNELS_TELL where every channel is a person, and NO_MEDIA without the recording.
        """
        with user_errors():
            given = self._store.result(conversation_id)
            media = self._store.media_path(conversation_id)
        if given.media.layout == "separate":
            message = "Every channel of this recording is a speaker of its own; there are no voices to tell apart."
            raise DeskError(message, "CHANNELS_TELL")
        if media is None:
            raise DeskError("The recording was not kept, so its voices cannot be heard again.", "NO_MEDIA")
        if speakers is not None and not 1 <= speakers <= 20:
            raise DeskError("The number of speakers must be from 1 to 20.", "INVALID")
        options = given.options.model_copy(update={"speakers": speakers})
        source = partial(FileSource, media.absolute())
        return self._revise(given, options, source, True, on_event, cancelled)

    def rescore(
        self,
        conversation_id: str,
        *,
        on_event: Callable[[Event], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Run:
        """Compute scores, moments, phases and summary anew from who spoke and what was said as corrected: a new run.

        Needs no recording. Raises DeskError.
        """
        with user_errors():
            given = self._store.result(conversation_id)
        return self._revise(given, given.options, NoSound, False, on_event, cancelled)

    def _revise(
        self,
        given: AnalysisResult,
        options: AnalysisOptions,
        open_source: Callable[[], Any],
        tell_speakers: bool,
        on_event: Callable[[Event], None],
        cancelled: Callable[[], bool],
    ) -> Run:
        def job(run: Run) -> Job:
            tracks = partial(TrackFolder, run.work_dir / "tracks")
            return Job(run.conversation_id, open_source, options, tracks, given=Given(given, tell_speakers))

        def finish(run: Run, result: AnalysisResult) -> Run:
            if not result.complete:
                raise DeskError("The analysis was stopped; what was there before is unchanged.", "CANCELLED")
            self._store.copy_tracks(run, given.run, ("peaks_", "prosody_"))
            result = result.model_copy(update={"complete": given.complete})
            return self._store.finish_run(run.id, result, carry_merges=not tell_speakers)

        return self._work(given.conversation_id, options, job, finish, on_event, cancelled, None)

    def _run(
        self,
        conversation_id: str,
        source: Path,
        options: AnalysisOptions,
        on_event: Callable[[Event], None],
        cancelled: Callable[[], bool],
        time_limit_s: float | None,
    ) -> Run:
        def job(run: Run) -> Job:
            longest_s = self.settings.max_media_hours * 3600
            bounded = partial(BoundedSource, partial(FileSource, source.absolute()), longest_s)
            return Job(source.name, bounded, options, partial(TrackFolder, run.work_dir / "tracks"))

        def finish(run: Run, result: AnalysisResult) -> Run:
            return self._store.finish_run(run.id, result)

        return self._work(conversation_id, options, job, finish, on_event, cancelled, time_limit_s)

    def _work(
        self,
        conversation_id: str,
        options: AnalysisOptions,
        job: Callable[[Run], Job],
        finish: Callable[[Run, AnalysisResult], Run],
        on_event: Callable[[Event], None],
        cancelled: Callable[[], bool],
        time_limit_s: float | None,
    ) -> Run:
        """One run from its beginning to its end, whichever that is."""
        with user_errors():
            run = self._store.start_run(conversation_id, options)
            try:
                result = await_result(self._worker.start(job(run), on_event), cancelled, time_limit_s)
                return finish(run, result)
            except BaseException as error:
                self._store.fail_run(run.id, str(error) or "The analysis was stopped.")
                raise

    def segment(self, timeline: list[Utterance], *, language: str | None = None) -> Segmentation:
        """Divide a timeline from elsewhere into phases. Raises DeskError."""
        ordered = sorted(timeline, key=lambda utterance: (utterance.t_start, utterance.channel))
        with user_errors():
            return cast(
                Segmentation, self._worker.ask(divide, ordered, language=language or self.settings.language).result()
            )

    def warm_up(self) -> None:
        """Load the models now, without waiting for it, so that the first analysis need not."""
        with user_errors():
            self._worker.ask(warm_up, language=self.settings.language)

    # --- live sessions ----------------------------------------------------------------------------------------------

    def devices(self) -> list[Device]:
        """Microphones and system audio that can be recorded now."""
        with user_errors():
            return list_devices()

    def monitor(self, channels: list[ChannelSpec]) -> Monitor:
        """Listen to devices without keeping anything, for their levels; close it before they are recorded."""
        with user_errors():
            return Monitor(channels)

    def play_tone(self) -> None:
        """Play a short tone on the default output and wait for its end. Raises DeskError."""
        with user_errors():
            play_tone()

    def record(
        self,
        channels: list[ChannelSpec],
        options: AnalysisOptions | None = None,
        *,
        title: str = "",
        consent: str = "",
    ) -> LiveSession:
        """Record devices, each as a channel of its own, and analyse while it goes on. Raises DeskError."""
        with user_errors():
            return self._sessions.record(channels, options or self.default_options(), title, consent)

    def upload(
        self,
        options: AnalysisOptions | None = None,
        *,
        title: str = "",
        suffix: str = "",
        ttl_s: float | None = None,
        owner: str = "",
    ) -> LiveSession:
        """Analyse the bytes of a media file while they come; ``session.door.push`` takes them."""
        with user_errors():
            return self._sessions.upload(options or self.default_options(), title, suffix, ttl_s, owner)

    def replay(
        self,
        path: Path,
        options: AnalysisOptions | None = None,
        *,
        title: str = "",
        owner: str = "",
        take: bool = False,
    ) -> LiveSession:
        """Tell a file as a live session would. With ``take``, move it into the session: it is not the user's."""
        refuse_unreadable(path)
        with user_errors():
            return self._sessions.replay(path, options or self.default_options(), title, owner, take=take)

    def session(self, session_id: str) -> LiveSession | None:
        """A live session of this process; one that ended can be had for some minutes."""
        return self._sessions.get(session_id)

    def sessions(self) -> list[LiveSession]:
        """Live sessions of this process in the order they began."""
        return self._sessions.all()

    def event_log(self, session_id: str) -> EventLog | None:
        """What a session told, also one that ended long ago or in an earlier process."""
        return self._sessions.log(session_id)

    def unfinished(self) -> list[Unfinished]:
        """Sessions that an earlier process left behind, some of them still being recorded."""
        return self._sessions.unfinished()

    def resume(self, conversation_id: str) -> LiveSession:
        """Take up a session that was left behind. Raises DeskError."""
        with user_errors():
            try:
                return self._sessions.resume(conversation_id)
            except KeyError:
                raise DeskError(f"There is no recording {conversation_id} to take up.", "NOT_FOUND") from None

    # --- reading ----------------------------------------------------------------------------------------------------

    def conversations(
        self,
        limit: int = 100,
        offset: int = 0,
        sort: Sort = "created_at",
        filter: Filter | None = None,
        *,
        descending: bool = True,
    ) -> list[Conversation]:
        """One page of the library, newest first unless told otherwise."""
        with user_errors():
            return self._store.list_conversations(limit, offset, sort, descending, filter or Filter())

    def known(self, files: Iterable[Path]) -> dict[Path, str]:
        """Files that are in the library already, and the conversation of each: same name, size and SHA-256."""
        with user_errors():
            return self._store.known(files)

    def conversation_ids(
        self, sort: Sort = "created_at", filter: Filter | None = None, *, descending: bool = True
    ) -> list[str]:
        """The id of every conversation of the library, in the order of :meth:`conversations`."""
        with user_errors():
            return self._store.list_ids(sort, descending, filter or Filter())

    def conversations_of(self, conversation_ids: Sequence[str]) -> list[Conversation]:
        """Conversations in the order of their ids, without those that are gone."""
        with user_errors():
            return self._store.get_many(conversation_ids)

    def in_common(self, conversation_ids: Sequence[str]) -> Common:
        """What conversations have in common, however many they are."""
        with user_errors():
            return self._store.in_common(conversation_ids)

    def conversation(self, conversation_id: str) -> Conversation:
        """One conversation. Raises DeskError with code NOT_FOUND."""
        with user_errors():
            return self._store.get(conversation_id)

    def find(self, beginning: str) -> str:
        """The id that begins so, with or without ``analysis_``. Raises DeskError when none or several do."""
        with user_errors():
            found = self._store.ids_beginning(beginning)
        if len(found) == 1:
            return found[0]
        if found:
            raise DeskError(f"Several conversations begin with {beginning}: {', '.join(found[:5])}.", "AMBIGUOUS")
        raise DeskError(f"There is no conversation {beginning}. See: illodesk list", "NOT_FOUND")

    def runs(self, conversation_id: str) -> list[Run]:
        """All analyses of a conversation, first to last."""
        with user_errors():
            return self._store.runs(conversation_id)

    def result(self, conversation_id: str, run: int | None = None, *, as_analysed: bool = False) -> AnalysisResult:
        """A whole result; the current run's unless one is named. As people corrected it, or as it was analysed.

        It is shared by everybody who asks for it: never change one in place.
        """
        with user_errors():
            return self._store.result(conversation_id, run, as_analysed=as_analysed)

    def track(self, conversation_id: str, name: str, run: int | None = None) -> Track | None:
        """A track of a run, memory-mapped: peaks_0, prosody_0, engagement, …; None when there is none."""
        with user_errors():
            try:
                return self._store.track(conversation_id, name, run)
            except NotFoundError:
                return None

    def tracks(self, conversation_id: str, run: int | None = None) -> dict[str, Track]:
        """Every track of a run, memory-mapped, by name."""
        with user_errors():
            return self._store.tracks(conversation_id, run)

    def search(self, query: str, limit: int = 50, filter: Filter | None = None) -> list[Hit]:
        """Where every word of the query was said; with a filter, in conversations that it lets through."""
        with user_errors():
            if filter is None or filter == Filter():
                return self._store.search(query, limit=limit)
            return self._store.search_among(query, filter, limit)

    def search_notes(self, query: str, limit: int = 50, filter: Filter | None = None) -> list[Noted]:
        """Conversations whose titles and notes hold every word of the query, newest first."""
        with user_errors():
            return self._store.search_notes(query, filter or Filter(), limit)

    def count(self, filter: Filter | None = None) -> int:
        """How many conversations there are, or match."""
        with user_errors():
            return self._store.count(filter or Filter())

    def tags(self) -> dict[str, int]:
        """Every tag in use and how many conversations have it, by name."""
        with user_errors():
            return self._store.tags()

    def projects(self) -> dict[str, int]:
        """Every project in use and how many conversations belong to it, by name."""
        with user_errors():
            return self._store.projects()

    def media_path(self, conversation_id: str) -> Path | None:
        """The kept recording; None when none is kept. Raises DeskError with code NOT_FOUND."""
        with user_errors():
            return self._store.media_path(conversation_id)

    def artifacts(self, conversation_id: str, run: int | None = None) -> list[Artifact]:
        """Every file of a run as its manifest names it. Raises DeskError with code NOT_FOUND."""
        with user_errors():
            return self._store.artifacts(conversation_id, run)

    @property
    def worker_running(self) -> bool:
        """Whether the process that analyses is there. It starts with the first analysis."""
        return self._worker.pid is not None

    def interrupted(self) -> list[Run]:
        """Analyses that an earlier process began and did not end."""
        return self._store.interrupted()

    # --- writing ----------------------------------------------------------------------------------------------------

    def export(
        self,
        conversation_id: str,
        format: str,
        out: Path,
        *,
        run: int | None = None,
        overwrite: bool = False,
        options: ExportOptions | None = None,
        on_progress: Callable[[float], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Path:
        """Write a conversation in a format; ``out`` is a file, or a folder that gets a file named by the title.

        ``on_progress`` gets 0 to 1. When ``cancelled()`` turns true, nothing is written and DeskError has the code
        CANCELLED. Raises DeskError.
        """
        with user_errors():
            material = replace(
                self._material(conversation_id, run, options), on_progress=on_progress, cancelled=cancelled
            )
            in_folder = out.is_dir() or not out.suffix
            name = file_name(title_for(material, conversation_id), FORMATS[format].suffix)
            target = out / name if in_folder else out
            target.parent.mkdir(parents=True, exist_ok=True)
            export(format, material, target, overwrite=overwrite)
            return target

    def export_many(
        self,
        conversation_ids: Sequence[str],
        format: str,
        folder: Path,
        options: ExportOptions | None = None,
        *,
        run: int | None = None,
        on_progress: Callable[[float], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> Exported:
        """Write conversations into a folder, each under a name that is free; one that fails does not stop the rest.

        ``run`` is the number of the analysis that is written; the one that each conversation shows unless it is named.
        What was written before ``cancelled()`` turned true stays. Raises DeskError when the folder cannot be made.
        """
        done = Exported()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeskError(f"The folder cannot be made ({error.strerror}): {folder}", "STORE_UNAVAILABLE") from error
        for place, conversation_id in enumerate(conversation_ids):
            try:
                with user_errors():
                    material = replace(
                        self._material(conversation_id, run, options),
                        on_progress=part_of(on_progress, place, len(conversation_ids)),
                        cancelled=cancelled,
                    )
                    material.step(0.0)
                    title = title_for(material, conversation_id)
                    done.files[conversation_id] = export_beside(format, material, folder, title)
            except DeskError as error:
                if error.code == "CANCELLED":
                    done.cancelled = True
                    break
                done.failures[conversation_id] = str(error)
        return done

    def export_preview(
        self, conversation_id: str, format: str, options: ExportOptions | None = None, *, run: int | None = None
    ) -> str:
        """The beginning of an export as text; of what is no text, what stands in it. Raises DeskError."""
        with user_errors():
            return preview(format, self._material(conversation_id, run, options))

    def _material(self, conversation_id: str, run: int | None, options: ExportOptions | None) -> Material:
        """All that an export of a conversation is made of, with its corrections. Raises StoreError."""
        conversation = self._store.get(conversation_id)
        return Material(
            result=self._store.result(conversation_id, run),
            tracks=self._store.tracks(conversation_id, run),
            title=conversation.title,
            recorded_at=conversation.recorded_at,
            media=self._store.media_path(conversation_id),
            options=options or ExportOptions(),
        )

    def change(
        self,
        conversation_id: str,
        *,
        title: str | None = None,
        tags: list[str] | None = None,
        project: str | None = None,
        notes: str | None = None,
    ) -> Conversation:
        """Change what the user says about a conversation; None leaves a field as it is. Raises DeskError."""
        self.apply(conversation_id, SetDetails(title=title, tags=tags, project=project, notes=notes))
        return self.conversation(conversation_id)

    def delete(
        self,
        *conversation_ids: str,
        on_progress: Callable[[float], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> int:
        """Delete conversations with every trace of them; return how many.

        ``on_progress`` gets 0 to 1. When ``cancelled()`` turns true, those that were not reached stay.
        """
        with user_errors():
            gone = self._store.delete(*conversation_ids, on_progress=on_progress, cancelled=cancelled)
        for conversation_id in gone:
            self._sessions.forget(conversation_id)
        return len(gone)

    # --- correcting -------------------------------------------------------------------------------------------------

    def apply(self, conversation_id: str, *operations: Operation, run: int | None = None) -> ChangeSet:
        """Do operations as one step, which is undone as one. Raises DeskError before anything is changed.

        ``run`` is the number of the analysis that they speak of: who corrects one must not change another that came
        meanwhile. It is the one that is shown unless it is named.
        """
        with user_errors():
            return self._store.apply(conversation_id, *operations, run=run)

    def describe(self, details: Mapping[str, SetDetails]) -> ChangeSet:
        """Change details of several conversations, by their ids, all or none. Raises DeskError."""
        with user_errors():
            return self._store.describe(details)

    def undo(self, conversation_id: str, expected: int | None = None) -> ChangeSet | None:
        """Take back the newest step; None where there is none. Works across restarts.

        ``expected`` is the id of the newest edit as it was seen; where another process made a newer one meanwhile,
        nothing is taken back and DeskError has the code CHANGED.
        """
        with user_errors():
            return self._store.undo(conversation_id, expected)

    def redo(self, conversation_id: str, expected: int | None = None) -> ChangeSet | None:
        """Do the step again that was undone last; None where there is none. ``expected``: the first that is undone."""
        with user_errors():
            return self._store.redo(conversation_id, expected)

    def history(self, conversation_id: str) -> list[Edit]:
        """What people did to the run shown and to the conversation, first to last; what is undone says so."""
        with user_errors():
            return self._store.history(conversation_id)

    def mark(self, session_id: str, key: str = "", note: str = "") -> str:
        """Mark the moment that a live session is at; return the id of the marker. Raises DeskError."""
        session = self.session(session_id)
        if session is None:
            raise DeskError("This session is over; add the marker to its conversation instead.", "NOT_FOUND")
        marker = AddMarker(t=round(session.now_s, 3), key=key, note=note)
        self.apply(session_id, marker)
        return marker.marker_id

    def markers(self, conversation_id: str) -> list[Marker]:
        """Markers of a conversation, in order of time; also of one that is still being recorded."""
        with user_errors():
            return self._store.added(conversation_id).markers

    def show_run(self, conversation_id: str, number: int) -> None:
        """Show another analysis of a conversation, with what was corrected in it. Raises DeskError."""
        with user_errors():
            self._store.show_run(conversation_id, number)

    def trash(self, *conversation_ids: str) -> None:
        """Put conversations into the trash, all or none: out of lists and search, to be had back by ``restore``."""
        with user_errors():
            self._store.trash(*conversation_ids)

    def restore(self, *conversation_ids: str) -> None:
        """Take conversations out of the trash, all or none."""
        with user_errors():
            self._store.restore(*conversation_ids)

    def under_way(self, conversation_ids: Sequence[str]) -> set[str]:
        """Which of them are being analysed now."""
        with user_errors():
            return self._store.under_way(conversation_ids)

    def empty_trash(self, older_than: timedelta = timedelta(), *, cancelled: Callable[[], bool] = lambda: False) -> int:
        """Delete for good what is in the trash for at least so long; return how many conversations that were."""
        with user_errors():
            return self.delete(*self._store.thrown_away(older_than), cancelled=cancelled)

    def newly_retired(self) -> int:
        """How many conversations were kept as long as the settings say and went to the trash since this was asked last.

        A change of the kind ``retired`` tells when there is something to ask for.
        """
        with self._listening:
            retired, self._retired = self._retired, 0
        return retired

    def _clear_out(self, cancelled: Callable[[], bool]) -> None:
        """What the settings say of how long things are kept. What fails is tried again the next time."""
        keep_days, trash_days = self.settings.keep_days, self.settings.trash_days
        with contextlib.suppress(DeskError), user_errors():
            retired = self._store.at_rest(timedelta(days=keep_days)) if keep_days else []
            if retired:
                self._store.trash(*retired)
                with self._listening:
                    self._retired += len(retired)
                self._tell(ChangeSet(conversation_ids=tuple(retired), kinds=frozenset({"retired"})))
            if trash_days:
                self.empty_trash(timedelta(days=trash_days), cancelled=cancelled)

    def subscribe(self, callback: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Have ``callback`` told of every change in the library, after it is kept; return what ends that.

        It is called in the thread that made the change, or for what another process changed, about a second later, in
        one of the desk's own.
        """
        with self._listening:
            self._listeners.append(callback)
        with user_errors():
            self._store.listen(self._anybody_listens)

        def unsubscribe() -> None:
            with self._listening:
                if callback in self._listeners:
                    self._listeners.remove(callback)
            self._store.listen(self._anybody_listens)

        return unsubscribe

    def _anybody_listens(self) -> bool:
        with self._listening:
            return bool(self._listeners)

    def _tell(self, change: ChangeSet) -> None:
        """Tell every listener. The fault of one neither undoes the change nor keeps it from the others."""
        with self._listening:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(change)
            except Exception:
                _log.exception("A listener to changes failed")

    # --- keys of the server's clients -------------------------------------------------------------------------------

    def keys(self) -> list[KeyRecord]:
        """Every key that was made, revoked ones too, oldest first."""
        with user_errors():
            return self._store.keys.all()

    def make_key(self, name: str) -> tuple[KeyRecord, str]:
        """A new key and its secret, which cannot be had again. Raises DeskError for an empty name."""
        with user_errors():
            return self._store.keys.make(name)

    def rotate_key(self, key_id: str, grace_s: float = GRACE_S) -> tuple[KeyRecord, str]:
        """Give a key a new secret; the one before works for ``grace_s`` seconds more. Raises DeskError."""
        with user_errors():
            return self._store.keys.rotate(key_id, grace_s)

    def revoke_key(self, key_id: str) -> KeyRecord:
        """End a key for good, at once, in every process. Raises DeskError."""
        with user_errors():
            return self._store.keys.revoke(key_id)

    def check_key(self, secret: str) -> KeyRecord | None:
        """The key whose secret this is, as it stands now; None when it is not good."""
        with user_errors():
            return self._store.keys.check(secret)


def await_result(handle: Handle, cancelled: Callable[[], bool], time_limit_s: float | None) -> AnalysisResult:
    """Wait for an analysis; stop it early when ``cancelled()`` turns true, and for good when time is up."""
    deadline = None if time_limit_s is None else time.monotonic() + time_limit_s
    try:
        while True:
            result = handle.wait(0.1)
            if result is not None:
                return result
            if cancelled() and not handle.stopping:
                handle.stop()
            if deadline is not None and time.monotonic() > deadline:
                raise AnalysisError(f"The analysis of {handle.job.name} took too long and was stopped.", "TIMEOUT")
    except BaseException:
        handle.abort()
        raise


def refuse_unreadable(source: Path) -> None:
    """Say at once what is wrong with a path, before anything is kept."""
    if not source.exists():
        raise DeskError(f"There is no file {source}.", "NOT_FOUND")
    if not source.is_file():
        raise DeskError(f"{source} is not a file.", "NOT_FOUND")
    try:
        with source.open("rb") as file:
            if not file.read(1):
                raise DeskError(f"{source.name} is empty.", "EMPTY_FILE")
    except OSError as error:
        raise DeskError(f"{source.name} cannot be read: {error.strerror}.", "UNREADABLE_MEDIA") from error
