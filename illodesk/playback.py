"""Plays a kept recording: decoded as it is needed, at any speed without a change of pitch, with an exact position.

A thread decodes ahead; the sound card takes what it needs and says when it will be heard, so that the position is what
is heard now. Without a sound card everything works but the sound. No Qt here.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

RATE = 48_000
"""Hz of what is handed to the sound card."""

SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0)
AHEAD_S = 0.5  # decoded ahead: longer than any pause of a busy computer, short enough for a quick change of speed
BLOCK_S = 0.02
REMEMBERED = 256  # blocks handed over that the position may still lie in: about 5 s, more than any sound card keeps
MOST_CHANNELS = 8  # PyAV 18 crashes the process when it shows more planes than this as an array
LATENCY_S = 0.08

Samples = NDArray[np.float32]
Pull = Callable[[Samples, float], None]
"""Fills the array (frames, 2), which is heard at the second given, by the clock of the output."""

log = logging.getLogger(__name__)


class PlaybackError(Exception):
    """The recording cannot be played; ``str()`` is for the user."""


class Output(Protocol):
    """Something that takes sound at its own pace."""

    name: str
    audible: bool

    def start(self, pull: Pull) -> None: ...

    def stop(self) -> None: ...

    def now(self) -> float:
        """The output's clock, s. What is heard at this moment was pulled for this time."""
        ...


class SoundCard:
    """The default output of the system, by PortAudio. Raises PlaybackError where there is none."""

    audible = True

    def __init__(self) -> None:
        try:
            import sounddevice

            self._stream = sounddevice.OutputStream(
                samplerate=RATE,
                channels=2,
                dtype="float32",
                blocksize=round(RATE * BLOCK_S),
                latency=LATENCY_S,
                callback=self._on_block,
            )
            self.name = str(sounddevice.query_devices(self._stream.device)["name"])
        except Exception as error:
            # OSError without PortAudio, PortAudioError without a device; both come as other kinds now and then.
            raise PlaybackError(str(error)) from error
        self._pull: Pull | None = None

    def _on_block(self, out: Samples, _frames: int, when: Any, _status: Any) -> None:
        if self._pull is not None:
            self._pull(out, when.outputBufferDacTime)

    def start(self, pull: Pull) -> None:
        """Raises PlaybackError when the device is gone."""
        self._pull = pull
        try:
            self._stream.stop()
            self._stream.start()
        except Exception as error:
            raise PlaybackError(str(error)) from error

    def stop(self) -> None:
        """Raises PlaybackError when the device is gone."""
        try:
            self._stream.abort()
        except Exception as error:
            raise PlaybackError(str(error)) from error

    def now(self) -> float:
        return float(self._stream.time)

    def close(self) -> None:
        self._stream.close()


class Silence:
    """Takes sound at the pace of the computer's clock and lets nobody hear it."""

    name = ""
    audible = False

    def __init__(self) -> None:
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self, pull: Pull) -> None:
        if self._thread is None:
            self._ended.clear()
            self._thread = threading.Thread(target=self._run, args=(pull,), name="silent output", daemon=True)
            self._thread.start()

    def _run(self, pull: Pull) -> None:
        block = np.zeros((round(RATE * BLOCK_S), 2), np.float32)
        due = time.monotonic()
        while not self._ended.wait(max(0.0, due - time.monotonic())):
            pull(block, due)
            due += BLOCK_S

    def stop(self) -> None:
        thread, self._thread = self._thread, None
        if thread is not None:
            self._ended.set()
            if thread is not threading.current_thread():
                thread.join()

    def now(self) -> float:
        return time.monotonic()


def open_output() -> Output:
    """The system's output, or silence where there is none."""
    try:
        return SoundCard()
    except PlaybackError as error:
        log.info("No sound output: %s", error)
        return Silence()


@dataclass(frozen=True)
class Block:
    """Decoded sound, (frames, channels). It begins at ``position`` s of the recording; None marks the end."""

    position: float
    speed: float
    samples: Samples | None


@dataclass(frozen=True)
class Heard:
    """A stretch that was handed over: heard from ``at`` on by the output's clock."""

    at: float
    length_s: float
    position: float
    speed: float


class Player:
    """Plays one recording. Thread-safe; no method waits for the sound.

    ``output`` is for tests and for who has an output already; without one the system's default is opened when it is
    first needed.
    """

    def __init__(self, path: Path, duration_s: float, output: Output | None = None) -> None:
        self.path = path
        self.duration_s = duration_s
        self.error = ""
        """Why there is no sound at all, in words for the user; empty while there is."""
        self._output = output
        self._lock = threading.Condition()
        self._blocks: deque[Block] = deque()
        self._decoded_s = 0.0
        self._offset = 0
        self._heard: deque[Heard] = deque(maxlen=REMEMBERED)
        self._wanted = 0.0
        self._generation = 0
        self._playing = False
        self._speed = 1.0
        self._loop: tuple[float, float] | None = None
        self._gains: Samples = np.ones(1, np.float32)
        self._levels: Samples = np.zeros(1, np.float32)
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="playback", daemon=True)
        self._thread.start()

    # --- what the user does -----------------------------------------------------------------------------------------

    @property
    def playing(self) -> bool:
        return self._playing

    @property
    def speed(self) -> float:
        return self._speed

    @property
    def loop(self) -> tuple[float, float] | None:
        return self._loop

    @property
    def channels(self) -> int:
        """How many channels the recording has; known after the first block was decoded."""
        return len(self._levels)

    @property
    def audible(self) -> bool:
        """Whether it can be heard; taken for so until the output was opened."""
        return not self.error and (self._output is None or self._output.audible)

    def play(self) -> None:
        """Go on from where it stands, or from the beginning when it stands at the end."""
        with self._lock:
            if self._playing:
                return
            if self._loop is None and self._wanted >= self.duration_s - 0.01:
                self._restart(0.0)
            self._playing = True
            self._heard.clear()
            self._lock.notify_all()

    def pause(self) -> None:
        """Stop where what is heard is now."""
        with self._lock:
            if not self._playing:
                return
            at = self.position()
            self._playing = False
            self._restart(at)

    def seek(self, t: float) -> None:
        """Go to a second, playing or not; a loop that it lies outside of ends."""
        with self._lock:
            if self._loop is not None and not self._loop[0] <= t < self._loop[1]:
                self._loop = None
            self._restart(min(max(t, 0.0), self.duration_s))

    def set_speed(self, speed: float) -> None:
        """Play faster or slower, 0.5 to 2, at the same pitch."""
        with self._lock:
            at = self.position()
            self._speed = min(max(speed, SPEEDS[0]), SPEEDS[-1])
            self._restart(at)

    def set_loop(self, loop: tuple[float, float] | None) -> None:
        """Play a stretch again and again; None ends that. A stretch below 50 ms is none."""
        with self._lock:
            at = self.position()
            self._loop = loop if loop is not None and loop[1] - loop[0] >= 0.05 else None
            if self._loop is not None and not self._loop[0] <= at < self._loop[1]:
                at = self._loop[0]
            self._restart(at)

    def set_gain(self, channel: int, gain: float) -> None:
        """Loudness of a channel of the recording, 0 (not heard) to 2."""
        with self._lock:
            grown = np.ones(max(len(self._gains), channel + 1), np.float32)
            grown[: len(self._gains)] = self._gains
            grown[channel] = min(max(gain, 0.0), 2.0)
            self._gains = grown

    def position(self) -> float:
        """Second of the recording that is heard now."""
        with self._lock:
            if not self._playing or not self._heard or self._output is None:
                return self._wanted
            now = self._output.now()
            found = self._heard[0]
            for heard in reversed(self._heard):
                if heard.at <= now:
                    found = heard
                    break
            since = min(max(now - found.at, 0.0), found.length_s)
            return min(found.position + since * found.speed, self.duration_s)

    def levels(self) -> list[float]:
        """Peak of each channel, 0 to 1, in what was handed over last; nothing is told while it is paused."""
        return [float(level) for level in self._levels] if self._playing else [0.0] * len(self._levels)

    def close(self) -> None:
        """End the sound and the threads."""
        with self._lock:
            self._closed, self._playing = True, False
            self._lock.notify_all()
        self._thread.join()

    # --- the sound card's thread ------------------------------------------------------------------------------------

    def _pull(self, out: Samples, at: float) -> None:
        """Fill ``out`` with what comes next. Silence where nothing was decoded yet."""
        filled = 0
        out[:] = 0.0
        with self._lock:
            peaks = np.zeros_like(self._levels)
            while self._playing and filled < len(out) and self._blocks:
                block = self._blocks[0]
                if block.samples is None:
                    self._end(block.position)
                    break
                part = block.samples[self._offset : self._offset + len(out) - filled]
                start = block.position + self._offset / RATE * block.speed
                self._heard.append(Heard(at + filled / RATE, len(part) / RATE, start, block.speed))
                peaks = np.maximum(peaks, self._mix(part, out[filled : filled + len(part)]))
                filled += len(part)
                self._offset += len(part)
                self._decoded_s -= len(part) / RATE
                if self._offset >= len(block.samples):
                    self._blocks.popleft()
                    self._offset = 0
            self._levels = peaks
            self._lock.notify_all()

    def _mix(self, part: Samples, out: Samples) -> Samples:
        """Two ears from any channels: two stay apart unless only one is to be heard; returns the peaks."""
        channels = part.shape[1]
        gains = np.ones(channels, np.float32)
        known = min(channels, len(self._gains))
        gains[:known] = self._gains[:known]
        scaled = part * gains
        if channels == 2 and (gains > 0).all():
            out[:] = scaled
        else:
            out[:] = scaled.sum(axis=1, keepdims=True) / max(1, int((gains > 0).sum()))
        np.clip(out, -1.0, 1.0, out=out)
        peaks: Samples = np.abs(scaled).max(axis=0) if len(scaled) else np.zeros(channels, np.float32)
        if len(peaks) != len(self._levels):
            self._levels = np.zeros(channels, np.float32)
        return peaks

    def _end(self, position: float) -> None:
        """The end was handed over: stay there, once the last of it was heard."""
        assert self._output is not None
        if self._heard and self._output.now() < self._heard[-1].at + self._heard[-1].length_s:
            return
        self._playing = False
        self._wanted = position
        self._blocks.clear()

    # --- the decoder's thread ---------------------------------------------------------------------------------------

    def _restart(self, t: float) -> None:
        """Decode anew from a second. The lock is held."""
        self._wanted = t
        self._generation += 1
        self._blocks.clear()
        self._heard.clear()
        self._offset = 0
        self._decoded_s = 0.0
        self._lock.notify_all()

    def _work(self) -> None:
        """Open the output and the recording, then decode whenever there is room, until it is closed."""
        if self._output is None:
            self._output = open_output()
        recording = self._open()
        source: Iterator[Block] = iter(())
        generation = -1
        running = False
        while True:
            with self._lock:
                self._lock.wait_for(
                    lambda: self._closed or self._playing != running or self._has_room(generation)  # noqa: B023
                )
                if self._closed:
                    break
                playing, fresh = self._playing, self._generation != generation
                if fresh:
                    generation = self._generation
                    source = self._play_from(recording, self._wanted, self._speed, self._loop)
            if self._has_room(generation):
                try:
                    block = next(source, Block(self.duration_s, 1.0, None))
                except PlaybackError as error:
                    self.error, recording, generation = str(error), NoRecording(self.duration_s), -1
                    continue
                with self._lock:
                    if self._generation == generation:
                        self._blocks.append(block)
                        self._decoded_s += 0.0 if block.samples is None else len(block.samples) / RATE
            if playing != running:
                running = playing
                self._switch(running)
        self._output.stop()
        if isinstance(self._output, SoundCard):
            self._output.close()
        recording.close()

    def _open(self) -> Recording | NoRecording:
        """The recording, or silence of its length, so that the playhead still moves."""
        try:
            recording: Recording | NoRecording = Recording(self.path)
        except PlaybackError as error:
            self.error, recording = str(error), NoRecording(self.duration_s)
        with self._lock:
            self._levels = np.zeros(recording.channels, np.float32)
        return recording

    def _switch(self, on: bool) -> None:
        """Start or stop the output; one that does not work is replaced by silence."""
        assert self._output is not None
        try:
            if on:
                self._output.start(self._pull)
            else:
                self._output.stop()
        except PlaybackError as error:
            log.info("The sound output failed: %s", error)
            with self._lock:
                self._output = Silence()
            if on:
                self._output.start(self._pull)

    def _has_room(self, generation: int) -> bool:
        return self._generation != generation or (self._decoded_s < AHEAD_S and not self._at_end())

    def _at_end(self) -> bool:
        return bool(self._blocks) and self._blocks[-1].samples is None

    @staticmethod
    def _play_from(
        recording: Recording | NoRecording, t: float, speed: float, loop: tuple[float, float] | None
    ) -> Iterator[Block]:
        if loop is None:
            yield from recording.blocks(t, speed)
            return
        while True:
            yield from recording.blocks(t, speed, loop[1])
            t = loop[0]


class NoRecording:
    """Silence in place of a recording that cannot be read."""

    channels = 1

    def __init__(self, duration_s: float) -> None:
        self._duration_s = duration_s

    def close(self) -> None:
        pass

    def blocks(self, start: float, speed: float, stop: float = float("inf")) -> Iterator[Block]:
        """Silence from ``start`` to ``stop`` s."""
        end = min(stop, self._duration_s)
        while start < end:
            step = min(BLOCK_S * speed, end - start)
            yield Block(start, speed, np.zeros((max(1, round(step / speed * RATE)), 1), np.float32))
            start += step


class Recording:
    """The sound of a media file from any second on, exact to the sample where the container tells times."""

    def __init__(self, path: Path) -> None:
        import av
        import av.error

        self._failures = (av.error.FFmpegError, OSError, ValueError)
        try:
            self._container = av.open(str(path), options={"protocol_whitelist": "file"})
            self._stream = self._container.streams.audio[0]
            first = next(self._frames())
        except (*self._failures, IndexError, StopIteration) as error:
            msg = "The recording cannot be read, so it cannot be heard."
            raise PlaybackError(msg) from error
        self._origin = first.pts * self._stream.time_base if first.pts is not None else Fraction(0)
        self.channels = min(len(first.layout.channels), MOST_CHANNELS)
        self._layout = first.layout.name if len(first.layout.channels) <= MOST_CHANNELS else "stereo"
        if len(first.layout.channels) > MOST_CHANNELS:
            self.channels = 2

    def close(self) -> None:
        self._container.close()

    def blocks(self, start: float, speed: float, stop: float = float("inf")) -> Iterator[Block]:
        """Sound from ``start`` to ``stop`` s of the recording, at a speed. Raises PlaybackError."""
        try:
            yield from self._blocks(start, speed, stop)
        except self._failures as error:
            msg = "The recording cannot be read any further."
            raise PlaybackError(msg) from error

    def _blocks(self, start: float, speed: float, stop: float) -> Iterator[Block]:
        graph: Any = None
        pulled = 0
        base = start
        skip = 0
        for frame in self._frames_from(start):
            at = self._time_of(frame)
            if graph is None:
                if at + frame.samples / frame.sample_rate <= start:
                    continue
                graph = self._graph(frame, speed)
                base = at
                skip = max(0, round((start - base) / speed * RATE))
            if at >= stop:
                break
            frame.pts = None
            graph.push(frame)
            for samples in drained(graph):
                yield from self._cut(samples, base, pulled, skip, speed, stop)
                pulled += len(samples)
        if graph is not None:
            graph.push(None)
            for samples in drained(graph):
                yield from self._cut(samples, base, pulled, skip, speed, stop)
                pulled += len(samples)

    @staticmethod
    def _cut(samples: Samples, base: float, pulled: int, skip: int, speed: float, stop: float) -> Iterator[Block]:
        """What lies behind the start and before the stop. ``pulled`` frames came before, the first at ``base`` s."""
        first = min(max(skip - pulled, 0), len(samples))
        position = base + (pulled + first) / RATE * speed
        last = len(samples)
        if position + (last - first) / RATE * speed > stop:
            last = first + max(0, round((stop - position) / speed * RATE))
        if last > first:
            yield Block(position, speed, samples[first:last])

    def _frames_from(self, start: float) -> Iterator[Any]:
        """Frames from somewhat before a second: what a decoder needs to be exact again after a jump is decoded too."""
        time_base = self._stream.time_base
        wanted = Fraction(max(start - 0.25, 0.0)).limit_denominator(1_000_000) + self._origin
        offset = int(wanted / time_base)
        self._container.seek(offset, stream=self._stream, backward=True)
        frames = self._frames()
        first = next(frames, None)
        if first is not None and self._time_of(first) > start:
            self._container.seek(int(self._origin / time_base), stream=self._stream, backward=True)
            frames = self._frames()
            first = next(frames, None)
        if first is not None:
            yield first
            yield from frames

    def _time_of(self, frame: Any) -> float:
        return float(frame.pts * self._stream.time_base - self._origin) if frame.pts is not None else 0.0

    def _frames(self) -> Iterator[Any]:
        """Decoded frames from where the container stands; packets that cannot be decoded are passed over."""
        import av.error

        for packet in self._container.demux(self._stream):
            try:
                yield from packet.decode()
            except av.error.InvalidDataError:
                continue

    def _graph(self, frame: Any, speed: float) -> Any:
        """From the recording's frames to float32 at the output's rate, stretched without a change of pitch."""
        import av.filter

        graph = av.filter.Graph()
        chain = [
            graph.add_abuffer(
                sample_rate=frame.sample_rate,
                format=frame.format.name,
                layout=frame.layout.name,
                time_base=Fraction(1, frame.sample_rate),
            )
        ]
        if speed != 1.0:
            chain.append(graph.add("atempo", f"{speed}"))
        chain.append(graph.add("aformat", f"sample_fmts=fltp:sample_rates={RATE}:channel_layouts={self._layout}"))
        chain.append(graph.add("abuffersink"))
        graph.link_nodes(*chain).configure()
        return graph


def drained(graph: Any) -> Iterator[Samples]:
    """What a graph has ready, as arrays of shape (frames, channels)."""
    import av.error

    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield np.ascontiguousarray(frame.to_ndarray().T)
