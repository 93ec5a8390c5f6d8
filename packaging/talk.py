"""Read the made-up lines of talk that stand beside GoEmotions in training."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import yaml

from illodesk.engine.affect.ngram_head import speech_form
from illodesk.schema import EMOTIONS

LINES = Path(__file__).parent / "talk_lines.yaml"
WEIGHT = 0.2
"""Weight of all lines together, as a share of the weight of the comments."""
SHARES = {
    "anger": 0.10,
    "disgust": 0.03,
    "fear": 0.03,
    "joy": 0.175,
    "neutral": 0.50,
    "sadness": 0.065,
    "surprise": 0.10,
}
"""Weight of each class among the lines: the conversation prior of science.md 3.4."""


def read() -> tuple[list[str], np.ndarray, np.ndarray, np.ndarray]:
    """Return all lines written out in speech form, their classes int64[n], weights float64[n] of sum 1, and templates.

    ``templates`` int64[n] says which lines were written out of the same one. Each line comes once with its ``?`` and
    ``!`` and once without, as recognisers differ in that.
    """
    texts: list[str] = []
    classes: list[int] = []
    weights: list[float] = []
    templates: list[int] = []
    for name, lines in yaml.safe_load(LINES.read_text("utf-8")).items():
        before = len(texts)
        for line in lines:
            template = templates[-1] + 1 if templates else 0
            for parts in itertools.product(*(choice.split("|") for choice in re.split(r"[{}]", line))):
                marked = speech_form("".join(parts))
                texts += [marked, " ".join(marked.replace("?", " ").replace("!", " ").split())]
                templates += [template, template]
        count = len(texts) - before
        classes += [EMOTIONS.index(name)] * count
        weights += [SHARES[name] / count] * count
    return texts, np.array(classes), np.array(weights), np.array(templates)
