"""Texts of people where Qt guesses whether a text is HTML: they are shown as they were written."""

from __future__ import annotations

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel


def plain(label: QLabel) -> QLabel:
    """The label, which takes no text as HTML from now on."""
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def tip(text: str) -> str:
    """A text for a tooltip; only one that looks like HTML has to be written as HTML."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
