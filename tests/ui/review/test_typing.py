"""What is being typed while something else changes the conversation is not lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from illodesk.operations import AddMarker, EditText, RenameSpeaker
from illodesk.schema import AnalysisResult
from illodesk.ui.review.note_field import NoteField
from illodesk.ui.review.page import ReviewPage
from illodesk.ui.review.turn_editor import TurnEditor
from tests.ui.review.conftest import TEXTS, Library, result_of

Opener = Callable[..., ReviewPage]


def begin(qtbot: QtBot, page: ReviewPage, row: int) -> TurnEditor:
    """A field for the text of a turn, with the cursor in it."""
    page.window().activateWindow()
    page.transcript.edit(row)
    editor = page.transcript.editor
    assert editor is not None
    qtbot.waitUntil(editor.hasFocus)
    return editor


def new_run(library: Library, result: AnalysisResult) -> None:
    store = library.desk._store
    store.finish_run(store.start_run(library.talk).id, result)


def renamed(result: AnalysisResult, prefix: str) -> AnalysisResult:
    """The same turns under other ids, one more before them, and the labels of the speakers exchanged."""
    more = result_of(("well",)).timeline[0].model_copy(update={"t_start": 0.0, "t_end": 0.1, "utterance_id": "first"})
    others = {"Speaker_0": "Speaker_1", "Speaker_1": "Speaker_0"}
    timeline = [
        u.model_copy(update={"utterance_id": prefix + u.utterance_id, "speaker": others[u.speaker]})
        for u in result.timeline
    ]
    return result.model_copy(update={"timeline": [more, *timeline]})


def run_of(page: ReviewPage) -> int:
    return page.document.result.run if page.document.result is not None else 0


def test_a_correction_goes_on_in_the_same_turn_of_a_new_run(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    editor = begin(qtbot, page, 1)
    editor.setPlainText("hello what will")
    new_run(library, renamed(result_of(), "new_"))
    qtbot.waitUntil(lambda: run_of(page) == 2)
    assert page.transcript.editor is editor
    assert editor.hasFocus()
    assert editor.toPlainText() == "hello what will"
    assert page.transcript.current == 2
    page.transcript.grab()
    assert editor.y() == round(page.transcript._text_origin(2).y()) - 6
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.transcript.utterance(2).text == "hello what will")
    assert library.desk.result(library.talk).timeline[2].utterance_id == "new_utt_0001"
    assert library.desk.result(library.talk, 1).timeline[1].text == TEXTS[1]


def test_a_correction_without_a_turn_in_the_new_run_is_kept_in_the_old_one(
    qtbot: QtBot, open_page: Opener, library: Library
) -> None:
    page = open_page()
    begin(qtbot, page, 3).setPlainText("no that is way too much")
    new_run(library, result_of(TEXTS[:2]))
    qtbot.waitUntil(lambda: run_of(page) == 2 and page.transcript.editor is None)
    qtbot.waitUntil(lambda: library.desk.result(library.talk, 1).timeline[3].text == "no that is way too much")
    (notice,) = [notice for notice in page.context.notices.shown if "kept in run 1" in notice.text]
    notice.buttons[0].click()
    qtbot.waitUntil(lambda: run_of(page) == 1)
    assert page.transcript.utterance(3).text == "no that is way too much"


def test_a_field_that_was_not_typed_in_shows_the_words_of_the_new_run(
    qtbot: QtBot, open_page: Opener, library: Library
) -> None:
    page = open_page()
    editor = begin(qtbot, page, 0)
    new_run(library, result_of(("good evening to you", *TEXTS[1:])))
    qtbot.waitUntil(lambda: run_of(page) == 2)
    assert editor.toPlainText() == "good evening to you"
    page.transcript.end_edit(keep=True)
    qtbot.waitUntil(lambda: page.transcript.editor is None)
    assert len(library.desk.history(library.talk)) == 1, "nothing was corrected"


def test_a_correction_goes_on_while_something_else_changes(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    editor = begin(qtbot, page, 1)
    editor.setPlainText("hello what")
    library.desk.apply(library.talk, RenameSpeaker(label="Speaker_1", name="Ada"), AddMarker(t=1.0, note="here"))
    qtbot.waitUntil(lambda: page.document.name_of("Speaker_1") == "Ada")
    assert page.transcript.editor is editor
    assert (editor.toPlainText(), editor.hasFocus()) == ("hello what", True)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.transcript.utterance(1).text == TEXTS[1]


def name_field(qtbot: QtBot, page: ReviewPage, label: str) -> NoteField:
    """The field for the name of a speaker, with the cursor in it and half a name typed."""
    page.window().activateWindow()
    page.speakers.rename(label)
    field = page.speakers.cards[label].name
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, "Ad")
    return field


def test_half_a_name_stays_while_something_else_changes(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    before = name_field(qtbot, page, "Speaker_0")
    library.desk.apply(library.talk, RenameSpeaker(label="Speaker_1", name="Berta"))
    qtbot.waitUntil(lambda: page.speakers.cards["Speaker_0"].name is not before)
    field = page.speakers.cards["Speaker_0"].name
    assert (field.text(), field.hasFocus()) == ("Ad", True)
    assert page.document.name_of("Speaker_0") == "Speaker 0"
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.document.name_of("Speaker_0") == "Ada")


def test_half_a_name_goes_with_the_voice_to_a_new_run(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    name_field(qtbot, page, "Speaker_0")
    new_run(library, renamed(result_of(), "new_"))
    qtbot.waitUntil(lambda: run_of(page) == 2 and page.speakers.cards["Speaker_1"].name.text() == "Ad")
    field = page.speakers.cards["Speaker_1"].name
    assert field.hasFocus()
    qtbot.keyClicks(field, "a")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.document.name_of("Speaker_1") == "Ada")
    assert library.desk.result(library.talk).speaker_names == {"Speaker_1": "Ada"}
    assert library.desk.result(library.talk, 1).speaker_names == {}


def test_half_a_name_of_a_voice_that_is_gone_is_kept_in_the_run_before(
    qtbot: QtBot, open_page: Opener, library: Library
) -> None:
    page = open_page()
    name_field(qtbot, page, "Speaker_1")
    new_run(library, result_of(()))
    qtbot.waitUntil(lambda: run_of(page) == 2)
    qtbot.waitUntil(lambda: library.desk.result(library.talk, 1).speaker_names == {"Speaker_1": "Ad"})


def test_what_is_meant_for_a_run_changes_no_other(library: Library) -> None:
    new_run(library, renamed(result_of(), ""))
    library.desk.apply(library.talk, EditText(utterance_id="utt_0001", text="zeppelin"), run=1)
    assert library.desk.result(library.talk, 1).timeline[1].text == "zeppelin"
    assert library.desk.result(library.talk).timeline[2].text == TEXTS[1]
    assert library.desk.search("zeppelin") == []
    library.desk.show_run(library.talk, 1)
    assert len(library.desk.search("zeppelin")) == 1
    assert library.desk._store.check() == []
