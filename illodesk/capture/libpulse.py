"""The client library of PulseAudio, which PipeWire serves too, through ctypes: sources by name, and streams from them.

A stream is tied to its device (DONT_MOVE) and ends with it. With parec and with soundcard the server moved it to the
microphone when the recorded sink went (measured with PulseAudio 16.1): one's own voice in the channel of the far side.
Layouts are those of pulse/introspect.h, which are stable since 1.0.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import time
from collections.abc import Callable
from ctypes import POINTER, byref, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_void_p
from typing import Any, NamedTuple

INVALID_INDEX = 0xFFFFFFFF
CONNECT_S = 3.0

_CONTEXT_READY, _CONTEXT_FAILED = 4, 5
_STREAM_READY, _STREAM_FAILED = 2, 3
_NO_AUTOSPAWN = 0x1
_S16LE = 3
_DONT_MOVE, _ADJUST_LATENCY = 0x200, 0x2000


class PulseError(Exception):
    """The sound server is not there, does not answer, or refuses."""


class _SampleSpec(ctypes.Structure):
    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class _ChannelMap(ctypes.Structure):
    _fields_ = (("channels", c_uint8), ("map", c_int * 32))


class _Volume(ctypes.Structure):
    _fields_ = (("channels", c_uint8), ("values", c_uint32 * 32))


class _BufferAttr(ctypes.Structure):
    _fields_ = tuple((name, c_uint32) for name in ("maxlength", "tlength", "prebuf", "minreq", "fragsize"))


class _SourceInfo(ctypes.Structure):
    """The beginning of pa_source_info."""

    _fields_ = (
        ("name", c_char_p),
        ("index", c_uint32),
        ("description", c_char_p),
        ("sample_spec", _SampleSpec),
        ("channel_map", _ChannelMap),
        ("owner_module", c_uint32),
        ("volume", _Volume),
        ("mute", c_int),
        ("monitor_of_sink", c_uint32),
    )


class _ServerInfo(ctypes.Structure):
    """The beginning of pa_server_info."""

    _fields_ = (
        ("user_name", c_char_p),
        ("host_name", c_char_p),
        ("server_version", c_char_p),
        ("server_name", c_char_p),
        ("sample_spec", _SampleSpec),
        ("default_sink_name", c_char_p),
        ("default_source_name", c_char_p),
    )


_SOURCE_CALLBACK = ctypes.CFUNCTYPE(None, c_void_p, POINTER(_SourceInfo), c_int, c_void_p)
_SERVER_CALLBACK = ctypes.CFUNCTYPE(None, c_void_p, POINTER(_ServerInfo), c_void_p)
_READ_CALLBACK = ctypes.CFUNCTYPE(None, c_void_p, c_size_t, c_void_p)


class PulseSourceInfo(NamedTuple):
    """A source of the server; ``monitor`` is one that hears what a sink plays."""

    name: str
    description: str
    rate: int
    channels: int
    monitor: bool


class Defaults(NamedTuple):
    """Names of what the server takes where nothing is named."""

    source: str
    monitor: str


def _library() -> Any:
    """Load libpulse and declare what is called. Raises PulseError."""
    name = ctypes.util.find_library("pulse") or "libpulse.so.0"
    try:
        lib = ctypes.CDLL(name)
    except OSError as error:
        msg = "The client library of PulseAudio (libpulse0) is not installed."
        raise PulseError(msg) from error
    pointers = (
        "threaded_mainloop_new threaded_mainloop_get_api context_new stream_new context_get_source_info_list "
        "context_get_server_info strerror"
    )
    for function in pointers.split():
        getattr(lib, f"pa_{function}").restype = c_void_p
    lib.pa_strerror.restype = c_char_p
    for function in (
        "threaded_mainloop_get_api threaded_mainloop_start threaded_mainloop_stop threaded_mainloop_free "
        "threaded_mainloop_lock threaded_mainloop_unlock context_get_state context_disconnect context_unref "
        "context_errno stream_get_state stream_disconnect stream_unref stream_drop operation_unref"
    ).split():
        getattr(lib, f"pa_{function}").argtypes = [c_void_p]
    lib.pa_context_new.argtypes = [c_void_p, c_char_p]
    lib.pa_context_connect.argtypes = [c_void_p, c_char_p, c_int, c_void_p]
    lib.pa_context_get_source_info_list.argtypes = [c_void_p, _SOURCE_CALLBACK, c_void_p]
    lib.pa_context_get_server_info.argtypes = [c_void_p, _SERVER_CALLBACK, c_void_p]
    lib.pa_stream_new.argtypes = [c_void_p, c_char_p, POINTER(_SampleSpec), c_void_p]
    lib.pa_stream_set_read_callback.argtypes = [c_void_p, _READ_CALLBACK, c_void_p]
    lib.pa_stream_connect_record.argtypes = [c_void_p, c_char_p, POINTER(_BufferAttr), c_int]
    lib.pa_stream_peek.argtypes = [c_void_p, POINTER(c_void_p), POINTER(c_size_t)]
    return lib


class PulseConnection:
    """A connection with a thread of its own, in which everything of the library runs."""

    def __init__(self, timeout: float = CONNECT_S) -> None:
        """Connect. Raises PulseError when there is no server, or none that answers in time."""
        self._lib = _library()
        self._streams: list[PulseStream] = []
        self._callbacks: list[Any] = []
        self._server_callback = _SERVER_CALLBACK(self._on_server)
        self._defaults: Defaults | None = None
        self._loop = self._lib.pa_threaded_mainloop_new()
        self._context = self._lib.pa_context_new(self._lib.pa_threaded_mainloop_get_api(self._loop), b"IlloDesk")
        refused = self._lib.pa_context_connect(self._context, None, _NO_AUTOSPAWN, None) < 0
        self._lib.pa_threaded_mainloop_start(self._loop)
        try:
            if refused:
                msg = "There is no sound server (PulseAudio or PipeWire)."
                raise PulseError(msg)
            self._wait(lambda: self._lib.pa_context_get_state(self._context), _CONTEXT_READY, _CONTEXT_FAILED, timeout)
        except PulseError:
            self.close()
            raise

    @property
    def alive(self) -> bool:
        """Whether the server is there. One that hangs counts as there."""
        with self:
            return bool(self._lib.pa_context_get_state(self._context) == _CONTEXT_READY)

    def __enter__(self) -> PulseConnection:
        """Hold the library's lock."""
        self._lib.pa_threaded_mainloop_lock(self._loop)
        return self

    def __exit__(self, *_: object) -> None:
        self._lib.pa_threaded_mainloop_unlock(self._loop)

    def sources(self) -> list[PulseSourceInfo]:
        """All sources, monitors among them. Raises PulseError."""
        found: list[PulseSourceInfo] = []
        done: list[int] = []

        def on_source(_context: int, info: Any, end: int, _data: int) -> None:
            if end:
                done.append(end)
                return
            source = info.contents
            found.append(
                PulseSourceInfo(
                    _text(source.name),
                    _text(source.description) or _text(source.name),
                    source.sample_spec.rate,
                    source.sample_spec.channels,
                    source.monitor_of_sink != INVALID_INDEX,
                )
            )

        callback = _SOURCE_CALLBACK(on_source)
        self._callbacks.append(callback)
        with self:
            self._release(self._lib.pa_context_get_source_info_list(self._context, callback, None))
        self._wait(lambda: len(done), 1, -1, CONNECT_S)
        return found

    def defaults(self) -> Defaults:
        """Ask for the default devices. Raises PulseError."""
        self._defaults = None
        self.ask_defaults()
        self._wait(lambda: self.known_defaults is not None, True, -1, CONNECT_S)
        return self.known_defaults or Defaults("", "")

    def ask_defaults(self) -> None:
        """Have ``known_defaults`` renewed soon; does not wait."""
        with self:
            self._release(self._lib.pa_context_get_server_info(self._context, self._server_callback, None))

    @property
    def known_defaults(self) -> Defaults | None:
        """The latest answer to ``ask_defaults``."""
        return self._defaults

    def _on_server(self, _context: int, info: Any, _data: int) -> None:
        if info:
            sink = _text(info.contents.default_sink_name)
            self._defaults = Defaults(_text(info.contents.default_source_name), f"{sink}.monitor" if sink else "")

    def _release(self, operation: int | None) -> None:
        if operation:
            self._lib.pa_operation_unref(operation)

    def _wait(self, state: Callable[[], int], good: int, bad: int, timeout: float) -> None:
        end = time.monotonic() + timeout
        while True:
            with self:
                now = state()
            if now == good:
                return
            if now >= bad > 0:
                with self:
                    reason = self._lib.pa_strerror(self._lib.pa_context_errno(self._context)).decode()
                msg = f"The sound server refuses: {reason}."
                raise PulseError(msg)
            if time.monotonic() > end:
                msg = "The sound server does not answer."
                raise PulseError(msg)
            time.sleep(0.005)

    def record(self, device: str, rate: int, piece_s: float, on_piece: PieceCallback) -> PulseStream:
        """Begin to record one mono channel from a source. Raises PulseError."""
        stream = PulseStream(self, self._lib, self._context, rate, on_piece)
        self._streams.append(stream)
        stream.connect(device, piece_s)
        self._wait(stream.state, _STREAM_READY, _STREAM_FAILED, CONNECT_S)
        return stream

    def close(self) -> None:
        """Disconnect, and end the thread."""
        with self:
            for stream in self._streams:
                stream.disconnect()
            self._lib.pa_context_disconnect(self._context)
        self._lib.pa_threaded_mainloop_stop(self._loop)
        for stream in self._streams:
            stream.free()
        self._lib.pa_context_unref(self._context)
        self._lib.pa_threaded_mainloop_free(self._loop)


PieceCallback = Callable[[memoryview | None, int, float], None]
"""Called in the library's thread: samples (None for a hole), their bytes, when they arrived (monotonic s)."""


class PulseStream:
    """A record stream that stays with its device and ends when that goes."""

    def __init__(self, connection: PulseConnection, lib: Any, context: int, rate: int, on_piece: PieceCallback) -> None:
        self._connection = connection
        self._lib = lib
        self._rate = rate
        self._on_piece = on_piece
        self._callback = _READ_CALLBACK(self._on_readable)
        self._data, self._bytes = c_void_p(), c_size_t()
        spec = _SampleSpec(_S16LE, rate, 1)
        with connection:
            self._stream = lib.pa_stream_new(context, b"Recording", byref(spec), None)
            lib.pa_stream_set_read_callback(self._stream, self._callback, None)

    def connect(self, device: str, piece_s: float) -> None:
        """Ask the server to begin."""
        most = 0xFFFFFFFF
        attributes = _BufferAttr(most, most, most, most, round(piece_s * self._rate) * 2)
        flags = _DONT_MOVE | _ADJUST_LATENCY
        with self._connection:
            if self._lib.pa_stream_connect_record(self._stream, device.encode(), byref(attributes), flags) < 0:
                msg = f"The sound server does not open {device}."
                raise PulseError(msg)

    def state(self) -> int:
        """pa_stream_state_t; called with the lock held."""
        return int(self._lib.pa_stream_get_state(self._stream))

    @property
    def alive(self) -> bool:
        """Whether the device is there and the stream runs."""
        with self._connection:
            return self.state() == _STREAM_READY

    def _on_readable(self, stream: int, _bytes: int, _data: int) -> None:
        while True:
            if self._lib.pa_stream_peek(stream, byref(self._data), byref(self._bytes)) < 0 or not self._bytes.value:
                return
            size = self._bytes.value
            arrived = time.monotonic()
            piece = memoryview((ctypes.c_char * size).from_address(self._data.value)) if self._data.value else None
            self._on_piece(piece, size, arrived)
            self._lib.pa_stream_drop(stream)

    def disconnect(self) -> None:
        """End the stream; called with the lock held."""
        self._lib.pa_stream_set_read_callback(self._stream, _READ_CALLBACK(), None)
        self._lib.pa_stream_disconnect(self._stream)

    def free(self) -> None:
        """Let go of the stream, after the library's thread has ended."""
        self._lib.pa_stream_unref(self._stream)


def _text(data: bytes | None) -> str:
    return data.decode(errors="replace") if data else ""
