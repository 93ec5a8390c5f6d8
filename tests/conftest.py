"""What holds for every test: no screen, no network, its own data folder, no unexpected warnings, the same examples."""

from __future__ import annotations

import ipaddress
import logging
import os
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_DATASETS_OFFLINE="1")

import pytest
from hypothesis import settings

settings.register_profile("illodesk", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("illodesk")


@pytest.fixture(scope="session", autouse=True)
def shared_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same for what tests share, which is made before the folder of the first of them."""
    with pytest.MonkeyPatch.context() as patch:
        use_folder(patch, tmp_path_factory.mktemp("shared"))
        yield


@pytest.fixture(autouse=True)
def data_dir(shared_data_dir: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Everything that a test keeps goes to a folder of its own; the settings of whoever runs it do not matter."""
    with pytest.MonkeyPatch.context() as patch:
        use_folder(patch, tmp_path_factory.mktemp("data"))
        yield


def use_folder(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Keep everything there, and know of no settings but its own."""
    for name in list(os.environ):
        if name.startswith("ILLODESK_") and name != "ILLODESK_WITHOUT":
            patch.delenv(name)
    for name in ("MAX_FILE_SIZE_MB", "ENABLE_LIVE_STREAMING"):
        patch.delenv(name, raising=False)
    patch.setenv("ILLODESK_DATA_DIR", str(folder))


class NetworkUseError(AssertionError):
    """A test reached for the network."""


def is_local(family: int, address: Any) -> bool:
    """Whether a socket address stays on this machine."""
    if family not in (socket.AF_INET, socket.AF_INET6):
        return True
    host = address[0]
    return host in ("", "localhost") or ipaddress.ip_address(host.partition("%")[0]).is_loopback


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Connections that leave the machine are refused, and fail the test even where the refusal is swallowed."""
    attempts: list[str] = []

    def refuse(what: str) -> None:
        attempts.append(what)
        raise NetworkUseError(f"the network was used: {what}")

    def guarded(name: str) -> Any:
        original = getattr(socket.socket, name)

        def connect(self: socket.socket, address: Any) -> Any:
            if not is_local(self.family, address):
                refuse(f"{name} to {address}")
            return original(self, address)

        return connect

    resolve = socket.getaddrinfo

    def getaddrinfo(host: Any, *rest: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        try:
            ipaddress.ip_address(name or "127.0.0.1")
        except ValueError:
            if name not in ("localhost", socket.gethostname()):
                refuse(f"name {name}")
        return resolve(host, *rest, **options)

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex"):
            patch.setattr(socket.socket, name, guarded(name))
        patch.setattr(socket, "getaddrinfo", getaddrinfo)
        yield
    if attempts:
        pytest.fail(f"the network was used: {'; '.join(attempts)}")


class Warnings(logging.Handler):
    """Keeps what is logged from WARNING on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name}: {record.levelname}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or error in the log fails the test, unless it is marked ``expects_log``."""
    handler = Warnings()
    logging.getLogger().addHandler(handler)
    try:
        yield
    finally:
        logging.getLogger().removeHandler(handler)
    if handler.lines and request.node.get_closest_marker("expects_log") is None:
        pytest.fail("logged unexpectedly:\n" + "\n".join(handler.lines))
