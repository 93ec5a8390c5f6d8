"""The export panel as a person uses it: ticks, choices, preview, files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import soundfile
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from illodesk.desk import FORMATS, Desk
from illodesk.operations import RenameSpeaker
from illodesk.ui.exporting.choices import read_time, write_time
from illodesk.ui.exporting.formats import RENDERED, format_names, format_words
from illodesk.ui.exporting.panel import ExportPanel
from illodesk.ui.window import MainWindow
from tests.ui.talks import add_talk


@pytest.fixture
def panel(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> ExportPanel:
    """The panel in a window of its own, with a folder to write to."""
    panel = ExportPanel(window.context)
    qtbot.addWidget(panel)
    panel.resize(300, 700)
    panel.show()
    panel.folder.setText(str(tmp_path / "out"))
    return panel


def tick(panel: ExportPanel, *names: str) -> None:
    for row in range(panel.formats.count()):
        item = panel.formats.item(row)
        ticked = item.data(Qt.ItemDataRole.UserRole) in names
        item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)


def current(panel: ExportPanel, name: str) -> None:
    rows = [panel.formats.item(row).data(Qt.ItemDataRole.UserRole) for row in range(panel.formats.count())]
    panel.formats.setCurrentRow(rows.index(name))


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.is_dir() else set()


def test_every_format_has_a_name_and_a_sentence() -> None:
    assert set(format_names()) == set(format_words()) == set(FORMATS)
    assert len(set(format_names().values())) == len(FORMATS)


@pytest.mark.parametrize(
    ("text", "seconds"), [("", None), ("7", 7.0), ("1:05", 65.0), ("1:02:03.5", 3723.5), ("2,5", 2.5)]
)
def test_times_are_read_as_people_write_them(text: str, seconds: float | None) -> None:
    assert read_time(text) == seconds
    if seconds is not None:
        assert read_time(write_time(seconds)) == seconds


def test_every_format_is_written(panel: ExportPanel, qtbot: QtBot, empty_desk: Desk, tmp_path: Path) -> None:
    talk = add_talk(empty_desk, "Talk", media=tmp_path / "media")
    panel.offer([talk])
    tick(panel, *FORMATS)
    with qtbot.waitSignal(panel.closed, timeout=20_000):
        qtbot.mouseClick(panel.start_button, Qt.MouseButton.LeftButton)
    assert files(tmp_path / "out") == {f"Talk{format.suffix}" for format in FORMATS.values()}


def test_several_conversations_each_get_a_file(
    panel: ExportPanel, qtbot: QtBot, empty_desk: Desk, tmp_path: Path
) -> None:
    talks = [add_talk(empty_desk, "Talk") for _ in range(3)]
    panel.offer(talks)
    tick(panel, "txt", "srt")
    with qtbot.waitSignal(panel.closed, timeout=10_000):
        panel.start()
    names = {f"Talk{number}.{suffix}" for number in ("", " (2)", " (3)") for suffix in ("txt", "srt")}
    assert files(tmp_path / "out") == names


def test_a_preview_follows_the_current_format_and_the_choices(
    panel: ExportPanel, qtbot: QtBot, empty_desk: Desk
) -> None:
    talk = add_talk(empty_desk, "Talk")
    empty_desk.apply(talk, RenameSpeaker(label="Speaker_1", name="Ivan"))
    panel.offer([talk])
    current(panel, "vtt")
    qtbot.waitUntil(lambda: panel.preview.toPlainText().startswith("WEBVTT"))
    assert "Ivan" in panel.preview.toPlainText()
    panel.choices.pseudonymise.setChecked(True)
    qtbot.waitUntil(lambda: "Speaker B" in panel.preview.toPlainText())
    assert "Ivan" not in panel.preview.toPlainText()
    panel.choices.hide_too.setText("thank")
    qtbot.waitUntil(lambda: "thank" not in panel.preview.toPlainText().lower())


def test_a_preview_says_why_there_is_none(panel: ExportPanel, qtbot: QtBot) -> None:
    panel.offer(["analysis_0"])
    qtbot.waitUntil(lambda: "no conversation" in panel.preview.toPlainText())


def test_only_choices_that_a_chosen_format_heeds_are_shown(panel: ExportPanel, empty_desk: Desk) -> None:
    panel.offer([add_talk(empty_desk, "Talk")])
    tick(panel)
    current(panel, "txt")
    choices = panel.choices
    own = (
        choices.audio,
        choices.own.words,
        choices.own.paper,
        choices.start,
        choices.own.word_times,
        choices.own.compact,
        choices.own.delimiter,
    )
    assert not any(part.isVisible() for part in own)
    for name, part in zip(("html", "eaf", "pdf", "wav", "vtt", "json", "csv"), own, strict=True):
        current(panel, name)
        assert [each.isVisible() for each in own] == [each is part for each in own]


def test_a_stretch_of_sound_is_what_was_selected(
    panel: ExportPanel, qtbot: QtBot, empty_desk: Desk, tmp_path: Path
) -> None:
    talk = add_talk(empty_desk, "Talk", media=tmp_path / "media")
    panel.offer([talk], selection=(1.0, 3.5), run=1)
    tick(panel, "wav")
    with qtbot.waitSignal(panel.closed, timeout=10_000):
        panel.start()
    assert soundfile.info(tmp_path / "out" / "Talk.wav").duration == pytest.approx(2.5)


def test_times_that_make_no_sense_are_said_and_not_exported(panel: ExportPanel, empty_desk: Desk) -> None:
    panel.offer([add_talk(empty_desk, "Talk")], selection=(4.0, 6.0))
    tick(panel, "wav")
    assert panel.start_button.isEnabled()
    for start, end, word in (("6", "4", "after"), ("soon", "4", "soon")):
        panel.choices.start.setText(start)
        panel.choices.end.setText(end)
        assert word in panel.choices.problem_label.text() and panel.choices.problem_label.isVisible()
        assert not panel.start_button.isEnabled()


def test_a_voice_in_a_file_without_names_is_pointed_out(panel: ExportPanel, empty_desk: Desk) -> None:
    panel.offer([add_talk(empty_desk, "Talk")])
    tick(panel, "html")
    panel.choices.pseudonymise.setChecked(True)
    assert not panel.choices.audio.isChecked() and not panel.choices.hint.isVisible()
    panel.choices.audio.click()
    assert panel.choices.hint.isVisible()


def test_what_cannot_be_written_is_said_and_the_rest_is_there(
    panel: ExportPanel, window: MainWindow, qtbot: QtBot, empty_desk: Desk, tmp_path: Path
) -> None:
    talks = [add_talk(empty_desk, "Silent"), add_talk(empty_desk, "Heard", media=tmp_path / "media")]
    panel.offer(talks)
    tick(panel, "clips", "txt")
    panel.start()
    qtbot.waitUntil(lambda: bool(window.context.notices.shown), timeout=10_000)
    notice = window.context.notices.shown[-1]
    assert notice.kind == "warning" and "1" in notice.detail and "recording" in notice.detail
    assert files(tmp_path / "out") == {"Silent.txt", "Heard.txt", "Heard.clips.zip"}
    assert zipfile.ZipFile(tmp_path / "out" / "Heard.clips.zip").namelist()


def test_a_folder_that_cannot_be_is_said(
    panel: ExportPanel, window: MainWindow, qtbot: QtBot, empty_desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("no folder")
    panel.offer([add_talk(empty_desk, "Talk")])
    panel.folder.setText(str(tmp_path / "file" / "below"))
    tick(panel, "txt")
    panel.start()
    qtbot.waitUntil(lambda: bool(window.context.notices.shown))
    assert "folder cannot be made" in window.context.notices.shown[-1].text
    assert not panel.busy and panel.start_button.isEnabled()


def test_stopping_keeps_what_was_written(
    panel: ExportPanel, window: MainWindow, qtbot: QtBot, empty_desk: Desk, tmp_path: Path
) -> None:
    talks = [add_talk(empty_desk, f"Talk {number}") for number in range(5)]
    panel.offer(talks)
    tick(panel, "txt", "pdf", "docx", "html")
    panel.start()
    qtbot.waitUntil(lambda: "Talk 0.docx" in files(tmp_path / "out"))
    panel.cancel()
    assert not panel.busy and "stopped" in window.context.notices.shown[-1].text
    qtbot.waitUntil(lambda: not window.context.tasks.open)
    written = files(tmp_path / "out")
    assert "Talk 0.docx" in written and len(written) < 20
    assert {Path(name).suffix for name in written} <= {".txt", ".pdf", ".docx", ".html"}  # none is half written


def test_choices_of_a_format_are_written_and_remembered(
    panel: ExportPanel, window: MainWindow, qtbot: QtBot, empty_desk: Desk, tmp_path: Path
) -> None:
    panel.offer([add_talk(empty_desk, "Talk")])
    tick(panel, "srt", "csv", "txt")
    own = panel.choices.own
    assert not own.scores.isHidden() and own.times.isVisible()
    own.names.setChecked(False)
    own.lines.setValue(1)
    own.line_length.setValue(20)
    own.delimiter.setCurrentIndex(own.delimiter.findData("semicolon"))
    own.times.setChecked(False)
    with qtbot.waitSignal(panel.closed, timeout=10_000):
        panel.start()
    out = tmp_path / "out"
    assert "Speaker" not in (out / "Talk.srt").read_text()
    assert max(map(len, (out / "Talk.srt").read_text().splitlines())) <= len("00:00:00,000 --> 00:00:00,000")
    assert (out / "Talk.csv").read_text("utf-8-sig").startswith("index;utterance_id;")
    assert (out / "Talk.txt").read_text().startswith("Speaker 0: ")
    again = ExportPanel(window.context)
    qtbot.addWidget(again)
    remembered = again.choices.own.chosen()
    assert (remembered["names"], remembered["lines"], remembered["line_length"]) == (False, 1, 20)
    assert (remembered["delimiter"], remembered["times"], remembered["scores"]) == ("semicolon", False, False)


def test_scores_are_in_reports_and_not_in_transcripts_unless_wanted(panel: ExportPanel, empty_desk: Desk) -> None:
    panel.offer([add_talk(empty_desk, "Talk")])
    tick(panel)
    own = panel.choices.own
    for names, usual in ((("txt",), False), (("txt", "srt"), False), (("txt", "md"), True), (("docx",), True)):
        tick(panel, *names)
        current(panel, names[0])
        assert own.scores.isChecked() is usual and panel.choices.chosen().scores is usual
    own.scores.click()
    tick(panel, "md")
    current(panel, "md")
    assert not own.scores.isChecked() and panel.choices.chosen().scores is False


@pytest.mark.parametrize("name", RENDERED)
def test_a_report_is_previewed_as_a_document(panel: ExportPanel, qtbot: QtBot, empty_desk: Desk, name: str) -> None:
    talk = add_talk(empty_desk, "Talk <h1>x *y*")
    panel.offer([talk])
    current(panel, name)
    qtbot.waitUntil(lambda: "Transcript" in panel.preview.toPlainText())
    text = panel.preview.toPlainText()
    assert text.startswith("Talk <h1>x *y*\n") and "#" not in text and "**" not in text
    current(panel, "srt")
    qtbot.waitUntil(lambda: panel.preview.toPlainText().startswith("1\n00:00:00"))
    assert panel.preview.document().firstBlock().blockFormat().headingLevel() == 0


def test_the_limit_of_taking_names_out_is_said(panel: ExportPanel, empty_desk: Desk) -> None:
    panel.offer([add_talk(empty_desk, "Talk")])
    assert panel.choices.limit.isHidden()
    panel.choices.pseudonymise.setChecked(True)
    assert panel.choices.limit.isVisible() and "Other names" in panel.choices.limit.text()
