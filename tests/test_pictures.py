"""Pictures of a video whose every frame says by its brightness when it is seen."""

from __future__ import annotations

import threading
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from illodesk.pictures import NoPictureError, Picture, PictureReader, Pictures

RATE = 10
FRAMES = 40


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four seconds at ten pictures a second; each is brighter by five than the one before."""
    path = tmp_path_factory.mktemp("video") / "talk.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mpeg4", rate=RATE)
        stream.width, stream.height, stream.pix_fmt, stream.bit_rate = 160, 90, "yuv420p", 2_000_000
        stream.gop_size = 12
        for i in range(FRAMES):
            frame = av.VideoFrame.from_ndarray(np.full((90, 160, 3), 20 + 5 * i, np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def number_of(picture: Picture | None) -> int:
    """Which frame a picture is, by its brightness."""
    assert picture is not None
    return round((float(picture.rgb.mean()) - 20) / 5)


def test_the_picture_of_any_second_is_the_one_that_is_seen_then(video: Path) -> None:
    reader = PictureReader(video)
    rng = np.random.default_rng(1)
    for t in (0.0, 0.05, 0.11, 0.95, 2.5, 2.55, 0.4, 3.95, *rng.uniform(0, 3.99, 30)):
        picture = reader.at(float(t))
        assert abs(number_of(picture) - int(t * RATE + 1e-3)) <= 0, t
        assert picture is not None
        assert picture.t <= t + 1e-3
    assert number_of(reader.at(99.0)) == FRAMES - 1
    assert reader.at(1.0).rgb.shape == (90, 160, 3)  # type: ignore[union-attr]
    reader.close()


def test_only_the_newest_wish_counts(video: Path) -> None:
    found: list[int] = []
    seen = threading.Event()

    def show(picture: Picture) -> None:
        found.append(number_of(picture))
        if found[-1] == 30:
            seen.set()

    pictures = Pictures(video, show, pytest.fail)
    for t in np.linspace(0, 3.05, 400):
        pictures.want(float(t))
    assert seen.wait(10)
    pictures.close()
    assert len(found) < 60
    assert found == sorted(found)


def test_what_has_no_picture_says_so(tmp_path: Path) -> None:
    sound = tmp_path / "sound.wav"
    soundfile.write(sound, np.zeros(1000, np.float32), 16_000)
    with pytest.raises(NoPictureError, match="no picture"):
        PictureReader(sound)
    torn = tmp_path / "torn.mkv"
    torn.write_bytes(b"not a video")
    told: list[str] = []
    pictures = Pictures(torn, lambda _: None, told.append)
    pictures.close()
    assert told == ["The recording cannot be read, so it cannot be shown."]
