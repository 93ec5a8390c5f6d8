"""The door of uploads when the disk does not take everything."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pytest

from illodesk.doors import UploadDoor


class FullDisk:
    """A file that takes some bytes and then no more."""

    def __init__(self, file: Any, room: int) -> None:
        self._file = file
        self._room = room

    def write(self, data: memoryview) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written: int = self._file.write(data[: self._room])
        self._room -= written
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def test_bytes_that_a_full_disk_took_half_can_be_sent_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    door = UploadDoor(tmp_path, ".wav")
    door.push(b"first ")
    with monkeypatch.context() as patch:
        patch.setattr(door, "_file", FullDisk(door._file, 3))
        with pytest.raises(OSError, match="space"):
            door.push(b"second ")
    assert door.received_bytes == 6
    door.push(b"second ")
    door.end()
    kept = door.media()
    assert kept is not None
    assert kept.read_bytes() == b"first second "
    assert door.received_bytes == 13
