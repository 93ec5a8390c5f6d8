"""Exports from the review: what is open, as it was corrected, into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import soundfile
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from illodesk.operations import EditText, RenameSpeaker
from illodesk.ui.exporting.panel import ExportPanel
from illodesk.ui.review.page import ReviewPage
from tests.ui.review.conftest import Library

Opener = Callable[..., ReviewPage]


def tick(panel: ExportPanel, *wanted: str) -> None:
    for row in range(panel.formats.count()):
        item = panel.formats.item(row)
        on = item.data(Qt.ItemDataRole.UserRole) in wanted
        item.setCheckState(Qt.CheckState.Checked if on else Qt.CheckState.Unchecked)


def test_what_is_open_is_written_as_it_was_corrected(
    qtbot: QtBot, open_page: Opener, library: Library, tmp_path: Path
) -> None:
    library.desk.apply(
        library.talk,
        EditText(utterance_id="utt_0000", text="good evening"),
        RenameSpeaker(label="Speaker_0", name="Ada"),
    )
    page = open_page()
    page.context.commands.run("review.export")
    assert page.beside.currentWidget() is page.export_panel
    tick(page.export_panel, "txt", "textgrid")
    page.export_panel.folder.setText(str(tmp_path / "out"))
    page.export_panel.start()
    qtbot.waitUntil(lambda: page.beside.currentWidget() is page.right)
    text = (tmp_path / "out" / "The talk.txt").read_text(encoding="utf-8")
    assert "Ada" in text
    assert "good evening" in text
    assert (tmp_path / "out" / "The talk.TextGrid").exists()


def test_the_sound_of_the_selection_is_written(
    qtbot: QtBot, open_page: Opener, library: Library, tmp_path: Path
) -> None:
    page = open_page()
    qtbot.waitUntil(lambda: page.lanes.data is not None)
    page.lanes.select(3.0, 5.0)
    page.begin_export()
    tick(page.export_panel, "wav")
    page.export_panel.folder.setText(str(tmp_path / "out"))
    page.export_panel.start()
    qtbot.waitUntil(lambda: page.beside.currentWidget() is page.right)
    (written,) = (tmp_path / "out").iterdir()
    assert abs(soundfile.info(str(written)).duration - 2.0) < 0.1
