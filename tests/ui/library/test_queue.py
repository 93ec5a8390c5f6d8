"""The queue: order, cancelling, errors that stop nothing else, what is kept for the next start."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QScrollBar
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk, DeskError, Run
from illodesk.ui.library import queue as queue_module
from illodesk.ui.library.found import recordings_in
from illodesk.ui.library.jobs import Outcome, QueueJob, Work
from illodesk.ui.library.kept_queue import KeptQueue
from illodesk.ui.library.page import LibraryPage
from illodesk.ui.library.page_commands import QUEUE_MENU
from illodesk.ui.library.queue import Queue
from illodesk.ui.library.queue_panel import cross_of
from illodesk.ui.tasks import Task
from illodesk.ui.window import MainWindow
from tests.store.samples import result_of, sound_file
from tests.ui.library.conftest import open_page


class Analyst:
    """Stands in for the engine: each job waits until it is let through; some fail."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.gate = threading.Semaphore(0)
        self.fail: dict[str, str] = {}

    def __call__(self, task: Task, _desk: Desk, job: QueueJob) -> Outcome:
        self.begun.append(job.work.name)
        task.report(0.5, "hears")
        while not self.gate.acquire(timeout=0.02):
            if job.stop.is_set() or task.cancelled():
                return Outcome("", complete=False)
        if job.work.name in self.fail:
            raise DeskError(self.fail[job.work.name])
        return Outcome("", complete=True)


@pytest.fixture
def analyst(monkeypatch: pytest.MonkeyPatch) -> Iterator[Analyst]:
    analyst = Analyst()
    monkeypatch.setattr(queue_module, "analyse", analyst)
    yield analyst
    analyst.gate.release(1000)


@pytest.fixture
def page(window: MainWindow) -> LibraryPage:
    return open_page(window)


@pytest.fixture
def queue(page: LibraryPage, analyst: Analyst) -> Queue:
    """Four jobs, of which the first runs."""
    options = page.context.desk.default_options()
    page.show_queue()
    page.queue.add(Work(name=name, options=options, path=Path(f"/{name}")) for name in ("a", "b", "c", "d"))
    return page.queue


def names(queue: Queue) -> list[str]:
    return [job.work.name for job in queue.jobs]


def states(queue: Queue) -> list[str]:
    return [job.state for job in queue.jobs]


def cross(page: LibraryPage, row: int) -> QPoint:
    """Where a row is cancelled."""
    return cross_of(page.queue_panel.view.visualRect(page.queue.index(row))).center()


def test_jobs_are_done_one_after_another_and_tell_how_far_they_are(
    queue: Queue, analyst: Analyst, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: analyst.begun == ["a"] and queue.jobs[0].fraction == 0.5)
    assert queue.words(queue.jobs[0]) == "hears · 50 %"
    assert states(queue) == ["running", "waiting", "waiting", "waiting"]
    analyst.gate.release(4)
    qtbot.waitUntil(lambda: states(queue) == ["done"] * 4)
    assert analyst.begun == ["a", "b", "c", "d"]


def test_what_waits_is_put_in_another_order_by_keys_and_never_before_what_runs(
    page: LibraryPage, queue: Queue, analyst: Analyst, qtbot: QtBot
) -> None:
    view = page.queue_panel.view
    view.setCurrentIndex(queue.index(3))
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert names(queue) == ["a", "d", "b", "c"]
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(queue) == ["a", "b", "d", "c"]
    analyst.gate.release(4)
    qtbot.waitUntil(lambda: analyst.begun == ["a", "b", "d", "c"])


def test_rows_are_dragged_to_another_place(queue: Queue) -> None:
    dragged = queue.mimeData([queue.index(3)])
    queue.dropMimeData(dragged, Qt.DropAction.MoveAction, 1, 0, queue.index(-1))
    assert names(queue) == ["a", "d", "b", "c"]
    queue.dropMimeData(dragged, Qt.DropAction.MoveAction, 0, 0, queue.index(-1))
    assert names(queue)[0] == "a"


def test_delete_cancels_what_waits_and_stops_what_runs(
    page: LibraryPage, queue: Queue, analyst: Analyst, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: analyst.begun == ["a"])
    view = page.queue_panel.view
    view.setCurrentIndex(queue.index(1))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    assert names(queue) == ["a", "c", "d"]
    view.setCurrentIndex(queue.index(0))
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: states(queue)[:2] == ["stopped", "running"])
    queue.cancel_all()
    qtbot.waitUntil(lambda: queue.running is None)
    assert names(queue) == ["a", "c"]


def test_the_cross_of_a_row_cancels_it_and_no_other(
    page: LibraryPage, queue: Queue, analyst: Analyst, qtbot: QtBot
) -> None:
    view = page.queue_panel.view
    view.setCurrentIndex(queue.index(3))
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cross(page, 1))
    assert names(queue) == ["a", "c", "d"]
    qtbot.waitUntil(lambda: analyst.begun == ["a"])
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cross(page, 0))
    qtbot.waitUntil(lambda: states(queue) == ["stopped", "running", "waiting"])
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=cross(page, 0))
    assert names(queue) == ["a", "c", "d"]  # what is over has no cross


def test_the_menu_of_the_queue_cancels_what_is_chosen(page: LibraryPage, queue: Queue) -> None:
    page.queue_panel.view.setCurrentIndex(queue.index(2))
    assert "library.queue_cancel" in QUEUE_MENU
    page.context.commands.action("library.queue_cancel").trigger()
    assert names(queue) == ["a", "b", "d"]


def test_what_runs_is_kept_in_view_until_the_user_looks_elsewhere(
    page: LibraryPage, queue: Queue, analyst: Analyst, qtbot: QtBot
) -> None:
    options = page.context.desk.default_options()
    queue.add(Work(name=f"e{number}", options=options, path=Path(f"/e{number}")) for number in range(60))
    view, bar = page.queue_panel.view, page.queue_panel.view.verticalScrollBar()

    def shown(row: int) -> bool:
        return view.viewport().rect().contains(view.visualRect(queue.index(row)).center())

    def run_until(row: int) -> None:
        analyst.gate.release(row - len(analyst.begun) + 1)
        qtbot.waitUntil(lambda: states(queue)[row] == "running")

    run_until(30)
    assert shown(30)
    bar.triggerAction(QScrollBar.SliderAction.SliderToMinimum)
    run_until(40)
    assert bar.value() == 0
    view.scrollTo(queue.index(40))
    bar.triggerAction(QScrollBar.SliderAction.SliderSingleStepAdd)
    assert shown(40)
    run_until(55)
    assert shown(55)


def test_a_failure_is_said_in_its_row_and_the_rest_goes_on(queue: Queue, analyst: Analyst, qtbot: QtBot) -> None:
    analyst.fail["b"] = "b is empty."
    analyst.gate.release(4)
    qtbot.waitUntil(lambda: states(queue) == ["done", "failed", "done", "done"])
    assert queue.words(queue.jobs[1]) == "b is empty."
    analyst.fail.clear()
    queue.retry(queue.failed)
    assert names(queue) == ["a", "c", "d", "b"]
    analyst.gate.release()
    qtbot.waitUntil(lambda: states(queue) == ["done"] * 4)


def test_a_paused_queue_begins_nothing_more(queue: Queue, analyst: Analyst, qtbot: QtBot) -> None:
    queue.pause()
    analyst.gate.release(4)
    qtbot.waitUntil(lambda: states(queue)[0] == "done")
    assert states(queue) == ["done", "waiting", "waiting", "waiting"] and analyst.begun == ["a"]
    queue.go_on()
    qtbot.waitUntil(lambda: states(queue) == ["done"] * 4)


def test_what_runs_and_what_waits_is_offered_at_the_next_start(
    queue: Queue,
    window: MainWindow,
    analyst: Analyst,
    empty_desk: Desk,
    open_window: Callable[[Desk], MainWindow],
    qtbot: QtBot,
) -> None:
    qtbot.waitUntil(lambda: analyst.begun == ["a"])
    window.close()
    again = open_window(empty_desk)
    page = open_page(again)
    assert names(page.queue) == ["a", "b", "c", "d"] and page.queue.paused and analyst.begun == ["a"]
    assert "4" in again.context.notices.shown[-1].text
    page.queue.cancel_all()
    qtbot.waitUntil(lambda: not KeptQueue(empty_desk.settings.data_dir).read())


def test_what_the_user_stopped_is_not_offered_again(queue: Queue, window: MainWindow, analyst: Analyst) -> None:
    queue.cancel(queue.jobs[:1])
    window.close()
    kept = KeptQueue(window.context.desk.settings.data_dir).read()
    assert [work.name for work in kept] == ["b", "c", "d"]


def test_the_conversation_of_what_runs_is_kept_while_it_runs(
    page: LibraryPage, empty_desk: Desk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> None:
    """So that it is known however the app ends."""
    end = threading.Event()

    def run(*_: object) -> None:
        assert end.wait(20)

    monkeypatch.setattr(empty_desk, "_run", run)
    sound = sound_file(tmp_path / "calls")
    kept = KeptQueue(empty_desk.settings.data_dir)
    page.queue.add([Work(name="call", options=empty_desk.default_options(), path=sound)])
    qtbot.waitUntil(lambda: any(work.conversation_id for work in kept.read()))
    (work,) = kept.read()
    assert work.begun and work.conversation_id == empty_desk.conversations()[0].id
    end.set()
    qtbot.waitUntil(lambda: page.queue.running is None and not kept.read())


@pytest.mark.parametrize(
    ("told", "keep_media"),
    [(True, True), (True, False), (False, True)],
    ids=["told", "told and no recording kept", "not told"],
)
def test_what_was_cut_off_goes_on_in_the_same_conversation(
    told: bool,
    keep_media: bool,
    empty_desk: Desk,
    open_window: Callable[[Desk], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    store = empty_desk._store
    sound = sound_file(tmp_path / "calls")
    left = store.add_conversation(media=sound, keep_media=keep_media)
    store.fail_run(store.start_run(left.id).id, "IlloDesk ended before the analysis did.")
    empty_desk.change(left.id, title="Named meanwhile", tags=["mine"])
    work = Work(name="call.wav", options=empty_desk.default_options(), path=sound, begun=True)
    waits = work.model_copy(update={"conversation_id": left.id if told else ""})
    KeptQueue(empty_desk.settings.data_dir).write([waits])

    def analysed(conversation_id: str, source: Path, *_: object) -> Run:
        assert source.is_file()
        return store.finish_run(store.start_run(conversation_id).id, result_of(["good morning"]))

    monkeypatch.setattr(empty_desk, "_run", analysed)
    queue = open_page(open_window(empty_desk)).queue
    queue.go_on()
    qtbot.waitUntil(lambda: states(queue) == ["done"])
    (one,) = empty_desk.conversations()
    assert (one.id, one.title, one.tags, one.state) == (left.id, "Named meanwhile", ["mine"], "complete")
    qtbot.waitUntil(lambda: not KeptQueue(empty_desk.settings.data_dir).read())


# --- files and folders ----------------------------------------------------------------------------------------------


def drop(page: LibraryPage, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    page.dropEvent(QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys))


def test_files_and_folders_are_dropped(page: LibraryPage, analyst: Analyst, qtbot: QtBot, tmp_path: Path) -> None:
    folder = tmp_path / "calls"
    (folder / "deeper").mkdir(parents=True)
    for name in ("2.wav", "1.MP3", "deeper/3.m4a", "notes.txt", ".hidden.wav"):
        (folder / name).write_bytes(b"x")
    single = tmp_path / "odd.bin"
    single.write_bytes(b"x")
    drop(page, single, folder, folder / "2.wav")
    qtbot.waitUntil(lambda: names(page.queue) == ["odd.bin", "1.MP3", "2.wav", "3.m4a"])
    assert page.queue_shown


def test_a_hundred_files_keep_their_order(page: LibraryPage, analyst: Analyst, qtbot: QtBot, tmp_path: Path) -> None:
    for number in range(100):
        (tmp_path / f"{number:03}.wav").write_bytes(b"x")
    page.import_paths([tmp_path])
    qtbot.waitUntil(lambda: len(page.queue.jobs) == 100)
    assert names(page.queue) == [f"{number:03}.wav" for number in range(100)]


def test_what_the_library_has_is_told_and_analysed_only_if_wanted(
    empty_desk: Desk, window: MainWindow, analyst: Analyst, qtbot: QtBot, tmp_path: Path
) -> None:
    sound = sound_file(tmp_path / "calls")
    known = empty_desk._store.add_conversation(media=sound)
    page = open_page(window)
    opened: list[str] = []
    page.context.open_page = lambda _name, **what: opened.append(what["conversation_id"])
    page.import_paths([sound])
    qtbot.waitUntil(lambda: states(page.queue) == ["known"])
    notice = page.context.notices.shown[-1]
    assert "in the library already" in notice.text and "in the library already" in page.queue.words(page.queue.jobs[0])
    qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    page.queue_panel.view.setCurrentIndex(page.queue.index(0))
    page.context.commands.action("library.queue_open").trigger()
    assert opened == [known.id, known.id]
    page.context.commands.action("library.queue_anyway").trigger()
    assert states(page.queue) == ["running"] and page.queue.jobs[0].work.conversation_id == known.id
    qtbot.waitUntil(lambda: analyst.begun == [sound.name])
    analyst.gate.release()
    qtbot.waitUntil(lambda: states(page.queue) == ["done"])


def test_what_the_library_has_is_left_out_of_a_folder(
    empty_desk: Desk, window: MainWindow, analyst: Analyst, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "calls"
    folder.mkdir()
    for name in ("a.wav", "b.wav", "c.wav"):
        (folder / name).write_bytes(name.encode())
        if name != "c.wav":
            empty_desk._store.add_conversation(media=folder / name)
    page = open_page(window)
    page.import_paths([folder])
    qtbot.waitUntil(lambda: names(page.queue) == ["c.wav"])
    qtbot.waitUntil(lambda: bool(page.context.notices.shown))
    notice = page.context.notices.shown[-1]
    assert notice.text.startswith("2 recordings are in the library already")
    qtbot.mouseClick(notice.buttons[0], Qt.MouseButton.LeftButton)
    assert names(page.queue) == ["c.wav", "a.wav", "b.wav"]


def test_what_waits_already_is_not_added_twice(
    page: LibraryPage, analyst: Analyst, qtbot: QtBot, tmp_path: Path
) -> None:
    for name in ("a.wav", "b.wav"):
        (tmp_path / name).write_bytes(b"x")
    page.import_paths([tmp_path])
    qtbot.waitUntil(lambda: names(page.queue) == ["a.wav", "b.wav"])
    with qtbot.waitSignal(page.context.notices.changed):
        page.import_paths([tmp_path])
    assert names(page.queue) == ["a.wav", "b.wav"]
    assert "queue" in page.context.notices.shown[-1].text


def test_a_folder_without_recordings_says_so(page: LibraryPage, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("x")
    with qtbot.waitSignal(page.context.notices.changed):
        page.import_paths([tmp_path])
    assert "no recordings" in page.context.notices.shown[-1].text
    assert page.queue.jobs == []


def test_a_folder_that_cannot_be_read_is_named(
    page: LibraryPage, analyst: Analyst, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "shut").mkdir()
    (tmp_path / "a.wav").write_bytes(b"x")
    scandir = os.scandir

    def guarded(path: str) -> object:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    page.import_paths([tmp_path])
    qtbot.waitUntil(lambda: names(page.queue) == ["a.wav"])
    notice = page.context.notices.shown[-1]
    assert notice.kind == "warning" and "shut: Permission denied" in notice.detail


def test_folders_that_point_at_each_other_end(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "back").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "a" / "x.wav").write_bytes(b"x")
    assert [path.name for path in recordings_in([tmp_path]).files] == ["x.wav"]


def test_broken_files_say_what_is_wrong_and_nothing_of_them_is_kept(
    page: LibraryPage, empty_desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    """With the real engine, which refuses them one by one."""
    folder = tmp_path / "calls"
    sound = sound_file(folder).read_bytes()
    (folder / "call.wav").unlink()
    (folder / "a empty.wav").touch()
    (folder / "b letter.mp3").write_text("Dear Sir or Madam, this is no sound.")
    (folder / "c cut.wav").write_bytes(sound[:30])
    (folder / "d gone.wav").write_bytes(sound)
    page.import_paths([folder])
    qtbot.waitUntil(lambda: len(page.queue.jobs) == 4)
    (folder / "d gone.wav").unlink()
    qtbot.waitUntil(lambda: states(page.queue) == ["failed"] * 4, timeout=60_000)
    words = [page.queue.words(job) for job in page.queue.jobs]
    assert "empty" in words[0] and "There is no file" in words[3]
    assert all("damaged or of a kind that cannot be read" in text for text in words[1:3])
    assert empty_desk.count() == 0
