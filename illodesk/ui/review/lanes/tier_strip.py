"""The strip of a tier of annotations: an edge that is dragged moves, and so does an annotation held in its middle."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from illodesk.ui.review.lanes.lane import Lane
from illodesk.ui.review.lanes.moving import Held, Snap, freely, nearest_edge
from illodesk.ui.review.lanes.row import LaneStrip
from illodesk.ui.review.lanes.stretches import Annotations, stretch_words
from illodesk.ui.review.strip import DRAG_PX, Pointer
from illodesk.ui.theme import Theme

SNAP_PX = 8


class TierStrip(LaneStrip):
    """``stretched`` tells an annotation with its new start and end when it is let go of.

    Esc before that puts it back. With Alt it snaps to nothing; with Shift time is selected, as on other lanes.
    ``meant`` tells the annotation whose menu opens. ``able`` says whether anything may be changed, ``snapping``
    whether it snaps at all.
    """

    stretched = Signal(str, float, float)
    meant = Signal(str)

    def __init__(
        self,
        lane: Annotations,
        pointer: Pointer,
        theme: Theme,
        able: Callable[[], bool],
        snapping: Callable[[], bool],
    ) -> None:
        app = QApplication.instance()
        assert app is not None
        self._app = app
        self._able = able
        self._snapping = snapping
        self._held: Held | None = None
        self._moving = False
        self._selected = False
        self._now = (0.0, 0.0)
        super().__init__(lane, pointer, theme)

    def show_lane(self, lane: Lane) -> None:
        assert isinstance(lane, Annotations)
        self._let_go()
        self.tier_lane = lane
        super().show_lane(lane)

    def words_at(self, t: float) -> str:
        return stretch_words(*self._now) if self._moving else super().words_at(t)

    # --- hands ------------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        self._put_back()
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = self._part_at(event)

    def _part_at(self, event: QMouseEvent) -> Held | None:
        if not self._able() or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return None
        return self.tier_lane.hold(self.view(), event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._held is None or self._pressed is None:
            super().mouseMoveEvent(event)
            if self._pressed is None:
                self._point(self._part_at(event))
            return
        if not self._moving and abs(event.position().x() - self._pressed.x()) >= DRAG_PX:
            self._begin(self._held)
        if self._moving:
            self._move(self._held, event)

    def _point(self, held: Held | None) -> None:
        """Show with the cursor what a press would take hold of."""
        if held is None:
            self.unsetCursor()
        else:
            whole = held.part == "whole"
            self.setCursor(Qt.CursorShape.OpenHandCursor if whole else Qt.CursorShape.SizeHorCursor)

    def _begin(self, held: Held) -> None:
        self._moving = True
        self._selected = self.pointer.selection == (held.start, held.end)
        self._app.installEventFilter(self)  # Esc is for what is held, wherever the focus is
        if held.part == "whole":
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def _move(self, held: Held, event: QMouseEvent) -> None:
        x = min(max(event.position().x(), 0.0), float(self.width()))
        alone = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier) or not self._snapping()
        reach_s = SNAP_PX / self.view().second_px
        snap: Snap = (
            freely if alone else partial(nearest_edge, self.tier_lane.data, self.tier_lane.tier.name, reach_s=reach_s)
        )
        self._show(held, *held.moved(self.t_of(x) - self._pressed_t, snap))
        self.pointer.set_hover(self._now[1] if held.part == "end" else self._now[0])

    def _show(self, held: Held, start: float, end: float) -> None:
        self._now = (start, end)
        self.tier_lane.show_moved(held.id, start, end)
        if self._selected:
            self.pointer.select(start, end)
        self.renew()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        held, moving = self._held, self._moving
        if event.button() != Qt.MouseButton.LeftButton or held is None or not moving:
            super().mouseReleaseEvent(event)
            return
        self._let_go()
        self._point(self._part_at(event))
        if self._now != (held.start, held.end):
            self.stretched.emit(held.id, *self._now)

    def _let_go(self) -> None:
        if self._moving:
            self._app.removeEventFilter(self)
            self._pressed = None
        self._held, self._moving = None, False

    def _put_back(self) -> None:
        """Leave everything as it was; what the hand does until it lets go means nothing."""
        held = self._held
        if held is not None and self._moving:
            self._show(held, held.start, held.end)
            self._let_go()
            self.unsetCursor()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._put_back()
        super().hideEvent(event)

    # --- keys and menu ----------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keys are for what is held, and for nothing else meanwhile."""
        if not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        event.accept()
        if event.key() == Qt.Key.Key_Escape:
            self._put_back()
        return True

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        found = self.tier_lane.pick(self.view(), self.t_of(event.pos().x()))
        if found is not None:
            self.meant.emit(found[1])
        super().contextMenuEvent(event)
