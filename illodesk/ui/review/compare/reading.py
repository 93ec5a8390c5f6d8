"""Reads two results and everything that is shown of their comparison, outside the GUI thread."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from illodesk.desk import Conversation, Desk
from illodesk.schema import AnalysisResult, Utterance
from illodesk.ui.review.compare.alignment import Pair, by_time, by_words
from illodesk.ui.review.compare.figures import Figure, curve, figures
from illodesk.ui.review.wording import SCORES
from illodesk.ui.words import day, speaker_name

OFFERED = 200


@dataclass(frozen=True)
class Choice:
    """Something to compare with: a run of a conversation. Without ``run`` its current one."""

    conversation_id: str
    run: int | None
    name: str


@dataclass(frozen=True)
class Comparison:
    """Two results beside each other. ``curves`` by the name of the score."""

    left: AnalysisResult
    right: AnalysisResult
    names: tuple[str, str]
    pairs: list[Pair]
    figures: list[Figure]
    curves: dict[str, tuple[NDArray[np.float64], NDArray[np.float64]]]


def run_name(number: int) -> str:
    """What a run is called beside another one of the same conversation."""
    return QCoreApplication.translate("Compare", "Run {number}").format(number=number)


def title_of(conversation: Conversation) -> str:
    """What a conversation is called beside another one."""
    title = conversation.title or conversation.source_name
    return f"{title} · {day(conversation.recorded_at or conversation.created_at)}"


def offers(desk: Desk, conversation_id: str, run: int) -> list[Choice]:
    """Other runs of a conversation, newest first, then other conversations that were analysed."""
    runs = [r for r in reversed(desk.runs(conversation_id)) if r.state in ("complete", "partial") and r.number != run]
    found = [Choice(conversation_id, r.number, run_name(r.number)) for r in runs]
    for other in desk.conversations(limit=OFFERED):
        if other.id != conversation_id and other.current_run is not None:
            found.append(Choice(other.id, None, title_of(other)))
    return found


def name_in(result: AnalysisResult, utterance: Utterance) -> str:
    """Who speaks, as people know them."""
    return speaker_name(result.name_of(utterance.speaker))


def runs_beside(left: AnalysisResult, right: AnalysisResult) -> list[Pair]:
    """Rows of two runs of one recording, in which other speakers are a difference, too."""
    pairs = by_time(left.timeline, right.timeline)
    speakers = [({name_in(left, u) for u in pair.left}, {name_in(right, u) for u in pair.right}) for pair in pairs]
    return [
        replace(pair, other_speakers=bool(mine and theirs and mine != theirs))
        for pair, (mine, theirs) in zip(pairs, speakers, strict=True)
    ]


def compare(desk: Desk, conversation_id: str, run: int, choice: Choice) -> Comparison:
    """Read both and put them beside each other. Raises DeskError."""
    left = desk.result(conversation_id, run)
    right = desk.result(choice.conversation_id, choice.run)
    same = conversation_id == choice.conversation_id
    name = run_name(run) if same else title_of(desk.conversation(conversation_id))
    return Comparison(
        left,
        right,
        (name, choice.name),
        runs_beside(left, right) if same else by_words(left.timeline, right.timeline),
        figures(left, right),
        {score: (curve(left, score), curve(right, score)) for score in SCORES},
    )
