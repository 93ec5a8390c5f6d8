"""docs/desktop.md lists the commands and shortcuts that there are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from illodesk.ui.window import MainWindow

ROOT = Path(__file__).parents[2]


def test_the_page_is_up_to_date(window: MainWindow) -> None:
    spec = importlib.util.spec_from_file_location("page_builder", ROOT / "packaging" / "build_desktop_page.py")
    assert spec is not None
    assert spec.loader is not None
    builder = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(builder)
    for name in window.page_names:
        window.page(name)
    made = builder.build(window.commands.all())
    assert (ROOT / "docs" / "desktop.md").read_text(encoding="utf-8") == made, "run make docs"
