"""Tasks: results, errors and reports come back to the GUI thread; nothing is left behind."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from qasync import QEventLoop

from illodesk.desk import DeskError
from illodesk.ui.tasks import Task, Tasks


@pytest.fixture
def tasks(loop: QEventLoop) -> Iterator[Tasks]:
    tasks = Tasks(loop)
    yield tasks
    tasks.close()


def test_a_result_arrives_in_the_gui_thread(qtbot: QtBot, tasks: Tasks) -> None:
    seen: list[tuple[int, bool]] = []
    gui = threading.get_ident()
    tasks.run(lambda a, b: a + b, 2, 3, done=lambda value: seen.append((value, threading.get_ident() == gui)))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(5, True)]
    assert tasks.open == 0


def test_an_error_of_the_desk_arrives_as_it_is(qtbot: QtBot, tasks: Tasks) -> None:
    def fail() -> None:
        raise DeskError("There is no conversation x.", "NOT_FOUND")

    seen: list[Exception] = []
    tasks.run(fail, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert isinstance(seen[0], DeskError)
    with qtbot.waitSignal(tasks.failed) as told:
        tasks.run(fail)
    assert isinstance(told.args[0], DeskError)


@pytest.mark.expects_log
def test_the_log_names_the_place_of_an_error_but_not_what_was_said(
    qtbot: QtBot, tasks: Tasks, caplog: pytest.LogCaptureFixture
) -> None:
    def fail() -> None:
        raise RuntimeError("my secret words")

    seen: list[Exception] = []
    tasks.run(fail, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))
    assert "RuntimeError" in caplog.text
    assert "test_tasks.py" in caplog.text
    assert "secret" not in caplog.text


def test_long_work_reports_and_can_be_stopped(qtbot: QtBot, tasks: Tasks) -> None:
    began, seen, results = threading.Event(), [], []

    def work(task: Task, words: str) -> str:
        task.report(0.25, words)
        began.set()
        while not task.cancelled():
            threading.Event().wait(0.005)
        return "ended"

    task = tasks.run_long(work, "reading", done=results.append, progress=lambda part, text: seen.append((part, text)))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [(0.25, "reading")]
    assert task.running
    task.cancel()
    qtbot.waitUntil(lambda: tasks.open == 0)
    assert results == []


def test_reports_come_in_their_order_and_before_the_result(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[object] = []

    def work(task: Task) -> str:
        for step in range(200):
            task.report(step / 200)
        return "ended"

    tasks.run_long(work, done=told.append, progress=lambda part, _: told.append(part))
    qtbot.waitUntil(lambda: "ended" in told)
    assert told == [*(step / 200 for step in range(200)), "ended"]


def test_what_fails_while_a_result_is_taken_is_heard_of(qtbot: QtBot, tasks: Tasks) -> None:
    with qtbot.capture_exceptions() as seen:
        tasks.run(lambda: 0, done=lambda number: 1 / number)
        qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] is ZeroDivisionError


def test_what_waits_can_be_cancelled_before_it_begins(qtbot: QtBot, tasks: Tasks) -> None:
    release, ran = threading.Event(), []
    for _ in range(2):
        tasks.run(release.wait)
    waiting = tasks.run(ran.append, 1)
    waiting.cancel()
    release.set()
    qtbot.waitUntil(lambda: tasks.open == 0)
    assert ran == []


def test_nothing_is_told_to_an_object_that_is_gone(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[object] = []

    class Listener(QObject):
        def take(self, value: object) -> None:
            told.append(value)

    listener = Listener()
    release = threading.Event()
    tasks.run(release.wait, done=listener.take)
    import shiboken6

    shiboken6.delete(listener)
    release.set()
    qtbot.waitUntil(lambda: tasks.open == 0)
    assert told == []


def test_closing_leaves_no_thread(loop: QEventLoop) -> None:
    before = set(threading.enumerate())
    tasks = Tasks(loop)
    for _ in range(4):
        tasks.run(lambda: None)
        tasks.run_long(lambda _task: None)
    tasks.close()
    assert set(threading.enumerate()) <= before
