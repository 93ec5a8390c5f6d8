"""What runs and waits in the queue, kept in a file, so that it is offered again after the app was closed or died."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from illodesk.durable import write_durably
from illodesk.ui.library.jobs import Work

QUEUE_FILE = "queue.json"

log = logging.getLogger(__name__)

_WORKS = TypeAdapter(list[Work])


class KeptQueue:
    """A small JSON file in the data folder. One that cannot be read is begun anew: no recording depends on it."""

    def __init__(self, data_dir: Path) -> None:
        self._path = data_dir / QUEUE_FILE

    def read(self) -> list[Work]:
        """What ran or waited when the app ended."""
        try:
            return _WORKS.validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return []
        except (OSError, ValidationError):
            log.info("%s could not be read; the queue starts empty.", self._path.name)
            return []

    def write(self, works: Sequence[Work]) -> None:
        """Keep what is to be done. A folder that cannot be written costs only this memory."""
        try:
            if works:
                write_durably(self._path, _WORKS.dump_json(list(works)))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            log.info("%s could not be written: %s", self._path.name, error.strerror)
