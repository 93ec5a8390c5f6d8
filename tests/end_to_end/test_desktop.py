"""The app as its user has it: first start, import, review, correct, export, serve; real window, real engine."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pympi import Eaf
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from illodesk.app_server import AppServer
from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.exporting.panel import ExportPanel
from illodesk.ui.first_run import FirstRun
from illodesk.ui.library.page import LibraryPage
from illodesk.ui.loop import event_loop
from illodesk.ui.review.page import ReviewPage
from illodesk.ui.server_page import ServerPage
from illodesk.ui.window import MainWindow
from tests.excerpt import write_excerpt

ANALYSIS_MS, STEP_MS = 150_000, 30_000
NAME = "Zoë Adams"


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[MainWindow]:
    """The window as the command opens it, on a data folder that is not there yet."""
    with event_loop(qapp) as loop, Desk.open(Settings(data_dir=tmp_path / "desk")) as desk:
        window = MainWindow(desk, loop, AppServer(desk))
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow, timeout=STEP_MS)
        window.begin()
        yield window
        window.close()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key on whatever has the keyboard."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def drop(page: LibraryPage, path: Path) -> None:
    """A file is dragged over a page and dropped on it."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    where, action = page.rect().center(), Qt.DropAction.CopyAction
    held = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, QDragEnterEvent(where, action, mime, *held))
    QApplication.sendEvent(page, QDropEvent(QPointF(where), action, mime, *held))


def pass_first_run(qtbot: QtBot, window: MainWindow) -> None:
    """Three screens by keyboard; the demo is left out at the last."""
    first = window.findChild(FirstRun)
    assert isinstance(first, FirstRun)
    for screen in range(3):
        assert first.screens.currentIndex() == screen
        if screen == 2:
            press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
        press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: window.findChild(FirstRun) is None, timeout=STEP_MS)


def shown(page: LibraryPage) -> list[str]:
    """Texts of the first row of the table."""
    model = page.table.model()
    return [str(model.index(0, column).data()) for column in range(model.columnCount())]


def import_call(qtbot: QtBot, window: MainWindow, path: Path) -> str:
    """Drop a recording on the library, wait for its analysis; returns the id of the conversation."""
    window.open_page("library")
    page = window.current_page
    assert isinstance(page, LibraryPage)
    drop(page, path)
    qtbot.waitUntil(lambda: [job.state for job in page.queue.jobs] == ["done"], timeout=ANALYSIS_MS)
    qtbot.waitUntil(lambda: page.table_shown and "Analysed" in shown(page), timeout=STEP_MS)
    [conversation] = window.context.desk.conversations()
    page.table.setFocus()
    page.table.selectRow(0)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current_page.name == "review", timeout=STEP_MS)
    return conversation.id


def correct(qtbot: QtBot, window: MainWindow, page: ReviewPage) -> str:
    """Edit the first turn in its place and name who speaks; returns the new text."""
    qtbot.waitUntil(lambda: page.transcript.rows > 0, timeout=STEP_MS)
    page.transcript.select_row(0)
    window.commands.run("review.edit")
    editor = page.transcript.editor
    assert editor is not None
    text = f"{editor.toPlainText().strip()} corrected"
    editor.setPlainText(text)
    QTest.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.transcript.utterance(0).text == text, timeout=STEP_MS)
    speaker = page.transcript.utterance(0).speaker
    window.commands.run("review.rename")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    field.setText(NAME)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.document.name_of(speaker) == NAME, timeout=STEP_MS)
    return text


def export(qtbot: QtBot, window: MainWindow, page: ReviewPage, folder: Path) -> dict[str, Path]:
    """Export EAF and HTML with the panel; returns the files by their endings."""
    window.commands.run("review.export")
    panel = page.findChild(ExportPanel)
    assert isinstance(panel, ExportPanel)
    for row in range(panel.formats.count()):
        item = panel.formats.item(row)
        wanted = item.data(Qt.ItemDataRole.UserRole) in ("eaf", "html")
        item.setCheckState(Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked)
    panel.folder.setText(str(folder))
    qtbot.waitUntil(panel.start_button.isEnabled, timeout=STEP_MS)
    panel.start_button.click()
    qtbot.waitUntil(lambda: not panel.busy, timeout=STEP_MS)
    assert [notice.kind for notice in window.notices.shown] == ["good"]
    return {path.suffix: path for path in folder.iterdir() if path.is_file()}


class Words(HTMLParser):
    """All text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""

    def handle_data(self, data: str) -> None:
        self.text += data


def ask(address: str, path: str, secret: str) -> Any:
    """Fetch JSON as another program would."""
    request = urllib.request.Request(f"{address}{path}", headers={"X-API-Key": secret})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def serve(qtbot: QtBot, window: MainWindow, conversation_id: str) -> Any:
    """Make a key, start the server, fetch the conversation through it, stop; returns what was fetched."""
    window.open_page("server")
    page = window.current_page
    assert isinstance(page, ServerPage)
    page.port.setValue(0)
    page.key_name.setFocus()
    QTest.keyClicks(page.key_name, "a script")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(page.secret.text()), timeout=STEP_MS)
    secret = page.secret.text()
    page.button.click()
    qtbot.waitUntil(lambda: bool(page.address.text()), timeout=STEP_MS)
    answer = ask(page.address.text(), f"/library/conversations/{conversation_id}/result", secret)
    qtbot.waitUntil(lambda: page.requests.topLevelItem(0).text(4) == "200", timeout=STEP_MS)
    assert page.requests.topLevelItem(0).text(3) == "a script"
    assert window.status_bar.server.text() == "server on"
    page.button.click()
    qtbot.waitUntil(lambda: not page.address.text() and page.button.isEnabled(), timeout=STEP_MS)
    assert window.status_bar.server.text() == "server off"
    return answer


@pytest.mark.timeout(400)
def test_from_the_first_start_to_another_program(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    pass_first_run(qtbot, window)
    conversation_id = import_call(qtbot, window, write_excerpt(tmp_path / "call.wav"))
    page = window.current_page
    assert isinstance(page, ReviewPage)
    text = correct(qtbot, window, page)
    out = tmp_path / "out"
    out.mkdir()
    files = export(qtbot, window, page, out)
    assert set(files) == {".eaf", ".html"}
    eaf = Eaf(str(files[".eaf"]))
    said = [value for tier in eaf.get_tier_names() for _, _, value, *_ in eaf.get_annotation_data_for_tier(tier)]
    assert text in said
    assert any(NAME in tier for tier in eaf.get_tier_names())
    words = Words()
    words.feed(files[".html"].read_text(encoding="utf-8"))
    assert NAME in words.text
    assert "corrected" in words.text
    answer = serve(qtbot, window, conversation_id)
    assert NAME in json.dumps(answer, ensure_ascii=False)
    assert "corrected" in json.dumps(answer)
