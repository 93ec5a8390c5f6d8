"""Train and calibrate the text emotion head on GoEmotions.

Run it in the project's own environment, with the repository on ``PYTHONPATH``, after ``train_emotion_branch.py``::

    python packaging/train_text_emotion.py GOEMOTIONS_FOLDER

Nine tenths of the training part and the lines of talk fit the n-gram table. The held-out tenth, which no weight has
seen, chooses how the two parts are mixed, the temperature, the calibration of the fine labels and the thresholds. The
dev part is not opened. ``train_talk_layer.py`` comes next.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import goemotions
import numpy as np
import talk
from scipy import sparse
from scipy.optimize import minimize
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.feature_selection import chi2
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from illodesk.engine.affect.emotion_head import EmotionHead
from illodesk.engine.affect.ngram_head import checksum, ngrams, speech_form
from illodesk.engine.affect.valence import CLASS_VALENCE, EnglishWords
from illodesk.engine.sentences import SentenceEncoder
from illodesk.schema import EMOTIONS

TARGET = Path(__file__).parents[1] / "illodesk" / "resources" / "models" / "text_emotion"
NEGATION = re.compile(r"\b(not|never|no|nothing|nobody|without|cannot)\b|n't\b")
LEAST_TEXTS, FEATURES, STRENGTH = 3, 50_000, 2.0


def train_table(spoken: list[str], ekman: np.ndarray) -> list[float]:
    """Fit a multinomial logistic regression on n-grams, write ``ngrams.npz`` and return its bias.

    N-grams are chosen and weighted on the comments, then the lines of talk join them. A comment with several labels
    counts once for each, with a share of its weight.
    """
    vectoriser = DictVectorizer(dtype=np.float32)
    counts = vectoriser.fit_transform([ngrams(text) for text in spoken])
    common = np.flatnonzero(np.asarray((counts > 0).sum(axis=0)).ravel() >= LEAST_TEXTS)
    strength = np.max([np.nan_to_num(chi2(counts[:, common], ekman[:, k])[0]) for k in range(ekman.shape[1])], axis=0)
    chosen = np.sort(common[np.argsort(-strength, kind="stable")[:FEATURES]])
    transformer = TfidfTransformer(sublinear_tf=True)
    vectors = transformer.fit_transform(counts[:, chosen])
    rows, classes = np.nonzero(ekman)
    model = LogisticRegression(C=STRENGTH, max_iter=200, tol=1e-3)
    lines, line_classes, line_weights, _ = talk.read()
    line_vectors = transformer.transform(vectoriser.transform([ngrams(line) for line in lines])[:, chosen])
    model.fit(
        sparse.vstack([vectors[rows], line_vectors]),
        np.concatenate([classes, line_classes]),
        sample_weight=np.concatenate(
            [1.0 / ekman.sum(axis=1)[rows], line_weights * talk.WEIGHT * len(spoken)],
        ),
    )
    keys = np.array([checksum(vectoriser.feature_names_[i]) for i in chosen], np.uint32)
    keys, first = np.unique(keys, return_index=True)
    weights = model.coef_.T[first]
    scale = np.abs(weights).max(axis=0) / 127.0
    np.savez_compressed(
        TARGET / "ngrams.npz",
        keys=keys,
        idf=transformer.idf_[first].astype(np.float16),
        weights=np.round(weights / scale).astype(np.int8),
        scale=scale.astype(np.float32),
    )
    return [round(float(b), 6) for b in model.intercept_]


def softmax(scores: np.ndarray) -> np.ndarray:
    """Row-wise softmax."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def calibration_error(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Expected calibration error of the top class in 15 bins; right when it is among the labels of the text."""
    top = probabilities.argmax(axis=1)
    sure, right = probabilities.max(axis=1), labels[np.arange(len(top)), top]
    bins = np.minimum((sure * 15).astype(int), 14)
    return float(sum((bins == b).mean() * abs(sure[bins == b].mean() - right[bins == b].mean()) for b in set(bins)))


def best_thresholds(probabilities: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """Threshold of each class with the best F1, on a grid of 0.01."""
    grid = np.linspace(0.05, 0.9, 86)
    scores = [
        [f1_score(labels[:, k], probabilities[:, k] >= t, zero_division=0) for t in grid]
        for k in range(labels.shape[1])
    ]
    return grid[np.argmax(scores, axis=1)]


def calibrate(head: EmotionHead, part: goemotions.Part) -> dict[str, object]:
    """Choose mix (log loss), temperature (calibration error), fine calibration (log loss) and thresholds (F1)."""
    parts = [head.parts(speech_form(text)) for text in part.texts]
    by_ngrams, by_branch, fine = (np.array(rows) for rows in zip(*parts, strict=True))
    share = part.ekman / part.ekman.sum(axis=1, keepdims=True)
    mixed = {round(float(a), 2): (1 - a) * by_ngrams + a * by_branch for a in np.linspace(0, 1, 21)}
    mix = min(mixed, key=lambda a: -float((np.log(softmax(mixed[a])) * share).sum()))
    temperatures = [round(float(t), 2) for t in np.linspace(0.6, 1.6, 51)]
    temperature = min(temperatures, key=lambda t: calibration_error(softmax(mixed[mix] / t), part.ekman))

    def fine_loss(parameters: np.ndarray) -> float:
        logits = parameters[0] * fine + parameters[1]
        return float(np.mean(np.logaddexp(0.0, logits) - part.fine * logits))

    scale, shift = minimize(fine_loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    probabilities = softmax(mixed[mix] / temperature)
    thresholds = best_thresholds(probabilities, part.ekman)
    print(
        f"held out ({len(part.texts)}): mix {mix}, temperature {temperature}, "
        f"macro-F1 {f1_score(part.ekman, probabilities >= thresholds, average='macro'):.4f}, "
        f"calibration error {calibration_error(probabilities, part.ekman):.4f}"
    )
    report_guard(probabilities, part)
    return {
        "mix": mix,
        "temperature": temperature,
        "fine_scale": round(float(scale), 4),
        "fine_shift": round(float(shift), 4),
        "thresholds": [round(float(t), 2) for t in thresholds],
    }


def report_guard(probabilities: np.ndarray, part: goemotions.Part) -> None:
    """Print how sure and how right the head is where negation, or a word list that says the opposite, makes it hard."""
    words = EnglishWords()
    compound = np.array([words.compound(text) for text in part.texts])
    felt = probabilities @ np.array([CLASS_VALENCE[name] for name in EMOTIONS])
    negated = np.array([bool(NEGATION.search(speech_form(text))) for text in part.texts])
    contradicted = (felt * compound < 0) & (np.abs(felt) > 0.15) & (np.abs(compound) > 0.2)
    right = part.ekman[np.arange(len(felt)), probabilities.argmax(axis=1)] > 0
    for name, rows in (("negation", negated), ("contradiction", contradicted), ("neither", ~negated & ~contradicted)):
        print(
            f"{name}: {rows.sum()} texts, "
            f"sure {probabilities[rows].max(axis=1).mean():.3f}, right {right[rows].mean():.3f}"
        )


def main() -> None:
    """Train the table, calibrate the head, write ``head.json``."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("goemotions", type=Path)
    options = parser.parse_args()
    part = goemotions.read(options.goemotions, "train")
    held = goemotions.held_out(part.texts)
    fitted = np.flatnonzero(~held)
    settings: dict[str, object] = {
        "bias": train_table([speech_form(part.texts[i]) for i in fitted], part.ekman[fitted])
    }
    settings |= {"fine_labels": part.labels, "data_sha256": part.sha256}
    path = TARGET / "head.json"
    path.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")
    rest = np.flatnonzero(held)
    tuning = goemotions.Part([part.texts[i] for i in rest], part.ekman[rest], part.fine[rest], part.labels, part.sha256)
    settings |= calibrate(EmotionHead(SentenceEncoder()), tuning)
    path.write_text(json.dumps(settings, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
