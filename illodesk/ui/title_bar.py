"""Where the user is, the search, and the recording sign."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton

from illodesk.ui.context import AppContext


class TitleBar(QFrame):
    """44 px above the page."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("titleBar")
        self._context = context
        self.crumbs = QLabel()
        self.crumbs.setAccessibleName(self.tr("You are here"))
        self.search = QPushButton()
        self.search.setObjectName("searchField")
        self.search.setText(self.tr("Search or do…   Ctrl+K"))
        self.search.setAccessibleName(self.tr("Search and commands"))
        self.recording = QLabel(self.tr("● REC"))
        self.recording.setObjectName("recordingSign")
        self.recording.setAccessibleName(self.tr("Recording is going on"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 12, 0)
        row.addWidget(self.crumbs)
        row.addStretch(1)
        row.addWidget(self.search)
        row.addWidget(self.recording)
        context.theme.changed.connect(self._renew)
        context.status.changed.connect(self._on_status)
        self._renew()
        self._on_status()

    def show_crumbs(self, crumbs: list[str]) -> None:
        """The path to what is shown, the page first."""
        self.crumbs.setText("  /  ".join(crumbs))

    def _renew(self) -> None:
        theme = self._context.theme
        self.setFixedHeight(theme.size("title_bar"))
        self.search.setIcon(theme.icon("search", "secondary"))
        self.search.setIconSize(QSize(16, 16))

    def _on_status(self) -> None:
        self.recording.setVisible(self._context.status.recording)
