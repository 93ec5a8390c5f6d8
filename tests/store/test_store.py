from __future__ import annotations

import os
import sqlite3
import threading
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pytest
from sqlmodel import select

from illodesk.operations import ChangeSet, SetDetails
from illodesk.schema import AnalysisOptions, Purpose
from illodesk.store import (
    BusyError,
    EndedError,
    Filter,
    NotFoundError,
    Store,
    TrackWriter,
    UnavailableError,
)
from illodesk.store.errors import InvalidError
from illodesk.store.records import Common
from illodesk.store.tables import ConversationRow
from tests.store.samples import full_result, result_of


def analysed(store: Store, *texts: str, title: str = "A talk") -> str:
    conversation = store.add_conversation(title)
    store.finish_run(store.start_run(conversation.id).id, result_of(texts))
    return conversation.id


def test_a_conversation_keeps_what_it_was_given(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "Gespräch 1.WAV"
    source.write_bytes(b"RIFF" + bytes(5000))
    recorded = datetime(2026, 3, 4, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    added = store.add_conversation(
        media=source,
        recorded_at=recorded,
        purpose=Purpose.COACHING,
        consent="asked before",
        project="Pilot",
        notes="first\nsecond",
        tags=["b", "a ", "", "a"],
    )
    kept = store.get(added.id)
    assert kept == added
    assert (kept.title, kept.source_name, kept.state, kept.has_media) == (
        "Gespräch 1.WAV",
        "Gespräch 1.WAV",
        "new",
        True,
    )
    assert kept.recorded_at == recorded
    assert kept.recorded_at is not None and kept.recorded_at.utcoffset() == timedelta(0)
    assert (kept.purpose, kept.tags, kept.notes) == (Purpose.COACHING, ["a", "b"], "first\nsecond")
    copy = store.media_path(added.id)
    assert copy is not None and copy.name == "original.wav"
    assert copy.read_bytes() == source.read_bytes()
    source.write_bytes(b"changed")
    assert copy.read_bytes().startswith(b"RIFF")
    assert store.verify(added.id) == []


def test_media_need_not_be_kept(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "call.mp3"
    source.write_bytes(b"x")
    added = store.add_conversation(media=source, keep_media=False)
    assert store.media_path(added.id) is None
    assert added.source_name == "call.mp3"


def test_media_that_cannot_be_copied_add_nothing(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnavailableError, match="could not be copied"):
        store.add_conversation(media=tmp_path / "absent.wav")
    assert store.count() == 0
    assert list((store.data_dir / ".incoming").iterdir()) == []
    assert list((store.data_dir / "conversations").iterdir()) == []


def test_a_source_name_that_is_not_utf8_is_taken(store: Store, tmp_path: Path) -> None:
    source = tmp_path / os.fsdecode(b"caf\xe9\x01.wav")
    source.write_bytes(b"x")
    assert store.add_conversation(media=source).source_name == "caf\ufffd .wav"


def test_a_finished_run_reads_back_as_it_was(store: Store) -> None:
    conversation = store.add_conversation("A talk", source_name="call.wav")
    run = store.start_run(conversation.id, AnalysisOptions(speakers=2))
    assert store.get(conversation.id).state == "analysing"
    with TrackWriter(run.work_dir / "tracks", "prosody_0", ["f0", "db"], 0.01) as track:
        track.append([[1, 2], [3, float("nan")]])
    given = full_result()
    ended = store.finish_run(run.id, given)
    assert (ended.state, ended.current, ended.number) == ("complete", True, 1)
    assert ended.options.speakers == 2
    assert ended.models[0].quality == "draft quality"
    assert store.runs(conversation.id) == [ended]
    kept = store.result(conversation.id)
    names = {
        "conversation_id": conversation.id,
        "artifact_dir": conversation.id,
        "upload_path": "",
        "agent_outputs_path": f"{conversation.id}/agent_outputs.json",
        "run": 1,
    }
    assert kept == given.model_copy(update=names)
    np.testing.assert_array_equal(store.tracks(conversation.id)["prosody_0"].frames, [[1, 2], [3, np.nan]])
    shown = store.get(conversation.id)
    assert (shown.state, shown.duration_s, shown.current_run) == ("complete", 12.0, 1)
    assert shown.speakers == ["Speaker_0", "Speaker_1"]
    assert store.verify(conversation.id) == []
    assert store.check() == []


def test_the_upload_has_the_name_of_the_contract(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "call.mp4"
    source.write_bytes(b"x")
    conversation = store.add_conversation(media=source)
    store.finish_run(store.start_run(conversation.id).id, result_of(["hi"]))
    assert store.result(conversation.id).upload_path == f"{conversation.id}.mp4"


def test_another_analysis_stands_beside_the_first(store: Store) -> None:
    conversation = analysed(store, "the first hearing")
    second = store.start_run(conversation)
    assert store.search("first") != []
    store.finish_run(second.id, result_of(["the second hearing"]))
    assert [run.current for run in store.runs(conversation)] == [False, True]
    assert store.result(conversation).timeline[0].text == "the second hearing"
    assert store.result(conversation, run=1).timeline[0].text == "the first hearing"
    assert store.search("first") == []
    assert [hit.run for hit in store.search("second")] == [2]
    assert store.verify(conversation) == []


def test_a_failed_analysis_leaves_the_earlier_one(store: Store) -> None:
    conversation = analysed(store, "kept")
    second = store.start_run(conversation)
    failed = store.fail_run(second.id, "no model")
    assert (failed.state, failed.current, failed.error) == ("failed", False, "no model")
    assert not second.work_dir.exists()
    shown = store.get(conversation)
    assert (shown.state, shown.error, shown.current_run) == ("complete", "no model", 1)
    with pytest.raises(NotFoundError, match="run 2"):
        store.result(conversation, run=2)
    third = store.start_run(conversation)
    assert (third.number, store.get(conversation).error) == (3, "")


def test_a_first_analysis_that_fails_says_so(store: Store) -> None:
    conversation = store.add_conversation("A talk")
    store.fail_run(store.start_run(conversation.id).id, "no sound")
    shown = store.get(conversation.id)
    assert (shown.state, shown.error, shown.current_run) == ("failed", "no sound", None)
    with pytest.raises(NotFoundError, match="no result yet"):
        store.result(conversation.id)


@pytest.mark.parametrize(
    ("first", "second", "shown"),
    [((True, 9.0), (False, 99.0), 1), ((False, 9.0), (False, 3.0), 1), ((False, 3.0), (False, 9.0), 2)],
)
def test_a_partial_run_never_replaces_one_that_covers_more(
    store: Store, first: tuple[bool, float], second: tuple[bool, float], shown: int
) -> None:
    conversation = store.add_conversation("A talk")
    for complete, analysed_s in (first, second):
        store.finish_run(store.start_run(conversation.id).id, result_of(["x"], complete, analysed_s))
    kept = store.get(conversation.id)
    assert kept.current_run == shown
    assert kept.state == ("complete" if first[0] else "partial")


def test_an_ended_run_cannot_end_again(store: Store) -> None:
    conversation = store.add_conversation("A talk")
    run = store.start_run(conversation.id)
    store.finish_run(run.id, result_of(["x"]))
    with pytest.raises(EndedError):
        store.finish_run(run.id, result_of(["y"]))
    with pytest.raises(EndedError):
        store.fail_run(run.id, "late")
    assert store.result(conversation.id).timeline[0].text == "x"


def test_one_analysis_at_a_time(store: Store) -> None:
    conversation = store.add_conversation("A talk")
    store.start_run(conversation.id)
    with pytest.raises(BusyError):
        store.start_run(conversation.id)
    with pytest.raises(BusyError):
        store.delete(conversation.id)


def test_listing_sorts_filters_and_pages(store: Store) -> None:
    noon = datetime(2026, 1, 1, 12, tzinfo=UTC)
    names = ["Zebra", "über Äpfel", "apple", "Mango 100%"]
    for index, name in enumerate(names):
        recorded = noon + timedelta(days=index) if index else None
        store.add_conversation(name, recorded_at=recorded, project="p" if index % 2 else "", tags=[f"t{index % 2}"])
    listed = store.list_conversations
    assert [c.title for c in listed(sort="created_at")] == names[::-1]
    assert [c.title for c in listed(sort="title", descending=False)] == ["apple", "Mango 100%", "Zebra", "über Äpfel"]
    assert [c.title for c in listed(sort="recorded_at", descending=False)][-1] == "Zebra"
    assert [c.title for c in listed(sort="recorded_at", descending=True)][-1] == "Zebra"
    assert [c.title for c in listed(limit=2, offset=1)] == ["apple", "über Äpfel"]
    assert [c.title for c in listed(filter=Filter(text="ÜBER ä"))] == ["über Äpfel"]
    assert [c.title for c in listed(filter=Filter(text="%"))] == ["Mango 100%"]
    assert [c.title for c in listed(filter=Filter(tag="t0"))] == ["apple", "Zebra"]
    assert store.count(Filter(project="p")) == 2
    assert store.count(Filter(state="complete")) == 0
    assert store.count(Filter(purpose=Purpose.RESEARCH)) == 4
    assert [c.title for c in listed(filter=Filter(since=noon + timedelta(days=2), until=noon + timedelta(days=3)))] == [
        "apple"
    ]
    assert store.tags() == {"t0": 2, "t1": 2}


def test_what_the_user_writes_can_change(store: Store) -> None:
    conversation = store.add_conversation("A talk", tags=["old"]).id
    store.apply(conversation, SetDetails(title=" Another\ntalk "), SetDetails(tags=["x", "y", "x"]))
    store.apply(conversation, SetDetails(notes="a note"))
    store.apply(conversation, SetDetails(project="Pilot"))
    kept = store.get(conversation)
    assert (kept.title, kept.tags, kept.notes) == ("Another talk", ["x", "y"], "a note")
    assert kept.project == "Pilot"
    assert [row.id for row in store.list_conversations(filter=Filter(text="another"))] == [conversation]
    with pytest.raises(InvalidError, match="empty"):
        store.apply(conversation, SetDetails(title=" "))
    for _ in range(3):
        store.undo(conversation)
    assert store.undo(conversation) is None
    back = store.get(conversation)
    assert (back.title, back.tags, back.notes, back.project) == ("A talk", ["old"], "", "")
    for _ in range(3):
        store.redo(conversation)
    assert store.redo(conversation) is None
    assert store.get(conversation) == kept


@pytest.mark.parametrize(
    "name", ["", "..", "../x", "/etc", "analysis_0123456789", "analysis_0123456789/../..", "\ud800"]
)
def test_strange_ids_are_simply_not_there(store: Store, name: str) -> None:
    outside = store.data_dir.parent / "x"
    outside.mkdir()
    for call in (store.get, store.runs, store.result, store.tracks, store.delete, store.verify, store.start_run):
        with pytest.raises(NotFoundError):
            call(name)  # type: ignore[operator]
    assert outside.is_dir()


def test_deleting_removes_every_trace(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "call.wav"
    source.write_bytes(b"sound")
    other = analysed(store, "something else entirely")
    conversation = store.add_conversation("Qxvzzq title", media=source, notes="Qxvzzq note", tags=["Qxvzzq"]).id
    for _ in range(2):
        store.finish_run(store.start_run(conversation).id, result_of(["qxvzzq qxvzzr said", "qxvzzs"]))
    store.delete(conversation)
    with pytest.raises(NotFoundError):
        store.get(conversation)
    assert store.search("qxvzzq") == []
    assert [hit.conversation_id for hit in store.search("entirely")] == [other]
    assert [path.name for path in (store.data_dir / "conversations").iterdir()] == [other]
    assert list((store.data_dir / ".trash").iterdir()) == []
    assert store.check() == []
    for path in store.data_dir.rglob("*"):
        if path.is_file():
            assert b"qxvzz" not in path.read_bytes().lower(), path
    database = sqlite3.connect(store.data_dir / "library.db")
    try:
        for table in ("run", "utterance", "speaker"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] in (1, 2)
    finally:
        database.close()


def test_deleting_several_is_all_or_nothing_when_one_is_unknown(store: Store) -> None:
    ids = [analysed(store, "one"), analysed(store, "two")]
    with pytest.raises(NotFoundError):
        store.delete(ids[0], "analysis_0000000000")
    assert store.count() == 2
    store.delete(*ids, ids[0])
    assert store.count() == 0


def test_deleting_many_says_how_far_it_is_and_stops_between_steps(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("illodesk.store.store._DELETED_AT_ONCE", 2)
    ids = [analysed(store, f"qxvzz{number}") for number in range(5)]
    reached: list[float] = []
    gone = store.delete(*ids, on_progress=reached.append, cancelled=lambda: len(reached) == 2)
    assert (gone, reached) == (ids[:4], [0.4, 0.8])
    assert [conversation.id for conversation in store.list_conversations()] == ids[4:]
    assert [hit.conversation_id for hit in store.search("qxvzz")] == ids[4:]
    assert list((store.data_dir / ".trash").iterdir()) == []
    assert store.check() == []


def test_the_trash_takes_all_or_none_and_one_that_is_in_it_keeps_its_day(store: Store) -> None:
    ids = [analysed(store, "one"), analysed(store, "two")]
    with pytest.raises(NotFoundError):
        store.trash(ids[0], "analysis_0000000000")
    store.start_run(ids[1])
    with pytest.raises(BusyError):
        store.trash(*ids)
    assert store.thrown_away() == []
    store.trash(ids[0])
    day = store.get(ids[0]).trashed_at
    store.trash(ids[0], ids[0])
    assert (store.get(ids[0]).trashed_at, store.thrown_away()) == (day, [ids[0]])
    with pytest.raises(NotFoundError):
        store.restore(ids[0], "analysis_0000000000")
    store.restore(*ids)
    assert store.thrown_away() == []


def test_only_what_was_in_the_trash_counts_its_days_anew_when_it_is_restored(store: Store) -> None:
    restored, never_thrown = (store.add_conversation(title).id for title in ("Restored", "Kept"))
    store.trash(restored)
    store.restore(restored, never_thrown)
    with store._database.read() as session:
        days = {row.id: row.restored_at for row in session.exec(select(ConversationRow))}
    assert days[restored] is not None and days[never_thrown] is None


def test_deleting_never_follows_links(store: Store, tmp_path: Path) -> None:
    conversation = analysed(store, "one")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "precious").write_text("x")
    (store.data_dir / "conversations" / conversation / "link").symlink_to(outside)
    store.delete(conversation)
    assert (outside / "precious").exists()


def test_verify_names_what_changed(store: Store, tmp_path: Path) -> None:
    source = tmp_path / "call.wav"
    source.write_bytes(b"sound")
    conversation = store.add_conversation(media=source).id
    run = store.finish_run(store.start_run(conversation).id, result_of(["x"]))
    (store.data_dir / "conversations" / conversation / "media" / "original.wav").write_bytes(b"SOUND")
    (run.folder / "summary.json").write_text("{}")
    (run.folder / "timeline.json").unlink()
    (run.folder / "stray.txt").write_text("?")
    assert {
        problem.where.removeprefix(conversation): problem.what.split()[0] for problem in store.verify(conversation)
    } == {
        "/media/original.wav": "was",
        "/runs/1/summary.json": "has",
        "/runs/1/timeline.json": "is",
        "/runs/1/stray.txt": "does",
    }


def test_many_threads_may_use_one_store(store: Store) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for _ in range(3):
                conversation = analysed(store, f"thread{number} speaks")
                assert [h.conversation_id for h in store.search(f"thread{number}", conversation)] == [conversation]
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert store.count() == 12
    assert len(store.search("speaks", limit=100)) == 12


def test_details_of_several_change_in_one_go_or_not_at_all(store: Store) -> None:
    ids = [store.add_conversation(f"Talk {number}", tags=["ux", str(number)]).id for number in range(3)]
    told: list[ChangeSet] = []
    store._told = told.append
    store.describe({id: SetDetails(tags=["ux", "new"], project="Fruit") for id in ids[:2]})
    assert [set(change.conversation_ids) for change in told] == [set(ids[:2])]
    assert store.in_common(ids[:2]) == Common(count=2, tags=["new", "ux"], project="Fruit", notes="")
    assert store.in_common([*ids, "analysis_0000000000"]) == Common(count=3, tags=["ux"], project=None, notes="")
    with pytest.raises(NotFoundError):
        store.describe({ids[0]: SetDetails(notes="lost"), "analysis_0000000000": SetDetails(notes="lost")})
    with pytest.raises(InvalidError):
        store.describe({ids[0]: SetDetails(notes="lost"), ids[1]: SetDetails(title=" ")})
    assert store.get(ids[0]).notes == ""
    store.undo(ids[0])
    assert store.get(ids[0]).tags == ["0", "ux"] and store.get(ids[1]).tags == ["new", "ux"]


def test_ids_are_listed_in_the_order_of_the_conversations(store: Store) -> None:
    for title in ("b", "c", "a"):
        store.add_conversation(title)
    listed = [c.id for c in store.list_conversations(sort="title", descending=False)]
    assert store.list_ids("title", descending=False) == listed
    assert [c.id for c in store.get_many([listed[2], "analysis_0000000000", listed[0]])] == [listed[2], listed[0]]


def test_a_recording_is_known_by_name_and_content(store: Store, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    source, copy, other = tmp_path / "talk.wav", tmp_path / "elsewhere" / "talk.wav", tmp_path / "other.wav"
    for path in (source, copy, other):
        path.write_bytes(b"RIFF" + bytes(5000))
    first = store.add_conversation(media=source)
    store.add_conversation(media=other, keep_media=False)
    assert store.known([source, copy, other, tmp_path / "gone" / "talk.wav"]) == {source: first.id, copy: first.id}
    copy.write_bytes(b"RIFF" + bytes(4999) + b"x")  # of the same size
    assert store.known([copy]) == {}
    store.trash(first.id)
    assert store.known([source]) == {}
