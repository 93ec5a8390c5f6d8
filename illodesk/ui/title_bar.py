"""Where the user is, the search, and the recording sign."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton

from illodesk.ui.context import AppContext
from illodesk.ui.menus import main_menu
from illodesk.ui.plain import plain
from illodesk.ui.words import isolated


class TitleBar(QFrame):
    """44 px above the page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("titleBar")
        self._context = context
        self.menu = QToolButton()
        self.menu.setAccessibleName(self.tr("Menu"))
        self.menu.setToolTip(self.tr("Menu  F10"))
        self.menu.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.menu.setMenu(main_menu(context.commands, self.menu))
        self.crumbs = plain(QLabel())
        self.crumbs.setAccessibleName(self.tr("You are here"))
        self.search = QPushButton()
        self.search.setObjectName("searchField")
        self.search.setAccessibleName(self.tr("Search and commands"))
        self.recording = QLabel(self.tr("● REC"))
        self.recording.setObjectName("recordingSign")
        self.recording.setAccessibleName(self.tr("Recording is going on"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 12, 0)
        row.addWidget(self.menu)
        row.addWidget(self.crumbs)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.recording, 0, Qt.AlignmentFlag.AlignVCenter)
        context.theme.changed.connect(self._renew)
        context.status.changed.connect(self._on_status)
        context.commands.changed.connect(self._show_keys)
        self.search.clicked.connect(lambda: context.commands.run("app.palette"))
        self._renew()
        self._on_status()

    def show_crumbs(self, crumbs: list[str]) -> None:
        """The path to what is shown, the page first."""
        self.crumbs.setText("  /  ".join(map(isolated, crumbs)))

    def _show_keys(self) -> None:
        commands = self._context.commands
        if any(command.id == "app.palette" for command in commands.all()):
            keys = commands.shortcut_text("app.palette")
            words = self.tr("Search or do")
            self.search.setText(f"{words}    {keys}")

    def _renew(self) -> None:
        theme = self._context.theme
        self.setFixedHeight(theme.size("title_bar"))
        self.search.setIcon(theme.icon("search", "secondary"))
        self.search.setIconSize(QSize(16, 16))
        self.search.setMinimumWidth(round(260 * theme.scale))
        self.menu.setIcon(theme.icon("menu"))
        self.menu.setIconSize(QSize(20, 20))

    def _on_status(self) -> None:
        self.recording.setVisible(self._context.status.recording)
