"""What can be done on the library page, for menus, shortcuts and the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from illodesk.ui.commands import Command
from illodesk.ui.library.columns import COLUMNS, heading

if TYPE_CHECKING:
    from illodesk.ui.library.page import LibraryPage

QUEUE_BUTTONS = ["library.queue_go_on", "library.queue_pause", "library.queue_retry", "library.queue_cancel_all"]
QUEUE_MENU = [
    "library.queue_open",
    "library.queue_anyway",
    "library.queue_earlier",
    "library.queue_later",
    "library.queue_cancel",
]
CONTEXT_MENU = [
    "library.open",
    "library.rename",
    "library.tag",
    "library.analyse_again",
    "library.export",
    "library.restore",
    "library.delete",
    "library.delete_for_good",
]


def commands_of(page: LibraryPage) -> list[Command]:
    """Every command of the page."""
    translate = QCoreApplication.translate
    queue, table = page.queue, page.table

    def some() -> bool:
        return table.selectionModel().hasSelection() and not page.in_trash and page.table_shown

    def one() -> bool:
        return some() and len(table.rows()) == 1

    def thrown() -> bool:
        return table.selectionModel().hasSelection() and page.in_trash

    own = [
        Command(
            "library.import_files",
            translate("LibraryPage", "Import files…"),
            page.import_files,
            "Ctrl+O",
            "file",
            icon="import",
        ),
        Command(
            "library.import_folder",
            translate("LibraryPage", "Import a folder…"),
            page.import_folder,
            "Ctrl+Shift+O",
            "file",
            icon="folder",
        ),
        Command(
            "library.demo",
            translate("LibraryPage", "Analyse the demo conversation"),
            page.import_demo,
            "",
            "file",
            icon="play",
        ),
        Command(
            "library.export",
            translate("LibraryPage", "Export…"),
            page.show_export,
            "Ctrl+E",
            "file",
            some,
            icon="export",
            group="export",
        ),
        Command(
            "library.search",
            translate("LibraryPage", "Search what was said"),
            page.focus_search,
            "Ctrl+F",
            "edit",
            icon="search",
        ),
        Command(
            "library.filter",
            translate("LibraryPage", "Filter the library"),
            page.filters.text.setFocus,
            "Ctrl+L",
            "edit",
        ),
        Command(
            "library.undo",
            translate("LibraryPage", "Undo"),
            page.deeds.undo,
            "Ctrl+Z",
            "edit",
            lambda: page.deeds.can_undo,
            icon="undo",
            group="undo",
        ),
        Command(
            "library.redo",
            translate("LibraryPage", "Redo"),
            page.deeds.redo,
            "Ctrl+Shift+Z; Ctrl+Y",
            "edit",
            lambda: page.deeds.can_redo,
            icon="redo",
            group="undo",
        ),
        Command(
            "library.open", translate("LibraryPage", "Open"), page.open_current, "Ctrl+Return", "go", one, icon="review"
        ),
        Command(
            "library.rename",
            translate("LibraryPage", "Rename"),
            table.rename,
            "F2",
            "edit",
            one,
            icon="edit",
            group="one",
        ),
        Command(
            "library.tag",
            translate("LibraryPage", "Tags, project and notes"),
            page.edit_details,
            "Ctrl+T",
            "edit",
            some,
            icon="tag",
            group="one",
        ),
        Command(
            "library.analyse_again",
            translate("LibraryPage", "Analyse again"),
            page.analyse_again,
            "Ctrl+R",
            "edit",
            some,
            icon="rotate",
            group="analyse",
        ),
        Command(
            "library.analyse_failed",
            translate("LibraryPage", "Analyse what failed again"),
            page.analyse_failed,
            "",
            "edit",
            group="analyse",
        ),
        Command(
            "library.delete",
            translate("LibraryPage", "Move to the trash"),
            page.throw_away,
            "Del",
            "edit",
            some,
            icon="delete",
            group="delete",
        ),
        Command(
            "library.restore",
            translate("LibraryPage", "Take out of the trash"),
            page.take_out,
            "",
            "edit",
            thrown,
            icon="undo",
            group="delete",
        ),
        Command(
            "library.delete_for_good",
            translate("LibraryPage", "Delete for good…"),
            page.delete_for_good,
            "Shift+Del",
            "edit",
            thrown,
            icon="delete",
            group="delete",
        ),
        Command(
            "library.refresh",
            translate("LibraryPage", "Read the library again"),
            page.refresh,
            "F5",
            "view",
            icon="rotate",
        ),
        Command(
            "library.details",
            translate("LibraryPage", "Details"),
            page.toggle_details,
            "Ctrl+I",
            "view",
            checked=lambda: page.details_shown,
            icon="info",
            group="panels",
        ),
        Command(
            "library.queue",
            translate("LibraryPage", "Import queue"),
            page.toggle_queue,
            "Ctrl+J",
            "view",
            checked=lambda: page.queue_shown,
            icon="menu",
            group="panels",
        ),
        Command(
            "library.columns", translate("LibraryPage", "Columns…"), page.offer_columns, "", "view", group="panels"
        ),
        Command(
            "library.queue_go_on",
            translate("LibraryPage", "Go on"),
            queue.go_on,
            enabled=lambda: queue.paused and bool(queue.waiting),
            anywhere=True,
            icon="play",
        ),
        Command(
            "library.queue_pause",
            translate("LibraryPage", "Pause after this one"),
            queue.pause,
            enabled=lambda: not queue.paused and bool(queue.waiting),
            anywhere=True,
            icon="pause",
        ),
        Command(
            "library.queue_retry",
            translate("LibraryPage", "Retry what failed"),
            lambda: queue.retry(queue.failed),
            enabled=lambda: bool(queue.failed),
            anywhere=True,
            icon="rotate",
        ),
        Command(
            "library.queue_cancel_all",
            translate("LibraryPage", "Cancel all"),
            queue.cancel_all,
            enabled=lambda: bool(queue.waiting) or queue.running is not None,
            anywhere=True,
            icon="close",
        ),
        Command(
            "library.queue_clear",
            translate("LibraryPage", "Clear what is over"),
            queue.clear_ended,
            enabled=lambda: any(job.over for job in queue.jobs),
        ),
        Command(
            "library.queue_open",
            translate("LibraryPage", "Open the chosen recording"),
            page.open_jobs,
            enabled=lambda: any(job.over and job.conversation_id for job in page.queue_panel.view.chosen()[:1]),
        ),
        Command(
            "library.queue_anyway",
            translate("LibraryPage", "Analyse the chosen recording again anyway"),
            lambda: queue.retry(page.queue_panel.view.chosen()),
            enabled=lambda: any(job.state == "known" for job in page.queue_panel.view.chosen()),
        ),
        Command(
            "library.queue_earlier",
            translate("LibraryPage", "Analyse the chosen recording earlier"),
            lambda: page.queue_panel.view.move_chosen(-1),
            enabled=lambda: bool(page.queue_panel.view.chosen()),
        ),
        Command(
            "library.queue_later",
            translate("LibraryPage", "Analyse the chosen recording later"),
            lambda: page.queue_panel.view.move_chosen(1),
            enabled=lambda: bool(page.queue_panel.view.chosen()),
        ),
        Command(
            "library.queue_cancel",
            translate("LibraryPage", "Cancel the chosen recordings"),
            lambda: queue.cancel(page.queue_panel.view.chosen()),
            enabled=lambda: any(job.can_be_cancelled for job in page.queue_panel.view.chosen()),
            icon="close",
        ),
    ]
    sorts = [
        Command(
            f"library.sort_{column.name}",
            translate("LibraryPage", "Sort by: {column}").format(column=heading(column.name)),
            lambda place=place: table.sort_by(place),  # type: ignore[misc]
            checked=lambda sort=column.sort: page.conversations.order.sort == sort,  # type: ignore[misc]
        )
        for place, column in enumerate(COLUMNS)
        if column.sort is not None
    ]
    return [*own, *sorts]
