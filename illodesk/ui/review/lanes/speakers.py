"""Who speaks when, and where they speak at the same time."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QPainter

from illodesk.ui.review.lanes.drawing import elided, paint_columns, runs
from illodesk.ui.review.lanes.lane import Lane, Mark, View, nobody, translate
from illodesk.ui.theme import Theme
from illodesk.ui.words import isolated

ROW_PX, ROWS = 28, 4
READABLE_PX = 44


class Speakers(Lane):
    """A row for each speaker; with more than four, the rows share the room of four. Overlap is crossed."""

    kind = "speakers"
    height = ROW_PX
    shown = True

    @classmethod
    def title(cls) -> str:
        return translate("Lanes", "Speakers")

    def natural_height(self) -> int:
        return ROW_PX * max(1, min(len(self.data.speakers), ROWS))

    def rows(self, theme: Theme) -> list[Mark]:
        count = len(self.data.speakers)
        return [
            Mark(speaker.name, (row + 0.5) / count, theme.speaker(speaker.number))
            for row, speaker in enumerate(self.data.speakers)
        ]

    def instead(self, view: View) -> str:  # noqa: ARG002
        return nobody(self.data)

    def paint(self, painter: QPainter, view: View) -> None:
        rows = max(1, len(self.data.speakers))
        high = view.height / rows
        margin = 3 if high >= 16 else 1
        for row, speaker in enumerate(self.data.speakers):
            spoken = self.data.of[speaker.label]
            share = np.sqrt(spoken.coverage.share(view.edges))  # so that a short word in a wide column is seen
            colour = view.theme.speaker(speaker.number)
            top = np.full(view.columns, row * high + margin)
            paint_columns(painter, view, top, top + high - 2 * margin, colour, np.clip(share, 0, 1))
            if high >= 16:
                self._words(painter, view, speaker.label, row * high, high)
        self._overlap(painter, view)

    def _words(self, painter: QPainter, view: View, label: str, top: float, high: float) -> None:
        """The first words of what is said, where they have room."""
        spoken = self.data.of[label]
        first, last = np.searchsorted(spoken.ends, view.start_s), np.searchsorted(spoken.starts, view.end_s)
        if last - first > view.width / READABLE_PX:
            return
        number = next(speaker.number for speaker in self.data.speakers if speaker.label == label)
        font = view.theme.font("caption")
        painter.setFont(font)
        painter.setPen(view.theme.on(view.theme.speaker(number)))
        for utterance in spoken.utterances[int(first) : int(last)]:
            left, right = max(view.x(utterance.t_start), 0.0), min(view.x(utterance.t_end), view.width)
            if right - left >= READABLE_PX:
                room = QRectF(left + 5, top, right - left - 8, high)
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, elided(utterance.text, font, room.width()))

    def _overlap(self, painter: QPainter, view: View) -> None:
        both = self.data.everybody.coverage.overlapped(view.edges) > 0
        colour = view.theme.colour("text")
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QBrush(colour, Qt.BrushStyle.Dense5Pattern))
        for start, end in runs(both):
            painter.drawRect(QRectF(start / view.ratio, view.height - 3, max((end - start) / view.ratio, 1.0), 3))

    def read_out(self, t: float) -> str:
        names = [s.name for s in self.data.speakers if self.data.of[s.label].at(t) is not None]
        if not names:
            return translate("Lanes", "nobody speaks")
        if len(names) > 1:
            return translate("Lanes", "{names} speak at the same time").format(names=", ".join(map(isolated, names)))
        return translate("Lanes", "{name} speaks").format(name=isolated(names[0]))

    def pick(self, view: View, t: float) -> tuple[str, str] | None:  # noqa: ARG002
        utterance = self.data.everybody.at(t)
        return ("utterance", utterance.utterance_id) if utterance is not None else None
