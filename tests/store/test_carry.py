"""What is carried over from one analysis to the next."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from illodesk.operations import AddTier, AssignTier, EditText, MergeSpeakers, Operation, RenameSpeaker
from illodesk.schema import AnalysisResult
from illodesk.store.carry import carried_over, shared_talk
from illodesk.store.overlay import apply_edits
from tests.store.samples import result_of, utterance


def talk(labels: str, texts: str = "some words") -> AnalysisResult:
    """A result whose utterances, one every three seconds, are of the speakers with these numbers."""
    timeline = [utterance(i, texts, f"Speaker_{label}") for i, label in enumerate(labels)]
    return AnalysisResult(timeline=timeline, utterances=len(timeline))


def corrected(result: AnalysisResult, *done: Operation) -> AnalysisResult:
    return apply_edits(result, done)


def named(label: str, name: str) -> RenameSpeaker:
    return RenameSpeaker(label=f"Speaker_{label}", name=name)


def test_names_go_with_the_talk_whatever_the_numbers() -> None:
    done = [named("0", "Anna"), named("1", "Berta")]
    carried = carried_over(corrected(talk("001010"), *done), done, talk("112121"))
    result = apply_edits(talk("112121"), carried)
    assert result.speaker_names == {"Speaker_1": "Anna", "Speaker_2": "Berta"}


def test_a_name_is_given_to_one_only() -> None:
    done = [named("0", "Anna")]
    assert carried_over(corrected(talk("0000"), *done), done, talk("0111")) == [named("1", "Anna")]


def test_two_names_that_meet_in_one_speaker_leave_the_one_who_spoke_more() -> None:
    done = [named("0", "Anna"), named("1", "Berta")]
    assert carried_over(corrected(talk("0011101"), *done), done, talk("0000000")) == [named("0", "Berta")]


def test_no_name_goes_to_whom_it_hardly_ever_was() -> None:
    done = [named("0", "Anna"), named("1", "Berta")]
    old = corrected(talk("000111"), *done)
    assert carried_over(old, done, talk("000002")) == [named("0", "Anna"), named("2", "Berta")]
    late = talk("000000")
    brief = utterance(9, "oh", "Speaker_2", start=2.4)
    late = late.model_copy(update={"timeline": [late.timeline[0], brief, *late.timeline[1:]]})
    assert named("2", "Berta") not in carried_over(old, done, late)


def test_merged_speakers_are_merged_again_unless_the_speakers_were_told_anew() -> None:
    done = [MergeSpeakers(labels=["Speaker_2"], into="Speaker_0"), named("0", "Anna")]
    old, new = corrected(talk("0120020"), *done), talk("2102202")
    assert apply_edits(new, carried_over(old, done, new)).timeline[2].speaker == "Speaker_2"
    assert {u.speaker for u in apply_edits(new, carried_over(old, done, new)).timeline} == {"Speaker_1", "Speaker_2"}
    apart = apply_edits(new, carried_over(old, done, new, merges=False))
    assert len({u.speaker for u in apart.timeline}) == 3
    assert list(apart.speaker_names.values()) == ["Anna"]


def test_a_merge_is_not_repeated_where_a_label_holds_others_too() -> None:
    done = [MergeSpeakers(labels=["Speaker_2"], into="Speaker_0")]
    old, new = corrected(talk("0120020"), *done), talk("0010000")
    assert not [o for o in carried_over(old, done, new) if isinstance(o, MergeSpeakers)]


def test_texts_stay_where_the_same_was_recognised() -> None:
    done = [EditText(utterance_id="utt_0", text="other words"), EditText(utterance_id="utt_1", text="more words")]
    old, new = corrected(talk("01"), *done), talk("01")
    assert carried_over(old, done, new) == done
    heard_otherwise = [new.timeline[0].model_copy(update={"text": "sum birds"}), new.timeline[1]]
    assert carried_over(old, done, new.model_copy(update={"timeline": heard_otherwise})) == done[1:]


def test_a_tier_follows_its_speaker() -> None:
    done = [AddTier(name="gaze", speaker="Speaker_0"), AddTier(name="noise")]
    assert carried_over(corrected(talk("001"), *done), done, talk("110")) == [
        AssignTier(name="gaze", speaker="Speaker_1")
    ]


spans = st.lists(st.tuples(st.floats(0, 50), st.floats(0.1, 10), st.sampled_from("ab")), max_size=12)


@given(spans, spans)
def test_shared_talk_is_what_a_count_of_every_pair_gives(one: list, other: list) -> None:
    def timeline(given_: list) -> list:
        base = result_of(["x"]).timeline[0]
        return [
            base.model_copy(update={"t_start": start, "t_end": start + length, "speaker": label})
            for start, length, label in sorted(given_)
        ]

    old, new = timeline(one), timeline(other)
    expected: dict[tuple[str, str], float] = {}
    for now in new:
        for before in old:
            seconds = min(now.t_end, before.t_end) - max(now.t_start, before.t_start)
            if seconds > 0:
                pair = (before.speaker, now.speaker)
                expected[pair] = expected.get(pair, 0.0) + seconds
    found = shared_talk(old, new)
    assert found.keys() == expected.keys()
    assert all(abs(found[pair] - expected[pair]) < 1e-9 for pair in found)
