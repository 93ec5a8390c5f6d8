"""Write docs/desktop.md: the app for those who use it, with every command and shortcut that the window registers.

python packaging/build_desktop_page.py
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.commands import Command
from illodesk.ui.loop import event_loop
from illodesk.ui.window import MainWindow

TEXT = Path(__file__).with_name("desktop.md")
PAGE = Path(__file__).parents[1] / "docs" / "desktop.md"

SECTIONS = {
    "Everywhere": ("app", "go", "view", "theme", "models", "server", "settings"),
    "Library": ("library",),
    "Record": ("record",),
    "Review": ("review",),
    "Review: lanes": ("lanes",),
}


def read_commands() -> list[Command]:
    """Every command of every page, from the real window on an empty library."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    with (
        tempfile.TemporaryDirectory() as folder,
        event_loop(app) as loop,
        Desk.open(Settings(data_dir=Path(folder))) as desk,
    ):
        window = MainWindow(desk, loop)
        for name in window.page_names:
            window.page(name)
        found = window.commands.all()
        window.close()
        app.processEvents()
    return found


def build(commands: list[Command]) -> str:
    """The whole page. Raises ValueError for a command that no section takes."""
    lines: list[str] = []
    left = {command.id: command for command in commands}
    for title, kinds in SECTIONS.items():
        lines += [f"### {title}", "", "| command | keys |", "|---|---|"]
        for id, command in list(left.items()):
            if id.partition(".")[0] in kinds:
                lines.append(f"| {command.text} | {keys(command.shortcut)} |")
                del left[id]
        lines.append("")
    if left:
        raise ValueError(f"no section of the page takes {sorted(left)}")
    return TEXT.read_text(encoding="utf-8").replace("{commands}", "\n".join(lines).rstrip())


def keys(shortcut: str) -> str:
    """Shortcuts as they stand in a table."""
    return " or ".join(f"`{one}`" for one in shortcut.split("; ") if one)


if __name__ == "__main__":
    PAGE.write_text(build(read_commands()), encoding="utf-8")
    print(f"wrote {PAGE.name}")
