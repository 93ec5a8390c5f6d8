"""What was said within a selected stretch of time, by each speaker. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from illodesk.schema import Utterance
from illodesk.ui.review.lanes.data import AFFECT, COGNITIVE, LaneData, Speaker, Spoken

SCORES = (*AFFECT, *COGNITIVE)


@dataclass(frozen=True)
class Share:
    """One speaker's part of a stretch. None stands for no evidence.

    ``talk_s`` counts time in which the speaker speaks twice once; ``share`` is of the length of the stretch; ``words``
    are those whose middle lies in it; ``rate_sps`` is articulation in syllables/s. Rate and scores are means of the
    utterances, weighted by how long each lies within the stretch; ``f0_hz`` is the median of the voiced frames.
    """

    speaker: Speaker
    talk_s: float
    share: float
    turns: int
    words: int
    rate_sps: float | None
    f0_hz: float | None
    scores: dict[str, float | None]


@dataclass(frozen=True)
class Selected:
    """A stretch, what each speaker did in it (who says nothing is left out), and the time that is left, s."""

    start_s: float
    end_s: float
    shares: list[Share]
    silence_s: float
    overlap_s: float

    @property
    def length_s(self) -> float:
        return self.end_s - self.start_s


def measure(data: LaneData, start_s: float, end_s: float) -> Selected:
    """Count and average what lies between two seconds."""
    edges = np.array([start_s, end_s])
    length = end_s - start_s
    shares = [share_of(data, speaker, start_s, end_s) for speaker in data.speakers]
    everybody = data.everybody.coverage
    return Selected(
        start_s,
        end_s,
        [share for share in shares if share.turns],
        silence_s=length * (1.0 - float(everybody.share(edges)[0])),
        overlap_s=length * float(everybody.overlapped(edges)[0]),
    )


def share_of(data: LaneData, speaker: Speaker, start_s: float, end_s: float) -> Share:
    """One speaker's part."""
    spoken = data.of[speaker.label]
    within = np.minimum(spoken.ends, end_s) - np.maximum(spoken.starts, start_s)
    places = np.flatnonzero(within > 0)
    weights = within[places]
    length = end_s - start_s
    talk = length * float(spoken.coverage.share(np.array([start_s, end_s]))[0])
    return Share(
        speaker=speaker,
        talk_s=talk,
        share=talk / length,
        turns=len(places),
        words=sum(_words(spoken.utterances[place], start_s, end_s) for place in places.tolist()),
        rate_sps=_mean(spoken.scores["articulation_rate_sps"].values[places], weights),
        f0_hz=_pitch(data, spoken, places.tolist(), start_s, end_s),
        scores={name: _mean(spoken.scores[name].values[places], weights) for name in SCORES},
    )


def _words(utterance: Utterance, start_s: float, end_s: float) -> int:
    if utterance.words:
        return sum(start_s <= (word.t_start + word.t_end) / 2 < end_s for word in utterance.words)
    middle = (utterance.t_start + utterance.t_end) / 2  # corrected text without times counts as a whole
    return len(utterance.text.split()) if start_s <= middle < end_s else 0


def _mean(values: np.ndarray, weights: np.ndarray) -> float | None:
    known = np.isfinite(values)
    return float(np.average(values[known], weights=weights[known])) if known.any() else None


def _pitch(data: LaneData, spoken: Spoken, places: list[int], start_s: float, end_s: float) -> float | None:
    """Median of the voiced frames while the speaker speaks, on the channel where that was heard."""
    parts = []
    for place in places:
        utterance = spoken.utterances[place]
        curve = data.curves.get(f"f0_hz_{utterance.channel}")
        if curve is not None:
            parts.append(curve.between(max(utterance.t_start, start_s), min(utterance.t_end, end_s)))
    voiced = np.concatenate(parts) if parts else np.empty(0)
    voiced = voiced[np.isfinite(voiced)]
    return float(np.median(voiced)) if len(voiced) else None
