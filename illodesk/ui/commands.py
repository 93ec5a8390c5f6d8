"""Everything that can be done, in one registry: it feeds menus, shortcuts, buttons and the command palette."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeySequence
from PySide6.QtWidgets import QWidget

Menu = Literal["", "file", "edit", "view", "go", "playback", "help"]


@dataclass(frozen=True)
class Command:
    """One thing that can be done.

    ``text`` is translated already. ``shortcut`` is in portable form (``Ctrl+Shift+F``), several are divided by ``; ``.
    ``menu`` is where it hangs; in no menu it is still in the palette. ``enabled`` and ``checked`` are asked whenever a
    menu or the palette opens, and at ``Commands.refresh``. ``icon`` is the name of one of our icons. A page's command
    that is not always ``enabled`` rests on what is selected there: it can be done only while that page is shown, unless
    it can be done ``anywhere``.
    """

    id: str
    text: str
    run: Callable[[], object]
    shortcut: str = ""
    menu: Menu = ""
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    icon: str = ""
    group: str = ""
    palette: bool = True
    anywhere: bool = False


class Commands(QObject):
    """The registry. A command that belongs to a page has its keys only while that page is shown."""

    changed = Signal()

    def __init__(self, window: QWidget, icon: Callable[[str], QIcon], shortcuts: dict[str, str] | None = None) -> None:
        """``shortcuts`` are the user's own, by id of the command; an empty one takes the command's away."""
        super().__init__(window)
        self._window = window
        self._icon = icon
        self._commands: dict[str, Command] = {}
        self._actions: dict[str, QAction] = {}
        self._pages: dict[str, QWidget | None] = {}
        self._chosen = dict(shortcuts or {})

    def add(self, *commands: Command, page: QWidget | None = None) -> None:
        """Register commands of the whole window, or of a page. Raises ValueError for an id that is taken."""
        for command in commands:
            if command.id in self._commands:
                raise ValueError(f"There is a command {command.id} already.")
            action = QAction(command.text, self)
            action.setObjectName(command.id)
            if command.icon:
                action.setIcon(self._icon(command.icon))
            action.setShortcuts(sequences(self.shortcut_of(command)))
            action.setCheckable(command.checked is not None)
            # Qt passes over the shortcuts of a widget that is hidden, so those of other pages never answer.
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.triggered.connect(lambda _checked=False, id=command.id: self.run(id))
            (page or self._window).addAction(action)
            self._pages[command.id] = page
            self._commands[command.id] = command
            self._actions[command.id] = action
        self.refresh()
        self.changed.emit()

    def remove(self, *ids: str) -> None:
        """Forget commands; unknown ids are passed over."""
        for id in ids:
            if self._commands.pop(id, None) is not None:
                self._actions.pop(id).deleteLater()
        self.changed.emit()

    def rename(self, id: str, text: str) -> None:
        """Call a command otherwise; ``text`` is translated. Raises KeyError."""
        self._commands[id] = replace(self._commands[id], text=text)
        self._actions[id].setText(text)
        self.changed.emit()

    def all(self) -> list[Command]:
        """Every command in the order in which it was added."""
        return list(self._commands.values())

    def get(self, id: str) -> Command:
        """One command. Raises KeyError."""
        return self._commands[id]

    def action(self, id: str) -> QAction:
        """The one action of a command, for buttons and menus. Raises KeyError."""
        return self._actions[id]

    def enabled(self, id: str) -> bool:
        """Whether a command can be done now."""
        command, page = self._commands[id], self._pages[id]
        if command.enabled is None:
            return True
        out_of_sight = page is not None and page.isHidden() and not command.anywhere
        return not out_of_sight and command.enabled()

    def page(self, id: str) -> QWidget | None:
        """The page that a command belongs to; None for one of the whole window. Raises KeyError."""
        return self._pages[id]

    def run(self, id: str) -> bool:
        """Do it, if it can be done now. Raises KeyError."""
        if not self.enabled(id):
            return False
        self._commands[id].run()
        self.refresh()
        return True

    def refresh(self) -> None:
        """Ask every command again whether it can be done and whether it is on. Call it when what is shown changed."""
        for id, command in self._commands.items():
            action = self._actions[id]
            action.setEnabled(self.enabled(id))
            if command.checked is not None:
                action.setChecked(command.checked())

    def renew_icons(self) -> None:
        """Draw the icons again in the colours of a new theme."""
        for id, command in self._commands.items():
            if command.icon:
                self._actions[id].setIcon(self._icon(command.icon))

    # --- shortcuts --------------------------------------------------------------------------------------------------

    def shortcut_of(self, command: Command) -> str:
        """What the user chose, or what the command comes with; in portable form."""
        return self._chosen.get(command.id, command.shortcut)

    def shortcut_text(self, id: str) -> str:
        """The keys as they are shown to people; empty when there are none."""
        found = sequences(self.shortcut_of(self._commands[id]))
        return ", ".join(keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in found)

    def conflicts(self, id: str, shortcut: str) -> list[Command]:
        """Commands that have the keys already and could answer in the same place."""
        wanted = sequences(shortcut)
        here = self._pages[id]
        return [
            other
            for other in self._commands.values()
            if other.id != id
            and any(keys in wanted for keys in sequences(self.shortcut_of(other)))
            and (here is None or self._pages[other.id] in (None, here))
        ]

    def set_shortcut(self, id: str, shortcut: str | None) -> None:
        """Give a command other keys: portable form, empty for none, None for those it comes with."""
        command = self._commands[id]
        if shortcut is None or shortcut == command.shortcut:
            self._chosen.pop(id, None)
        else:
            self._chosen[id] = shortcut
        self._actions[id].setShortcuts(sequences(self.shortcut_of(command)))
        self.changed.emit()

    @property
    def chosen_shortcuts(self) -> dict[str, str]:
        """The user's own, to be remembered."""
        return dict(self._chosen)


def sequences(shortcut: str) -> list[QKeySequence]:
    """Keys from their portable form; several are divided by ``; ``."""
    return [QKeySequence(part) for part in shortcut.split("; ") if part]
