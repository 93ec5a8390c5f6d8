"""Fit the word confidence of the built-in recogniser on speech that we make ourselves.

Sentences of GoEmotions (CC BY 4.0) spoken by Festival Lite voices (``flite``), at several rates, clean, in noise, in a
room and over a telephone, plus noises without a word; the recogniser's words are compared with what was spoken.
Prints the coefficients for ``illodesk/engine/speech/confidence.py`` with AUC and calibration error on held-out
sentences and, with ``--check``, on folders of real clips (each line of the list: path, tab, transcript).

    python packaging/train_recogniser_confidence.py --sentences train.tsv --work /some/folder [--check list.tsv]
"""

from __future__ import annotations

import argparse
import difflib
import pickle
import random
import re
import subprocess
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, signal, stats

from illodesk.engine.audio import FileReader
from illodesk.engine.speech.confidence import RawWord, level_span_db, word_features
from illodesk.engine.speech.sphinx import SphinxRecogniser

RATE = 16_000
VOICES = ("slt", "rms", "awb", "kal16")
CONDITIONS = ("clean", "clean", "noise 20", "noise 12", "noise 6", "telephone", "telephone noise 15", "room")
Sample = tuple[list[RawWord], float, list[str]]


def plain_words(text: str) -> list[str]:
    """Lower-case words without punctuation."""
    return re.sub(r"[^a-z' ]", " ", text.lower().replace("’", "'").replace("-", " ")).split()


def sentences(path: Path, count: int, rng: random.Random) -> list[str]:
    """Sentences that can be read aloud as they stand: no digits, names in brackets, capitals or addresses."""
    chosen = []
    for line in path.read_text(encoding="utf8").splitlines():
        text = line.split("\t")[0].strip()
        odd = re.search(r"[^A-Za-z' .,!?-]", text) or re.search(r"[A-Z]", text[1:].replace("I", ""))
        if not odd and 3 <= len(plain_words(text)) <= 18:
            chosen.append(text)
    return rng.sample(chosen, count)


def spoken(text: str, voice: str, stretch: float, path: Path) -> NDArray[np.float64]:
    """A voice says the text: samples (n,) at 16 kHz."""
    if not path.exists():
        arguments = ["-voice", voice, "--setf", f"duration_stretch={stretch:.2f}", "-t", text, "-o", str(path)]
        subprocess.run(["flite", *arguments], check=True)
    return np.concatenate(list(FileReader(path)))[:, 0].astype(np.float64)


def pink(samples: int, rng: np.random.Generator) -> NDArray[np.float64]:
    """Low-frequency noise of RMS 1."""
    walk = np.cumsum(rng.normal(size=samples))
    noise = signal.sosfilt(signal.butter(1, 100, "high", fs=RATE, output="sos"), walk)
    return np.asarray(noise / np.sqrt(np.mean(noise**2)))


def treated(sound: NDArray[np.float64], condition: str, rng: np.random.Generator) -> NDArray[np.float32]:
    """The sound under a condition, at a random level."""
    sound = sound * 0.07 / np.sqrt(np.mean(sound**2))
    if "room" in condition:
        tail = rng.normal(size=4800) * np.exp(-np.arange(4800) / RATE * 6.9 / 0.35)
        tail[0] = 6.0
        sound = signal.fftconvolve(sound, tail / np.sqrt(np.sum(tail**2)))[: len(sound)]
    if "telephone" in condition:
        sound = signal.sosfilt(signal.butter(4, [300, 3400], "band", fs=RATE, output="sos"), sound)
    snr = float(condition.rsplit(maxsplit=1)[-1]) if "noise" in condition else 45.0
    sound = sound + pink(len(sound), rng) * 0.07 * 10 ** (-snr / 20)
    return np.clip(sound * 10 ** (rng.uniform(-15, 0) / 20), -1, 1).astype(np.float32)


def noises(count: int, rng: np.random.Generator) -> list[NDArray[np.float32]]:
    """Hiss, hum, swelling noise, knocks and gliding tones: sound without a word."""
    made = []
    for index in range(count):
        n = int(rng.uniform(0.5, 5.0) * RATE)
        t = np.arange(n) / RATE
        swell = 0.5 + 0.5 * np.sin(2 * np.pi * rng.uniform(0.3, 6.0) * t)
        glide = np.sin(2 * np.pi * (rng.uniform(100, 600) * t + rng.uniform(-80, 80) * t**2))
        knocks = rng.normal(size=n) * np.exp(-((t * rng.uniform(1, 6)) % 1.0) * 12)
        kinds = [rng.normal(size=n), pink(n, rng), pink(n, rng) * swell, glide * swell, knocks, glide + knocks]
        sound = kinds[index % len(kinds)] + 0.02 * rng.normal(size=n)
        made.append((0.1 * sound / np.abs(sound).max() * rng.uniform(0.5, 5)).astype(np.float32))
    return made


def right(words: list[RawWord], truth: list[str]) -> NDArray[np.float64]:
    """1 for the words that an alignment with the transcript confirms."""
    mask = np.zeros(len(words))
    for block in difflib.SequenceMatcher(
        None, [word.text for word in words], truth, autojunk=False
    ).get_matching_blocks():
        mask[block.a : block.a + block.size] = 1.0
    return mask


def table(samples: list[Sample]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Features (words, k) and whether each word is right, over all samples."""
    filled = [(words, span, truth) for words, span, truth in samples if words]
    features = np.concatenate([word_features(words, span) for words, span, _ in filled])
    return features, np.concatenate([right(words, truth) for words, _, truth in filled])


def fit(features: NDArray[np.float64], target: NDArray[np.float64], ridge: float = 1.0) -> NDArray[np.float64]:
    """Logistic regression; weights first, bias last."""
    design = np.column_stack([features, np.ones(len(features))])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        z = design @ weights
        gradient = design.T @ (1 / (1 + np.exp(-z)) - target) + ridge * np.append(weights[:-1], 0.0)
        return float(np.sum(np.logaddexp(0, z) - target * z) + ridge / 2 * np.sum(weights[:-1] ** 2)), gradient

    return np.asarray(optimize.minimize(loss, np.zeros(design.shape[1]), jac=True, method="L-BFGS-B").x)


def predict(features: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of each row."""
    return np.asarray(1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1]))))


def report(name: str, p: NDArray[np.float64], target: NDArray[np.float64]) -> None:
    """Print how well the probabilities separate and how well they are calibrated (ten groups of equal size)."""
    positive = target > 0.5
    auc = float("nan")
    if positive.any() and not positive.all():
        auc = stats.mannwhitneyu(p[positive], p[~positive]).statistic / (positive.sum() * (~positive).sum())
    groups = np.array_split(np.argsort(p), 10)
    ece = sum(len(g) * abs(p[g].mean() - target[g].mean()) for g in groups if len(g)) / len(p)
    print(f"{name}: {len(p)} words, right {target.mean():.3f}, mean p {p.mean():.3f}, AUC {auc:.3f}, ECE {ece:.3f}")


def decoded(arguments: argparse.Namespace) -> tuple[list[Sample], list[Sample]]:
    """Spoken samples and wordless ones, kept in the work folder because decoding takes minutes."""
    cache = arguments.work / "decoded.pickle"
    if cache.exists():
        return pickle.loads(cache.read_bytes())
    rng, choose, recogniser = np.random.default_rng(7), random.Random(7), SphinxRecogniser()
    speech: list[Sample] = []
    for index, text in enumerate(sentences(arguments.sentences, arguments.count, choose)):
        voice, stretch = choose.choice(VOICES), choose.uniform(0.85, 1.2)
        sound = spoken(text, voice, stretch, arguments.work / f"{index:04d}.wav")
        audio = treated(sound, choose.choice(CONDITIONS), rng)
        speech.append((recogniser.decode(audio), level_span_db(audio), plain_words(text)))
    wordless: list[Sample] = [(recogniser.decode(n), level_span_db(n), []) for n in noises(arguments.count // 8, rng)]
    cache.write_bytes(pickle.dumps((speech, wordless)))
    return speech, wordless


def main() -> None:
    """Make, decode, fit and check."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sentences", type=Path, required=True, help="GoEmotions train.tsv")
    parser.add_argument("--work", type=Path, required=True, help="folder for the spoken sentences")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--check", type=Path, help="list of real clips: path, tab, transcript")
    arguments = parser.parse_args()
    arguments.work.mkdir(parents=True, exist_ok=True)
    speech, wordless = decoded(arguments)
    held = [k % 4 == 0 for k in range(len(speech))]
    train = [s for s, h in zip(speech, held, strict=True) if not h] + [s for k, s in enumerate(wordless) if k % 4]
    test_speech = [s for s, h in zip(speech, held, strict=True) if h]
    weights = fit(*table(train))
    report("trained on", predict(table(train)[0], weights), table(train)[1])
    features, target = table(test_speech)
    report("held-out speech", predict(features, weights), target)
    report("held-out speech, posterior alone", 1 / (1 + np.exp(-features[:, 0])), target)
    if any(words for words, _, _ in wordless[::4]):
        report("held-out noise", predict(table(wordless[::4])[0], weights), table(wordless[::4])[1])
    if arguments.check:
        recogniser, real = SphinxRecogniser(), []
        for line in arguments.check.read_text().splitlines():
            path, truth = line.split("\t")
            audio = np.concatenate(list(FileReader(path)))[:, 0]
            real.append((recogniser.decode(audio), level_span_db(audio), plain_words(truth)))
        features, target = table(real)
        report("real clips", predict(features, weights), target)
        report("real clips, posterior alone", 1 / (1 + np.exp(-features[:, 0])), target)
    print("weights:", ", ".join(f"{value:.4f}" for value in weights))


if __name__ == "__main__":
    main()
