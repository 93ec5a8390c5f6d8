"""Voice activity with carried state: the same bits for any slicing, and the library's own numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from illodesk.engine.speech.vad import FRAME, FrameLevels, VoiceActivity, silero_path


def sound(samples: int, seed: int = 1) -> NDArray[np.float32]:
    """Voiced-like bursts in noise: enough to move the network's state."""
    rng = np.random.default_rng(seed)
    t = np.arange(samples) / 16_000
    pulses = np.sin(2 * np.pi * 130 * t) + 0.6 * np.sin(2 * np.pi * 700 * t) * np.sin(2 * np.pi * 3 * t)
    return (0.2 * pulses * (np.sin(2 * np.pi * 0.8 * t) > 0) + 0.01 * rng.normal(size=samples)).astype(np.float32)


def probabilities(samples: NDArray[np.float32], cuts: list[int]) -> NDArray[np.float32]:
    activity = VoiceActivity()
    pieces = np.split(samples, sorted(cut % (len(samples) + 1) for cut in cuts))
    return np.concatenate([*(activity.feed(piece) for piece in pieces), activity.finish()])


def whole_file_call(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    from faster_whisper.vad import get_vad_model

    padded = np.pad(samples, (0, FRAME - len(samples) % FRAME))
    return np.ravel(get_vad_model()(padded))


def test_the_network_is_found() -> None:
    assert silero_path().name == "silero_vad_v6.onnx"


@settings(max_examples=10, deadline=None)
@given(cuts=st.lists(st.integers(0, 2**31), max_size=15))
def test_any_slicing_gives_the_same_bits(cuts: list[int]) -> None:
    samples = sound(20_001)
    assert np.array_equal(probabilities(samples, cuts), probabilities(samples, []))


def test_equal_to_the_library_on_a_whole_file() -> None:
    # The library zeroes the last 64 samples of the last frame; here they are padding anyway.
    samples = sound(48_000 + 60)
    ours = probabilities(samples, [7, 3000, 40_000])
    assert len(ours) == 94
    np.testing.assert_allclose(ours, whole_file_call(samples), atol=1e-6)


def test_no_speech_in_silence_and_hiss() -> None:
    rng = np.random.default_rng(3)
    assert probabilities(np.zeros(32_000, np.float32), []).max() < 0.3
    assert probabilities((0.01 * rng.normal(size=32_000)).astype(np.float32), []).max() < 0.5


def test_nothing_fed_gives_nothing() -> None:
    activity = VoiceActivity()
    assert activity.feed(np.zeros(0, np.float32)).shape == (0,)
    assert activity.finish().shape == (0,)


def test_levels_are_those_of_the_same_frames() -> None:
    samples = np.concatenate([np.full(FRAME, 1.0), np.zeros(FRAME), np.full(100, 0.1)]).astype(np.float32)
    levels = FrameLevels()
    got = np.concatenate([levels.feed(samples[:700]), levels.feed(samples[700:]), levels.finish()])
    np.testing.assert_allclose(got, [0.0, -120.0, -20.0], atol=1e-4)
