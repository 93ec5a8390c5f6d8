"""What a process that was killed left behind is finished or removed; what a living one works on is left alone."""

from __future__ import annotations

from pathlib import Path

from illodesk.desk import Desk
from illodesk.process import Owner
from illodesk.server.leftovers import own_folder, recover, remove_partial_uploads
from illodesk.settings import Settings
from tests.excerpt import write_excerpt


def test_partial_uploads_of_processes_that_are_gone_are_removed(tmp_path: Path) -> None:
    mine = own_folder(tmp_path)
    gone = tmp_path / "uploads" / str(Owner(4_000_000, "1"))
    for folder in (mine, gone, tmp_path / "uploads" / "odd"):
        folder.mkdir(parents=True)
        (folder / "file.wav").write_bytes(b"x")
    remove_partial_uploads(tmp_path)
    assert [path.name for path in (tmp_path / "uploads").iterdir()] == [mine.name]
    assert (mine / "file.wav").exists()


def test_a_session_that_was_cut_off_is_finished(tmp_path: Path) -> None:
    sound = write_excerpt(tmp_path / "talk.wav", 40.0, 46.0).read_bytes()
    settings = Settings(data_dir=tmp_path / "data")
    with Desk(settings) as desk:
        session = desk.upload(suffix=".wav")
        session.door.push(sound)  # type: ignore[attr-defined]
        session.door._file.close()  # type: ignore[attr-defined]
    with Desk(settings) as desk:
        assert recover(desk) == [session.id]
        taken = desk.session(session.id)
        assert taken is not None
        assert taken.wait(90.0)
        assert taken.state == "completed"
        assert desk.result(session.id).analysed_s > 5.5
        assert recover(desk) == []


def test_a_session_of_a_process_that_lives_is_left_alone(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path)
    with Desk(settings) as first, Desk(settings) as second:
        session = first.upload(suffix=".wav")
        assert [left.conversation_id for left in second.unfinished()] == [session.id]
        assert recover(second) == []
        session.cancel()
        assert session.wait(20.0)
