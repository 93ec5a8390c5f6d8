"""Where the seven classes lie in pleasure, arousal and dominance."""

from __future__ import annotations

PROTOTYPES: dict[str, tuple[float, float, float]] = {
    "anger": (-0.51, 0.59, 0.25),
    "disgust": (-0.60, 0.35, 0.11),
    "fear": (-0.64, 0.60, -0.43),
    "joy": (0.76, 0.48, 0.35),
    "neutral": (0.0, 0.0, 0.0),
    "sadness": (-0.63, -0.27, -0.33),
    "surprise": (0.40, 0.67, -0.13),
}
"""Pleasure, arousal, dominance, -1..1 each (Russell & Mehrabian 1977; science.md 3.3)."""
