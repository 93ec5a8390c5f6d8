"""The review page as a whole: opening, correcting, undoing, what every view shows of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk, DeskError, Run
from illodesk.operations import AddAnnotation, AddTier, EditText
from illodesk.ui.review.page import ReviewPage
from illodesk.ui.window import MainWindow
from tests.ui.review.conftest import TEXTS, Library, result_of
from tests.ui.talks import add_talk

Opener = Callable[..., ReviewPage]


def test_it_shows_what_was_said_and_by_whom(open_page: Opener) -> None:
    page = open_page()
    assert page.stack.currentWidget() is page.review
    assert page.transcript.rows == 4
    assert set(page.speakers.cards) == {"Speaker_0", "Speaker_1"}
    assert page.crumbs() == ["The talk"]


def test_it_opens_at_a_second(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page(second=6.2)
    assert page.transcript.current == 2
    assert abs(page.playhead.position - 6.2) < 0.02
    assert page.inspector.shown == ("utterance", "utt_0002")


def test_a_word_is_corrected_where_it_stands_and_undone(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    page.transcript.select_row(1)
    page.edit_here()
    editor = page.transcript.editor
    assert editor is not None
    editor.setPlainText("hello what does it cast")
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.transcript.utterance(1).text.endswith("cast"))
    assert page.transcript.utterance(1).edited
    assert library.desk.result(library.talk).timeline[1].text.endswith("cast")
    page.context.commands.run("review.undo")
    qtbot.waitUntil(lambda: page.transcript.utterance(1).text.endswith("cost"))
    page.context.commands.run("review.redo")
    qtbot.waitUntil(lambda: page.transcript.utterance(1).text.endswith("cast"))


def test_escape_leaves_the_text_as_it_was(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.edit(0)
    editor = page.transcript.editor
    assert editor is not None
    editor.setPlainText("nonsense")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert page.transcript.editor is None
    assert page.transcript.utterance(0).text == "good morning to you"
    assert not page.document.can_undo


def test_a_speaker_is_renamed_everywhere(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.select_row(0)
    page.rename_here()
    name = page.speakers.cards["Speaker_0"].name
    name.setText("Ada")
    name.editingFinished.emit()
    qtbot.waitUntil(lambda: page.document.name_of("Speaker_0") == "Ada")
    assert page.speakers.cards["Speaker_0"].name.text() == "Ada"
    assert page.transcript.selected_text.startswith("[0:00.0] Ada:")
    qtbot.waitUntil(lambda: page.lanes.data is not None and page.lanes.data.speakers[0].name == "Ada")


def test_a_turn_is_given_to_another_speaker(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    said_by = next(a for a in page.transcript.context_menu(1).actions() if a.text() == "Assign to speaker").menu()
    said_by.actions()[0].trigger()
    qtbot.waitUntil(lambda: page.transcript.utterance(1).speaker == "Speaker_0")

    def facts(label: str) -> str:
        return " ".join(part.text() for part in page.speakers.cards[label].findChildren(QLabel))

    qtbot.waitUntil(lambda: "3 utterances" in facts("Speaker_0") and "1 utterance" in facts("Speaker_1").splitlines())
    page.document.undo()
    qtbot.waitUntil(lambda: page.transcript.utterance(1).speaker == "Speaker_1")


def test_a_digit_gives_the_turn_to_that_speaker(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.select_row(0)
    qtbot.keyClick(page.transcript, Qt.Key.Key_2)
    qtbot.waitUntil(lambda: page.transcript.utterance(0).speaker == "Speaker_1")
    qtbot.keyClick(page.transcript, Qt.Key.Key_9)
    assert page.transcript.utterance(0).speaker == "Speaker_1"


def test_from_here_on_somebody_new_speaks(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    split = next(a for a in page.transcript.context_menu(1).actions() if a.text().startswith("From here on")).menu()
    split.actions()[-1].trigger()
    qtbot.waitUntil(lambda: page.transcript.utterance(1).speaker not in ("Speaker_0", "Speaker_1"))
    assert page.transcript.utterance(3).speaker == "Speaker_1"
    qtbot.waitUntil(lambda: len(page.speakers.cards) == 3)


def test_speakers_are_merged_and_parted_again(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.speakers.cards["Speaker_1"].more.menu().actions()[0].trigger()
    qtbot.waitUntil(lambda: set(page.speakers.cards) == {"Speaker_0"})
    page.document.undo()
    qtbot.waitUntil(lambda: set(page.speakers.cards) == {"Speaker_0", "Speaker_1"})


def test_a_score_is_judged_and_the_judgement_taken_back(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.select_row(2)
    card = page.inspector.cards["valence"]
    assert card.value.text().startswith("+0.40")
    assert card.reading.model == "test-affect 3"
    assert [c.name for c in card.reading.contributions] == ["positive_words"]
    next(b for b in card.verdicts.buttons() if b.objectName() == "disagree").click()
    qtbot.waitUntil(lambda: bool(page.document.result and page.document.result.judgements))
    assert page.document.result is not None
    said = page.document.result.judgements[0]
    assert (said.target, said.score, said.verdict) == ("utt_0002", "valence", "disagree")
    again = page.inspector.cards["valence"]
    next(b for b in again.verdicts.buttons() if b.objectName() == "disagree").click()
    qtbot.waitUntil(lambda: page.document.result is not None and not page.document.result.judgements)


def test_a_score_is_corrected(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.transcript.select_row(0)
    card = page.inspector.cards["emotion"]
    next(b for b in card.verdicts.buttons() if b.objectName() == "correct").click()
    assert isinstance(card.field, QComboBox)
    card.field.setCurrentIndex(card.field.findData("anger"))
    card.keep.click()
    qtbot.waitUntil(lambda: bool(page.document.result and page.document.result.judgements))
    assert page.document.result is not None
    assert page.document.result.judgements[0].value == "anger"


def test_a_marker_is_set_noted_and_removed(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page(second=4.0)
    page.mark_here()
    qtbot.waitUntil(lambda: bool(page.document.result and page.document.result.markers))
    assert page.document.result is not None
    marker = page.document.result.markers[0]
    assert abs(marker.t - 4.0) < 0.02
    note = page.inspector.findChild(QLineEdit)
    assert note is not None
    note.setText("ask again")
    note.editingFinished.emit()
    qtbot.waitUntil(lambda: page.document.result is not None and page.document.result.markers[0].note == "ask again")
    page.document.undo()
    page.document.undo()
    qtbot.waitUntil(lambda: page.document.result is not None and not page.document.result.markers)


def test_an_annotation_is_changed_within_its_vocabulary_and_removed(
    qtbot: QtBot, open_page: Opener, library: Library
) -> None:
    library.desk.apply(
        library.talk,
        AddTier(name="Codes", vocabulary=["question", "answer"]),
        AddAnnotation(annotation_id="one", tier="Codes", t_start=1.0, t_end=2.0, value="question"),
    )
    page = open_page()
    page.inspect("annotation", "one")
    value = page.inspector.findChild(QComboBox)
    assert value is not None
    assert [value.itemText(i) for i in range(value.count())] == ["question", "answer"]
    value.textActivated.emit("answer")

    def values() -> list[str]:
        result = page.document.result
        return [one.value for tier in result.tiers for one in tier.annotations] if result is not None else []

    qtbot.waitUntil(lambda: values() == ["answer"])
    next(b for b in page.inspector.findChildren(QAbstractButton) if b.text() == "Remove the annotation").click()
    qtbot.waitUntil(lambda: values() == [])
    page.document.undo()
    qtbot.waitUntil(lambda: values() == ["answer"])


def test_another_run_is_shown_and_the_first_one_again(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    store = library.desk._store
    store.finish_run(store.start_run(library.talk).id, result_of(("only this",)))
    page = open_page()
    assert page.transcript.rows == 1
    assert page.runs.count() == 2
    page.runs.setCurrentIndex(0)
    page.runs.activated.emit(0)
    qtbot.waitUntil(lambda: page.transcript.rows == 4)
    assert page.crumbs() == ["The talk", "run 1"]


def test_finding_goes_from_place_to_place(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.context.commands.run("review.find")
    page.find_bar.field.setText("o")
    count = int(page.find_bar.count.text().split(" of ")[1])
    assert count == sum(u.text.count("o") for u in result_of().timeline)
    before = page.find_bar.count.text()
    qtbot.keyClick(page.find_bar.field, Qt.Key.Key_Return)
    assert page.find_bar.count.text() != before
    page.find_bar.field.setText("nowhere")
    assert page.find_bar.count.text() == "nothing found"
    qtbot.keyClick(page.find_bar.field, Qt.Key.Key_Escape)
    assert not page.find_bar.isVisible()


def test_the_story_names_phases_and_goes_to_them(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.show_side("story")

    def links() -> list[QLabel]:
        return [label for label in page.story.findChildren(QLabel) if "Price</a>" in label.text()]

    qtbot.waitUntil(lambda: bool(links()))
    facts = [label.text() for label in page.story.findChildren(QLabel) if "boundary" in label.text()]
    assert [text.split(" · ")[2] for text in facts] == ["1 utterance", "2 utterances"]
    links()[0].linkActivated.emit("phase:phase_1")
    assert page.inspector.shown == ("phase", "phase_1")
    assert abs(page.playhead.position - 6.0) < 0.02


def test_nothing_open_offers_what_there_is(
    qtbot: QtBot, open_window: Callable[[Desk], MainWindow], library: Library
) -> None:
    window = open_window(library.desk)
    window.open_page("review")
    page = window.current_page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: len(page.blank.buttons) == 4)
    next(b for b in page.blank.buttons if "The talk" in b.text()).click()
    qtbot.waitUntil(lambda: page.transcript.rows == 4)


def test_without_an_analysis_it_says_why(open_page: Opener, library: Library) -> None:
    page = open_page(library.failed)
    assert page.stack.currentWidget() is page.blank
    assert page.blank.words.text() == "The sound could not be read."


def test_what_is_not_there_any_more_says_so(
    qtbot: QtBot, open_window: Callable[[Desk], MainWindow], library: Library
) -> None:
    library.desk.delete(library.other)
    window = open_window(library.desk)
    window.open_page("review", conversation_id=library.other)
    page = window.current_page
    assert isinstance(page, ReviewPage)
    qtbot.waitUntil(lambda: page.blank.title.text() == "This conversation cannot be shown")
    assert page.blank.words.text()
    window.open_page("review", conversation_id=library.talk)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.review)


def test_without_speech_it_is_empty_and_says_so(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page(library.silent)
    assert page.stack.currentWidget() is page.review
    assert page.transcript.rows == 0
    assert page.transcript.empty_text


def test_changes_from_elsewhere_are_seen(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    library.desk.apply(library.talk, EditText(utterance_id="utt_0000", text="changed by the server"))
    qtbot.waitUntil(lambda: page.transcript.utterance(0).text == "changed by the server")


def test_every_control_has_a_name(open_page: Opener) -> None:
    page = open_page()
    page.transcript.select_row(0)
    unnamed = [
        widget
        for kind in (QAbstractButton, QComboBox, QLineEdit)
        for widget in page.findChildren(kind)
        if not accessible(widget)
    ]
    assert unnamed == []


def accessible(widget: QWidget) -> bool:
    """Whether a screen reader has something to say; parts that Qt makes inside a control belong to it."""
    if widget.objectName().startswith("qt_") or isinstance(widget.parent(), QComboBox | QLineEdit):
        return True
    named = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
    return bool(named)


def test_scores_are_computed_anew_and_the_run_before_had_back(
    qtbot: QtBot, open_page: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine's part is proven in tests/test_correcting.py; here a run appears as it does at its end."""

    def rescore(id: str, **_: object) -> Run:
        store = library.desk._store
        return store.finish_run(store.start_run(id).id, result_of(("quite another thing", *TEXTS[1:])))

    monkeypatch.setattr(library.desk, "rescore", rescore)
    page = open_page()
    assert not page.anew.isVisible()
    page.document.apply(EditText(utterance_id="utt_0000", text="quite another thing"))
    qtbot.waitUntil(page.anew.isVisible)
    page.anew.click()
    qtbot.waitUntil(lambda: page.document.result is not None and page.document.result.run == 2 and not page.busy)
    assert not page.anew.isVisible()
    qtbot.waitUntil(lambda: any("run 2" in notice.text for notice in page.context.notices.shown))
    notice = next(n for n in page.context.notices.shown if "run 2" in n.text)
    notice.buttons[-1].click()
    qtbot.waitUntil(lambda: page.document.result is not None and page.document.result.run == 1)


def test_speakers_are_detected_again_as_so_many(
    qtbot: QtBot, open_page: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int | None] = []

    def recluster(id: str, speakers: int | None = None, **_: object) -> Run:
        asked.append(speakers)
        raise DeskError("The voices could not be told apart.", "SPEAKERS")

    monkeypatch.setattr(library.desk, "recluster", recluster)
    page = open_page()
    page.speakers.count.setValue(3)
    page.speakers.again.click()
    qtbot.waitUntil(lambda: bool(page.context.notices.shown))
    assert asked == [3]
    assert "could not be told apart" in page.context.notices.shown[-1].text
    assert page.speakers.again.isEnabled()


def test_no_two_commands_of_the_page_have_the_same_keys(open_page: Opener) -> None:
    commands = open_page().context.commands
    here = [command for command in commands.all() if command.id.startswith(("review.", "lanes."))]
    assert len(here) > 30
    taken = {
        command.id: [other.id for other in commands.conflicts(command.id, commands.shortcut_of(command))]
        for command in here
        if commands.shortcut_of(command)
    }
    assert {id: others for id, others in taken.items() if others} == {}


def test_speakers_are_numbered_as_people_count(open_page: Opener, library: Library) -> None:
    result = result_of(TEXTS[:1] * 12)
    timeline = [u.model_copy(update={"speaker": f"Speaker_{11 - place}"}) for place, u in enumerate(result.timeline)]
    crowd = add_talk(library.desk, "Crowd", result.model_copy(update={"timeline": timeline}))
    document = open_page(crowd).document
    assert document.speakers == [f"Speaker_{number}" for number in range(12)]
    assert [document.speaker_index(label) for label in document.speakers] == list(range(12))
