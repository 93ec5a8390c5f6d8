"""A splitter whose panes close and open again by a double click on the handle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle

HANDLE_PX = 5


class Splitter(QSplitter):
    """The pane after a handle is the one that its double click closes."""

    def __init__(self, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._sizes: dict[int, int] = {}
        self.setHandleWidth(HANDLE_PX)

    def createHandle(self) -> QSplitterHandle:  # noqa: N802
        return Handle(self.orientation(), self)

    def toggle(self, place: int) -> None:
        """Close a pane, or open it to the size that it had."""
        sizes = self.sizes()
        shown = [i for i in range(place) if (pane := self.widget(i)) is not None and not pane.isHidden()]
        before = shown[-1] if shown else place
        if sizes[place]:
            self._sizes[place] = sizes[place]
            sizes[before] += sizes[place]
            sizes[place] = 0
        else:
            wanted = min(self._sizes.get(place, sum(sizes) // 3), sizes[before])
            sizes[place], sizes[before] = wanted, sizes[before] - wanted
        self.setSizes(sizes)


class Handle(QSplitterHandle):
    """Takes the double click."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        splitter = self.splitter()
        if isinstance(splitter, Splitter) and event.button() == Qt.MouseButton.LeftButton:
            splitter.toggle(splitter.indexOf(self))
        else:
            super().mouseDoubleClickEvent(event)
