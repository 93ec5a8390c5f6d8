"""One line about the machine: offline, what computes, what waits, how much disk is left, the server."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from illodesk.ui.context import AppContext
from illodesk.ui.words import decimal

DISK_EVERY_MS = 15_000
LITTLE_DISK = 5_000_000_000


class StatusBar(QFrame):
    """24 px below everything."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.setObjectName("statusBar")
        self._context = context
        self.offline = QLabel(self.tr("Offline"))
        self.offline.setToolTip(
            self.tr("Everything is recorded, analysed and kept on this machine. Nothing is sent anywhere.")
        )
        self.offline.setProperty("tone", "good")
        self.recording = QLabel(self.tr("● Recording"))
        self.recording.setProperty("tone", "bad")
        self.device, self.queue, self.disk, self.server = QLabel(), QLabel(), QLabel(), QLabel()
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(4)
        for label in (self.recording, self.offline, self.device, self.queue):
            row.addWidget(label)
        row.addStretch(1)
        for label in (self.server, self.disk):
            row.addWidget(label)
        self._timer = QTimer(self)
        self._timer.setInterval(DISK_EVERY_MS)
        self._timer.timeout.connect(self._ask_disk)
        self._timer.start()
        context.status.changed.connect(self.refresh)
        context.theme.changed.connect(self._renew)
        self._renew()
        self.refresh()
        self._ask_disk()

    def refresh(self) -> None:
        """Show what the board says."""
        status, server = self._context.status, self._context.server
        self.recording.setVisible(status.recording)
        self.device.setText(status.device or self.tr("CPU"))
        self.device.setToolTip(
            self.tr("What the last analysis ran on.") if status.device else self.tr("Nothing was analysed yet.")
        )
        self.queue.setText(self.tr("queue {n}").format(n=status.queue))
        self.queue.setToolTip(self.tr("Recordings that wait for their analysis or are being analysed"))
        running = server is not None and server.running
        self.server.setText(self.tr("server on") if running else self.tr("server off"))
        self.server.setToolTip(
            self.tr("The API answers at {address}").format(address=server.address)
            if server is not None and running
            else self.tr("No other program can reach IlloDesk.")
        )
        tell(self.server, "warning" if running and server is not None and server.lan_addresses() else "")

    def show_disk(self, free: int) -> None:
        """How many bytes are free where recordings are kept."""
        gigabytes = free / 1e9
        amount = decimal(gigabytes, 0 if gigabytes >= 10 else 1)
        little = free < LITTLE_DISK
        text = self.tr("only {n} GB free") if little else self.tr("{n} GB free")
        self.disk.setText(text.format(n=amount))
        self.disk.setToolTip(
            self.tr("Free some space: recording stops when the disk is full. What is recorded until then is safe.")
            if little
            else self.tr("Free where recordings are kept")
        )
        tell(self.disk, "warning" if little else "")

    def end(self) -> None:
        """Stop asking."""
        self._timer.stop()

    def _ask_disk(self) -> None:
        self._context.tasks.run(free_bytes, self._context.settings.data_dir, done=self.show_disk, failed=no_answer)

    def _renew(self) -> None:
        self.setFixedHeight(self._context.theme.size("status_bar"))


def free_bytes(folder: Path) -> int:
    """Bytes that are free on the disk of a folder."""
    return shutil.disk_usage(folder).free


def no_answer(_error: Exception) -> None:
    """A disk that does not answer is asked again later; whoever writes to it is told."""


def tell(widget: QWidget, tone: str) -> None:
    """Give a label the look of a tone: warning, good, bad, or none."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
