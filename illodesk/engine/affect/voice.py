"""Arousal and dominance as they sound, by fixed weights on deviations from the speaker's norm (science.md 2.3).

Nothing here depends on the level of the recording. Valence is not read from the voice: hand-made features do not
carry its sign (AUC .50 on RAVDESS).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from illodesk.engine import figures
from illodesk.engine.affect.norms import PRIOR_UTTERANCES, SpeakerNorms
from illodesk.schema import Basis, Contribution, Prosody, Score

AROUSAL_WEIGHTS: dict[str, float] = {
    "f0_p50_st": 1.0,
    "centroid_hz": 0.8,
    "flux": 0.8,
    "alpha_ratio_db": 0.6,
    "hammarberg_db": -0.6,
    "hnr_db": -0.5,
    "f0_slope_abs_st": 0.4,
    "slope_0_500_db_khz": 0.4,
    "f0_p80_st": 0.3,
    "speech_rate_sps": 0.3,
}
"""science.md 2.3 with three changes, made where the EMO-DB development speakers saw no difference (AUC within .002)
and the 47 rated clips a little: flux .5 to .8, since it separates as well as the centroid there; the 80th percentile
of F0 .5 to .3, since it repeats the median; speech rate, pauses included, in place of articulation rate."""

DOMINANCE_WEIGHTS: dict[str, float] = {
    "alpha_ratio_db": 0.6,
    "hammarberg_db": -0.5,
    "f0_p50_st": -0.5,
    "articulation_rate_sps": 0.4,
    "pause_ratio": -0.4,
    "loudness_range_db": 0.3,
}
AROUSAL_SLOPE = 0.55
DOMINANCE_SLOPE = 0.5

WORDS: dict[str, str] = {
    "f0_p50_st": "F0",
    "f0_p80_st": "upper F0",
    "f0_slope_abs_st": "F0 movement",
    "centroid_hz": "spectral centre",
    "flux": "spectral movement",
    "alpha_ratio_db": "energy above 1 kHz",
    "hammarberg_db": "low over high frequency peak",
    "hnr_db": "harmonicity",
    "slope_0_500_db_khz": "strength of the first overtones",
    "speech_rate_sps": "speech rate",
    "articulation_rate_sps": "articulation rate",
    "pause_ratio": "pauses",
    "loudness_range_db": "range of loudness",
}
FLAG_FACTORS: dict[str, float] = {"noisy": 0.7, "clipping": 0.8, "short": 0.8, "telephone": 0.85, "quiet": 0.85}
"""What each quality flag leaves of the confidence."""
_FULL_VOICED_S = 1.5
_DOMINANCE_TRUST = 0.8
_OWN_NORM = 3
"""From so many utterances on, one may speak of the speaker's own norm."""


@dataclass(frozen=True)
class VoiceReading:
    """What the voice alone says: two scores, and how much weight it may have in fusion (0..1)."""

    arousal: Score
    dominance: Score
    weight: float


def voice_scores(prosody: Prosody, norms: SpeakerNorms) -> VoiceReading:
    """Score one utterance against the norms as they stand; unknown where voiced sound is short of half a second."""
    if prosody.f0_p50_st is None:
        unknown = Score.unknown("not enough voiced sound")
        return VoiceReading(unknown, unknown, 0.0)
    z = norms.z(prosody)
    yardstick = "own norm" if norms.utterances >= _OWN_NORM else "the usual voice"
    confidence = _confidence(prosody, norms.utterances)
    return VoiceReading(
        arousal=_score(z, AROUSAL_WEIGHTS, AROUSAL_SLOPE, yardstick, confidence),
        dominance=_score(z, DOMINANCE_WEIGHTS, DOMINANCE_SLOPE, yardstick, confidence * _DOMINANCE_TRUST),
        weight=min(1.0, prosody.voiced_s) * _clean_share(prosody.snr_db),
    )


def _clean_share(snr_db: float | None) -> float:
    """1 from 10 dB over the background, 0 at the background; 1 where no background can be told from the voice."""
    return 1.0 if snr_db is None else float(np.clip(snr_db / 10.0, 0.0, 1.0))


def _confidence(prosody: Prosody, utterances: int) -> float:
    """Voiced seconds, times what the recording allows, times how well the speaker is known."""
    value = min(1.0, prosody.voiced_s / _FULL_VOICED_S)
    for flag in prosody.quality_flags:
        value *= FLAG_FACTORS[flag]
    return value * (0.5 + 0.5 * utterances / (PRIOR_UTTERANCES + utterances))


def _score(
    z: Mapping[str, float], weights: Mapping[str, float], slope: float, yardstick: str, confidence: float
) -> Score:
    """``tanh(slope * sum(w z) / sqrt(sum(w^2)))`` over the features that were measured."""
    used = {name: weight for name, weight in weights.items() if name in z}
    norm = float(np.sqrt(sum(weight**2 for weight in used.values())))
    terms = {name: slope * weight * z[name] / norm for name, weight in used.items()}
    contributions = [
        Contribution(
            name=name, weight=figures.score_of(term), detail=_detail(name, z[name], yardstick), basis=Basis.VOICE
        )
        for name, term in sorted(terms.items(), key=lambda item: -abs(item[1]))[:6]
    ]
    value = figures.score_of(np.tanh(sum(terms.values())))
    return Score(value=value, confidence=figures.score_of(confidence), basis=[Basis.VOICE], contributions=contributions)


def _detail(name: str, z: float, yardstick: str) -> str:
    side = "above" if z >= 0 else "below"
    return f"{WORDS[name]} {abs(z):.1f} sd {side} {yardstick}"
