"""Start the window as its command does, tell when it can be used, and end: ``python -m tests.bench.ui_start``.

Usable: it was drawn, and what it reads at its start was read. Prints one JSON object: the time of that (s since the
epoch), how long the process had computed by then (s), and what was imported. It runs in a process of its own, which
imports nothing else.
"""

from __future__ import annotations

import json
import sys
import time

from illodesk import cli
from illodesk.lasting import making_many

with making_many():  # in the order of the command: what is imported after Qt is imported more slowly
    import illodesk.app_server  # noqa: F401

    # isort: split
    from PySide6.QtCore import QTimer

    from illodesk.ui.window import MainWindow

ASK_MS = 5

begin = MainWindow.begin


def begin_and_tell(window: MainWindow, *arguments: str) -> None:
    """What the window does at its start; then wait until it can be used."""
    begin(window, *arguments)
    asking = QTimer(window)
    asking.setInterval(ASK_MS)

    def ask() -> None:
        if not window.tasks.open and window.isVisible():
            window.repaint()
            told = {"usable": time.time(), "computed": time.process_time(), "modules": sorted(sys.modules)}
            print(json.dumps(told))
            asking.stop()
            window.close()

    asking.timeout.connect(ask)
    asking.start()


if __name__ == "__main__":
    MainWindow.begin = begin_and_tell  # type: ignore[assignment,method-assign]
    sys.exit(cli.main([]))
