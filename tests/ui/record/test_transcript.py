"""The live transcript by itself: order, following, many turns, colours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from illodesk.schema import Event, FinalTranscriptEvent, PartialTranscriptEvent, SpeakersChangedEvent
from illodesk.ui.record import transcript
from illodesk.ui.record.feed import without_superseded
from illodesk.ui.record.transcript import LiveTranscript
from illodesk.ui.theme import Theme


def final(number: int, t: float, speaker: str = "Speaker_0", channel: int = 0) -> FinalTranscriptEvent:
    return FinalTranscriptEvent(
        utterance_id=f"u{number}",
        speaker=speaker,
        t_start=t,
        t_end=t + 1,
        text=f"words {number}",
        confidence=0.9,
        channel=channel,
    )


def partial(text: str, t: float, channel: int = 0) -> PartialTranscriptEvent:
    return PartialTranscriptEvent(partial_id=f"p{t}", text=text, t_start=t, channel=channel)


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[LiveTranscript]:
    theme = Theme("light")
    found = LiveTranscript(theme)
    qtbot.addWidget(found)
    found.resize(500, 200)
    found.show()
    yield found


def blocks(shown: LiveTranscript) -> list[str]:
    """What was said, block by block, without the line above it."""
    document = shown.document()
    texts = [document.findBlockByNumber(i).text() for i in range(document.blockCount())]
    return [text.partition(transcript.NEW_LINE)[2] for text in texts]


def test_what_comes_late_stands_where_it_was_said(shown: LiveTranscript) -> None:
    shown.take([final(1, 1.0), final(3, 9.0), partial("now", 12.0), partial("and far", 11.0, channel=1)])
    shown.take([final(2, 5.0, channel=2), final(0, 0.0, channel=2)])
    assert blocks(shown) == ["words 0", "words 1", "words 2", "words 3", "and far …", "now …"]
    shown.take([final(4, 11.0, channel=1)])
    assert blocks(shown)[-2:] == ["words 4", "now …"]
    shown.end()
    assert blocks(shown)[-1] == "words 4"


def test_a_speaker_who_turns_out_to_be_another_is_renamed_in_place(shown: LiveTranscript) -> None:
    shown.take([final(1, 1.0), final(2, 2.0)])
    shown.take([SpeakersChangedEvent(speakers={"u1": "Speaker_1"})])
    assert [turn.speaker for turn in shown.turns] == ["Speaker_1", "Speaker_0"]
    assert shown.document().findBlockByNumber(0).text().startswith("Speaker 1")
    assert blocks(shown) == ["words 1", "words 2"]


def test_only_the_newest_turns_are_shown(shown: LiveTranscript, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript, "MOST", 5)
    shown.take([final(i, float(i)) for i in range(4)] + [partial("open", 30.0)])
    shown.take([final(i, float(i), channel=1) for i in range(4, 12)])
    assert blocks(shown) == [f"words {i}" for i in range(7, 12)] + ["open …"]


def test_who_reads_above_is_left_there(shown: LiveTranscript, qtbot: QtBot) -> None:
    shown.take([final(i, float(i)) for i in range(40)])
    bar = shown.verticalScrollBar()
    assert bar.value() == bar.maximum() > 0
    bar.setValue(10)
    assert not shown.following
    shown.take([final(40, 40.0), partial("more", 50.0)])
    assert bar.value() == 10
    with qtbot.waitSignal(shown.following_changed):
        shown.follow()
    shown.take([final(41, 60.0)])
    assert bar.value() == bar.maximum()


def test_another_theme_changes_colours_and_no_words(shown: LiveTranscript) -> None:
    shown.take([final(1, 1.0), partial("open", 2.0)])
    before = shown.toPlainText()
    shown._theme.set_mode("dark")
    assert shown.toPlainText() == before
    words = shown.document().find("words 1").charFormat()
    assert words.foreground().color() == shown._theme.colour("text")


events = st.lists(
    st.one_of(
        st.builds(final, st.integers(0, 99), st.floats(0, 9), channel=st.integers(0, 1)),
        st.builds(partial, st.sampled_from("abc"), st.floats(0, 9), channel=st.integers(0, 1)),
    )
)


@given(events)
def test_leaving_out_what_is_superseded_changes_nothing_that_is_shown_in_the_end(told: list[Event]) -> None:
    def seen(all_: list[Event]) -> tuple[list[Event], dict[int, Event]]:
        finals: list[Event] = []
        open_: dict[int, Event] = {}
        for event in all_:
            if isinstance(event, PartialTranscriptEvent):
                open_[event.channel] = event
            elif isinstance(event, FinalTranscriptEvent):
                open_.pop(event.channel, None)
                finals.append(event)
        return finals, open_

    assert seen(without_superseded(told)) == seen(told)
