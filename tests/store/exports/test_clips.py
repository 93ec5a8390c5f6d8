"""Clips, read back by soundfile: every sample is the recording's own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from illodesk.store.errors import ExportCancelledError, InvalidError, NoMediaError, UnavailableError
from illodesk.store.exports import ExportOptions, Material, export, preview
from tests.store.samples import RATE, annotated_result, full_result, sound_file


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return sound_file(tmp_path_factory.mktemp("media"))


def clip(name: str, media: Path | None, **options: float) -> io.BytesIO:
    stream = io.BytesIO()
    export(name, Material(annotated_result(), media=media, options=ExportOptions(**options)), stream)
    stream.seek(0)
    return stream


@settings(max_examples=15)
@given(start=st.floats(0, 12.9), length=st.floats(0.001, 13), name=st.sampled_from(["flac", "wav"]))
def test_a_clip_holds_exactly_the_samples_of_its_time(media: Path, start: float, length: float, name: str) -> None:
    whole, _ = soundfile.read(media, dtype="int16")
    sound, rate = soundfile.read(clip(name, media, start_s=start, end_s=start + length), dtype="int16")
    assert rate == RATE
    np.testing.assert_array_equal(sound, whole[round(start * RATE) : round(min(13.0, start + length) * RATE)])


@pytest.mark.parametrize(
    ("suffix", "subtype", "name", "kept"),
    [
        ("flac", "PCM_16", "flac", "PCM_16"),
        ("flac", "PCM_24", "flac", "PCM_24"),
        ("flac", "PCM_24", "wav", "PCM_32"),
        ("wav", "FLOAT", "wav", "FLOAT"),
        ("wav", "PCM_U8", "flac", "PCM_16"),
    ],
)
def test_nothing_is_lost_of_finer_sound(tmp_path: Path, suffix: str, subtype: str, name: str, kept: str) -> None:
    media = sound_file(tmp_path, f"call.{suffix}", subtype=subtype)
    found = clip(name, media, start_s=1.5, end_s=2.5)
    assert soundfile.info(found).subtype == kept
    found.seek(0)
    whole, _ = soundfile.read(media, dtype="float64")
    np.testing.assert_array_equal(
        soundfile.read(found, dtype="float64")[0], whole[round(1.5 * RATE) : round(2.5 * RATE)]
    )


def test_without_times_a_clip_is_the_whole_recording(media: Path) -> None:
    assert soundfile.info(clip("flac", media)).frames == 13 * RATE


def test_every_moment_and_marker_becomes_a_clip(media: Path) -> None:
    whole, _ = soundfile.read(media, dtype="int16")
    with zipfile.ZipFile(clip("clips", media)) as archive:
        names = archive.namelist()
        sounds = [soundfile.read(io.BytesIO(archive.read(name)), dtype="int16")[0] for name in names]
    assert names == ["001 00-00 1.flac", "002 00-00 marker.flac", "003 00-02 objection.flac"]
    np.testing.assert_array_equal(sounds[2], whole[2 * RATE : round(6.5 * RATE)])
    listed = preview("clips", Material(annotated_result(), media=media))
    assert "00:02 to 00:06 (4.5 s)  003 00-02 objection" in listed


def test_what_cannot_be_cut_is_said(media: Path, tmp_path: Path) -> None:
    with pytest.raises(NoMediaError, match="was not kept"):
        clip("flac", None)
    with pytest.raises(InvalidError, match="no sound at this time"):
        clip("flac", media, start_s=20.0)
    with pytest.raises(ValidationError, match="must end after"):
        ExportOptions(start_s=2.0, end_s=1.0)
    quiet = full_result().model_copy(update={"moments": []})
    with pytest.raises(InvalidError, match="no moments"):
        export("clips", Material(quiet, media=media), io.BytesIO())
    broken = tmp_path / "broken.wav"
    broken.write_bytes(b"no sound at all")
    with pytest.raises(UnavailableError, match="could not be read"):
        export("wav", Material(full_result(), media=broken), tmp_path / "out.wav")
    assert [path.name for path in tmp_path.iterdir()] == ["broken.wav"]


def test_a_clip_that_is_stopped_leaves_nothing(media: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportCancelledError):
        export("wav", Material(full_result(), media=media, cancelled=lambda: True), tmp_path / "out.wav")
    assert list(tmp_path.iterdir()) == []
