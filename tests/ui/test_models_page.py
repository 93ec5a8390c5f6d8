"""The cards of the models in the languages of the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QLocale

from illodesk import resource_path
from illodesk.desk import Desk
from illodesk.ui.models_page import read_models

ALL = [*resource_path("models").glob("*/card.md"), *resource_path("cards").glob("*.md")]
CARDS = [path for path in ALL if not path.name.endswith(".de.md")]


@pytest.mark.parametrize("path", CARDS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_card_has_a_german_one_of_the_same_model(path: Path) -> None:
    german = path.with_suffix(".de.md").read_text(encoding="utf-8")
    assert german.partition("\n")[0] == path.read_text(encoding="utf-8").partition("\n")[0]
    assert "**Grenzen**" in german


def test_the_german_window_shows_german_cards(empty_desk: Desk) -> None:
    before = QLocale()
    english = read_models(empty_desk)
    try:
        QLocale.setDefault(QLocale("de"))
        german = read_models(empty_desk)
    finally:
        QLocale.setDefault(before)
    assert [entry.use for entry in german] == [entry.use for entry in english]
    assert all("Grenzen" in entry.card and "Limits" not in entry.card for entry in german)
    assert all("Limits" in entry.card for entry in english)
