"""Playing with an output whose clock the test moves, on recordings whose every instant is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from illodesk.playback import RATE, Block, Player, Pull, Recording, Samples

LENGTH_S = 6.0
FILE_RATE = 16_000


def wait(condition: Callable[[], bool], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.002)


class FakeOutput:
    """Takes a block when told to; it is heard 80 ms later."""

    name, audible = "fake", True
    latency_s = 0.08

    def __init__(self) -> None:
        self.time = 100.0
        self.pull: Pull | None = None
        self.played: list[Samples] = []

    def start(self, pull: Pull) -> None:
        self.pull = pull

    def stop(self) -> None:
        self.pull = None

    def now(self) -> float:
        return self.time

    def run(self, player: Player, seconds: float, step_s: float = 0.02) -> None:
        """Let time pass; before each block what is to be played is there."""
        for _ in range(round(seconds / step_s)):
            wait(lambda: not player.playing or player._at_end() or player._decoded_s >= step_s)
            out = np.zeros((round(step_s * RATE), 2), np.float32)
            if self.pull is not None:
                self.pull(out, self.time + self.latency_s)
            self.played.append(out)
            self.time += step_s


def ramp_path(folder: Path, channels: int = 1) -> Path:
    """A recording whose samples say when they are: a slow ramp from 0 to 0.9 over its whole length."""
    path = folder / "ramp.wav"
    ramp = np.linspace(0, 0.9, round(LENGTH_S * FILE_RATE), endpoint=False, dtype=np.float32)
    soundfile.write(path, np.stack([ramp] * channels, axis=1), FILE_RATE, subtype="FLOAT")
    return path


def second_of(sample: float) -> float:
    return sample / 0.9 * LENGTH_S


@pytest.fixture
def output() -> FakeOutput:
    return FakeOutput()


@pytest.fixture
def player(tmp_path: Path, output: FakeOutput) -> Iterator[Player]:
    player = Player(ramp_path(tmp_path), LENGTH_S, output)
    yield player
    player.close()


def start(player: Player, output: FakeOutput) -> None:
    player.play()
    wait(lambda: output.pull is not None)


def test_what_is_heard_after_a_seek_is_what_lies_there(player: Player, output: FakeOutput) -> None:
    start(player, output)
    for wanted in (3.217, 0.5, 5.4, 2.0):
        player.seek(wanted)
        assert player.position() == pytest.approx(wanted, abs=1e-6)
        output.played.clear()
        output.run(player, 0.1)
        heard = np.concatenate(output.played)[:, 0]
        # The resampler rounds the first samples; from 5 ms on the ramp says exactly where it is.
        assert second_of(heard[240]) == pytest.approx(wanted + 0.005, abs=0.002)


def test_the_position_is_what_is_heard_now_by_the_outputs_clock(player: Player, output: FakeOutput) -> None:
    player.seek(1.0)
    start(player, output)
    output.run(player, 0.06)
    assert player.position() == pytest.approx(1.0, abs=0.001), "the first block is heard only after the latency"
    output.run(player, 1.0)
    assert player.position() == pytest.approx(1.0 + 1.06 - output.latency_s, abs=0.001)
    output.time += 0.013  # between two blocks it moves on with the clock
    assert player.position() == pytest.approx(1.0 + 1.073 - output.latency_s, abs=0.001)


def test_pausing_stays_where_it_was_heard_and_goes_on_from_there(player: Player, output: FakeOutput) -> None:
    player.seek(2.0)
    start(player, output)
    output.run(player, 0.5)
    at = player.position()
    player.pause()
    wait(lambda: output.pull is None)
    output.time += 10
    assert player.position() == at
    output.played.clear()
    start(player, output)
    output.run(player, 0.1)
    assert second_of(np.concatenate(output.played)[240, 0]) == pytest.approx(at + 0.005, abs=0.002)


@pytest.mark.parametrize("speed", [0.5, 1.5, 2.0])
def test_speed_moves_the_position_and_keeps_the_pitch(tmp_path: Path, speed: float, output: FakeOutput) -> None:
    path = tmp_path / "tone.wav"
    times = np.arange(round(LENGTH_S * FILE_RATE)) / FILE_RATE
    soundfile.write(path, 0.5 * np.sin(2 * np.pi * 440 * times), FILE_RATE)
    player = Player(path, LENGTH_S, output)
    try:
        player.set_speed(speed)
        start(player, output)
        output.run(player, 1.0)
        assert player.position() == pytest.approx((1.0 - output.latency_s) * speed, abs=0.02)
        heard = np.concatenate(output.played)[RATE // 4 : 3 * RATE // 4, 0]
        spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
        assert np.argmax(spectrum) * RATE / len(heard) == pytest.approx(440, abs=6)
    finally:
        player.close()


def test_a_loop_begins_again_without_a_gap(player: Player, output: FakeOutput) -> None:
    player.set_loop((2.0, 2.3))
    start(player, output)
    output.run(player, 1.5)
    heard = second_of(1.0) * np.concatenate(output.played)[:, 0]
    inside = heard[480:]
    assert inside.min() > 1.9 and inside.max() < 2.4
    assert int((np.diff(inside) < -0.2).sum()) == 4
    assert 2.0 <= player.position() <= 2.3
    player.seek(4.0)
    assert player.loop is None


def test_it_stops_at_the_end_and_begins_anew(player: Player, output: FakeOutput) -> None:
    player.seek(LENGTH_S - 0.1)
    start(player, output)
    output.run(player, 0.4)
    wait(lambda: not player.playing)
    assert player.position() == pytest.approx(LENGTH_S)
    wait(lambda: output.pull is None)
    start(player, output)
    output.run(player, 0.2)
    assert player.position() == pytest.approx(0.2 - output.latency_s, abs=0.005)


def test_the_volume_is_of_each_channel_and_one_alone_is_heard_in_both_ears(tmp_path: Path, output: FakeOutput) -> None:
    path = tmp_path / "two.wav"
    quiet, loud = np.full(FILE_RATE * 2, 0.2, np.float32), np.full(FILE_RATE * 2, 0.6, np.float32)
    soundfile.write(path, np.stack([quiet, loud], axis=1), FILE_RATE, subtype="FLOAT")
    player = Player(path, 2.0, output)
    try:
        wait(lambda: player.channels == 2)
        start(player, output)
        output.run(player, 0.2)
        assert output.played[-1][-1] == pytest.approx([0.2, 0.6], abs=0.01)
        assert player.levels() == pytest.approx([0.2, 0.6], abs=0.02)
        player.set_gain(1, 0.0)
        output.run(player, 0.1)
        assert output.played[-1][-1] == pytest.approx([0.2, 0.2], abs=0.01)
    finally:
        player.close()


def test_a_recording_that_cannot_be_read_says_so_and_the_playhead_moves(tmp_path: Path, output: FakeOutput) -> None:
    path = tmp_path / "broken.wav"
    path.write_bytes(b"RIFFnothing")
    player = Player(path, 3.0, output)
    try:
        player.seek(1.0)
        start(player, output)
        output.run(player, 0.5)
        assert "cannot be read" in player.error
        assert player.position() == pytest.approx(1.0 + 0.5 - output.latency_s, abs=0.001)
    finally:
        player.close()


@pytest.mark.parametrize("suffix", [".mp3", ".flac", ".ogg"])
def test_seeking_in_a_compressed_file_hits_what_decoding_it_whole_finds(tmp_path: Path, suffix: str) -> None:
    noise = np.random.default_rng(4).normal(0, 0.1, FILE_RATE * 8).astype(np.float32)
    path = tmp_path / f"noise{suffix}"
    soundfile.write(path, noise, FILE_RATE)
    recording = Recording(path)
    whole = np.concatenate([found.samples for found in recording.blocks(0.0, 1.0) if found.samples is not None])[:, 0]
    for wanted in (0.3, 2.5, 6.123):
        parts: list[Block] = []
        for block in recording.blocks(wanted, 1.0):
            parts.append(block)
            if len(parts) > 20:
                break
        part = np.concatenate([found.samples for found in parts if found.samples is not None])[:9600, 0]
        begin = round((wanted - 0.05) * RATE)
        around = whole[begin : begin + len(part) + round(0.1 * RATE)]
        lag = int(np.argmax(np.correlate(around, part, "valid"))) / RATE - 0.05
        assert abs(lag) < 0.005
    recording.close()
