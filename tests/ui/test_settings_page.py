"""The settings page on the real settings file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QSpinBox
from pytestqt.qtbot import QtBot

from illodesk.schema import Purpose, Region
from illodesk.settings import Settings, settings_file
from illodesk.ui.settings_page import SettingsPage
from illodesk.ui.window import MainWindow


def page_of(window: MainWindow) -> SettingsPage:
    window.open_page("settings")
    page = window.current_page
    assert isinstance(page, SettingsPage)
    return page


def choose(page: SettingsPage, name: str, value: str) -> None:
    box = page.controls[name]
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def test_a_choice_is_written_and_holds_at_once(window: MainWindow) -> None:
    page = page_of(window)
    choose(page, "purpose", "coaching")
    media, size = page.controls["keep_media"], page.controls["max_file_size_mb"]
    assert isinstance(media, QCheckBox)
    assert isinstance(size, QSpinBox)
    media.click()
    size.setValue(42)
    for settings in (window.context.settings, Settings()):
        assert settings.purpose is Purpose.COACHING
        assert settings.keep_media is False
        assert settings.max_file_size_mb == 42


def test_the_consequence_of_a_purpose_is_said(window: MainWindow) -> None:
    page = page_of(window)
    assert "Article 50" in page.consequence.text()
    choose(page, "purpose", "workplace")
    assert "forbids" in page.consequence.text()
    assert not page.controls["text_only"].isEnabled()
    choose(page, "region", "other")
    assert "consent" in page.consequence.text()
    assert page.controls["text_only"].isEnabled()
    assert window.context.settings.region is Region.OTHER


def test_what_a_variable_decides_cannot_be_changed_here(monkeypatch: pytest.MonkeyPatch, window: MainWindow) -> None:
    monkeypatch.setenv("ILLODESK_LANGUAGE", "de")
    page = page_of(window)
    assert not page.controls["language"].isEnabled()
    from PySide6.QtWidgets import QLabel

    assert any("ILLODESK_LANGUAGE" in label.text() for label in page.findChildren(QLabel))


def test_a_file_that_cannot_be_understood_changes_nothing_and_says_so(window: MainWindow) -> None:
    page = page_of(window)
    settings_file().write_text("region = = x", encoding="utf-8")
    choose(page, "region", "us")
    assert window.context.settings.region is Region.EU
    assert page.controls["region"].currentData() == "eu"  # type: ignore[union-attr]
    assert [notice.kind for notice in window.notices.shown] == ["error"]
    assert settings_file().read_text(encoding="utf-8") == "region = = x"


def test_another_folder_holds_from_the_next_start(window: MainWindow, tmp_path: Path) -> None:
    page = page_of(window)
    before = window.context.settings.data_dir
    other = tmp_path / "other"
    other.mkdir()
    page.move_to(other)
    assert window.context.settings.data_dir == before
    assert "other" in settings_file().read_text(encoding="utf-8")
    assert "next start" in window.notices.shown[0].text


def test_the_look_changes_at_once(qtbot: QtBot, window: MainWindow) -> None:
    page = page_of(window)
    page.theme_box.setCurrentIndex(page.theme_box.findData("dark"))
    page.theme_box.activated.emit(page.theme_box.currentIndex())
    assert window.theme.name == "dark"
    window.commands.run("view.larger")
    assert page.scale_box.currentData() == window.theme.scale > 1
