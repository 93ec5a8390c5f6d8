"""What is usual for a speaker: few utterances, helped by what is usual for people (science.md 2.2)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from illodesk.schema import Prosody


class Prior(NamedTuple):
    """Mean over speakers, standard deviation within a speaker, standard deviation between speakers' means."""

    mean: float
    within: float
    between: float


PRIORS: dict[str, Prior] = {
    "f0_p50_st": Prior(30.0, 5.0, 4.8),
    "f0_p80_st": Prior(32.6, 5.3, 4.8),
    "f0_range_st": Prior(5.1, 1.9, 0.9),
    "f0_sd_st": Prior(3.2, 1.0, 0.6),
    "f0_slope_abs_st": Prior(0.27, 0.10, 0.045),
    "centroid_hz": Prior(540.0, 225.0, 135.0),
    "alpha_ratio_db": Prior(-14.9, 5.5, 3.8),
    "hammarberg_db": Prior(25.0, 5.4, 4.3),
    "slope_0_500_db_khz": Prior(15.0, 34.0, 32.0),
    "hnr_db": Prior(10.0, 2.5, 1.9),
    "flux": Prior(0.29, 0.08, 0.03),
    "speech_rate_sps": Prior(3.15, 0.90, 0.55),
    "articulation_rate_sps": Prior(3.25, 0.90, 0.55),
    "pause_ratio": Prior(0.03, 0.06, 0.035),
    "pause_mean_s": Prior(0.38, 0.17, 0.04),
    "loudness_range_db": Prior(14.0, 2.4, 2.4),
}
"""Units as in :class:`illodesk.schema.Prosody`.

Means and spread between speakers: 13 speakers of unacted speech (telephone calls, read books, voice prompts, a
speech; LibriVox, LibriSpeech, AWS and Azure samples). Spread within a speaker: seven EMO-DB development speakers,
acted calm to furious, so that one unit is a change that people mean others to hear. None was tuned.
"""

FEATURES: tuple[str, ...] = tuple(PRIORS)
PRIOR_UTTERANCES = 4.0
"""How many utterances the prior counts for."""
SETTLED = 10
"""Live: after so many utterances the norm only drifts."""
DRIFT = 0.03
AROUSED = 0.6
"""Live: from the second utterance in a row above this arousal on, either way, the norm stands still."""
LIMIT = 3.0

_MEAN, _WITHIN, _BETWEEN = (np.array(column, np.float64) for column in zip(*PRIORS.values(), strict=True))


class SpeakerNorms:
    """Running norms of one speaker: ``mu = (n0 * prior + n * mean) / (n0 + n)`` for each feature.

    A feature that an utterance lacks is left as it was; utterances without voice evidence teach nothing.
    """

    def __init__(self) -> None:
        self._count = np.zeros(len(FEATURES))
        self._mean = np.zeros(len(FEATURES))
        self._aroused = False
        self.utterances = 0

    @classmethod
    def over(cls, prosodies: Iterable[Prosody]) -> SpeakerNorms:
        """Batch: the plain mean over all utterances of one speaker."""
        norms = cls()
        for prosody in prosodies:
            norms._learn(prosody, settle=False)
        return norms

    def follow(self, prosody: Prosody, arousal: float | None) -> None:
        """Live: learn from an utterance after it was scored with ``arousal``.

        The second and later utterances in a row with ``|arousal| > 0.6`` are left out, else a long angry call would
        become its own norm. After ten utterances the norm drifts by 3 % of the difference each time.
        """
        aroused = arousal is not None and abs(arousal) > AROUSED
        if not (aroused and self._aroused):
            self._learn(prosody, settle=True)
        if arousal is not None:
            self._aroused = aroused

    def z(self, prosody: Prosody) -> dict[str, float]:
        """Each measured feature as a deviation from the norm in standard deviations, within -3..3.

        The unit includes how uncertain the speaker's own mean still is: a voice never heard before may be high by
        nature, so that its height says little yet.
        """
        values = _vector(prosody)
        share = PRIOR_UTTERANCES / (PRIOR_UTTERANCES + self._count)
        norm = share * _MEAN + (1.0 - share) * self._mean
        unit = np.sqrt(_WITHIN**2 + _BETWEEN**2 * share)
        deviation = np.clip((values - norm) / unit, -LIMIT, LIMIT)
        return {name: float(z) for name, z in zip(FEATURES, deviation, strict=True) if not np.isnan(z)}

    def _learn(self, prosody: Prosody, settle: bool) -> None:
        if prosody.f0_p50_st is None:
            return
        values = _vector(prosody)
        present = ~np.isnan(values)
        settled = present & (self._count >= SETTLED) if settle else np.zeros_like(present)
        self._count[present & ~settled] += 1.0
        rate = np.where(settled, DRIFT, 1.0 / np.maximum(self._count, 1.0))
        self._mean[present] += (rate * (values - self._mean))[present]
        self.utterances += 1


def _vector(prosody: Prosody) -> NDArray[np.float64]:
    values: Sequence[float | None] = [getattr(prosody, name) for name in FEATURES]
    return np.array([np.nan if value is None else value for value in values], np.float64)
