"""The Illocution API against the real server: every row of the contract's error table, and what goes well."""

from __future__ import annotations

import io
import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.desk import Desk
from illodesk.schema import AnalysisResult, Segmentation, Utterance
from illodesk.server import streams
from illodesk.server.illocution import NO_UTTERANCES
from illodesk.server.live import LIVE_IS_OFF, UNKNOWN_SESSION
from illodesk.server.segmentation import NO_TIMELINE, utterance_of
from illodesk.server.segmentation import TimelineEntry as Entry
from illodesk.server.serving import Server
from illodesk.server.streams import SECOND_CONSUMER
from illodesk.settings import Settings
from tests.excerpt import write_excerpt

NOBODY = "/analyze/live/analysis_0000000000"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk.open(Settings(data_dir=tmp_path_factory.mktemp("desk"), max_file_size_mb=2)) as desk:
        yield desk


@pytest.fixture(scope="module")
def key(desk: Desk) -> str:
    return desk.make_key("tests")[1]


@pytest.fixture(scope="module")
def base(desk: Desk) -> Iterator[str]:
    server = Server(desk, "127.0.0.1", 0)
    server.start()
    yield server.address
    server.stop()


@pytest.fixture
def api(base: str, key: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=base, headers={"X-API-Key": key}, timeout=120.0) as client:
        yield client


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return write_excerpt(tmp_path_factory.mktemp("sound") / "talk.wav").read_bytes()


def silence(seconds: float = 3.0) -> bytes:
    out = io.BytesIO()
    soundfile.write(out, np.zeros(int(16000 * seconds), dtype=np.int16), 16000, format="WAV")
    return out.getvalue()


def parsed(lines: Iterator[str]) -> Iterator[tuple[int | None, str, dict[str, Any]]]:
    """Events as a simple reader takes them: number, name, data."""
    number, name, data = None, "message", ""
    for line in lines:
        if line.startswith("id:"):
            number = int(line[3:])
        elif line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            data += line[5:].strip()
        elif not line and data:
            yield number, name, json.loads(data)
            number, name, data = None, "message", ""


def start(api: httpx.Client, **wanted: Any) -> dict[str, Any]:
    answer = api.post("/analyze/live/start", json=wanted)
    assert answer.status_code == 200
    session: dict[str, Any] = answer.json()
    return session


def chunk(api: httpx.Client, session: dict[str, Any], seq: Any, data: bytes) -> httpx.Response:
    files = {"chunk": ("chunk.bin", data, "application/octet-stream")}
    return api.post(session["chunk_endpoint"], data={"chunk_seq": str(seq)}, files=files)


def control(api: httpx.Client, session: dict[str, Any], action: str, **more: str) -> httpx.Response:
    return api.post(session["control_endpoint"], json={"action": action, **more})


def follow(api: httpx.Client, session: dict[str, Any], after: int = 0) -> list[tuple[int | None, str, dict[str, Any]]]:
    headers = {"Accept": "text/event-stream", **({"Last-Event-ID": str(after)} if after else {})}
    with api.stream("GET", session["events_endpoint"], headers=headers) as answer:
        assert answer.status_code == 200
        return list(parsed(answer.iter_lines()))


# --- whole files ----------------------------------------------------------------------------------------------------


def test_a_recording_gives_its_whole_analysis(api: httpx.Client, sound: bytes, desk: Desk) -> None:
    answer = api.post("/analyze", files={"file": ("talk.wav", sound)}, data={"goal": "the price"})
    assert answer.status_code == 200
    body = answer.json()
    result = AnalysisResult.model_validate(body)
    contract = (
        "conversation_id utterances timeline summary insights transitions moments segmentation agent_results "
        "artifact_dir upload_path agent_outputs_path context"
    )
    assert set(contract.split()) <= set(body)
    assert body["utterances"] == len(body["timeline"]) > 3
    assert body["context"] == "the price"
    assert body["upload_path"] == f"{body['conversation_id']}.wav"
    assert body["agent_outputs_path"] == f"{body['artifact_dir']}/agent_outputs.json"
    assert result == desk.result(result.conversation_id)
    assert desk.conversation(result.conversation_id).title == "talk.wav"
    assert not list((desk.settings.data_dir / "uploads").rglob("*.wav"))


@pytest.mark.parametrize("path", ["/analyze/stream", "/analyze?stream=true"])
def test_a_replay_tells_the_same_as_the_batch(
    api: httpx.Client, sound: bytes, path: str, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with api.stream("POST", path, files={"file": ("talk.wav", sound)}, data={"goal": "g"}) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        told = list(parsed(answer.iter_lines()))
    session_id = answer.headers["x-session-id"]
    names = [name for _, name, _ in told]
    assert told[0][2]["phase"] == "starting"
    assert told[-2][2]["phase"] == "completed"
    assert names[-1] == "done"
    assert names.count("summary_update") == 1
    result = desk.result(session_id)
    assert [d["text"] for _, name, d in told if name == "final_transcript"] == [u.text for u in result.timeline]
    final = {d["utterance_id"]: d for _, name, d in told if name == "emotion" and d["stability"] == "final"}
    for utterance in result.timeline:
        assert final[utterance.utterance_id]["scores"]["valence"] == utterance.emotion.valence
        assert final[utterance.utterance_id]["emotion"]["emotions"] == utterance.emotion.emotions
    assert told[-1][2]["conversation_id"] == result.conversation_id
    assert [number for number, _, _ in told if number] == list(range(1, len(told)))
    assert result.context == "g"


def test_a_replay_goes_on_without_its_consumer_and_can_be_taken_up(api: httpx.Client, sound: bytes, desk: Desk) -> None:
    with api.stream("POST", "/analyze/stream", files={"file": ("talk.wav", sound)}) as answer:
        session_id = answer.headers["x-session-id"]
        seen = next(number for number, _, _ in parsed(answer.iter_lines()) if number)
    session = {"events_endpoint": f"/analyze/live/{session_id}/events"}
    wait_for(lambda: len_of_consumers(api, session_id))
    rest = follow(api, session, seen)
    assert [number for number, _, _ in rest] == list(range(seen + 1, seen + 1 + len(rest)))
    assert rest[-1][1] == "done"
    last = rest[-1][0]
    assert api.get(session["events_endpoint"], headers={"Last-Event-ID": str(last)}).status_code == 204
    assert api.get(f"{session['events_endpoint']}?last_event_id={last}").status_code == 204
    again = follow(api, session)
    assert again[seen:] == rest
    assert desk.conversation(session_id).state == "complete"


def wait_for(wanted: Any) -> None:
    deadline = time.monotonic() + 120
    while not wanted():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def len_of_consumers(api: httpx.Client, session_id: str) -> bool:
    """Whether nobody listens to a session any more."""
    with api.stream("GET", f"/analyze/live/{session_id}/events") as answer:
        return answer.status_code == 200


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("page.wav", b"<html>Sorry</html>" * 50, "cannot be read"),
        ("noise.mp4", bytes(range(256)) * 40, "cannot be read"),
        ("empty.wav", b"", "empty"),
        ("large.wav", b"a" * 2_100_000, "too large"),
    ],
)
def test_what_is_no_recording_is_a_400_and_leaves_nothing(
    api: httpx.Client, desk: Desk, name: str, content: bytes, words: str
) -> None:
    before = {row.id for row in desk.conversations()}
    answer = api.post("/analyze", files={"file": (name, content)})
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert {row.id for row in desk.conversations()} == before
    assert not [path for path in (desk.settings.data_dir / "uploads").rglob("*") if path.is_file()]


def test_a_missing_file_is_a_400(api: httpx.Client) -> None:
    assert api.post("/analyze", data={"goal": "g"}).status_code == 400
    assert "No file" in api.post("/analyze", files={"media": ("a.wav", b"x")}).json()["detail"]
    assert api.post("/analyze/stream").status_code == 400


def test_a_recording_in_which_nobody_speaks_is_no_utterances(api: httpx.Client, desk: Desk) -> None:
    answer = api.post("/analyze", files={"file": ("silence.wav", silence())})
    assert answer.status_code == 400
    assert answer.json()["detail"] == NO_UTTERANCES == "No utterances detected in uploaded media"
    assert desk.conversation(answer.json()["conversation_id"]).has_media


def test_a_replay_in_which_nobody_speaks_says_so(api: httpx.Client) -> None:
    with api.stream("POST", "/analyze/stream", files={"file": ("silence.wav", silence())}) as answer:
        told = list(parsed(answer.iter_lines()))
    assert [data["code"] for _, name, data in told if name == "error"] == ["NO_UTTERANCES"]
    assert told[-1][1] == "done"


def test_who_goes_before_the_end_leaves_what_was_heard(base: str, key: str, desk: Desk, tmp_path: Path) -> None:
    before = {row.id for row in desk.conversations()}
    long = write_excerpt(tmp_path / "long.wav", 0.0, 60.0).read_bytes()
    no_patience = httpx.Timeout(120.0, read=2.0)
    with pytest.raises(httpx.ReadTimeout):
        httpx.post(f"{base}/analyze", headers={"X-API-Key": key}, files={"file": ("x.wav", long)}, timeout=no_patience)
    wait_for(lambda: [row for row in desk.conversations() if row.id not in before and row.state == "partial"])
    wait_for(lambda: not [path for path in (desk.settings.data_dir / "uploads").rglob("*") if path.is_file()])


# --- live capture ---------------------------------------------------------------------------------------------------


def test_live_capture_from_start_to_done(api: httpx.Client, sound: bytes, base: str) -> None:
    session = start(api, filename="call.wav", goal="Coach for confidence", ttl_seconds=60)
    assert session["next_chunk_seq"] == 0
    assert session["status"] == "ingesting"
    expires = datetime.fromisoformat(session["expires_at"])
    assert expires.tzinfo is not None
    assert all(
        session[f"{name}_endpoint"].startswith(f"{base}/analyze/live/") for name in ("chunk", "events", "control")
    )
    told: list[Any] = []
    listening = threading.Thread(target=lambda: told.extend(follow(api, session)))
    listening.start()
    sent = 0
    for seq, place in enumerate(range(0, len(sound), 65536)):
        piece = sound[place : place + 65536]
        sent += len(piece)
        ack = chunk(api, session, seq, piece).json()
        assert (ack["received_bytes"], ack["next_chunk_seq"]) == (sent, seq + 1)
        assert datetime.fromisoformat(ack["expires_at"]) > expires
    kept = control(api, session, "keepalive").json()
    assert (kept["status"], bool(kept["detail"])) == ("ingesting", True)
    assert datetime.fromisoformat(kept["expires_at"]) > expires
    for _ in range(2):
        assert control(api, session, "finalize").status_code == 200
    late = chunk(api, session, seq + 1, b"late")
    assert late.status_code == 409
    assert control(api, session, "keepalive").status_code == 409
    listening.join()
    names = [name for _, name, _ in told]
    assert told[0][2]["phase"] == "ingesting"
    assert names[-1] == "done"
    assert names.count("final_transcript") > 3
    assert told[-1][2]["conversation_id"] == session["session_id"]
    for action in ("finalize", "cancel", "keepalive"):
        assert control(api, session, action).status_code == 409


def test_chunks_keep_their_order(api: httpx.Client, sound: bytes) -> None:
    session = start(api, suffix=".wav")
    assert chunk(api, session, 1, b"early").json()["next_chunk_seq"] == 0
    first = chunk(api, session, 0, sound[:1000])
    again = chunk(api, session, 0, sound[:1000])
    assert (again.status_code, again.json()["received_bytes"]) == (200, first.json()["received_bytes"])
    other = chunk(api, session, 0, sound[:999])
    assert (other.status_code, other.json()["next_chunk_seq"]) == (409, 1)
    gap = chunk(api, session, 2, sound[1000:2000])
    assert (gap.status_code, gap.json()["next_chunk_seq"]) == (409, 1)
    assert chunk(api, session, 1, sound[1000:2000]).json()["received_bytes"] == 2000
    control(api, session, "cancel")


def test_chunks_that_are_none_are_400(api: httpx.Client) -> None:
    session = start(api)
    assert chunk(api, session, 0, b"").status_code == 400
    for seq in ("", "-1", "one", "1.5", "9" * 30, "٣"):
        assert chunk(api, session, seq, b"x").status_code == 400
    assert api.post(session["chunk_endpoint"], files={"chunk": ("c", b"x")}).status_code == 400
    assert api.post(session["chunk_endpoint"], data={"chunk_seq": "0"}).status_code == 400
    assert api.post(session["chunk_endpoint"], files={"data": ("c", b"x")}).status_code == 400
    control(api, session, "cancel")


def test_a_session_cannot_grow_beyond_the_largest_upload(api: httpx.Client) -> None:
    session = start(api)
    assert chunk(api, session, 0, b"a" * 1_500_000).status_code == 200
    answer = chunk(api, session, 1, b"a" * 600_000)
    assert answer.status_code == 400
    assert "too large" in answer.json()["detail"]
    control(api, session, "cancel")


def test_cancelling_tells_the_consumer_why(api: httpx.Client, sound: bytes, desk: Desk) -> None:
    session = start(api, filename="call.wav")
    chunk(api, session, 0, sound[:100_000])
    assert control(api, session, "cancel", reason="The line was cut").json()["status"] == "cancelled"
    told = follow(api, session)
    assert told[-1][1] == "error"
    assert told[-1][2] == {"code": "CANCELLED", "message": "The line was cut", "detail": ""}
    assert chunk(api, session, 1, b"x").status_code == 409
    assert desk.conversation(session["session_id"]).has_media


def test_a_session_that_nobody_feeds_expires_and_its_sound_is_kept(
    api: httpx.Client, sound: bytes, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = desk.upload  # over the API a minute is the least
    monkeypatch.setattr(desk, "upload", lambda *options, **more: upload(*options, **{**more, "ttl_s": 1.5}))
    session = start(api, filename="call.wav", ttl_seconds=60)
    part = sound[: len(sound) // 2]
    assert chunk(api, session, 0, part).status_code == 200
    told = follow(api, session)
    codes = [data["code"] for _, name, data in told if name == "error"]
    assert (codes, told[-1][1]) == (["SESSION_EXPIRED"], "done")
    assert any(name == "final_transcript" for _, name, _ in told)
    assert chunk(api, session, 1, b"x").status_code == 409
    assert control(api, session, "keepalive").status_code == 409
    assert api.get(f"/library/conversations/{session['session_id']}/media").content == part


def test_one_consumer_at_a_time(api: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "KEEP_ALIVE_S", 0.1)
    session = start(api)
    with api.stream("GET", session["events_endpoint"]) as first:
        assert first.status_code == 200
        second = api.get(session["events_endpoint"])
        assert second.status_code == 409
        assert second.json() == {"detail": SECOND_CONSUMER}
        assert second.json()["detail"] == "Only one SSE consumer may be attached to a live session at a time"
    wait_for(lambda: len_of_consumers(api, session["session_id"]))
    control(api, session, "cancel")


def test_a_session_that_nobody_began_is_unknown(api: httpx.Client) -> None:
    unknown = {"detail": UNKNOWN_SESSION}
    for session_id in ("analysis_0000000000", "..%2F..%2Fetc", "%00", "x" * 300):
        path = f"/analyze/live/{session_id}"
        for answer in (
            api.get(f"{path}/events"),
            api.post(f"{path}/control", json={"action": "finalize"}),
            api.post(f"{path}/chunk", data={"chunk_seq": "0"}, files={"chunk": ("c", b"x")}),
        ):
            assert answer.status_code == 404
            if "%2F" not in path:
                assert answer.json() == unknown


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 200),
        (b"{}", 200),
        (b"[]", 422),
        (b"{", 422),
        (b'{"ttl_seconds": 59}', 422),
        (b'{"ttl_seconds": 3601}', 422),
        (b'{"ttl_seconds": NaN}', 422),
        (b'{"goal": 1}', 422),
        (b'{"goal": "' + b"a" * 70_000 + b'"}', 400),
        (b"[" * 60_000, 422),
        (b"\xff\xfe", 422),
    ],
)
def test_what_a_start_may_say(api: httpx.Client, body: bytes, status: int) -> None:
    answer = api.post("/analyze/live/start", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    if status == 200:
        assert api.post(answer.json()["control_endpoint"], json={"action": "cancel"}).status_code == 200
    else:
        assert isinstance(answer.json()["detail"], str)


def test_an_unknown_action_is_named(api: httpx.Client) -> None:
    session = start(api)
    answer = control(api, session, "pause")
    assert answer.status_code == 422
    assert "action" in answer.json()["detail"]
    control(api, session, "cancel")


def test_live_streaming_can_be_switched_off(api: httpx.Client, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(desk.settings, "enable_live_streaming", False)
    for answer in (
        api.post("/analyze/live/start", json={}),
        api.post(f"{NOBODY}/chunk", data={"chunk_seq": "0"}, files={"chunk": ("c", b"x")}),
        api.post(f"{NOBODY}/control", json={"action": "finalize"}),
    ):
        assert (answer.status_code, answer.json()) == (403, {"detail": LIVE_IS_OFF})


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/analyze"),
        ("POST", "/analyze/stream"),
        ("POST", "/analyze/live/start"),
        ("POST", f"{NOBODY}/chunk"),
        ("POST", f"{NOBODY}/control"),
        ("GET", f"{NOBODY}/events"),
        ("POST", "/segment/conversation"),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"X-API-Key": "wrong"}])
def test_without_a_good_key_nothing_is_done(base: str, method: str, path: str, headers: dict[str, str]) -> None:
    answer = httpx.request(method, base + path, headers=headers)
    assert (answer.status_code, answer.json()) == (401, {"detail": "Invalid or missing API key"})


# --- segmentation ---------------------------------------------------------------------------------------------------


def entries(count: int) -> list[dict[str, Any]]:
    words = (
        "We should talk about the price",
        "That is too expensive for us",
        "Let us plan the next meeting",
        "Yes, good",
    )
    return [
        {"speaker": f"Speaker_{i % 2}", "t_start": i * 4.0, "t_end": i * 4.0 + 3.5, "text": words[i * 4 // count % 4]}
        for i in range(count)
    ]


def test_a_timeline_from_elsewhere_is_divided(api: httpx.Client) -> None:
    odd = {"prosody": "loud", "emotion": {"joy": "much"}, "cognitive": {"signals": ["focused"]}, "emotions": 3}
    timeline = [{**entry, **odd} for entry in entries(24)]
    answer = api.post("/segment/conversation", json={"timeline": timeline, "context": "Discovery"})
    assert answer.status_code == 200
    segmentation = Segmentation.model_validate(answer.json()["segmentation"])
    assert segmentation.total_phases == len(segmentation.phases) >= 1
    assert sum(phase.utterance_count for phase in segmentation.phases) == 24
    assert segmentation.phases[-1].end_utterance_id == "utt_0023"


def test_our_own_timeline_is_divided_as_before(api: httpx.Client, sound: bytes) -> None:
    body = api.post("/analyze", files={"file": ("talk.wav", sound)}).json()
    answer = api.post("/segment/conversation", json={"timeline": body["timeline"]})
    again = answer.json()["segmentation"]
    assert [phase["start_utterance_id"] for phase in again["phases"]] == [
        phase["start_utterance_id"] for phase in body["segmentation"]["phases"]
    ]


@pytest.mark.parametrize("body", [{}, {"timeline": []}, {"timeline": None}, {"timeline": "all"}, {"context": "x"}])
def test_no_timeline_is_a_400(api: httpx.Client, body: dict[str, Any]) -> None:
    answer = api.post("/segment/conversation", json=body)
    assert (answer.status_code, answer.json()) == (400, {"detail": NO_TIMELINE})


ABSURD = [
    b'{"timeline": [{"text": "a", "t_start": NaN, "t_end": 1, "speaker": "x"}]}',
    b'{"timeline": [{"text": "a", "t_start": 0, "t_end": Infinity, "speaker": "x"}]}',
    b'{"timeline": [{"text": "a", "t_start": -1, "t_end": 1, "speaker": "x"}]}',
    b'{"timeline": [{"text": "a", "t_start": 2, "t_end": 1, "speaker": "x"}]}',
    b'{"timeline": [{"text": "a", "t_start": 0, "t_end": 1e308, "speaker": "x"}]}',
    b'{"timeline": [{"text": "a", "t_start": 0, "t_end": true, "speaker": "x"}]}',
    b'{"timeline": [{"text": 1, "t_start": 0, "t_end": 1, "speaker": "x"}]}',
    b'{"timeline": [{"text": "a", "t_start": 0, "t_end": 1}]}',
    b'{"timeline": [null]}',
    b'{"timeline": [[]]}',
    b'{"timeline": [{"text": "a", "t_start": 0, "t_end": 1, "speaker": "x"}], "context": 5}',
    b"{",
    b"nonsense",
]


@pytest.mark.parametrize("body", ABSURD)
def test_absurd_timelines_are_refused_readably(api: httpx.Client, body: bytes) -> None:
    answer = api.post("/segment/conversation", content=body)
    assert answer.status_code in (400, 422)
    assert isinstance(answer.json()["detail"], str)


def test_endless_timelines_are_refused(api: httpx.Client) -> None:
    entry = {"text": "a", "t_start": 0, "t_end": 1, "speaker": "x"}
    answer = api.post("/segment/conversation", json={"timeline": [entry] * 100_000})
    assert answer.status_code == 422
    assert "timeline" in answer.json()["detail"]
    assert api.post("/segment/conversation", content=b" " * 33_000_000).status_code == 400


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from(sorted(Utterance.model_fields)), JSON))
def test_whatever_else_an_entry_holds_it_is_an_utterance(more: dict[str, Any]) -> None:
    required = {"text": "a", "t_start": 0.5, "t_end": 1.0, "speaker": "x"}
    utterance = utterance_of(4, Entry.model_validate({**more, **required}))
    assert (utterance.text, utterance.t_start, utterance.speaker) == ("a", 0.5, "x")


# --- the demo -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["flac", "wav", "mp3", "m4a", "mp4"])
def test_the_demo_comes_in_every_format(base: str, format_: str) -> None:
    with httpx.Client(base_url=base, timeout=120.0) as anyone:
        whole = anyone.get(f"/samples/demo_call.{format_}")
        part = anyone.get(f"/samples/demo_call.{format_}", headers={"Range": "bytes=10-19"})
        assert whole.status_code == 200
        assert (part.status_code, part.content) == (206, whole.content[10:20])
        assert anyone.get(f"/samples/demo_call.{format_}", headers={"Range": "bytes=99999999-"}).status_code == 416
        assert anyone.get("/samples/demo_call.exe").status_code == 422
