"""The window: pages, status, notices, what it remembers, what it says at the start."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QSplitter, QWidget
from pytestqt.qtbot import QtBot

from illodesk.desk import ChangeSet, Desk, DeskError, Unfinished
from illodesk.engine.models import ModelSet
from illodesk.schema import Policy, Purpose, Region
from illodesk.ui import models_page
from illodesk.ui.app import speak
from illodesk.ui.memory import Memory
from illodesk.ui.models_page import ModelsPage, read_models, what_it_does
from illodesk.ui.notices import SHOWN
from illodesk.ui.page import Page
from illodesk.ui.pages import Entry, entry_of
from illodesk.ui.status_bar import LITTLE_DISK
from illodesk.ui.trouble import TroubleWindow
from illodesk.ui.window import MainWindow
from illodesk.ui.words import clock


def test_every_page_opens_and_says_where_one_is(window: MainWindow) -> None:
    for name in window.page_names:
        window.open_page(name)
        assert window.current_page.name == name
        assert window.current_page.title()
        assert window.title_bar.crumbs.text().startswith(entry_of(name).title())


def test_the_recording_sign_shows_while_recording(window: MainWindow) -> None:
    assert not window.recording_bar.isVisible()
    window.status.set_recording(True)
    assert window.recording_bar.isVisible()
    assert window.title_bar.recording.isVisible()
    window.status.set_recording(False)
    assert not window.title_bar.recording.isVisible()


def test_the_status_bar_warns_of_a_disk_that_is_nearly_full(window: MainWindow) -> None:
    bar = window.status_bar
    bar.show_disk(LITTLE_DISK + 1_000_000_000)
    assert bar.disk.text() == "6.0 GB free"
    assert bar.disk.property("tone") == ""
    bar.show_disk(LITTLE_DISK - 1)
    assert "only" in bar.disk.text()
    assert bar.disk.property("tone") == "warning"
    window.status.set_queue(2)
    window.status.set_device("CPU (little)")
    assert (bar.queue.text(), bar.device.text()) == ("queue 2", "CPU (little)")
    assert bar.server.text() == "server off"


def test_the_window_remembers_its_page_size_and_keys(
    qtbot: QtBot, empty_desk: Desk, open_window: Callable[[Desk], MainWindow]
) -> None:
    first = open_window(empty_desk)
    first.open_page("models")
    first.resize(QSize(1100, 700))
    first.theme.set_scale(1.25)
    first.commands.set_shortcut("app.quit", "Ctrl+Alt+Q")
    first.close()
    second = open_window(empty_desk)
    assert second.current_page.name == "models"
    assert second.theme.scale == 1.25
    assert second.commands.chosen_shortcuts == {"app.quit": "Ctrl+Alt+Q"}


def test_closing_leaves_no_thread_and_no_timer(qtbot: QtBot, window: MainWindow) -> None:
    window.begin()
    window.open_page("server")
    window.close()
    assert not window._idle.isActive()
    assert not window.status_bar._timer.isActive()
    assert window.tasks.open == 0


def test_what_is_told_after_the_end_asks_for_nothing(window: MainWindow) -> None:
    window.begin()
    window.close()
    window.told.emit(ChangeSet(conversation_ids=("analysis_0000000000",), kinds=frozenset({"runs"})))
    assert window.tasks.open == 0


def test_pages_are_made_when_nothing_else_is_to_do(qtbot: QtBot, window: MainWindow) -> None:
    window.start_idle_work()
    qtbot.waitUntil(lambda: not window._idle.isActive())
    assert window.commands.get("server.switch").text


@pytest.mark.expects_log
def test_a_page_that_cannot_be_made_is_told_of_once_and_left(
    qtbot: QtBot, empty_desk: Desk, open_window: Callable[[Desk], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def load(entry: Entry) -> type[Page]:
        tried.append(entry.name)
        if entry.name in ("library", "models"):
            raise ImportError("no such library")
        return whole(entry)

    whole = Entry.load
    monkeypatch.setattr(Entry, "load", load)
    window = open_window(empty_desk)
    assert window.current_page.name == "record", "the next one stands in for the first"
    window.start_idle_work()
    qtbot.waitUntil(lambda: not window._idle.isActive())
    assert tried.count("models") == 1 and "settings" in tried
    texts = [notice.text for notice in window.notices.shown]
    assert texts == ["The page Library cannot be opened.", "The page Models cannot be opened."]
    assert "ImportError" in window.notices.shown[0].detail
    window._buttons["models"].click()
    assert window.current_page.name == "record" and window._buttons["record"].isChecked()
    assert len(window.notices.shown) == 2


def test_notices_stack_are_replaced_by_key_and_offer_undo(qtbot: QtBot, window: MainWindow) -> None:
    undone: list[str] = []
    window.notices.show("Deleted 2.", undo=lambda: undone.append("yes"), key="deleted")
    window.notices.show("Deleted 3.", undo=lambda: undone.append("all"), key="deleted")
    assert [notice.text for notice in window.notices.shown] == ["Deleted 3."]
    window.notices.shown[0].buttons[-1].click()
    assert undone == ["all"]
    assert window.notices.shown == []
    for number in range(SHOWN + 2):
        window.notices.show(f"Message {number}", kind="warning")
    visible = [notice for notice in window.notices.shown if notice.isVisible()]
    assert [notice.text for notice in visible] == [f"Message {number}" for number in range(2, SHOWN + 2)]
    rectangles = [notice.geometry() for notice in visible]
    assert not any(one.intersects(other) for one in rectangles for other in rectangles if one != other)
    assert all(window.stack.rect().contains(rectangle) for rectangle in rectangles)
    window.notices.clear()
    assert window.notices.shown == []


def test_an_error_is_told_in_its_own_words_and_ours_without_details(window: MainWindow) -> None:
    assert window.notices.error(DeskError("The disk is full.")).text == "The disk is full."
    ours = window.notices.error(RuntimeError("what was said"))
    assert "said" not in ours.text + ours.detail
    assert "RuntimeError" in ours.detail


def test_a_crash_and_recordings_left_behind_are_told_of(window: MainWindow) -> None:
    window._tell_of_crash("Fatal Python error: Segmentation fault")
    left = Unfinished(conversation_id="analysis_x", kind="recording", started_at=datetime.now(UTC), running=False)
    window._offer_unfinished([left])
    texts = [notice.text for notice in window.notices.shown]
    assert texts == ["IlloDesk did not end well the last time.", "A recording was cut off."]
    assert "Segmentation" in window.notices.shown[0].detail


def test_memory_survives_what_cannot_be_read_or_written(tmp_path: Path) -> None:
    path = tmp_path / "ui.json"
    path.write_text("{ no json", encoding="utf-8")
    memory = Memory(path)
    assert memory.get("page", "library") == "library"
    memory.set("page", 3)
    assert memory.get("page", "library") == "library"
    memory.set("page", "review")
    memory.save()
    assert json.loads(path.read_text()) == {"page": "review"}
    Memory(tmp_path / "gone" / "ui.json").save()


def test_memory_keeps_splitters(qtbot: QtBot, tmp_path: Path) -> None:
    def splitter() -> QSplitter:
        made = QSplitter(Qt.Orientation.Horizontal)
        qtbot.addWidget(made)
        made.addWidget(QWidget())
        made.addWidget(QWidget())
        made.resize(400, 100)
        return made

    first = splitter()
    first.setSizes([100, 300])
    memory = Memory(tmp_path / "ui.json")
    memory.keep("s", first)
    memory.save()
    second = splitter()
    assert Memory(tmp_path / "ui.json").restore("s", second)
    assert second.sizes() == first.sizes()
    assert not memory.restore("unknown", second)


def test_a_library_that_cannot_be_opened_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    trouble = TroubleWindow("This library was written by a newer version of IlloDesk.", tmp_path)
    qtbot.addWidget(trouble)
    trouble.show()
    assert "newer" in trouble.reason.text()
    QTest.keyClick(trouble, Qt.Key.Key_Escape)
    assert trouble.isVisible()
    trouble.close()


def test_the_models_page_shows_what_ships_before_anything_was_analysed(
    qtbot: QtBot, window: MainWindow, empty_desk: Desk
) -> None:
    entries = read_models(empty_desk)
    assert {entry.folder.name for entry in entries if entry.folder} == {"ge2e", "minilm", "text_emotion"}
    assert not any(entry.used for entry in entries)
    window.open_page("models")
    page = window.current_page
    assert isinstance(page, ModelsPage)
    qtbot.waitUntil(lambda: page.list.count() == len(entries))
    assert page.card.toPlainText()


@pytest.mark.parametrize(("language", "how_many"), [("en", 7), ("de", 5)])
def test_every_model_in_use_has_version_licence_card_and_a_task(
    empty_desk: Desk, monkeypatch: pytest.MonkeyPatch, language: str, how_many: int
) -> None:
    models = ModelSet(language)
    assert models.speakers and models.sentences
    used = models.used(Policy(purpose=Purpose.RESEARCH, region=Region.US))
    monkeypatch.setattr(models_page, "newest_use", lambda _desk: used)
    entries = [entry for entry in read_models(empty_desk) if entry.used]
    assert len(entries) == len(used) >= how_many
    for entry in entries:
        assert entry.use.version and entry.use.licence, entry.use.name
        assert "Limits" in entry.card or "limits" in entry.card, entry.use.name
        assert what_it_does(entry.use.stage) != entry.use.stage


def test_times_are_short() -> None:
    assert [clock(s) for s in (0, 61.9, 3600)] == ["0:00", "1:01", "1:00:00"]


def test_english_needs_no_translation(qapp: object) -> None:
    from PySide6.QtWidgets import QApplication

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    speak(app, "en")
    assert app.translate("Pages", "Settings") == "Settings"
