"""Starting and stopping the server inside a process."""

from __future__ import annotations

import gc
import os
import socket
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest

from illodesk.desk import Desk, DeskError
from illodesk.server import serving
from illodesk.server.serving import Server, ServerError, is_loopback
from illodesk.settings import Settings

ANSWER_S = 120.0
"""How long a busy machine may take; no measurement."""
AT_ONCE_S = 10.0
"""Far less than what was waited for would take, with room for a busy machine; the bench measures it."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(Settings(data_dir=tmp_path_factory.mktemp("desk"))) as opened:
        yield opened


@pytest.fixture
def server(desk: Desk) -> Iterator[Server]:
    server = Server(desk, port=0)
    server.start()
    yield server
    server.stop()


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir())) if os.name == "posix" and Path("/proc").exists() else 0


def until(settled: Callable[[], bool]) -> None:
    """Wait, not for ever, for what ends by itself soon after a stop: on a busy machine idle threads take their time."""
    deadline = time.monotonic() + 60.0
    while not settled() and time.monotonic() < deadline:
        time.sleep(0.05)


def test_twenty_starts_and_stops_leave_nothing_behind(desk: Desk) -> None:
    server = Server(desk, port=0)

    def once() -> float:
        server.port = 0
        server.start()
        assert server.state == "running"
        assert httpx.get(f"{server.address}/health", timeout=ANSWER_S).json()["status"] == "ok"
        began = time.monotonic()
        server.stop()
        assert server.state == "stopped"
        return time.monotonic() - began

    once()
    gc.collect()
    threads, files = threading.active_count(), open_files()
    took = [once() for _ in range(20)]
    gc.collect()
    until(lambda: threading.active_count() <= threads and open_files() <= files)
    names = sorted(thread.name for thread in threading.enumerate())
    assert len(names) <= threads, names
    assert open_files() <= files
    assert statistics.median(took) < 1.0  # a busy machine may be late now and then


@pytest.mark.skipif(open_files() == 0, reason="needs /proc")
def test_no_more_connections_to_the_library_stay_than_its_pool_keeps(desk: Desk) -> None:
    def kept() -> int:
        links = [str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()]
        return sum(
            link.endswith(("library.db", "library.db-wal")) and str(desk.settings.data_dir) in link for link in links
        )

    def used_by_many_threads_at_once() -> int:
        together = threading.Barrier(30)

        def ask(_: int) -> None:
            together.wait(60.0)
            desk.conversations(limit=1)
            desk.make_key("one of many")

        with ThreadPoolExecutor(30) as pool:
            list(pool.map(ask, range(30)))
        return kept()

    counts = [used_by_many_threads_at_once() for _ in range(3)]
    assert max(counts) <= 2 * 15, counts  # what SQLAlchemy opens at most; five of them stay, two files each


def test_the_port_can_be_taken_again_at_once(server: Server) -> None:
    address = server.address
    server.stop()
    server.start()
    assert server.address == address
    assert httpx.get(f"{address}/health", timeout=ANSWER_S).status_code == 200


def test_starting_and_stopping_twice_does_no_harm(server: Server) -> None:
    server.start()
    assert httpx.get(f"{server.address}/health", timeout=ANSWER_S).status_code == 200
    server.stop()
    server.stop()
    assert server.state == "stopped"


def test_a_stream_is_ended_at_once_and_in_order(desk: Desk, server: Server) -> None:
    session = desk.upload()
    _, secret = desk.make_key("listener")
    url = f"{server.address}/library/sessions/{session.id}/events"
    with httpx.stream("GET", url, headers={"X-API-Key": secret}, timeout=ANSWER_S) as stream:
        lines = stream.iter_lines()
        assert next(lines).startswith(("id:", "event:"))
        began = time.monotonic()
        server.stop()
        assert time.monotonic() - began < AT_ONCE_S
        list(lines)  # ends without an error: the last chunk came
    assert session.state == "ingesting"  # the session goes on; only the server stopped
    session.cancel()
    assert session.wait(ANSWER_S)


def batch_that_lasts(desk: Desk, patch: pytest.MonkeyPatch, seconds: float) -> tuple[threading.Event, threading.Event]:
    """Let analyses take so long, and end half a second after they are told to; returns 'began' and 'ended'."""
    began, ended = threading.Event(), threading.Event()

    def analyse(*_: Any, cancelled: Callable[[], bool], **__: Any) -> str:
        began.set()
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline and not cancelled():
            time.sleep(0.02)
        if cancelled():
            time.sleep(0.5)
        ended.set()
        raise DeskError("It was only a test.", "BUSY")

    patch.setattr(desk, "analyse", analyse)
    return began, ended


@pytest.mark.parametrize(("lasts_s", "drain_s", "status"), [(1.0, 30.0, 409), (60.0, 0.0, 503)])
def test_a_batch_analysis_may_end_in_time_and_is_cut_off_without(
    desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch, lasts_s: float, drain_s: float, status: int
) -> None:
    began, ended = batch_that_lasts(desk, monkeypatch, lasts_s)
    _, secret = desk.make_key("sender")
    with ThreadPoolExecutor() as pool:
        url = f"{server.address}/analyze"
        sent = pool.submit(
            httpx.post, url, headers={"X-API-Key": secret}, files={"file": ("a.wav", b"abc")}, timeout=ANSWER_S
        )
        assert began.wait(ANSWER_S)
        stopping = time.monotonic()
        server.stop(drain_s)
        assert time.monotonic() - stopping < (lasts_s if drain_s else 0.0) + AT_ONCE_S
        assert sent.result(ANSWER_S).status_code == status
    assert ended.wait(ANSWER_S)


def test_an_impatient_owner_cuts_the_waiting_short(desk: Desk, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    began, ended = batch_that_lasts(desk, monkeypatch, 60.0)
    _, secret = desk.make_key("sender")
    with ThreadPoolExecutor() as pool:
        url = f"{server.address}/analyze"
        sent = pool.submit(
            httpx.post, url, headers={"X-API-Key": secret}, files={"file": ("a.wav", b"abc")}, timeout=ANSWER_S
        )
        assert began.wait(ANSWER_S)
        threading.Timer(0.3, server.hurry).start()
        stopping = time.monotonic()
        server.stop(30.0)
        assert time.monotonic() - stopping < AT_ONCE_S
        assert sent.result(ANSWER_S).status_code == 503
    assert ended.wait(ANSWER_S)


def test_requests_of_an_open_connection_are_refused_while_the_server_stops(desk: Desk) -> None:
    server = Server(desk, port=0)
    server.start()
    running = server._running
    assert running is not None
    with httpx.Client(base_url=server.address, timeout=ANSWER_S) as client:
        assert client.get("/health").status_code == 200
        running._loop.call_soon_threadsafe(running._context.stopping.set)
        time.sleep(0.1)
        refused = client.get("/metrics")
        assert (refused.status_code, refused.json()) == (503, {"detail": "The server is stopping"})
        told = client.get("/health")
        assert (told.status_code, told.json()["status"]) == (503, "stopping")
    server.stop()


def test_requests_are_listed_by_their_template(desk: Desk, server: Server) -> None:
    key, secret = desk.make_key("lister")
    httpx.get(
        f"{server.address}/library/conversations/analysis_0000000000", headers={"X-API-Key": secret}, timeout=ANSWER_S
    )
    until(lambda: server.requests()[0].status is not None)  # it is written down when the answer has gone
    newest = server.requests()[0]
    assert (newest.method, newest.route) == ("GET", "/library/conversations/{conversation_id}")
    assert (newest.status, newest.key_id, newest.client) == (404, key.id, "127.0.0.1")
    server.stop()
    assert server.requests()[0] == newest


def test_a_port_in_use_is_named(desk: Desk, server: Server) -> None:
    with pytest.raises(ServerError, match=f"Port {server.port} is in use"):
        Server(desk, port=server.port).start()


@pytest.mark.parametrize(
    ("host", "words"),
    [("203.0.113.7", "not an address of this machine"), ("0.0.0.0", "only with a key"), ("::", "only with a key")],
)
def test_other_machines_get_in_only_when_told_and_with_a_key(tmp_path: Path, host: str, words: str) -> None:
    with Desk(Settings(data_dir=tmp_path)) as desk:
        with pytest.raises(ServerError, match="--lan"):
            Server(desk, host, 0).start()
        if "key" not in words:
            desk.make_key("one")
        server = Server(desk, host, 0, allow_lan=True)
        with pytest.raises(ServerError, match=words):
            server.start()
        assert server.state == "stopped"


def test_a_revoked_key_opens_no_door(tmp_path: Path) -> None:
    with Desk(Settings(data_dir=tmp_path)) as desk:
        desk.revoke_key(desk.make_key("gone")[0].id)
        with pytest.raises(ServerError, match="illodesk keys make"):
            Server(desk, "0.0.0.0", 0, allow_lan=True).start()


def test_addresses_for_other_machines(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serving, "own_addresses", lambda: ["192.0.2.5"])
    assert Server(desk, port=1).lan_addresses() == []
    everywhere = Server(desk, "0.0.0.0", 8755)
    assert (everywhere.address, everywhere.lan_addresses()) == ("http://127.0.0.1:8755", ["http://192.0.2.5:8755"])
    assert Server(desk, "::", 8755).address == "http://[::1]:8755"


@pytest.mark.parametrize(
    ("host", "here"),
    [("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("", False)],
)
def test_what_counts_as_this_machine(host: str, here: bool) -> None:
    assert is_loopback(host) is here


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_certificate_that_cannot_be_used_is_named(desk: Desk, tmp_path: Path, content: bytes | None) -> None:
    cert, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    if content is not None:
        cert.write_bytes(content)
        key.write_bytes(content)
    with pytest.raises(ServerError, match=r"cert\.pem"):
        Server(desk, port=0, tls_cert=cert, tls_key=key).start()
    with pytest.raises(ServerError, match="belong together"):
        Server(desk, port=0, tls_cert=cert).start()


def test_a_failed_start_lets_the_port_go(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_desk: Desk) -> None:
        raise RuntimeError

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Server(desk, port=port)
    with monkeypatch.context() as patch:
        patch.setattr(serving, "create_app", broken)
        with pytest.raises(RuntimeError):
            server.start()
    server.start()
    server.stop()
