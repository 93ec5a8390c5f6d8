"""Recorded from a sound server in the real window with the real engine, and reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.loop import event_loop
from illodesk.ui.record.page import RecordPage
from illodesk.ui.window import MainWindow
from tests.capture.sound_server import MISSING, RATE, SoundServer, match
from tests.excerpt import write_excerpt

SECONDS = 9.0
PATIENCE_MS = 60_000


@pytest.fixture
def sound_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    if MISSING:
        pytest.skip(MISSING)
    (tmp_path / "pulse").mkdir()
    server = SoundServer(tmp_path / "pulse")
    monkeypatch.setenv("PULSE_SERVER", server.address)
    yield server
    server.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(Settings(data_dir=tmp_path / "desk")) as desk:
        yield desk


@pytest.fixture
def window(desk: Desk, qapp: QApplication, qtbot: QtBot) -> Iterator[MainWindow]:
    with event_loop(qapp) as loop:
        window = MainWindow(desk, loop)
        qtbot.addWidget(window)
        window.show()
        yield window
        window.close()
    window.close()


def test_recorded_from_a_null_sink_and_reviewed(
    sound_server: SoundServer, desk: Desk, window: MainWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    talk = write_excerpt(tmp_path / "talk.wav", 40.0, 40.0 + SECONDS)
    desk.warm_up()
    window.open_page("record")
    page = window.current_page
    assert isinstance(page, RecordPage)
    page.consent.consent.setEditText("Both agreed, aloud")
    page.consent.title.setText("Interview")

    # The level is seen before anything is recorded.
    tone = sound_server.play(talk, "micfeed")
    microphone = page.sources.sources["microphone"]
    qtbot.waitUntil(lambda: microphone.advice.tone == "good", timeout=PATIENCE_MS)
    tone.kill()

    page.deck.button.click()
    qtbot.waitUntil(lambda: page.recording.phase == "recording", timeout=PATIENCE_MS)
    session = page.recording.session
    assert session is not None
    assert desk.conversation(session.id).consent == "Both agreed, aloud"
    sound_server.play(talk, "micfeed")
    qtbot.waitUntil(lambda: page.recording.look.recorded_s > 3.0, timeout=PATIENCE_MS)
    qtbot.keyClick(window, Qt.Key.Key_1)
    marked_s = page.recording.now_s
    qtbot.waitUntil(lambda: page.recording.look.recorded_s > SECONDS + 1.5, timeout=PATIENCE_MS)
    page.deck.button.click()

    qtbot.waitUntil(lambda: window.current_page.name == "review", timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: window.tasks.open == 0, timeout=PATIENCE_MS)
    assert window.title_bar.crumbs.text().endswith("Interview")
    result = desk.result(session.id)
    assert result.timeline and any(utterance.words for utterance in result.timeline)
    told = {turn.utterance_id for turn in page.transcript.turns}
    assert told == {utterance.utterance_id for utterance in result.timeline}
    [marker] = desk.markers(session.id)
    assert marker.t == pytest.approx(marked_s, abs=0.5)
    media = desk.media_path(session.id)
    assert media is not None
    played, _ = soundfile.read(talk, dtype="float32")
    kept, rate = soundfile.read(media, dtype="float32", always_2d=True)
    assert rate == RATE
    assert match(kept[:, 0], played[RATE : 4 * RATE].astype(np.float32))[0] > 0.95
