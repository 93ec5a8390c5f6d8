"""The server inside a process: uvicorn in a thread with a loop of its own, beside a window or alone."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import ipaddress
import logging
import socket
import ssl
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import uvicorn
from fastapi import FastAPI

from illodesk.desk import Desk, DeskError
from illodesk.server.app import create_app
from illodesk.server.context import ServerContext
from illodesk.server.journal import Journal, RequestEntry
from illodesk.server.leftovers import remove_partial_uploads

State = Literal["stopped", "starting", "running", "stopping"]

GRACE_S = 0.25
"""How long streams have to say goodbye when the server stops."""
START_S = 30.0
END_S = 10.0
TICK_S = 0.02
VANISHED_S = 40.0
"""After how long without an acknowledgement of what was sent a connection counts as broken; streams send every 15 s."""
BACKLOG = 512

log = logging.getLogger(__name__)


class ServerError(DeskError):
    """Why the server cannot start, in the user's words."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "SERVER")


class Server:
    """The API over a desk. ``start`` and ``stop`` may be called in turn, from any thread, as often as one likes."""

    def __init__(
        self,
        desk: Desk,
        host: str | None = None,
        port: int | None = None,
        *,
        allow_lan: bool | None = None,
        tls_cert: Path | None = None,
        tls_key: Path | None = None,
    ) -> None:
        """What is not named here is taken from the settings."""
        settings = desk.settings
        self._desk = desk
        self.host = settings.server_host if host is None else host
        self.port = settings.server_port if port is None else port
        self._allow_lan = settings.allow_lan if allow_lan is None else allow_lan
        self._tls_cert = tls_cert or settings.tls_cert
        self._tls_key = tls_key or settings.tls_key
        self._lock = threading.Lock()
        self._state: State = "stopped"
        self._running: _Running | None = None
        self._last_requests: list[RequestEntry] = []

    @property
    def state(self) -> State:
        return self._state

    @property
    def address(self) -> str:
        """Base URL as this machine reaches it; with port 0 the real port is known once the server runs."""
        host = "127.0.0.1" if self.host in ("0.0.0.0", "") else "::1" if self.host == "::" else self.host  # noqa: S104
        return self._url(host)

    def lan_addresses(self) -> list[str]:
        """Base URLs as other machines reach it; none while it listens to this machine only."""
        if is_loopback(self.host):
            return []
        everywhere = self.host in ("0.0.0.0", "::", "")  # noqa: S104
        return [self._url(host) for host in (own_addresses() if everywhere else [self.host])]

    def requests(self) -> list[RequestEntry]:
        """Requests that go on and the last that ended, newest first; after ``stop`` those of before."""
        running = self._running
        return running.journal.entries() if running is not None else self._last_requests

    def start(self) -> None:
        """Listen, and return when requests are answered. Raises ServerError; the server is stopped then."""
        with self._lock:
            if self._state != "stopped":
                return
            self._state = "starting"
            try:
                self._refuse_open_door()
                check_certificate(self._tls_cert, self._tls_key)
                app = create_app(self._desk)
                listening = listen(self.host, self.port)
                remove_partial_uploads(self._desk.settings.data_dir)
                self.port = listening.getsockname()[1]
                self._running = _Running(app, listening, self._tls_cert, self._tls_key)
                self._running.wait_started()
            except BaseException:
                self._end(0.0)
                raise
            self._state = "running"

    def stop(self, drain_s: float = 0.0) -> None:
        """Stop listening and tell streams at once; requests that run may go on for ``drain_s``, then are cut off."""
        with self._lock:
            if self._state == "running":
                self._state = "stopping"
                self._end(drain_s)

    def hurry(self) -> None:
        """Cut off what a ``stop`` of another thread still waits for."""
        running = self._running
        if running is not None:
            running.hurry()

    def _end(self, drain_s: float) -> None:
        running = self._running
        if running is not None:
            running.end(drain_s)
            self._last_requests = running.journal.entries()
        self._running = None
        self._state = "stopped"

    def _url(self, host: str) -> str:
        shown = f"[{host}]" if ":" in host else host
        return f"{'https' if self._tls_cert else 'http'}://{shown}:{self.port}"

    def _refuse_open_door(self) -> None:
        """Other machines get in only when that was said, and only with a key."""
        if is_loopback(self.host):
            return
        if not self._allow_lan:
            raise ServerError(
                f"{self.host} can be reached from other machines. If that is what you want, say so: "
                f"illodesk serve --host {self.host} --lan (or allow_lan = true in the settings)."
            )
        if not any(key.revoked_at is None for key in self._desk.keys()):  # noqa: SIM118
            raise ServerError(
                "Other machines may reach the server only with a key, and there is none yet. Make one first: "
                "illodesk keys make NAME"
            )


class _Running:
    """One run of uvicorn in its thread, from the first request that it answers to the last."""

    def __init__(self, app: FastAPI, listening: socket.socket, cert: Path | None, key: Path | None) -> None:
        self._context: ServerContext = app.state.context
        self.journal: Journal = app.state.journal
        self._socket = listening
        self._server = _QuietServer(
            uvicorn.Config(
                app,
                http="h11",
                loop="asyncio",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                backlog=BACKLOG,
                ssl_certfile=cert,
                ssl_keyfile=key,
            )
        )
        self._loop = asyncio.new_event_loop()
        self._hurried = False
        self._thread = threading.Thread(target=self._run, name="illodesk server", daemon=True)
        self._thread.start()

    def wait_started(self) -> None:
        """Raises ServerError when it does not come up."""
        if not self._server.up.wait(START_S) or not self._server.started:
            raise ServerError("The server did not start; the log says why.")

    def hurry(self) -> None:
        self._hurried = True

    def end(self, drain_s: float) -> None:
        """Returns when the thread is gone, its sockets and tasks with it."""
        with contextlib.suppress(RuntimeError):  # it ended by itself, and its loop is closed
            self._loop.call_soon_threadsafe(lambda: self._loop.create_task(self._wind_down(drain_s)))
        self._thread.join(drain_s + END_S)
        self._socket.close()
        self._context.access.close()
        if self._thread.is_alive():
            log.error("The server's thread did not end in time and was left behind.")

    async def _wind_down(self, drain_s: float) -> None:
        self._server.close_doors()
        self._context.stopping.set()
        await self._until_idle(max(drain_s, GRACE_S))
        self._context.time_is_up.set()
        await self._until_idle(GRACE_S)
        self._server.cancel_requests()
        self._server.should_exit = True

    async def _until_idle(self, seconds: float) -> None:
        began = time.monotonic()
        while self.journal.going:
            waited = time.monotonic() - began
            if waited >= seconds or (self._hurried and waited >= GRACE_S):
                return
            await asyncio.sleep(TICK_S)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._server.serve(sockets=[self._socket]))
            finally:
                self._server.up.set()


class _QuietServer(uvicorn.Server):
    """uvicorn without its signal handlers, which belong to who owns the process, and with a bell when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.up = threading.Event()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.up.set()

    def close_doors(self) -> None:
        """Accept no more connections."""
        for server in getattr(self, "servers", []):
            server.close()

    def cancel_requests(self) -> None:
        """End what did not end by itself."""
        for task in list(self.server_state.tasks):
            task.cancel()


def is_loopback(host: str) -> bool:
    """Whether an address is reached from this machine only."""
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises ServerError that says what is in the way."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise ServerError(f"There is no address called {host}.") from error
    listening = socket.socket(family, kind, protocol)
    try:
        # Elsewhere this lets the port be taken again right after the server stopped; on Windows it would let two
        # programs have it at once.
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if hasattr(socket, "TCP_USER_TIMEOUT"):  # a client that vanished without a word is noticed by its silence
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, round(VANISHED_S * 1000))
        listening.bind(address)
        listening.listen(BACKLOG)
        listening.setblocking(False)
    except OSError as error:
        listening.close()
        raise ServerError(why_not(error, host, port)) from error
    return listening


def why_not(error: OSError, host: str, port: int) -> str:
    """Why an address cannot be listened at, and what to do about it."""
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is in use by another program, perhaps another IlloDesk. Choose another one with --port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"{host} is not an address of this machine."
    if error.errno == errno.EACCES:
        return f"Port {port} may not be used by this user. Choose one above 1023 with --port."
    return f"The server cannot listen at {host}, port {port}: {error.strerror}."


def check_certificate(cert: Path | None, key: Path | None) -> None:
    """Raises ServerError when a certificate and its key are not both there and good."""
    if cert is None and key is None:
        return
    if cert is None or key is None:
        raise ServerError("A certificate and its private key belong together: name both, --tls-cert and --tls-key.")
    for path in (cert, key):
        try:
            path.read_bytes()
        except OSError as error:
            raise ServerError(f"{path} cannot be read: {error.strerror}.") from error
    try:
        # A password prompt would wait for somebody at a terminal that may not be there.
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(cert, key, password=lambda: b"")
    except (ssl.SSLError, ValueError) as error:
        raise ServerError(
            f"{cert} and {key} are no certificate and its private key, in PEM and without a password."
        ) from error


def own_addresses() -> list[str]:
    """Addresses of this machine in its networks, the one that leads outside first."""
    found = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing: it only asks which address would be used
        found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found += [info[4][0] for info in socket.getaddrinfo(socket.gethostname(), None, family=socket.AF_INET)]
    return [str(address) for address in dict.fromkeys(found) if not is_loopback(str(address))]
