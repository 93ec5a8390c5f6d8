"""Pictures of every page: ``python -m tests.bench.screenshots OUT [--page NAME] [--data DIR]``.

Starts the real window without a screen on a library that holds the analysed demo (analysed now, unless ``--data`` names
a data folder), opens every page of the rail in light and dark at 1280x800 and 1920x1080, and saves PNG files.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from illodesk.demo import load_demo
from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.app import speak
from illodesk.ui.theme import Mode
from illodesk.ui.window import MainWindow

SIZES = ((1280, 800), (1920, 1080))
THEMES: tuple[Mode, ...] = ("light", "dark")
QUIET_S, LONGEST_S = 0.4, 15.0


def settle(app: QApplication, window: MainWindow) -> None:
    """Wait until no task is under way and everything is drawn."""
    deadline, quiet_since = time.monotonic() + LONGEST_S, time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - quiet_since < QUIET_S:
        app.processEvents()
        if window.tasks.open:
            quiet_since = time.monotonic()
        time.sleep(0.01)


def what_to_show(page: str, conversation_id: str | None) -> dict[str, str]:
    """What a page is asked to open."""
    return {"conversation_id": conversation_id} if page == "review" and conversation_id else {}


def take(out: Path, data: Path, pages: list[str], language: str) -> list[Path]:
    """Save every picture; returns the files."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    speak(app, language)
    saved = []
    with Desk.open(Settings(data_dir=data)) as desk:
        if not desk.count():
            desk.analyse(load_demo()[0], title="Demo interview")
        newest = desk.conversations(limit=1)[0].id
        window = MainWindow(desk)
        window.show()
        window.begin()
        for name in pages or window.page_names:
            for theme in THEMES:
                for width, height in SIZES:
                    window.theme.set_mode(theme)
                    window.resize(QSize(width, height))
                    window.open_page(name, **what_to_show(name, newest))
                    settle(app, window)
                    file = out / f"{name}_{theme}_{width}x{height}.png"
                    if not window.grab().save(str(file)):
                        raise OSError(f"{file} could not be written.")
                    saved.append(file)
        window.close()
    return saved


def main() -> None:
    """Read the options and take the pictures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path)
    options.add_argument("--page", action="append", default=[], help="only this page; may be repeated")
    options.add_argument("--data", type=Path, help="data folder to show; default: a new one with the demo")
    options.add_argument("--language", default="en", help="language of the window")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ILLODESK_DATA_DIR"] = str(chosen.data or folder)
        for file in take(chosen.out, chosen.data or Path(folder), chosen.page, chosen.language):
            print(file)


if __name__ == "__main__":
    main()
