"""What goes wrong while it is recorded, as messages that stop nobody: what happened, what is safe, what to do."""

from __future__ import annotations

from PySide6.QtCore import QObject

from illodesk.desk import RecorderStatus, RecorderWarning
from illodesk.ui.context import AppContext
from illodesk.ui.record.feed import Look
from illodesk.ui.words import decimal

SAMPLE_RATE = 16_000
LONG_SILENCE_S = 45.0

RESTARTED = "record restarted"

Key = tuple[str, int | None]


class Troubles(QObject):
    """Shows each trouble once when it begins, and takes it away when it is over."""

    def __init__(self, context: AppContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._going_on: set[Key] = set()
        self._restarts = 0

    def take(self, look: Look) -> None:
        """How it goes now."""
        if look.restarts > self._restarts:
            self._context.notices.show(
                self.tr("The analysis had to be started again."),
                self.tr("Nothing is lost: the recording goes on, and the analysis reads on from the disk."),
                kind="warning",
                key=RESTARTED,
                stays=False,
            )
        self._restarts = look.restarts
        if look.recorder is not None:
            self._take_status(look.recorder)

    def _take_status(self, status: RecorderStatus) -> None:
        told = [warning for warning in status.warnings if not is_short_silence(warning, status)]
        now: set[Key] = {(warning.code, warning.channel) for warning in told}
        for warning in told:
            if (warning.code, warning.channel) not in self._going_on:
                self._begin(warning, status)
        for code, channel in self._going_on - now:
            self._context.notices.end(key_of(code, channel))
            if code == "device_lost" and ("stand_in", channel) not in now:
                self._back(status, channel)
        self._going_on = now

    def end(self) -> None:
        """The recording is over: what was wrong with its devices is of no interest any more."""
        for code, channel in self._going_on:
            self._context.notices.end(key_of(code, channel))
        self._going_on = set()
        self._restarts = 0

    def _begin(self, warning: RecorderWarning, status: RecorderStatus) -> None:
        channel = None if warning.channel is None else status.channels[warning.channel]
        name = channel.name if channel is not None else ""
        if warning.code == "device_lost":
            text = self.tr("{source} is not there any more.").format(source=name)
            detail = self.tr(
                "All that was recorded is safe, and the recording goes on; until the device is back there is silence "
                "in its place. Plug it in again: it is used at once."
            )
        elif warning.code == "stand_in":
            text = self.tr("Another device is recorded for {source}.").format(source=name)
            detail = self.tr("Nothing is lost. Plug the first one in again to go back to it.")
        elif warning.code == "no_signal" and channel is not None and channel.kind == "microphone":
            text = self.tr("{source} has been silent for a while.").format(source=name)
            detail = self.tr("The recording goes on. See whether it is muted or switched off.")
        elif warning.code == "dropped" and channel is not None:
            seconds = decimal(channel.lost / SAMPLE_RATE, 1)
            text = self.tr("{n} s of {source} were lost: this computer is too busy.").format(n=seconds, source=name)
            detail = self.tr("All else is safe, and the recording goes on. Close other programs.")
        elif warning.code == "disk_low":
            minutes = round(status.disk_left_s / 60)
            text = self.tr("The disk is nearly full: room for {n} minutes.").format(n=minutes)
            detail = self.tr(
                "All that was recorded is safe; the recording is closed in order before the disk is full. Free some "
                "space now to go on."
            )
        else:
            return  # the meter shows it, beside what to do
        self._context.notices.show(text, detail, kind="warning", key=key_of(warning.code, warning.channel))

    def _back(self, status: RecorderStatus, channel: int | None) -> None:
        if channel is not None and channel < len(status.channels):
            self._context.notices.show(
                self.tr("{source} is back.").format(source=status.channels[channel].name),
                self.tr("It is recorded again."),
                kind="good",
                key=key_of("device_back", channel),
            )


def is_short_silence(warning: RecorderWarning, status: RecorderStatus) -> bool:
    """Whoever listens says nothing for a while; the meter says so, a message need not."""
    if warning.code != "no_signal" or warning.channel is None:
        return False
    return status.channels[warning.channel].silent_s < LONG_SILENCE_S


def key_of(code: str, channel: int | None) -> str:
    """One message per trouble and channel."""
    return f"record {code} {channel}"
