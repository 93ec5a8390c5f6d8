"""Pictures of every page: ``python -m tests.bench.screenshots OUT [--page NAME] [--theme NAME] [--scale N]``.

Starts the real window without a screen on a library that holds the analysed demo (analysed now, unless ``--data`` names
a data folder), opens every page of the rail in light and dark at 1280x800 and 1920x1080, and saves PNG files. Of the
settings it takes every section.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication

from illodesk.app_server import AppServer
from illodesk.demo import load_demo
from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.app import speak
from illodesk.ui.loop import event_loop
from illodesk.ui.theme import MODES, Mode
from illodesk.ui.window import MainWindow

SIZES = ((1280, 800), (1920, 1080))
THEMES: tuple[Mode, ...] = ("light", "dark")
SECTIONS = ("analysis", "recordings", "look", "server", "shortcuts")
QUIET_S, LONGEST_S = 0.4, 15.0


def settle(app: QApplication, window: MainWindow) -> None:
    """Wait until no task is under way and everything is drawn."""
    deadline, quiet_since = time.monotonic() + LONGEST_S, time.monotonic()
    while time.monotonic() < deadline and time.monotonic() - quiet_since < QUIET_S:
        begun = time.monotonic()
        app.processEvents()
        if window.tasks.open or time.monotonic() - begun > QUIET_S / 4:  # what was delivered late is not drawn yet
            quiet_since = time.monotonic()
        time.sleep(0.01)


def what_to_show(page: str, conversation_id: str) -> dict[str, dict[str, str]]:
    """What a page is asked to open, by the name of the picture."""
    if page == "review":
        return {page: {"conversation_id": conversation_id}}
    if page == "settings":
        return {f"{page}_{section}": {"section": section} for section in SECTIONS}
    return {page: {}}


def take(
    out: Path, data: Path, pages: list[str], *, themes: Sequence[Mode], scale: float, language: str
) -> Iterator[Path]:
    """Save every picture, and name its file."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    speak(app, language)
    with event_loop(app) as loop, Desk.open(Settings(data_dir=data)) as desk:
        if not desk.count():
            desk.analyse(load_demo()[0], title="Demo interview")
        newest = desk.conversations(limit=1)[0].id
        window = MainWindow(desk, loop, AppServer(desk))
        window.show()
        window.begin()
        window.theme.set_scale(scale)
        views = [view for name in pages or window.page_names for view in what_to_show(name, newest).items()]
        for view, what in views:
            for theme in themes:
                for width, height in SIZES:
                    window.theme.set_mode(theme)
                    window.resize(QSize(width, height))
                    window.open_page(view.partition("_")[0], **what)
                    settle(app, window)
                    file = out / f"{view}_{theme}_{width}x{height}.png"
                    if not window.grab().save(str(file)):
                        raise OSError(f"{file} could not be written.")
                    yield file
        window.close()


def main() -> None:
    """Read the options and take the pictures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("out", type=Path)
    options.add_argument("--page", action="append", default=[], help="only this page; may be repeated")
    options.add_argument("--data", type=Path, help="data folder to show; default: a new one with the demo")
    options.add_argument("--theme", action="append", default=[], choices=MODES, help="default: light and dark")
    options.add_argument("--scale", type=float, default=1.0, help="size of type, 0.8 to 2")
    options.add_argument("--language", default="en", help="language of the window")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ILLODESK_DATA_DIR"] = str(chosen.data or folder)
        data, themes = chosen.data or Path(folder), chosen.theme or THEMES
        for file in take(chosen.out, data, chosen.page, themes=themes, scale=chosen.scale, language=chosen.language):
            print(file)


if __name__ == "__main__":
    main()
