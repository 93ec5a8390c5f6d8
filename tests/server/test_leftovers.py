"""What a process that was killed left behind is finished or removed; what a living one works on is left alone."""

from __future__ import annotations

from pathlib import Path

from illodesk.desk import Desk
from illodesk.process import Owner
from illodesk.server.leftovers import analyse_again, cut_off, own_folder, recover, remove_partial_uploads
from illodesk.settings import Settings
from tests.excerpt import write_excerpt
from tests.store.test_recovery import disown


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


def test_an_analysis_that_was_cut_off_is_done_again(tmp_path: Path) -> None:
    talk = write_excerpt(tmp_path / "talk.wav", 44.0, 47.0)
    settings = Settings(data_dir=tmp_path / "data")
    with Desk(settings) as desk:
        done = desk.analyse(talk)
        cut = desk._store.add_conversation("cut", media=talk, keep_media=True)
        run = desk._store.start_run(cut.id)
        lost = desk._store.start_run(desk._store.add_conversation("without its recording").id)
    disown(tmp_path / "data")
    with Desk(settings) as desk:
        assert {one.id for one in desk.interrupted()} == {run.id, lost.id}
        left = cut_off(desk)
        assert [one.id for one in left] == [run.id]
        analyse_again(desk, left, lambda: True)
        assert desk.conversation(cut.id).state == "failed"
        analyse_again(desk, left, lambda: False)
        assert desk.conversation(cut.id).state == "complete"
        said = [[u.text for u in desk.result(one).timeline] for one in (done, cut.id)]
        assert said[0] == said[1]
    with Desk(settings) as desk:
        assert cut_off(desk) == []
