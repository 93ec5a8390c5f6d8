"""What people write is shown as they wrote it: nothing of it is taken as HTML, in labels or in tooltips."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractItemModel, QAbstractListModel
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from illodesk.operations import (
    AddAnnotation,
    AddMarker,
    AddTier,
    EditText,
    Judge,
    RenameSpeaker,
    SetDetails,
)
from illodesk.ui.library.page import LibraryPage
from illodesk.ui.plain import plain, tip
from illodesk.ui.review.page import ReviewPage
from illodesk.ui.window import MainWindow
from tests.ui.review.conftest import Library

HTML = "<h1>x</h1> <b>"
ROLE = Qt.ItemDataRole.ToolTipRole


def taken_as_html(text: str, format: Qt.TextFormat = Qt.TextFormat.AutoText) -> bool:
    """Whether a text of ours shows somebody's ``<h1>`` as a heading."""
    if format == Qt.TextFormat.AutoText and not Qt.mightBeRichText(text):
        return False
    return format != Qt.TextFormat.PlainText and "<h1>" in text.casefold()


def tips_of(model: QAbstractItemModel) -> list[str]:
    columns = range(1 if isinstance(model, QAbstractListModel) else model.columnCount())
    found = [model.data(model.index(row, column), ROLE) for row in range(model.rowCount()) for column in columns]
    found += [model.headerData(column, Qt.Orientation.Horizontal, ROLE) for column in columns]
    return [text for text in found if text]


def wrong_in(window: QWidget) -> list[str]:
    """What of a window would be drawn as HTML though somebody wrote it."""
    found = []
    for widget in [window, *window.findChildren(QWidget)]:
        texts = [(widget.toolTip(), Qt.TextFormat.AutoText), (widget.whatsThis(), Qt.TextFormat.AutoText)]
        if isinstance(widget, QLabel):
            texts.append((widget.text(), widget.textFormat()))
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            texts += [(text, Qt.TextFormat.AutoText) for text in tips_of(widget.model())]
        found += [f"{type(widget).__name__}: {text}" for text, format in texts if taken_as_html(text, format)]
    return found


@pytest.fixture
def page(open_page: Callable[..., ReviewPage], library: Library) -> ReviewPage:
    """The review of a talk in which everything that people can write looks like HTML."""
    desk, talk = library.desk, library.talk
    utterance = desk.result(talk).timeline[0].utterance_id
    desk.apply(
        talk,
        SetDetails(title=f"Call {HTML}", tags=[f"tag {HTML}"], project=f"project {HTML}", notes=f"notes {HTML}"),
        RenameSpeaker(label="Speaker_0", name=f"{HTML}Tom"),
        RenameSpeaker(label="Speaker_1", name=f"Ann {HTML}"),
        EditText(utterance_id=utterance, text=f"I say {HTML}"),
        AddMarker(marker_id="marker_1", t=1.0, key=HTML, note=f"marker {HTML}"),
        AddTier(name=f"tier {HTML}", vocabulary=[f"value {HTML}"]),
        AddAnnotation(annotation_id="a1", tier=f"tier {HTML}", t_start=1.0, t_end=2.0, value=f"value {HTML}"),
        Judge(target=utterance, score="valence", verdict="correct", value=HTML),
    )
    return open_page(talk)


def test_nothing_that_people_write_is_taken_as_html(page: ReviewPage, qtbot: QtBot, library: Library) -> None:
    window = page.window()
    assert isinstance(window, MainWindow)
    shown = library.desk.result(library.talk)
    seen = []
    things = [
        ("utterance", shown.timeline[0].utterance_id),
        ("moment", "moment_000"),
        ("phase", "phase_1"),
        ("marker", "marker_1"),
        ("annotation", "a1"),
    ]
    for kind, id in things:
        page.inspect(kind, id)
        QApplication.processEvents()
        assert wrong_in(window) == [], kind
        seen += [label.text() for label in window.findChildren(QLabel)]
    page.show_side("story")
    page.story.renew()
    page.lanes.select(0.5, 6.0)
    qtbot.waitUntil(page.lanes.panel.isVisible)
    window.context.notices.show(f"Removed {HTML}", f"It was {HTML}")
    assert wrong_in(window) == []
    window.open_page("library")
    library_page = window.current_page
    assert isinstance(library_page, LibraryPage)
    qtbot.waitUntil(lambda: library_page.conversations.rowCount() == 4)
    titles = [library_page.conversations.index(row, 0).data() for row in range(4)]
    library_page.toggle_details()
    library_page.table.selectRow(next(row for row, title in enumerate(titles) if title and HTML in title))
    qtbot.waitUntil(lambda: any(HTML in label.text() for label in library_page.findChildren(QLabel)))
    assert wrong_in(window) == []
    assert sum(HTML in text for text in seen) > 3


def test_what_looks_like_html_would_be_found(qtbot: QtBot) -> None:
    for label, wrong in ((QLabel(HTML), True), (plain(QLabel(HTML)), False), (QLabel("1 < 2"), False)):
        qtbot.addWidget(label)
        assert bool(wrong_in(label)) == wrong
    label = plain(QLabel())
    qtbot.addWidget(label)
    label.setToolTip(HTML)
    assert wrong_in(label)
    label.setToolTip(tip(HTML))
    assert not wrong_in(label)
    assert (tip("1 < 2 & 3"), tip("a\nb")) == ("1 < 2 & 3", "a\nb")
