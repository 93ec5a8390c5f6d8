"""The side panel: what is noted about the selected conversations, one or many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import Common, Conversation, Desk
from illodesk.ui.context import AppContext
from illodesk.ui.law import purpose_names, region_names
from illodesk.ui.library.deeds import Change
from illodesk.ui.plain import plain
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.words import clock, isolated, moment, speaker_name


@dataclass(frozen=True)
class Selected:
    """What is selected: ids, what they have in common, and all about it where it is a single conversation."""

    ids: tuple[str, ...] = ()
    common: Common = field(default_factory=lambda: Common(count=0, tags=[], project="", notes=""))
    one: Conversation | None = None


def read_selected(desk: Desk, ids: Sequence[str]) -> Selected:
    """In a task."""
    if not ids:
        return Selected()
    one = next(iter(desk.conversations_of(ids)), None) if len(ids) == 1 else None
    return Selected(tuple(ids), desk.in_common(ids), one)


def split_tags(text: str) -> list[str]:
    """Tags from a line of them, divided by commas; each once."""
    return list(dict.fromkeys(" ".join(tag.split()) for tag in text.split(",") if tag.strip()))


def retagged(gone: set[str], wanted: Sequence[str]) -> Change:
    """Take some tags away and put others to what a conversation has; its other tags stay where they are."""

    def change(conversation: Conversation) -> dict[str, Any]:
        kept = [tag for tag in conversation.tags if tag not in gone]
        tags = [*kept, *(tag for tag in wanted if tag not in kept)]
        return {"tags": tags} if tags != conversation.tags else {}

    return change


class Details(QFrame):
    """``wanted`` tells what is to be changed: a text for it, the ids of the conversations, and what changes in each.

    A field is taken over when it is left.
    """

    wanted = Signal(str, object, object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self._context = context
        self._shown = Selected()
        self.heading = plain(QLabel())
        self.heading.setProperty("role", "heading")
        self.heading.setWordWrap(True)
        self.tags, self.project, self.notes = QLineEdit(), QComboBox(), QPlainTextEdit()
        self.project.setEditable(True)
        self.project.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.project.setMinimumContentsLength(8)
        completer = self.project.completer()
        assert completer is not None
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)  # it writes nothing that nobody typed
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
        self.facts = plain(QLabel())
        self.facts.setWordWrap(True)
        self.facts.setProperty("role", "secondary")
        self.facts.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(6)
        form.addRow(self.tr("Tags, divided by commas"), self.tags)
        form.addRow(self.tr("Project"), self.project)
        form.addRow(self.tr("Notes"), self.notes)
        self._build(form)
        self.tags.editingFinished.connect(self._take_tags)
        self.project_line.editingFinished.connect(self._take_project)
        self.project.activated.connect(self._take_project)
        self.notes.installEventFilter(self)
        self.show_selected(Selected())

    def _build(self, form: QFormLayout) -> None:
        """One below the other, to be scrolled where the window is too low."""
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(11, 11, 11, 11)
        column.addWidget(self.heading)
        column.addLayout(form, 1)
        column.addWidget(self.facts)
        for text in inside.findChildren(QLabel):
            text.setWordWrap(True)
        self.notes.setMinimumHeight(72)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(1, 1, 1, 1)
        whole.addWidget(area)

    def offer_projects(self, names: Sequence[str]) -> None:
        """Projects to choose from; any other may be typed."""
        text = self.project_line.text()
        self.project.blockSignals(True)
        self.project.clear()
        self.project.addItems(list(names))
        self.project_line.setText(text)
        self.project.blockSignals(False)

    def show_selected(self, selected: Selected) -> None:
        """Show what conversations have in common. What is being typed for the same ones stays."""
        same = selected.ids == self._shown.ids
        if not same:
            self.take_over()
        before, self._shown = self._shown, selected
        common, one = selected.common, selected.one
        if not selected.ids:
            self.heading.setText(self.tr("Nothing selected"))
        else:
            count = self.tr("{n} conversations").format(n=common.count)
            self.heading.setText(count if one is None else one.title)
        for control in (self.tags, self.project, self.notes):
            control.setEnabled(bool(selected.ids))
        for control, value, differ in (
            (self.tags, ", ".join(common.tags), ""),
            (self.project_line, common.project or "", self.tr("they differ") if common.project is None else ""),
        ):
            if not (same and control.hasFocus()):
                control.setText(value)
                control.setCursorPosition(0)  # the beginning of what is too long
            control.setPlaceholderText(differ)
        if not (same and self.notes.hasFocus()) or not before.ids:
            self.notes.setPlainText(common.notes or "")
        self.notes.setPlaceholderText(
            self.tr("The notes differ. What you write here is added to each.")
            if common.notes is None
            else self.tr("Notes")
        )
        self.facts.setText(self._facts(one) if one is not None else "")

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

    def _take_tags(self) -> None:
        wanted, common = split_tags(self.tags.text()), self._shown.common
        if self._shown.ids and sorted(wanted) != sorted(common.tags):
            change = retagged(set(common.tags) - set(wanted), wanted)
            self._want(self.tr("Tags"), change, tags=wanted)

    def _take_project(self) -> None:
        project, common = self.project_line.text().strip(), self._shown.common
        if self._shown.ids and project != (common.project or ""):

            def change(conversation: Conversation) -> dict[str, Any]:
                return {"project": project} if conversation.project != project else {}

            self._want(self.tr("Project"), change, project=project)

    def _take_notes(self) -> None:
        notes, common = self.notes.toPlainText(), self._shown.common
        if not self._shown.ids or notes == (common.notes or ""):
            return
        differ = common.notes is None

        def change(conversation: Conversation) -> dict[str, Any]:
            before = (conversation.notes,) if differ else ()
            return {"notes": "\n".join(part for part in (*before, notes) if part)}

        self._want(self.tr("Notes"), change, notes=notes)

    def _want(self, text: str, change: Change, **now: Any) -> None:
        """Ask for a change, and take it for done until the library is read again, so that none is asked for twice."""
        self._shown = replace(self._shown, common=self._shown.common.model_copy(update=now))
        self.wanted.emit(text, self._shown.ids, change)

    def _facts(self, one: Conversation) -> str:
        speakers = ", ".join(isolated(speaker_name(name)) for name in one.speakers)
        lines = [
            self.tr("Added: {when}").format(when=moment(one.created_at)),
            self.tr("Length: {time}").format(time=clock(one.duration_s)) if one.duration_s is not None else "",
            self.tr("File: {name}").format(name=isolated(one.source_name)) if one.source_name else "",
            self.tr("Speakers: {names}").format(names=speakers) if speakers else "",
            self.tr("Purpose: {name}").format(name=purpose_names()[one.purpose]),
            self.tr("Law: {name}").format(name=region_names()[one.region]),
            self.tr("Consent: {text}").format(text=one.consent) if one.consent else "",
            "" if one.has_media else self.tr("No recording was kept."),
            trouble_words(one.error),
        ]
        return "\n".join(line for line in lines if line)
