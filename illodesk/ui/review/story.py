"""The story: summary, insights with what they rest on, and the phases with theme, tone and turning points."""

from __future__ import annotations

import re
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from illodesk.schema import AnalysisResult, Phase
from illodesk.ui.context import AppContext
from illodesk.ui.plain import plain, tip
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.wording import category_name, exact_clock, number
from illodesk.ui.sentences.story import arc_name, marks_words, phase_name, story_words, tone_name
from illodesk.ui.words import clock, isolated

TIME = re.compile(r"\[(?:(\d+):)?(\d{1,2}):(\d{2})\]")


def linked(text: str) -> str:
    """Text as HTML in which every ``[mm:ss]`` can be clicked."""

    def link(match: re.Match[str]) -> str:
        seconds = int(match[1] or 0) * 3600 + int(match[2]) * 60 + int(match[3])
        return f'<a href="t:{seconds}">{match[0]}</a>'

    return TIME.sub(link, escape(text))


class Story(QScrollArea):
    """``seek`` asks for a second, ``picked`` for a phase or moment to be shown in the inspector."""

    seek = Signal(float)
    picked = Signal(str, str)

    def __init__(self, context: AppContext, document: ReviewDocument) -> None:
        super().__init__()
        self._context = context
        self._document = document
        self._stale = True
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Story"))
        document.opened.connect(self._forget)
        document.changed.connect(lambda kinds: self._forget() if kinds & {"text", "speakers"} else None)
        context.theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._stale = True
        self._renew_soon()

    def _renew_soon(self) -> None:
        """After the other views, when it is seen."""
        if self._stale and self.isVisible():
            self._document.turns.add(self.renew)

    def showEvent(self, event: object) -> None:  # noqa: N802
        super().showEvent(event)  # type: ignore[arg-type]
        self._renew_soon()

    def renew(self) -> None:
        """Show the story of what is open, unless it is shown already."""
        if not self._stale:
            return
        self._stale = False
        space = self._context.theme.space
        body = QWidget()
        self._column = column = QVBoxLayout(body)
        column.setContentsMargins(space(4), space(3), space(4), space(4))
        column.setSpacing(space(1))
        result = self._document.result
        if result is not None:
            self._show_summary(result)
            self._show_phases(result)
        column.addStretch(1)
        self.setWidget(body)

    def _show_summary(self, result: AnalysisResult) -> None:
        summary = result.summary
        if result.outdated:
            self._note(self.tr("Corrected since: scores and summary do not include the corrections yet."))
        self._heading(self.tr("Summary"))
        self._text(self._told(summary.overview) or self.tr("There is nothing to summarise."))
        self._text(self._told(summary.conversation_quality))
        for title, lines in (
            (self.tr("Insights"), summary.key_insights),
            (self.tr("Patterns"), summary.notable_patterns),
            (self.tr("What went well"), summary.what_went_well),
            (self.tr("What went wrong"), summary.what_went_wrong),
            (self.tr("Action items"), summary.action_items),
            (self.tr("Recommendations"), summary.recommendations),
        ):
            if lines:
                self._heading(title)
                for line in lines:
                    self._text("• " + self._told(line))

    def _show_phases(self, result: AnalysisResult) -> None:
        segmentation = result.segmentation
        if not segmentation.phases:
            return
        self._heading(self.tr("Phases"))
        arc = self.tr("Emotional arc: {arc}").format(arc=arc_name(segmentation.narrative_arc))
        why = self._told(segmentation.segmentation_rationale)
        self._text(" · ".join(part for part in (arc, why) if part), "caption")
        changes = {round(change.timestamp): change for change in segmentation.key_transitions}
        for phase in segmentation.phases:
            change = changes.get(round(phase.start_timestamp))
            if change is not None:
                self._text("↓ " + marks_words(change.trigger, self._document.names), "caption")
            self._column.addWidget(self._phase(phase, result))

    def _phase(self, phase: Phase, result: AnalysisResult) -> QFrame:
        space = self._context.theme.space
        card = QFrame()
        card.setProperty("card", "true")
        column = QVBoxLayout(card)
        column.setContentsMargins(space(3), space(2), space(3), space(2))
        column.setSpacing(space(0))
        top = QHBoxLayout()
        name = self._label("")
        name.setText(f'<a href="phase:{phase.phase_id}">{escape(phase_name(phase.phase_name))}</a>')
        name.setFont(self._context.theme.font("base", bold=True))
        name.setAccessibleName(self.tr("Phase {name}").format(name=phase_name(phase.phase_name)))
        top.addWidget(name, 1)
        when = QLabel(f"{clock(phase.start_timestamp)} – {clock(phase.end_timestamp)}")
        when.setProperty("role", "caption")
        top.addWidget(when, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(top)
        one = self.tr("{theme} · tone {tone} · 1 utterance · boundary {confidence}")
        many = self.tr("{theme} · tone {tone} · {count} utterances · boundary {confidence}")
        facts = plain(
            QLabel(
                (one if phase.utterance_count == 1 else many).format(
                    theme=isolated(phase.theme),
                    tone=tone_name(phase.emotional_tone),
                    count=phase.utterance_count,
                    confidence=number(phase.confidence),
                )
            )
        )
        facts.setProperty("role", "caption")
        facts.setWordWrap(True)
        column.addWidget(facts)
        column.addWidget(self._label(self._told(phase.summary)))
        for moment in result.moments:
            if moment.moment_id in phase.key_moments:
                line = self._label("")
                what = f"{exact_clock(moment.start_ms / 1000)}  {category_name(moment.category)}"
                line.setText(f'<a href="moment:{moment.moment_id}">{escape(what)}</a>')
                line.setToolTip(tip(self._told(moment.summary)))
                column.addWidget(line)
        return card

    def _told(self, text: str) -> str:
        """Sentences of the engine in the language of the window, with the names that people gave."""
        return story_words(text, self._document.names)

    # --- pieces -----------------------------------------------------------------------------------------------------

    def _heading(self, text: str) -> None:
        label = plain(QLabel(text))
        label.setProperty("role", "heading")
        label.setContentsMargins(0, self._context.theme.space(2), 0, 0)
        self._column.addWidget(label)

    def _note(self, text: str) -> None:
        label = plain(QLabel(text))
        label.setProperty("tone", "warning")
        label.setWordWrap(True)
        self._column.addWidget(label)

    def _text(self, text: str, role: str = "") -> None:
        if text:
            self._column.addWidget(self._label(text, role))

    def _label(self, text: str, role: str = "") -> QLabel:
        label = QLabel(linked(text))
        label.setTextFormat(Qt.TextFormat.RichText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.linkActivated.connect(self._on_link)
        if role:
            label.setProperty("role", role)
        return label

    def _on_link(self, target: str) -> None:
        kind, _, id = target.partition(":")
        result = self._document.result
        if kind == "t":
            self.seek.emit(float(id))
            return
        begin = {
            **{("phase", p.phase_id): p.start_timestamp for p in (result.segmentation.phases if result else ())},
            **{("moment", m.moment_id): m.start_ms / 1000 for m in (result.moments if result else ())},
        }.get((kind, id))
        if begin is not None:
            self.seek.emit(begin)
            self.picked.emit(kind, id)
