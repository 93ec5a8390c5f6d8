"""A recording as the terminal shows it: meters, warnings, and the transcript as it grows."""

from __future__ import annotations

import math
import threading
import time

from rich.console import Group
from rich.live import Live
from rich.text import Text

from illodesk.capture.control import ChannelStatus, RecorderStatus
from illodesk.doors import RecordingDoor
from illodesk.live import LiveSession
from illodesk.schema import ErrorEvent, FinalTranscriptEvent, MomentEvent, PartialTranscriptEvent
from illodesk.terminal import clock, console, errors

REFRESH_S = 0.1
METER_WIDTH = 30
FLOOR_DB = -60.0


class Screen:
    """What is known of a session, turned into lines."""

    def __init__(self, session: LiveSession) -> None:
        self._session = session
        self._number = 0
        self._partials: dict[int, PartialTranscriptEvent] = {}

    def take(self) -> None:
        """Print what became final since the last look, and remember what is still open."""
        for number, event in self._session.log.after(self._number):
            self._number = number
            if isinstance(event, PartialTranscriptEvent):
                self._partials[event.channel] = event
            elif isinstance(event, FinalTranscriptEvent):
                self._partials.pop(event.channel, None)
                console.print(
                    f"{clock(event.t_start)}  {event.speaker}: {event.text or '(not understood)'}", soft_wrap=True
                )
            elif isinstance(event, MomentEvent) and event.stability == "provisional":  # told again at the end
                console.print(f"{clock(event.moment.start_ms / 1000)}  * {event.moment.summary}", soft_wrap=True)
            elif isinstance(event, ErrorEvent):
                errors.print(event.message, soft_wrap=True)

    def lines(self) -> Group:
        """Open utterances, one meter per channel, warnings, and how far the analysis is."""
        rows = [partial_line(partial) for partial in self._partials.values()]
        door = self._session.door
        status = door.status() if isinstance(door, RecordingDoor) else None
        if status is not None:
            rows += [meter_line(channel) for channel in status.channels]
            rows += [Text(f"! {warning.text}", style="yellow") for warning in status.warnings]
        rows.append(position_line(self._session, status))
        return Group(*rows)


def partial_line(partial: PartialTranscriptEvent) -> Text:
    """Confirmed words plain, the rest dim."""
    words = partial.text.split()
    line = Text(f"{clock(partial.t_start)}  ")
    line.append(" ".join(words[: partial.confirmed_words]))
    line.append(" " + " ".join(words[partial.confirmed_words :]) + " …", style="dim")
    return line


def meter_line(channel: ChannelStatus) -> Text:
    """``mine  ███████───── -18 dB``; the level is that of the loudest sample of the last moment."""
    decibels = decibels_of(channel.peak)
    filled = round(METER_WIDTH * (1 - decibels / FLOOR_DB))
    line = Text(f"{channel.name[:16]:<16} ")
    line.append("█" * filled, style="red" if channel.clipping else "green")
    line.append("─" * (METER_WIDTH - filled), style="dim")
    line.append(f" {decibels:4.0f} dB" + (" CLIPPING" if channel.clipping else ""))
    if channel.state != "live":
        line.append(f" {channel.state}", style="yellow")
    return line


def decibels_of(peak: float) -> float:
    """Peak, 0..1, in dB of full scale, not below the foot of the meter."""
    return max(FLOOR_DB, 20 * math.log10(peak)) if peak > 0 else FLOOR_DB


def position_line(session: LiveSession, status: RecorderStatus | None) -> Text:
    """How long is recorded, how far it is analysed, and that nothing is lost by waiting."""
    if status is None:
        return Text(f"{clock(session.position_s)} analysed")
    behind = max(0.0, status.position_s - session.position_s)
    line = Text(f"● REC {clock(status.position_s)}  ", style="bold red")
    note = f"{behind:.0f} s behind, audio is safe" if behind >= 3 else "analysis keeps up"
    line.append(note, style="not bold default")
    return line


def follow(session: LiveSession, stop: threading.Event, seconds: float | None) -> None:
    """Show a session until it is over. ``stop``, or the time, ends its sound; the rest is analysed then."""
    screen = Screen(session)
    began = time.monotonic()
    if errors.is_terminal:
        with Live(console=errors, refresh_per_second=10, transient=True, get_renderable=screen.lines):
            _loop(session, screen, stop, seconds, began)
    else:
        _loop(session, screen, stop, seconds, began)


def _loop(session: LiveSession, screen: Screen, stop: threading.Event, seconds: float | None, began: float) -> None:
    while not session.wait(REFRESH_S):
        screen.take()
        if stop.is_set() or (seconds is not None and time.monotonic() - began >= seconds):
            session.finalize("stopped")
    screen.take()
