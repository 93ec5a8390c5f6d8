"""The window: conversations on the left, the timeline and transcript of the selected one on the right."""

from __future__ import annotations

from bisect import bisect_right

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import Conversation, Desk, DeskError, Track
from illodesk.schema import AnalysisResult
from illodesk.ui.theme import current_theme
from illodesk.ui.timeline import Timeline


class Loaded(QObject):
    """Carries what a loader found to the GUI thread."""

    done = Signal(str, object, object, str)


class Loader(QRunnable):
    """Reads one result outside the GUI thread."""

    def __init__(self, desk: Desk, conversation_id: str) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = Loaded()
        self._desk = desk
        self._id = conversation_id

    def run(self) -> None:
        try:
            result = self._desk.result(self._id)
            self.signals.done.emit(self._id, result, self._desk.tracks(self._id), "")
        except DeskError as error:
            self.signals.done.emit(self._id, None, None, str(error))


def clock(seconds: float) -> str:
    """``m:ss``."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


class MainWindow(QMainWindow):
    """Library and timeline. Talks to the Desk only."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._pool = QThreadPool()
        self._pool.setMaxThreadCount(1)
        self._starts: list[float] = []
        self.setWindowTitle("IlloDesk")
        self.resize(1280, 800)
        theme = current_theme()

        self.library = QListWidget()
        self.library.setAccessibleName(self.tr("Conversations"))
        self.library.currentItemChanged.connect(self._on_selected)

        self.heading = QLabel()
        self.heading.setWordWrap(True)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.heading.setAccessibleName(self.tr("Overview"))

        self.timeline = Timeline(theme)
        self.timeline.clicked.connect(self._go_to)

        self.transcript = QTableWidget(0, 5)
        self.transcript.setAccessibleName(self.tr("Transcript"))
        self.transcript.setHorizontalHeaderLabels(
            [self.tr("Time"), self.tr("Speaker"), self.tr("Text"), self.tr("Expression"), self.tr("Confidence")]
        )
        self.transcript.verticalHeader().hide()
        self.transcript.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.transcript.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.transcript.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

        right = QWidget()
        column = QVBoxLayout(right)
        column.addWidget(self.heading)
        lower = QSplitter(Qt.Orientation.Vertical)
        lower.addWidget(self.timeline)
        lower.addWidget(self.transcript)
        lower.setSizes([460, 280])
        column.addWidget(lower, 1)
        whole = QSplitter(Qt.Orientation.Horizontal)
        whole.addWidget(self.library)
        whole.addWidget(right)
        whole.setSizes([280, 1000])
        self.setCentralWidget(whole)
        refresh = self.menuBar().addMenu(self.tr("&Library")).addAction(self.tr("&Refresh"))
        refresh.setShortcut(QKeySequence.StandardKey.Refresh)
        refresh.triggered.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Read the list of conversations again; the selection stays."""
        selected = self.library.currentItem()
        keep = selected.data(Qt.ItemDataRole.UserRole) if selected is not None else None
        self.library.clear()
        for row in self._desk.conversations(limit=500):
            self.library.addItem(self._item(row))
        self.select(keep)
        if not self.library.count():
            self.heading.setText(self.tr("No conversations yet. Run “illodesk demo” or “illodesk analyze FILE”."))

    def select(self, conversation_id: str | None) -> None:
        """Select a conversation, or the newest one when it is not there."""
        rows = [
            row
            for row in range(self.library.count())
            if self.library.item(row).data(Qt.ItemDataRole.UserRole) == conversation_id
        ]
        if self.library.count():
            self.library.setCurrentRow(rows[0] if rows else 0)

    def _item(self, row: Conversation) -> QListWidgetItem:
        details = f"{row.created_at:%Y-%m-%d %H:%M} · {clock(row.duration_s or 0)} · {row.state}"
        item = QListWidgetItem(f"{row.title}\n{details}")
        item.setData(Qt.ItemDataRole.UserRole, row.id)
        return item

    def _on_selected(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        self.heading.setText(self.tr("Opening…"))
        loader = Loader(self._desk, item.data(Qt.ItemDataRole.UserRole))
        loader.signals.done.connect(self._on_loaded)
        self._loader = loader  # keeps its signals alive until they are delivered
        self._pool.start(loader)

    def _on_loaded(
        self, conversation_id: str, result: AnalysisResult | None, tracks: dict[str, Track] | None, error: str
    ) -> None:
        current = self.library.currentItem()
        if current is None or current.data(Qt.ItemDataRole.UserRole) != conversation_id:
            return
        self.transcript.setRowCount(0)
        if result is None:
            self.heading.setText(error)
            self.timeline.show_result(None, {})
            return
        self.heading.setText(result.summary.overview or self.tr("No speech was found."))
        self.timeline.show_result(result, tracks or {})
        self._starts = [u.t_start for u in result.timeline]
        self.transcript.setRowCount(len(result.timeline))
        for i, u in enumerate(result.timeline):
            cells = (clock(u.t_start), u.speaker, u.text, u.emotion.dominant or "–", u.emotion.confidence_level)
            for j, text in enumerate(cells):
                self.transcript.setItem(i, j, QTableWidgetItem(text))

    def _go_to(self, second: float) -> None:
        """Show the utterance that is spoken at a second."""
        if self._starts:
            self.transcript.selectRow(max(0, bisect_right(self._starts, second) - 1))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        self._pool.waitForDone()
        super().closeEvent(event)
