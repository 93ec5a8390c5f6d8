"""The inspector: every score of what is selected, how sure it is, what it rests on, and what people think of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from illodesk.operations import EditAnnotation, EditMarker, Judge, RemoveAnnotation, RemoveMarker, Verdict
from illodesk.schema import (
    EMOTIONS,
    MOMENT_CATEGORIES,
    AnalysisResult,
    Annotation,
    Contribution,
    Evidence,
    Judgement,
    Marker,
    Moment,
    Phase,
    Score,
    Transition,
    Utterance,
)
from illodesk.ui.context import AppContext
from illodesk.ui.number_boxes import FigureBox
from illodesk.ui.plain import plain, tip
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.note_field import NoteField
from illodesk.ui.review.wording import (
    SCORES,
    SIGNED,
    basis_name,
    category_name,
    contribution_name,
    emotion_name,
    exact_clock,
    number,
    score_name,
    value_name,
)
from illodesk.ui.roomy_row import RoomyRow
from illodesk.ui.sentences.scores import detail_words, heard_words, manner_words, note_words
from illodesk.ui.sentences.story import marks_words, phase_name, state_name, story_words, tone_name
from illodesk.ui.sentences.work import model_name
from illodesk.ui.theme import Theme
from illodesk.ui.words import decimal, isolated, percent

LEAST = 0.005
"""What counts less is not shown as a reason."""


@dataclass(frozen=True)
class Reading:
    """One score as it is shown: its name, value and why. ``choices`` are what it can be corrected to."""

    name: str
    title: str
    value: float | str | None
    confidence: float
    basis: Sequence[str] = ()
    contributions: Sequence[Contribution] = ()
    note: str = ""
    model: str = ""
    choices: Sequence[tuple[str, str]] = field(default_factory=list)
    likelihood: float | None = None
    """How probable the value is, 0 to 1, where it is a kind of something."""

    @property
    def signed(self) -> bool:
        return self.name in SIGNED


class Bars(QWidget):
    """Contributions as bars to the left and right of a middle line."""

    def __init__(self, theme: Theme, contributions: Sequence[Contribution]) -> None:
        super().__init__()
        self._theme = theme
        self._contributions = contributions
        self._line = theme.pixels("caption") + 5
        self._row = 2 * self._line + 2
        self.setFixedHeight(self._row * len(contributions))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Contributions"))
        self._details = [detail_words(one.detail) for one in contributions]
        told = [
            f"{contribution_name(one.name)} {number(one.weight, signed=True)} {detail}".strip()
            for one, detail in zip(contributions, self._details, strict=True)
        ]
        self.setAccessibleDescription("; ".join(told))
        self.setToolTip(tip("\n".join(told)))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setFont(self._theme.font("caption", tabular=True))
        named = self.width() * 0.5
        room = self.width() - named - 44
        middle = named + room / 2
        most = max((abs(c.weight) for c in self._contributions), default=1.0) or 1.0
        for i, one in enumerate(self._contributions):
            y = i * self._row
            self._write(painter, QRectF(0, y, named - 6, self._line), contribution_name(one.name), "text")
            length = abs(one.weight) / most * (room / 2 - 2)
            token = "valence_positive" if one.weight > 0 else "valence_negative"
            left = middle if one.weight > 0 else middle - length
            painter.fillRect(QRectF(left, y + 3, max(length, 1), self._line - 6), self._theme.colour(token))
            value = QRectF(self.width() - 44, y, 44, self._line)
            self._write(painter, value, number(one.weight, signed=True), "secondary", Qt.AlignmentFlag.AlignRight)
            below = QRectF(0, y + self._line - 2, self.width(), self._line)
            self._write(painter, below, self._details[i], "secondary")
        painter.setPen(self._theme.colour("control_border"))
        for i in range(len(self._contributions)):
            painter.drawLine(round(middle), i * self._row, round(middle), i * self._row + self._line)
        painter.end()

    def _write(
        self,
        painter: QPainter,
        place: QRectF,
        text: str,
        token: str,
        side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        painter.setPen(self._theme.colour(token))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(place.width()))
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | side, shown)


class ScoreCard(QFrame):
    """One score: value, certainty, basis; opened, also why, by which model, and agree, disagree or correct."""

    judged = Signal(str, object, object)
    """Name of the score, verdict or None, value or None."""

    def __init__(self, theme: Theme, reading: Reading, judgement: Judgement | None, *, opened: bool) -> None:
        super().__init__()
        self.reading = reading
        self._theme = theme
        self.setObjectName("score")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.head = QToolButton()
        self.head.setCheckable(True)
        self.head.setChecked(opened)
        self.head.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.head.setIconSize(QSize(14, 14))
        self.head.setText(reading.title)
        self.value = plain(QLabel(self._value_text()))
        self.value.setFont(theme.font("base", bold=reading.value is not None, tabular=True))
        self.value.setProperty("role", "" if reading.value is not None else "secondary")
        self.value.setToolTip(tip(self._tip()))
        self.head.setToolTip(tip(self._tip()))
        self.head.setAccessibleName(f"{reading.title}: {self.value.text()}")
        top = QHBoxLayout()
        top.addWidget(self.head)
        top.addStretch(1)
        if judgement is not None:
            mark = QLabel()
            name = "check" if judgement.verdict == "agree" else "edit" if judgement.verdict == "correct" else "close"
            mark.setPixmap(theme.icon(name, "secondary").pixmap(14, 14))
            mark.setToolTip(tip(self._said(judgement)))
            mark.setAccessibleName(self._said(judgement))
            top.addWidget(mark)
        top.addWidget(self.value)
        column.addLayout(top)
        self.why = self._build_why(judgement)
        column.addWidget(self.why)
        self.head.toggled.connect(self._show)
        self._show(opened)

    def _show(self, on: bool) -> None:
        self.head.setIcon(self._theme.icon("up" if on else "down", "secondary"))
        self.why.setVisible(on)

    def _value_text(self) -> str:
        value = self.reading.value
        if value is None:
            return self.tr("not enough evidence")
        if isinstance(value, str):
            likely = self.reading.likelihood
            return value if likely is None else f"{value} {percent(likely)}"
        spread = spread_of(self.reading.confidence)
        return f"{number(value, signed=self.reading.signed)} ± {number(spread)}"

    def _tip(self) -> str:
        scale = self.tr("from −1 to 1") if self.reading.signed else self.tr("from 0 to 1")
        lines = [self.reading.title if isinstance(self.reading.value, str) else f"{self.reading.title}, {scale}"]
        if self.reading.value is not None:
            lines.append(self.tr("Confidence {value}").format(value=number(self.reading.confidence)))
            lines.append(self.tr("± is the range that the confidence leaves open, not a measured error."))
        return "\n".join(lines)

    def _said(self, judgement: Judgement) -> str:
        said = {
            "agree": self.tr("You agree"),
            "disagree": self.tr("You disagree"),
            "correct": self.tr("You corrected it to {value}"),
        }[judgement.verdict]
        return said.format(value=judgement.value)

    def _build_why(self, judgement: Judgement | None) -> QWidget:
        reading, theme = self.reading, self._theme
        why = QWidget()
        column = QVBoxLayout(why)
        column.setContentsMargins(theme.space(2), 0, 0, theme.space(1))
        column.setSpacing(theme.space(1))
        rests = ", ".join(basis_name(str(basis)) for basis in reading.basis)
        facts = [self.tr("confidence {value}").format(value=number(reading.confidence))] if reading.confidence else []
        facts += [self.tr("from {basis}").format(basis=rests)] if rests else []
        facts += [reading.model] if reading.model else []
        for text in ([" · ".join(facts)] if facts else []) + ([reading.note] if reading.note else []):
            label = plain(QLabel(text))
            label.setProperty("role", "caption")
            label.setWordWrap(True)
            column.addWidget(label)
        counted = [one for one in reading.contributions if abs(one.weight) >= LEAST]
        if counted:
            column.addWidget(Bars(theme, counted))
        if reading.value is not None:
            column.addLayout(self._judging(judgement))
        return why

    def _judging(self, judgement: Judgement | None) -> QVBoxLayout:
        row = RoomyRow()
        self.verdicts = QButtonGroup(self)
        self.verdicts.setExclusive(False)
        said = judgement.verdict if judgement is not None else None
        texts: tuple[tuple[Verdict, str, str], ...] = (
            ("agree", self.tr("Agree"), "check"),
            ("disagree", self.tr("Disagree"), "close"),
            ("correct", self.tr("Correct"), "edit"),
        )
        for verdict, text, icon in texts:
            button = QToolButton()
            button.setText(text)
            button.setIcon(self._theme.icon(icon))
            button.setIconSize(QSize(14, 14))
            button.setCheckable(True)
            button.setChecked(verdict == said)
            button.setAccessibleName(f"{self.reading.title}: {text}")
            button.setObjectName(verdict)
            button.clicked.connect(lambda on, verdict=verdict: self._judge(verdict, on))
            self.verdicts.addButton(button)
            row.add(button)
        self.field = self._correction(judgement)
        self.field.setVisible(said == "correct")
        self.keep = QPushButton(self.tr("Keep"))
        self.keep.setVisible(False)
        self.keep.clicked.connect(lambda: self.judged.emit(self.reading.name, "correct", self._corrected()))
        correcting = QHBoxLayout()
        correcting.addWidget(self.field, 1)
        correcting.addWidget(self.keep)
        rows = QVBoxLayout()
        rows.addWidget(row)
        rows.addLayout(correcting)
        return rows

    def _correction(self, judgement: Judgement | None) -> QWidget:
        said = judgement.value if judgement is not None and judgement.verdict == "correct" else self.reading.value
        name = self.tr("What {score} should be").format(score=self.reading.title)
        if self.reading.choices:
            combo = QComboBox()
            for key, text in self.reading.choices:
                combo.addItem(text, key)
            combo.setCurrentIndex(max(combo.findData(said), 0))
            combo.setAccessibleName(name)
            return combo
        box = FigureBox()
        box.setRange(-1.0 if self.reading.signed else 0.0, 1.0)
        box.setSingleStep(0.05)
        box.setValue(float(said) if isinstance(said, int | float) else 0.0)
        box.setAccessibleName(name)
        return box

    def _corrected(self) -> float | str:
        if isinstance(self.field, QComboBox):
            return str(self.field.currentData())
        assert isinstance(self.field, QDoubleSpinBox)
        return round(self.field.value(), 3)

    def _judge(self, verdict: Verdict, on: bool) -> None:
        if verdict == "correct" and on:
            self.field.setVisible(True)
            self.keep.setVisible(True)
            self.field.setFocus()
            return
        self.judged.emit(self.reading.name, verdict if on else None, None)


def spread_of(confidence: float) -> float:
    """Half the width that is shown around a value: wider where it is less sure, as in the lanes."""
    return 0.4 * (1.0 - confidence)


class Inspector(QWidget):
    """What is selected. ``seek`` and ``play`` ask for a second, ``picked`` for something else to be shown."""

    seek = Signal(float)
    play = Signal(float)
    picked = Signal(str, str)

    def __init__(self, context: AppContext, document: ReviewDocument) -> None:
        super().__init__()
        self._context = context
        self._document = document
        self._shown = ("", "")
        self._opened: set[str] = {"emotion", "category"}
        self.cards: dict[str, ScoreCard] = {}
        self.setAccessibleName(self.tr("Inspector"))
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName(self.tr("Inspector"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.area)
        document.opened.connect(self.clear)
        document.changed.connect(self._on_changed)
        context.theme.changed.connect(self.renew)
        self.clear()

    @property
    def shown(self) -> tuple[str, str]:
        """Kind and id of what is shown."""
        return self._shown

    def clear(self) -> None:
        """Show what to do to see something."""
        self.show_item("", "")

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if kinds & {"judgements", "text", "speakers", "markers", "annotations"}:
            self.renew()

    def renew(self) -> None:
        """Show the same thing again, as it is now."""
        bar = self.area.verticalScrollBar()
        at = bar.value()
        self.show_item(*self._shown)
        bar.setValue(at)

    def show_item(self, kind: str, id: str) -> None:
        """Show an utterance, moment, phase, transition or marker."""
        self._shown = (kind, id)
        self.cards = {}
        body = QWidget()
        self._column = column = QVBoxLayout(body)
        space = self._context.theme.space
        column.setContentsMargins(space(3), space(2), space(3), space(2))
        column.setSpacing(space(1))
        result = self._document.result
        item = found(result, kind, id) if result is not None else None
        if isinstance(item, Utterance):
            self._show_utterance(item)
        elif isinstance(item, Moment):
            self._show_moment(item)
        elif isinstance(item, Phase):
            self._show_phase(item)
        elif isinstance(item, Transition):
            self._show_transition(item)
        elif isinstance(item, Marker):
            self._show_marker(item)
        elif isinstance(item, Annotation):
            self._show_annotation(item)
        else:
            self._text(
                self.tr("Select a turn, a moment or a phase to see its scores and why they are so."), "secondary"
            )
        column.addStretch(1)
        self.area.setWidget(body)

    # --- what there is ----------------------------------------------------------------------------------------------

    def _show_utterance(self, item: Utterance) -> None:
        self._heading(self._document.name_of(item.speaker), item.t_start, item.t_end)
        if item.acoustic_reasoning:
            self._text(heard_words(item.acoustic_reasoning))
        if item.prosody_desc:
            self._text(self.tr("Voice: {description}").format(description=manner_words(item.prosody_desc)), "caption")
        emotion = item.emotion
        choices = [(name, emotion_name(name)) for name in EMOTIONS]
        dominant = emotion_name(emotion.dominant) if emotion.dominant is not None else None
        self._card(
            Reading(
                "emotion",
                score_name("emotion"),
                dominant,
                emotion.confidence,
                [str(basis) for basis in emotion.basis],
                note=" · ".join(
                    f"{emotion_name(name)} {percent(value)}"
                    for name, value in sorted(emotion.emotions.items(), key=lambda pair: -pair[1])[:4]
                ),
                model=self._model("emotion", "affect"),
                choices=choices,
                likelihood=getattr(emotion, emotion.dominant) if emotion.dominant is not None else None,
            ),
            item.utterance_id,
        )
        for name in SCORES:
            score = item.evidence.get(name) or Score.unknown()
            self._card(
                Reading(
                    name,
                    score_name(name),
                    score.value,
                    score.confidence,
                    [str(basis) for basis in score.basis],
                    score.contributions,
                    note_words(score.note),
                    self._model(name, "affect" if name in SIGNED else "conduct"),
                ),
                item.utterance_id,
            )
        said = [
            self.tr("Words recognised with confidence {value}").format(value=number(item.asr_confidence)),
            self.tr("speaker assigned with confidence {value}").format(value=number(item.speaker_confidence)),
        ]
        self._text(", ".join(said), "caption")
        if item.part_of is not None:
            told = self.tr(
                "This turn was divided. The voice was measured over the whole of it, and so were the words until the "
                "scores are recomputed."
            )
            self._text(told, "caption")
        if item.edited and item.original_text is not None:
            self._text(self.tr("Recognised as: “{text}”").format(text=item.original_text), "caption")

    def _show_moment(self, item: Moment) -> None:
        self._heading(category_name(item.category), item.start_ms / 1000, item.end_ms / 1000)
        self._text(self._document.name_of(item.speaker_id), "secondary")
        self._text(self._told(item.summary))
        self._card(
            Reading(
                "category",
                self.tr("Category"),
                category_name(item.category),
                item.confidence,
                note=self.tr("Needs review by a person before anyone acts on it.") if item.needs_review else "",
                model=self._model(),
                choices=[(name, category_name(name)) for name in MOMENT_CATEGORIES],
            ),
            item.moment_id,
        )
        self._evidence(item.evidence)

    def _show_phase(self, item: Phase) -> None:
        self._heading(item.theme or phase_name(item.phase_name), item.start_timestamp, item.end_timestamp)
        self._text(self._told(item.summary))
        if item.keyphrases:
            self._text(", ".join(map(isolated, item.keyphrases)), "secondary")
        self._card(
            Reading(
                "emotional_tone", self.tr("Tone"), tone_name(item.emotional_tone), item.confidence, model=self._model()
            ),
            item.phase_id,
        )
        if item.transition_signal:
            marks = marks_words(item.transition_signal, self._document.names)
            self._text(self.tr("Starts with: {signal}").format(signal=marks), "caption")
        result = self._document.result
        for moment in result.moments if result is not None else []:
            if moment.moment_id in item.key_moments:
                self._link(moment.start_ms / 1000, category_name(moment.category), self._told(moment.summary))

    def _show_transition(self, item: Transition) -> None:
        self._heading(self.tr("Change of state"), item.at_ms / 1000, None)
        self._text(self._document.name_of(item.speaker_id), "secondary")
        self._text(self._told(item.summary))
        drivers = [Contribution(name=name, weight=value) for name, value in item.drivers.items()]
        changes = changes_of(item)
        self._card(
            Reading(
                "state",
                self.tr("Change"),
                changes[0] if changes else None,
                item.confidence,
                contributions=drivers,
                note=" · ".join(changes[1:]),
                model=self._model(),
            ),
            item.transition_id,
        )
        for utterance in filter(None, map(self._document.utterance, item.evidence_utterance_ids)):
            self._link(utterance.t_start, self._document.name_of(utterance.speaker), utterance.text)

    def _show_marker(self, item: Marker) -> None:
        self._heading(self.tr("Marker {key}").format(key=isolated(item.key)).strip(), item.t, None)
        note = NoteField(item.note, self.tr("Note"))
        note.kept.connect(lambda text: self._document.apply(EditMarker(marker_id=item.marker_id, note=text)))
        self._column.addWidget(note)
        remove = QPushButton(self._context.theme.icon("delete"), self.tr("Remove the marker"))
        remove.clicked.connect(lambda: self._document.apply(RemoveMarker(marker_id=item.marker_id)))
        self._column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _show_annotation(self, item: Annotation) -> None:
        result = self._document.result
        tier = next((tier for tier in (result.tiers if result is not None else ()) if item in tier.annotations), None)
        self._heading(tier.name if tier is not None else self.tr("Annotation"), item.t_start, item.t_end)
        if tier is not None and tier.vocabulary:
            value = QComboBox()
            value.addItems(tier.vocabulary)
            value.setCurrentText(item.value)
            value.setAccessibleName(self.tr("Value"))
            value.textActivated.connect(lambda text: self._annotate(item, text))
            self._column.addWidget(value)
        else:
            field = NoteField(item.value, self.tr("Value"))
            field.kept.connect(lambda text: self._annotate(item, text))
            self._column.addWidget(field)
        remove = QPushButton(self._context.theme.icon("delete"), self.tr("Remove the annotation"))
        remove.clicked.connect(lambda: self._document.apply(RemoveAnnotation(annotation_id=item.annotation_id)))
        self._column.addWidget(remove, 0, Qt.AlignmentFlag.AlignLeft)

    def _annotate(self, item: Annotation, value: str) -> None:
        self._document.apply(EditAnnotation(annotation_id=item.annotation_id, value=value))

    def _told(self, text: str) -> str:
        """Sentences of the engine in the language of the window, with the names that people gave."""
        return story_words(text, self._document.names)

    # --- pieces -----------------------------------------------------------------------------------------------------

    def _heading(self, text: str, start: float, end: float | None) -> None:
        row = QHBoxLayout()
        label = plain(QLabel(text))
        label.setProperty("role", "heading")
        label.setWordWrap(True)
        row.addWidget(label, 1)
        play = QToolButton()
        play.setIcon(self._context.theme.icon("play"))
        play.setToolTip(self.tr("Play"))
        play.setAccessibleName(self.tr("Play"))
        play.clicked.connect(lambda: self.play.emit(start))
        row.addWidget(play, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        span = "" if end is None else f" – {exact_clock(end)} · {decimal(end - start, 1)} s"
        self._text(f"{exact_clock(start)}{span}", "caption")

    def _text(self, text: str, role: str = "") -> None:
        if text:
            label = plain(QLabel(text))
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if role:
                label.setProperty("role", role)
            self._column.addWidget(label)

    def _link(self, t: float, title: str, text: str) -> None:
        link = QPushButton(f"{exact_clock(t)}  {isolated(title)}")
        link.setProperty("flat", "true")
        link.setStyleSheet("text-align: left; padding: 2px 0")
        link.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        link.setToolTip(tip(link.text()))
        link.clicked.connect(lambda: self.seek.emit(t))
        self._column.addWidget(link)
        self._text(text if len(text) < 160 else text[:159] + "…", "caption")

    def _evidence(self, evidence: Sequence[Evidence]) -> None:
        for one in evidence:
            values = ", ".join(f"{value_name(name)} {number(value, signed=True)}" for name, value in one.values.items())
            utterance = self._document.utterance(one.utterance_id)
            name = self._document.name_of(utterance.speaker) if utterance is not None else ""
            self._link(one.t_start, name, " — ".join(part for part in (isolated(one.quote), values) if part))

    def _card(self, reading: Reading, target: str) -> None:
        result = self._document.result
        said = (
            next((j for j in reversed(result.judgements) if j.target == target and j.score == reading.name), None)
            if result is not None
            else None
        )
        card = ScoreCard(self._context.theme, reading, said, opened=reading.name in self._opened)
        card.judged.connect(
            lambda name, verdict, value: self._document.apply(
                Judge(target=target, score=name, verdict=verdict, value=value)
            )
        )
        card.head.toggled.connect(lambda on: (self._opened.add if on else self._opened.discard)(reading.name))
        self.cards[reading.name] = card
        self._column.addWidget(card)

    def _model(self, *stages: str) -> str:
        """The model that a score came from, as the result names it; else the rules of the release that made the run."""
        result = self._document.result
        for stage in stages:
            for model in result.models if result is not None else []:
                if stage in model.stage.replace(" ", "_"):
                    return " ".join(part for part in (model_name(model.name), model.version) if part)
        run = next((run for run in self._document.runs if result is not None and run.number == result.run), None)
        return self.tr("rules of IlloDesk {version}").format(version=run.app_version) if run is not None else ""


def changes_of(transition: Transition) -> list[str]:
    """What was there before and after, the one that changed most first."""
    before, after = transition.from_state, transition.to_state
    names = sorted(before.keys() & after.keys(), key=lambda name: -abs(transition.drivers.get(name, 0.0)))
    lines = []
    for name in names:
        old, new = before[name], after[name]
        if isinstance(old, str) and isinstance(new, str):
            lines.append(f"{state_name(old)} → {state_name(new)}")
        elif isinstance(old, int | float) and isinstance(new, int | float):
            signed = name in SIGNED
            lines.append(f"{score_name(name)} {number(old, signed=signed)} → {number(new, signed=signed)}")
    return lines


def found(result: AnalysisResult, kind: str, id: str) -> Any:
    """What has an id; None where there is nothing of that kind."""
    lists: dict[str, tuple[Sequence[Any], str]] = {
        "utterance": (result.timeline, "utterance_id"),
        "moment": (result.moments, "moment_id"),
        "phase": (result.segmentation.phases, "phase_id"),
        "transition": (result.transitions, "transition_id"),
        "marker": (result.markers, "marker_id"),
        "annotation": ([one for tier in result.tiers for one in tier.annotations], "annotation_id"),
    }
    items, name = lists.get(kind, ((), ""))
    return next((item for item in items if getattr(item, name) == id), None)
