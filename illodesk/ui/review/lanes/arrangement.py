"""Which lanes are shown, in what order and how high: as the user left it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from illodesk.ui.memory import Memory
from illodesk.ui.review.lanes.lane import HIGHEST_PX, LOWEST_PX, Lane

KEY = "lanes"


class Arrangement:
    """Kept in the window's memory by the ids of lanes; what it does not know is as the lane comes."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        kept: dict[str, Any] = memory.get(KEY, {})
        order, shown, heights = (kept.get(name) for name in ("order", "shown", "heights"))
        self._order: list[str] = [str(one) for one in order] if isinstance(order, list) else []
        self._shown: dict[str, bool] = dict(shown) if isinstance(shown, dict) else {}
        self._heights: dict[str, int] = dict(heights) if isinstance(heights, dict) else {}

    def arranged(self, lanes: Sequence[Lane]) -> list[Lane]:
        """Lanes in the user's order; one that is new stands behind the lane that it naturally follows."""
        by_id = {lane.id: lane for lane in lanes}
        ids = [id for id in self._order if id in by_id]
        for place, lane in enumerate(lanes):
            if lane.id not in ids:
                before = lanes[place - 1].id if place else None
                ids.insert(ids.index(before) + 1 if before is not None else 0, lane.id)
        return [by_id[id] for id in ids]

    def shown(self, lane: Lane) -> bool:
        return bool(self._shown.get(lane.id, lane.shown))

    def height(self, lane: Lane) -> int:
        kept = self._heights.get(lane.id)
        wanted = kept if isinstance(kept, int) else lane.natural_height()
        return min(max(wanted, LOWEST_PX), HIGHEST_PX)

    def set_order(self, ids: Sequence[str]) -> None:
        """The ids of the lanes that are there, in order; those of other conversations are kept behind them."""
        self._order = [*ids, *(id for id in self._order if id not in set(ids))]
        self._keep()

    def set_shown(self, id: str, shown: bool) -> None:
        self._shown[id] = shown
        self._keep()

    def set_height(self, id: str, height: int) -> None:
        self._heights[id] = height
        self._keep()

    def reset(self) -> None:
        """Everything as it comes."""
        self._order, self._shown, self._heights = [], {}, {}
        self._keep()

    def _keep(self) -> None:
        self._memory.set(KEY, {"order": self._order, "shown": self._shown, "heights": self._heights})
