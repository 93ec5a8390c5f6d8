"""Requests that no client should send: broken media, broken forms, bad JSON, absurd headers, and no HTTP at all.

Every request is bytes for a socket, so that nothing between here and the server puts it right.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av

from tests.excerpt import write_excerpt
from tests.real import SHARED

BOUNDARY = b"----illodesk-bench"
FORMATS = {
    ".wav": "pcm_s16le",
    ".flac": "flac",
    ".mp3": "mp3",
    ".m4a": "aac",
    ".mp4": "aac",
    ".aac": "aac",
    ".ogg": "libopus",
    ".webm": "libopus",
    ".mkv": "flac",
    ".aiff": "pcm_s16be",
}
LARGEST = 300_000
"""Bytes of an awkward file that is used: many requests should fit into minutes."""


@dataclass(frozen=True)
class Request:
    """Bytes to send. With ``cut`` the client says no more and goes away instead of waiting for an answer."""

    kind: str
    data: bytes
    cut: bool = False


def media(home: Path) -> dict[str, bytes]:
    """A short excerpt of talk in every format, and the awkward files that lie beside the repository."""
    source = write_excerpt(home / "excerpt.wav", 44.0, 47.0)
    found = {}
    for suffix, codec in FORMATS.items():
        path = home / f"talk{suffix}"
        with av.open(str(source)) as read, av.open(str(path), "w") as written:
            stream = written.add_stream(codec, rate=48_000 if codec == "libopus" else 16_000, layout="mono")
            for frame in read.decode(audio=0):
                written.mux(stream.encode(frame))
            written.mux(stream.encode(None))
        found[path.name] = path.read_bytes()
    for path in sorted((SHARED / "data" / "awkward").rglob("*")):
        if path.is_file() and path.stat().st_size <= LARGEST:
            found[path.name] = path.read_bytes()
    return found


def spoiled(data: bytes, chance: random.Random) -> bytes:
    """A file as a bad line or disk leaves it."""
    spoiler = chance.choice(("cut", "flip", "garbage", "hole", "head", "twice", "noise"))
    at = chance.randrange(max(1, len(data)))
    some = chance.randbytes(chance.randrange(1, 2000))
    if spoiler == "cut":
        return data[:at]
    if spoiler == "flip":
        bad = bytearray(data)
        for _ in range(chance.randrange(1, 200)):
            if bad:
                bad[chance.randrange(len(bad))] ^= 1 << chance.randrange(8)
        return bytes(bad)
    if spoiler == "garbage":
        return data[:at] + some + data[at:]
    if spoiler == "hole":
        return data[:at] + data[at + len(some) :]
    if spoiler == "head":
        return bytes(min(len(data), 64)) + data[64:]
    return data + data if spoiler == "twice" else some


def form(file: bytes, filename: str = "a.wav", field: str = "file", **fields: str) -> bytes:
    """A multipart body."""
    out = io.BytesIO()
    for name, value in fields.items():
        out.write(b"--" + BOUNDARY + f'\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    out.write(b"--" + BOUNDARY)
    head = f'\r\nContent-Disposition: form-data; name="{field}"; filename="{filename}"\r\n'
    out.write(head.encode("utf-8", "replace") + b"Content-Type: application/octet-stream\r\n\r\n")
    out.write(file + b"\r\n--" + BOUNDARY + b"--\r\n")
    return out.getvalue()


def http(method: str, path: str, body: bytes = b"", length: str | None = "", **headers: str) -> bytes:
    """A request; ``length`` "" is the true one, None leaves it out."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    if length is not None:
        lines.append(f"Content-Length: {length or len(body)}")
    return "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body


class Corpus:
    """Malformed requests to a server with a key, the same ones each time."""

    def __init__(self, key: str, files: dict[str, bytes], seed: int = 7) -> None:
        self._key = key
        self._files = files
        self._chance = random.Random(seed)
        self._multipart = f"multipart/form-data; boundary={BOUNDARY.decode()}"

    def __iter__(self) -> Iterator[Request]:
        makers: list[Callable[[], Request]] = [self.upload, self.multipart, self.json, self.headers, self.raw, self.ids]
        weights = [20, 20, 20, 15, 15, 10]
        while True:
            yield self._chance.choices(makers, weights)[0]()

    def upload(self) -> Request:
        """Spoiled media under a right or wrong name."""
        name = self._chance.choice(sorted(self._files))
        data = spoiled(self._files[name], self._chance)
        shown = name if self._chance.random() < 0.7 else f"x{self._chance.choice(sorted(FORMATS))}"
        path = self._chance.choice(("/analyze", "/analyze", "/analyze/stream", "/analyze?stream=true"))
        return Request("media", self._post(path, form(data, shown)))

    def multipart(self) -> Request:
        """Forms that break off, lie about their length, or hold the wrong things."""
        chance = self._chance
        whole = form(chance.randbytes(chance.randrange(3000)), goal="g")
        odd_name = "../" * 50 + "a\x00b\r\nX: y\ud800.wav"
        bodies = [
            whole[: chance.randrange(len(whole))],
            whole.replace(BOUNDARY, b"other"),
            whole.replace(b"form-data", b"attachment"),
            whole.replace(b"\r\n", b"\n"),
            form(b"", "a.wav"),
            form(b"abc", odd_name),
            form(b"abc", field="fiel"),
            form(b"abc", **{f"f{i}": "x" for i in range(200)}),
            form(b"abc", goal="g" * 100_000),
            form(b"abc", goal="g", context="\x00\ufffd"),
            whole + whole,
            b"--" + BOUNDARY + b"\r\n" + b"A" * 70_000,
            b"--" + BOUNDARY + b"\r\nContent-Disposition: form-data; name=\xff\xfe\r\n\r\nx",
            spoiled(whole, chance),
            chance.randbytes(chance.randrange(5000)),
            b"",
        ]
        body = chance.choice(bodies)
        path = chance.choice(("/analyze", "/analyze/stream", "/analyze/live/analysis_0123456789/chunk"))
        boundary = chance.choice((BOUNDARY.decode(), "", "x" * 500, '"' + BOUNDARY.decode() + '"', "a b", "\xff"))
        kind = self._multipart if chance.random() < 0.7 else f"multipart/form-data; boundary={boundary}"
        lie = chance.random() < 0.1
        length = str(chance.choice((0, len(body) // 2, len(body) + 5000))) if lie else ""
        return Request("form", self._post(path, body, kind, length), cut=lie)

    def json(self) -> Request:
        """Bodies that are no JSON, or not the right one."""
        chance = self._chance
        entry = {"text": "a", "t_start": 0, "t_end": 1, "speaker": "x"}
        timelines: list[object] = [
            [],
            [{}],
            [{**entry, "t_end": -1}],
            [{**entry, "t_start": 1e308, "t_end": 1e309}],
            [{**entry, "text": "\ud800"}],
            [{**entry, "emotion": {"valence": "much"}, "words": [None], "prosody": 3, "utterance_id": [1]}],
            [entry] * chance.randrange(1, 300),
            [{**entry, "t_start": 5, "t_end": 6}, entry],
        ]
        bodies = [
            *(json.dumps({"timeline": t}).encode() for t in timelines),
            b"[" * chance.randrange(1, 30_000),
            b'{"a":' * 5000,
            b'{"timeline": [{"text": "\xff"}]}',
            b'{"ttl_seconds": 1e400}',
            b'{"ttl_seconds": ' + b"9" * 5000 + b"}",
            b'{"action": "explode", "reason": null}',
            b'{"action": "cancel", "reason": "' + b"\\u0000" * 900 + b'"}',
            b'{"goal": {"$ref": "#"}, "filename": 3}',
            b"\x00\x01\x02",
            b"null",
            b'"text"',
            b"NaN",
            json.dumps({"title": chance.choice(["", " ", "x" * 600, 3, None])}).encode(),
        ]
        method, path = chance.choice(
            (
                ("POST", "/analyze/live/start"),
                ("POST", "/segment/conversation"),
                ("POST", "/analyze/live/analysis_0123456789/control"),
                ("PATCH", "/library/conversations/analysis_0123456789"),
                ("POST", "/library/conversations/analysis_0123456789/runs"),
            )
        )
        kind = chance.choice(("application/json", "text/plain", "application/x-www-form-urlencoded", "\x7f"))
        return Request("json", http(method, path, chance.choice(bodies), X_API_Key=self._key, Content_Type=kind))

    def headers(self) -> Request:
        """Headers of absurd size, number and content."""
        chance = self._chance
        absurd: list[dict[str, str]] = [
            {"X_API_Key": "k" * 20_000},
            {"X_API_Key": "\x01\x02"},
            {"X_API_Key": self._key, "Range": "bytes=" + "0-0," * 2000},
            {"X_API_Key": self._key, "Range": "bytes=9-1"},
            {"X_API_Key": self._key, "Last_Event_ID": "9" * 100},
            {"X_API_Key": self._key, "Last_Event_ID": "-1"},
            {"X_API_Key": self._key, "Accept": "text/plain;q=nine, " * 500},
            {"X_API_Key": self._key, "X_Request_Id": "\t" * 200},
            {"X_API_Key": self._key, "Origin": "null", "Access_Control_Request_Method": "GET"},
            {"X_API_Key": self._key, "Transfer_Encoding": "chunked, gzip"},
            {"X_API_Key": self._key, "Connection": "Upgrade", "Upgrade": "websocket", "Sec_WebSocket_Version": "13"},
            {"X_API_Key": self._key, **{f"X-{i}": "v" * 50 for i in range(chance.randrange(10, 400))}},
            {"X_API_Key": self._key, "Expect": "200-maybe"},
            {"X_API_Key": self._key, "Content_Length": "12abc"},
        ]
        path = chance.choice(
            (
                "/metrics",
                "/library/conversations",
                "/library/sessions",
                "/analyze/live/analysis_0123456789/events",
                "/samples/demo_call.flac",
                "/docs",
            )
        )
        method = chance.choice(("GET", "GET", "OPTIONS"))
        return Request("headers", http(method, path, length=None, **chance.choice(absurd)))

    def ids(self) -> Request:
        """Ids, queries and methods that are none."""
        chance = self._chance
        odd = chance.choice(("..", "%2e%2e%2f", "%00", "%ff%fe", "x" * 5000, "analysis_0000000000", "';--", "*", ""))
        path = chance.choice(
            (
                f"/library/conversations/{odd}",
                f"/library/conversations/{odd}/artifacts/{odd}",
                f"/library/conversations/{odd}/tracks/{odd}?from=-1&to=nan",
                f"/library/conversations/{odd}/exports/{odd}",
                f"/library/search?q={odd}",
                "/library/search?q=%22%22%22%20AND%20NEAR(",
                f"/library/conversations?page={odd}&limit=-1&sort=x&since=yesterday",
                f"/library/conversations?text={odd}&tag=%00&since=0001-01-01T00:00:00%2B14:00",
                f"/analyze/live/{odd}/events?last_event_id={odd}",
                f"/samples/demo_call.{odd}",
            )
        )
        method = chance.choice(("GET", "GET", "GET", "DELETE", "PUT", "HEAD", "TRACE", "BREW"))
        return Request("ids", http(method, path, length=None, X_API_Key=self._key))

    def raw(self) -> Request:
        """What is hardly HTTP, or none."""
        chance = self._chance
        start = b"POST /analyze HTTP/1.1\r\nHost: x\r\nX-API-Key: " + self._key.encode() + b"\r\n"
        chunked = start + b"Content-Type: " + self._multipart.encode() + b"\r\nTransfer-Encoding: chunked\r\n\r\n"
        pieces = [
            chance.randbytes(chance.randrange(1, 5000)),
            b"GET / HTTP/9.9\r\n\r\n",
            b"GET\r\n\r\n",
            b"\r\n" * 500,
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + chance.randbytes(500),
            b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
            b"GET /health HTTP/1.1\r\nHost: x\r\n : y\r\n\r\n",
            b"GET /health HTTP/1.1\r\nHost: x\r\nHost: y\r\nContent-Length: -5\r\n\r\n",
            b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            chunked + b"zz\r\nabc\r\n",
            chunked + b"ffffffffffffffff\r\nabc",
            chunked + b"5\r\nabc",
            start + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            start + b"Content-Length: 99999999999999999999\r\nContent-Type: " + self._multipart.encode() + b"\r\n\r\n",
            b"G",
        ]
        return Request("raw", chance.choice(pieces), cut=True)

    def _post(self, path: str, body: bytes, kind: str = "", length: str = "") -> bytes:
        return http("POST", path, body, length, X_API_Key=self._key, Content_Type=kind or self._multipart)
