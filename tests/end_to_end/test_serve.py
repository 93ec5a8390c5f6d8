"""`illodesk serve` as a process: it starts, answers, refuses, stops in time, and takes up what a crash left."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.excerpt import write_excerpt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


PATIENCE_S = 120.0
"""How long a busy machine may take; no measurement."""


@pytest.fixture
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=PATIENCE_S) as client:
        yield client


@contextmanager
def serving(log: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], list[str], str]]:
    """A server on a free port: its process, what it said until it served, and its address."""
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "illodesk", "serve", "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
    assert process.stdout is not None
    try:
        said: list[str] = []
        while not said or not said[-1].startswith("How to use it: "):
            line = process.stdout.readline()
            assert line, f"the server ended: {log.read_text()}"
            said.append(line.strip())
        yield process, said, said[-1].removeprefix("How to use it: ").removesuffix("/docs")
    finally:
        process.kill()
        process.wait(PATIENCE_S)
        process.stdout.close()


def refused(*arguments: str) -> str:
    """What the command says when it does not serve."""
    done = subprocess.run(
        [sys.executable, "-m", "illodesk", "serve", *arguments],
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.timeout(240)
def test_it_serves_ends_when_told_and_recovers_when_killed(tmp_path: Path, client: httpx.Client) -> None:
    sound = write_excerpt(tmp_path / "talk.wav", 40.0, 46.0).read_bytes()
    with serving(tmp_path / "first.log") as (process, said, address):
        secret = said[0].removeprefix("Made a first key, which is shown only now: ")
        key = {"X-API-Key": secret}
        assert client.get(f"{address}/health").json()["status"] == "ok"
        assert client.get(f"{address}/library/conversations").status_code == 401
        assert client.get(f"{address}/library/conversations", headers=key).json()["total"] == 0
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        assert process.wait(PATIENCE_S) == 0
        assert time.monotonic() - began < 15.0  # and not drain_s, as with something left to wait for
    assert secret not in (tmp_path / "first.log").read_text()

    with serving(tmp_path / "second.log") as (process, said, address):
        assert not any("key" in line for line in said)  # made once
        session = client.post(f"{address}/analyze/live/start", headers=key, json={"filename": "talk.wav"}).json()
        sent = httpx.post(
            session["chunk_endpoint"], headers=key, data={"chunk_seq": "0"}, files={"chunk": ("c.bin", sound)}
        )
        assert sent.json()["received_bytes"] == len(sound)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_S)

    with serving(tmp_path / "third.log") as (process, said, address):
        assert any(session["session_id"] in line for line in said)
        url = f"{address}/library/sessions/{session['session_id']}/events"
        told = client.get(url, headers=key).text
        assert "event: done" in told
        kept = f"{address}/library/conversations/{session['session_id']}"
        assert client.get(f"{kept}/result", headers=key).json()["analysed_s"] > 5.5
        assert client.get(f"{kept}/media", headers=key).content == sound
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0


def test_a_stream_does_not_hold_up_the_end(tmp_path: Path, client: httpx.Client) -> None:
    with serving(tmp_path / "log") as (process, said, address):
        key = {"X-API-Key": said[0].rpartition(" ")[2]}
        session = client.post(f"{address}/analyze/live/start", headers=key, json={}).json()
        with client.stream("GET", session["events_endpoint"], headers=key) as stream:
            lines = stream.iter_lines()
            next(lines)
            process.send_signal(signal.SIGTERM)
            list(lines)
        assert process.wait(PATIENCE_S) == 0


def test_other_machines_are_not_let_in_by_chance() -> None:
    assert "--lan" in refused("--host", "0.0.0.0", "--port", "0")
    assert "illodesk keys make NAME" in refused("--lan", "--port", "0")


def test_what_cannot_be_is_said_in_words(tmp_path: Path) -> None:
    assert "server_port" in refused("--port", "99999")
    missing = str(tmp_path / "missing.pem")
    assert "missing.pem cannot be read" in refused("--port", "0", "--tls-cert", missing, "--tls-key", missing)
