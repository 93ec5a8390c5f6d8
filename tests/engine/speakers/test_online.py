from __future__ import annotations

import pickle

import numpy as np

from illodesk.engine.speakers.online import REMEMBERED, OnlineSpeakers
from tests.engine.speakers.voices import made_voices


def labels_of(speakers: OnlineSpeakers, spoke: list[int], seconds: float = 4.0) -> list[int]:
    return [speakers.assign(voice, seconds)[0] for voice in made_voices(spoke)]


def test_speakers_are_numbered_as_they_appear() -> None:
    assert labels_of(OnlineSpeakers(), [4, 4, 2, 4, 7, 2]) == [0, 0, 1, 0, 2, 1]


def test_same_utterances_same_labels_and_confidences() -> None:
    voices = made_voices([0, 1, 0, 2] * 5)
    runs = [[speakers.assign(v, 3.0) for v in voices] for speakers in (OnlineSpeakers(), OnlineSpeakers())]
    assert runs[0] == runs[1]


def test_a_pause_in_a_checkpoint_changes_nothing() -> None:
    voices = made_voices([0, 1, 0, 2] * 3)
    whole, first = OnlineSpeakers(), OnlineSpeakers()
    expected = [whole.assign(v, 3.0) for v in voices]
    got = [first.assign(v, 3.0) for v in voices[:5]]
    second = pickle.loads(pickle.dumps(first))
    assert got + [second.assign(v, 3.0) for v in voices[5:]] == expected


def test_known_number_is_never_exceeded() -> None:
    assert set(labels_of(OnlineSpeakers(2), [0, 1, 2, 3, 2, 1, 0])) == {0, 1}


def test_one_known_speaker_is_one() -> None:
    assert set(labels_of(OnlineSpeakers(1), [0, 1, 2])) == {0}


def test_a_short_utterance_founds_no_speaker() -> None:
    speakers = OnlineSpeakers()
    labels_of(speakers, [0, 0])
    label, confidence = speakers.assign(made_voices([1])[0], 0.6)
    assert label == 0
    assert confidence < 0.5


def test_without_a_voice_the_speaker_before_goes_on() -> None:
    speakers = OnlineSpeakers()
    assert speakers.assign(None, 0.2) == (0, 0.0)
    assert labels_of(speakers, [0, 1]) == [0, 1]
    assert speakers.assign(None, 0.2) == (1, 0.0)


def test_a_speaker_is_not_forgotten_in_a_long_conversation() -> None:
    speakers = OnlineSpeakers()
    labels_of(speakers, [0, 1])
    labels_of(speakers, [1] * (REMEMBERED + 5))
    assert speakers.assign(made_voices([0], seed=9)[0], 4.0)[0] == 0


def test_two_voices_heard_as_one_are_parted_when_enough_is_known() -> None:
    rng = np.random.default_rng(1)
    between = np.sqrt(0.5)
    pair = np.array([[1.0, 0.0], [between, between]]) @ np.eye(256)[:2]
    spoke = [0, 1] * 15
    noisy = pair[spoke] + rng.standard_normal((30, 256)) * 0.02
    voices = (noisy / np.linalg.norm(noisy, axis=1, keepdims=True)).astype(np.float32)
    speakers = OnlineSpeakers()
    labels = [speakers.assign(voice, 2.0)[0] for voice in voices]
    assert labels[0] == 0
    assert labels[-10:] == spoke[-10:]
