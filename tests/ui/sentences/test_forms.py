"""Forms recognise what has them and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from illodesk.ui.sentences.forms import NUMBER, SAID, TIME, WHO, Forms, Listing, Plain
from illodesk.ui.words import isolated

COLOURS = Forms(("red", "pale blue"), {})
FORMS = Forms(
    ("{who} says “{said}” {time}", "{n} of {n2}", "{colours}."),
    {"who": WHO, "said": SAID, "time": TIME, "n": NUMBER, "colours": Listing(COLOURS)},
)


@given(st.text(max_size=40), st.integers(0, 9), st.integers(0, 59))
def test_whatever_was_said_stays_as_it_was_said(said: str, speaker: int, minute: int) -> None:
    text = f"Speaker_{speaker} says “{said}” [{minute:02d}:07]"
    assert FORMS.worded(text) == text.replace(f"“{said}”", f"“{isolated(said)}”")


def test_a_sentence_of_no_form_is_not_known() -> None:
    assert FORMS.worded("Somebody says “no” [00:01]") is None
    assert FORMS.worded("green.") is None
    assert FORMS.worded("red, green and pale blue.") is None


def test_a_list_is_worded_one_by_one() -> None:
    shouted = Listing(Plain(r"\w+", str.upper))
    assert shouted.worded("a, b and c") == "A, B and C"
    assert shouted.worded("a; b") is None
    assert Listing(Plain(r"\w+", str.upper), "; ").worded("a; b") == "A; B"


def test_sentences_follow_each_other() -> None:
    assert FORMS.worded_all("red. pale blue and red.") == "red. pale blue and red."
    assert FORMS.worded_all("red. green.") is None


def test_a_quotation_ends_before_the_next_begins() -> None:
    quoted = Forms(("{time} “{said}”",), {"time": TIME, "said": Plain(r".*?", str.upper)})
    assert quoted.worded_all("[00:01] “a. b” [00:02] “c”") == "[00:01] “A. B” [00:02] “C”"


def test_numbers_have_the_decimal_mark_of_the_language(german: None) -> None:
    assert FORMS.worded("-0.25 of +1.5") == "−0,25 of +1,5"


def test_nothing_is_compiled_once_they_are_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    colours = Forms(("black", "white"), {})
    forms = Forms(("{colours}, at {time}",), {"colours": Listing(colours), "time": TIME})
    forms.get_ready()
    with monkeypatch.context() as patch:
        patch.setattr("illodesk.ui.sentences.forms.re", None)
        assert forms.worded("black and white, at [00:07]") == "black and white, at [00:07]"
