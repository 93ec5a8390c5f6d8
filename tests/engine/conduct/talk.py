"""Conversations made for the conduct tests."""

from __future__ import annotations

from typing import Any

from illodesk.engine.conduct.markers import find_markers
from illodesk.schema import Prosody, Score, Utterance

WORD_S = 0.3
GAP_S = 0.25


def say(speaker: str, text: str, t_start: float = 0.0, t_end: float | None = None, **rest: Any) -> Utterance:
    """One utterance with its markers."""
    end = t_end if t_end is not None else t_start + max(0.3, WORD_S * len(text.split()))
    language = rest.pop("language", "en")
    fields: dict[str, Any] = {
        "utterance_id": f"{speaker}@{t_start:.3f}",
        "speaker": speaker,
        "t_start": t_start,
        "t_end": end,
        "text": text,
        "language": language,
        "asr_confidence": 0.9,
        "lexical_markers": find_markers(text, (), language),
    }
    return Utterance(**{**fields, **rest})


def talk(*lines: tuple[str, str], gap_s: float = GAP_S, voice: dict[str, Any] | None = None) -> list[Utterance]:
    """A conversation with equal gaps; ``voice`` gives every utterance this prosody."""
    timeline: list[Utterance] = []
    at = 1.0
    for speaker, text in lines:
        prosody = {} if voice is None else {"prosody": spoken(**voice)}
        timeline.append(say(speaker, text, at, **prosody))
        at = timeline[-1].t_end + gap_s
    return timeline


def spoken(**rest: Any) -> Prosody:
    """An unremarkable voice, changed as asked."""
    usual: dict[str, Any] = {
        "duration_s": 3.0,
        "voiced_s": 2.0,
        "f0_p50_st": 33.8,
        "f0_sd_st": 2.6,
        "f0_range_st": 4.2,
        "loudness_range_db": 10.0,
        "pause_ratio": 0.1,
        "pause_count": 1,
        "pause_mean_s": 0.4,
        "articulation_rate_sps": 4.9,
        "final_f0_slope_st_s": 0.0,
    }
    return Prosody(**{**usual, **rest})


def felt(utterance: Utterance, **values: float) -> Utterance:
    """The utterance with valence, arousal or dominance as affect would have left them."""
    bases = {"valence": ["text"], "arousal": ["voice"], "dominance": ["voice"]}
    evidence = {name: Score(value=value, confidence=0.7, basis=bases[name]) for name, value in values.items()}
    return utterance.model_copy(update={"evidence": {**utterance.evidence, **evidence}})
