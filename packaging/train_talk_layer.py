"""Fit what the 28 fine labels mean in talk: a linear layer of the text emotion head, on lines of talk of our own.

Run it in the project's own environment, with the repository on ``PYTHONPATH``, after ``train_text_emotion.py``::

    python packaging/train_talk_layer.py

GoEmotions puts its labels into seven classes by meaning: curious counts as surprised, grateful as joyful, asking or
agreeing as feeling something. In talk they are mostly neutral. A multinomial logistic regression learns that from
``talk_lines.yaml`` alone, whose classes weigh as much as they are expected in talk. No other set is read. The strength
of its weights is that with the least log loss on lines whose template was left out.
"""

from __future__ import annotations

import json

import numpy as np
import talk
from sklearn.linear_model import LogisticRegression
from train_text_emotion import TARGET

from illodesk.engine.affect.emotion_head import EmotionHead
from illodesk.engine.sentences import SentenceEncoder

STRENGTHS = (0.001, 0.003, 0.01, 0.03)
FOLDS, SEED = 10, 0


def fit(logits: np.ndarray, classes: np.ndarray, weights: np.ndarray, strength: float) -> LogisticRegression:
    """Fit the layer; ``weights`` sum to the number of all lines."""
    return LogisticRegression(C=strength, max_iter=2000, tol=1e-5).fit(logits, classes, sample_weight=weights)


def left_out_loss(
    logits: np.ndarray, classes: np.ndarray, weights: np.ndarray, templates: np.ndarray, strength: float
) -> float:
    """Mean log loss on lines of templates that were not fitted."""
    fold = np.random.default_rng(SEED).permutation(templates.max() + 1)[templates] % FOLDS
    total = 0.0
    for k in range(FOLDS):
        out = fold == k
        answers = fit(logits[~out], classes[~out], weights[~out], strength).predict_log_proba(logits[out])
        total -= float(weights[out] @ answers[np.arange(out.sum()), classes[out]])
    return total / float(weights.sum())


def main() -> None:
    """Choose the strength, fit on all lines, and add the layer to ``head.json``."""
    lines, classes, weights, templates = talk.read()
    weights = weights * len(lines)
    head = EmotionHead(SentenceEncoder())
    logits = np.array([head.parts(line)[2] for line in lines])
    losses = {c: left_out_loss(logits, classes, weights, templates, c) for c in STRENGTHS}
    print("log loss on left-out templates:", ", ".join(f"{c:g}: {loss:.4f}" for c, loss in losses.items()))
    model = fit(logits, classes, weights, min(losses, key=lambda c: losses[c]))
    path = TARGET / "head.json"
    settings = json.loads(path.read_text("utf-8"))
    settings |= {"talk_weights": model.coef_.round(4).tolist(), "talk_bias": model.intercept_.round(4).tolist()}
    path.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
