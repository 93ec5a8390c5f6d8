"""Colours of the app, light and dark. The values are the tokens of the design."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

SPEAKERS = ("#3366CC", "#C2410C", "#15803D", "#7E22CE", "#0E7490", "#A16207", "#BE185D", "#475569")


@dataclass(frozen=True)
class Theme:
    """One set of colours."""

    background: str
    surface: str
    grid: str
    text: str
    secondary: str
    accent: str
    valence: str
    arousal: str
    engagement: str


LIGHT = Theme("#F6F7F9", "#FFFFFF", "#E9ECF0", "#1A1D21", "#5B636E", "#2F6FDE", "#0072B2", "#C2410C", "#2E7D32")
DARK = Theme("#14171C", "#1B1F26", "#262C35", "#E8EAED", "#A4ACB8", "#6EA2FF", "#56A8DC", "#F0855A", "#6CCB7A")


def current_theme() -> Theme:
    """The theme that the system asks for."""
    return DARK if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT


def speaker_colour(index: int, theme: Theme) -> str:
    """The colour of a speaker, a quarter lighter on dark ground."""
    colour = SPEAKERS[index % len(SPEAKERS)]
    if theme is LIGHT:
        return colour
    parts = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{part + (255 - part) // 4:02X}" for part in parts)
