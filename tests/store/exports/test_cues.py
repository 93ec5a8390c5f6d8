"""How utterances are cut into subtitles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.schema import AnalysisResult, Utterance, Word
from illodesk.store.exports.cues import SHORTEST_S, Cue, cues
from tests.store.samples import result_of, utterance, words_of


def said(text: str, seconds: float) -> AnalysisResult:
    """A result of one utterance by Speaker_0."""
    return with_words(words_of(text, 1.0, 1.0 + seconds))


def with_words(words: list[Word]) -> AnalysisResult:
    entry: Utterance = utterance(0, " ".join(word.text for word in words), start=1.0)
    entry = entry.model_copy(update={"words": words, "t_end": max(1.5, *(word.t_end for word in words))})
    return result_of([]).model_copy(update={"timeline": [entry]})


def texts(found: list[Cue]) -> list[str]:
    return [" ".join(cue.lines) for cue in found]


def seconds(cue: Cue) -> float:
    return (cue.end_ms - cue.start_ms) / 1000


@st.composite
def spoken(draw: st.DrawFn) -> list[Word]:
    """Words of any length that follow each other, some at once, some after a pause."""
    found, at = [], 1.0
    for text in draw(st.lists(st.text("abcde", min_size=1, max_size=14), min_size=1, max_size=60)):
        start = at + draw(st.sampled_from([0.0, 0.05, 1.0]))
        at = start + draw(st.floats(0.02, 0.8))
        mark = draw(st.sampled_from(["", "", "", ",", "."]))
        found.append(Word(text=text + mark, t_start=start, t_end=at, confidence=0.5))
    return found


@given(words=spoken(), length=st.integers(10, 60), most=st.integers(1, 4), named=st.booleans())
def test_no_word_is_lost_no_line_is_too_long_and_time_goes_on(
    words: list[Word], length: int, most: int, named: bool
) -> None:
    found = cues(with_words(words), length, most, named=named)
    lines = [line for cue in found for line in cue.lines]
    assert all(len(line) <= length or " " not in line for line in lines)
    name = "Speaker 0: " if named else ""
    assert all(text.startswith(name) for text in texts(found))
    assert " ".join(text.removeprefix(name) for text in texts(found)) == " ".join(word.text for word in words)
    times = [at for cue in found for at in (cue.start_ms, cue.end_ms)]
    assert times == sorted(times) and all(cue.start_ms < cue.end_ms for cue in found)
    for cue in found:
        text = " ".join(cue.lines).removeprefix(name)
        assert len(cue.lines) <= most or " " not in text, "more lines only where a name leaves no room for one word"


@given(count=st.integers(2, 80), rate=st.floats(0.5, 3.0), named=st.booleans())
def test_none_is_gone_before_it_is_read(count: int, rate: float, named: bool) -> None:
    """At two words a second or so, whatever the number of words left over."""
    found = cues(said(" ".join(["seven77"] * count), count / rate), named=named)
    assert min(map(seconds, found)) >= min(SHORTEST_S, count / rate) - 0.002


def test_pieces_are_of_about_equal_length() -> None:
    text = " ".join(["seven77"] * 11)  # 87 characters, three more than two lines hold
    found = cues(said(text, 5.5))
    assert sorted(len(piece.split()) for piece in texts(found)) == [5, 6]


def test_a_cut_is_rather_where_a_sentence_ends() -> None:
    text = "I would rather pay it every month than at once. So tell me what that would cost for the two of us and Bob"
    assert texts(cues(said(text, 9.0))) == [
        "I would rather pay it every month than at once.",
        "So tell me what that would cost for the two of us and Bob",
    ]


def test_what_fits_is_not_cut() -> None:
    assert len(cues(said("Yes. No. Well, perhaps.", 4.0))) == 1


def test_a_name_takes_its_room_in_every_subtitle() -> None:
    named = cues(said(" ".join(["seven77"] * 20), 10.0), 30, 2, named=True)
    assert all(cue.lines[0].startswith("Speaker 0: seven77") for cue in named)
    assert max(len(line) for cue in named for line in cue.lines) <= 30


@pytest.mark.parametrize("most", [1, 2])
def test_a_word_that_has_no_room_beside_the_name_stands_below_it(most: int) -> None:
    [cue] = cues(said("Donaudampfschifffahrt", 2.0), 22, most, named=True)
    assert cue.lines == ["Speaker 0:", "Donaudampfschifffahrt"]


def test_words_that_overlap_or_run_backwards_keep_their_order() -> None:
    words = [
        Word(text="seven77" * 6, t_start=start, t_end=end, confidence=0.5)
        for start, end in ((1.0, 2.2), (2.0, 3.0), (0.5, 0.9), (3.0, 4.0))
    ]
    found = cues(with_words(words), 42, 1)
    times = [at for cue in found for at in (cue.start_ms, cue.end_ms)]
    assert len(found) == 4 and times == sorted(times)
