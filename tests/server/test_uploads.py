"""The multipart reader: the same file however it comes, and a clear 400 for whatever is no form."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from fastapi import HTTPException, Request
from hypothesis import given
from hypothesis import strategies as st

from illodesk.server import uploads
from illodesk.server.uploads import (
    MAX_FIELD_BYTES,
    OVERHEAD_BYTES,
    FormError,
    FormParser,
    boundary_of,
    known_suffix,
    receive_bytes,
    receive_json,
    receive_upload,
    shown_name,
)

BOUNDARY = "xYz"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def form(content: bytes, filename: str = "call.wav", **fields: str) -> bytes:
    """A form as clients send it, the file last."""
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n' for k, v in fields.items()]
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{filename}"\r\n'
    head += "Content-Type: application/octet-stream\r\n\r\n"
    return "".join(parts).encode() + head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def request_of(pieces: Sequence[bytes], *, whole: bool = True, **headers: str) -> Request:
    """A request whose body comes in pieces; without ``whole`` the client vanishes after the last."""
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages.append({"type": "http.request", "body": b"", "more_body": False} if whole else {"type": "http.disconnect"})
    coming = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(coming)

    named = {"content-type": TYPE, **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    return Request({"type": "http", "method": "POST", "headers": raw, "path": "/", "query_string": b""}, receive)


async def stored(request: Request, folder: Path, limit: int = 10_000) -> tuple[bytes, str, str, dict[str, str]]:
    async with receive_upload(request, folder, limit) as upload:
        assert upload.path.parent == folder
        found = upload.path.read_bytes(), upload.path.suffix, upload.filename, upload.fields
    assert not list(folder.glob("*"))
    return found


def refused(request: Request, folder: Path, limit: int = 10_000) -> str:
    """The detail of the 400; nothing may be left in the folder."""
    with pytest.raises(HTTPException) as caught:
        asyncio.run(stored(request, folder, limit))
    assert caught.value.status_code == 400
    assert not list(folder.glob("*"))
    return str(caught.value.detail)


CONTENT = st.one_of(
    st.binary(max_size=300),
    st.lists(st.sampled_from([b"\r\n--", b"xYz", b"--", b"\r", b"\n", b"a"]), max_size=30).map(b"".join),
).filter(lambda data: f"\r\n--{BOUNDARY}".encode() not in b"\r\n" + data)


@given(CONTENT, st.text(max_size=50), st.lists(st.integers(0, 700), max_size=12))
def test_any_split_of_the_bytes_gives_the_same_file(content: bytes, goal: str, cuts: list[int]) -> None:
    goal = goal.replace("\r", "").replace("\n", "")
    body = form(content, "call.wav", goal=goal)
    edges = sorted({0, len(body), *(cut for cut in cuts if cut < len(body))})
    parser = FormParser(BOUNDARY.encode(), "file")
    found = b"".join(parser.feed(body[a:b]) for a, b in pairwise(edges))
    parser.end()
    assert (found, parser.fields, parser.filename) == (content, {"goal": goal}, "call.wav")


@given(st.binary(max_size=400), st.integers(0, 400))
def test_garbage_is_an_error_of_the_form(garbage: bytes, place: int) -> None:
    body = form(b"sound", goal="g")
    parser = FormParser(BOUNDARY.encode(), "file")
    try:
        parser.feed(body[:place] + garbage + body[place:])
        parser.end()
    except FormError:
        return
    assert parser.complete and parser.has_file


def test_a_file_goes_to_a_place_of_its_own_and_is_removed_afterwards(tmp_path: Path) -> None:
    body = form(b"RIFF" * 100, "../../etc/Ruf.WAV", goal="Preis", context="x")
    found = asyncio.run(stored(request_of([body[i : i + 7] for i in range(0, len(body), 7)]), tmp_path))
    assert found == (b"RIFF" * 100, ".wav", "Ruf.WAV", {"goal": "Preis", "context": "x"})


def test_a_file_that_was_moved_away_stays_away(tmp_path: Path) -> None:
    async def take() -> None:
        async with receive_upload(request_of([form(b"abc")]), tmp_path / "in", 100) as upload:
            upload.path.replace(tmp_path / "kept")

    asyncio.run(take())
    assert (tmp_path / "kept").read_bytes() == b"abc"


def test_an_error_while_it_is_used_removes_the_file(tmp_path: Path) -> None:
    async def fail() -> None:
        async with receive_upload(request_of([form(b"abc")]), tmp_path, 100):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        asyncio.run(fail())
    assert not list(tmp_path.glob("*"))


def test_large_files_are_written_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "WRITE_BYTES", 100)
    content = bytes(range(256)) * 30
    body = form(content)
    pieces = [body[i : i + 64] for i in range(0, len(body), 64)]
    assert asyncio.run(stored(request_of(pieces), tmp_path))[0] == content


@pytest.mark.parametrize("length", ["", "10", "nonsense", "-5", "99999999999999999999"])
def test_too_large_is_refused_whatever_content_length_says(tmp_path: Path, length: str) -> None:
    body = form(b"a" * 5001)
    headers = {"content_length": length} if length else {}
    assert "too large" in refused(request_of([body], **headers), tmp_path, 5000)


def test_too_large_is_noticed_while_it_comes(tmp_path: Path) -> None:
    read = 0
    head = form(b"")[: -len(f"\r\n--{BOUNDARY}--\r\n")]
    request = request_of([head] + [b"a" * 1000] * 30)
    original = request.stream

    async def counting() -> AsyncIterator[bytes]:
        nonlocal read
        async for piece in original():
            read += len(piece)
            yield piece

    request.stream = counting  # type: ignore[method-assign]
    assert "too large" in refused(request, tmp_path, 5000)
    assert read < 7000


def test_fields_and_preambles_cannot_grow_a_body_without_end(tmp_path: Path) -> None:
    noise = [b"\r\n" * 500_000] * 4
    assert refused(request_of(noise), tmp_path, 1000)
    assert len(noise) * len(noise[0]) > 1000 + OVERHEAD_BYTES


def test_who_waits_for_leave_to_send_is_refused_at_once(tmp_path: Path) -> None:
    request = request_of([], content_length="99999999", expect="100-continue")
    assert "too large" in refused(request, tmp_path)


BROKEN = {
    "no boundary": (form(b"abc"), "multipart/form-data", "boundary"),
    "empty boundary": (form(b"abc"), "multipart/form-data; boundary=", "boundary"),
    "long boundary": (form(b"abc"), "multipart/form-data; boundary=" + "b" * 300, "boundary"),
    "another type": (form(b"abc"), "application/json", "multipart/form-data"),
    "no type": (form(b"abc"), "", "multipart/form-data"),
    "another boundary": (form(b"abc"), "multipart/form-data; boundary=other", "malformed"),
    "nothing": (b"", TYPE, "broke off"),
    "cut in the file": (form(b"abc" * 50)[:-60], TYPE, "broke off"),
    "cut before the last dash": (form(b"abc")[:-3], TYPE, "broke off"),
    "no file": (form(b"abc").replace(b'name="file"', b'name="fiel"'), TYPE, "No file"),
    "no name": (form(b"abc").replace(b'name="file"; ', b""), TYPE, "no name"),
    "huge name": (form(b"abc").replace(b'name="file"', b'name="' + b"f" * 200 + b'"'), TYPE, "too long"),
    "huge header": (form(b"abc", "n" * 10_000), TYPE, "malformed"),
    "huge field": (form(b"abc", goal="g" * (MAX_FIELD_BYTES + 1)), TYPE, "too long"),
    "many fields": (form(b"abc", **{f"f{i}": "" for i in range(30)}), TYPE, "too many"),
    "two files": (form(b"abc")[:-11] + b"\r\n" + form(b"abc"), TYPE, "More than one"),
    "no text": (form(b"abc", goal="g").replace(b"\r\n\r\ng", b"\r\n\r\n\xff\xfe"), TYPE, "UTF-8"),
    "empty file": (form(b""), TYPE, "empty"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_form_is_a_readable_400_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    body, content_type, word = BROKEN[name]
    assert word in refused(request_of([body], content_type=content_type), tmp_path)


def test_a_client_that_vanishes_leaves_nothing(tmp_path: Path) -> None:
    assert "broke off" in refused(request_of([form(b"abc" * 100)[:150]], whole=False), tmp_path)


def test_a_client_that_falls_silent_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "IDLE_S", 0.02)
    request = request_of([])

    async def never() -> dict[str, Any]:
        await asyncio.sleep(60)
        return {}

    request._receive = never
    assert "Nothing came" in refused(request, tmp_path)


def test_a_disk_that_does_not_take_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    async def receive() -> None:
        async with receive_upload(request_of([form(b"abc")]), tmp_path / "file" / "folder", 100):
            pass

    with pytest.raises(HTTPException) as caught:
        asyncio.run(receive())
    assert caught.value.status_code == 503


def test_a_chunk_stays_in_memory() -> None:
    body = form(b"\0\1\2", chunk_seq="4")
    assert asyncio.run(receive_bytes(request_of([body]), 100, "file")) == (b"\0\1\2", {"chunk_seq": "4"})


def test_a_json_body_has_a_limit() -> None:
    assert asyncio.run(receive_json(request_of([b"[1,", b"2]"]), 5)) == b"[1,2]"
    with pytest.raises(HTTPException) as caught:
        asyncio.run(receive_json(request_of([b"[1,", b"22]"]), 5))
    assert caught.value.status_code == 400


@pytest.mark.parametrize(
    ("name", "shown", "suffix"),
    [
        ("call.wav", "call.wav", ".wav"),
        ("C:\\calls\\one.MP3", "one.MP3", ".mp3"),
        ("../../secret/.mp4", ".mp4", ".mp4"),
        (".webm", ".webm", ".webm"),
        ("evil.exe", "evil.exe", ""),
        ("a\0b\n.wav", "ab.wav", ".wav"),
        ("", "", ""),
        ("n" * 500, "n" * 200, ""),
    ],
)
def test_names_are_shown_and_never_used(name: str, shown: str, suffix: str) -> None:
    assert shown_name(name) == shown
    assert known_suffix(shown) == suffix


def test_boundaries_are_read_quoted_too() -> None:
    assert boundary_of('multipart/form-data; boundary="a b"') == b"a b"
