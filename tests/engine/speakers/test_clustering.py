from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine.speakers import clustering
from illodesk.engine.speakers.clustering import cluster, match_labels
from tests.engine.speakers.voices import made_voices

SPOKE = [0, 1, 0, 2, 1, 1, 0, 2, 2, 0]


def seconds(n: int, each: float = 4.0) -> np.ndarray:
    return np.full(n, each)


def test_speakers_are_found_and_numbered_by_first_appearance() -> None:
    spoke = [5, 3, 5, 9, 3]
    labels, confidence = cluster(made_voices(spoke), seconds(5))
    assert labels.tolist() == [0, 1, 0, 2, 1]
    assert np.all(confidence > 0.8)


def test_one_speaker_stays_one() -> None:
    labels, _ = cluster(made_voices([0] * 30, spread=0.5), seconds(30))
    assert set(labels) == {0}


def test_known_number_is_kept() -> None:
    for count in (1, 2, 3):
        labels, _ = cluster(made_voices(SPOKE), seconds(10), count)
        assert len(set(labels)) == count


def test_known_number_splits_what_is_alike() -> None:
    labels, _ = cluster(made_voices([0] * 8, spread=0.3), seconds(8), 2)
    assert len(set(labels)) == 2


def test_more_speakers_than_utterances_is_no_error() -> None:
    labels, _ = cluster(made_voices([0, 1]), seconds(2), 5)
    assert labels.tolist() == [0, 1]


def test_a_cough_founds_no_speaker() -> None:
    labels, confidence = cluster(made_voices([0, 0, 7, 0]), np.array([5.0, 5.0, 0.5, 5.0]))
    assert labels.tolist() == [0, 0, 0, 0]
    assert confidence[2] < 0.5


def test_utterance_without_a_voice_takes_the_speaker_before_it() -> None:
    voices = made_voices([0, 0, 1, 1, 0])
    voices[[0, 3]] = 0
    labels, confidence = cluster(voices, seconds(5))
    assert labels.tolist() == [0, 0, 1, 1, 0]
    assert confidence[0] == confidence[3] == 0


def test_nothing_heard() -> None:
    labels, confidence = cluster(np.zeros((0, 256), np.float32), np.zeros(0))
    assert len(labels) == len(confidence) == 0
    labels, confidence = cluster(np.zeros((3, 256), np.float32), seconds(3))
    assert labels.tolist() == [0, 0, 0]
    assert not confidence.any()


def test_long_recordings_are_clustered_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clustering, "MOST_CLUSTERED", 20)
    spoke = [i % 2 for i in range(60)]
    labels, _ = cluster(made_voices(spoke), np.linspace(2, 4, len(spoke)))
    assert labels.tolist() == spoke


def test_input_is_left_as_it_was() -> None:
    voices, length = made_voices(SPOKE), seconds(10)
    before = voices.copy()
    cluster(voices, length)
    assert np.array_equal(voices, before)
    assert np.array_equal(length, seconds(10))


@settings(max_examples=20, deadline=None)
@given(st.permutations(range(10)), st.integers(0, 1000))
def test_order_of_utterances_does_not_matter(order: list[int], seed: int) -> None:
    voices, length = made_voices(SPOKE, seed), np.linspace(1, 6, 10)
    straight, _ = cluster(voices, length)
    mixed, _ = cluster(voices[order], length[order])
    together = straight[:, None] == straight[None, :]
    assert np.array_equal(together[np.ix_(order, order)], mixed[:, None] == mixed[None, :])


def test_labels_are_matched_by_shared_speech() -> None:
    assert match_labels(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 1]), np.array([5.0, 5, 4, 1])) == {0: 1, 1: 0}


def test_a_new_speaker_takes_no_old_name() -> None:
    matched = match_labels(np.array([0, 0, 3]), np.array([0, 1, 2]), np.array([5.0, 1, 5]))
    assert matched[0] == 0
    assert matched[2] == 3
    assert matched[1] not in (0, 3)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.floats(0.1, 9)), min_size=1, max_size=20))
def test_matching_is_one_to_one(rows: list[tuple[int, int, float]]) -> None:
    old, new, length = (np.array(column) for column in zip(*rows, strict=True))
    matched = match_labels(old, new, length)
    assert set(matched) == set(new.tolist())
    assert len(set(matched.values())) == len(matched)


def test_matching_labels_with_themselves_changes_nothing() -> None:
    labels = np.array(SPOKE)
    assert match_labels(labels, labels, seconds(10)) == {0: 0, 1: 1, 2: 2}


@pytest.mark.parametrize("length", [0.3, 1.0])
def test_only_short_speech_is_still_assigned(length: float) -> None:
    labels, _ = cluster(made_voices([0, 1, 0, 1]), seconds(4, length))
    assert labels[0] == 0
    assert len(labels) == 4
