"""Sentence embeddings: all-MiniLM-L6-v2 (Apache-2.0) as an int8 ONNX graph that ships with the package."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from illodesk import resource_path
from illodesk.engine.onnx_session import open_network
from illodesk.schema import ModelUse

DIMENSIONS = 384
LAYER_5 = "/model/encoder/layer.4/output/LayerNorm/LayerNormalization_output_0"
"""Graph output with what leaves the fifth of the six layers."""
MAX_TOKENS = 128
"""Word pieces that are read; the model was trained on sequences no longer than this."""


class SentenceEncoder:
    """Texts to unit vectors whose dot product is their likeness in meaning (English; about 4 ms each).

    The graph is loaded at the first use and then kept. Texts go through it one by one: dynamic quantisation takes its
    ranges from the whole batch, so that in a batch the vector of a sentence would depend on its neighbours.
    """

    info = ModelUse(stage="sentences", name="all-MiniLM-L6-v2", version="int8", licence="Apache-2.0")

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return float32[n, 384]; the row of a text without a letter or digit is zero."""
        vectors = np.zeros((len(texts), DIMENSIONS), np.float32)
        for row, text in enumerate(texts):
            if any(character.isalnum() for character in text):
                vectors[row] = self._vector(text)
        return vectors

    def layer_5(self, text: str) -> NDArray[np.float32]:
        """Return what leaves the fifth layer, float32[tokens, 384], for heads that go on from there."""
        return self._run(text, LAYER_5)

    def _vector(self, text: str) -> NDArray[np.float32]:
        mean: NDArray[np.float32] = self._run(text, "last_hidden_state").mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))

    def _run(self, text: str, output: str) -> NDArray[np.float32]:
        ids = np.array([self._tokenizer.encode(text).ids], np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        hidden: NDArray[np.float32] = self._session.run([output], inputs)[0][0]
        return hidden

    @cached_property
    def _tokenizer(self) -> Any:
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(resource_path("models/minilm/tokenizer.json")))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        return tokenizer

    @cached_property
    def _session(self) -> Any:
        return open_network(resource_path("models/minilm/model.int8.onnx"))
