"""The seven expressed emotions as one stacked strip: colour, pattern and letter of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from illodesk.schema import EMOTIONS
from illodesk.ui.review.lanes.data import LaneData, basis_words
from illodesk.ui.review.lanes.drawing import paint_gaps, paint_pixels, premultiplied
from illodesk.ui.review.lanes.lane import Lane, View, no_evidence, translate
from illodesk.ui.review.lanes.series import Steps
from illodesk.ui.review.wording import emotion_name
from illodesk.ui.theme import Theme
from illodesk.ui.words import percent

STACKED = ("joy", "surprise", "anger", "disgust", "fear", "sadness", "neutral")
"""From the top; what is said without emotion lies below the others."""

TILE = 8
LETTER_PX = 16
SURENESS = 4


class Emotion(Lane):
    """Probability of each emotion as its share of the height; paler where it is less sure."""

    kind = "emotion"
    height = 40
    shown = True

    def __init__(self, data: LaneData, part: str = "") -> None:
        super().__init__(data, part)
        spoken = data.everybody
        sure = np.array([u.emotion.confidence for u in spoken.utterances], np.float32)
        self._shares = [
            Steps(spoken.starts, spoken.ends, data.emotions[:, EMOTIONS.index(name)], sure) for name in STACKED
        ]
        self._why_not = "" if np.isfinite(data.emotions).any() else no_evidence(data, self.title().lower())
        self._looks: tuple[str, NDArray[np.uint32], NDArray[np.bool_]] | None = None

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Emotion")

    def instead(self, view: View) -> str:  # noqa: ARG002
        return self._why_not

    def paint(self, painter: QPainter, view: View) -> None:
        shares = np.stack([steps.means(view.edges) for steps in self._shares])
        known = np.isfinite(shares).all(axis=0)
        paint_gaps(painter, view, self._shares[0].present(view.edges) & ~known)
        if not known.any():
            return
        colours, patterns = self._look(view.theme)
        rows = round(view.height * view.ratio)
        until = np.cumsum(np.nan_to_num(shares), axis=0)
        until /= np.maximum(until[-1:], 1e-6)
        places = (np.arange(rows, dtype=np.float32)[:, None] + 0.5) / rows
        which = np.zeros((rows, view.columns), np.uint8)
        for edge in until[:-1].astype(np.float32):
            which += places > edge
        sure = np.nan_to_num(self._shares[0].confidences(view.edges))
        level = np.clip((sure * SURENESS).astype(np.intp), 0, SURENESS - 1)
        grain_y = np.arange(rows)[:, None] % TILE
        grain_x = (np.arange(view.columns)[None, :] + round(view.start_s * view.second_px * view.ratio)) % TILE
        # Places in the flat tables: several times faster than with an index for each of their dimensions.
        tiles = which * np.uint16(TILE * TILE) + (grain_y * TILE + grain_x).astype(np.uint16)
        looks = which * np.uint8(2) + patterns.take(tiles) + (level * 2 * len(STACKED)).astype(np.uint8)
        paint_pixels(painter, view, np.where(known, colours.take(looks), np.uint32(0)))
        self._letters(painter, view)

    def _look(self, theme: Theme) -> tuple[NDArray[np.uint32], NDArray[np.bool_]]:
        """Colours by sureness, emotion and grain, and the patterns as tiles; made once for each theme."""
        if self._looks is None or self._looks[0] != theme.name:
            looks = [theme.emotion(name) for name in STACKED]
            colours = np.zeros((SURENESS, len(looks), 2), np.uint32)
            for level in range(SURENESS):
                for number, look in enumerate(looks):
                    steps = premultiplied(look.colour)
                    strong = 0.5 + 0.5 * level / (SURENESS - 1)
                    colours[level, number] = steps[int(255 * strong * 0.62)], steps[int(255 * strong)]
            self._looks = theme.name, colours, np.stack([tile(look.pattern) for look in looks])
        return self._looks[1], self._looks[2]

    def _letters(self, painter: QPainter, view: View) -> None:
        """The letter of the strongest emotion in every utterance that has room for it."""
        spoken = self.data.everybody
        first, last = np.searchsorted(spoken.ends, view.start_s), np.searchsorted(spoken.starts, view.end_s)
        if last - first > view.width / LETTER_PX:
            return
        painter.setFont(view.theme.font("caption", bold=True))
        for utterance in spoken.utterances[int(first) : int(last)]:
            left, right = max(view.x(utterance.t_start), 0.0), min(view.x(utterance.t_end), view.width)
            if utterance.emotion.dominant is not None and right - left >= LETTER_PX:
                look = view.theme.emotion(utterance.emotion.dominant)
                plate = QRectF((left + right) / 2 - 8, view.height / 2 - 8, 16, 16)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(look.colour)
                painter.drawRoundedRect(plate, 4, 4)
                painter.setPen(view.theme.on(look.colour))
                painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, look.letter)

    def read_out(self, t: float) -> str:
        utterance = self.data.everybody.at(t)
        if utterance is None:
            return ""
        emotion = utterance.emotion
        if emotion.dominant is None:
            return translate("Lanes", "emotion: not enough evidence")
        strongest = sorted(emotion.emotions.items(), key=lambda item: -item[1])[:2]
        shares = ", ".join(f"{emotion_name(name)} {percent(share)}" for name, share in strongest)
        basis = basis_words(emotion.basis)
        return f"{shares} ({basis})" if basis else shares

    def pick(self, view: View, t: float) -> tuple[str, str] | None:  # noqa: ARG002
        utterance = self.data.everybody.at(t)
        return ("utterance", utterance.utterance_id) if utterance is not None else None


def tile(pattern: Qt.BrushStyle) -> NDArray[np.bool_]:
    """A brush's pattern as true and false, ``TILE`` to a side."""
    image = QImage(TILE, TILE, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(pattern)
    painter.drawRect(0, 0, TILE, TILE)
    painter.end()
    return np.array([[QColor.fromRgba(image.pixel(x, y)).alpha() > 127 for x in range(TILE)] for y in range(TILE)])
