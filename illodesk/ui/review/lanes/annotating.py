"""Adding, changing and removing annotations and their tiers, each as one step that can be undone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QWidget

from illodesk.operations import AddAnnotation, AddTier, EditAnnotation, Operation, RemoveAnnotation, RemoveTier
from illodesk.schema import Annotation, Tier
from illodesk.ui.commands import Command
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.lanes.annotation_forms import AnnotationForm, Form, RemoveTierForm, TierForm

if TYPE_CHECKING:
    from illodesk.ui.review.lanes.view import Lanes

Place = tuple[Tier, Annotation]


class Annotating(QObject):
    """What people may do on their own tiers. The annotation that was clicked, or is at the playhead, is meant."""

    def __init__(self, lanes: Lanes) -> None:
        super().__init__(lanes)
        self._lanes = lanes
        self._document: ReviewDocument | None = None
        self._picked: str | None = None
        self.form: Form | None = None

    def set_document(self, document: ReviewDocument) -> None:
        """Where changes go."""
        self._document = document
        document.opened.connect(partial(self.pick, None))

    def pick(self, annotation_id: str | None) -> None:
        """Mean this annotation from now on, and select its time; None: no longer any."""
        self._picked = annotation_id
        found = self.meant
        if annotation_id is not None and found is not None:
            self._lanes.select(found[1].t_start, found[1].t_end)
        self._lanes.context.commands.refresh()

    @property
    def tiers(self) -> list[Tier]:
        result = self._document.result if self._document is not None else None
        return result.tiers if result is not None else []

    @property
    def meant(self) -> Place | None:
        """The annotation that was clicked, else one at the playhead, with its tier."""
        at = self._lanes.pointer.position
        places = [(tier, one) for tier in self.tiers for one in tier.annotations]
        clicked = [place for place in places if place[1].annotation_id == self._picked]
        return next(iter([*clicked, *(place for place in places if place[1].t_start <= at < place[1].t_end)]), None)

    def _able(self) -> bool:
        return self._document is not None and self._document.editable

    def _apply(self, *operations: Operation) -> None:
        if self._document is not None:
            self._document.apply(*operations)

    # --- commands ---------------------------------------------------------------------------------------------------

    def commands(self) -> list[Command]:
        """What can be done with annotations, for the page."""

        def selected() -> bool:
            return self._able() and self._lanes.selection is not None

        def one() -> bool:
            return self._able() and self.meant is not None

        def both() -> bool:
            return one() and self._lanes.selection is not None

        def tiers() -> bool:
            return self._able() and bool(self.tiers)

        add, change = self.tr("Annotate the selection"), self.tr("Change the annotation")
        fit, remove = self.tr("Give the annotation the time of the selection"), self.tr("Remove the annotation")
        new, drop = self.tr("New tier of annotations"), self.tr("Remove a tier of annotations")
        return [
            Command("lanes.annotate", add, self.annotate, "A", "edit", selected, icon="tag", group="annotations"),
            Command("lanes.edit_annotation", change, self.change, "Shift+A", "edit", one, group="annotations"),
            Command("lanes.fit_annotation", fit, self.fit, "", "edit", both, group="annotations"),
            Command("lanes.remove_annotation", remove, self.remove, "", "edit", one, group="annotations"),
            Command("lanes.new_tier", new, self.new_tier, "", "edit", self._able, group="annotations"),
            Command("lanes.remove_tier", drop, self.remove_tier, "", "edit", tiers, group="annotations"),
        ]

    def annotate(self) -> None:
        """Ask for a tier and a value for the selection."""
        selection = self._lanes.selection
        if selection is not None:
            form = AnnotationForm(self._lanes, self.tiers, selection)
            form.done.connect(self._on_annotated)
            self._open(form)

    def _on_annotated(self, tier: str, value: str, start_s: float, end_s: float) -> None:
        new: list[Operation] = [AddAnnotation(tier=tier, t_start=start_s, t_end=end_s, value=value)]
        if tier not in {one.name for one in self.tiers}:
            new.insert(0, AddTier(name=tier))
        self._apply(*new)

    def change(self) -> None:
        """Ask for another value of the annotation that is meant."""
        if self.meant is not None:
            tier, old = self.meant
            form = AnnotationForm(self._lanes, [tier], (old.t_start, old.t_end), old.value)
            form.done.connect(
                lambda _tier, value, _start, _end: self._apply(
                    EditAnnotation(annotation_id=old.annotation_id, value=value)
                )
            )
            self._open(form)

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

    def new_tier(self) -> None:
        """Ask for the name, the vocabulary and whom a new tier is about."""
        document = self._document
        if document is not None:
            speakers = [(label, document.name_of(label)) for label in document.speakers]
            form = TierForm(self._lanes, speakers, {tier.name for tier in self.tiers})
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
