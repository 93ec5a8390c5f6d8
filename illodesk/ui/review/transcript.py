"""The transcript: turns in the colours of their speakers, drawn only where they are seen, edited where they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFontMetricsF,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QTextCharFormat,
    QTextLayout,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QMenu, QToolTip, QWidget

from illodesk.operations import DivideUtterance, EditText, Judge, MergeSpeakers, ReassignUtterances
from illodesk.schema import Utterance
from illodesk.ui.context import AppContext
from illodesk.ui.plain import tip
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.rows import Rows, Shape, span, turn_from, word_starts
from illodesk.ui.review.turn_editor import TurnEditor
from illodesk.ui.review.wording import category_name, emotion_name, exact_clock, number, valence_sign
from illodesk.ui.words import isolated

TIME_WIDTH = 62
CHIP_WIDTH = 40
BAR = 4
PAD = 4
WIDE = 640
"""From this width on, notes stand in a margin of their own; below it, under what they are about."""
MARGIN = 190
SAME_S = 0.05
"""Utterances of two runs that begin and end no further apart are the same."""

Place = tuple[int, int]
"""A row and a character in it."""


@dataclass(frozen=True)
class Measures:
    """Sizes in px that follow from the type and the width."""

    left: float
    text: float
    margin: float
    line: float
    head: float
    note: float
    character: float


@dataclass(frozen=True)
class Corrected:
    """What is being corrected: an utterance as it was when it began, and where it is from."""

    conversation_id: str
    run: int
    utterance: Utterance

    def stands_in(self, now: Utterance) -> bool:
        """Whether an utterance of another run is the same, by its channel and its time."""
        was = self.utterance
        apart = max(abs(now.t_start - was.t_start), abs(now.t_end - was.t_end))
        return now.channel == was.channel and apart <= SAME_S


class Transcript(QAbstractScrollArea):
    """What was said. It follows the playhead until the user scrolls, and again after ``follow()``.

    ``seek`` tells the second of a word or row that was clicked, ``play`` that it should be heard, ``picked`` what was
    selected (its kind and id), ``follow_changed`` whether the playhead is followed, ``marker_wanted`` where a marker
    should be.
    """

    seek = Signal(float)
    play = Signal(float)
    picked = Signal(str, str)
    follow_changed = Signal(bool)
    marker_wanted = Signal(float)
    found_changed = Signal(int, int)

    def __init__(self, context: AppContext, document: ReviewDocument, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._theme = context.theme
        self._document = document
        self._rows = Rows()
        self._measures = self._measure()
        self._position = -1.0
        self._playing_row = -1
        self._playing_word: tuple[int, int] | None = None
        self._following = True
        self._scrolling = False
        self.current = -1
        """The selected row; -1 is none."""
        self._selection: tuple[Place, Place] | None = None
        self._pressed: Place | None = None
        self._found: list[tuple[int, int, int]] = []
        self._found_at = -1
        self._sought = ""
        self._editor: TurnEditor | None = None
        self._corrected: Corrected | None = None
        self._part_wanted = ""
        """Id of the part that is selected as soon as the turn is divided."""

        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.setAccessibleName(self.tr("Transcript"))
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().setAccessibleName(self.tr("Scroll the transcript"))
        self._theme.changed.connect(self._on_theme)
        document.opened.connect(self._on_opened)
        document.changed.connect(self._on_changed)

    # --- the document -----------------------------------------------------------------------------------------------

    def _on_opened(self) -> None:
        self._rows = Rows()
        self._position, self._playing_row, self._playing_word = -1.0, -1, None
        self.current, self._selection, self._found, self._found_at, self._sought = -1, None, [], -1, ""
        self._rows.show(self._document.result)
        self._set_following(True)
        self._scroll_to(0)
        self._arrange()
        self._take_editor_along()

    def _on_changed(self, kinds: frozenset[str]) -> None:
        if not kinds & {"text", "speakers", "markers"}:
            return
        top, within = self._anchor()
        before = self._rows.timeline
        self._rows.show(self._document.result)
        self._arrange()
        if len(self._rows) != len(before):
            self._renumber(before)
        if 0 <= top < len(self._rows):
            self._scroll_to(self._rows.top(top) + within)
        self._take_editor_along()
        self._describe()
        part = self._document.index_of(self._part_wanted)
        if part >= 0:
            self._part_wanted = ""
            self.select_row(part)

    def _renumber(self, before: Sequence[Utterance]) -> None:
        """A turn was divided or put together again: what stood in a row may stand in another one."""
        if 0 <= self.current < len(before):
            chosen = before[self.current]
            place = self._document.index_of(chosen.utterance_id)
            self.current = place if place >= 0 else self._document.index_at(chosen.t_start)
        self._selection, self._pressed = None, None
        self._playing_row, self._playing_word = self._document.index_at(self._position), None
        self._found = self._places_of(self._sought)
        self._found_at = min(self._found_at, len(self._found) - 1)

    def _on_theme(self) -> None:
        self._rows.forget_layouts()
        self._arrange()

    @property
    def rows(self) -> int:
        """How many utterances there are."""
        return len(self._rows)

    @property
    def empty_text(self) -> str:
        """What stands where rows would be; empty where there are some."""
        if len(self._rows) or self._document.result is None:
            return ""
        return self.tr("No speech was found in this recording.")

    def utterance(self, row: int) -> Utterance:
        return self._rows.timeline[row]

    # --- geometry ---------------------------------------------------------------------------------------------------

    def _measure(self) -> Measures:
        metrics = QFontMetricsF(self._theme.font("turn"))
        small = QFontMetricsF(self._theme.font("caption"))
        width = self.viewport().width()
        scale = max(1.0, self._theme.scale)
        margin = MARGIN * scale if width >= WIDE * scale else 0.0
        left = (TIME_WIDTH + CHIP_WIDTH) * scale + 3 * self._theme.space(1) + BAR
        return Measures(
            left=left,
            text=max(width - left - margin - 2 * self._theme.space(3), 80.0),
            margin=margin,
            line=round(self._theme.pixels("turn") * 1.45),
            head=round(self._theme.pixels("base") * 1.8),
            note=small.height() + 4,
            character=metrics.averageCharWidth() * 1.04,
        )

    def _arrange(self) -> None:
        """Estimate all heights for the width that there is; those that are seen become exact when they are drawn."""
        self._measures = m = self._measure()
        self._rows.estimate(m.text, m.character, m.line, 2 * PAD, m.head, m.note)
        self._set_range()
        self.viewport().update()

    def _set_range(self) -> None:
        bar = self.verticalScrollBar()
        self._scrolling = True
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(round(self._measures.line))
        bar.setRange(0, max(0, round(self._rows.height + self._theme.space(4)) - self.viewport().height()))
        self._scrolling = False

    def _shape(self, row: int) -> Shape:
        m = self._measures
        return self._rows.shape(row, m.text, self._theme.font("turn"), m.line)

    def _settle(self, row: int) -> float:
        """Make the height of a row exact; returns by how much it grew."""
        if self._rows.is_exact(row):
            return 0.0
        m = self._measures
        notes = len(self._rows.notes.get(row, ()))
        head = m.head if self._rows.heads[row] else 0.0
        text = self._shape(row).text_height
        beside = max(text, notes * m.note) if m.margin else text + notes * m.note
        return self._rows.set_height(row, 2 * PAD + head + beside)

    def _settle_visible(self) -> tuple[int, int]:
        """Lay out what is seen; the first and the last row of it. What is seen stays where it is."""
        if not len(self._rows):
            return 0, -1
        height, bar = self.viewport().height(), self.verticalScrollBar()
        while True:
            y = bar.value()
            row = first = self._rows.row_at(y)
            shifted = 0.0
            while row < len(self._rows) and self._rows.top(row) < y + height:
                grown = self._settle(row)
                if row == first and grown and self._rows.top(row) + PAD < y:
                    shifted = grown
                row += 1
            if not shifted:
                break
            self._set_range()
            self._scroll_to(y + shifted)
            if bar.value() == y:
                break
        self._set_range()
        return first, row - 1

    def _anchor(self) -> tuple[int, float]:
        y = self.verticalScrollBar().value()
        row = self._rows.row_at(y)
        return row, y - self._rows.top(row) if row >= 0 else 0.0

    def _scroll_to(self, y: float) -> None:
        """Scroll without the user having done it."""
        self._scrolling = True
        self.verticalScrollBar().setValue(round(y))
        self._scrolling = False

    def show_row(self, row: int, *, at: float = 0.3) -> None:
        """Bring a row into sight, its top at a share of the height, unless it is comfortably seen already."""
        if not 0 <= row < len(self._rows):
            return
        self._settle(row)
        top, bottom = self._rows.top(row), self._rows.top(row + 1)
        y, height = self.verticalScrollBar().value(), self.viewport().height()
        if top < y + PAD or bottom > y + height * 0.8:
            self._set_range()
            self._scroll_to(top - height * at)
            self._settle_visible()
            self._scroll_to(self._rows.top(row) - height * at)
        self.viewport().update()

    def row_rect(self, row: int) -> QRect:
        """Where a row is in the viewport."""
        top = self._rows.top(row) - self.verticalScrollBar().value()
        return QRect(0, round(top), self.viewport().width(), round(self._rows.top(row + 1) - self._rows.top(row)))

    def _text_origin(self, row: int) -> QPointF:
        head = self._measures.head if self._rows.heads[row] else 0.0
        return QPointF(self._measures.left, self.row_rect(row).top() + PAD + head)

    def place_at(self, point: QPointF) -> Place | None:
        """Row and character below a point; None beside all rows."""
        row = self._rows.row_at(point.y() + self.verticalScrollBar().value())
        if row < 0:
            return None
        shape, inside = self._shape(row), point - self._text_origin(row)
        for i in range(shape.text.lineCount()):
            line = shape.text.lineAt(i)
            if inside.y() < (i + 1) * self._measures.line or i == shape.text.lineCount() - 1:
                return row, line.xToCursor(inside.x())
        return row, 0

    # --- the playhead -----------------------------------------------------------------------------------------------

    @property
    def following(self) -> bool:
        return self._following

    def follow(self) -> None:
        """Follow the playhead again, from where it is."""
        self._set_following(True)
        self.show_row(self._playing_row)

    def _set_following(self, on: bool) -> None:
        if on != self._following:
            self._following = on
            self.follow_changed.emit(on)

    def set_position(self, t: float) -> None:
        """Show which word is heard at second ``t``."""
        self._position = t
        row = self._document.index_at(t)
        word = None
        if row >= 0:
            found = self._shape(row).word_at(t) if row < len(self._rows) else None
            utterance = self._rows.timeline[row]
            if found is not None and t <= utterance.t_end + 0.3:
                word = (found.start, found.end)
        if (row, word) == (self._playing_row, self._playing_word):
            return
        before, self._playing_row, self._playing_word = self._playing_row, row, word
        if row != before:
            self._update_row(before)
            if self._following and self._editor is None:
                self.show_row(row)
        self._update_row(row)

    def _update_row(self, row: int) -> None:
        if 0 <= row < len(self._rows):
            self.viewport().update(self.row_rect(row))

    def _on_scrolled(self) -> None:
        if not self._scrolling:
            self._set_following(False)
        if self._editor is not None:
            self._place_editor()
        self.viewport().update()

    # --- selecting --------------------------------------------------------------------------------------------------

    def select_row(self, row: int, *, show: bool = True) -> None:
        """Select an utterance and tell of it."""
        if not 0 <= row < len(self._rows):
            return
        before, self.current = self.current, row
        self._update_row(before)
        self._update_row(row)
        if show:
            self._set_following(False)
            self.show_row(row)
        self._describe()
        self.picked.emit("utterance", self._rows.timeline[row].utterance_id)

    def _describe(self) -> None:
        """Say to screen readers what is selected."""
        if 0 <= self.current < len(self._rows):
            utterance = self._rows.timeline[self.current]
            name = self._document.name_of(utterance.speaker)
            self.setAccessibleDescription(f"{exact_clock(utterance.t_start)} {name}: {utterance.text}")

    @property
    def selected_text(self) -> str:
        """What is selected with times and names, or the selected utterance."""
        if self._selection is not None:
            (first, start), (last, end) = sorted(self._selection)
        elif self.current >= 0:
            first, start, last, end = self.current, 0, self.current, len(self._rows.timeline[self.current].text)
        else:
            return ""
        lines = []
        for row in range(first, last + 1):
            utterance = self._rows.timeline[row]
            text = utterance.text[start if row == first else 0 : end if row == last else None].strip()
            name = self._document.name_of(utterance.speaker)
            at = self._shape(row).word_of(start) if row == first else None
            lines.append(f"[{exact_clock(at.t_start if at is not None else utterance.t_start)}] {name}: {text}")
        return "\n".join(lines)

    @property
    def selected_stretch(self) -> tuple[float, float] | None:
        """From the first selected word to the last, s; None where no words are selected."""
        if self._selection is None:
            return None
        (first, start), (last, end) = sorted(self._selection)
        begin, stop = self._shape(first).word_of(start), self._shape(last).word_of(max(end - 1, 0))
        return (
            begin.t_start if begin is not None else self._rows.timeline[first].t_start,
            stop.t_end if stop is not None else self._rows.timeline[last].t_end,
        )

    @property
    def stretch(self) -> tuple[float, float] | None:
        """What is selected, or the selected utterance, s."""
        if self._selection is not None or self.current < 0:
            return self.selected_stretch
        utterance = self._rows.timeline[self.current]
        return utterance.t_start, utterance.t_end

    def select_words(self, first: Place, last: Place) -> None:
        """Select from one place to another."""
        self._selection = (first, last)
        self.viewport().update()

    def copy(self) -> None:
        """Put what is selected on the clipboard, with times and names."""
        if self.selected_text:
            QGuiApplication.clipboard().setText(self.selected_text)

    # --- finding ----------------------------------------------------------------------------------------------------

    def find_words(self, words: str) -> int:
        """Mark every place where words stand and go to the first from the selected row on; returns how many."""
        self._sought = words.casefold().strip()
        self._found, self._found_at = self._places_of(self._sought), -1
        if self._found:
            from_row = max(self.current, 0)
            later = [i for i, (row, _, _) in enumerate(self._found) if row >= from_row]
            self._go_to_found(later[0] if later else 0)
        else:
            self.found_changed.emit(0, 0)
        self.viewport().update()
        return len(self._found)

    def _places_of(self, wanted: str) -> list[tuple[int, int, int]]:
        """Row, beginning and end of every place where folded words stand."""
        found: list[tuple[int, int, int]] = []
        for row, utterance in enumerate(self._rows.timeline if wanted else ()):
            text, at = utterance.text.casefold(), 0
            if len(text) != len(utterance.text):
                text = utterance.text.lower() if len(utterance.text.lower()) == len(utterance.text) else ""
            while (at := text.find(wanted, at)) >= 0:
                found.append((row, at, at + len(wanted)))
                at += len(wanted)
        return found

    def find_next(self, step: int = 1) -> None:
        """Go to the next place that was found, or the one before."""
        if self._found:
            self._go_to_found((self._found_at + step) % len(self._found))

    def _go_to_found(self, place: int) -> None:
        self._found_at = place
        row = self._found[place][0]
        before, self.current = self.current, row
        self._update_row(before)
        self._set_following(False)
        self.show_row(row)
        self._describe()
        self.found_changed.emit(place + 1, len(self._found))

    # --- editing ----------------------------------------------------------------------------------------------------

    @property
    def editor(self) -> TurnEditor | None:
        """The field in which an utterance is being corrected."""
        return self._editor

    def edit(self, row: int | None = None) -> None:
        """Correct the text of the selected utterance where it stands."""
        row = self.current if row is None else row
        if not self._document.editable or not 0 <= row < len(self._rows):
            return
        self.end_edit(keep=True)
        self.current = row
        self._set_following(False)
        self.show_row(row)
        utterance = self._rows.timeline[row]
        self._corrected = self._place_of(utterance)
        self._editor = editor = TurnEditor(utterance.text, self._theme, self.viewport())
        editor.setAccessibleName(self.tr("Correct the text at {time}").format(time=exact_clock(utterance.t_start)))
        editor.setToolTip(self.tr("Ctrl+Enter saves, Ctrl+Shift+Enter divides the turn at the cursor, Esc cancels"))
        editor.finished.connect(self._on_edited)
        editor.resized.connect(self._place_editor)
        self._place_editor()
        editor.show()
        editor.setFocus()

    def end_edit(self, *, keep: bool) -> None:
        """Close the field; with ``keep``, what was typed is kept."""
        if self._editor is not None:
            self._editor.finish(keep=keep)

    def _on_edited(self, text: str, keep: bool) -> None:
        editor, self._editor = self._editor, None
        corrected, self._corrected = self._corrected, None
        if editor is None or corrected is None:
            return
        editor.hide()
        editor.deleteLater()
        self.setFocus()
        if keep and text.strip() != corrected.utterance.text:
            edit = EditText(utterance_id=corrected.utterance.utterance_id, text=text.strip())
            self._document.apply_to(corrected.conversation_id, corrected.run, edit)
        self.viewport().update()

    def divide(self, t: float) -> None:
        """Make two turns of one: at the cursor in its field, else before the word selected first or said at ``t``."""
        editor, corrected = self._editor, self._corrected
        if editor is not None and corrected is not None:
            word = editor.words_before
            self.end_edit(keep=True)
            self._divide(corrected, word)
            return
        self._divide_at(*(min(self._selection) if self._selection is not None else self._place_heard(t)))

    def _divide_at(self, row: int, place: int) -> None:
        """Divide before the word in which a character stands."""
        if self._document.editable and 0 <= row < len(self._rows):
            utterance = self._rows.timeline[row]
            self._divide(self._place_of(utterance), sum(start <= place for start in word_starts(utterance.text)) - 1)

    def _place_heard(self, t: float) -> Place:
        """Where the word stands that is said at second ``t``, in the selected row if it is said there."""
        row = self._document.index_at(t)
        if 0 <= self.current < len(self._rows):
            utterance = self._rows.timeline[self.current]
            row = self.current if utterance.t_start <= t <= utterance.t_end else row
        word = self._shape(row).word_at(t) if 0 <= row < len(self._rows) else None
        return row, word.start if word is not None else 0

    def _divide(self, where: Corrected, word: int) -> None:
        division = DivideUtterance(utterance_id=where.utterance.utterance_id, word=word)
        self._part_wanted = division.part_id
        self._document.apply_to(where.conversation_id, where.run, division)

    def _place_of(self, utterance: Utterance) -> Corrected:
        result = self._document.result
        return Corrected(self._document.conversation_id, result.run if result is not None else 0, utterance)

    def _take_editor_along(self) -> None:
        """Go on with a correction in what is there now; where its turn is not, keep it in the run that it is from."""
        editor, corrected = self._editor, self._corrected
        if editor is None or corrected is None:
            return
        row = self._row_of(corrected) if self._document.editable else -1
        if row < 0:
            self._say_where(corrected, editor.toPlainText())
            self.end_edit(keep=True)
            return
        now = self._rows.timeline[row]
        self._corrected = self._place_of(now)
        if editor.toPlainText().strip() == corrected.utterance.text != now.text:
            editor.setPlainText(now.text)
        self.current = row
        self._set_following(False)
        self.show_row(row)
        self._settle_visible()
        self._place_editor()

    def _row_of(self, corrected: Corrected) -> int:
        """Where the utterance is now that is being corrected; -1 where it is not."""
        result = self._document.result
        if result is None or corrected.conversation_id != self._document.conversation_id:
            return -1
        if result.run == corrected.run:
            return self._document.index_of(corrected.utterance.utterance_id)
        return next((row for row, now in enumerate(self._rows.timeline) if corrected.stands_in(now)), -1)

    def _say_where(self, corrected: Corrected, text: str) -> None:
        """Say where what was typed is to be found, where another run of the conversation came in between."""
        result = self._document.result
        moved = (
            result is not None
            and result.run != corrected.run
            and corrected.conversation_id == self._document.conversation_id
        )
        if moved and text.strip() != corrected.utterance.text:
            self._context.notices.show(
                self.tr("Your correction is kept in run {number}.").format(number=corrected.run),
                self.tr("The analysis that is shown now has no turn at the same time."),
                choices=[
                    (
                        self.tr("Show run {number}").format(number=corrected.run),
                        partial(self._document.show_run, corrected.run),
                    )
                ],
            )

    def _place_editor(self) -> None:
        row = self._row_of(self._corrected) if self._corrected is not None else -1
        if self._editor is None or row < 0:
            return
        origin = self._text_origin(row)
        height = max(self._shape(row).text_height + 16, self._editor.wanted_height)
        self._editor.setGeometry(
            round(origin.x()) - 10, round(origin.y()) - 6, round(self._measures.text) + 20, round(height)
        )

    def _reassign(self, ids: list[str], speaker: str | None) -> None:
        self._document.apply(ReassignUtterances(ids=ids, speaker=speaker))

    def _give_to(self, place: int) -> None:
        """What is selected was said by the first, second, … speaker."""
        speakers = self._document.speakers
        if self._document.editable and place < len(speakers):
            self._reassign(self._ids_of(self.current), speakers[place])

    def context_menu(self, row: int, place: int | None = None) -> QMenu:
        """What can be done with a row, at a character of it."""
        menu = QMenu(self)
        utterance = self._rows.timeline[row]
        ids = self._ids_of(row)
        rest = turn_from(self._rows.timeline, row)
        commands = self._context.commands
        play = menu.addAction(self._theme.icon("play"), self.tr("Play from here"))
        play.triggered.connect(lambda: self.play.emit(utterance.t_start))
        edit = menu.addAction(
            self._theme.icon("edit"), self.tr("Correct the text") + "\t" + commands.shortcut_text("review.edit")
        )
        edit.triggered.connect(lambda: self.edit(row))
        edit.setEnabled(self._document.editable)
        divide = menu.addAction(self.tr("Divide the turn here") + "\t" + commands.shortcut_text("review.divide"))
        if place is None or self._selected_in(row) is not None:
            divide.triggered.connect(lambda: commands.run("review.divide"))
        else:
            divide.triggered.connect(lambda: self._divide_at(row, place))
        divide.setEnabled(self._document.editable)
        copy = menu.addAction(self._theme.icon("copy"), self.tr("Copy with times"))
        copy.triggered.connect(self.copy)
        mark = menu.addAction(self._theme.icon("marker"), self.tr("Add a marker here"))
        mark.triggered.connect(lambda: self.marker_wanted.emit(utterance.t_start))
        menu.addSeparator()
        said_by = menu.addMenu(
            self._theme.icon("speaker"),
            self.tr("Assign to speaker") if len(ids) == 1 else self.tr("Assign the selection to speaker"),
        )
        self._offer_speakers(said_by, partial(self._reassign, ids), utterance.speaker, with_keys=True)
        split = menu.addMenu(self._theme.icon("people"), self.tr("From here on, assign to speaker"))
        self._offer_speakers(split, partial(self._reassign, rest), utterance.speaker)
        same = menu.addMenu(
            self.tr("Merge {name} with").format(name=isolated(self._document.name_of(utterance.speaker)))
        )
        for label in self._document.speakers:
            if label != utterance.speaker:
                action = same.addAction(self._document.name_of(label))
                action.triggered.connect(
                    lambda _=False, into=label: self._document.apply(
                        MergeSpeakers(labels=[utterance.speaker], into=into)
                    )
                )
        menu.addSeparator()
        for verdict, text in (("agree", self.tr("Agree: {what}")), ("disagree", self.tr("Disagree: {what}"))):
            if utterance.emotion.dominant is not None:
                judge = menu.addAction(
                    text.format(what=self.tr("sounds") + f" {emotion_name(utterance.emotion.dominant)}")
                )
                judge.triggered.connect(
                    lambda _=False, verdict=verdict: self._document.apply(
                        Judge(target=utterance.utterance_id, score="emotion", verdict=verdict)
                    )
                )
        for changing in (said_by, split, same):
            changing.setEnabled(self._document.editable and bool(changing.actions()))
        return menu

    def _ids_of(self, row: int) -> list[str]:
        """Utterances that a deed at a row is about: those selected, if it is one of them."""
        if self._selection is not None:
            (first, _), (last, _) = sorted(self._selection)
            if first <= row <= last and first != last:
                return [u.utterance_id for u in self._rows.timeline[first : last + 1]]
        return [self._rows.timeline[row].utterance_id]

    def _offer_speakers(
        self, menu: QMenu, give: Callable[[str | None], None], now: str, *, with_keys: bool = False
    ) -> None:
        for place, label in enumerate(self._document.speakers, 1):
            keys = f"\t{place}" if with_keys and place < 10 else ""
            action = menu.addAction(self._document.name_of(label) + keys)
            action.setCheckable(True)
            action.setChecked(label == now)
            action.triggered.connect(lambda _=False, label=label: give(label))
        menu.addSeparator()
        menu.addAction(self.tr("New speaker")).triggered.connect(lambda: give(None))

    # --- drawing ----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        first, last = self._settle_visible()
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.colour("surface"))
        for row in range(first, last + 1):
            rect = self.row_rect(row)
            if rect.intersects(event.rect()):
                self._paint_row(painter, row, rect)
        if self.empty_text:
            painter.setPen(self._theme.colour("secondary"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self.empty_text)
        painter.end()

    def _paint_row(self, painter: QPainter, row: int, rect: QRect) -> None:
        theme, m, utterance = self._theme, self._measures, self._rows.timeline[row]
        colour = theme.speaker(self._document.speaker_index(utterance.speaker))
        if row == self.current:
            painter.fillRect(rect, theme.colour("selected" if self.hasFocus() else "hover"))
        origin = self._text_origin(row)
        bar = QRectF(m.left - theme.space(1) - BAR, rect.top() + (PAD if self._rows.heads[row] else 0), BAR, 0)
        bar.setBottom(rect.bottom() + 1)
        painter.fillRect(bar, colour)
        if self._rows.heads[row]:
            painter.setFont(theme.font("base", bold=True))
            painter.setPen(colour)
            place = QRectF(origin.x(), rect.top() + PAD, m.text, m.head)
            name = painter.fontMetrics().elidedText(
                self._document.name_of(utterance.speaker), Qt.TextElideMode.ElideRight, round(m.text)
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, name)
        painter.setFont(theme.font("caption", tabular=True))
        painter.setPen(theme.colour("secondary"))
        scale = max(1.0, theme.scale)
        when = QRectF(0, origin.y(), TIME_WIDTH * scale, m.line)
        painter.drawText(
            when, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, exact_clock(utterance.t_start)
        )
        chip = QRectF(
            when.right() + theme.space(1), origin.y() + (m.line - 17 * scale) / 2, (CHIP_WIDTH - 6) * scale, 17 * scale
        )
        self._paint_chip(painter, chip, utterance)
        self._paint_text(painter, row, origin)
        self._paint_notes(painter, row)

    def _paint_chip(self, painter: QPainter, rect: QRectF, utterance: Utterance) -> None:
        """The expressed emotion by letter and colour, valence by its sign; an outline without evidence."""
        dominant = utterance.emotion.dominant
        painter.setFont(self._theme.font("caption", bold=True))
        if dominant is None:
            painter.setPen(QPen(self._theme.colour("disabled"), 1, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, 4, 4)
            painter.setPen(self._theme.colour("secondary"))
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, "–")
            return
        look = self._theme.emotion(dominant)
        weak = utterance.emotion.confidence_level == "low"
        painter.setPen(QPen(look.colour, 1.5) if weak else Qt.PenStyle.NoPen)
        painter.setBrush(Qt.BrushStyle.NoBrush if weak else look.colour)
        painter.drawRoundedRect(rect, 4, 4)
        painter.setPen(self._theme.colour("text") if weak else self._theme.on(look.colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{look.letter} {valence_sign(utterance)}".strip())

    def _paint_text(self, painter: QPainter, row: int, origin: QPointF) -> None:
        shape = self._shape(row)
        marks: list[QTextLayout.FormatRange] = []
        ink = self._theme.colour("text")

        def mark(start: int, end: int, back: QColor, text: QColor) -> None:
            format = QTextCharFormat()
            format.setBackground(back)
            format.setForeground(text)
            marks.append(span(start, end, format))

        for place, (found_row, start, end) in enumerate(self._found):
            if found_row == row:
                back = self._theme.colour("warning" if place == self._found_at else "selected")
                mark(start, end, back, self._theme.on(back))
        if row == self._playing_row and self._playing_word is not None:
            back = self._theme.colour("accent")
            mark(*self._playing_word, back, self._theme.colour("on_accent"))
        chosen = self._selected_in(row)
        if chosen is not None:
            mark(*chosen, self._theme.colour("accent"), self._theme.colour("on_accent"))
        utterance = self._rows.timeline[row]
        painter.setPen(ink if utterance.text else self._theme.colour("disabled"))
        shape.text.draw(painter, origin, marks)
        if utterance.edited:
            size = 12
            corner = QPointF(origin.x() + self._measures.text + 2, origin.y() + (self._measures.line - size) / 2)
            self._theme.icon("edit", "secondary").paint(painter, QRect(corner.toPoint(), QSize(size, size)))

    def _selected_in(self, row: int) -> tuple[int, int] | None:
        if self._selection is None:
            return None
        (first, start), (last, end) = sorted(self._selection)
        if not first <= row <= last:
            return None
        return start if row == first else 0, end if row == last else len(self._rows.timeline[row].text)

    def note_rects(self, row: int) -> list[tuple[QRectF, str, str, str]]:
        """Where the notes of a row are, with their kind, id and text."""
        notes = self._rows.notes.get(row)
        if notes is None:
            return []
        m, origin = self._measures, self._text_origin(row)
        x = origin.x() + m.text + self._theme.space(3) if m.margin else origin.x()
        y = origin.y() if m.margin else origin.y() + self._shape(row).text_height
        width = m.margin - self._theme.space(1) if m.margin else m.text
        found = [("moment", moment.moment_id, category_name(moment.category)) for moment in notes.moments]
        found += [
            (
                "marker",
                marker.marker_id,
                " ".join(part for part in (marker.key, marker.note) if part) or self.tr("Marker"),
            )
            for marker in notes.markers
        ]
        return [
            (QRectF(x, y + i * m.note, width, m.note - 2), kind, id, text) for i, (kind, id, text) in enumerate(found)
        ]

    def _paint_notes(self, painter: QPainter, row: int) -> None:
        painter.setFont(self._theme.font("caption"))
        for rect, kind, _, text in self.note_rects(row):
            painter.setPen(QPen(self._theme.colour("border"), 1))
            painter.setBrush(self._theme.colour("background"))
            painter.drawRoundedRect(rect, 4, 4)
            size = round(rect.height()) - 4
            icon = self._theme.icon("marker" if kind == "marker" else "info", "accent_text")
            icon.paint(painter, QRect(round(rect.x()) + 4, round(rect.y()) + 2, size, size))
            painter.setPen(self._theme.colour("text"))
            inner = rect.adjusted(size + 8, 0, -4, 0)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(inner.width()))
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    # --- mouse and keys ---------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            place = self.place_at(event.position())
            if place is None or event.position().y() + self.verticalScrollBar().value() > self._rows.height:
                return
            for rect, kind, id, _ in self.note_rects(place[0]):
                if rect.contains(event.position()):
                    self.picked.emit(kind, id)
                    self._update_row(self.current)
                    self.current = place[0]
                    self._update_row(place[0])
                    return
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.current >= 0:
                start = self._selection[0] if self._selection is not None else (self.current, 0)
                self.select_words(start, place)
                return
            self._pressed = place
            if self._selection is not None:
                self._selection = None
                self.viewport().update()
            following = self._following
            self.select_row(place[0], show=False)
            self._set_following(following)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            place = self.place_at(event.position())
            if place is not None and place != self._pressed:
                self.select_words(self._pressed, place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._selection is not None or event.button() != Qt.MouseButton.LeftButton:
            return
        inside = event.position().x() >= self._measures.left
        word = self._shape(pressed[0]).word_of(pressed[1]) if inside else None
        self.seek.emit(word.t_start if word is not None else self._rows.timeline[pressed[0]].t_start)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        place = self.place_at(event.position())
        if place is not None:
            word = self._shape(place[0]).word_of(place[1])
            self.play.emit(word.t_start if word is not None else self._rows.timeline[place[0]].t_start)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        character = None
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            row, character = self.place_at(QPointF(event.pos())) or (-1, None)
            if row >= 0 and self._selected_in(row) is None:
                self.select_row(row, show=False)
        else:
            row = self.current
        if row >= 0:
            at = event.globalPos() if event.reason() == QContextMenuEvent.Reason.Mouse else self._below(row)
            self.context_menu(row, character).popup(at)

    def _below(self, row: int) -> QPoint:
        return self.viewport().mapToGlobal(self.row_rect(row).bottomLeft() + QPoint(round(self._measures.left), 0))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        self._set_following(False)
        super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        key, page = event.key(), max(1, self.viewport().height() // round(self._measures.line * 3))
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        last = len(self._rows) - 1
        if key in steps and last >= 0:
            self.select_row(min(max(self.current + steps[Qt.Key(key)], 0), last))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current >= 0:
            self.play.emit(self._rows.timeline[self.current].t_start)
        elif Qt.Key.Key_1 <= key <= Qt.Key.Key_9 and not event.modifiers() and self.current >= 0:
            self._give_to(key - Qt.Key.Key_1)
        elif key == Qt.Key.Key_Home:
            self.select_row(0)
        elif key == Qt.Key.Key_End:
            self.select_row(last)
        elif key == Qt.Key.Key_Escape and (self._selection is not None or self._found):
            self._selection, self._found, self._sought = None, [], ""
            self.viewport().update()
        else:
            super().keyPressEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), tip(self._tip_at(QPointF(event.pos()))), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip_at(self, point: QPointF) -> str:
        place = self.place_at(point)
        if place is None:
            return ""
        for rect, _, _, text in self.note_rects(place[0]):
            if rect.contains(point):
                return text
        utterance = self._rows.timeline[place[0]]
        if point.x() >= self._measures.left or point.x() < TIME_WIDTH:
            return ""
        emotion = utterance.emotion
        if emotion.dominant is None:
            return self.tr("Not enough evidence for an emotion")
        text = self.tr("Sounds {emotion}, confidence {confidence}").format(
            emotion=emotion_name(emotion.dominant), confidence=number(emotion.confidence)
        )
        if emotion.valence is None:
            return text
        return text + "\n" + self.tr("Valence {value}").format(value=number(emotion.valence, signed=True))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            top, within = self._anchor()
            self._arrange()
            if top >= 0:
                self._scroll_to(self._rows.top(top) + within)
        else:
            self._set_range()
        self._place_editor()

    def focusInEvent(self, event: object) -> None:  # noqa: N802
        super().focusInEvent(event)  # type: ignore[arg-type]
        if self.current < 0 and len(self._rows):
            self.current = max(self._playing_row, 0)
            self._describe()
        self.viewport().update()

    def focusOutEvent(self, event: object) -> None:  # noqa: N802
        super().focusOutEvent(event)  # type: ignore[arg-type]
        self.viewport().update()
