"""Languages of speech that are offered by name; any other may be typed as a tag."""

from __future__ import annotations

from PySide6.QtCore import QLocale

TAGS = ("en", "de", "fr", "es", "it", "nl", "pl", "pt")


def spoken_languages() -> dict[str, str]:
    """BCP 47 tags with their names."""
    return {tag: f"{QLocale.languageToString(QLocale(tag).language())} ({tag})" for tag in TAGS}
