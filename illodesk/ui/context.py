"""What every page is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.ui.commands import Commands
from illodesk.ui.memory import Memory
from illodesk.ui.notices import Notices
from illodesk.ui.server_switch import ServerSwitch
from illodesk.ui.status import StatusBoard
from illodesk.ui.tasks import Tasks
from illodesk.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class Navigator(Protocol):
    """Opens a page by its name and tells it what to show."""

    def __call__(self, name: str, **what: Any) -> None: ...


@dataclass
class AppContext:
    """The core and the services of the window. ``server`` is None where the API cannot be switched on."""

    desk: Desk
    tasks: Tasks
    commands: Commands
    theme: Theme
    notices: Notices
    memory: Memory
    open_page: Navigator
    window: QWidget
    status: StatusBoard
    server: ServerSwitch | None = None

    @property
    def settings(self) -> Settings:
        return self.desk.settings
