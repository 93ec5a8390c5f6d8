"""Marker keys 1 to 9 and notes, each with its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.ui.context import AppContext
from illodesk.ui.plain import tip
from illodesk.ui.words import clock

KEYS = 9
LABELS = "record.markers"
MOST = 40


@dataclass
class Mark:
    """A marker as it is listed."""

    marker_id: str
    t: float
    key: str
    note: str


class Marks(QFrame):
    """The card. ``pressed`` gives a key (1..9), ``noted`` the text of a note, ``begun`` that one is being written,
    ``removed`` the id of a marker, ``left`` that the note was written or given up,
    ``renamed`` that keys are called otherwise."""

    pressed = Signal(int)
    noted = Signal(str)
    begun = Signal()
    removed = Signal(str)
    left = Signal()
    renamed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setProperty("card", True)
        self._context = context
        heading = QLabel(self.tr("Markers and notes"))
        heading.setProperty("role", "heading")
        self.edit = QToolButton()
        self.edit.setCheckable(True)
        self.edit.setToolTip(self.tr("Change what the keys are called"))
        self.edit.setAccessibleName(self.tr("Change what the keys are called"))
        self.edit.toggled.connect(self._on_edit)
        head = QHBoxLayout()
        head.addWidget(heading, 1)
        head.addWidget(self.edit)
        self.buttons: list[QPushButton] = []
        self.fields: list[QLineEdit] = []
        self._build_keys()
        self._keys, self._names = in_rows(self.buttons), in_rows(self.fields)
        self._names.hide()
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("Note, with the time when you began to write"))
        self.note.setAccessibleName(self.tr("Note"))
        self.note.returnPressed.connect(self._on_note)
        self.note.textEdited.connect(self._on_typed)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Markers and notes of this recording; Delete removes one"))
        self.list.setToolTip(self.tr("Delete removes the marker that is chosen"))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(64)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.list.installEventFilter(self)
        self.note.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._keys)
        column.addWidget(self._names)
        column.addWidget(self.note)
        column.addWidget(self.list, 1)
        column.addStretch()  # while the list is hidden
        context.theme.changed.connect(self._renew)
        self._renew()
        self._show_labels()
        self.set_recording(False)

    def _build_keys(self) -> None:
        for i in range(KEYS):
            button, field = QPushButton(), QLineEdit()
            button.setObjectName("markerKey")
            button.clicked.connect(lambda _checked=False, key=i + 1: self.pressed.emit(key))
            field.setMaxLength(30)
            field.setAccessibleName(self.tr("Name of marker key {n}").format(n=i + 1))
            field.returnPressed.connect(lambda: self.edit.setChecked(False))
            self.buttons.append(button)
            self.fields.append(field)

    def label(self, key: int) -> str:
        """What a key is called."""
        return self._labels()[key - 1]

    def set_recording(self, recording: bool) -> None:
        """Keys and notes are for what is being recorded; a note that is being written is kept when that ends."""
        if not recording:
            self._keep_note()
        for button in self.buttons:
            button.setEnabled(recording)
        self.note.setEnabled(recording)
        self._show_list(recording)

    def _show_list(self, recording: bool) -> None:
        """Before there is anything to list, the keys alone are shown."""
        self.list.setVisible(recording or self.list.count() > 0)

    def add(self, mark: Mark) -> None:
        """List a marker, the newest first."""
        name = mark.note if mark.note else (self.tr("Marker {key}").format(key=mark.key) if mark.key else "")
        text = f"{clock(mark.t)}  {mark.key}  {name}" if mark.key else f"{clock(mark.t)}  {name}"
        item = QListWidgetItem(text)
        item.setData(Qt.ItemDataRole.UserRole, mark.marker_id)
        item.setToolTip(tip(text))
        self.list.insertItem(0, item)

    def remove(self, marker_id: str) -> None:
        """List it no more."""
        for row in range(self.list.count() - 1, -1, -1):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == marker_id:
                self.list.takeItem(row)

    def reset(self) -> None:
        """Begin anew."""
        self.list.clear()
        self.note.clear()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Delete removes a marker; Esc leaves the note."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self.list and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                for item in self.list.selectedItems():
                    self.removed.emit(item.data(Qt.ItemDataRole.UserRole))
                return True
            if watched is self.note and event.key() == Qt.Key.Key_Escape:
                self.note.clear()
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _on_typed(self, text: str) -> None:
        if len(text) == 1:
            self.begun.emit()

    def _on_note(self) -> None:
        self._keep_note()
        self.left.emit()

    def _keep_note(self) -> None:
        text = self.note.text().strip()
        self.note.clear()
        if text:
            self.noted.emit(text)

    def _labels(self) -> list[str]:
        usual = [
            self.tr("Important"),
            self.tr("Question"),
            self.tr("Problem"),
            self.tr("Idea"),
            self.tr("Quote"),
            self.tr("Task"),
            self.tr("Doubt"),
            self.tr("Decision"),
            self.tr("Other"),
        ]
        own: list[str] = self._context.memory.get(LABELS, [])
        return own if len(own) == KEYS and all(isinstance(label, str) and label for label in own) else usual

    def _show_labels(self) -> None:
        for i, (button, label) in enumerate(zip(self.buttons, self._labels(), strict=True), start=1):
            button.setText(f"{i}  {label}")
            button.setAccessibleName(self.tr("Marker {n}: {label}").format(n=i, label=label))
            button.setToolTip(self.tr("{label}: press {n}").format(label=label, n=i))

    def _on_edit(self, editing: bool) -> None:
        before = self._labels()
        self._keys.setVisible(not editing)
        self._names.setVisible(editing)
        if editing:
            for field, label in zip(self.fields, before, strict=True):
                field.setText(label)
            self.fields[0].setFocus()
            self.fields[0].selectAll()
        else:
            after = [field.text().strip() or label for field, label in zip(self.fields, before, strict=True)]
            if after != before:
                self._context.memory.set(LABELS, after)
                self._context.memory.save()
                self.renamed.emit()
            self._show_labels()

    def _renew(self) -> None:
        self.edit.setIcon(self._context.theme.icon("edit", "secondary"))


def in_rows(widgets: Sequence[QWidget]) -> QWidget:
    """Three beside each other, as on a number pad; larger type gets its room."""
    whole = QWidget()
    whole.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
    grid = QGridLayout(whole)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(6)
    for i, widget in enumerate(widgets):
        grid.addWidget(widget, i // 3, i % 3)
        grid.setColumnStretch(i % 3, 1)
    return whole
