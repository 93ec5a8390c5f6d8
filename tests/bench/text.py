"""How well the words are read: ``python -m tests.bench.text [--data DIR] [--json]``.

GoEmotions dev (comments, multi-label) and talk of a television series: MELD dev (gated), a quarter of MELD's train part
and EmoryNLP dev (shown only). Nothing was trained on the talk; a few design choices were looked at on MELD dev (see the
card of the text emotion head), which makes its figures a little kind. Comments are read by the product's reader, talk
goes through its fusion as well, dialogue by dialogue, without voice. Baselines are VADER alone and always the commonest
class. Intervals are 95 % bootstrap, by comment for GoEmotions and by dialogue for talk.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack

import numpy as np
import yaml

from illodesk.engine.affect.emotion_head import EmotionHead
from illodesk.engine.affect.scorer import AffectScorer
from illodesk.engine.affect.text import TextReader
from illodesk.engine.affect.valence import POLAR, EnglishWords, polarity_label
from illodesk.engine.sentences import SentenceEncoder
from illodesk.schema import EMOTIONS, Basis, Policy, Utterance
from tests.bench.bootstrap import Interval, interval
from tests.bench.report import Details, Report

DATA = Path(__file__).parents[3] / "shared" / "data"
EMORY = {"Neutral": "neutral", "Joyful": "joy", "Scared": "fear", "Mad": "anger", "Sad": "sadness"}
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


def spread(
    measure: Callable[[np.ndarray, np.ndarray], float], truth: np.ndarray, found: np.ndarray, groups: np.ndarray
) -> Interval:
    """95 % bootstrap interval of a measure of two arrays, whole groups drawn with replacement."""
    return interval(groups, lambda rows: measure(truth[rows], found[rows]))


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
    about: Details = {"data": "GoEmotions-Ekman dev", "size": f"{len(rows)} comments"}
    report.at_least(
        "emotion, macro-F1",
        macro_f1(truth, present),
        0.60,
        f"baseline VADER; commonest class {macro_f1(truth, majority):.3f}",
        baseline=macro_f1(truth, vader),
        interval=spread(macro_f1, truth, present, every),
        **about,
    )
    for name, score in zip(EMOTIONS, f1_scores(truth, present), strict=True):
        report.note(f"  F1 {name}", score, **about)
    single = truth.sum(axis=1) == 1
    best = one_hot(probabilities.argmax(axis=1), 7)
    report.note("  macro-F1, top class, single-label comments", macro_f1(truth[single], best[single]), **about)
    bounds = spread(calibration_error, truth, probabilities, every)
    report.at_most(
        "emotion, calibration error", calibration_error(truth, probabilities), 0.05, interval=bounds, **about
    )
    fine = np.array([[r.fine.get(label, 0.0) for label in labels] for r in readings])
    report.note("28 labels, macro-F1 at .25", macro_f1(fine_truth, fine >= 0.25), **about)
    positive, negative = truth[:, 3], truth[:, [0, 1, 2, 5]].any(axis=1)
    clear = ~(positive & negative)
    polarity = one_hot(np.where(positive, 2, np.where(negative, 0, 1)), 3)[clear]
    ours = polarities([r.valence for r in readings])[clear]
    alone = polarities([r.compound for r in readings])[clear]
    report.note("polarity, macro-F1", macro_f1(polarity, ours), baseline=macro_f1(polarity, alone), **about)


def polarities(valences: list[float | None]) -> np.ndarray:
    """Name valences as the product does; bool[n, 3]."""
    return one_hot(np.array([POLARITIES.index(polarity_label(v or 0.0, POLAR)) for v in valences]), 3)


@dataclass(frozen=True)
class Line:
    """One utterance of a dialogue as the set has it; ``emotion`` and ``sentiment`` in the product's names."""

    dialogue: str
    speaker: str
    text: str
    emotion: str
    sentiment: str = ""


def meld_lines(file: Path) -> list[Line]:
    with file.open(encoding="utf-8", newline="") as opened:
        return [
            Line(row["Dialogue_ID"], row["Speaker"], row["Utterance"], row["Emotion"], row["Sentiment"])
            for row in csv.DictReader(opened)
        ]


def emory_lines(file: Path) -> list[Line]:
    """Scenes of EmoryNLP; its powerful and peaceful have no counterpart among our classes."""
    with file.open(encoding="utf-8", newline="") as opened:
        return [
            Line(
                f"{row['Season']}.{row['Episode']}.{row['Scene_ID']}",
                row["Speaker"],
                row["Utterance"],
                EMORY.get(row["Emotion"], ""),
            )
            for row in csv.DictReader(opened)
        ]


def as_the_product_says(lines: Sequence[Line], reader: TextReader) -> list[Utterance]:
    """Every dialogue through the product's reader and fusion, in order and with its speakers, without voice."""
    scored: list[Utterance] = []
    policy = Policy(mode="text_only", allowed_basis=[Basis.TEXT, Basis.TIMING])
    for dialogue in dict.fromkeys(line.dialogue for line in lines):
        scorer = AffectScorer(policy)
        for i, line in enumerate(line for line in lines if line.dialogue == dialogue):
            utterance = Utterance(
                utterance_id=f"{dialogue}_{i}",
                speaker=line.speaker,
                t_start=4.0 * i,
                t_end=4.0 * i + 3.0,
                text=line.text,
                asr_confidence=1.0,
                reading=reader.read(line.text),
            )
            scored.append(scorer.live(utterance))
    return scored


def classes_of(scored: Sequence[Utterance]) -> np.ndarray:
    """Probabilities, float[n, 7]; what has no words counts as neutral."""
    silent = {name: float(name == "neutral") for name in EMOTIONS}
    return np.array([[(u.emotion.emotions or silent)[name] for name in EMOTIONS] for u in scored])


def talk(report: Report, name: str, lines: Sequence[Line], reader: TextReader, gates: bool) -> None:
    """Emotion and, where the set has it, sentiment of dialogues; whole dialogues are drawn for the intervals."""
    scored = as_the_product_says(lines, reader)
    used = np.array([i for i, line in enumerate(lines) if line.emotion])
    truth = one_hot(np.array([EMOTIONS.index(lines[i].emotion) for i in used]), 7)
    dialogues = np.array([line.dialogue for line in lines])
    probabilities = classes_of(scored)[used]
    best = one_hot(probabilities.argmax(axis=1), 7)
    vader = one_hot(np.array([vader_emotion(scored[i].reading.compound or 0.0) for i in used]), 7)
    majority = one_hot(np.full(len(used), truth.sum(axis=0).argmax()), 7)
    about: Details = {"data": name, "size": f"{len(used)} utterances, {len(set(dialogues))} dialogues"}

    def show(measure: str, value: float, gate: float, side: str, comment: str = "", **rest: Unpack[Details]) -> None:
        if not gates:
            report.note(measure, value, comment, **about, **rest)
        elif side == ">=":
            report.at_least(measure, value, gate, comment, **about, **rest)
        else:
            report.at_most(measure, value, gate, comment, **about, **rest)

    show(
        "emotion, weighted F1",
        weighted_f1(truth, best),
        0.45,
        ">=",
        f"baseline VADER; commonest class {weighted_f1(truth, majority):.3f}",
        baseline=weighted_f1(truth, vader),
        interval=spread(weighted_f1, truth, best, dialogues[used]),
    )
    report.note("emotion, macro-F1", macro_f1(truth, best), baseline=macro_f1(truth, vader), **about)
    show(
        "emotion, calibration error",
        calibration_error(truth, probabilities),
        0.15,
        "<=",
        interval=spread(calibration_error, truth, probabilities, dialogues[used]),
    )
    if not all(line.sentiment for line in lines):
        return
    polarity = one_hot(np.array([POLARITIES.index(line.sentiment) for line in lines]), 3)
    ours = polarities([u.emotion.valence for u in scored])
    alone = polarities([u.reading.compound for u in scored])
    show(
        "sentiment, macro-F1",
        macro_f1(polarity, ours),
        0.47,
        ">=",
        "baseline VADER",
        baseline=macro_f1(polarity, alone),
        interval=spread(macro_f1, polarity, ours, dialogues),
    )


def german(report: Report) -> None:
    """Valence of German lines of our own, written and labelled by one person after the lexicon was finished."""
    lines = yaml.safe_load((Path(__file__).parent / "german_lines.yaml").read_text("utf-8"))
    labels = [label for label in POLARITIES for _ in lines[label]]
    reader = TextReader("de")
    readings = [reader.read(text) for label in POLARITIES for text in lines[label]]
    truth = one_hot(np.array([POLARITIES.index(label) for label in labels]), 3)
    ours = polarities([reading.valence for reading in readings])
    report.note(
        "German sentiment, macro-F1",
        macro_f1(truth, ours),
        "own lines, one labeller",
        data="own German lines",
        size=f"{len(labels)} lines",
        baseline=macro_f1(truth, one_hot(np.full(len(labels), 1), 3)),
        interval=spread(macro_f1, truth, ours, np.arange(len(labels))),
    )


def cost(report: Report, lines: Sequence[Line], reader: TextReader) -> None:
    """Processor time of reading, models already loaded."""
    started = time.process_time()
    for line in lines:
        reader.read(line.text)
    report.note("CPU per utterance, ms", 1000.0 * (time.process_time() - started) / len(lines))


def run(data: Path) -> Report:
    """All measures of the text channel; ``data`` is the folder of the public sets."""
    report = Report("Text: emotion, sentiment")
    reader = TextReader("en")
    goemotions(report, data / "text" / "goemotions", reader)
    dev = meld_lines(data / "text" / "meld" / "dev_sent_emo.csv")
    talk(report, "MELD dev", dev, reader, gates=True)
    train = [line for line in meld_lines(data / "text" / "meld" / "train_sent_emo.csv") if int(line.dialogue) % 4 == 0]
    talk(report, "MELD train, every fourth dialogue", train, reader, gates=False)
    talk(
        report, "EmoryNLP dev", emory_lines(data / "text" / "emorynlp" / "emorynlp_dev_final.csv"), reader, gates=False
    )
    german(report)
    cost(report, dev[:200], reader)
    return report


def main() -> int:
    """Print the table and the JSON line; the exit status is 1 when a gate fell short."""
    parser = argparse.ArgumentParser(description="Benchmark of the text channel")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    return run(options.data).finish("json" if options.json else "table")


if __name__ == "__main__":
    sys.exit(main())
