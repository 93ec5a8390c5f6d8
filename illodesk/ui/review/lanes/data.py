"""What the lanes draw, made once from a result and its tracks, outside the GUI thread. Knows no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from illodesk.desk import Track
from illodesk.schema import EMOTIONS, AnalysisResult, Basis, Score, Utterance, label_order
from illodesk.ui.review.lanes.series import Coverage, Floats, Pyramid, Steps, Values
from illodesk.ui.review.lanes.spectrum import Tiles
from illodesk.ui.words import speaker_name

AFFECT = ("valence", "arousal", "dominance")
COGNITIVE = ("engagement", "focus", "cognitive_load")
MEASURED = ("articulation_rate_sps", "snr_db", "clipped_ratio")


@dataclass(frozen=True)
class Speaker:
    """Who speaks: label in the result, the name to show, and the number of the colour."""

    label: str
    name: str
    number: int


@dataclass(frozen=True)
class Source:
    """What to show. ``speakers`` in the order of their rows; without them, those of the result."""

    conversation_id: str
    result: AnalysisResult
    tracks: Mapping[str, Track]
    speakers: Sequence[Speaker] = ()
    duration_s: float = 0.0
    media: Path | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What tells one analysis from another: tracks of the same key are the same."""
        return self.conversation_id, self.result.run


@dataclass(frozen=True)
class Spoken:
    """What one speaker said, or everybody: utterances in order of time, as arrays."""

    utterances: list[Utterance]
    starts: Floats
    ends: Floats
    coverage: Coverage
    scores: dict[str, Steps]

    def at(self, t: float) -> Utterance | None:
        """The utterance that goes on at a second."""
        place = int(np.searchsorted(self.starts, t, "right")) - 1
        while place >= 0 and self.starts[place] > t - 600:
            if self.ends[place] > t:
                return self.utterances[place]
            place -= 1
        return None

    def before(self, t: float) -> Utterance | None:
        """The utterance that began last."""
        place = int(np.searchsorted(self.starts, t, "right")) - 1
        return self.utterances[place] if place >= 0 else None


@dataclass(frozen=True)
class LaneData:
    """Everything that lanes draw of one conversation."""

    key: tuple[str, int]
    result: AnalysisResult
    duration_s: float
    speakers: list[Speaker]
    everybody: Spoken
    of: dict[str, Spoken]
    emotions: Values
    curves: dict[str, Pyramid]
    channels: list[int] = field(default_factory=list)
    media: Path | None = None
    tiles: Tiles = field(default_factory=Tiles)

    def has(self, name: str) -> bool:
        """Whether anybody has a value of a score or measure anywhere."""
        return any(bool(np.isfinite(spoken.scores[name].values).any()) for spoken in self.of.values())

    def score(self, utterance: Utterance, name: str) -> Score:
        """A score of an utterance with its confidence and basis, as far as they are known."""
        if name in utterance.evidence:
            return utterance.evidence[name]
        if name in AFFECT:
            part = utterance.emotion
            return Score(value=getattr(part, name), confidence=part.confidence, basis=part.basis)
        return Score(value=getattr(utterance.cognitive, name), confidence=utterance.cognitive.confidence)


def build(source: Source, before: LaneData | None = None) -> LaneData:
    """Make arrays and pyramids. Those of ``before`` are used again when they are of the same analysis.

    So are the tiles of the spectrogram, when they are of the same recording.
    """
    result = source.result
    timeline = sorted(result.timeline, key=lambda u: u.t_start)
    speakers = list(source.speakers) or speakers_of(result)
    known = {speaker.label for speaker in speakers}
    others = sorted({u.speaker for u in timeline} - known, key=label_order)
    speakers += [Speaker(label, label, len(speakers)) for label in others]
    end = max((u.t_end for u in timeline), default=0.0)
    same = before is not None and before.key == source.key
    return LaneData(
        key=source.key,
        result=result,
        duration_s=max(source.duration_s, result.media.duration_s, result.analysed_s, end),
        speakers=speakers,
        everybody=spoken(timeline, ()),
        of={
            speaker.label: spoken([u for u in timeline if u.speaker == speaker.label], (*AFFECT, *COGNITIVE, *MEASURED))
            for speaker in speakers
        },
        emotions=np.array([[_number(getattr(u.emotion, e)) for e in EMOTIONS] for u in timeline], np.float32).reshape(
            -1, len(EMOTIONS)
        ),
        curves=before.curves if before is not None and same else curves(result, source.tracks),
        channels=sorted(int(name.removeprefix("peaks_")) for name in source.tracks if name.startswith("peaks_")),
        media=source.media,
        tiles=before.tiles if before is not None and before.media == source.media else Tiles(),
    )


def speakers_of(result: AnalysisResult) -> list[Speaker]:
    """The speakers of a result under their given names."""
    labels = sorted({u.speaker for u in result.timeline}, key=label_order)
    return [
        Speaker(label, result.speaker_names.get(label) or speaker_name(label), number)
        for number, label in enumerate(labels)
    ]


def spoken(utterances: list[Utterance], names: Sequence[str]) -> Spoken:
    """Utterances of one speaker with their scores, or of everybody."""
    starts = np.array([u.t_start for u in utterances], np.float64)
    ends = np.array([u.t_end for u in utterances], np.float64)
    scores = {}
    for name in names:
        pairs = np.array([_value(u, name) for u in utterances], np.float32).reshape(-1, 2)
        scores[name] = Steps(starts, ends, pairs[:, 0], pairs[:, 1])
    return Spoken(utterances, starts, ends, Coverage(starts, ends), scores)


def curves(result: AnalysisResult, tracks: Mapping[str, Track]) -> dict[str, Pyramid]:
    """A pyramid for every curve in the tracks: ``peaks_0``, ``f0_hz_0``, ``engagement``, ``valence Speaker_0``, …"""
    found: dict[str, Pyramid] = {}
    for name, track in tracks.items():
        if track.info.hop_s is None:
            continue  # frames at times of their own are no curve that a lane draws
        columns = track.info.columns
        hop, start = track.info.hop_s, track.info.start_s
        stem, _, number = name.rpartition("_")
        if stem == "peaks":
            found[name] = Pyramid(track.frames[:, 0], track.frames[:, 1], hop, start)
        elif stem == "prosody":
            for column, what in enumerate(columns):
                found[f"{what}_{number}"] = plain(track.frames[:, column], hop, start)
        elif name == "engagement" and {"value", "low", "high"} <= set(columns):
            value, low, high = (track.frames[:, columns.index(what)] for what in ("value", "low", "high"))
            found["engagement"] = plain(value, hop, start)
            found["engagement band"] = Pyramid(low, high, hop, start)
    if "speakers" not in result.outdated:  # else the curves are of people as they were told apart before
        labels = sorted({u.speaker for u in result.timeline})
        for number_, label in enumerate(labels):
            affect = tracks.get(f"affect_{number_}")
            if affect is not None:
                for column, what in enumerate(affect.info.columns):
                    hop, start = affect.info.hop_s or 1.0, affect.info.start_s
                    found[f"{what} {label}"] = plain(affect.frames[:, column], hop, start)
    return found


def plain(values: Values, hop_s: float, start_s: float) -> Pyramid:
    """The pyramid of a curve with one value for each step."""
    return Pyramid(values, values, hop_s, start_s)


def _value(utterance: Utterance, name: str) -> tuple[float, float]:
    """Value and confidence; NaN where there is no value."""
    if name in MEASURED:
        return _number(getattr(utterance.prosody, name)), 1.0
    part = utterance.emotion if name in AFFECT else utterance.cognitive
    evidence = utterance.evidence.get(name)
    return _number(getattr(part, name)), evidence.confidence if evidence is not None else part.confidence


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def basis_words(basis: Sequence[Basis]) -> str:
    """Bases in the order of the schema, for read-outs: ``voice, timing``."""
    return ", ".join(one.value for one in Basis if one in basis)
