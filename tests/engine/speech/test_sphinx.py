"""The built-in recogniser: stateless, honest about silence and noise. Its voice is in tests/real."""

from __future__ import annotations

import shutil
import subprocess

import numpy as np
import pytest
from numpy.typing import NDArray

from illodesk.engine.audio import FileReader
from illodesk.engine.speech.confidence import RawWord, level_span_db, word_confidences
from illodesk.engine.speech.recogniser import load_recogniser
from illodesk.engine.speech.sphinx import SphinxRecogniser

SENTENCE = "what can you do for your country"


@pytest.fixture(scope="module")
def recogniser() -> SphinxRecogniser:
    return SphinxRecogniser()


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> NDArray[np.float32]:
    if shutil.which("flite") is None:
        pytest.skip("flite, which speaks the test sentence, is not installed")
    path = tmp_path_factory.mktemp("voice") / "a.wav"
    subprocess.run(["flite", "-voice", "slt", "-t", SENTENCE, "-o", str(path)], check=True)
    return np.concatenate(list(FileReader(path)))[:, 0]


def noise(seconds: float, level: float, seed: int) -> NDArray[np.float32]:
    return (level * np.random.default_rng(seed).normal(size=round(seconds * 16_000))).astype(np.float32)


def test_says_what_it_is(recogniser: SphinxRecogniser) -> None:
    info = recogniser.info
    assert (info.stage, info.quality, info.licence) == ("speech to text", "draft quality", "BSD-2-Clause")


@pytest.mark.parametrize("language", ["en", "en-GB", "EN_us"])
def test_english_is_loaded(language: str) -> None:
    assert isinstance(load_recogniser(language), SphinxRecogniser)


@pytest.mark.parametrize("language", ["de", "fr-CA", "zh", ""])
def test_other_languages_have_none(language: str) -> None:
    assert load_recogniser(language) is None


@pytest.mark.parametrize(
    "audio",
    [
        np.zeros(0, np.float32),
        np.zeros(16_000, np.float32),
        np.full(8_000, 0.3, np.float32),
        noise(0.05, 0.1, 1),
        noise(1.0, 1e-5, 2),
        noise(1.5, 0.1, 3),
    ],
    ids=["nothing", "digital silence", "constant", "too short", "converter noise", "white noise"],
)
def test_no_words_without_speech(recogniser: SphinxRecogniser, audio: NDArray[np.float32]) -> None:
    result = recogniser.recognise(audio)
    assert (result.text, result.words, result.confidence, result.language) == ("", [], 0.0, "en")


def test_words_with_times_inside_the_sound(recogniser: SphinxRecogniser, spoken: NDArray[np.float32]) -> None:
    padded = np.concatenate([np.zeros(8_000, np.float32), spoken, np.zeros(4_000, np.float32)])
    result = recogniser.recognise(padded)
    assert len(set(result.text.split()) & set(SENTENCE.split())) >= 5
    assert result.text == " ".join(word.text for word in result.words)
    assert 0.0 < result.confidence < 1.0
    assert len({word.confidence for word in result.words}) > 1
    ends = 0.0
    for word in result.words:
        assert 0.3 < word.t_start < word.t_end <= len(padded) / 16_000
        assert word.t_start >= ends - 0.011
        assert word.t_end - word.t_start <= 1.2
        assert word.text.strip("abcdefghijklmnopqrstuvwxyzI'") == ""
        ends = word.t_end


def test_level_does_not_matter_much(recogniser: SphinxRecogniser, spoken: NDArray[np.float32]) -> None:
    loud, quiet = recogniser.recognise(spoken), recogniser.recognise(0.02 * spoken)
    assert len(set(loud.text.split()) & set(quiet.text.split())) >= 5


def test_a_result_never_depends_on_earlier_utterances(
    recogniser: SphinxRecogniser, spoken: NDArray[np.float32]
) -> None:
    third = len(spoken) // 3
    pieces = [spoken, spoken[: 2 * third] * 0.1, noise(0.5, 0.05, 4), spoken[third:]]
    forward = [recogniser.recognise(piece) for piece in pieces]
    backward = [recogniser.recognise(piece) for piece in reversed(pieces)][::-1]
    assert forward == backward
    assert SphinxRecogniser().recognise(pieces[0]) == forward[0]


def test_the_quick_one_hears_the_same_kind_of_thing(spoken: NDArray[np.float32]) -> None:
    quick = load_recogniser("en", quick=True)
    assert quick is not None
    assert len(set(quick.recognise(spoken).text.split()) & set(SENTENCE.split())) >= 3


def raw(posterior: float, frames: int = 30, per_frame: float = -1.0, phones: int = 4) -> RawWord:
    return RawWord("word", 0, frames - 1, posterior, float(np.exp(per_frame * frames)), 3, phones)


def test_confidence_follows_the_evidence() -> None:
    assert word_confidences([], 30.0).shape == (0,)
    sure, unsure = word_confidences([raw(0.99), raw(0.01)], 30.0)
    assert 0.0 < unsure < sure < 1.0
    assert word_confidences([raw(0.9)] * 3, 35.0)[1] > word_confidences([raw(0.1), raw(0.9), raw(0.1)], 35.0)[1]
    extreme = word_confidences([raw(1.0, 400, -3.0), raw(0.0, 1, -0.0)], 0.0)
    assert np.isfinite(extreme).all()


def test_level_span() -> None:
    half = np.concatenate([noise(1, 0.1, 5), noise(1, 0.001, 6)])
    assert level_span_db(half) == pytest.approx(40.0, abs=1.0)
    assert level_span_db(np.zeros(10, np.float32)) == 0.0
