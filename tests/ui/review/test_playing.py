"""Playing on the review page: the right word is marked, a click goes to its second, a loop comes back."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from pytestqt.qtbot import QtBot

from illodesk.ui.review.page import ReviewPage
from tests.ui.review.conftest import LENGTH_S, Library, result_of

Opener = Callable[..., ReviewPage]

HEARD_WITHIN_S = 0.02


def word_at(t: float) -> str:
    """The word that is said at a second, by the result itself."""
    words = [word for u in result_of().timeline for word in u.words]
    return next((word.text for word in words if word.t_start <= t < word.t_end), "")


def marked_word(page: ReviewPage) -> str:
    """The word that is shown as being heard; empty where none is."""
    transcript = page.transcript
    if transcript._playing_word is None:
        return ""
    return transcript.utterance(transcript._playing_row).text[slice(*transcript._playing_word)]


def middle_of(page: ReviewPage, row: int, word: int) -> QPoint:
    """The middle of a word in the viewport; the row must be in sight."""
    shape = page.transcript._shape(row)
    place = shape.words[word]
    line = shape.text.lineForTextPosition(place.start)
    x = (line.cursorToX(place.start)[0] + line.cursorToX(place.end)[0]) / 2  # type: ignore[index]
    return (page.transcript._text_origin(row) + QPointF(x, line.y() + line.height() / 2)).toPoint()


@pytest.mark.parametrize("t", [0.0, 0.49, 0.5, 3.2, 4.6, 7.4, 9.1, 11.4])
def test_the_word_at_the_playhead_is_marked(open_page: Opener, t: float) -> None:
    page = open_page()
    page.playhead.seek(t)
    assert marked_word(page) == word_at(t)


def test_the_mark_follows_what_is_heard(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    told: list[tuple[float, str]] = []
    page.playhead.moved.connect(lambda t: told.append((t, marked_word(page))))
    page.playhead.play(3.0)
    qtbot.waitUntil(lambda: len({word for _, word in told}) >= 3, timeout=8000)
    page.playhead.pause()
    assert all(word == word_at(t) for t, word in told)
    times = [t for t, _ in told]
    assert times == sorted(times)


def test_a_click_on_a_word_goes_to_its_second(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    for row, word in ((0, 2), (1, 1), (3, 3)):
        page.transcript.show_row(row)
        qtbot.mouseClick(page.transcript.viewport(), Qt.MouseButton.LeftButton, pos=middle_of(page, row, word))
        wanted = page.transcript.utterance(row).words[word].t_start
        assert abs(page.playhead.position - wanted) < HEARD_WITHIN_S
        assert page.inspector.shown == ("utterance", f"utt_{row:04d}")


def test_a_click_in_the_lanes_goes_to_its_second(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    qtbot.waitUntil(lambda: bool(page.lanes.rows))
    strip = page.lanes.rows[0].strip
    x = strip.width() // 3
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(x, strip.height() // 2))
    wanted = page.lanes.axis.start_s + (x + 0.5) / strip.width() * page.lanes.axis.span_s
    pixel_s = page.lanes.axis.span_s / strip.width()
    assert abs(page.playhead.position - wanted) < max(HEARD_WITHIN_S, pixel_s)


def test_playing_goes_on_from_where_was_clicked_while_it_plays(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.playhead.play()
    qtbot.waitUntil(lambda: page.playhead.position > 0.05)
    page.playhead.seek(9.0)
    qtbot.waitUntil(lambda: page.playhead.position > 9.05)
    assert page.playhead.playing


def test_the_selection_is_played_again_and_again(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    qtbot.waitUntil(lambda: page.lanes.data is not None)
    page.lanes.select(3.0, 3.4)
    times: list[float] = []
    page.playhead.moved.connect(times.append)
    page.context.commands.run("review.loop")
    assert page.playhead.loop == (3.0, 3.4)
    qtbot.waitUntil(lambda: sum(b < a - 0.1 for a, b in pairwise(times)) >= 2, timeout=8000)
    assert all(2.9 <= t <= 3.5 for t in times[2:])
    page.context.commands.run("review.loop")
    assert page.playhead.loop is None


def test_a_clip_of_a_voice_ends_where_it_ends(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.speakers.play.emit(3.0, 3.3)
    assert page.playhead.playing
    qtbot.waitUntil(lambda: not page.playhead.playing)
    assert 3.25 <= page.playhead.position < LENGTH_S


def test_the_speed_is_chosen(open_page: Opener) -> None:
    page = open_page()
    page.context.commands.run("review.faster")
    assert page.playhead.speed == 1.25
    assert page.transport.speed.currentData() == 1.25
    page.context.commands.run("review.slower")
    page.context.commands.run("review.slower")
    assert page.playhead.speed == 0.75


def test_keys_play_and_step(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.setFocus()
    page.playhead.seek(0.0)
    for command, wanted in (
        ("review.forward_second", 1.0),
        ("review.forward", 6.0),
        ("review.back", 1.0),
        ("review.next_turn", 3.0),
        ("review.next_turn", 6.0),
        ("review.previous_turn", 3.0),
        ("review.forward_tenth", 3.1),
    ):
        page.context.commands.run(command)
        assert abs(page.playhead.position - wanted) < HEARD_WITHIN_S, command
    page.context.commands.run("review.play")
    assert page.playhead.playing
    page.context.commands.run("review.play")
    assert not page.playhead.playing


def test_enter_plays_the_selected_turn(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.select_row(2)
    page.transcript.setFocus()
    qtbot.keyClick(page.transcript, Qt.Key.Key_Return)
    assert page.playhead.playing
    qtbot.waitUntil(lambda: page.playhead.position > 6.0)


def test_scrolling_ends_following_and_a_command_brings_it_back(open_page: Opener) -> None:
    page = open_page()
    assert page.transcript.following
    page.transcript.select_row(3)
    assert not page.transcript.following
    page.context.commands.run("review.follow")
    assert page.transcript.following


def test_leaving_the_page_ends_the_sound(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.playhead.play(2.0)
    page.context.open_page("settings")
    assert not page.playhead.playing
    stopped = page.playhead.position
    assert stopped >= 2.0
    qtbot.wait(100)
    assert page.playhead.position == stopped


def test_without_a_recording_the_playhead_is_still_put(open_page: Opener, library: Library) -> None:
    page = open_page(library.other)
    page.playhead.seek(4.0)
    assert page.playhead.position == 4.0
    assert not page.context.commands.enabled("review.play")
    page.playhead.seek(99.0)
    assert page.playhead.position == LENGTH_S


def test_the_volume_holds_for_all_channels_and_after_the_page_was_left(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transport.volume.setValue(40)
    page.playhead.set_gain(0, 0.5)
    page.playhead.seek(1.0)
    player = page.playhead._player
    assert player is not None and player._gains.tolist() == pytest.approx([0.2])
    assert not page.transport.meter.isVisible()
    page.closed()
    page.playhead.play()
    player = page.playhead._player
    assert player is not None and player._gains.tolist() == pytest.approx([0.2])
    qtbot.waitUntil(page.transport.meter.isVisible)
