"""Read GoEmotions (Apache-2.0) as the training scripts need it."""

from __future__ import annotations

import hashlib
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np


class Part(NamedTuple):
    """Texts and multi-hot labels: ``ekman`` float32[n, 7], ``fine`` float32[n, 28]."""

    texts: list[str]
    ekman: np.ndarray
    fine: np.ndarray
    labels: list[str]
    sha256: dict[str, str]


def read(folder: Path, part: str) -> Part:
    """Read ``{ekman,original}_{part}.tsv`` of ``folder``."""
    columns: dict[str, np.ndarray] = {}
    texts: list[str] = []
    names: dict[str, list[str]] = {}
    sums: dict[str, str] = {}
    for kind in ("ekman", "original"):
        file = folder / f"{kind}_{part}.tsv"
        names[kind] = (folder / f"{kind}_labels.txt").read_text("utf-8").split()
        rows = [line.split("\t") for line in file.read_text("utf-8").split("\n") if line]
        texts = [row[0] for row in rows]
        columns[kind] = np.zeros((len(rows), len(names[kind])), np.float32)
        for i, row in enumerate(rows):
            columns[kind][i, [int(label) for label in row[1].split(",")]] = 1.0
        sums[file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    return Part(texts, columns["ekman"], columns["original"], names["original"], sums)


def held_out(texts: list[str]) -> np.ndarray:
    """Mark the tenth of the training texts that tunes and calibrates and is never fitted; bool[n]."""
    return np.array([zlib.crc32(text.encode()) % 10 == 0 for text in texts])
