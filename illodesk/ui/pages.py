"""The pages of the window, in the order of the rail. A page is listed here once it exists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtCore import QCoreApplication

from illodesk.ui.page import Page


@dataclass(frozen=True)
class Entry:
    """A page in the rail: it is imported and made when it is first opened.

    ``where`` is ``module:class`` below ``illodesk.ui``; ``foot`` puts it at the rail's lower end.
    """

    name: str
    icon: str
    where: str
    title: Callable[[], str]
    shortcut: str = ""
    foot: bool = False

    def load(self) -> type[Page]:
        """The class of the page."""
        module, _, name = self.where.partition(":")
        page = getattr(import_module(f"illodesk.ui.{module}"), name)
        assert isinstance(page, type) and issubclass(page, Page)
        return page


translate = QCoreApplication.translate

PAGES = (
    Entry("library", "library", "library.page:LibraryPage", lambda: translate("Pages", "Library"), "Ctrl+1"),
    Entry("record", "record", "record.page:RecordPage", lambda: translate("Pages", "Record"), "Ctrl+2"),
    Entry("review", "review", "review.page:ReviewPage", lambda: translate("Pages", "Review"), "Ctrl+3"),
    Entry("models", "models", "models_page:ModelsPage", lambda: translate("Pages", "Models"), "Ctrl+5", True),
    Entry("server", "server", "server_page:ServerPage", lambda: translate("Pages", "Server"), "Ctrl+6", True),
    Entry("settings", "settings", "settings_page:SettingsPage", lambda: translate("Pages", "Settings"), "Ctrl+,", True),
)


def entry_of(name: str) -> Entry:
    """A page of the rail. Raises KeyError."""
    return {entry.name: entry for entry in PAGES}[name]


def place_of(page: object) -> str:
    """What the page that a command belongs to is called; empty for commands of the whole window."""
    return entry_of(page.name).title() if isinstance(page, Page) else ""
