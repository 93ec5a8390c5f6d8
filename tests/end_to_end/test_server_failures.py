"""The server as a process when clients, uploads or the process itself break off, and what its limits let in."""

from __future__ import annotations

import contextlib
import hashlib
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import numpy as np
import pytest
import soundfile

from illodesk.demo import load_demo
from tests.end_to_end.served import Served, frames, told
from tests.excerpt import write_excerpt

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
    pytest.mark.timeout(600),
]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server that takes 3 MB and a quarter of an hour."""
    home = tmp_path_factory.mktemp("failures")
    with Served(home, MAX_FILE_SIZE_MB="3", ILLODESK_MAX_MEDIA_HOURS="0.25") as served:
        yield served


def wait_for(what: Callable[[], bool], seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not come to pass"
        time.sleep(0.05)


def idle(served: Served) -> bool:
    """Nothing is being answered but this question, and nothing lies where uploads come in."""
    with served.client() as client:
        return bool(client.get("/health").json()["requests"] == 1) and served.uploads == []


def held(served: Served) -> int:
    """Bytes that lie where uploads come in."""
    total = 0
    for path in served.uploads:
        with contextlib.suppress(FileNotFoundError):  # it was just removed
            total += path.stat().st_size
    return total


def post_head(served: Served, path: str, *lines: str) -> bytes:
    head = [f"POST {path} HTTP/1.1", "Host: x", f"X-API-Key: {served.key}", *lines]
    return ("\r\n".join(head) + "\r\n\r\n").encode()


def connect(served: Served) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", int(served.url.rpartition(":")[2])))
    connection.settimeout(30.0)
    return connection


PART = b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.wav"\r\n\r\n'
FORM = "Content-Type: multipart/form-data; boundary=b"


@pytest.mark.parametrize("path", ["/analyze", "/analyze/stream"])
def test_who_vanishes_while_uploading_leaves_nothing(served: Served, path: str) -> None:
    for _ in range(4):  # more than the key has turns for analyses: each is given back
        with connect(served) as connection:
            connection.sendall(post_head(served, path, FORM, "Content-Length: 2000000") + PART + bytes(1_500_000))
            wait_for(lambda: served.uploads != [])
        wait_for(lambda: idle(served))
    with served.client() as client:
        assert client.get("/library/conversations").json()["total"] == 0


def test_who_vanishes_from_a_stream_frees_it_and_the_session_goes_on(served: Served, tmp_path: Path) -> None:
    data = write_excerpt(tmp_path / "talk.wav").read_bytes()
    with served.client() as client:
        with client.stream("POST", "/analyze/stream", files={"file": ("talk.wav", data)}) as answer:
            session_id = answer.headers["X-Session-Id"]
        wait_for(lambda: idle(served))
        rest = told(client, f"/analyze/live/{session_id}/events")
        assert [frame.number for frame in rest] == list(range(1, len(rest) + 1))
        assert rest[-1].event == "done"
        assert client.get(f"/library/conversations/{session_id}/media").content == data
        client.delete(f"/library/conversations/{session_id}")


@pytest.mark.parametrize(
    "lines",
    [
        ["Content-Length: 900000000"],
        ["Content-Length: 5000000"],
        ["Transfer-Encoding: chunked"],
    ],
)
def test_what_is_too_large_is_refused_whatever_its_head_says(served: Served, lines: list[str]) -> None:
    answers: list[bytes] = []
    piece = bytes(50_000)
    most, let_go, deadline = 0, False, time.monotonic() + 60.0

    def framed(data: bytes) -> bytes:
        return f"{len(data):x}\r\n".encode() + data + b"\r\n" if "Transfer" in lines[0] else data

    with connect(served) as connection:

        def read() -> None:
            with contextlib.suppress(OSError):
                while received := connection.recv(65536):
                    answers.append(received)

        reader = threading.Thread(target=read)
        connection.sendall(post_head(served, "/analyze", FORM, *lines) + framed(PART))
        reader.start()
        while not let_go and time.monotonic() < deadline:
            try:
                connection.sendall(framed(piece))
            except OSError:
                let_go = True
            most = max(most, held(served))
            time.sleep(0.002)
        reader.join()
    assert let_go, "the server goes on listening to who does not stop"
    answer = b"".join(answers)
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b"at most 3 MB" in answer
    assert most <= 3_000_000
    wait_for(lambda: idle(served))


def test_who_has_no_key_and_does_not_stop_sending_is_let_go(served: Served) -> None:
    with connect(served) as connection:
        connection.sendall(b"POST /analyze HTTP/1.1\r\nHost: x\r\nContent-Length: 900000000\r\n\r\n" + bytes(1000))
        answer = connection.recv(65536)
        assert answer.startswith(b"HTTP/1.1 401 ")
        assert b"\r\nconnection: close\r\n" in answer.lower()
        while connection.recv(65536):
            pass  # the rest of the answer, then the end


def bomb(path: Path, hours: float) -> Path:
    """A small file that decodes to hours of silence."""
    minute = np.zeros(60 * 8000, dtype=np.int16)
    with soundfile.SoundFile(path, "w", 8000, 1, format="FLAC") as file:
        for _ in range(int(hours * 60)):
            file.write(minute)
    return path


def test_a_small_file_of_many_hours_is_cut_off(served: Served, tmp_path: Path) -> None:
    path = bomb(tmp_path / "bomb.flac", 20.0)
    assert path.stat().st_size < 3_000_000
    with served.client(timeout=120.0) as client:
        began = time.monotonic()
        answer = client.post("/analyze", files={"file": ("bomb.flac", path.read_bytes())})
        assert answer.status_code == 400, answer.text
        assert "0.25 hours" in answer.json()["detail"]
        with client.stream("POST", "/analyze/stream", files={"file": ("bomb.flac", path.read_bytes())}) as stream:
            events = list(frames(stream.iter_lines()))
        assert (events[-1].event, events[-1]["code"]) == ("error", "TOO_LONG")
        assert time.monotonic() - began < 100.0  # hours of sound would take many minutes
        client.delete(f"/library/conversations/{stream.headers['X-Session-Id']}")
    wait_for(lambda: idle(served))


def test_a_live_session_of_many_hours_is_cut_off(served: Served, tmp_path: Path) -> None:
    data = bomb(tmp_path / "bomb.flac", 10.0).read_bytes()
    with served.client(timeout=120.0) as client:
        session = client.post("/analyze/live/start", json={"suffix": ".flac"}).json()
        client.post(session["chunk_endpoint"], data={"chunk_seq": "0"}, files={"chunk": ("c", data)})
        client.post(session["control_endpoint"], json={"action": "finalize"})
        events = told(client, session["events_endpoint"])
        assert (events[-1].event, events[-1]["code"]) == ("error", "TOO_LONG")
        assert client.get(f"/library/conversations/{session['session_id']}/media").content == data
        client.delete(f"/library/conversations/{session['session_id']}")


def test_live_streaming_can_be_switched_off(tmp_path: Path) -> None:
    data = write_excerpt(tmp_path / "talk.wav", 44, 48).read_bytes()
    with Served(tmp_path / "home", ENABLE_LIVE_STREAMING="false") as served, served.client() as client:
        assert client.get("/health").json()["live_streaming"] is False
        start = client.post("/analyze/live/start", json={})
        assert (start.status_code, "ENABLE_LIVE_STREAMING" in start.json()["detail"]) == (403, True)
        nobody = "/analyze/live/analysis_0123456789"
        chunk = client.post(f"{nobody}/chunk", data={"chunk_seq": "0"}, files={"chunk": ("c", b"x")})
        assert chunk.status_code == 403
        assert client.post(f"{nobody}/control", json={"action": "finalize"}).status_code == 403
        with client.stream("POST", "/analyze/stream", files={"file": ("talk.wav", data)}) as answer:
            assert [frame.event for frame in frames(answer.iter_lines())][-1] == "done"


def test_an_analysis_that_breaks_is_a_500_in_words(served: Served) -> None:
    """The worker is killed while it analyses, as the system does when memory runs out."""
    import psutil

    answers: list[httpx.Response] = []

    def analyse() -> None:
        with served.client(timeout=120.0) as client:
            answers.append(client.post("/analyze", files={"file": ("demo.flac", load_demo()[0].read_bytes())}))

    thread = threading.Thread(target=analyse)
    thread.start()
    work = served.home / "conversations"
    wait_for(lambda: any(path.stat().st_size > 4000 for path in work.rglob("prosody_0.npy")), 200.0)
    [worker] = [child for child in psutil.Process(served.process.pid).children() if "spawn_main" in child.cmdline()[-2]]
    worker.kill()
    thread.join()
    assert answers[0].status_code == 500
    assert answers[0].json()["detail"].startswith("Analysis failed: ")
    assert "demo.flac" in answers[0].json()["detail"]
    with served.client() as client:
        for one in client.get("/library/conversations").json()["conversations"]:
            client.delete(f"/library/conversations/{one['id']}")


def test_after_a_crash_everything_that_was_taken_is_there(tmp_path: Path) -> None:
    talk = write_excerpt(tmp_path / "talk.wav", 40, 58).read_bytes()
    with Served(tmp_path / "home") as served:
        with served.client() as client:
            finished = client.post("/analyze", files={"file": ("finished.wav", talk)}).json()
            live = client.post("/analyze/live/start", json={"filename": "live.wav", "ttl_seconds": 60}).json()
            for seq, at in enumerate(range(0, len(talk), 65536)):
                piece = talk[at : at + 65536]
                client.post(live["chunk_endpoint"], data={"chunk_seq": str(seq)}, files={"chunk": ("c", piece)})
        long = write_excerpt(tmp_path / "long.wav", 0, 40).read_bytes()

        def post(path: str) -> None:
            with pytest.raises(httpx.HTTPError), served.client() as other:
                other.post(path, files={"file": ("cut.wav", long)})

        with connect(served) as upload:
            upload.sendall(post_head(served, "/analyze", FORM, "Content-Length: 2000000") + PART + bytes(1_200_000))
            wait_for(lambda: served.uploads != [])
            clients = [threading.Thread(target=post, args=(path,)) for path in ("/analyze", "/analyze/stream")]
            for one in clients:
                one.start()
            tracks = served.home / "conversations"
            wait_for(lambda: sum(1 for _ in tracks.rglob("prosody_0.npy")) >= 3, 200.0)
            served.kill()
            for one in clients:
                one.join()

        served.start()
        assert served.uploads == []
        with served.client() as client:
            kept = client.get(f"/library/conversations/{finished['conversation_id']}/result").json()
            assert kept == finished
            # The live session's client is gone; what it sent is analysed, and its events are whole.
            recovered = told(
                client, live["events_endpoint"].replace(live["events_endpoint"].partition("/analyze")[0], "")
            )
            assert recovered[-1].event == "done"
            assert [frame.number for frame in recovered] == list(range(1, len(recovered) + 1))
            media = client.get(f"/library/conversations/{live['session_id']}/media").content
            assert hashlib.sha256(media).digest() == hashlib.sha256(talk).digest()
            result = client.get(f"/library/conversations/{live['session_id']}/result").json()
            assert [u["text"] for u in result["timeline"]] == [u["text"] for u in kept["timeline"]]

            others = [
                one
                for one in client.get("/library/conversations").json()["conversations"]
                if one["id"] not in (finished["conversation_id"], live["session_id"])
            ]
            assert [one["title"] for one in others] == ["cut.wav", "cut.wav"]
            replayed = [one["id"] for one in others if client.get(f"/library/sessions/{one['id']}").status_code == 200]
            assert len(replayed) == 1
            assert told(client, f"/analyze/live/{replayed[0]}/events")[-1].event == "done"
            batch = next(one["id"] for one in others if one["id"] not in replayed)
            assert client.get(f"/library/conversations/{batch}/media").content == long
            wait_for(lambda: client.get(f"/library/conversations/{batch}").json()["state"] == "complete", 200.0)
            runs = client.get(f"/library/conversations/{batch}/runs").json()["runs"]
            assert [run["state"] for run in runs] == ["failed", "complete"]
            timelines = [
                client.get(f"/library/conversations/{one}/result").json()["timeline"] for one in (batch, replayed[0])
            ]
            said = [[(u["text"], u["speaker"]) for u in timeline] for timeline in timelines]
            assert said[0] == said[1]
        assert served.stop() == 0
