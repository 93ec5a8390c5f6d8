"""Decoding: every sample format, damage, lies in headers, and byte streams in any slices."""

from __future__ import annotations

import io
import struct
import wave
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from illodesk.engine.audio import SAMPLE_RATE, FileReader, MediaError, StreamDecoder


def tone(seconds: float = 1.0, rate: int = 16_000, channels: int = 1, hz: float = 440.0) -> NDArray[np.float32]:
    """Channel k holds a sine of ``hz * (k + 1)``, amplitude 0.5."""
    t = np.arange(round(seconds * rate)) / rate
    return np.stack([0.5 * np.sin(2 * np.pi * hz * (k + 1) * t) for k in range(channels)], axis=1).astype(np.float32)


def wav_bytes(samples: NDArray[np.float32], rate: int = 16_000, width: int = 2) -> bytes:
    """PCM WAV with ``width`` bytes per sample (1: unsigned)."""
    if width == 1:
        raw = (np.round(samples * 127) + 128).astype(np.uint8).tobytes()
    elif width == 3:
        whole = np.round(samples * (2**23 - 1)).astype("<i4")
        raw = whole.reshape(-1, 1).view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    else:
        raw = np.round(samples * 32767).astype("<i2").tobytes()
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(samples.shape[1])
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(raw)
    return out.getvalue()


def float_wav_bytes(samples: NDArray[np.float32], rate: int = 16_000) -> bytes:
    raw = samples.astype("<f4").tobytes()
    channels = samples.shape[1]
    fmt = struct.pack("<4sIHHIIHH", b"fmt ", 16, 3, channels, rate, rate * channels * 4, channels * 4, 32)
    body = b"WAVE" + fmt + struct.pack("<4sI", b"data", len(raw)) + raw
    return struct.pack("<4sI", b"RIFF", len(body)) + body


def encoded(samples: NDArray[np.float32], container: str, codec: str, rate: int = 16_000, **options: str) -> bytes:
    """The samples (mono or stereo) in a compressed form."""
    layout = "mono" if samples.shape[1] == 1 else "stereo"
    out = io.BytesIO()
    with av.open(out, "w", format=container, options=options) as file:
        stream = file.add_stream(codec, rate=rate, layout=layout)
        size = stream.codec_context.frame_size or 1024
        resampler = av.AudioResampler(stream.codec_context.format.name, layout, rate, frame_size=size)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(samples.T), format="fltp", layout=layout)
        frame.sample_rate, frame.pts, frame.time_base = rate, 0, Fraction(1, rate)
        for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
            file.mux(stream.encode(piece))
    return out.getvalue()


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def read(path: Path) -> NDArray[np.float32]:
    return np.concatenate(list(FileReader(path)))


def code_of(path: Path) -> str:
    with pytest.raises(MediaError) as caught:
        list(FileReader(path))
    assert str(caught.value).endswith(".")
    return caught.value.code


def strongest_hz(samples: NDArray[np.float32]) -> float:
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * SAMPLE_RATE / len(samples))


@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (16_000, 2), (44_100, 2), (192_000, 1)])
def test_plain_sound_of_any_width_and_rate(tmp_path: Path, width: int, rate: int, channels: int) -> None:
    reader = FileReader(write(tmp_path, "a.wav", wav_bytes(tone(1.0, rate, channels), rate, width)))
    sound = np.concatenate(list(reader))
    assert sound.dtype == np.float32
    assert sound.shape[1] == channels == reader.info.channels
    assert abs(len(sound) - SAMPLE_RATE) <= 2
    assert (reader.info.sample_rate, reader.info.container, reader.info.has_video) == (rate, "wav", False)
    assert reader.info.duration_s == len(sound) / SAMPLE_RATE
    assert reader.info.warnings == []
    for channel in range(channels):
        middle = sound[2000:14_000, channel]
        assert strongest_hz(middle) == pytest.approx(440 * (channel + 1), abs=2)
        assert np.sqrt(np.mean(middle**2)) == pytest.approx(0.5 / np.sqrt(2), rel=0.02)


@pytest.mark.parametrize("channels", [3, 4, 6, 8, 16])
def test_many_channels_stay_apart(tmp_path: Path, channels: int) -> None:
    sound = read(write(tmp_path, "a.wav", wav_bytes(tone(0.5, 48_000, channels, 200.0), 48_000)))
    assert sound.shape == (8000, channels)
    assert [round(strongest_hz(sound[:, k]) / 200) for k in range(channels)] == list(range(1, channels + 1))


@pytest.mark.parametrize(
    ("container", "codec", "rate"),
    [("mp3", "libmp3lame", 44_100), ("ogg", "libopus", 48_000), ("adts", "aac", 44_100), ("webm", "libopus", 48_000),
     ("mp4", "aac", 48_000), ("flac", "flac", 44_100), ("aiff", "pcm_s16be", 22_050)],
)  # fmt: skip
def test_compressed_sound_whatever_the_name_says(tmp_path: Path, container: str, codec: str, rate: int) -> None:
    data = encoded(tone(2.0, rate, 2), container, codec, rate)
    sound = read(write(tmp_path, "wrong.txt", data))
    assert sound.shape[1] == 2
    assert abs(len(sound) / SAMPLE_RATE - 2.0) < 0.1
    assert strongest_hz(sound[8000:24_000, 0]) == pytest.approx(440, abs=2)
    assert strongest_hz(sound[8000:24_000, 1]) == pytest.approx(880, abs=2)


def test_blocks_have_the_asked_length_and_iteration_starts_again(tmp_path: Path) -> None:
    reader = FileReader(write(tmp_path, "a.wav", wav_bytes(tone(1.3))), block_s=0.25)
    first = list(reader)
    assert [len(block) for block in first] == [4000] * 5 + [800]
    again = list(reader)
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))


def test_nan_and_infinity_become_sound_in_range(tmp_path: Path) -> None:
    samples = tone(1.0, 44_100)
    samples[1000:1010] = np.nan
    samples[2000], samples[3000], samples[4000] = np.inf, -np.inf, 40.0
    sound = read(write(tmp_path, "a.wav", float_wav_bytes(samples, 44_100)))
    assert np.isfinite(sound).all()
    assert np.abs(sound).max() <= 1.0
    assert strongest_hz(sound[4000:14_000, 0]) == pytest.approx(440, abs=2)


def test_parameters_may_change_inside_a_file(tmp_path: Path) -> None:
    low = encoded(tone(1.0, 22_050, 1), "mp3", "libmp3lame", 22_050, write_xing="0", id3v2_version="0")
    high = encoded(tone(1.0, 44_100, 2), "mp3", "libmp3lame", 44_100, write_xing="0", id3v2_version="0")
    sound = read(write(tmp_path, "two.mp3", low + high))
    assert sound.shape[1] == 1
    assert abs(len(sound) / SAMPLE_RATE - 2.0) < 0.2


def test_errors_have_codes(tmp_path: Path) -> None:
    assert code_of(tmp_path / "absent.wav") == "NOT_FOUND"
    assert code_of(write(tmp_path, "empty.wav", b"")) == "EMPTY_FILE"
    assert code_of(write(tmp_path, "text.wav", b"<html>no sound</html>" * 40)) == "UNREADABLE_MEDIA"
    assert code_of(write(tmp_path, "header.wav", wav_bytes(tone(0.0)))) == "NO_AUDIO"
    assert code_of(tmp_path) == "UNREADABLE_MEDIA"
    noise = np.random.default_rng(1).integers(0, 256, 50_000, dtype=np.uint8).tobytes()
    assert code_of(write(tmp_path, "random.mp4", noise)) == "UNREADABLE_MEDIA"


def film(path: Path, with_sound: bool) -> Path:
    with av.open(str(path), "w") as file:
        video = file.add_stream("mpeg4", rate=10)
        video.width = video.height = 32
        video.pix_fmt = "yuv420p"
        audio = file.add_stream("aac", rate=16_000, layout="mono") if with_sound else None
        for _ in range(5):
            picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
            file.mux(video.encode(picture))
        file.mux(video.encode(None))
        if audio is not None:
            frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(tone(0.5).T), format="fltp", layout="mono")
            frame.sample_rate, frame.pts = 16_000, 0
            resampler = av.AudioResampler("fltp", "mono", 16_000, frame_size=1024)
            for piece in [*resampler.resample(frame), *resampler.resample(None), None]:
                file.mux(audio.encode(piece))
    return path


def test_films(tmp_path: Path) -> None:
    assert code_of(film(tmp_path / "silent.mp4", with_sound=False)) == "NO_AUDIO"
    reader = FileReader(film(tmp_path / "talking.mp4", with_sound=True))
    assert reader.info.has_video
    assert abs(sum(map(len, reader)) / SAMPLE_RATE - 0.5) < 0.1


def test_a_cut_file_gives_its_sound_and_a_warning(tmp_path: Path) -> None:
    whole = wav_bytes(tone(4.0))
    reader = FileReader(write(tmp_path, "cut.wav", whole[: len(whole) // 2]))
    assert abs(sum(map(len, reader)) / SAMPLE_RATE - 2.0) < 0.01
    assert len(reader.info.warnings) == 1
    assert "4.0 s" in reader.info.warnings[0]
    assert "2.0 s" in reader.info.warnings[0]


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_sound_that_was_written_to_a_pipe_is_whole(tmp_path: Path, size: int) -> None:
    data = bytearray(wav_bytes(tone(2.0)))
    data[4:8] = data[40:44] = struct.pack("<I", size)
    reader = FileReader(write(tmp_path, "pipe.wav", bytes(data)))
    assert sum(map(len, reader)) == 2 * SAMPLE_RATE
    assert reader.info.warnings == []


def test_damaged_packets_are_skipped_counted_and_told(tmp_path: Path) -> None:
    noise = np.random.default_rng(5).normal(0, 0.1, (80_000, 1)).astype(np.float32)
    data = bytearray(encoded(noise, "adts", "aac"))
    for start in range(5_000, len(data) - 5_000, 8_000):
        data[start : start + 400] = b"\xff" * 400
    reader = FileReader(write(tmp_path, "scratched.aac", bytes(data)))
    heard = sum(map(len, reader)) / SAMPLE_RATE
    assert 3.0 < heard <= 5.1
    assert any("could not be read" in warning for warning in reader.info.warnings)


def test_a_playlist_cannot_make_us_open_other_files(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret.wav", wav_bytes(tone(1.0)))
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{secret}\n#EXT-X-ENDLIST\n"
    assert code_of(write(tmp_path, "list.m3u8", playlist.encode())) == "UNREADABLE_MEDIA"
    concat = f"ffconcat version 1.0\nfile '{secret.name}'\n"
    assert code_of(write(tmp_path, "list.ffconcat", concat.encode())) == "UNREADABLE_MEDIA"


def test_decoding_says_nothing_on_stderr(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code_of(write(tmp_path, "bad.mp3", b"ID3\x03\0\0\0\0\0\x7f" + b"\xff\xfb\x90\x00" * 500))
    assert capfd.readouterr().err == ""


# --- byte streams ---------------------------------------------------------------------------------------------------

STEREO = tone(1.5, 48_000, 2)
STREAMS = {
    ".wav": wav_bytes(STEREO, 48_000),
    ".mp3": encoded(STEREO, "mp3", "libmp3lame", 48_000),
    ".opus": encoded(STEREO, "ogg", "libopus", 48_000),
    ".aac": encoded(STEREO, "adts", "aac", 48_000),
    ".webm": encoded(STEREO, "webm", "libopus", 48_000),
    ".mp4": encoded(STEREO, "mp4", "aac", 48_000, movflags="frag_keyframe+empty_moov", frag_duration="200000"),
    ".flac": encoded(STEREO, "flac", "flac", 48_000),
}


def decode_slices(data: bytes, cuts: list[int], suffix: str = "") -> NDArray[np.float32]:
    decoder = StreamDecoder(suffix)
    blocks = []
    edges = [0, *sorted(cut % (len(data) + 1) for cut in cuts), len(data)]
    for start, end in pairwise(edges):
        blocks += decoder.feed(data[start:end])
    blocks += decoder.finish()
    return np.concatenate(blocks)


@pytest.mark.parametrize("suffix", sorted(STREAMS))
def test_a_stream_gives_what_the_file_gives(tmp_path: Path, suffix: str) -> None:
    data = STREAMS[suffix]
    from_file = read(write(tmp_path, "whole" + suffix, data))
    # A stream cannot look ahead to the end, where MP3 says how much of its last frame is padding.
    for step in (len(data), 1000, 64):
        sound = decode_slices(data, list(range(step, len(data), step)), suffix)
        edge = len(from_file) - (64 if suffix == ".mp3" else 0)
        assert np.array_equal(sound[:edge], from_file[:edge])
        assert len(sound) - len(from_file) <= (600 if suffix == ".mp3" else 0)


@settings(max_examples=15, deadline=None)
@given(suffix=st.sampled_from(sorted(STREAMS)), cuts=st.lists(st.integers(0, 2**31), max_size=20))
def test_total_sound_does_not_depend_on_slicing(suffix: str, cuts: list[int]) -> None:
    data = STREAMS[suffix]
    assert np.array_equal(decode_slices(data, cuts, suffix), decode_slices(data, [], suffix))


def test_blocks_come_while_bytes_still_come() -> None:
    data = wav_bytes(tone(10.0))
    decoder = StreamDecoder(".wav")
    early = decoder.feed(data[: len(data) // 2])
    assert sum(map(len, early)) > 4 * SAMPLE_RATE
    assert (decoder.info.codec, decoder.info.channels, decoder.info.sample_rate) == ("pcm_s16le", 1, 16_000)
    late = decoder.finish()
    assert sum(map(len, early + late)) < 5.1 * SAMPLE_RATE
    assert "cut off" in decoder.info.warnings[0]


@pytest.mark.parametrize("size", [0, 0xFFFFFFFF])
def test_a_streamed_wav_of_unknown_length(size: int) -> None:
    data = bytearray(wav_bytes(tone(3.0)))
    data[4:8] = data[40:44] = struct.pack("<I", size)
    assert len(decode_slices(bytes(data), [50, 1000, 20_000])) == 3 * SAMPLE_RATE


def test_streams_without_sound_raise() -> None:
    with pytest.raises(MediaError) as caught:
        StreamDecoder().finish()
    assert caught.value.code == "EMPTY_FILE"
    decoder = StreamDecoder(".mp3")
    with pytest.raises(MediaError) as caught:
        for _ in range(40):
            decoder.feed(b"<html>no sound</html>" * 50)
        decoder.finish()
    assert caught.value.code == "UNREADABLE_MEDIA"


def test_close_at_any_time_ends_the_thread() -> None:
    for fed in (b"", wav_bytes(tone(3.0)), b"\0" * 10):
        decoder = StreamDecoder(".wav")
        if fed:
            decoder.feed(fed)
        decoder.close()
        assert not decoder._thread.is_alive()
        assert decoder.feed(b"more") == []
        decoder.close()
