"""What is kept for how long: old conversations go to the trash by themselves; what lies there long goes for good."""

from __future__ import annotations

import threading
from collections.abc import Callable

EVERY_S = 6 * 3600.0
"""A desk may be open for weeks."""


class Retention:
    """Calls ``clear_out`` in a thread of its own, at once and again every few hours, until it is closed.

    Thousands of conversations take a minute, which no start waits for. ``clear_out`` is given what tells it to stop.
    """

    def __init__(self, clear_out: Callable[[Callable[[], bool]], object]) -> None:
        self._clear_out = clear_out
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._work, name="retention", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Wait for what is under way."""
        self._closing.set()
        self._thread.join()

    def _work(self) -> None:
        while not self._closing.is_set():
            self._clear_out(self._closing.is_set)
            self._closing.wait(EVERY_S)
