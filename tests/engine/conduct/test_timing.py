from __future__ import annotations

import pytest

from illodesk.engine.conduct.timing import overlap_kind, timing_of
from tests.engine.conduct.talk import say, talk


def test_gap_from_the_end_of_the_other() -> None:
    timeline = talk(("A", "how are you"), ("B", "i am fine"), gap_s=0.6)
    timing = timing_of(1, timeline)
    assert timing.gap_s == pytest.approx(0.6)
    assert timing.response_to_question
    assert timing.overlap_s == 0.0
    assert timing_of(0, timeline).gap_s is None


def test_going_on_is_no_response() -> None:
    timeline = talk(("A", "first we go there"), ("A", "then we come back"))
    timing = timing_of(1, timeline)
    assert timing.gap_s is None
    assert timing.words_in_turn == 8


def test_an_acknowledgement_while_the_other_goes_on_is_a_backchannel() -> None:
    timeline = [
        say("A", "we went to the sea and", 0, 3),
        say("B", "uh huh", 2.5, 2.9),
        say("A", "swam all day", 3.2, 5),
    ]
    assert timing_of(1, timeline).backchannel
    assert overlap_kind(timing_of(1, timeline)) == "backchannel"
    assert timing_of(2, timeline).gap_s is None
    assert timing_of(2, timeline).words_in_turn == 9


def test_a_yes_to_a_question_is_an_answer() -> None:
    timeline = talk(("A", "are you coming"), ("B", "yes"), ("A", "we leave at noon"))
    timing = timing_of(1, timeline)
    assert not timing.backchannel
    assert timing.response_to_question


def test_an_acknowledgement_that_takes_the_floor_is_none() -> None:
    timeline = talk(("A", "we went to the sea"), ("B", "okay"), ("B", "then let me tell you mine"))
    assert not timing_of(1, timeline).backchannel


@pytest.mark.parametrize(
    ("starts", "ends", "kind"),
    [(4.8, 8.0, "cooperative"), (4.2, 8.0, "interruption"), (3.0, 8.0, "competitive"), (5.2, 8.0, "none")],
)
def test_overlaps(starts: float, ends: float, kind: str) -> None:
    timeline = [say("A", "this goes on and on", 0, 5), say("B", "but listen to me now", starts, ends)]
    assert overlap_kind(timing_of(1, timeline)) == kind


def test_staying_inside_the_others_speech_takes_no_floor() -> None:
    timeline = [say("A", "this goes on and on", 0, 9), say("B", "but listen to me", 3, 5)]
    timing = timing_of(1, timeline)
    assert not timing.interruption
    assert timing.overlap_s == pytest.approx(2.0)
    assert timing_of(0, timeline).overlap_s == pytest.approx(2.0)


def test_two_others_at_once_overlap_once() -> None:
    timeline = [
        say("A", "one two three four", 0, 4),
        say("B", "five six seven", 1, 3),
        say("C", "eight nine ten", 1.5, 3),
    ]
    assert timing_of(0, timeline).overlap_s == pytest.approx(2.0)


def test_without_tables_short_sounds_acknowledge() -> None:
    timeline = [
        say("A", "wir waren am meer und dann", 0, 3, language="fr"),
        say("B", "ah", 2.0, 2.3, language="fr"),
        say("A", "nach hause gefahren", 3.1, 5, language="fr"),
    ]
    assert timing_of(1, timeline).backchannel
