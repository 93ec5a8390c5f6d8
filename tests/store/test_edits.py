"""The journal across runs: a run begins with what was carried over, and that it was shown is one step."""

from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine

from illodesk.operations import AddMarker, EditText, RenameSpeaker
from illodesk.schema import AnalysisResult
from illodesk.store import Store
from tests.store.samples import result_of

TEXTS = ("good morning to you", "hello what does it cost")


def analysed(store: Store) -> str:
    conversation = store.add_conversation("A talk").id
    again(store, conversation)
    return conversation


def again(store: Store, conversation: str, result: AnalysisResult | None = None) -> None:
    store.finish_run(store.start_run(conversation).id, result or result_of(TEXTS))


def seen(store: Store, conversation: str) -> tuple[int, str, str, int]:
    """Run, name, text and markers as they are shown."""
    result = store.result(conversation)
    return result.run, result.name_of("Speaker_0"), result.timeline[0].text, len(result.markers)


def test_undo_goes_back_through_a_new_run_to_what_was_done_before_it(store: Store) -> None:
    key = analysed(store)
    store.apply(key, RenameSpeaker(label="Speaker_0", name="Ada"))
    store.apply(key, EditText(utterance_id="utt_0", text="good evening"))
    again(store, key)
    assert seen(store, key) == (2, "Ada", "good evening", 0)
    store.apply(key, RenameSpeaker(label="Speaker_0", name="Berta"))
    back = []
    while store.undo(key) is not None:
        back.append(seen(store, key))
    assert back == [
        (2, "Ada", "good evening", 0),
        (1, "Ada", "good evening", 0),
        (1, "Ada", TEXTS[0], 0),
        (1, "Speaker_0", TEXTS[0], 0),
    ]
    forth = []
    while store.redo(key) is not None:
        forth.append(seen(store, key))
    assert forth == [*reversed(back[:-1]), (2, "Berta", "good evening", 0)]
    assert [hit.run for hit in store.search("evening")] == [2]
    assert store.check() == []


def test_a_change_after_undo_leaves_what_a_run_begins_with(store: Store) -> None:
    key = analysed(store)
    store.apply(key, RenameSpeaker(label="Speaker_0", name="Ada"))
    again(store, key)
    store.apply(key, EditText(utterance_id="utt_0", text="good evening"))
    store.undo(key)
    store.apply(key, EditText(utterance_id="utt_1", text="how much"))
    assert seen(store, key) == (2, "Ada", TEXTS[0], 0)
    store.undo(key)
    store.undo(key)
    assert seen(store, key) == (1, "Ada", TEXTS[0], 0)
    store.apply(key, AddMarker(t=1.0))
    assert store.redo(key) is None, "who does something else instead does not come to the new run by redo"
    store.show_run(key, 2)
    assert seen(store, key) == (2, "Ada", TEXTS[0], 1), "but the run is there, with what it began with"


def test_a_run_drops_what_was_undone_before_it(store: Store) -> None:
    key = analysed(store)
    store.apply(key, RenameSpeaker(label="Speaker_0", name="Ada"))
    store.undo(key)
    again(store, key)
    assert store.redo(key) is None
    store.undo(key)
    store.redo(key)
    assert seen(store, key) == (2, "Speaker_0", TEXTS[0], 0)


def test_a_run_that_is_looked_at_meanwhile_has_its_own_steps(store: Store) -> None:
    key = analysed(store)
    store.apply(key, RenameSpeaker(label="Speaker_0", name="Ada"))
    again(store, key)
    store.show_run(key, 1)
    store.undo(key)
    assert seen(store, key) == (1, "Speaker_0", TEXTS[0], 0)
    assert store.undo(key) is None
    store.show_run(key, 2)
    store.undo(key)
    assert seen(store, key) == (1, "Speaker_0", TEXTS[0], 0)


def test_the_history_says_what_was_carried_over(store: Store) -> None:
    key = analysed(store)
    store.apply(key, RenameSpeaker(label="Speaker_0", name="Ada"))
    again(store, key)
    assert [(edit.operation.kind, edit.carried) for edit in store.history(key)] == [
        ("rename_speaker", True),
        ("show_run", False),
    ]
    store.undo(key)
    assert [(edit.operation.kind, edit.undone) for edit in store.history(key)] == [
        ("rename_speaker", False),
        ("show_run", True),
    ]


def test_the_first_run_is_no_step(store: Store) -> None:
    key = analysed(store)
    assert store.history(key) == []
    assert store.undo(key) is None


DEEDS = st.lists(st.sampled_from(["name", "text", "marker", "again"]), min_size=1, max_size=9)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_undo_takes_everything_back_step_by_step_and_redo_does_it_again(store: Store, deeds: list[str]) -> None:
    key = analysed(store)
    states = [seen(store, key)]
    for place, deed in enumerate(deeds):
        if deed == "again":
            again(store, key)
        elif deed == "name":
            store.apply(key, RenameSpeaker(label="Speaker_0", name=f"name {place}"))
        elif deed == "text":
            store.apply(key, EditText(utterance_id="utt_0", text=f"text {place}"))
        else:
            store.apply(key, AddMarker(t=float(place)))
        states.append(seen(store, key))
    for state in reversed(states[:-1]):
        # A marker is of the conversation and not of a run, so it stands in all of them until it is taken back.
        assert store.undo(key) is not None
        assert seen(store, key) == state
    assert store.undo(key) is None
    for state in states[1:]:
        assert store.redo(key) is not None
        assert seen(store, key) == state
    assert store.redo(key) is None


def test_a_library_from_before_opens_and_undoes_what_it_holds(tmp_path: Path, store: Store) -> None:
    key = analysed(store)
    store.apply(key, RenameSpeaker(label="Speaker_0", name="Ada"))
    engine = create_engine(f"sqlite:///{store.data_dir / 'library.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE edit DROP COLUMN carried")
        connection.exec_driver_sql("DROP TABLE news")
        connection.exec_driver_sql("ALTER TABLE conversation DROP COLUMN restored_at")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0004'")
    engine.dispose()
    with Store(store.data_dir) as opened:
        assert seen(opened, key) == (1, "Ada", TEXTS[0], 0)
        again(opened, key)
        opened.undo(key)
        opened.undo(key)
        assert seen(opened, key) == (1, "Speaker_0", TEXTS[0], 0)
