"""What can be recorded, and how loud it is before it is: only while the page is shown and nothing is recorded.

Devices are asked for in a process of its own, which costs as much as a second of analysis: not again and again while
one is finished that somebody waits for.
"""

from __future__ import annotations

import threading

from PySide6.QtCore import QObject, QTimer, Signal

from illodesk.desk import ChannelSpec, Monitor
from illodesk.ui.context import AppContext

LOOK_MS = 100
PROBE_MS = 4000


class Listening(QObject):
    """Asks for devices every few seconds, or once, and for levels ten times a second. ``found`` gives a list of Device,
    ``heard`` gives Levels, ``failed`` an error of either."""

    found = Signal(list)
    heard = Signal(object)
    failed = Signal(object)

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._on = False
        self._probing = False
        self._channels: list[ChannelSpec] = []
        self._turn = 0
        self._monitor: Monitor | None = None
        self._lock = threading.Lock()
        self._looking, self._asking = QTimer(self), QTimer(self)
        self._looking.setInterval(LOOK_MS)
        self._asking.setInterval(PROBE_MS)
        self._looking.timeout.connect(self._look)
        self._asking.timeout.connect(self._ask)

    @property
    def on(self) -> bool:
        """Whether it listens."""
        return self._on

    def start(self, *, asking: bool) -> None:
        """Listen from now on, and ask again and again which devices there are, or, without ``asking``, once."""
        if not self._on:
            self._on = True
            self._looking.start()
            self._ask()
            self._renew()
        if not asking:
            self._asking.stop()
        elif not self._asking.isActive():
            self._asking.start()

    def stop(self) -> None:
        """Let the devices go."""
        self._on = False
        self._looking.stop()
        self._asking.stop()
        self._let_go()

    def listen_to(self, channels: list[ChannelSpec]) -> None:
        """Listen to these channels instead."""
        if channels != self._channels:
            self._channels = channels
            self._renew()

    def _renew(self) -> None:
        self._let_go()
        if self._on and self._channels:
            self._context.tasks.run(self._open, self._turn, list(self._channels), failed=self.failed.emit)

    def _let_go(self) -> None:
        with self._lock:
            self._turn += 1
            monitor, self._monitor = self._monitor, None
        if monitor is not None:
            monitor.close()

    def _open(self, turn: int, channels: list[ChannelSpec]) -> None:
        """In a thread: a monitor that nobody wants any more is closed at once."""
        monitor = self._context.desk.monitor(channels)
        with self._lock:
            wanted = turn == self._turn
            if wanted:
                self._monitor = monitor
        if not wanted:
            monitor.close()

    def _look(self) -> None:
        monitor = self._monitor
        levels = monitor.levels() if monitor is not None else None
        if levels is not None:
            self.heard.emit(levels)

    def _ask(self) -> None:
        if not self._probing:
            self._probing = True
            self._context.tasks.run(self._context.desk.devices, done=self._on_found, failed=self._on_failed)

    def _on_found(self, devices: list[object]) -> None:
        self._probing = False
        if self._on:
            self.found.emit(devices)

    def _on_failed(self, error: Exception) -> None:
        self._probing = False
        if self._on:
            self.failed.emit(error)
