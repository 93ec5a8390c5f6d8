"""The side panel: what is noted about the selected conversations, one or many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import Conversation
from illodesk.ui.context import AppContext
from illodesk.ui.law import purpose_names, region_names
from illodesk.ui.words import clock, moment, speaker_name

Changes = list[tuple[Conversation, dict[str, Any]]]


def common_tags(conversations: Sequence[Conversation]) -> list[str]:
    """Tags that all of them have, in the order of the first."""
    if not conversations:
        return []
    return [tag for tag in conversations[0].tags if all(tag in other.tags for other in conversations)]


def split_tags(text: str) -> list[str]:
    """Tags from a line of them, divided by commas; each once."""
    return list(dict.fromkeys(" ".join(tag.split()) for tag in text.split(",") if tag.strip()))


def tag_changes(conversations: Sequence[Conversation], wanted: Sequence[str]) -> Changes:
    """What must change so that ``wanted`` are the tags that all have in common; other tags stay where they are."""
    gone = set(common_tags(conversations)) - set(wanted)
    changes: Changes = []
    for conversation in conversations:
        kept = [tag for tag in conversation.tags if tag not in gone]
        tags = [*kept, *(tag for tag in wanted if tag not in kept)]
        if tags != conversation.tags:
            changes.append((conversation, {"tags": tags}))
    return changes


class Details(QFrame):
    """``wanted`` tells what was changed: a text for it, and the changes. A field is taken over when it is left."""

    wanted = Signal(str, object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._context = context
        self._shown: list[Conversation] = []
        self.heading = QLabel()
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.tags, self.project, self.notes = QLineEdit(), QComboBox(), QPlainTextEdit()
        self.project.setEditable(True)
        self.project.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        line = self.project.lineEdit()
        assert line is not None
        self.project_line = line
        self.notes.setTabChangesFocus(True)
        for name, control, label in (
            ("Tags", self.tags, self.tr("Tags, divided by commas")),
            ("Project", self.project, self.tr("Project")),
            ("Notes", self.notes, self.tr("Notes")),
        ):
            control.setObjectName(name)
            control.setAccessibleName(label)
            control.setAcceptDrops(False)
        self.project_line.setAcceptDrops(False)
        self.facts = QLabel()
        self.facts.setWordWrap(True)
        self.facts.setProperty("role", "secondary")
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(6)
        form.addRow(self.tr("Tags, divided by commas"), self.tags)
        form.addRow(self.tr("Project"), self.project)
        form.addRow(self.tr("Notes"), self.notes)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.heading)
        column.addLayout(form, 1)
        column.addWidget(self.facts)
        self.tags.editingFinished.connect(self._take_tags)
        self.project_line.editingFinished.connect(self._take_project)
        self.project.activated.connect(self._take_project)
        self.notes.installEventFilter(self)
        self.show_all([])

    def offer_projects(self, names: Sequence[str]) -> None:
        """Projects to choose from; any other may be typed."""
        text = self.project_line.text()
        self.project.blockSignals(True)
        self.project.clear()
        self.project.addItems(list(names))
        self.project_line.setText(text)
        self.project.blockSignals(False)

    def show_all(self, conversations: Sequence[Conversation]) -> None:
        """Show what these conversations have in common. What is being typed for the same ones stays."""
        same = [c.id for c in conversations] == [c.id for c in self._shown]
        if not same:
            self.take_over()
        before, self._shown = self._shown, list(conversations)
        many = len(conversations) > 1
        if not conversations:
            self.heading.setText(self.tr("Nothing selected"))
        else:
            count = self.tr("{n} conversations").format(n=len(conversations))
            self.heading.setText(count if many else conversations[0].title)
        for control in (self.tags, self.project, self.notes):
            control.setEnabled(bool(conversations))
        for control, has_focus, value, differ in (
            (self.tags, self.tags.hasFocus(), ", ".join(common_tags(conversations)), self._differ("tags")),
            (self.project_line, self.project_line.hasFocus(), self._common("project"), self._differ("project")),
        ):
            if not (same and has_focus):
                control.setText(value)
                control.setCursorPosition(0)  # the beginning of what is too long
            control.setPlaceholderText(differ)
        if not (same and self.notes.hasFocus()) or before == []:
            self.notes.setPlainText(self._common("notes"))
        differ = self._differ("notes")
        self.notes.setPlaceholderText(
            self.tr("The notes differ. What you write here is added to each.") if differ else self.tr("Notes")
        )
        self.facts.setText(self._facts() if len(conversations) == 1 else "")

    def take_over(self) -> None:
        """Keep what was typed and not left yet."""
        self._take_tags()
        self._take_project()
        self._take_notes()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if watched is self.notes and event.type() == QEvent.Type.FocusOut:
            self._take_notes()
        return super().eventFilter(watched, event)

    # --- behind -----------------------------------------------------------------------------------------------------

    def _agree(self, name: str) -> bool:
        """Whether a field is the same in all of them."""
        return not self._shown or all(getattr(c, name) == getattr(self._shown[0], name) for c in self._shown)

    def _common(self, name: str) -> str:
        return str(getattr(self._shown[0], name)) if self._shown and self._agree(name) else ""

    def _differ(self, name: str) -> str:
        return "" if self._agree(name) else self.tr("they differ")

    def _take_tags(self) -> None:
        wanted = split_tags(self.tags.text())
        if self._shown and wanted != common_tags(self._shown):
            self._want(self.tr("Changed the tags"), tag_changes(self._shown, wanted))

    def _take_project(self) -> None:
        project = self.project_line.text().strip()
        if self._shown and project != self._common("project"):
            changes: Changes = [(c, {"project": project}) for c in self._shown if c.project != project]
            self._want(self.tr("Changed the project"), changes)

    def _take_notes(self) -> None:
        notes = self.notes.toPlainText()
        if not self._shown or notes == self._common("notes"):
            return
        if self._differ("notes"):
            changes: Changes = [
                (c, {"notes": "\n".join(part for part in (c.notes, notes) if part)}) for c in self._shown
            ]
        else:
            changes = [(c, {"notes": notes}) for c in self._shown]
        self._want(self.tr("Changed the notes"), changes)

    def _want(self, text: str, changes: Changes) -> None:
        """Ask for changes, and take them for done until the library is read again, so that none is asked for twice."""
        changed = {conversation.id: details for conversation, details in changes}
        self._shown = [c.model_copy(update=changed.get(c.id, {})) for c in self._shown]
        if changes:
            self.wanted.emit(text, changes)

    def _facts(self) -> str:
        one = self._shown[0]
        speakers = ", ".join(map(speaker_name, one.speakers))
        lines = [
            self.tr("Added: {when}").format(when=moment(one.created_at)),
            self.tr("Length: {time}").format(time=clock(one.duration_s)) if one.duration_s is not None else "",
            self.tr("File: {name}").format(name=one.source_name) if one.source_name else "",
            self.tr("Speakers: {names}").format(names=speakers) if speakers else "",
            self.tr("Purpose: {name}").format(name=purpose_names()[one.purpose]),
            self.tr("Law: {name}").format(name=region_names()[one.region]),
            self.tr("Consent: {text}").format(text=one.consent) if one.consent else "",
            "" if one.has_media else self.tr("No recording was kept."),
            one.error,
        ]
        return "\n".join(line for line in lines if line)
