"""The lanes on the real page: seeking, zooming, selecting, arranging, reading out, and saying why one is empty."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.operations import RenameSpeaker
from illodesk.schema import AnalysisResult, MediaInfo, Policy
from illodesk.settings import Settings
from illodesk.store.store import Store
from illodesk.ui.review.lanes import Lanes
from illodesk.ui.review.lanes.registry import KINDS
from illodesk.ui.review.lanes.row import LaneRow
from illodesk.ui.window import MainWindow
from tests.ui.review.lanes.conftest import Talk

Opener = Callable[[Desk, str], Lanes]


def ids(lanes: Lanes) -> list[str]:
    return [row.lane.id for row in lanes.rows]


def row_of(lanes: Lanes, id: str) -> LaneRow:
    return next(row for row in lanes.rows if row.lane.id == id)


def click(qtbot: QtBot, widget: QWidget, x: float, y: float = 5.0) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPointF(x, y).toPoint())


def wheel(widget: QWidget, x: float, notches: int, modifiers: Qt.KeyboardModifier) -> None:
    place = QPointF(x, 5)
    event = QWheelEvent(
        place,
        QPointF(widget.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        modifiers,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(widget, event)


# --- time -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.0, 0.25, 0.7])
def test_a_click_seeks_to_its_second(qtbot: QtBot, lanes: Lanes, share: float) -> None:
    lanes.axis.show(60.0, 70.0)
    strip = row_of(lanes, "valence").strip
    x = round(share * strip.width())
    with qtbot.waitSignal(lanes.seek) as told:
        click(qtbot, strip, x)
    assert told.args == [pytest.approx(60.0 + 10.0 * x / strip.width(), abs=1e-6)]


def test_the_page_goes_where_it_was_clicked(qtbot: QtBot, lanes: Lanes) -> None:
    lanes.axis.show(60.0, 70.0)
    strip = row_of(lanes, "engagement").strip
    click(qtbot, strip, strip.x_of(64.0))
    assert lanes.pointer.position == pytest.approx(64.0, abs=0.02)


def test_the_view_goes_with_the_playhead_unless_it_was_moved_elsewhere(lanes: Lanes) -> None:
    lanes.axis.show(60.0, 70.0)
    lanes.set_position(69.9)
    assert lanes.axis.start_s == 60.0, "somebody looks at another place"
    lanes.set_position(70.1)
    assert lanes.axis.start_s == pytest.approx(69.1), "it was in view and left it"
    lanes.axis.show(20.0, 30.0)
    lanes.set_position(70.2)
    assert lanes.axis.start_s == 20.0


def test_the_wheel_zooms_around_the_cursor_and_pans_with_shift(lanes: Lanes) -> None:
    strip = row_of(lanes, "valence").strip
    at = strip.t_of(300)
    wheel(strip, 300, 4, Qt.KeyboardModifier.NoModifier)
    assert lanes.axis.span_s == pytest.approx(lanes.axis.duration_s / 1.25**4)
    assert strip.t_of(300) == pytest.approx(at)
    before = lanes.axis.start_s
    wheel(strip, 300, -1, Qt.KeyboardModifier.ShiftModifier)
    assert lanes.axis.start_s == pytest.approx(before + 0.1 * lanes.axis.span_s)


def test_keys_move_the_view_while_the_lanes_have_the_focus(qtbot: QtBot, lanes: Lanes) -> None:
    lanes.axis.show(50.0, 60.0)
    lanes.setFocus()
    qtbot.keyClick(lanes, Qt.Key.Key_Right)
    assert lanes.axis.start_s == pytest.approx(51.0)
    qtbot.keyClick(lanes, Qt.Key.Key_Minus)
    assert lanes.axis.span_s == pytest.approx(12.5)
    qtbot.keyClick(lanes, Qt.Key.Key_Home)
    assert lanes.axis.start_s == 0.0
    lanes.context.commands.run("lanes.fit")
    assert lanes.axis.span_s == lanes.axis.duration_s


def test_the_overview_moves_the_same_axis(qtbot: QtBot, lanes: Lanes) -> None:
    overview = lanes.overview
    lanes.axis.show(20.0, 40.0)
    click(qtbot, overview, overview.width() * 0.5, 15)
    middle = (lanes.axis.start_s + lanes.axis.end_s) / 2
    assert middle == pytest.approx(lanes.axis.duration_s / 2, abs=lanes.axis.duration_s / overview.width() + 0.1)
    assert "of" in overview.accessibleDescription()


# --- selection ------------------------------------------------------------------------------------------------------


def test_dragging_selects_and_the_panel_counts(qtbot: QtBot, lanes: Lanes) -> None:
    lanes.axis.show(0.0, 100.0)
    strip = row_of(lanes, "valence").strip
    start, end = QPoint(round(strip.x_of(20.0)), 5), QPoint(round(strip.x_of(50.0)), 5)
    qtbot.mousePress(strip, Qt.MouseButton.LeftButton, pos=end)
    qtbot.mouseMove(strip, start)
    qtbot.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=start)
    assert lanes.selection == pytest.approx((20.0, 50.0), abs=0.2)
    qtbot.waitUntil(lambda: lanes.panel.selected is not None)
    selected = lanes.panel.selected
    assert selected is not None
    assert lanes.panel.isVisible()
    assert lanes.panel.table.rowCount() == 2
    assert lanes.panel.table.item(0, 0).text() == "Speaker 0"
    assert selected.length_s == pytest.approx(30.0, abs=0.4)
    lanes.setFocus()
    qtbot.keyClick(lanes, Qt.Key.Key_Escape)
    assert lanes.selection is None
    assert not lanes.panel.isVisible()


def test_a_stretch_is_selected_by_keyboard(lanes: Lanes) -> None:
    lanes.set_position(30.0)
    lanes.context.commands.run("lanes.select_from")
    assert lanes.selection == (30.0, lanes.axis.duration_s)
    lanes.set_position(42.0)
    lanes.context.commands.run("lanes.select_to")
    assert lanes.selection == (30.0, 42.0)
    lanes.set_position(35.0)
    lanes.context.commands.run("lanes.select_from")
    assert lanes.selection == (35.0, 42.0)
    lanes.set_position(20.0)
    lanes.context.commands.run("lanes.select_to")
    assert lanes.selection == (0.0, 20.0)


def test_zooming_to_the_selection_shows_just_that(lanes: Lanes) -> None:
    lanes.select(80.0, 90.0)
    lanes.context.commands.run("lanes.zoom_selection")
    assert (lanes.axis.start_s, lanes.axis.end_s) == pytest.approx((80.0, 90.0))


# --- arranging ------------------------------------------------------------------------------------------------------


def test_lanes_come_as_the_design_says(lanes: Lanes) -> None:
    assert ids(lanes) == [
        *("waveform.0", "waveform.1", "speakers", "valence", "arousal", "emotion", "engagement", "moments", "phases")
    ]


def test_order_height_and_what_is_shown_are_remembered(open_lanes: Opener, lanes: Lanes, talk: Talk) -> None:
    lanes.context.commands.run("lanes.show_focus")
    lanes.context.commands.run("lanes.show_emotion")
    lanes.move_lane("phases", -20)
    row_of(lanes, "valence").grow(40)
    expected = ids(lanes)
    assert expected[0] == "phases"
    assert "focus" in expected
    assert "emotion" not in expected
    height = row_of(lanes, "valence").lane_height
    window = lanes.window()
    assert isinstance(window, MainWindow)
    window.close()
    again = open_lanes(talk.desk, talk.id)
    assert ids(again) == expected
    assert row_of(again, "valence").lane_height == height
    again.context.commands.run("lanes.reset")
    assert ids(again)[0] == "waveform.0"
    assert row_of(again, "valence").lane_height == 56


def test_heights_stay_within_their_limits(lanes: Lanes) -> None:
    row = row_of(lanes, "valence")
    row.grow(1000)
    assert row.lane_height == 240
    row.grow(-1000)
    assert row.lane_height == 24


def test_a_lane_is_moved_by_keys_and_keeps_the_focus(qtbot: QtBot, lanes: Lanes) -> None:
    header = row_of(lanes, "arousal").header
    header.setFocus()
    before = ids(lanes).index("arousal")
    qtbot.keyClick(header, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert ids(lanes).index("arousal") == before - 1
    assert row_of(lanes, "arousal").header.hasFocus()
    qtbot.keyClick(row_of(lanes, "arousal").header, Qt.Key.Key_Delete)
    assert "arousal" not in ids(lanes)


# --- reading out ----------------------------------------------------------------------------------------------------


def test_every_lane_says_its_value_with_unit_and_basis(lanes: Lanes, talk: Talk) -> None:
    known = talk.result.timeline[0]
    t = (known.t_start + known.t_end) / 2
    words = lanes.read_out_at(t)
    assert "Speaker 0: valence" in words
    assert "±" in words
    assert "(text, voice)" in words
    assert "dBFS" in words
    assert "Phases: Opening" in words


def test_without_evidence_it_says_so(lanes: Lanes, talk: Talk) -> None:
    unknown = talk.result.timeline[4]
    row = row_of(lanes, "emotion")
    assert row.lane.read_out((unknown.t_start + unknown.t_end) / 2) == "emotion: not enough evidence"


def test_a_new_name_is_on_the_lane(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    lanes.axis.show(10.0, 30.0)
    talk.desk.apply(talk.id, RenameSpeaker(label="Speaker_0", name="Anna"))
    theme = lanes.context.theme
    qtbot.waitUntil(lambda: row_of(lanes, "speakers").lane.rows(theme)[0].text == "Anna")
    assert lanes.axis.start_s == 10.0  # what is shown stays


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_every_lane_is_drawn_in_every_theme(qtbot: QtBot, lanes: Lanes, mode: str) -> None:
    lanes.context.theme.set_mode(mode)  # type: ignore[arg-type]
    for kind in KINDS:
        if not lanes.kind_shown(kind):
            lanes.toggle_kind(kind)
    for stretch in ((0.0, 180.0), (10.0, 14.0)):
        lanes.axis.show(*stretch)
        for row in lanes.rows:
            picture = row.grab().toImage()
            colours = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(2, picture.height(), 5)}
            assert len(colours) > 1, row.lane.id


# --- what is not there ----------------------------------------------------------------------------------------------


def test_lanes_without_tracks_say_why(tmp_path: Path, open_lanes: Opener) -> None:
    result = AnalysisResult(
        media=MediaInfo(duration_s=60.0), policy=Policy(mode="text_only", reason="Work in the EU: words only.")
    )
    with Store(tmp_path / "bare") as store:
        conversation = store.add_conversation("Silence").id
        store.finish_run(store.start_run(conversation).id, result)
    with Desk.open(Settings(data_dir=tmp_path / "bare")) as desk:
        lanes = open_lanes(desk, conversation)
        for kind in KINDS:
            if lanes.has_kind(kind) and not lanes.kind_shown(kind):
                lanes.toggle_kind(kind)
        said = {row.lane.kind: row.lane.instead(row.strip.view()) for row in lanes.rows}
        assert said.keys() == {kind.kind for kind in KINDS} - {"tier"}
        assert all(said.values()), said
        assert "no such track" in said["waveform"]
        assert "not kept" in said["spectrogram"]
        assert "No speech" in said["emotion"]
        assert all(row.strip.words_at(5.0) == "" for row in lanes.rows)
        lanes.grab()


def test_the_law_is_named_where_it_forbids_a_score(tmp_path: Path, open_lanes: Opener, talk: Talk) -> None:
    silent = [one.model_copy(update={"emotion": type(one.emotion)()}) for one in talk.result.timeline]
    reason = "Work in the EU: words only."
    result = talk.result.model_copy(update={"timeline": silent, "policy": Policy(mode="text_only", reason=reason)})
    with Store(tmp_path / "bare") as store:
        conversation = store.add_conversation("At work").id
        store.finish_run(store.start_run(conversation).id, result)
    with Desk.open(Settings(data_dir=tmp_path / "bare")) as desk:
        row = row_of(open_lanes(desk, conversation), "emotion")
        assert row.lane.instead(row.strip.view()) == reason


def test_hidden_lanes_are_freed_and_do_not_hear_of_selections(
    qtbot: QtBot, lanes: Lanes, caplog: pytest.LogCaptureFixture
) -> None:
    strips = [weakref.ref(row.strip) for row in lanes.rows]
    for id in ids(lanes):
        lanes.show_lane(id, False)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    lanes.select(1.0, 5.0)
    qtbot.waitUntil(lanes.panel.isVisible)
    gc.collect()
    assert [strip for strip in strips if strip() is not None] == []
    assert not caplog.records
