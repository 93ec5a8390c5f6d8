"""Uploads: multipart bodies that go to disk while they come, and are cut off where they are too large.

Nothing that a client says is believed: sizes are counted, names are only shown, and of a name's ending only one that
media have is kept. What is in a file is found out by reading it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import FileIO
from pathlib import Path, PurePosixPath

from anyio import CancelScope, to_thread
from fastapi import HTTPException, Request
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.requests import ClientDisconnect

from illodesk.desk import MEDIA_SUFFIXES

MAX_FIELD_BYTES = 16 * 1024
MAX_FIELDS = 20
MAX_NAME_BYTES = 100
OVERHEAD_BYTES = 1024 * 1024
"""How much larger than its file a body may be: boundaries, headers and text fields."""
WRITE_BYTES = 1024 * 1024
"""How much is gathered before a thread writes it."""
IDLE_S = 60.0
"""How long a sender may pause."""
SHOWN_NAME = 200

_silent = logging.getLogger("illodesk.server.multipart")
_silent.disabled = True  # what is wrong with a body is told to who sent it; the log is not for strangers to fill


class FormError(Exception):
    """A body that is not the form it should be; worded for who sent it."""


def too_large(limit_bytes: int) -> HTTPException:
    """FILE_TOO_LARGE of the contract, which is a 400."""
    megabytes = limit_bytes / 1_000_000
    return HTTPException(400, f"File too large: this server takes at most {megabytes:g} MB")


class FormParser:
    """A multipart body, fed in pieces: gives the bytes of its file and keeps its text fields.

    However the body is cut into pieces, the result is the same.
    """

    def __init__(self, boundary: bytes, file_field: str, max_field_bytes: int = MAX_FIELD_BYTES) -> None:
        self.fields: dict[str, str] = {}
        self.filename = ""
        self.has_file = False
        self.complete = False
        self._file_field = file_field
        self._max_field_bytes = max_field_bytes
        self._header_name = bytearray()
        self._header_value = bytearray()
        self._disposition = b""
        self._name: str | None = None
        self._value = bytearray()
        self._out = bytearray()
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._part_begin,
                    "on_part_data": self._part_data,
                    "on_part_end": self._part_end,
                    "on_header_field": self._header_name_data,
                    "on_header_value": self._header_value_data,
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise FormError("The boundary of the multipart body is too long.") from error
        self._parser.logger = _silent

    def feed(self, data: bytes) -> bytes:
        """Take the next piece; return the bytes of the file that it holds. Raises FormError."""
        try:
            self._parser.write(data)
        except FormParserError as error:
            raise FormError("The multipart body is malformed.") from error
        found = bytes(self._out)
        self._out.clear()
        return found

    def end(self) -> None:
        """No more pieces. Raises FormError when the body broke off or holds no file."""
        if not self.complete:
            raise FormError("The upload broke off before its end.")
        if not self.has_file:
            raise FormError(f"No file was sent: the form has no part named '{self._file_field}'.")

    def _part_begin(self) -> None:
        self._disposition = b""
        self._name = None
        self._value.clear()

    def _header_name_data(self, data: bytes, start: int, end: int) -> None:
        self._header_name += data[start:end]

    def _header_value_data(self, data: bytes, start: int, end: int) -> None:
        self._header_value += data[start:end]

    def _header_end(self) -> None:
        if self._header_name.lower() == b"content-disposition":
            self._disposition = bytes(self._header_value)
        self._header_name.clear()
        self._header_value.clear()

    def _headers_finished(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"name")
        if name is None or len(name) > MAX_NAME_BYTES:
            raise FormError("A part of the form has no name, or one that is too long.")
        self._name = name.decode("utf-8", "replace")
        if self._name == self._file_field:
            if self.has_file:
                raise FormError(f"More than one part is named '{self._file_field}'.")
            self.has_file = True
            self.filename = shown_name(options.get(b"filename", b"").decode("utf-8", "replace"))
        elif len(self.fields) >= MAX_FIELDS:
            raise FormError("The form has too many fields.")

    def _part_data(self, data: bytes, start: int, end: int) -> None:
        if self._name == self._file_field:
            self._out += data[start:end]
            return
        self._value += data[start:end]
        if len(self._value) > self._max_field_bytes:
            raise FormError("A field of the form is too long.")

    def _part_end(self) -> None:
        if self._name is not None and self._name != self._file_field:
            try:
                self.fields[self._name] = self._value.decode("utf-8")
            except UnicodeDecodeError as error:
                raise FormError("A field of the form is not UTF-8 text.") from error

    def _end(self) -> None:
        self.complete = True


def boundary_of(content_type: str) -> bytes:
    """The boundary that a Content-Type names. Raises FormError."""
    kind, options = parse_options_header(content_type)
    if kind != b"multipart/form-data":
        raise FormError("The body must be multipart/form-data.")
    boundary = options.get(b"boundary", b"")
    if not boundary:
        raise FormError("The Content-Type names no boundary of the multipart body.")
    return boundary


def shown_name(name: str) -> str:
    """A file name as a title: its last part, printable, not too long. Never used as a path."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return "".join(c for c in last if c.isprintable())[:SHOWN_NAME].strip()


def known_suffix(name: str) -> str:
    """The ending of a name if media have such an ending, in lower case; else nothing."""
    suffix = PurePosixPath(f"x{name}" if name.startswith(".") else name).suffix.lower()
    return suffix if suffix in MEDIA_SUFFIXES else ""


async def read_form(
    request: Request,
    write: Callable[[bytes], Awaitable[None]],
    *,
    file_field: str,
    limit_bytes: int,
    max_field_bytes: int = MAX_FIELD_BYTES,
) -> FormParser:
    """Read a form as it comes and hand its file's bytes to ``write``.

    Raises HTTPException 400: too large (whatever Content-Length says), malformed, broken off, no file, too slow.
    """
    most = limit_bytes + OVERHEAD_BYTES
    body = request.stream()
    try:
        if declared_length(request) > most:
            raise too_large(limit_bytes)
        form = FormParser(boundary_of(request.headers.get("content-type", "")), file_field, max_field_bytes)
        total = file_bytes = 0
        while True:
            async with asyncio.timeout(IDLE_S):
                piece = await anext(body, None)
            if piece is None:
                break
            found = form.feed(piece)
            total += len(piece)
            file_bytes += len(found)
            if total > most or file_bytes > limit_bytes:
                raise too_large(limit_bytes)
            if found:
                await write(found)
        form.end()
    except FormError as error:
        raise HTTPException(400, str(error)) from error
    except TimeoutError as error:
        raise HTTPException(400, f"Nothing came for {IDLE_S:g} s; the upload was given up.") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "The upload broke off before its end.") from error
    return form


def declared_length(request: Request) -> int:
    """What Content-Length says; 0 where it says nothing that can be understood."""
    text = request.headers.get("content-length", "")
    return int(text) if text.isascii() and text.isdigit() else 0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in: where it lies, what its sender called it, and the text fields beside it."""

    path: Path
    filename: str
    fields: dict[str, str]


@asynccontextmanager
async def receive_upload(
    request: Request,
    folder: Path,
    limit_bytes: int,
    file_field: str = "file",
    max_field_bytes: int = MAX_FIELD_BYTES,
) -> AsyncIterator[Upload]:
    """Stream a form's file into a file of its own in ``folder``; it is removed afterwards, unless it was moved away.

    Raises HTTPException 400, and 503 where the disk does not take it.
    """
    name = uuid.uuid4().hex
    path = folder / name
    try:
        try:
            form = await _receive(request, path, file_field, limit_bytes, max_field_bytes)
            path = await to_thread.run_sync(path.rename, folder / f"{name}{known_suffix(form.filename)}")
        except OSError as error:
            raise HTTPException(503, f"The upload could not be stored: {error.strerror}.") from error
        yield Upload(path, form.filename, form.fields)
    finally:
        with CancelScope(shield=True), contextlib.suppress(OSError):  # gone already, or never there
            await to_thread.run_sync(path.unlink)


async def _receive(request: Request, path: Path, file_field: str, limit_bytes: int, max_field_bytes: int) -> FormParser:
    # Not in the loop: a disk that is busy lets even the making of a file wait.
    with await to_thread.run_sync(new_file, path) as file:
        gathered = bytearray()

        async def flush() -> None:
            await to_thread.run_sync(write_all, file.write, bytes(gathered))
            gathered.clear()

        async def write(data: bytes) -> None:
            gathered.extend(data)
            if len(gathered) >= WRITE_BYTES:
                await flush()

        form = await read_form(
            request, write, file_field=file_field, limit_bytes=limit_bytes, max_field_bytes=max_field_bytes
        )
        await flush()
        if file.tell() == 0:
            raise HTTPException(400, "The uploaded file is empty.")
    return form


def new_file(path: Path) -> FileIO:
    """A file to write to, in a folder that is made if it is not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.open("xb", buffering=0)


def write_all(write: Callable[[memoryview], int | None], data: bytes) -> None:
    """Write everything: an unbuffered file may take a part only."""
    rest = memoryview(data)
    while rest:
        rest = rest[write(rest) or 0 :]


async def receive_bytes(
    request: Request, limit_bytes: int, file_field: str, max_field_bytes: int = MAX_FIELD_BYTES
) -> tuple[bytes, dict[str, str]]:
    """A small file and the text fields beside it, in memory. Raises HTTPException 400."""
    data = bytearray()

    async def write(piece: bytes) -> None:
        data.extend(piece)

    form = await read_form(
        request, write, file_field=file_field, limit_bytes=limit_bytes, max_field_bytes=max_field_bytes
    )
    return bytes(data), form.fields


async def receive_json(request: Request, limit_bytes: int) -> bytes:
    """A JSON body, whole. Raises HTTPException 400 when it is too large or broke off."""
    data = bytearray()
    body = request.stream()
    try:
        while True:
            async with asyncio.timeout(IDLE_S):
                piece = await anext(body, None)
            if piece is None:
                return bytes(data)
            data += piece
            if len(data) > limit_bytes:
                raise HTTPException(400, f"The body is too large: at most {limit_bytes / 1_000_000:g} MB")
    except TimeoutError as error:
        raise HTTPException(400, f"Nothing came for {IDLE_S:g} s; the request was given up.") from error
    except ClientDisconnect as error:
        raise HTTPException(400, "The request broke off before its end.") from error
