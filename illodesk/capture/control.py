"""What the recorder and those who watch it tell each other: small files in the folder of the recording.

    <folder>/request.json       what to record, before the recorder starts
             owner.json         which process records
             status.json        how it goes, replaced ten times a second
             requests/*.json    markers, notes, to pause, go on or stop; each is removed once it is carried out
             recorder.log       what the process printed

Files outlive either side, so the app may die and the next one goes on from here.
"""

from __future__ import annotations

import itertools
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from illodesk.capture.recording import ChannelSpec
from illodesk.durable import write_durably
from illodesk.process import Owner
from illodesk.schema import Model

REQUEST, OWNER, STATUS, LOG = "request.json", "owner.json", "status.json", "recorder.log"
COMMANDS = "requests"


class Limits(Model):
    """When the disk is called nearly full."""

    warn_bytes: int = 1_000_000_000
    warn_s: float = Field(1800.0, description="Warn when there is room for less")
    stop_bytes: int = Field(50_000_000, description="Stop in order when less is free")


class RecordingRequest(Model):
    """What to record."""

    recording_id: str
    channels: list[ChannelSpec] = Field(min_length=1)
    limits: Limits = Field(default_factory=Limits)
    fall_back: bool = Field(False, description="Whether the system's default may stand in for a lost device")
    paced: bool = Field(True, description="False: files are read as fast as they can be")


class Command(Model):
    """A request to a recorder that runs."""

    kind: Literal["stop", "pause", "go_on", "marker", "note"]
    text: str = ""
    at: float = Field(description="time.monotonic() when it was asked, the same clock for all processes of a machine")


class RecorderWarning(Model):
    """Something the user should know."""

    code: Literal["no_signal", "clipping", "dropped", "device_lost", "stand_in", "disk_low"]
    channel: int | None = None
    text: str


class ChannelStatus(Model):
    """One channel now."""

    name: str
    kind: str
    device: str = Field("", description="Name of the device that is really recorded")
    state: Literal["opening", "live", "lost", "ended"] = "opening"
    peak: float = 0.0
    rms: float = 0.0
    clipping: bool = False
    clipped: int = Field(0, description="Samples at full scale so far")
    silent_s: float = Field(0.0, description="Since the last signal above -60 dB")
    lost: int = Field(0, description="Samples dropped so far")
    position_s: float = Field(0.0, description="Recorded up to this second")


class RecorderStatus(Model):
    """How a recording goes."""

    state: Literal["starting", "recording", "closed", "failed"] = "starting"
    reason: str = Field("", description="Why it is closed or failed")
    paused: bool = Field(False, description="Whether silence is kept in place of what is heard")
    position_s: float = 0.0
    synced_s: float = Field(0.0, description="Safe from a power cut up to this second")
    written_at: float = Field(0.0, description="Unix time of this status")
    disk_free: int = 0
    disk_left_s: float = 0.0
    channels: list[ChannelStatus] = Field(default_factory=list)
    warnings: list[RecorderWarning] = Field(default_factory=list)


def send(folder: Path, command: Command) -> None:
    """Ask something of the recorder. Raises OSError."""
    commands = folder / COMMANDS
    commands.mkdir(exist_ok=True)
    for number in itertools.count():
        path = commands / f"{time.time_ns()}-{os.getpid()}-{number}.json"
        if not path.exists():
            write_durably(path, command.model_dump_json().encode())
            return


def received(folder: Path) -> Iterator[tuple[Path, Command]]:
    """What was asked and not yet carried out, in order. What is not readable is removed."""
    try:
        paths = sorted((folder / COMMANDS).glob("*.json"))
    except OSError:
        return
    for path in paths:
        try:
            yield path, Command.model_validate_json(path.read_bytes())
        except ValidationError:
            path.unlink(missing_ok=True)
        except OSError:
            continue


def read_request(folder: Path) -> RecordingRequest:
    """Raises OSError or ValidationError."""
    return RecordingRequest.model_validate_json((folder / REQUEST).read_bytes())


def read_status(folder: Path) -> RecorderStatus | None:
    """The latest status; None before the first."""
    try:
        return RecorderStatus.model_validate_json((folder / STATUS).read_bytes())
    except (OSError, ValidationError):
        return None


def publish(folder: Path, status: RecorderStatus) -> None:
    """Replace the status. Not durable on purpose: it is of interest only now. A full disk leaves the older one."""
    part = folder / f"{STATUS}.part"
    try:
        part.write_bytes(status.model_dump_json().encode())
        part.replace(folder / STATUS)
    except OSError:
        # Windows refuses while someone reads. The next status comes in a tenth of a second.
        return


def read_owner(folder: Path) -> Owner | None:
    """Which process records, or did; None when none began."""
    try:
        return Owner.parse((folder / OWNER).read_text())
    except OSError:
        return None


def write_owner(folder: Path, owner: Owner) -> None:
    """Say which process records."""
    write_durably(folder / OWNER, str(owner).encode())
