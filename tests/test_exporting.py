"""Exports through the Desk and the command line."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile

from illodesk.cli import EXPORT_FORMATS, main
from illodesk.desk import FORMATS, Desk, DeskError, ExportOptions
from illodesk.operations import RenameSpeaker
from illodesk.settings import Settings
from tests.store.samples import full_result, sound_file

ROOT = Path(__file__).parents[1]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(data_dir=Path(os.environ["ILLODESK_DATA_DIR"]))) as opened:
        yield opened


@pytest.fixture
def talks(desk: Desk, tmp_path: Path) -> list[str]:
    """Three conversations of one title, kept with their recordings as an analysis would."""
    keys = []
    for _ in range(3):
        conversation = desk._store.add_conversation("Talk", media=sound_file(tmp_path / "media"))
        run = desk._store.start_run(conversation.id)
        desk._store.finish_run(run.id, full_result())
        keys.append(conversation.id)
    return keys


def test_names_that_people_gave_are_in_every_text(desk: Desk, talks: list[str]) -> None:
    desk.apply(talks[0], RenameSpeaker(label="Speaker_1", name="Ivan Жуков"))
    for format_ in ("srt", "vtt", "txt", "csv", "words", "md", "docx", "html", "pdf", "eaf", "textgrid"):
        assert "Ivan Жуков" in desk.export_preview(talks[0], format_).replace("\\", "")
    hidden = desk.export_preview(talks[0], "txt", ExportOptions(pseudonymise=True))
    assert "Ivan" not in hidden and "Speaker B: Thank you" in hidden


def test_many_get_names_of_their_own_and_progress(desk: Desk, talks: list[str], tmp_path: Path) -> None:
    seen: list[float] = []
    done = desk.export_many([*talks, "analysis_0"], "md", tmp_path / "out", on_progress=seen.append)
    assert [done.files[key].name for key in talks] == ["Talk.md", "Talk (2).md", "Talk (3).md"]
    assert list(done.failures) == ["analysis_0"] and not done.cancelled
    assert seen == sorted(seen) and seen[-1] == 0.75
    hidden = desk.export_many(talks[:1], "md", tmp_path / "out", ExportOptions(pseudonymise=True))
    assert hidden.files[talks[0]].name == f"conversation {talks[0].removeprefix('analysis_')}.md"


def test_many_can_be_stopped(desk: Desk, talks: list[str], tmp_path: Path) -> None:
    seen: list[float] = []
    done = desk.export_many(
        talks, "html", tmp_path, on_progress=seen.append, cancelled=lambda: max(seen, default=0) > 0.4
    )
    assert done.cancelled
    assert (
        [path.name for path in tmp_path.glob("*.html")] == [path.name for path in done.files.values()] == ["Talk.html"]
    )


def test_one_can_be_stopped(desk: Desk, talks: list[str], tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="Nothing was written") as caught:
        desk.export(talks[0], "wav", tmp_path / "x.wav", cancelled=lambda: True)
    assert caught.value.code == "CANCELLED"
    assert not (tmp_path / "x.wav").exists()


def test_previews_say_what_clips_hold(desk: Desk, talks: list[str]) -> None:
    assert (
        desk.export_preview(talks[0], "flac", ExportOptions(start_s=1, end_s=3.5)) == "00:01 to 00:03 (2.5 s)  clip\n"
    )


def test_the_command_line_takes_the_options(desk: Desk, talks: list[str], tmp_path: Path) -> None:
    out = tmp_path / "clip.wav"
    assert main(["export", talks[0], "--format", "wav", "--from", "1.5", "--to", "3", "--out", str(out)]) == 0
    assert soundfile.info(out).frames == 1.5 * 8000
    page = tmp_path / "talk.html"
    assert main(["export", talks[0], "--format", "html", "--no-audio", "--out", str(page)]) == 0
    assert b"<audio" not in page.read_bytes()
    assert main(["export", talks[0], "--format", "wav", "--from", "3", "--to", "1", "--out", str(out)]) == 2
    hidden = tmp_path / "hidden.txt"
    wanted = ["--pseudonymise", "--hide", "viewer", "--out", str(hidden)]
    assert main(["export", talks[0], "--format", "txt", *wanted]) == 0
    assert "Speaker A: Guten Tag" in hidden.read_text() and "viewer" not in hidden.read_text()


def test_the_command_line_knows_every_format() -> None:
    assert set(EXPORT_FORMATS) == set(FORMATS)


def test_the_page_about_exports_is_up_to_date(tmp_path: Path) -> None:
    code = "import sys; sys.path.insert(0, 'packaging'); import build_exports_page as b; print(b.build(), end='')"
    written = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert (ROOT / "docs" / "exports.md").read_text(encoding="utf-8") == written
