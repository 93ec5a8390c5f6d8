"""Praat TextGrid, long format, UTF-8: interval tiers without gaps, point tiers for moments and markers.

Praat has no overlap on a tier: who speaks while speaking already (after a merge) gets a second tier.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from illodesk.store.exports.material import Material
from illodesk.store.exports.output import text_over
from illodesk.store.exports.spans import Span, free_name, layers, moment_spans, phase_spans, points, span, spoken
from illodesk.store.exports.spans import word_spans as words_in
from illodesk.store.exports.wording import plain

Intervals = tuple[str, list[Span]]
Points = tuple[str, list[tuple[int, str]]]


def write(material: Material, out: BinaryIO) -> None:
    """Write every tier: speakers, their words, emotions, phases, own tiers, moments, markers."""
    intervals, marks = _interval_tiers(material), _point_tiers(material)
    end = max(
        [1, round(material.duration_s * 1000)]
        + [spans[-1].end_ms for _, spans in intervals if spans]
        + [tier[-1][0] for _, tier in marks]
    )
    with text_over(out) as file:
        file.write('File type = "ooTextFile"\nObject class = "TextGrid"\n\n')
        file.write(f"xmin = 0\nxmax = {_s(end)}\ntiers? <exists>\nsize = {len(intervals) + len(marks)}\nitem []:\n")
        for number, (name, spans) in enumerate(intervals, start=1):
            filled = list(_without_gaps(spans, end))
            file.write(_head(number, "IntervalTier", name, end) + f"        intervals: size = {len(filled)}\n")
            for place, each in enumerate(filled, start=1):
                file.write(f"        intervals [{place}]:\n            xmin = {_s(each.start_ms)}\n")
                file.write(f"            xmax = {_s(each.end_ms)}\n            text = {_quoted(each.text)}\n")
        for number, (name, tier) in enumerate(marks, start=len(intervals) + 1):
            file.write(_head(number, "TextTier", name, end) + f"        points: size = {len(tier)}\n")
            for place, (at, text) in enumerate(tier, start=1):
                file.write(f"        points [{place}]:\n            number = {_s(at)}\n")
                file.write(f"            mark = {_quoted(text)}\n")


def _interval_tiers(material: Material) -> list[Intervals]:
    result, taken = material.result, set[str]()
    tiers: list[Intervals] = []
    for label, stack in spoken(result).items():
        for layer in stack:
            name = free_name(result.name_of(label), taken)
            tiers.append((name, layer))
            if material.options.words:
                words = [word for whole in layer for word in words_in(whole)]
                tiers.append((free_name(f"{name} words", taken), words))
            tiers.append((free_name(f"{name} emotion", taken), list(_emotions(layer))))
    groups = [("phases", phase_spans(result))]
    groups += [
        (tier.name, [span(each.t_start, each.t_end, each.value) for each in tier.annotations]) for tier in result.tiers
    ]
    for title, spans in groups:
        tiers += [(free_name(title, taken), layer) for layer in layers(spans)]
    return tiers


def _point_tiers(material: Material) -> list[Points]:
    taken = {plain(material.result.name_of(label)) for label in spoken(material.result)}
    taken |= {plain(tier.name) for tier in material.result.tiers}
    moments = [(each.start_ms, each.text) for each in moment_spans(material.result)]
    markers = [(max(0, round(t * 1000)), text or "marker") for t, text in points(material.result)]
    tiers = [(title, _one_at_a_time(found)) for title, found in (("moments", moments), ("markers", markers)) if found]
    return [(free_name(title, taken), found) for title, found in tiers]


def _emotions(layer: Iterable[Span]) -> Iterable[Span]:
    """The strongest expressed emotion of each utterance, where there is evidence for one."""
    for each in layer:
        if each.utterance is not None and each.utterance.emotion.dominant:
            yield Span(each.start_ms, each.end_ms, plain(each.utterance.emotion.dominant))


def _one_at_a_time(found: Iterable[tuple[int, str]]) -> list[tuple[int, str]]:
    """Points in order of time; those of one millisecond share a point."""
    at: dict[int, list[str]] = {}
    for time, text in sorted(found):
        at.setdefault(time, []).append(text)
    return [(time, " / ".join(texts)) for time, texts in at.items()]


def _without_gaps(spans: list[Span], end: int) -> Iterable[Span]:
    at = 0
    for each in spans:
        if each.start_ms > at:
            yield Span(at, each.start_ms, "")
        yield each
        at = each.end_ms
    if at < end:
        yield Span(at, end, "")


def _head(number: int, kind: str, name: str, end: int) -> str:
    return (
        f'    item [{number}]:\n        class = "{kind}"\n        name = {_quoted(name)}\n'
        f"        xmin = 0\n        xmax = {_s(end)}\n"
    )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _s(ms: int) -> str:
    """Milliseconds as s, exactly."""
    return f"{ms // 1000}.{ms % 1000:03}".rstrip("0").rstrip(".")
