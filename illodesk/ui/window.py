"""The window: rail, title bar, the pages, status bar."""

from __future__ import annotations

import logging
from asyncio import AbstractEventLoop
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QFontMetrics, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import ChangeSet, Desk, Unfinished
from illodesk.lasting import set_aside
from illodesk.schema import ModelUse
from illodesk.ui import first_run
from illodesk.ui.app_log import UNKNOWN, places
from illodesk.ui.commands import Command, Commands
from illodesk.ui.context import AppContext
from illodesk.ui.memory import MEMORY_FILE, Memory
from illodesk.ui.models_page import newest_use
from illodesk.ui.notices import Notices
from illodesk.ui.page import Page
from illodesk.ui.pages import PAGES, entry_of
from illodesk.ui.palette import Palette
from illodesk.ui.server_switch import ServerSwitch
from illodesk.ui.shortcuts import ShortcutSheet
from illodesk.ui.status import StatusBoard
from illodesk.ui.status_bar import StatusBar
from illodesk.ui.tasks import Tasks
from illodesk.ui.theme import MODES, Theme
from illodesk.ui.title_bar import TitleBar
from illodesk.ui.words import moment

SMALLEST = QSize(960, 640)
COMFORTABLE = QSize(1280, 800)
RAIL_MARGINS = 22

log = logging.getLogger(__name__)


class MainWindow(QMainWindow):
    """The shell that all pages hang in. Talks to the Desk only. ``told`` passes on what the Desk says has changed."""

    told = Signal(object)

    def __init__(self, desk: Desk, loop: AbstractEventLoop, server: ServerSwitch | None = None) -> None:
        super().__init__()
        self.setWindowTitle("IlloDesk")
        self.setMinimumSize(SMALLEST)
        self.memory = Memory(desk.settings.data_dir / MEMORY_FILE)
        self.theme = Theme(self.memory.get("theme", "system"), self.memory.get("scale", 1.0), self)
        self.theme.apply()
        self.tasks = Tasks(loop, self)
        self.commands = Commands(self, self.theme.icon, self.memory.get("shortcuts", {}))
        self.status = StatusBoard(self)
        self.stack = QStackedWidget()
        self.notices = Notices(self.stack, self.theme)
        self.tasks.failed.connect(self.notices.error)
        self.context = AppContext(
            desk=desk,
            tasks=self.tasks,
            commands=self.commands,
            theme=self.theme,
            notices=self.notices,
            memory=self.memory,
            open_page=self.open_page,
            window=self,
            status=self.status,
            server=server,
        )
        self._pages: dict[str, Page] = {}
        self._broken: set[str] = set()
        self._loaded: set[str] = set()
        self._current = ""
        self._ended = False
        self._buttons: dict[str, QToolButton] = {}
        self.rail = self._build_rail()
        self.title_bar = TitleBar(self.context)
        self.status_bar = StatusBar(self.context)
        self._lay_out()
        self.finder = Palette(self.context, self)
        self._sheet: ShortcutSheet | None = None
        self.commands.add(*self._own_commands())
        self.theme.changed.connect(self._on_theme)
        self.status.changed.connect(self._on_status)
        self._on_status()
        if not self.memory.restore("window", self):
            self.resize(COMFORTABLE)
        application().focusChanged.connect(self._on_focus)
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._make_next_page)
        self.commands.changed.connect(self._keep_shortcuts)
        self.told.connect(self._on_told)
        self._unsubscribe = desk.subscribe(self.told.emit)
        page = self.memory.get("page", PAGES[0].name)
        for name in (page, *self.page_names):
            if not self._current and name in self.page_names and name not in self._broken:
                self.open_page(name)
        self._on_theme()

    # --- pages ------------------------------------------------------------------------------------------------------

    @property
    def page_names(self) -> list[str]:
        """Names of all pages in the order of the rail."""
        return [entry.name for entry in PAGES]

    @property
    def current_page(self) -> Page:
        """The page that is shown."""
        return self._pages[self._current]

    def page(self, name: str) -> Page:
        """A page, made now if it was not yet. Raises KeyError for a name that is not in the rail."""
        if name not in self._pages:
            page = entry_of(name).load()(self.context, self.stack)
            page.setObjectName("page")
            page.crumbs_changed.connect(self._show_crumbs)
            self._pages[name] = page
            self.stack.addWidget(page)
            self.commands.add(*page.commands(), page=page)
        return self._pages[name]

    def _page_or_notice(self, name: str) -> Page | None:
        try:
            return self.page(name)
        except Exception as error:
            self._give_up(name, error)
            return None

    def _give_up(self, name: str, error: Exception) -> None:
        """Tell that a page cannot be made, and stay where the user is."""
        log.error("The page %s cannot be made: %s\n%s", name, type(error).__name__, places(error.__traceback__))
        self._broken.add(name)
        if self._current:
            self._buttons[self._current].setChecked(True)
        self.notices.show(
            self.tr("The page {page} cannot be opened.").format(page=entry_of(name).title()),
            self.tr("Everything else works, and what is kept is safe. The log says why ({kind}).").format(
                kind=type(error).__name__
            ),
            kind="error",
            key=f"broken {name}",
        )

    def open_page(self, name: str, **what: Any) -> None:
        """Show a page and tell it what to show. One that cannot be made is told of, and what is shown stays."""
        page = self._page_or_notice(name)
        if page is None:
            return
        if name != self._current:
            if self._current:
                self.current_page.closed()
            self._current = name
            self.stack.setCurrentWidget(page)
            self._buttons[name].setChecked(True)
            self.notices.lie_in(page.notice_area())
            (page.focusWidget() or page).setFocus()
        page.opened(**what)
        self._show_crumbs()
        self.commands.refresh()

    def begin(self, crash: str = "", conversation_id: str | None = None) -> None:
        """What a start has to say and to do, once the window is there."""
        if crash:
            self._tell_of_crash(crash)
        if conversation_id is not None:
            self.open_page("review", conversation_id=conversation_id)
        elif first_run.wanted(self.context):
            first_run.FirstRun(self.context, self._whole).open()
        self.tasks.run(self.context.desk.unfinished, done=self._offer_unfinished)
        self._ask_device()
        self.start_idle_work()

    def _tell_of_crash(self, crash: str) -> None:
        logs = self.context.settings.data_dir / "logs"
        if crash == UNKNOWN:
            detail = self.tr(
                "It was stopped from outside, or the computer went off. What was recorded until then is safe."
            )
        else:
            detail = self.tr("What was recorded until then is safe. The log says more: {place}").format(
                place=crash[:160]
            )
        self.notices.show(
            self.tr("IlloDesk did not end well the last time."),
            detail,
            kind="warning",
            choices=[(self.tr("Open the logs"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(logs))))],
            key="crash",
        )

    def _offer_unfinished(self, left: list[Unfinished]) -> None:
        for one in left:
            if one.running and one.conversation_id == self.memory.get("record.going_on", ""):
                self._take_up(one.conversation_id)  # what this window began and still records is seen at once
                continue
            self.notices.show(
                self.tr("A recording is still going on.") if one.running else self.tr("A recording was cut off."),
                self.tr("It began {when}. The sound is safe; take it up to have it analysed.").format(
                    when=moment(one.started_at)
                ),
                kind="warning",
                choices=[(self.tr("Take it up"), partial(self._take_up, one.conversation_id))],
                key=f"unfinished {one.conversation_id}",
            )

    def _take_up(self, conversation_id: str) -> None:
        if "record" in self.page_names:
            self.open_page("record", resume=conversation_id)
        else:
            self.tasks.run(self.context.desk.resume, conversation_id)

    def _keep_shortcuts(self) -> None:
        if self.commands.chosen_shortcuts != self.memory.get("shortcuts", {}):
            self.memory.set("shortcuts", self.commands.chosen_shortcuts)
            self.memory.save()

    def _on_told(self, change: ChangeSet) -> None:
        if "runs" in change.kinds and not self._ended:  # what was told before may still be on its way
            self._ask_device()

    def _ask_device(self) -> None:
        self.tasks.run(newest_use, self.context.desk, done=self._show_device)

    def _show_device(self, models: list[ModelUse]) -> None:
        speech = next((model for model in models if model.stage == "speech to text"), None)
        if speech is not None:
            self.status.set_device(f"{speech.device.upper()} ({speech.name})")

    def start_idle_work(self) -> None:
        """Make the other pages while nothing else is to be done, so that their commands are found."""
        self._idle.start()

    def _make_next_page(self) -> None:
        waiting = [name for name in self.page_names if name not in self._pages and name not in self._broken]
        if not waiting:
            self._idle.stop()
            set_aside()
        elif waiting[0] in self._loaded:
            self._page_or_notice(waiting[0])
        else:
            self._loaded.add(waiting[0])  # to import a page takes as long as to make it: each has a turn of its own
            try:
                entry_of(waiting[0]).load()
            except Exception as error:
                self._give_up(waiting[0], error)

    def _show_crumbs(self) -> None:
        page = self.current_page
        self.title_bar.show_crumbs([entry_of(self._current).title(), *page.crumbs()])

    # --- looks ------------------------------------------------------------------------------------------------------

    def _build_rail(self) -> QFrame:
        rail = QFrame()
        rail.setObjectName("rail")
        column = QVBoxLayout(rail)
        column.setContentsMargins(4, 8, 4, 8)
        column.setSpacing(4)
        group = QButtonGroup(self)
        for entry in sorted(PAGES, key=lambda entry: entry.foot):
            if entry.foot and not any(other.foot for other in PAGES if other.name in self._buttons):
                column.addStretch(1)
            button = QToolButton()
            button.setText(entry.title())
            button.setAccessibleName(entry.title())
            button.setToolTip(f"{entry.title()}  {entry.shortcut}".strip())
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.clicked.connect(lambda _checked=False, name=entry.name: self.open_page(name))
            group.addButton(button)
            column.addWidget(button)
            self._buttons[entry.name] = button
        if not any(entry.foot for entry in PAGES):
            column.addStretch(1)
        return rail

    def _lay_out(self) -> None:
        self.recording_bar = QFrame()
        self.recording_bar.setObjectName("recordingBar")
        self.recording_bar.setFixedHeight(3)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.title_bar)
        right.addWidget(self.stack, 1)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addLayout(right, 1)
        self._whole = whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.recording_bar)
        column.addLayout(middle, 1)
        column.addWidget(self.status_bar)
        self.setCentralWidget(whole)

    def _on_theme(self) -> None:
        letters = QFontMetrics(self.theme.font("caption"))
        widest = max(letters.horizontalAdvance(entry.title()) for entry in PAGES)
        width = max(self.theme.size("rail"), widest + RAIL_MARGINS)
        self.rail.setFixedWidth(width)
        for entry in PAGES:
            button = self._buttons[entry.name]
            button.setIcon(self.theme.icon(entry.icon))
            button.setIconSize(QSize(20, 20) * max(1.0, self.theme.scale))
            button.setFixedWidth(width - 9)
        self.commands.renew_icons()

    def _on_status(self) -> None:
        self.recording_bar.setVisible(self.status.recording)
        self.setWindowTitle(self.tr("● Recording - IlloDesk") if self.status.recording else "IlloDesk")

    # --- commands ---------------------------------------------------------------------------------------------------

    def _own_commands(self) -> list[Command]:
        pages = [
            Command(
                f"go.{entry.name}",
                self.tr("Go to {page}").format(page=entry.title()),
                lambda name=entry.name: self.open_page(name),  # type: ignore[misc]
                entry.shortcut,
                "go",
                icon=entry.icon,
            )
            for entry in PAGES
        ]
        names = {
            "system": self.tr("Theme: as the system"),
            "light": self.tr("Theme: light"),
            "dark": self.tr("Theme: dark"),
            "contrast": self.tr("Theme: high contrast"),
        }
        themes = [
            Command(
                f"theme.{mode}",
                names[mode],
                lambda mode=mode: self.theme.set_mode(mode),  # type: ignore[misc]
                menu="view",
                group="theme",
                checked=lambda mode=mode: self.theme.mode == mode,  # type: ignore[misc]
            )
            for mode in MODES
        ]
        return [
            *pages,
            Command(
                "view.larger",
                self.tr("Larger type"),
                lambda: self.theme.zoom(1),
                "Ctrl++; Ctrl+=",
                "view",
                group="type",
            ),
            Command(
                "view.smaller", self.tr("Smaller type"), lambda: self.theme.zoom(-1), "Ctrl+-", "view", group="type"
            ),
            Command("view.normal", self.tr("Normal type"), lambda: self.theme.zoom(0), "Ctrl+0", "view", group="type"),
            *themes,
            Command("app.quit", self.tr("Quit"), self.close, "Ctrl+Q", "file", group="end"),
            Command("app.palette", self.tr("Search and commands"), self.finder.open, "Ctrl+K", "go", palette=False),
            Command("app.menu", self.tr("Open the menu"), self.title_bar.menu.showMenu, "F10", palette=False),
            Command("app.shortcuts", self.tr("Shortcuts"), self.show_shortcuts, "F1", "help", icon="help"),
        ]

    def show_shortcuts(self) -> None:
        """The sheet of all shortcuts."""
        if self._sheet is None:
            self._sheet = ShortcutSheet(self.context, self)
        self._sheet.show()
        self._sheet.activateWindow()
        self._sheet.editor.filter.setFocus()

    # --- events -----------------------------------------------------------------------------------------------------

    def _on_focus(self, before: QWidget | None, now: QWidget | None) -> None:
        """Listen to the button that has the keyboard, and to nothing else: a filter sees every single event."""
        if isinstance(before, QAbstractButton):
            before.removeEventFilter(self)
        if isinstance(now, QAbstractButton):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Space and Enter press the button that has the keyboard, also where a shortcut wants them."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Let pages end what they do, remember the window, wait for threads."""
        if not self._ended and not all(page.may_end() for page in self._pages.values()):
            event.ignore()
            return
        if not self._ended:
            self._ended = True
            self._idle.stop()
            self._unsubscribe()
            for page in self._pages.values():
                page.ending()
            application().focusChanged.disconnect(self._on_focus)
            self.status_bar.end()
            self.notices.clear()
            self.tasks.close()
            self.memory.keep("window", self)
            self.memory.set("page", self._current)
            self.memory.set("theme", self.theme.mode)
            self.memory.set("scale", self.theme.scale)
            self.memory.save()
        super().closeEvent(event)


def application() -> QApplication:
    """The one application object of the process."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app
