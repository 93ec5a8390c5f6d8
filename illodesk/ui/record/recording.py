"""One recording of this window: from its start, or from where an earlier window left it, to the conversation it
becomes."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Literal

from PySide6.QtCore import QObject, Signal

from illodesk.desk import ChannelSpec, LiveSession
from illodesk.operations import AddMarker, RemoveMarker
from illodesk.schema import AnalysisOptions, ErrorEvent, Event
from illodesk.ui.context import AppContext
from illodesk.ui.record.feed import LiveFeed, Look
from illodesk.ui.record.marks import Mark
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task

Phase = Literal["idle", "starting", "recording", "finishing", "kept", "failed"]

GOING_ON = "record.going_on"
"""Remembers the recording of this window, so that the next one takes it up without asking."""


class Recording(QObject):
    """``changed`` when the phase is another; ``began`` when there is a new session; ``looked`` and ``told`` as the feed
    says, for the newest recording only. ``ended`` gives the id of any recording and whether it became an analysed
    conversation."""

    changed = Signal()
    began = Signal()
    looked = Signal(object)
    told = Signal(list)
    marked = Signal(object)
    unmarked = Signal(str)
    ended = Signal(str, bool)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._feed: LiveFeed | None = None
        self._feeds: list[LiveFeed] = []
        self._why: dict[str, str] = {}
        self.phase: Phase = "idle"
        self.look = Look()
        self.taken_up = False

    @property
    def session(self) -> LiveSession | None:
        """The newest session; also after its end."""
        return self._feed.session if self._feed is not None else None

    @property
    def going_on(self) -> bool:
        """Whether sound is being recorded, or is about to be."""
        return self.phase in ("starting", "recording")

    @property
    def now_s(self) -> float:
        """Where the recording is at this moment, s."""
        passed = time.monotonic() - self.look.at if self.phase == "recording" else 0.0
        return self.look.recorded_s + max(0.0, passed)

    # --- from start to end ------------------------------------------------------------------------------------------

    def start(self, channels: list[ChannelSpec], options: AnalysisOptions, title: str, consent: str) -> None:
        """Record; what goes wrong is told and nothing is left behind."""
        if self.going_on:
            return
        self._set("starting")

        def record(_task: Task) -> LiveSession:
            return self._context.desk.record(channels, options, title=title, consent=consent)

        self.taken_up = False
        self._context.tasks.run_long(record, done=self._begin, failed=self._on_not_begun)

    def take_up(self, conversation_id: str) -> None:
        """Go on with a recording that an earlier window, or a crash, left behind."""
        if self.going_on:
            self._context.notices.show(
                self.tr("Another recording is going on here."),
                self.tr("The one that was left behind is safe. Take it up when this one is over."),
                kind="warning",
                key=f"unfinished {conversation_id}",
            )
            return
        self._set("starting")
        self.taken_up = True
        self._context.tasks.run_long(
            lambda _task: self._context.desk.resume(conversation_id), done=self._begin, failed=self._on_not_begun
        )

    def stop(self, done: Callable[[], object] = lambda: None) -> None:
        """No more sound; the rest is analysed and kept. ``done`` is called once the sound is closed."""
        session = self.session
        if self.phase == "recording" and session is not None:
            self._set("finishing")
            self._context.tasks.run_long(lambda _task: session.finalize("stopped"), done=lambda _nothing: done())

    def pause_or_go_on(self) -> None:
        """Keep silence in place of what is said, or what is said again."""
        session, recorder = self.session, self.look.recorder
        if self.phase == "recording" and session is not None and recorder is not None:
            self._context.tasks.run(session.pause, not recorder.paused, failed=self._on_not_paused)

    def _on_not_paused(self, error: Exception) -> None:
        self._context.notices.show(trouble_words(error), kind="error", key="record pause")

    def let_go(self) -> None:
        """The window closes. A recorder that runs goes on by itself."""
        for feed in self._feeds:
            feed.stop()
        self._feeds.clear()

    def _begin(self, session: LiveSession) -> None:
        feed = self._feed = LiveFeed(session, self)
        self._feeds.append(feed)
        feed.looked.connect(partial(self._on_look, feed))
        feed.told.connect(partial(self._on_told, feed))
        feed.ended.connect(partial(self._on_ended, feed))
        self.look = Look()
        self._set("recording" if session.state == "ingesting" else "finishing")
        feed.start()
        self.began.emit()
        if self.taken_up:
            self._context.tasks.run(self._context.desk.markers, session.id, done=self._list)

    def _list(self, markers: list[Mark]) -> None:
        for marker in markers:
            self.marked.emit(Mark(marker.marker_id, marker.t, marker.key, marker.note))

    def _on_not_begun(self, error: Exception) -> None:
        self._set("idle")
        self._context.notices.error(error, key="record")

    def _on_look(self, feed: LiveFeed, look: Look) -> None:
        if feed is not self._feed:
            return
        self.look = look
        if self.phase == "recording" and look.state != "ingesting":
            self._set("finishing")  # it ended by itself: the disk, the recorder, the end of a file
        self.looked.emit(look)

    def _on_told(self, feed: LiveFeed, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, ErrorEvent):
                self._why[feed.session.id] = trouble_words(event.message)
                if event.code == "RECORDING_ENDED":
                    self._context.notices.show(trouble_words(event.message), kind="error", key="record")
        if feed is self._feed:
            self.told.emit(events)

    def _on_ended(self, feed: LiveFeed) -> None:
        session = feed.session
        if feed in self._feeds:
            self._feeds.remove(feed)
        completed = session.state == "completed"
        if feed is self._feed:
            self._set("kept" if completed else "failed")
        if completed:
            self._context.notices.show(
                self.tr("The recording is analysed and kept."),
                choices=[(self.tr("Open the review"), partial(self.review, session.id))],
                kind="good",
                key=f"record {session.id}",
            )
        else:
            self._context.notices.show(
                self.tr("The recording is kept, but it could not be analysed."),
                self._why.pop(session.id, "") + " " + self.tr("It can be analysed again from the library."),
                kind="error",
                key=f"record {session.id}",
            )
        self.ended.emit(session.id, completed)
        if feed is not self._feed:
            feed.deleteLater()

    def review(self, conversation_id: str) -> None:
        """Open what a recording became."""
        self._context.notices.end(f"record {conversation_id}")
        self._context.open_page("review", conversation_id=conversation_id)

    def _set(self, phase: Phase) -> None:
        self.phase = phase
        going_on = self.session.id if phase == "recording" and self.session is not None else ""
        if phase in ("recording", "finishing", "kept", "failed"):
            self._context.memory.set(GOING_ON, going_on)
            self._context.tasks.run(self._context.memory.save)
        self._context.status.set_recording(phase == "recording")
        self.changed.emit()

    # --- markers ----------------------------------------------------------------------------------------------------

    def mark(self, key: str = "", note: str = "", t: float | None = None) -> None:
        """Mark a second of what is being recorded, this one unless another is named.

        Also of what has just been: a note may have been begun before the end.
        """
        session = self.session
        if session is None or self.phase not in ("recording", "finishing"):
            return
        marker = AddMarker(t=round(self.now_s if t is None else t, 3), key=key, note=note)
        mark = Mark(marker.marker_id, marker.t, key, note)
        self._context.tasks.run(
            self._context.desk.apply, session.id, marker, done=lambda _change: self.marked.emit(mark)
        )

    def unmark(self, marker_id: str) -> None:
        """Take a marker away."""
        session = self.session
        if session is not None:
            self._context.tasks.run(
                self._context.desk.apply,
                session.id,
                RemoveMarker(marker_id=marker_id),
                done=lambda _change: self.unmarked.emit(marker_id),
            )
