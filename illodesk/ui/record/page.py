"""The record page: what will be recorded and why, then what is said while it is said."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import Device, Levels
from illodesk.schema import Event
from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext
from illodesk.ui.page import Page
from illodesk.ui.record.consent import Consent
from illodesk.ui.record.curves import Curves
from illodesk.ui.record.deck import Deck
from illodesk.ui.record.feed import Look
from illodesk.ui.record.health import Advice
from illodesk.ui.record.listening import Listening
from illodesk.ui.record.marks import KEYS, Marks
from illodesk.ui.record.ready import Ready
from illodesk.ui.record.recording import Recording
from illodesk.ui.record.sources import Sources
from illodesk.ui.record.transcript import LiveTranscript
from illodesk.ui.record.troubles import Troubles
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.status_bar import free_bytes, no_answer
from illodesk.ui.words import moment

BYTES_PER_S = 32_000
"""Of one channel: 16 kHz of 16 bit."""

LITTLE_S = 1800.0
COLUMN = 360
CLOSING = "record closing"
DISK_EVERY_MS = 10_000


class RecordPage(Page):
    """The deck above; words and curves at the left; sources, purpose, markers at the right."""

    name = "record"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setWindowTitle(self.tr("Record"))
        self._shown = self._asked = False
        self._note_began_s: float | None = None
        self.recording = Recording(context, self)
        self.listening = Listening(context, self)
        self.troubles = Troubles(context, self)
        self.deck = Deck(context)
        self.ready = Ready(context)
        self.transcript = LiveTranscript(context.theme)
        self.curves = Curves(context.theme)
        self.sources = Sources(context)
        self.consent = Consent(context)
        self.marks = Marks(context)
        self.newest = QPushButton(self.tr("Show the newest words"))
        self.newest.clicked.connect(self.transcript.follow)
        self.newest.hide()
        self._disk = QTimer(self)
        self._disk.setInterval(DISK_EVERY_MS)
        self._disk.timeout.connect(self._ask_disk)
        self._lay_out()
        self._connect()
        self._show_sources()
        self._show_phase()

    def _lay_out(self) -> None:
        live = QWidget()
        column = QVBoxLayout(live)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.transcript, 1)
        column.addWidget(self.newest, 0, Qt.AlignmentFlag.AlignHCenter)
        waiting = QFrame()
        waiting.setProperty("card", True)
        inner = QVBoxLayout(waiting)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(self.ready)
        self.stack = QStackedWidget()
        self.stack.addWidget(waiting)
        self.stack.addWidget(live)
        self.curve_card = QFrame()
        self.curve_card.setProperty("card", True)
        inner = QVBoxLayout(self.curve_card)
        inner.setContentsMargins(1, 4, 1, 4)
        inner.addWidget(self.curves)
        self.heard = QWidget()
        left = QVBoxLayout(self.heard)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(12)
        left.addWidget(self.stack, 1)
        left.addWidget(self.curve_card)
        cards = QWidget()
        right = QVBoxLayout(cards)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(12)
        right.addWidget(self.sources)
        right.addWidget(self.consent)
        right.addWidget(self.marks, 1)
        self.column = QScrollArea()
        self.column.setWidgetResizable(True)
        self.column.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.column.setWidget(cards)
        middle = QHBoxLayout()
        middle.setSpacing(12)
        middle.addWidget(self.heard, 1)
        middle.addWidget(self.column)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(16, 12, 16, 12)
        whole.setSpacing(12)
        whole.addWidget(self.deck)
        whole.addLayout(middle, 1)
        self._renew()

    def _connect(self) -> None:
        self.deck.pressed.connect(self.start_or_stop)
        self.deck.paused.connect(self.recording.pause_or_go_on)
        self.deck.review.connect(self._review)
        self.listening.found.connect(self._on_found)
        self.listening.heard.connect(self._on_heard)
        self.listening.failed.connect(self._on_not_heard)
        for source in self.sources.sources.values():
            source.changed.connect(self._on_chosen)
        self.consent.changed.connect(self._show_consent)
        self.marks.pressed.connect(self.mark)
        self.marks.begun.connect(self._on_note_begun)
        self.marks.noted.connect(self._on_noted)
        self.marks.removed.connect(self.recording.unmark)
        self.marks.left.connect(self._rest)
        self.marks.renamed.connect(self._rename_marks)
        self.transcript.following_changed.connect(lambda following: self.newest.setVisible(not following))
        self.recording.changed.connect(self._show_phase)
        self.recording.began.connect(self._on_began)
        self.recording.looked.connect(self._on_look)
        self.recording.told.connect(self._on_told)
        self.recording.marked.connect(self.marks.add)
        self.recording.unmarked.connect(self.marks.remove)
        self.recording.ended.connect(self._on_ended)
        self.context.theme.changed.connect(self._renew)

    # --- the page ---------------------------------------------------------------------------------------------------

    def crumbs(self) -> list[str]:
        return [self.tr("recording")] if self.recording.phase == "recording" else []

    def commands(self) -> list[Command]:
        def recording() -> bool:
            return self.recording.phase == "recording"

        marks = [
            Command(
                f"record.mark{key}",
                self._mark_name(key),
                partial(self.mark, key),
                str(key),
                enabled=recording,
                anywhere=True,
                icon="marker",
            )
            for key in range(1, KEYS + 1)
        ]
        return [
            Command(
                "record.start_stop",
                self.tr("Start or stop the recording"),
                self.start_or_stop,
                "Ctrl+R",
                enabled=lambda: self.recording.phase != "starting",
                anywhere=True,
                icon="record",
            ),
            Command(
                "record.pause",
                self.tr("Pause the recording or go on"),
                self.recording.pause_or_go_on,
                "Ctrl+P",
                enabled=recording,
                anywhere=True,
                icon="pause",
            ),
            *marks,
            Command(
                "record.note",
                self.tr("Write a note with its time"),
                self._begin_note,
                "Ctrl+N",
                enabled=recording,
                icon="note",
            ),
            Command(
                "record.newest",
                self.tr("Show the newest words"),
                self.transcript.follow,
                "Ctrl+End",
                enabled=lambda: not self.transcript.following,
                icon="down",
            ),
            Command(
                "record.tone",
                self.tr("Play a test tone"),
                self.sources.try_tone,
                enabled=lambda: not self.recording.going_on and self.sources.tone.isEnabled(),
                icon="volume",
            ),
        ]

    def opened(self, **what: Any) -> None:
        """``resume``: the id of a recording that was left behind and is to be taken up."""
        self._shown = True
        keys = self.context.commands.shortcut_text
        self.deck.show_keys(keys("record.start_stop"), keys("record.pause"))
        resume = what.get("resume")
        if resume:
            self.recording.take_up(str(resume))
        self.consent.from_settings_unless_chosen()
        if self.recording.going_on:
            self._rest()
        self._listen()

    def closed(self) -> None:
        self._shown = False
        self._listen()

    def notice_area(self) -> QWidget:
        """Over the curves: sources and markers stay within reach."""
        return self.heard

    def may_end(self) -> bool:
        """Asked once, without a dialog; whoever closes the window again means it, and so does a system that ends."""
        app = QGuiApplication.instance()
        forced = isinstance(app, QGuiApplication) and app.isSavingSession()
        if not self.recording.going_on or self._asked or forced:
            return True
        self._asked = True
        self.context.notices.show(
            self.tr("A recording is going on."),
            self.tr("It can be stopped now and analysed at the next start. Without the window it would go on unseen."),
            kind="warning",
            choices=[
                (self.tr("Go on recording, close the window"), self.context.window.close),
                (self.tr("Stop and close"), self._stop_and_close),
            ],
            key=CLOSING,
        ).ended.connect(self._on_asked)
        return False

    def _on_asked(self) -> None:
        QTimer.singleShot(0, self, self._forget_asked)

    def _forget_asked(self) -> None:
        self._asked = False

    def _stop_and_close(self) -> None:
        self.recording.stop(done=self.context.window.close)

    def ending(self) -> None:
        self._shown = False
        self._listen()
        self.recording.let_go()

    # --- before -----------------------------------------------------------------------------------------------------

    def _listen(self) -> None:
        """Devices are listened to only while somebody looks and nothing is recorded."""
        if self._shown and not self.recording.going_on:
            self.listening.listen_to(self.sources.specs())
            self.listening.start(asking=self.recording.phase != "finishing")
            self._disk.start()
            self._ask_disk()
        else:
            self._disk.stop()
            if self.listening.on:
                self.listening.stop()
                self.sources.quiet()

    def _on_found(self, devices: list[Device]) -> None:
        self.sources.offer(devices)
        if self._shown and not self.recording.going_on:
            self.listening.listen_to(self.sources.specs())

    def _on_chosen(self) -> None:
        self.listening.listen_to(self.sources.specs())
        self._show_sources()
        self._ask_disk()

    def _on_heard(self, levels: Levels) -> None:
        self.sources.show_channels(levels.channels)
        self._show_sources()

    def _on_not_heard(self, error: Exception) -> None:
        for source in self.sources.sources.values():
            if source.on:
                source.advise(Advice("bad", trouble_words(error)))
        self._show_sources()

    def _show_sources(self) -> None:
        for source in self.sources.sources.values():
            self.ready.show_line(source.name, source.advice if source.on else Advice("", self.tr("Not recorded.")))

    def _show_consent(self) -> None:
        lacking, words = self.consent.lacking(), self.consent.words
        if lacking:
            advice = Advice("warning", lacking)
        elif words:
            advice = Advice("good", self.tr("Purpose and consent are written down before the first sample."))
        else:
            advice = Advice("", self.tr("The purpose is written down. Nothing is noted about consent yet."))
        self.ready.show_line(self.tr("Consent"), advice)

    def _ask_disk(self) -> None:
        self.context.tasks.run(free_bytes, self.context.settings.data_dir, done=self._show_disk, failed=no_answer)

    def _show_disk(self, free: int) -> None:
        seconds = free / (BYTES_PER_S * max(1, len(self.sources.specs())))
        room = self.tr("Room for {n} hours.").format(n=int(seconds / 3600))
        if seconds < LITTLE_S:
            room = self.tr("Room for {n} minutes only. Free some space first.").format(n=int(seconds / 60))
        self.ready.show_line(self.tr("Disk"), Advice("warning" if seconds < LITTLE_S else "good", room))

    # --- start and stop ---------------------------------------------------------------------------------------------

    def start_or_stop(self) -> None:
        """Stop what is recorded, or begin; what lacks for that is said beside its field."""
        if self.recording.going_on:
            self.recording.stop()
            return
        if not self._shown:
            self.context.open_page(self.name)
        channels = self.sources.specs()
        if not channels:
            self.context.notices.show(
                self.tr("No source is chosen."),
                self.tr("Choose a microphone, or the computer's sound."),
                kind="warning",
                key="record",
            )
            self.sources.sources["microphone"].box.setFocus()
            return
        if all(source.advice.tone == "bad" for source in self.sources.sources.values() if source.on):
            self.context.notices.show(
                self.tr("Nothing would be recorded: what is chosen is not there."),
                self.tr("Plug it in again, or choose another one."),
                kind="warning",
                key="record",
            )
            return
        if self.consent.lacking():
            self.column.ensureWidgetVisible(self.consent)
            self.consent.ask()
            return
        self.context.notices.end("record")
        options = self.context.desk.default_options(purpose=self.consent.chosen_purpose)
        self.listening.stop()
        title = self.consent.title.text().strip() or moment(datetime.now(UTC))
        self.recording.start(channels, options, title, self.consent.words)

    def _show_phase(self) -> None:
        phase = self.recording.phase
        recording = self.recording.going_on
        self.deck.show_phase(phase)
        self.sources.set_recording(recording)
        self.consent.set_recording(recording)
        self.marks.set_recording(phase == "recording")
        live = phase != "idle"
        self.stack.setCurrentIndex(1 if live else 0)
        self.curve_card.setVisible(live)
        if phase == "starting":
            self.transcript.reset()
            self.curves.reset()
            self.marks.reset()
        if not recording:
            self._asked = False
            self.context.notices.end(CLOSING)
        if phase in ("kept", "failed"):
            self.troubles.end()
        if phase in ("kept", "failed"):
            self.transcript.end()
        elif phase == "recording" and self.isAncestorOf(self.focusWidget() or self):
            self.transcript.setFocus()  # so that Space stops nothing by accident
        self._listen()
        self.crumbs_changed.emit()
        self.context.commands.refresh()

    def _on_began(self) -> None:
        """Show what was written down; the next recording is another one."""
        session = self.recording.session
        if session is not None:
            self.context.tasks.run(self.context.desk.conversation, session.id, done=self._show_stamp)

    def _show_stamp(self, conversation: Any) -> None:
        self.consent.show_stamp(conversation.purpose, conversation.region, conversation.consent, conversation.title)
        self.consent.clear()

    # --- while it goes on -------------------------------------------------------------------------------------------

    def _on_look(self, look: Look) -> None:
        self.deck.show_look(look)
        self.curves.show_until(look.recorded_s)
        if look.recorder is not None and self.recording.phase == "recording":
            self.sources.show_channels(look.recorder.channels)
        if self.recording.phase in ("recording", "finishing"):
            self.troubles.take(look)

    def _on_told(self, events: list[Event]) -> None:
        self.transcript.take(events)
        self.curves.take(events)

    def _on_ended(self, conversation_id: str, completed: bool) -> None:
        session = self.recording.session
        newest = session is not None and session.id == conversation_id
        if completed and newest and self._shown and not self.recording.going_on:
            self.recording.review(conversation_id)

    def _review(self) -> None:
        if self.recording.session is not None:
            self.recording.review(self.recording.session.id)

    def _mark_name(self, key: int) -> str:
        return self.tr("Marker {n}: {name}").format(n=key, name=self.marks.label(key))

    def _rename_marks(self) -> None:
        for key in range(1, KEYS + 1):
            self.context.commands.rename(f"record.mark{key}", self._mark_name(key))

    # --- markers ----------------------------------------------------------------------------------------------------

    def mark(self, key: int) -> None:
        """Mark this second with one of the keys."""
        self.recording.mark(str(key), self.marks.label(key))

    def _begin_note(self) -> None:
        self._on_note_begun()
        self.marks.note.setFocus()

    def _rest(self) -> None:
        """Leave the keyboard where no key ends the recording."""
        self.transcript.setFocus()

    def _on_note_begun(self) -> None:
        self._note_began_s = self.recording.now_s

    def _on_noted(self, text: str) -> None:
        self.recording.mark(note=text, t=self._note_began_s)
        self._note_began_s = None

    def _renew(self) -> None:
        self.column.setFixedWidth(round(COLUMN * max(1.0, self.context.theme.scale)))
