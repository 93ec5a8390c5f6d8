"""Settings: where they come from, and which source wins."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from illodesk.schema import Purpose, Region
from illodesk.settings import SETTINGS_FILE, Settings, default_data_dir


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ILLODESK_DATA_DIR", str(tmp_path))
    return tmp_path


def test_defaults_are_the_careful_ones(folder: Path) -> None:
    settings = Settings()
    assert settings.data_dir == folder
    assert (settings.purpose, settings.region, settings.text_only) == (Purpose.RESEARCH, Region.EU, False)
    assert settings.max_file_size_mb == 500


def test_without_a_variable_the_users_data_folder_is_meant(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILLODESK_DATA_DIR", "")
    assert default_data_dir().is_absolute()
    assert "illodesk" in default_data_dir().parts


def test_a_tilde_is_the_home_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILLODESK_DATA_DIR", "~/talks")
    assert default_data_dir() == Path.home() / "talks"


def test_arguments_win_over_environment_over_file_over_defaults(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / SETTINGS_FILE).write_text('purpose = "coaching"\nregion = "us"\nlanguage = "de"\n', encoding="utf-8")
    monkeypatch.setenv("ILLODESK_REGION", "other")
    monkeypatch.setenv("ILLODESK_LANGUAGE", "fr")
    settings = Settings(language="en-GB")
    assert settings.purpose is Purpose.COACHING
    assert settings.region is Region.OTHER
    assert settings.language == "en-GB"
    assert settings.keep_media is True


@pytest.mark.parametrize("name", ["MAX_FILE_SIZE_MB", "ILLODESK_MAX_FILE_SIZE_MB"])
def test_the_upload_limit_goes_by_both_names(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "20")
    assert Settings().max_file_size_mb == 20


@pytest.mark.parametrize("name", ["ENABLE_LIVE_STREAMING", "ILLODESK_ENABLE_LIVE_STREAMING"])
def test_live_streaming_goes_by_both_names(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, "false")
    assert Settings().enable_live_streaming is False


def test_aliased_names_work_in_the_file_too(folder: Path) -> None:
    (folder / SETTINGS_FILE).write_text("max_file_size_mb = 7\nenable_live_streaming = false\n", encoding="utf-8")
    assert (Settings().max_file_size_mb, Settings().enable_live_streaming) == (7, False)


def test_unknown_entries_of_a_newer_file_are_left_alone(folder: Path) -> None:
    (folder / SETTINGS_FILE).write_text('theme = "dark"\n', encoding="utf-8")
    assert not hasattr(Settings(), "theme")


@pytest.mark.parametrize(("name", "value"), [("ILLODESK_PURPOSE", "fun"), ("MAX_FILE_SIZE_MB", "0")])
def test_what_makes_no_sense_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError):
        Settings()
