"""The library page: what there is, what was said, and what is being added."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.demo import load_demo
from illodesk.desk import ChangeSet, Conversation, Desk, Filter, Hit, Noted, Unfinished
from illodesk.schema import AnalysisOptions
from illodesk.ui.choosing import choose_files, choose_folder
from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext
from illodesk.ui.exporting.panel import ExportPanel
from illodesk.ui.library.conversations import ConversationRole, Conversations, Order
from illodesk.ui.library.deeds import Change, Deed, Deeds, Steps, Turn, delete, set_details, take_out, throw_away
from illodesk.ui.library.details import Details, Selected, read_selected
from illodesk.ui.library.empty import EmptyState
from illodesk.ui.library.filters import Filters
from illodesk.ui.library.found import Found, look_for_recordings
from illodesk.ui.library.jobs import QueueJob, Work
from illodesk.ui.library.page_commands import CONTEXT_MENU, QUEUE_BUTTONS, QUEUE_MENU, commands_of
from illodesk.ui.library.progress_strip import ProgressStrip
from illodesk.ui.library.queue import Queue
from illodesk.ui.library.queue_panel import QueuePanel
from illodesk.ui.library.search import HitDelegate, HitRole, Hits
from illodesk.ui.library.shelves import Labels, Shelf, Shelves, read_labels
from illodesk.ui.library.side import Side
from illodesk.ui.library.table import Table
from illodesk.ui.library.top_line import TopLine
from illodesk.ui.library.unfinished import UnfinishedStrip
from illodesk.ui.menus import add_all
from illodesk.ui.page import Page
from illodesk.ui.plain import plain
from illodesk.ui.roomy_row import RoomyRow
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.tasks import Task
from illodesk.ui.words import isolated

CHANGE_WAIT_MS, SELECTION_WAIT_MS = 150, 60
CHANGES_SHOWN = frozenset({"list", "runs", "details", "speakers"})


class LibraryPage(Page):
    """Projects at the left, the table or what a search found in the middle, the queue below, details at the right."""

    name = "library"
    told = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self.setAcceptDrops(True)
        theme = context.theme
        self.conversations = Conversations(context, self)
        self.hits = Hits(context, self)
        self.queue = Queue(context, self)
        self.deeds = Deeds(context, self)
        self.shelves = Shelves(theme)
        self.filters = Filters()
        self.table = Table(context, self.conversations)
        self.hit_view = QListView()
        self.side = Side(context)
        self.queue_panel = QueuePanel(context, self.queue)
        self.unfinished = UnfinishedStrip(theme)
        self.progress = ProgressStrip()
        self._selecting: Task | None = None
        self._to_tags = False
        self._known = False
        self._stale = True
        self._shown = False
        self._ending = False
        self._dressed = False
        self._change_rest = self._timer(CHANGE_WAIT_MS, self._read_changes)
        self._selection_rest = self._timer(SELECTION_WAIT_MS, self._show_selection)
        self._build()
        self._thrown: Deed | None = None
        self._connect()
        self._unsubscribe = context.desk.subscribe(self.told.emit)
        self._tell_retired()
        kept = self.queue.offer_kept()
        if kept:
            self._offer_kept(kept)

    def _timer(self, interval: int, act: Any) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(interval)
        timer.timeout.connect(act)
        return timer

    # --- what it looks like -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self._build_top())
        column.addWidget(self.filters)
        column.addLayout(self._build_found())
        column.addWidget(self.unfinished)
        column.addWidget(self.progress)
        self.stack = self._build_stack()
        self.upright = QSplitter(Qt.Orientation.Vertical)
        self.upright.setChildrenCollapsible(False)
        self.upright.setHandleWidth(6)
        self.upright.addWidget(self.stack)
        self.upright.addWidget(self.queue_panel)
        self.upright.setStretchFactor(0, 1)
        self.upright.setSizes([440, 200])
        column.addWidget(self.upright, 1)
        self._lay_out(middle)
        self.drop_sign = QLabel(self.tr("Drop to import"), self)
        self.drop_sign.setObjectName("notice")
        self.drop_sign.setProperty("role", "title")
        self.drop_sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.drop_sign.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.drop_sign.hide()
        self.context.memory.restore("library.across", self.across)
        self.context.memory.restore("library.upright", self.upright)
        self._side.setVisible(self.context.memory.get("library.details", False))
        self.queue_panel.hide()
        self._show_found()

    def _build_top(self) -> TopLine:
        """The search field and the buttons of the page."""
        theme = self.context.theme
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search what was said"))
        self.search.setAccessibleName(self.tr("Search what was said"))
        self.search.setClearButtonEnabled(True)
        self.search.setAcceptDrops(False)
        self.search.addAction(theme.icon("search", "secondary"), QLineEdit.ActionPosition.LeadingPosition)
        self._buttons = {
            name: QToolButton() for name in ("import_files", "import_folder", "export", "queue", "details")
        }
        row = RoomyRow(8)
        for button in self._buttons.values():
            row.add(button)
        return TopLine(self.search, row)

    def _build_found(self) -> QHBoxLayout:
        """How much a search found, and a button for more."""
        self.found_label = plain(QLabel())
        self.found_label.setProperty("role", "secondary")
        self.more = QPushButton(self.tr("Show more"))
        self.more.setProperty("flat", True)
        self.more.clicked.connect(self.hits.show_more)
        found = QHBoxLayout()
        found.setSpacing(8)
        found.addWidget(self.found_label)
        found.addWidget(self.more)
        found.addStretch(1)
        return found

    def _build_stack(self) -> QStackedWidget:
        """What can stand in the middle: the table, the hits, or why there is neither."""
        theme = self.context.theme
        self.hit_view.setModel(self.hits)
        self.hit_view.setItemDelegate(HitDelegate(theme, self.hit_view))
        self.hit_view.setAccessibleName(self.tr("What was found"))
        self.hit_view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.hit_view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = EmptyState(
            theme,
            "import",
            self.tr("Drop recordings here, record, or open the demo"),
            self.tr("Files or whole folders, sound or video. They are copied, and analysed on this machine only."),
            [
                (self.tr("Import files…"), self.import_files),
                (self.tr("Import a folder…"), self.import_folder),
                (self.tr("Record"), lambda: self.context.open_page("record")),
                (self.tr("Open the demo"), self.import_demo),
            ],
        )
        self.no_match = EmptyState(
            theme,
            "search",
            self.tr("No conversation matches"),
            self.tr("Nothing is lost: the filters leave it out."),
            [(self.tr("Clear the filters"), self._clear_filters)],
        )
        self.no_trash = EmptyState(
            theme, "delete", self.tr("The trash is empty"), self.tr("What you delete stays here for a while.")
        )
        self.no_hits = EmptyState(
            theme,
            "search",
            self.tr("Nothing was found"),
            self.tr(
                "Every word must be in one utterance. Recognised words may be wrong: try fewer, or their beginnings."
            ),
        )
        self.no_hits_here = EmptyState(
            theme,
            "search",
            self.tr("Nothing was found here"),
            self.tr("The search looks only into what the project and the filters let through."),
            [(self.tr("Search everywhere"), self.search_everywhere)],
        )
        stack = QStackedWidget()
        for part in (
            self.table,
            self.hit_view,
            self.empty,
            self.no_match,
            self.no_trash,
            self.no_hits,
            self.no_hits_here,
        ):
            stack.addWidget(part)
        return stack

    def _lay_out(self, middle: QWidget) -> None:
        """Put the list of projects and the side panel beside the middle."""
        self.side.setMinimumWidth(230)
        side = QWidget()
        side_column = QVBoxLayout(side)
        side_column.setContentsMargins(0, 12, 12, 12)
        side_column.addWidget(self.side)
        self._side = side
        left = QWidget()
        left_column = QVBoxLayout(left)
        left_column.setContentsMargins(12, 12, 0, 12)
        left_column.addWidget(self.shelves)
        left.setMinimumWidth(170)
        self.across = QSplitter()
        self.across.setHandleWidth(1)
        self.across.setChildrenCollapsible(False)
        for part, stretch in ((left, 0), (middle, 1), (side, 0)):
            self.across.addWidget(part)
            self.across.setStretchFactor(self.across.count() - 1, stretch)
        self.across.setSizes([176, 800, 260])
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)

    def _connect(self) -> None:
        self.told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self._to_first_hit)
        self.hits.found.connect(self._show_found)
        self.hit_view.activated.connect(self._open_hit)
        self.filters.changed.connect(self._list)
        self.shelves.chosen.connect(self._on_shelf)
        self.table.sort_wanted.connect(self._sort)
        self.table.activated.connect(self._open_row)
        self.table.customContextMenuRequested.connect(self._offer_commands)
        self.table.selectionModel().selectionChanged.connect(self._on_selection)
        self.conversations.counted.connect(self._on_counted)
        self.conversations.rename_wanted.connect(self._rename)
        self.side.wanted.connect(self._change_details)
        self.deeds.changed.connect(self.context.commands.refresh)
        self.deeds.changed.connect(self._on_deeds)
        self.deeds.progressed.connect(self.progress.show_turn)
        self.deeds.progressed.connect(self._on_deed)
        self.queue.counted.connect(self._on_queue)
        self.queue.progressed.connect(self._on_progress)
        self.queue.ended.connect(self._on_job_ended)
        self.queue_panel.view.activated.connect(self.open_jobs)
        self.queue_panel.view.selectionModel().selectionChanged.connect(self._on_queue)
        self.queue_panel.view.customContextMenuRequested.connect(self._offer_queue_commands)
        self.side.closed.connect(self._close_export)
        self.unfinished.wanted.connect(self._finish)

    # --- as a page --------------------------------------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Library")

    def notice_area(self) -> QWidget:
        """Over the table: the import queue and the details stay within reach."""
        return self.stack

    def crumbs(self) -> list[str]:
        shelf = self.shelves.shelf
        return [self.tr("Trash")] if shelf.trashed else [shelf.project] if shelf.project else []

    def commands(self) -> list[Command]:
        return commands_of(self)

    def opened(self, search: str = "", **_what: Any) -> None:
        self._shown = True
        if not self._dressed:
            self._dressed = True
            for name, button in self._buttons.items():
                button.setDefaultAction(self.context.commands.action(f"library.{name}"))
            self.queue_panel.add_buttons(QUEUE_BUTTONS)
            if self.details_shown:
                QTimer.singleShot(0, self, self.side.show_details)  # once the page is painted
        if self._stale:
            self._read_changes()
        if search:
            self.search.setText(search)
            self.focus_search()
        elif not self.isAncestorOf(self.focusWidget() or self):
            self.table.setFocus()

    def closed(self) -> None:
        self._shown = False
        self.side.take_over()

    def ending(self) -> None:
        """Keep what was typed, stop what runs, remember how it looks."""
        self._ending = True
        self.side.take_over()
        self._unsubscribe()
        self._change_rest.stop()
        self._selection_rest.stop()
        for reader in (self.hits, self.conversations, self.table.sparklines, self.filters):
            reader.stop()
        self.queue.end()
        self.table.remember()
        self.context.memory.keep("library.across", self.across)
        self.context.memory.keep("library.upright", self.upright)
        self.context.memory.set("library.details", self.details_shown)

    @property
    def in_trash(self) -> bool:
        return self.shelves.shelf.trashed

    @property
    def table_shown(self) -> bool:
        """Whether the table is what is looked at, and not what a search found."""
        return self.stack.currentWidget() is self.table

    # --- reading ----------------------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything again; another process may have changed it."""
        self._read_changes()

    def _on_told(self, change: ChangeSet) -> None:
        if "retired" in change.kinds and not self._ending:
            self._tell_retired()
        if change.kinds & CHANGES_SHOWN and not self._ending:
            self._stale = True
            if self._shown and not self.deeds.busy:  # a deed tells of many changes, and they are read once, at its end
                self._change_rest.start()

    def _on_deed(self, turn: Turn | None) -> None:
        if turn is None and self._stale and self._shown and not self._ending:
            self._read_changes()

    def _read_changes(self) -> None:
        self._stale = False
        self.conversations.refresh()
        self.context.tasks.run(read_labels, self.context.desk, done=self._on_labels)
        self.context.tasks.run(self.context.desk.unfinished, done=self._on_unfinished)

    def _on_labels(self, labels: Labels) -> None:
        self.shelves.show_labels(labels)
        self.filters.offer_tags(list(labels.tags))
        self.side.offer_projects(list(labels.projects))

    def _on_unfinished(self, left: list[Unfinished]) -> None:
        self.unfinished.show_all(left)

    def _finish(self, conversation_id: str) -> None:
        """Take up a recording: where it is shown while it goes on, else here and now."""
        window = self.context.window
        if "record" in getattr(window, "page_names", ()):
            self.context.open_page("record", resume=conversation_id)
        else:
            self.context.tasks.run(self.context.desk.resume, conversation_id, done=lambda _: self.refresh())

    def _list(self) -> None:
        """List what the shelf and the filters say."""
        shelf, order = self.shelves.shelf, self.conversations.order
        wanted = self.filters.chosen().model_copy(update={"project": shelf.project, "trashed": shelf.trashed})
        self.conversations.list_by(Order(wanted, order.sort, order.descending))
        self.hits.look_among(wanted.model_copy(update={"trashed": False}))

    def _on_shelf(self) -> None:
        self.table.clearSelection()
        if self.in_trash:
            self.search.clear()
        self._list()
        self.crumbs_changed.emit()

    def _sort(self, sort: Any, descending: bool) -> None:
        self.conversations.list_by(Order(self.conversations.order.filter, sort, descending))
        self.table.show_order()

    def _clear_filters(self) -> None:
        self.filters.reset()

    def _on_counted(self) -> None:
        self._known = True
        self._show_found()
        self._selection_rest.start()

    def _show_found(self) -> None:
        """Show the table, the hits, or why there is neither."""
        searching = bool(self.hits.query)
        shown: QWidget
        if searching and self.hits.count:
            shown = self.hit_view
        elif searching:
            nothing = self.no_hits_here if self.hits.restricted else self.no_hits
            shown = nothing if not self.hits.searching else self.stack.currentWidget() or self.table
        elif self.conversations.rowCount() or not self._known:
            shown = self.table
        elif self.filters.any:
            shown = self.no_match
        elif self.in_trash:
            shown = self.no_trash
        elif self.shelves.shelf == Shelf():
            shown = self.empty
        else:
            shown = self.no_match
        if self.stack.currentWidget() is not shown:
            self.stack.setCurrentWidget(shown)
            self.context.commands.refresh()
            self._selection_rest.start()  # what is selected in a table that is hidden is not meant
        self.found_label.setText(self._found_words() if searching and self.hits.count else "")
        self.found_label.setVisible(bool(self.found_label.text()))
        self.more.setVisible(searching and self.hits.more_there)
        self.filters.setVisible(shown is not self.empty)

    def _found_words(self) -> str:
        count, groups = self.hits.count, self.hits.groups
        if count == 1:
            return self.tr("1 hit")
        if groups == 1:
            return self.tr("{n} hits in 1 conversation").format(n=count)
        return self.tr("{n} hits in {m} conversations").format(n=count, m=groups)

    # --- searching --------------------------------------------------------------------------------------------------

    def focus_search(self) -> None:
        """The keyboard goes to the search field, with what stands there selected."""
        self.search.setFocus()
        self.search.selectAll()

    def search_everywhere(self) -> None:
        """Look for the same without project and filters."""
        self.filters.reset()
        self.shelves.choose(Shelf())

    def _on_search(self, text: str) -> None:
        self.hits.look_for(text)

    def _to_first_hit(self) -> None:
        """Enter in the search field goes to the hits; Enter there opens one."""
        if self.hits.count:
            self.hit_view.setFocus()
            self.hit_view.setCurrentIndex(self.hits.index(1))

    def _open_hit(self, index: QModelIndex) -> None:
        hit = index.data(HitRole)
        if isinstance(hit, Hit):
            self.context.open_page("review", conversation_id=hit.conversation_id, second=hit.t_start)
        elif isinstance(hit, Noted) and hit.analysed:
            self._open_conversation(hit.conversation_id)
        elif isinstance(hit, Noted):
            self.context.notices.show(self.tr("There is nothing to open yet: it was not analysed."), key="open")

    # --- the table --------------------------------------------------------------------------------------------------

    def open_current(self) -> None:
        """Open the selected conversation in the review."""
        self._open_row(self.table.currentIndex())

    def _open_row(self, index: QModelIndex) -> None:
        conversation = index.data(ConversationRole)
        if conversation is None or self.in_trash:
            return
        if conversation.current_run is None:
            self.context.notices.show(
                self.tr("There is nothing to open yet: it was not analysed."),
                trouble_words(conversation.error),
                key="open",
            )
        else:
            self.context.open_page("review", conversation_id=conversation.id)

    def _offer_commands(self, at: QPoint) -> None:
        self._pop_up(CONTEXT_MENU, self.table.viewport().mapToGlobal(at))

    def _pop_up(self, ids: Sequence[str], at: QPoint) -> None:
        """Offer those of the commands that can be had now."""
        commands = self.context.commands
        commands.refresh()
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        add_all(menu, commands, [commands.get(id) for id in ids if commands.enabled(id)])
        if not menu.isEmpty():
            menu.popup(at)

    def offer_columns(self) -> None:
        """Choose which columns are shown."""
        self.table.columns_menu().popup(QCursor.pos())

    def _on_selection(self) -> None:
        self.context.commands.refresh()
        self._selection_rest.start()

    def _show_selection(self) -> None:
        if self.details_shown or self.side.exporting:
            meant = self.table_shown and not self.in_trash
            self.conversations.when_known(self.table.rows() if meant else [], self._read_selection)

    def _read_selection(self, ids: Sequence[str]) -> None:
        if self._selecting is not None:
            self._selecting.cancel()
        self._selecting = self.context.tasks.run(read_selected, self.context.desk, ids, done=self._show_selected)

    def _show_selected(self, selected: Selected) -> None:
        self.side.show_selected(selected)
        if self._to_tags:
            self._to_tags = False
            self.details.tags.setFocus()

    # --- details ----------------------------------------------------------------------------------------------------

    @property
    def details(self) -> Details:
        """The details, made now if they were not yet."""
        return self.side.details

    @property
    def export_panel(self) -> ExportPanel:
        """The export, made now if it was not yet."""
        return self.side.export_panel

    @property
    def details_shown(self) -> bool:
        return not self._side.isHidden()

    def toggle_details(self) -> None:
        """Show the side panel, or hide it."""
        self.side.take_over()
        self.side.show_details()
        self._side.setVisible(not self.details_shown)
        self._show_selection()

    def edit_details(self) -> None:
        """The keyboard goes to the tags of what is selected, once they are those that are shown."""
        self.side.show_details()
        self._side.show()
        self._to_tags = True
        self._show_selection()

    def _change_details(self, text: str, ids: Sequence[str], change: Change) -> None:
        deed = set_details(text, ids, change)
        if self._ending:
            deed.do(self.context.desk, Steps())  # no task will be run any more
        else:
            self.deeds.do(deed)

    def _rename(self, conversation: Conversation, title: str) -> None:
        text = self.tr("Rename")
        self.deeds.do(set_details(text, [conversation.id], lambda _: {"title": title}))

    # --- deleting ---------------------------------------------------------------------------------------------------

    def throw_away(self) -> None:
        """Put what is selected into the trash."""
        rows = self.table.rows()
        one = self.conversations.at(rows[0]) if len(rows) == 1 else None
        self.conversations.when_known(rows, lambda ids: self._throw_away(ids, one))

    def _throw_away(self, ids: Sequence[str], one: Conversation | None) -> None:
        self.table.clearSelection()
        deed = throw_away(self.tr("Move to the trash"), ids)
        self.deeds.do(deed, lambda done: self._tell_thrown_away(deed, done, one))

    def _tell_thrown_away(self, deed: Deed, done: int, one: Conversation | None) -> None:
        if deed.stayed:
            self.context.notices.show(
                self.tr("Still being analysed, so not moved: {n}.").format(n=len(deed.stayed)),
                self.tr("Wait for them, or cancel them in the import queue; then they can go to the trash."),
                kind="warning",
                key="busy",
            )
        done -= len(deed.stayed)
        if done == 0:
            return
        if one is not None:
            text = self.tr("“{title}” is in the trash.").format(title=isolated(one.title))
        else:
            text = self.tr("{n} conversations are in the trash.").format(n=done)
        days = self.context.settings.trash_days
        safe = self.tr("They stay there for {n} days.").format(n=days) if days else ""
        self._thrown = deed
        self.context.notices.show(text, safe, undo=lambda: self.deeds.take_back(deed), key="trash")

    def _tell_retired(self) -> None:
        """Say what went to the trash by itself, once."""
        count, settings = self.context.desk.newly_retired(), self.context.settings
        if not count:
            return
        many = self.tr("{n} conversations were kept for {days} days and are in the trash now.")
        one = self.tr("1 conversation was kept for {days} days and is in the trash now.")
        self.context.notices.show(
            (one if count == 1 else many).format(n=count, days=settings.keep_days),
            self.tr("They stay there for {n} days.").format(n=settings.trash_days) if settings.trash_days else "",
            choices=[(self.tr("Open the trash"), self._open_trash)],
            key="retired",
        )

    def _open_trash(self) -> None:
        self.context.open_page("library")
        self.shelves.choose(Shelf(trashed=True))

    def _on_deeds(self) -> None:
        """What was taken back otherwise is not offered to be taken back."""
        if self._thrown is not None and not self.deeds.stands(self._thrown):
            self._thrown = None
            self.context.notices.end("trash")

    def take_out(self) -> None:
        """Take what is selected out of the trash."""
        self.conversations.when_known(self.table.rows(), self._take_out)

    def _take_out(self, ids: Sequence[str]) -> None:
        self.table.clearSelection()
        self.deeds.do(take_out(self.tr("Take out of the trash"), ids))

    def delete_for_good(self) -> None:
        """Delete what is selected in the trash, after a question."""
        self.conversations.when_known(self.table.rows(), self._ask_delete)

    def _ask_delete(self, ids: Sequence[str]) -> None:
        deed = delete(self.tr("Delete for good"), ids)
        self.context.notices.show(
            self.tr("Delete {n} conversations for good?").format(n=len(ids)),
            self.tr("Recordings, analyses and corrections of them will be gone. This cannot be undone."),
            kind="warning",
            choices=[(self.tr("Delete for good"), lambda: self._delete(deed))],
            key="delete",
        )

    def _delete(self, deed: Deed) -> None:
        self.table.clearSelection()
        self.deeds.do_for_good(deed)

    # --- exporting --------------------------------------------------------------------------------------------------

    def show_export(self) -> None:
        """Offer to export what is selected."""
        self.side.take_over()
        self.side.show_export()
        self._side.show()
        self._show_selection()
        self.export_panel.formats.setFocus()

    def _close_export(self) -> None:
        self.side.show_details()
        self._show_selection()
        self.table.setFocus()

    # --- importing --------------------------------------------------------------------------------------------------

    def import_files(self) -> None:
        """Ask for files and put them into the queue."""
        choose_files(self, self.tr("Import recordings"), self.import_paths)

    def import_folder(self) -> None:
        """Ask for a folder and put every recording in it into the queue."""
        choose_folder(self, self.tr("Import a folder of recordings"), "", lambda chosen: self.import_paths([chosen]))

    def import_demo(self) -> None:
        """Analyse the demo interview."""
        path, _ = load_demo()
        title = self.tr("Demo interview")
        self.show_queue()
        self.queue.add([Work(name=title, title=title, options=self.context.desk.default_options(), path=path)])

    def import_paths(self, paths: Iterable[str | Path]) -> None:
        """Put files, and the recordings in folders, into the queue."""
        wanted = [Path(path) for path in paths]
        self.context.tasks.run_long(look_for_recordings, self.context.desk, wanted, done=self._on_recordings)

    def _on_recordings(self, found: Found) -> None:
        notices = self.context.notices
        there = {job.work.path for job in self.queue.jobs if not job.over}
        new = [path for path in found.files if path not in there]
        if found.closed:
            reasons = [f"{path}: {reason}" for path, reason in found.closed.items()]
            notices.show(
                self.tr("Some folders could not be read; what else there was is in the queue.")
                if new
                else self.tr("The folder could not be read."),
                "\n".join(reasons[:3]),
                kind="warning",
                key="import",
            )
        elif not found.files:
            notices.show(
                self.tr("There are no recordings in this folder."),
                self.tr("Files of sound and video are taken. A file that you name yourself is always tried."),
                key="import",
            )
        elif not new:
            notices.show(self.tr("These recordings are in the queue already."), key="import")
        if new:
            self.show_queue()
            options = self.context.desk.default_options(**self.queue_panel.options.chosen())
            works = {p: Work(name=p.name, options=options, path=p, conversation_id=found.known.get(p, "")) for p in new}
            self.queue.add(work for path, work in works.items() if path not in found.known)
            self._tell_known([work for path, work in works.items() if path in found.known], found.named)

    def _tell_known(self, works: Sequence[Work], named: Container[Path | None]) -> None:
        """Say what the library has already: a row for what was named, a count for what a folder holds."""
        if not works:
            return
        jobs = self.queue.add_known(work for work in works if work.path in named)
        left_out = [work for work in works if work.path not in named]

        def anyway() -> None:
            self.queue.retry(jobs)
            self.queue.add(left_out)

        choices: list[tuple[str, Callable[[], object]]] = [(self.tr("Analyse again anyway"), anyway)]
        if len(works) == 1:
            text = self.tr("“{name}” is in the library already.").format(name=isolated(works[0].name))
            choices.insert(0, (self.tr("Open it"), lambda: self._open_conversation(works[0].conversation_id)))
        else:
            text = self.tr("{n} recordings are in the library already and were left out.").format(n=len(works))
        self.context.notices.show(text, self.tr("Name and content are the same."), choices=choices, key="known")

    def _open_conversation(self, conversation_id: str) -> None:
        self.context.open_page("review", conversation_id=conversation_id)

    def open_jobs(self) -> None:
        """Open the conversation of the recording that is chosen in the queue."""
        for job in self.queue_panel.view.chosen()[:1]:
            if job.over and job.conversation_id:
                self._open_conversation(job.conversation_id)

    def _offer_queue_commands(self, at: QPoint) -> None:
        self._pop_up(QUEUE_MENU, self.queue_panel.view.viewport().mapToGlobal(at))

    def analyse_again(self) -> None:
        """Put what is selected into the queue, to be analysed as the last time."""
        self.conversations.when_read(self.table.rows(), self._analyse_again)

    def analyse_failed(self) -> None:
        """Put every conversation whose analysis failed into the queue."""
        self.context.tasks.run(failed_conversations, self.context.desk, done=self._analyse_again)

    def _analyse_again(self, conversations: Sequence[Conversation]) -> None:
        self.context.tasks.run(works_again, self.context.desk, conversations, done=self._on_works_again)

    def _on_works_again(self, works: list[Work]) -> None:
        if works:
            self.show_queue()
            self.queue.add(works)
        else:
            self.context.notices.show(self.tr("There is nothing to analyse again."), key="import")

    # --- the queue --------------------------------------------------------------------------------------------------

    @property
    def queue_shown(self) -> bool:
        return not self.queue_panel.isHidden()

    def show_queue(self) -> None:
        """Show the panel of the queue."""
        self.queue_panel.show()
        self.context.commands.refresh()

    def toggle_queue(self) -> None:
        """Show the panel of the queue, or hide it; the queue goes on."""
        self.queue_panel.setVisible(not self.queue_shown)

    def _offer_kept(self, count: int) -> None:
        self.queue_panel.show()
        one = count == 1
        many = self.tr("{n} recordings still wait for their analysis.").format(n=count)
        self.context.notices.show(
            self.tr("A recording still waits for its analysis.") if one else many,
            self.tr("It was in the queue when IlloDesk ended.")
            if one
            else self.tr("They were in the queue when IlloDesk ended."),
            choices=[
                (self.tr("Forget it") if one else self.tr("Forget them"), self.queue.cancel_all),
                (self.tr("Go on"), self.queue.go_on),
            ],
            key="queue",
        )

    def _on_queue(self) -> None:
        if self.queue.running is not None:
            self.context.notices.end("queue")
        self.context.commands.refresh()

    def _on_progress(self, job: QueueJob) -> None:
        if job.conversation_id:
            self.conversations.set_progress(job.conversation_id, (job.fraction, job.stage))

    def _on_job_ended(self, job: QueueJob) -> None:
        if job.conversation_id:
            self.conversations.set_progress(job.conversation_id, None)
        if job.state == "failed" and not self._shown:
            self.context.notices.show(
                self.tr("“{name}” could not be analysed.").format(name=isolated(job.work.name)),
                job.message,
                kind="warning",
                choices=[(self.tr("Show the queue"), self._open_queue)],
                key="failed",
            )

    def _open_queue(self) -> None:
        self.context.open_page("library")
        self.show_queue()

    # --- dropping ---------------------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            self._place_drop_sign()
            self.drop_sign.show()
            self.drop_sign.raise_()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802
        self.drop_sign.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        self.drop_sign.hide()
        paths = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.import_paths(paths)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        self._place_drop_sign()
        super().resizeEvent(event)

    def _place_drop_sign(self) -> None:
        self.drop_sign.setGeometry(self.rect().adjusted(24, 24, -24, -24))


def failed_conversations(desk: Desk) -> list[Conversation]:
    """Every conversation whose analysis failed; in a task."""
    return desk.conversations(limit=1000, filter=Filter(state="failed"))


def works_again(desk: Desk, conversations: Sequence[Conversation]) -> list[Work]:
    """What is to be done to analyse conversations again, with the options of their last analysis; in a task."""
    works = []
    for conversation in conversations:
        if conversation.state == "analysing":
            continue
        runs = desk.runs(conversation.id)
        options: AnalysisOptions = (
            runs[-1].options if runs else desk.default_options(purpose=conversation.purpose, region=conversation.region)
        )
        works.append(Work(name=conversation.title, options=options, conversation_id=conversation.id))
    return works
