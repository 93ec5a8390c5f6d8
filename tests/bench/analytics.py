"""All analytics against their gates: ``python -m tests.bench.analytics [--data DIR] [--json FILE]``.

One table over every public set: voice, text, conduct and story, and what the whole costs. The figures come from the
benchmarks of the parts, which call the product's own functions; each of them says in its head what was tuned on what
and runs alone as ``python -m tests.bench.NAME``. The last line is one JSON object, also written to FILE. The exit
status is 1 when a gate falls short. Takes about five minutes.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from illodesk.demo import load_demo
from illodesk.engine.affect.scorer import AffectScorer
from illodesk.engine.audio import SAMPLE_RATE, FileReader
from illodesk.engine.conclusion import conclude
from illodesk.engine.conduct.markers import find_markers
from illodesk.engine.conduct.scorer import ConductScorer
from illodesk.engine.models import ModelSet
from illodesk.engine.policy import policy_for
from illodesk.engine.prosody import measure
from illodesk.engine.story.moments import MomentDetector
from illodesk.engine.story.transitions import TransitionDetector
from illodesk.schema import AnalysisOptions, MediaInfo, Utterance, Word
from tests.bench import conduct, story, text, voice
from tests.bench.report import Report, table

DATA = Path(__file__).parents[3] / "shared" / "data"
COST_GATE = 0.03


def cost() -> Report:
    """Everything but recognition and speakers over the demo interview: live scoring, then the conclusion."""
    report = Report("Cost")
    path, truth = load_demo()
    sound = np.concatenate(list(FileReader(path))).mean(axis=1).astype(np.float32)
    options = AnalysisOptions(channels="mix", speakers=1)
    policy, models = policy_for(options), ModelSet()
    models.text.read("warm up")
    models.sentences.encode(["warm up"])
    began = time.process_time()
    affect, conducts = AffectScorer(policy), ConductScorer(policy)
    transitions, moments = TransitionDetector(), MomentDetector()
    features: list[Utterance] = []
    scored: list[Utterance] = []
    for i, turn in enumerate(truth.turns):
        piece = sound[round(turn.t_start * SAMPLE_RATE) : round(turn.t_end * SAMPLE_RATE)]
        utterance = _utterance(i, turn.speaker, turn.t_start, turn.t_end, turn.text, piece, models)
        features.append(utterance)
        latest = conducts.live(affect.live(utterance), scored)
        transitions.feed(latest)
        moments.feed(latest, scored)
        scored.append(latest)
    seconds = len(sound) / SAMPLE_RATE
    media = MediaInfo(duration_s=seconds, layout="separate")
    conclude(features, [None] * len(features), options, policy, media, models)
    spent = (time.process_time() - began) / seconds
    report.at_most(
        "all but recognition and speakers, share of real time",
        spent,
        COST_GATE,
        "processor time, one thread",
        data="demo interview",
        size=f"{seconds:.0f} s",
    )
    return report


def _utterance(
    index: int, speaker: str, start: float, end: float, text: str, sound: np.ndarray, models: ModelSet
) -> Utterance:
    """The features of one turn, measured as the pipeline measures them, with its words spread evenly."""
    parts = text.split()
    step = (end - start) / max(1, len(parts))
    words = [Word(text=w, t_start=step * k, t_end=step * (k + 1), confidence=1.0) for k, w in enumerate(parts)]
    return Utterance(
        utterance_id=f"utt_{index:04d}",
        speaker=speaker,
        t_start=start,
        t_end=end,
        text=text,
        asr_confidence=1.0,
        prosody=measure(sound, words)[0],
        reading=models.text.read(text),
        lexical_markers=find_markers(text, words),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print one table and the JSON line; 1 when a gate falls short."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the public sets")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the JSON object here")
    options = parser.parse_args(argv)
    reports = [
        voice.run(options.data),
        text.run(options.data),
        conduct.run(options.data),
        story.run(options.data),
        cost(),
    ]
    rows = [row for report in reports for row in report.rows]
    print("\n".join(table(rows)))
    short = [row.name for row in rows if not row.ok]
    gates = sum(row.gate is not None for row in rows)
    print(f"\n{gates - len(short)} of {gates} gates are met." + (f" Short: {'; '.join(short)}." if short else ""))
    found = json.dumps({row.name: row.record() for row in rows})
    if options.json is not None:
        options.json.write_text(found + "\n", encoding="utf-8")
    print(found)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
