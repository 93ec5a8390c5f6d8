from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.store import DamagedError, TrackWriter
from illodesk.store.tracks import open_track, repair_track


@settings(max_examples=25, deadline=None)
@given(sizes=st.lists(st.integers(0, 40), max_size=8), columns=st.integers(1, 12))
def test_any_blocks_give_the_same_plain_array(
    tmp_path_factory: pytest.TempPathFactory, sizes: list[int], columns: int
) -> None:
    folder = tmp_path_factory.mktemp("tracks")
    frames = np.random.default_rng(1).normal(size=(sum(sizes), columns)).astype(np.float32)
    with TrackWriter(folder, "t", [f"c{i}" for i in range(columns)], 0.01) as writer:
        for block in np.split(frames, np.cumsum(sizes)):
            writer.append(block)
    np.testing.assert_array_equal(np.load(folder / "t.npy"), frames)
    np.testing.assert_array_equal(open_track(folder / "t.npy").frames, frames)


def test_a_track_is_readable_while_it_grows_and_after_a_crash(tmp_path: Path) -> None:
    writer = TrackWriter(tmp_path, "t", ["a", "b"], 0.01)
    writer.append([[1, 2], [3, 4]])
    writer.flush()
    np.testing.assert_array_equal(open_track(tmp_path / "t.npy").frames, [[1, 2], [3, 4]])
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    (crashed / "t.npy").write_bytes((tmp_path / "t.npy").read_bytes() + b"\x00\x00\x00")
    (crashed / "t.json").write_bytes((tmp_path / "t.json").read_bytes())
    np.testing.assert_array_equal(open_track(crashed / "t.npy").frames, [[1, 2], [3, 4]])
    assert repair_track(crashed / "t.npy") == 2
    np.testing.assert_array_equal(np.load(crashed / "t.npy"), [[1, 2], [3, 4]])
    writer.close()
    writer.close()
    whole = (tmp_path / "t.npy").read_bytes()
    assert repair_track(tmp_path / "t.npy") == 2
    assert (tmp_path / "t.npy").read_bytes() == whole == (crashed / "t.npy").read_bytes()


def test_times_follow_from_the_step_or_from_their_column(tmp_path: Path) -> None:
    with TrackWriter(tmp_path, "steps", ["a"], 0.5, start_s=2.0) as steps:
        steps.append(np.zeros((4, 1)))
    with TrackWriter(tmp_path, "curve", ["t", "value"], None) as curve:
        curve.append([[0.25, 1], [7.5, 2]])
    assert open_track(tmp_path / "steps.npy").times().tolist() == [2.0, 2.5, 3.0, 3.5]
    assert open_track(tmp_path / "steps.npy").times(3, 99).tolist() == [3.5]
    assert open_track(tmp_path / "curve.npy").times().tolist() == [0.25, 7.5]


def test_mapped_frames_cannot_be_changed(tmp_path: Path) -> None:
    with TrackWriter(tmp_path, "t", ["a"], 0.01) as writer:
        writer.append([[1.0]])
    with pytest.raises(ValueError, match="read-only"):
        open_track(tmp_path / "t.npy").frames[0, 0] = 2


def test_misuse_is_refused(tmp_path: Path) -> None:
    for name in ("../t", "T", "", "a/b", "a" * 65):
        with pytest.raises(ValueError, match="name"):
            TrackWriter(tmp_path, name, ["a"], 0.01)
    with pytest.raises(ValueError, match="step"):
        TrackWriter(tmp_path, "t", ["a"], None)
    with TrackWriter(tmp_path, "t", ["a", "b"], 0.01) as writer:
        for wrong in ([1.0, 2.0], [[1.0]], np.zeros((1, 2, 1))):
            with pytest.raises(ValueError, match="shape"):
                writer.append(wrong)
    with pytest.raises(FileExistsError):
        TrackWriter(tmp_path, "t", ["a"], 0.01)


@pytest.mark.parametrize("data", [b"", b"\x93NUMPY", b"no array at all", b"\x93NUMPY\x01\x00\x05\x00{'a':"])
def test_what_is_not_a_track_says_so(tmp_path: Path, data: bytes) -> None:
    with TrackWriter(tmp_path, "t", ["a"], 0.01):
        pass
    (tmp_path / "t.npy").write_bytes(data)
    with pytest.raises(DamagedError):
        open_track(tmp_path / "t.npy")
