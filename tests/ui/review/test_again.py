"""Analysing again from the review page: how far it is, stopping it, and what it leaves."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from illodesk.desk import AnalysisOptions, Run
from illodesk.operations import EditText, RenameSpeaker
from illodesk.schema import Event, StatusEvent
from illodesk.ui.review.page import ReviewPage
from tests.ui.review.conftest import TEXTS, Library, result_of

Opener = Callable[..., ReviewPage]


def fake_reanalysis(library: Library, seen: dict[str, object]) -> Callable[..., Run]:
    """A re-analysis that stands at half until it is let go or stopped; the store's part of it is the true one."""

    def reanalyse(
        id: str, options: AnalysisOptions, *, on_event: Callable[[Event], None], cancelled: Callable[[], bool]
    ) -> Run:
        store = library.desk._store
        run = store.start_run(id, options)
        seen["options"] = options
        on_event(StatusEvent(phase="processing", progress=0.5, stage="Recognising speech"))
        go = seen["go"]
        assert isinstance(go, threading.Event)
        while not go.wait(0.01):
            if cancelled():
                seen["stopped"] = True
                return store.finish_run(run.id, result_of(TEXTS[:1]).model_copy(update={"complete": False}))
        return store.finish_run(run.id, result_of())

    return reanalyse


def test_a_recording_is_analysed_again_and_names_and_corrections_stay(
    qtbot: QtBot, open_page: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, object] = {"go": threading.Event()}
    monkeypatch.setattr(library.desk, "reanalyse", fake_reanalysis(library, seen))
    page = open_page()
    page.document.apply(
        RenameSpeaker(label="Speaker_0", name="Ada"), EditText(utterance_id="utt_0001", text="what does it cost")
    )
    qtbot.waitUntil(lambda: page.document.name_of("Speaker_0") == "Ada")
    page.context.commands.run("review.reanalyse")
    qtbot.waitUntil(lambda: page.progress.isVisible() and "50" in page.progress.stage.text())
    assert not page.context.commands.action("review.reanalyse").isEnabled()
    assert page.document.result is not None and page.document.result.run == 1, (
        "the result is there to be read meanwhile"
    )
    assert seen["options"] == page.document.result.options
    go = seen["go"]
    assert isinstance(go, threading.Event)
    go.set()
    qtbot.waitUntil(lambda: page.document.result is not None and page.document.result.run == 2 and not page.busy)
    assert not page.progress.isVisible()
    assert page.document.name_of("Speaker_0") == "Ada"
    assert page.document.result.timeline[1].text == "what does it cost"


def test_a_reanalysis_that_is_stopped_leaves_the_result_as_it_was(
    qtbot: QtBot, open_page: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, object] = {"go": threading.Event()}
    monkeypatch.setattr(library.desk, "reanalyse", fake_reanalysis(library, seen))
    page = open_page()
    page.reanalyse()
    qtbot.waitUntil(lambda: "50" in page.progress.stage.text())
    page.progress.stop_button.click()
    assert not page.busy and not page.progress.isVisible()
    qtbot.waitUntil(lambda: len(page.document.runs) == 2 and page.document.runs[-1].state == "partial")
    assert seen["stopped"]
    assert page.document.result is not None and page.document.result.run == 1 and page.document.result.complete
    assert any("stopped" in notice.text for notice in page.context.notices.shown)


def test_undo_goes_back_through_the_new_analysis_to_what_was_done_before(
    qtbot: QtBot, open_page: Opener, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()
    go.set()
    monkeypatch.setattr(library.desk, "reanalyse", fake_reanalysis(library, {"go": go}))
    page = open_page()
    undo, redo = (page.context.commands.action(f"review.{name}") for name in ("undo", "redo"))
    page.document.apply(RenameSpeaker(label="Speaker_0", name="Ada"))
    qtbot.waitUntil(lambda: undo.text() == "Undo: rename speaker")
    page.reanalyse()
    qtbot.waitUntil(lambda: undo.text() == "Undo: analyse again")
    assert shown(page) == (2, "Ada")
    undo.trigger()
    qtbot.waitUntil(lambda: shown(page) == (1, "Ada"))
    assert (undo.text(), redo.text()) == ("Undo: rename speaker", "Redo: analyse again")
    undo.trigger()
    qtbot.waitUntil(lambda: shown(page) == (1, "Speaker 0"))
    assert not undo.isEnabled()
    for _ in range(2):
        qtbot.waitUntil(redo.isEnabled)
        before = redo.text()
        redo.trigger()
        qtbot.waitUntil(lambda before=before: redo.text() != before)
    assert shown(page) == (2, "Ada")


def shown(page: ReviewPage) -> tuple[int, str]:
    """The run that is shown, and the name of the first speaker in it."""
    assert page.document.result is not None
    return page.document.result.run, page.document.name_of("Speaker_0")


def test_undo_and_redo_name_the_step(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    undo, redo = (page.context.commands.action(f"review.{name}") for name in ("undo", "redo"))
    assert undo.text() == "Undo"
    page.document.apply(RenameSpeaker(label="Speaker_0", name="Ada"))
    page.document.apply(EditText(utterance_id="utt_0001", text="what does it cost"))
    qtbot.waitUntil(lambda: undo.text() == "Undo: correct text")
    page.document.undo()
    qtbot.waitUntil(lambda: undo.text() == "Undo: rename speaker")
    assert redo.text() == "Redo: correct text"
    assert "correct text" in page.buttons["review.redo"].toolTip()
