"""The sentence encoder that ships with the package."""

from __future__ import annotations

import numpy as np
import pytest

from illodesk.engine.sentences import DIMENSIONS, SentenceEncoder


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def test_vectors_are_unit_length(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode(["How do I get a refund?", "The weather was lovely in the mountains."])
    assert vectors.shape == (2, DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_meaning_beats_wording(encoder: SentenceEncoder) -> None:
    refund, money, weather = encoder.encode(
        ["I would like a refund.", "Please give me my money back.", "The weather was lovely in the mountains."]
    )
    assert refund @ money > refund @ weather + 0.2


def test_vector_does_not_depend_on_neighbours(encoder: SentenceEncoder) -> None:
    text = "We can sign on Friday."
    alone = encoder.encode([text])[0]
    among = encoder.encode(["Hello!", text, "a much longer sentence that goes on and on about nothing at all"])[1]
    assert alone.tobytes() == among.tobytes()


def test_nothing_said_has_no_direction(encoder: SentenceEncoder) -> None:
    assert encoder.encode([]).shape == (0, DIMENSIONS)
    assert not encoder.encode(["", " ... "]).any()


def test_long_text_is_cut(encoder: SentenceEncoder) -> None:
    vector = encoder.encode(["word " * 1000])[0]
    assert np.linalg.norm(vector) == pytest.approx(1.0, abs=1e-5)
