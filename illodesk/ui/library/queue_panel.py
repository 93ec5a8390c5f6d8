"""The queue as it is seen: one line per recording with its stage, per cent and time left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.ui.context import AppContext
from illodesk.ui.library.import_options import ImportOptions
from illodesk.ui.library.jobs import QueueJob
from illodesk.ui.library.queue import MIME, JobRole, Queue
from illodesk.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex

JOB_ICONS = {
    "waiting": ("grip", "secondary"),
    "running": ("rotate", "accent"),
    "stopping": ("stop", "warning"),
    "done": ("check", "good"),
    "stopped": ("stop", "warning"),
    "failed": ("error", "record"),
    "known": ("check", "secondary"),
}


class JobDelegate(QStyledItemDelegate):
    """Icon, name, words, and a bar while it runs."""

    def __init__(self, theme: Theme, queue: Queue) -> None:
        super().__init__(queue)
        self._theme = theme
        self._queue = queue

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802
        return QSize(200, self._theme.pixels("base") + 20)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        job: QueueJob = index.data(JobRole)
        room = option.rect.adjusted(10, 0, -10, 0)
        icon, token = JOB_ICONS[job.state]
        painter.save()
        self._theme.icon(icon, token).paint(painter, room.left(), room.center().y() - 8, 16, 16)
        name = QRect(room.left() + 26, room.top(), max(160, round(room.width() * 0.36)), room.height())
        words = QRect(name.right() + 16, room.top(), room.right() - name.right() - 16, room.height())
        painter.setFont(self._theme.font("base"))
        metrics = QFontMetrics(painter.font())
        painter.setPen(self._theme.colour("text"))
        shown = metrics.elidedText(job.work.name, Qt.TextElideMode.ElideMiddle, name.width())
        painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, shown)
        if job.state == "running":
            bar = QRectF(words.left(), words.center().y() - 3, 120, 6)
            painter.fillRect(bar, self._theme.colour("grid"))
            painter.fillRect(
                QRectF(bar.left(), bar.top(), 120 * (job.fraction or 0.0), 6), self._theme.colour("accent")
            )
            words.setLeft(words.left() + 132)
        painter.setPen(self._theme.colour("record" if job.state == "failed" else "secondary"))
        text = metrics.elidedText(self._queue.words(job), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        painter.restore()


class QueueView(QListView):
    """The list. Alt+Up and Alt+Down move what waits, Delete cancels; so does the mouse by dragging."""

    def __init__(self, queue: Queue, theme: Theme) -> None:
        super().__init__()
        self._queue = queue
        self.setModel(queue)
        self.setItemDelegate(JobDelegate(theme, queue))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(self.tr("Queue of recordings"))
        self.setAccessibleDescription(self.tr("Alt+Up and Alt+Down change the order, Delete cancels."))

    def chosen(self) -> list[QueueJob]:
        """The jobs that are selected, first to last."""
        return [index.data(JobRole) for index in sorted(self.selectedIndexes(), key=lambda index: index.row())]

    def move_chosen(self, steps: int) -> None:
        """Do what is selected earlier or later."""
        chosen = self.chosen()
        for job in chosen if steps < 0 else reversed(chosen):
            self._queue.move(job, steps)

    def event(self, event: QEvent) -> bool:
        """Delete and Alt+arrows mean the queue while it has the keyboard, whatever they mean on the page."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._wants(event):
            event.accept()
            return True
        return super().event(event)

    @staticmethod
    def _wants(event: QKeyEvent) -> bool:
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down)
        moves = event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in arrows
        return moves or event.key() == Qt.Key.Key_Delete

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if not self._wants(event):
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Delete:
            self._queue.cancel(self.chosen())
        else:
            self.move_chosen(-1 if event.key() == Qt.Key.Key_Up else 1)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Files that are dragged over the list belong to the page."""
        if event.mimeData().hasFormat(MIME):
            super().dragEnterEvent(event)
        else:
            event.ignore()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802
        if event.mimeData().hasFormat(MIME):
            super().dragMoveEvent(event)
        else:
            event.ignore()


class QueuePanel(QFrame):
    """Options of an import, the list, and what can be done with all of it."""

    def __init__(self, context: AppContext, queue: Queue, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._context = context
        self._queue = queue
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.options = ImportOptions(context.settings.language)
        self.options.setToolTip(self.tr("Holds for what is added, and for what waits."))
        self.options.changed.connect(lambda: queue.set_options(self.options.chosen()))
        self.view = QueueView(queue, context.theme)
        self._buttons = QHBoxLayout()
        head = QHBoxLayout()
        head.addWidget(self.heading)
        head.addStretch(1)
        head.addLayout(self._buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.setSpacing(6)
        column.addLayout(head)
        column.addWidget(self.options)
        column.addWidget(self.view, 1)
        queue.counted.connect(self.renew)
        self.renew()

    def add_buttons(self, ids: list[str]) -> None:
        """Put the commands of the queue beside its heading, once they are registered."""
        for id in ids:
            button = QToolButton()
            button.setDefaultAction(self._context.commands.action(id))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._buttons.addWidget(button)

    def renew(self) -> None:
        """Say how many there are."""
        waiting, running = len(self._queue.waiting), self._queue.running
        failed = len(self._queue.failed)
        if self._queue.paused and waiting:
            text = self.tr("Queue: paused, {n} wait").format(n=waiting)
        elif running is not None:
            text = self.tr("Queue: analysing, {n} wait").format(n=waiting)
        else:
            text = self.tr("Queue: nothing waits")
        if failed:
            text += self.tr(", {n} failed").format(n=failed)
        self.heading.setText(text)
