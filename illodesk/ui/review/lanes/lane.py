"""What a lane is. A new one is a small class that is listed in :mod:`illodesk.ui.review.lanes.registry`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor, QPainter

from illodesk.ui.context import AppContext
from illodesk.ui.review.lanes.data import LaneData
from illodesk.ui.review.lanes.series import Floats
from illodesk.ui.sentences.work import policy_words
from illodesk.ui.theme import Theme
from illodesk.ui.words import decimal, local_number

LOWEST_PX, HIGHEST_PX = 24, 240

translate = QCoreApplication.translate


@dataclass(frozen=True)
class View:
    """The stretch of time that a lane paints, and the room it has; px are logical, ``ratio`` real ones in each."""

    start_s: float
    end_s: float
    width: int
    height: int
    ratio: float
    theme: Theme

    @cached_property
    def edges(self) -> Floats:
        """Times of the edges of the real columns of pixels."""
        return np.linspace(self.start_s, self.end_s, self.columns + 1)

    @property
    def columns(self) -> int:
        return max(1, round(self.width * self.ratio))

    @property
    def second_px(self) -> float:
        """Width of a second, px."""
        return self.width / (self.end_s - self.start_s)

    def x(self, t: float) -> float:
        """Place of a second, px; outside of the room for one that is not shown."""
        return (t - self.start_s) * self.second_px

    def y(self, value: NDArray[Any], low: float, high: float, margin: float = 3.0) -> Floats:
        """Heights of values in the range ``low`` to ``high``, px from the top."""
        share = (np.asarray(value, np.float64) - low) / (high - low)
        return self.height - margin - np.clip(share, 0.0, 1.0) * (self.height - 2 * margin)


@dataclass(frozen=True)
class Mark:
    """A label of the scale in the header; ``place`` is 0 at the top and 1 at the bottom."""

    text: str
    place: float
    colour: QColor | None = None


class Lane(ABC):
    """One strip below the shared axis. ``kind`` names it in what is remembered; ``shown``: from the start."""

    kind: ClassVar[str]
    height: ClassVar[int] = 56
    shown: ClassVar[bool] = False
    unit: ClassVar[str] = ""
    range: ClassVar[tuple[float, float] | None] = None

    def __init__(self, data: LaneData, part: str = "") -> None:
        self.data = data
        self.part = part

    def attach(self, context: AppContext, renewed: Callable[[], None]) -> None:  # noqa: B027
        """The lane is shown from now on; one that reads something later calls ``renewed`` when it is there."""

    @classmethod
    def of(cls, data: LaneData) -> list[Self]:
        """The lanes of this kind in a conversation: one, unless there is one for each channel or tier."""
        return [cls(data)]

    @property
    def id(self) -> str:
        """Kind and part: what is remembered of the lane belongs to it."""
        return f"{self.kind}.{self.part}" if self.part else self.kind

    @classmethod
    @abstractmethod
    def title(cls) -> str:
        """Name of the kind, for the list of lanes."""

    def name(self) -> str:
        """Name of this lane."""
        return self.title()

    def natural_height(self) -> int:
        """Height until the user chooses another one, px."""
        return self.height

    def marks(self, theme: Theme) -> list[Mark]:  # noqa: ARG002
        """Labels of the scale."""
        if self.range is None:
            return []
        return [Mark(local_number(f"{end:g}"), place) for end, place in zip(self.range[::-1], (0.0, 1.0), strict=True)]

    def rows(self, theme: Theme) -> list[Mark]:  # noqa: ARG002
        """Names of rows, which stand in the header in place of the lane's own."""
        return []

    def instead(self, view: View) -> str:  # noqa: ARG002
        """Why there is nothing to draw in the view, in words; empty when there is something."""
        return ""

    @abstractmethod
    def paint(self, painter: QPainter, view: View) -> None:
        """Draw what lies in the view. Not asked while there are words instead."""

    @abstractmethod
    def read_out(self, t: float) -> str:
        """The value at a second, with unit, confidence and basis; empty where the lane has nothing to say."""

    def pick(self, view: View, t: float) -> tuple[str, str] | None:  # noqa: ARG002
        """Kind and id of what is drawn at a second."""
        return None

    def ended(self) -> None:  # noqa: B027
        """The lane is not shown any more: end what runs for it."""


def nobody(data: LaneData) -> str:
    """That no speech was found, where that is so."""
    return "" if data.everybody.utterances else translate("Lanes", "No speech was found in this recording.")


def no_evidence(data: LaneData, name: str) -> str:
    """Why a score was given nowhere: nobody spoke, the purpose does not allow it, or too little was said."""
    if nobody(data):
        return nobody(data)
    if data.result.policy.mode == "text_only" and data.result.policy.reason:
        return policy_words(data.result.policy.reason)
    return translate("Lanes", "There was not enough evidence for {name} anywhere.").format(name=name)


def number(value: float) -> str:
    """A score in two figures, with a real minus."""
    return decimal(value, 2)


def score_words(name: str, value: float | None, half: float | None, basis: str) -> str:
    """A read-out: ``engagement 0.62 ± 0.08 (voice, timing)``."""
    if value is None:
        return translate("Lanes", "{name}: not enough evidence").format(name=name)
    text = f"{name} {number(value)}"
    if half is not None:
        text += f" ± {number(half)}"
    return f"{text} ({basis})" if basis else text
