"""A long conversation made by rule: four hours, 5,000 utterances, with every track that an analysis writes."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import (
    EMOTIONS,
    AnalysisOptions,
    AnalysisResult,
    Basis,
    Cognitive,
    Emotion,
    Marker,
    MediaInfo,
    Moment,
    Phase,
    Prosody,
    Score,
    Segmentation,
    Summary,
    Utterance,
    Word,
)
from illodesk.store.sink import TrackFolder
from illodesk.store.store import Store

HOURS = 4.0
UTTERANCES = 5000
HOP_S = 0.01
CURVE_HOP_S = 0.5

Tracks = dict[str, tuple[tuple[str, ...], float, NDArray[np.float32]]]


def conversation(utterances: int = UTTERANCES, hours: float = HOURS, speakers: int = 2) -> AnalysisResult:
    """A result of that many utterances. Every ninth has no evidence for its scores; some overlap."""
    rng = random.Random(3)
    duration_s = hours * 3600
    slot = duration_s / max(utterances, 1)
    timeline = [_utterance(i, slot, rng, speakers) for i in range(utterances)]
    return AnalysisResult(
        utterances=len(timeline),
        timeline=timeline,
        summary=Summary(overview="A long talk."),
        moments=[_moment(i, timeline) for i in range(0, len(timeline), max(1, utterances // 60))],
        segmentation=Segmentation(phases=_phases(timeline, duration_s)),
        markers=[
            Marker(marker_id=f"m{i}", t=duration_s * (i + 0.5) / 5, key=str(i + 1), note="look") for i in range(5)
        ],
        media=MediaInfo(name="long.wav", duration_s=duration_s, channels=2, layout="separate", sample_rate=16_000),
        options=AnalysisOptions(),
        analysed_s=duration_s,
    )


def _utterance(i: int, slot: float, rng: random.Random, speakers: int) -> Utterance:
    start = i * slot + rng.uniform(0, 0.1) * slot
    end = start + slot * rng.uniform(0.3, 1.05)
    words = ["so", "then", "we", "looked", "at", "the", "plan", "again", "and", "agreed", "on", "it"]
    known = i % 9 != 4
    shares = np.array([rng.random() ** 3 for _ in EMOTIONS])
    shares /= shares.sum()
    confidence = rng.uniform(0.2, 0.9)
    basis = [Basis.TEXT, Basis.VOICE]
    emotion = (
        Emotion.from_probabilities(
            shares,
            valence=rng.uniform(-0.8, 0.8),
            arousal=rng.uniform(-0.6, 0.9),
            dominance=rng.uniform(-0.5, 0.5),
            confidence=confidence,
            basis=basis,
        )
        if known
        else Emotion()
    )
    cognitive = (
        Cognitive(engagement=rng.random(), focus=rng.random(), cognitive_load=rng.random(), confidence=confidence)
        if known
        else Cognitive()
    )
    step = (end - start) / len(words)
    return Utterance(
        utterance_id=f"utt_{i:05d}",
        speaker=f"Speaker_{i % speakers}",
        channel=i % 2,
        t_start=start,
        t_end=end,
        text=" ".join(words),
        words=[
            Word(text=word, t_start=start + k * step, t_end=start + (k + 1) * step, confidence=0.9)
            for k, word in enumerate(words)
        ],
        asr_confidence=0.9,
        prosody=Prosody(
            duration_s=end - start,
            articulation_rate_sps=rng.uniform(2.5, 6.5) if known else None,
            snr_db=rng.uniform(8, 35),
            clipped_ratio=0.01 if i % 400 == 7 else 0.0,
        ),
        emotion=emotion,
        cognitive=cognitive,
        evidence={"engagement": Score(value=cognitive.engagement, confidence=confidence, basis=[Basis.TIMING])},
        confidence=confidence,
    )


def _moment(i: int, timeline: list[Utterance]) -> Moment:
    categories = ("objection", "topic_shift", "emotional_peak", "engagement_drop")
    return Moment(
        moment_id=f"moment_{i:04d}",
        category=categories[i % 4],
        speaker_id=timeline[i].speaker,
        start_ms=int(1000 * timeline[i].t_start),
        end_ms=int(1000 * timeline[i].t_end),
        utterance_ids=[timeline[i].utterance_id],
        summary="worth a look",
    )


def _phases(timeline: list[Utterance], duration_s: float) -> list[Phase]:
    if not timeline:
        return []
    names = ("Opening", "Background", "What went wrong", "Ideas", "Price", "Next steps", "Closing")
    edges = np.linspace(0.0, duration_s, len(names) + 1)
    return [
        Phase(
            phase_id=f"phase_{i}",
            phase_name=name,
            start_timestamp=float(edges[i]),
            end_timestamp=float(edges[i + 1]),
            start_utterance_id=timeline[0].utterance_id,
            end_utterance_id=timeline[-1].utterance_id,
            utterance_count=1,
            theme=name,
            summary="",
            emotional_tone="neutral",
        )
        for i, name in enumerate(names)
    ]


def tracks(result: AnalysisResult) -> Tracks:
    """Peaks and prosody of two channels, engagement, and one affect track for each speaker."""
    rng = np.random.default_rng(5)
    duration_s = result.media.duration_s
    frames, curve = int(duration_s / HOP_S), int(duration_s / CURVE_HOP_S)
    found: Tracks = {}
    for channel in range(2):
        speaking = np.zeros(frames, bool)
        for u in result.timeline:
            if u.channel == channel:
                speaking[int(u.t_start / HOP_S) : int(u.t_end / HOP_S)] = True
        loud = np.where(speaking, rng.gamma(2.0, 0.12, frames), 0.004).clip(0, 0.95).astype(np.float32)
        found[f"peaks_{channel}"] = (("low", "high"), HOP_S, np.stack([-loud, loud * 0.9], axis=1))
        voiced = speaking & (rng.random(frames) < 0.6)
        hertz = np.where(voiced, 160 + 60 * channel + 30 * rng.standard_normal(frames).cumsum() % 60, np.nan)
        level = 20 * np.log10(loud + 1e-4)
        prosody = np.stack([hertz, level, np.where(voiced, 12.0, np.nan)], axis=1).astype(np.float32)
        found[f"prosody_{channel}"] = (("f0_hz", "intensity_db", "hnr_db"), HOP_S, prosody)
    value = _walk(rng, curve, 0.5, 0.15)
    value[curve // 3 : curve // 3 + curve // 40] = np.nan
    found["engagement"] = (("value", "low", "high"), CURVE_HOP_S, np.stack([value, value - 0.1, value + 0.1], axis=1))
    for number in range(len({u.speaker for u in result.timeline})):
        affect = np.stack([_walk(rng, curve, 0.0, 0.4) for _ in range(3)], axis=1)
        affect[: curve // 50] = np.nan
        found[f"affect_{number}"] = (("valence", "arousal", "dominance"), CURVE_HOP_S, affect)
    return found


def _walk(rng: np.random.Generator, count: int, middle: float, reach: float) -> NDArray[np.float32]:
    slow = np.convolve(rng.standard_normal(count + 240), np.ones(241) / 241**0.5, "valid")[:count]
    return (middle + reach * np.tanh(slow)).astype(np.float32)


def keep(data_dir: Path, result: AnalysisResult, title: str = "A long talk", media: Path | None = None) -> str:
    """Put a result and its tracks into a library, with a recording where there is one; the conversation's id."""
    with Store(data_dir) as store:
        run = store.start_run(store.add_conversation(title, media=media).id)
        sink = TrackFolder(run.work_dir / "tracks")
        for name, (columns, hop_s, rows) in tracks(result).items():
            sink.append(name, columns, hop_s, rows)
        sink.close()
        store.finish_run(run.id, result)
        return run.conversation_id
