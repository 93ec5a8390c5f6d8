"""Annotations that people make on the lanes: added, changed, removed, undone, and kept to their vocabulary."""

from __future__ import annotations

from typing import TypeVar

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from illodesk.operations import AddAnnotation, AddTier
from illodesk.schema import Tier
from illodesk.ui.review.lanes import Lanes
from illodesk.ui.review.lanes.annotation_forms import AnnotationForm, Form, RemoveTierForm, TierForm
from tests.ui.review.lanes.conftest import Talk

F = TypeVar("F", bound=Form)


def tiers_of(talk: Talk) -> list[Tier]:
    return talk.desk.result(talk.id).tiers


def lane_names(lanes: Lanes) -> list[str]:
    return [row.lane.name() for row in lanes.rows]


def form_of(lanes: Lanes, kind: type[F]) -> F:
    form = lanes.annotating.form
    assert isinstance(form, kind)
    return form


def test_the_selection_is_annotated_on_a_new_tier_in_one_step(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    commands = lanes.context.commands
    assert not commands.enabled("lanes.annotate")
    lanes.select(10.0, 12.5)
    commands.run("lanes.annotate")
    form = form_of(lanes, AnnotationForm)
    form.tier.setEditText("Gestures")
    form.value.setEditText("nods")
    field = form.value.lineEdit()
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "Gestures" in lane_names(lanes))
    [tier] = tiers_of(talk)
    [one] = tier.annotations
    assert (tier.name, one.value, one.t_start, one.t_end) == ("Gestures", "nods", 10.0, 12.5)
    commands.run("review.undo")
    qtbot.waitUntil(lambda: "Gestures" not in lane_names(lanes))
    assert tiers_of(talk) == []


def test_a_tier_with_a_vocabulary_offers_its_values_and_no_others(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    lanes.context.commands.run("lanes.new_tier")
    form = form_of(lanes, TierForm)
    form.name.setText("Stance")
    form.vocabulary.setText("for, against , , for")
    form.speaker.setCurrentIndex(1)
    form.keep_button.click()
    qtbot.waitUntil(lambda: "Stance" in lane_names(lanes))
    [tier] = tiers_of(talk)
    assert (tier.vocabulary, tier.speaker) == (["for", "against"], "Speaker_0")
    lanes.select(3.0, 4.0)
    lanes.context.commands.run("lanes.annotate")
    annotate = form_of(lanes, AnnotationForm)
    assert [annotate.value.itemText(i) for i in range(annotate.value.count())] == ["for", "against"]
    assert not annotate.value.isEditable()
    annotate.value.setCurrentText("against")
    annotate.keep_button.click()
    qtbot.waitUntil(lambda: bool(tiers_of(talk)[0].annotations))
    assert tiers_of(talk)[0].annotations[0].value == "against"


def test_a_tier_needs_a_name_that_is_not_taken(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    talk.desk.apply(talk.id, AddTier(name="Notes"))
    qtbot.waitUntil(lambda: "Notes" in lane_names(lanes))
    lanes.annotating.new_tier()
    form = form_of(lanes, TierForm)
    form.keep_button.click()
    assert form.wrong.text() == "Give the tier a name."
    form.name.setText(" Notes ")
    form.keep_button.click()
    assert "already" in form.wrong.text()
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    assert lanes.annotating.form is None
    assert len(tiers_of(talk)) == 1


def test_what_would_overlap_is_refused_in_words(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    talk.desk.apply(
        talk.id,
        AddTier(name="Notes"),
        AddAnnotation(tier="Notes", t_start=5, t_end=8, value="laughs", annotation_id="a"),
    )
    qtbot.waitUntil(lambda: "Notes" in lane_names(lanes))
    lanes.select(7.0, 9.0)
    lanes.annotating.annotate()
    form = form_of(lanes, AnnotationForm)
    form.keep_button.click()
    assert "laughs" in form.wrong.text()
    assert lanes.annotating.form is form


def test_an_annotation_is_clicked_changed_moved_and_removed(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    talk.desk.apply(
        talk.id,
        AddTier(name="Notes"),
        AddAnnotation(tier="Notes", t_start=20, t_end=60, value="laughs", annotation_id="a"),
    )
    qtbot.waitUntil(lambda: "Notes" in lane_names(lanes))
    strip = next(row.strip for row in lanes.rows if row.lane.name() == "Notes")
    with qtbot.waitSignal(lanes.picked) as picked:
        qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPointF(strip.x_of(30.0), 10).toPoint())
    assert picked.args == ["annotation", "a"]
    assert lanes.selection == (20.0, 60.0)
    lanes.annotating.change()
    form = form_of(lanes, AnnotationForm)
    assert form.value.currentText() == "laughs"
    form.value.setEditText("smiles")
    form.keep_button.click()
    qtbot.waitUntil(lambda: tiers_of(talk)[0].annotations[0].value == "smiles")
    lanes.select(21.0, 22.0)
    lanes.annotating.fit()
    qtbot.waitUntil(lambda: tiers_of(talk)[0].annotations[0].t_end == 22.0)
    lanes.annotating.remove()
    qtbot.waitUntil(lambda: not tiers_of(talk)[0].annotations)


def test_a_tier_is_removed_and_brought_back(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    talk.desk.apply(talk.id, AddTier(name="Notes"), AddAnnotation(tier="Notes", t_start=5, t_end=8, value="x"))
    qtbot.waitUntil(lambda: "Notes" in lane_names(lanes))
    lanes.annotating.remove_tier()
    form = form_of(lanes, RemoveTierForm)
    assert form.tier.currentText() == "Notes (1 annotations)"
    form.keep_button.click()
    qtbot.waitUntil(lambda: "Notes" not in lane_names(lanes))
    lanes.context.commands.run("review.undo")
    qtbot.waitUntil(lambda: "Notes" in lane_names(lanes))
    assert len(tiers_of(talk)[0].annotations) == 1


def test_keys_answer_as_soon_as_an_annotation_is_at_the_playhead(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    talk.desk.apply(
        talk.id,
        AddTier(name="Notes"),
        AddAnnotation(tier="Notes", t_start=20, t_end=60, value="laughs", annotation_id="a"),
    )
    qtbot.waitUntil(lambda: "Notes" in lane_names(lanes))
    change = lanes.context.commands.action("lanes.edit_annotation")
    later = lanes.context.commands.action("lanes.start_later")
    assert not change.isEnabled()
    qtbot.mouseClick(lanes.ruler, Qt.MouseButton.LeftButton, pos=QPointF(lanes.ruler.x_of(30.0), 5).toPoint())
    assert (change.isEnabled(), later.isEnabled()) == (True, True)
    lanes.seek.emit(70.0)
    assert (change.isEnabled(), later.isEnabled()) == (False, False)


def test_commands_are_asked_again_only_where_an_annotation_begins_or_ends(
    qtbot: QtBot, lanes: Lanes, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.desk.apply(talk.id, AddTier(name="Notes"), AddAnnotation(tier="Notes", t_start=20, t_end=60, value="x"))
    qtbot.waitUntil(lambda: "Notes" in lane_names(lanes))
    commands, asked = lanes.context.commands, []
    refresh = commands.refresh

    def ask() -> None:
        asked.append(lanes.pointer.position)
        refresh()

    monkeypatch.setattr(commands, "refresh", ask)
    for second in range(10, 70):
        lanes.set_position(float(second))
    assert asked == [20.0, 60.0]


def test_what_was_just_annotated_is_meant(qtbot: QtBot, lanes: Lanes, talk: Talk) -> None:
    lanes.seek.emit(12.5)
    lanes.select(10.0, 12.5)
    lanes.context.commands.run("lanes.annotate")
    form = form_of(lanes, AnnotationForm)
    form.tier.setEditText("Gestures")
    form.value.setEditText("nods")
    form.keep_button.click()
    later = lanes.context.commands.action("lanes.end_later")
    qtbot.waitUntil(lambda: "Gestures" in lane_names(lanes) and later.isEnabled())
    later.trigger()
    qtbot.waitUntil(lambda: tiers_of(talk)[0].annotations[0].t_end == 12.52)
