"""Curves, bands and gaps as columns of pixels.

Measured off screen on 1,100 columns of noise: an antialiased ``drawPolyline`` 1.5 px wide takes 71 ms, and building
its polygon from Python 1 ms more; filling the same columns in an array and drawing that as one image takes 1 ms or
two, whatever the curve is like. pyqtgraph's plots end in those polylines, so lanes do not use it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QImage, QPainter, QPen

from illodesk.ui.review.lanes.lane import View
from illodesk.ui.theme import Theme

Rows = NDArray[Any]

UNSURE = 0.4
"""Half the width of a band, in units of the score, at a confidence of 0."""


def half_band(confidence: Rows) -> Rows:
    """Half the width of the band around a score: wider where it is less sure."""
    return UNSURE * (1.0 - confidence)


def premultiplied(colour: QColor) -> NDArray[np.uint32]:
    """ARGB of a colour at the 256 opacities. Never change it."""
    return _premultiplied(colour.rgba())


@lru_cache(64)
def _premultiplied(rgba: int) -> NDArray[np.uint32]:
    colour = QColor.fromRgba(rgba)
    opacity = np.arange(256, dtype=np.float64) * colour.alphaF()
    parts = [
        np.round(opacity * part).astype(np.uint32) for part in (1.0, colour.redF(), colour.greenF(), colour.blueF())
    ]
    packed = (parts[0] << 24) | (parts[1] << 16) | (parts[2] << 8) | parts[3]
    return packed.astype(np.uint32)


def paint_pixels(painter: QPainter, view: View, pixels: NDArray[np.uint32], top_row: int = 0) -> None:
    """Draw premultiplied ARGB, one column of it for each column of the view."""
    pixels = np.ascontiguousarray(pixels)
    rows, columns = pixels.shape
    image = QImage(pixels.data, columns, rows, columns * 4, QImage.Format.Format_ARGB32_Premultiplied)
    painter.drawImage(QRectF(0, top_row / view.ratio, columns / view.ratio, rows / view.ratio), image)


def paint_columns(
    painter: QPainter, view: View, top: Rows, bottom: Rows, colour: QColor, opacity: Rows | float = 1.0
) -> None:
    """Fill each column from ``top`` to ``bottom`` (px from the top of the lane), with soft ends; NaN stays empty."""
    known = np.isfinite(top) & np.isfinite(bottom)
    if not known.any():
        return
    above = np.where(known, top, view.height).astype(np.float32) * np.float32(view.ratio)
    below = np.where(known, bottom, -1.0).astype(np.float32) * np.float32(view.ratio)
    height = round(view.height * view.ratio)
    first = max(0, math.floor(above.min()))
    last = min(height, math.ceil(below.max()))
    if last <= first:
        return
    rows = np.arange(first, last, dtype=np.float32)[:, None]
    cover = np.minimum(rows + 1 - above, below - rows)
    np.clip(cover, 0.0, 1.0, out=cover)
    cover *= np.asarray(opacity, np.float32) * np.float32(255)
    paint_pixels(painter, view, premultiplied(colour).take(cover.astype(np.uint8)), first)


def paint_line(
    painter: QPainter, view: View, y: Rows, colour: QColor, thick_px: float = 1.6, opacity: Rows | float = 1.0
) -> None:
    """A curve through one height for each column; it breaks where there is none."""
    before = np.concatenate([y[:1], (y[1:] + y[:-1]) / 2])
    after = np.concatenate([(y[1:] + y[:-1]) / 2, y[-1:]])
    top = np.fmin(np.fmin(before, after), y) - thick_px / 2
    bottom = np.fmax(np.fmax(before, after), y) + thick_px / 2
    top[~np.isfinite(y)] = np.nan
    paint_columns(painter, view, top, bottom, colour, np.nan_to_num(opacity))


def runs(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and last-but-one place of every run of true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(np.int8), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def paint_gaps(painter: QPainter, view: View, mask: NDArray[np.bool_], top: float = 0.0, height: float = 0.0) -> None:
    """Hatch the columns in which there is no evidence."""
    rectangles = [
        QRectF(start / view.ratio, top, (end - start) / view.ratio, height or view.height) for start, end in runs(mask)
    ]
    if rectangles:
        painter.save()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(hatch(view.theme))
        painter.drawRects(rectangles)
        painter.restore()


def hatch(theme: Theme) -> QBrush:
    """The sign of 'no evidence'."""
    colour = theme.colour("disabled")
    colour.setAlpha(110)
    return QBrush(colour, Qt.BrushStyle.BDiagPattern)


def paint_words(painter: QPainter, view: View, words: str) -> None:
    """Words in place of a drawing, on a hatched ground."""
    paint_gaps(painter, view, np.ones(view.columns, bool))
    font = view.theme.font("caption")
    painter.setFont(font)
    painter.setPen(view.theme.colour("secondary"))
    shown = elided(words, font, view.width - 28)
    room = QFontMetrics(font).boundingRect(shown).adjusted(-6, -2, 6, 2)
    box = QRectF(8, (view.height - room.height()) / 2, room.width(), room.height())
    painter.fillRect(box, view.theme.colour("surface"))
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)


def paint_rule(painter: QPainter, view: View, y: float) -> None:
    """A thin line across, such as the zero of a signed score."""
    painter.setPen(QPen(view.theme.colour("border"), 1))
    painter.drawLine(QPointF(0, round(y) + 0.5), QPointF(view.width, round(y) + 0.5))


def tint(colour: QColor, opacity: float) -> QColor:
    """The colour, more transparent."""
    pale = QColor(colour)
    pale.setAlphaF(opacity)
    return pale


def elided(text: str, font: QFont, width: float) -> str:
    """As much of a text as there is room for; empty where that is not even a letter or two."""
    short = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(width))
    return short if len(short) > 2 or short == text else ""
