"""A small result with something in every part, and one with given texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import soundfile

from illodesk.schema import (
    AnalysisOptions,
    AnalysisResult,
    Annotation,
    Basis,
    Cognitive,
    Emotion,
    Insights,
    Marker,
    MediaInfo,
    ModelUse,
    Moment,
    Phase,
    Prosody,
    Score,
    Segmentation,
    SpeakerProfile,
    Summary,
    Tier,
    Transition,
    Utterance,
    Word,
)


def words_of(text: str, start: float, end: float) -> list[Word]:
    tokens = text.split()
    step = (end - start) / max(1, len(tokens))
    return [
        Word(
            text=token,
            t_start=round(start + index * step, 3),
            t_end=round(start + (index + 1) * step, 3),
            confidence=0.5,
        )
        for index, token in enumerate(tokens)
    ]


def utterance(index: int, text: str, speaker: str = "Speaker_0", start: float | None = None) -> Utterance:
    begin = 3.0 * index if start is None else start
    return Utterance(
        utterance_id=f"utt_{index}",
        speaker=speaker,
        channel=index % 2,
        t_start=begin,
        t_end=begin + 2.5,
        text=text,
        words=words_of(text, begin, begin + 2.5),
        asr_confidence=0.75,
        prosody=Prosody(duration_s=2.5, f0_median_hz=180.25, words_per_min=144.0),
        emotion=Emotion.from_probabilities(
            [0.02, 0.03, 0.05, 0.6, 0.2, 0.05, 0.05],
            valence=0.4,
            arousal=-0.125,
            confidence=0.5,
            basis=[Basis.TEXT, Basis.VOICE],
        ),
        polarity=0.4,
        cognitive=Cognitive(engagement=0.625, certainty=0.5),
        commitment_score=0.7,
        evidence={"valence": Score(value=0.4, confidence=0.5, basis=[Basis.TEXT])},
        confidence=0.6,
    )


def result_of(texts: Sequence[str], complete: bool = True, analysed_s: float | None = None) -> AnalysisResult:
    timeline = [utterance(index, text, f"Speaker_{index % 2}") for index, text in enumerate(texts)]
    length = 3.0 * len(texts)
    return AnalysisResult(
        utterances=len(timeline),
        timeline=timeline,
        media=MediaInfo(name="call.wav", duration_s=length, channels=2, sample_rate=16_000),
        speakers=[SpeakerProfile(speaker="Speaker_0"), SpeakerProfile(speaker="Speaker_1")],
        complete=complete,
        analysed_s=length if analysed_s is None else analysed_s,
    )


def full_result() -> AnalysisResult:
    result = result_of(
        [
            "Guten Tag, schön dass Sie da sind.",
            "Thank you. =SUM(A1:A9) is what I would type, <b>but</b> --> not & never here.",
            "",
            "Well this is a rather long answer which goes on and on so that no viewer could read it in one glance, "
            "and therefore it has to be cut into pieces where its words begin.",
        ]
    )
    return result.model_copy(
        update={
            "summary": Summary(overview="Two people talk.", key_insights=["[00:03] a thing"]),
            "insights": Insights(dominant_emotions=["joy"]),
            "transitions": [
                Transition(
                    transition_id="tr_0",
                    at_ms=3000,
                    speaker_id="Speaker_1",
                    from_state={"valence": 0.1},
                    to_state={"valence": 0.6},
                    summary="brighter",
                )
            ],
            "moments": [
                Moment(
                    moment_id="mo_0",
                    category="objection",
                    speaker_id="Speaker_1",
                    start_ms=3000,
                    end_ms=5500,
                    utterance_ids=["utt_1"],
                    summary="sounds like an objection",
                )
            ],
            "segmentation": Segmentation(
                phases=[
                    Phase(
                        phase_id="phase_1",
                        phase_name="Opening",
                        start_timestamp=0.0,
                        end_timestamp=12.0,
                        start_utterance_id="utt_0",
                        end_utterance_id="utt_3",
                        utterance_count=4,
                        theme="greeting",
                        summary="They meet.",
                        emotional_tone="optimistic",
                    )
                ],
                total_phases=1,
            ),
            "agent_results": [{"utterance_id": "utt_0", "emotion": {"joy": 0.6}}],
            "models": [ModelUse(stage="speech", name="sphinx", quality="draft quality")],
            "inference_basis": [Basis.TEXT, Basis.VOICE],
            "options": AnalysisOptions(speakers=2),
        }
    )


def annotated_result() -> AnalysisResult:
    """The full one with names, markers and own tiers."""
    return full_result().model_copy(
        update={
            "speaker_names": {"Speaker_0": "Zoë Müller-Lüdenscheidt", "Speaker_1": "Ivan Жуков"},
            "markers": [Marker(marker_id="m1", t=4.25, key="1", note='look "here"'), Marker(marker_id="m2", t=4.25)],
            "tiers": [
                Tier(
                    name="gaze",
                    vocabulary=["at camera", "away"],
                    speaker="Speaker_1",
                    annotations=[
                        Annotation(annotation_id="a1", t_start=3.0, t_end=4.5, value="at camera"),
                        Annotation(annotation_id="a2", t_start=4.5, t_end=5.0, value="away"),
                    ],
                ),
                Tier(name="notes"),
            ],
        }
    )


RATE = 8000


def sound_file(folder: Path, name: str = "call.wav", seconds: float = 13.0, subtype: str = "PCM_16") -> Path:
    """A recording of noise in two channels, every sample different from its neighbours."""
    folder.mkdir(parents=True, exist_ok=True)
    noise = np.random.default_rng(7).uniform(-0.9, 0.9, (int(seconds * RATE), 2))
    soundfile.write(folder / name, noise, RATE, subtype=subtype)
    return folder / name
