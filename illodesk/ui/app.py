"""Starts the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

from PySide6.QtWidgets import QApplication

from illodesk import __version__
from illodesk.desk import Desk
from illodesk.ui.server_switch import ServerSwitch
from illodesk.ui.window import MainWindow


def run(conversation_id: str | None = None, server: Callable[[Desk], ServerSwitch] | None = None) -> int:
    """Open the window on the user's Desk and stay until it is closed. ``server`` makes the API's switch."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    QApplication.setApplicationName("IlloDesk")
    QApplication.setApplicationVersion(__version__)
    with Desk.open() as desk:
        window = MainWindow(desk, server(desk) if server is not None else None)
        window.show()
        if conversation_id is not None:
            window.open_page("review", conversation_id=conversation_id)
        return app.exec()
