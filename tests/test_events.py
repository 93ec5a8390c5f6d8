from __future__ import annotations

import threading
from pathlib import Path

from illodesk.events import EventLog
from illodesk.schema import DoneEvent, StatusEvent


def status(position: float) -> StatusEvent:
    return StatusEvent(phase="processing", position_s=position)


def test_events_are_numbered_and_replayable_from_any_number(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    assert [log.append(status(i)) for i in range(5)] == [1, 2, 3, 4, 5]
    assert [number for number, _ in log.after(0)] == [1, 2, 3, 4, 5]
    assert log.after(3) == [(4, status(3)), (5, status(4))]
    assert log.after(5) == []
    log.end()


def test_a_log_opens_again_without_its_torn_line(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    log = EventLog(path)
    log.append(status(1))
    log.append(status(2))
    log.end()
    path.write_bytes(path.read_bytes() + b'{"event": "sta')
    again = EventLog(path)
    assert len(again) == 2
    assert again.append(DoneEvent(conversation_id="x")) == 3
    again.end()
    assert [event.event for _, event in reopened(path)] == ["status", "status", "done"]


def reopened(path: Path) -> list[tuple[int, object]]:
    log = EventLog(path)
    log.end()
    return log.after(0)


def test_followers_get_everything_once_and_end_with_the_log(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    seen: list[list[int]] = [[], []]
    readers = [
        threading.Thread(target=lambda k=k: seen[k].extend(number for number, _ in log.follow())) for k in range(2)
    ]
    for reader in readers:
        reader.start()
    for i in range(100):
        log.append(status(i))
    log.end()
    for reader in readers:
        reader.join(5)
    assert seen == [list(range(1, 101))] * 2
