"""Spans of time on tiers, as annotation programs need them: whole milliseconds, in order, none over another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from illodesk.schema import AnalysisResult, Utterance
from illodesk.store.exports.wording import plain


@dataclass(frozen=True)
class Span:
    """A stretch of time with a text; at least one millisecond long."""

    start_ms: int
    end_ms: int
    text: str
    utterance: Utterance | None = None


def span(start_s: float, end_s: float, text: str, utterance: Utterance | None = None) -> Span:
    """A span of times in s."""
    start = max(0, round(start_s * 1000))
    return Span(start, max(start + 1, round(end_s * 1000)), plain(text), utterance)


def layers(spans: Iterable[Span]) -> list[list[Span]]:
    """Divide spans into as few layers as hold them without overlap; one layer, maybe empty, at least."""
    found: list[list[Span]] = [[]]
    for each in sorted(spans, key=lambda one: (one.start_ms, one.end_ms)):
        free = next((layer for layer in found if not layer or layer[-1].end_ms <= each.start_ms), None)
        if free is None:
            found.append([each])
        else:
            free.append(each)
    return found


def word_spans(whole: Span) -> list[Span]:
    """The words of an utterance inside its span, in order and without overlap; those with no time left are let go."""
    assert whole.utterance is not None
    found: list[Span] = []
    at = whole.start_ms
    for word in whole.utterance.words:
        start = max(at, round(word.t_start * 1000))
        end = min(whole.end_ms, max(start + 1, round(word.t_end * 1000)))
        text = plain(word.text)
        if start < end and text:
            found.append(Span(start, end, text))
            at = end
    return found


def spoken(result: AnalysisResult) -> dict[str, list[list[Span]]]:
    """Every speaker's label, in the order they first speak, with the layers of what they said."""
    by_label: dict[str, list[Span]] = {}
    for utterance in result.timeline:
        new = span(utterance.t_start, utterance.t_end, utterance.text, utterance)
        by_label.setdefault(utterance.speaker, []).append(new)
    return {label: layers(spans) for label, spans in by_label.items()}


def moment_spans(result: AnalysisResult) -> list[Span]:
    """Moments, each with its category and summary."""
    return [
        span(moment.start_ms / 1000, moment.end_ms / 1000, f"{moment.category}: {moment.summary}")
        for moment in result.moments
    ]


def phase_spans(result: AnalysisResult) -> list[Span]:
    """Phases by name."""
    return [span(phase.start_timestamp, phase.end_timestamp, phase.phase_name) for phase in result.segmentation.phases]


def points(result: AnalysisResult) -> list[tuple[float, str]]:
    """Markers as (s, text)."""
    return [(marker.t, plain(f"{marker.key} {marker.note}")) for marker in result.markers]


def free_name(wanted: str, taken: set[str]) -> str:
    """A name for a tier that is not taken yet, and is from now on; a number follows one that is."""
    base = plain(wanted) or "tier"
    name, number = base, 2
    while name in taken:
        name, number = f"{base} ({number})", number + 1
    taken.add(name)
    return name
