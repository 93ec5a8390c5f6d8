"""Inline SVG of the report: who spoke when, valence and arousal of each speaker, engagement, moments; one time axis.

Times run from left to right over :data:`WIDTH` units. Values of an utterance stand over its time; where nobody spoke,
or without evidence, there is nothing. The pale band of valence and arousal is wider where the estimate is less sure
(half of it is 0.4 times one minus the confidence); that of engagement is its 95 % interval.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from html import escape

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import Utterance
from illodesk.store.exports.colours import speaker_colours
from illodesk.store.exports.material import Material
from illodesk.store.exports.wording import score_of, shown_name, speakers_of, stamp, told

WIDTH = 1000
_LEFT = 120  # room for the names of lanes
_ROW, _CURVE, _GAP = 22, 84, 22
_UNSURE = 0.4
_MOST_POINTS = 900
_STEPS_S = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)


def overview(material: Material) -> str:
    """The whole drawing as one ``svg`` element; empty where there is nothing to draw."""
    if not material.result.timeline or material.duration_s <= 0:
        return ""
    return _Drawing(material).svg()


class _Drawing:
    def __init__(self, material: Material) -> None:
        self._material = material
        self._result = material.result
        self._length = material.duration_s
        self._labels = speakers_of(self._result)
        self._own: dict[str, list[Utterance]] = {label: [] for label in self._labels}
        for utterance in self._result.timeline:
            self._own[utterance.speaker].append(utterance)
        self._y = 4.0
        self._parts: list[str] = []

    def svg(self) -> str:
        for place, label in enumerate(self._labels):
            if self._own[label]:
                self._speaker(place, label)
        self._y += 8
        self._affect("Valence", "valence", "positive", "negative")
        self._affect("Arousal", "arousal", "aroused", "calm")
        self._engagement()
        self._moments()
        axis = "".join(self._axis())
        about = "Who spoke when, and how valence, arousal, engagement and moments lie over the time of the conversation"
        return (
            f'<svg viewBox="0 0 {WIDTH} {self._y + 22:.0f}" role="img" aria-label="{about}">'
            f"<title>{about}</title>{axis}{''.join(self._parts)}</svg>"
        )

    # --- lanes ------------------------------------------------------------------------------------------------------

    def _speaker(self, place: int, label: str) -> None:
        name = shown_name(self._result, label)
        self._caption(name, self._y + _ROW / 2, f"s{place % len(speaker_colours())}")
        for utterance in self._own[label]:
            x, width = self._x(utterance.t_start), self._x(utterance.t_end) - self._x(utterance.t_start)
            self._parts.append(
                f'<rect class="s{place % len(speaker_colours())} fill" x="{x:.1f}" y="{self._y + 3:.1f}" '
                f'width="{max(0.8, width):.1f}" height="{_ROW - 6}"><title>{escape(name)} {stamp(utterance.t_start)}'
                "</title></rect>"
            )
        self._y += _ROW

    def _affect(self, title: str, name: str, high: str, low: str) -> None:
        """Values from -1 to 1 of each speaker, utterance by utterance."""
        self._frame(title, [(1.0, high), (0.0, "0"), (-1.0, low)], lambda value: (1 - value) / 2)
        for place, label in enumerate(self._labels):
            colour = f"s{place % len(speaker_colours())}"
            for utterance in self._own[label]:
                score = score_of(utterance, name)
                if score.value is None:
                    continue
                x, end = self._x(utterance.t_start), self._x(utterance.t_end)
                y = self._y + _CURVE * (1 - score.value) / 2
                half = _CURVE / 2 * _UNSURE * (1 - score.confidence)
                top, bottom = max(self._y, y - half), min(self._y + _CURVE, y + half)
                width = max(1.5, end - x)
                said = f"{escape(shown_name(self._result, label))} {stamp(utterance.t_start)}: {title.lower()} "
                self._parts.append(
                    f'<rect class="{colour} band" x="{x:.1f}" y="{top:.1f}" width="{width:.1f}" '
                    f'height="{bottom - top:.1f}"/><path class="{colour} line" {_DASHES[place % len(_DASHES)]}'
                    f'd="M{x:.1f} {y:.1f}h{width:.1f}"><title>{said}{score.value:+.2f}, '
                    f"confidence {score.confidence:.2f}</title></path>"
                )
        self._y += _CURVE + _GAP

    def _engagement(self) -> None:
        """Everybody's engagement, 0 to 1, with its interval."""
        track = self._material.tracks.get("engagement")
        if track is None or not {"value", "low", "high"} <= set(track.info.columns):
            return
        self._frame("Engagement", [(1.0, "high"), (0.5, "0.5"), (0.0, "low")], lambda value: 1 - value)
        columns = [track.info.columns.index(name) for name in ("value", "low", "high")]
        step = max(1, math.ceil(len(track.frames) / _MOST_POINTS))
        times, frames = track.times()[::step], np.asarray(track.frames[::step][:, columns], dtype=np.float64)
        for part in _stretches(np.atleast_1d(np.isfinite(frames).all(axis=1))):
            xs = [self._x(time) for time in times[part]]
            value, low, high = (self._y + _CURVE * (1 - frames[part, column]) for column in range(3))
            self._parts.append(
                f'<path class="engagement band" d="M{_path(xs, high)}L{_path(xs[::-1], low[::-1])}Z"/>'
                f'<path class="engagement line" d="M{_path(xs, value)}"/>'
            )
        self._y += _CURVE + _GAP

    def _moments(self) -> None:
        if not self._result.moments and not self._result.markers:
            return
        self._caption("Moments", self._y + _ROW / 2)
        y = self._y + _ROW / 2
        for moment in self._result.moments:
            x = self._x(moment.start_ms / 1000)
            text = f"{stamp(moment.start_ms / 1000)} {moment.category.replace('_', ' ')}: {moment.summary}"
            self._parts.append(f'<path class="moment" d="M{x:.1f} {y - 7:.1f}l6 7l-6 7l-6 -7z">{_title(text)}</path>')
        for marker in self._result.markers:
            text = f"{stamp(marker.t)} marker {marker.key} {marker.note}"
            self._parts.append(
                f'<path class="marker" d="M{self._x(marker.t):.1f} {y - 8:.1f}v16">{_title(text)}</path>'
            )
        self._y += _ROW

    # --- pieces -----------------------------------------------------------------------------------------------------

    def _x(self, seconds: float) -> float:
        return _LEFT + (WIDTH - _LEFT - 8) * min(1.0, max(0.0, seconds / self._length))

    def _caption(self, text: str, y: float, colour: str = "") -> None:
        short = text if len(text) <= 16 else text[:15] + "…"
        swatch = f'<rect class="{colour} fill" x="0" y="{y - 4:.1f}" width="8" height="8"/>' if colour else ""
        self._parts.append(f'{swatch}<text x="{12 if colour else 0}" y="{y + 4:.1f}">{escape(short)}</text>')

    def _frame(self, title: str, levels: list[tuple[float, str]], place: Callable[[float], float]) -> None:
        self._caption(title, self._y + _CURVE / 2)
        for value, name in levels:
            y = self._y + _CURVE * place(value)
            self._parts.append(
                f'<path class="grid" d="M{_LEFT} {y:.1f}H{WIDTH - 8}"/>'
                f'<text class="level" x="{_LEFT - 6}" y="{y + 4:.1f}">{name}</text>'
            )

    def _axis(self) -> Iterator[str]:
        step = next((s for s in _STEPS_S if self._length / s <= 10), _STEPS_S[-1])
        for second in range(0, int(self._length) + 1, step):
            x = self._x(second)
            yield f'<path class="grid" d="M{x:.1f} 0V{self._y:.0f}"/>'
            yield f'<text class="tick" x="{x:.1f}" y="{self._y + 14:.0f}">{stamp(second)}</text>'


_DASHES = ("", 'stroke-dasharray="5 2" ', 'stroke-dasharray="1.5 2" ', 'stroke-dasharray="7 2 1.5 2" ')
"""Lines of speakers differ beside their colours."""


def _title(text: str) -> str:
    return f"<title>{escape(told(text))}</title>"


def _path(xs: list[float], ys: NDArray[np.float64]) -> str:
    return "L".join(f"{x:.1f} {y:.1f}" for x, y in zip(xs, ys, strict=True))


def _stretches(known: NDArray[np.bool_]) -> Iterator[slice]:
    """Runs of frames with a value."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], known.astype(np.int8), [0]))))
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        yield slice(int(start), int(end))
