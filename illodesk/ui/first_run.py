"""The first start: what this is, what it is for, whether the microphone hears; then the demo. Never again later."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from illodesk.demo import load_demo
from illodesk.desk import Desk, Device
from illodesk.schema import Event, Purpose, Region, StatusEvent
from illodesk.settings import change_settings
from illodesk.ui.context import AppContext
from illodesk.ui.law import consequence, purpose_names, region_names
from illodesk.ui.sentences.work import stage_words
from illodesk.ui.tasks import Task

SEEN = "first_run_done"
WIDTH, MARGIN = 620, 24


def wanted(context: AppContext) -> bool:
    """Whether this is the first start: nothing was answered yet and the library is empty."""
    return not context.memory.get(SEEN, False) and context.desk.count() == 0


def analyse_demo(task: Task, desk: Desk, title: str) -> str:
    """Analyse the demo interview for real; returns the id of its conversation."""

    def tell(event: Event) -> None:
        if isinstance(event, StatusEvent):
            task.report(event.progress, stage_words(event.stage))

    return desk.analyse(load_demo()[0], title=title, on_event=tell, cancelled=task.cancelled)


class FirstRun(QFrame):
    """Lies over the whole window until it is answered or skipped. Enter goes on, Esc skips."""

    def __init__(self, context: AppContext, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("page")
        self._context = context
        self._over = over
        self._task: Task | None = None
        self.screens = QStackedWidget()
        for screen in (self._welcome(), self._purpose(), self._microphone(), self._demo()):
            self.screens.addWidget(screen)
        self.card = QFrame()
        self.card.setProperty("card", True)
        inner = QVBoxLayout(self.card)
        inner.setContentsMargins(32, 28, 32, 28)
        inner.addWidget(self.screens)
        row = QHBoxLayout()  # not an alignment: with one, the lines of wrapped text are not counted
        row.addStretch(1)
        row.addWidget(self.card)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        over.installEventFilter(self)
        context.theme.changed.connect(self._fit)
        self._fit()

    def open(self) -> None:
        """Show the first screen. What lies below cannot have the keyboard until the end."""
        self._let_below(False)
        self.show()
        self.raise_()
        self._go(0)

    # --- screens ----------------------------------------------------------------------------------------------------

    def _screen(self, title: str, *parts: QWidget, buttons: list[tuple[str, Callable[[], object]]]) -> QWidget:
        screen = QWidget()
        column = QVBoxLayout(screen)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        heading = QLabel(title)
        heading.setProperty("role", "title")
        heading.setWordWrap(True)
        column.addWidget(heading)
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        for text, act in buttons:
            button = QPushButton(text)
            button.clicked.connect(lambda _checked=False, act=act: act())
            row.addWidget(button)
        button.setProperty("primary", True)
        button.setDefault(True)
        column.addLayout(row)
        screen.setFocusProxy(button)
        return screen

    def _words(self, text: str) -> QLabel:
        label = QLabel(text)
        label.setWordWrap(True)
        return label

    def _welcome(self) -> QWidget:
        return self._screen(
            self.tr("Welcome to IlloDesk"),
            self._words(
                self.tr(
                    "It records or imports a conversation, writes down what was said and by whom, and shows on one "
                    "timeline how it was said: how people sounded, how engaged they were, and where the talk turned."
                )
            ),
            self._words(
                self.tr(
                    "Everything happens on this machine. No recording, no transcript and no figure leaves it: there is "
                    "no account, no upload and no telemetry."
                )
            ),
            self._words(
                self.tr(
                    "Every figure comes with its confidence and its reasons. The built-in speech recogniser is of "
                    "draft quality: read its transcripts as hints."
                )
            ),
            buttons=[(self.tr("Skip all"), self.skip), (self.tr("Next"), lambda: self._go(1))],
        )

    def _purpose(self) -> QWidget:
        self.purpose, self.region = QComboBox(), QComboBox()
        for purpose, name in purpose_names().items():
            self.purpose.addItem(name, purpose.value)
        for region, name in region_names().items():
            self.region.addItem(name, region.value)
        settings = self._context.settings
        self.purpose.setCurrentIndex(self.purpose.findData(settings.purpose.value))
        self.region.setCurrentIndex(self.region.findData(settings.region.value))
        self.meaning = self._words("")
        self.meaning.setProperty("role", "secondary")
        self.meaning.setMinimumHeight(64)
        self.meaning.setAlignment(Qt.AlignmentFlag.AlignTop)
        purpose_label, region_label = QLabel(self.tr("Purpose")), QLabel(self.tr("Whose law applies"))
        purpose_label.setBuddy(self.purpose)
        region_label.setBuddy(self.region)
        self.purpose.setAccessibleName(purpose_label.text())
        self.region.setAccessibleName(region_label.text())
        for box in (self.purpose, self.region):
            box.currentIndexChanged.connect(self._show_meaning)
        screen = self._screen(
            self.tr("What are your conversations for?"),
            purpose_label,
            self.purpose,
            region_label,
            self.region,
            self.meaning,
            buttons=[(self.tr("Skip all"), self.skip), (self.tr("Next"), self._take_purpose)],
        )
        self._show_meaning()
        return screen

    def _show_meaning(self) -> None:
        self.meaning.setText(consequence(Purpose(self.purpose.currentData()), Region(self.region.currentData()), False))

    def _take_purpose(self) -> None:
        settings = self._context.settings
        chosen = {"purpose": self.purpose.currentData(), "region": self.region.currentData()}
        if any(str(getattr(settings, name)) != value for name, value in chosen.items()):
            try:
                change_settings(settings, **chosen)
            except (OSError, ValueError):
                self._context.notices.show(
                    self.tr("The purpose could not be written to the settings file."),
                    self.tr("Choose it again in the settings before you record."),
                    kind="warning",
                    key="settings",
                )
        self._go(2)
        self._context.tasks.run(self._context.desk.devices, done=self._show_devices, failed=self._on_no_devices)

    def _microphone(self) -> QWidget:
        self.devices = self._words(self.tr("Looking for microphones…"))
        return self._screen(
            self.tr("Your microphone"),
            self.devices,
            self._words(
                self.tr(
                    "The record page shows a level for every source before anything is recorded, and plays a test "
                    "tone. You can also do without: drop recordings on the library."
                )
            ),
            buttons=[
                (self.tr("Skip the demo"), self.skip),
                (self.tr("Analyse the demo conversation"), self._start_demo),
            ],
        )

    def _show_devices(self, found: list[Device]) -> None:
        microphones = [device.name for device in found if device.kind == "microphone"]
        if microphones:
            self.devices.setText(self.tr("Found: {names}.").format(names=", ".join(microphones[:4])))
        else:
            self.devices.setText(
                self.tr("No microphone was found. Plug one in when you want to record; the rest works.")
            )

    def _on_no_devices(self, error: Exception) -> None:
        self.devices.setText(self.tr("Microphones cannot be listed: {reason}").format(reason=error))

    def _demo(self) -> QWidget:
        self.progress = QProgressBar()
        self.progress.setRange(0, 100)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the analysis"))
        self.stage = self._words("")
        return self._screen(
            self.tr("Analysing the demo conversation"),
            self._words(
                self.tr("An interview of two minutes, spoken by a machine. This takes about half a minute, once.")
            ),
            self.progress,
            self.stage,
            buttons=[(self.tr("Stop and go to the library"), self.skip)],
        )

    # --- going on ---------------------------------------------------------------------------------------------------

    def _go(self, screen: int) -> None:
        self.screens.setCurrentIndex(screen)
        shown = self.screens.currentWidget()
        assert shown is not None
        shown.setFocus()

    def _start_demo(self) -> None:
        self._go(3)
        self._task = self._context.tasks.run_long(
            analyse_demo,
            self._context.desk,
            self.tr("Demo interview"),
            done=self._on_done,
            failed=self._on_failed,
            progress=self._on_progress,
        )

    def _on_progress(self, fraction: float | None, stage: str) -> None:
        self.progress.setRange(0, 0 if fraction is None else 100)
        if fraction is not None:
            self.progress.setValue(round(100 * fraction))
        self.stage.setText(stage)

    def _on_done(self, conversation_id: str) -> None:
        self._end()
        self._context.open_page("review", conversation_id=conversation_id)

    def _on_failed(self, error: Exception) -> None:
        self._end()
        self._context.notices.error(error)

    def skip(self) -> None:
        """Leave it; what is being analysed stops, and what was heard of it is kept."""
        if self._task is not None:
            self._task.cancel()
        self._end()

    def _end(self) -> None:
        self._context.memory.set(SEEN, True)
        self._context.memory.save()
        self._over.removeEventFilter(self)
        self._let_below(True)
        self.hide()
        self.deleteLater()

    def _let_below(self, enabled: bool) -> None:
        for part in self._over.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if part is not self:
                part.setEnabled(enabled)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape:
            self.skip()
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        """Lie over the whole window, and be as wide as the type asks for."""
        wanted = round(WIDTH * max(1.0, self._context.theme.scale))
        self.card.setFixedWidth(min(wanted, self._over.width() - 2 * MARGIN))
        self.setGeometry(self._over.rect())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)
