"""The log: one JSON object a line, tied to its request, and never what was said, sent or used as a key."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from illodesk.desk import Desk
from illodesk.server.logs import JsonLines, described, frames_in, log_to, request_id
from illodesk.server.serving import Server
from illodesk.settings import Settings
from tests.store.samples import full_result

SECRET = "grizzly-marmalade-7"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    root = logging.getLogger()
    level = root.level
    handler = log_to(stream)
    handler.addFilter(lambda record: record.name != "httpx")  # the client of this test, which logs its own requests
    yield stream
    root.removeHandler(handler)
    root.setLevel(level)


def test_nothing_secret_is_ever_logged(tmp_path: Path, lines: io.StringIO) -> None:
    """A title, a transcript, a file name, a query, a body, a path and keys that hold a word: the log does not."""
    with Desk(Settings(data_dir=tmp_path)) as desk:
        key, secret = desk.make_key(f"name {SECRET}")
        result = full_result()
        result.timeline[0].text = SECRET
        conversation = desk._store.add_conversation(SECRET)
        desk._store.finish_run(desk._store.start_run(conversation.id).id, result)
        server = Server(desk, port=0)
        server.start()
        with httpx.Client(base_url=server.address, headers={"X-API-Key": secret}, timeout=120.0) as client:
            url = f"/library/conversations/{conversation.id}"
            assert SECRET in client.get(f"{url}/result").text
            assert client.get("/library/search", params={"q": SECRET}).json()["hits"]
            assert client.patch(url, json={"notes": SECRET, "title": 3}).status_code == 422
            upload = client.post("/analyze", files={"file": (f"{SECRET}.wav", SECRET.encode())}, data={"goal": SECRET})
            assert upload.status_code == 400
            assert client.get(f"/{SECRET}").status_code == 404
            assert client.get(f"{url}/artifacts/{SECRET}").status_code == 404
            assert client.get("/library/search", params={"api_key": SECRET, "q": "x"}).status_code == 200
            assert httpx.get(f"{server.address}/library/search?api_key={SECRET}").status_code == 401
            assert client.get("/health", headers={"X-Request-Id": "from-the-client"}).status_code == 200
        server.stop()
    text = lines.getvalue()
    assert SECRET not in text
    assert secret not in text
    records = [json.loads(line) for line in text.splitlines()]
    assert {"time", "level", "logger", "message"} <= set.intersection(*(set(record) for record in records))
    requests = [record for record in records if record["logger"] == "illodesk.server.requests"]
    assert len(requests) == 9
    assert requests[0]["route"] == "/library/conversations/{conversation_id}/result"
    assert (requests[0]["key"], requests[0]["status"], requests[0]["whole"]) == (key.id, 200, True)
    assert requests[-1]["request_id"] == "from-the-client"


def test_a_line_of_a_thread_that_serves_a_request_carries_its_id() -> None:
    token = request_id.set("abc")
    line = json.loads(JsonLines().format(logging.LogRecord("x", logging.INFO, "f", 1, "said %s", ("this",), None)))
    request_id.reset(token)
    assert (line["request_id"], line["message"], line["level"]) == ("abc", "said this", "INFO")


def test_an_exception_is_described_without_its_words() -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
        assert described(error)["exception"] == "ValueError"
    line = JsonLines().format(logging.LogRecord("x", logging.ERROR, "f", 1, "failed", (), info))
    assert SECRET not in line
    assert "test_an_exception_is_described_without_its_words" in line


def test_places_are_read_from_a_printed_traceback() -> None:
    printed = f'Traceback:\n  File "/a/b.py", line 7, in work\n    {SECRET}\nValueError: {SECRET}\n'
    assert frames_in(printed) == ["/a/b.py:7 work"]
