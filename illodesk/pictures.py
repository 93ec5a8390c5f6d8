"""The picture of a recording at any second: decoded as it is wanted, in a thread, the newest wish first. No Qt here."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDEST = 640
"""px; larger pictures are made smaller while they are decoded."""

AHEAD_S = 2.0
"""A wish at most this far ahead is reached by decoding on; one further away by a jump."""


class NoPictureError(Exception):
    """The recording has no picture that can be read; ``str()`` is for the user."""


@dataclass(frozen=True)
class Picture:
    """RGB of shape (height, width, 3), shown from ``t`` s of the recording on."""

    t: float
    rgb: NDArray[np.uint8]


class PictureReader:
    """Pictures of a media file. Not thread-safe. Raises NoPictureError where there are none."""

    def __init__(self, path: Path) -> None:
        import av
        import av.error

        self._failures = (av.error.FFmpegError, OSError, ValueError)
        try:
            self._container = av.open(str(path), options={"protocol_whitelist": "file"})
        except self._failures as error:
            raise NoPictureError("The recording cannot be read, so it cannot be shown.") from error
        if not self._container.streams.video:
            self._container.close()
            raise NoPictureError("The recording has no picture.")
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self._origin = self._begin_of_sound()
        self._frames: Iterator[Any] = iter(())
        self._shown: Any = None
        self._next: Any = None

    def close(self) -> None:
        self._container.close()

    def at(self, t: float) -> Picture | None:
        """The picture that is seen at second ``t``; the first one before it begins. None where nothing is decoded."""
        try:
            self._go_to(t)
        except self._failures as error:
            raise NoPictureError("The picture cannot be read any further.") from error
        frame = self._shown or self._next
        return None if frame is None else Picture(self._time_of(frame), rgb_of(frame))

    def _go_to(self, t: float) -> None:
        at = self._time_of(self._shown) if self._shown is not None else None
        if at is None or not at <= t <= at + AHEAD_S:
            wanted = Fraction(max(t, 0.0)).limit_denominator(1_000_000) + self._origin
            self._container.seek(int(wanted / self._stream.time_base), stream=self._stream, backward=True)
            self._frames = self._decoded()
            self._shown, self._next = None, next(self._frames, None)
        while self._next is not None and self._time_of(self._next) <= t + 1e-6:
            self._shown, self._next = self._next, next(self._frames, None)

    def _decoded(self) -> Iterator[Any]:
        """Frames from where the container stands; packets that cannot be decoded are passed over."""
        import av.error

        for packet in self._container.demux(self._stream):
            try:
                yield from (frame for frame in packet.decode() if frame.pts is not None)
            except av.error.InvalidDataError:
                continue

    def _time_of(self, frame: Any) -> float:
        return float(frame.pts * self._stream.time_base - self._origin)

    def _begin_of_sound(self) -> Fraction:
        """Seconds of a recording count from its first sound."""
        sound = self._container.streams.audio
        if not sound or sound[0].start_time is None:
            return Fraction(0)
        return Fraction(sound[0].start_time * sound[0].time_base)


def rgb_of(frame: Any) -> NDArray[np.uint8]:
    """A frame as an array, at most WIDEST px wide."""
    width = min(frame.width, WIDEST)
    height = max(2, round(frame.height * width / frame.width))
    rgb: NDArray[np.uint8] = frame.reformat(width=width, height=height, format="rgb24").to_ndarray()
    return np.ascontiguousarray(rgb)


class Pictures:
    """Shows the second that was wanted last. ``show`` and ``fail`` are called in a thread of its own."""

    def __init__(self, path: Path, show: Callable[[Picture], None], fail: Callable[[str], None]) -> None:
        self._show, self._fail = show, fail
        self._changed = threading.Condition()
        self._wanted: float | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._work, args=(path,), name="pictures", daemon=True)
        self._thread.start()

    def want(self, t: float) -> None:
        """Show this second next; a wish that nobody began with yet is forgotten."""
        with self._changed:
            self._wanted = t
            self._changed.notify()

    def close(self) -> None:
        """End the thread."""
        with self._changed:
            self._closed = True
            self._changed.notify()
        self._thread.join()

    def _work(self, path: Path) -> None:
        try:
            reader = PictureReader(path)
        except NoPictureError as error:
            self._fail(str(error))
            return
        shown = -1.0
        try:
            while True:
                with self._changed:
                    self._changed.wait_for(lambda: self._closed or self._wanted is not None)
                    if self._closed:
                        break
                    t, self._wanted = self._wanted or 0.0, None
                picture = reader.at(t)
                if picture is not None and picture.t != shown:
                    shown = picture.t
                    self._show(picture)
        except NoPictureError as error:
            self._fail(str(error))
        finally:
            reader.close()
