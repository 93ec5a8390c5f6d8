"""Exports of many conversations: formats, a folder, whether names are taken out; progress and cancel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import FORMATS, Desk, Exported, ExportOptions
from illodesk.ui.context import AppContext
from illodesk.ui.library.choosing import choose_folder
from illodesk.ui.tasks import Task

OF_A_STRETCH = ("flac", "wav")
"""Formats that make sense for one conversation and a stretch of it; the review page has them."""


@dataclass
class Total:
    """What became of an export in several formats."""

    files: int = 0
    failures: dict[str, str] = field(default_factory=dict)
    cancelled: bool = False


def export_all(
    task: Task, desk: Desk, ids: Sequence[str], formats: Sequence[str], folder: Path, options: ExportOptions
) -> Total:
    """Write conversations in formats into a folder; in a task."""
    total = Total()
    for place, name in enumerate(formats):

        def on_progress(part: float, place: int = place, name: str = name) -> None:
            task.report((place + part) / len(formats), name)

        done: Exported = desk.export_many(ids, name, folder, options, on_progress=on_progress, cancelled=task.cancelled)
        total.files += len(done.files)
        total.failures.update(done.failures)
        if done.cancelled:
            total.cancelled = True
            break
    return total


class ExportPanel(QFrame):
    """``closed`` tells that the user is through with it."""

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._context = context
        self._ids: list[str] = []
        self._task: Task | None = None
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.formats = self._list_formats()
        self.formats.itemChanged.connect(self._renew)
        self.pseudonymise = QCheckBox(self.tr("Take names out"))
        self.pseudonymise.setToolTip(self.tr("Speaker A, Speaker B, … in place of names, and no title."))
        self.folder = QLineEdit(context.memory.get("library.export_folder", str(Path.home())))
        self.folder.setAccessibleName(self.tr("Folder"))
        self.folder.setAcceptDrops(False)
        self.folder.textChanged.connect(self._renew)
        choose = QPushButton(self.tr("Choose…"))
        choose.setAccessibleName(self.tr("Choose the folder"))
        choose.clicked.connect(self._choose)
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the export"))
        self.progress.hide()
        self.start_button = QPushButton(self.tr("Export"))
        self.start_button.setProperty("primary", True)
        self.start_button.clicked.connect(self.start)
        self.cancel_button = QPushButton(self.tr("Close"))
        self.cancel_button.clicked.connect(self.cancel)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(choose)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.heading)
        column.addWidget(self.formats, 1)
        column.addWidget(self.pseudonymise)
        column.addWidget(QLabel(self.tr("Folder")))
        column.addLayout(where)
        column.addWidget(self.progress)
        column.addLayout(row)
        self.offer([])

    def _list_formats(self) -> QListWidget:
        formats = QListWidget()
        formats.setAccessibleName(self.tr("Formats"))
        for name, format in FORMATS.items():
            if name in OF_A_STRETCH:
                continue
            item = QListWidgetItem(f"{name}  {format.description}")
            item.setToolTip(format.description)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            chosen = name in self._context.memory.get("library.formats", ["docx"])
            item.setCheckState(Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked)
            formats.addItem(item)
        return formats

    def offer(self, ids: Sequence[str]) -> None:
        """Offer to export these conversations."""
        if self._task is None:
            self._ids = list(ids)
            self._renew()

    @property
    def chosen_formats(self) -> list[str]:
        """Names of the formats that are ticked."""
        items = [self.formats.item(row) for row in range(self.formats.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    def start(self) -> None:
        """Begin to export."""
        self._context.memory.set("library.formats", self.chosen_formats)
        self._context.memory.set("library.export_folder", self.folder.text())
        self._task = self._context.tasks.run_long(
            export_all,
            self._context.desk,
            self._ids,
            self.chosen_formats,
            Path(self.folder.text()).expanduser(),
            ExportOptions(pseudonymise=self.pseudonymise.isChecked()),
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_progress,
        )
        self._renew()

    def cancel(self) -> None:
        """Stop a running export, of which what was written stays; else close the panel."""
        if self._task is None:
            self.closed.emit()
            return
        self._task.cancel()
        self._end()
        self._context.notices.show(self.tr("The export was stopped."), self.tr("What was written until then stays."))

    def _on_progress(self, fraction: float | None, _format: str) -> None:
        self.progress.setValue(round(1000 * (fraction or 0.0)))

    def _on_done(self, total: Total) -> None:
        self._end()
        folder = QUrl.fromLocalFile(str(Path(self.folder.text()).expanduser().absolute()))
        reasons = list(dict.fromkeys(total.failures.values()))
        self._context.notices.show(
            self.tr("Files written: {n}").format(n=total.files),
            self.tr("Conversations that could not be written: {n}. {reason}").format(
                n=len(total.failures), reason=reasons[0]
            )
            if reasons
            else self.folder.text(),
            kind="warning" if reasons else "good",
            choices=[(self.tr("Open the folder"), lambda: QDesktopServices.openUrl(folder))],
            key="export",
        )
        self.closed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._context.notices.error(error, key="export")

    def _end(self) -> None:
        self._task = None
        self._renew()

    def _choose(self) -> None:
        choose_folder(self, self.tr("Folder for the exports"), self.folder.text(), self.folder.setText)

    def _renew(self) -> None:
        busy = self._task is not None
        self.heading.setText(self.tr("Export {n} conversations").format(n=len(self._ids)))
        self.progress.setVisible(busy)
        self.progress.setValue(0)
        self.cancel_button.setText(self.tr("Cancel") if busy else self.tr("Close"))
        ready = bool(self._ids and self.chosen_formats and self.folder.text().strip()) and not busy
        self.start_button.setEnabled(ready)
        for control in (self.formats, self.pseudonymise, self.folder):
            control.setEnabled(not busy)
