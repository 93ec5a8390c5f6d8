"""Live sessions on a real Desk: every door, every end, and the deaths of each process."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from illodesk.capture.recording import ChannelSpec
from illodesk.desk import Desk, DeskError
from illodesk.doors import RecordingDoor, UploadDoor
from illodesk.live import OVER, LiveSession
from illodesk.operations import AddMarker
from illodesk.schema import (
    CognitiveEvent,
    DoneEvent,
    EmotionEvent,
    EngagementEvent,
    ErrorEvent,
    Event,
    FinalTranscriptEvent,
    MomentEvent,
    PartialTranscriptEvent,
    TransitionEvent,
    Utterance,
)
from illodesk.sessions import read_record
from illodesk.settings import Settings
from tests.excerpt import write_excerpt

SECONDS = 14.0


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    return write_excerpt(tmp_path / "talk.wav", 40.0, 40.0 + SECONDS)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with Desk.open(Settings(data_dir=tmp_path_factory.mktemp("live"))) as desk:
        yield desk


def until(what: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.02)


def told(session: LiveSession) -> list[Event]:
    return [event for _, event in session.log.after(0)]


def upload(desk: Desk) -> tuple[LiveSession, UploadDoor]:
    session = desk.upload(suffix=".wav")
    assert isinstance(session.door, UploadDoor)
    return session, session.door


def test_an_upload_in_slices_ends_like_the_file(desk: Desk, recording: Path) -> None:
    session, door = upload(desk)
    data = recording.read_bytes()
    sizes = np.random.default_rng(3).integers(1, 40_000, 200)
    at = 0
    for size in sizes.tolist():
        door.push(data[at : at + size])
        at += size
    door.push(data[at:])
    session.finalize()
    assert session.wait(60)
    assert session.state == "completed"
    live = desk.result(session.id)
    file = desk.result(desk.analyse(recording))
    assert live.timeline == file.timeline
    assert live.segmentation == file.segmentation
    assert (live.moments, live.transitions) == (file.moments, file.transitions)
    events = told(session)
    assert isinstance(events[-1], DoneEvent)
    assert events[-1].conversation_id == session.id
    finals = [e.utterance_id for e in events if isinstance(e, FinalTranscriptEvent)]
    assert finals == sorted(set(finals))
    assert len(finals) == live.utterances
    assert {e.utterance_id for e in events if isinstance(e, EmotionEvent)} == set(finals)
    assert {e.utterance_id for e in events if isinstance(e, CognitiveEvent)} == set(finals)
    ticks = [e.t for e in events if isinstance(e, EngagementEvent)]
    assert ticks == [0.5 * (i + 1) for i in range(int(SECONDS * 2))]


def test_what_is_marked_while_it_is_recorded_is_a_marker_of_the_conversation(desk: Desk, recording: Path) -> None:
    session, door = upload(desk)
    data = recording.read_bytes()
    door.push(data[: len(data) // 2])
    until(lambda: session.now_s > 3.0)
    first = desk.mark(session.id, "F1", "the price")
    assert [(marker.marker_id, marker.note) for marker in desk.markers(session.id)] == [(first, "the price")]
    assert 3.0 < desk.markers(session.id)[0].t <= SECONDS / 2 + 1.0
    door.push(data[len(data) // 2 :])
    session.finalize()
    desk.apply(session.id, AddMarker(t=13.0, key="F2", note="written to the end when it was over"))
    assert session.wait(60)
    assert [marker.key for marker in desk.result(session.id).markers] == ["F1", "F2"]
    with pytest.raises(DeskError, match="over"):
        desk.mark("analysis_0000000000")


def test_deleting_a_conversation_removes_its_session(desk: Desk, recording: Path) -> None:
    session, door = upload(desk)
    door.push(recording.read_bytes())
    session.finalize()
    assert session.wait(60)
    home = desk.settings.data_dir
    assert [path for path in home.rglob("*") if session.id in str(path)]
    desk.delete(session.id)
    assert not [path for path in home.rglob("*") if session.id in str(path)]
    assert desk.session(session.id) is None


def test_what_a_deletion_left_behind_goes_at_the_next_start(tmp_path: Path) -> None:
    orphan = tmp_path / "live" / "analysis_0123456789"
    orphan.mkdir(parents=True)
    (orphan / "events.jsonl").write_text("{}")
    with Desk.open(Settings(data_dir=tmp_path)):
        assert not orphan.exists()


def test_events_can_be_replayed_from_any_number(desk: Desk, recording: Path) -> None:
    session = desk.replay(recording)
    followed = list(session.events())
    assert [number for number, _ in followed] == list(range(1, len(followed) + 1))
    assert session.log.after(5) == followed[5:]
    assert session.state in ("completed", "processing")


def test_a_taken_file_is_told_like_a_live_one_and_moves_into_the_library(desk: Desk, recording: Path) -> None:
    session = desk.replay(recording, title="A call", owner="key1", take=True)
    assert session in desk.sessions()
    assert not recording.exists(), "it was given away"
    assert session.wait(60)
    assert (session.state, session.record.owner) == ("completed", "key1")
    assert desk.conversation(session.id).title == "A call"
    assert desk.conversation(session.id).has_media
    assert not list(session.folder.glob("sound*")), "the library has it now"
    assert isinstance(told(session)[-1], DoneEvent)


def test_a_taken_file_is_finished_by_the_next_process(tmp_path: Path, recording: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with Desk.open(settings) as first:
        left = first.replay(recording, take=True)
    with Desk.open(settings) as second:
        assert [one.conversation_id for one in second.unfinished()] == [left.id]
        log = second.event_log(left.id)
        assert log is not None and log.ended
        again = second.resume(left.id)
        assert again.wait(60)
        assert again.state == "completed"
        assert second.result(left.id).analysed_s == pytest.approx(SECONDS, abs=0.1)
        assert second.event_log(left.id) is again.log
    assert desk_log_of(settings, left.id) == told(again)


def desk_log_of(settings: Settings, session_id: str) -> list[Event]:
    with Desk.open(settings) as desk:
        log = desk.event_log(session_id)
        assert log is not None
        return [event for _, event in log.after(0)]


@pytest.mark.parametrize("name", ["nobody", "../store", "", "a/b"])
def test_nobody_elses_files_are_taken_for_a_log(desk: Desk, name: str) -> None:
    assert desk.event_log(name) is None


def test_final_transitions_and_moments_are_those_of_the_result(desk: Desk, recording: Path) -> None:
    session = desk.replay(recording)
    assert session.wait(60)
    result = desk.result(session.id)
    events = told(session)
    moments = [e.moment for e in events if isinstance(e, MomentEvent) and e.stability == "final"]
    transitions = [e.transition for e in events if isinstance(e, TransitionEvent) and e.transition.stability == "final"]
    assert (moments, transitions) == (result.moments, result.transitions)


def test_a_timeline_from_elsewhere_is_divided(desk: Desk) -> None:
    timeline = [
        Utterance(utterance_id=f"u{i}", speaker="A", t_start=10.0 * i, t_end=10.0 * i + 8, text=text)
        for i, text in enumerate(["Hello and welcome.", "Tell me about the prices.", "They are too high for us."])
    ]
    found = desk.segment(timeline[::-1])
    assert found.phases[0].start_utterance_id == "u0"
    assert sum(phase.utterance_count for phase in found.phases) == len(timeline)


def test_a_cancelled_session_keeps_its_sound(desk: Desk, recording: Path) -> None:
    session, door = upload(desk)
    door.push(recording.read_bytes())
    session.cancel("The caller hung up.")
    assert session.wait(30)
    assert session.state == "cancelled"
    errors = [e for e in told(session) if isinstance(e, ErrorEvent)]
    assert [(e.code, e.message) for e in errors] == [("CANCELLED", "The caller hung up.")]
    assert desk.conversation(session.id).has_media
    assert desk.reanalyse(session.id).state == "complete"
    assert read_record(session.folder) is not None
    assert (session.folder / OVER).exists(), "a session that was cancelled would be offered again"


def test_an_expired_session_is_finished(desk: Desk, recording: Path) -> None:
    session = desk.upload(suffix=".wav", ttl_s=0.5)
    assert isinstance(session.door, UploadDoor)
    session.door.push(recording.read_bytes())
    assert session.wait(60)
    assert session.state == "completed"
    assert "SESSION_EXPIRED" in {e.code for e in told(session) if isinstance(e, ErrorEvent)}
    assert desk.result(session.id).utterances > 0


def test_keepalive_puts_the_end_off(desk: Desk) -> None:
    session = desk.upload(suffix=".wav", ttl_s=100)
    first = session.expires_at
    time.sleep(0.01)
    later = session.keepalive()
    assert first is not None and later is not None and later > first
    session.cancel()
    assert session.wait(30)


@pytest.mark.parametrize("data", [b"", b"no sound at all " * 500])
def test_an_upload_without_sound_ends_in_order(desk: Desk, data: bytes) -> None:
    session, door = upload(desk)
    if data:
        door.push(data)
    session.finalize()
    assert session.wait(30)
    assert session.state == "failed"
    [error] = [e for e in told(session) if isinstance(e, ErrorEvent)]
    assert error.code in ("UNREADABLE_MEDIA", "NO_AUDIO", "EMPTY_FILE")
    assert desk.conversation(session.id).has_media == bool(data)
    assert (session.folder / OVER).exists()


def test_a_recording_becomes_a_conversation_with_every_sample(desk: Desk, recording: Path) -> None:
    session = desk.record([ChannelSpec(name="mine", kind="file", device=str(recording))], title="From a file")
    assert isinstance(session.door, RecordingDoor)
    until(lambda: session.position_s >= 5.0 and any(isinstance(e, FinalTranscriptEvent) for e in told(session)))
    assert any(isinstance(e, PartialTranscriptEvent) for e in told(session))
    status = session.door.status()
    assert status is not None and status.state == "recording"
    assert session.behind_s < 5.0
    session.finalize()
    assert session.wait(60)
    result = desk.result(session.id)
    assert result.media.duration_s >= 5.0
    media = desk._store.media_path(session.id)
    assert media is not None and media.suffix == ".flac"
    kept, _ = soundfile.read(media, dtype="int16")
    played, _ = soundfile.read(recording, dtype="int16")
    start = int(np.argmax(np.abs(kept) > 0)) - int(np.argmax(np.abs(played) > 0))
    assert np.corrcoef(kept[start + 16000 : start + 64000], played[16000:64000])[0, 1] > 0.99
    again = desk.result(desk.analyse(media))
    assert again.timeline == result.timeline
    assert not list((session.folder / "recording").glob("*.blk"))


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_a_recorder_that_dies_costs_a_second_at_most(desk: Desk, recording: Path) -> None:
    session = desk.record([ChannelSpec(name="mine", kind="file", device=str(recording))])
    assert isinstance(session.door, RecordingDoor) and session.door.recorder is not None
    until(lambda: session.position_s >= 4.0)
    status = session.door.status()
    assert status is not None
    os.kill(session.door.recorder.owner.pid, signal.SIGKILL)
    assert session.wait(60)
    assert session.state == "completed"
    assert "RECORDING_ENDED" in {e.code for e in told(session) if isinstance(e, ErrorEvent)}
    assert desk.result(session.id).analysed_s >= status.position_s - 1.0


APP = """
import sys, time
from pathlib import Path
from illodesk.capture.recording import ChannelSpec
from illodesk.desk import Desk
from illodesk.sessions import read_record
from illodesk.settings import Settings
desk = Desk.open(Settings(data_dir=Path(sys.argv[1])))
session = desk.record([ChannelSpec(name="mine", kind="file", device=sys.argv[2])])
print(session.id, flush=True)
time.sleep(600)
"""


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_the_recording_goes_on_when_the_app_is_killed(tmp_path: Path, recording: Path) -> None:
    app = subprocess.Popen(
        [sys.executable, "-c", APP, str(tmp_path / "data"), str(recording)], stdout=subprocess.PIPE, text=True
    )
    assert app.stdout is not None
    key = app.stdout.readline().strip()
    log = tmp_path / "data" / "live" / key / "events.jsonl"
    until(lambda: b"final_transcript" in log.read_bytes())
    app.kill()
    app.wait()
    app.stdout.close()
    time.sleep(1.0)
    with Desk.open(Settings(data_dir=tmp_path / "data")) as desk:
        [left] = desk.unfinished()
        assert (left.conversation_id, left.running) == (key, True)
        session = desk.resume(key)
        assert desk.unfinished() == []
        until(lambda: session.position_s >= SECONDS - 1.0)
        session.finalize()
        assert session.wait(60)
        result = desk.result(key)
        assert result.analysed_s >= SECONDS - 1.0
        finals = [e.utterance_id for e in told(session) if isinstance(e, FinalTranscriptEvent)]
        assert finals == [f"utt_{i:04d}" for i in range(result.utterances)]
        assert desk.unfinished() == []


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
def test_an_interrupted_recording_is_found_and_finished(tmp_path: Path, recording: Path) -> None:
    app = subprocess.Popen(
        [sys.executable, "-c", APP, str(tmp_path / "data"), str(recording)], stdout=subprocess.PIPE, text=True
    )
    assert app.stdout is not None
    key = app.stdout.readline().strip()
    folder = tmp_path / "data" / "live" / key
    time.sleep(4.0)
    door = RecordingDoor.take_up(folder)
    assert door.recorder is not None
    os.kill(door.recorder.owner.pid, signal.SIGKILL)
    app.kill()
    app.wait()
    app.stdout.close()
    with Desk.open(Settings(data_dir=tmp_path / "data")) as desk:
        [left] = desk.unfinished()
        assert (left.conversation_id, left.running) == (key, False)
        session = desk.resume(key)
        assert session.wait(60)
        assert session.state == "completed"
        assert desk.result(key).analysed_s >= 2.0
        assert desk.conversation(key).has_media
