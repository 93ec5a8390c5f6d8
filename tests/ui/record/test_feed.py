"""Events of a session on their way into the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from illodesk.desk import LiveSession, RecorderStatus
from illodesk.schema import EngagementEvent, Event
from illodesk.ui.record.feed import AT_ONCE, LiveFeed, Look
from tests.ui.record.conftest import LedSession
from tests.ui.record.test_transcript import final


@pytest.fixture
def session(tmp_path: Path) -> Iterator[LedSession]:
    session = LedSession("analysis_1", tmp_path)
    yield session
    session.log.end()


@pytest.fixture
def feed(session: LedSession, qtbot: QtBot) -> Iterator[LiveFeed]:
    feed = LiveFeed(cast(LiveSession, session))
    yield feed
    feed.stop()


def test_everything_is_told_in_order_and_in_small_portions(session: LedSession, feed: LiveFeed, qtbot: QtBot) -> None:
    before: list[Event] = [EngagementEvent(t=i / 2, value=0.5) for i in range(3000)]
    session.tell(*before, *(final(i, float(i)) for i in range(70)))
    portions: list[list[Event]] = []
    feed.told.connect(portions.append)
    feed.told.connect(lambda _events: threads.add(QThread.isMainThread()))
    threads: set[bool] = set()
    with qtbot.waitSignal(feed.ended, timeout=10_000):
        feed.start()
        session.conclude()
    told = [event for portion in portions for event in portion]
    assert told[:3000] == before
    assert [event.event for event in told[3000:]] == ["final_transcript"] * 70 + ["done"]
    words = [sum(not isinstance(event, EngagementEvent) for event in portion) for portion in portions]
    assert max(words) <= AT_ONCE and threads == {True}
    assert not [thread for thread in threading.enumerate() if thread.name == "live feed"]


def test_it_looks_at_how_the_session_does(session: LedSession, feed: LiveFeed, qtbot: QtBot) -> None:
    session.status = RecorderStatus(state="recording", position_s=20.0)
    session.position_s = 12.5
    seen: list[Look] = []
    feed.looked.connect(seen.append)
    feed.start()
    qtbot.waitUntil(lambda: len(seen) > 1)
    assert (seen[-1].recorded_s, seen[-1].behind_s, seen[-1].recorder) == (20.0, 7.5, session.status)
    session.state, session.position_s = "processing", 15.0
    qtbot.waitUntil(lambda: seen[-1].state == "processing")
    assert (seen[-1].recorded_s, seen[-1].behind_s, seen[-1].recorder) == (20.0, 5.0, None)


def test_what_no_recorder_tells_is_taken_from_the_analysis(session: LedSession, feed: LiveFeed, qtbot: QtBot) -> None:
    session.status, session.state = None, "processing"
    session.position_s, session.behind_s = 60.0, 85.0  # about what is on disk
    seen: list[Look] = []
    feed.looked.connect(seen.append)
    feed.start()
    qtbot.waitUntil(lambda: bool(seen))
    assert (seen[-1].recorded_s, seen[-1].analysed_s) == (145.0, 60.0)
    session.position_s, session.behind_s = 143.6, 0.0
    qtbot.waitUntil(lambda: (seen[-1].recorded_s, seen[-1].behind_s) == (143.6, 0.0))


def test_a_feed_that_is_stopped_leaves_no_thread(session: LedSession, feed: LiveFeed) -> None:
    feed.start()
    feed.stop()
    assert not [thread for thread in threading.enumerate() if thread.name == "live feed"]
