"""What was measured of each utterance, kept in memory and in a file."""

from __future__ import annotations

import pickle
from pathlib import Path

import numpy as np
import pytest

from illodesk.engine.measurements import Measurements
from illodesk.schema import Utterance


def utterance(number: int) -> Utterance:
    return Utterance(
        utterance_id=f"utt_{number:04d}", speaker="Speaker_0", t_start=number, t_end=number + 0.5, text="ä"
    )


def filled(path: Path | None, count: int) -> Measurements:
    kept = Measurements(path)
    for number in range(count):
        kept.append(utterance(number), None if number % 3 == 0 else np.full(256, number, np.float32))
    return kept


def same(kept: Measurements, count: int) -> None:
    found = list(kept)
    assert len(kept) == len(found) == count
    for number, (one, voice) in enumerate(found):
        assert one == utterance(number)
        assert (voice is None) == (number % 3 == 0)
        assert voice is None or (voice == number).all()


@pytest.mark.parametrize("on_disk", [False, True])
def test_what_was_kept_comes_back_in_order_and_again(on_disk: bool, tmp_path: Path) -> None:
    kept = filled(tmp_path / "kept" if on_disk else None, 7)
    same(kept, 7)
    kept.append(utterance(7), np.full(256, 7, np.float32))
    same(kept, 8)
    kept.discard()


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_pickle_goes_on_where_it_was_made(on_disk: bool, tmp_path: Path) -> None:
    kept = filled(tmp_path / "kept" if on_disk else None, 5)
    saved = pickle.dumps(kept)
    kept.append(utterance(90), None)  # after the checkpoint, before the crash
    again: Measurements = pickle.loads(saved)
    same(again, 5)
    again.append(utterance(5), np.full(256, 5, np.float32))
    same(again, 6)
    kept.discard()
    again.discard()


def test_a_pickle_of_a_file_does_not_grow(tmp_path: Path) -> None:
    few, more = filled(tmp_path / "few", 1), filled(tmp_path / "more", 200)
    assert len(pickle.dumps(more)) == pytest.approx(len(pickle.dumps(few)), abs=8)
    few.discard()
    more.discard()


def test_what_is_discarded_is_gone(tmp_path: Path) -> None:
    kept = filled(tmp_path / "kept", 3)
    saved = pickle.dumps(kept)
    kept.discard()
    kept.discard()
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(FileNotFoundError):
        pickle.loads(saved)
