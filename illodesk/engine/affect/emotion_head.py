"""The text emotion head: n-grams and a tuned sentence-encoder layer, mixed and calibrated.

Both were trained on GoEmotions by ``train_text_emotion.py`` and ``train_emotion_branch.py`` in ``packaging``; the card
in ``resources/models/text_emotion`` has the figures. Log-probabilities of the two are averaged with a weight and
divided by a temperature, both chosen on held-out training comments. What the classes mean in talk is read from the
28 fine labels by a linear layer that was fitted to lines of talk of our own: "where are you going?" is curious, and in
talk that is neutral.
"""

from __future__ import annotations

import json
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from illodesk import resource_path
from illodesk.engine.affect.ngram_head import NgramTable, speech_form
from illodesk.engine.onnx_session import open_network
from illodesk.engine.sentences import SentenceEncoder
from illodesk.schema import ModelUse


class HeadAnswer(NamedTuple):
    """``emotion`` and ``talk``: seven probabilities as of a written comment and as of talk, float64[7] each, sum 1.

    ``fine``: each of 28 labels to its own probability.
    """

    emotion: NDArray[np.float64]
    talk: NDArray[np.float64]
    fine: dict[str, float]


class EmotionHead:
    """Seven classes and 28 fine labels of one English text; files are loaded at the first use."""

    info = ModelUse(stage="text emotion", name="IlloDesk text emotion", version="2", licence="Apache-2.0")

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder

    def read(self, text: str) -> HeadAnswer | None:
        """Read a text; None where nothing is left of it in speech form, e.g. for digits alone."""
        spoken = speech_form(text)
        if not spoken.strip("?! "):
            return None
        by_ngrams, by_branch, fine_logits = self.parts(spoken)
        settings = self._settings
        mixed = (1.0 - settings["mix"]) * by_ngrams + settings["mix"] * by_branch
        emotion = np.exp(_log_softmax(mixed / settings["temperature"]))
        fine = 1.0 / (1.0 + np.exp(-(settings["fine_scale"] * fine_logits + settings["fine_shift"])))
        talk = np.exp(_log_softmax(np.array(settings["talk_weights"]) @ fine_logits + np.array(settings["talk_bias"])))
        return HeadAnswer(emotion, talk, dict(zip(settings["fine_labels"], fine.tolist(), strict=True)))

    def parts(self, spoken: str) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return log-probabilities by n-grams and by the branch, float64[7] each, and 28 logits of the fine labels."""
        by_ngrams = _log_softmax(self._ngrams.scores(spoken).astype(np.float64) + np.array(self._settings["bias"]))
        emotion, fine = self._branch.run(["emotion", "fine"], {"hidden": self._encoder.layer_5(spoken)[None]})
        return by_ngrams, emotion[0].astype(np.float64), fine[0].astype(np.float64)

    @property
    def thresholds(self) -> NDArray[np.float64]:
        """Probability from which a class counts as present, float64[7]; chosen on held-out training comments."""
        return np.array(self._settings["thresholds"])

    @cached_property
    def _settings(self) -> dict[str, Any]:
        loaded: dict[str, Any] = json.loads(resource_path("models/text_emotion/head.json").read_text("utf-8"))
        return loaded

    @cached_property
    def _ngrams(self) -> NgramTable:
        return NgramTable(resource_path("models/text_emotion/ngrams.npz"))

    @cached_property
    def _branch(self) -> Any:
        return open_network(resource_path("models/text_emotion/branch.int8.onnx"))


def _log_softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    shifted = scores - scores.max()
    result: NDArray[np.float64] = shifted - np.log(np.sum(np.exp(shifted)))
    return result
