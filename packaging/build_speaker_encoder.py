"""Build the speaker encoder that ships in ``illodesk/resources/models/ge2e`` from Resemblyzer's published weights.

The weights lie in the wheel of Resemblyzer 0.1.4 (Apache-2.0). They are written as an ONNX graph without tracing: three
LSTM layers of 256, a linear layer of 256, ReLU and L2 normalisation (Wan et al. 2018, "Generalized end-to-end loss for
speaker verification"). The mel filter bank is stored beside it as a matrix, so that the product needs no librosa.

Wants, in an environment of its own: torch, onnx, onnxruntime, librosa, numpy.

    pip download resemblyzer==0.1.4 --no-deps
    python packaging/build_speaker_encoder.py Resemblyzer-0.1.4-py3-none-any.whl
"""

from __future__ import annotations

import argparse
import hashlib
import io
import zipfile
from pathlib import Path

import librosa
import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper

WHEEL_SHA256 = "8f12eb2f1a9982d32e8db7856de754709b59c93a77bcf0ff536584b619a9dd1f"
WEIGHTS_SHA256 = "39373b86598fa3da9fcddee6142382efe09777e8d37dc9c0561f41f0070f134e"
HIDDEN, LAYERS, MELS, EMBEDDING = 256, 3, 40, 256
SAMPLE_RATE, FFT = 16_000, 400
RESOURCES = Path(__file__).parents[1] / "illodesk" / "resources" / "models" / "ge2e"


def sha256(data: bytes) -> str:
    """Hexadecimal checksum."""
    return hashlib.sha256(data).hexdigest()


def read_weights(wheel: Path) -> tuple[dict[str, np.ndarray], bytes]:
    """Weights by name, and the licence text; refuses a wheel that is not the published one."""
    if sha256(wheel.read_bytes()) != WHEEL_SHA256:
        raise SystemExit(f"{wheel} is not the published wheel of Resemblyzer 0.1.4")
    with zipfile.ZipFile(wheel) as archive:
        checkpoint = archive.read("resemblyzer/pretrained.pt")
        licence = archive.read("Resemblyzer-0.1.4.dist-info/LICENSE")
    if sha256(checkpoint) != WEIGHTS_SHA256:
        raise SystemExit("pretrained.pt is not the published one")
    state = torch.load(io.BytesIO(checkpoint), map_location="cpu", weights_only=True)["model_state"]
    return {name: tensor.numpy() for name, tensor in state.items()}, licence


def onnx_gates(matrix: np.ndarray) -> np.ndarray:
    """Reorder the gate blocks from torch's (input, forget, cell, output) to ONNX's (input, output, forget, cell)."""
    i, f, c, o = np.split(matrix, 4)
    return np.concatenate([i, o, f, c])[None]


def build_graph(weights: dict[str, np.ndarray]) -> onnx.ModelProto:
    """``mels [windows, frames, 40]`` to ``embeddings [windows, 256]``, unit length, no negative entry."""
    constants: dict[str, np.ndarray] = {"floor": np.array(1e-12, np.float32), "zero": np.array(0, np.int64)}
    nodes = [helper.make_node("Transpose", ["mels"], ["x0"], perm=[1, 0, 2])]
    for layer in range(LAYERS):
        w, r, bias_w, bias_r = (
            weights[f"lstm.{part}_l{layer}"] for part in ("weight_ih", "weight_hh", "bias_ih", "bias_hh")
        )
        constants |= {
            f"w{layer}": onnx_gates(w),
            f"r{layer}": onnx_gates(r),
            f"b{layer}": np.concatenate([onnx_gates(bias_w), onnx_gates(bias_r)], axis=1),
        }
        last = layer == LAYERS - 1
        inputs = [f"x{layer}", f"w{layer}", f"r{layer}", f"b{layer}"]
        outputs = ["", "hidden"] if last else [f"y{layer}"]
        nodes.append(helper.make_node("LSTM", inputs, outputs, hidden_size=HIDDEN))
        if not last:
            constants["direction"] = np.array([1], np.int64)
            nodes.append(helper.make_node("Squeeze", [f"y{layer}", "direction"], [f"x{layer + 1}"]))
    constants |= {"linear": weights["linear.weight"].T.copy(), "linear_bias": weights["linear.bias"]}
    constants["embedding_axis"] = np.array([1], np.int64)
    nodes += [
        helper.make_node("Gather", ["hidden", "zero"], ["state"], axis=0),
        helper.make_node("Gemm", ["state", "linear", "linear_bias"], ["projected"]),
        helper.make_node("Relu", ["projected"], ["positive"]),
        helper.make_node("ReduceL2", ["positive", "embedding_axis"], ["length"], keepdims=1),
        helper.make_node("Max", ["length", "floor"], ["safe_length"]),
        helper.make_node("Div", ["positive", "safe_length"], ["embeddings"]),
    ]
    graph = helper.make_graph(
        nodes,
        "ge2e",
        [helper.make_tensor_value_info("mels", TensorProto.FLOAT, ["windows", "frames", MELS])],
        [helper.make_tensor_value_info("embeddings", TensorProto.FLOAT, ["windows", EMBEDDING])],
        [numpy_helper.from_array(np.array(value, order="C"), name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 18)], producer_name="illodesk")
    model.ir_version = 9
    onnx.checker.check_model(model, full_check=True)
    return model


def torch_embeddings(weights: dict[str, np.ndarray], mels: np.ndarray) -> np.ndarray:
    """What the original network gives, for comparison."""
    lstm = torch.nn.LSTM(MELS, HIDDEN, LAYERS, batch_first=True)
    lstm.load_state_dict({k[len("lstm.") :]: torch.tensor(v) for k, v in weights.items() if k.startswith("lstm.")})
    with torch.no_grad():
        _, (hidden, _) = lstm(torch.from_numpy(mels))
        raw = torch.relu(hidden[-1] @ torch.tensor(weights["linear.weight"]).T + torch.tensor(weights["linear.bias"]))
        return (raw / raw.norm(dim=1, keepdim=True)).numpy()


def lowest_cosine(model: onnx.ModelProto, weights: dict[str, np.ndarray], mel: np.ndarray) -> float:
    """Lowest cosine between the graph and the original over seeded sounds, from faint to loud."""
    rng = np.random.default_rng(0)
    sounds = rng.standard_normal((32, 160, FFT)) * np.geomspace(1e-3, 0.3, 32)[:, None, None]
    tones = np.sin(2 * np.pi * np.arange(FFT) / SAMPLE_RATE * rng.uniform(80, 3000, (32, 160, 1))) * 0.1
    power = np.abs(np.fft.rfft((sounds + tones) * np.hanning(FFT + 1)[:-1])) ** 2
    mels = (power @ mel.T).astype(np.float32)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    ours = session.run(None, {"mels": mels})[0]
    return float((ours * torch_embeddings(weights, mels)).sum(axis=1).min())


def main() -> None:
    """Build, check, and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=RESOURCES)
    arguments = parser.parse_args()
    weights, licence = read_weights(arguments.wheel)
    model = build_graph(weights)
    mel = librosa.filters.mel(sr=SAMPLE_RATE, n_fft=FFT, n_mels=MELS).astype(np.float32)
    cosine = lowest_cosine(model, weights, mel)
    print(f"lowest cosine to the original network: {cosine:.7f}")
    if cosine < 0.99999:
        raise SystemExit("the graph differs from the original network")
    arguments.out.mkdir(parents=True, exist_ok=True)
    onnx.save(model, arguments.out / "encoder.onnx")
    np.save(arguments.out / "mel.npy", mel)
    (arguments.out / "LICENSE").write_bytes(licence)
    names = ("encoder.onnx", "mel.npy")
    (arguments.out / "SHA256SUMS").write_text(
        "".join(f"{sha256((arguments.out / n).read_bytes())}  {n}\n" for n in names)
    )


if __name__ == "__main__":
    main()
