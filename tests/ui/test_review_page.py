"""The window on a real Desk, with results put into its store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.schema import AnalysisResult, Emotion, Moment, SpeakerProfile, Summary, Utterance
from illodesk.settings import Settings
from illodesk.store.sink import TrackFolder
from illodesk.store.store import Store
from illodesk.ui.review_page import ReviewPage
from illodesk.ui.window import MainWindow

Opener = Callable[[Desk], MainWindow]


def result_of(texts: list[str]) -> AnalysisResult:
    timeline = [
        Utterance(
            utterance_id=f"utt_{i:04d}",
            speaker=f"Speaker_{i % 2}",
            t_start=3.0 * i,
            t_end=3.0 * i + 2.0,
            text=text,
            emotion=Emotion.from_probabilities(
                [0.1, 0, 0, 0.7, 0.2, 0, 0], valence=0.4, arousal=None if i == 1 else 0.1 * i, confidence=0.5
            ),
        )
        for i, text in enumerate(texts)
    ]
    moment = Moment(
        moment_id="moment_000",
        category="objection",
        speaker_id="Speaker_1",
        start_ms=3000,
        end_ms=5000,
        utterance_ids=["utt_0001"],
        summary="objects",
    )
    return AnalysisResult(
        utterances=len(timeline),
        timeline=timeline,
        moments=[moment],
        summary=Summary(overview="A talk between two people."),
        speakers=[SpeakerProfile(speaker="Speaker_0"), SpeakerProfile(speaker="Speaker_1")],
        analysed_s=3.0 * len(texts),
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Store(tmp_path) as store:
        for title, texts in (("First", ["hello", "no", "yes"]), ("Second", ["good morning"]), ("Empty", [])):
            conversation = store.add_conversation(title, source_name=f"{title}.wav")
            run = store.start_run(conversation.id)
            sink = TrackFolder(run.work_dir / "tracks")
            rows = np.full((2 * 3 * max(1, len(texts)), 3), 0.5, np.float32)
            rows[2] = np.nan
            sink.append("engagement", ("value", "low", "high"), 0.5, rows)
            sink.close()
            store.finish_run(run.id, result_of(texts))
    with Desk.open(Settings(data_dir=tmp_path)) as desk:
        yield desk


def review(window: MainWindow) -> ReviewPage:
    window.open_page("review")
    page = window.current_page
    assert isinstance(page, ReviewPage)
    return page


def test_selecting_a_conversation_draws_it(qtbot: QtBot, open_window: Opener, desk: Desk) -> None:
    page = review(open_window(desk))
    assert [page.library.item(i).text().split("\n")[0] for i in range(3)] == ["Empty", "Second", "First"]
    page.library.setCurrentRow(2)
    qtbot.waitUntil(lambda: page.transcript.rowCount() == 3)
    assert page.transcript.item(1, 2).text() == "no"
    assert page.heading.text() == "A talk between two people."
    drawn = [item for item in page.timeline.view.items() if type(item).__name__ == "PlotItem"]
    assert len(drawn) == 4
    picture = page.grab().toImage()
    colours = {
        picture.pixelColor(x, y).name() for x in range(300, picture.width(), 7) for y in range(60, picture.height(), 7)
    }
    assert len(colours) > 8


def test_clicking_a_second_selects_what_was_said_then(qtbot: QtBot, open_window: Opener, desk: Desk) -> None:
    page = review(open_window(desk))
    page.library.setCurrentRow(2)
    qtbot.waitUntil(lambda: page.transcript.rowCount() == 3)
    page.timeline.clicked.emit(4.0)
    assert page.transcript.currentRow() == 1
    page.timeline.clicked.emit(100.0)
    assert page.transcript.currentRow() == 2


def test_an_empty_conversation_and_an_empty_library_say_what_to_do(
    qtbot: QtBot, open_window: Opener, desk: Desk, tmp_path: Path
) -> None:
    page = review(open_window(desk))
    page.library.setCurrentRow(0)
    qtbot.waitUntil(lambda: "Opening" not in page.heading.text())
    assert page.transcript.rowCount() == 0
    with Desk.open(Settings(data_dir=tmp_path / "new")) as fresh:
        empty = review(open_window(fresh))
        assert "illodesk demo" in empty.heading.text()


def test_every_control_has_a_name(qtbot: QtBot, open_window: Opener, desk: Desk) -> None:
    page = review(open_window(desk))
    for control in (page.library, page.timeline.view, page.transcript, page.heading):
        assert control.accessibleName()
