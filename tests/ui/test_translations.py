"""Every string of the window has a German translation that fits it."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from illodesk import resource_path
from illodesk.ui import window as window_module
from illodesk.ui.app import speak
from illodesk.ui.sentences import forms as forms_module
from illodesk.ui.window import MainWindow

ROOT = Path(__file__).parents[2]
TRANSLATIONS = resource_path("ui") / "translations"
FORMS = Path(forms_module.__file__)


def messages(path: Path = TRANSLATIONS / "illodesk_de.ts") -> list[tuple[str, str, str, str]]:
    """Context, text, translation and state of every string."""
    return [
        (
            context.findtext("name", ""),
            message.findtext("source", ""),
            message.findtext("translation", ""),
            message.find("translation").get("type", ""),  # type: ignore[union-attr]
        )
        for context in ElementTree.parse(path).getroot().iter("context")
        for message in context.iter("message")
    ]


def collect(path: Path) -> None:
    """Add what the code has to a .ts file, with the program of the build."""
    spec = importlib.util.spec_from_file_location("builder", ROOT / "packaging" / "build_translations.py")
    assert spec is not None
    assert spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    builder.collect(path)


def test_no_string_hides_where_it_is_not_found() -> None:
    """Strings are collected from calls with literals only, and not from inside an f-string.

    What marks its strings with QT_TRANSLATE_NOOP may look up their translations by any name.
    """
    hidden = []
    for path in sorted(Path(window_module.__file__).parent.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {id(node) for text in ast.walk(tree) if isinstance(text, ast.JoinedStr) for node in ast.walk(text)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in ("tr", "translate", "QT_TRANSLATE_NOOP"):
                literal = all(isinstance(argument, ast.Constant) for argument in node.args)
                if id(node) in inside or not (literal or (called(node) == "translate" and path.resolve() == FORMS)):
                    hidden.append(f"{path.name}:{node.lineno}")
    assert hidden == []


def called(node: ast.Call) -> str:
    """Name of the function that is called."""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


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


def test_every_command_can_be_translated(window: MainWindow) -> None:
    for name in window.page_names:
        window.page(name)
    sources = [re.sub(r"\\{\w*\\}", ".+", re.escape(m[1])) for m in messages()]
    known = re.compile("|".join(f"(?:{source})" for source in sources))
    assert [command.text for command in window.commands.all() if not known.fullmatch(command.text)] == []


def test_every_string_of_the_code_is_there(tmp_path: Path) -> None:
    copy = tmp_path / "illodesk_de.ts"
    shutil.copy(TRANSLATIONS / copy.name, copy)
    collect(copy)
    there = {m[:2] for m in messages()}
    assert {m[:2] for m in messages(copy)} - there == set(), "run make translations"


@pytest.mark.parametrize("context", ["MainWindow", "SettingsPage", "ServerPage", "FirstRun", "Law"])
def test_every_part_of_the_shell_is_there(context: str) -> None:
    assert context in {m[0] for m in messages()}
