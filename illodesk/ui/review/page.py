"""The review page: transcript, lanes, transport, and beside them what was found and who spoke."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QTabWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import Conversation, Desk, DeskError, Run
from illodesk.operations import AddMarker
from illodesk.schema import Event, StatusEvent
from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext
from illodesk.ui.exporting.panel import ExportPanel
from illodesk.ui.page import Page
from illodesk.ui.plain import tip
from illodesk.ui.review.affect import AffectPlane
from illodesk.ui.review.blank import Blank
from illodesk.ui.review.compare import Compare
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.find_bar import FindBar
from illodesk.ui.review.inspector import Inspector
from illodesk.ui.review.lanes import Lanes
from illodesk.ui.review.page_commands import review_commands
from illodesk.ui.review.picture import PictureView
from illodesk.ui.review.playhead import Playhead
from illodesk.ui.review.progress import Progress
from illodesk.ui.review.speakers import Speakers
from illodesk.ui.review.splitter import Splitter
from illodesk.ui.review.story import Story
from illodesk.ui.review.transcript import Transcript
from illodesk.ui.review.transport import Transport
from illodesk.ui.review.trash_banner import TrashBanner
from illodesk.ui.review.wording import step_name
from illodesk.ui.sentences.work import stage_words, trouble_words
from illodesk.ui.tasks import Task
from illodesk.ui.words import moment

RECENT = 8
NARROWEST = 300
CHROME = 90
"""Height of the page's bars, px, about."""
SIDES = ("inspector", "story", "affect")
KEYED = (QAbstractItemView, QAbstractSlider, QComboBox, QTabBar)


def newest(desk: Desk) -> list[Conversation]:
    """What can be reviewed, newest first."""
    return desk.conversations(limit=RECENT)


def analyse_again(task: Task, desk: Desk, conversation: Conversation, run: int | None, whole: bool) -> Run:
    """A new run, in a thread: of the recording with the options of ``run``, or only of the scores from the corrections.

    Without an earlier run to follow, the recording is analysed for the purpose that the conversation was made for.
    """

    def tell(event: Event) -> None:
        if isinstance(event, StatusEvent):
            task.report(event.progress, stage_words(event.stage))

    if not whole:
        return desk.rescore(conversation.id, on_event=tell, cancelled=task.cancelled)
    options = (
        desk.result(conversation.id, run).options
        if run is not None
        else desk.default_options(purpose=conversation.purpose, region=conversation.region)
    )
    return desk.reanalyse(conversation.id, options, on_event=tell, cancelled=task.cancelled)


def below_each_other(*widgets: QWidget) -> QWidget:
    """Widgets in a column without gaps; the last one takes the room."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for widget in widgets:
        column.addWidget(widget, int(widget is widgets[-1]))
    return whole


class ReviewPage(Page):
    """``open_page("review", conversation_id=…, second=…, run=…)``; without an id, what was open or a choice."""

    name = "review"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._second: float | None = None
        self._again: Task | None = None
        self._before = 0
        self._dressed = False
        self.document = ReviewDocument(context, self)
        self.transcript = Transcript(context, self.document)
        self.find_bar = FindBar(context.theme, self.transcript)
        self.inspector = Inspector(context, self.document)
        self.story = Story(context, self.document)
        self.affect = AffectPlane(context, self.document)
        self.speakers = Speakers(context, self.document)
        self.lanes = Lanes(context)
        # After the views, so that they know what is open when it tells where it stands.
        self.playhead = Playhead(context, self.document)
        self.transport = Transport(context, self.document, self.playhead)
        self.blank = Blank(context.theme)
        self.compare = Compare(context, self.document)
        self.picture = PictureView(context.theme, self.document)
        self.export_panel = ExportPanel(context)
        self._lay_out()
        self._connect()

    # --- what a page is ---------------------------------------------------------------------------------------------

    def title(self) -> str:
        return self.tr("Review")

    def crumbs(self) -> list[str]:
        conversation, result = self.document.conversation, self.document.result
        if conversation is None:
            return []
        crumbs = [conversation.title or conversation.source_name]
        if result is not None and len(self.document.runs) > 1:
            crumbs.append(self.tr("run {number}").format(number=result.run))
        return crumbs

    def commands(self) -> list[Command]:
        return [*review_commands(self), *self.lanes.commands()]

    def opened(self, **what: Any) -> None:
        if not self._dressed:
            self._dress()
        conversation_id = what.get("conversation_id")
        self._second = what.get("second")
        if conversation_id and (conversation_id != self.document.conversation_id or what.get("run") is not None):
            self.document.open(conversation_id, what.get("run"))
        elif self.document.result is not None:
            self._go_to_wanted()
        elif not self.document.conversation_id:
            self.context.tasks.run(newest, self.context.desk, done=self._offer)

    def closed(self) -> None:
        self.playhead.stop()
        self.picture.end()
        self._keep()

    def ending(self) -> None:
        self.transcript.end_edit(keep=True)
        self.playhead.stop()
        self.picture.end()
        self.document.end()
        if self._again is not None:
            self._again.cancel()
        self._keep()

    # --- layout -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        space = self.context.theme.space
        self.whole = Splitter(Qt.Orientation.Horizontal)
        self.whole.addWidget(self._build_left())
        self.whole.addWidget(self._build_right())
        self.whole.setSizes([900, 320])
        self.whole.setStretchFactor(0, 1)
        self.whole.setStretchFactor(1, 0)
        for name, splitter in (("review.rows", self.left), ("review.columns", self.whole)):
            self.context.memory.restore(name, splitter)
        self.review = QWidget()
        rows = QVBoxLayout(self.review)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(self._build_bar())
        rows.addWidget(self.whole, 1)
        rows.addWidget(self.transport)
        self.progress = Progress(self.tr("Re-analysis"))
        self.progress.setContentsMargins(space(3), space(0), space(2), space(0))
        self.progress.stop.connect(self._stop_again)
        self.banner = TrashBanner(self.context.theme)
        self.stack = QStackedWidget()
        for widget in (self.blank, self.review, self.compare):
            self.stack.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.progress)
        layout.addWidget(self.banner)
        layout.addWidget(self.stack, 1)

    def _build_left(self) -> QWidget:
        """Overview, transcript, lanes."""
        self.left = Splitter(Qt.Orientation.Vertical)
        self.left.addWidget(below_each_other(self.find_bar, self.transcript))
        self.left.addWidget(self.lanes)
        self.left.setSizes([380, 280])
        self.left.setStretchFactor(0, 1)
        return below_each_other(self.lanes.overview, self.left)

    def _build_right(self) -> QWidget:
        """Picture, inspector, story or affect plane, speakers; or the export in their place."""
        self.side = QTabWidget()
        self.side.setAccessibleName(self.tr("Details"))
        self.side.setDocumentMode(True)
        self.side.tabBar().setDrawBase(False)
        self.side.addTab(self.inspector, self.tr("Inspector"))
        self.side.addTab(self.story, self.tr("Summary"))
        self.side.addTab(self.affect, self.tr("Affect"))
        self.right = Splitter(Qt.Orientation.Vertical)
        for widget in (self.picture, self.side, self.speakers):
            self.right.addWidget(widget)
        self.right.setStretchFactor(1, 1)
        self._pictured: bool | None = None
        self.beside = QStackedWidget()
        self.beside.addWidget(self.right)
        self.beside.addWidget(self.export_panel)
        self._on_theme()
        return self.beside

    def _on_theme(self) -> None:
        """Larger type needs more room beside."""
        self.beside.setMinimumWidth(round(NARROWEST * max(1.0, self.context.theme.scale)))

    def _share_right(self) -> None:
        """Divide the right column as the user left it, with a picture or without; at first the scores get the most."""
        pictured = not self.picture.isHidden()
        if pictured == self._pictured:
            return
        self._keep()
        self._pictured = pictured
        height = max(self.height() - CHROME, 300)
        picture = min(height // 4, self.beside.width() * 9 // 16) if pictured else 0
        speakers = height // 4 if pictured else height * 2 // 5
        self.right.setSizes([picture, height - picture - speakers, speakers])
        self.context.memory.restore(*list(self._splitters().items())[-1])

    def _splitters(self) -> dict[str, Splitter]:
        right = "review.beside_picture" if self._pictured else "review.beside"
        return {"review.rows": self.left, "review.columns": self.whole, right: self.right}

    def _keep(self) -> None:
        if self._pictured is None:  # nothing was shown: nothing was moved
            return
        for name, splitter in self._splitters().items():
            self.context.memory.keep(name, splitter)

    def _build_bar(self) -> QHBoxLayout:
        """Which run is shown, and the commands that are wanted most."""
        space = self.context.theme.space
        bar = QHBoxLayout()
        bar.setContentsMargins(space(3), space(0), space(2), space(0))
        bar.setSpacing(space(0))
        self.runs = QComboBox()
        self.runs.setAccessibleName(self.tr("Run"))
        self.runs.setToolTip(self.tr("Which analysis is shown"))
        self.runs.activated.connect(self._on_run_chosen)
        bar.addWidget(self.runs)
        self.state = QLabel()
        self.state.setProperty("role", "caption")
        bar.addWidget(self.state)
        self.anew = QPushButton(self.tr("Recompute the scores"))
        self.anew.setProperty("flat", "true")
        self.anew.clicked.connect(self.rescore)
        bar.addWidget(self.anew)
        bar.addStretch(1)
        self.buttons: dict[str, QToolButton] = {}
        for id in ("review.undo", "review.redo", "review.find", "review.marker", "review.compare", "review.export"):
            self.buttons[id] = QToolButton()
            self.buttons[id].setIconSize(QSize(18, 18))
            bar.addWidget(self.buttons[id])
        return bar

    def _dress(self) -> None:
        """Put commands on the buttons; they are registered after the page was made."""
        self._dressed = True
        self.transport.show_commands()
        for id, button in self.buttons.items():
            action = self.context.commands.action(id)
            button.setDefaultAction(action)
            button.setAccessibleName(action.text())
            button.setToolTip(f"{action.text()}  {self.context.commands.shortcut_text(id)}".strip())

    # --- joining ----------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        document, playhead = self.document, self.playhead
        document.loading.connect(lambda: self._say(self.tr("Opening…")) if document.result is None else None)
        document.opened.connect(self._on_opened)
        document.changed.connect(self._on_changed)
        document.failed.connect(self._on_failed)
        self.banner.restore.connect(document.restore)
        self.banner.leave.connect(self._leave)
        playhead.moved.connect(self.transcript.set_position)
        playhead.changed.connect(self.context.commands.refresh)
        self.transcript.seek.connect(self.lanes.axis.reveal)
        self.transcript.seek.connect(playhead.seek)
        self.transcript.play.connect(playhead.play)
        self.transcript.picked.connect(self.inspect)
        self.transcript.follow_changed.connect(lambda _: self.context.commands.refresh())
        self.transcript.marker_wanted.connect(self.mark)
        self.lanes.set_document(document)
        self.lanes.menu_ids = ["review.play_selection", "review.loop", "review.marker"]
        playhead.moved.connect(self.lanes.set_position)
        playhead.moved.connect(self.picture.set_position)
        self.lanes.seek.connect(playhead.seek)
        self.lanes.play.connect(playhead.play)
        self.lanes.picked.connect(self._on_picked)
        self.inspector.seek.connect(playhead.seek)
        self.inspector.play.connect(playhead.play)
        self.story.seek.connect(self._go_to)
        self.story.picked.connect(self.inspect)
        self.affect.seek.connect(self.lanes.axis.reveal)
        self.affect.seek.connect(playhead.seek)
        self.affect.picked.connect(self._on_picked)
        self.transcript.picked.connect(self.affect.point_to)
        self.lanes.selection_changed.connect(self.affect.show_stretch)
        self.speakers.play.connect(playhead.play)

        self.export_panel.closed.connect(self.end_export)
        self.compare.closed.connect(self.end_compare)
        self.context.theme.changed.connect(self._on_theme)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus)
        self.compare.go.connect(self._go_to)

    def _on_opened(self) -> None:
        result, conversation = self.document.result, self.document.conversation
        self.banner.setVisible(self.document.trashed)
        if result is not None:
            if self.stack.currentWidget() is not self.review:
                self.stack.setCurrentWidget(self.review)
                self.side.setCurrentWidget(self.story)
            self._share_right()
            self._show_runs()
            self._go_to_wanted()
        elif conversation is not None:
            self._say_why_nothing(conversation)
        self.crumbs_changed.emit()
        self._name_steps()
        self.context.commands.refresh()

    def _on_failed(self, reason: str) -> None:
        self.banner.hide()
        choices = [(self.tr("Back to the library"), self._leave)]
        self._say(self.tr("This conversation cannot be shown"), reason, choices)

    def _leave(self) -> None:
        self.context.open_page("library")

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"runs", "text", "speakers"}:
            self._show_runs()
        if kinds & {"details", "list", "runs"}:
            self.crumbs_changed.emit()
        self._name_steps()
        self.context.commands.refresh()

    def _name_steps(self) -> None:
        """Say in the menu and on the buttons what would be undone and done again."""
        for id, text, kind in (
            ("review.undo", self.tr("Undo"), self.document.undo_kind),
            ("review.redo", self.tr("Redo"), self.document.redo_kind),
        ):
            step = step_name(kind)
            named = self.tr("{command}: {step}").format(command=text, step=step) if step else text
            self.context.commands.action(id).setText(named)
            self.buttons[id].setToolTip(tip(f"{named}  {self.context.commands.shortcut_text(id)}".strip()))

    def _say_why_nothing(self, conversation: Conversation) -> None:
        if conversation.state == "analysing":
            self._say(self.tr("The analysis is running"), self.tr("The result is shown here as soon as it is ready."))
            return
        words = trouble_words(conversation.error) or self.tr("This conversation has not been analysed yet.")
        choices = [(self.tr("Analyse now"), self.reanalyse)] if self.document.media is not None else []
        self._say(self.tr("There is nothing to show yet"), words, choices)

    def _say(self, title: str, words: str = "", choices: list[Any] | None = None) -> None:
        self.blank.say(title, words, choices or ())
        self.stack.setCurrentWidget(self.blank)

    def _offer(self, recent: list[Conversation]) -> None:
        if not self.document.conversation_id:
            take = lambda id: self.context.open_page("review", conversation_id=id)  # noqa: E731
            self.blank.offer(recent, take, partial(self.context.open_page, "library"))
            self.stack.setCurrentWidget(self.blank)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Lists, tabs and boxes keep the keys they live by, which elsewhere on the page are those of playing."""
        if isinstance(now, KEYED) and self.isAncestorOf(now):
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right)
            and not event.modifiers()
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)

    # --- where one is -----------------------------------------------------------------------------------------------

    def _go_to_wanted(self) -> None:
        second, self._second = self._second, None
        if second is not None:
            self._go_to(second)
        self.picture.set_position(self.playhead.position)
        focused = QApplication.focusWidget()
        typing = isinstance(focused, (QLineEdit, QPlainTextEdit)) and self.isAncestorOf(focused)
        if self.isVisible() and not typing:
            self.transcript.setFocus()

    def _go_to(self, second: float) -> None:
        """Show a second everywhere."""
        self.playhead.seek(second)
        self.transcript.select_row(max(self.document.index_at(second + 1e-3), 0))

    def inspect(self, kind: str, id: str) -> None:
        """Show something in the inspector."""
        self.inspector.show_item(kind, id)
        self.side.setCurrentWidget(self.inspector)

    def _on_picked(self, kind: str, id: str) -> None:
        """What was clicked in lanes or affect plane: a turn is selected in the transcript, too."""
        if kind == "utterance":
            self.transcript.select_row(self.document.index_of(id))
        else:
            self.inspect(kind, id)

    def show_side(self, name: str) -> None:
        """Show the inspector, the story or the affect plane."""
        self.side.setCurrentIndex(SIDES.index(name))
        self.side.currentWidget().setFocus()

    # --- runs -------------------------------------------------------------------------------------------------------

    def _show_runs(self) -> None:
        result = self.document.result
        self.runs.clear()
        for run in self.document.runs:
            if run.state in ("complete", "partial"):
                text = self.tr("Run {number}, {when}").format(number=run.number, when=moment(run.created_at))
                self.runs.addItem(text, run.number)
        if result is not None:
            self.runs.setCurrentIndex(self.runs.findData(result.run))
        self.runs.setVisible(self.runs.count() > 1)
        self._show_state()

    def _show_state(self) -> None:
        result = self.document.result
        if result is None:
            return
        parts = []
        self.banner.setVisible(self.document.trashed)
        if not self.document.editable and not self.document.trashed:
            parts.append(self.tr("An earlier run: read-only."))
        if not result.complete:
            parts.append(self.tr("The analysis was stopped before the end."))
        if result.outdated:
            parts.append(self.tr("Corrected since the scores were computed."))
        self.state.setText("  ".join(parts))
        self.anew.setVisible(bool(result.outdated) and self.document.editable)
        self.anew.setEnabled(not self.busy)

    def _on_run_chosen(self) -> None:
        self.document.show_run(self.runs.currentData())

    def begin_compare(self) -> None:
        """Show what is open beside another run or conversation."""
        self.playhead.pause()
        self.compare.begin()
        self.stack.setCurrentWidget(self.compare)
        self.compare.choice.setFocus()

    def end_compare(self) -> None:
        """Back to what is open."""
        self.stack.setCurrentWidget(self.review)
        self.transcript.setFocus()

    def begin_export(self) -> None:
        """Offer to export what is open, with the selection for formats that are sound."""
        result = self.document.result
        if result is not None:
            stretch = self.lanes.selection or self.transcript.selected_stretch
            self.export_panel.offer([self.document.conversation_id], stretch, result.run)
            self.beside.setCurrentWidget(self.export_panel)
            self.export_panel.formats.setFocus()

    def end_export(self) -> None:
        """Back to what was found."""
        self.beside.setCurrentWidget(self.right)
        self.transcript.setFocus()

    @property
    def busy(self) -> bool:
        """Whether a new run is under way."""
        return self._again is not None

    def rescore(self) -> None:
        """Compute scores, moments, phases and summary from what was corrected: a new run."""
        self._begin_again(whole=False)

    def reanalyse(self) -> None:
        """Analyse the recording again: a new run."""
        self._begin_again(whole=True)

    def _begin_again(self, *, whole: bool) -> None:
        conversation, result = self.document.conversation, self.document.result
        if conversation is None or self.busy:
            return
        self._before = result.run if result is not None else 0
        self._again = self.context.tasks.run_long(
            analyse_again,
            self.context.desk,
            conversation,
            result.run if result is not None else None,
            whole,
            done=self._on_again,
            failed=self._on_not_again,
            progress=self.progress.tell,
        )
        self.progress.begin()
        self._show_state()
        self.context.commands.refresh()

    def _stop_again(self) -> None:
        if self._again is not None:
            self._again.cancel()
            self._end_again()
            kept = (
                self.tr("The earlier result is unchanged.")
                if self._before
                else self.tr("What was analysed until then is kept.")
            )
            self.context.notices.show(self.tr("The analysis was stopped."), kept)

    def _on_again(self, run: Run) -> None:
        self._end_again()
        if run.conversation_id != self.document.conversation_id:
            return
        undo = partial(self.document.go_back, self._before) if self._before else None
        text = self.tr("The new analysis is ready: run {number}.").format(number=run.number)
        self.context.notices.show(text, kind="good", undo=undo)

    def _on_not_again(self, error: Exception) -> None:
        self._end_again()
        if not (isinstance(error, DeskError) and error.code == "CANCELLED"):
            self.context.notices.error(error)

    def _end_again(self) -> None:
        self._again = None
        self._show_state()
        self.progress.end()
        self.context.commands.refresh()

    def notice_area(self) -> QWidget:
        """Over the transcript: what is beside and below it stays within reach."""
        return self.transcript

    # --- commands ---------------------------------------------------------------------------------------------------

    @property
    def stretch(self) -> tuple[float, float] | None:
        """What is selected in the lanes, or in the transcript; there, the turn at least."""
        return self.lanes.selection or self.transcript.stretch

    def select_turn(self) -> None:
        """Select in the lanes what is selected in the transcript; the turn at least."""
        if self.transcript.stretch is not None:
            self.lanes.select(*self.transcript.stretch)

    def play_selection(self) -> None:
        """Play the selection once more from its beginning."""
        if self.stretch is not None:
            self.playhead.play(*self.stretch)

    def toggle_loop(self) -> None:
        """Play the selection again and again, or go on."""
        self.playhead.set_loop(None if self.playhead.loop is not None else self.stretch)
        if self.playhead.loop is not None and not self.playhead.playing:
            self.playhead.play()

    def toggle_follow(self) -> None:
        """Follow the playhead, or stay."""
        self.transcript.follow()

    def edit_here(self) -> None:
        """Correct the selected turn, or the one that is heard."""
        self.playhead.pause()
        self.transcript.edit(self._row_here())

    def divide_here(self) -> None:
        """Divide the turn at the cursor of its field, before the first selected word, or before the one heard."""
        self.transcript.divide(self.playhead.position)

    def rename_here(self) -> None:
        """Name who speaks in the selected turn."""
        row = self._row_here()
        if row >= 0:
            self.speakers.rename(self.transcript.utterance(row).speaker)

    def _row_here(self) -> int:
        return (
            self.transcript.current if self.transcript.current >= 0 else self.document.index_at(self.playhead.position)
        )

    def mark_here(self) -> None:
        """Mark the second of the playhead."""
        self.mark(self.playhead.position)

    def mark(self, t: float) -> None:
        """Mark a second and show the marker, so that a note can be written."""
        marker = AddMarker(t=round(t, 3))
        self.document.apply(marker)
        self.inspect("marker", marker.marker_id)
