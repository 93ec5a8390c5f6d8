"""The registry of commands, what it feeds, and the palette."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from illodesk.ui.commands import Command, Commands
from illodesk.ui.fuzzy import score
from illodesk.ui.menus import fill
from illodesk.ui.window import MainWindow


@pytest.fixture
def home(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def registry(home: QWidget, **chosen: str) -> Commands:
    return Commands(home, lambda _name: QIcon(), chosen)


def test_a_command_runs_by_its_keys_and_only_when_it_can(qtbot: QtBot, home: QWidget) -> None:
    done: list[str] = []
    can = [True]
    commands = registry(home)
    commands.add(Command("a.do", "Do", lambda: done.append("do"), "Ctrl+D", enabled=lambda: can[0]))
    home.show()
    home.activateWindow()
    qtbot.waitUntil(home.isActiveWindow)
    QTest.keyClick(home, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    assert done == ["do"]
    can[0] = False
    assert not commands.run("a.do")
    assert not commands.action("a.do").isEnabled() or commands.refresh() is None
    assert done == ["do"]


def test_keys_of_a_hidden_page_do_nothing(qtbot: QtBot, home: QWidget) -> None:
    done: list[str] = []
    commands = registry(home)
    pages = [QWidget(home), QWidget(home)]
    column = QVBoxLayout(home)
    for number, page in enumerate(pages):
        column.addWidget(page)
        commands.add(Command(f"p{number}.go", "Go", lambda n=number: done.append(str(n)), "Ctrl+G"), page=page)
    home.show()
    home.activateWindow()
    qtbot.waitUntil(home.isActiveWindow)
    for number in (0, 1):
        pages[1 - number].hide()
        pages[number].show()
        QTest.keyClick(home, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert done == ["0", "1"]
    assert not commands.conflicts("p0.go", "Ctrl+G")


def test_an_id_is_given_once(home: QWidget) -> None:
    commands = registry(home)
    commands.add(Command("a.do", "Do", lambda: None))
    with pytest.raises(ValueError, match=r"a\.do"):
        commands.add(Command("a.do", "Do it", lambda: None))
    commands.remove("a.do", "nothing")
    commands.add(Command("a.do", "Do it", lambda: None))
    assert [command.text for command in commands.all()] == ["Do it"]


def test_keys_can_be_changed_taken_away_and_given_back(home: QWidget) -> None:
    commands = registry(home, **{"a.one": "Ctrl+9"})
    commands.add(Command("a.one", "One", lambda: None, "Ctrl+1"), Command("a.two", "Two", lambda: None, "Ctrl+2; F2"))
    assert commands.shortcut_text("a.one") == QKeySequence("Ctrl+9").toString()
    assert [other.id for other in commands.conflicts("a.one", "F2")] == ["a.two"]
    commands.set_shortcut("a.one", "")
    assert commands.shortcut_text("a.one") == ""
    assert commands.chosen_shortcuts == {"a.one": ""}
    commands.set_shortcut("a.one", None)
    assert commands.shortcut_text("a.one") == QKeySequence("Ctrl+1").toString()
    assert commands.chosen_shortcuts == {}


def test_menus_show_what_can_be_done_now(home: QWidget) -> None:
    commands = registry(home)
    on = [False]
    commands.add(
        Command("a.one", "One", lambda: on.__setitem__(0, True), menu="view", checked=lambda: on[0]),
        Command("a.two", "Two", lambda: None, menu="view", group="second", enabled=lambda: on[0]),
        Command("a.three", "Three", lambda: None),
    )
    menu = QMenu(home)
    fill(menu, commands)
    view = menu.actions()[0].menu()
    assert isinstance(view, QMenu)
    assert [(a.text(), a.isEnabled(), a.isChecked()) for a in view.actions() if not a.isSeparator()] == [
        ("One", True, False),
        ("Two", False, False),
    ]
    view.actions()[0].trigger()
    assert [(a.isEnabled(), a.isChecked()) for a in view.actions() if not a.isSeparator()] == [
        (True, True),
        (True, False),
    ]


def test_no_two_commands_of_the_app_want_the_same_keys(window: MainWindow) -> None:
    for name in window.page_names:
        window.page(name)
    commands = window.commands
    clashes = [
        (command.id, other.id)
        for command in commands.all()
        for other in commands.conflicts(command.id, commands.shortcut_of(command))
    ]
    assert clashes == []


def test_space_presses_the_button_that_has_the_keyboard(qtbot: QtBot, window: MainWindow) -> None:
    done: list[str] = []
    page = window.current_page
    button = QPushButton("Press", page)
    button.clicked.connect(lambda: done.append("button"))
    button.show()
    window.commands.add(Command("x.space", "Space", lambda: done.append("command"), "Space"), page=page)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    page.setFocus()
    QTest.keyClick(page, Qt.Key.Key_Space)
    assert done == ["button", "command"]


@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("dark", "Theme: dark", "Do a remark"),
        ("td", "Theme: dark", "Outdated"),
        ("expo", "Export", "Examine people"),
        ("uber", "Über uns", "Number"),
    ],
)
def test_the_better_fit_comes_first(query: str, better: str, worse: str) -> None:
    first, second = score(query, better), score(query, worse)
    assert first is not None
    assert second is None or first > second


@given(st.text(st.characters(codec="latin-1", categories=["L", "N", "Z"]), min_size=1, max_size=30), st.data())
def test_letters_in_order_are_always_found_and_others_never(text: str, data: st.DataObject) -> None:
    kept = data.draw(st.lists(st.booleans(), min_size=len(text), max_size=len(text)))
    query = "".join(letter for letter, keep in zip(text, kept, strict=True) if keep and not letter.isspace())
    assert score(query, text) is not None
    assert score(query + "☃", text) is None


def test_the_palette_finds_a_command_and_runs_it(qtbot: QtBot, window: MainWindow) -> None:
    window.activateWindow()
    window.commands.run("app.palette")
    assert window.finder.isVisible()
    window.finder.field.setText("thm contr")
    assert window.finder.offers[0].text == "Theme: high contrast"
    QTest.keyClick(window.finder.field, Qt.Key.Key_Return)
    assert window.theme.name == "contrast"
    assert not window.finder.isVisible()


def test_what_is_selected_on_a_hidden_page_is_left_alone(window: MainWindow) -> None:
    done: list[str] = []
    library = window.current_page
    window.commands.add(
        Command("x.selected", "Do it to the selection", lambda: done.append("selected"), enabled=lambda: True),
        Command("x.always", "Do it always", lambda: done.append("always")),
        Command("x.far", "Do it from far", lambda: done.append("far"), enabled=lambda: True, anywhere=True),
        page=library,
    )

    def offered() -> list[tuple[str, str]]:
        window.commands.run("app.palette")
        window.finder.field.setText("do it")
        found = [(o.text, o.detail) for o in window.finder.offers if o.text.startswith("Do it")]
        window.finder.close_palette()
        return sorted(found)

    far, always, selected = [(text, "Library") for text in ("Do it from far", "Do it always", "Do it to the selection")]
    assert offered() == sorted([always, far, selected])
    window.open_page("settings")
    assert offered() == sorted([always, far])
    for id in ("x.selected", "x.always", "x.far"):
        window.commands.run(id)
    assert done == ["always", "far"]


def test_escape_closes_the_palette_and_a_search_is_always_offered(qtbot: QtBot, window: MainWindow) -> None:
    window.commands.run("app.palette")
    window.finder.field.setText("zzzz")
    qtbot.waitUntil(lambda: window.tasks.open == 0)
    assert ["zzzz" in offer.text for offer in window.finder.offers] == [True]
    QTest.keyClick(window.finder.field, Qt.Key.Key_Escape)
    assert not window.finder.isVisible()


def test_taking_keys_takes_them_from_whoever_had_them(window: MainWindow) -> None:
    window.commands.run("app.shortcuts")
    sheet = window.findChild(type(window._sheet))
    assert sheet is not None
    editor = sheet.editor
    editor.select("app.quit")
    editor.keys.setKeySequence(QKeySequence("Ctrl+K"))
    assert "Search and commands" in editor.verdict.text()
    editor.take.click()
    assert window.commands.shortcut_text("app.quit") == QKeySequence("Ctrl+K").toString()
    assert window.commands.shortcut_text("app.palette") == ""
    editor.select("app.quit")
    editor.reset.click()
    assert window.commands.shortcut_text("app.quit") == QKeySequence("Ctrl+Q").toString()
    editor.filter.setText("theme:")
    assert editor.table.topLevelItemCount() == 4
    sheet.close()
