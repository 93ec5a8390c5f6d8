"""Levels over time, and what they say."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from illodesk.ui.record.health import FLOOR_DB, PATIENCE_S, Listener
from illodesk.ui.record.meter import CLIP_S, HOLD_S, LevelMeter
from illodesk.ui.theme import Theme
from tests.ui.record.conftest import channel


@pytest.fixture
def meter(qtbot: QtBot) -> LevelMeter:
    meter = LevelMeter(Theme("light"), "Level")
    qtbot.addWidget(meter)
    return meter


def test_a_peak_falls_slowly_and_is_held(meter: LevelMeter) -> None:
    meter.show_level(1.0, clipping=False, now=10.0)
    assert meter.level_db == meter.held_db == 0.0
    meter.show_level(0.0, clipping=False, now=10.5)
    assert meter.level_db == pytest.approx(-12.0) and meter.held_db == 0.0
    meter.show_level(0.0, clipping=False, now=10.0 + HOLD_S + 0.1)
    assert FLOOR_DB < meter.held_db == meter.level_db, "never below what is shown"
    meter.show_level(0.0, clipping=False, now=30.0)
    assert meter.level_db == FLOOR_DB


def test_the_light_for_clipping_goes_out_again(meter: LevelMeter) -> None:
    meter.show_level(1.0, clipping=True, now=1.0)
    assert meter.clipped and "too loud" in meter.words()
    meter.show_level(0.1, clipping=False, now=1.0 + CLIP_S)
    assert not meter.clipped and "dB" in meter.words()


@pytest.mark.parametrize(
    ("status", "tone"),
    [
        ({"peak": 0.2}, "good"),
        ({"peak": 0.001}, "warning"),
        ({"peak": 0.0, "silent_s": 6.0}, "warning"),
        ({"peak": 0.0, "silent_s": 6.0, "kind": "system"}, ""),
        ({"peak": 0.0005, "silent_s": 0.0, "kind": "system"}, ""),
        ({"peak": 0.2, "clipping": True}, "warning"),
        ({"peak": 0.0, "state": "lost"}, "bad"),
        ({"peak": 0.0, "state": "opening"}, ""),
    ],
)
def test_a_level_says_what_to_do(status: dict[str, object], tone: str) -> None:
    listener = Listener()
    advice = [listener.feed(t / 10, channel(**status)) for t in range(60)][-1]
    assert advice.tone == tone and advice.text


def test_patience_while_the_other_one_speaks() -> None:
    listener = Listener()
    listener.patience_s = PATIENCE_S
    assert listener.feed(1.0, channel(peak=0.2)).tone == "good"
    assert listener.feed(PATIENCE_S, channel(peak=0.001, silent_s=PATIENCE_S)).tone == "good"
    assert "muted" in listener.feed(PATIENCE_S + 2, channel(peak=0.0, silent_s=PATIENCE_S + 1)).text
