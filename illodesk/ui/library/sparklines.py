"""Small curves of engagement for the table, read outside the GUI thread when a row is looked at, and kept."""

from __future__ import annotations

import warnings
from collections import OrderedDict
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from illodesk.desk import Conversation, Desk, DeskError
from illodesk.ui.context import AppContext
from illodesk.ui.tasks import Task

POINTS = 60
KEPT = 2000
AT_ONCE = 12
WAIT_MS = 30

Key = tuple[str, int]
Curve = NDArray[np.float32]


def decimate(values: NDArray[np.float32], points: int = POINTS) -> Curve:
    """Means of ``points`` equal stretches; NaN where a stretch has no value. Shorter curves stay as they are."""
    if len(values) <= points:
        return np.array(values, dtype=np.float32)
    edges = np.linspace(0, len(values), points + 1).astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # the mean of nothing but NaN is NaN, as wanted
        return np.array([np.nanmean(values[a:b]) for a, b in pairwise(edges)], dtype=np.float32)


def read_curves(desk: Desk, keys: list[Key]) -> dict[Key, Curve]:
    """Curves of engagement, 0..1; an empty one where there is none. In a task."""
    curves = {}
    for conversation_id, run in keys:
        try:
            track = desk.track(conversation_id, "engagement", run)
        except DeskError:  # deleted or damaged meanwhile; the review page says so
            track = None
        curves[conversation_id, run] = decimate(track.frames[:, 0]) if track is not None else np.empty(0, np.float32)
    return curves


class Sparklines(QObject):
    """Hands out curves that are there and reads those that are asked for; ``came`` tells that some are there now."""

    came = Signal()

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._curves: OrderedDict[Key, Curve] = OrderedDict()
        self._wanted: dict[Key, None] = {}
        self._reading: Task | None = None
        self._stopped = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(WAIT_MS)
        self._soon.timeout.connect(self._read)

    def curve(self, conversation: Conversation) -> Curve | None:
        """The curve of what is shown of a conversation; None until it was read."""
        if conversation.current_run is None:
            return np.empty(0, np.float32)
        key = (conversation.id, conversation.current_run)
        found = self._curves.get(key)
        if found is None:
            if key not in self._wanted:
                self._wanted[key] = None
                if not self._stopped:
                    self._soon.start()
            return None
        self._curves.move_to_end(key)
        return found

    def stop(self) -> None:
        """Read nothing more: the app ends."""
        self._stopped = True
        self._soon.stop()
        if self._reading is not None:
            self._reading.cancel()

    def _read(self) -> None:
        if self._reading is not None or not self._wanted:
            return
        keys = list(self._wanted)[-AT_ONCE:]  # what was left out and is still looked at is asked for again
        self._wanted.clear()
        self._reading = self._context.tasks.run(read_curves, self._context.desk, keys, done=self._on_read)

    def _on_read(self, curves: dict[Key, Curve]) -> None:
        self._reading = None
        self._curves.update(curves)
        while len(self._curves) > KEPT:
            self._curves.popitem(last=False)
        self.came.emit()
        self._read()
