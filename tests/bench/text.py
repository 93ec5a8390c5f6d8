"""How well the words are read: ``python -m tests.bench.text [--data DIR] [--json]``.

GoEmotions dev (comments, multi-label) and MELD dev (talk of a series, no training on it). Every figure comes from
the product's own reader; baselines are VADER alone and always the commonest class. Intervals are 95 % bootstrap, by
comment for GoEmotions and by dialogue for MELD.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from illodesk.engine.affect.emotion_head import EmotionHead
from illodesk.engine.affect.text import TextReader, conversational
from illodesk.engine.affect.valence import POLAR, EnglishWords, polarity_label
from illodesk.engine.sentences import SentenceEncoder
from illodesk.schema import EMOTIONS
from tests.bench.report import Report

DATA = Path(__file__).parents[3] / "shared" / "data"
RESAMPLES = 200
POLARITIES = ("negative", "neutral", "positive")


def f1_scores(truth: np.ndarray, found: np.ndarray) -> np.ndarray:
    """F1 of each class from multi-hot arrays, bool[n, k]."""
    hits = (truth & found).sum(axis=0)
    total = truth.sum(axis=0) + found.sum(axis=0)
    return np.divide(2.0 * hits, total, out=np.zeros(len(hits)), where=total > 0)


def macro_f1(truth: np.ndarray, found: np.ndarray) -> float:
    return float(f1_scores(truth, found).mean())


def weighted_f1(truth: np.ndarray, found: np.ndarray) -> float:
    return float(np.average(f1_scores(truth, found), weights=truth.sum(axis=0)))


def calibration_error(truth: np.ndarray, probabilities: np.ndarray) -> float:
    """Expected calibration error of the top class, 15 bins; right when the top class is among the labels."""
    sure, right = probabilities.max(axis=1), truth[np.arange(len(truth)), probabilities.argmax(axis=1)]
    bins = np.minimum((sure * 15).astype(int), 14)
    return float(sum((bins == b).mean() * abs(sure[bins == b].mean() - right[bins == b].mean()) for b in set(bins)))


def one_hot(classes: np.ndarray, count: int) -> np.ndarray:
    return np.eye(count, dtype=bool)[classes]


def interval(
    measure: Callable[[np.ndarray, np.ndarray], float], truth: np.ndarray, found: np.ndarray, groups: np.ndarray
) -> str:
    """95 % bootstrap interval of a measure, whole groups drawn with replacement."""
    random = np.random.default_rng(0)
    members = [np.flatnonzero(groups == g) for g in np.unique(groups)]
    values = []
    for _ in range(RESAMPLES):
        rows = np.concatenate([members[i] for i in random.integers(len(members), size=len(members))])
        values.append(measure(truth[rows], found[rows]))
    low, high = np.percentile(values, [2.5, 97.5])
    return f"[{low:.3f}, {high:.3f}]"


def vader_emotion(compound: float) -> int:
    """Baseline: joy, anger or neutral by VADER's compound alone."""
    return EMOTIONS.index("joy" if compound >= 0.2 else "anger" if compound <= -0.2 else "neutral")


def goemotions(report: Report, folder: Path, reader: TextReader) -> None:
    """Comments with one or more of seven labels, and the 28 fine ones."""
    rows = [line.split("\t") for line in (folder / "ekman_dev.tsv").read_text("utf-8").split("\n") if line]
    fine_rows = [line.split("\t") for line in (folder / "original_dev.tsv").read_text("utf-8").split("\n") if line]
    labels = (folder / "original_labels.txt").read_text("utf-8").split()
    truth, fine_truth = np.zeros((len(rows), 7), bool), np.zeros((len(rows), 28), bool)
    for i, (row, fine_row) in enumerate(zip(rows, fine_rows, strict=True)):
        truth[i, [int(k) for k in row[1].split(",")]] = True
        fine_truth[i, [int(k) for k in fine_row[1].split(",")]] = True
    readings = [reader.read(row[0]) for row in rows]
    uniform = dict.fromkeys(EMOTIONS, 1 / 7)
    probabilities = np.array([[(r.emotion or uniform)[name] for name in EMOTIONS] for r in readings])
    present = probabilities >= EmotionHead(SentenceEncoder()).thresholds
    every = np.arange(len(rows))
    words = EnglishWords()
    vader = one_hot(np.array([vader_emotion(words.compound(row[0])) for row in rows]), 7)
    majority = one_hot(np.full(len(rows), truth.sum(axis=0).argmax()), 7)
    baseline = f"VADER {macro_f1(truth, vader):.3f}, majority {macro_f1(truth, majority):.3f}"
    bounds = interval(macro_f1, truth, present, every)
    report.at_least("GoEmotions-Ekman dev macro-F1", macro_f1(truth, present), 0.60, f"{bounds} {baseline}")
    for name, score in zip(EMOTIONS, f1_scores(truth, present), strict=True):
        report.note(f"  F1 {name}", score)
    single = truth.sum(axis=1) == 1
    best = one_hot(probabilities.argmax(axis=1), 7)
    report.note("  macro-F1, top class, single-label comments", macro_f1(truth[single], best[single]))
    bounds = interval(calibration_error, truth, probabilities, every)
    report.at_most("GoEmotions-Ekman dev calibration error", calibration_error(truth, probabilities), 0.05, bounds)
    fine = np.array([[r.fine.get(label, 0.0) for label in labels] for r in readings])
    report.note("GoEmotions dev 28 labels macro-F1 at .25", macro_f1(fine_truth, fine >= 0.25))
    positive, negative = truth[:, 3], truth[:, [0, 1, 2, 5]].any(axis=1)
    clear = ~(positive & negative)
    polarity = one_hot(np.where(positive, 2, np.where(negative, 0, 1)), 3)[clear]
    ours = polarities([r.valence for r in readings])[clear]
    alone = polarities([r.compound for r in readings])[clear]
    report.note("GoEmotions dev polarity macro-F1", macro_f1(polarity, ours), f"VADER {macro_f1(polarity, alone):.3f}")


def polarities(valences: list[float | None]) -> np.ndarray:
    """Name valences as the product does; bool[n, 3]."""
    return one_hot(np.array([POLARITIES.index(polarity_label(v or 0.0, POLAR)) for v in valences]), 3)


def meld(report: Report, folder: Path, reader: TextReader) -> None:
    """Talk, each utterance read alone."""
    with (folder / "dev_sent_emo.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    truth = one_hot(np.array([EMOTIONS.index(row["Emotion"]) for row in rows]), 7)
    dialogues = np.array([int(row["Dialogue_ID"]) for row in rows])
    started = time.process_time()
    readings = [reader.read(row["Utterance"]) for row in rows]
    cost = (time.process_time() - started) / len(rows)
    silent = {name: float(name == "neutral") for name in EMOTIONS}
    talk = [conversational(reading.emotion, reading.words) or silent for reading in readings]
    probabilities = np.array([[p[name] for name in EMOTIONS] for p in talk])
    best = one_hot(probabilities.argmax(axis=1), 7)
    vader = one_hot(np.array([vader_emotion(reading.compound or 0.0) for reading in readings]), 7)
    majority = one_hot(np.full(len(rows), truth.sum(axis=0).argmax()), 7)
    baseline = f"VADER {weighted_f1(truth, vader):.3f}, majority {weighted_f1(truth, majority):.3f}"
    bounds = interval(weighted_f1, truth, best, dialogues)
    report.at_least("MELD dev weighted F1", weighted_f1(truth, best), 0.45, f"{bounds} {baseline}")
    report.note("  macro-F1", macro_f1(truth, best), f"VADER {macro_f1(truth, vader):.3f}")
    bounds = interval(calibration_error, truth, probabilities, dialogues)
    report.at_most("MELD dev calibration error", calibration_error(truth, probabilities), 0.15, bounds)
    polarity = one_hot(np.array([POLARITIES.index(row["Sentiment"]) for row in rows]), 3)
    ours = polarities([reading.valence for reading in readings])
    alone = polarities([reading.compound for reading in readings])
    bounds = interval(macro_f1, polarity, ours, dialogues)
    report.at_least(
        "MELD dev sentiment macro-F1", macro_f1(polarity, ours), 0.47, f"{bounds} VADER {macro_f1(polarity, alone):.3f}"
    )
    report.note("CPU per utterance, ms", 1000.0 * cost)


def main() -> int:
    """Print the table and the JSON line; the exit status is 1 when a gate fell short."""
    parser = argparse.ArgumentParser(description="Benchmark of the text channel")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    report = Report("Text")
    reader = TextReader("en")
    goemotions(report, options.data / "text" / "goemotions", reader)
    meld(report, options.data / "text" / "meld", reader)
    return report.finish("json" if options.json else "table")


if __name__ == "__main__":
    sys.exit(main())
