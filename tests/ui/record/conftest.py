"""The record page without devices: what it asks of the Desk is answered by a session that the test leads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from pytestqt.qtbot import QtBot

from illodesk.desk import ChannelSpec, ChannelStatus, Desk, EventLog, Levels, LiveSession, RecorderStatus
from illodesk.schema import AnalysisOptions, DoneEvent, Event
from illodesk.ui.record.page import RecordPage
from illodesk.ui.window import MainWindow


class LedSession:
    """What the page sees of a live session, led by the test."""

    def __init__(self, conversation_id: str, folder: Path) -> None:
        self.id = conversation_id
        self.log = EventLog(folder / f"{conversation_id}.jsonl")
        self.state = "ingesting"
        self.position_s = self.behind_s = 0.0
        self.stage = ""
        self.restarts = 0
        self.status: RecorderStatus | None = RecorderStatus(state="recording")
        self.ended_because: list[str] = []

    def recorder_status(self) -> RecorderStatus | None:
        return self.status

    def pause(self, paused: bool) -> None:
        assert self.status is not None
        self.status = self.status.model_copy(update={"paused": paused})

    def finalize(self, reason: str = "") -> None:
        self.ended_because.append(reason)
        self.state = "processing"

    def tell(self, *events: Event) -> None:
        for event in events:
            self.log.append(event)

    def conclude(self, state: str = "completed") -> None:
        """The analysis is over."""
        self.state = state
        self.tell(DoneEvent(conversation_id=self.id))
        self.log.end()


class Stage:
    """The Desk's devices and sessions as the page is shown them."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk = desk
        self.folder = folder
        self.recorded: list[tuple[list[ChannelSpec], AnalysisOptions, str, str]] = []
        self.sessions: list[LedSession] = []
        self.levels = Levels()
        self.listening = 0

    def record(self, channels: list[ChannelSpec], options: AnalysisOptions, *, title: str, consent: str) -> LiveSession:
        assert self.listening == 0, "devices are let go before they are recorded"
        self.recorded.append((channels, options, title, consent))
        return self.session(self.desk._store.add_conversation(title, purpose=options.purpose, consent=consent).id)

    def resume(self, conversation_id: str) -> LiveSession:
        return self.session(conversation_id)

    def session(self, conversation_id: str) -> LiveSession:
        self.sessions.append(LedSession(conversation_id, self.folder))
        return cast(LiveSession, self.sessions[-1])


class Levelled:
    """The monitor that the page asks for levels."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        stage.listening += 1

    def levels(self) -> Levels:
        return self._stage.levels

    def close(self) -> None:
        self._stage.listening -= 1


def channel(**what: Any) -> ChannelStatus:
    """A microphone that is heard."""
    usual: dict[str, Any] = {"name": "Microphone", "kind": "microphone", "state": "live", "peak": 0.2, "rms": 0.05}
    return ChannelStatus(**{**usual, **what})


@pytest.fixture
def stage(empty_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The window must be opened after it."""
    stage = Stage(empty_desk, tmp_path)
    monkeypatch.setattr(empty_desk, "devices", lambda: [])
    monkeypatch.setattr(empty_desk, "monitor", lambda _channels: Levelled(stage))
    monkeypatch.setattr(empty_desk, "record", stage.record)
    monkeypatch.setattr(empty_desk, "resume", stage.resume)
    return stage


@pytest.fixture
def page(stage: Stage, window: MainWindow, qtbot: QtBot) -> Iterator[RecordPage]:
    """The page of an open window, before anything is recorded."""
    window.open_page("record")
    found = window.current_page
    assert isinstance(found, RecordPage)
    yield found
    for session in stage.sessions:
        if not session.log.ended:
            session.conclude()
    found.recording.let_go()
    found.recording.phase = "kept"


@pytest.fixture
def record(page: RecordPage, stage: Stage, qtbot: QtBot) -> Callable[[], LedSession]:
    """Begins a recording as a user would."""

    def begin() -> LedSession:
        page.consent.consent.setEditText("All agreed, aloud")
        page.deck.button.click()
        qtbot.waitUntil(lambda: page.recording.phase == "recording")
        return stage.sessions[-1]

    return begin
