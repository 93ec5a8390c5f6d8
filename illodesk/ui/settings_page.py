"""The settings: what is kept and where, what may be inferred, how the window looks, what the server allows."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from illodesk.schema import Purpose, Region
from illodesk.settings import Settings, change_settings, settings_file, variables_set
from illodesk.ui.choosing import choose_folder
from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext
from illodesk.ui.languages import spoken_languages
from illodesk.ui.law import consequence, purpose_names, region_names
from illodesk.ui.number_boxes import CountBox, FigureBox
from illodesk.ui.page import Page
from illodesk.ui.shortcuts import ShortcutEditor
from illodesk.ui.theme import MODES, SCALES, Mode

Control = QCheckBox | QComboBox | QSpinBox | QDoubleSpinBox | QLineEdit

FORM_WIDTH, CAPTION_WIDTH = 760, 190


class SettingsPage(Page):
    """What can be set, by section. A change is written at once and says so when it waits for the next start."""

    name = "settings"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._variables = variables_set()
        self.controls: dict[str, Control] = {}
        self.sections = QListWidget()
        self.sections.setAccessibleName(self.tr("Sections of the settings"))
        self.sections.setFixedWidth(200)
        self._stack = QStackedWidget()
        for title, build in (
            (self.tr("Analysis"), self._analysis),
            (self.tr("Recordings"), self._recordings),
            (self.tr("Look"), self._look),
            (self.tr("Server limits"), self._limits),
            (self.tr("Shortcuts"), self._shortcuts),
        ):
            item = QListWidgetItem(title)
            item.setSizeHint(QSize(0, 36))
            self.sections.addItem(item)
            self._stack.addWidget(self._section(title, build))
        self.sections.currentRowChanged.connect(self._stack.setCurrentIndex)
        self.sections.setCurrentRow(0)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 24, 24, 16)
        row.setSpacing(24)
        row.addWidget(self.sections)
        row.addWidget(self._stack, 1)
        context.theme.changed.connect(self._show_look)

    def title(self) -> str:
        return self.tr("Settings")

    def commands(self) -> list[Command]:
        return [
            Command("settings.open_folder", self.tr("Open the data folder"), self._open_folder, menu="file"),
        ]

    def opened(self, **what: Any) -> None:
        """``section`` shows one of analysis, recordings, look, server, shortcuts."""
        names = ["analysis", "recordings", "look", "server", "shortcuts"]
        if what.get("section") in names:
            self.sections.setCurrentRow(names.index(what["section"]))
        self._show_values()

    # --- sections ---------------------------------------------------------------------------------------------------

    def _section(self, title: str, build: Callable[[QVBoxLayout], None]) -> QWidget:
        inner = QWidget()
        inner.setMaximumWidth(FORM_WIDTH)
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 16, 0)
        column.setSpacing(16)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        column.addWidget(heading)
        build(column)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setAlignment(Qt.AlignmentFlag.AlignLeft)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return scroll

    def _analysis(self, column: QVBoxLayout) -> None:
        form = self._card(column)
        purpose = self._choice("purpose", {purpose.value: name for purpose, name in purpose_names().items()})
        region = self._choice("region", {region.value: name for region, name in region_names().items()})
        self._row(form, self.tr("Purpose of new conversations"), purpose)
        self._row(form, self.tr("Whose law applies"), region)
        self._row(form, "", self._switch("text_only", self.tr("Text only: infer nothing from the voice")))
        self.consequence = self._hint("")
        form.addRow("", self.consequence)
        language = self._choice("language", spoken_languages(), editable=True)
        self._row(
            form,
            self.tr("Language of the speech"),
            language,
            self.tr(
                "The built-in recogniser knows English only and is of draft quality. In other languages the voice, "
                "the speakers and the timing are analysed, and there is no transcript."
            ),
        )
        device = QLabel(self.tr("CPU, the only one that the built-in models use"))
        device.setWordWrap(True)
        self._row(form, self.tr("Compute device"), device)
        form.addRow(
            "", self._hint(self.tr("What is changed here holds for the next analysis. Results stay as they are."))
        )

    def _recordings(self, column: QVBoxLayout) -> None:
        form = self._card(column)
        self._row(
            form,
            "",
            self._switch("keep_media", self.tr("Keep a copy of recordings that are imported")),
            self.tr(
                "Without a copy a conversation can be read but not heard here, nor analysed again. What is recorded in "
                "IlloDesk itself is always kept until you delete the conversation."
            ),
        )
        self._row(
            form,
            self.tr("Conversations go to the trash after"),
            self._number("keep_days", 0, 36500, self.tr(" days"), zero=self.tr("never")),
            self.tr("They go by themselves, counted from when they came in or were taken out of it."),
        )
        self._row(
            form,
            self.tr("Empty the trash after"),
            self._number("trash_days", 0, 3650, self.tr(" days"), zero=self.tr("never")),
            self.tr("What was deleted lies in the trash until then and can be taken out again."),
        )
        folder = QLineEdit()
        folder.setReadOnly(True)
        folder.setText(str(self.context.settings.data_dir))
        self.controls["data_dir"] = folder
        choose, show = QPushButton(self.tr("Choose…")), QPushButton(self.tr("Open"))
        choose.clicked.connect(self._choose_folder)
        choose.setEnabled("data_dir" not in self._variables)
        show.clicked.connect(self._open_folder)
        row = QHBoxLayout()
        row.addWidget(folder, 1)
        row.addWidget(choose)
        row.addWidget(show)
        self._row(
            form,
            self.tr("Where everything is kept"),
            row,
            self.tr("Another folder begins with an empty library; what is kept in this one stays where it is."),
            name="data_dir",
            control=folder,
        )

    def _look(self, column: QVBoxLayout) -> None:
        form = self._card(column)
        names = {
            "system": self.tr("As the system"),
            "light": self.tr("Light"),
            "dark": self.tr("Dark"),
            "contrast": self.tr("High contrast"),
        }
        self.theme_box, self.scale_box, self.language_box = QComboBox(), QComboBox(), QComboBox()
        for mode in MODES:
            self.theme_box.addItem(names[mode], mode)
        for scale in SCALES:
            self.scale_box.addItem(self.tr("{n} %").format(n=round(scale * 100)), scale)
        for tag, name in (("", self.tr("As the system")), ("en", "English"), ("de", "Deutsch")):
            self.language_box.addItem(name, tag)
        self.language_box.setCurrentIndex(max(0, self.language_box.findData(self.context.memory.get("language", ""))))
        self.theme_box.activated.connect(self._on_theme)
        self.scale_box.activated.connect(self._on_scale)
        self.language_box.activated.connect(self._on_language)
        self._row(form, self.tr("Theme"), self.theme_box)
        self._row(form, self.tr("Size of type"), self.scale_box)
        self._row(form, self.tr("Language of the window"), self.language_box, self.tr("Holds from the next start."))
        self._show_look()

    def _limits(self, column: QVBoxLayout) -> None:
        form = self._card(column)
        number = self._number
        self._row(form, "", self._switch("enable_live_streaming", self.tr("Offer live sessions over the API")))
        self._row(form, self.tr("Largest upload"), number("max_file_size_mb", 1, 100_000, self.tr(" MB")))
        self._row(form, self.tr("Longest recording"), number("max_media_hours", 0.1, 240, self.tr(" h")))
        self._row(form, self.tr("Longest analysis of one upload"), number("analysis_time_limit_s", 1, 864_000, " s"))
        self._row(form, self.tr("Analyses at once, for each key"), number("batch_per_key", 1, 64))
        self._row(form, self.tr("A further one waits for"), number("batch_wait_s", 0, 3600, " s"))
        self._row(form, self.tr("Requests a minute, for each key"), number("requests_per_minute", 0, 100_000))
        self._row(form, self.tr("Live sessions at once, for each key"), number("live_sessions_per_key", 1, 1000))
        self._row(form, self.tr("Running requests may end within"), number("drain_s", 0, 600, " s"))
        form.addRow(
            "", self._hint(self.tr("0 requests a minute means: as many as come. Holds from the server's next start."))
        )

    def _shortcuts(self, column: QVBoxLayout) -> None:
        editor = ShortcutEditor(self.context)
        editor.setMinimumHeight(420)
        column.addWidget(editor, 1000)

    # --- rows -------------------------------------------------------------------------------------------------------

    def _card(self, column: QVBoxLayout) -> QFormLayout:
        card = QFrame()
        card.setProperty("card", True)
        form = QFormLayout(card)
        form.setContentsMargins(20, 16, 20, 16)
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(12)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        column.addWidget(card)
        return form

    def _hint(self, text: str) -> QLabel:
        hint = QLabel(text)
        hint.setProperty("role", "secondary")
        hint.setWordWrap(True)
        return hint

    def _row(
        self,
        form: QFormLayout,
        label: str,
        field: QWidget | QHBoxLayout,
        hint: str = "",
        *,
        name: str = "",
        control: QWidget | None = None,
    ) -> None:
        """A field with its name, what it means, and which variable decides it where one does."""
        control = control or (field if isinstance(field, QWidget) else None)
        name = name or next((known for known, widget in self.controls.items() if widget is control), "")
        caption = QLabel(label)
        caption.setWordWrap(True)
        caption.setMinimumWidth(CAPTION_WIDTH)
        if control is not None:
            if label:
                control.setAccessibleName(label)
                caption.setBuddy(control)
            control.setAccessibleDescription(hint)
        below = [hint] if hint else []
        if name in self._variables and control is not None:
            control.setEnabled(False)
            below.append(self.tr("Decided by the environment variable {name}.").format(name=self._variables[name]))
        column = QVBoxLayout()
        column.setSpacing(4)
        if isinstance(field, QHBoxLayout):
            column.addLayout(field)
        else:
            column.addWidget(field)
        for words in below:
            column.addWidget(self._hint(words))
        form.addRow(caption, column)

    def _switch(self, name: str, text: str) -> QCheckBox:
        box = QCheckBox(text)
        box.clicked.connect(lambda on: self.change(name, on))
        self.controls[name] = box
        return box

    def _choice(self, name: str, choices: dict[str, str], *, editable: bool = False) -> QComboBox:
        box = QComboBox()
        for value, text in choices.items():
            box.addItem(text, value)
        box.setEditable(editable)
        if editable:
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line = box.lineEdit()
            assert line is not None
            line.editingFinished.connect(lambda: self._typed(name, box))
        box.activated.connect(lambda at: self.change(name, box.itemData(at)))
        self.controls[name] = box
        return box

    def _typed(self, name: str, box: QComboBox) -> None:
        at = box.findText(box.currentText())
        value = box.itemData(at) if at >= 0 else box.currentText().strip()
        if value and value != getattr(self.context.settings, name):
            self.change(name, value)

    def _number(
        self, name: str, low: float, high: float, unit: str = "", *, zero: str = ""
    ) -> QSpinBox | QDoubleSpinBox:
        whole = Settings.model_fields[name].annotation is int
        box: QSpinBox | QDoubleSpinBox = CountBox() if whole else FigureBox()
        if isinstance(box, QSpinBox):
            box.setRange(int(low), int(high))
        else:
            box.setRange(low, high)
            box.setDecimals(1)
        box.setSuffix(unit)
        box.setSpecialValueText(zero)
        box.setMaximumWidth(180)
        box.setKeyboardTracking(False)
        box.valueChanged.connect(lambda value: self.change(name, value))
        self.controls[name] = box
        return box

    # --- values -----------------------------------------------------------------------------------------------------

    def change(self, name: str, value: Any) -> None:
        """Write one setting. Where that fails nothing is changed, and a notice says why."""
        if value == getattr(self.context.settings, name):
            return
        try:
            change_settings(self.context.settings, **{name: value})
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or self.tr("the file or the value cannot be understood")
            self.context.notices.show(
                self.tr("The setting was not changed."),
                self.tr("{file}: {reason}. All settings are as they were.").format(file=settings_file(), reason=reason),
                kind="error",
                key="settings",
            )
        self._show_values()

    def _show_values(self) -> None:
        settings = self.context.settings
        for name, control in self.controls.items():
            value = getattr(settings, name)
            control.blockSignals(True)
            if isinstance(control, QCheckBox):
                control.setChecked(value)
            elif isinstance(control, QComboBox):
                at = control.findData(str(value))
                control.setCurrentIndex(at)
                if control.isEditable() and at < 0:
                    control.setEditText(str(value))
            elif isinstance(control, QSpinBox | QDoubleSpinBox):
                control.setValue(value)
            control.blockSignals(False)
        forced = settings.purpose is Purpose.WORKPLACE and settings.region is Region.EU
        text_only = self.controls["text_only"]
        text_only.setEnabled(not forced and "text_only" not in self._variables)
        self.consequence.setText(consequence(settings.purpose, settings.region, settings.text_only))

    def _choose_folder(self) -> None:
        choose_folder(
            self,
            self.tr("Where everything is kept"),
            str(self.context.settings.data_dir),
            lambda folder: self.move_to(Path(folder)),
        )

    def move_to(self, folder: Path) -> None:
        """Keep everything in another folder from the next start on."""
        if not os.access(folder, os.W_OK):
            self.context.notices.show(
                self.tr("{folder} cannot be written.").format(folder=folder),
                self.tr("Everything stays where it is. Choose another folder."),
                kind="error",
                key="settings",
            )
            return
        before = self.context.settings.data_dir
        self.change("data_dir", folder)
        # The open library goes on in its own folder; only the file knows the new one.
        self.context.settings.data_dir = before
        folder_field = self.controls["data_dir"]
        assert isinstance(folder_field, QLineEdit)
        folder_field.setText(str(folder))
        self.context.notices.show(
            self.tr("The new folder is used from the next start."),
            self.tr("What is kept now stays in {folder}.").format(folder=before),
            key="settings",
        )

    def _open_folder(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.settings.data_dir)))

    def _show_look(self) -> None:
        theme = self.context.theme
        self.theme_box.setCurrentIndex(self.theme_box.findData(theme.mode))
        nearest = min(SCALES, key=lambda scale: abs(scale - theme.scale))
        self.scale_box.setCurrentIndex(SCALES.index(nearest))

    def _on_theme(self) -> None:
        mode: Mode = self.theme_box.currentData()
        self.context.theme.set_mode(mode)

    def _on_scale(self) -> None:
        self.context.theme.set_scale(self.scale_box.currentData())

    def _on_language(self) -> None:
        self.context.memory.set("language", self.language_box.currentData())
        self.context.memory.save()
        self.context.notices.show(self.tr("The window speaks the new language from the next start."), key="settings")
