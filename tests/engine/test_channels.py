"""How channels map to speakers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from illodesk.engine.channels import ChannelLayout

RATE = 16_000


def voice(seconds: float, seed: int, turns: tuple[tuple[float, float], ...] = ((0.0, 99.0),)) -> NDArray[np.float32]:
    """Noise shaped like syllables at -20 dBFS inside the turns, a quiet room outside."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * RATE)) / RATE
    speaking = np.zeros(len(t))
    for start, end in turns:
        speaking[(t >= start) & (t < end)] = 1.0
    syllables = 0.2 * np.abs(np.sin(2 * np.pi * (3 + seed % 3) * t))
    return (rng.normal(size=len(t)) * (0.001 + syllables * speaking)).astype(np.float32).clip(-1, 1)


def call(seconds: float = 12.0) -> NDArray[np.float32]:
    agent = voice(seconds, 1, ((0, 2), (4, 6), (8, 10)))
    caller = voice(seconds, 2, ((2, 4), (6, 8), (10, 12)))
    return np.stack([agent, caller], axis=1)


def run(
    sound: NDArray[np.float32], cuts: tuple[int, ...] = (), mode: str = "auto"
) -> tuple[str, NDArray[np.float32], list[int]]:
    """Layout, total output, and how many samples were out after each block."""
    layout = ChannelLayout(mode)  # type: ignore[arg-type]
    out, progress = [], []
    for piece in np.split(sound, sorted(cut % (len(sound) + 1) for cut in cuts)):
        if (block := layout.feed(piece)) is not None:
            out.append(block)
        progress.append(sum(map(len, out)))
    if (block := layout.finish()) is not None:
        out.append(block)
    return layout.layout, np.concatenate(out), progress


def test_one_channel_passes_at_once() -> None:
    sound = voice(1, 3)[:, None]
    layout, out, progress = run(sound, (100,))
    assert (layout, progress) == ("mono", [100, len(sound)])
    assert np.array_equal(out, sound)


def test_two_parties_stay_separate() -> None:
    layout, out, _ = run(call())
    assert layout == "separate"
    assert np.array_equal(out, call())


def test_two_parties_with_crosstalk_stay_separate() -> None:
    sound = call()
    leaked = sound + 0.05 * np.roll(sound[:, ::-1], 40, axis=0)
    assert run(leaked.astype(np.float32))[0] == "separate"


def test_a_silent_leg_stays_separate() -> None:
    one = voice(8, 1)
    assert run(np.stack([one, np.zeros_like(one)], axis=1))[0] == "separate"
    assert run(np.stack([0.001 * voice(8, 5), one], axis=1).astype(np.float32))[0] == "separate"


def test_mono_written_twice_is_mixed() -> None:
    one = voice(8, 1)
    layout, out, _ = run(np.stack([one, one], axis=1))
    assert layout == "mixed"
    np.testing.assert_allclose(out[:, 0], one, atol=1e-6)


def test_a_stereo_microphone_is_mixed() -> None:
    one, room = voice(8, 1, ((0, 2), (3, 5), (6, 8))), np.random.default_rng(9)
    left = one + 0.01 * room.normal(size=len(one))
    right = 0.7 * np.roll(one, 9) + 0.01 * room.normal(size=len(one))
    assert run(np.stack([left, right], axis=1).astype(np.float32))[0] == "mixed"


def test_crossed_wires_do_not_cancel() -> None:
    one = voice(8, 1)
    layout, out, _ = run(np.stack([one, -one], axis=1))
    assert layout == "mixed"
    assert np.sqrt(np.mean(out**2)) > 0.05


def test_silence_is_mixed() -> None:
    layout, out, _ = run(np.zeros((3 * RATE, 2), np.float32))
    assert (layout, out.shape) == ("mixed", (3 * RATE, 1))


def test_many_channels() -> None:
    turns = [((k, k + 1.0), (k + 4, k + 5.0)) for k in range(4)]
    headsets = np.stack([voice(8, k, turns[k]) for k in range(4)], axis=1)
    assert run(headsets)[0] == "separate"
    film = np.stack([voice(8, 1)] * 6, axis=1) * np.array([0.5, 0.5, 1.0, 0.0, 0.1, 0.1], np.float32)
    layout, out, _ = run(film)
    assert (layout, out.shape[1]) == ("mixed", 1)


@pytest.mark.parametrize(("mode", "layout", "channels"), [("separate", "separate", 2), ("mix", "mixed", 1)])
def test_the_user_decides(mode: str, layout: str, channels: int) -> None:
    got, out, progress = run(call(1.0), (500,), mode)
    assert (got, out.shape) == (layout, (RATE, channels))
    assert progress == [500, RATE]
    if mode == "mix":
        np.testing.assert_allclose(out[:, 0], call(1.0).mean(axis=1), atol=1e-7)


def test_decides_after_five_active_seconds_not_before() -> None:
    late = np.concatenate([np.zeros((7 * RATE, 2), np.float32), call()])
    _, _, progress = run(late, tuple(range(RATE // 2, len(late), RATE // 2)))
    first_out = next(index for index, done in enumerate(progress) if done) / 2
    assert 11.5 <= first_out <= 12.5


def test_does_not_wait_for_ever() -> None:
    sound = np.zeros((70 * RATE, 2), np.float32)
    _, _, progress = run(sound, tuple(range(RATE, len(sound), RATE)))
    assert next(index for index, done in enumerate(progress) if done) == 59


@settings(max_examples=15, deadline=None)
@given(cuts=st.lists(st.integers(0, 2**31), max_size=20), kind=st.sampled_from(["call", "stereo", "silence"]))
def test_any_slicing_gives_the_same_bits(cuts: list[int], kind: str) -> None:
    sound = call(7.0)
    if kind == "stereo":
        sound = np.stack([sound[:, 0], 0.3 * sound[:, 0]], axis=1)
    elif kind == "silence":
        sound = np.zeros_like(sound)
    layout, out, _ = run(sound, tuple(cuts))
    expected_layout, expected, _ = run(sound)
    assert layout == expected_layout
    assert np.array_equal(out, expected)
