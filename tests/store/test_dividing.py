"""A turn that holds two voices becomes two: what is shared between them, and what follows from it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.engine.conduct.profiles import speaker_profiles
from illodesk.operations import (
    DivideUtterance,
    EditText,
    Judge,
    Operation,
    ReassignUtterances,
)
from illodesk.schema import AnalysisResult, Timing, Utterance
from illodesk.store import Store
from illodesk.store.carry import carried_over
from illodesk.store.dividing import divided
from illodesk.store.errors import InvalidError
from illodesk.store.overlay import Overlay, apply_edits
from tests.store.samples import full_result, result_of, utterance

TEXTS = ("well good morning to you", "yes the price is high maybe it is", "no thank you")
BASE = result_of(TEXTS)
BASE = BASE.model_copy(update={"speakers": speaker_profiles(BASE.timeline)})
DIVISION = DivideUtterance(utterance_id="utt_1", word=5, part_id="utt_1_b")

tokens = st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=8), min_size=2, max_size=12)


def done(result: AnalysisResult, *operations: Operation) -> AnalysisResult:
    overlay = Overlay(result)
    for operation in operations:
        overlay.apply(operation)
    return overlay.build()


def talk_s(result: AnalysisResult) -> float:
    return sum(u.duration_s for u in result.timeline)


@given(tokens, st.none() | tokens, st.data())
def test_both_parts_together_are_what_was_divided(
    said: list[str], typed: list[str] | None, data: st.DataObject
) -> None:
    base = result_of([" ".join(said), "and then"])
    edits: list[Operation] = [] if typed is None else [EditText(utterance_id="utt_0", text=" ".join(typed))]
    before = apply_edits(base, edits)
    whole = before.timeline[0]
    count = len(whole.text.split())
    division = DivideUtterance(utterance_id="utt_0", word=data.draw(st.integers(0, count + 1)))
    overlay = Overlay(base)
    for edit in edits:
        overlay.apply(edit)
    try:
        overlay.apply(division)
    except InvalidError:
        assert overlay.build() == before
        return
    result = overlay.build()
    first, second, other = result.timeline
    assert (first.utterance_id, second.utterance_id) == ("utt_0", division.part_id)
    assert f"{first.text} {second.text}" == whole.text
    assert len(first.text.split()) == division.word
    assert first.words + second.words == whole.words
    assert whole.t_start == first.t_start < first.t_end == second.t_start < second.t_end == whole.t_end
    assert first.prosody.duration_s + second.prosody.duration_s == pytest.approx(whole.prosody.duration_s)
    assert first.evidence == second.evidence == whole.evidence
    assert first.emotion == second.emotion == whole.emotion
    assert talk_s(result) == pytest.approx(talk_s(before))
    assert other is before.timeline[1]
    for part in (first, second):
        for hit in part.lexical_markers.hits:
            assert part.text[hit.start : hit.end] == hit.text
    if whole.original_text is not None:
        originals = [p.text if p.original_text is None else p.original_text for p in (first, second)]
        assert " ".join(filter(None, originals)).split() == whole.original_text.split()


def test_a_part_goes_to_another_speaker() -> None:
    result = done(BASE, DIVISION, ReassignUtterances(ids=[DIVISION.part_id], speaker="Speaker_0"))
    assert [(u.utterance_id, u.speaker) for u in result.timeline] == [
        ("utt_0", "Speaker_0"),
        ("utt_1", "Speaker_1"),
        ("utt_1_b", "Speaker_0"),
        ("utt_2", "Speaker_0"),
    ]
    profiles = {p.speaker: p for p in result.speakers}
    assert [profiles[label].utterances for label in ("Speaker_0", "Speaker_1")] == [3, 1]
    assert sum(p.talk_s for p in result.speakers) == pytest.approx(talk_s(BASE))
    assert sum(p.talk_share for p in result.speakers) == pytest.approx(1.0)
    assert result.utterances == 4
    assert result.outdated == ["text", "speakers"]
    assert [u.part_of for u in result.timeline] == [None, "utt_1", "utt_1", None]


def test_the_second_part_answers_nobody_and_counts_no_interruption() -> None:
    timing = Timing(gap_s=0.2, interruption=True, response_to_question=True)
    first, second = divided(utterance(0, "one two three").model_copy(update={"timing": timing}), 1, "b")
    assert first.timing == timing
    assert (second.timing.gap_s, second.timing.interruption, second.timing.response_to_question) == (None, False, False)


def test_without_times_of_words_they_are_shared_out() -> None:
    first, second = divided(utterance(0, "four 1234").model_copy(update={"words": []}), 1, "b")
    assert first.t_end == second.t_start == 1.25
    assert first.words == second.words == []


def test_phases_and_payloads_take_the_part_in() -> None:
    base = full_result()
    later = DivideUtterance(utterance_id="utt_3", word=9)
    earlier = DivideUtterance(utterance_id="utt_3", word=3)
    result = done(base, later, earlier, DivideUtterance(utterance_id="utt_0", word=2, part_id="b"))
    phase = result.segmentation.phases[0]
    assert (phase.utterance_count, phase.end_utterance_id) == (7, later.part_id)
    assert result.timeline[-1].utterance_id == later.part_id
    assert {"utterance_id": "b", "emotion": {"joy": 0.6}} in result.agent_results
    assert result.moments == base.moments


def test_a_part_is_judged_and_corrected_as_any_turn() -> None:
    again = EditText(utterance_id=DIVISION.part_id, text="maybe so")
    judge = Judge(target=DIVISION.part_id, score="valence", verdict="agree")
    result = done(BASE, Judge(target="utt_1", score="valence", verdict="disagree"), DIVISION, again, judge)
    part = result.timeline[2]
    assert (part.text, part.original_text, part.edited) == ("maybe so", "maybe it is", True)
    assert [(j.target, j.t_start) for j in result.judgements] == [("utt_1", 3.0), (part.utterance_id, part.t_start)]


@pytest.mark.parametrize("word", [-1, 0, 8, 100])
def test_it_is_divided_between_two_words_only(word: int) -> None:
    with pytest.raises(InvalidError, match="between two of its words"):
        done(BASE, DivideUtterance(utterance_id="utt_1", word=word))
    with pytest.raises(InvalidError, match="already"):
        done(BASE, DivideUtterance(utterance_id="utt_1", word=2, part_id="utt_2"))


# --- in the library -------------------------------------------------------------------------------------------------


def analysed(store: Store) -> str:
    conversation = store.add_conversation("A talk").id
    store.finish_run(store.start_run(conversation).id, BASE)
    return conversation


def seen(store: Store, key: str) -> list[tuple[str, str, str]]:
    return [(u.utterance_id, u.speaker, u.text) for u in store.result(key).timeline]


def test_it_is_undone_and_done_again_and_found(store: Store) -> None:
    other, key = analysed(store), analysed(store)
    another = analysed(store)
    raw = store.result(key)
    store.apply(key, DIVISION)
    store.apply(key, ReassignUtterances(ids=[DIVISION.part_id], speaker="Speaker_0"))
    whole = seen(store, key)
    (hit,) = store.search("maybe", key)
    assert (hit.utterance_id, hit.index, hit.speaker) == (DIVISION.part_id, 2, "Speaker_0")
    assert [h.utterance_id for h in store.search("price", key)] == ["utt_1"]
    for untouched in (other, another):
        assert [h.utterance_id for h in store.search("maybe", untouched)] == ["utt_1"]
    assert len(store.search("maybe")) == 3
    assert store.check() == []
    while store.undo(key) is not None:
        pass
    assert store.result(key) == raw
    assert [h.utterance_id for h in store.search("maybe", key)] == ["utt_1"]
    while store.redo(key) is not None:
        pass
    assert seen(store, key) == whole
    assert store.check() == []


def test_a_new_analysis_is_divided_again_where_the_same_was_heard(store: Store) -> None:
    key = analysed(store)
    store.apply(key, EditText(utterance_id="utt_1", text="yes the prize is high maybe it is"))
    store.apply(key, DIVISION)
    store.apply(key, DivideUtterance(utterance_id="utt_1", word=1))
    store.apply(key, ReassignUtterances(ids=[DIVISION.part_id], speaker="Speaker_0"))
    before = [(speaker, text) for _, speaker, text in seen(store, key)]
    swapped = {"Speaker_0": "Speaker_1", "Speaker_1": "Speaker_0"}
    timeline = [u.model_copy(update={"speaker": swapped[u.speaker]}) for u in BASE.timeline]
    store.finish_run(store.start_run(key).id, BASE.model_copy(update={"timeline": timeline}))
    assert [(swapped[speaker], text) for _, speaker, text in seen(store, key)] == before
    assert len(store.search("maybe", key)) == 1
    assert store.check() == []
    store.undo(key)
    assert [(speaker, text) for _, speaker, text in seen(store, key)] == before


def test_what_was_heard_otherwise_is_not_divided() -> None:
    old = done(BASE, DIVISION)
    other: list[Utterance] = [BASE.timeline[0], utterance(1, "yes the price is high", "Speaker_1"), BASE.timeline[2]]
    assert carried_over(old, [DIVISION], BASE.model_copy(update={"timeline": other})) == []


def test_a_run_made_from_what_was_divided_is_not_divided_twice() -> None:
    old = done(BASE, DIVISION)
    assert carried_over(old, [DIVISION], old) == []
