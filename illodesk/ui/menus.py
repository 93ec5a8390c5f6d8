"""Menus from the registry of commands."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QMenu, QWidget

from illodesk.ui.commands import Command, Commands, Menu


def menu_titles() -> dict[Menu, str]:
    """The menus in their order, translated."""
    translate = QCoreApplication.translate
    return {
        "file": translate("Menus", "File"),
        "edit": translate("Menus", "Edit"),
        "view": translate("Menus", "View"),
        "go": translate("Menus", "Go"),
        "playback": translate("Menus", "Playback"),
        "help": translate("Menus", "Help"),
    }


def main_menu(commands: Commands, parent: QWidget) -> QMenu:
    """One menu that holds all of them. It is filled whenever it opens, so it shows what can be done now."""
    menu = QMenu(parent)
    menu.setAccessibleName(QCoreApplication.translate("Menus", "Menu"))
    menu.aboutToShow.connect(lambda: fill(menu, commands))
    return menu


def fill(menu: QMenu, commands: Commands) -> None:
    """Put every command that names a menu under it; empty menus are left out."""
    commands.refresh()
    menu.clear()
    for key, title in menu_titles().items():
        found = [command for command in commands.all() if command.menu == key]
        if found:
            add_all(menu.addMenu(title), commands, found)


def add_all(menu: QMenu, commands: Commands, chosen: Iterable[Command]) -> None:
    """Add commands to a menu, with a line wherever the group changes."""
    group: str | None = None
    for command in chosen:
        if group is not None and command.group != group:
            menu.addSeparator()
        group = command.group
        menu.addAction(commands.action(command.id))
