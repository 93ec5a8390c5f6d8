"""How every small ONNX network of the pipeline is opened: on the CPU, on one thread, without warnings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def open_network(path: Path) -> InferenceSession:
    """The network of ``path``. One thread: it is the same on every machine, and the worker shares its cores fairly."""
    import onnxruntime  # with the first sound or text, not with the program

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
