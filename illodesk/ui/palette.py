"""The palette: every command, every conversation, and what was said, by a few letters. Ctrl+K."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QHeaderView,
    QLineEdit,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import Conversation, Hit
from illodesk.ui.context import AppContext
from illodesk.ui.fuzzy import score
from illodesk.ui.pages import place_of
from illodesk.ui.plain import tip
from illodesk.ui.tasks import Task
from illodesk.ui.words import clock, day, speaker_name

WIDTH, HEIGHT = 640, 420
WAIT_MS = 120
SHOWN, CONVERSATIONS, RECENT, HITS = 40, 500, 6, 8
SHORTEST_SEARCH = 3


@dataclass(frozen=True)
class Offer:
    """One line of the palette."""

    text: str
    detail: str
    run: Callable[[], object]
    icon: str = ""
    worth: float = 0.0


class Palette(QFrame):
    """Lies over the window while it is open; Esc or a click elsewhere closes it."""

    def __init__(self, context: AppContext, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("notice")
        self._context = context
        self._over = over
        self._back: QWidget | None = None
        self._conversations: list[Conversation] = []
        self._hits: list[Hit] = []
        self._searching: Task | None = None
        self._offers: list[Offer] = []
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("A command, a conversation, or words that were said"))
        self.field.setAccessibleName(self.tr("Search and commands"))
        self.field.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.list.setColumnCount(2)
        self.list.setHeaderHidden(True)
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        self.list.setAccessibleName(self.tr("What was found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.header().setStretchLastSection(False)
        self.list.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.list.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.list.itemClicked.connect(lambda item, _column: self._choose(item))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.addWidget(self.field)
        column.addWidget(self.list, 1)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)
        self._wait.timeout.connect(self._search)
        self.field.textChanged.connect(self._on_text)
        self.field.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        """Show it with nothing typed; the keyboard goes to its field."""
        self._back = QApplication.focusWidget()
        self._conversations, self._hits = [], []
        self.field.clear()
        width, height = min(WIDTH, self._over.width() - 32), min(HEIGHT, self._over.height() - 80)
        self.setGeometry((self._over.width() - width) // 2, 52, width, height)
        self._fill()
        self.show()
        self.raise_()
        self.field.setFocus()
        self._context.tasks.run(self._context.desk.conversations, CONVERSATIONS, done=self._on_conversations)

    def close_palette(self) -> None:
        """Hide it; the keyboard goes back to where it was."""
        self._wait.stop()
        if self._searching is not None:
            self._searching.cancel()
        if not self.isVisible():
            return
        self.hide()
        if self._back is not None and self._back.isVisible():
            self._back.setFocus()

    @property
    def offers(self) -> list[Offer]:
        """What is listed now."""
        return self._offers

    # --- filling ----------------------------------------------------------------------------------------------------

    def _on_text(self) -> None:
        self._hits = []
        self._fill()
        self._wait.start()

    def _on_conversations(self, found: list[Conversation]) -> None:
        self._conversations = found
        self._fill()

    def _search(self) -> None:
        query = self.field.text().strip()
        if self._searching is not None:
            self._searching.cancel()
        if self.isVisible() and len(query) >= SHORTEST_SEARCH:
            self._searching = self._context.tasks.run(
                self._context.desk.search, query, HITS, done=self._on_hits, failed=self._on_no_hits
            )

    def _on_hits(self, hits: list[Hit]) -> None:
        self._hits = hits
        self._fill()

    def _on_no_hits(self, _error: Exception) -> None:
        """Words that cannot be searched for find nothing; the commands are there all the same."""
        self._on_hits([])

    def _fill(self) -> None:
        query = self.field.text().strip()
        offers = sorted(
            [*self._commands(query), *self._titles(query)], key=lambda offer: offer.worth, reverse=bool(query)
        )[:SHOWN]
        if query:
            offers += [self._hit(hit) for hit in self._hits]
            offers.append(
                Offer(
                    self.tr("Search transcripts for “{words}”").format(words=query),
                    self.tr("Library"),
                    lambda: self._context.open_page("library", search=query),
                    "search",
                )
            )
        self._offers = offers
        self.list.clear()
        for offer in offers:
            item = QTreeWidgetItem([offer.text, offer.detail])
            item.setForeground(1, self._context.theme.colour("secondary"))
            item.setToolTip(0, tip(offer.text))
            if offer.icon:
                item.setIcon(0, self._context.theme.icon(offer.icon, "secondary"))
            self.list.addTopLevelItem(item)
        first = self.list.topLevelItem(0)
        if first is not None:
            self.list.setCurrentItem(first)

    def _commands(self, query: str) -> list[Offer]:
        commands = self._context.commands
        found = []
        for command in commands.all():
            worth = score(query, command.text) if query else 0.0
            if worth is not None and command.palette and commands.enabled(command.id):
                page, keys = commands.page(command.id), commands.shortcut_text(command.id)
                detail = "  ".join(part for part in (place_of(page), keys) if part)
                found.append(Offer(command.text, detail, lambda id=command.id: commands.run(id), command.icon, worth))  # type: ignore[misc]
        return found

    def _titles(self, query: str) -> list[Offer]:
        found = []
        for row in self._conversations if query else self._conversations[:RECENT]:
            worth = score(query, row.title) if query else -1.0
            if worth is not None:
                found.append(
                    Offer(
                        row.title,
                        self.tr("conversation, {day}").format(day=day(row.recorded_at or row.created_at)),
                        lambda id=row.id: self._context.open_page("review", conversation_id=id),  # type: ignore[misc]
                        "review",
                        worth,
                    )
                )
        return found

    def _hit(self, hit: Hit) -> Offer:
        return Offer(
            f"{speaker_name(hit.speaker)}: {hit.snippet}",
            f"{hit.title}, {clock(hit.t_start)}",
            lambda: self._context.open_page("review", conversation_id=hit.conversation_id, second=hit.t_start),
            "note",
        )

    # --- choosing ---------------------------------------------------------------------------------------------------

    def choose_current(self) -> None:
        """Do what the marked line says."""
        item = self.list.currentItem()
        if item is not None:
            self._choose(item)

    def _choose(self, item: QTreeWidgetItem) -> None:
        offer = self._offers[self.list.indexOfTopLevelItem(item)]
        self.close_palette()
        offer.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            keys = Qt.Key
            if event.key() == keys.Key_Escape:
                self.close_palette()
                return True
            if event.key() in (keys.Key_Return, keys.Key_Enter):
                self.choose_current()
                return True
            if event.key() in (keys.Key_Up, keys.Key_Down, keys.Key_PageUp, keys.Key_PageDown):
                QApplication.sendEvent(self.list, event)
                return True
        if event.type() == QEvent.Type.FocusOut and watched is self.field:
            QTimer.singleShot(0, self, self._close_when_left)
        return super().eventFilter(watched, event)

    def _close_when_left(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and focus is not self.field and not self.isAncestorOf(focus):
            self._back = None
            self.close_palette()
