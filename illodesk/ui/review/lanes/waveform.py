"""Loudness at a glance: the lowest and highest sample of each column."""

from __future__ import annotations

import math
from typing import Self

import numpy as np
from PySide6.QtGui import QPainter

from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.drawing import paint_columns, paint_gaps, paint_rule
from illodesk.ui.review.lanes.lane import Lane, Mark, View, translate
from illodesk.ui.review.lanes.series import Pyramid
from illodesk.ui.theme import Theme

EMPTY = Pyramid(np.empty(0, np.float32), np.empty(0, np.float32), 1.0)


def channel_name(data: LaneData, title: str, part: str) -> str:
    """A lane's name, with its channel where there are several."""
    return f"{title} {int(part) + 1}" if len(data.channels) > 1 and part else title


def no_track() -> str:
    """Why a lane that is drawn from a track is empty."""
    return translate("Lanes", "This analysis kept no such track. Analyse the recording again to see it.")


class Waveform(Lane):
    """The sound of one channel, scaled to the loudest of it."""

    kind = "waveform"
    shown = True
    unit = "dBFS"

    def __init__(self, data: LaneData, part: str = "") -> None:
        super().__init__(data, part)
        self._peaks = data.curves.get(f"peaks_{part}", EMPTY)
        whole = self._peaks.envelope(np.linspace(0.0, max(data.duration_s, 1.0), 512))
        loudest = np.nanmax(np.abs(np.concatenate([whole.low, whole.high, [0.0]])))
        self._scale = max(float(loudest), 0.02)

    @classmethod
    def of(cls, data: LaneData) -> list[Self]:
        return [cls(data, str(channel)) for channel in data.channels] or [cls(data)]

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Waveform")

    def name(self) -> str:
        return channel_name(self.data, self.title(), self.part)

    def natural_height(self) -> int:
        return self.height if len(self.data.channels) < 2 else 40

    def marks(self, theme: Theme) -> list[Mark]:  # noqa: ARG002
        if self._peaks is EMPTY:
            return []
        return [Mark(f"{decibels(self._scale):.0f}".replace("-", "−"), 0.0)]

    def instead(self, view: View) -> str:  # noqa: ARG002
        return no_track() if self._peaks is EMPTY else ""

    def paint(self, painter: QPainter, view: View) -> None:
        found = self._peaks.envelope(view.edges)
        middle, reach = view.height / 2, view.height / 2 - 2
        paint_gaps(painter, view, ~found.present | np.isnan(found.high))
        paint_rule(painter, view, middle)
        top = middle - np.clip(found.high / self._scale, -1, 1) * reach - 0.4
        bottom = middle - np.clip(found.low / self._scale, -1, 1) * reach + 0.4
        paint_columns(painter, view, top, bottom, view.theme.colour("waveform"))

    def read_out(self, t: float) -> str:
        found = self._peaks.envelope(np.array([t, t + 0.01]))
        peak = max(abs(float(found.low[0])), abs(float(found.high[0])))
        if math.isnan(peak):
            return ""
        level = f"{decibels(peak):.0f}".replace("-", "−") if peak > 1e-5 else "−∞"
        return translate("Lanes", "{name} peak {level} dBFS").format(name=self.name().lower(), level=level)


def decibels(peak: float) -> float:
    """A peak of 0..1 as dB relative to full scale."""
    return 20 * math.log10(max(peak, 1e-5))
