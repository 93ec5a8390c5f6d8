"""One score of two results over time: a solid line and a dashed one. Imports pyqtgraph; see illodesk/ui/plotting.py."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt

from illodesk.ui.context import AppContext
from illodesk.ui.plotting import Axis, PlotPanel
from illodesk.ui.review.wording import SIGNED, exact_clock, number, score_name
from illodesk.ui.words import isolated, local_number

Values = NDArray[np.float64]
NAMED = 400
"""Room for a name in the legend, px."""

LOOKS = ((Qt.PenStyle.SolidLine, 3), (Qt.PenStyle.DashLine, 2))


def percent(share: float) -> str:
    """A share of the time."""
    return local_number(f"{share:.4g}") + " %"


class CurvePlot(PlotPanel):
    """Both run from their beginning to their end; a gap is a stretch without evidence."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, Axis("bottom", percent), Axis("left"), lines=3)
        self._score = ""
        self._both: tuple[Values, Values] = (np.full(1, np.nan), np.full(1, np.nan))
        self._names, self._lengths = ("", ""), (0.0, 0.0)
        self._place: int | None = None
        self.curves = [pg.PlotCurveItem() for _ in LOOKS]
        self.crosshair = pg.InfiniteLine(angle=90)
        for item in (*self.curves, self.crosshair):
            self.plot.addItem(item)
        self.dress()

    def dress(self) -> None:
        super().dress()
        for side, (style, width) in enumerate(LOOKS):
            self.curves[side].setPen(pg.mkPen(self.theme.speaker(side), width=width, style=style))
        self.crosshair.setPen(self.theme.colour("secondary"))

    def show_curves(
        self, score: str, left: Values, right: Values, names: tuple[str, str], lengths: tuple[float, float]
    ) -> None:
        """Show these; arrays of the same size, names and lengths (s) of what they are of."""
        self._score, self._both, self._names, self._lengths = score, (left, right), names, lengths
        edges = np.linspace(0.0, 100.0, len(left) + 1)
        self.legend.clear()
        for side, curve in enumerate(self.curves):
            curve.setData(edges, self._both[side], stepMode="center", connect="finite")
            self.name(curve, names[side], NAMED)
        low = -1.0 if score in SIGNED else 0.0
        self.set_whole(QRectF(0.0, low, 100.0, 1.0 - low))
        self.axes[0].setLabel(self.tr("Share of the time"))
        self.axes[1].setLabel(score_name(score))
        self.dress()
        self.view.setAccessibleName(self.tr("{score} over time").format(score=score_name(score)))
        self.view.setAccessibleDescription("; ".join(self._told(side) for side in (0, 1)))
        self._go(None)

    def _told(self, side: int) -> str:
        known = self._both[side][np.isfinite(self._both[side])]
        if not len(known):
            return self.tr("{name}: not enough evidence").format(name=isolated(self._names[side]))
        return self.tr("{name}: from {low} to {high}").format(
            name=isolated(self._names[side]), low=number(float(known.min())), high=number(float(known.max()))
        )

    def point(self, at: QPointF | None) -> None:
        bins = len(self._both[0])
        self._go(None if at is None else min(max(int(at.x() / 100.0 * bins), 0), bins - 1))

    def step(self, by: int) -> None:
        before = self._place if self._place is not None else -1 if by > 0 else len(self._both[0])
        self._go(min(max(before + by, 0), len(self._both[0]) - 1), aloud=True)

    def _go(self, place: int | None, *, aloud: bool = False) -> None:
        """Put the crosshair on a stretch and say both values there."""
        self._place = place
        self.crosshair.setVisible(place is not None)
        if place is None:
            self.say("")
            return
        share = (place + 0.5) / len(self._both[0])
        self.crosshair.setPos(100.0 * share)
        if aloud:
            self.reveal(QPointF(100.0 * share, self.box.viewRect().center().y()))
        self.say("\n".join([score_name(self._score), *(self._value_at(place, side) for side in (0, 1))]), aloud=aloud)

    def _value_at(self, place: int, side: int) -> str:
        value = float(self._both[side][place])
        when = exact_clock((place + 0.5) / len(self._both[side]) * self._lengths[side])
        shown = number(value, signed=self._score in SIGNED) if np.isfinite(value) else self.tr("not enough evidence")
        return f"{self._names[side]}, {when}: {shown}"
