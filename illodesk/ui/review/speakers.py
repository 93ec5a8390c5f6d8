"""The speakers: who they are, how much they talk, samples of their voices; renaming, merging, detecting them again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import Desk, DeskError, Run
from illodesk.operations import MergeSpeakers, RenameSpeaker
from illodesk.schema import Event, StatusEvent, Utterance
from illodesk.ui.context import AppContext
from illodesk.ui.number_boxes import CountBox
from illodesk.ui.review.document import ReviewDocument, Talk
from illodesk.ui.review.note_field import NoteField
from illodesk.ui.review.progress import Progress
from illodesk.ui.review.wording import exact_clock
from illodesk.ui.sentences.work import stage_words
from illodesk.ui.tasks import Task
from illodesk.ui.theme import Theme
from illodesk.ui.words import clock, isolated, speaker_name


class ShareBar(QWidget):
    """A share of all talk."""

    def __init__(self, theme: Theme, share: float, index: int) -> None:
        super().__init__()
        self._theme, self._share, self._index = theme, share, index
        self.setFixedHeight(6)
        self.setAccessibleName(self.tr("Share of the talk: {share} per cent").format(share=round(share * 100)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("grid"))
        filled = QRectF(0, 0, self.width() * self._share, self.height())
        painter.fillRect(filled, self._theme.speaker(self._index))
        painter.end()


class SpeakerCard(QFrame):
    """One speaker. ``play`` asks for a second and where the sample ends."""

    play = Signal(float, float)

    def __init__(
        self, context: AppContext, document: ReviewDocument, label: str, talk: Talk, everybody_s: float
    ) -> None:
        super().__init__()
        self.label = label
        self.spoken = document.spoken[label]
        self.of = document.conversation_id, document.result.run if document.result is not None else None
        """The conversation and the run that it is about."""
        self._document = document
        self._theme = theme = context.theme
        self.setProperty("card", "true")
        index = document.speaker_index(label)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(2), theme.space(1), theme.space(2), theme.space(1))
        column.setSpacing(theme.space(0))
        dot = QFrame()
        dot.setFixedSize(QSize(12, 12))
        dot.setStyleSheet(f"background: {theme.speaker(index).name()}; border-radius: 6px")
        given = document.result.speaker_names.get(label, "") if document.result is not None else ""
        self.name = NoteField(given, speaker_name(label))
        self.name.setAccessibleName(self.tr("Name of {label}").format(label=speaker_name(label)))
        self.name.setToolTip(self.tr("Type a name and press Enter; an empty one takes the name away"))
        self.name.setEnabled(document.editable)
        self.name.kept.connect(self._rename)
        self.more = QToolButton()
        self.more.setIcon(theme.icon("menu"))
        self.more.setAccessibleName(self.tr("More about {name}").format(name=document.name_of(label)))
        self.more.setToolTip(self.tr("Merge with another speaker"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setMenu(self._merge_menu())
        top = QHBoxLayout()
        top.addWidget(dot)
        top.addWidget(self.name, 1)
        top.addWidget(self.more)
        column.addLayout(top)
        share = talk.seconds / everybody_s if everybody_s else 0.0
        column.addWidget(ShareBar(theme, share, index))
        one, many = self.tr("{share} % · {time}\n1 utterance"), self.tr("{share} % · {time}\n{turns} utterances")
        facts = QLabel(
            (one if len(self.spoken) == 1 else many).format(
                share=round(share * 100), time=clock(talk.seconds), turns=len(self.spoken)
            )
        )
        facts.setProperty("role", "caption")
        facts.setWordWrap(True)
        below = QHBoxLayout()
        below.setSpacing(0)
        below.addWidget(facts, 1)
        for sample in self._sample_buttons(talk.samples):
            below.addWidget(sample)
        column.addLayout(below)

    def _sample_buttons(self, samples: list[Utterance]) -> list[QToolButton]:
        buttons = []
        for number, utterance in enumerate(samples, start=1):
            sample = QToolButton()
            sample.setIcon(self._theme.icon("play"))
            sample.setIconSize(QSize(12, 12))
            sample.setText(str(number))
            sample.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            sample.setFont(self._theme.font("caption", tabular=True))
            sample.setStyleSheet("padding: 4px 2px")
            at = exact_clock(utterance.t_start)
            sample.setToolTip(
                self.tr("Voice sample {number}: {time}, {seconds} s").format(
                    number=number, time=at, seconds=round(utterance.duration_s)
                )
                + f"\n{utterance.text}"
            )
            sample.setAccessibleName(self.tr("Play voice sample {number}, at {time}").format(number=number, time=at))
            sample.setEnabled(self._document.media is not None)
            sample.clicked.connect(partial(self._play, utterance))
            buttons.append(sample)
        return buttons

    def _rename(self, name: str) -> None:
        self._document.apply_to(*self.of, RenameSpeaker(label=self.label, name=name))

    def _play(self, utterance: Utterance) -> None:
        self.play.emit(utterance.t_start, utterance.t_end)

    def _merge_menu(self) -> QMenu:
        menu = QMenu(self.more)
        for label in self._document.speakers:
            if label != self.label:
                text = self.tr("Merge with {name}").format(name=isolated(self._document.name_of(label)))
                menu.addAction(text).triggered.connect(partial(self._merge, label))
        menu.setEnabled(self._document.editable and bool(menu.actions()))
        self.more.setEnabled(menu.isEnabled())
        return menu

    def _merge(self, into: str) -> None:
        self._document.apply(MergeSpeakers(labels=[self.label], into=into))


def detect_again(task: Task, desk: Desk, conversation_id: str, speakers: int | None) -> Run:
    """Re-cluster in a thread, telling how far it is."""

    def tell(event: Event) -> None:
        if isinstance(event, StatusEvent):
            task.report(event.progress, stage_words(event.stage))

    return desk.recluster(conversation_id, speakers, on_event=tell, cancelled=task.cancelled)


class Speakers(QWidget):
    """All speakers, and how many there are. ``play`` asks for a sample."""

    play = Signal(float, float)

    def __init__(self, context: AppContext, document: ReviewDocument) -> None:
        super().__init__()
        self._context = context
        self._document = document
        self._task: Task | None = None
        self._before = 0
        self.cards: dict[str, SpeakerCard] = {}
        self.setAccessibleName(self.tr("Speakers"))
        space = context.theme.space
        column = QVBoxLayout(self)
        column.setContentsMargins(space(3), space(1), space(2), space(1))
        column.setSpacing(space(1))
        heading = QLabel(self.tr("Speakers"))
        heading.setProperty("role", "heading")
        self.count = CountBox()
        self.count.setRange(0, 20)
        self.count.setSpecialValueText(self.tr("auto"))
        self.count.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.count.setStyleSheet("min-width: 48px")
        self.count.setAccessibleName(self.tr("Number of speakers"))
        self.count.setToolTip(self.tr("How many people speak; “auto” finds it out by the voices"))
        self.again = QPushButton(self.tr("Detect again"))
        self.again.clicked.connect(self._detect_again)
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch(1)
        top.addWidget(self.count)
        top.addWidget(self.again)
        column.addLayout(top)
        self.progress = Progress(self.tr("Detecting the speakers"))
        self.progress.stop.connect(self._stop)
        column.addWidget(self.progress)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Speakers"))
        column.addWidget(self.area, 1)
        document.opened.connect(self._on_opened)
        document.changed.connect(lambda kinds: self._renew_soon() if kinds & {"speakers"} else None)
        context.theme.changed.connect(self.renew)
        self.renew()

    def rename(self, label: str) -> None:
        """Put the cursor into the name of a speaker."""
        if label in self.cards:
            card = self.cards[label]
            self.area.ensureWidgetVisible(card)
            card.name.setFocus()
            card.name.selectAll()

    def _renew_soon(self) -> None:
        """After the other views."""
        self._document.turns.add(self.renew)

    def _on_opened(self) -> None:
        self._renew_soon()
        result = self._document.result
        self.count.setValue((result.options.speakers or 0) if result is not None else 0)

    def renew(self) -> None:
        """Show who speaks now. A name that is being typed goes on in the field of the same voice."""
        typing = next((card for card in self.cards.values() if card.name.under_way), None)
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, self._context.theme.space(1), 0)
        column.setSpacing(self._context.theme.space(1))
        self.cards = {}
        spoken, talk = self._document.spoken, self._document.talk
        everybody_s = sum(one.seconds for one in talk.values())
        for label in self._document.speakers:
            if not spoken[label]:
                continue
            card = SpeakerCard(self._context, self._document, label, talk[label], everybody_s)
            card.play.connect(self.play)
            self.cards[label] = card
            column.addWidget(card)
        column.addStretch(1)
        goes_on = self.cards.get(self._heir(typing)) if typing is not None else None
        if typing is not None:
            # Its field is not left, another takes its place; where none does, the name is kept as if it were left.
            typing.name.blockSignals(goes_on is not None)
        before = self.area.takeWidget()
        self.area.setWidget(body)
        if typing is not None and goes_on is not None:
            goes_on.name.take_over(typing.name)
        if before is not None:
            before.deleteLater()
        self._show_state()

    def _heir(self, card: SpeakerCard) -> str:
        """Whose the talk of a card is now: another analysis may call the same voice by another label."""
        result = self._document.result
        if result is None or not self._document.editable or card.of[0] != self._document.conversation_id:
            return ""
        if card.of[1] == result.run and card.label in self._document.spoken:
            return card.label
        shared: dict[str, float] = {}
        for utterance in card.spoken:
            place = self._document.index_at((utterance.t_start + utterance.t_end) / 2)
            if place >= 0:
                label = result.timeline[place].speaker
                shared[label] = shared.get(label, 0.0) + utterance.duration_s
        return max(shared, key=lambda label: shared[label], default="")

    def _show_state(self) -> None:
        result = self._document.result
        running = self._task is not None and self._task.running
        by_channel = result is not None and result.media.layout == "separate"
        able = self._document.editable and self._document.media is not None and not by_channel and not running
        self.again.setEnabled(able)
        self.count.setEnabled(able)
        if not running:
            self.progress.end()
        self.again.setToolTip(
            self.tr("Every channel of this recording is a speaker of its own.")
            if by_channel
            else self.tr("Finds the speakers again by their voices, without transcribing. Corrections and names stay.")
        )

    # --- detecting them again ------------------------------------------------------------------------------------

    def _detect_again(self) -> None:
        self._before = self._document.result.run if self._document.result is not None else 0
        self._task = self._context.tasks.run_long(
            detect_again,
            self._context.desk,
            self._document.conversation_id,
            self.count.value() or None,
            done=self._on_detected,
            failed=self._on_failed,
            progress=self.progress.tell,
        )
        self.progress.begin()
        self._show_state()

    def _on_detected(self, run: Run) -> None:
        self._task = None
        self._show_state()
        if run.conversation_id != self._document.conversation_id:
            return
        undo = partial(self._document.go_back, self._before) if self._before else None
        self._context.notices.show(
            self.tr("The speakers were detected again: run {number}.").format(number=run.number), kind="good", undo=undo
        )

    def _on_failed(self, error: Exception) -> None:
        self._task = None
        self._show_state()
        if not (isinstance(error, DeskError) and error.code == "CANCELLED"):
            self._context.notices.error(error)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._show_state()
