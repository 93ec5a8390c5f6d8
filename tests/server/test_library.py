"""The library over HTTP: what is kept is listed, searched, fetched, changed and deleted, and nothing else is given."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient

from illodesk.desk import Desk
from illodesk.server.app import create_app
from illodesk.server.envelope import UNKNOWN_ROUTE
from illodesk.settings import Settings
from illodesk.store.tracks import TrackWriter
from tests.excerpt import write_excerpt
from tests.store.samples import full_result


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk(Settings(data_dir=tmp_path_factory.mktemp("desk"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(desk: Desk) -> TestClient:
    _, secret = desk.make_key("tests")
    return TestClient(create_app(desk), headers={"X-API-Key": secret})


def keep(desk: Desk, folder: Path, title: str = "Talk", **details: Any) -> str:
    """A conversation with a recording, a finished run and a track of ten frames, as an analysis leaves it."""
    media = write_excerpt(folder / "talk.wav", 40.0, 41.0)
    conversation = desk._store.add_conversation(title, media=media, **details)
    run = desk._store.start_run(conversation.id)
    with TrackWriter(run.work_dir / "tracks", "peaks_0", ["low", "high"], 0.5) as track:
        track.append(np.stack([-np.arange(10), np.arange(10)], axis=1))
    desk._store.finish_run(run.id, full_result())
    return conversation.id


@pytest.fixture
def kept(desk: Desk, tmp_path: Path) -> Iterator[str]:
    key = keep(desk, tmp_path)
    yield key
    if any(one.id == key for one in desk.conversations(limit=500)):
        desk.delete(key)


def test_every_route_needs_a_key(desk: Desk) -> None:
    app = create_app(desk)
    stranger = TestClient(app)
    for path, item in app.openapi()["paths"].items():
        if path.startswith("/library"):
            for method in item:
                answer = stranger.request(method, path.replace("{", "").replace("}", ""))
                assert (answer.status_code, answer.json()) == (401, {"detail": "Invalid or missing API key"}), path


def test_pages_filters_and_orders(desk: Desk, client: TestClient, tmp_path: Path) -> None:
    keys = [keep(desk, tmp_path, title, project="pages", tags=["x"]) for title in ("b", "a", "c")]
    first = client.get("/library/conversations", params={"project": "pages", "limit": 2}).json()
    second = client.get("/library/conversations", params={"project": "pages", "limit": 2, "page": 2}).json()
    assert [one["id"] for page in (first, second) for one in page["conversations"]] == keys[::-1]
    assert (first["total"], second["page"]) == (3, 2)
    named = client.get("/library/conversations", params={"tag": "x", "sort": "title", "order": "asc"}).json()
    assert [one["title"] for one in named["conversations"]] == ["a", "b", "c"]
    assert client.get("/library/conversations", params={"text": "nothing like it"}).json()["total"] == 0
    assert client.get("/library/conversations", params={"since": "2100-01-01T00:00:00Z"}).json()["total"] == 0
    desk.delete(*keys)


@pytest.mark.parametrize(
    "query",
    ["page=0", "limit=0", "limit=501", "page=99999999999", "sort=nope", "since=0001-01-01T00:00:00%2B14:00", "since=x"],
)
def test_a_page_that_cannot_be_is_refused(client: TestClient, query: str) -> None:
    assert client.get(f"/library/conversations?{query}").status_code == 422


def test_details_are_changed_and_only_those_named(client: TestClient, kept: str) -> None:
    url = f"/library/conversations/{kept}"
    changed = client.patch(url, json={"title": "New", "tags": ["b", "a"], "notes": "n"}).json()
    assert (changed["title"], changed["tags"], changed["notes"]) == ("New", ["a", "b"], "n")
    again = client.patch(url, json={"project": "p", "title": None}).json()
    assert (again["title"], again["tags"], again["project"]) == ("New", ["a", "b"], "p")
    assert client.get(url).json() == again
    assert client.patch(url, json={"title": " "}).status_code == 400
    for body in (b"", b"[]", b"{", b'{"tags": "a"}', b'{"title": ""}', b'{"title": "\\ud800"}'):
        assert client.patch(url, content=body).status_code == 422
    assert client.get(url).json() == again


def test_result_runs_and_search_say_what_the_desk_says(desk: Desk, client: TestClient, kept: str) -> None:
    url = f"/library/conversations/{kept}"
    assert client.get(f"{url}/result").json() == desk.result(kept).model_dump(mode="json")
    assert client.get(f"{url}/result?run=2").status_code == 404
    (run,) = client.get(f"{url}/runs").json()["runs"]
    assert (run["number"], run["state"], run["current"]) == (1, "complete", True)
    assert "folder" not in run
    word = desk.result(kept).timeline[0].words[0].text
    hits = client.get("/library/search", params={"q": word}).json()["hits"]
    assert kept in {hit["conversation_id"] for hit in hits}


def test_artifacts_are_what_the_manifest_names_and_nothing_else(client: TestClient, kept: str) -> None:
    url = f"/library/conversations/{kept}/artifacts"
    artifacts = client.get(url).json()["artifacts"]
    assert {"timeline.json", "summary.json", "tracks/peaks_0.npy"} <= {one["name"] for one in artifacts}
    for one in artifacts:
        data = client.get(f"{url}/{one['name']}").content
        assert (len(data), hashlib.sha256(data).hexdigest()) == (one["size"], one["sha256"])
    for name in (
        "manifest.json",
        "../1/timeline.json",
        "..%2f..%2fmedia%2foriginal.wav",
        "%2fetc%2fpasswd",
        "tracks",
        "x%00",
    ):
        assert client.get(f"{url}/{name}").status_code == 404, name


def test_tracks_come_whole_or_as_points(client: TestClient, kept: str) -> None:
    url = f"/library/conversations/{kept}/tracks"
    (track,) = client.get(url).json()["tracks"]
    assert track == {"name": "peaks_0", "columns": ["low", "high"], "frames": 10, "hop_s": 0.5, "start_s": 0.0}
    whole = np.load(io.BytesIO(client.get(f"{url}/peaks_0.npy").content))
    assert whole[:, 1].tolist() == list(range(10))
    points = client.get(f"{url}/peaks_0?points=2").json()
    assert points["t"] == [0.0, 2.5]
    assert points["values"] == {"low": [-4.0, -9.0], "high": [4.0, 9.0]}
    part = client.get(f"{url}/peaks_0?from=1&to=2").json()
    assert (part["t"], part["values"]["high"]) == ([1.0, 1.5], [2.0, 3.0])
    assert client.get(f"{url}/peaks_0?from=9&to=1").json()["t"] == []
    assert client.get(f"{url}/nope").status_code == 404
    assert client.get(f"{url}/peaks_0?points=0").status_code == 422


def test_media_is_served_in_ranges_and_never_as_a_page(
    desk: Desk, client: TestClient, kept: str, tmp_path: Path
) -> None:
    url = f"/library/conversations/{kept}/media"
    whole = client.get(url)
    assert whole.content == (tmp_path / "talk.wav").read_bytes()
    part = client.get(url, headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, whole.content[4:8])
    beyond = client.get(url, headers={"Range": "bytes=99999999-"})
    assert (beyond.status_code, beyond.json()) == (416, {"detail": "The range lies outside of the file"})
    assert beyond.headers["Content-Range"] == f"bytes */{len(whole.content)}"
    page = tmp_path / "page.html"
    page.write_text("<script>")
    other = desk._store.add_conversation("", media=page)
    served = client.get(f"/library/conversations/{other.id}/media")
    assert (served.headers["Content-Type"], served.headers["X-Content-Type-Options"]) == (
        "application/octet-stream",
        "nosniff",
    )
    without = desk._store.add_conversation("no media")
    assert client.get(f"/library/conversations/{without.id}/media").status_code == 404
    assert client.get(f"/library/conversations/{without.id}/result").status_code == 404
    desk.delete(other.id, without.id)


def test_every_format_is_exported_under_a_safe_name(desk: Desk, client: TestClient, kept: str) -> None:
    client.patch(f"/library/conversations/{kept}", json={"title": '../Été "1"\r\nX: y'})
    formats = client.get("/openapi.json").json()["paths"]["/library/conversations/{conversation_id}/exports/{format}"]
    names = next(p for p in formats["get"]["parameters"] if p["name"] == "format")["schema"]["enum"]
    assert {"json", "srt", "vtt", "txt", "csv"} <= set(names)
    for name in ("json", "srt", "vtt", "txt", "csv"):
        answer = client.get(f"/library/conversations/{kept}/exports/{name}")
        assert answer.status_code == 200
        assert answer.content
        disposition = answer.headers["Content-Disposition"]
        assert disposition.startswith("attachment")
        assert not set("\r\n/\\") & set(disposition)
        assert "X" not in answer.headers
    assert client.get(f"/library/conversations/{kept}/exports/exe").status_code == 404
    uploads = desk.settings.data_dir / "uploads"
    assert [path for path in uploads.rglob("*") if path.is_file()] == []


def test_exports_heed_what_was_chosen(client: TestClient, kept: str) -> None:
    url = f"/library/conversations/{kept}/exports"
    speakers = {u["speaker"] for u in client.get(f"/library/conversations/{kept}/result").json()["timeline"]}
    shown = {speaker.replace("_", " ") for speaker in speakers}
    assert all(speaker in client.get(f"{url}/srt").text for speaker in shown)
    hidden = client.get(f"{url}/srt", params={"pseudonymise": True, "hide": ["nine", "hundred"]})
    assert hidden.status_code == 200
    assert "Speaker A" in hidden.text
    assert not any(word in hidden.text for word in ("nine", "hundred", *speakers, *shown))
    for wrong in ({"from": 3, "to": 2}, {"paper": "a3"}, {"from": -1}, {"to": "nan"}, {"hide": "x" * 201}):
        assert client.get(f"{url}/pdf", params=wrong).status_code == 422


def test_deleting_leaves_nothing_and_waits_for_an_analysis(desk: Desk, client: TestClient, kept: str) -> None:
    url = f"/library/conversations/{kept}"
    run = desk._store.start_run(kept)
    assert client.delete(url).status_code == 409
    desk._store.fail_run(run.id, "stopped")
    assert client.delete(url).status_code == 204
    assert client.delete(url).status_code == 404
    assert not (desk.settings.data_dir / "conversations" / kept).exists()


@pytest.mark.parametrize("name", ["media", "artifacts/timeline.json", "tracks/peaks_0.npy", "exports/srt"])
@pytest.mark.parametrize("wanted", ["bytes=9-1", "lines=1-2", "bytes", "bytes=x-"])
def test_a_range_that_is_none_is_told_in_words_and_leaves_nothing(
    desk: Desk, client: TestClient, kept: str, name: str, wanted: str
) -> None:
    answer = client.get(f"/library/conversations/{kept}/{name}", headers={"Range": wanted})
    assert (answer.status_code, answer.json()) == (400, {"detail": "The Range header cannot be understood"})
    assert [path for path in (desk.settings.data_dir / "uploads").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("key", ["analysis_0000000000", "..", "x" * 100, "%00", "%ff", "a%2fb"])
@pytest.mark.parametrize("rest", ["", "/result", "/runs", "/artifacts", "/tracks", "/media", "/exports/srt"])
def test_an_id_that_is_none_is_not_found(client: TestClient, key: str, rest: str) -> None:
    assert client.get(f"/library/conversations/{key}{rest}").status_code == 404


def test_sessions_are_listed_and_their_events_told_again_when_they_are_over(desk: Desk, client: TestClient) -> None:
    session = desk.upload(title="Live", ttl_s=900)
    session.door.push(b"abc")  # type: ignore[attr-defined]
    (info,) = client.get("/library/sessions").json()["sessions"]
    assert (info["id"], info["kind"], info["state"], info["title"]) == (session.id, "upload", "ingesting", "Live")
    assert (info["received_bytes"], info["consumer"]) == (3, False)
    assert client.get(f"/library/sessions/{session.id}").json() == info
    session.cancel("enough")
    assert session.wait(20.0)
    url = f"/library/sessions/{session.id}/events"
    told = client.get(url).text
    assert "event: error" in told
    assert "enough" in told
    last = max(int(line[4:]) for line in told.splitlines() if line.startswith("id: "))
    assert client.get(url, headers={"Last-Event-ID": str(last)}).status_code == 204
    assert client.get("/library/sessions/analysis_0000000000").status_code == 404
    assert client.get("/library/sessions/analysis_0000000000/events").status_code == 404
    desk.delete(session.id)
    assert client.get(url).status_code == 404
    assert client.get("/library/sessions").json()["sessions"] == []


@pytest.mark.timeout(240)
def test_a_kept_recording_is_analysed_again(desk: Desk, client: TestClient, kept: str) -> None:
    url = f"/library/conversations/{kept}/runs"
    assert client.post(url, json={"speakers": 99}).status_code == 422
    answer = client.post(url, json={"text_only": True, "goal": "g"})
    assert answer.status_code == 201, answer.text
    run = answer.json()
    assert (run["number"], run["state"], run["options"]["text_only"], run["options"]["context"]) == (
        2,
        "complete",
        True,
        "g",
    )
    assert len(client.get(url).json()["runs"]) == 2
    assert client.post("/library/conversations/analysis_0000000000/runs").status_code == 404


def test_paths_that_nobody_serves_are_counted_as_one(desk: Desk) -> None:
    app = create_app(desk)
    client = TestClient(app)
    for name in ("secret-a", "secret-b"):
        client.get(f"/{name}")
    assert {entry.route for entry in app.state.journal.entries()} == {UNKNOWN_ROUTE}
