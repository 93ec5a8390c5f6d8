"""The plane of valence and arousal as a plot. Imports pyqtgraph; see illodesk/ui/plotting.py."""

from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QResizeEvent

from illodesk.ui.context import AppContext
from illodesk.ui.plotting import Axis, PlotPanel
from illodesk.ui.review.affect.points import Points, ellipse
from illodesk.ui.review.lanes.data import Speaker
from illodesk.ui.review.wording import exact_clock, number, score_name
from illodesk.ui.words import isolated

SYMBOLS = ("o", "s", "t1", "d", "star", "h", "t", "p")
"""One for each of the eight hues of speakers."""

SMALL, LARGE, MEAN = 5.0, 13.0, 17.0
"""Sizes of points that are not sure at all and quite sure, and of a speaker's mean, px."""

STEPS = 4
"""Sizes that are told apart: pyqtgraph keeps a picture of each."""

NEAR = 16.0
"""What the mouse points at is at most so far away, px."""

FEW = 4
"""So many speakers are named in two columns of the legend, more of them in three."""

NAMED = {2: 100, 3: 57}
"""Room for a name in a legend of so many columns, px."""

LEGEND = 0.3
"""Of the height the legend has at most so much, or a row: what it names is there for the points."""

ABOVE, BETWEEN = 4, 4
"""Height of a legend beside its lines of type, and of each row in it, px."""

EDGE = 1.05
"""Points at the ends of the scales are drawn whole."""


class AffectPlot(PlotPanel):
    """``chosen`` tells the id of the utterance that was clicked, or at which Enter was pressed."""

    chosen = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, Axis("bottom"), Axis("left"), lines=4)
        self._points: Points | None = None
        self._speakers: list[Speaker] = []
        self._drawn: list[pg.GraphicsObject] = []
        self._dots: dict[Speaker, pg.ScatterPlotItem] = {}
        self._rows = 1
        self.place: int | None = None
        self.axes[0].setLabel(score_name("valence"))
        self.axes[1].setLabel(score_name("arousal"))
        self.middle = [pg.InfiniteLine(0, angle=angle) for angle in (0, 90)]
        self.ring = pg.ScatterPlotItem(symbol="o", size=MEAN + 3, brush=None)
        self.words = []
        for text, x, y in (
            (self.tr("tense"), -1, 1),
            (self.tr("excited"), 1, 1),
            (self.tr("bored"), -1, -1),
            (self.tr("calm"), 1, -1),
        ):
            word = pg.TextItem(text, anchor=((x + 1) / 2, (1 - y) / 2))
            word.setPos(x, y)
            self.words.append(word)
        for item in (*self.words, *self.middle):
            item.setZValue(-1)
            self.plot.addItem(item)
        self.plot.addItem(self.ring)
        self.ring.setZValue(2)
        self.legend.layout.setContentsMargins(self.theme.space(1), 0, 0, 0)
        self.view.setAccessibleName(self.tr("Affect plane"))
        self.set_whole(QRectF(-EDGE, -EDGE, 2 * EDGE, 2 * EDGE))
        self.dress()

    def dress(self) -> None:
        super().dress()
        for word in self.words:
            word.setFont(self.theme.font("base"))
            word.setColor(self.theme.colour("secondary"))
        for line in self.middle:
            line.setPen(self.theme.colour("control_border"))
        self.ring.setPen(pg.mkPen(self.theme.colour("text"), width=2))
        self._draw()

    # --- what is shown ----------------------------------------------------------------------------------------------

    def show_points(self, points: Points, speakers: list[Speaker]) -> None:
        """Show these, and what is pointed at as long as it is among them."""
        before = self._points.utterances[self.place].utterance_id if self._points and self.place is not None else ""
        self._points, self._speakers = points, speakers
        self._draw()
        self.point_to(before)
        self.view.setAccessibleDescription("; ".join(self._told(speaker) for speaker in speakers))

    def _told(self, speaker: Speaker) -> str:
        assert self._points is not None
        places = self._points.of(speaker.label)
        if not len(places):
            return self.tr("{name}: not enough evidence").format(name=isolated(speaker.name))
        valence, arousal = self._points.at[places].mean(axis=0).tolist()
        return self.tr("{name}: {count} turns, on average valence {valence}, arousal {arousal}").format(
            name=isolated(speaker.name),
            count=len(places),
            valence=number(valence, signed=True),
            arousal=number(arousal, signed=True),
        )

    def _draw(self) -> None:
        for item in self._drawn:
            self.plot.removeItem(item)
        self._drawn, self._dots = [], {}
        points = self._points
        if points is None:
            return
        for speaker in self._speakers:
            if len(places := points.of(speaker.label)):
                self._draw_speaker(speaker, points, places)
        self._rows = self._rows_of_legend()
        self._name_speakers()

    def _draw_speaker(self, speaker: Speaker, points: Points, places: np.ndarray) -> None:
        colour, at = self.theme.speaker(speaker.number), points.at[places]
        pale = self.theme.speaker(speaker.number)
        pale.setAlphaF(0.6)
        symbol = SYMBOLS[speaker.number % len(SYMBOLS)]
        sizes = SMALL + (LARGE - SMALL) * np.round(points.confidence[places] * STEPS) / STEPS
        dots = pg.ScatterPlotItem(symbol=symbol, size=LARGE - 2, pen=pg.mkPen(colour), brush=pg.mkBrush(pale))
        dots.setData(at[:, 0], at[:, 1], size=sizes)
        ground = pg.mkPen(self.theme.colour("surface"), width=2)
        mean = pg.ScatterPlotItem(*at.mean(axis=0)[:, None], symbol=symbol, size=MEAN, pen=ground, brush=colour)
        mean.setZValue(1)
        outline = ellipse(at)
        self._drawn += [dots, mean]
        if outline is not None:
            self._drawn.append(pg.PlotCurveItem(outline[:, 0], outline[:, 1], pen=pg.mkPen(colour, width=2)))
        for item in self._drawn[-3 if outline is not None else -2 :]:
            self.plot.addItem(item)
        self._dots[speaker] = dots

    # --- the legend -------------------------------------------------------------------------------------------------

    def _rows_of_legend(self) -> int:
        """For so many there is room, one at least."""
        row = self.read_out.fontMetrics().lineSpacing() + BETWEEN
        return max(int(LEGEND * self.view.height() - ABOVE) // row, 1)

    def _name_speakers(self) -> None:
        """Name who speaks: all, or those with the most points, and how many others there are."""
        self.legend.clear()
        columns = 2 if len(self._dots) <= min(FEW, 2 * self._rows) else 3
        self.legend.setColumnCount(columns)
        room = columns * self._rows
        most = sorted(self._dots, key=lambda speaker: len(self._dots[speaker].data), reverse=True)
        named = most if len(most) <= room else most[: room - 1]
        for speaker, dots in self._dots.items():
            if speaker in named:
                self.name(dots, speaker.name, NAMED[columns])
        if len(named) < len(most):
            self.name(pg.ScatterPlotItem(pen=None, brush=None), f"+{len(most) - len(named)}", NAMED[columns])

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if self._rows != self._rows_of_legend():
            self._rows = self._rows_of_legend()
            self._name_speakers()

    # --- pointing ---------------------------------------------------------------------------------------------------

    def point_to(self, utterance_id: str) -> None:
        """Point to an utterance, or to nothing when it is not shown."""
        said = self._points.utterances if self._points is not None else []
        self._go(next((i for i, one in enumerate(said) if one.utterance_id == utterance_id), None))

    def point(self, at: QPointF | None) -> None:
        if at is None or self._points is None or not len(self._points.at):
            return
        across, up = self.box.viewPixelSize()
        away = np.hypot((self._points.at[:, 0] - at.x()) / across, (self._points.at[:, 1] - at.y()) / up)
        nearest = int(away.argmin())
        self._go(nearest if away[nearest] <= NEAR else None)

    def step(self, by: int) -> None:
        if self._points is None or not len(self._points.at):
            return
        last = len(self._points.at) - 1
        before = self.place if self.place is not None else -1 if by > 0 else last + 1
        self._go(min(max(before + by, 0), last), aloud=True)

    def choose(self) -> None:
        if self._points is not None and self.place is not None:
            self.chosen.emit(self._points.utterances[self.place].utterance_id)

    def _go(self, place: int | None, *, aloud: bool = False) -> None:
        """Put the ring on a point, and say what was said there."""
        self.place = place
        if place is None or self._points is None:
            self.ring.setData([], [])
            self.say("")
            return
        utterance = self._points.utterances[place]
        valence, arousal = self._points.at[place].tolist()
        self.ring.setData([valence], [arousal])
        name = next((one.name for one in self._speakers if one.label == utterance.speaker), utterance.speaker)
        values = self.tr("valence {valence}, arousal {arousal}").format(
            valence=number(valence, signed=True), arousal=number(arousal, signed=True)
        )
        if aloud:
            self.reveal(QPointF(valence, arousal))
        self.say(f"{exact_clock(utterance.t_start)}  {name}\n{values}\n{utterance.text}", aloud=aloud)
