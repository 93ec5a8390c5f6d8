"""Topic boundaries and transitions against their gates: ``python -m tests.bench.story [--data DIR] [--json]``.

Topic boundaries: DialSeg711, TIAGE and committee meetings (QMSum), text only. Weights were set on the first half of the
dialogues of each set; the second half was only ever scored. What each set gives away is the usual number of segments
in a dialogue of usual length (from its first half). That this number grows with a quarter power of the length, no
longer in proportion, was decided by the lengths in the first halves, but after second halves had been scored both ways.
Transitions: EMO-DB clips of one speaker in a row, calm then aroused or the reverse, every 5 s, by the product's own
prosody and affect. Thresholds were set on speakers 03, 08 and 10; 09, 11 and 13 were only ever scored.
"""

from __future__ import annotations

import argparse
import csv
import json
from functools import partial
from pathlib import Path

import numpy as np

from illodesk.engine.affect.scorer import AffectScorer
from illodesk.engine.audio import FileReader
from illodesk.engine.prosody import measure
from illodesk.engine.sentences import SentenceEncoder
from illodesk.engine.story.boundaries import Encoder, choose_boundaries, expected_segments, score_gaps
from illodesk.engine.story.transitions import TransitionDetector
from illodesk.schema import LexicalMarkers, Policy, Prosody, TextReading, Utterance
from tests.bench.bootstrap import interval, mean_interval
from tests.bench.report import Details, Report
from tests.real import SHARED

SETS = {
    "DialSeg711": ("dialseg_711_first.json", 24.0),
    "TIAGE": ("tiage_first.json", 44.0),
    "committee": ("meeting_committee_first.json", 39.0),
}
CALM, AROUSED = ("neutral", "boredom"), ("anger", "fear")
PLANS: tuple[tuple[tuple[tuple[str, ...], int], ...], ...] = (
    ((("neutral",), 10), (("anger",), 10)),
    ((("anger",), 10), (("neutral",), 10)),
    ((CALM, 14), (AROUSED, 14), (CALM, 14)),
    ((("neutral",), 24),),
    ((("anger",), 12),),
)
EVERY_S = 5.0
SEEDS = 5


def pk(lengths: list[int], boundaries: list[int]) -> tuple[float, float]:
    """Pk (Beeferman 1999) and WindowDiff (Pevzner and Hearst 2002), with k half the mean reference segment."""
    n = sum(lengths)
    reference, found = np.zeros(n, int), np.zeros(n, int)
    reference[np.cumsum(lengths)[:-1]] = 1
    found[boundaries] = 1
    k = max(2, round(n / len(lengths) / 2))
    a, b = np.cumsum(reference), np.cumsum(found)
    a, b = a[k:] - a[:-k], b[k:] - b[:-k]
    return float(np.mean((a == 0) != (b == 0))) * 100, float(np.mean(a != b)) * 100


def boundaries_of(texts: list[str], expected: float, encoder: Encoder | None) -> list[int]:
    """The product's scorer and chooser over bare texts, with the number of segments to look for."""
    gaps = score_gaps(texts, expected, encoder)
    return choose_boundaries(gaps.score, expected, least=max(2, min(6, round(len(texts) / expected / 6))))


def topics(report: Report, data: Path) -> None:
    encoder = SentenceEncoder()
    for name, (file, gate) in SETS.items():
        dialogues = json.loads((data / "text/topicseg" / file).read_text())
        first = dialogues[: len(dialogues) // 2]
        length = float(np.mean([len(d["utterances"]) for d in first]))
        count = float(np.mean([len(d["segments"]) for d in first]))
        rows = []
        for d in dialogues:
            expected = expected_segments(len(d["utterances"]), length, count)
            found = boundaries_of(d["utterances"], expected, encoder)
            none = pk(d["segments"], [])[0]
            rows.append((*pk(d["segments"], found), len(found) + 1, len(d["segments"]), none))
        table = np.array(rows, float)
        held = table[len(first) :]
        about: Details = {"data": f"{name}, second half", "size": f"{len(held)} dialogues"}
        whole: Details = {"data": name, "size": f"{len(table)} dialogues"}
        nothing = float(held[:, 4].mean())
        second = mean_interval(held[:, 0])
        report.at_most("boundaries, Pk", held[:, 0].mean(), gate, baseline=nothing, interval=second, **about)
        nothing, spread = float(table[:, 4].mean()), mean_interval(table[:, 0])
        report.at_most("boundaries, Pk", table[:, 0].mean(), gate, baseline=nothing, interval=spread, **whole)
        report.note("boundaries, WindowDiff", table[:, 1].mean(), interval=mean_interval(table[:, 1]), **whole)
        ratio = held[:, 2].sum() / held[:, 3].sum()
        comment = f"{ratio:.2f} found per true one"
        report.at_most("number of segments, factor off", max(ratio, 1.0 / ratio), 2.0, comment, **about)
        near = (held[:, 2] <= 2 * held[:, 3]) & (held[:, 2] >= held[:, 3] / 2)
        report.note("share of dialogues within a factor of two", near.mean(), interval=mean_interval(near), **about)


def clips(data: Path) -> dict[tuple[str, str], list[tuple[float, Prosody]]]:
    """Measured EMO-DB clips by speaker and emotion."""
    found: dict[tuple[str, str], list[tuple[float, Prosody]]] = {}
    with (data / "emo_emodb/labels.csv").open() as table:
        for row in csv.DictReader(table):
            sound = np.concatenate(list(FileReader(data / "emo_emodb" / row["file"]))).mean(axis=1)
            measured = measure(sound.astype(np.float32))[0]
            found.setdefault((row["speaker"], row["emotion"]), []).append((len(sound) / 16_000, measured))
    return found


def splice(
    pools: dict[tuple[str, str], list[tuple[float, Prosody]]],
    speaker: str,
    plan: tuple[tuple[tuple[str, ...], int], ...],
    seed: int,
) -> tuple[list[Utterance], list[int]]:
    """A timeline of one speaker's clips and the indices at which the emotion changes."""
    rng = np.random.default_rng(seed)
    timeline: list[Utterance] = []
    changes = []
    for part, (emotions, count) in enumerate(plan):
        pool = [clip for emotion in emotions for clip in pools.get((speaker, emotion), [])]
        order = np.concatenate([rng.permutation(len(pool)) for _ in range(count // len(pool) + 1)])[:count]
        if part:
            changes.append(len(timeline))
        for i in order:
            seconds, prosody = pool[int(i)]
            start = len(timeline) * EVERY_S
            timeline.append(
                Utterance(
                    utterance_id=f"u{len(timeline)}",
                    speaker=speaker,
                    t_start=start,
                    t_end=start + seconds,
                    prosody=prosody,
                    language="de",
                    lexical_markers=LexicalMarkers(available=False),
                    reading=TextReading(available=False),
                )
            )
    return timeline, changes


def transitions(report: Report, data: Path) -> None:
    pools = clips(data)
    for who, speakers in (
        ("held-out speakers", ("09", "11", "13")),
        ("all speakers", ("03", "08", "09", "10", "11", "13")),
    ):
        for mode in ("batch", "live"):
            tallies = []
            for speaker in speakers:
                for seed in range(SEEDS):
                    for plan in PLANS:
                        timeline, changes = splice(pools, speaker, plan, seed)
                        scorer = AffectScorer(Policy())
                        scored = scorer.batch(timeline) if mode == "batch" else [scorer.live(u) for u in timeline]
                        detector = TransitionDetector()
                        found = [t for u in scored for t in detector.feed(u)]
                        places = [round(t.at_ms / 1000 / EVERY_S) for t in found]
                        matched = sum(any(abs(place - change) <= 1 for place in places) for change in changes)
                        minutes = timeline[-1].t_end / 60
                        tallies.append((matched, len(changes), len(places) - matched, minutes))
            names = [speaker for speaker in speakers for _ in range(SEEDS * len(PLANS))]
            counts = np.array(tallies, float)
            _, total, _, length = counts.sum(axis=0)
            about: Details = {
                "data": f"EMO-DB spliced, {who}, {mode}",
                "size": f"{total:.0f} changes, {length:.0f} min",
            }
            every = np.arange(len(counts))
            caught, wrong = partial(share, counts, 0, 1, 1.0), partial(share, counts, 2, 3, 10.0)
            report.at_least("transitions, recall", caught(every), 0.9, interval=interval(names, caught), **about)
            report.at_most(
                "transitions, false alarms in 10 min", wrong(every), 1.0, interval=interval(names, wrong), **about
            )


def share(counts: np.ndarray, part: int, of: int, scale: float, rows: np.ndarray) -> float:
    """Sum of one column over the sum of another, for some rows."""
    return float(scale * counts[rows, part].sum() / counts[rows, of].sum())


def run(data: Path, only: str = "") -> Report:
    """All measures of the story, or only ``topics`` or ``transitions``."""
    report = Report("Story: topic boundaries and transitions")
    if only != "transitions":
        topics(report, data)
    if only != "topics":
        transitions(report, data)
    return report


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--only", choices=["topics", "transitions"])
    args = parser.parse_args()
    report = run(args.data, args.only or "")
    return report.finish("json" if args.json else "table")


if __name__ == "__main__":
    raise SystemExit(main())
