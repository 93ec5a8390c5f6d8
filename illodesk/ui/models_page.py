"""The models in use: what each does, its version, licence and card, where it lies, and how good it is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from illodesk import resource_path
from illodesk.desk import Desk
from illodesk.schema import ModelUse
from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext
from illodesk.ui.page import Page
from illodesk.ui.plain import plain
from illodesk.ui.sentences.work import model_name
from illodesk.ui.status_bar import tell

LIST_WIDTH = 320


@dataclass(frozen=True)
class ModelEntry:
    """One model as it is listed. ``used``: by the newest analysis. ``card`` is Markdown; empty where none ships.

    ``folder`` holds its files; None for what lies in no folder of its own.
    """

    use: ModelUse
    used: bool
    card: str = ""
    folder: Path | None = None


def read_models(desk: Desk) -> list[ModelEntry]:
    """What the newest finished analysis used, in the order of its stages, and what else ships with the app."""
    paths = [*resource_path("models").glob("*/card.md"), *resource_path("cards").glob("*.md")]
    cards = {path: card_of(path) for path in sorted(paths) if path.with_suffix("").suffix == ""}
    entries = []
    for use in newest_use(desk):
        path = next((path for path, card in cards.items() if use.name in card.partition("\n")[0]), None)
        card = cards.pop(path) if path is not None else ""
        entries.append(ModelEntry(use, True, card, folder_of(path)))
    for path, card in cards.items():
        name = card.partition("\n")[0].removeprefix("#").strip()
        entries.append(ModelEntry(ModelUse(stage="", name=name), False, card, folder_of(path)))
    return entries


def card_of(path: Path) -> str:
    """A card in the language of the window, where there is one beside it: ``card.de.md`` beside ``card.md``."""
    own = path.with_suffix(f".{QLocale().name().partition('_')[0]}.md")
    return (own if own.exists() else path).read_text(encoding="utf-8")


def folder_of(card: Path | None) -> Path | None:
    """The folder with a model's files, which is where its card lies; None for a card that lies among others."""
    return card.parent if card is not None and card.name == "card.md" else None


def newest_use(desk: Desk) -> list[ModelUse]:
    """Models of the newest finished analysis; none in an empty library."""
    for conversation in desk.conversations(limit=20):
        runs = [run for run in desk.runs(conversation.id) if run.models]
        if runs:
            return runs[-1].models
    return []


class ModelsPage(Page):
    """A list and, for the selected model, all that is known of it."""

    name = "models"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._entries: list[ModelEntry] = []
        heading = QLabel(self.tr("What analyses your conversations"))
        heading.setProperty("role", "title")
        words = QLabel(
            self.tr("These models came with IlloDesk and run on this machine only. Nothing is fetched from anywhere.")
        )
        words.setProperty("role", "secondary")
        words.setWordWrap(True)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Models"))
        self.list.setWordWrap(True)
        self.list.currentRowChanged.connect(self._show)
        self.name_label, self.facts, self.quality = plain(QLabel()), plain(QLabel()), plain(QLabel())
        self.name_label.setProperty("role", "heading")
        for label in (self.name_label, self.facts, self.quality):
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.card = QTextBrowser()
        self.card.setAccessibleName(self.tr("Card of the model"))
        self.card.setOpenLinks(False)
        self.folder = QPushButton(self.tr("Open its folder"))
        self.folder.clicked.connect(self._open_folder)
        right = QVBoxLayout()
        right.setSpacing(8)
        for part in (self.name_label, self.facts, self.quality):
            right.addWidget(part)
        right.addWidget(self.card, 1000)
        right.addStretch(1)
        right.addWidget(self.folder, 0, Qt.AlignmentFlag.AlignLeft)
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(12)
        column.addWidget(heading)
        column.addWidget(words)
        column.addLayout(row, 1)
        context.theme.changed.connect(self._renew)
        self._renew()

    def title(self) -> str:
        return self.tr("Models")

    def commands(self) -> list[Command]:
        return [Command("models.refresh", self.tr("Read the models again"), self.refresh, "F5", palette=False)]

    def opened(self, **_what: Any) -> None:
        self.refresh()

    def refresh(self) -> None:
        """Read what the newest analysis used."""
        self.context.tasks.run(read_models, self.context.desk, done=self._fill)

    def _fill(self, entries: list[ModelEntry]) -> None:
        row = max(0, self.list.currentRow())
        self._entries = entries
        self.list.clear()
        for entry in entries:
            stage = stage_name(entry.use.stage) if entry.used else self.tr("ships with IlloDesk; not used lately")
            self.list.addItem(QListWidgetItem(f"{model_name(entry.use.name)}\n{stage}"))
        self.list.setCurrentRow(min(row, len(entries) - 1))

    def _renew(self) -> None:
        self.list.setFixedWidth(round(LIST_WIDTH * max(1.0, self.context.theme.scale)))
        self._show(self.list.currentRow())

    def _show(self, row: int) -> None:
        if not 0 <= row < len(self._entries):
            return
        entry = self._entries[row]
        use = entry.use
        self.name_label.setText(model_name(use.name))
        facts = [what_it_does(use.stage)] if entry.used else []
        if use.version:
            facts.append(self.tr("Version: {version}").format(version=use.version))
        if use.licence:
            facts.append(self.tr("Licence: {licence}").format(licence=use.licence))
        if entry.used:
            facts.append(self.tr("Ran on: {device}").format(device=use.device.upper()))
        self.facts.setText("\n".join(facts))
        self.quality.setText(self._quality(use))
        tell(self.quality, "warning")
        self.quality.setVisible(bool(use.quality))
        self.card.setVisible(bool(entry.card))
        self.card.document().setDefaultFont(self.context.theme.font("base"))
        self.card.setMarkdown(entry.card.partition("\n")[2])
        self.folder.setEnabled(entry.folder is not None)
        self.folder.setVisible(entry.folder is not None)

    def _quality(self, use: ModelUse) -> str:
        if use.quality == "draft quality":
            return self.tr(
                "Draft quality: many words of ordinary talk are wrong. Read its transcripts as hints, look at the "
                "confidence of a word, and correct what matters."
            )
        return use.quality

    def _open_folder(self) -> None:
        row = self.list.currentRow()
        folder = self._entries[row].folder if 0 <= row < len(self._entries) else None
        if folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def stage_name(stage: str) -> str:
    """A stage of the analysis in the user's language."""
    return stages().get(stage, (stage, ""))[0]


def what_it_does(stage: str) -> str:
    """One sentence about a stage; the stage's own name where it is not known here."""
    return stages().get(stage, (stage, stage))[1]


def stages() -> dict[str, tuple[str, str]]:
    """Name and task of the stages, translated."""
    translate = QCoreApplication.translate
    return {
        "voice activity": (translate("Stages", "Voice activity"), translate("Stages", "Finds where somebody speaks.")),
        "speech to text": (translate("Stages", "Speech to text"), translate("Stages", "Writes down what is said.")),
        "speakers": (
            translate("Stages", "Speakers"),
            translate("Stages", "Tells the voices of one recording apart. It identifies nobody and is not kept."),
        ),
        "text emotion": (
            translate("Stages", "Text emotion"),
            translate("Stages", "Reads which of seven emotions the words express."),
        ),
        "text valence": (
            translate("Stages", "Text valence"),
            translate("Stages", "Reads how pleasant or unpleasant the words are."),
        ),
        "sentences": (
            translate("Stages", "Meaning of sentences"),
            translate("Stages", "Compares what sentences mean, for topics, phases and the summary."),
        ),
        "arousal, dominance": (
            translate("Stages", "Arousal and dominance"),
            translate("Stages", "Rules on pitch, loudness and pace, beside how the same speaker usually sounds."),
        ),
    }
