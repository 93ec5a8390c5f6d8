from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from illodesk.operations import SetDetails
from illodesk.store import Filter, Store, noted, search
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


# --- in some conversations only -------------------------------------------------------------------------------------


@pytest.mark.parametrize("few", [0, 1000], ids=["many", "few"])
def test_filters_restrict_what_is_found(store: Store, monkeypatch: pytest.MonkeyPatch, few: int) -> None:
    monkeypatch.setattr(search, "_FEW_RUNS", few)
    ids = [keep(store, "hello one", "no", "hello two", title=f"Talk {number}") for number in range(6)]
    for number in (0, 3, 4):
        store.describe({ids[number]: SetDetails(tags=["mine"])})
    store.describe({ids[3]: SetDetails(project="Fruit")})

    def found(query: str, limit: int = 50, **wanted: str) -> list[tuple[int, int]]:
        return [(ids.index(h.conversation_id), h.index) for h in store.search_among(query, Filter(**wanted), limit)]

    assert found("hello", tag="mine") == [(4, 0), (4, 2), (3, 0), (3, 2), (0, 0), (0, 2)]
    assert found("hello", project="Fruit") == [(3, 0), (3, 2)]
    assert found("hello tw", text="talk 5") == [(5, 2)]
    assert found("hello", tag="nobody's") == found("elephant", tag="mine") == found("", tag="mine") == []
    assert len(found("hello", 3, tag="mine")) == 3
    store.trash(ids[4])
    assert found("hello", tag="mine") == [(3, 0), (3, 2), (0, 0), (0, 2)]


@settings(max_examples=20, deadline=None)
@given(
    talks=st.lists(st.lists(st.sampled_from(["a b", "b c", "a", "c"]), min_size=1, max_size=4), min_size=1, max_size=8),
    chosen=st.sets(st.integers(0, 7)),
    query=st.sampled_from(["a", "b", '"a" "b"', "d", '"a b"']),
    limit=st.integers(1, 6),
)
def test_both_ways_to_search_some_conversations_find_the_same(
    talks: list[list[str]], chosen: set[int], query: str, limit: int
) -> None:
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder)) as store:
        for number, texts in enumerate(talks):
            one = keep(store, *texts)
            if number in chosen:
                store.describe({one: SetDetails(tags=["mine"])})
        among = Filter(tag="mine")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(search, "_FEW_RUNS", 0)
            scanned = store.search_among(query, among, limit)
        assert store.search_among(query, among, limit) == scanned
        mine = {c.id for c in store.list_conversations(filter=among)}
        assert store.search_among(query, among, 100) == [
            h for h in store.search(query, limit=100) if h.conversation_id in mine
        ]


# --- titles and notes -----------------------------------------------------------------------------------------------


def test_titles_and_notes_are_found(store: Store) -> None:
    one = store.add_conversation("Gespräch mit Müller").id
    two = keep(store, "hello", title="Sales")
    store.describe({two: SetDetails(notes="x " * 100 + "The Müllers\nwant a new price. " + "y " * 200, tags=["mine"])})

    def found(query: str, **wanted: str) -> list[tuple[str, str]]:
        return [(each.conversation_id, each.where) for each in store.search_notes(query, Filter(**wanted))]

    assert found("MULLER") == [(two, "notes"), (one, "title")]
    assert found('"muller"') == [(one, "title")]
    assert found("gesprach mul") == [(one, "title")]
    assert found("sales pri") == [(two, "title"), (two, "notes")]
    assert found("muller", tag="mine") == [(two, "notes")]
    assert found('"muellers"') == found("") == found("espräch") == found("hello") == []
    (noted,) = store.search_notes('"mullers want"', Filter())
    assert [noted.snippet[a:b] for a, b in noted.highlights] == ["Müllers want"]
    assert noted.snippet.startswith("…") and noted.snippet.endswith("…") and len(noted.snippet) < 200
    assert noted.analysed and not store.search_notes("gespräch", Filter())[0].analysed


@settings(max_examples=200, deadline=None)
@given(query=st.text(max_size=20), title=st.text(max_size=20), notes=st.text(max_size=300))
def test_no_text_breaks_the_search_of_titles_and_notes(query: str, title: str, notes: str) -> None:
    for each in noted.find([("id", title, notes, True)], query, 5):
        assert each.highlights and all(0 <= a < b <= len(each.snippet) for a, b in each.highlights)


@given(word=st.text(st.characters(categories=["Lu", "Ll", "Nd"]), min_size=1, max_size=8))
def test_a_word_is_found_by_itself(word: str) -> None:
    assert noted.find([("id", f"x {word} y", "", True)], f'"{word}"', 5)
