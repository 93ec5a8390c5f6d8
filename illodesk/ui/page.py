"""What every page of the window is."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext


class Page(QWidget):
    """One page: a subclass sets ``name`` and overrides what it needs. It is made when it is first opened.

    ``crumbs_changed`` makes the window ask for ``crumbs()`` again.
    """

    name = ""
    crumbs_changed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def title(self) -> str:
        """What the page is called, translated."""
        return self.windowTitle()

    def crumbs(self) -> list[str]:
        """Where in the page the user is, after its title: a conversation, a run."""
        return []

    def commands(self) -> list[Command]:
        """What can be done on this page; asked once, after it was made."""
        return []

    def opened(self, **what: Any) -> None:
        """The page is shown, or asked to show something: what ``open_page`` was given."""

    def closed(self) -> None:
        """Another page is shown instead; timers stop here."""

    def notice_area(self) -> QWidget:
        """Where messages lie, at the lower right: best where nothing is pressed."""
        return self

    def may_end(self) -> bool:
        """Whether the window may close now. A page that says no tells why, and what can be done."""
        return True

    def ending(self) -> None:
        """The app ends: save what is not saved, end what runs."""
