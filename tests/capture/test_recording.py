from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from illodesk.capture.recording import (
    SAMPLE_RATE,
    ChannelSpec,
    JournalEntry,
    RecordingError,
    RecordingReader,
    RecordingSpec,
    RecordingWriter,
)


def spec(channels: int = 1) -> RecordingSpec:
    return RecordingSpec(
        recording_id="r", started_at=0.0, channels=[ChannelSpec(name=f"c{i}", kind="file") for i in range(channels)]
    )


def tone(seconds: float, seed: int = 0) -> NDArray[np.int16]:
    return np.random.default_rng(seed).integers(-9000, 9000, round(seconds * SAMPLE_RATE)).astype(np.int16)


def write(folder: Path, sound: NDArray[np.int16], block: int = 1600) -> RecordingWriter:
    writer = RecordingWriter(folder, spec())
    for start in range(0, len(sound), block):
        writer.append(0, start / SAMPLE_RATE, sound[start : start + block])
    writer.flush()
    return writer


def test_what_was_written_is_read(tmp_path: Path) -> None:
    sound = tone(3.3)
    write(tmp_path / "r", sound).close()
    reader = RecordingReader(tmp_path / "r")
    assert reader.closed
    np.testing.assert_array_equal(reader.read(last=True)[:, 0], sound)
    reader.close()


@given(cut=st.integers(0, 20_000))
@settings(max_examples=25)
def test_a_file_cut_anywhere_loses_only_its_torn_block(cut: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("cut") / "r"
    sound = tone(1.0)
    write(folder, sound).abandon()
    path = folder / "channel_0.blk"
    data = path.read_bytes()
    path.write_bytes(data[: max(0, len(data) - cut)])
    reader = RecordingReader(folder)
    assert not reader.closed
    heard = reader.read(last=True)[:, 0]
    reader.close()
    lost = len(sound) - len(heard)
    assert 0 <= lost <= cut / 2 + 1600
    np.testing.assert_array_equal(heard, sound[: len(heard)])


def test_a_flipped_bit_ends_the_channel_instead_of_making_noise(tmp_path: Path) -> None:
    write(tmp_path / "r", tone(1.0)).close()
    path = tmp_path / "r" / "channel_0.blk"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    reader = RecordingReader(tmp_path / "r")
    assert 0 < len(reader.read(last=True)) < SAMPLE_RATE
    reader.close()


@given(reads=st.lists(st.integers(1, 7), min_size=1, max_size=10))
@settings(max_examples=15)
def test_reading_while_it_grows_gives_the_same(reads: list[int], tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("grow") / "r"
    writer = RecordingWriter(folder, spec(2))
    reader = RecordingReader(folder)
    parts = []
    t = 0.0
    for i, blocks in enumerate(reads):
        for k in range(blocks):
            writer.append(0, t, tone(0.05, i * 10 + k))
            if (i + k) % 3:
                writer.append(1, t + 0.004, tone(0.05, 1000 + i * 10 + k))
            else:
                writer.pass_time(1, t + 0.05)
            t += 0.05
        writer.flush()
        parts.append(reader.read())
    writer.close()
    parts.append(reader.read(last=True))
    reader.close()
    whole = RecordingReader(folder)
    np.testing.assert_array_equal(np.concatenate(parts), whole.read(last=True))
    whole.close()


def test_reading_a_part_at_a_time_gives_the_same(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "r", spec(2))
    for i in range(40):
        writer.append(0, i * 0.1, tone(0.1, i))
        if i % 10 == 9 and i < 30:
            writer.append(1, (i - 9) * 0.1, tone(1.0, 100 + i))
    writer.close()
    whole = RecordingReader(tmp_path / "r")
    expected = whole.read(last=True)
    whole.close()
    reader = RecordingReader(tmp_path / "r")
    parts = [reader.read(last=True, limit=3000)]
    while len(parts[-1]):
        parts.append(reader.read(last=True, limit=3000))
    reader.close()
    np.testing.assert_array_equal(np.concatenate(parts), expected)


def test_a_gap_becomes_silence_of_its_length(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "r", spec())
    writer.append(0, 0.0, tone(0.5))
    writer.append(0, 2.0, tone(0.5, 1))
    writer.close()
    reader = RecordingReader(tmp_path / "r")
    sound = reader.read(last=True)[:, 0]
    reader.close()
    assert len(sound) == round(2.5 * SAMPLE_RATE)
    assert not sound[round(0.5 * SAMPLE_RATE) : 2 * SAMPLE_RATE].any()
    np.testing.assert_array_equal(sound[2 * SAMPLE_RATE :], tone(0.5, 1))


@pytest.mark.parametrize("error", [-200e-6, 200e-6])
def test_a_clock_that_runs_wrong_is_followed(error: float, tmp_path: Path) -> None:
    """200 parts per million, twice what cheap devices show, for ten minutes: within 5 ms at the end."""
    writer = RecordingWriter(tmp_path / "r", spec())
    block = 1600
    minutes = 10
    count = round(minutes * 60 * SAMPLE_RATE / block)
    silence = np.zeros(block, np.int16)
    for i in range(count):
        writer.append(0, i * block / SAMPLE_RATE * (1 + error), silence)
    writer.close()
    reader = RecordingReader(tmp_path / "r")
    length = len(reader.read(last=True)) / SAMPLE_RATE
    reader.close()
    assert length == pytest.approx(minutes * 60 * (1 + error), abs=0.005)


@pytest.mark.parametrize("step", [-0.01, 0.01])
def test_a_step_at_a_pause_leaves_the_sound_beside_it_as_it_was(step: float, tmp_path: Path) -> None:
    before, pause, after = tone(1.0), np.zeros(1600, np.int16), tone(1.0, 1)
    writer = RecordingWriter(tmp_path / "r", spec())
    writer.append(0, 0.0, before)
    writer.append(0, 1.0 + step, pause)
    writer.append(0, 1.1 + step, after)
    writer.close()
    reader = RecordingReader(tmp_path / "r")
    sound = reader.read(last=True)[:, 0]
    reader.close()
    assert len(sound) == round((2.1 + step) * SAMPLE_RATE)
    np.testing.assert_array_equal(sound[: len(before)], before)
    np.testing.assert_array_equal(sound[-len(after) :], after)


def test_the_journal_survives_a_torn_line(tmp_path: Path) -> None:
    writer = RecordingWriter(tmp_path / "r", spec())
    writer.note(JournalEntry(t=1.0, kind="marker", text="here"))
    writer.flush()
    with (tmp_path / "r" / "journal.jsonl").open("ab") as file:
        file.write(b'{"t": 2.0, "ki')
    reader = RecordingReader(tmp_path / "r")
    assert [entry.text for entry in reader.journal()] == ["here"]
    reader.close()
    writer.close()


def test_a_folder_without_a_recording_says_so(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no readable recording"):
        RecordingReader(tmp_path)
