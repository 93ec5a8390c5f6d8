"""What pages tell the title bar and the status bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class StatusBoard(QObject):
    """Whether sound is being recorded, how much work waits, and which device computed last."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._recording = False
        self._queue = 0
        self._device = ""

    @property
    def recording(self) -> bool:
        """While it is true the window shows the recording sign and no page may open a modal dialog."""
        return self._recording

    def set_recording(self, recording: bool) -> None:
        self._recording = recording
        self.changed.emit()

    @property
    def queue(self) -> int:
        """Recordings that wait for their analysis or are being analysed."""
        return self._queue

    def set_queue(self, queue: int) -> None:
        self._queue = queue
        self.changed.emit()

    @property
    def device(self) -> str:
        """What the last analysis really ran on, e.g. ``CPU (pocketsphinx en-us)``; empty before the first."""
        return self._device

    def set_device(self, device: str) -> None:
        self._device = device
        self.changed.emit()
