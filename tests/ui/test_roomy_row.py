"""Words of buttons go where there is no room for them, and come back."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from illodesk.ui.roomy_row import ICON, WORDS, RoomyRow, width_with_words


@pytest.fixture
def row(qtbot: QtBot) -> RoomyRow:
    row = RoomyRow(4)
    qtbot.addWidget(row)
    for text in ("Agree", "Disagree", "Say something else"):
        button = QToolButton()
        button.setText(text)
        button.setIcon(QIcon(QPixmap(16, 16)))
        row.add(button)
    return row


def styles(row: RoomyRow) -> set[object]:
    return {button.toolButtonStyle() for button in row.findChildren(QToolButton)}


def test_words_go_and_come_back(row: RoomyRow) -> None:
    row.show()
    row.resize(row.sizeHint())
    assert styles(row) == {WORDS}
    row.resize(row.sizeHint().width() - 1, row.height())
    assert styles(row) == {ICON}
    row.resize(row.sizeHint().width() + 50, row.height())
    assert styles(row) == {WORDS}


def test_the_room_it_wants_does_not_depend_on_what_it_shows(row: RoomyRow) -> None:
    wanted = row.sizeHint().width()
    row.show()
    row.resize(row.minimumSizeHint())
    assert styles(row) == {ICON}
    assert row.sizeHint().width() == wanted
    assert row.minimumSizeHint().width() < wanted


def test_a_width_is_reckoned_as_qt_does(row: RoomyRow) -> None:
    for button in row.findChildren(QToolButton):
        assert button.sizeHint().width() == width_with_words(button)


def test_the_words_stay_as_tooltips(row: RoomyRow) -> None:
    assert [button.toolTip() for button in row.findChildren(QToolButton)] == ["Agree", "Disagree", "Say something else"]
