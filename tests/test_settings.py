"""Settings: where they come from, and which source wins."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from illodesk.schema import Purpose, Region
from illodesk.settings import SETTINGS_FILE, Settings, change_settings, default_data_dir, variables_set, what_is_wrong


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


def test_a_change_keeps_what_else_is_in_the_file_and_holds_at_once(folder: Path) -> None:
    file = folder / SETTINGS_FILE
    file.write_text('# mine\nfuture = [1, 2]\nregion = "us" # there\n\n[own]\nkey = "x"\n', encoding="utf-8")
    settings = Settings()
    change_settings(settings, region="other", keep_media=False, max_file_size_mb=9, drain_s=2.5)
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# mine\nfuture = [1, 2]\n")
    assert 'key = "x"' in text
    assert "# there" in text
    again = Settings()
    for known in (settings, again):
        assert known.region is Region.OTHER
        assert (known.keep_media, known.max_file_size_mb, known.drain_s) == (False, 9, 2.5)


def test_a_change_without_a_file_begins_one(folder: Path) -> None:
    settings = Settings()
    change_settings(settings, data_dir=folder / "elsewhere", purpose="coaching")
    assert Settings().purpose is Purpose.COACHING
    assert 'elsewhere"' in (folder / SETTINGS_FILE).read_text(encoding="utf-8")


def test_a_change_that_makes_no_sense_changes_nothing(folder: Path) -> None:
    settings = Settings()
    with pytest.raises(ValidationError):
        change_settings(settings, region="other", server_port=70000)
    assert settings.region is Region.EU
    assert not (folder / SETTINGS_FILE).exists()


def test_a_file_that_is_no_toml_is_left_as_it_is(folder: Path) -> None:
    settings = Settings()
    (folder / SETTINGS_FILE).write_text("region = = us", encoding="utf-8")
    with pytest.raises(ValueError, match="col"):
        change_settings(settings, region="other")
    assert (folder / SETTINGS_FILE).read_text(encoding="utf-8") == "region = = us"
    assert settings.region is Region.EU


def test_variables_that_decide_are_named(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILLODESK_REGION", "us")
    monkeypatch.setenv("MAX_FILE_SIZE_MB", "3")
    assert variables_set() == {
        "data_dir": "ILLODESK_DATA_DIR",
        "region": "ILLODESK_REGION",
        "max_file_size_mb": "MAX_FILE_SIZE_MB",
    }


def test_settings_that_make_no_sense_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILLODESK_REGION", "moon")
    with pytest.raises(ValidationError) as caught:
        Settings()
    assert what_is_wrong(caught.value).startswith("region: ")


def test_a_settings_file_that_is_no_toml_is_told_in_a_line(folder: Path) -> None:
    (folder / SETTINGS_FILE).write_text("region = \n", encoding="utf-8")
    with pytest.raises(ValueError) as caught:
        Settings()
    assert "\n" not in what_is_wrong(caught.value)
