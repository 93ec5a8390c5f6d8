"""Two processes, or two stores, on one library hear of each other's changes."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable

import pytest

from illodesk.operations import AddMarker, ChangeSet, RenameSpeaker
from illodesk.store import Store
from illodesk.store import news as news_module
from illodesk.store.errors import ChangedError
from tests.store.samples import result_of


@pytest.fixture(autouse=True)
def looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news_module, "EVERY_S", 0.02)


def wait_until(there: Callable[[], bool], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.01)


def analysed(store: Store) -> str:
    conversation = store.add_conversation("A talk").id
    store.finish_run(store.start_run(conversation).id, result_of(["hello"]))
    return conversation


def listeners() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "news"]


def test_what_another_store_changed_is_told_and_what_was_told_before_is_not_told_again(store: Store) -> None:
    key = analysed(store)
    heard: list[ChangeSet] = []
    with Store(store.data_dir, heard.append) as other:
        other.listen(lambda: True)
        change = store.apply(key, AddMarker(t=1.0))
        wait_until(lambda: heard == [change])
        own = other.apply(key, AddMarker(t=2.0))
        store.trash(key)
        wait_until(lambda: len(heard) == 3)
    assert heard[1] == own, "told by itself at once, and not again as news"
    assert heard[2] == ChangeSet(conversation_ids=(key,), kinds=frozenset({"list"}))


def test_what_another_process_changed_is_told(store: Store) -> None:
    key = analysed(store)
    heard: list[ChangeSet] = []
    with Store(store.data_dir, heard.append) as listening:
        listening.listen(lambda: True)
        program = (
            "import sys; from pathlib import Path; from illodesk.store import Store; "
            "from illodesk.operations import RenameSpeaker\n"
            "with Store(Path(sys.argv[1])) as store:\n"
            "    store.apply(sys.argv[2], RenameSpeaker(label='Speaker_0', name='Ada'))"
        )
        subprocess.run([sys.executable, "-c", program, str(store.data_dir), key], check=True, timeout=120)
        wait_until(lambda: len(heard) == 1)
    assert heard[0].conversation_ids == (key,)
    assert heard[0].kinds == {"speakers", "list"}


def test_nobody_looks_unless_somebody_listens_and_none_goes_on_after_the_end(store: Store) -> None:
    wanted = True
    assert listeners() == []
    with Store(store.data_dir) as other:
        for _ in range(3):
            other.listen(lambda: wanted)
        assert len(listeners()) == 1
        wanted = False
        other.listen(lambda: wanted)
        wait_until(lambda: listeners() == [])
        other.listen(lambda: True)
    other.listen(lambda: True)
    assert listeners() == [], "nor does one begin after it"


def test_only_the_newest_notes_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news_module, "KEPT", 5)
    key = analysed(store)
    heard: list[ChangeSet] = []
    with Store(store.data_dir, heard.append) as other:
        for t in range(20):
            other.apply(key, AddMarker(t=float(t)))
        store._news._seen = 0
        assert len(store._news.look()) == 5
        assert store._news.look() == []


def test_undo_takes_back_no_other_step_than_was_seen(store: Store) -> None:
    key = analysed(store)
    store.apply(key, RenameSpeaker(label="Speaker_0", name="Ada"))
    seen = store.history(key)[-1].id
    with Store(store.data_dir) as other:
        other.apply(key, AddMarker(t=1.0))
    with pytest.raises(ChangedError):
        store.undo(key, seen)
    assert len(store.result(key).markers) == 1
    store.undo(key, store.history(key)[-1].id)
    undone = store.history(key)[-1].id
    with pytest.raises(ChangedError):
        store.redo(key, undone - 1)
    store.redo(key, undone)
    store.undo(key)
    store.undo(key, seen)
    with pytest.raises(ChangedError):
        store.undo(key, seen)
    assert store.result(key).name_of("Speaker_0") == "Speaker_0"
