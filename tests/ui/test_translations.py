"""Every string of the window has a German translation that fits it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from illodesk import resource_path
from illodesk.ui.app import speak

TRANSLATIONS = resource_path("ui") / "translations"


def messages() -> list[tuple[str, str, str, str]]:
    """Context, text, translation and state of every string."""
    return [
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("translation", ""),
            message.find("translation").get("type", ""),  # type: ignore[union-attr]
        )
        for context in ElementTree.parse(TRANSLATIONS / "illodesk_de.ts").getroot().iter("context")
        for message in context.iter("message")
    ]


def test_no_string_is_unfinished() -> None:
    assert len(messages()) > 200
    assert [m for m in messages() if not m[2] or m[3]] == []


def test_translations_keep_what_is_filled_in() -> None:
    fields = re.compile(r"\{\w*\}")
    assert [m for m in messages() if sorted(fields.findall(m[1])) != sorted(fields.findall(m[2]))] == []


def test_the_compiled_file_holds_every_translation(qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / "illodesk_de.qm"))
    wrong = [m for m in messages() if translator.translate(m[0], m[1]) != m[2]]
    assert wrong == []


def test_the_window_speaks_german(qapp: QApplication) -> None:
    before = QLocale()
    translators = speak(qapp, "de")
    try:
        assert QApplication.translate("Pages", "Settings") == "Optionen"
        assert translators
    finally:
        for translator in translators:
            qapp.removeTranslator(translator)
        QLocale.setDefault(before)


@pytest.mark.parametrize("context", ["MainWindow", "SettingsPage", "ServerPage", "FirstRun", "Law"])
def test_every_part_of_the_shell_is_there(context: str) -> None:
    assert context in {m[0] for m in messages()}
