"""Comparing: what stands beside what, the figures, and the view of them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QModelIndex, QPointF, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from illodesk.schema import Utterance
from illodesk.ui.review.compare.alignment import Pair, by_time, by_words, differences, text_of
from illodesk.ui.review.compare.figures import curve, figures, mean
from illodesk.ui.review.compare.reading import runs_beside
from illodesk.ui.review.compare.rows import PAIR
from illodesk.ui.review.page import ReviewPage
from tests.ui.review.conftest import Library, result_of

Opener = Callable[..., ReviewPage]


def said(id: str, start: float, end: float, text: str = "words") -> Utterance:
    return Utterance(utterance_id=id, speaker="Speaker_0", t_start=start, t_end=end, text=text)


@st.composite
def transcripts(draw: st.DrawFn, name: str) -> list[Utterance]:
    lengths = draw(st.lists(st.tuples(st.floats(0, 3), st.floats(0.1, 5)), max_size=12))
    found, at = [], 0.0
    for i, (gap, length) in enumerate(lengths):
        at += gap
        found.append(said(f"{name}{i}", at, at + length, draw(st.sampled_from(["yes", "no", "what then"]))))
        at += length
    return found


def everything(pairs: list[Pair]) -> tuple[list[str], list[str]]:
    return (
        [u.utterance_id for pair in pairs for u in pair.left],
        [u.utterance_id for pair in pairs for u in pair.right],
    )


@given(transcripts("a"), transcripts("b"))
def test_every_utterance_stands_in_one_row(left: list[Utterance], right: list[Utterance]) -> None:
    for pairs in (by_time(left, right), by_words(left, right)):
        found = everything(pairs)
        assert sorted(found[0]) == sorted(u.utterance_id for u in left)
        assert sorted(found[1]) == sorted(u.utterance_id for u in right)
        assert all(pair.left or pair.right for pair in pairs)


@given(transcripts("a"))
def test_a_transcript_beside_itself_is_the_same_everywhere(left: list[Utterance]) -> None:
    for pairs in (by_time(left, left), by_words(left, left)):
        assert all(pair.same for pair in pairs)


def test_what_was_cut_in_two_stands_beside_the_whole() -> None:
    pairs = by_time([said("a", 0, 10)], [said("b", 0, 4), said("c", 5, 10), said("d", 20, 21)])
    assert [(len(pair.left), [u.utterance_id for u in pair.right]) for pair in pairs] == [(1, ["b", "c"]), (0, ["d"])]


def test_another_speaker_is_a_difference_between_runs() -> None:
    left, right = result_of(), result_of()
    right.timeline[1].speaker = "Speaker_2"
    pairs = runs_beside(left, right)
    assert [pair.same for pair in pairs] == [True, False, True, True]
    assert all(pair.same_words for pair in pairs)


def test_other_words_are_marked_but_not_other_marks_or_case() -> None:
    left, right = "Half of that, at most.", "half of this at most"
    mine, theirs = differences(left, right)
    assert [left[a:b] for a, b in mine] == ["that,"]
    assert [right[a:b] for a, b in theirs] == ["this"]
    assert differences("quite another thing", "nothing in common") == ([], [])


def test_figures_are_means_weighted_by_length_and_none_without_evidence() -> None:
    long, short = said("a", 0, 3), said("b", 3, 4)
    long.emotion.valence, short.emotion.valence = 0.4, -0.4
    assert mean([long, short], "valence") == np.float64((3 * 0.4 - 0.4) / 4)
    assert mean([long], "engagement") is None
    found = {(f.name, f.speaker): f for f in figures(result_of(), result_of(valence=0.8))}
    valence = found["valence", ""]
    assert valence.difference is not None
    assert round(valence.difference, 6) == 0.4
    assert ("talk_share", "Speaker 1") in found
    assert ("engagement", "") not in found


def test_a_curve_has_gaps_where_nobody_speaks() -> None:
    values = curve(result_of(), "valence", bins=24)
    assert values[0] == 0.4
    assert np.isnan(values[5])


def test_two_conversations_are_shown_beside_each_other(
    qtbot: QtBot, open_page: Opener, library: Library, tmp_path: Path
) -> None:
    page = open_page()
    page.context.commands.run("review.compare")
    qtbot.waitUntil(lambda: page.compare.comparison is not None)
    assert page.stack.currentWidget() is page.compare
    names = [page.compare.choice.itemText(i) for i in range(page.compare.choice.count())]
    choice = next(i for i, name in enumerate(names) if name.startswith("Another talk"))
    page.compare.choice.setCurrentIndex(choice)
    page.compare.choice.activated.emit(choice)
    qtbot.waitUntil(lambda: page.compare.comparison is not None and "Another" in page.compare.comparison.names[1])
    assert page.compare.pairs.rowCount() == 4
    page.compare.only_other.setChecked(True)
    assert page.compare.pairs.rowCount() == 2
    shown: Pair = page.compare.pairs.index(0, 0, QModelIndex()).data(PAIR)
    assert (text_of(shown.left), text_of(shown.right)) == ("nine hundred dollars", "eight hundred dollars")
    page.compare.list.activated.emit(page.compare.pairs.index(0, 0, QModelIndex()))
    assert page.stack.currentWidget() is page.review
    assert abs(page.playhead.position - 6.0) < 0.02


def test_two_runs_are_compared_first(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    store = library.desk._store
    store.finish_run(store.start_run(library.talk).id, result_of(("good morning to them", "hello what does it cost")))
    page = open_page()
    page.begin_compare()
    qtbot.waitUntil(lambda: page.compare.comparison is not None)
    assert page.compare.comparison is not None
    assert page.compare.comparison.names == ("Run 2", "Run 1")
    assert [pair.same for pair in page.compare.comparison.pairs] == [False, True, False, False]
    row = page.compare.figures.row_of("utterances")
    cells = [page.compare.figures.index(row, i).data() for i in range(4)]
    assert cells == ["Utterances", "2", "4", "▲ +2"]


def test_the_curves_of_both_are_read_stretch_by_stretch(qtbot: QtBot, open_page: Opener, library: Library) -> None:
    store = library.desk._store
    store.finish_run(store.start_run(library.talk).id, result_of(valence=-0.25))
    page = open_page()
    page.begin_compare()
    qtbot.waitUntil(lambda: page.compare.comparison is not None and page.compare.plot is not None)
    plot = page.compare.plot
    assert plot is not None
    assert plot.view.accessibleName() == "Valence over time"
    assert plot.view.accessibleDescription() == "Run 2: from −0.25 to −0.25; Run 1: from 0.40 to 0.40"
    assert [curve.opts["pen"].style() for curve in plot.curves] == [Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine]
    QTest.keyClick(plot.view, Qt.Key.Key_Right)
    assert plot.read_out.text() == "Valence\nRun 2, 0:00.1: −0.25\nRun 1, 0:00.1: +0.40"
    plot.point(QPointF(22.5, 0.0))  # between two turns
    assert plot.read_out.text() == "Valence\nRun 2, 0:02.7: not enough evidence\nRun 1, 0:02.7: not enough evidence"
    plot.point(None)
    assert plot.read_out.text().startswith("Point with the mouse")
    page.compare.table.selectRow(page.compare.figures.row_of("arousal"))
    assert plot.view.accessibleName() == "Arousal over time"


def test_a_curve_is_drawn_with_its_gaps(qtbot: QtBot, open_page: Opener) -> None:
    page = open_page()
    page.begin_compare()
    qtbot.waitUntil(lambda: page.compare.plot is not None and page.compare.comparison is not None)
    plot = page.compare.plot
    assert plot is not None
    values = np.array([0.5, np.nan, np.nan, 0.5, 0.5])
    plot.show_curves("engagement", values, np.full(5, np.nan), ("this", "that"), (10.0, 20.0))
    drawn = plot.view.grab().toImage()

    def coloured(share: float) -> bool:
        at = plot.view.mapFromScene(plot.box.mapViewToScene(QPointF(100 * share, 0.5)))
        return any(drawn.pixelColor(at.x(), at.y() + i) == plot.theme.speaker(0) for i in range(-3, 4))

    assert [coloured(share) for share in (0.1, 0.3, 0.5, 0.7, 0.9)] == [True, False, False, True, True]
