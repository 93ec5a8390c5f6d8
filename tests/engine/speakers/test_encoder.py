from __future__ import annotations

import hashlib
from itertools import pairwise

import numpy as np
import pytest

from illodesk import resource_path
from illodesk.demo import load_demo
from illodesk.engine.audio import FileReader
from illodesk.engine.speakers.encoder import SAMPLE_RATE, SpeakerEncoder, mean_voice


@pytest.fixture(scope="module")
def encoder() -> SpeakerEncoder:
    return SpeakerEncoder()


@pytest.fixture(scope="module")
def turns() -> dict[str, list[np.ndarray]]:
    """Pieces of three seconds of two speakers."""
    path, truth = load_demo()
    sound = np.concatenate(list(FileReader(path)))[:, 0]
    found: dict[str, list[np.ndarray]] = {}
    for turn in truth.turns:
        start = round(turn.t_start * SAMPLE_RATE)
        if turn.t_end - turn.t_start > 3:
            found.setdefault(turn.speaker, []).append(sound[start : start + 3 * SAMPLE_RATE])
    return {speaker: pieces[:3] for speaker, pieces in found.items()}


@pytest.fixture
def noise() -> np.ndarray:
    return np.random.default_rng(0).standard_normal(SAMPLE_RATE * 3).astype(np.float32) * np.float32(0.05)


def test_model_files_are_the_ones_that_were_built() -> None:
    folder = resource_path("models/ge2e")
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        checksum, name = line.split()
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == checksum


def test_one_voice_is_nearer_to_itself_than_to_another(encoder: SpeakerEncoder, turns: dict) -> None:
    voices = {speaker: [encoder.embed(piece) for piece in pieces] for speaker, pieces in turns.items()}
    first, second = voices.values()
    own = min(float(a @ b) for group in (first, second) for a, b in pairwise(group))
    across = max(float(a @ b) for a in first for b in second)
    assert own > across


def test_louder_copy_has_the_same_voice(encoder: SpeakerEncoder, noise: np.ndarray) -> None:
    quiet, loud = encoder.embed(noise * np.float32(0.01)), encoder.embed(noise * np.float32(10))
    np.testing.assert_allclose(quiet, loud, atol=1e-5)


def test_silence_around_changes_the_level_of_nothing(encoder: SpeakerEncoder, noise: np.ndarray) -> None:
    padded = np.concatenate([noise, np.zeros(SAMPLE_RATE * 3, np.float32)])
    np.testing.assert_allclose(encoder.windows(padded)[1][0], encoder.windows(noise)[1][0], atol=1e-4)


def test_windows_cover_the_sound(encoder: SpeakerEncoder, noise: np.ndarray) -> None:
    centres, embeddings = encoder.windows(noise)
    assert embeddings.shape == (len(centres), 256)
    assert centres[0] == pytest.approx(0.8)
    assert centres[-1] == pytest.approx(3 - 0.8, abs=0.02)
    assert np.diff(centres).max() <= 0.4 + 1e-9
    np.testing.assert_allclose(np.linalg.norm(embeddings, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("length", [0, 100, 6399])
def test_too_short_has_no_voice(encoder: SpeakerEncoder, noise: np.ndarray, length: int) -> None:
    centres, embeddings = encoder.windows(noise[:length])
    assert len(centres) == len(embeddings) == 0
    assert encoder.embed(noise[:length]) is None


def test_short_speech_has_one_window_in_its_middle(encoder: SpeakerEncoder, noise: np.ndarray) -> None:
    centres, embeddings = encoder.windows(noise[:9600])
    assert centres == pytest.approx([0.3])
    assert embeddings.shape == (1, 256)


def test_silence_has_no_voice(encoder: SpeakerEncoder) -> None:
    assert encoder.embed(np.zeros(SAMPLE_RATE * 2, np.float32)) is None


def test_same_sound_same_bits(noise: np.ndarray) -> None:
    assert np.array_equal(SpeakerEncoder().windows(noise)[1], SpeakerEncoder().windows(noise)[1])


def test_mean_voice_is_a_unit_vector_or_nothing() -> None:
    mean = mean_voice(np.eye(256, dtype=np.float32)[:2])
    assert mean is not None
    assert np.linalg.norm(mean) == pytest.approx(1)
    assert mean_voice(np.zeros((0, 256), np.float32)) is None
