"""The list at the left: everything, each project, the trash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from illodesk.desk import Desk, Filter
from illodesk.ui.plain import tip
from illodesk.ui.theme import Theme


@dataclass(frozen=True)
class Shelf:
    """What one line of the list shows."""

    project: str = ""
    trashed: bool = False


@dataclass(frozen=True)
class Labels:
    """Projects and tags in use with how many conversations have them, and how many there are in all."""

    projects: Mapping[str, int]
    tags: Mapping[str, int]
    all: int
    trashed: int


def read_labels(desk: Desk) -> Labels:
    """In a task."""
    return Labels(desk.projects(), desk.tags(), desk.count(), desk.count(Filter(trashed=True)))


COUNT = Qt.ItemDataRole.UserRole + 1
GAP = 8


class ShelfDelegate(QStyledItemDelegate):
    """A shelf with its count at the right, which stays when the name is cut."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        self.initStyleOption(option, index)
        count = str(index.data(COUNT))
        room = option.rect.adjusted(0, 0, -GAP, 0)
        font = self._theme.font("caption", tabular=True)
        taken = QFontMetrics(font).horizontalAdvance(count) + GAP
        left = option.rect.left() + option.decorationSize.width() + 3 * GAP
        metrics = QFontMetrics(option.font)
        option.text = metrics.elidedText(option.text, Qt.TextElideMode.ElideRight, room.right() - taken - left)
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        painter.save()
        painter.setFont(font)
        painter.setPen(self._theme.colour("secondary"))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, count)
        painter.restore()


class Shelves(QListWidget):
    """``chosen`` tells that another shelf is to be shown."""

    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._labels: Labels | None = None
        self._shelf = Shelf()
        self.setAccessibleName(self.tr("Projects"))
        self.setIconSize(QSize(16, 16))
        self.setItemDelegate(ShelfDelegate(theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.currentItemChanged.connect(self._on_current)
        theme.changed.connect(self._fill)

    @property
    def shelf(self) -> Shelf:
        """What is to be shown."""
        return self._shelf

    def choose(self, shelf: Shelf) -> None:
        """Go to a shelf, where it is listed."""
        for row in range(self.count()):
            if self.item(row).data(Qt.ItemDataRole.UserRole) == shelf:
                self.setCurrentRow(row)

    def show_labels(self, labels: Labels) -> None:
        """List the projects that there are now; a project that is gone is no longer chosen."""
        if labels != self._labels:
            self._labels = labels
            self._fill()

    def _fill(self) -> None:
        if self._labels is None:
            return
        labels, wanted = self._labels, self._shelf
        self.blockSignals(True)
        self.clear()
        self._add(self.tr("Everything"), "library", labels.all, Shelf())
        for project, count in labels.projects.items():
            self._add(project, "folder", count, Shelf(project=project))
        self._add(self.tr("Trash"), "delete", labels.trashed, Shelf(trashed=True))
        shelves = [self.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.count())]
        self.setCurrentRow(shelves.index(wanted) if wanted in shelves else 0)
        self.blockSignals(False)
        self._on_current()

    def _add(self, name: str, icon: str, count: int, shelf: Shelf) -> None:
        item = QListWidgetItem(self._theme.icon(icon, "secondary"), name)
        item.setData(COUNT, count)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, {count}")
        item.setData(Qt.ItemDataRole.UserRole, shelf)
        item.setToolTip(tip(name))
        self.addItem(item)

    def _on_current(self) -> None:
        item = self.currentItem()
        shelf = item.data(Qt.ItemDataRole.UserRole) if item is not None else Shelf()
        if shelf != self._shelf:
            self._shelf = shelf
            self.chosen.emit()
