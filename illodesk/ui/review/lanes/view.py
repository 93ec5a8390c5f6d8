"""The lanes below each other on one time axis, with one crosshair, one playhead and one selection."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QFocusEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QMenu, QScrollArea, QToolButton, QVBoxLayout, QWidget

from illodesk.lasting import let_go
from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext
from illodesk.ui.plain import plain
from illodesk.ui.review.axis import TimeAxis, stamp
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.lanes.annotating import Annotating
from illodesk.ui.review.lanes.arrangement import Arrangement
from illodesk.ui.review.lanes.controls import add_toggles, lane_commands, open_menu
from illodesk.ui.review.lanes.data import LaneData, Source, Speaker, build
from illodesk.ui.review.lanes.lane import Lane
from illodesk.ui.review.lanes.overview import Overview
from illodesk.ui.review.lanes.registry import lanes_of
from illodesk.ui.review.lanes.row import LaneRow, LaneStrip
from illodesk.ui.review.lanes.selection_panel import SelectionPanel
from illodesk.ui.review.lanes.stretches import Annotations
from illodesk.ui.review.lanes.tier_strip import TierStrip
from illodesk.ui.review.ruler import TimeRuler
from illodesk.ui.review.strip import Pointer, steer, steers
from illodesk.ui.tasks import Task

SCROLL_BAR_PX = 12


class Lanes(QWidget):
    """Shows a :class:`ReviewDocument`. A click seeks, a double click plays, dragging selects, the wheel zooms.

    ``overview`` shows the whole conversation on the same axis; the page puts it where it belongs, and hears of it by
    the signals of the lanes. ``picked`` names what was clicked: utterance, moment, transition, marker, phase or
    annotation, and its id. ``selection_changed`` with twice the same second says that nothing is selected. ``ready``
    follows when another state is drawn. ``menu_ids`` are commands that the context menu offers before its own.
    """

    seek = Signal(float)
    play = Signal(float)
    selection_changed = Signal(float, float)
    picked = Signal(str, str)
    ready = Signal(object)

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.axis = TimeAxis(self)
        self.overview = Overview(context, self.axis)
        self.menu_ids: list[str] = []
        self.pointer = Pointer(self.axis, self)
        self._document: ReviewDocument | None = None
        self.annotating = Annotating(self)
        self.arrangement = Arrangement(context.memory)
        self._had_selection = False
        self._data: LaneData | None = None
        self._lanes: list[Lane] = []
        self._rows: dict[str, LaneRow] = {}
        self._building: Task | None = None
        self.setAccessibleName(self.tr("Lanes"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._lay_out()
        self.pointer.seek.connect(self.seek)
        self.pointer.play.connect(self.play)
        self.pointer.selection_changed.connect(self.selection_changed)
        self.pointer.menu.connect(self._open_menu)
        self.pointer.selection_changed.connect(self._on_selected)
        self.ready.connect(self.overview.show_data)
        self.ready.connect(self.panel.show_data)
        self.ready.connect(self.annotating.show_moved)
        self.overview.seek.connect(self.seek)
        context.theme.changed.connect(self._on_theme)
        self._on_theme()

    def _lay_out(self) -> None:
        self.ruler = TimeRuler(self.pointer, self.context.theme)
        self.chooser = QToolButton()
        self.chooser.setText(self.tr("Lanes"))
        self.chooser.setIcon(self.context.theme.icon("menu", "secondary"))
        self.chooser.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.chooser.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.chooser.setAccessibleName(self.tr("Choose lanes"))
        self.chooser.setToolTip(self.tr("Show and hide lanes"))
        self._chooser_menu = QMenu(self.chooser)
        self._chooser_menu.aboutToShow.connect(self._fill_chooser)
        self.chooser.setMenu(self._chooser_menu)
        above = QHBoxLayout()
        above.setContentsMargins(0, 0, SCROLL_BAR_PX, 0)
        above.setSpacing(0)
        above.addWidget(self.chooser)
        above.addWidget(self.ruler, 1)
        self.panel = SelectionPanel(self.context)
        self.panel.closed.connect(self.clear_selection)
        self.panel.filled.connect(self.annotating.reveal)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.message = plain(QLabel())
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setProperty("role", "secondary")
        self.message.hide()
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.verticalScrollBar().setFixedWidth(SCROLL_BAR_PX)
        self.area.setWidget(self._inside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(above)
        layout.addWidget(self.message)
        layout.addWidget(self.area, 1)
        layout.addWidget(self.panel)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Nothing runs for lanes that are not seen; the app may be about to end."""
        self.annotating.keep_moved()
        self.panel.pause()
        for row in self._rows.values():
            row.lane.ended()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        for row in self._rows.values():
            self._attach(row)
            row.strip.renew()
        self.panel.show_stretch(*(self.selection or (0.0, 0.0)))
        super().showEvent(event)

    def _on_theme(self) -> None:
        self.chooser.setFixedSize(self.context.theme.size("lane_header"), self.ruler.height())
        self.chooser.setIcon(self.context.theme.icon("menu", "secondary"))
        self.chooser.setFont(self.context.theme.font("caption"))

    # --- what is shown ----------------------------------------------------------------------------------------------

    @property
    def data(self) -> LaneData | None:
        """What the lanes draw now."""
        return self._data

    @property
    def lanes(self) -> list[Lane]:
        """Every lane of what is open, in order, shown or not."""
        return list(self._lanes)

    @property
    def rows(self) -> list[LaneRow]:
        """The lanes that are shown, from the top."""
        return [self._rows[lane.id] for lane in self._lanes if lane.id in self._rows]

    def set_document(self, document: ReviewDocument) -> None:
        """Show what is open in a document, from now on."""
        self.annotating.set_document(document)
        self._document = document
        document.opened.connect(self._on_opened)
        document.changed.connect(self._on_changed)
        document.loading.connect(partial(self._say, self.tr("Opening…")))
        self._on_opened()

    def _on_opened(self) -> None:
        assert self._document is not None
        result, conversation = self._document.result, self._document.conversation
        if result is None or conversation is None:
            self.show_source(None)
            if conversation is not None:
                self._say(self.tr("There is no analysis of it yet. Analyse it, and its lanes appear here."))
            return
        speakers = [
            Speaker(label, self._document.name_of(label), self._document.speaker_index(label))
            for label in self._document.speakers
        ]
        tracks, media = self._document.tracks, self._document.media
        self.show_source(Source(conversation.id, result, tracks, speakers, self._document.duration_s, media))

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"text", "speakers", "markers", "annotations", "runs"}:
            self._on_opened()

    def show_source(self, source: Source | None) -> None:
        """Show a conversation, or nothing. What is drawn is made in a thread; ``ready`` follows."""
        if self._building is not None:
            self._building.cancel()
            self._building = None
        if source is None:
            self._data, self._lanes = None, []
            self.clear_selection()
            self._renew_rows()
            self._say(self.tr("Nothing is open."))
            self.ready.emit(None)
            return
        if self._data is None or self._data.key[0] != source.conversation_id:
            self._say(self.tr("Opening…"))
        self._building = self.context.tasks.run(build, source, self._data, done=self._on_built, failed=self._on_failed)

    def _on_built(self, data: LaneData) -> None:
        self._building = None
        before, self._data = self._data, data
        if before is None or before.key[0] != data.key[0]:
            self.pointer.select(0.0, 0.0)
            self.pointer.set_position(0.0)
            self.axis.set_duration(data.duration_s)
        elif before.duration_s != data.duration_s:
            self.axis.set_duration(data.duration_s)
        self._lanes = self.arrangement.arranged(lanes_of(data))
        self._renew_rows()
        self._say("")
        self.context.commands.refresh()
        self.ready.emit(data)
        if before is not None and before.result is not data.result:
            box = [before]
            before = None  # else it would be freed here, at the end
            self.context.tasks.run(let_go, box)

    def _on_failed(self, error: Exception) -> None:
        self._building = None
        self._data, self._lanes = None, []
        self._renew_rows()
        self._say(self.tr("The lanes cannot be drawn."))
        self.context.notices.error(error)

    def _say(self, words: str) -> None:
        self.message.setText(words)
        self.message.setVisible(bool(words))

    def _renew_rows(self) -> None:
        """Make the rows of what is to be shown, keep those that are there, remove the others; put them in order."""
        wanted = [lane for lane in self._lanes if self.arrangement.shown(lane)]
        for id in self._rows.keys() - {lane.id for lane in wanted}:
            row = self._rows.pop(id)
            row.lane.ended()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, lane in enumerate(wanted):
            row = self._rows.get(lane.id) or self._new_row(lane)
            if row.lane is not lane:
                row.lane.ended()
                row.show_lane(lane)
                self._attach(row)
            row.set_lane_height(self.arrangement.height(lane))
            if self._column.indexOf(row) != place:
                self._column.insertWidget(place, row)
        for earlier, later in zip(self.rows, self.rows[1:], strict=False):
            QWidget.setTabOrder(earlier.header, later.header)

    def _new_row(self, lane: Lane) -> LaneRow:
        row = LaneRow(lane, self._strip_of(lane), self.context.theme, self.arrangement.height(lane))
        self._rows[lane.id] = row
        self._attach(row)
        row.header.moved.connect(partial(self.move_lane, lane.id))
        row.header.dragged.connect(partial(self._on_dragged, lane.id))
        row.header.hidden.connect(partial(self.show_lane, lane.id, False))
        row.header.menu.connect(self._open_lane_menu)
        row.resized.connect(partial(self.arrangement.set_height, lane.id))
        row.strip.clicked.connect(partial(self._on_clicked, row))
        return row

    def _attach(self, row: LaneRow) -> None:
        """Let a lane begin to read; while the lanes are not seen, none does."""
        if self.isVisible():
            row.lane.attach(self.context, row.strip.renew)

    def _strip_of(self, lane: Lane) -> LaneStrip:
        theme, annotating = self.context.theme, self.annotating
        if not isinstance(lane, Annotations):
            return LaneStrip(lane, self.pointer, theme)
        strip = TierStrip(lane, self.pointer, theme, annotating.able, annotating.snapping)
        strip.stretched.connect(annotating.stretch)
        strip.meant.connect(annotating.pick)
        return strip

    def _on_selected(self, start_s: float, end_s: float) -> None:
        self.panel.show_stretch(start_s, end_s)
        if self._had_selection != (end_s > start_s):
            self._had_selection = end_s > start_s
            self.context.commands.refresh()

    def _on_clicked(self, row: LaneRow, t: float) -> None:
        found = row.lane.pick(row.strip.view(), t)
        self.annotating.pick(found[1] if found is not None and found[0] == "annotation" else None)
        if found is not None:
            self.picked.emit(*found)

    # --- arranging --------------------------------------------------------------------------------------------------

    def show_lane(self, id: str, shown: bool = True) -> None:
        """Show or hide a lane; the window remembers it."""
        self.arrangement.set_shown(id, shown)
        self._renew_rows()
        self.context.commands.refresh()
        if shown and id in self._rows:
            self.bring_into_view(self._rows[id])

    def bring_into_view(self, row: LaneRow) -> None:
        """Scroll to a lane, however high everything is about to be."""
        for part in (self.panel, self, self._inside):
            layout = part.layout()
            assert layout is not None
            layout.activate()
        self.area.ensureWidgetVisible(row, 0, 0)

    def kind_shown(self, kind: type[Lane]) -> bool:
        """Whether any lane of a kind is shown."""
        return any(isinstance(row.lane, kind) for row in self._rows.values())

    def toggle_kind(self, kind: type[Lane]) -> None:
        """Show all lanes of a kind, or hide them."""
        shown = not self.kind_shown(kind)
        for lane in self._lanes:
            if isinstance(lane, kind):
                self.show_lane(lane.id, shown)

    def move_lane(self, id: str, steps: int) -> None:
        """Move a lane past so many of those that are shown: up with a negative number."""
        shown = [row.lane.id for row in self.rows]
        place = shown.index(id)
        self._put(id, min(max(place + steps, 0), len(shown) - 1))

    def _put(self, id: str, place: int) -> None:
        """Move a lane to a place among those that are shown."""
        shown = [row.lane.id for row in self.rows]
        there = shown[place]
        if there == id:
            return
        ids = [lane.id for lane in self._lanes]
        downwards = ids.index(there) > ids.index(id)
        ids.remove(id)
        ids.insert(ids.index(there) + downwards, id)
        self.arrangement.set_order(ids)
        focused = self._rows[id].header.hasFocus()
        self._lanes = self.arrangement.arranged(self._lanes)
        self._renew_rows()
        if focused:
            self._rows[id].header.setFocus()

    def _on_dragged(self, id: str, where: QPoint) -> None:
        """Put the lane where the hand is, once that is over the middle of another one."""
        y = self._inside.mapFromGlobal(where).y()
        rows = self.rows
        own = next(place for place, row in enumerate(rows) if row.lane.id == id)
        above = sum(1 for place, row in enumerate(rows) if place != own and row.geometry().center().y() < y)
        if above != own:
            self._put(id, above)

    def reset_lanes(self) -> None:
        """Lanes, order and heights as they come."""
        self.arrangement.reset()
        if self._data is not None:
            self._lanes = self.arrangement.arranged(lanes_of(self._data))
        self._renew_rows()
        self.context.commands.refresh()

    # --- playhead, selection, read-outs -----------------------------------------------------------------------------

    def set_position(self, t: float) -> None:
        """Put the playhead; a few columns of pixels are drawn again. The view goes with it unless it was elsewhere."""
        if self.axis.start_s <= self.pointer.position <= self.axis.end_s:
            self.axis.reveal(t)
        self.pointer.set_position(t)
        self.overview.set_position(t)
        self.annotating.follow()

    @property
    def selection(self) -> tuple[float, float] | None:
        """The selected stretch, s."""
        return self.pointer.selection

    def select(self, start_s: float, end_s: float) -> None:
        """Select a stretch of time."""
        self.pointer.select(start_s, end_s)

    def select_from_here(self) -> None:
        """Let the selection begin at the playhead: to where it ended, or to the end of the conversation."""
        here, end = self.pointer.position, self.selection[1] if self.selection is not None else 0.0
        self.select(here, end if end > here else self.axis.duration_s)

    def select_to_here(self) -> None:
        """Let the selection end at the playhead: from where it began, or from the beginning of the conversation."""
        here, start = self.pointer.position, self.selection[0] if self.selection is not None else 0.0
        self.select(start if start < here else 0.0, here)

    def clear_selection(self) -> None:
        """Select nothing."""
        self.pointer.select(0.0, 0.0)

    def zoom_to_selection(self) -> None:
        """Show just what is selected."""
        if self.pointer.selection is not None:
            self.axis.show(*self.pointer.selection)

    def read_out_at(self, t: float) -> str:
        """What every lane that is shown says of a second, a line each."""
        lines = [f"{row.lane.name()}: {words}" for row in self.rows if (words := row.lane.read_out(t))]
        return "\n".join([stamp(t), *lines])

    def read_out(self) -> None:
        """Put the crosshair at the playhead and say what the lanes show there, also to screen readers."""
        self.pointer.set_hover(self.pointer.position)
        self.setAccessibleDescription(self.read_out_at(self.pointer.position))
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self.accessibleDescription()))

    # --- commands, keys, menus --------------------------------------------------------------------------------------

    def commands(self) -> list[Command]:
        """What can be done here, for the page that shows the lanes."""
        return [*lane_commands(self), *self.annotating.commands()]

    def has_kind(self, kind: type[Lane]) -> bool:
        """Whether there is any lane of a kind, shown or not."""
        return any(isinstance(lane, kind) for lane in self._lanes)

    def zoom(self, factor: float) -> None:
        """Show that many times as much, around the crosshair, or the playhead where it is in view, or the middle."""
        around = self.pointer.hover
        if around is None and self.axis.start_s <= self.pointer.position <= self.axis.end_s:
            around = self.pointer.position
        self.axis.zoom(factor, around)

    def fit(self) -> None:
        """Show the whole conversation."""
        self.axis.fit()

    def event(self, event: QEvent) -> bool:
        """Take the keys that move the view from the page's commands while the lanes have the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and steers(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if event.key() == Qt.Key.Key_Escape and self.pointer.selection is not None:
            self.clear_selection()
        elif not steer(self.axis, event):
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.ruler.set_marked(True)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        self.ruler.set_marked(False)
        super().focusOutEvent(event)

    def _fill_chooser(self) -> None:
        self._chooser_menu.clear()
        add_toggles(self, self._chooser_menu)
        self._chooser_menu.addSeparator()
        for id in ("lanes.reset", "lanes.new_tier"):
            self._chooser_menu.addAction(self.context.commands.action(id))

    def _open_menu(self, where: QPoint) -> None:
        open_menu(self, self.menu_ids, where)

    def _open_lane_menu(self, where: QPoint) -> None:
        open_menu(self, [], where)
