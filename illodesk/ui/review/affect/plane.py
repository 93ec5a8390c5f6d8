"""The affect plane beside inspector and summary: filled when it is seen, of the selection when there is one."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from illodesk.ui.context import AppContext
from illodesk.ui.review.affect.points import Points, points_of
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.lanes.data import Speaker
from illodesk.ui.tasks import Task

if TYPE_CHECKING:
    from illodesk.ui.review.affect.plot import AffectPlot

PLOT = "illodesk.ui.review.affect.plot"


class AffectPlane(QWidget):
    """``seek`` asks for a second, ``picked`` for the utterance that begins there."""

    seek = Signal(float)
    picked = Signal(str, str)

    def __init__(self, context: AppContext, document: ReviewDocument) -> None:
        super().__init__()
        self._context = context
        self._document = document
        self._stretch: tuple[float, float] | None = None
        self._pointed = ""
        self._stale = True
        self._importing = False
        self._finding: Task | None = None
        self.plot: AffectPlot | None = None
        self.setAccessibleName(self.tr("Affect plane"))
        self.count, self.message = QLabel(), QLabel()
        self.count.setProperty("role", "caption")
        self.count.setToolTip(
            self.tr(
                "Larger points are surer. The largest symbol of a speaker is the mean, the ellipse one standard "
                "deviation around it. Arousal is measured against a speaker's own norm."
            )
        )
        self.message.setProperty("role", "secondary")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        space = context.theme.space
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(space(2), space(1), space(1), space(1))
        self._column.setSpacing(space(0))
        for label in (self.count, self.message):
            label.setWordWrap(True)
            self._column.addWidget(label, int(label is self.message))
        document.opened.connect(self._on_opened)
        document.changed.connect(lambda kinds: self._forget() if kinds & {"text", "speakers"} else None)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_stretch(self, start_s: float, end_s: float) -> None:
        """Show only what lies in a stretch, s; an empty one shows everything."""
        self._stretch = (start_s, end_s) if end_s > start_s else None
        self._forget()

    def point_to(self, kind: str, id: str) -> None:
        """Point to an utterance that was picked elsewhere."""
        if kind == "utterance":
            self._pointed = id
            if self.plot is not None and not self._stale:
                self.plot.point_to(id)

    def _on_opened(self) -> None:
        self._pointed = ""
        if self.plot is not None:
            self.plot.point_to("")  # ids are used again in other conversations
        self._forget()

    def _forget(self) -> None:
        self._stale = True
        self._renew_soon()

    def _renew_soon(self) -> None:
        """After the other views, when it is seen."""
        if self._stale and self.isVisible():
            self._document.turns.add(self.renew)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._renew_soon()

    def renew(self) -> None:
        """Show what is open, unless it is shown already."""
        if not self._stale:
            return
        if self.plot is None:
            self._import()
            return
        self._stale = False
        if self._finding is not None:
            self._finding.cancel()
        result = self._document.result
        timeline = result.timeline if result is not None else ()
        self._finding = self._context.tasks.run(points_of, timeline, self._stretch, done=self._on_points)

    def _on_points(self, points: Points) -> None:
        self._finding = None
        if self.plot is None:
            return
        self._tell(points)
        self.plot.setVisible(bool(points.utterances))
        self.message.setVisible(not points.utterances)
        document = self._document
        self.plot.show_points(
            points,
            [Speaker(label, document.name_of(label), document.speaker_index(label)) for label in document.speakers],
        )
        if self._pointed:
            self.plot.point_to(self._pointed)

    def _import(self) -> None:
        """Import what plots are made of; that would stop the window for a third of a second here."""
        if not self._importing:
            self._importing = True
            self._context.tasks.run(import_module, PLOT, done=self._on_plot)

    def _on_plot(self, module: ModuleType) -> None:
        self.plot = module.AffectPlot(self._context)
        self.plot.chosen.connect(self._on_chosen)
        self._column.addWidget(self.plot, 1)
        if self.hasFocus():
            self.plot.view.setFocus()
        self.setFocusProxy(self.plot.view)
        self._renew_soon()

    def _tell(self, points: Points) -> None:
        """How many turns are shown, and of how many nothing is known."""
        shown, unknown = len(points.utterances), points.unknown
        parts = [self.tr("Turns: {count}").format(count=shown)]
        if unknown:
            parts.append(self.tr("without enough evidence: {count}").format(count=unknown))
        if self._stretch is not None:
            parts.append(self.tr("in the selection"))
        self.count.setText(" · ".join(parts))
        self.count.setVisible(bool(shown))
        self.message.setText(
            self.tr("No turn here has enough evidence of both valence and arousal.")
            if unknown
            else self.tr("Nobody speaks here.")
        )

    def _on_chosen(self, id: str) -> None:
        utterance = self._document.utterance(id)
        if utterance is not None:
            self.seek.emit(utterance.t_start)
            self.picked.emit("utterance", id)
