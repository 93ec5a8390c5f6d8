"""One channel while it is recorded: its device opened, watched, lost and found again."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from illodesk.capture.control import ChannelStatus, RecorderWarning
from illodesk.capture.meter import Meter
from illodesk.capture.recording import GAP_S, SAMPLE_RATE, ChannelSpec
from illodesk.capture.recording import JournalEntry as Entry
from illodesk.capture.sources.base import SoundSource, SourceError
from illodesk.capture.sources.choice import SourceChoice

RETRY_S = 1.0
SILENT_DEVICE_S = 3.0
"""A device that delivers not even silence for so long hangs; it is let go and opened again."""

FIRST_BLOCK_S = 0.8
"""A device that has just been opened may be idle for a second or two. What it delivers then began later than so long
ago: 0.4 s are held back until their time is known, and no device brings more than 0.4 s at once."""

OPENING_S = 10.0
STAND_IN_AFTER_S = 3.0
NO_SIGNAL_S = 10.0
DROPPED_SHOWN_S = 10.0


class Writer(Protocol):
    """Where a channel's sound goes: RecordingWriter keeps it."""

    def append(self, channel: int, t: float, samples: NDArray[np.int16]) -> None: ...

    def pass_time(self, channel: int, t: float) -> None: ...

    def note(self, entry: Entry) -> None: ...


@dataclass
class Opening:
    """An attempt to open a device in a thread of its own, because a driver may hang."""

    spec: ChannelSpec
    began: float
    source: SoundSource | None = None
    trouble: str = ""
    done: threading.Event = field(default_factory=threading.Event)
    abandoned: bool = False

    def run(self, choice: SourceChoice, origin: float) -> None:
        """Open it; called in the thread."""
        try:
            source = choice.source(self.spec)
            source.start(origin)
            self.source = source
        except SourceError as error:
            self.trouble = str(error)
        except Exception as error:
            self.trouble = f"The device cannot be opened: {error}"
        self.done.set()
        if self.abandoned and self.source is not None:
            self.source.close()


class Channel:
    """Pulls one source into the recording, and keeps a source open as well as it can."""

    def __init__(
        self,
        index: int,
        spec: ChannelSpec,
        writer: Writer,
        choice: SourceChoice,
        origin: float,
        *,
        fall_back: bool,
    ) -> None:
        self._index = index
        self._spec = spec
        self._writer = writer
        self._choice = choice
        self._origin = origin
        self._fall_back = fall_back and bool(spec.device) and spec.kind in ("microphone", "system")
        self._source: SoundSource | None = None
        self._stands_in = False
        self._opening: Opening | None = None
        self._next_try = 0.0
        self._last_block = 0.0
        self._delivered = False
        self._lost_at: float | None = None
        self._lost_before = 0
        self._told_lost = 0
        self._last_drop = -np.inf
        self._trouble = ""
        self._broken = ""
        self._meter = Meter()
        self.end = 0
        self.ended = False
        self.paused = False

    @property
    def lost(self) -> int:
        """Samples dropped so far, by all sources of this channel."""
        return self._lost_before + (self._source.lost if self._source else 0)

    def pull(self, now: float) -> None:
        """Take what there is; open, close and change devices. ``now``: s on the recorder's clock."""
        if self.ended:
            return
        self._open(now)
        if self._source is None:
            if self._lost_at is not None:
                self._pass(self._opening.began if self._opening else now)
            return
        # Asked before reading, so that what came before the end is read.
        alive = self._source.alive
        self._append(now, self._source)
        self._note_drops(now)
        if self._broken:
            trouble, self._broken = self._broken, ""
            self._lose(now, trouble)
        elif self._source.finished:
            self.ended = True
            self._let_go(now)
        elif not alive:
            self._lose(now, self._source.trouble)
        elif self._source.idles:
            if now - self._last_block > RETRY_S:
                self._pass(now)
        elif now - self._last_block > SILENT_DEVICE_S:
            self._lose(now, f"{self._source.name} delivers nothing.")
        elif not self._delivered:
            self._pass(now - FIRST_BLOCK_S)

    def close(self, now: float) -> None:
        """Take the rest, and let the device go."""
        if self._opening is not None:
            self._abandon(self._opening)
        if self._source is not None:
            self._let_go(now)
        self.ended = True

    def _append(self, now: float, source: SoundSource) -> None:
        try:
            blocks = source.read()
        except Exception as error:
            # Whatever it is, only this source ends.
            self._broken = f"{source.name} broke: {error}"
            return
        for block in blocks:
            at = round(block.t * SAMPLE_RATE)
            samples = block.samples
            if self.end - at > GAP_S * SAMPLE_RATE:
                # A device opened again tells of what was passed as a gap already. Less is drift, for the reader.
                self._lost_before += min(len(samples), self.end - at)
                samples, at = samples[self.end - at :], self.end
            if not len(samples):
                continue
            self._meter.feed((at + len(samples)) / SAMPLE_RATE, samples)
            if self.paused:
                self._pass((at + len(samples)) / SAMPLE_RATE)
            else:
                self._writer.append(self._index, at / SAMPLE_RATE, samples)
                self.end = at + len(samples)
            self._last_block = now
            self._delivered = True

    def _pass(self, t: float) -> None:
        at = round(t * SAMPLE_RATE)
        if at - self.end >= SAMPLE_RATE // 10:
            self._writer.pass_time(self._index, at / SAMPLE_RATE)
            self.end = at

    def _note(self, now: float, kind: str, text: str) -> None:
        self._writer.note(Entry(t=round(now, 3), kind=kind, channel=self._index, text=text))

    def _note_drops(self, now: float) -> None:
        """At most one line a second, however busy the computer is."""
        if self.lost > self._told_lost and now - self._last_drop >= 1.0:
            self._last_drop = now
            self._note(now, "dropped", f"{(self.lost - self._told_lost) / SAMPLE_RATE:.3f} s were dropped")
            self._told_lost = self.lost

    def _open(self, now: float) -> None:
        opening = self._opening
        if opening is None:
            wanted = self._source is None or self._stands_in
            if wanted and now >= self._next_try:
                self._next_try = now + RETRY_S
                spec = self._spec
                if self._stand_in_is_due(now):
                    spec = spec.model_copy(update={"device": ""})
                self._opening = Opening(spec, now)
                if self._choice.paced:
                    arguments = (self._choice, self._origin)
                    threading.Thread(target=self._opening.run, args=arguments, name="opening", daemon=True).start()
                else:
                    # On a clock of sound waiting takes no time: no file runs ahead of one that opens slowly.
                    self._opening.run(self._choice, self._origin)
            return
        if opening.done.is_set():
            self._opening = None
            if opening.source is not None:
                self._begin(now, opening.source, stands_in=opening.spec.device != self._spec.device)
            else:
                self._fail(now, opening.trouble)
        elif now - opening.began > OPENING_S:
            self._abandon(opening)
            self._fail(now, "The device does not answer.")

    def _fail(self, now: float, trouble: str) -> None:
        """A device could not be opened: from here on time passes without it."""
        if self._source is not None:
            # The stand-in is recorded meanwhile.
            return
        self._trouble = trouble
        if self._lost_at is None:
            self._lost_at = now
            self._note(now, "device_lost", trouble)

    def _stand_in_is_due(self, now: float) -> bool:
        """Every second attempt once the grace is over, so that the chosen device is tried too."""
        if not self._fall_back or self._source is not None or self._lost_at is None:
            return False
        return now - self._lost_at > STAND_IN_AFTER_S and int(now / RETRY_S) % 2 == 0

    def _abandon(self, opening: Opening) -> None:
        self._opening = None
        opening.abandoned = True
        if opening.done.is_set() and opening.source is not None:
            opening.source.close()

    def _begin(self, now: float, source: SoundSource, *, stands_in: bool) -> None:
        stood_in = self._stands_in
        if self._source is not None:
            self._let_go(now)
        self._source, self._stands_in, self._last_block, self._trouble = source, stands_in, now, ""
        self._delivered = False
        if stands_in:
            self._note(now, "stand_in", f"{source.name} stands in")
        elif self._lost_at is not None or stood_in:
            self._note(now, "device_back", source.name)
        else:
            self._note(now, "device", source.name)
        self._lost_at = None

    def _lose(self, now: float, trouble: str) -> None:
        self._trouble = trouble
        self._lost_at = now
        self._next_try = now
        self._stands_in = False
        self._note(now, "device_lost", trouble)
        self._let_go(now)

    def _let_go(self, now: float) -> None:
        source = self._source
        if source is None:
            return
        closing = threading.Thread(target=source.close, name="closing", daemon=True)
        closing.start()
        closing.join(1.0)
        if not closing.is_alive():
            self._append(now, source)
        self._lost_before += source.lost
        self._source = None

    def status(self, now: float) -> ChannelStatus:
        """Levels and health."""
        peak, rms = self._meter.levels(now)
        state = "ended" if self.ended else "live" if self._source else "opening" if self._lost_at is None else "lost"
        return ChannelStatus(
            name=self._spec.name,
            kind=self._spec.kind,
            device=self._source.name if self._source else "",
            state=state,
            peak=round(peak, 4),
            rms=round(rms, 5),
            clipping=self._meter.clipping(now),
            clipped=self._meter.clipped,
            silent_s=round(max(0.0, now - self._meter.last_signal), 1),
            lost=self.lost,
            position_s=round(self.end / SAMPLE_RATE, 3),
        )

    def warnings(self, now: float) -> list[RecorderWarning]:
        """What the user should know about this channel now."""
        found: list[RecorderWarning] = []

        def warn(code: str, text: str) -> None:
            found.append(RecorderWarning.model_validate({"code": code, "channel": self._index, "text": text}))

        name = self._spec.name
        if self.ended:
            return found
        if self._lost_at is not None:
            warn("device_lost", f"{name}: {self._trouble} Recording goes on with what is left; trying again.")
        elif self._stands_in and self._source is not None:
            warn("stand_in", f"{name}: your device is gone. {self._source.name} is recorded instead.")
        silent = now - self._meter.last_signal
        if self._source is not None and silent > NO_SIGNAL_S:
            what = "Nothing is playing" if self._spec.kind == "system" else "No signal. Is it muted?"
            warn("no_signal", f"{name}: {what} ({silent:.0f} s)")
        if self._meter.clipping(now):
            warn("clipping", f"{name}: too loud, the sound is cut off. Turn the input down.")
        if now - self._last_drop < DROPPED_SHOWN_S:
            warn("dropped", f"{name}: {self.lost / SAMPLE_RATE:.1f} s of sound were lost, this computer is too busy.")
        return found
