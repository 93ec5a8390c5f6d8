"""The event loop of the GUI thread: Qt's own, in which asyncio's futures can be awaited."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtWidgets import QApplication
from qasync import QEventLoop


def event_loop(app: QApplication) -> QEventLoop:
    """A loop to run and to close. An error in it goes where errors of Qt's slots go: to ``sys.excepthook``."""
    loop = QEventLoop(app)
    loop.set_exception_handler(tell)
    return loop


def tell(loop: QEventLoop, context: dict[str, Any]) -> None:
    """Take what asyncio knows of an error."""
    error = context.get("exception")
    if error is None:
        loop.default_exception_handler(context)
    else:
        sys.excepthook(type(error), error, error.__traceback__)
