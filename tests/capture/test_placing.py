from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.capture.recording import GAP_S
from illodesk.capture.sources.base import SAMPLE_RATE, Block
from illodesk.capture.sources.placing import Placer
from illodesk.capture.sources.ring import Chunk

PIECE = 320


def device(
    seconds: float,
    *,
    rate: int = SAMPLE_RATE,
    ppm: float = 0.0,
    jitter: float = 0.004,
    seed: int = 0,
    start: float = 0.3,
) -> list[Chunk]:
    """Chunks of 20 ms from a device whose clock is wrong by ``ppm``; each waits up to ``jitter`` s on its way."""
    random = np.random.default_rng(seed)
    piece = rate // 50
    count = int(seconds * 50)
    wait = random.uniform(0, jitter, count) * (random.uniform(size=count) > 0.3)
    ends = start + (np.arange(count) + 1) * piece / rate * (1 + ppm * 1e-6) + wait
    ramp = (np.arange(count * piece) % 20_000).astype(np.int16).reshape(count, piece)
    return [Chunk(float(end), ramp[i], 0) for i, end in enumerate(ends)]


def placed(chunks: list[Chunk], rate: int = SAMPLE_RATE, every: int = 3) -> list[Block]:
    placer = Placer(rate, 0.0)
    blocks = []
    for i in range(0, len(chunks), every):
        blocks += placer.place(chunks[i : i + every])
    return blocks + placer.place([], last=True)


def moves(blocks: list[Block]) -> Iterator[int]:
    """Samples between the end of a block and the beginning of the next."""
    end = None
    for block in blocks:
        begin = round(block.t * SAMPLE_RATE)
        if end is not None:
            yield begin - end
        end = begin + len(block.samples)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", lambda: 0.0)


def test_jitter_moves_nothing() -> None:
    blocks = placed(device(30.0))
    assert set(moves(blocks)) == {0}
    assert blocks[0].t == pytest.approx(0.3, abs=0.001)
    assert sum(len(block.samples) for block in blocks) == 30 * SAMPLE_RATE


@pytest.mark.parametrize("ppm", [-200.0, 200.0])
def test_drift_is_followed_by_a_few_samples_at_a_time(ppm: float) -> None:
    blocks = placed(device(120.0, ppm=ppm))
    end = blocks[-1].t + len(blocks[-1].samples) / SAMPLE_RATE
    assert end == pytest.approx(0.3 + 120.0 * (1 + ppm * 1e-6), abs=0.016)
    assert {abs(move) for move in moves(blocks)} == {0, 1}


def test_chunks_that_only_waited_are_not_moved() -> None:
    chunks = device(20.0)
    stalled = [
        chunk._replace(arrived=max(chunk.arrived, 12.0)) if 10 < chunk.arrived < 12 else chunk for chunk in chunks
    ]
    blocks = placed(stalled)
    assert set(moves(blocks)) == {0}


def test_chunks_that_come_early_now_and_then_move_nothing() -> None:
    """As from a sink's monitor: for seconds every fifth chunk is handed over 9 ms before it is heard."""
    chunks = device(60.0)
    early = [
        chunk._replace(arrived=chunk.arrived - 0.009) if i % 5 == 0 and 12 < chunk.arrived % 20 < 17 else chunk
        for i, chunk in enumerate(chunks)
    ]
    spoken = [chunk._replace(samples=chunk.samples * (i % 200 > 20)) for i, chunk in enumerate(early)]
    assert set(moves(placed(spoken))) == {0}


def test_a_way_that_becomes_longer_is_made_up_for_in_the_next_pause() -> None:
    chunks = [chunk._replace(arrived=chunk.arrived + 0.01 * (chunk.arrived > 12)) for chunk in device(40.0)]
    spoken = [chunk._replace(samples=chunk.samples * (i % 200 > 20)) for i, chunk in enumerate(chunks)]
    assert [move for move in moves(placed(spoken)) if move] == [pytest.approx(160, abs=20)]


def test_a_way_that_becomes_much_shorter_cuts_off_only_pauses() -> None:
    chunks = [chunk._replace(arrived=chunk.arrived - 0.08 * (chunk.arrived > 12)) for chunk in device(40.0)]
    spoken = [chunk._replace(samples=chunk.samples * (i % 200 > 20)) for i, chunk in enumerate(chunks)]
    blocks = placed(spoken)
    steps = [(block, move) for block, move in zip(blocks[1:], moves(blocks), strict=True) if move < -5]
    assert len(steps) >= 5
    assert min(move for _, move in steps) >= -GAP_S * SAMPLE_RATE
    assert all(not block.samples[:-move].any() for block, move in steps)
    end = blocks[-1].t + len(blocks[-1].samples) / SAMPLE_RATE
    assert end == pytest.approx(40.22, abs=0.016)


def test_what_was_never_delivered_becomes_a_gap_of_its_length() -> None:
    chunks = [chunk for chunk in device(20.0) if not 10.0 < chunk.arrived < 11.5]
    gaps = [move for move in moves(placed(chunks)) if move]
    assert gaps == [pytest.approx(1.5 * SAMPLE_RATE, abs=0.03 * SAMPLE_RATE)]


def test_an_idle_start_is_a_gap_too() -> None:
    """A null sink's monitor gives one old piece and then nothing for a second."""
    chunks = [chunk for chunk in device(5.0) if not 0.33 < chunk.arrived < 1.5]
    blocks = placed(chunks)
    assert sum(moves(blocks)) == pytest.approx(1.17 * SAMPLE_RATE, abs=0.03 * SAMPLE_RATE)


def test_lost_frames_leave_exactly_their_gap() -> None:
    chunks = device(10.0, jitter=0.0)
    kept = [*chunks[:200], chunks[203]._replace(lost_before=3 * PIECE), *chunks[204:]]
    assert sorted(move for move in moves(placed(kept)) if move) == [3 * PIECE]


@pytest.mark.parametrize("rate", [8_000, 44_100, 48_000])
def test_other_rates_are_resampled_in_place(rate: int) -> None:
    t = np.arange(rate * 4) / rate
    sound = np.round(8000 * np.sin(2 * np.pi * 440 * t)).astype(np.int16)
    piece = rate // 50
    chunks = [Chunk(1.0 + (i + piece) / rate, sound[i : i + piece], 0) for i in range(0, len(sound), piece)]
    blocks = placed(chunks, rate)
    heard = np.concatenate([block.samples for block in blocks]).astype(float)
    assert set(moves(blocks)) == {0}
    assert len(heard) == pytest.approx(4 * SAMPLE_RATE, abs=2)
    expected = 8000 * np.sin(2 * np.pi * 440 * np.arange(len(heard)) / SAMPLE_RATE)
    assert np.corrcoef(heard[800:-800], expected[800:-800])[0, 1] > 0.999


def test_sound_from_before_the_recording_is_cut() -> None:
    blocks = placed(device(2.0, start=-0.5, jitter=0.0))
    assert blocks[0].t == 0.0
    assert sum(len(block.samples) for block in blocks) == round(1.5 * SAMPLE_RATE)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=20), st.integers(0, 5))
@settings(max_examples=25)
def test_no_sample_is_lost_or_doubled(reads: list[int], seed: int) -> None:
    chunks = device(6.0, seed=seed, jitter=0.1)
    placer, blocks, at = Placer(SAMPLE_RATE, 0.0), [], 0
    for count in reads:
        blocks += placer.place(chunks[at : at + count])
        at += count
    blocks += placer.place(chunks[at:], last=True)
    np.testing.assert_array_equal(
        np.concatenate([block.samples for block in blocks]), np.concatenate([chunk.samples for chunk in chunks])
    )


def test_drift_is_made_up_for_in_a_pause_and_leaves_speech_as_it_was() -> None:
    """Twenty seconds of sound, a second of pause, and again: the count is moved in the pauses, at once."""
    spoken = np.random.default_rng(5).integers(-8000, 8000, 20 * SAMPLE_RATE).astype(np.int16)
    period = np.concatenate([spoken, np.zeros(SAMPLE_RATE, np.int16)])
    chunks = device(126.0, ppm=300.0)
    sound = np.resize(period, (len(chunks), PIECE))
    blocks = placed([chunk._replace(samples=piece) for chunk, piece in zip(chunks, sound, strict=True)])
    end = blocks[-1].t + len(blocks[-1].samples) / SAMPLE_RATE
    assert end == pytest.approx(0.3 + 126.0 * (1 + 300e-6), abs=0.016)
    steps = [(block.t - 0.3, move) for block, move in zip(blocks[1:], moves(blocks), strict=True) if move]
    assert len(steps) >= 3
    for t, move in steps:
        assert 20.1 <= t % 21.0 <= 21.0
        assert 0.004 * SAMPLE_RATE <= move < 0.02 * SAMPLE_RATE
