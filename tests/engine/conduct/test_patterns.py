from __future__ import annotations

import re

import pytest

from illodesk.engine.conduct.patterns import PhraseError, parse_phrase, split_phrases

LISTS = {"day": "monday, tuesday", "verb": "send, hand over"}


def matches(phrase: str, text: str) -> bool:
    return re.fullmatch(parse_phrase(phrase, LISTS).regex, text) is not None


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("kind of", "kind of"),
        ("(not|never) sure", "never sure"),
        ("by [next] <day>", "by monday"),
        ("by [next] <day>", "by next tuesday"),
        ("i <verb> it", "i hand over it"),
        ("take _ away", "take it away"),
        ("if * works", "if that really works"),
        ("if * works", "if works"),
        ("the (next (one|step)|end)", "the next step"),
        ("uh huh", "uh-huh"),
        ("yes sir", "yes, sir"),
    ],
)
def test_phrases_match(phrase: str, text: str) -> None:
    assert matches(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"), [("i", "i'll"), ("may", "maybe"), ("if * works", "if one two three four works"), ("a b", "a")]
)
def test_phrases_do_not_match(phrase: str, text: str) -> None:
    assert re.match(parse_phrase(phrase, LISTS).regex, text) is None


def test_first_words_pass_optional_parts() -> None:
    assert parse_phrase("[really|so] (good|bad) <day>", LISTS).starts == {"really", "so", "good", "bad"}


@pytest.mark.parametrize("phrase", ["_ please", "(a|b", "a)", "by <year>", "[only]", "what?"])
def test_unreadable_phrases_are_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        parse_phrase(phrase, LISTS)


def test_blocks_are_split_at_commas() -> None:
    assert split_phrases("one,  two\n words,\n") == ["one", "two words"]
