"""Every shortcut, searchable and changeable: in the settings, and as a sheet with F1."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from illodesk.ui.context import AppContext
from illodesk.ui.fuzzy import score
from illodesk.ui.pages import place_of
from illodesk.ui.plain import plain
from illodesk.ui.status_bar import tell

ID = Qt.ItemDataRole.UserRole


class ShortcutEditor(QWidget):
    """A table of commands and their keys; the selected one can be given others."""

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("Find a command or a key"))
        self.filter.setAccessibleName(self.tr("Find a command or a key"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.refresh)
        self.table = QTreeWidget()
        self.table.setHeaderLabels([self.tr("Command"), self.tr("Page"), self.tr("Keys")])
        self.table.setAccessibleName(self.tr("Shortcuts"))
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAlternatingRowColors(True)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.header().setStretchLastSection(False)
        self.table.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.table.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.table.header().setSectionResizeMode(2, QHeaderView.ResizeMode.ResizeToContents)
        self.table.currentItemChanged.connect(self._on_selected)
        self.keys = QKeySequenceEdit()
        self.keys.setMaximumSequenceLength(1)
        self.keys.setClearButtonEnabled(True)
        self.keys.setAccessibleName(self.tr("New keys"))
        self.keys.keySequenceChanged.connect(self._on_keys)
        self.verdict = plain(QLabel())
        self.verdict.setWordWrap(True)
        self.take = QPushButton(self.tr("Use these keys"))
        self.take.clicked.connect(self._take)
        self.reset = QPushButton(self.tr("As it was"))
        self.reset.setToolTip(self.tr("Give the command the keys it comes with"))
        self.reset.clicked.connect(self._reset)
        row = QHBoxLayout()
        label = QLabel(self.tr("New keys"))
        label.setBuddy(self.keys)
        for part in (label, self.keys, self.take, self.reset):
            row.addWidget(part)
        row.setStretchFactor(self.keys, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.filter)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        column.addWidget(self.verdict)
        context.commands.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """List what fits the filter; the selection stays."""
        commands, wanted = self._context.commands, self.filter.text().strip()
        selected = self.selected
        self.table.clear()
        for command in sorted(commands.all(), key=lambda command: command.text.casefold()):
            keys = commands.shortcut_text(command.id)
            if wanted and score(wanted, command.text) is None and wanted.casefold() not in keys.casefold():
                continue
            item = QTreeWidgetItem([command.text, place_of(commands.page(command.id)), keys])
            item.setData(0, ID, command.id)
            self.table.addTopLevelItem(item)
            if command.id == selected:
                self.table.setCurrentItem(item)
        self._on_selected()

    @property
    def selected(self) -> str:
        """Id of the selected command; empty when none is."""
        item = self.table.currentItem()
        return "" if item is None else str(item.data(0, ID))

    def select(self, id: str) -> None:
        """Select a command that is listed."""
        for row in range(self.table.topLevelItemCount()):
            item = self.table.topLevelItem(row)
            if item is not None and item.data(0, ID) == id:
                self.table.setCurrentItem(item)

    def _on_selected(self) -> None:
        chosen = bool(self.selected)
        for part in (self.keys, self.take, self.reset):
            part.setEnabled(chosen)
        self.keys.setKeySequence(QKeySequence())

    def _on_keys(self, keys: QKeySequence) -> None:
        text = keys.toString(QKeySequence.SequenceFormat.PortableText)
        others = self._context.commands.conflicts(self.selected, text) if self.selected and text else []
        names = ", ".join(other.text for other in others)
        self.verdict.setText(self.tr("Taken by: {names}. Using them here takes them away there.").format(names=names))
        self.verdict.setVisible(bool(others))
        tell(self.verdict, "warning" if others else "")

    def _take(self) -> None:
        commands, id = self._context.commands, self.selected
        text = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        for other in commands.conflicts(id, text):
            left = [keys for keys in commands.shortcut_of(other).split("; ") if keys != text]
            commands.set_shortcut(other.id, "; ".join(left))
        commands.set_shortcut(id, text)

    def _reset(self) -> None:
        self._context.commands.set_shortcut(self.selected, None)


class ShortcutSheet(QDialog):
    """The sheet of F1. It does not block the window."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Shortcuts"))
        self.resize(560, 560)
        column = QVBoxLayout(self)
        self.editor = ShortcutEditor(context, self)
        column.addWidget(self.editor)
