"""The affect plane: which turns are points of it, how they spread, and how they are read, chosen and restricted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from illodesk.schema import Emotion, Score, Utterance
from illodesk.ui.review.affect import AffectPlane
from illodesk.ui.review.affect.points import ENOUGH, ellipse, points_of
from illodesk.ui.review.page import ReviewPage
from tests.ui.review.conftest import Library, result_of
from tests.ui.test_plotting import move_mouse

Opener = Callable[..., ReviewPage]

VALUES = ((0.6, 0.5), (-0.7, 0.4), (-0.5, -0.6), (0.5, -0.5))
one_value = st.none() | st.floats(-1, 1)


def said(i: int, valence: float | None, arousal: float | None, **more: object) -> Utterance:
    emotion = Emotion(valence=valence, arousal=arousal, confidence=0.5)
    return Utterance(
        utterance_id=f"u{i}", speaker=f"Speaker_{i % 2}", t_start=i, t_end=i + 0.8, emotion=emotion, **more
    )


@given(st.lists(st.tuples(one_value, one_value), max_size=20))
def test_every_turn_is_a_point_or_counted_as_unknown(values: list[tuple[float | None, float | None]]) -> None:
    timeline = [said(i, *both) for i, both in enumerate(values)]
    points = points_of(timeline)
    assert len(points.utterances) + points.unknown == len(timeline)
    assert points.at.tolist() == [[v, a] for v, a in values if v is not None and a is not None]
    assert [points.utterances[i].speaker for i in points.of("Speaker_1")] == [
        u.speaker for u in points.utterances if u.speaker == "Speaker_1"
    ]


def test_a_stretch_holds_what_lies_in_it_at_least_in_part() -> None:
    timeline = [said(i, 0.1, None if i == 3 else 0.2) for i in range(6)]
    points = points_of(timeline, (1.5, 4.0))
    assert [u.utterance_id for u in points.utterances] == ["u1", "u2"]
    assert points.unknown == 1


def test_a_point_is_as_sure_as_the_less_sure_of_its_values() -> None:
    evidence = {"valence": Score(value=0.1, confidence=0.9), "arousal": Score(value=0.1, confidence=0.3)}
    points = points_of([said(0, 0.1, 0.1, evidence=evidence), said(1, 0.1, 0.1)])
    assert points.confidence.tolist() == [0.3, 0.5]


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=ENOUGH, max_size=30), st.floats(0, 6.2))
def test_an_ellipse_goes_around_the_mean_and_turns_with_the_points(
    values: list[tuple[float, float]], angle: float
) -> None:
    at = np.array(values)
    outline = ellipse(at)
    assert outline is not None
    assert outline[:-1].mean(axis=0) == pytest.approx(at.mean(axis=0), abs=1e-9)
    assert outline[0] == pytest.approx(outline[-1], abs=1e-9)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = ellipse(at @ turn.T)
    assert turned is not None
    assert extent(turned) == pytest.approx(extent(outline), abs=1e-3)


def extent(outline: np.ndarray) -> list[float]:
    """Longest and shortest way from the middle."""
    ways = np.linalg.norm(outline[:-1] - outline[:-1].mean(axis=0), axis=1)
    return [float(ways.max()), float(ways.min())]


def test_an_ellipse_is_one_standard_deviation_wide() -> None:
    at = np.array([(x, y) for x in (-0.5, 0.5) for y in (-0.2, 0.2)] * 50)
    outline = ellipse(at)
    assert outline is not None
    assert np.abs(outline).max(axis=0) == pytest.approx(at.std(axis=0, ddof=1), rel=1e-2)
    assert ellipse(at[: ENOUGH - 1]) is None


# --- on the page ------------------------------------------------------------------------------------------------------


@pytest.fixture
def talk(library: Library) -> str:
    """A talk of four turns, one in each quadrant, and a fifth of which nothing is known."""
    result = result_of(("one", "two", "three", "four", "what <b>was</b> that"))
    for utterance, (valence, arousal) in zip(result.timeline, VALUES, strict=False):
        utterance.emotion.valence, utterance.emotion.arousal = valence, arousal
    result.timeline[4].emotion.arousal = None
    store = library.desk._store
    conversation = store.add_conversation("Moods")
    store.finish_run(store.start_run(conversation.id).id, result)
    return conversation.id


@pytest.fixture
def plane(qtbot: QtBot, open_page: Opener, talk: str) -> AffectPlane:
    page = open_page(talk)
    page.context.commands.run("review.affect")
    assert page.side.currentWidget() is page.affect
    qtbot.waitUntil(lambda: page.affect.count.text() != "")
    return page.affect


def page_of(plane: AffectPlane) -> ReviewPage:
    page = plane.window().current_page  # type: ignore[attr-defined]
    assert isinstance(page, ReviewPage)
    return page


def test_what_is_known_is_shown_and_the_rest_counted(plane: AffectPlane) -> None:
    assert plane.count.text() == "Turns: 4 · without enough evidence: 1"
    assert plane.plot is not None
    assert plane.plot.view.accessibleDescription().startswith("Speaker 0: 2 turns, on average valence +0.05")
    assert len(plane.plot.legend.items) == 2


def test_arrows_go_through_the_turns_in_order_and_enter_picks_one(plane: AffectPlane) -> None:
    page, plot = page_of(plane), plane.plot
    assert plot is not None
    QTest.keyClick(plot.view, Qt.Key.Key_Home)
    assert plot.read_out.text() == "0:00.0  Speaker 0\nvalence +0.60, arousal +0.50\none"
    QTest.keyClick(plot.view, Qt.Key.Key_Right)
    QTest.keyClick(plot.view, Qt.Key.Key_Down)
    assert plot.read_out.text().endswith("three")
    QTest.keyClick(plot.view, Qt.Key.Key_Return)
    assert page.playhead.position == pytest.approx(6.0, abs=0.02)
    assert page.transcript.current == 2
    assert page.side.currentWidget() is page.inspector


def mouse_at(plane: AffectPlane, valence: float, arousal: float) -> QPoint:
    assert plane.plot is not None
    scene = plane.plot.box.mapViewToScene(QPointF(valence, arousal))
    point: QPoint = plane.plot.view.mapFromScene(scene)
    return point


def test_the_mouse_reads_the_turn_it_is_near_and_a_click_picks_it(plane: AffectPlane) -> None:
    page, plot = page_of(plane), plane.plot
    assert plot is not None
    there = mouse_at(plane, *VALUES[1]) + QPoint(5, 3)
    move_mouse(plot.view, there)
    assert plot.read_out.text().endswith("two")
    QTest.mouseClick(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=there)
    assert page.transcript.current == 1
    plot.point(QPointF(0.0, 0.9))
    assert plot.read_out.text().startswith("Point with the mouse")


def test_the_selection_of_the_lanes_restricts_it(plane: AffectPlane, qtbot: QtBot) -> None:
    page = page_of(plane)
    qtbot.waitUntil(lambda: page.lanes.data is not None)
    page.lanes.select(2.0, 4.0)
    qtbot.waitUntil(lambda: plane.count.text() == "Turns: 2 · in the selection")
    page.lanes.select(12.1, 14.0)
    qtbot.waitUntil(plane.message.isVisible)
    assert "No turn here has enough evidence" in plane.message.text()
    page.lanes.clear_selection()
    qtbot.waitUntil(lambda: plane.count.text().startswith("Turns: 4"))
    assert plane.plot is not None
    assert plane.plot.isVisible()


def test_what_is_picked_in_the_transcript_is_pointed_to(plane: AffectPlane) -> None:
    page_of(plane).transcript.select_row(3)
    assert plane.plot is not None
    assert plane.plot.read_out.text().endswith("four")


def test_a_renamed_speaker_is_called_so(plane: AffectPlane, qtbot: QtBot) -> None:
    page, plot = page_of(plane), plane.plot
    assert plot is not None
    page.show_side("affect")
    card = page.speakers.cards["Speaker_1"]
    card.name.setText("Ada <b>")
    card.name.editingFinished.emit()
    qtbot.waitUntil(lambda: "Ada <b>:" in plot.view.accessibleDescription())
    assert [label.text for _, label in plot.legend.items] == ["Speaker 0", "Ada &lt;b&gt;"]


def test_without_speech_it_says_so(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page(library.silent)
    page.show_side("affect")
    qtbot.waitUntil(lambda: page.affect.message.text() != "")
    assert page.affect.message.text() == "Nobody speaks here."
    assert page.affect.plot is not None
    assert not page.affect.plot.isVisible()


def test_another_conversation_takes_its_place(plane: AffectPlane, library: Library, qtbot: QtBot) -> None:
    page = page_of(plane)
    page.context.open_page("review", conversation_id=library.other)
    qtbot.waitUntil(lambda: page.document.conversation_id == library.other and not page.context.tasks.open)
    qtbot.waitUntil(lambda: plane.count.text() == "Turns: 4")


def test_nothing_of_another_conversation_is_pointed_at(plane: AffectPlane, library: Library, qtbot: QtBot) -> None:
    page, plot = page_of(plane), plane.plot
    assert plot is not None
    page.transcript.select_row(2)
    page.show_side("affect")
    assert plot.read_out.text().endswith("three")
    page.context.open_page("review", conversation_id=library.other)
    qtbot.waitUntil(lambda: page.document.conversation_id == library.other and not page.context.tasks.open)
    qtbot.waitUntil(lambda: plane.count.text() == "Turns: 4")
    assert plot.place is None
    assert plot.read_out.text().startswith("Point with the mouse")


def test_many_names_leave_the_points_their_room(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    result = result_of(tuple(f"turn {i}" for i in range(25)))
    for i, utterance in enumerate(result.timeline):
        utterance.speaker = f"Speaker_{i % 12}"
    store = library.desk._store
    conversation = store.add_conversation("A round table")
    store.finish_run(store.start_run(conversation.id).id, result)
    page = open_page(library.other)
    page.window().resize(1280, 720)
    page.context.theme.set_scale(1.5)
    page.context.open_page("review", conversation_id=conversation.id)
    page.show_side("affect")
    qtbot.waitUntil(lambda: page.affect.count.text() == "Turns: 25")
    plot = page.affect.plot
    assert plot is not None
    qtbot.waitUntil(lambda: plot.box.height() > 70)
    named = [label.text for _, label in plot.legend.items]
    assert named[0] == "Speaker 0", "who has the most points is named"
    assert named[-1] == f"+{12 - len(named) + 1}"
    page.context.theme.set_scale(1.0)
    plot.setMinimumHeight(500)
    qtbot.waitUntil(lambda: len(plot.legend.items) == 12)
    assert plot.box.height() > 300


@pytest.mark.parametrize("mode", ["dark", "contrast"])
def test_it_is_drawn_again_in_another_theme(plane: AffectPlane, mode: str) -> None:
    theme = page_of(plane).context.theme
    theme.set_mode(mode)  # type: ignore[arg-type]
    assert plane.plot is not None
    drawn = plane.plot.view.grab().toImage()
    assert drawn.pixelColor(drawn.width() // 2, 5) == theme.colour("surface")
