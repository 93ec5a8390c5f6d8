"""Rules of the house that import-linter cannot see: imports inside functions, names of files, new rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import illodesk

PACKAGE = Path(illodesk.__file__).parent
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "resources" not in path.parts)
QT = {"PySide6", "shiboken6", "pyqtgraph", "qasync", "PyQt6", "PyQt5"}
MODELS = {"ctranslate2", "onnxruntime", "torch", "torchaudio", "transformers", "faster_whisper", "pocketsphinx"}
MODELS |= {"librosa", "pyannote", "vaderSentiment", "sklearn", "numba"}
NETWORK = {"requests", "urllib3", "httpx", "httpx2", "aiohttp", "socket", "urllib.request", "http.client", "ftplib"}
"""What the light rooms must not pull in: measured in seconds and hundreds of megabytes."""


def imported(path: Path) -> set[str]:
    """Top-level packages that a module imports anywhere, functions included; of some, the dotted name as well."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names.add(node.module)
    return names | {name.partition(".")[0] for name in names}


def room(path: Path) -> str:
    """The folder directly under the package, or the module itself."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def modules_outside(*rooms: str) -> Iterator[Path]:
    return (path for path in MODULES if room(path) not in rooms)


def breaches(paths: Iterator[Path], forbidden: set[str]) -> list[str]:
    return [f"{path.relative_to(PACKAGE)}: {name}" for path in paths for name in sorted(imported(path) & forbidden)]


def test_qt_only_under_ui_even_inside_functions() -> None:
    assert breaches(modules_outside("ui"), QT) == []


def test_model_libraries_only_under_engine_even_inside_functions() -> None:
    # The doctor asks for them in a child process, by text; it imports none either.
    assert breaches(modules_outside("engine"), MODELS) == []


def test_analysis_never_reaches_for_the_network() -> None:
    # One socket pair, both ends in the process: with it a signal wakes the window.
    found = breaches((path for path in MODULES if room(path) in ("engine", "store", "ui")), NETWORK)
    assert found == ["ui/signals.py: socket"]


def test_every_module_that_defines_something_postpones_annotations() -> None:
    def late(path: Path) -> bool:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        defines = any(isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AnnAssign) for node in ast.walk(tree))
        return defines and "from __future__ import annotations" not in path.read_text(encoding="utf-8")

    assert [str(path) for path in MODULES if late(path)] == []


def test_no_drawer_for_odds_and_ends() -> None:
    assert [str(path) for path in MODULES if path.stem in ("utils", "helpers", "misc", "common")] == []


def test_every_room_stands_under_a_contract() -> None:
    contracts = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    named = {name for contract in contracts for name in contract.get("source_modules", contract.get("modules", []))}
    rooms = {f"illodesk.{path.name}" for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert rooms - named == set()


@pytest.mark.parametrize(
    "module", ["illodesk", "illodesk.schema", "illodesk.settings", "illodesk.cli", "illodesk.demo"]
)
def test_light_modules_stay_light(module: str) -> None:
    code = f"import sys, {module}; print(*sorted(m for m in sys.modules if '.' not in m))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert set(loaded.stdout.split()) & (QT | MODELS | {"scipy", "numpy", "pandas", "sqlalchemy"}) == set()


@pytest.mark.parametrize("module", ["illodesk.ui.app", "illodesk.ui.window", "illodesk.app_server", "illodesk.doctor"])
def test_a_module_that_opens_others_can_be_imported_first(module: str) -> None:
    # Qt's import hook reads sources as they are imported; half of pydantic in memory at that moment breaks the other.
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True, timeout=120)
