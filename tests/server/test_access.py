from __future__ import annotations

import asyncio
import ipaddress
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, HTTPException, Request
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from illodesk.desk import Desk
from illodesk.server import access
from illodesk.server.access import Access, Caller, CallerDep, ChunkCallerDep, MetricsCallerDep, Window
from illodesk.server.errors import install_error_handlers
from illodesk.settings import Settings

DENIED = {"detail": "Invalid or missing API key"}
ME, YOU = Caller("me", "Me"), Caller("you", "You")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One library for all; each test has keys of its own."""
    with Desk.open(Settings(data_dir=tmp_path_factory.mktemp("desk"))) as opened:
        yield opened


def app_of(desk: Desk, **settings: Any) -> FastAPI:
    """An app with nothing in it but the check."""
    app = FastAPI()
    install_error_handlers(app)
    rules = Access(desk, desk.settings.model_copy(update=settings))
    app.state.context = SimpleNamespace(access=rules)

    @app.get("/me")
    async def me(request: Request, caller: CallerDep) -> dict[str, str]:
        return {"key_id": caller.key_id, "name": caller.name, "noted": request.state.key_id}

    @app.post("/chunk")
    async def chunk(caller: ChunkCallerDep) -> str:
        return caller.key_id

    @app.get("/metrics")
    async def metrics(caller: MetricsCallerDep) -> str | None:
        return caller and caller.key_id

    return app


def client_of(desk: Desk, address: str = "192.168.7.7", **settings: Any) -> TestClient:
    return TestClient(app_of(desk, **settings), client=(address, 50000))


# --- keys -----------------------------------------------------------------------------------------------------------


def test_a_key_is_taken_from_the_header_or_the_query(desk: Desk) -> None:
    key, secret = desk.make_key("Lab laptop")
    client = client_of(desk)
    mine = {"key_id": key.id, "name": "Lab laptop", "noted": key.id}
    assert client.get("/me", headers={"X-API-Key": secret}).json() == mine
    assert client.get("/me", headers={"x-api-key": secret}).json() == mine
    assert client.get("/me", params={"api_key": secret}).json() == mine


def test_a_wrong_header_is_not_rescued_by_a_good_query(desk: Desk) -> None:
    secret = desk.make_key("x")[1]
    client = client_of(desk)
    for header in ("wrong", ""):
        denied = client.get("/me", headers={"X-API-Key": header}, params={"api_key": secret})
        assert (denied.status_code, denied.json()) == (401, DENIED)
    assert client.get("/me", headers={"X-API-Key": secret}, params={"api_key": "wrong"}).status_code == 200


@pytest.mark.parametrize(
    "request_",
    [
        {},
        {"headers": {"X-API-Key": ""}},
        {"headers": {"X-API-Key": "illo_00000000_" + 64 * "0"}},
        {"headers": {"X-API-Key": b"\xff\x00\xe4"}},
        {"headers": {"X-API-Key": "x" * 20_000}},
        {"headers": {"Authorization": "Bearer x"}},
        {"params": {"api_key": ""}},
        {"params": {"api_key": "\N{GRINNING FACE}"}},
        {"params": {"api_key": "demo_12345_public_test_key"}},
    ],
)
def test_without_a_good_key_nobody_enters(desk: Desk, request_: dict[str, Any]) -> None:
    client = client_of(desk)
    for method, path in (("GET", "/me"), ("POST", "/chunk"), ("GET", "/metrics")):
        denied = client.request(method, path, **request_)
        assert (denied.status_code, denied.json()) == (401, DENIED)
        assert denied.headers["WWW-Authenticate"] == "APIKey"


def test_this_machine_needs_a_key_too(desk: Desk) -> None:
    assert client_of(desk, "127.0.0.1").get("/me").status_code == 401


def test_keys_change_while_the_server_runs(desk: Desk) -> None:
    client = client_of(desk)

    def status(secret: str) -> int:
        return client.get("/me", headers={"X-API-Key": secret}).status_code

    with Desk.open(desk.settings) as elsewhere:
        key, first = elsewhere.make_key("x")
        assert status(first) == 200
        _, second = elsewhere.rotate_key(key.id)
        assert (status(first), status(second)) == (200, 200)
        _, third = elsewhere.rotate_key(key.id, grace_s=0)
        assert (status(first), status(second), status(third)) == (401, 401, 200)
        elsewhere.revoke_key(key.id)
        assert status(third) == 401


def test_open_streams_learn_that_their_key_was_revoked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    rules = Access(desk, desk.settings)
    kept, revoked = (Caller(desk.make_key(name)[0].id, name) for name in ("kept", "revoked"))

    async def hold() -> tuple[bool, bool]:
        return await rules.holds(kept), await rules.holds(revoked)

    assert asyncio.run(hold()) == (True, True)
    desk.revoke_key(revoked.key_id)
    assert asyncio.run(hold()) == (True, True)  # many streams ask, and the list is read now and then
    monkeypatch.setattr(access, "KEYS_S", 0.0)
    assert asyncio.run(hold()) == (True, False)
    rules.close()


@pytest.mark.parametrize(
    ("address", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("::ffff:127.0.0.1", True),
        ("192.168.7.7", False),
        ("::ffff:192.168.7.7", False),
        ("testclient", False),
        ("", False),
    ],
)
def test_metrics_need_no_key_on_this_machine_only(desk: Desk, address: str, local: bool) -> None:
    key, secret = desk.make_key("x")
    client = client_of(desk, address)
    bare = client.get("/metrics")
    assert (bare.status_code, bare.json()) == ((200, None) if local else (401, DENIED))
    with_key = client.get("/metrics", headers={"X-API-Key": secret})
    assert with_key.json() == (None if local else key.id)


def test_closing_ends_its_threads(desk: Desk) -> None:
    def checkers() -> list[threading.Thread]:
        return [thread for thread in threading.enumerate() if thread.name.startswith("key check")]

    before = checkers()
    app = app_of(desk)
    TestClient(app).get("/me", params={"api_key": "x"})
    mine = [thread for thread in checkers() if thread not in before]
    assert mine
    app.state.context.access.close()
    for thread in mine:
        thread.join(5)
        assert not thread.is_alive()


def test_the_documentation_names_both_ways(desk: Desk) -> None:
    page = app_of(desk).openapi()
    schemes = {(s["type"], s["in"], s["name"]) for s in page["components"]["securitySchemes"].values()}
    assert schemes == {("apiKey", "header", "X-API-Key"), ("apiKey", "query", "api_key")}
    for path, method in (("/me", "get"), ("/chunk", "post"), ("/metrics", "get")):
        operation = page["paths"][path][method]
        assert operation["security"] == [{"ApiKeyHeader": []}, {"ApiKeyQuery": []}]  # one of them, not both
        assert "parameters" not in operation


def test_who_tries_many_keys_waits_and_who_has_one_does_not(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "WRONG_KEYS_PER_MINUTE", 3)
    monkeypatch.setattr(access, "WRONG_KEY_DELAY_S", 1.0)
    secret = desk.make_key("x")[1]
    client = client_of(desk)

    def seconds(key: str | None) -> tuple[int, float]:
        began = time.monotonic()
        answer = client.get("/me", headers={} if key is None else {"X-API-Key": key})
        return answer.status_code, time.monotonic() - began

    tried = [seconds("wrong") for _ in range(4)]
    assert [status for status, _ in tried] == [401, 401, 401, 401]
    assert [took >= 1.0 for _, took in tried] == [False, False, False, True]
    assert seconds(secret)[1] < 0.9
    assert seconds(None)[1] < 0.9  # a request without a key guesses nothing


def test_wrong_keys_from_everywhere_fill_no_memory(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(access, "ADDRESSES", 10)
    app = app_of(desk)
    for number in range(35):
        address = str(ipaddress.ip_address(0x0A000000 + number))
        assert TestClient(app, client=(address, 1)).get("/me", params={"api_key": "x"}).status_code == 401
    assert 0 < len(app.state.context.access._wrong) <= 10


# --- requests per minute --------------------------------------------------------------------------------------------


@given(
    limit=st.integers(1, 5),
    gaps=st.lists(st.floats(0, 40, allow_nan=False) | st.just(0.0), max_size=40),
)
def test_no_minute_sees_more_than_the_limit_and_the_wait_is_true(limit: int, gaps: list[float]) -> None:
    window, now, admitted = Window(limit), 0.0, []
    for gap in gaps:
        now += gap
        wait_s = window.take(now)
        if wait_s == 0:
            admitted.append(now)
        else:
            assert 0 < wait_s < 60 + 1e-6
            assert len([t for t in admitted if t > now - 60]) == limit
            now += wait_s + 1e-6
            assert window.take(now) == 0
            admitted.append(now)
    for one in admitted:
        assert len([t for t in admitted if one <= t < one + 60 - 1e-3]) <= limit


def test_requests_above_the_rate_are_told_when_to_come_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(access, "monotonic", lambda: clock.now)
    mine, yours = (desk.make_key("x")[1] for _ in range(2))
    client = client_of(desk, requests_per_minute=3)

    def ask(secret: str = mine) -> httpx.Response:
        return client.get("/me", headers={"X-API-Key": secret})

    for clock.now in (1000.0, 1010.0, 1020.0):
        assert ask().status_code == 200
    clock.now = 1025.5
    refused = ask()
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "35")
    assert refused.json() == {"detail": "More than 3 requests in a minute; come back in 35 s"}
    assert ask(yours).status_code == 200  # everybody has a limit of their own
    assert client.get("/me").status_code == 401  # a request without a key uses up nobody's
    assert client.post("/chunk", headers={"X-API-Key": mine}).status_code == 200  # sound is never refused
    clock.now = 1025.5 + 35
    assert ask().status_code == 200
    assert ask().status_code == 429


def test_the_rate_may_be_unlimited(desk: Desk) -> None:
    secret = desk.make_key("x")[1]
    client = client_of(desk, requests_per_minute=0)
    assert {client.get("/me", headers={"X-API-Key": secret}).status_code for _ in range(30)} == {200}


# --- batch slots ----------------------------------------------------------------------------------------------------


def rules_of(sessions: list[Any] | None = None, **settings: Any) -> Access:
    """The limits alone; a desk is asked for nothing but its sessions."""
    desk: Any = SimpleNamespace(sessions=lambda: list(sessions or []))
    return Access(desk, Settings().model_copy(update=settings))


@dataclass
class Analyses:
    """Requests that hold a slot until they are let go."""

    rules: Access
    began: list[str] = field(default_factory=list)
    gates: dict[str, asyncio.Event] = field(default_factory=dict)
    tasks: dict[str, asyncio.Task[str]] = field(default_factory=dict)

    async def start(self, name: str, caller: Caller = ME) -> None:
        self.gates[name] = asyncio.Event()
        self.tasks[name] = asyncio.create_task(self._run(name, caller))
        await settle()

    async def _run(self, name: str, caller: Caller) -> str:
        try:
            async with self.rules.batch_slot(caller):
                self.began.append(name)
                await self.gates[name].wait()
                return "done"
        except HTTPException as error:
            assert error.status_code == 429
            return f"come back in {(error.headers or {})['Retry-After']}"

    async def let_go(self, name: str) -> None:
        self.gates[name].set()
        await settle()

    async def cancel(self, name: str) -> None:
        self.tasks[name].cancel()
        await settle()
        assert self.tasks[name].cancelled()


async def settle() -> None:
    for _ in range(10):
        await asyncio.sleep(0)


def in_a_loop(test: Callable[[Analyses], Awaitable[None]], **settings: Any) -> None:
    async def run() -> None:
        analyses = Analyses(rules_of(**settings))
        await test(analyses)
        for name, task in analyses.tasks.items():
            analyses.gates[name].set()
            await asyncio.wait([task])

    asyncio.run(run())


def test_a_fourth_analysis_waits_for_its_turn_and_turns_come_in_order() -> None:
    async def test(analyses: Analyses) -> None:
        for name in "abcdef":
            await analyses.start(name)
        assert analyses.began == ["a", "b", "c"]
        await analyses.start("other", YOU)
        assert analyses.began == ["a", "b", "c", "other"]
        await analyses.let_go("b")
        await analyses.let_go("a")
        await analyses.let_go("d")
        assert analyses.began == ["a", "b", "c", "other", "d", "e", "f"]

    in_a_loop(test)


def test_who_waits_too_long_is_told_to_come_back() -> None:
    async def test(analyses: Analyses) -> None:
        for name in "abcd":
            await analyses.start(name)
        assert await analyses.tasks["d"] == "come back in 30"
        await analyses.let_go("a")
        await analyses.start("e")
        assert analyses.began == ["a", "b", "c", "e"]

    in_a_loop(test, batch_wait_s=0.05)


def test_with_no_time_to_wait_a_free_slot_is_still_taken() -> None:
    async def test(analyses: Analyses) -> None:
        await analyses.start("a")
        await analyses.start("b")
        assert analyses.began == ["a"]
        assert await analyses.tasks["b"] == "come back in 30"

    in_a_loop(test, batch_per_key=1, batch_wait_s=0.0)


def test_a_slot_is_free_again_however_its_request_ends() -> None:
    async def test(analyses: Analyses) -> None:
        await analyses.start("holds")
        await analyses.start("waits")
        await analyses.start("waits too")
        await analyses.cancel("waits")  # a client that went away in the queue
        await analyses.cancel("holds")  # and one that went away in the middle
        assert analyses.began == ["holds", "waits too"]
        await analyses.let_go("waits too")
        with pytest.raises(OSError, match="disk"):
            async with analyses.rules.batch_slot(ME):
                raise OSError("disk full")
        await analyses.start("last")
        assert analyses.began[-1] == "last"

    in_a_loop(test, batch_per_key=1)


def test_a_turn_that_comes_as_its_request_goes_is_passed_on() -> None:
    async def test(analyses: Analyses) -> None:
        for name in "abc":
            await analyses.start(name)
        analyses.gates["a"].set()
        await asyncio.sleep(0)  # a has ended and b been woken, or is about to be
        analyses.tasks["b"].cancel()
        await settle()
        assert analyses.began[-1] == "c"

    in_a_loop(test, batch_per_key=1)


@given(steps=st.lists(st.tuples(st.sampled_from(["start", "end", "cancel"]), st.integers(0, 30)), max_size=40))
def test_slots_are_neither_lost_nor_made(steps: list[tuple[str, int]]) -> None:
    async def test(analyses: Analyses) -> None:
        for number, (what, which) in enumerate(steps):
            open_ = [name for name, task in analyses.tasks.items() if not task.done()]
            if what == "start":
                await analyses.start(str(number))
            elif open_ and what == "end":
                await analyses.let_go(open_[which % len(open_)])
            elif open_:
                await analyses.cancel(open_[which % len(open_)])
            going_on = [name for name, task in analyses.tasks.items() if not task.done()]
            holding = [name for name in going_on if name in analyses.began]
            assert len(holding) == min(2, len(going_on))
            assert analyses.began == sorted(analyses.began, key=int)

    in_a_loop(test, batch_per_key=2)


def test_the_loop_may_be_stopped_and_another_one_started() -> None:
    rules = rules_of(batch_per_key=1)

    async def crowd() -> None:
        analyses = Analyses(rules)
        for name in "abc":
            await analyses.start(name)
        assert analyses.began == ["a"]
        # the loop ends here with one that holds and two that wait

    for _ in range(3):
        asyncio.run(crowd())


def test_only_so_many_uploads_of_a_key_are_read_at_once(desk: Desk) -> None:
    secret = desk.make_key("x")[1]
    app = app_of(desk, batch_per_key=3, batch_wait_s=30)
    reading = most = 0

    @app.post("/analyze")
    async def analyze(request: Request, caller: CallerDep) -> int:
        nonlocal reading, most
        async with request.app.state.context.access.batch_slot(caller):
            reading += 1
            most = max(most, reading)
            size = len(await request.body())
            reading -= 1
        return size

    async def body() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b"12345678"
            await asyncio.sleep(0.005)

    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://here", params={"api_key": secret}) as client:
            return await asyncio.gather(*(client.post("/analyze", content=body()) for _ in range(9)))

    assert [answer.json() for answer in asyncio.run(run())] == [40] * 9
    assert most == 3


# --- live sessions --------------------------------------------------------------------------------------------------


def session(state: str, owner: str = "me") -> Any:
    return SimpleNamespace(state=state, record=SimpleNamespace(owner=owner))


def test_only_sessions_of_the_key_that_go_on_are_counted() -> None:
    sessions = [session("ingesting"), session("processing")]
    sessions += [session(state) for state in ("completed", "cancelled", "failed")]
    sessions += [session("ingesting", "you"), session("ingesting", "")]
    rules = rules_of(sessions, live_sessions_per_key=3)

    async def run() -> None:
        async with rules.live_slot(ME):
            sessions.append(session("ingesting"))
        with pytest.raises(HTTPException) as refused:
            async with rules.live_slot(ME):
                pytest.fail("one too many")
        assert refused.value.status_code == 429
        assert refused.value.headers == {"Retry-After": "10"}
        assert refused.value.detail == "3 live sessions of this key are going on; come back in 10 s"
        async with rules.live_slot(YOU):
            pass
        sessions[0].state = "completed"
        async with rules.live_slot(ME):
            pass

    asyncio.run(run())


def test_many_at_once_start_no_more_than_there_may_be() -> None:
    sessions: list[Any] = []
    rules = rules_of(sessions, live_sessions_per_key=5)

    async def start(number: int) -> bool:
        try:
            async with rules.live_slot(ME):
                await asyncio.sleep(0.001)  # an upload: its session is there only at the end
                sessions.append(session("ingesting"))
        except HTTPException:
            return False
        return True

    async def run() -> list[bool]:
        return await asyncio.gather(*(start(number) for number in range(20)))

    assert sum(asyncio.run(run())) == 5 == len(sessions)


def test_a_session_that_did_not_start_takes_no_place() -> None:
    rules = rules_of(live_sessions_per_key=1)

    async def start(until: asyncio.Event) -> None:
        async with rules.live_slot(ME):
            await until.wait()
            raise OSError("disk full")

    async def run() -> None:
        full, never = asyncio.Event(), asyncio.Event()
        full.set()
        with pytest.raises(OSError, match="disk full"):
            await start(full)
        gone = asyncio.create_task(start(never))
        await settle()
        with pytest.raises(HTTPException, match="1 live"):
            await start(full)
        gone.cancel()
        await settle()
        async with rules.live_slot(ME):
            pass

    asyncio.run(run())


def test_sessions_of_a_real_desk_are_counted(desk: Desk) -> None:
    key, _ = desk.make_key("x")
    caller = Caller(key.id, key.name)
    rules = Access(desk, desk.settings.model_copy(update={"live_sessions_per_key": 1}))

    @asynccontextmanager
    async def started() -> AsyncIterator[Any]:
        async with rules.live_slot(caller):
            live = await asyncio.to_thread(desk.upload, owner=caller.key_id, suffix=".wav")
        yield live

    async def run() -> None:
        async with started() as first:
            with pytest.raises(HTTPException, match="1 live session"):
                async with started():
                    pytest.fail("one too many")
            await asyncio.to_thread(first.cancel, "over")
            await asyncio.to_thread(first.wait)
            async with started() as second:
                await asyncio.to_thread(second.cancel, "over")
                await asyncio.to_thread(second.wait)

    asyncio.run(run())


# --- settings -------------------------------------------------------------------------------------------------------


def test_the_limits_can_be_set_and_have_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    default = Settings()
    limits = ("batch_per_key", "batch_wait_s", "requests_per_minute", "live_sessions_per_key")
    assert [getattr(default, name) for name in limits] == [3, 60, 600, 16]
    for name, bad in zip(limits, ("0", "-1", "-1", "0"), strict=True):
        monkeypatch.setenv(f"ILLODESK_{name.upper()}", "7")
        assert getattr(Settings(), name) == 7
        monkeypatch.setenv(f"ILLODESK_{name.upper()}", bad)
        with pytest.raises(ValidationError, match=name):
            Settings()
        monkeypatch.delenv(f"ILLODESK_{name.upper()}")
