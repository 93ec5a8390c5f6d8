"""How an utterance was said, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

_NOTABLE = 1.0
"""Standard deviations from the speaker's norm at which one says so."""

_SCALES: tuple[tuple[str, str, str], ...] = (
    ("speech_rate_sps", "fast", "slow"),
    ("f0_range_st", "lively", "flat"),
    ("f0_p50_st", "high-pitched", "low-pitched"),
    ("alpha_ratio_db", "sharp", "soft"),
    ("pause_ratio", "many pauses", ""),
    ("pause_mean_s", "long pauses", ""),
)
"""Feature, word for much more than usual, word for much less."""


def describe(z: Mapping[str, float]) -> str:
    """Name what stands out, e.g. ``fast, lively, long pauses``; ``as usual`` where nothing does, empty without z."""
    if not z:
        return ""
    words = []
    for name, more, less in _SCALES:
        value = z.get(name, 0.0)
        if value >= _NOTABLE:
            words.append(more)
        elif value <= -_NOTABLE and less:
            words.append(less)
    return ", ".join(words) or "as usual"
