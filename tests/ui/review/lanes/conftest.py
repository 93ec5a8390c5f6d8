"""The lanes of the real review page on a short conversation with every track."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.schema import AnalysisResult
from illodesk.settings import Settings
from illodesk.ui.review.lanes import Lanes
from illodesk.ui.review.page import ReviewPage
from illodesk.ui.window import MainWindow
from tests.bench import large


@dataclass(frozen=True)
class Talk:
    """A kept conversation of three minutes, and what is in it."""

    desk: Desk
    id: str
    result: AnalysisResult


@pytest.fixture
def talk(tmp_path: Path) -> Iterator[Talk]:
    result = large.conversation(utterances=40, hours=0.05)
    id = large.keep(tmp_path / "data", result)
    with Desk.open(Settings(data_dir=tmp_path / "data")) as desk:
        yield Talk(desk, id, result)


@pytest.fixture
def open_lanes(qtbot: QtBot, open_window: Callable[[Desk], MainWindow]) -> Callable[[Desk, str], Lanes]:
    """Opens the review page on a conversation and waits until its lanes are drawn."""

    def open_(desk: Desk, conversation_id: str) -> Lanes:
        window = open_window(desk)
        window.resize(1280, 800)
        window.open_page("review", conversation_id=conversation_id)
        page = window.current_page
        assert isinstance(page, ReviewPage)
        qtbot.waitUntil(lambda: page.lanes.data is not None)
        return page.lanes

    return open_


@pytest.fixture
def lanes(open_lanes: Callable[[Desk, str], Lanes], talk: Talk) -> Lanes:
    return open_lanes(talk.desk, talk.id)
