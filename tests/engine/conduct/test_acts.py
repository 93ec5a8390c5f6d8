from __future__ import annotations

from illodesk.engine.conduct.acts import Acts, acts_of, turn_before
from illodesk.engine.conduct.markers import find_markers
from illodesk.schema import LexicalMarkers
from tests.engine.conduct.talk import talk


def acts(text: str, before: str = "", continues: bool = False) -> Acts:
    return acts_of(find_markers(text), [find_markers(before)] if before else [], continues)


def test_saying_yes_to_a_request_commits() -> None:
    assert acts("sure no problem", "could you send me the file").commitment >= 0.5
    assert acts("sure no problem", "it was raining all day").commitment == 0.0


def test_a_promise_commits_and_a_date_adds_to_it() -> None:
    promise = acts("i'll send it").commitment
    assert acts("i'll send it by friday").commitment > promise >= 0.5
    assert acts("i'll try").commitment < 0.5


def test_who_spoke_last_goes_on_rather_than_agrees() -> None:
    assert acts("okay then i go on with the list").agreement >= 0.5
    assert acts("okay then i go on with the list", continues=True).agreement < 0.5
    assert acts("uh huh", continues=True).agreement >= 0.5


def test_dissent_is_not_assent() -> None:
    found = acts("no i don't agree")
    assert found.disagreement >= 0.5
    assert found.agreement == 0.0


def test_halting_starts_hesitate() -> None:
    assert acts("so um").hesitation >= 0.5
    assert acts("um we went there").hesitation >= 0.5
    assert acts("we went there").hesitation == 0.0


def test_without_tables_there_are_no_acts() -> None:
    assert acts_of(LexicalMarkers(available=False, words=3)) == acts_of(LexicalMarkers())


def test_the_turn_before_is_the_other_speakers() -> None:
    timeline = talk(("A", "one"), ("A", "two"), ("A", "three"), ("B", "four"), ("B", "five"))
    turn, continues = turn_before(3, timeline)
    assert [u.text for u in turn] == ["two", "three"]
    assert not continues
    assert turn_before(4, timeline) == ([], True)
