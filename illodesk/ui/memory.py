"""What the window remembers from one start to the next: sizes, the page, the theme, shortcuts. Nothing of any talk."""

from __future__ import annotations

import json
import logging
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QHeaderView, QSplitter, QWidget

from illodesk.durable import write_durably

MEMORY_FILE = "ui.json"

log = logging.getLogger(__name__)

T = TypeVar("T")


class Memory:
    """A small JSON file in the data folder. One that cannot be read is begun anew: nothing in it is worth an error."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = {}
        try:
            read = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            log.info("%s could not be read; the window starts with what it comes with.", path.name)
            return
        if isinstance(read, dict):
            self._values = read

    def get(self, name: str, default: T) -> T:
        """What was remembered, when it is of the default's kind."""
        value = self._values.get(name, default)
        return value if isinstance(value, type(default)) else default

    def set(self, name: str, value: Any) -> None:
        """Remember something that JSON can hold. It is written by ``save``."""
        self._values[name] = value

    def save(self) -> None:
        """Write the file, whole or not at all. A folder that cannot be written costs only the memory."""
        try:
            write_durably(self._path, json.dumps(self._values, indent=1, sort_keys=True).encode())
        except OSError as error:
            log.info("%s could not be written: %s", self._path.name, error.strerror)

    def keep(self, name: str, widget: QWidget | QSplitter | QHeaderView) -> None:
        """Remember the geometry of a window, or the sizes of a splitter or header."""
        state = widget.saveState() if isinstance(widget, QSplitter | QHeaderView) else widget.saveGeometry()
        self.set(name, state.toBase64().toStdString())

    def restore(self, name: str, widget: QWidget | QSplitter | QHeaderView) -> bool:
        """Give a window, splitter or header what was remembered of it; False when nothing was."""
        state = QByteArray.fromBase64(self.get(name, "").encode())
        if state.isEmpty():
            return False
        return (
            widget.restoreState(state) if isinstance(widget, QSplitter | QHeaderView) else widget.restoreGeometry(state)
        )
