"""What is said while it is said: final utterances by speaker, and below them what is still being spoken, greyed where
it may still change."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from illodesk.schema import EmotionEvent, Event, FinalTranscriptEvent, PartialTranscriptEvent, SpeakersChangedEvent
from illodesk.ui.review.wording import emotion_name
from illodesk.ui.theme import Theme
from illodesk.ui.words import clock, speaker_name

MOST = 1500
"""Turns that are shown; earlier ones are in the review afterwards."""

NEW_LINE = "\u2028"


@dataclass
class Turn:
    """A final utterance as it is shown."""

    utterance_id: str
    speaker: str
    t_start: float
    text: str
    emotion: str = ""


@dataclass
class Spoken:
    """Everything shown, in order of time."""

    turns: list[Turn] = field(default_factory=list)
    partials: dict[int, PartialTranscriptEvent] = field(default_factory=dict)


class LiveTranscript(QTextEdit):
    """One block of text per utterance. Follows what is said until somebody scrolls up, which ``following_changed``
    tells."""

    following_changed = Signal(bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._spoken = Spoken()
        self._open_blocks = 0
        self._following = True
        self._moving = False
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextEdit.Shape.NoFrame)
        self.setAccessibleName(self.tr("What is said"))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(16)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        theme.changed.connect(self.draw_again)

    @property
    def turns(self) -> list[Turn]:
        """Final utterances in order of time."""
        return self._spoken.turns

    @property
    def following(self) -> bool:
        """Whether it shows the newest by itself."""
        return self._following

    def follow(self) -> None:
        """Show the newest, from now on."""
        self._set_following(True)
        self._to_end()

    def reset(self) -> None:
        """Begin anew."""
        self._spoken = Spoken()
        self._open_blocks = 0
        self.clear()
        self._set_following(True)
        self.setPlaceholderText(self.tr("Listening. What is said appears here."))

    def take(self, events: list[Event]) -> None:
        """Show some events; those that are not about words are passed over."""
        kept = self.verticalScrollBar().value()
        with self._one_change():
            partial = False
            for event in events:
                if isinstance(event, FinalTranscriptEvent):
                    partial |= self._spoken.partials.pop(event.channel, None) is not None
                    self._add(Turn(event.utterance_id, event.speaker, event.t_start, event.text))
                elif isinstance(event, PartialTranscriptEvent):
                    self._spoken.partials[event.channel] = event
                    partial = True
                elif isinstance(event, EmotionEvent):
                    self._feel(event)
                elif isinstance(event, SpeakersChangedEvent):
                    self._rename(event.speakers)
            if partial:
                self._draw_partials()
        if not self._following:
            self._scroll_to(kept)

    def end(self) -> None:
        """Nothing more is being spoken."""
        self._spoken.partials.clear()
        with self._one_change():
            self._draw_partials()
        self.setPlaceholderText(self.tr("Nothing was said."))

    def draw_again(self) -> None:
        """Draw everything in the colours and sizes of the theme."""
        turns, partials = self._spoken.turns, self._spoken.partials
        self._moving = True
        self.clear()
        self._open_blocks = 0
        self._spoken = Spoken([], partials)
        with self._one_change():
            for turn in turns:
                self._add(turn)
            self._draw_partials()

    @contextmanager
    def _one_change(self) -> Iterator[None]:
        """Several changes that are laid out at once; afterwards the newest is shown, unless somebody reads above."""
        cursor = QTextCursor(self.document())
        self._moving = True
        cursor.beginEditBlock()
        try:
            yield
        finally:
            cursor.endEditBlock()
            self._drop_earliest()
            if self._following:
                self._to_end()
            self._moving = False

    # --- utterances -------------------------------------------------------------------------------------------------

    def _add(self, turn: Turn) -> None:
        turns = self._spoken.turns
        at = bisect_right(turns, turn.t_start, key=lambda one: one.t_start)
        cursor = self._insert_block(at)
        turns.insert(at, turn)
        self._write(cursor, turn)

    def _drop_earliest(self) -> None:
        """A change of its own: together with one at the end, all between would be laid out again."""
        turns = self._spoken.turns
        while len(turns) > MOST:
            del turns[0]
            self._remove_block(0)

    def _feel(self, event: EmotionEvent) -> None:
        flat = {name: value for name, value in event.emotion.items() if isinstance(value, int | float)}
        if flat and event.confidence > 0:
            strongest = max(flat, key=flat.__getitem__)
            for at, turn in self._at(event.utterance_id):
                turn.emotion = strongest
                self._write(self._cleared(at), turn)

    def _rename(self, speakers: dict[str, str]) -> None:
        for at, turn in enumerate(self._spoken.turns):
            speaker = speakers.get(turn.utterance_id, turn.speaker)
            if speaker != turn.speaker:
                turn.speaker = speaker
                self._write(self._cleared(at), turn)

    def _at(self, utterance_id: str) -> list[tuple[int, Turn]]:
        """Where an utterance is; emotions come soon after the words, so the search begins at the end."""
        turns = self._spoken.turns
        for at in range(len(turns) - 1, -1, -1):
            if turns[at].utterance_id == utterance_id:
                return [(at, turns[at])]
        return []

    def _draw_partials(self) -> None:
        first = len(self._spoken.turns)
        for _ in range(self._open_blocks):
            self._remove_block(first)
        self._open_blocks = 0
        for partial in sorted(self._spoken.partials.values(), key=lambda one: one.t_start):
            cursor = self._insert_block(first + self._open_blocks)
            self._open_blocks += 1
            self._write_partial(cursor, partial)

    # --- blocks -----------------------------------------------------------------------------------------------------

    def _blocks(self) -> int:
        return len(self._spoken.turns) + self._open_blocks

    def _insert_block(self, at: int) -> QTextCursor:
        """A new empty block, the ``at``-th; the one block of an empty document is taken first."""
        cursor = QTextCursor(self.document())
        if self._blocks():
            if at == 0:
                cursor.insertBlock()
                cursor.movePosition(QTextCursor.MoveOperation.Start)
            else:
                cursor.setPosition(self._position(at - 1))
                cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
                cursor.insertBlock()
        cursor.setBlockFormat(self._shape())
        return cursor

    def _remove_block(self, at: int) -> None:
        cursor = self._cleared(at)
        if self.document().blockCount() > 1:
            if at:
                cursor.deletePreviousChar()
            else:
                cursor.deleteChar()

    def _cleared(self, at: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._position(at))
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        return cursor

    def _position(self, at: int) -> int:
        return self.document().findBlockByNumber(at).position()

    def _shape(self) -> QTextBlockFormat:
        shape = QTextBlockFormat()
        shape.setBottomMargin(self._theme.space(2))
        shape.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        return shape

    def _write(self, cursor: QTextCursor, turn: Turn) -> None:
        theme = self._theme
        name = self._format("caption", bold=True)
        name.setForeground(theme.speaker(speaker_index(turn.speaker)))
        cursor.insertText(speaker_name(turn.speaker), name)
        time = self._format("caption")
        time.setForeground(theme.colour("secondary"))
        cursor.insertText(f"   {clock(turn.t_start)}   ", time)
        if turn.emotion:
            look = theme.emotion(turn.emotion)
            chip = self._format("caption", bold=True)
            chip.setBackground(look.colour)
            chip.setForeground(theme.on(look.colour))
            cursor.insertText(f"\u00a0{look.letter}\u00a0", chip)
            cursor.insertText(f"\u00a0{emotion_name(turn.emotion)}", time)
        words = self._format("turn")
        words.setForeground(theme.colour("text" if turn.text else "secondary"))
        cursor.insertText(NEW_LINE + (turn.text or self.tr("(not understood)")), words)

    def _write_partial(self, cursor: QTextCursor, partial: PartialTranscriptEvent) -> None:
        theme, words = self._theme, partial.text.split()
        note = self._format("caption")
        note.setForeground(theme.colour("secondary"))
        said = self.tr("being spoken")
        cursor.insertText(f"{said}   {clock(partial.t_start)}", note)
        firm, open_ = self._format("turn"), self._format("turn")
        firm.setForeground(theme.colour("text"))
        open_.setForeground(theme.colour("secondary"))
        open_.setFontItalic(True)
        confirmed = words[: partial.confirmed_words]
        cursor.insertText(NEW_LINE + "".join(f"{word} " for word in confirmed), firm)
        cursor.insertText(" ".join([*words[partial.confirmed_words :], "…"]), open_)

    def _format(self, role: str, *, bold: bool = False) -> QTextCharFormat:
        shape = QTextCharFormat()
        shape.setFont(self._theme.font("turn" if role == "turn" else "caption", bold=bold, tabular=True))
        return shape

    # --- scrolling --------------------------------------------------------------------------------------------------

    def _to_end(self) -> None:
        self._scroll_to(self.verticalScrollBar().maximum())

    def _scroll_to(self, value: int) -> None:
        moving, self._moving = self._moving, True
        self.verticalScrollBar().setValue(value)
        self._moving = moving

    def _on_scrolled(self, value: int) -> None:
        if not self._moving:
            self._set_following(value >= self.verticalScrollBar().maximum() - 4)

    def _set_following(self, following: bool) -> None:
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)


def speaker_index(label: str) -> int:
    """Number of a speaker by its label, from 0: the colour it has in the review too."""
    number = label.rpartition("_")[2]
    return int(number) if number.isdecimal() else 0
