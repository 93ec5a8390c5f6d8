"""The timeline of one conversation: lanes on one time axis."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from illodesk.desk import Track
from illodesk.schema import AnalysisResult, Utterance
from illodesk.ui.theme import Theme

LANE_HEIGHT = 90


class TimeAxis(pg.AxisItem):  # type: ignore[misc]
    """Seconds as m:ss."""

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:  # noqa: ARG002, N802
        return [f"{int(value) // 60}:{int(value) % 60:02d}" if value >= 0 else "" for value in values]


class Timeline(QWidget):
    """Speakers, valence, arousal, engagement and moments over time. Emits the second that was clicked."""

    clicked = Signal(float)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.view = pg.GraphicsLayoutWidget()
        self.view.setBackground(theme["surface"])
        self.view.setAccessibleName(self.tr("Timeline"))
        self.view.setAccessibleDescription(self.tr("Speakers, valence, arousal, engagement and moments over time"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.view)
        self.view.scene().sigMouseClicked.connect(self._on_click)
        self._first: Any = None

    def show_result(self, result: AnalysisResult | None, tracks: Mapping[str, Track]) -> None:
        """Draw a conversation with its tracks: engagement (value, low, high) and one affect track per speaker."""
        self.view.setBackground(self._theme["surface"])
        self.view.clear()
        self._first = None
        if result is None or not result.timeline:
            return
        speakers = sorted({u.speaker for u in result.timeline})
        self._speakers_lane(result, speakers)
        self._points_lane(self.tr("Valence"), result.timeline, "valence", speakers, tracks)
        self._points_lane(self.tr("Arousal"), result.timeline, "arousal", speakers, tracks)
        self._engagement_lane(tracks.get("engagement"))
        if self._first is not None:
            self._first.setXRange(0, max(result.analysed_s, 1.0), padding=0.01)

    def _lane(self, name: str, low: float, high: float) -> pg.PlotItem:
        """Add a lane below the others, its time axis linked to theirs."""
        axis = TimeAxis("bottom")
        plot = self.view.addPlot(row=self.view.ci.layout.rowCount(), col=0, axisItems={"bottom": axis})
        if name:
            plot.setLabel("left", name, color=self._theme["text"])
        plot.getAxis("left").setWidth(90)
        for side in ("left", "bottom"):
            plot.getAxis(side).setPen(self._theme["secondary"])
            plot.getAxis(side).setTextPen(self._theme["secondary"])
        plot.setYRange(low, high, padding=0.02)
        plot.setMouseEnabled(x=True, y=False)
        plot.hideButtons()
        plot.setMenuEnabled(False)
        plot.showGrid(x=True, y=True, alpha=0.15)
        plot.setMinimumHeight(LANE_HEIGHT)
        if self._first is None:
            self._first = plot
        else:
            plot.setXLink(self._first)
        return plot

    def _speakers_lane(self, result: AnalysisResult, speakers: list[str]) -> None:
        plot = self._lane("", -0.5, len(speakers) + 0.5)
        for row, speaker in enumerate(speakers):
            turns = [u for u in result.timeline if u.speaker == speaker]
            plot.addItem(
                pg.BarGraphItem(
                    x0=[u.t_start for u in turns],
                    x1=[u.t_end for u in turns],
                    y0=[row - 0.35] * len(turns),
                    y1=[row + 0.35] * len(turns),
                    brush=self._theme.speaker(row),
                    pen=None,
                )
            )
        plot.getAxis("left").setTicks([[*enumerate(speakers), (len(speakers), self.tr("Moments"))]])
        marks = [(m.start_ms / 1000, m.category) for m in result.moments]
        if marks:
            times, names = zip(*marks, strict=True)
            plot.addItem(
                pg.ScatterPlotItem(
                    x=times,
                    y=[len(speakers)] * len(times),
                    symbol="d",
                    size=11,
                    brush=self._theme["accent"],
                    pen=None,
                    data=names,
                    hoverable=True,
                    tip=lambda x, y, data: f"{data} {int(x) // 60}:{int(x) % 60:02d}",  # noqa: ARG005
                )
            )

    def _points_lane(
        self, name: str, timeline: Sequence[Utterance], key: str, speakers: list[str], tracks: Mapping[str, Track]
    ) -> None:
        """One value per utterance, a line over its length, and the smoothed curve; nothing without evidence."""
        plot = self._lane(name, -1.0, 1.0)
        plot.addItem(pg.InfiniteLine(0.0, angle=0, pen=pg.mkPen(self._theme["grid"])))
        for row, speaker in enumerate(speakers):
            known = [u for u in timeline if u.speaker == speaker and getattr(u.emotion, key) is not None]
            if not known:
                continue
            values = np.array([getattr(u.emotion, key) for u in known])
            x = np.array([[u.t_start, u.t_end] for u in known]).reshape(-1)
            colour = self._theme.speaker(row)
            plot.addItem(pg.PlotCurveItem(x, np.repeat(values, 2), connect="pairs", pen=pg.mkPen(colour, width=3)))
            middle = x.reshape(-1, 2).mean(axis=1)
            smoothed = tracks.get(f"affect_{row}")
            if smoothed is not None:
                curve = smoothed.frames[:, smoothed.info.columns.index(key)]
                thin = pg.mkPen(colour, width=1, style=Qt.PenStyle.DotLine)
                plot.addItem(pg.PlotCurveItem(smoothed.times(), curve, connect="finite", pen=thin))
            plot.addItem(
                pg.ScatterPlotItem(x=middle, y=values, symbol="os^dtp+x"[row % 8], size=6, brush=colour, pen=None)
            )

    def _engagement_lane(self, track: Track | None) -> None:
        plot = self._lane(self.tr("Engagement"), 0.0, 1.0)
        if track is None or not len(track.frames):
            return
        times, curve = track.times(), track.frames
        colour = pg.mkColor(self._theme["engagement"])
        band = pg.mkColor(colour)
        band.setAlpha(110)
        for edge in (1, 2):
            plot.addItem(pg.PlotCurveItem(times, curve[:, edge], connect="finite", pen=pg.mkPen(band)))
        plot.addItem(pg.PlotCurveItem(times, curve[:, 0], connect="finite", pen=pg.mkPen(colour, width=1)))

    def _on_click(self, event: object) -> None:
        if self._first is None or event.button() != Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            return
        self.clicked.emit(float(self._first.vb.mapSceneToView(event.scenePos()).x()))  # type: ignore[attr-defined]
