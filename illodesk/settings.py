"""One Settings object: a TOML file in the data folder, ILLODESK_* variables, and the API's own names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from illodesk.durable import write_durably
from illodesk.schema import Purpose, Region

SETTINGS_FILE = "settings.toml"


def default_data_dir() -> Path:
    """Where everything is kept: ILLODESK_DATA_DIR, else the user's data folder."""
    chosen = os.environ.get("ILLODESK_DATA_DIR", "")
    return Path(chosen).expanduser() if chosen else user_data_path("illodesk", appauthor=False)


class Settings(BaseSettings):
    """Everything a user can set. Later sources lose: arguments, environment, the TOML file, defaults."""

    model_config = SettingsConfigDict(env_prefix="ILLODESK_", extra="ignore", validate_assignment=True)

    data_dir: Path = Field(default_factory=default_data_dir, description="Folder that holds everything that is kept")
    purpose: Purpose = Field(Purpose.RESEARCH, description="Purpose of the workspace")
    region: Region = Field(Region.EU, description="Whose law applies")
    text_only: bool = Field(False, description="Never infer anything from voice or face")
    language: str = Field("en", description="Language of the speech, BCP 47")
    keep_media: bool = Field(True, description="Keep a copy of analysed media in the conversation's bundle")
    keep_days: int = Field(
        0,
        ge=0,
        description="Days in the library, counted anew when it is taken out of the trash, after which a conversation "
        "goes to the trash by itself; 0: never",
    )
    trash_days: int = Field(30, ge=0, description="Days after which the trash is emptied by itself; 0: never")
    max_file_size_mb: int = Field(
        500,
        gt=0,
        validation_alias=AliasChoices("ILLODESK_MAX_FILE_SIZE_MB", "MAX_FILE_SIZE_MB", "max_file_size_mb"),
        description="Largest upload, MB",
    )
    enable_live_streaming: bool = Field(
        True,
        validation_alias=AliasChoices(
            "ILLODESK_ENABLE_LIVE_STREAMING", "ENABLE_LIVE_STREAMING", "enable_live_streaming"
        ),
        description="Offer live sessions over the API",
    )

    server_host: str = Field("127.0.0.1", description="Address that the server listens at")
    server_port: int = Field(8755, ge=0, le=65535, description="Port that the server listens at; 0 takes a free one")
    allow_lan: bool = Field(False, description="Let other machines reach the server; without it only this one can")
    tls_cert: Path | None = Field(None, description="Certificate of the server, PEM, with its chain")
    tls_key: Path | None = Field(None, description="Private key of the certificate, PEM")
    cors_origins: list[str] = Field(["*"], description="Web pages that may call the API, as origins; * is any")
    drain_s: float = Field(20.0, ge=0, description="How long running requests may go on when the server stops, s")
    analysis_time_limit_s: float = Field(4 * 3600.0, gt=0, description="Longest analysis of one upload, s")
    max_media_hours: float = Field(12.0, gt=0, description="Longest recording that is taken from a file or upload, h")
    batch_per_key: int = Field(3, gt=0, description="Batch analyses that one API key may have going on at once")
    batch_wait_s: float = Field(
        60.0, ge=0, le=3600, description="How long a further one waits for its turn before it is told to come back, s"
    )
    requests_per_minute: int = Field(600, ge=0, description="Requests that one API key may make in a minute; 0: any")
    live_sessions_per_key: int = Field(16, gt=0, description="Live sessions that one API key may have going on at once")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        file = TomlConfigSettingsSource(settings_cls, default_data_dir() / SETTINGS_FILE)
        return init_settings, env_settings, file


def settings_file() -> Path:
    """The TOML file that is read at every start."""
    return default_data_dir() / SETTINGS_FILE


def change_settings(settings: Settings, **values: Any) -> None:
    """Write values into the TOML file and let them hold from now on. All else in the file stays, comments included.

    Raises pydantic's ValidationError for what makes no sense, OSError when the file cannot be read or written, and
    ValueError when it is no TOML; nothing is changed then.
    """
    import tomlkit

    checked = settings.model_copy()
    for name, value in values.items():
        setattr(checked, name, value)
    path = settings_file()
    document = tomlkit.parse(path.read_text(encoding="utf-8")) if path.exists() else tomlkit.document()
    document.update(checked.model_dump(mode="json", include=set(values)))
    path.parent.mkdir(parents=True, exist_ok=True)
    write_durably(path, tomlkit.dumps(document).encode())
    for name in values:
        setattr(settings, name, getattr(checked, name))


def what_is_wrong(error: Exception) -> str:
    """The first thing that an error of the settings complains of: its field and why, without the library's prose."""
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"
    return str(error).partition("\n")[0]


def variables_set() -> dict[str, str]:
    """Settings that an environment variable decides, with its name: the file has no say in these."""
    found = {}
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        names = alias.choices if isinstance(alias, AliasChoices) else [f"ILLODESK_{name.upper()}"]
        present = {variable.upper() for variable in os.environ}
        for each in names:
            if isinstance(each, str) and each.isupper() and each in present:
                found[name] = each
                break
    return found
