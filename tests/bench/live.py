"""Live: latency, identity of the doors, the deaths of app, recorder and worker, capture, and memory over hours.

``python -m tests.bench.live [--only latency|doors|app|worker|capture|hours] [--kills N] [--minutes 10] [--hours 8]``.
Hours are fed only when they are asked for; tests.bench.endurance does that alone, and in less time without recognition.
The voices are the demo's. Capture goes through a real sound server (tests.bench.live_capture does that alone) and is
left out where there is none; the other recordings come from a paced file source of the real recorder process.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import numpy as np

from illodesk.capture.recording import ChannelSpec, RecordingSpec
from illodesk.demo import load_demo
from illodesk.desk import Desk
from illodesk.doors import RecordingDoor, UploadDoor
from illodesk.schema import CognitiveEvent, EmotionEvent, FinalTranscriptEvent
from illodesk.settings import Settings
from tests.bench import live_capture
from tests.bench.endurance import endurance
from tests.bench.report import Report
from tests.excerpt import write_excerpt

ENDPOINT_S = 0.5
"""The wait for silence that ends an utterance; part of every latency, and shown apart."""


def latency(report: Report) -> None:
    """From the true end of a turn to the last of its transcript, emotion and cognitive events."""
    path, truth = load_demo()
    with tempfile.TemporaryDirectory() as home, Desk.open(Settings(data_dir=Path(home))) as desk:
        session = desk.record([ChannelSpec(name="demo", kind="file", device=str(path))])
        arrived: dict[str, list[float]] = {}
        finals: list[FinalTranscriptEvent] = []

        def follow() -> None:
            for _, event in session.events():
                if isinstance(event, FinalTranscriptEvent):
                    finals.append(event)
                if isinstance(event, FinalTranscriptEvent | EmotionEvent | CognitiveEvent):
                    arrived.setdefault(event.utterance_id, []).append(time.time())

        follower = threading.Thread(target=follow)
        follower.start()
        while session.position_s < truth.duration_s - 1:
            time.sleep(0.2)
        session.finalize()
        session.wait()
        follower.join()
        assert isinstance(session.door, RecordingDoor)
        started = RecordingSpec.model_validate_json((session.door.folder / "recording.json").read_bytes()).started_at
    offset = float(np.median([min((f.t_start - t.t_start for t in truth.turns), key=abs) for f in finals]))
    waits = []
    for turn in truth.turns:
        last = [f for f in finals if abs(f.t_end - offset - turn.t_end) < 0.4]
        if last:
            waits.append(arrived[last[0].utterance_id][2] - (started + offset + turn.t_end))
    report.note("latency_turns", len(waits), f"of {len(truth.turns)}")
    report.at_most("latency_median_s", float(np.median(waits)), 1.0)
    report.at_most("latency_p95_s", float(np.percentile(waits, 95)), 1.8)
    report.note("latency_endpoint_wait_s", ENDPOINT_S, "of it")


def doors(report: Report) -> None:
    """The same sound as a paced recording, as an upload in slices, as a replay and as a file."""
    with tempfile.TemporaryDirectory() as home, Desk.open(Settings(data_dir=Path(home))) as desk:
        recording = write_excerpt(Path(home) / "talk.wav", 40.0, 80.0)
        live = desk.record([ChannelSpec(name="demo", kind="file", device=str(recording))])
        while live.position_s < 39.5:
            time.sleep(0.2)
        live.finalize()
        live.wait()
        source = desk._store.media_path(live.id)
        assert source is not None
        upload = desk.upload(suffix=".flac")
        assert isinstance(upload.door, UploadDoor)
        data = source.read_bytes()
        for at in range(0, len(data), 3777):
            upload.door.push(data[at : at + 3777])
        upload.finalize()
        upload.wait()
        replay = desk.replay(source)
        replay.wait()
        batch = desk.result(desk.analyse(source))
        for name, session in (("recording", live), ("upload", upload), ("replay", replay)):
            same = desk.result(session.id).timeline == batch.timeline
            report.at_least(f"same_as_batch_{name}", float(same), 1.0, f"{batch.utterances} utterances")


APP = """
import sys, time
from pathlib import Path
from illodesk.capture.recording import ChannelSpec
from illodesk.desk import Desk
from illodesk.settings import Settings
desk = Desk.open(Settings(data_dir=Path(sys.argv[1])))
if sys.argv[2] == "new":
    session = desk.record([ChannelSpec(name="mine", kind="file", device=sys.argv[3])])
else:
    session = desk.resume(sys.argv[2])
print(session.id, flush=True)
time.sleep(600)
"""


def app(report: Report, kills: int) -> None:
    """One recording during which the app is killed at random instants; each next one takes it up."""
    chance = random.Random(7)
    path, truth = load_demo()
    with tempfile.TemporaryDirectory() as home:
        key = "new"
        for _ in range(kills):
            process = subprocess.Popen(
                [sys.executable, "-c", APP, home, key, str(path)], stdout=subprocess.PIPE, text=True
            )
            assert process.stdout is not None
            key = process.stdout.readline().strip() or key
            time.sleep(chance.uniform(0.0, 4.0))
            process.kill()
            process.wait()
            process.stdout.close()
        with Desk.open(Settings(data_dir=Path(home))) as desk:
            session = desk.resume(key)
            while session.position_s < truth.duration_s - 1:
                time.sleep(0.2)
            session.finalize()
            session.wait()
            result = desk.result(key)
            ids = [e.utterance_id for _, e in session.log.after(0) if isinstance(e, FinalTranscriptEvent)]
            calm = desk.result(desk.analyse(desk._store.media_path(key) or path))
        report.note("app_kills", kills)
        report.at_most("app_kill_lost_s", max(0.0, truth.duration_s - result.analysed_s), 1.0)
        report.at_most(
            "app_kill_doubled_or_lost_utterances",
            len(set(ids) ^ {u.utterance_id for u in calm.timeline}) + len(ids) - len(set(ids)),
            0,
        )
        report.at_least("app_kill_same_as_batch", float(result.timeline == calm.timeline), 1.0)


def worker(report: Report, kills: int) -> None:
    """One recording during which the worker is killed again and again."""
    chance = random.Random(11)
    path, _ = load_demo()
    with tempfile.TemporaryDirectory() as home, Desk.open(Settings(data_dir=Path(home))) as desk:
        killed = 0
        recordings = 0
        wrong = 0
        while killed < kills:
            session = desk.record([ChannelSpec(name="demo", kind="file", device=str(path))])
            recordings += 1
            for _ in range(min(3, kills - killed)):
                time.sleep(chance.uniform(3.0, 9.0))
                pid = desk._worker.pid
                if pid is not None:
                    os.kill(pid, signal.SIGKILL)
                    killed += 1
            time.sleep(3.0)
            session.finalize()
            session.wait()
            result = desk.result(session.id)
            ids = [e.utterance_id for _, e in session.log.after(0) if isinstance(e, FinalTranscriptEvent)]
            calm = desk.result(desk.analyse(desk._store.media_path(session.id) or path))
            wrong += result.timeline != calm.timeline or ids != [u.utterance_id for u in calm.timeline]
        report.note("worker_kills", killed, f"in {recordings} recordings")
        report.at_most("worker_kill_wrong_results", wrong, 0)


def capture(report: Report, minutes: float, kills: int) -> None:
    """Two channels through a real sound server, and the deaths of the recorder."""
    try:
        report.rows += live_capture.measures(minutes, kills).values()
    except RuntimeError as missing:
        print(f"Capture was not measured: {missing}", file=sys.stderr)


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--only", choices=("latency", "doors", "app", "worker", "capture", "hours"))
    arguments.add_argument("--kills", type=int, default=20)
    arguments.add_argument("--minutes", type=float, default=10.0, help="of capture")
    arguments.add_argument("--hours", type=float, default=0.0, help="also feed so many hours, as fast as it goes")
    chosen = arguments.parse_args()
    report = Report("Live")
    parts = {
        "latency": lambda: latency(report),
        "doors": lambda: doors(report),
        "app": lambda: app(report, chosen.kills),
        "worker": lambda: worker(report, chosen.kills),
        "capture": lambda: capture(report, chosen.minutes, chosen.kills),
        "hours": lambda: endurance(report, chosen.hours, made_words=False),
    }
    for name, part in parts.items():
        if chosen.only in (None, name) and (name != "hours" or chosen.hours):
            print(f"… {name}", file=sys.stderr)
            part()
    return report.finish()


if __name__ == "__main__":
    sys.exit(main())
