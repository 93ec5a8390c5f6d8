"""Adding, changing, moving and removing annotations and their tiers, each as one step that can be undone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from illodesk.operations import AddAnnotation, AddTier, EditAnnotation, Operation, RemoveAnnotation, RemoveTier
from illodesk.schema import Annotation, Tier
from illodesk.ui.commands import Command
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.lanes.annotation_forms import (
    AnnotationForm,
    AssignTierForm,
    Form,
    RemoveTierForm,
    TierForm,
    in_the_way,
)
from illodesk.ui.review.lanes.moving import Part
from illodesk.ui.review.lanes.stretches import Annotations, stretch_words

if TYPE_CHECKING:
    from illodesk.ui.review.lanes.view import Lanes

STEP_S = 0.02
"""How far one key moves an edge: about what can just be heard."""
WAIT_MS = 400
"""Keys that follow each other within this time are one step."""
SNAP = "snap_annotations"
CHANGE = "lanes.edit_annotation"
"""A command that can be done only where an annotation is meant."""

Place = tuple[Tier, Annotation]


@dataclass(frozen=True)
class Moved:
    """An annotation that keys moved, not kept yet."""

    conversation_id: str
    annotation_id: str
    start: float
    end: float


class Annotating(QObject):
    """What people may do on their own tiers.

    The annotation that was clicked or just made is meant, or else one at the playhead.
    """

    def __init__(self, lanes: Lanes) -> None:
        super().__init__(lanes)
        self._lanes = lanes
        self._document: ReviewDocument | None = None
        self._picked: str | None = None
        self._moved: Moved | None = None
        self._to_reveal: str | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(WAIT_MS)
        self._timer.timeout.connect(self.keep_moved)
        self.form: Form | None = None

    def set_document(self, document: ReviewDocument) -> None:
        """Where changes go."""
        self._document = document
        document.opened.connect(partial(self.pick, None))
        document.undoing.connect(self.keep_moved)

    def pick(self, annotation_id: str | None) -> None:
        """Mean this annotation from now on, and select its time; None: no longer any."""
        self.keep_moved()
        self._picked = annotation_id
        found = self.meant
        if annotation_id is not None and found is not None:
            self._select(annotation_id, found[1].t_start, found[1].t_end)
        self._lanes.context.commands.refresh()

    def _select(self, annotation_id: str, start_s: float, end_s: float) -> None:
        """Select the time of an annotation, which the panel about what is selected shall not cover."""
        if self._lanes.selection != (start_s, end_s):
            self._to_reveal = annotation_id
            self._lanes.select(start_s, end_s)

    def reveal(self) -> None:
        """The panel about what is selected has taken its room: bring the annotation that was selected into view."""
        annotation_id, self._to_reveal = self._to_reveal, None
        for row in self._lanes.rows:
            lane = row.lane
            if isinstance(lane, Annotations) and annotation_id in {one.annotation_id for one in lane.tier.annotations}:
                self._lanes.bring_into_view(row)

    def follow(self) -> None:
        """The playhead moved: where an annotation begins or ends, other commands can be done."""
        commands = self._lanes.context.commands
        if commands.enabled(CHANGE) != commands.action(CHANGE).isEnabled():
            commands.refresh()

    @property
    def tiers(self) -> list[Tier]:
        result = self._document.result if self._document is not None else None
        return result.tiers if result is not None else []

    @property
    def meant(self) -> Place | None:
        """The annotation that was clicked or just made, else one at the playhead, with its tier."""
        at = self._lanes.pointer.position
        places = [(tier, one) for tier in self.tiers for one in tier.annotations]
        clicked = [place for place in places if place[1].annotation_id == self._picked]
        return next(iter([*clicked, *(place for place in places if place[1].t_start <= at < place[1].t_end)]), None)

    def able(self) -> bool:
        """Whether what is shown can be changed."""
        return self._document is not None and self._document.editable

    def _apply(self, *operations: Operation) -> None:
        self.keep_moved()
        if self._document is not None:
            self._document.apply(*operations)

    # --- commands ---------------------------------------------------------------------------------------------------

    def commands(self) -> list[Command]:
        """What can be done with annotations, for the page."""

        def selected() -> bool:
            return self.able() and self._lanes.selection is not None

        def one() -> bool:
            return self.able() and self.meant is not None

        def both() -> bool:
            return one() and self._lanes.selection is not None

        def tiers() -> bool:
            return self.able() and bool(self.tiers)

        group = "annotations"
        add, change = self.tr("Annotate the selection"), self.tr("Change the annotation")
        fit, remove = self.tr("Give the annotation the time of the selection"), self.tr("Remove the annotation")
        new, drop = self.tr("New tier of annotations"), self.tr("Remove a tier of annotations")
        about, snap = self.tr("Say whom a tier is about"), self.tr("Snap annotations to words and turns")
        steps: list[tuple[str, str, str, Part, float]] = [
            ("start_earlier", self.tr("Start the annotation earlier"), "Alt+Shift+Left", "start", -STEP_S),
            ("start_later", self.tr("Start the annotation later"), "Alt+Shift+Right", "start", STEP_S),
            ("end_earlier", self.tr("End the annotation earlier"), "Ctrl+Shift+Left", "end", -STEP_S),
            ("end_later", self.tr("End the annotation later"), "Ctrl+Shift+Right", "end", STEP_S),
            ("move_earlier", self.tr("Move the annotation earlier"), "Ctrl+Alt+Shift+Left", "whole", -STEP_S),
            ("move_later", self.tr("Move the annotation later"), "Ctrl+Alt+Shift+Right", "whole", STEP_S),
        ]
        return [
            Command("lanes.annotate", add, self.annotate, "A", "edit", selected, icon="tag", group=group),
            Command(CHANGE, change, self.change, "Shift+A", "edit", one, group=group),
            Command("lanes.fit_annotation", fit, self.fit, "", "edit", both, group=group),
            *(
                Command(f"lanes.{id}", text, partial(self.step, part, by), keys, "", one, group=group)
                for id, text, keys, part, by in steps
            ),
            Command("lanes.snap", snap, self.toggle_snapping, "", "edit", self.able, self.snapping, group=group),
            Command("lanes.remove_annotation", remove, self.remove, "", "edit", one, group=group),
            Command("lanes.new_tier", new, self.new_tier, "", "edit", self.able, group=group),
            Command("lanes.assign_tier", about, self.assign_tier, "", "edit", tiers, group=group),
            Command("lanes.remove_tier", drop, self.remove_tier, "", "edit", tiers, group=group),
        ]

    def annotate(self) -> None:
        """Ask for a tier and a value for the selection."""
        selection = self._lanes.selection
        if selection is not None:
            form = AnnotationForm(self._lanes, self.tiers, selection)
            form.done.connect(self._on_annotated)
            self._open(form)

    def _on_annotated(self, tier: str, value: str, start_s: float, end_s: float) -> None:
        added = AddAnnotation(tier=tier, t_start=start_s, t_end=end_s, value=value)
        known = tier in {one.name for one in self.tiers}
        self._apply(*([] if known else [AddTier(name=tier)]), added)
        self._picked = added.annotation_id

    def change(self) -> None:
        """Ask for another value or tier of the annotation that is meant."""
        if self.meant is not None:
            tier, old = self.meant
            form = AnnotationForm(self._lanes, self.tiers, (old.t_start, old.t_end), (tier.name, old))
            form.done.connect(
                lambda tier, value, _start, _end: self._apply(
                    EditAnnotation(annotation_id=old.annotation_id, tier=tier, value=value)
                )
            )
            self._open(form)

    def tiers_to_move_to(self) -> dict[str, bool]:
        """The other tiers, and whether they have room for the annotation that is meant and allow its value."""
        if not self.able() or self.meant is None:
            return {}
        own, old = self.meant
        return {
            tier.name: (not tier.vocabulary or old.value in tier.vocabulary)
            and in_the_way(tier, (old.t_start, old.t_end)) is None
            for tier in self.tiers
            if tier is not own
        }

    def move_to(self, tier: str) -> None:
        """Put the annotation that is meant on another tier."""
        if self.meant is not None:
            self._apply(EditAnnotation(annotation_id=self.meant[1].annotation_id, tier=tier))

    def fit(self) -> None:
        """Give the annotation that is meant the time of the selection."""
        selection = self._lanes.selection
        if self.meant is not None and selection is not None:
            start, end = selection
            self._apply(EditAnnotation(annotation_id=self.meant[1].annotation_id, t_start=start, t_end=end))

    def remove(self) -> None:
        """Take away the annotation that is meant."""
        if self.meant is not None:
            annotation_id = self.meant[1].annotation_id
            self.pick(None)
            self._apply(RemoveAnnotation(annotation_id=annotation_id))

    # --- moving -----------------------------------------------------------------------------------------------------

    def snapping(self) -> bool:
        """Whether what is dragged snaps to words, turns and annotations of other tiers."""
        return self._lanes.context.memory.get(SNAP, True)

    def toggle_snapping(self) -> None:
        """Snap from now on, or no longer."""
        self._lanes.context.memory.set(SNAP, not self.snapping())

    def stretch(self, annotation_id: str, start_s: float, end_s: float) -> None:
        """Give an annotation another time, and mean it from now on.

        Its time is not selected: the panel about what is selected would move the lanes away from under the hand.
        """
        self._apply(EditAnnotation(annotation_id=annotation_id, t_start=start_s, t_end=end_s))
        self._picked = annotation_id
        self._lanes.context.commands.refresh()

    def step(self, part: Part, seconds: float) -> None:
        """Move the annotation that is meant, or an edge of it, and tell it. It is kept once no further step follows."""
        if self.meant is None or self._document is None:
            return
        self._picked = self.meant[1].annotation_id
        for row in self._lanes.rows:
            held = row.lane.held(self._picked, part) if isinstance(row.lane, Annotations) else None
            if held is not None:
                start, end = held.moved(seconds)
                self._moved = Moved(self._document.conversation_id, held.id, start, end)
                self.show_moved()
                self._timer.start()
                QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self._lanes, stretch_words(start, end)))

    def show_moved(self) -> None:
        """Draw where keys moved an annotation to, also on lanes that were made anew meanwhile."""
        moved = self._moved
        if moved is None:
            return
        for row in self._lanes.rows:
            if isinstance(row.lane, Annotations):
                row.lane.show_moved(moved.annotation_id, moved.start, moved.end)
                row.strip.renew()
        self._select(moved.annotation_id, moved.start, moved.end)

    def keep_moved(self) -> None:
        """Keep what keys moved. Of a conversation that was left meanwhile nothing can be kept any more."""
        moved, self._moved = self._moved, None
        self._timer.stop()
        there = self._document.conversation_id if self._document is not None else ""
        if moved is not None and moved.conversation_id == there:
            self.stretch(moved.annotation_id, moved.start, moved.end)

    # --- tiers ------------------------------------------------------------------------------------------------------

    def _speakers(self) -> list[tuple[str, str]]:
        """Labels and names."""
        document = self._document
        return [(label, document.name_of(label)) for label in document.speakers] if document is not None else []

    def new_tier(self) -> None:
        """Ask for the name, the vocabulary and whom a new tier is about."""
        form = TierForm(self._lanes, self._speakers(), {tier.name for tier in self.tiers})
        form.done.connect(self._apply)
        self._open(form)

    def assign_tier(self) -> None:
        """Ask whom a tier is about."""
        form = AssignTierForm(self._lanes, self.tiers, self._speakers())
        form.done.connect(self._apply)
        self._open(form)

    def remove_tier(self) -> None:
        """Ask which tier to take away; undo brings it back with everything on it."""
        form = RemoveTierForm(self._lanes, self.tiers)
        form.done.connect(lambda name: self._apply(RemoveTier(name=name)))
        self._open(form)

    def _open(self, form: Form) -> None:
        """Show a form over the lanes, beside the selection where there is one."""
        if self.form is not None:
            self.form.end()
        self.form = form
        form.over.connect(self._on_over)
        lanes: QWidget = self._lanes
        selection = self._lanes.selection
        strip = self._lanes.ruler
        x = strip.x_of(selection[0]) if selection is not None else 0.0
        form.adjustSize()
        left = min(max(round(x), 0), max(strip.width() - form.width(), 0))
        form.move(strip.mapTo(lanes, QPoint(left, strip.height() + 4)))
        form.begin()

    def _on_over(self) -> None:
        self.form = None
