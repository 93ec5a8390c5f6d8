"""Write docs/methods.md: what each analytic measures, its weights as the code has them, and the measured figures.

python packaging/build_methods.py

Weights and marker counts are read from the code and the tables themselves, the text from packaging/methods.md. Figures
come from docs/reference/analytics.json, which ``python -m tests.bench.analytics --json docs/reference/analytics.json``
writes.
"""

from __future__ import annotations

import inspect
import json
import math
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import yaml

from illodesk import resource_path
from illodesk.engine.affect import fusion, norms, text, valence, voice
from illodesk.engine.affect.prototypes import PROTOTYPES
from illodesk.engine.conduct import cognitive, cues, engagement, quality, signals, situation, stance
from illodesk.engine.conduct.acts import Acts
from illodesk.engine.conduct.features import QUANTITIES
from illodesk.engine.conduct.patterns import split_phrases
from illodesk.engine.conduct.terms import Term
from illodesk.engine.story import boundaries, moment_rules, moments, segmentation, transitions
from illodesk.schema import EMOTIONS, Basis, LexicalMarkers, Score, Timing, Utterance

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "methods.md"
FIGURES = ROOT / "docs" / "reference" / "analytics.json"
TEXT = Path(__file__).with_name("methods.md")


class Probe:
    """Stands in for a situation, has evidence of everything, and remembers the terms that a formula asks for."""

    def __init__(self, backchannel: bool) -> None:
        self.timing = Timing(gap_s=0.3, backchannel=backchannel, response_to_question=True)
        self.utterance = Utterance(utterance_id="", speaker="", t_start=0.0, t_end=1.0)
        self.markers = LexicalMarkers()
        self.acts = Acts(commitment=1.0)
        self.overlap_before = self.overlap_topic = 0.5
        self.short_replies = 3
        self.speaks = self.has_text = self.has_voice = True
        self.terms: list[Term] = []
        self.full_weight = 0.0

    def z(self, _name: str) -> float:
        return 0.0

    def count(self, kind: str) -> float:
        return float(kind == "commit_strong")

    def z_term(self, name: str, weight: float) -> Term:
        return Term(name, weight, 0.0, "deviation from the speaker's norm", QUANTITIES[name].basis)

    def count_term(self, kind: str, weight: float, words: str, at_most: float = 2.0) -> Term:
        return Term(kind, weight, 0.0, f"times of: {words}; at most {at_most:g}", Basis.TEXT)

    def affect_term(self, name: str, weight: float, magnitude: bool = False) -> Term:
        basis = Basis.TEXT if name == "valence" else Basis.VOICE
        return Term(name, weight, 0.0, f"strength of {name}" if magnitude else name, basis)

    def final_rise_term(self, weight: float) -> Term:
        return Term("final_rise", weight, 0.0, "rise at the end over 10 st/s, at most 1.5, unless asking", Basis.VOICE)

    def confidence(self, terms: Sequence[Term | None], full_weight: float) -> float:
        self.terms = [term for term in terms if term is not None]
        self.full_weight = full_weight
        return 0.0


def terms_of(formula: Callable[[Any], Score]) -> tuple[dict[str, Term], float]:
    """Every term of a formula, and the weight at which confidence is full."""
    found: dict[str, Term] = {}
    full = 0.0
    for backchannel in (False, True):
        probe = Probe(backchannel)
        formula(probe)
        found |= {term.name: term for term in probe.terms if term.name not in found}
        full = probe.full_weight
    return found, full


FORMULAS: tuple[tuple[str, Callable[[Any], Score]], ...] = (
    ("Engagement", cognitive.engagement),
    ("Focus", lambda s: cognitive.focus(s, Score(value=0.5, confidence=1.0))),
    ("Cognitive load", cognitive.cognitive_load),
    ("Certainty", cognitive.certainty),
    ("Commitment", stance.commitment),
    ("Passion", stance.passion),
    ("Conviction", stance.conviction),
)
SAID = {
    "monotone": "1 where pitch movement is one deviation below the norm",
    "backchannel": "1 for an acknowledgement",
    "takes_up": "content words shared with the previous turn",
    "stays_on_subject": "content words shared with the last minute",
    "short_replies": "minimal replies in a row over three, from the second",
    "cognitive_load": "load, from -1 to 1",
    "self_repair": "deviation of self-repairs, where above the norm",
    "commit_strong": "1 for a promise, .6 for a yes to a request, .5 more with a date",
}


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """A Markdown table with a blank line after it."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return [*lines, *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows), ""]


def formulas() -> list[str]:
    """Terms and weights of every conduct score."""
    lines: list[str] = []
    for name, formula in FORMULAS:
        terms, full = terms_of(formula)
        lines += [f"**{name}** (full confidence at a measured weight of {full:g})", ""]
        rows = [(f"`{t.name}`", f"{t.weight:+g}", SAID.get(t.name, t.detail), t.basis.value) for t in terms.values()]
        lines += table(("term", "weight", "amount", "basis"), rows)
    return lines


def quality_weights() -> list[str]:
    """Weight of each signal in each dimension, found by switching signals on one at a time."""

    class Stretch:
        timeline: tuple[Utterance, ...] = ()
        signals: tuple[Any, ...] = ()

        def __init__(self, on: str) -> None:
            self.on = on

        def signal(self, name: str) -> float:
            return float(name == self.on)

        def mean(self, _values: object) -> float:
            return 0.0

        def share(self, _count: int, _of: int) -> float:
            return 0.0

        def per_minute(self, _count: float, _full: float) -> float:
            return 0.0

    parts = {
        "clarity": quality._clarity,
        "authority": quality._authority,
        "energy": quality._energy,
        "rapport": quality._rapport,
        "learning": quality._learning,
    }
    rows = []
    for signal in sorted(cues.CUES):
        cells = [part(Stretch(signal)) - part(Stretch("")) for part in parts.values()]  # type: ignore[arg-type]
        if any(cells):
            rows.append((signal, *(f"{cell:+g}" if cell else "" for cell in cells)))
    return table(("signal", *parts), rows)


def first_sentence(thing: object) -> str:
    """The first paragraph of a docstring as one line."""
    return " ".join(inspect.cleandoc(inspect.getdoc(thing) or "").split("\n\n")[0].split()).replace("``", "`")


def marker_counts() -> list[str]:
    """How many entries each kind of marker has in each language."""
    tables = {
        language: yaml.safe_load(resource_path(f"markers/{language}.yaml").read_text("utf-8"))["kinds"]
        for language in ("en", "de")
    }
    rows = []
    for kind in sorted({kind for kinds in tables.values() for kind in kinds}):
        counts = [
            sum(len(split_phrases(group["phrases"])) for group in kinds[kind]["groups"]) if kind in kinds else 0
            for kinds in tables.values()
        ]
        rows.append((f"`{kind}`", *counts))
    return table(("marker", "English entries", "German entries"), rows)


def voice_tables() -> list[str]:
    """Weights and usual values of the features of the voice, and what quality flags cost."""
    rows = [
        (
            f"`{name}`",
            f"{voice.AROUSAL_WEIGHTS[name]:+g}" if name in voice.AROUSAL_WEIGHTS else "",
            f"{voice.DOMINANCE_WEIGHTS[name]:+g}" if name in voice.DOMINANCE_WEIGHTS else "",
            f"{prior.mean:g}",
            f"{prior.within:g}",
            f"{prior.between:g}",
        )
        for name, prior in norms.PRIORS.items()
    ]
    head = ("feature", "arousal", "dominance", "usual", "within a speaker", "between speakers")
    lines = table(head, rows)
    lines += ["What each quality flag leaves of the confidence:", ""]
    return lines + table(("flag", "factor"), [(f"`{k}`", f"{v:g}") for k, v in voice.FLAG_FACTORS.items()])


def classes() -> list[str]:
    """The seven classes: shares, valence and place in pleasure, arousal and dominance."""
    rows = [
        (
            name,
            f"{text.CONVERSATION_PRIOR[name]:g}",
            f"{valence.CLASS_VALENCE[name]:+g}",
            *(f"{value:+.2f}" for value in PROTOTYPES[name]),
        )
        for name in EMOTIONS
    ]
    return table(("class", "share in talk", "valence", "pleasure", "arousal", "dominance"), rows)


def figures() -> list[str]:
    """The measured figures, as the benchmark wrote them."""
    found = json.loads(FIGURES.read_text("utf-8"))
    rows = []
    for name, row in found.items():
        low, high = row.get("interval", (math.nan, math.nan))
        verdict = "" if row["gate"] is None else "met" if row["ok"] else "**short**"
        rows.append(
            (
                name.removeprefix(f"{row.get('data', '')}: "),
                row.get("data", ""),
                row.get("size", ""),
                f"{row['value']:.3g}",
                f"{row['baseline']:.3g}" if "baseline" in row else "",
                "" if row["gate"] is None else f"{row['gate']:g}",
                "" if math.isnan(low) else f"{low:.3g} to {high:.3g}",
                verdict,
            )
        )
    return table(("measure", "set", "size", "ours", "baseline", "gate", "95 %", ""), rows)


def values() -> dict[str, str]:
    """Constants that the text of the page quotes."""
    named = {
        "arousal_slope": voice.AROUSAL_SLOPE,
        "dominance_slope": voice.DOMINANCE_SLOPE,
        "prior_utterances": norms.PRIOR_UTTERANCES,
        "settled": norms.SETTLED,
        "drift": norms.DRIFT,
        "temper": text.DOMAIN_TEMPER,
        "full_words": text.FULL_WORDS,
        "words_share": valence.WORDS_SHARE,
        "class_gain": valence.CLASS_GAIN,
        "polar": fusion.POLAR,
        "voice_weight": fusion.VOICE_WEIGHT,
        "tau": fusion.TAU,
        "sure_words": fusion.SURE_WORDS,
        "text_cap": fusion.TEXT_CAP,
        "voice_cap": fusion.VOICE_CAP,
        "cap": cognitive.CAP,
        "cap_without_voice": cognitive.CAP_WITHOUT_VOICE,
        "understood": situation.UNDERSTOOD_FROM,
        "signal_bias": signals.BIAS,
        "telling": signals.TELLING,
        "emit": signals.EMIT_FROM,
        "merge": signals.MERGE_WITHIN_S,
        "engaged": engagement.ENGAGED_FROM,
        "disengaged": engagement.DISENGAGED_FROM,
        "gain": quality.GAIN,
        "full_share": quality.FULL_SHARE,
        "refractory": moments.REFRACTORY_S,
        "ratio": transitions.RATIO,
        "growth": boundaries.GROWTH,
        "usual_minutes": segmentation.USUAL_MINUTES,
        "usual_phases": segmentation.USUAL_PHASES,
    }
    return {name: f"{value:g}" for name, value in named.items()}


def blocks() -> dict[str, list[str]]:
    """Tables that the text of the page asks for by name."""
    rules = [(rule.__name__.strip("_"), first_sentence(rule)) for rule in moment_rules.RULES]
    return {
        "voice": voice_tables(),
        "classes": classes(),
        "formulas": formulas(),
        "signals": table(("signal", "cues"), [(name, first_sentence(cues.CUES[name])) for name in sorted(cues.CUES)]),
        "quality": quality_weights(),
        "moments": table(("moment", "rule"), rules),
        "markers": marker_counts(),
        "figures": figures(),
    }


def build() -> str:
    """The whole page: the text beside this script with constants and tables filled in."""
    page = TEXT.read_text("utf-8")
    for name, value in values().items():
        assert f"{{{name}}}" in page, f"{name} is not quoted"
        page = page.replace(f"{{{name}}}", value)
    for name, lines in blocks().items():
        assert f"<{name}>\n" in page, f"{name} is not shown"
        page = page.replace(f"<{name}>\n", "\n".join(lines).rstrip() + "\n")
    return page


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
