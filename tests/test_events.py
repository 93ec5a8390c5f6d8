from __future__ import annotations

import errno
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.events import EventLog
from illodesk.schema import DoneEvent, Event, StatusEvent


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


def test_a_log_is_read_in_parts(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    for i in range(10):
        log.append(status(i))
    assert [number for number, _ in log.after(2, limit=3)] == [3, 4, 5]
    assert [number for number, _ in log.after(8, limit=30)] == [9, 10]
    log.end()


def test_listeners_hear_of_each_event_and_of_the_end_until_they_go(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    heard: list[int] = []
    leave = log.subscribe(lambda: heard.append(len(log)))
    stay: list[bool] = []
    log.subscribe(lambda: stay.append(log.ended))
    log.append(status(1))
    log.append(status(2))
    leave()
    log.append(status(3))
    log.end()
    assert heard == [1, 2]
    assert stay == [False, False, False, True]


def test_a_full_disk_silences_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "events.jsonl"
    log = EventLog(path)
    log.append(status(1))

    write = log._file.write

    def torn(line: bytes) -> int:
        write(line[: len(line) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    file = mock.Mock(wraps=log._file)
    file.write = torn
    monkeypatch.setattr(log, "_file", file)
    assert [log.append(status(2)), log.append(status(3))] == [2, 3]
    assert [event.position_s for _, event in log.after(0)] == [1, 2, 3]  # type: ignore[union-attr]
    assert [number for number, _ in log.after(1, limit=1)] == [2]
    log.end()
    assert len(EventLog.kept(path)) == 1


def test_the_log_of_a_deleted_conversation_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "events.jsonl"
    log = EventLog(path)
    log.append(status(1))
    log.end()
    path.unlink()
    assert log.after(0) == []
    assert list(log.follow()) == []


@given(st.lists(st.integers(0, 3), max_size=20), st.integers(0, 12), st.integers(1, 5))
def test_parts_put_together_are_the_whole(cuts: list[int], first: int, limit: int) -> None:
    with TemporaryDirectory() as folder:
        log = EventLog(Path(folder) / "events.jsonl")
        for i in range(len(cuts)):
            log.append(status(i))
        whole = log.after(first)
        parts: list[tuple[int, Event]] = []
        while part := log.after(first + len(parts), limit=limit):
            parts += part
        assert parts == whole
        log.end()


def test_what_comes_after_the_end_is_not_taken(tmp_path: Path) -> None:
    log = EventLog(tmp_path / "events.jsonl")
    log.append(status(1))
    log.end()
    assert log.append(status(2)) == 1
    assert len(log) == len(EventLog.kept(tmp_path / "events.jsonl")) == 1
