"""What holds for every answer: errors with one body, headers, ids, CORS, documentation without a network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from illodesk import __version__
from illodesk.desk import Desk, DeskError
from illodesk.server.app import create_app
from illodesk.server.errors import STATUS_OF_CODE
from illodesk.settings import Settings

WEB = {"Origin": "https://example.org"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(Settings(data_dir=tmp_path_factory.mktemp("desk"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def app(desk: Desk) -> FastAPI:
    app = create_app(desk)

    @app.get("/broken/{code}")
    def broken(code: str) -> None:
        raise DeskError("Something that the user should read.", code)

    @app.get("/bug")
    def bug(number: int) -> None:
        raise RuntimeError(f"a secret {number}")

    return app


@pytest.fixture(scope="module")
def client(app: FastAPI) -> TestClient:
    return TestClient(app)


@pytest.mark.expects_log
@pytest.mark.parametrize(("code", "status"), [*STATUS_OF_CODE.items(), ("ANYTHING_ELSE", 500)])
def test_errors_of_the_desk_have_the_status_of_their_code(
    client: TestClient, caplog: pytest.LogCaptureFixture, code: str, status: int
) -> None:
    answer = client.get(f"/broken/{code}")
    assert (answer.status_code, answer.json()) == (status, {"detail": "Something that the user should read."})
    assert ("Retry-After" in answer.headers) == (status == 503)
    failures = [record for record in caplog.records if record.name == "illodesk.server.errors"]
    assert len(failures) == (status >= 500)
    assert all(record.fields["code"] == code and "user" not in str(record.__dict__) for record in failures)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("method", "path", "status", "words"),
    [
        ("GET", "/nowhere", 404, "Not Found"),
        ("PUT", "/health", 405, "Method Not Allowed"),
        ("GET", "/bug?number=x", 422, "number: Input should be a valid integer"),
        ("GET", "/bug", 422, "number: Field required"),
    ],
)
def test_every_error_has_one_body_in_words(client: TestClient, method: str, path: str, status: int, words: str) -> None:
    answer = client.request(method, path)
    assert answer.status_code == status
    assert answer.json().keys() == {"detail"}
    assert words in answer.json()["detail"]


@pytest.mark.expects_log
def test_a_bug_is_told_once_in_the_log_and_not_to_the_client(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    answer = client.get("/bug?number=7", headers={"X-Request-Id": "mine-1", **WEB})
    assert (answer.status_code, answer.json()) == (500, {"detail": "Internal error"})
    assert answer.headers["X-Request-Id"] == "mine-1"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert [record.fields["exception"] for record in errors] == ["RuntimeError"]  # type: ignore[attr-defined]
    assert "secret" not in str([record.__dict__ for record in errors])


def test_every_answer_names_the_api_and_its_version_and_tells_browsers_to_be_careful(client: TestClient) -> None:
    for path in ("/health", "/nowhere", "/docs"):
        headers = client.get(path).headers
        assert (headers["X-API-Title"], headers["X-API-Version"]) == ("IlloDesk", __version__)
        assert (headers["X-Content-Type-Options"], headers["Referrer-Policy"]) == ("nosniff", "no-referrer")


@pytest.mark.parametrize("unsafe", ["", "a b", "x" * 65, 'a"b', "é".encode()])
def test_a_request_id_that_is_none_is_replaced(client: TestClient, unsafe: Any) -> None:
    answered = client.get("/health", headers={"X-Request-Id": unsafe}).headers["X-Request-Id"]
    assert re.fullmatch(r"[0-9a-f]{16}", answered)


def test_pages_of_any_origin_may_call_and_read_what_they_need(client: TestClient) -> None:
    wanted = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "x-api-key"}
    asked = client.options("/analyze", headers={**WEB, **wanted})
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "x-api-key" in asked.headers["Access-Control-Allow-Headers"]
    exposed = client.get("/health", headers=WEB).headers["Access-Control-Expose-Headers"]
    assert {"X-Session-Id", "X-Request-Id", "Retry-After"} <= set(exposed.split(", "))


def test_origins_can_be_restricted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.settings, "cors_origins", ["https://mine.example"])
    client = TestClient(create_app(desk))
    assert "Access-Control-Allow-Origin" not in client.get("/health", headers=WEB).headers
    mine = client.get("/health", headers={"Origin": "https://mine.example"})
    assert mine.headers["Access-Control-Allow-Origin"] == "https://mine.example"


@pytest.mark.parametrize("page", ["/docs", "/redoc"])
def test_documentation_pages_fetch_nothing_from_elsewhere(client: TestClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    sources = re.findall(r'(?:src|href)="([^"]*)"', answer.text)
    assert sources
    for source in sources:
        assert source.startswith("/"), source
        assert client.get(source).status_code == 200
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]


def test_openapi_is_whole(desk: Desk) -> None:
    """References lead somewhere, every operation has its own id, and everything but the open pages asks for a key."""
    openapi = create_app(desk).openapi()
    text = json.dumps(openapi)
    for reference in set(re.findall(r'"\$ref": "([^"]*)"', text)):
        assert reference.startswith("#/components/schemas/"), reference
        assert reference.rpartition("/")[2] in openapi["components"]["schemas"]
    operations = [(path, operation) for path, item in openapi["paths"].items() for operation in item.values()]
    ids = [operation["operationId"] for _, operation in operations]
    assert len(ids) == len(set(ids))
    without_key = {path for path, operation in operations if "security" not in operation}
    assert without_key == {"/health", "/samples/demo_call.{format}"}
    for path, operation in operations:
        for status, answer in operation["responses"].items():
            if int(status) >= 400 and path != "/health":
                schema = answer["content"]["application/json"]["schema"]["$ref"]
                assert schema.endswith(("/ErrorBody", "/ChunkRefusal")), (path, status)
