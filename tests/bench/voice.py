"""Voice: ``python -m tests.bench.voice [--data DIR]``.

Scores the product's own prosody, norms and fusion on two public sets, both of which were looked at while it was made:
these are figures of a development set. EMO-DB (the seven development speakers of ten; a copy cut and padded to two
seconds) gave the within-speaker spread of the norms. The 47 clips (pyAudioAnalysis) carry arousal rated by people.
Nothing was trained on either, but three weights (see ``AROUSAL_WEIGHTS``) and the way features are averaged over
frames were chosen with both in sight. Intervals are 95 % bootstrap intervals, by speaker for EMO-DB and by clip for
the 47.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from illodesk.engine.affect.scorer import AffectScorer
from illodesk.engine.affect.text import CONVERSATION_PRIOR
from illodesk.engine.prosody import measure
from illodesk.schema import EMOTIONS, Policy, Prosody, Utterance
from tests.bench.bootstrap import interval
from tests.bench.report import Details, Report
from tests.bench.sound import CONDITIONS, load

DATA = Path(__file__).parents[3] / "shared" / "data"
HIGH = {"anger", "fear", "happiness", "surprise"}
LOW = {"sadness", "neutral", "boredom"}
TO_CLASS = {"happiness": "joy", "boredom": "neutral"}
ORDERS = 20
"""Random orders in which each speaker is met, for the online figures."""

Sound = NDArray[np.float32]
Values = NDArray[np.float64]


class Clips:
    """Clips of one set: sound at 16 kHz as it was stored, speaker and label of each."""

    def __init__(self, sounds: list[Sound], speakers: list[str], labels: list[str]) -> None:
        self.sounds, self.speakers, self.labels = sounds, np.array(speakers), np.array(labels)

    def prosody(self, condition: Callable[[Sound, int], Sound]) -> list[Prosody]:
        """Measure every clip after something was done to its sound."""
        return [measure(condition(sound, seed))[0] for seed, sound in enumerate(self.sounds)]


def emodb(data: Path) -> Clips:
    with (data / "emo_emodb" / "labels.csv").open() as file:
        rows = list(csv.DictReader(file))
    sounds = [load(data / "emo_emodb" / row["file"]) for row in rows]
    return Clips(sounds, [row["speaker"] for row in rows], [row["emotion"] for row in rows])


def rated(data: Path) -> Clips:
    with (data / "emo_av47" / "arousal.csv").open() as file:
        rows = [row for row in csv.reader(file) if row]
    sounds = [load(data / "emo_av47" / name) for name, _ in rows]
    return Clips(sounds, [name for name, _ in rows], [value for _, value in rows])


def utterances(prosodies: Sequence[Prosody], speakers: Iterable[str]) -> list[Utterance]:
    return [
        Utterance(utterance_id=str(i), speaker=speaker, t_start=10.0 * i, t_end=10.0 * i + 2.0, prosody=prosody)
        for i, (prosody, speaker) in enumerate(zip(prosodies, speakers, strict=True))
    ]


def arousal(timeline: Iterable[Utterance]) -> Values:
    """Arousal of each utterance, NaN where the product says there is not enough evidence."""
    return np.array([np.nan if u.emotion.arousal is None else u.emotion.arousal for u in timeline])


def auc(values: Values, positive: NDArray[np.bool_]) -> float:
    """Share of pairs in the right order, ties half; what has no value counts as 0, the middle of the scale."""
    values = np.nan_to_num(values)
    high, low = values[positive], values[~positive]
    return float(np.mean((high[:, None] > low) + 0.5 * (high[:, None] == low)))


def batch(clips: Clips, prosodies: Sequence[Prosody]) -> list[Utterance]:
    return AffectScorer(Policy()).batch(utterances(prosodies, clips.speakers))


def online(clips: Clips, prosodies: Sequence[Prosody], used: NDArray[np.intp], first: int) -> tuple[Values, Values]:
    """The first utterances of every speaker, never heard before, in many random orders: values [orders, n] and rows."""
    values, rows = [], []
    for order in range(ORDERS):
        generator = np.random.default_rng(order)
        picked = np.concatenate(
            [
                generator.permutation(used[clips.speakers[used] == speaker])[:first]
                for speaker in dict.fromkeys(clips.speakers)
            ]
        )
        scorer = AffectScorer(Policy())
        timeline = utterances([prosodies[i] for i in picked], clips.speakers[picked])
        values.append(arousal(scorer.live(u) for u in timeline))
        rows.append(picked)
    return np.array(values), np.array(rows)


def bench_emodb(report: Report, clips: Clips) -> None:
    used = np.flatnonzero(np.isin(clips.labels, list(HIGH | LOW)))
    high = np.isin(clips.labels, list(HIGH))

    def area(scored: Sequence[Utterance], rows: NDArray[np.intp] = used) -> float:
        return auc(arousal(scored)[rows], high[rows])

    clean = clips.prosody(CONDITIONS["as it is"])
    scored = batch(clips, clean)
    pitch = np.array([np.nan if p.f0_p50_st is None else p.f0_p50_st for p in clean])
    for speaker in dict.fromkeys(clips.speakers):
        pitch[clips.speakers == speaker] -= np.nanmean(pitch[clips.speakers == speaker])
    by_pitch = auc(pitch[used], high[used])
    groups = list(clips.speakers[used])
    spread = interval(groups, lambda rows: area(scored, used[rows]))
    about: Details = {"data": "EMO-DB, 7 dev speakers", "size": f"{len(used)} clips", "baseline": by_pitch}
    report.at_least("arousal, batch, AUC", area(scored), 0.98, "baseline F0 alone", interval=spread, **about)
    values, rows = online(clips, clean, used, 10)
    spread = interval(
        list(clips.speakers[rows[0]]),
        lambda i: float(np.mean([auc(v[i], high[r[i]]) for v, r in zip(values, rows, strict=True)])),
    )
    live = float(np.mean([auc(v, high[r]) for v, r in zip(values, rows, strict=True)]))
    report.at_least("arousal, first ten live, AUC", live, 0.97, interval=spread, **about)
    del about["baseline"]
    report.note("arousal, first three live, AUC", _live_auc(clips, clean, used, high, 3), **about)
    report.note("clips without enough evidence, share", float(np.isnan(arousal(scored)).mean()), **about)
    for name, condition in CONDITIONS.items():
        if name == "as it is":
            continue
        changed = clips.prosody(condition)
        gate = 0.005 if name.startswith("gain") else 0.05
        loss = area(scored) - area(batch(clips, changed))
        report.at_most(f"batch AUC lost, {name}", loss, gate, **about)
        report.at_most(f"live AUC lost, {name}", live - _live_auc(clips, changed, used, high, 10), gate, **about)
    _dominance(report, clips, scored)
    _classes(report, clips, scored)


def _live_auc(
    clips: Clips, prosodies: Sequence[Prosody], used: NDArray[np.intp], high: NDArray[np.bool_], first: int
) -> float:
    values, rows = online(clips, prosodies, used, first)
    return float(np.mean([auc(v, high[r]) for v, r in zip(values, rows, strict=True)]))


def _dominance(report: Report, clips: Clips, scored: Sequence[Utterance]) -> None:
    used = np.flatnonzero(np.isin(clips.labels, ["anger", "fear"]))
    values = np.array([u.emotion.dominance or 0.0 for u in scored])
    anger = clips.labels == "anger"
    spread = interval(list(clips.speakers[used]), lambda i: auc(values[used[i]], anger[used[i]]))
    about: Details = {"data": "EMO-DB, 7 dev speakers", "size": f"{len(used)} clips", "baseline": 0.5}
    report.at_least("anger over fear, dominance, AUC", auc(values[used], anger[used]), 0.65, interval=spread, **about)


def _classes(report: Report, clips: Clips, scored: Sequence[Utterance]) -> None:
    """Six of the seven classes (nobody acts surprise) from the voice alone; boredom counts as neutral."""
    truth = np.array([TO_CLASS.get(label, label) for label in clips.labels])
    guess = np.array([u.emotion.dominant or "none" for u in scored])
    recall = [float(np.mean(guess[truth == name] == name)) for name in EMOTIONS if (truth == name).any()]
    about: Details = {"data": "EMO-DB, 7 dev speakers", "size": f"{len(scored)} clips"}
    chance = 1 / len(recall)
    report.note(
        "classes without text, as shown, UAR", float(np.mean(recall)), "prior of talk in", baseline=chance, **about
    )
    prior = np.array([CONVERSATION_PRIOR[name] for name in EMOTIONS])
    heard = np.array([[getattr(u.emotion, name) or np.nan for name in EMOTIONS] for u in scored]) / prior
    guess = np.array(EMOTIONS)[np.nan_to_num(heard).argmax(axis=1)]
    recall = [float(np.mean(guess[truth == name] == name)) for name in EMOTIONS if (truth == name).any()]
    report.note("classes without text, prior taken out, UAR", float(np.mean(recall)), baseline=chance, **about)
    sure = [u.emotion.confidence for u in scored]
    report.at_most("classes without text, highest confidence", max(sure), 0.35, "voice alone stays low", **about)


def bench_rated(report: Report, clips: Clips) -> None:
    truth = clips.labels.astype(float)

    def r(values: Values, rows: NDArray[np.intp]) -> float:
        return float(np.corrcoef(np.nan_to_num(values)[rows], truth[rows])[0, 1])

    everything = np.arange(len(truth))
    prosodies = clips.prosody(CONDITIONS["as it is"])
    pitch = np.array([p.f0_p50_st or np.nan for p in prosodies])
    about: Details = {
        "data": "47 rated clips",
        "size": f"{len(truth)} clips",
        "baseline": r(pitch - np.nanmean(pitch), everything),
    }
    scored = arousal(batch(clips, prosodies))
    spread = interval(list(clips.speakers), lambda rows: r(scored, rows))
    report.at_least("arousal, each its own speaker, r", r(scored, everything), 0.88, interval=spread, **about)
    scorer = AffectScorer(Policy())
    alone = arousal(scorer.live(u) for u in utterances(prosodies, clips.speakers))
    report.note("arousal, live, each speaker unheard before, r", r(alone, everything), **about)
    together = arousal(AffectScorer(Policy()).batch(utterances(prosodies, ["one"] * len(truth))))
    spread = interval(list(clips.speakers), lambda rows: r(together, rows))
    report.at_least("arousal, all as one speaker, r", r(together, everything), 0.88, interval=spread, **about)


def bench_cost(report: Report, clips: Clips) -> None:
    """Prosody and affect over ten pieces of six seconds, processor time of one thread over length."""
    joined = np.concatenate(clips.sounds)[: 60 * 16_000]
    pieces = np.split(joined, 10)
    scorer = AffectScorer(Policy())
    measure(pieces[0])
    start = time.process_time()
    timeline = utterances([measure(piece)[0] for piece in pieces], ["one"] * len(pieces))
    for utterance in timeline:
        scorer.live(utterance)
    scorer.batch(timeline)
    report.at_most("cost of prosody and affect, share of real time", (time.process_time() - start) / 60.0, 0.012)


def run(data: Path) -> Report:
    """All measures of the voice."""
    report = Report("Voice: prosody, arousal, dominance")
    acted, clips = emodb(data), rated(data)
    bench_emodb(report, acted)
    bench_rated(report, clips)
    bench_cost(report, acted)
    return report


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    return run(parser.parse_args(argv).data).finish()


if __name__ == "__main__":
    sys.exit(main())
