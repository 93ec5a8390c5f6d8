"""What the level of a source says, and what to do about it."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QCoreApplication

from illodesk.desk import ChannelStatus

Tone = Literal["", "good", "warning", "bad"]

FLOOR_DB = -60.0
QUIET_DB = -36.0
"""Speech whose loudest moments stay below this is hard to recognise."""

LISTEN_S = 6.0
SILENT_S = 4.0
PATIENCE_S = 15.0
"""While it is recorded the other one may well speak for so long."""

CLIPPING_SHOWN_S = 5.0

translate = QCoreApplication.translate


@dataclass(frozen=True)
class Advice:
    """How a source does, in words."""

    tone: Tone
    text: str


class Listener:
    """Remembers the last seconds of one channel, since a single level says little."""

    def __init__(self) -> None:
        self.patience_s = SILENT_S
        self._peaks: deque[tuple[float, float]] = deque()
        self._began: float | None = None
        self._clipped = -math.inf

    def feed(self, t: float, channel: ChannelStatus) -> Advice:
        """Take the channel's status at ``t`` s of any clock, and say how it does."""
        if channel.state == "live" and self._began is None:
            self._began = t
        self._peaks.append((t, channel.peak))
        while self._peaks[0][0] < t - max(LISTEN_S, self.patience_s):
            self._peaks.popleft()
        if channel.clipping:
            self._clipped = t
        return self._advice(t, channel)

    def _advice(self, t: float, channel: ChannelStatus) -> Advice:
        microphone = channel.kind == "microphone"
        if channel.state == "lost":
            return Advice("bad", translate("Record", "Not there. Plug it in again, or choose another one."))
        if channel.state != "live" or self._began is None:
            return Advice("", translate("Record", "Opening…"))
        if t - self._clipped < CLIPPING_SHOWN_S:
            if microphone:
                return Advice("warning", translate("Record", "Too loud, the sound is cut off. Turn the input down."))
            return Advice("warning", translate("Record", "Too loud, the sound is cut off. Turn what plays down."))
        if channel.silent_s > self.patience_s:
            if microphone:
                return Advice("warning", translate("Record", "Nothing is heard. Is it muted or switched off?"))
            return Advice("", translate("Record", "Nothing is playing now."))
        loudest = max(peak for _, peak in self._peaks)
        if not microphone and decibels(loudest) > FLOOR_DB:
            return Advice("good", translate("Record", "What plays is heard."))
        if not microphone:
            return Advice("", translate("Record", "Nothing is playing now."))
        if decibels(loudest) >= QUIET_DB:
            return Advice("good", translate("Record", "The level is good."))
        if t - self._began < SILENT_S:
            return Advice("", translate("Record", "Listening…"))
        return Advice("warning", translate("Record", "Quiet. Say something; come nearer or turn the input up."))


def decibels(level: float) -> float:
    """A level of 0 to 1 in dB of full scale, not below the foot of the meter."""
    return max(FLOOR_DB, 20 * math.log10(level)) if level > 0 else FLOOR_DB
