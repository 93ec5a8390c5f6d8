from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from illodesk.capture import control
from illodesk.capture.finish import close_interrupted, delete_blocks, finish_recording, verify
from illodesk.capture.recording import CLOSED, RecordingError, RecordingReader, RecordingWriter
from illodesk.process import Owner
from tests.capture.test_recording import spec, tone


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    writer = RecordingWriter(tmp_path / "r", spec(2))
    for i in range(40):
        writer.append(0, i * 0.5, tone(0.5, i))
        if i < 20:
            writer.append(1, 3.0 + i * 0.5, tone(0.5, 100 + i))
    writer.close()
    return tmp_path / "r"


def test_the_flac_is_what_was_recorded_and_the_blocks_stay(folder: Path, tmp_path: Path) -> None:
    flac = tmp_path / "talk.flac"
    finished = finish_recording(folder, flac)
    assert (finished.channels, finished.duration_s, finished.interrupted, finished.damaged) == (2, 20.0, False, False)
    assert finished.gap_s == [0.0, 3.0]
    reader = RecordingReader(folder)
    np.testing.assert_array_equal(soundfile.read(flac, dtype="int16")[0], reader.read(last=True))
    reader.close()
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["talk.flac"]
    delete_blocks(folder, flac)
    assert sorted(path.name for path in folder.iterdir()) == ["closed.json", "journal.jsonl", "recording.json"]


def test_a_changed_file_is_noticed_and_nothing_is_deleted(folder: Path, tmp_path: Path) -> None:
    flac = tmp_path / "talk.flac"
    finish_recording(folder, flac)
    sound, rate = soundfile.read(flac, dtype="int16")
    sound[1000, 1] += 1
    soundfile.write(flac, sound, rate)
    with pytest.raises(RecordingError, match="is not what was recorded"):
        delete_blocks(folder, flac)
    soundfile.write(flac, sound[:-1], rate)
    with pytest.raises(RecordingError, match="is not what was recorded"):
        verify(folder, flac)
    flac.write_bytes(b"no FLAC")
    with pytest.raises(RecordingError, match="cannot be read back"):
        delete_blocks(folder, flac)
    assert (folder / "channel_0.blk").exists()


def test_what_goes_on_is_not_finished(folder: Path, tmp_path: Path) -> None:
    control.write_owner(folder, Owner.this_process())
    with pytest.raises(RecordingError, match="still being recorded"):
        finish_recording(folder, tmp_path / "x.flac")
    with pytest.raises(RecordingError, match="still being recorded"):
        delete_blocks(folder, tmp_path / "x.flac")


def test_damaged_blocks_are_kept(folder: Path, tmp_path: Path) -> None:
    path = folder / "channel_0.blk"
    data = bytearray(path.read_bytes())
    data += bytes(600_000)
    data[30_000] ^= 1
    path.write_bytes(data)
    flac = tmp_path / "x.flac"
    assert finish_recording(folder, flac).damaged
    with pytest.raises(RecordingError, match="damaged"):
        delete_blocks(folder, flac)
    assert path.exists()


def test_an_interrupted_recording_stays_open_until_it_was_dealt_with(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "r", spec())
    writer.append(0, 0.0, tone(1.0))
    writer.flush()
    writer.abandon()
    assert not (tmp_path / "r" / CLOSED).exists()
    assert finish_recording(tmp_path / "r", tmp_path / "r.flac").interrupted
    assert not (tmp_path / "r" / CLOSED).exists()
    close_interrupted(tmp_path / "r")
    assert (tmp_path / "r" / CLOSED).exists()
    delete_blocks(tmp_path / "r", tmp_path / "r.flac")


def test_a_recording_without_a_sample_is_told(tmp_path: Path) -> None:
    RecordingWriter(tmp_path / "r", spec()).close()
    with pytest.raises(RecordingError, match="no sound in r"):
        finish_recording(tmp_path / "r", tmp_path / "r.flac")
    assert not (tmp_path / "r.flac.part").exists()


def test_a_place_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="kept as it is"):
        finish_recording(folder, tmp_path / "absent" / "x.flac")
