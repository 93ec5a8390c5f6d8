"""The spectrogram: what it shows is what is heard, at every zoom, and what was read once is there again at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.operations import AddMarker
from illodesk.playback import PlaybackError
from illodesk.schema import AnalysisResult, MediaInfo
from illodesk.settings import Settings
from illodesk.store.store import Store
from illodesk.ui.review.lanes import Lanes
from illodesk.ui.review.lanes import spectrogram as module
from illodesk.ui.review.lanes.row import LaneRow
from illodesk.ui.review.lanes.spectrogram import LONGEST_S, Spectrogram
from illodesk.ui.review.lanes.spectrum import (
    BINS,
    COLUMNS,
    FINEST,
    Levels,
    Place,
    Tiles,
    decibels,
    places,
    read,
    zoom_for,
)

RATE = 16_000
SECONDS = 20.0
TONE_FROM, TONE_TO = 4.0, 12.0
BIN_HZ = 48_000 / 1024


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """20 s: a tone of 1 kHz and half of full scale from 4 to 12 s, silence around it."""
    path = tmp_path_factory.mktemp("sound") / "tone.wav"
    t = np.arange(round(SECONDS * RATE)) / RATE
    tone = 0.5 * np.sin(2 * np.pi * 1000 * t) * ((t >= TONE_FROM) & (t < TONE_TO))
    soundfile.write(path, tone.astype(np.float32), RATE)
    return path


def never() -> bool:
    return False


# --- tiles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zoom", [FINEST, 0, 2, 4, 5, 9])
def test_a_tone_is_where_it_is_heard_at_every_zoom(sound: Path, zoom: int) -> None:
    number = int(8.0 / 2.0**zoom)
    place = Place(zoom, number)
    levels = read(never, sound, place)
    assert levels.shape == (BINS, COLUMNS)
    times = place.start_s + (np.arange(COLUMNS) + 0.5) * place.length_s / COLUMNS
    column = place.length_s / COLUMNS
    inside = (times - column > TONE_FROM + 0.02) & (times + column < TONE_TO - 0.02)
    outside = (times + column < TONE_FROM - 0.03) | (times - column > TONE_TO + 0.03)
    assert inside.any()
    strongest = (BINS - 1 - levels[:, inside].argmax(axis=0)) * BIN_HZ
    assert np.allclose(strongest, 1000, atol=BIN_HZ)
    assert decibels(int(levels[:, inside].max())) == pytest.approx(-6.0, abs=1.5)
    assert not levels[:, outside].any()


def test_a_tile_behind_the_end_is_silent(sound: Path) -> None:
    assert not read(never, sound, Place(4, 5)).any()


def test_a_file_that_is_no_recording_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_bytes(b"no sound")
    with pytest.raises(PlaybackError, match="cannot be read"):
        read(never, tmp_path / "x.wav", Place(0, 0))


def test_reading_stops_when_it_is_not_wanted_any_more(sound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def after_three() -> bool:
        asked.append(1)
        return len(asked) > 3

    read(after_three, sound, Place(4, 0))
    assert len(asked) == 4


@given(st.floats(1e-4, 100.0), st.floats(0, 40_000), st.floats(0.01, 2000))
def test_a_tile_has_a_column_for_each_of_the_view(column_s: float, start: float, length: float) -> None:
    zoom = zoom_for(column_s)
    width = 2.0**zoom / COLUMNS
    assert width <= column_s * (1 + 1e-6) or zoom == FINEST
    assert width > column_s / 2.001
    found = places(zoom, start, start + length)
    assert found[0].start_s <= start
    assert found[-1].start_s + found[-1].length_s >= start + length
    assert [place.number for place in found] == list(range(found[0].number, found[0].number + len(found)))


def tile(level: int) -> Levels:
    return np.full((BINS, COLUMNS), level, np.uint8)


def test_the_oldest_tiles_go_when_there_are_too_many() -> None:
    tiles = Tiles(most_bytes=3 * tile(0).nbytes)
    for number in range(3):
        tiles.put(Place(0, number), tile(number + 1))
    tiles.columns(0, np.array([0.5]))  # so that the first is not the oldest any more
    tiles.put(Place(0, 3), tile(9))
    assert [Place(0, number) in tiles for number in range(4)] == [True, False, True, True]
    assert tiles.bytes == 3 * tile(0).nbytes
    tiles.put(Place(0, 3), tile(8))
    assert tiles.bytes == 3 * tile(0).nbytes
    assert tiles.loudest == 9


def test_other_zooms_stand_in_until_the_wanted_one_is_read() -> None:
    tiles = Tiles()
    times = np.array([0.5, 1.5, 2.5, 9.0])
    assert tiles.columns(0, times)[1].all()
    tiles.put(Place(1, 0), tile(1))
    tiles.put(Place(0, 1), tile(2))
    tiles.put(Place(-1, 5), tile(3))
    levels, missing = tiles.columns(0, times)
    assert levels[0].tolist() == [1, 2, 3, 0]
    assert missing.tolist() == [False, False, False, True]


# --- on the lanes ---------------------------------------------------------------------------------------------------


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Place]:
    """Which tiles were read, in order."""
    found: list[Place] = []
    real = module.read

    def noted(cancelled: Callable[[], bool], path: Path, place: Place) -> Levels:
        found.append(place)
        return real(cancelled, path, place)

    monkeypatch.setattr(module, "read", noted)
    return found


@pytest.fixture
def lanes(tmp_path: Path, sound: Path, open_lanes: Callable[[Desk, str], Lanes]) -> Iterator[Lanes]:
    """A conversation that is said to last longer than a spectrogram is shown of, with the tone as its recording."""
    result = AnalysisResult(media=MediaInfo(duration_s=LONGEST_S + 100))
    with Store(tmp_path / "sound") as store:
        conversation = store.add_conversation("A tone", media=sound).id
        store.finish_run(store.start_run(conversation).id, result)
    with Desk.open(Settings(data_dir=tmp_path / "sound")) as desk:
        lanes = open_lanes(desk, conversation)
        lanes.context.commands.run("lanes.show_spectrogram")
        yield lanes
        lanes.window().close()


def row_of(lanes: Lanes) -> LaneRow:
    return next(row for row in lanes.rows if isinstance(row.lane, Spectrogram))


def told(lanes: Lanes, t: float) -> int:
    """The strongest frequency that is read out at a second, Hz; 0 where there is none."""
    words = row_of(lanes).lane.read_out(t)
    return int(words.split()[-2]) if words else 0


def settled(qtbot: QtBot, lanes: Lanes) -> None:
    """Wait until everything that is wanted was read."""
    row_of(lanes).strip.grab()
    lane = row_of(lanes).lane
    assert isinstance(lane, Spectrogram)
    qtbot.waitUntil(lambda: not lane.reading, timeout=20_000)


def test_it_waits_for_a_closer_view_and_then_reads_the_sound(qtbot: QtBot, lanes: Lanes) -> None:
    row = row_of(lanes)
    assert "Zoom in" in row.lane.instead(row.strip.view())
    lanes.axis.show(5.0, 9.0)
    qtbot.waitUntil(lambda: told(lanes, 7.0) > 0, timeout=20_000)
    assert told(lanes, 7.0) == pytest.approx(1000, abs=BIN_HZ)


def test_what_is_shown_again_while_it_waits_is_read_all_the_same(qtbot: QtBot, lanes: Lanes) -> None:
    lanes.axis.show(5.0, 9.0)
    row_of(lanes).strip.grab()
    QApplication.sendEvent(lanes, QShowEvent())
    qtbot.waitUntil(lambda: told(lanes, 7.0) > 0, timeout=20_000)


def test_what_was_read_is_not_read_again_also_after_a_change(qtbot: QtBot, lanes: Lanes, reads: list[Place]) -> None:
    lanes.axis.show(5.0, 9.0)
    settled(qtbot, lanes)
    lanes.axis.show(13.0, 17.0)
    settled(qtbot, lanes)
    assert len(reads) == len(set(reads)) > 0
    before, data = len(reads), lanes.data
    lanes.axis.show(5.0, 9.0)
    assert told(lanes, 7.0) > 0
    settled(qtbot, lanes)
    lanes.context.desk.apply(lanes.data.key[0] if lanes.data else "", AddMarker(t=6.0))
    qtbot.waitUntil(lambda: lanes.data is not data)
    assert told(lanes, 7.0) > 0
    settled(qtbot, lanes)
    assert len(reads) == before


def test_what_is_in_view_is_read_first_and_then_what_lies_beside_it(
    qtbot: QtBot, lanes: Lanes, reads: list[Place]
) -> None:
    lanes.axis.show(5.0, 9.0)
    settled(qtbot, lanes)
    seen = places(reads[0].zoom, 5.0, 9.0)
    assert reads[: len(seen)] == seen
    assert set(reads) == set(places(reads[0].zoom, 3.0, 11.0))


def test_a_coarser_zoom_stands_in_at_once(qtbot: QtBot, lanes: Lanes, reads: list[Place]) -> None:
    lanes.axis.show(0.0, 20.0)
    settled(qtbot, lanes)
    read_then = len(reads)
    lanes.axis.show(6.0, 8.0)
    row_of(lanes).strip.grab()
    assert told(lanes, 7.0) == pytest.approx(1000, abs=BIN_HZ)
    assert len(reads) == read_then
    settled(qtbot, lanes)
    assert len(reads) > read_then


@pytest.mark.expects_log
def test_a_recording_that_cannot_be_read_is_said_so_and_not_tried_on_and_on(
    qtbot: QtBot, lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[Place] = []

    def broken(cancelled: Callable[[], bool], path: Path, place: Place) -> Levels:
        tried.append(place)
        raise PlaybackError("The recording cannot be read, so it cannot be heard.")

    monkeypatch.setattr(module, "read", broken)
    lanes.axis.show(5.0, 9.0)
    row = row_of(lanes)
    row.strip.grab()
    qtbot.waitUntil(lambda: "cannot be read" in row.lane.instead(row.strip.view()), timeout=20_000)
    row.strip.grab()
    settled(qtbot, lanes)
    assert len(tried) == 1


@pytest.mark.expects_log
def test_a_part_that_cannot_be_read_costs_only_that_part(
    qtbot: QtBot, lanes: Lanes, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = module.read

    def damaged(cancelled: Callable[[], bool], path: Path, place: Place) -> Levels:
        if place.start_s >= 8.0:
            raise PlaybackError("The recording cannot be read any further.")
        return real(cancelled, path, place)

    monkeypatch.setattr(module, "read", damaged)
    lanes.axis.show(5.0, 11.0)
    settled(qtbot, lanes)
    assert told(lanes, 6.0) > 0
    assert told(lanes, 10.0) == 0
    assert row_of(lanes).lane.instead(row_of(lanes).strip.view()) == ""
    assert not row_of(lanes).strip.grab().isNull()
