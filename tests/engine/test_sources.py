"""Sources that would go on for too long, or ask for too much memory, are given up."""

from __future__ import annotations

import wave
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import soundfile

from illodesk.engine.audio import MediaError
from illodesk.engine.sources import BoundedSource, FileSource, UploadSource

HOUR = 3600.0


@pytest.fixture(scope="module")
def long_silence(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two minutes in a few kilobytes."""
    path = tmp_path_factory.mktemp("media") / "silence.flac"
    soundfile.write(path, np.zeros(120 * 16_000, dtype=np.int16), 16_000)
    assert path.stat().st_size < 10_000
    return path


def seconds_of(source: BoundedSource) -> float:
    samples = 0
    while not source.ended:
        block = source.read()
        samples += 0 if block is None else len(block)
    source.close()
    return samples / 16_000


def test_a_header_that_promises_too_much_is_refused_before_anything_is_decoded(long_silence: Path) -> None:
    with pytest.raises(MediaError, match=r"longer than 0\.03") as refused:
        BoundedSource(partial(FileSource, long_silence), 0.03 * HOUR)
    assert refused.value.code == "TOO_LONG"


def test_what_fits_is_read_to_its_end(long_silence: Path) -> None:
    assert seconds_of(BoundedSource(partial(FileSource, long_silence), 120.0)) == 120.0


def test_bytes_without_a_stated_length_are_given_up_where_they_go_on(long_silence: Path, tmp_path: Path) -> None:
    path, marker = tmp_path / "sound", tmp_path / "sound.end"
    path.write_bytes(long_silence.read_bytes())
    marker.touch()
    source = BoundedSource(partial(UploadSource, path, marker, ".flac"), 60.0)
    with pytest.raises(MediaError) as refused:
        seconds_of(source)
    source.close()
    assert refused.value.code == "TOO_LONG"


def test_sound_at_one_hertz_does_not_become_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "slow.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(1)
        file.writeframes(b"\x80" * 2_000_000)
    with pytest.raises(MediaError) as refused:
        FileSource(path)
    assert refused.value.code == "UNREADABLE_MEDIA"


def test_an_upload_tells_how_much_of_it_waits(tmp_path: Path) -> None:
    path, marker = tmp_path / "sound.wav", tmp_path / "sound.end"
    sound = np.random.default_rng(1).normal(0, 0.1, 60 * 16_000).astype(np.float32)
    soundfile.write(path, sound, 16_000, subtype="PCM_16")
    source = UploadSource(path, marker, ".wav")
    assert source.waiting_s == 0.0  # nobody knows yet what the bytes hold
    heard = 0
    while (block := source.read()) is not None:
        heard += len(block)
        assert source.waiting_s == pytest.approx(60.0 - heard / 16_000, abs=3.0)
    assert source.waiting_s == pytest.approx(0.0, abs=0.5)
    with path.open("ab") as file:
        file.write(path.read_bytes()[44 : 44 + 20 * 32_000])
    assert source.waiting_s == pytest.approx(20.0, abs=0.5)
    marker.touch()
    while source.read() is not None:
        pass
    assert (source.ended, source.waiting_s) == (True, 0.0)
    source.close()
    assert source.waiting_s == 0.0
