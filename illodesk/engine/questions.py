"""What the worker can be asked besides sessions. Light to import; what answers is imported where it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from illodesk.engine.models import ModelSet
    from illodesk.schema import Segmentation, Utterance


def warm_up(models: ModelSet) -> None:
    """Load everything that an analysis needs."""
    models.warm_up()


def divide(models: ModelSet, timeline: Sequence[Utterance]) -> Segmentation:
    """The phases of a timeline, sorted by start, that may come from elsewhere."""
    from illodesk.engine.conclusion import divide

    return divide(models, timeline)
