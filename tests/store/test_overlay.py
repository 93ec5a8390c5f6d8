"""What operations do to a result."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.engine.conduct.profiles import speaker_profiles
from illodesk.operations import (
    AddAnnotation,
    AddMarker,
    AddTier,
    AssignTier,
    DivideUtterance,
    EditAnnotation,
    EditMarker,
    EditText,
    Judge,
    MergeSpeakers,
    Operation,
    ReassignUtterances,
    RemoveAnnotation,
    RemoveMarker,
    RemoveTier,
    RenameSpeaker,
)
from illodesk.schema import AnalysisResult, LexicalMarkers, MarkerHit
from illodesk.store.errors import InvalidError, NotFoundError, StoreError
from illodesk.store.overlay import Overlay, apply_edits
from tests.store.samples import full_result, result_of

TEXTS = ["well good morning to you", "yes the price is high", "we can talk about it", "no thank you", "all right then"]
BASE = result_of(TEXTS)
BASE = BASE.model_copy(update={"speakers": speaker_profiles(BASE.timeline)})
IDS = [u.utterance_id for u in BASE.timeline]

labels = st.sampled_from(["Speaker_0", "Speaker_1", "Speaker_2", "Nobody"])
some_ids = st.lists(st.sampled_from([*IDS, "utt_none"]), min_size=1, max_size=3)
words = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)
operations = st.one_of(
    st.builds(RenameSpeaker, label=labels, name=words),
    st.builds(MergeSpeakers, labels=st.lists(labels, min_size=1, max_size=3), into=labels),
    st.builds(ReassignUtterances, ids=some_ids, speaker=st.none() | labels),
    st.builds(EditText, utterance_id=st.sampled_from([*IDS, "utt_none", "part_a"]), text=words),
    st.builds(
        DivideUtterance,
        utterance_id=st.sampled_from([*IDS, "part_a"]),
        word=st.integers(0, 6),
        part_id=st.sampled_from(["part_a", "part_b"]),
    ),
    st.builds(AddMarker, marker_id=st.sampled_from("ab"), t=st.floats(0, 20), key=words),
    st.builds(RemoveMarker, marker_id=st.sampled_from("ab")),
    st.builds(AddTier, name=st.sampled_from(["gaze", "hands"]), speaker=st.none() | labels),
    st.builds(RemoveTier, name=st.sampled_from(["gaze", "hands"])),
    st.builds(
        AddAnnotation,
        annotation_id=st.sampled_from("abc"),
        tier=st.sampled_from(["gaze", "hands"]),
        t_start=st.floats(0, 20),
        t_end=st.floats(0, 20),
    ),
    st.builds(
        Judge, target=st.sampled_from(IDS), score=st.just("valence"), verdict=st.sampled_from(["agree", "disagree"])
    ),
)


def done(base: AnalysisResult, *wanted: Operation) -> AnalysisResult:
    """What strict application gives."""
    overlay = Overlay(base)
    for operation in wanted:
        overlay.apply(operation)
    return overlay.build()


def accepted(base: AnalysisResult, wanted: list[Operation]) -> list[Operation]:
    """Those that are not refused, with what they lacked."""
    overlay = Overlay(base)
    kept: list[Operation] = []
    for operation in wanted:
        before = overlay.build()
        try:
            kept.append(overlay.apply(operation))
        except StoreError:
            assert overlay.build() == before  # refused before anything was changed
    return kept


@given(st.lists(operations, max_size=12))
def test_whatever_is_done_every_utterance_stays_and_nothing_analysed_changes(wanted: list[Operation]) -> None:
    analysed = BASE.model_dump_json()
    result = apply_edits(BASE, accepted(BASE, wanted))
    assert BASE.model_dump_json() == analysed
    assert [u.utterance_id for u in result.timeline] == IDS
    assert [(u.t_start, u.t_end) for u in result.timeline] == [(u.t_start, u.t_end) for u in BASE.timeline]
    assert sum(profile.utterances for profile in result.speakers) == len(IDS)
    assert set(result.speaker_names) <= {u.speaker for u in result.timeline}
    for utterance in result.timeline:
        edges = [edge for word in utterance.words for edge in (word.t_start, word.t_end)]
        assert edges == sorted(edges)
        assert all(utterance.t_start <= edge <= utterance.t_end for edge in edges)
        assert " ".join(word.text for word in utterance.words) == utterance.text
        assert (utterance.original_text is not None) == utterance.edited
    for tier in result.tiers:
        assert all(one.t_end <= other.t_start for one, other in itertools.pairwise(tier.annotations))


@given(st.lists(operations, max_size=12))
def test_profiles_are_those_of_who_speaks_now(done: list[Operation]) -> None:
    """Only touched speakers are computed anew, and nobody can tell."""
    timeline = [u.model_copy(update={"speaker": f"Speaker_{i % 3}"}) for i, u in enumerate(BASE.timeline)]
    base = BASE.model_copy(update={"timeline": timeline, "speakers": speaker_profiles(timeline)})
    result = apply_edits(base, done)
    if "speakers" in result.outdated or result.utterances != base.utterances:
        assert result.speakers == speaker_profiles(result.timeline)
    else:
        assert result.speakers == base.speakers


@given(st.lists(operations, max_size=8), operations)
def test_taking_the_last_one_back_gives_what_was_before(wanted: list[Operation], last: Operation) -> None:
    before = accepted(BASE, wanted)
    after = accepted(BASE, [*before, last])
    overlay = Overlay(BASE)
    for operation in before:
        overlay.replay(operation)
    assert apply_edits(BASE, after[: len(before)]) == overlay.build() or not before
    assert apply_edits(BASE, []) is BASE


@given(labels.filter(lambda label: label in ("Speaker_0", "Speaker_1")), words)
def test_renaming_twice_is_renaming_once_and_the_last_name_holds(label: str, name: str) -> None:
    once = done(BASE, RenameSpeaker(label=label, name=name))
    assert done(BASE, RenameSpeaker(label=label, name="X"), RenameSpeaker(label=label, name=name)) == once
    assert done(BASE, RenameSpeaker(label=label, name=name), RenameSpeaker(label=label, name=name)) == once


def test_a_name_is_shown_in_sentences_and_the_label_stays_in_the_data() -> None:
    base = full_result()
    moment = base.moments[0].model_copy(update={"summary": "Speaker_1 objects: “no”"})
    overview = "Speaker_0, Speaker_1 and Speaker_10 spoke."
    base = base.model_copy(
        update={"moments": [moment], "summary": base.summary.model_copy(update={"overview": overview})}
    )
    result = done(base, RenameSpeaker(label="Speaker_1", name="  Anna\n Meier "))
    assert result.name_of("Speaker_1") == "Anna Meier"
    assert result.name_of("Speaker_0") == "Speaker_0"
    assert result.summary.overview == "Speaker_0, Anna Meier and Speaker_10 spoke."
    assert result.moments[0].summary == "Anna Meier objects: “no”"
    assert result.moments[0].speaker_id == "Speaker_1"
    assert [u.speaker for u in result.timeline] == [u.speaker for u in base.timeline]
    assert result.outdated == []
    assert done(base, RenameSpeaker(label="Speaker_1", name="A"), RenameSpeaker(label="Speaker_1", name="")) == base


def test_merged_speakers_are_one_everywhere() -> None:
    base = full_result()
    result = done(
        base, RenameSpeaker(label="Speaker_1", name="Anna"), MergeSpeakers(labels=["Speaker_1"], into="Speaker_0")
    )
    assert {u.speaker for u in result.timeline} == {"Speaker_0"}
    assert [(p.speaker, p.utterances) for p in result.speakers] == [("Speaker_0", 4)]
    assert set(result.insights.speaker_profiles) == {"Speaker_0"}
    assert result.moments[0].speaker_id == result.transitions[0].speaker_id == "Speaker_0"
    assert result.speaker_names == {"Speaker_0": "Anna"}
    assert result.outdated == ["speakers"]
    with pytest.raises(NotFoundError):
        done(result, RenameSpeaker(label="Speaker_1", name="Bert"))


def test_an_utterance_goes_to_another_speaker_or_to_a_new_one() -> None:
    result = done(BASE, ReassignUtterances(ids=[IDS[0]], speaker="Speaker_1"))
    assert [(p.speaker, p.utterances) for p in result.speakers] == [("Speaker_1", 3), ("Speaker_0", 2)]
    assert result.timeline[0].speaker_confidence == 1.0
    merged = MergeSpeakers(labels=["Speaker_1"], into="Speaker_0")
    result = done(BASE, merged, ReassignUtterances(ids=IDS[:2], speaker=None))
    assert [u.speaker for u in result.timeline] == ["Speaker_2", "Speaker_2", *["Speaker_0"] * 3]


def test_words_that_stay_keep_their_times() -> None:
    raw = BASE.timeline[1]
    markers = LexicalMarkers(
        hits=[
            MarkerHit(kind="agree", text="yes", start=0, end=3),
            MarkerHit(kind="objection_price", text="price", start=8, end=13),
            MarkerHit(kind="booster", text="high", start=17, end=21),
        ]
    )
    timeline = [*BASE.timeline]
    timeline[1] = raw.model_copy(update={"lexical_markers": markers})
    base = BASE.model_copy(update={"timeline": timeline})
    now = done(base, EditText(utterance_id=raw.utterance_id, text="Yes, the first prize is high")).timeline[1]
    assert (now.text, now.edited, now.original_text) == ("Yes, the first prize is high", True, raw.text)
    old = {word.text: word for word in raw.words}
    for word in now.words:
        same = old.get(word.text.strip(",").lower())
        if same is not None:
            assert (word.t_start, word.t_end, word.confidence) == (same.t_start, same.t_end, same.confidence)
    first, prize = now.words[2], now.words[3]
    assert first.t_start == old["price"].t_start
    assert first.t_end == prize.t_start
    assert prize.t_end == old["price"].t_end
    assert first.confidence is prize.confidence is None
    for hit in now.lexical_markers.hits:
        assert now.text[hit.start : hit.end] == hit.text
    assert [hit.kind for hit in now.lexical_markers.hits] == ["booster"]


def test_a_text_put_back_is_as_if_it_had_never_changed() -> None:
    wanted = [EditText(utterance_id=IDS[0], text="another"), EditText(utterance_id=IDS[0], text=TEXTS[0])]
    assert done(BASE, *wanted) == BASE


def test_all_words_can_be_taken_out_and_put_in() -> None:
    empty = done(BASE, EditText(utterance_id=IDS[0], text=" "))
    assert (empty.timeline[0].text, empty.timeline[0].words) == ("", [])
    again = done(empty, EditText(utterance_id=IDS[0], text="one three")).timeline[0]
    assert [(w.t_start, w.t_end) for w in again.words] == [(0.0, 0.938), (0.938, 2.5)]
    assert again.original_text == TEXTS[0]


def test_markers_come_in_order_of_time() -> None:
    late, early = AddMarker(t=9.0, key="a"), AddMarker(t=1.0, key="b")
    result = done(BASE, late, early, EditMarker(marker_id=late.marker_id, note="seen"))
    assert [(m.t, m.key, m.note) for m in result.markers] == [(1.0, "b", ""), (9.0, "a", "seen")]
    assert done(BASE, late, early, RemoveMarker(marker_id=early.marker_id)).markers[0].marker_id == late.marker_id


def test_a_tier_keeps_to_its_vocabulary_and_to_one_value_at_a_time() -> None:
    tier = AddTier(name="gaze", vocabulary=["up", "down"], speaker="Speaker_1")
    first = AddAnnotation(tier="gaze", t_start=1.0, t_end=2.0, value="up")
    result = done(BASE, tier, first, EditAnnotation(annotation_id=first.annotation_id, t_end=3.0, value="down"))
    assert [(a.t_start, a.t_end, a.value) for a in result.tiers[0].annotations] == [(1.0, 3.0, "down")]
    assert result.tiers[0].speaker == "Speaker_1"
    for bad in (
        AddAnnotation(tier="gaze", t_start=5.0, t_end=6.0, value="sideways"),
        AddAnnotation(tier="gaze", t_start=1.5, t_end=6.0, value="up"),
        AddAnnotation(tier="gaze", t_start=6.0, t_end=5.0, value="up"),
        AddTier(name="gaze"),
    ):
        with pytest.raises(InvalidError):
            done(BASE, tier, first, bad)
    assert done(BASE, tier, first, RemoveAnnotation(annotation_id=first.annotation_id)).tiers[0].annotations == []
    assert done(BASE, tier, first, RemoveTier(name="gaze")).tiers == []
    merged = done(BASE, tier, MergeSpeakers(labels=["Speaker_1"], into="Speaker_0"))
    assert merged.tiers[0].speaker == "Speaker_0"
    assert done(BASE, tier, AssignTier(name="gaze", speaker=None)).tiers[0].speaker is None


def test_an_annotation_moves_to_another_tier_and_keeps_to_its_rules() -> None:
    tiers = [AddTier(name="gaze", vocabulary=["up", "down"]), AddTier(name="hands")]
    up = AddAnnotation(tier="gaze", t_start=1.0, t_end=2.0, value="up")
    wave = AddAnnotation(tier="hands", t_start=1.5, t_end=3.0, value="wave")
    moved = EditAnnotation(annotation_id=wave.annotation_id, tier="gaze", value="down", t_start=2.0)
    gaze, hands = done(BASE, *tiers, up, wave, moved).tiers
    assert [(a.value, a.t_start) for a in gaze.annotations] == [("up", 1.0), ("down", 2.0)]
    assert hands.annotations == []
    for bad in (
        moved.model_copy(update={"t_start": 1.5}),
        moved.model_copy(update={"value": None}),
        moved.model_copy(update={"tier": "feet"}),
    ):
        with pytest.raises(StoreError):
            done(BASE, *tiers, up, wave, bad)


def test_a_judgement_says_what_was_judged_and_is_found_again_by_its_time() -> None:
    judge = Overlay(BASE.model_copy(update={"run": 1})).apply(
        Judge(target=IDS[1], score="valence", verdict="correct", value=-0.5)
    )
    here = apply_edits(BASE.model_copy(update={"run": 1}), [judge]).judgements
    assert [(j.target, j.judged, j.value, j.t_start) for j in here] == [(IDS[1], 0.4, -0.5, 3.0)]
    moved = [
        u.model_copy(update={"utterance_id": f"new_{i}", "t_start": u.t_start + 0.2})
        for i, u in enumerate(BASE.timeline)
    ]
    other = BASE.model_copy(update={"run": 2, "timeline": moved})
    assert apply_edits(other, [judge]).judgements[0].target == "new_1"
    elsewhere = other.model_copy(update={"timeline": moved[2:]})
    assert apply_edits(elsewhere, [judge]).judgements[0].target == ""
    taken_back = Judge(target=IDS[1], score="valence", verdict=None)
    assert done(BASE.model_copy(update={"run": 1}), judge, taken_back).judgements == []
    with pytest.raises(ValueError, match="value"):
        Judge(target=IDS[1], score="valence", verdict="agree", value=0.5)


@pytest.mark.parametrize(
    "unknown",
    [
        RenameSpeaker(label="Nobody", name="x"),
        MergeSpeakers(labels=["Nobody"], into="Speaker_0"),
        MergeSpeakers(labels=["Speaker_0"], into="Nobody"),
        ReassignUtterances(ids=[IDS[0], "utt_none"], speaker="Speaker_1"),
        ReassignUtterances(ids=[IDS[0]], speaker="Speaker_7"),
        EditText(utterance_id="utt_none", text="x"),
        DivideUtterance(utterance_id="utt_none", word=1),
        EditMarker(marker_id="none"),
        RemoveMarker(marker_id="none"),
        RemoveTier(name="none"),
        AddTier(name="x", speaker="Nobody"),
        AddAnnotation(tier="none", t_start=0, t_end=1),
        RemoveAnnotation(annotation_id="none"),
        Judge(target="utt_none", score="valence", verdict="agree"),
    ],
    ids=lambda operation: operation.kind,
)
def test_what_is_not_there_is_refused_in_words(unknown: Operation) -> None:
    with pytest.raises(NotFoundError, match="There is no"):
        done(BASE, unknown)


def test_five_hundred_edits_of_five_thousand_utterances_are_quick() -> None:
    random_ = random.Random(4)
    base = result_of([f"the word number {i} was said here" for i in range(5000)])
    edits: list[Operation] = [RenameSpeaker(label="Speaker_0", name="Anna"), AddTier(name="gaze")]
    for i in range(249):
        edits.append(EditText(utterance_id=f"utt_{random_.randrange(5000)}", text=f"the words number {i} were said"))
        edits.append(ReassignUtterances(ids=[f"utt_{random_.randrange(5000)}"], speaker="Speaker_1"))
    best = min(_seconds(base, edits) for _ in range(5))
    assert best < 0.5  # 50 ms are the goal, see the benchmark; a loaded machine must not fail the test


def _seconds(base: AnalysisResult, edits: list[Operation]) -> float:
    begun = time.process_time()
    apply_edits(base, edits)
    return time.process_time() - begun
