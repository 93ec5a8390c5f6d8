from __future__ import annotations

import json
import os
import shutil
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from illodesk.process import Owner
from illodesk.store import DamagedError, NewerError, Store, StoreError, UnavailableError, bundle
from tests.store.samples import result_of


def disown(data_dir: Path) -> None:
    """Pretend that a process which is gone had started every run."""
    database = sqlite3.connect(data_dir / "library.db")
    database.execute("UPDATE run SET owner_started = 'long ago'")
    database.commit()
    database.close()


def test_an_open_analysis_of_a_living_process_is_left_alone(tmp_path: Path) -> None:
    with Store(tmp_path) as first, Store(tmp_path) as second:
        run = first.start_run(first.add_conversation("A talk").id)
        with Store(tmp_path) as third:
            assert third.interrupted() == []
        assert second.finish_run(run.id, result_of(["x"])).state == "complete"


def test_an_analysis_cut_short_is_failed_and_its_remains_removed(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        run = store.start_run(conversation)
    disown(tmp_path)
    with Store(tmp_path) as store:
        assert [(r.id, r.state) for r in store.interrupted()] == [(run.id, "failed")]
        assert store.get(conversation).state == "failed"
        assert "Analyse it again" in store.get(conversation).error
        assert not run.work_dir.exists()
    with Store(tmp_path) as store:
        assert store.interrupted() == []


def test_a_dead_owner_does_not_block_a_new_start(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        store.start_run(conversation)
        disown(tmp_path)
        assert store.start_run(conversation).number == 2
        assert [run.state for run in store.runs(conversation)] == ["failed", "analysing"]


@pytest.mark.parametrize(("complete", "state"), [(True, "complete"), (False, "partial")])
def test_a_bundle_that_was_whole_before_the_crash_is_taken_in(tmp_path: Path, complete: bool, state: str) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        run = store.start_run(conversation)
        bundle.write_run(run.work_dir, run.folder, result_of(["saved by a hair"], complete))
    disown(tmp_path)
    with Store(tmp_path) as store:
        assert [r.state for r in store.interrupted()] == [state]
        assert store.get(conversation).state == state
        assert [hit.conversation_id for hit in store.search("hair")] == [conversation]


def test_a_cut_short_second_analysis_leaves_the_first(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        store.finish_run(store.start_run(conversation).id, result_of(["x"]))
        store.start_run(conversation)
    disown(tmp_path)
    with Store(tmp_path) as store:
        assert (store.get(conversation).state, store.get(conversation).current_run) == ("complete", 1)


@pytest.mark.parametrize("stop_at", ["rename", "rows"])
def test_a_deletion_survives_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop_at: str) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        store.finish_run(store.start_run(conversation).id, result_of(["secret"]))
        with monkeypatch.context() as patch:
            name = "illodesk.store.catalogue.forget" if stop_at == "rename" else "illodesk.store.store.remove_tree"
            patch.setattr(name, crash)
            with pytest.raises(KeyboardInterrupt):
                store.delete(conversation)
        assert list((tmp_path / ".trash").iterdir()) != []
    with Store(tmp_path) as store:
        assert store.count() == 0
        assert store.search("secret") == []
        assert list((tmp_path / ".trash").iterdir()) == []
        assert store.check() == []


def test_what_is_in_the_trash_by_chance_does_not_delete_a_conversation(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
    (tmp_path / ".trash" / f"{conversation}.old").mkdir()
    (tmp_path / ".trash" / "other").write_text("x")
    with Store(tmp_path) as store:
        assert store.get(conversation).title == "A talk"
        assert list((tmp_path / ".trash").iterdir()) == []


def test_copies_of_dead_processes_are_cleared_and_those_of_the_living_kept(tmp_path: Path) -> None:
    with Store(tmp_path):
        pass
    incoming = tmp_path / ".incoming"
    (incoming / f"{Owner.this_process()}_analysis_0000000000").mkdir()
    (incoming / f"{Owner(os.getpid(), 'long.ago')}_analysis_0000000001").mkdir()
    (incoming / "strange").mkdir()
    with Store(tmp_path):
        assert sorted(path.name.rpartition("_")[2] for path in incoming.iterdir()) == ["0000000000", "strange"]


def test_check_tells_of_folders_and_rows_without_each_other(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        shutil.rmtree(tmp_path / "conversations" / conversation)
        (tmp_path / "conversations" / "analysis_ffffffffff").mkdir()
        assert {problem.where: problem.what for problem in store.check()} == {
            conversation: "has no folder",
            "analysis_ffffffffff": "is not in the database",
        }
        store.delete(conversation)
        assert store.count() == 0


def test_a_search_index_that_lies_is_found(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        store.finish_run(store.start_run(conversation).id, result_of(["true words"]))
        database = sqlite3.connect(tmp_path / "library.db")
        database.execute("UPDATE utterance SET text = 'other words'")
        database.commit()
        database.close()
        assert [problem.where for problem in store.check()] == ["database"]


def test_a_library_of_a_newer_version_is_refused_and_unchanged(tmp_path: Path) -> None:
    with Store(tmp_path):
        pass
    database = sqlite3.connect(tmp_path / "library.db")
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    database.close()
    before = (tmp_path / "library.db").read_bytes()
    with pytest.raises(NewerError, match="newer version"):
        Store(tmp_path)
    assert (tmp_path / "library.db").read_bytes() == before


@pytest.mark.parametrize("kind", ["noise", "cut", "foreign", "overwritten"])
def test_a_damaged_library_is_refused_and_unchanged(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "library.db"
    if kind == "noise":
        path.write_bytes(b"this is no database at all" * 400)
    elif kind == "foreign":
        database = sqlite3.connect(path)
        database.execute("CREATE TABLE holiday (day)")
        database.commit()
        database.close()
    else:
        with Store(tmp_path) as store:
            for number in range(50):
                store.add_conversation(f"A talk {number}")
        data = path.read_bytes()
        path.write_bytes(data[: len(data) // 3] if kind == "cut" else data[:100] + b"\xa5" * (len(data) - 100))
    before = path.read_bytes()
    with pytest.raises(DamagedError, match=r"nothing was changed|left as it is"):
        Store(tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("kind", ["missing", "empty"])
def test_recordings_without_their_database_are_not_forgotten(tmp_path: Path, kind: str) -> None:
    with Store(tmp_path) as store:
        store.add_conversation("A talk")
    for path in tmp_path.glob("library.db*"):
        path.unlink()
    if kind == "empty":
        (tmp_path / "library.db").touch()
    with pytest.raises(DamagedError, match="backup"):
        Store(tmp_path)


def test_a_data_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnavailableError, match="data folder"):
        Store(tmp_path / "file" / "data")


def test_a_bundle_that_is_damaged_says_so(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        run = store.finish_run(store.start_run(conversation).id, result_of(["x"]))
        (run.folder / "timeline.json").write_text("[{]")
        with pytest.raises(DamagedError):
            store.result(conversation)


def test_a_result_that_json_cannot_hold_is_refused_before_it_replaces_anything(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        run = store.start_run(conversation)
        bad = result_of(["x"])
        bad = bad.model_copy(update={"analysed_s": float("nan")})
        with pytest.raises(StoreError, match="cannot be written"):
            store.finish_run(run.id, bad)
        assert not run.folder.exists()
        assert store.fail_run(run.id, "bad result").state == "failed"


def test_a_full_disk_while_finishing_can_be_failed_honestly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(28, "No space left on device", str(path))

    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        store.finish_run(store.start_run(conversation).id, result_of(["first"]))
        run = store.start_run(conversation)
        with monkeypatch.context() as patch:
            patch.setattr(bundle, "write_durably", full)
            with pytest.raises(UnavailableError, match="No space left"):
                store.finish_run(run.id, result_of(["second"]))
        store.fail_run(run.id, "The disk is full.")
        assert store.result(conversation).timeline[0].text == "first"


def test_stores_that_are_opened_at_once_do_not_collide(tmp_path: Path) -> None:
    """SQLite's locks are between connections, so threads with a store each show what processes would do."""
    start = threading.Barrier(4)

    def open_and_add() -> int:
        start.wait()
        with Store(tmp_path) as store:
            store.add_conversation("A talk")
            return len(store.interrupted())

    with ThreadPoolExecutor(4) as pool:
        assert [future.result() for future in [pool.submit(open_and_add) for _ in range(4)]] == [0] * 4
    with Store(tmp_path) as store:
        assert store.count() == 4


def test_no_manifest_makes_the_store_read_elsewhere(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        conversation = store.add_conversation("A talk").id
        run = store.finish_run(store.start_run(conversation).id, result_of(["x"]))
        manifest = json.loads((run.folder / "manifest.json").read_text())
        manifest["files"]["../../../../library.db"] = {"size": 1, "sha256": "0"}
        (run.folder / "manifest.json").write_text(json.dumps(manifest))
        assert [problem.what for problem in store.verify(conversation)] == ["is missing"]
