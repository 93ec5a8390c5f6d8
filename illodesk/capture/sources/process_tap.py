"""What macOS plays, by a Core Audio process tap (macOS 14.4 and later), through ctypes."""

from __future__ import annotations

import ctypes
import plistlib
import time
from ctypes import POINTER, byref, c_char_p, c_double, c_int32, c_uint32, c_void_p
from typing import Any

import numpy as np

from illodesk.capture.sources.base import SAMPLE_RATE, Block, SourceError
from illodesk.capture.sources.placing import Placer
from illodesk.capture.sources.ring import Ring

_SYSTEM_OBJECT = 1
_UTF8 = 0x08000100
_LARGEST_PIECE = 1 << 14
_AGGREGATE_UID = "org.illodesk.tap"


class _Address(ctypes.Structure):
    _fields_ = (("selector", c_uint32), ("scope", c_uint32), ("element", c_uint32))


class _Format(ctypes.Structure):
    """AudioStreamBasicDescription."""

    _fields_ = (
        ("rate", c_double),
        *((name, c_uint32) for name in "id flags packet_bytes packet_frames frame_bytes channels bits spare".split()),
    )


class _Buffer(ctypes.Structure):
    _fields_ = (("channels", c_uint32), ("bytes", c_uint32), ("data", c_void_p))


class _BufferList(ctypes.Structure):
    """AudioBufferList of a mono tap: one buffer."""

    _fields_ = (("count", c_uint32), ("first", _Buffer))


_IO_PROC = ctypes.CFUNCTYPE(c_int32, c_uint32, c_void_p, POINTER(_BufferList), c_void_p, c_void_p, c_void_p, c_void_p)


def _code(name: str) -> int:
    return int.from_bytes(name.encode(), "big")


class ProcessTapSource:
    """Everything that all programs play, mixed to mono; the user is asked for permission once.

    Written from Apple's headers (AudioHardwareTapping.h, CATapDescription.h, AudioHardware.h). **Not run on macOS**;
    on macOS before 14.4, and where permission is refused, ``start`` raises. The app needs
    NSAudioCaptureUsageDescription.
    """

    finished = False
    idles = False
    name = "What this Mac plays"

    def __init__(self) -> None:
        self._tap = c_uint32()
        self._aggregate = c_uint32()
        self._proc = c_void_p()
        self._callback = _IO_PROC(self._on_piece)
        self._audio: Any = None
        self._floats = np.zeros(_LARGEST_PIECE, np.float32)
        self._samples = np.zeros(_LARGEST_PIECE, np.int16)
        self._bytes = self._samples.data.cast("B")
        self._rate = SAMPLE_RATE
        self.trouble = ""

    def start(self, origin: float) -> None:
        """Make the tap and a private device around it, and begin. Raises SourceError."""
        try:
            frameworks = "/System/Library/Frameworks"
            self._audio = ctypes.CDLL(f"{frameworks}/CoreAudio.framework/CoreAudio")
            self._core = ctypes.CDLL(f"{frameworks}/CoreFoundation.framework/CoreFoundation")
            self._objc = ctypes.CDLL("/usr/lib/libobjc.A.dylib")
            create = self._audio.AudioHardwareCreateProcessTap
        except (OSError, AttributeError) as error:
            msg = "Recording what the system plays needs macOS 14.4 or later."
            raise SourceError(msg) from error
        self._core.CFDataCreate.restype = c_void_p
        self._core.CFPropertyListCreateWithData.restype = c_void_p
        try:
            description, uid = self._describe()
            self._check(create(description, byref(self._tap)), "The tap")
            form = _Format()
            self._get(self._tap.value, "tfmt", form)
            self._rate = round(form.rate)
            self._ring = Ring(self._rate)
            self._placer = Placer(self._rate, origin)
            self._make_device(uid)
            device = self._aggregate
            self._check(
                self._audio.AudioDeviceCreateIOProcID(device, self._callback, None, byref(self._proc)), "The device"
            )
            self._check(self._audio.AudioDeviceStart(device, self._proc), "The device")
        except SourceError:
            self.close()
            raise

    def _send(self, target: int, message: str, *arguments: int) -> int:
        """Send an Objective-C message whose arguments and result are objects."""
        self._objc.sel_registerName.restype = c_void_p
        types = [c_void_p] * (2 + len(arguments))
        send = ctypes.CFUNCTYPE(c_void_p, *types)(("objc_msgSend", self._objc))
        return send(target, self._objc.sel_registerName(message.encode()), *arguments) or 0

    def _class(self, name: str) -> int:
        self._objc.objc_getClass.restype = c_void_p
        return self._objc.objc_getClass(name.encode()) or 0

    def _describe(self) -> tuple[c_void_p, str]:
        """A description of a tap on every process, and its unique id."""
        ctypes.CDLL("/System/Library/Frameworks/Foundation.framework/Foundation")
        nobody = self._send(self._class("NSArray"), "array")
        fresh = self._send(self._class("CATapDescription"), "alloc")
        description = self._send(fresh, "initMonoGlobalTapButExcludeProcesses:", nobody)
        if not description:
            msg = "Recording what the system plays needs macOS 14.4 or later."
            raise SourceError(msg)
        text = self._send(self._send(description, "UUID"), "UUIDString")
        return c_void_p(description), ctypes.string_at(self._send(text, "UTF8String")).decode()

    def _make_device(self, tap_uid: str) -> None:
        """A private aggregate device of the default output and the tap."""
        output = c_uint32()
        self._get(_SYSTEM_OBJECT, "dOut", output)
        name = c_void_p()
        self._get(output.value, "uid ", name)
        text = ctypes.create_string_buffer(512)
        self._core.CFStringGetCString(name, text, len(text), _UTF8)
        output_uid = text.value.decode()
        plist = plistlib.dumps(
            {
                "uid": f"{_AGGREGATE_UID}.{tap_uid}",
                "name": "IlloDesk",
                "private": 1,
                "stacked": 0,
                "tapautostart": 1,
                "master": output_uid,
                "subdevices": [{"uid": output_uid}],
                "taps": [{"uid": tap_uid, "drift": 1}],
            }
        )
        data = c_void_p(self._core.CFDataCreate(None, c_char_p(plist), ctypes.c_long(len(plist))))
        form = c_void_p(self._core.CFPropertyListCreateWithData(None, data, 0, None, None))
        done = self._audio.AudioHardwareCreateAggregateDevice(form, byref(self._aggregate))
        self._core.CFRelease(form)
        self._core.CFRelease(data)
        self._check(done, "The device")

    def _get(self, thing: int, selector: str, into: Any) -> None:
        address = _Address(_code(selector), _code("glob"), 0)
        size = c_uint32(ctypes.sizeof(into))
        status = self._audio.AudioObjectGetPropertyData(
            c_uint32(thing), byref(address), 0, None, byref(size), byref(into)
        )
        self._check(status, f"The property {selector}")

    def _check(self, status: int, what: str) -> None:
        if status:
            msg = f"{what} was refused ({status}). Allow IlloDesk to record system audio in System Settings, Privacy."
            raise SourceError(msg)

    def _on_piece(
        self, _device: int, _now: int, heard: Any, _heard_at: int, _out: int, _out_at: int, _data: int
    ) -> int:
        arrived = time.monotonic()
        buffer = heard.contents.first if heard and heard.contents.count else None
        frames = buffer.bytes // (4 * max(1, buffer.channels)) if buffer is not None else 0
        if buffer is None or not buffer.data or not 0 < frames <= _LARGEST_PIECE:
            return 0
        sound = np.frombuffer((ctypes.c_float * (frames * buffer.channels)).from_address(buffer.data), np.float32)
        floats = self._floats[:frames]
        np.multiply(sound[:: buffer.channels], 32767.0, out=floats)
        np.clip(floats, -32768.0, 32767.0, out=floats)
        self._samples[:frames] = floats
        self._ring.write(self._bytes[: 2 * frames], arrived)
        return 0

    @property
    def lost(self) -> int:
        return self._ring.lost * SAMPLE_RATE // self._rate

    @property
    def alive(self) -> bool:
        return self._aggregate.value != 0

    def read(self) -> list[Block]:
        """What came since the last call; after ``close``, all that is left."""
        return self._placer.place(self._ring.read(), last=not self.alive)

    def close(self) -> None:
        if self._aggregate.value:
            self._audio.AudioDeviceStop(self._aggregate, self._proc)
            if self._proc.value:
                self._audio.AudioDeviceDestroyIOProcID(self._aggregate, self._proc)
            self._audio.AudioHardwareDestroyAggregateDevice(self._aggregate)
            self._aggregate = c_uint32()
        if self._tap.value:
            self._audio.AudioHardwareDestroyProcessTap(self._tap)
            self._tap = c_uint32()
