"""Correcting, through the Desk with its real store and worker, on an excerpt of the demo."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest

from illodesk.desk import Desk, DeskError, Filter
from illodesk.operations import (
    AddMarker,
    AddTier,
    ChangeSet,
    DivideUtterance,
    EditText,
    Judge,
    MergeSpeakers,
    ReassignUtterances,
    RenameSpeaker,
    SetDetails,
)
from illodesk.schema import AnalysisOptions
from illodesk.settings import Settings
from illodesk.store import Store
from illodesk.store.tables import ConversationRow
from tests.capture.test_recorder import wait_until
from tests.excerpt import write_excerpt
from tests.store.samples import result_of


@pytest.fixture(scope="module")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one analysed conversation, to copy."""
    home = tmp_path_factory.mktemp("analysed")
    with Desk.open(Settings(data_dir=home / "data")) as desk:
        desk.analyse(write_excerpt(home / "price.wav"), AnalysisOptions(), title="Price")
    return home / "data"


@pytest.fixture
def settings(analysed: Path, tmp_path: Path) -> Settings:
    shutil.copytree(analysed, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data")


@pytest.fixture
def desk(settings: Settings) -> Iterator[Desk]:
    with Desk.open(settings) as desk:
        yield desk


@pytest.fixture
def key(desk: Desk) -> str:
    return desk.conversations()[0].id


def test_a_name_shows_in_lists_search_and_exports(desk: Desk, key: str, tmp_path: Path) -> None:
    raw = desk.result(key)
    assert desk.result(key, as_analysed=True) is not None
    speaker = desk.search("expensive")[0].speaker
    desk.apply(key, RenameSpeaker(label=speaker, name="Anna"))
    result = desk.result(key)
    assert result.name_of(speaker) == "Anna"
    assert desk.result(key, as_analysed=True) == raw
    assert desk.search("expensive")[0].speaker == "Anna"
    assert "Anna" in desk.conversation(key).speakers
    assert speaker not in result.summary.overview
    assert "Anna" in result.summary.overview
    desk.undo(key)
    assert desk.search("expensive")[0].speaker == speaker
    assert desk.result(key) == raw


def test_a_corrected_text_is_searched_and_undone(desk: Desk, key: str) -> None:
    hit = desk.search("expensive")[0]
    raw = desk.result(key)
    first, second = (EditText(utterance_id=hit.utterance_id, text=text) for text in ("a zeppelin", "two zeppelins"))
    assert desk.apply(key, first).kinds == {"text"}
    desk.apply(key, second)
    assert desk.result(key).outdated == ["text"]
    assert [h.utterance_id for h in desk.search("zeppelins")] == [hit.utterance_id]
    assert hit.utterance_id not in [h.utterance_id for h in desk.search("expensive")]
    desk.undo(key)
    assert desk.search("zeppelins") == []
    assert len(desk.search('"a zeppelin"')) == 1
    desk.undo(key)
    assert desk.search("zeppelin") == []
    assert desk.result(key) == raw
    assert desk.undo(key) is None
    desk.redo(key)
    desk.redo(key)
    assert len(desk.search("zeppelins")) == 1
    assert desk.redo(key) is None
    assert desk._store.check() == []


def test_stacks_survive_a_restart_and_a_new_change_drops_what_was_undone(settings: Settings) -> None:
    with Desk.open(settings) as desk:
        key = desk.conversations()[0].id
        for name in ("Anna", "Berta", "Clara"):
            desk.apply(key, RenameSpeaker(label="Speaker_0", name=name))
        desk.undo(key)
    with Desk.open(settings) as desk:
        assert desk.result(key).name_of("Speaker_0") == "Berta"
        desk.undo(key)
        assert [edit.undone for edit in desk.history(key)] == [False, True, True]
        desk.apply(key, RenameSpeaker(label="Speaker_0", name="Dora"))
        assert desk.redo(key) is None
        assert [edit.operation.kind for edit in desk.history(key)] == ["rename_speaker"] * 2
        desk.undo(key)
        assert desk.result(key).name_of("Speaker_0") == "Anna"


def test_several_at_once_are_one_step_and_all_or_nothing(desk: Desk, key: str) -> None:
    ids = [u.utterance_id for u in desk.result(key).timeline]
    with pytest.raises(DeskError, match="no utterance") as caught:
        desk.apply(key, EditText(utterance_id=ids[0], text="x"), EditText(utterance_id="nothing", text="y"))
    assert caught.value.code == "NOT_FOUND"
    assert desk.history(key) == []
    desk.apply(key, EditText(utterance_id=ids[0], text="x"), EditText(utterance_id=ids[1], text="y"))
    desk.undo(key)
    assert not any(u.edited for u in desk.result(key).timeline)


def test_merging_and_reassigning_reach_the_rows(desk: Desk, key: str) -> None:
    desk.apply(key, MergeSpeakers(labels=["Speaker_1"], into="Speaker_0"))
    assert desk.conversation(key).speakers == ["Speaker_0"]
    assert {hit.speaker for hit in desk.search("the")} <= {"Speaker_0"}
    last = desk.result(key).timeline[-1].utterance_id
    desk.apply(key, ReassignUtterances(ids=[last], speaker=None))
    assert desk.conversation(key).speakers == ["Speaker_0", "Speaker_2"]
    desk.undo(key)
    desk.undo(key)
    assert sorted(desk.conversation(key).speakers) == ["Speaker_0", "Speaker_1"]


def test_details_are_undone_too(desk: Desk, key: str) -> None:
    desk.change(key, title="Another", tags=["a", "b"])
    assert (desk.conversation(key).title, desk.conversation(key).tags) == ("Another", ["a", "b"])
    desk.undo(key)
    assert (desk.conversation(key).title, desk.conversation(key).tags) == ("Price", [])
    with pytest.raises(DeskError, match="empty"):
        desk.apply(key, SetDetails(title="  "))


def test_who_subscribes_hears_after_it_is_kept(desk: Desk, key: str) -> None:
    heard: list[tuple[ChangeSet, str]] = []
    unsubscribe = desk.subscribe(lambda change: heard.append((change, desk.result(key).name_of("Speaker_0"))))
    change = desk.apply(key, RenameSpeaker(label="Speaker_0", name="Anna"))
    desk.undo(key)
    assert heard == [(change, "Anna"), (change, "Speaker_0")]
    assert change.conversation_ids == (key,)
    unsubscribe()
    desk.redo(key)
    assert len(heard) == 2


@pytest.mark.expects_log
def test_the_fault_of_a_listener_is_its_own(desk: Desk, key: str) -> None:
    heard: list[ChangeSet] = []

    def fail(_change: ChangeSet) -> None:
        raise RuntimeError("no")

    desk.subscribe(fail)
    desk.subscribe(heard.append)
    desk.apply(key, AddMarker(t=1.0))
    assert [change.kinds for change in heard] == [{"markers"}]
    assert len(desk.markers(key)) == 1


def test_the_trash_hides_and_gives_back_all(desk: Desk, key: str) -> None:
    desk.change(key, tags=["t"])
    hits = desk.search("expensive")
    desk.trash(key)
    assert desk.conversations() == []
    assert desk.search("expensive") == []
    assert desk.count() == 0
    assert [c.id for c in desk.conversations(filter=Filter(trashed=True))] == [key]
    assert desk.conversation(key).trashed_at is not None
    assert desk._store.check() == []
    desk.apply(key, EditText(utterance_id=hits[0].utterance_id, text="zeppelin"))  # nobody is kept from it
    desk.undo(key)
    desk.restore(key)
    assert desk.search("expensive") == hits
    assert [c.id for c in desk.conversations()] == [key]
    assert desk._store.check() == []
    with pytest.raises(DeskError):
        desk.trash(key, "analysis_0000000000")
    assert desk.count() == 1


def test_the_trash_is_emptied_after_its_time_and_at_once(settings: Settings) -> None:
    with Desk.open(settings) as desk:
        key = desk.conversations()[0].id
        desk.trash(key)
        assert desk.empty_trash(timedelta(days=1)) == 0
        assert desk.empty_trash() == 1
        with pytest.raises(DeskError):
            desk.conversation(key)
        assert desk._store.check() == []


def test_what_was_in_the_trash_long_enough_goes_after_a_start_without_holding_it_up(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Desk.open(settings) as desk:
        key = desk.conversations()[0].id
        desk.trash(key)
    found = Store.thrown_away
    monkeypatch.setattr(Store, "thrown_away", lambda store, _older_than: found(store))  # a month has passed
    with Desk.open(settings) as desk:
        wait_until(lambda: desk.count(Filter(trashed=True)) == 0)
        assert desk._store.check() == []


def test_what_was_kept_long_enough_goes_to_the_trash(settings: Settings) -> None:
    settings.keep_days = 90
    with Desk.open(settings) as desk:
        [kept] = desk.conversations()
        desk._clear_out(lambda: False)
        assert desk.count() == 1, "it came today"
        with desk._store._database.write() as session:
            row = session.get_one(ConversationRow, kept.id)
            row.created_at -= timedelta(days=91)
    with Desk.open(settings) as desk:
        wait_until(lambda: desk.count() == 0)
        assert [one.id for one in desk.conversations(filter=Filter(trashed=True))] == [kept.id]
        settings.keep_days = 0
    with Desk.open(settings) as desk:
        desk.restore(kept.id)
        desk._clear_out(lambda: False)
        assert desk.count() == 1


def test_what_was_taken_out_of_the_trash_is_kept_as_long_again(settings: Settings) -> None:
    settings.keep_days = 90
    with Desk.open(settings) as desk:
        [kept] = desk.conversations()
        with desk._store._database.write() as session:
            session.get_one(ConversationRow, kept.id).created_at -= timedelta(days=91)
        desk._clear_out(lambda: False)
        desk.restore(kept.id)
        desk._clear_out(lambda: False)
        assert desk.count() == 1
    with Desk.open(settings) as desk:
        desk._clear_out(lambda: False)
        assert desk.count() == 1, "nor at the next start"
        with desk._store._database.write() as session:
            row = session.get_one(ConversationRow, kept.id)
            assert row.restored_at is not None
            row.restored_at -= timedelta(days=91)
        desk._clear_out(lambda: False)
        assert desk.count() == 0


def test_it_is_told_once_how_many_went_to_the_trash_by_themselves(settings: Settings) -> None:
    settings.keep_days = 90
    heard: list[ChangeSet] = []
    with Desk.open(settings) as desk:
        [kept] = desk.conversations()
        desk.subscribe(heard.append)
        desk._clear_out(lambda: False)
        assert desk.newly_retired() == 0
        with desk._store._database.write() as session:
            session.get_one(ConversationRow, kept.id).created_at -= timedelta(days=91)
        desk._clear_out(lambda: False)
        assert [change.conversation_ids for change in heard if "retired" in change.kinds] == [(kept.id,)]
        assert (desk.newly_retired(), desk.newly_retired()) == (1, 0)


def test_rescoring_what_was_not_corrected_changes_no_score(desk: Desk, key: str) -> None:
    before = desk.result(key)
    run = desk.rescore(key)
    after = desk.result(key)
    assert (run.number, after.run) == (2, 2)
    assert after.timeline == before.timeline
    assert after.summary == before.summary
    assert after.segmentation == before.segmentation
    old, new = desk.tracks(key, 1), desk.tracks(key, 2)
    assert set(old) == set(new)
    for name in old:
        np.testing.assert_array_equal(old[name].frames, new[name].frames)


def test_rescoring_takes_in_what_was_corrected(desk: Desk, key: str) -> None:
    before = desk.result(key)
    last = before.timeline[-1]
    desk.apply(key, RenameSpeaker(label="Speaker_0", name="Anna"))
    desk.apply(key, EditText(utterance_id=last.utterance_id, text="I absolutely love this wonderful idea"))
    desk.apply(key, MergeSpeakers(labels=["Speaker_1"], into="Speaker_0"))
    desk.rescore(key)
    after = desk.result(key)
    assert after.outdated == []
    assert after.name_of("Speaker_0") == "Anna"
    assert {u.speaker for u in after.timeline} == {"Speaker_0"}
    scored = after.timeline[-1]
    assert (scored.edited, scored.original_text) == (True, last.text)
    assert scored.emotion.dominant == "joy"
    assert scored.polarity is not None and scored.polarity > 0.3
    assert sum(u.timing.interruption for u in after.timeline) == 0
    assert len(desk.search("wonderful")) == 1
    for number in (0, 3):
        with pytest.raises(DeskError):
            desk.show_run(key, number)
        with pytest.raises(DeskError):
            desk.result(key, number)
    desk.show_run(key, 1)
    assert desk.result(key).run == 1
    desk.undo(key)
    assert {u.speaker for u in desk.result(key).timeline} == {"Speaker_0", "Speaker_1"}
    assert desk._store.check() == []


def test_what_was_divided_is_rescored_and_heard_again_by_its_parts(desk: Desk, key: str) -> None:
    before = desk.result(key)
    whole = max(before.timeline, key=lambda u: len(u.words))
    division = DivideUtterance(utterance_id=whole.utterance_id, word=len(whole.words) // 2)
    desk.apply(key, division)
    text = "I absolutely love this wonderful idea"
    desk.apply(
        key,
        EditText(utterance_id=division.part_id, text=text),
        ReassignUtterances(ids=[division.part_id], speaker=None),
    )
    divided = desk.result(key)
    ids = [u.utterance_id for u in divided.timeline]
    assert len(ids) == len(before.timeline) + 1
    desk.rescore(key)
    after = desk.result(key)
    assert [u.utterance_id for u in after.timeline] == ids
    assert [(u.speaker, u.text, u.t_start, u.t_end) for u in after.timeline] == [
        (u.speaker, u.text, u.t_start, u.t_end) for u in divided.timeline
    ]
    assert after.outdated == []
    assert len(after.speakers) == len(before.speakers) + 1
    first, second = (u for u in after.timeline if u.part_of == whole.utterance_id)
    assert first.reading.words + second.reading.words == len(first.text.split()) + len(second.text.split())
    assert second.emotion.dominant == "joy"
    assert [hit.utterance_id for hit in desk.search("wonderful")] == [division.part_id]
    desk.recluster(key, 2)
    assert [u.utterance_id for u in desk.result(key).timeline] == ids
    while desk.undo(key) is not None:
        pass
    assert desk.result(key) == before
    assert desk._store.check() == []


def test_speakers_are_told_anew_without_recognising_anew(desk: Desk, key: str) -> None:
    before = desk.result(key)
    desk.apply(key, RenameSpeaker(label=before.timeline[0].speaker, name="Anna"))
    desk.apply(key, EditText(utterance_id=before.timeline[0].utterance_id, text="corrected"))
    heard: list[object] = []
    run = desk.recluster(key, 1, on_event=heard.append)
    one = desk.result(key)
    assert {u.speaker for u in one.timeline} == {"Speaker_0"}
    assert run.options.speakers == 1
    assert one.timeline[0].text == "corrected"
    assert [u.words for u in one.timeline[1:]] == [u.words for u in before.timeline[1:]]
    assert [u.prosody for u in one.timeline[1:]] == [u.prosody for u in before.timeline[1:]]
    desk.recluster(key, 2)
    two = desk.result(key)
    assert [u.speaker for u in two.timeline] == [u.speaker for u in before.timeline]
    assert {"peaks_0", "prosody_0", "engagement", "affect_0", "affect_1"} <= set(desk.tracks(key))
    assert len(desk.runs(key)) == 3


def test_stopping_leaves_everything_as_it_was(desk: Desk, key: str) -> None:
    before = desk.result(key)
    with pytest.raises(DeskError):
        desk.recluster(key, 2, cancelled=lambda: True)
    assert desk.result(key) == before
    assert desk.conversation(key).state == "complete"


def test_what_people_said_survives_another_analysis(desk: Desk, key: str) -> None:
    before = desk.result(key)
    desk.apply(key, RenameSpeaker(label="Speaker_1", name="Berta"))
    desk.apply(key, AddMarker(t=2.0, note="look"), AddTier(name="gaze", speaker="Speaker_1"))
    desk.apply(key, Judge(target=before.timeline[2].utterance_id, score="valence", verdict="disagree"))
    desk.apply(key, EditText(utterance_id=before.timeline[1].utterance_id, text="zeppelin"))
    desk.reanalyse(key, AnalysisOptions())
    after = desk.result(key)
    assert after.run == 2
    assert after.speaker_names == {"Speaker_1": "Berta"}
    assert after.markers == desk.markers(key)
    assert [(m.t, m.note) for m in after.markers] == [(2.0, "look")]
    assert after.tiers[0].speaker == "Speaker_1"
    assert after.judgements[0].target == after.timeline[2].utterance_id
    assert after.timeline[1].text == "zeppelin"
    assert [hit.run for hit in desk.search("zeppelin")] == [2]


def test_merged_speakers_are_merged_again_in_another_analysis(desk: Desk, key: str) -> None:
    desk.apply(key, MergeSpeakers(labels=["Speaker_1"], into="Speaker_0"))
    desk.reanalyse(key, AnalysisOptions())
    assert (desk.result(key).run, {u.speaker for u in desk.result(key).timeline}) == (2, {"Speaker_0"})
    desk.undo(key)
    assert (desk.result(key).run, {u.speaker for u in desk.result(key).timeline}) == (1, {"Speaker_0"})
    desk.undo(key)
    assert {u.speaker for u in desk.result(key).timeline} == {"Speaker_0", "Speaker_1"}


def test_where_there_are_no_voices_to_tell_it_says_so(desk: Desk) -> None:
    for layout, code in (("separate", "CHANNELS_TELL"), ("mono", "NO_MEDIA")):
        kept = desk._store.add_conversation("A call").id
        result = result_of(["hello", "good morning"])
        media = result.media.model_copy(update={"layout": layout})
        desk._store.finish_run(desk._store.start_run(kept).id, result.model_copy(update={"media": media}))
        with pytest.raises(DeskError) as caught:
            desk.recluster(kept, 2)
        assert caught.value.code == code
        assert len(desk.runs(kept)) == 1


def test_a_conversation_without_analysis_takes_markers_and_nothing_about_speakers(desk: Desk) -> None:
    key = desk._store.add_conversation("To come").id
    desk.apply(key, AddMarker(t=3.0, key="F1"))
    assert [marker.key for marker in desk.markers(key)] == ["F1"]
    with pytest.raises(DeskError, match="not been analysed"):
        desk.apply(key, RenameSpeaker(label="Speaker_0", name="x"))
