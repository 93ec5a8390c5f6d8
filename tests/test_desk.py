"""The Desk with its real store and worker, on an excerpt of the demo."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from illodesk.cli import EXPORT_FORMATS
from illodesk.desk import Desk, DeskError, file_name
from illodesk.schema import AnalysisOptions, FinalTranscriptEvent, Purpose, StatusEvent
from illodesk.settings import Settings
from illodesk.store.exports import FORMATS
from tests.excerpt import write_excerpt


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("desk")


@pytest.fixture(scope="module")
def recording(home: Path) -> Path:
    return write_excerpt(home / "talk about the price.wav")


@pytest.fixture(scope="module")
def desk(home: Path) -> Iterator[Desk]:
    with Desk.open(Settings(data_dir=home / "data")) as desk:
        yield desk


@pytest.fixture(scope="module")
def kept(desk: Desk, recording: Path) -> str:
    return desk.analyse(recording, AnalysisOptions())


def test_an_analysis_is_kept_as_it_was_told(desk: Desk, recording: Path) -> None:
    events = []
    key = desk.analyse(recording, AnalysisOptions(), on_event=events.append)
    result = desk.result(key)
    told = [e.text for e in events if isinstance(e, FinalTranscriptEvent)]
    assert told == [u.text for u in result.timeline]
    assert "too expensive" in " ".join(told)
    assert result.complete
    assert {u.speaker for u in result.timeline} == {"Speaker_0", "Speaker_1"}
    assert [m.category for m in result.moments].count("objection") == 1
    shares = [e.progress for e in events if isinstance(e, StatusEvent) and e.progress is not None]
    assert shares == sorted(shares)
    row = desk.conversation(key)
    assert (row.state, row.title) == ("complete", recording.name)
    assert row.duration_s == pytest.approx(result.analysed_s)


def test_the_same_recording_gives_the_same_result(desk: Desk, kept: str) -> None:
    first = desk.result(kept)
    run = desk.reanalyse(kept)
    again = desk.result(kept, run.number)
    assert run.number == len(desk.runs(kept)) > 1
    assert first.timeline == again.timeline
    assert first.segmentation == again.segmentation
    assert desk.result(kept, 1) == first


def test_a_run_under_another_purpose_stands_beside_the_first(desk: Desk, kept: str) -> None:
    run = desk.reanalyse(kept, AnalysisOptions(purpose=Purpose.WORKPLACE))
    closed = desk.result(kept, run.number)
    assert closed.policy.mode == "text_only"
    assert all(u.emotion.arousal is None or "voice" not in u.emotion.basis for u in closed.timeline)
    assert desk.result(kept, 1).policy.mode == "full"


def test_search_finds_what_was_said(desk: Desk, kept: str) -> None:
    hits = desk.search("expensive money")
    assert kept in {hit.conversation_id for hit in hits}
    assert all(0 <= hit.t_start < hit.t_end for hit in hits)
    assert desk.search("zeppelin") == []


@pytest.mark.parametrize("format_", EXPORT_FORMATS)
def test_every_format_of_the_command_line_is_written(desk: Desk, kept: str, format_: str, tmp_path: Path) -> None:
    assert set(EXPORT_FORMATS) == set(FORMATS)
    written = desk.export(kept, format_, tmp_path)
    assert written.parent == tmp_path
    assert written.name.startswith("talk about the price")
    assert written.stat().st_size > 50
    with pytest.raises(DeskError):
        desk.export(kept, format_, tmp_path)
    assert desk.export(kept, format_, tmp_path, overwrite=True) == written


def test_tracks_are_kept_and_mapped(desk: Desk, kept: str) -> None:
    result = desk.result(kept)
    peaks, prosody = desk.track(kept, "peaks_0"), desk.track(kept, "prosody_0")
    engagement = desk.track(kept, "engagement")
    assert peaks is not None and prosody is not None and engagement is not None
    assert len(peaks.frames) == pytest.approx(result.analysed_s * 100, abs=2)
    assert len(prosody.frames) == pytest.approx(result.analysed_s * 100, abs=5)
    assert engagement.times()[-1] == pytest.approx(result.analysed_s, abs=1.0)
    assert desk.track(kept, "no such track") is None


def test_deleting_leaves_no_trace(desk: Desk, recording: Path, home: Path) -> None:
    key = desk.analyse(recording, AnalysisOptions(), title="To be deleted")
    desk.delete(key)
    assert key not in {row.id for row in desk.conversations()}
    assert key not in {hit.conversation_id for hit in desk.search("expensive")}
    assert not [path for path in (home / "data").rglob("*") if key in str(path)]
    with pytest.raises(DeskError) as caught:
        desk.result(key)
    assert caught.value.code == "NOT_FOUND"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.wav", b"", "EMPTY_FILE"),
        ("page.wav", b"<html><body>Sorry</body></html>", "UNREADABLE_MEDIA"),
        ("noise.mp4", bytes(range(256)) * 40, "UNREADABLE_MEDIA"),
    ],
)
def test_a_file_without_sound_is_a_clear_error_and_leaves_nothing(
    desk: Desk, tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    before = {row.id for row in desk.conversations()}
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DeskError) as caught:
        desk.analyse(tmp_path / name)
    assert caught.value.code in (code, "NO_AUDIO")
    assert {row.id for row in desk.conversations()} == before


def test_a_missing_file_says_so(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="no file"):
        desk.analyse(tmp_path / "nowhere.wav")


def test_cancelling_keeps_what_was_heard(desk: Desk, home: Path) -> None:
    heard = 0

    def count(event: object) -> None:
        nonlocal heard
        heard += isinstance(event, FinalTranscriptEvent)

    long = write_excerpt(home / "long.wav", 0.0, 130.0)
    key = desk.analyse(long, AnalysisOptions(), on_event=count, cancelled=lambda: heard >= 2)
    result = desk.result(key)
    assert not result.complete
    assert 2 <= result.utterances < 30
    assert 0 < result.analysed_s < 130
    assert desk.conversation(key).state == "partial"


def test_ids_are_found_by_their_beginning(desk: Desk, kept: str) -> None:
    assert desk.find(kept) == kept
    assert desk.find(kept[:16]) == kept
    assert desk.find(kept.removeprefix("analysis_")) == kept
    with pytest.raises(DeskError, match="no conversation"):
        desk.find("analysis_zzz")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("call.wav", "call.srt"),
        ("a/b\\c:d", "a_b_c_d.srt"),
        ("...", "conversation.srt"),
        ("Frühstück um 8.30", "Frühstück um 8.30.srt"),
    ],
)
def test_titles_become_file_names(title: str, expected: str) -> None:
    assert file_name(title, ".srt") == expected


def test_json_export_is_the_result(desk: Desk, kept: str, tmp_path: Path) -> None:
    data = json.loads(desk.export(kept, "json", tmp_path / "all.json").read_text())
    assert data["conversation_id"] == kept
    assert len(data["timeline"]) == data["utterances"]
