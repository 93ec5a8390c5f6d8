from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from illodesk.store import Store
from illodesk.store.search import match_expression
from tests.store.samples import result_of


def keep(store: Store, *texts: str, title: str = "A talk") -> str:
    conversation = store.add_conversation(title)
    store.finish_run(store.start_run(conversation.id).id, result_of(texts))
    return conversation.id


def test_hits_say_where_and_when(store: Store) -> None:
    conversation = keep(store, "we begin", "the price is too high for us", title="Sales")
    (hit,) = store.search("price")
    assert (hit.conversation_id, hit.title, hit.run, hit.index) == (conversation, "Sales", 1, 1)
    assert (hit.utterance_id, hit.speaker, hit.t_start, hit.t_end) == ("utt_1", "Speaker_1", 3.0, 5.5)
    assert hit.snippet == "the price is too high for us"
    assert [hit.snippet[a:b] for a, b in hit.highlights] == ["price"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("MULLER", True),
        ("Müller", True),
        ("gross", False),
        ("preis müller", True),
        ("mül", True),
        ("mül preis", False),
        ('"der preis"', True),
        ('"preis der"', False),
        ('"der pre"', False),
        ("don't", True),
        ("dont", False),
        ("absent", False),
        ("", False),
        ("  ", False),
        ('"', False),
        ("-- * ( ) : ^", False),
        ("NOT preis", False),
        ("preis OR", False),
        ("text:preis", False),
        ("preis*", True),
    ],
)
def test_queries_are_words_and_never_syntax(store: Store, query: str, found: bool) -> None:
    keep(store, "Herr Müller, der Preis ist zu groß, I don't like it")
    assert bool(store.search(query)) is found


def test_hits_come_latest_conversation_first_and_in_order_of_time(store: Store) -> None:
    old = keep(store, "hello one", "hello two")
    new = keep(store, "hello three", "hello four")
    assert [(h.conversation_id, h.index) for h in store.search("hello")] == [(new, 0), (new, 1), (old, 0), (old, 1)]
    assert [h.index for h in store.search("hello", old)] == [0, 1]
    assert len(store.search("hello", limit=3)) == 3
    assert len(store.search("hello", limit=3, offset=3)) == 1
    assert store.search("hello", "analysis_0000000000") == []
    assert store.search("hello", limit=0) == []


LATIN = [chr(point) for point in range(0x30, 0x17F) if re.fullmatch("[0-9A-Za-zÀ-ÖØ-öø-ž]", chr(point))]


def test_the_beginning_of_a_word_finds_it_whatever_its_letters(store: Store) -> None:
    keep(store, *(f"such {letter}ab{letter}e now" for letter in LATIN))
    for letter in LATIN:
        for typed in (f"{letter}ab{letter}", f"{letter}ab{letter}e"):
            assert letter in "".join(hit.snippet for hit in store.search(typed)), typed
    for letter in "äéÅñŽ":
        assert store.search(f"{letter}AB{letter}".upper()) == store.search(f"{letter}ab{letter}".lower()) != []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(
    words=st.lists(st.text("abé", min_size=1, max_size=7), min_size=1, max_size=30),
    typed=st.text("abé", min_size=1, max_size=7),
    also=st.sampled_from(["", "b ", '"a" ']),
)
def test_the_beginning_of_a_word_finds_every_word_that_begins_so(words: list[str], typed: str, also: str) -> None:
    texts = [" ".join(words[place : place + 3]) for place in range(len(words))]
    plain = [text.replace("é", "e") for text in texts]
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        keep(store, *texts)
        other, beginning = also.strip(' "'), typed.replace("é", "e")
        wanted = [
            place
            for place, text in enumerate(plain)
            if any(word.startswith(beginning) for word in text.split()) and (not other or other in text.split())
        ]
        assert [hit.index for hit in store.search(also + typed, limit=100)] == wanted


def test_a_beginning_of_very_many_words_is_found_too(store: Store) -> None:
    keep(store, *(f"word{number} here" for number in range(300)))
    assert len(store.search("word", limit=400)) == 300
    assert [hit.snippet for hit in store.search("word299")] == ["word299 here"]


def test_long_utterances_give_a_short_snippet(store: Store) -> None:
    keep(store, " ".join(["before"] * 200 + ["needle"] + ["after"] * 200))
    (hit,) = store.search("needle")
    assert len(hit.snippet.split()) < 30
    assert [hit.snippet[a:b] for a, b in hit.highlights] == ["needle"]
    assert hit.snippet.startswith("…") and hit.snippet.endswith("…")


def test_control_characters_in_speech_do_not_spoil_the_marks(store: Store) -> None:
    keep(store, "a \x02strange\x03 \x00 text")
    (hit,) = store.search("strange")
    assert hit.snippet == "a  strange    text"
    assert [hit.snippet[a:b] for a, b in hit.highlights] == ["strange"]


@pytest.fixture(scope="module")
def library() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        keep(store, "the quick brown fox", 'says "no" and (perhaps) yes')
        yield store


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60) | st.text(alphabet="ab\"*():^-+{}\\'ORAND NT\x00", max_size=40))
def test_no_input_breaks_the_search(library: Store, query: str) -> None:
    for hit in library.search(query):
        assert hit.highlights


def test_very_long_input_is_cut() -> None:
    assert match_expression("word " * 5000).count('"') == 48
