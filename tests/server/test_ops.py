"""/health and /metrics: what they say, in both formats, and that they say it quickly."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from typing import Any

import anyio.to_thread
import httpx
import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from illodesk import __version__
from illodesk.desk import Desk, DeskError
from illodesk.server.app import create_app
from illodesk.server.counters import Counters
from illodesk.settings import Settings


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(Settings(data_dir=tmp_path_factory.mktemp("desk"))) as opened:
        yield opened


@pytest.fixture
def client(desk: Desk) -> TestClient:
    return TestClient(create_app(desk), client=("127.0.0.1", 50000))


def counters(client: TestClient) -> Counters:
    found: Counters = client.app.state.context.counters  # type: ignore[attr-defined]
    return found


def test_health_says_how_it_is(client: TestClient) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    health = answer.json()
    assert (health["status"], health["version"], health["worker"]) == ("ok", __version__, {"running": False})
    assert (health["live_sessions"], health["requests"], health["live_streaming"]) == (0, 1, True)
    assert health["disk_free_mb"] > 0


def test_health_is_bad_when_the_library_cannot_be_read(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreadable(**_: Any) -> None:
        raise DeskError("The disk is gone.", "STORE_UNAVAILABLE")

    monkeypatch.setattr(desk, "conversations", unreadable)
    answer = client.get("/health")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")


def test_health_does_not_wait_for_a_library_that_hangs(
    desk: Desk, client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("illodesk.server.ops.STORE_S", 0.05)
    answered = threading.Event()
    monkeypatch.setattr(desk, "conversations", lambda **_: answered.wait(60.0))
    assert client.get("/health").json()["status"] == "unavailable"
    answered.set()


def test_health_waits_for_no_thread_that_others_take(desk: Desk) -> None:
    async def status_when_every_thread_is_taken() -> int:
        threads = anyio.to_thread.current_default_thread_limiter()
        takers = [object() for _ in range(int(threads.total_tokens))]
        for taker in takers:
            threads.acquire_on_behalf_of_nowait(taker)
        transport = httpx.ASGITransport(create_app(desk))
        async with httpx.AsyncClient(transport=transport, base_url="http://server") as client:
            with anyio.fail_after(60.0):
                return (await client.get("/health")).status_code

    assert asyncio.run(status_when_every_thread_is_taken()) == 200


def test_health_does_not_wait_for_who_writes(desk: Desk, client: TestClient) -> None:
    writer = sqlite3.connect(desk.settings.data_dir / "library.db", isolation_level=None)
    writer.execute("BEGIN EXCLUSIVE")
    assert client.get("/health").json()["status"] == "ok"
    writer.close()


def test_metrics_have_the_shape_of_the_contract(client: TestClient) -> None:
    for _ in range(3):
        counters(client).event("status")
    counters(client).event("done")
    counters(client).latency("utterance", 200.0)
    counters(client).latency("utterance", 300.5)
    metrics = client.get("/metrics").json()
    assert metrics["events"] == {"status": 3, "done": 1}
    assert metrics["agent_latency_ms"] == {"utterance": 250.25}
    assert (metrics["title"], metrics["version"]) == ("IlloDesk", __version__)


def test_before_anything_happened_nothing_is_counted(client: TestClient) -> None:
    metrics = client.get("/metrics", headers={"Accept": "*/*"}).json()
    assert (metrics["events"], metrics["agent_latency_ms"]) == ({}, {})


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/plain", "text/plain"),
        ("text/plain;version=0.0.4;q=0.5,*/*;q=0.1", "text/plain"),
        ("application/openmetrics-text;version=1.0.0,text/plain", "application/openmetrics-text"),
        ("application/json, text/plain, */*", "application/json"),
        ("*/*", "application/json"),
    ],
)
def test_prometheus_gets_its_own_format_when_it_asks(client: TestClient, accept: str, kind: str) -> None:
    assert client.get("/metrics", headers={"Accept": accept}).headers["Content-Type"].startswith(kind)


def test_requests_are_counted_by_template(client: TestClient) -> None:
    client.get("/library/conversations/analysis_0000000000/result")
    text = client.get("/metrics", headers={"Accept": "text/plain"}).text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    counted = {sample.labels["route"]: sample.value for sample in samples if sample.name == "illodesk_requests_total"}
    assert counted == {"/library/conversations/{conversation_id}/result": 1.0}


def test_apps_count_for_themselves(desk: Desk, client: TestClient) -> None:
    counters(client).event("done")
    assert TestClient(create_app(desk), client=("127.0.0.1", 1)).get("/metrics").json()["events"] == {}


def test_metrics_need_a_key_from_elsewhere(desk: Desk) -> None:
    stranger = TestClient(create_app(desk), client=("192.168.7.7", 50000))
    assert stranger.get("/metrics").status_code == 401
    assert stranger.get("/health").status_code == 200
    assert stranger.get("/metrics", headers={"X-API-Key": desk.make_key("scraper")[1]}).status_code == 200
