"""What /openapi.json promises, asked of the running server with all kinds of data, right and wrong."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from illodesk.desk import Desk
from illodesk.server.serving import Server
from illodesk.settings import Settings
from tests.excerpt import write_excerpt

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
TIMEOUT_S = 120.0
EXAMPLES = int(os.environ.get("OPENAPI_EXAMPLES", "8"))
"""Per operation; more of them are a longer search for the same."""


class Subject:
    """A server with a conversation in its library and a session that takes chunks."""

    def __init__(self, desk: Desk, server: Server, recording: bytes) -> None:
        self.desk = desk
        self.url = server.address
        self.recording = recording
        self.headers = {"X-API-Key": desk.make_key("tests")[1]}
        answer = httpx.post(
            f"{self.url}/analyze", headers=self.headers, files={"file": ("a.wav", recording)}, timeout=TIMEOUT_S
        )
        self.conversation = answer.json()["conversation_id"]
        replay = httpx.post(
            f"{self.url}/analyze/stream", headers=self.headers, files={"file": ("a.wav", recording)}, timeout=TIMEOUT_S
        )
        self.ended_session = replay.headers["X-Session-Id"]

    def live_session(self) -> str:
        """A session that takes chunks now."""
        for session in self.desk.sessions():
            if session.state == "ingesting":
                return session.id
        return self.desk.upload(suffix=".wav", ttl_s=900.0, owner="somebody").id


@pytest.fixture(scope="module")
def subject(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Subject]:
    home = tmp_path_factory.mktemp("openapi")
    with Desk.open(Settings(data_dir=home, requests_per_minute=0, live_sessions_per_key=4)) as desk:
        server = Server(desk, "127.0.0.1", 0)
        server.start()
        yield Subject(desk, server, write_excerpt(home / "a.wav", 44, 49).read_bytes())
        server.stop()


def ask(subject: Subject, operation: Any) -> None:
    """Put all kinds of data to one operation, under ids that are not there and under ids that are."""

    @given(case=operation.as_strategy())
    @settings(
        max_examples=EXAMPLES if "/runs" not in operation.path else EXAMPLES // 4,  # each may be a whole analysis
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def every_answer_is_as_documented(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=subject.headers, timeout=TIMEOUT_S, checks=CHECKS)
        if "conversation_id" in case.path_parameters and case.method != "DELETE":
            case.path_parameters["conversation_id"] = subject.conversation
        elif "session_id" in case.path_parameters and case.path.endswith("/events"):
            case.path_parameters["session_id"] = subject.ended_session
        elif "session_id" in case.path_parameters:
            case.path_parameters["session_id"] = subject.live_session()
        else:
            return
        case.call_and_validate(headers=subject.headers, timeout=TIMEOUT_S, checks=CHECKS)

    every_answer_is_as_documented()


@pytest.mark.timeout(600)
def test_every_answer_is_as_documented(subject: Subject, subtests: pytest.Subtests) -> None:
    schema = schemathesis.openapi.from_url(f"{subject.url}/openapi.json")
    labels = []
    for operation in (found.ok() for found in schema.get_all_operations()):
        labels.append(operation.label)
        with subtests.test(operation.label):
            ask(subject, operation)
    assert len(labels) > 20
