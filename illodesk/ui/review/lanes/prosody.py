"""How it was said: pitch and loudness, pauses and rate, and how well it could be heard."""

from __future__ import annotations

from typing import Self

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.drawing import paint_columns, paint_gaps, paint_line
from illodesk.ui.review.lanes.lane import Lane, Mark, View, nobody, translate
from illodesk.ui.review.lanes.scores import dashed
from illodesk.ui.review.lanes.waveform import channel_name, no_track
from illodesk.ui.theme import Theme
from illodesk.ui.words import decimal, isolated

LOWEST_HZ, HIGHEST_HZ = 60.0, 500.0
LOWEST_DB, HIGHEST_DB = -70.0, 0.0
FASTEST_SPS = 8.0
BEST_DB = 40.0
PAUSE_S = 0.25
PAUSE_PX = 8


class Pitch(Lane):
    """F0 of one channel on a musical scale, before its loudness. Unvoiced sound has no pitch and stays empty."""

    kind = "pitch"
    height = 72
    unit = "Hz, dBFS"

    @classmethod
    def of(cls, data: LaneData) -> list[Self]:
        numbers = sorted(int(name.removeprefix("f0_hz_")) for name in data.curves if name.startswith("f0_hz_"))
        return [cls(data, str(number)) for number in numbers] or [cls(data)]

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Pitch, level")

    def name(self) -> str:
        return channel_name(self.data, self.title(), self.part)

    def marks(self, theme: Theme) -> list[Mark]:  # noqa: ARG002
        return [Mark(f"{HIGHEST_HZ:.0f}", 0.0), Mark(f"{LOWEST_HZ:.0f}", 1.0)]

    def instead(self, view: View) -> str:  # noqa: ARG002
        return "" if self.part else no_track()

    def paint(self, painter: QPainter, view: View) -> None:
        pitch = self.data.curves[f"f0_hz_{self.part}"].envelope(view.edges)
        level = self.data.curves[f"intensity_db_{self.part}"].envelope(view.edges)
        floor = np.full(view.columns, float(view.height))
        paint_gaps(painter, view, np.isnan(level.mean))
        paint_columns(
            painter, view, view.y(level.mean, LOWEST_DB, HIGHEST_DB), floor, view.theme.colour("waveform"), 0.3
        )
        low, high = np.log2(LOWEST_HZ), np.log2(HIGHEST_HZ)
        top, bottom = view.y(np.log2(pitch.high), low, high), view.y(np.log2(pitch.low), low, high)
        paint_columns(painter, view, top - 1, bottom + 1, view.theme.colour("accent"))

    def read_out(self, t: float) -> str:
        pitch = self.data.curves[f"f0_hz_{self.part}"].at(t)
        level = self.data.curves[f"intensity_db_{self.part}"].at(t)
        told = [translate("Lanes", "F0 {hertz} Hz").format(hertz=round(pitch))] if pitch is not None else []
        if level is not None:
            told.append(translate("Lanes", "level {level} dBFS").format(level=f"{level:.0f}".replace("-", "−")))
        return ", ".join(told)


class Rate(Lane):
    """Articulation rate of each speaker; below it, dark, the pauses in which nobody speaks."""

    kind = "rate"
    unit = "syll/s"
    range = (0.0, FASTEST_SPS)

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Rate, pauses")

    def instead(self, view: View) -> str:  # noqa: ARG002
        return nobody(self.data)

    def paint(self, painter: QPainter, view: View) -> None:
        asked, known = np.zeros(view.columns, bool), np.zeros(view.columns, bool)
        for row, speaker in enumerate(self.data.speakers):
            found = self.data.of[speaker.label].scores["articulation_rate_sps"].envelope(view.edges)
            asked |= found.present
            known |= np.isfinite(found.mean)
            colour = view.theme.speaker(speaker.number)
            lower = view.height - PAUSE_PX
            heights = [view.y(part, 0.0, FASTEST_SPS) * lower / view.height for part in (found.high, found.low)]
            paint_columns(painter, view, heights[0] - 1, heights[1] + 1, colour, 0.4)
            middle = view.y(found.mean, 0.0, FASTEST_SPS) * lower / view.height
            paint_line(painter, view, middle, colour, 2.0, dashed(view, row))
        paint_gaps(painter, view, asked & ~known)
        silent = 1.0 - self.data.everybody.coverage.share(view.edges)
        floor = np.full(view.columns, view.height - 1.0)
        paint_columns(painter, view, floor - PAUSE_PX + 3, floor, view.theme.colour("secondary"), silent)

    def read_out(self, t: float) -> str:
        told = []
        for speaker in self.data.speakers:
            utterance = self.data.of[speaker.label].at(t)
            if utterance is None:
                continue
            rate = utterance.prosody.articulation_rate_sps
            if rate is None:
                told.append(translate("Lanes", "{name}: rate unknown").format(name=isolated(speaker.name)))
            else:
                told.append(
                    translate("Lanes", "{name}: {rate} syllables/s").format(
                        name=isolated(speaker.name), rate=decimal(rate, 1)
                    )
                )
        return "; ".join(told) or self._pause(t)

    def _pause(self, t: float) -> str:
        spoken = self.data.everybody
        ended = spoken.ends[spoken.ends <= t].max(initial=0.0)
        place = int(np.searchsorted(spoken.starts, t, "right"))
        begins = spoken.starts[place] if place < len(spoken.starts) else self.data.duration_s
        length = float(begins - ended)
        return translate("Lanes", "pause of {length} s").format(length=decimal(length, 1)) if length >= PAUSE_S else ""


class Quality(Lane):
    """Speech over background for each speaker; a triangle at the top marks sound that was cut off at full scale."""

    kind = "quality"
    height = 40
    unit = "dB"
    range = (0.0, BEST_DB)

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Signal")

    def instead(self, view: View) -> str:  # noqa: ARG002
        if not any(self.data.has(name) for name in ("snr_db", "clipped_ratio")):
            return nobody(self.data) or translate("Lanes", "The quality of the sound was not measured.")
        return ""

    def paint(self, painter: QPainter, view: View) -> None:
        asked, known = np.zeros(view.columns, bool), np.zeros(view.columns, bool)
        clipped = np.zeros(view.columns, bool)
        for row, speaker in enumerate(self.data.speakers):
            scores = self.data.of[speaker.label].scores
            found = scores["snr_db"].envelope(view.edges)
            asked |= found.present
            known |= np.isfinite(found.mean)
            colour = view.theme.speaker(speaker.number)
            top, bottom = view.y(found.high, *self.range), view.y(found.low, *self.range)
            paint_columns(painter, view, top - 1, bottom + 1, colour, 0.35)
            paint_line(painter, view, view.y(found.mean, *self.range), colour, 1.8, dashed(view, row))
            clipped |= np.nan_to_num(scores["clipped_ratio"].envelope(view.edges).high) > 1e-4
        paint_gaps(painter, view, asked & ~known)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(view.theme.colour("record"))
        last = -100.0
        for column in np.flatnonzero(clipped).tolist():
            x = column / view.ratio
            if x - last >= 8:
                painter.drawPolygon(QPolygonF([QPointF(x - 4, 0), QPointF(x + 4, 0), QPointF(x, 7)]))
                last = x

    def read_out(self, t: float) -> str:
        utterance = self.data.everybody.at(t)
        if utterance is None:
            return ""
        heard = utterance.prosody
        told = (
            [translate("Lanes", "{ratio} dB over the background").format(ratio=f"{heard.snr_db:.0f}")]
            if (heard.snr_db is not None)
            else [translate("Lanes", "signal quality: not enough evidence")]
        )
        return ", ".join([*told, *(flag_name(flag) for flag in heard.quality_flags)])


def flag_name(flag: str) -> str:
    """A condition that lowers confidence, in the language of the app."""
    names = {
        "clipping": translate("Lanes", "clipped"),
        "noisy": translate("Lanes", "noisy"),
        "telephone": translate("Lanes", "telephone band"),
        "quiet": translate("Lanes", "quiet"),
        "short": translate("Lanes", "short"),
    }
    return names.get(flag, flag)
