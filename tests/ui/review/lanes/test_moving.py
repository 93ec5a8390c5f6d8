"""Annotations that are moved: never turned round, over a neighbour or out of the talk, and each time in one step."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from illodesk.operations import AddAnnotation, AddTier, EditAnnotation, Operation
from illodesk.schema import Annotation
from illodesk.store.errors import InvalidError
from illodesk.store.overlay import Overlay
from illodesk.ui.review.lanes import Lanes
from illodesk.ui.review.lanes.annotation_forms import AnnotationForm, AssignTierForm
from illodesk.ui.review.lanes.moving import Held, Part, limits
from illodesk.ui.review.lanes.stretches import Annotations
from illodesk.ui.review.lanes.tier_strip import TierStrip
from tests.ui.review.lanes.conftest import Talk

DURATION_S = 180.0
PARTS: list[Part] = ["start", "end", "whole"]
TIMES = st.floats(0, DURATION_S)
FREE, SNAPPING = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


# --- by itself ------------------------------------------------------------------------------------------------------


@given(
    st.lists(TIMES, min_size=2, max_size=8, unique=True),
    st.integers(0, 3),
    st.sampled_from(PARTS),
    st.floats(-400, 400),
    st.none() | TIMES,
)
def test_wherever_it_is_moved_the_store_takes_it(
    times: list[float], which: int, part: Part, seconds: float, snap_to: float | None
) -> None:
    edges = sorted(times)[: len(times) // 2 * 2]
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    annotations = [Annotation(annotation_id=str(i), t_start=s, t_end=e) for i, (s, e) in enumerate(stretches)]
    one = annotations[which % len(annotations)]
    others = [(a.t_start, a.t_end) for a in annotations if a is not one]
    held = Held("a", part, one.t_start, one.t_end, *limits(one.t_start, one.t_end, others, DURATION_S))
    start, end = held.moved(seconds, lambda _t: snap_to)
    assert 0 <= start < end <= DURATION_S
    if part == "whole":
        assert end - start == pytest.approx(one.t_end - one.t_start, abs=1e-9)
    assert all(earlier[1] <= later[0] for earlier, later in pairwise(sorted([*others, (start, end)])))


def test_an_edge_snaps_only_to_what_it_may_reach() -> None:
    held = Held("a", "end", 10.0, 12.0, 5.0, 15.0)
    assert held.moved(1.0, lambda _t: 13.04) == (10.0, 13.04)
    assert held.moved(1.0, lambda _t: 9.0) == (10.0, 13.0)
    assert held.moved(90.0) == (10.0, 15.0)
    assert held.moved(-90.0) == (10.0, 10.01)


def test_a_whole_annotation_snaps_with_the_nearer_edge() -> None:
    held = Held("a", "whole", 10.0, 12.0, 5.0, 15.0)
    places = {11.0: 11.05, 13.0: 12.98}
    assert held.moved(1.0, lambda t: places[t]) == pytest.approx((10.98, 12.98))
    assert held.moved(-90.0) == (5.0, 7.0)


# --- by hand --------------------------------------------------------------------------------------------------------


@pytest.fixture
def strip(qtbot: QtBot, lanes: Lanes, talk: Talk) -> TierStrip:
    """A tier with laughs from 20 to 40 s and sighs from 40 to 50 s, of which 10 to 70 s are shown."""
    wanted: list[Operation] = [AddTier(name="Notes"), AddTier(name="Stance", vocabulary=["for"]), AddTier(name="More")]
    for id, start, end in (("laughs", 20, 40), ("sighs", 40, 50)):
        wanted.append(AddAnnotation(tier="Notes", t_start=start, t_end=end, value=id, annotation_id=id))
    talk.desk.apply(talk.id, *wanted)
    qtbot.waitUntil(lambda: any(row.lane.name() == "Notes" for row in lanes.rows))
    lanes.axis.show(10.0, 70.0)
    return strip_of(lanes)


def strip_of(lanes: Lanes) -> TierStrip:
    strip = next(row.strip for row in lanes.rows if row.lane.name() == "Notes")
    assert isinstance(strip, TierStrip)
    return strip


def kept(talk: Talk) -> dict[str, tuple[float, float]]:
    tiers = talk.desk.result(talk.id).tiers
    return {one.annotation_id: (one.t_start, one.t_end) for tier in tiers for one in tier.annotations}


def drawn(strip: TierStrip) -> dict[str, tuple[float, float]]:
    lane = strip.lane
    assert isinstance(lane, Annotations)
    return {block.id: (block.start, block.end) for block in lane.stretches()}


def place(strip: TierStrip, t: float) -> QPoint:
    return QPoint(round(strip.x_of(t)), 10)


def press(qtbot: QtBot, strip: TierStrip, t: float, to: float, modifiers: Qt.KeyboardModifier = FREE) -> None:
    """Press at a second and drag to another one, without letting go."""
    qtbot.mousePress(strip, LEFT, pos=place(strip, t))
    for at in ((t + to) / 2, to):
        move(strip, place(strip, at), LEFT, modifiers)


def move(
    strip: TierStrip,
    where: QPoint,
    buttons: Qt.MouseButton = Qt.MouseButton.NoButton,
    modifiers: Qt.KeyboardModifier = SNAPPING,
) -> None:
    """Move the mouse there; that of the test library knows no modifiers, and reaches no strip that is scrolled away."""
    at = QPointF(where)
    event = QMouseEvent(QEvent.Type.MouseMove, at, strip.mapToGlobal(at), Qt.MouseButton.NoButton, buttons, modifiers)
    QApplication.sendEvent(strip, event)


def test_an_edge_is_dragged_and_that_is_one_step(qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip) -> None:
    press(qtbot, strip, 20.0, 25.0)
    assert drawn(strip)["laughs"] == pytest.approx((25.0, 40.0), abs=0.1)
    assert strip.words_at(25.0).startswith("0:2")
    assert strip.words_at(25.0).endswith(" s")
    assert kept(talk)["laughs"] == (20.0, 40.0), "it was kept before it was let go of"
    qtbot.mouseRelease(strip, LEFT, pos=place(strip, 25.0))
    qtbot.waitUntil(lambda: kept(talk)["laughs"] == pytest.approx((25.0, 40.0), abs=0.1))
    assert kept(talk)["sighs"] == (40.0, 50.0)
    lanes.context.commands.refresh()
    qtbot.waitUntil(lambda: lanes.context.commands.run("review.undo"))
    qtbot.waitUntil(lambda: kept(talk)["laughs"] == (20.0, 40.0))


def test_nothing_moves_under_the_hand_that_lets_go(qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip) -> None:
    press(qtbot, strip, 20.0, 25.0)
    qtbot.mouseRelease(strip, LEFT, pos=place(strip, 25.0))
    qtbot.waitUntil(lambda: kept(talk)["laughs"] == pytest.approx((25.0, 40.0), abs=0.1))
    assert lanes.selection is None, "its panel would open over the tier"
    assert lanes.context.commands.action("lanes.end_later").isEnabled()
    lanes.context.commands.run("lanes.end_later")
    assert lanes.selection == pytest.approx((25.0, 40.0), abs=0.1), "keys move what was dragged"


def test_what_is_selected_stays_with_the_annotation_that_is_dragged(
    qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip
) -> None:
    qtbot.mouseClick(strip, LEFT, pos=place(strip, 30.0))
    press(qtbot, strip, 20.0, 25.0)
    qtbot.mouseRelease(strip, LEFT, pos=place(strip, 25.0))
    qtbot.waitUntil(lambda: kept(talk)["laughs"] == pytest.approx((25.0, 40.0), abs=0.1))
    assert lanes.selection == kept(talk)["laughs"]


def in_view(lanes: Lanes, name: str) -> bool:
    row = next(row for row in lanes.rows if row.lane.name() == name)
    top = row.mapTo(lanes.area.viewport(), QPoint(0, 0)).y()
    return top >= 0 and top + row.height() <= lanes.area.viewport().height()


@pytest.mark.parametrize("by", ["click", "menu", "keys"])
def test_the_panel_of_the_selection_does_not_hide_what_is_meant(
    qtbot: QtBot, lanes: Lanes, strip: TierStrip, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QMenu, "popup", lambda _menu, _where: None)
    lanes.window().resize(1920, 1080)
    for lane in lanes.lanes:
        if lane.name() in ("Stance", "More"):
            lanes.show_lane(lane.id, False)
    lanes.set_position(45.0)
    lanes.show_lane(strip.lane.id)  # the last one, brought into view at the bottom
    assert in_view(lanes, "Notes")
    if by == "click":
        qtbot.mouseClick(strip, LEFT, pos=place(strip, 45.0))
    elif by == "menu":
        where = place(strip, 45.0)
        QApplication.sendEvent(
            strip, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, strip.mapToGlobal(where))
        )
    else:
        lanes.context.commands.run("lanes.end_later")
    before = lanes.area.viewport().height()
    qtbot.waitUntil(lanes.panel.isVisible)
    qtbot.wait(50)
    assert lanes.area.viewport().height() < before
    assert in_view(lanes, "Notes")


def test_the_panel_of_another_selection_scrolls_nothing(qtbot: QtBot, lanes: Lanes, strip: TierStrip) -> None:
    qtbot.mouseClick(strip, LEFT, pos=place(strip, 45.0))
    qtbot.waitUntil(lanes.panel.isVisible)
    lanes.clear_selection()
    lanes.area.verticalScrollBar().setValue(0)
    lanes.select(12.0, 18.0)
    qtbot.waitUntil(lanes.panel.isVisible)
    qtbot.wait(50)
    assert lanes.area.verticalScrollBar().value() == 0


def test_the_middle_moves_the_whole_up_to_its_neighbour(
    qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip
) -> None:
    press(qtbot, strip, 45.0, 55.0)
    qtbot.mouseRelease(strip, LEFT, pos=place(strip, 55.0))
    qtbot.waitUntil(lambda: kept(talk)["sighs"] == pytest.approx((50.0, 60.0), abs=0.1))
    qtbot.waitUntil(lambda: drawn(strip_of(lanes)) == kept(talk))
    press(qtbot, strip, 30.0, 69.0)
    assert drawn(strip)["laughs"][1] == kept(talk)["sighs"][0]
    qtbot.mouseRelease(strip, LEFT, pos=place(strip, 69.0))
    qtbot.waitUntil(lambda: kept(talk)["laughs"][1] == kept(talk)["sighs"][0])
    start, end = kept(talk)["laughs"]
    assert end - start == pytest.approx(20.0)


def test_it_snaps_to_words_unless_alt_is_held_or_snapping_is_off(
    qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip
) -> None:
    word = next(w for u in talk.result.timeline for w in u.words if w.t_start > 25)
    beside = word.t_start + strip.pointer.axis.span_s / strip.width()
    press(qtbot, strip, 20.0, beside, SNAPPING)
    assert drawn(strip)["laughs"][0] == word.t_start
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    press(qtbot, strip, 20.0, beside, FREE)
    assert drawn(strip)["laughs"][0] == pytest.approx(beside, abs=0.1)
    assert drawn(strip)["laughs"][0] != word.t_start
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    qtbot.mouseRelease(strip, LEFT, pos=place(strip, beside))
    lanes.context.commands.run("lanes.snap")
    assert not lanes.context.commands.action("lanes.snap").isChecked()
    press(qtbot, strip, 20.0, beside, SNAPPING)
    assert drawn(strip)["laughs"][0] != word.t_start
    qtbot.keyClick(strip, Qt.Key.Key_Escape)


def test_escape_puts_it_back_and_the_hand_means_nothing_until_it_lets_go(
    qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip
) -> None:
    press(qtbot, strip, 50.0, 60.0)
    assert drawn(strip)["sighs"][1] == pytest.approx(60.0, abs=0.1)
    qtbot.keyClick(strip, Qt.Key.Key_Escape)
    assert drawn(strip) == kept(talk)
    move(strip, place(strip, 65.0), LEFT)
    with qtbot.assertNotEmitted(strip.stretched), qtbot.assertNotEmitted(lanes.seek):
        qtbot.mouseRelease(strip, LEFT, pos=place(strip, 65.0))
    assert drawn(strip) == kept(talk)
    assert lanes.selection is None


def test_the_cursor_says_what_a_press_would_hold(qtbot: QtBot, lanes: Lanes, strip: TierStrip) -> None:
    def cursor_at(t: float, beside_px: int = 0) -> Qt.CursorShape:
        move(strip, place(strip, t) + QPoint(beside_px, 0))
        return strip.cursor().shape()

    assert cursor_at(20.0, -4) == Qt.CursorShape.SizeHorCursor
    assert cursor_at(20.0, 4) == Qt.CursorShape.SizeHorCursor
    assert cursor_at(30.0) == Qt.CursorShape.OpenHandCursor
    assert cursor_at(15.0) == Qt.CursorShape.ArrowCursor
    assert cursor_at(50.0, 9) == Qt.CursorShape.ArrowCursor


def test_where_two_touch_the_one_under_the_hand_is_held(strip: TierStrip) -> None:
    lane = strip.tier_lane
    left, right = (lane.hold(strip.view(), strip.x_of(40.0) + beside) for beside in (-2, 2))
    assert left is not None
    assert right is not None
    assert (left.id, left.part, right.id, right.part) == ("laughs", "end", "sighs", "start")


def test_time_is_still_selected_beside_annotations_and_with_shift(
    qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip
) -> None:
    press(qtbot, strip, 55.0, 65.0, SNAPPING)
    qtbot.mouseRelease(strip, LEFT, pos=place(strip, 65.0))
    assert lanes.selection == pytest.approx((55.0, 65.0), abs=0.1)
    qtbot.mousePress(strip, LEFT, Qt.KeyboardModifier.ShiftModifier, place(strip, 25.0))
    move(strip, place(strip, 35.0), LEFT)
    qtbot.mouseRelease(strip, LEFT, pos=place(strip, 35.0))
    assert lanes.selection == pytest.approx((25.0, 35.0), abs=0.1)
    assert drawn(strip) == kept(talk)


# --- by keys --------------------------------------------------------------------------------------------------------


def test_keys_that_follow_each_other_are_one_step(qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip) -> None:
    commands = lanes.context.commands
    qtbot.mouseClick(strip, LEFT, pos=place(strip, 45.0))
    for _ in range(5):
        commands.run("lanes.end_later")
    assert drawn(strip)["sighs"] == pytest.approx((40.0, 50.1))
    assert kept(talk)["sighs"] == (40.0, 50.0)
    commands.run("lanes.start_earlier")  # laughs is in its way
    commands.run("lanes.move_later")
    qtbot.waitUntil(lambda: kept(talk)["sighs"] == pytest.approx((40.02, 50.12)))
    assert lanes.selection == pytest.approx((40.02, 50.12))
    qtbot.waitUntil(lambda: commands.run("review.undo"))
    qtbot.waitUntil(lambda: kept(talk)["sighs"] == (40.0, 50.0))


def test_undo_right_after_a_key_takes_that_key_back(qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip) -> None:
    qtbot.waitUntil(lambda: lanes.context.commands.enabled("review.undo"))
    qtbot.mouseClick(strip, LEFT, pos=place(strip, 45.0))
    lanes.context.commands.run("lanes.end_later")
    lanes.context.commands.run("review.undo")
    qtbot.waitUntil(lambda: len(talk.desk.history(talk.id)) == 6)
    qtbot.waitUntil(lambda: talk.desk.history(talk.id)[-1].undone)
    assert kept(talk) == {"laughs": (20.0, 40.0), "sighs": (40.0, 50.0)}


# --- from tier to tier ----------------------------------------------------------------------------------------------


def test_the_menu_offers_the_tiers_with_room(
    qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip, monkeypatch: pytest.MonkeyPatch
) -> None:
    menus: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _where: menus.append(menu))
    where = place(strip, 45.0)
    QApplication.sendEvent(strip, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, where, strip.mapToGlobal(where)))
    assert lanes.selection == (40.0, 50.0), "the annotation under the cursor is meant"
    move = next(menu for menu in menus[0].findChildren(QMenu) if menu.title() == "Move the annotation to tier")
    offered = {action.text(): action.isEnabled() for action in move.actions()}
    assert offered == {"Stance": False, "More": True}, "Stance does not know the value"
    move.actions()[1].trigger()
    qtbot.waitUntil(lambda: bool(talk.desk.result(talk.id).tiers[2].annotations))
    assert [one.value for one in talk.desk.result(talk.id).tiers[2].annotations] == ["sighs"]
    menus[0].close()


def test_the_form_moves_it_and_says_when_there_is_no_room(
    qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip
) -> None:
    talk.desk.apply(talk.id, AddAnnotation(tier="More", t_start=45, t_end=46, value="nods"))
    qtbot.waitUntil(lambda: len(lanes.annotating.tiers[2].annotations) == 1)
    qtbot.mouseClick(strip, LEFT, pos=place(strip, 45.0))
    lanes.annotating.change()
    form = lanes.annotating.form
    assert isinstance(form, AnnotationForm)
    assert form.tier.currentText() == "Notes"
    form.tier.setCurrentText("More")
    form.keep_button.click()
    assert "nods" in form.wrong.text()
    form.tier.setCurrentText("Stance")
    assert form.value.currentText() == "for"
    form.keep_button.click()
    qtbot.waitUntil(lambda: [a.value for a in talk.desk.result(talk.id).tiers[1].annotations] == ["for"])
    assert list(kept(talk)) == ["laughs", "sighs", *(set(kept(talk)) - {"laughs", "sighs"})]


def test_a_tier_is_said_to_be_about_somebody(qtbot: QtBot, lanes: Lanes, talk: Talk, strip: TierStrip) -> None:
    lanes.context.commands.run("lanes.assign_tier")
    form = lanes.annotating.form
    assert isinstance(form, AssignTierForm)
    assert form.speaker.currentData() is None
    form.tier.setCurrentText("Stance")
    form.speaker.setCurrentIndex(form.speaker.findData("Speaker_1"))
    form.keep_button.click()
    qtbot.waitUntil(lambda: talk.desk.result(talk.id).tiers[1].speaker == "Speaker_1")
    qtbot.waitUntil(lambda: lanes.annotating.tiers[1].speaker == "Speaker_1")
    lanes.context.commands.run("lanes.assign_tier")
    form = lanes.annotating.form
    assert isinstance(form, AssignTierForm)
    form.tier.setCurrentText("Stance")
    assert form.speaker.currentData() == "Speaker_1"
    qtbot.keyClick(form, Qt.Key.Key_Escape)


def test_what_the_hand_may_do_is_what_the_store_allows(talk: Talk) -> None:
    """The rule that the limits stand for."""
    overlay = Overlay(talk.result)
    for operation in (
        AddTier(name="x"),
        AddAnnotation(tier="x", t_start=1, t_end=2, annotation_id="a"),
        AddAnnotation(tier="x", t_start=2, t_end=3, annotation_id="b"),
    ):
        overlay.apply(operation)
    with pytest.raises(InvalidError):
        overlay.apply(EditAnnotation(annotation_id="a", t_end=2.001))
