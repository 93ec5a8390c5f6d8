"""The methods page says what the code does."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from illodesk import resource_path
from illodesk.schema import MOMENT_CATEGORIES, SIGNALS

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_methods", ROOT / "packaging" / "build_methods.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def page(builder: ModuleType) -> str:
    built = builder.build()
    assert isinstance(built, str)
    return built


def test_the_methods_page_is_up_to_date(page: str) -> None:
    assert page == (ROOT / "docs" / "methods.md").read_text(encoding="utf-8"), "run: make docs"


def test_it_explains_every_signal_and_moment_and_leaves_nothing_open(page: str) -> None:
    for name in (*SIGNALS, *(name for name in MOMENT_CATEGORIES if name != "topic_shift")):
        assert f"| {name} |" in page
    assert "{" not in page and not any(f"<{name}>" in page for name in ("figures", "voice", "markers"))


def test_gates_that_fall_short_are_named(page: str) -> None:
    found = json.loads((ROOT / "docs" / "reference" / "analytics.json").read_text(encoding="utf-8"))
    assert page.count("**short**") == sum(not row["ok"] for row in found.values())


def test_every_shipped_model_has_a_card_and_checksums() -> None:
    for folder in resource_path("models").iterdir():
        assert (folder / "card.md").read_text(encoding="utf-8").startswith("# ")
        assert (folder / "SHA256SUMS").is_file()
