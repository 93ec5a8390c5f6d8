"""The queue as it is seen: one line per recording with its stage, per cent and time left."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QShowEvent,
)
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
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from illodesk.ui.context import AppContext
from illodesk.ui.library.import_options import ImportOptions
from illodesk.ui.library.jobs import QueueJob
from illodesk.ui.library.queue import MIME, JobRole, Queue
from illodesk.ui.roomy_row import RoomyRow
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


def cross_of(row: QRect) -> QRect:
    """Where a row is clicked to be cancelled."""
    return QRect(row.right() - row.height() - 4, row.top(), row.height(), row.height())


def on_cross(point: QPoint, option: QStyleOptionViewItem, index: Index) -> bool:
    """Whether a point is on the cross of a row that has one."""
    job: QueueJob = index.data(JobRole)
    return job.can_be_cancelled and cross_of(option.rect).contains(point)


class JobDelegate(QStyledItemDelegate):
    """Icon, name, words, a bar while it runs, and a cross that cancels."""

    def __init__(self, theme: Theme, queue: Queue) -> None:
        super().__init__(queue)
        self._theme = theme
        self._queue = queue

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002, N802
        return QSize(200, self._theme.pixels("base") + 20)

    def editorEvent(  # noqa: N802
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the cross cancels this row, whatever is selected."""
        if not isinstance(event, QMouseEvent) or not on_cross(event.position().toPoint(), option, index):
            return super().editorEvent(event, model, option, index)
        if event.type() == QEvent.Type.MouseButtonRelease and event.button() == Qt.MouseButton.LeftButton:
            self._queue.cancel([index.data(JobRole)])
        return True

    def helpEvent(  # noqa: N802
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        if index.isValid() and on_cross(event.pos(), option, index):
            QToolTip.showText(event.globalPos(), self.tr("Cancel this recording (Delete)"), view)
            return True
        return super().helpEvent(event, view, option, index)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style() if option.widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        job: QueueJob = index.data(JobRole)
        cross = cross_of(option.rect)
        room = option.rect.adjusted(10, 0, cross.left() - option.rect.right() - 6, 0)
        icon, token = JOB_ICONS[job.state]
        painter.save()
        self._theme.icon(icon, token).paint(painter, room.left(), room.center().y() - 8, 16, 16)
        if job.can_be_cancelled:
            self._theme.icon("close", "secondary").paint(
                painter, cross.center().x() - 7, cross.center().y() - 7, 14, 14
            )
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
    """The list. Alt+Up and Alt+Down, or the mouse, move what waits; Delete, or the cross of a row, cancels.

    What runs is kept in view, unless the user looks elsewhere.
    """

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
        self._seen: QueueJob | None = None
        self._follows = True
        self._by_user = False
        self.verticalScrollBar().actionTriggered.connect(self._on_user)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        queue.counted.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._seen = None
        self._follow()

    def _follow(self) -> None:
        """Look at what runs when it is another one, unless the user looks elsewhere."""
        running = self._queue.running
        if running is not None and running is not self._seen and self._follows:
            self.scrollTo(self._queue.index(self._queue.jobs.index(running)))
        self._seen = running

    def _on_user(self) -> None:
        self._by_user = True

    def _on_scrolled(self) -> None:
        """Who scrolls away from what runs looks elsewhere until it is in view again."""
        if self._by_user:
            self._by_user = False
            running = self._queue.running
            row = self._queue.jobs.index(running) if running is not None else 0
            self._follows = self.viewport().rect().intersects(self.visualRect(self._queue.index(row)))

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
        self._buttons = RoomyRow(6)
        head = QHBoxLayout()
        self.heading.setWordWrap(True)
        head.addWidget(self.heading, 1)
        head.addWidget(self._buttons)
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
            self._buttons.add(button)

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
