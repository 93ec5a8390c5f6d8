"""The window that is shown when the library cannot be opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from illodesk.ui.plain import plain
from illodesk.ui.theme import Theme


class TroubleWindow(QWidget):
    """What happened, what is safe, what to do."""

    def __init__(self, reason: str, folder: Path) -> None:
        super().__init__()
        self.setObjectName("page")
        self.theme = Theme(parent=self)
        self.theme.apply()
        self.setWindowTitle("IlloDesk")
        self.setMinimumWidth(560)
        heading = QLabel(self.tr("The library cannot be opened"))
        heading.setProperty("role", "title")
        self.reason = plain(QLabel(reason))
        safe = QLabel(
            self.tr("Nothing was changed. Everything that is kept is still in {folder}.").format(folder=folder)
        )
        for label in (self.reason, safe):
            label.setWordWrap(True)
        show, leave = QPushButton(self.tr("Open the folder")), QPushButton(self.tr("Quit"))
        leave.setProperty("primary", True)
        show.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))))
        leave.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(show)
        row.addWidget(leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        for part in (heading, self.reason, safe):
            column.addWidget(part)
        column.addSpacing(8)
        column.addLayout(row)
        leave.setFocus()
