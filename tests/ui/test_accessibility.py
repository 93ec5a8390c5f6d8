"""Everything can be reached by keyboard and has a name, on every page; colours come from the tokens only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QComboBox, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.settings import Settings
from illodesk.store.store import Store
from illodesk.ui import pages
from illodesk.ui.first_run import FirstRun
from illodesk.ui.settings_page import SettingsPage
from illodesk.ui.window import MainWindow
from tests.ui.review.conftest import result_of

UI = Path(pages.__file__).parent
PAGES = tuple(entry.name for entry in pages.PAGES)
MOST_STEPS = 400


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, open_window: Callable[[Desk], MainWindow]) -> Iterator[MainWindow]:
    """The window on a library with one analysed conversation."""
    with Store(tmp_path / "data") as store:
        conversation = store.add_conversation("The talk")
        store.finish_run(store.start_run(conversation.id).id, result_of())
    with Desk.open(Settings(data_dir=tmp_path / "data")) as desk:
        window = open_window(desk)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        yield window
        window.close()


def show(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """Open a page with something in it, and wait until it is read."""
    what = {"conversation_id": window.context.desk.conversations()[0].id} if name == "review" else {}
    window.open_page(name, **what)
    if name == "record":  # it listens to the devices for as long as it is shown
        qtbot.wait(300)
    else:
        qtbot.waitUntil(lambda: window.tasks.open == 0)


def is_part(control: QWidget) -> bool:
    """Whether a control is a piece of another one: the list of a combo box, the field of a number."""
    whole = control.parentWidget()
    while whole is not None and not isinstance(whole, QComboBox | QLineEdit | QAbstractSpinBox):
        whole = whole.parentWidget()
    return whole is not None


def controls(owner: QWidget) -> list[QWidget]:
    """What can have the keyboard and can be seen."""
    return [
        widget
        for widget in owner.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisibleTo(owner)
        and widget.isEnabledTo(owner)
        and widget.focusProxy() is None
        and not is_part(widget)
        and not widget.objectName().startswith("qt_")
    ]


def described(widget: QWidget) -> str:
    """Which widget it is, for a failed test."""
    above = widget.parentWidget()
    return f"{type(widget).__name__} {widget.accessibleName()!r} in {type(above).__name__}"


def spoken_name(widget: QWidget) -> str:
    """What a screen reader calls it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return "" if interface is None else interface.text(QAccessible.Text.Name)


@pytest.mark.parametrize("name", PAGES)
def test_every_control_has_a_name(qtbot: QtBot, window: MainWindow, name: str) -> None:
    show(qtbot, window, name)
    everything = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not is_part(widget)
        and not isinstance(widget, QScrollArea)
        and not widget.objectName().startswith("qt_")
        and type(widget).__name__ not in ("QHeaderView", "QTableCornerButton")
    ]
    assert [described(widget) for widget in everything if not spoken_name(widget).strip()] == []


@pytest.mark.parametrize("name", PAGES)
def test_the_tab_key_reaches_every_control_and_comes_round(qtbot: QtBot, window: MainWindow, name: str) -> None:
    show(qtbot, window, name)
    window.rail.findChildren(QWidget)[0].setFocus()
    reached: list[QWidget] = []
    for _ in range(MOST_STEPS):
        focus = QApplication.focusWidget()
        assert focus is not None
        if len(reached) > 1 and focus is reached[0]:
            break
        if not reached or focus is not reached[-1]:  # a text with links keeps the keyboard from link to link
            assert focus not in reached, f"in a circle: {[described(one) for one in reached[reached.index(focus) :]]}"
            reached.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    else:
        pytest.fail(f"the tab key does not come round from {described(reached[-1])}")
    missed = [described(widget) for widget in controls(window) if widget not in reached]
    assert missed == []


def test_every_section_of_the_settings_can_be_reached(qtbot: QtBot, window: MainWindow) -> None:
    show(qtbot, window, "settings")
    page = window.current_page
    assert isinstance(page, SettingsPage)
    for row in range(page.sections.count()):
        page.sections.setCurrentRow(row)
        page.sections.setFocus()
        QTest.keyClick(page.sections, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert page.isAncestorOf(focus)
        assert focus is not page.sections


def test_the_first_run_keeps_the_keyboard(
    qtbot: QtBot, empty_desk: Desk, open_window: Callable[[Desk], MainWindow]
) -> None:
    window = open_window(empty_desk)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.begin()
    first = window.findChild(FirstRun)
    assert isinstance(first, FirstRun)
    for _ in range(12):
        focus = QApplication.focusWidget()
        assert focus is not None
        assert first.isAncestorOf(focus), described(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)


def test_colours_come_from_the_tokens_only() -> None:
    literal = re.compile(r"""["']#[0-9A-Fa-f]{3,8}\b|QColor\(\s*\d|GlobalColor\.(?!transparent)""")
    found = [
        f"{path.relative_to(UI)}:{number}: {line.strip()}"
        for path in sorted(UI.rglob("*.py"))
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if literal.search(line)
    ]
    assert found == []
