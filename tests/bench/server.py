"""The server under load, under attack and over long calls.

``python -m tests.bench.server [--minutes 10] [--quick] [--only load|idle|fuzz|replay|lifecycle]``. Each part runs
`illodesk serve` in a process of its own, with the demo, and with the calls and awkward files that lie beside the
repository where they do.
"""

from __future__ import annotations

import argparse
import asyncio
import collections
import contextlib
import functools
import hashlib
import io
import itertools
import os
import shutil
import socket
import sys
import tempfile
import threading
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import psutil
import soundfile

from illodesk.demo import load_demo
from illodesk.desk import Desk
from illodesk.server.serving import Server
from illodesk.settings import Settings
from tests.bench.malformed import Corpus, Request, media
from tests.bench.pulse import Pulse
from tests.bench.report import Report
from tests.end_to_end.served import Frame, Served, frames, told
from tests.real import SHARED

LIVE, BATCH = 8, 3
CHUNK_S = 0.5
RATE = 16_000
DROP_EVERY_S = 20.0
"""Every other live consumer goes away as often as this, and comes back with the last id that it saw."""
IDLE = 500
UNLIMITED = {"ILLODESK_REQUESTS_PER_MINUTE": "0", "ILLODESK_LIVE_SESSIONS_PER_KEY": "1000"}
ANSWER_S = 120.0
"""A request that has no answer by then hangs."""
SENDERS = 8
RESUMED = ("final_transcript", "emotion", "cognitive", "transition", "moment", "summary_update", "done")


@contextlib.contextmanager
def serving(**environment: str) -> Iterator[Served]:
    """A fresh server over a fresh folder."""
    with tempfile.TemporaryDirectory() as home, Served(Path(home), **UNLIMITED, **environment) as served:
        yield served


def demo_bytes() -> bytes:
    return load_demo()[0].read_bytes()


# --- watching the server --------------------------------------------------------------------------------------------


def resident_mb(served: Served, *, worker: bool = False) -> float:
    """Memory of the server, or of the process that analyses."""
    server = psutil.Process(served.process.pid)
    watched = server.children(recursive=True) if worker else [server]
    return float(sum(process.memory_info().rss for process in watched)) / 1e6


def handles(server: psutil.Process) -> int:
    """Open files and sockets, without the connections to the library, of which as many stay as were needed at once."""
    return int(server.num_fds()) - sum(Path(file.path).name.startswith("library.db") for file in server.open_files())


@contextlib.asynccontextmanager
async def beside(*coroutines: Any) -> AsyncIterator[None]:
    """Run something for as long as the block lasts."""
    tasks = [asyncio.create_task(coroutine) for coroutine in coroutines]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


# --- load -----------------------------------------------------------------------------------------------------------


@dataclass
class Caller:
    """What one live client sent and saw."""

    sent: int = 0
    acknowledged: int = 0
    seen: list[int] = field(default_factory=list)
    names: collections.Counter[str] = field(default_factory=collections.Counter)
    longest_silence_s: float = 0.0
    resumed: int = 0
    conclusion_s: float = 0.0
    slowest_chunk_s: float = 0.0
    identical: bool = False
    finals_kept: bool = False
    session_id: str = ""


def endless_talk(seconds: float, from_s: float) -> bytes:
    """A WAV file of so many seconds: the demo again and again, from somewhere within it on."""
    sound, rate = soundfile.read(load_demo()[0], dtype="int16")
    assert rate == RATE
    start = int(from_s * RATE) % len(sound)
    out = io.BytesIO()
    soundfile.write(out, np.resize(np.roll(sound, -start), int(seconds * RATE)), RATE, format="WAV")
    return out.getvalue()


async def send_live(client: httpx.AsyncClient, session: dict[str, Any], data: bytes, caller: Caller) -> None:
    """Send at the pace of speech, then finalize."""
    size = int(CHUNK_S * RATE) * 2
    began = time.monotonic()
    for number, at in enumerate(range(0, len(data), size)):
        await asyncio.sleep(max(0.0, began + number * CHUNK_S - time.monotonic()))
        piece = data[at : at + size]
        asked = time.monotonic()
        answer = await client.post(
            session["chunk_endpoint"], data={"chunk_seq": str(number)}, files={"chunk": ("c", piece)}
        )
        answer.raise_for_status()
        caller.slowest_chunk_s = max(caller.slowest_chunk_s, time.monotonic() - asked)
        caller.sent += len(piece)
        caller.acknowledged = answer.json()["received_bytes"]
    (await client.post(session["control_endpoint"], json={"action": "finalize"})).raise_for_status()


async def follow_live(client: httpx.AsyncClient, session: dict[str, Any], caller: Caller, *, drops: bool) -> None:
    """Consume to ``done``; with ``drops`` go away now and then and come back after the last id."""
    while "done" not in caller.names:
        headers = {"Last-Event-ID": str(caller.seen[-1])} if caller.seen else {}
        leave = time.monotonic() + DROP_EVERY_S if drops else float("inf")
        async with client.stream("GET", session["events_endpoint"], headers=headers, timeout=None) as answer:
            if answer.status_code == 409:  # the server has not noticed yet that we had gone
                await asyncio.sleep(0.1)
                continue
            answer.raise_for_status()
            caller.resumed += bool(caller.seen)
            name, number, heard = "", 0, time.monotonic()
            async for line in answer.aiter_lines():
                caller.longest_silence_s = max(caller.longest_silence_s, time.monotonic() - heard)
                heard = time.monotonic()
                if line.startswith("event:"):
                    name = line[6:].strip()
                elif line.startswith("id:"):
                    number = int(line[3:])
                elif not line and name:
                    caller.seen.append(number)
                    caller.names[name] += 1
                    name = ""
                    if heard > leave:
                        break


async def call(served: Served, seconds: float, index: int, caller: Caller) -> None:
    """One live session from start to done, checked against what is kept."""
    data = endless_talk(seconds, index * 17.0)
    async with served.async_client() as client:
        answer = await client.post("/analyze/live/start", json={"filename": f"call-{index}.wav"})
        session = answer.raise_for_status().json()
        caller.session_id = session["session_id"]
        following = asyncio.create_task(follow_live(client, session, caller, drops=index % 2 == 1))
        await send_live(client, session, data, caller)
        finalized = time.monotonic()
        await following
        caller.conclusion_s = time.monotonic() - finalized
        kept = await client.get(f"/library/conversations/{caller.session_id}/media")
        caller.identical = hashlib.sha256(kept.content).digest() == hashlib.sha256(data).digest()
        result = (await client.get(f"/library/conversations/{caller.session_id}/result")).json()
        caller.finals_kept = result["utterances"] == caller.names["final_transcript"] and result["complete"]


async def analyse_again_and_again(served: Served, until: float, counts: list[int]) -> None:
    """Batch analyses of the demo, one after the other."""
    async with served.async_client(timeout=1800.0) as client:
        while time.monotonic() < until:
            answer = await client.post("/analyze", files={"file": ("demo.flac", demo_bytes())})
            counts.append(answer.json()["utterances"] if answer.status_code == 200 else -answer.status_code)


async def watch_delay(served: Served, delays: list[float]) -> None:
    """How far the analysis is behind, of every session that takes sound."""
    async with served.async_client() as client:
        while True:
            found = (await client.get("/library/sessions")).json()["sessions"]
            delays += [one["behind_s"] for one in found if one["state"] == "ingesting"]
            await asyncio.sleep(5.0)


async def load(report: Report, minutes: float) -> None:
    """Live sessions at real pace beside batch analyses."""
    with serving() as served:
        with served.client(timeout=300.0) as client:  # the models are loaded, as on a server that was up before
            client.post("/analyze", files={"file": ("demo.flac", demo_bytes())}).raise_for_status()
        callers = [Caller() for _ in range(LIVE)]
        counts: list[int] = []
        delays: list[float] = []
        server = psutil.Process(served.process.pid)
        memory, opened, threads = resident_mb(served), handles(server), server.num_threads()
        cpu = os.getloadavg()[0]
        until = time.monotonic() + minutes * 60
        with Pulse(served.url, 0.2) as pulse:
            async with beside(watch_delay(served, delays)):
                batches = [analyse_again_and_again(served, until, counts) for _ in range(BATCH)]
                calls = [call(served, minutes * 60, index, caller) for index, caller in enumerate(callers)]
                await asyncio.gather(*batches, *calls)
        comment = f"{minutes:g} min; load average {cpu:.1f} before, {os.getloadavg()[0]:.1f} after"
        report.note("load_live_sessions", len(callers), comment)
        report.note("load_batch_analyses", len(counts))
        report.at_most("load_batch_failed", sum(count <= 0 for count in counts), 0)
        report.at_most("load_batch_differing", len(set(counts)) - 1, 0)
        lost = sum(len(set(range(1, c.seen[-1] + 1)) - set(c.seen)) for c in callers)
        report.at_most("load_events_lost", lost, 0, f"of {sum(c.seen[-1] for c in callers)}")
        report.at_most("load_events_twice", sum(len(c.seen) - len(set(c.seen)) for c in callers), 0)
        report.at_most("load_events_unordered", sum(c.seen != sorted(c.seen) for c in callers), 0)
        report.at_most("load_results_unlike_events", sum(not c.finals_kept for c in callers), 0)
        report.note("load_resumed_streams", sum(c.resumed for c in callers))
        report.at_most("load_bytes_lost", sum(c.sent - c.acknowledged for c in callers), 0)
        report.at_most("load_media_differing", sum(not c.identical for c in callers), 0)
        report.at_most("load_longest_silence_s", max(c.longest_silence_s for c in callers), 20.0, "events or comments")
        report.note("load_slowest_chunk_s", max(c.slowest_chunk_s for c in callers))
        report.note("load_behind_median_s", float(np.median(delays)))
        report.note("load_behind_max_s", max(delays))
        report.note("load_conclusion_max_s", max(c.conclusion_s for c in callers), "from finalize to done")
        report.at_most("load_health_bad", pulse.bad, 0, f"of {len(pulse.times)}")
        report.note("load_health_p95_ms", float(np.percentile(pulse.times, 95)))
        report.note("load_health_max_ms", max(pulse.times))
        await asyncio.sleep(2.0)
        report.note("load_server_mb", resident_mb(served), f"{memory:.0f} before")
        report.note("load_worker_mb", resident_mb(served, worker=True))
        report.note("load_threads_more", server.num_threads() - threads)
        report.at_most("load_handles_more", handles(server) - opened, LIVE - 1, "fewer than one for each session")
        report.at_most("load_uploads_left", len(served.uploads), 0)


# --- idle consumers -------------------------------------------------------------------------------------------------


def idle(report: Report) -> None:
    """Consumers of sessions that are over, who read nothing; then some of them read after all."""
    with serving() as served, served.client(timeout=600.0) as client:
        with client.stream("POST", "/analyze/stream", files={"file": ("demo.flac", demo_bytes())}) as answer:
            original = answer.headers["X-Session-Id"]
            count = sum(1 for _ in frames(answer.iter_lines())) - 1
        folder = served.home / "live"
        ids = [f"analysis_{uuid.uuid4().hex[:10]}" for _ in range(IDLE)]
        for session_id in ids:
            shutil.copytree(folder / original, folder / session_id)
        told(client, f"/analyze/live/{original}/events")
        before = resident_mb(served)
        address = ("127.0.0.1", int(served.url.rpartition(":")[2]))
        sockets = []
        for session_id in ids:
            connection = socket.create_connection(address)
            connection.settimeout(ANSWER_S)
            path = f"/analyze/live/{session_id}/events"
            connection.sendall(f"GET {path} HTTP/1.1\r\nHost: x\r\nX-API-Key: {served.key}\r\n\r\n".encode())
            sockets.append(connection)
        time.sleep(10.0)
        grown = resident_mb(served) - before
        began = time.perf_counter()
        healthy = client.get("/health").status_code == 200
        health_ms = (time.perf_counter() - began) * 1000
        whole = 0
        for connection in sockets[::10]:
            data = bytearray()
            while not data.endswith(b"0\r\n\r\n") and (piece := connection.recv(65536)):
                data += piece
            whole += data.count(b"\nid: ") == count
        for connection in sockets:
            connection.close()
        back = client.get(f"/analyze/live/{original}/events", headers={"Last-Event-ID": str(count)}).status_code
        report.at_most(
            "idle_grown_mb", grown, 100.0, f"{IDLE} consumers of {count} events each, {before:.0f} MB before"
        )
        report.at_least("idle_health_good", healthy, 1.0)
        report.note("idle_health_ms", health_ms)
        report.at_least(
            "idle_whole_when_read", whole / len(sockets[::10]), 1.0, f"of {len(sockets[::10])} that read on"
        )
        report.at_least("idle_coming_back_is_204", back == 204, 1.0)


# --- fuzz -----------------------------------------------------------------------------------------------------------


async def put(address: tuple[str, int], request: Request) -> int:
    """Send bytes; the status of the answer, 0 where the connection was closed without one, -1 where nothing came."""
    reader, writer = await asyncio.open_connection(*address)
    try:
        with contextlib.suppress(ConnectionError):
            writer.write(request.data)
            await writer.drain()
            if request.cut:
                writer.write_eof()
        try:
            async with asyncio.timeout(ANSWER_S):
                line = await reader.readline()
        except TimeoutError:
            return -1
        except (ConnectionError, ValueError):
            return 0
        parts = line.split()
        return int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def fuzz(report: Report, requests: int) -> None:
    """Malformed requests from several senders, while /health is asked."""
    with tempfile.TemporaryDirectory() as home, serving() as served:
        with served.client(timeout=300.0) as client:
            client.post("/analyze", files={"file": ("demo.flac", demo_bytes())}).raise_for_status()
            client.get("/docs")
        corpus = Corpus(served.key, await asyncio.to_thread(media, Path(home)))
        waiting = itertools.islice(corpus, requests)
        address = ("127.0.0.1", int(served.url.rpartition(":")[2]))
        statuses: collections.Counter[int] = collections.Counter()
        wrong: list[str] = []
        slowest: collections.defaultdict[str, float] = collections.defaultdict(float)

        async def sender() -> None:
            for request in waiting:
                began = time.monotonic()
                status = await put(address, request)
                slowest[request.kind] = max(slowest[request.kind], time.monotonic() - began)
                statuses[status] += 1
                if status < 0 or status >= 500:
                    wrong.append(f"{status} {request.kind} {request.data[:300]!r}")

        server = psutil.Process(served.process.pid)
        memory = resident_mb(served)
        with Pulse(served.url, 0.05) as pulse:
            await asyncio.gather(*(sender() for _ in range(SENDERS)))
        for line in wrong[:20]:
            print(line, file=sys.stderr)
        report.note(
            "fuzz_requests", sum(statuses.values()), ", ".join(f"{s}: {n}" for s, n in sorted(statuses.items()))
        )
        report.at_most("fuzz_5xx", sum(n for status, n in statuses.items() if status >= 500), 0)
        report.at_most("fuzz_hangs", statuses[-1], 0)
        report.at_most("fuzz_crashes", not server.is_running(), 0)
        errors = [line for line in served.log_lines() if line["level"] in ("ERROR", "CRITICAL")]
        for line in errors[:10]:
            print(line, file=sys.stderr)
        report.at_most("fuzz_errors_logged", len(errors), 0)
        report.at_most("fuzz_health_bad", pulse.bad, 0, f"of {len(pulse.times)}")
        report.note("fuzz_health_p95_ms", float(np.percentile(pulse.times, 95)))
        report.at_most("fuzz_health_max_ms", max(pulse.times), 200.0, f"load average {os.getloadavg()[0]:.1f}")
        report.note("fuzz_slowest_s", max(slowest.values()), ", ".join(f"{k}: {v:.1f}" for k, v in slowest.items()))
        report.note("fuzz_server_mb", resident_mb(served), f"{memory:.0f} before")
        await asyncio.sleep(2.0)
        report.at_most("fuzz_uploads_left", len(served.uploads), 0)


# --- replay ---------------------------------------------------------------------------------------------------------


def replayed(client: httpx.Client, name: str, data: bytes) -> tuple[list[Frame], float]:
    """The events of a replay, and the s from the end of the upload to the first final transcript."""
    ended: list[float] = []

    def body() -> Iterator[bytes]:
        head = f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        yield head
        yield from (data[at : at + 65536] for at in range(0, len(data), 65536))
        yield b"\r\n--b--\r\n"
        ended.append(time.monotonic())

    found: list[Frame] = []
    first = float("inf")
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    with client.stream("POST", "/analyze/stream", content=body(), headers=headers) as answer:
        answer.raise_for_status()
        for frame in frames(answer.iter_lines()):
            if frame.event == "final_transcript":
                first = min(first, time.monotonic() - ended[0])
            found.append(frame)
    return found, first


def as_told(events: list[Frame]) -> dict[str, Any]:
    """What a consumer knows at the end of a stream: final values stand in place of provisional ones."""
    by_name: dict[str, list[Frame]] = {name: [e for e in events if e.event == name] for name in RESUMED}
    speakers = {e["utterance_id"]: e["speaker"] for e in by_name["final_transcript"]}
    for event in events:
        if event.event == "speakers_changed":
            speakers |= event["speakers"]
    emotions = {e["utterance_id"]: e for e in by_name["emotion"]}
    cognitive = {e["utterance_id"]: e for e in by_name["cognitive"]}
    state = ("engagement", "focus", "cognitive_load", "certainty", "commitment", "passion")
    return {
        "utterances": [
            (e["text"], e["t_start"], e["t_end"], e["confidence"], e["words"]) for e in by_name["final_transcript"]
        ],
        "speakers": [speakers[e["utterance_id"]] for e in by_name["final_transcript"]],
        "emotions": [
            (emotions[key]["emotion"]["emotions"], emotions[key]["scores"], emotions[key]["confidence"])
            for key in speakers
        ],
        "cognitive": [{name: cognitive[key][name] for name in state} for key in speakers],
        "transitions": [dict(e) for e in by_name["transition"] if e["stability"] == "final"],
        "moments": [
            {name: value for name, value in e.items() if name != "stability"}
            for e in by_name["moment"]
            if e["stability"] == "final"
        ],
        "summary": dict(by_name["summary_update"][-1]),
    }


def as_kept(result: dict[str, Any]) -> dict[str, Any]:
    """The same of a batch result."""
    timeline = result["timeline"]
    state = ("engagement", "focus", "cognitive_load", "certainty", "commitment", "passion")
    return {
        "utterances": [(u["text"], u["t_start"], u["t_end"], u["asr_confidence"], u["words"]) for u in timeline],
        "speakers": [u["speaker"] for u in timeline],
        "emotions": [
            (
                u["emotion"]["emotions"],
                {name: u["emotion"][name] for name in ("valence", "arousal", "dominance")},
                u["emotion"]["confidence"],
            )
            for u in timeline
        ],
        "cognitive": [{name: one["cognitive"][name] for name in state} for one in result["agent_results"]],
        "transitions": result["transitions"],
        "moments": result["moments"],
        "summary": result["summary"],
    }


def replay(report: Report) -> None:
    """A call of four minutes as a replay: on a server that just started, on one that is warm, and as a batch."""
    path = SHARED / "data" / "calls" / "call40_mono.wav"
    path = path if path.exists() else load_demo()[0]
    data = path.read_bytes()
    length_s = soundfile.info(path).duration
    with serving() as served, served.client(timeout=900.0) as client:
        _, fresh_s = replayed(client, path.name, data)
        events, warm_s = replayed(client, path.name, data)
        batch = client.post("/analyze", files={"file": (path.name, data)}).raise_for_status().json()
        note = f"{length_s:.0f} s of sound; load average {os.getloadavg()[0]:.1f}"
        report.at_most("replay_first_final_s", warm_s, 3.0, note)
        report.note("replay_first_final_fresh_s", fresh_s, "the first request of a server that just started")
        told_, kept = as_told(events), as_kept(batch)
        for name in told_:
            same = told_[name] == kept[name]
            report.at_least(f"replay_same_{name}", same, 1.0, f"{len(kept[name])}")


# --- lifecycle ------------------------------------------------------------------------------------------------------


def lifecycle(report: Report) -> None:
    """Start and stop inside a running app, with sessions that go on and streams that are open."""
    starts, stops, broken = [], [], 0
    with tempfile.TemporaryDirectory() as home, Desk.open(Settings(data_dir=Path(home))) as desk:
        headers = {"X-API-Key": desk.make_key("bench")[1]}
        for _ in range(5):
            server = Server(desk, "127.0.0.1", 0)
            began = time.monotonic()
            server.start()
            starts.append(time.monotonic() - began)
            ends: list[bool] = []

            def listen(url: str, ends: list[bool] = ends) -> None:
                try:
                    with httpx.stream("GET", url, headers=headers, timeout=None) as answer:
                        for _ in answer.iter_lines():
                            pass
                    ends.append(True)
                except httpx.HTTPError:
                    ends.append(False)

            listeners = []
            for _ in range(5):
                session = httpx.post(f"{server.address}/analyze/live/start", headers=headers, json={}).json()
                listeners.append(threading.Thread(target=listen, args=(session["events_endpoint"],)))
                listeners[-1].start()
            time.sleep(1.0)
            began = time.monotonic()
            server.stop()
            stops.append(time.monotonic() - began)
            for listener in listeners:
                listener.join()
            broken += ends.count(False)
            for live in desk.sessions():
                live.cancel()
    report.at_most("lifecycle_start_max_s", max(starts), 1.0, "5 times")
    report.at_most("lifecycle_stop_max_s", max(stops), 1.0, "5 streams open each time")
    report.at_most("lifecycle_streams_broken", broken, 0, "ended without a proper end")


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--minutes", type=float, default=10.0, help="of the load")
    arguments.add_argument("--quick", action="store_true", help="a minute of load, 300 malformed requests")
    arguments.add_argument("--only", choices=("load", "idle", "fuzz", "replay", "lifecycle"))
    chosen = arguments.parse_args()
    report = Report("Server")
    minutes = 1.0 if chosen.quick else chosen.minutes
    parts: dict[str, Callable[[], None]] = {
        "lifecycle": functools.partial(lifecycle, report),
        "replay": functools.partial(replay, report),
        "idle": functools.partial(idle, report),
        "fuzz": lambda: asyncio.run(fuzz(report, 300 if chosen.quick else 2000)),
        "load": lambda: asyncio.run(load(report, minutes)),
    }
    for name, part in parts.items():
        if chosen.only in (None, name):
            print(f"… {name}", file=sys.stderr)
            part()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
