"""The panel that exports: formats, choices, a preview, a folder; progress and cancel."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QHideEvent, QShowEvent, QTextDocument
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import DeskError
from illodesk.ui.choosing import choose_folder
from illodesk.ui.context import AppContext
from illodesk.ui.exporting.choices import ExportChoices, Stretch
from illodesk.ui.exporting.formats import RENDERED, format_names, format_words
from illodesk.ui.exporting.writing import Order, Total, read_preview, write_all
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task

WAIT_MS = 150
"""How long choosing rests before the preview is read."""

MARKDOWN = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
"""What was said is never HTML."""


class ExportPanel(QFrame):
    """``offer`` says what is to be exported; ``closed`` tells that the user is through with it.

    Formats with a tick are written; the one that is current is previewed, of the first conversation.
    """

    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._context = context
        self._ids: tuple[str, ...] = ()
        self._run: int | None = None
        self._task: Task | None = None
        self._reading: Task | None = None
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.formats = self._list_formats()
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.words.setProperty("role", "secondary")
        self.choices = ExportChoices(context.memory)
        self.preview = QTextBrowser()
        self.preview.setOpenLinks(False)
        self.preview.setAccessibleName(self.tr("Preview"))
        self.preview.setPlaceholderText(self.tr("Preview"))
        self.preview.setTabChangesFocus(True)
        self.preview.setMinimumHeight(60)
        self.folder = QLineEdit(context.memory.get("export.folder", str(Path.home())))
        self.folder.setAccessibleName(self.tr("Folder for the exports"))
        self.folder.setAcceptDrops(False)
        self.choose_button = QPushButton(self.tr("Choose…"))
        self.choose_button.setAccessibleName(self.tr("Choose the folder"))
        self.progress = QProgressBar()
        self.progress.setRange(0, 1000)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the export"))
        self.start_button = QPushButton(self.tr("Export"))
        self.start_button.setProperty("primary", True)
        self.cancel_button = QPushButton(self.tr("Close"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(WAIT_MS)
        self._lay_out()
        self._connect()
        self._renew()

    def _lay_out(self) -> None:
        upper = QWidget()
        top = QVBoxLayout(upper)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.formats, 1)
        top.addWidget(self.words)
        top.addWidget(self.choices)
        top.addStretch()
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(8)
        halves.addWidget(upper)
        halves.addWidget(self.preview)
        halves.setSizes([400, 100])  # of a low window the formats and choices get the most
        halves.setStretchFactor(0, 1)
        halves.setStretchFactor(1, 1)
        where = QHBoxLayout()
        where.addWidget(self.folder, 1)
        where.addWidget(self.choose_button)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.cancel_button)
        row.addWidget(self.start_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.heading)
        column.addWidget(halves, 1)
        column.addLayout(where)
        column.addWidget(self.progress)
        column.addLayout(row)

    def _connect(self) -> None:
        self.formats.itemChanged.connect(self._on_tick)
        self.formats.currentItemChanged.connect(self._on_choice)
        self.choices.changed.connect(self._on_choice)
        self.folder.textChanged.connect(self._renew)
        self.choose_button.clicked.connect(self._choose)
        self.start_button.clicked.connect(self.start)
        self.cancel_button.clicked.connect(self.cancel)
        self._rest.timeout.connect(self._read_preview)
        self._context.theme.changed.connect(self._renew)

    def _list_formats(self) -> QListWidget:
        formats = QListWidget()
        formats.setAccessibleName(self.tr("Formats"))
        formats.setMinimumHeight(90)
        formats.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        ticked = self._context.memory.get("export.formats", ["docx"])
        words = format_words()
        for name, text in format_names().items():
            item = QListWidgetItem(text)
            item.setToolTip(words[name])
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsUserCheckable | Qt.ItemFlag.ItemIsSelectable)
            item.setCheckState(Qt.CheckState.Checked if name in ticked else Qt.CheckState.Unchecked)
            formats.addItem(item)
        chosen = [row for row in range(formats.count()) if formats.item(row).checkState() == Qt.CheckState.Checked]
        formats.setMaximumHeight(formats.sizeHintForRow(0) * formats.count() + 2 * formats.frameWidth())
        formats.setCurrentRow(chosen[0] if chosen else 0)
        return formats

    # --- what is to be exported -------------------------------------------------------------------------------------

    def offer(self, conversation_ids: Sequence[str], selection: Stretch | None = None, run: int | None = None) -> None:
        """Offer to export these conversations. Of a single one, ``run`` is the analysis that is written (None: the one
        that is shown), and ``selection`` the stretch of time, s, of formats that are sound.

        An export that is being written is not touched.
        """
        if self._task is not None:
            return
        ids = tuple(conversation_ids)
        if (ids, run) != (self._ids, self._run):
            self.preview.clear()
            self.choices.set_stretch(None)
        if selection is not None:
            self.choices.set_stretch(selection)
        self._ids, self._run = ids, run
        self._on_choice()

    @property
    def chosen_formats(self) -> list[str]:
        """Names of the formats that are ticked."""
        items = [self.formats.item(row) for row in range(self.formats.count())]
        return [item.data(Qt.ItemDataRole.UserRole) for item in items if item.checkState() == Qt.CheckState.Checked]

    @property
    def current_format(self) -> str:
        """Name of the format that is previewed."""
        return str(self.formats.currentItem().data(Qt.ItemDataRole.UserRole))

    @property
    def busy(self) -> bool:
        """Whether something is being written."""
        return self._task is not None

    # --- writing ----------------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to export."""
        memory = self._context.memory
        memory.set("export.formats", self.chosen_formats)
        memory.set("export.folder", self.folder.text())
        self.choices.remember()
        folder = Path(self.folder.text()).expanduser()
        order = Order(self._ids, tuple(self.chosen_formats), folder, self.choices.chosen(), self._run)
        self.progress.setValue(0)
        self._task = self._context.tasks.run_long(
            write_all,
            self._context.desk,
            order,
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
        self._context.notices.show(
            self.tr("The export was stopped."), self.tr("Files written so far are kept."), key="export"
        )

    def _on_progress(self, fraction: float | None, _format: str) -> None:
        self.progress.setValue(round(1000 * (fraction or 0.0)))

    def _on_done(self, total: Total) -> None:
        self._end()
        folder = Path(self.folder.text()).expanduser().absolute()
        choices = [
            (self.tr("Open the folder"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))),
        ]
        reasons = list(dict.fromkeys(total.failures.values()))
        failed = self.tr("{n} could not be written. {reasons}").format(
            n=len(total.failures), reasons=" ".join(reasons[:3])
        )
        self._context.notices.show(
            self.tr("Files written: {n}").format(n=len(total.files)),
            failed if reasons else str(folder),
            kind="warning" if reasons else "good",
            choices=choices,
            key="export",
        )
        if not reasons:
            self.closed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._context.notices.error(error, key="export")

    def _end(self) -> None:
        self._task = None
        self._renew()

    # --- the preview ------------------------------------------------------------------------------------------------

    def _read_preview(self) -> None:
        if not self._ids or self.choices.problem or not self.isVisible():
            return
        self._reading = self._context.tasks.run(
            read_preview,
            self._context.desk,
            Order(self._ids[:1], (self.current_format,), Path(), self.choices.chosen(), self._run),
            done=self._show_preview,
            failed=self._on_unread,
        )

    def _show_preview(self, text: str) -> None:
        self._reading = None
        if self.current_format in RENDERED:
            self.preview.setLineWrapMode(QTextBrowser.LineWrapMode.WidgetWidth)
            self.preview.document().setMarkdown(text, MARKDOWN)
        else:
            self.preview.setLineWrapMode(QTextBrowser.LineWrapMode.NoWrap)
            self.preview.setPlainText(text)

    def _on_unread(self, error: Exception) -> None:
        """There is nothing to preview; what the export would say is said in its place."""
        self._reading = None
        if isinstance(error, DeskError):
            self.preview.setLineWrapMode(QTextBrowser.LineWrapMode.WidgetWidth)
            self.preview.setPlainText(trouble_words(error))
        else:
            self._context.notices.error(error, key="export")

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._rest.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._rest.stop()
        super().hideEvent(event)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        choose_folder(self, self.tr("Folder for the exports"), self.folder.text(), self.folder.setText)

    def _on_tick(self, item: QListWidgetItem) -> None:
        self.formats.setCurrentItem(item)
        self._on_choice()

    def _on_choice(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            self._reading = None
        self._renew()
        if self.isVisible():
            self._rest.start()

    def _renew(self) -> None:
        busy, count = self._task is not None, len(self._ids)
        shown = list(dict.fromkeys([self.current_format, *self.chosen_formats]))
        self.choices.show_for(shown, one=count == 1)
        self.words.setText(format_words()[self.current_format])
        heading = self.tr("Export one conversation") if count == 1 else self.tr("Export {n} conversations")
        self.heading.setText(heading.format(n=count))
        self.preview.setFont(self._context.theme.font("caption"))
        self.progress.setVisible(busy)
        self.cancel_button.setText(self.tr("Cancel") if busy else self.tr("Close"))
        ready = bool(self._ids and self.chosen_formats and self.folder.text().strip()) and not self.choices.problem
        self.start_button.setEnabled(ready and not busy)
        for control in (self.formats, self.choices, self.folder, self.choose_button):
            control.setEnabled(not busy)
