from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine.conduct.markers import find_markers
from illodesk.schema import LexicalMarkers, Word


def kinds(text: str, language: str = "en") -> set[str]:
    return {hit.kind for hit in find_markers(text, (), language).hits if not hit.negated}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("um i was there", "filler"),
        ("it was you know hard", "discourse_filler"),
        ("maybe we should wait", "hedge"),
        ("that is definitely it", "booster"),
        ("it was extremely hot", "intensifier"),
        ("i'll send it over", "commit_strong"),
        ("we will take care of it", "commit_strong"),
        ("i'll try to come", "commit_weak"),
        ("it is ready by friday", "commit_date"),
        ("can we schedule a call", "cta"),
        ("that's too expensive for us", "objection_price"),
        ("i need to check with my boss", "objection_authority"),
        ("we already have a tool for that", "objection_need"),
        ("not right now", "objection_timing"),
        ("how do i know it works", "objection_trust"),
        ("my concern is the risk", "objection_concern"),
        ("you're right", "agreement"),
        ("no i don't think so", "disagreement"),
        ("uh huh", "backchannel"),
        ("i'm confused by this", "confusion"),
        ("could you say that again", "repair_request"),
        ("i don't know", "no_knowledge"),
        ("this is ridiculous", "frustration"),
        ("tell me more about it", "interest"),
        ("thank you so much", "gratitude"),
        ("i'm so sorry about that", "apology"),
        ("good morning everyone", "greeting"),
        ("have a nice day", "closing"),
        ("okay moving on to the budget", "topic_cue"),
        ("however it rained", "contrast"),
    ],
)
def test_kinds_are_found_with_and_without_punctuation(text: str, kind: str) -> None:
    assert kind in kinds(text)
    assert kind in kinds(f"{text[0].upper()}{text[1:]}.")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ähm das war so", "filler"),
        ("vielleicht klappt das", "hedge"),
        ("ich schicke es ihnen", "commit_strong"),
        ("ich versuche es mal", "commit_weak"),
        ("bis freitag ist es fertig", "commit_date"),
        ("das ist zu teuer", "objection_price"),
        ("das stimmt", "agreement"),
        ("das stimmt nicht", "disagreement"),
        ("mhm", "backchannel"),
        ("keine ahnung", "no_knowledge"),
        ("kommen wir zum nächsten punkt", "topic_cue"),
        ("was meinst du damit", "question"),
    ],
)
def test_german(text: str, kind: str) -> None:
    assert kind in kinds(text, "de")


def test_other_languages_say_not_available() -> None:
    found = find_markers("je ne sais pas", (), "fr")
    assert not found.available
    assert not found.hits
    assert found.words == 4


def test_spans_quote_the_text_as_it_was_written() -> None:
    text = "Well, I’ll SEND it — by Friday, I guess."
    hits = {hit.kind: hit for hit in find_markers(text).hits}
    assert hits["commit_strong"].text == "I’ll SEND"
    assert text[hits["commit_date"].start : hits["commit_date"].end] == "by Friday"


def test_negation_reaches_three_words_and_stops_at_clauses() -> None:
    def negated(text: str) -> bool:
        return next(hit for hit in find_markers(text).hits if hit.kind == "booster").negated

    assert negated("i am not at all definitely there")
    assert not negated("i am not there but definitely here")
    assert not negated("it is not there. definitely here")
    assert "booster" not in find_markers("that is not definitely so").counts


def test_one_span_counts_once_per_kind() -> None:
    found = find_markers("i'm not sure i'm not sure")
    assert found.counts["hedge"] == 2.0
    assert found.hedges == 2


def test_a_tried_promise_is_not_a_strong_one() -> None:
    assert "commit_strong" not in kinds("i'll try to send it by friday")
    assert "commit_strong" not in kinds("i won't send it")


def test_fillers_do_not_hide_what_was_said() -> None:
    assert kinds("i uh will um send it") >= {"commit_strong", "filler"}
    assert kinds("i don't um agree") >= {"disagreement"}
    assert "agreement" not in kinds("i don't um agree")


@pytest.mark.parametrize("text", ["the the house", "i was i was there", "we uh we went", "th- there it is"])
def test_repairs(text: str) -> None:
    assert find_markers(text).self_repairs == 1


@pytest.mark.parametrize("text", ["no no no", "very very good", "bye bye", "two two five"])
def test_emphasis_is_not_repair(text: str) -> None:
    assert find_markers(text).self_repairs == 0


def test_a_long_pause_makes_a_repetition_a_new_start() -> None:
    def words(pause: float) -> list[Word]:
        return [Word(text="house", t_start=0.0, t_end=0.4), Word(text="house", t_start=0.4 + pause, t_end=1.0 + pause)]

    assert find_markers("house house", words(0.1)).self_repairs == 1
    assert find_markers("house house", words(3.0)).self_repairs == 0


@pytest.mark.parametrize(
    "text",
    [
        "what do you think",
        "is it ready",
        "so how much is that",
        "you're coming?",
        "it is late isn't it",
        "okay do you agree",
    ],
)
def test_questions(text: str) -> None:
    assert find_markers(text).questions == 1


@pytest.mark.parametrize(
    "text", ["i know what it is", "that is what he did", "when i came home", "so do i", "what a day"]
)
def test_not_questions(text: str) -> None:
    assert find_markers(text).questions == 0


def test_a_right_that_asks_is_no_agreement_in_writing() -> None:
    assert "backchannel" in kinds("right.")
    assert find_markers("right?").questions == 1


def test_nothing_said() -> None:
    assert find_markers("") == LexicalMarkers()
    assert find_markers(" … ?!").words == 0


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_any_text_gives_spans_inside_it(text: str) -> None:
    found = find_markers(text)
    assert found == find_markers(text)
    for hit in found.hits:
        assert text[hit.start : hit.end] == hit.text
        assert hit.text


WORDS = st.lists(
    st.sampled_from("i we will maybe send it by friday definitely not sure agree no yes but what".split()), min_size=1
)


@settings(max_examples=60, deadline=None)
@given(WORDS, st.integers(min_value=1, max_value=20))
def test_fillers_change_no_marker_of_stance(words: list[str], count: int) -> None:
    plain = find_markers(" ".join(words))
    mixed = find_markers(" ".join(f"{word} um" if i < count else word for i, word in enumerate(words)))
    for kind in ("hedge", "booster", "commit_strong", "commit_weak", "disagreement", "no_knowledge"):
        assert plain.counts.get(kind) == mixed.counts.get(kind)
    assert mixed.fillers > plain.fillers


@pytest.mark.parametrize("text", ["i will tell you in one second", "it is done in a moment", "in five minutes"])
def test_at_once_is_no_date(text: str) -> None:
    assert "commit_date" not in find_markers(text).counts
    assert "commit_date" in find_markers("it is done in two days").counts
