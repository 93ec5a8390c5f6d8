"""The last two minutes of engagement, arousal and valence, with how sure they are."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from illodesk.schema import EmotionEvent, EngagementEvent, Event, FinalTranscriptEvent
from illodesk.ui.record.transcript import speaker_index
from illodesk.ui.review.wording import number
from illodesk.ui.theme import Theme
from illodesk.ui.words import clock

SPAN_S = 120.0
STEP_S = 0.5
KEPT = round(SPAN_S / STEP_S) + 20
UTTERANCES = 200
TICK_S = 30
ROW = 46
HALF_BAND = 0.5
"""Half the height of the band of a value of which nothing is sure, on -1 to 1."""


@dataclass(frozen=True)
class Felt:
    """Arousal and valence of one utterance."""

    t_start: float
    t_end: float
    speaker: str
    arousal: float | None
    valence: float | None
    confidence: float


class Curves(QWidget):
    """Three rows over one axis that ends now."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._engagement: deque[EngagementEvent] = deque(maxlen=KEPT)
        self._felt: deque[Felt] = deque(maxlen=UTTERANCES)
        self._spans: dict[str, tuple[float, float]] = {}
        self._now = 0.0
        self._drawn = -1.0
        self.setAccessibleName(self.tr("The last two minutes of engagement, arousal and valence"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._renew)

    @property
    def engagement(self) -> list[EngagementEvent]:
        """What is kept of the curve."""
        return list(self._engagement)

    @property
    def felt(self) -> list[Felt]:
        """What is kept of utterances."""
        return list(self._felt)

    def reset(self) -> None:
        """Begin anew."""
        self._engagement.clear()
        self._felt.clear()
        self._spans.clear()
        self._now, self._drawn = 0.0, -1.0
        self.update()

    def take(self, events: list[Event]) -> None:
        """Remember what can be drawn."""
        for event in events:
            if isinstance(event, EngagementEvent):
                self._engagement.append(event)
            elif isinstance(event, FinalTranscriptEvent):
                self._spans[event.utterance_id] = (event.t_start, event.t_end)
            elif isinstance(event, EmotionEvent):
                span = self._spans.pop(event.utterance_id, None)
                if span is not None:
                    scores = event.scores
                    self._felt.append(
                        Felt(*span, event.speaker_id, scores.get("arousal"), scores.get("valence"), event.confidence)
                    )

    def show_until(self, now_s: float) -> None:
        """Let the axis end here, or where the curve does. Drawn again four times a second at most."""
        now_s = max(now_s, self._engagement[-1].t) if self._engagement else now_s
        self._now = now_s
        if abs(now_s - self._drawn) >= 0.25:
            self._drawn = now_s
            self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        theme = self._theme
        return QSize(640, round(3 * ROW * max(1.0, theme.scale)) + round(theme.pixels("caption") * 1.6) + 8)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, self.sizeHint().height())

    # --- drawing ----------------------------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        theme, painter = self._theme, QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        head = theme.size("lane_header")
        foot = round(theme.pixels("caption") * 1.6)
        area = QRectF(head, 4, self.width() - head - 12, self.height() - foot - 8)
        height = area.height() / 3
        rows = [QRectF(area.left(), area.top() + i * height, area.width(), height - 6) for i in range(3)]
        self._draw_axis(painter, area, foot)
        self._draw_engagement(painter, rows[0])
        self._draw_felt(painter, rows[1], "arousal")
        self._draw_felt(painter, rows[2], "valence")
        painter.setFont(theme.font("caption", tabular=True))
        for row, name, unit, value in zip(rows, self._names(), ("0…1", "−1…1", "−1…1"), self._values(), strict=True):
            left = QRectF(12, row.top(), head - 20, row.height())
            painter.setFont(theme.font("base"))
            painter.setPen(theme.colour("text"))
            painter.drawText(left, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, name)
            painter.setFont(theme.font("caption", tabular=True))
            painter.setPen(theme.colour("secondary"))
            painter.drawText(left, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, value or unit)
        painter.end()

    def _names(self) -> tuple[str, str, str]:
        return self.tr("Engagement"), self.tr("Arousal"), self.tr("Valence")

    def _values(self) -> tuple[str, str, str]:
        """The newest value of each, in words; empty where there is none in what is shown."""
        texts = ["", "", ""]
        newest = next((e for e in reversed(self._engagement) if e.value is not None), None)
        if newest is not None and newest.t > self._now - SPAN_S and newest.value is not None:
            texts[0] = number(newest.value)
            if newest.low is not None and newest.high is not None:
                texts[0] += f" ± {number((newest.high - newest.low) / 2)}"
        for i, what in ((1, "arousal"), (2, "valence")):
            felt = next((f for f in reversed(self._felt) if getattr(f, what) is not None), None)
            if felt is not None and felt.t_end > self._now - SPAN_S:
                texts[i] = number(getattr(felt, what), signed=True)
        return texts[0], texts[1], texts[2]

    def _x(self, t: float, row: QRectF) -> float:
        return row.left() + (t - self._now + SPAN_S) / SPAN_S * row.width()

    def _draw_axis(self, painter: QPainter, area: QRectF, foot: int) -> None:
        theme = self._theme
        painter.setFont(theme.font("caption", tabular=True))
        metrics = painter.fontMetrics()
        first = max(0, int(self._now - SPAN_S) // TICK_S * TICK_S)
        for t in range(first, int(self._now) + 1, TICK_S):
            x = self._x(t, area)
            if x < area.left():
                continue
            painter.setPen(theme.colour("grid"))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
            text = clock(t)
            left = min(max(area.left(), x - metrics.horizontalAdvance(text) / 2), area.right() - 40)
            painter.setPen(theme.colour("secondary"))
            painter.drawText(QRectF(left, area.bottom() + 2, 60, foot), Qt.AlignmentFlag.AlignLeft, text)

    def _frame(self, painter: QPainter, row: QRectF, *, middle: bool) -> None:
        painter.setPen(self._theme.colour("grid"))
        painter.drawLine(row.bottomLeft(), row.bottomRight())
        if middle:
            painter.drawLine(QPointF(row.left(), row.center().y()), QPointF(row.right(), row.center().y()))

    def _draw_engagement(self, painter: QPainter, row: QRectF) -> None:
        self._frame(painter, row, middle=False)
        colour = self._theme.colour("engagement")
        line: list[QPointF] = []
        low: list[QPointF] = []
        high: list[QPointF] = []

        def y(value: float) -> float:
            return row.bottom() - value * row.height()

        for event in self._engagement:
            x = self._x(event.t, row)
            if x < row.left():
                continue
            if event.value is None:
                self._draw_stretch(painter, colour, line, low, high)
                line, low, high = [], [], []
                wide = STEP_S / SPAN_S * row.width()
                painter.fillRect(QRectF(x - wide, row.top(), wide + 1, row.height()), self._hatch())
                continue
            line.append(QPointF(x, y(event.value)))
            low.append(QPointF(x, y(event.value if event.low is None else event.low)))
            high.append(QPointF(x, y(event.value if event.high is None else event.high)))
        self._draw_stretch(painter, colour, line, low, high)

    def _draw_stretch(
        self, painter: QPainter, colour: QColor, line: list[QPointF], low: list[QPointF], high: list[QPointF]
    ) -> None:
        if len(line) < 2:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faint(colour, 0.25))
        painter.drawPolygon(QPolygonF([*high, *reversed(low)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPolyline(QPolygonF(line))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    def _draw_felt(self, painter: QPainter, row: QRectF, what: str) -> None:
        self._frame(painter, row, middle=True)
        theme = self._theme
        for felt in self._felt:
            right = self._x(felt.t_end, row)
            if right < row.left():
                continue
            left = max(self._x(felt.t_start, row), row.left())
            value: float | None = getattr(felt, what)
            if value is None:
                painter.fillRect(QRectF(left, row.top(), right - left, row.height()), self._hatch())
                continue
            colour = self._colour(what, value)
            half = HALF_BAND * (1 - felt.confidence)
            top = row.center().y() - min(1.0, value + half) * row.height() / 2
            bottom = row.center().y() - max(-1.0, value - half) * row.height() / 2
            painter.fillRect(QRectF(left, top, right - left, bottom - top), faint(colour, 0.25))
            y = row.center().y() - value * row.height() / 2
            painter.fillRect(QRectF(left, y - 1, right - left, 2), colour)
            painter.fillRect(QRectF(left, y - 3, 4, 6), theme.speaker(speaker_index(felt.speaker)))

    def _colour(self, what: str, value: float) -> QColor:
        if what == "arousal":
            return self._theme.colour("arousal")
        side = "positive" if value > 0.1 else "negative" if value < -0.1 else "neutral"
        return self._theme.colour(f"valence_{side}")

    def _hatch(self) -> QBrush:
        return QBrush(self._theme.colour("border"), Qt.BrushStyle.BDiagPattern)

    def _renew(self) -> None:
        self.updateGeometry()
        self.update()


def faint(colour: QColor, opacity: float) -> QColor:
    """The same colour, let through."""
    faded = QColor(colour)
    faded.setAlphaF(opacity)
    return faded
