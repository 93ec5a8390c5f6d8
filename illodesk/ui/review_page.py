"""Conversations on the left, the timeline and transcript of the selected one on the right."""

from __future__ import annotations

from bisect import bisect_right
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import Conversation, Desk, Track
from illodesk.schema import AnalysisResult
from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext
from illodesk.ui.page import Page
from illodesk.ui.tasks import Task
from illodesk.ui.timeline import Timeline


def clock(seconds: float) -> str:
    """``m:ss``."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def read(desk: Desk, conversation_id: str) -> tuple[AnalysisResult, dict[str, Track]]:
    """What one conversation shows."""
    return desk.result(conversation_id), desk.tracks(conversation_id)


class ReviewPage(Page):
    """The library's newest conversations and what was found in the selected one."""

    name = "review"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._desk = context.desk
        self._loading: Task | None = None
        self._starts: list[float] = []

        self.library = QListWidget()
        self.library.setAccessibleName(self.tr("Conversations"))
        self.library.currentItemChanged.connect(self._on_selected)

        self.heading = QLabel()
        self.heading.setWordWrap(True)
        self.heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.heading.setAccessibleName(self.tr("Overview"))

        self.timeline = Timeline(context.theme)
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
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(whole)
        context.theme.changed.connect(self.refresh)
        self.refresh()

    def title(self) -> str:
        return self.tr("Review")

    def crumbs(self) -> list[str]:
        item = self.library.currentItem()
        return [item.text().partition("\n")[0]] if item is not None else []

    def commands(self) -> list[Command]:
        return [Command("review.refresh", self.tr("Refresh"), self.refresh, "F5", "view")]

    def opened(self, **what: Any) -> None:
        if what.get("conversation_id"):
            self.refresh()
            self.select(what["conversation_id"])
        if what.get("second") is not None:
            self._go_to(what["second"])

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
        if self._loading is not None:
            self._loading.cancel()
        self._loading = self.context.tasks.run(
            read, self._desk, item.data(Qt.ItemDataRole.UserRole), done=self._on_loaded, failed=self._on_failed
        )
        self.crumbs_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self.transcript.setRowCount(0)
        self.heading.setText(str(error))
        self.timeline.show_result(None, {})

    def _on_loaded(self, read: tuple[AnalysisResult, dict[str, Track]]) -> None:
        result, tracks = read
        self.transcript.setRowCount(0)
        self.heading.setText(result.summary.overview or self.tr("No speech was found."))
        self.timeline.show_result(result, tracks)
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
