"""Languages of speech that are offered by name; any other may be typed as a tag."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication


def spoken_languages() -> dict[str, str]:
    """BCP 47 tags with their names."""
    translate = QCoreApplication.translate
    names = {
        "en": translate("Languages", "English"),
        "de": translate("Languages", "German"),
        "fr": translate("Languages", "French"),
        "es": translate("Languages", "Spanish"),
        "it": translate("Languages", "Italian"),
        "nl": translate("Languages", "Dutch"),
        "pl": translate("Languages", "Polish"),
        "pt": translate("Languages", "Portuguese"),
    }
    return {tag: f"{name} ({tag})" for tag, name in names.items()}
