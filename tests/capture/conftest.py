from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.capture.sound_server import MISSING, SoundServer


@pytest.fixture(scope="session")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SoundServer]:
    if MISSING:
        pytest.skip(MISSING)
    server = SoundServer(tmp_path_factory.mktemp("pulse"))
    yield server
    server.close()


@pytest.fixture
def sound_server(running_server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """A sound server that this process and those it starts record from."""
    monkeypatch.setenv("PULSE_SERVER", running_server.address)
    yield running_server
    running_server.quiet()


@pytest.fixture
def no_sound_server(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path}/nobody")
