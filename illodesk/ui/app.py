"""Starts the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

os.environ.setdefault("QT_API", "pyside6")
os.environ.setdefault("PYQTGRAPH_QT_LIB", "PySide6")

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from illodesk import __version__, resource_path
from illodesk.desk import Desk, DeskError
from illodesk.settings import Settings, default_data_dir, settings_file, what_is_wrong
from illodesk.ui.app_log import AppLog
from illodesk.ui.loop import event_loop
from illodesk.ui.memory import MEMORY_FILE, Memory
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.server_switch import ServerSwitch
from illodesk.ui.signals import heard
from illodesk.ui.trouble import TroubleWindow
from illodesk.ui.window import MainWindow

MakeSwitch = Callable[[Desk], ServerSwitch]


def run(conversation_id: str | None = None, server: MakeSwitch | None = None) -> int:
    """Open the window on the user's Desk and stay until it is closed. ``server`` makes the API's switch.

    Returns the exit status: 1 when the library could not be opened, which a window says.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    QApplication.setApplicationName("IlloDesk")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("illodesk")
    try:
        settings = Settings()
    except (ValueError, OSError) as error:
        return show_trouble(app, f"{settings_file()}: {what_is_wrong(error)}")
    speak(app, Memory(settings.data_dir / MEMORY_FILE).get("language", ""))
    app_log = AppLog(settings.data_dir / "logs")
    crash = app_log.open()
    try:
        with event_loop(app) as loop, Desk.open(settings) as desk:
            window = MainWindow(desk, loop, server(desk) if server is not None else None)
            window.show()
            window.begin(crash, conversation_id)
            with heard(window.close):
                return int(loop.run_forever())
    except DeskError as error:
        return show_trouble(app, trouble_words(error))
    finally:
        app_log.close()


def show_trouble(app: QApplication, reason: str) -> int:
    """Say why there is no library to show, and stay until that is read."""
    window = TroubleWindow(reason, default_data_dir())
    window.show()
    app.exec()
    return 1


def speak(app: QApplication, language: str) -> list[QTranslator]:
    """Install the translations of a language, or of the system's; English needs none. Returns what was installed."""
    locale = QLocale(language) if language else QLocale()
    if language:
        QLocale.setDefault(locale)
    folders = (resource_path("ui") / "translations", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    installed = []
    for name, folder in zip(("illodesk", "qtbase"), folders, strict=True):
        translator = QTranslator(app)
        if locale.language() != QLocale.Language.English and translator.load(locale, name, "_", str(folder)):
            app.installTranslator(translator)
            installed.append(translator)
    return installed
