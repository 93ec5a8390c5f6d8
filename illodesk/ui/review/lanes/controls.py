"""What can be done with the lanes: commands for the registry, and the menus that offer them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtWidgets import QMenu

from illodesk.ui.commands import Command
from illodesk.ui.review.lanes.registry import KINDS
from illodesk.ui.review.strip import ZOOM_STEP

if TYPE_CHECKING:
    from illodesk.ui.review.lanes.view import Lanes

OFFERED = (
    ("lanes.annotate", "lanes.edit_annotation", "lanes.fit_annotation", "lanes.remove_annotation", "lanes.snap"),
    ("lanes.zoom_in", "lanes.zoom_out", "lanes.fit", "lanes.zoom_selection", "lanes.clear_selection"),
)

translate = QCoreApplication.translate


def lane_commands(lanes: Lanes) -> list[Command]:
    """Zoom, selection, read-out, and a switch for each kind of lane."""

    def there() -> bool:
        return lanes.data is not None

    def selected() -> bool:
        return lanes.selection is not None

    zoom_in, zoom_out = partial(lanes.zoom, 1 / ZOOM_STEP), partial(lanes.zoom, ZOOM_STEP)
    whole, into = translate("Lanes", "Show everything"), translate("Lanes", "Zoom to the selection")
    begin = translate("Lanes", "Begin the selection at the playhead")
    end = translate("Lanes", "End the selection at the playhead")
    none, values = translate("Lanes", "Select nothing"), translate("Lanes", "Read the values at the playhead")
    return [
        Command("lanes.zoom_in", translate("Lanes", "Zoom in"), zoom_in, "+; =", "view", there, icon="zoom_in"),
        Command("lanes.zoom_out", translate("Lanes", "Zoom out"), zoom_out, "-", "view", there, icon="zoom_out"),
        Command("lanes.fit", whole, lanes.fit, "F", "view", there, icon="fit"),
        Command("lanes.zoom_selection", into, lanes.zoom_to_selection, "Z", "view", selected, icon="fit"),
        Command("lanes.select_from", begin, lanes.select_from_here, "B", "edit", there),
        Command("lanes.select_to", end, lanes.select_to_here, "Shift+B", "edit", there),
        Command("lanes.clear_selection", none, lanes.clear_selection, "", "view", selected),
        Command("lanes.read_out", values, lanes.read_out, "V", "view", there),
        Command("lanes.reset", translate("Lanes", "Lanes as they come"), lanes.reset_lanes, "", "view"),
        *(
            Command(
                f"lanes.show_{kind.kind}",
                translate("Lanes", "Lane: {name}").format(name=kind.title()),
                partial(lanes.toggle_kind, kind),
                enabled=partial(lanes.has_kind, kind),
                checked=partial(lanes.kind_shown, kind),
                group="lanes",
            )
            for kind in KINDS
        ),
    ]


def add_toggles(lanes: Lanes, menu: QMenu) -> None:
    """Every kind of lane, with a tick where it is shown."""
    for kind in KINDS:
        action = menu.addAction(kind.title())
        action.setCheckable(True)
        action.setChecked(lanes.kind_shown(kind))
        action.setEnabled(lanes.has_kind(kind))
        action.triggered.connect(partial(lanes.toggle_kind, kind))


def open_menu(lanes: Lanes, first: list[str], where: QPoint) -> None:
    """A menu of commands from the registry, those named ``first`` at the top, then the lanes."""
    commands = lanes.context.commands
    commands.refresh()
    menu = QMenu(lanes)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    known = {command.id for command in commands.all()}
    for group in (first, *OFFERED):
        for id in group:
            if id in known and (id in first or commands.enabled(id)):
                menu.addAction(commands.action(id))
        menu.addSeparator()
    tiers = lanes.annotating.tiers_to_move_to()
    if tiers:
        move = menu.addMenu(translate("Lanes", "Move the annotation to tier"))
        for name, possible in tiers.items():
            action = move.addAction(name.replace("&", "&&"))
            action.setEnabled(possible)
            action.triggered.connect(partial(lanes.annotating.move_to, name))
    add_toggles(lanes, menu.addMenu(translate("Lanes", "Lanes")))
    for id in ("lanes.new_tier", "lanes.assign_tier", "lanes.remove_tier"):
        menu.addAction(commands.action(id))
    menu.popup(where)
