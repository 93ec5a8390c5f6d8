"""Everything that can be done on the review page, with its keys."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from illodesk.ui.commands import Command

if TYPE_CHECKING:
    from illodesk.ui.review.page import ReviewPage

translate = QCoreApplication.translate


def review_commands(page: ReviewPage) -> list[Command]:
    """The commands of a review page."""
    return [*playing(page), *finding(page), *correcting(page), *showing(page)]


def playing(page: ReviewPage) -> list[Command]:
    """Transport: also what the buttons below everything do."""
    head = page.playhead
    there = lambda: page.document.result is not None  # noqa: E731
    heard = lambda: head.available  # noqa: E731
    return [
        Command(
            "review.play",
            translate("Review", "Play or pause"),
            head.toggle,
            "Space; K; Ctrl+Space",
            "playback",
            heard,
            icon="play",
        ),
        Command(
            "review.play_selection",
            translate("Review", "Play the selection"),
            page.play_selection,
            "Shift+Space",
            "playback",
            heard,
        ),
        Command(
            "review.loop",
            translate("Review", "Loop the selection or the turn"),
            page.toggle_loop,
            "Ctrl+L",
            "playback",
            heard,
            checked=lambda: head.loop is not None,
            icon="loop",
        ),
        Command(
            "review.follow",
            translate("Review", "Follow the playhead"),
            page.toggle_follow,
            "T",
            "playback",
            there,
            checked=lambda: page.transcript.following,
            icon="follow",
        ),
        Command(
            "review.previous_turn",
            translate("Review", "Previous turn"),
            partial(head.step_turn, -1),
            "Alt+Up; P",
            "playback",
            there,
            icon="back",
        ),
        Command(
            "review.next_turn",
            translate("Review", "Next turn"),
            partial(head.step_turn, 1),
            "Alt+Down; N",
            "playback",
            there,
            icon="forward",
        ),
        Command(
            "review.back",
            translate("Review", "Back five seconds"),
            partial(head.step, -5.0),
            "J; Shift+Left",
            "playback",
            there,
            icon="left",
        ),
        Command(
            "review.forward",
            translate("Review", "Forward five seconds"),
            partial(head.step, 5.0),
            "L; Shift+Right",
            "playback",
            there,
            icon="right",
        ),
        Command(
            "review.back_second",
            translate("Review", "Back one second"),
            partial(head.step, -1.0),
            "Left",
            "playback",
            there,
            palette=False,
        ),
        Command(
            "review.forward_second",
            translate("Review", "Forward one second"),
            partial(head.step, 1.0),
            "Right",
            "playback",
            there,
            palette=False,
        ),
        Command(
            "review.back_tenth",
            translate("Review", "Back a tenth of a second"),
            partial(head.step, -0.1),
            "Alt+Left",
            "playback",
            there,
            palette=False,
        ),
        Command(
            "review.forward_tenth",
            translate("Review", "Forward a tenth of a second"),
            partial(head.step, 0.1),
            "Alt+Right",
            "playback",
            there,
            palette=False,
        ),
        Command(
            "review.slower",
            translate("Review", "Play slower"),
            partial(head.step_speed, -1),
            "[",
            "playback",
            heard,
        ),
        Command(
            "review.faster", translate("Review", "Play faster"), partial(head.step_speed, 1), "]", "playback", heard
        ),
    ]


def finding(page: ReviewPage) -> list[Command]:
    """Words in the transcript."""
    there = lambda: page.document.result is not None  # noqa: E731
    return [
        Command(
            "review.find", translate("Review", "Find"), page.find_bar.begin, "Ctrl+F", "edit", there, icon="search"
        ),
        Command("review.find_next", translate("Review", "Find next"), page.transcript.find_next, "F3", "edit", there),
        Command(
            "review.find_previous",
            translate("Review", "Find previous"),
            partial(page.transcript.find_next, -1),
            "Shift+F3",
            "edit",
            there,
        ),
        Command(
            "review.copy",
            translate("Review", "Copy with times and names"),
            page.transcript.copy,
            "Ctrl+C",
            "edit",
            there,
        ),
    ]


def correcting(page: ReviewPage) -> list[Command]:
    """What changes the conversation; all of it can be undone."""
    document = page.document
    able = lambda: document.editable  # noqa: E731
    return [
        Command(
            "review.undo",
            translate("Review", "Undo"),
            document.undo,
            "Ctrl+Z",
            "edit",
            lambda: document.can_undo,
            icon="undo",
        ),
        Command(
            "review.redo",
            translate("Review", "Redo"),
            document.redo,
            "Ctrl+Y; Ctrl+Shift+Z",
            "edit",
            lambda: document.can_redo,
            icon="redo",
        ),
        Command(
            "review.edit", translate("Review", "Correct the text"), page.edit_here, "F2", "edit", able, icon="edit"
        ),
        Command(
            "review.divide",
            translate("Review", "Divide the turn here"),
            page.divide_here,
            "Ctrl+Shift+Return",
            "edit",
            able,
        ),
        Command(
            "review.rename",
            translate("Review", "Rename the speaker"),
            page.rename_here,
            "R",
            "edit",
            able,
            icon="people",
        ),
        Command(
            "review.select_turn",
            translate("Review", "Select the turn in the lanes"),
            page.select_turn,
            "W",
            "edit",
            able,
        ),
        Command(
            "review.marker",
            translate("Review", "Add a marker at the playhead"),
            page.mark_here,
            "M",
            "edit",
            able,
            icon="marker",
        ),
        Command(
            "review.rescore",
            translate("Review", "Recompute the scores from the corrections"),
            page.rescore,
            "",
            "edit",
            lambda: document.editable and not page.busy,
            icon="rotate",
        ),
        Command(
            "review.reanalyse",
            translate("Review", "Re-analyse the recording"),
            page.reanalyse,
            "",
            "edit",
            lambda: document.media is not None and not document.trashed and not page.busy,
        ),
    ]


def showing(page: ReviewPage) -> list[Command]:
    """Which part of the page is there."""
    there = lambda: page.document.result is not None  # noqa: E731
    return [
        Command(
            "review.inspector",
            translate("Review", "Show the inspector"),
            partial(page.show_side, "inspector"),
            "I",
            "view",
            there,
            icon="info",
        ),
        Command(
            "review.story",
            translate("Review", "Show the summary and phases"),
            partial(page.show_side, "story"),
            "S",
            "view",
            there,
            icon="note",
        ),
        Command(
            "review.affect",
            translate("Review", "Show the affect plane"),
            partial(page.show_side, "affect"),
            "E",
            "view",
            there,
            icon="plane",
        ),
        Command(
            "review.compare",
            translate("Review", "Compare with another run or conversation"),
            page.begin_compare,
            "Ctrl+B",
            "view",
            there,
            icon="compare",
        ),
        Command(
            "review.export",
            translate("Review", "Export"),
            page.begin_export,
            "Ctrl+E",
            "file",
            there,
            icon="export",
        ),
    ]
