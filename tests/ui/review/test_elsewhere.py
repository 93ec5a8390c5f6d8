"""Another window or process has the same library open and changes what is looked at here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.operations import EditText, ReassignUtterances
from illodesk.settings import Settings
from illodesk.store import news as news_module
from illodesk.ui.review.page import ReviewPage
from tests.ui.review.conftest import TEXTS, Library

Opener = Callable[..., ReviewPage]


@pytest.fixture
def elsewhere(library: Library) -> Iterator[Desk]:
    """A desk on the same library that knows nothing of the one of the window."""
    with Desk.open(Settings(data_dir=library.desk.settings.data_dir)) as desk:
        yield desk


@pytest.fixture
def looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(news_module, "EVERY_S", 0.02)


@pytest.mark.usefixtures("looking_often")
def test_what_is_changed_elsewhere_is_shown_here(
    qtbot: QtBot, open_page: Opener, library: Library, elsewhere: Desk
) -> None:
    page = open_page()
    elsewhere.apply(library.talk, EditText(utterance_id="utt_0001", text="zeppelin"))
    qtbot.waitUntil(lambda: page.transcript.utterance(1).text == "zeppelin")
    assert page.context.commands.action("review.undo").text() == "Undo: correct text"


def test_undo_takes_back_what_its_label_says_or_nothing(
    qtbot: QtBot, open_page: Opener, library: Library, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news_module, "EVERY_S", 3600.0)  # it has not heard of it yet
    page = open_page()
    undo = page.context.commands.action("review.undo")
    page.document.apply(ReassignUtterances(ids=["utt_0000"], speaker="Speaker_1"))
    qtbot.waitUntil(lambda: undo.text() == "Undo: assign to speaker")
    elsewhere.apply(library.talk, EditText(utterance_id="utt_0001", text="zeppelin"))
    undo.trigger()
    qtbot.waitUntil(lambda: page.transcript.utterance(1).text == "zeppelin")
    assert any("changed elsewhere" in notice.text for notice in page.context.notices.shown)
    assert page.transcript.utterance(0).speaker == "Speaker_1"
    assert undo.text() == "Undo: correct text"
    undo.trigger()
    qtbot.waitUntil(lambda: undo.text() == "Undo: assign to speaker")
    assert elsewhere.result(library.talk).timeline[1].text == TEXTS[1]


def test_undo_that_is_pressed_fast_goes_step_by_step(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    page = open_page()
    for text in ("one", "two", "three", "four"):
        page.document.apply(EditText(utterance_id="utt_0001", text=text))
    page.document.undo()  # also of what was not shown yet
    for _ in range(2):
        page.document.undo()
    qtbot.waitUntil(lambda: [edit.undone for edit in library.desk.history(library.talk)] == [False, True, True, True])
    qtbot.waitUntil(lambda: page.transcript.utterance(1).text == "one")
    for _ in range(2):
        page.document.redo()
    qtbot.waitUntil(lambda: page.transcript.utterance(1).text == "three")
    assert page.context.notices.shown == []


@pytest.mark.usefixtures("looking_often")
def test_what_is_put_into_the_trash_elsewhere_says_so_and_is_not_changed(
    qtbot: QtBot, open_page: Opener, library: Library, elsewhere: Desk
) -> None:
    page = open_page()
    page.document.apply(EditText(utterance_id="utt_0000", text="zeppelin"))
    qtbot.waitUntil(lambda: page.document.can_undo)
    assert not page.banner.isVisible()
    elsewhere.trash(library.talk)
    qtbot.waitUntil(page.banner.isVisible)
    commands = page.context.commands
    for id in ("undo", "edit", "rename", "marker", "rescore", "reanalyse"):
        assert not commands.action(f"review.{id}").isEnabled(), id
    qtbot.waitUntil(lambda: not page.speakers.cards["Speaker_0"].name.isEnabled())
    page.document.apply(ReassignUtterances(ids=["utt_0000"], speaker="Speaker_1"))
    page.document.undo()
    (notice,) = page.context.notices.shown
    assert "in the trash" in notice.text
    assert [edit.undone for edit in elsewhere.history(library.talk)] == [False]
    page.banner.restore_button.click()
    qtbot.waitUntil(lambda: not page.banner.isVisible())
    assert page.context.notices.shown == []
    assert commands.action("review.undo").isEnabled()
    assert elsewhere.conversation(library.talk).trashed_at is None
    qtbot.waitUntil(lambda: all(card.name.isEnabled() for card in page.speakers.cards.values()))


@pytest.mark.usefixtures("looking_often")
def test_a_correction_under_way_is_kept_when_it_goes_to_the_trash(
    qtbot: QtBot, open_page: Opener, library: Library, elsewhere: Desk
) -> None:
    page = open_page()
    page.transcript.edit(1)
    assert page.transcript.editor is not None
    page.transcript.editor.setPlainText("zeppelin")
    elsewhere.trash(library.talk)
    qtbot.waitUntil(lambda: elsewhere.result(library.talk).timeline[1].text == "zeppelin")
    assert page.transcript.editor is None
    qtbot.waitUntil(page.banner.isVisible)
    page.banner.leave_button.click()
    assert page.window().current_page.name == "library"


@pytest.mark.usefixtures("looking_often")
def test_what_is_deleted_elsewhere_says_so_and_leads_back(
    qtbot: QtBot, open_page: Opener, library: Library, elsewhere: Desk
) -> None:
    page = open_page()
    elsewhere.trash(library.talk)
    elsewhere.delete(library.talk)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.blank)
    assert "deleted" in page.blank.words.text()
    assert not page.banner.isVisible()
    (back,) = page.blank.buttons
    assert back.text() == "Back to the library"
    back.click()
    assert page.window().current_page.name == "library"


def test_what_is_said_of_one_conversation_does_not_lie_over_the_next(
    qtbot: QtBot, open_page: Opener, library: Library, elsewhere: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(news_module, "EVERY_S", 3600.0)
    page = open_page()
    page.document.apply(ReassignUtterances(ids=["utt_0000"], speaker="Speaker_1"))
    qtbot.waitUntil(lambda: page.document.can_undo)
    elsewhere.apply(library.talk, EditText(utterance_id="utt_0001", text="zeppelin"))
    page.document.undo()
    qtbot.waitUntil(lambda: any("changed elsewhere" in notice.text for notice in page.context.notices.shown))
    page.context.open_page("review", conversation_id=library.other)
    assert page.context.notices.shown == []
