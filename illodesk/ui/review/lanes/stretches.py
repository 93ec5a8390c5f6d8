"""What was found or marked: moments and markers, phases, and people's own tiers of annotation."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from illodesk.schema import Tier
from illodesk.ui.review.axis import stamp
from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.drawing import elided, tint
from illodesk.ui.review.lanes.lane import Lane, View, translate
from illodesk.ui.review.lanes.moving import Held, Part, limits
from illodesk.ui.review.wording import category_name
from illodesk.ui.sentences.story import phase_name, story_words
from illodesk.ui.words import decimal

GLYPH_PX = 6
NEAR_PX = 8
EDGE_PX = 5
"""How near to the edge of an annotation a press takes hold of it."""


@dataclass(frozen=True)
class Found:
    """A point or stretch to be drawn and picked."""

    kind: str
    id: str
    start: float
    end: float
    text: str


class Moments(Lane):
    """Moments as diamonds over the line of their length, changes of state as triangles, markers as flags."""

    kind = "moments"
    height = 28
    shown = True

    def __init__(self, data: LaneData, part: str = "") -> None:
        super().__init__(data, part)
        result = data.result
        points = [
            Found("moment", m.moment_id, m.start_ms / 1000, m.end_ms / 1000, category_name(m.category))
            for m in result.moments
        ]
        names = {speaker.label: speaker.name for speaker in data.speakers}
        points += [
            Found("transition", t.transition_id, t.at_ms / 1000, t.at_ms / 1000, story_words(t.summary, names))
            for t in result.transitions
        ]
        points += [
            Found("marker", m.marker_id, m.t, m.t, " ".join(filter(None, (m.key, m.note)))) for m in result.markers
        ]
        self._points = sorted(points, key=lambda point: point.start)

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Moments")

    def instead(self, view: View) -> str:  # noqa: ARG002
        return "" if self._points else translate("Lanes", "No moments were found, and nothing is marked yet.")

    def paint(self, painter: QPainter, view: View) -> None:
        font = view.theme.font("caption")
        painter.setFont(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = [p for p in self._points if view.x(p.end) >= -GLYPH_PX and view.x(p.start) <= view.width + GLYPH_PX]
        drawn = -100.0
        for place, point in enumerate(seen):
            x = view.x(point.start)
            if x - drawn < 2 and point.kind != "marker":
                continue
            drawn = x
            colour = self._colour(point, view)
            self._glyph(painter, view, point, x, colour)
            following = view.x(seen[place + 1].start) if place + 1 < len(seen) else view.width
            room = following - x - 2 * GLYPH_PX - 6
            if point.kind != "transition" and room > 24:
                painter.setPen(view.theme.colour("text"))
                box = QRectF(x + GLYPH_PX + 3, 0, room, view.height)
                painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, elided(point.text, font, room))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)

    @staticmethod
    def _colour(point: Found, view: View) -> QColor:
        tokens = {"moment": "accent", "transition": "secondary", "marker": "warning"}
        return view.theme.colour(tokens[point.kind])

    def _glyph(self, painter: QPainter, view: View, point: Found, x: float, colour: QColor) -> None:
        middle, size = view.height / 2, GLYPH_PX
        if point.kind == "moment" and point.end > point.start:
            painter.setPen(QPen(tint(colour, 0.5), 2))
            painter.drawLine(QPointF(x, view.height - 3), QPointF(view.x(point.end), view.height - 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        if point.kind == "moment":
            shape = [(x, middle - size), (x + size, middle), (x, middle + size), (x - size, middle)]
        elif point.kind == "transition":
            shape = [(x - 4, 2.0), (x + 4, 2.0), (x, 8.0)]
        else:
            painter.drawRect(QRectF(x - 0.75, 3, 1.5, view.height - 6))
            shape = [(x, 3.0), (x + 9, 7.5), (x, 12.0)]
        painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in shape]))

    def read_out(self, t: float) -> str:
        here = [p for p in self._points if p.start - 0.5 <= t <= max(p.end, p.start + 0.5)]
        return "; ".join(p.text for p in here[:3] if p.text)

    def pick(self, view: View, t: float) -> tuple[str, str] | None:
        near = [p for p in self._points if abs(view.x(p.start) - view.x(t)) <= NEAR_PX]
        if near:
            best = min(near, key=lambda p: abs(p.start - t))
            return best.kind, best.id
        within = [p for p in self._points if p.start <= t <= p.end]
        return (within[-1].kind, within[-1].id) if within else None


class Blocks(Lane):
    """Stretches as boxes with their names."""

    height = 24

    @abstractmethod
    def stretches(self) -> Iterable[Found]:
        """What to draw, in order of time."""

    def paint(self, painter: QPainter, view: View) -> None:
        font = view.theme.font("caption")
        painter.setFont(font)
        for place, block in enumerate(self.stretches()):
            left, right = max(view.x(block.start), -2.0), min(view.x(block.end), view.width + 2.0)
            if right < 0 or left > view.width:
                continue
            box = QRectF(left, 2, max(right - left - 1, 1.0), view.height - 4)
            painter.setPen(QPen(view.theme.colour("control_border"), 1))
            painter.setBrush(tint(view.theme.colour("accent"), (0.10, 0.20)[place % 2]))
            painter.drawRect(box)
            room = box.adjusted(5, 0, -4, 0)
            if room.width() > 16:
                painter.setPen(view.theme.colour("text"))
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided(block.text, font, room.width()))

    def _at(self, t: float) -> Found | None:
        return next((block for block in self.stretches() if block.start <= t < block.end), None)

    def read_out(self, t: float) -> str:
        block = self._at(t)
        return block.text if block is not None else ""

    def pick(self, view: View, t: float) -> tuple[str, str] | None:  # noqa: ARG002
        block = self._at(t)
        return (block.kind, block.id) if block is not None else None


class Phases(Blocks):
    """What the conversation was about, one stretch after another."""

    kind = "phases"
    shown = True

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Phases")

    def instead(self, view: View) -> str:  # noqa: ARG002
        there = self.data.result.segmentation.phases
        return "" if there else translate("Lanes", "It was not divided into phases: too little was said.")

    def stretches(self) -> Iterable[Found]:
        for phase in self.data.result.segmentation.phases:
            name = phase_name(phase.phase_name)
            yield Found("phase", phase.phase_id, phase.start_timestamp, phase.end_timestamp, name)


class Annotations(Blocks):
    """One tier of annotations that people made. One that is being moved is drawn where it is held."""

    kind = "tier"
    shown = True

    def __init__(self, data: LaneData, part: str = "") -> None:
        super().__init__(data, part)
        self._moved: dict[str, tuple[float, float]] = {}

    @classmethod
    def of(cls, data: LaneData) -> list[Self]:
        return [cls(data, str(place)) for place in range(len(data.result.tiers))]

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Own tiers")

    @property
    def tier(self) -> Tier:
        return self.data.result.tiers[int(self.part)]

    def name(self) -> str:
        return self.tier.name

    def instead(self, view: View) -> str:  # noqa: ARG002
        if self.tier.annotations:
            return ""
        return translate("Lanes", "Nothing is on this tier yet. Select a stretch of time and annotate it.")

    def stretches(self) -> Iterable[Found]:
        for one in self.tier.annotations:
            start, end = self._moved.get(one.annotation_id, (one.t_start, one.t_end))
            yield Found("annotation", one.annotation_id, start, end, one.value)

    def show_moved(self, annotation_id: str, start_s: float, end_s: float) -> None:
        """Draw an annotation elsewhere until the lane is made anew from what was kept."""
        self._moved[annotation_id] = (start_s, end_s)

    def held(self, annotation_id: str, part: Part) -> Held | None:
        """A part of an annotation, to be moved from where it is drawn; None for one that is not on this tier."""
        stretches = {block.id: (block.start, block.end) for block in self.stretches()}
        own = stretches.pop(annotation_id, None)
        if own is None:
            return None
        return Held(annotation_id, part, *own, *limits(*own, stretches.values(), self.data.duration_s))

    def hold(self, view: View, x: float) -> Held | None:
        """What a press at a place takes hold of: the edge that is near, else the annotation there."""
        found: list[tuple[bool, float, str, Part]] = []
        for block in self.stretches():
            left, right = view.x(block.start), view.x(block.end)
            if left - EDGE_PX <= x <= right + EDGE_PX:
                reach = min(EDGE_PX, (right - left) / 3)  # something of the middle of a short one can be held too
                part: Part = "start" if x <= left + reach else "end" if x >= right - reach else "whole"
                away = min(abs(x - left), abs(x - right))
                found.append((not left <= x <= right, away, block.id, part))
        return self.held(*min(found)[2:]) if found else None


def stretch_words(start: float, end: float) -> str:
    """From when to when, and how long, to the millisecond: what is read while an annotation is moved."""
    return translate("Lanes", "{start} to {end}, {length} s").format(
        start=stamp(start, 3), end=stamp(end, 3), length=decimal(end - start, 3)
    )
