"""Scores of what was said as curves with bands: valence, arousal, dominance, engagement, load, focus."""

from __future__ import annotations

from typing import ClassVar

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from illodesk.ui.review.lanes.data import LaneData, Speaker, basis_words
from illodesk.ui.review.lanes.drawing import half_band, paint_columns, paint_gaps, paint_line, paint_rule, tint
from illodesk.ui.review.lanes.lane import Lane, Mark, View, no_evidence, score_words, translate
from illodesk.ui.review.lanes.series import Envelope
from illodesk.ui.theme import Theme
from illodesk.ui.words import isolated

DASHES = ((1, 0), (9, 4), (3, 3), (14, 6))
"""Painted and left-out columns of the lines of the first four speakers, so that not only colour tells them apart."""


def dashed(view: View, row: int) -> np.ndarray[tuple[int], np.dtype[np.float32]]:
    """1 in the columns where the line of a speaker is painted. The dashes move with the time, not with the view."""
    on, off = DASHES[row % len(DASHES)]
    first = round(view.start_s * view.second_px * view.ratio)
    return ((np.arange(view.columns) + first) % (on + off) < on).astype(np.float32)


class ScoreLane(Lane):
    """One curve for each speaker; the band is wider and paler where the score is less sure."""

    score: ClassVar[str]
    range = (0.0, 1.0)

    def envelope(self, speaker: Speaker, view: View) -> Envelope:
        """The smoothed curve of a speaker, where there is one, else the scores of the utterances."""
        curve = self.data.curves.get(f"{self.score} {speaker.label}")
        return (curve or self.data.of[speaker.label].scores[self.score]).envelope(view.edges)

    def __init__(self, data: LaneData, part: str = "") -> None:
        super().__init__(data, part)
        drawn = any(name == self.score or name.startswith(f"{self.score} ") for name in data.curves)
        self._why_not = "" if drawn or data.has(self.score) else no_evidence(data, self.title().lower())

    def instead(self, view: View) -> str:  # noqa: ARG002
        return self._why_not

    def paint(self, painter: QPainter, view: View) -> None:
        assert self.range is not None
        low, high = self.range
        if low < 0:
            paint_rule(painter, view, float(view.y(np.array(0.0), low, high)))
        known, asked = np.zeros(view.columns, bool), np.zeros(view.columns, bool)
        for row, speaker in enumerate(self.data.speakers):
            found = self.envelope(speaker, view)
            sure = np.nan_to_num(self.data.of[speaker.label].scores[self.score].confidences(view.edges))
            known |= np.isfinite(found.mean)
            asked |= found.present
            colour = view.theme.speaker(speaker.number)
            half = half_band(sure)
            top, bottom = view.y(found.high + half, low, high), view.y(found.low - half, low, high)
            paint_columns(painter, view, top, bottom, colour, 0.08 + 0.22 * sure)
            line = view.y(found.mean, low, high)
            paint_line(painter, view, line, colour, 1.8, (0.45 + 0.55 * sure) * dashed(view, row))
        paint_gaps(painter, view, asked & ~known)

    def read_out(self, t: float) -> str:
        told = [words for words in (self._of_speaker(speaker, t) for speaker in self.data.speakers) if words]
        return "; ".join(told)

    def _of_speaker(self, speaker: Speaker, t: float) -> str:
        """What is known of a speaker at a second: the score of the utterance, else the smoothed curve."""
        name = self.title().lower()
        if len(self.data.speakers) > 1:
            name = f"{isolated(speaker.name)}: {name}"
        utterance = self.data.of[speaker.label].at(t)
        if utterance is not None:
            score = self.data.score(utterance, self.score)
            return score_words(
                name, score.value, float(half_band(np.array(score.confidence))), basis_words(score.basis)
            )
        curve = self.data.curves.get(f"{self.score} {speaker.label}")
        value = curve.at(t) if curve is not None else None
        return "" if value is None else score_words(name, value, None, "")

    def pick(self, view: View, t: float) -> tuple[str, str] | None:  # noqa: ARG002
        utterance = self.data.everybody.at(t)
        return ("utterance", utterance.utterance_id) if utterance is not None else None


class Valence(ScoreLane):
    """How pleasant it sounds: the orange half is pleasant, the blue one unpleasant."""

    kind = score = "valence"
    shown = True
    range = (-1.0, 1.0)

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Valence")

    def marks(self, theme: Theme) -> list[Mark]:
        pleasant, unpleasant = theme.colour("valence_positive"), theme.colour("valence_negative")
        return [Mark("+1", 0.0, pleasant), Mark("0", 0.5), Mark("−1", 1.0, unpleasant)]

    def paint(self, painter: QPainter, view: View) -> None:
        half = view.height / 2
        painter.fillRect(QRectF(0, 0, view.width, half), tint(view.theme.colour("valence_positive"), 0.07))
        painter.fillRect(QRectF(0, half, view.width, half), tint(view.theme.colour("valence_negative"), 0.07))
        super().paint(painter, view)


class Arousal(ScoreLane):
    """How excited it sounds, against the speaker's own norm."""

    kind = score = "arousal"
    shown = True
    range = (-1.0, 1.0)

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Arousal")


class Dominance(ScoreLane):
    """How much in command it sounds, against the speaker's own norm."""

    kind = score = "dominance"
    range = (-1.0, 1.0)

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Dominance")


class Load(ScoreLane):
    """How hard thinking sounds."""

    kind = score = "cognitive_load"

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Load")


class Focus(ScoreLane):
    """How focused it sounds."""

    kind = score = "focus"

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Focus")


class Engagement(ScoreLane):
    """The rolling engagement of everybody with its 95 % band; of each speaker where there is no such track."""

    kind = score = "engagement"
    shown = True

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Engagement")

    def paint(self, painter: QPainter, view: View) -> None:
        if "engagement" not in self.data.curves:
            super().paint(painter, view)
            return
        found = self.data.curves["engagement"].envelope(view.edges)
        band = self.data.curves["engagement band"].envelope(view.edges)
        colour = view.theme.colour("engagement")
        line = view.y(found.mean, 0.0, 1.0)
        floor = np.full(view.columns, float(view.height))
        paint_rule(painter, view, view.height / 2)
        paint_columns(painter, view, line, floor, colour, 0.12)
        sure = 1.0 - np.clip(np.nan_to_num(band.high - band.low, nan=1.0), 0.0, 1.0)
        paint_columns(
            painter, view, view.y(band.high, 0.0, 1.0), view.y(band.low, 0.0, 1.0), colour, 0.12 + 0.28 * sure
        )
        paint_line(painter, view, line, colour, 1.8)
        paint_gaps(painter, view, np.isnan(found.mean))

    def read_out(self, t: float) -> str:
        if "engagement" not in self.data.curves:
            return super().read_out(t)
        value = self.data.curves["engagement"].at(t)
        band = self.data.curves["engagement band"].envelope(np.array([t, t + 1e-3]))
        half = float(band.high[0] - band.low[0]) / 2
        spoken = self.data.everybody.before(t)
        basis = basis_words(self.data.score(spoken, "engagement").basis) if spoken is not None else ""
        return score_words(self.title().lower(), value, half if np.isfinite(half) else None, basis)
