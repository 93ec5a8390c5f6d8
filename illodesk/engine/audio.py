"""Sound out of files and out of growing byte streams, as blocks of 16 kHz float32.

A block is a float32 array of shape (samples, channels), range -1..1, finite, at :data:`SAMPLE_RATE`. The channel count
of the source is kept. Both doors share one decoding loop: they skip packets that cannot be decoded, count them, and go
on; a file that breaks off gives the sound up to the break and a warning. All failures are :class:`MediaError`.
"""

from __future__ import annotations

import io
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import av
import av.error
import numpy as np
from av.stream import Disposition
from numpy.typing import NDArray

from illodesk.schema import MediaInfo

SAMPLE_RATE = 16_000
"""Hz; the one sample rate inside the engine."""

Samples = NDArray[np.float32]

# Only containers that carry their own sound: playlists, scripts and image sequences (hls, concat, dash, sdp, …) could
# make an uploaded file read other files or the network.
_CONTAINERS = (
    "aac,ac3,ac4,aiff,amr,amrnb,amrwb,ape,asf,asf_o,au,avi,bonk,caf,dsf,dss,dts,dtshd,dv,eac3,flac,flv,g722,g729,gsm,"
    "gxf,hcom,iff,ircam,ivr,kux,lc3,loas,live_flv,matroska,webm,mlp,mmf,mov,mp4,m4a,3gp,3g2,mj2,mp3,mpc,mpc8,mpeg,"
    "mpegts,mpegvideo,mxf,nistsphere,nsv,nut,nuv,ogg,oma,osq,pva,qcp,rm,rso,sbc,shn,sln,smjpeg,sox,spdif,swf,tak,"
    "truehd,tta,ty,vividas,voc,w64,wav,wavarc,wsd,wtv,wv,wve,xwma"
)
_OPTIONS = {"format_whitelist": _CONTAINERS, "protocol_whitelist": "file"}
# Containers without a stated length: ffmpeg guesses it from the bit rate, so it says nothing about a cut.
_LENGTH_GUESSED = frozenset({"aac", "ac3", "ac4", "amr", "amrnb", "amrwb", "dts", "eac3", "g722", "gsm", "loas", "mlp"})
_PACKED = {"u8": "s16", "s16": "s16", "s32": "s32"}  # sample formats that hold every value of another one exactly
_MAX_READ_ERRORS = 64  # consecutive failures to read on: the container goes nowhere any more
_MAX_BAD_PACKETS = 20_000  # consecutive packets without sound: about seven minutes of AAC; a loop, not a scratch
_STREAM_READ_BYTES = 1024  # small reads keep a 24 kbit/s stream within a third of a second of its sender
_STREAM_PROBE_BYTES = 16_384  # what may be looked at before the first block: half a second of plain 16 kHz sound
_HEAD_BYTES = 4096  # kept of a stream, to look up what its header promised
_READABLE_PLANES = 8  # PyAV 18 crashes the process when it shows more planes than this as an array
_LOWEST_RATE = 1000  # Hz; of sound at 1 Hz a kilobyte becomes 64 MB at 16 kHz
_PATIENCE_S = 30.0  # a decoding thread that takes no byte for so long is stuck

_FAILURES = (av.error.FFmpegError, ValueError, MemoryError)


class MediaError(Exception):
    """Sound could not be had. ``str()`` is for users; ``code`` is one of the five below.

    NOT_FOUND, EMPTY_FILE, NO_AUDIO (readable, but without sound), UNREADABLE_MEDIA or TOO_LONG.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _no_audio() -> MediaError:
    return MediaError("NO_AUDIO", "There is no sound in this file.")


def _unreadable() -> MediaError:
    return MediaError("UNREADABLE_MEDIA", "This file is damaged or of a kind that cannot be read.")


def _unreadable_stream() -> MediaError:
    return MediaError(
        "UNREADABLE_MEDIA", "This stream is damaged, or of a kind that can only be read from a whole file."
    )


def _empty() -> MediaError:
    return MediaError("EMPTY_FILE", "This file is empty.")


def _spoken_length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{seconds:.1f} s"


def _open_file(path: Path) -> Any:
    """Open a container for reading; errors of PyAV pass through."""
    return av.open(str(path), options=_OPTIONS, metadata_errors="ignore")


def _open_stream(file: Any) -> Any:
    """The same on a file-like object that cannot seek."""
    options = {**_OPTIONS, "probesize": str(_STREAM_PROBE_BYTES)}
    return av.open(file, options=options, metadata_errors="ignore", buffer_size=_STREAM_READ_BYTES)


class _Resampler:
    """Frames of any format and rate to float32 arrays (samples, channels) at 16 kHz with a constant channel count.

    When the parameters change inside the stream, what is still inside the filter is let out and a new one starts;
    another channel count is brought to the first one by way of the mean.
    """

    def __init__(self) -> None:
        self._filter: Any = None
        self._parameters: tuple[str, str, int] | None = None
        self._channels = 0

    def push(self, frame: Any) -> Iterator[Samples]:
        parameters = (frame.format.name, frame.layout.name, frame.sample_rate)
        if parameters != self._parameters:
            yield from self.flush()
            self._filter = av.AudioResampler(format="flt", layout=frame.layout, rate=SAMPLE_RATE)
            self._parameters = parameters
        yield from self._run(_finite(frame))

    def flush(self) -> Iterator[Samples]:
        if self._filter is not None:
            yield from self._run(None)
        self._filter = self._parameters = None

    def _run(self, frame: Any) -> Iterator[Samples]:
        for out in self._filter.resample(frame):
            sound: Samples = out.to_ndarray().reshape(-1, out.layout.nb_channels)
            self._channels = self._channels or sound.shape[1]
            if sound.shape[1] != self._channels:
                sound = np.repeat(sound.mean(axis=1, keepdims=True), self._channels, axis=1)
            yield np.clip(np.nan_to_num(sound, nan=0.0), -1.0, 1.0)


def _finite(frame: Any) -> Any:
    """The frame without time stamps (samples follow each other), and without NaN and infinities before filtering."""
    frame.pts = None
    if not frame.format.name.startswith(("flt", "dbl")):
        return frame
    if frame.format.is_planar and frame.layout.nb_channels > _READABLE_PLANES:
        return frame
    samples = frame.to_ndarray()
    if np.isfinite(samples).all():
        return frame
    samples = np.nan_to_num(samples, nan=0.0, posinf=1.0, neginf=-1.0)
    clean = av.AudioFrame.from_ndarray(samples, format=frame.format.name, layout=frame.layout.name)
    clean.sample_rate = frame.sample_rate
    return clean


class _Decoding:
    """One pass over one sound stream of a container: iterate for float32 arrays (samples, channels).

    ``skipped`` counts pieces that could not be read, ``samples`` what came out, ``rate`` and ``channels`` describe the
    first frame (0 before it).
    """

    def __init__(self, container: Any, stream: Any) -> None:
        self._container = container
        self._stream = stream
        self.codec: str = stream.codec_context.name
        self.skipped = 0
        self.samples = 0
        self.rate = 0
        self.channels = 0

    def __iter__(self) -> Iterator[Samples]:
        resampler = _Resampler()
        for frame in self.frames():
            if not self.rate:
                self.rate, self.channels = frame.sample_rate, frame.layout.nb_channels
            for sound in resampler.push(frame):
                self.samples += len(sound)
                yield sound
        for sound in resampler.flush():
            self.samples += len(sound)
            yield sound

    def frames(self) -> Iterator[Any]:
        """Decoded frames as they are; pieces that cannot be decoded are counted and left out."""
        barren = 0
        for packet in self._packets():
            try:
                frames = [frame for frame in packet.decode() if frame.samples and frame.sample_rate >= _LOWEST_RATE]
            except EOFError:
                continue  # the decoder had been emptied already
            except _FAILURES:
                frames = []
                self.skipped += 1
            barren = 0 if frames else barren + 1
            yield from frames
            if barren > _MAX_BAD_PACKETS:
                return

    def _packets(self) -> Iterator[Any]:
        """Packets of the stream, the last one empty to let the decoder's rest out; read errors are stepped over."""
        errors = 0
        while True:
            try:
                for packet in self._container.demux(self._stream):
                    errors = 0
                    yield packet
                return
            except EOFError:
                return
            except _FAILURES:
                self.skipped += 1
                errors += 1
                if errors > _MAX_READ_ERRORS:
                    return


def _describe(info: MediaInfo, container: Any, decoding: _Decoding) -> None:
    """Fill in what the container and the first frame say."""
    info.container = container.format.name
    info.codec = decoding.codec
    info.channels, info.sample_rate = decoding.channels, decoding.rate
    info.has_video = any(
        video.codec_context is not None and not video.disposition & Disposition.attached_pic
        for video in container.streams.video
    )


def _header_seconds(container: Any, stream: Any) -> float:
    """Length that the header promises in seconds, 0 where it says nothing."""
    if stream.duration is not None and stream.time_base is not None:
        return float(max(0, stream.duration) * stream.time_base)
    return float(max(0, container.duration or 0)) / float(av.time_base)


def _riff_seconds(file: BinaryIO) -> float:
    """Length that a WAV header promises in seconds; 0 for other files and for WAV written to a pipe.

    ffmpeg quietly corrects the data size to what is there, so a cut can be seen only here.
    """
    head = file.read(12)
    if head[:4] != b"RIFF" or head[8:] != b"WAVE":
        return 0.0
    bytes_per_second = 0
    for _ in range(64):
        chunk = file.read(8)
        if len(chunk) < 8:
            break
        name, size = struct.unpack("<4sI", chunk)
        if name == b"fmt ":
            bytes_per_second = struct.unpack("<8xI", file.read(12))[0] if size >= 12 else 0
            size -= 12
        elif name == b"data":
            known = 0 < size < 0x7FFF0000
            return size / bytes_per_second if known and bytes_per_second else 0.0
        file.seek(size + size % 2, 1)
    return 0.0


def _damage_warnings(info: MediaInfo, decoding: _Decoding, promised_s: float) -> list[str]:
    """What the user should know after the last block. ``promised_s`` is the length in the header, 0 if unknown."""
    warnings = []
    heard = decoding.samples / SAMPLE_RATE
    if info.container not in _LENGTH_GUESSED and heard < 0.9 * promised_s and promised_s - heard > 0.5:
        warnings.append(
            f"The file seems to be cut off: it says that it lasts {_spoken_length(promised_s)}, "
            f"but only {_spoken_length(heard)} of sound could be read."
        )
    if decoding.skipped == 1:
        warnings.append("1 damaged piece of the sound could not be read and was skipped.")
    elif decoding.skipped:
        warnings.append(f"{decoding.skipped} damaged pieces of the sound could not be read and were skipped.")
    return warnings


class _Blocks:
    """Cuts arrays of any length into blocks of ``size`` samples; the last may be shorter."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._parts: list[Samples] = []
        self._held = 0

    def push(self, sound: Samples) -> Iterator[Samples]:
        self._parts.append(sound)
        self._held += len(sound)
        if self._held >= self._size:
            whole = np.concatenate(self._parts)
            full = len(whole) // self._size * self._size
            self._parts, self._held = [whole[full:]], len(whole) - full
            for at in range(0, full, self._size):
                yield np.ascontiguousarray(whole[at : at + self._size])

    def flush(self) -> Iterator[Samples]:
        if self._held:
            yield np.ascontiguousarray(np.concatenate(self._parts))
        self._parts, self._held = [], 0


class FileReader:
    """A sound or film file as blocks of ``block_s`` seconds; may be iterated again from the start.

    ``info.duration_s`` is the header's word until the last block, the decoded length afterwards; ``info.warnings``
    grows while reading. Memory does not depend on the length. Raises :class:`MediaError`.
    """

    def __init__(self, path: Path | str, block_s: float = 0.5) -> None:
        self._path = Path(path).absolute()
        self._block = max(1, round(block_s * SAMPLE_RATE))
        self.info = MediaInfo(name=self._path.name)
        self._stream = 0
        self._promised_s = 0.0
        self._check()
        self._probe()

    def _check(self) -> None:
        try:
            if not self._path.exists():
                raise MediaError("NOT_FOUND", f"There is no file '{self._path.name}'.")
            if not self._path.is_file():
                raise _unreadable()
            if self._path.stat().st_size == 0:
                raise _empty()
        except OSError as error:
            raise _unreadable() from error

    def _probe(self) -> None:
        """Find the first stream that really gives sound, and describe it."""
        damaged = False
        promised = 0.0
        try:
            with _open_file(self._path) as container:
                streams = len(container.streams.audio)
            for index in range(streams):
                with _open_file(self._path) as container:
                    stream = container.streams.audio[index]
                    if stream.codec_context is None:
                        continue
                    promised = _header_seconds(container, stream)
                    decoding = _Decoding(container, stream)
                    if next(iter(decoding), None) is not None:
                        self._stream = index
                        self._promised_s = self._promise(promised)
                        _describe(self.info, container, decoding)
                        self.info.duration_s = promised
                        return
                    damaged = damaged or decoding.skipped > 0 or promised > 0
        except _FAILURES as error:
            raise _unreadable() from error
        raise _unreadable() if damaged else _no_audio()

    def _promise(self, header_s: float) -> float:
        with self._path.open("rb") as file:
            return max(header_s, _riff_seconds(file))

    def __iter__(self) -> Iterator[Samples]:
        self.info.warnings.clear()
        blocks = _Blocks(self._block)
        try:
            with _open_file(self._path) as container:
                decoding = _Decoding(container, container.streams.audio[self._stream])
                for sound in decoding:
                    yield from blocks.push(sound)
                yield from blocks.flush()
        except _FAILURES as error:
            raise _unreadable() from error
        self.info.duration_s = decoding.samples / SAMPLE_RATE
        self.info.warnings.extend(_damage_warnings(self.info, decoding, self._promised_s))

    def native(self) -> Iterator[NDArray[Any]]:
        """The same sound before it is resampled: arrays (samples, channels) at ``info.sample_rate``.

        Whole numbers stay so (int16, or int32 with the value in the upper bits); what is longer becomes float32.
        Raises :class:`MediaError`.
        """
        try:
            with _open_file(self._path) as container:
                decoding = _Decoding(container, container.streams.audio[self._stream])
                yield from _unchanged(decoding.frames())
        except _FAILURES as error:
            raise _unreadable() from error


def _unchanged(frames: Iterator[Any]) -> Iterator[NDArray[Any]]:
    """Frames as arrays in the format, rate and channels of the first one."""
    wanted = parameters = None
    converter: Any = None
    for frame in frames:
        if wanted is None:
            wanted = (_PACKED.get(frame.format.name.removesuffix("p"), "flt"), frame.layout, frame.sample_rate)
        if parameters != (frame.format.name, frame.layout.name, frame.sample_rate):
            parameters = (frame.format.name, frame.layout.name, frame.sample_rate)
            converter = av.AudioResampler(*wanted)
        for out in converter.resample(_finite(frame)):
            yield out.to_ndarray().reshape(-1, out.layout.nb_channels)


class _GrowingFile:
    """The reading end of a byte stream: ``read`` blocks until all it asks for is there, or the end is known.

    Reads are therefore the same whatever pieces the bytes come in, and so is what is decoded from them.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.head = b""
        self._bytes = bytearray()
        self._change = threading.Condition()
        self._ended = False
        self._waiting = False
        self._gone = False
        self._taken = self._seen = 0  # bytes read, now and when last looked at by who waits

    def append(self, data: bytes) -> None:
        with self._change:
            if self._gone:
                return
            self._bytes += data
            self.head += data[: _HEAD_BYTES - len(self.head)]
            self._waiting = False
            self._change.notify_all()

    def end(self, discard: bool = False) -> None:
        """No more bytes will come; ``discard`` also drops those not read yet."""
        with self._change:
            if discard:
                self._bytes.clear()
            self._ended = True
            self._waiting = self._gone
            self._change.notify_all()

    def read(self, size: int) -> bytes:
        with self._change:
            while len(self._bytes) < size and not self._ended:
                self._waiting = True
                self._change.notify_all()
                self._change.wait()
            data = bytes(self._bytes[:size])
            del self._bytes[:size]
            self._taken += len(data)
            return data

    def reader_gone(self) -> None:
        """Nobody will read any more; wakes who waits in :meth:`wait_until_used`."""
        with self._change:
            self._gone = self._waiting = True
            self._bytes.clear()
            self._change.notify_all()

    def wait_until_used(self) -> bool:
        """Wait until the reader has used all it can and asks for more, or is gone; False when it got stuck."""
        with self._change:
            while not self._change.wait_for(lambda: self._waiting, _PATIENCE_S):
                if self._taken == self._seen:
                    return False
                self._seen = self._taken
            return True


class StreamDecoder:
    """Sound out of bytes that are still coming: WAV, MP3, Ogg, ADTS, fragmented MP4, WebM, FLAC, …

    ``feed(bytes)`` gives the blocks that are complete by now, ``finish()`` the rest; together they are the same sound
    for any slicing of the same bytes. A stream that breaks off after some sound ends with a warning in ``info``, like a
    file; one without any sound raises :class:`MediaError`. ``hint_suffix`` (as ``".mp3"``) helps to tell the container.
    A thread decodes, but only while ``feed`` or ``finish`` waits for it. Always call ``finish()`` or ``close()``.
    """

    def __init__(self, hint_suffix: str = "", block_s: float = 0.5) -> None:
        self.info = MediaInfo()
        self._file = _GrowingFile("stream" + hint_suffix)
        self._blocks = _Blocks(max(1, round(block_s * SAMPLE_RATE)))
        self._ready: list[Samples] = []
        self._fed = False
        self._error: MediaError | None = None
        self._thread = threading.Thread(target=self._decode, name="stream decoder", daemon=True)
        self._thread.start()

    def feed(self, data: bytes) -> list[Samples]:
        """Take the next bytes; give the blocks of sound that are complete by now. Raises :class:`MediaError`."""
        if data:
            self._fed = True
            self._file.append(data)
            self._file.wait_until_used()
        return self._take()

    def finish(self) -> list[Samples]:
        """The bytes are at their end: give the rest of the sound. Raises :class:`MediaError`."""
        self._file.end()
        done = self._file.wait_until_used()
        if not self._fed:
            raise _empty()
        if not done:
            raise _unreadable_stream()
        return self._take()

    def close(self) -> None:
        """Stop at once and forget what was not handed out; may be called at any time, also after ``finish``."""
        self._file.end(discard=True)
        if self._file.wait_until_used():
            self._thread.join()
        self._ready, self._error = [], None

    def _take(self) -> list[Samples]:
        ready, self._ready = self._ready, []
        if self._error is not None and not ready:
            raise self._error
        return ready

    def _decode(self) -> None:
        try:
            self._run()
        except MediaError as error:
            self._error = error
        except Exception as error:  # the end of a thread: who feeds it must hear of whatever happened
            self._error = _unreadable_stream()
            self._error.__cause__ = error
        finally:
            self._file.reader_gone()

    def _run(self) -> None:
        with _open_stream(self._file) as container:
            streams = [stream for stream in container.streams.audio if stream.codec_context is not None]
            if not streams:
                raise _no_audio()
            promised = _header_seconds(container, streams[0])
            decoding = _Decoding(container, streams[0])
            for sound in decoding:
                if not self.info.container:
                    _describe(self.info, container, decoding)
                self._ready.extend(self._blocks.push(sound))
            self._ready.extend(self._blocks.flush())
        if not decoding.samples:
            raise _unreadable_stream() if decoding.skipped or promised else _no_audio()
        self.info.duration_s = decoding.samples / SAMPLE_RATE
        promised = max(promised, _riff_seconds(io.BytesIO(self._file.head)))
        self.info.warnings.extend(_damage_warnings(self.info, decoding, promised))
