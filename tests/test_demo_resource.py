"""The demo interview: what lies in the package is whole, and its truth fits its sound."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from illodesk.demo import Truth, load_demo


@pytest.fixture(scope="module")
def truth() -> Truth:
    return load_demo()[1]


@pytest.fixture(scope="module")
def sound() -> NDArray[np.float32]:
    samples, rate = soundfile.read(load_demo()[0], dtype="float32")
    assert rate == 16_000
    assert samples.ndim == 1
    return samples


def level_db(samples: NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.mean(samples.astype(np.float64) ** 2) + 1e-12))


def test_length_and_size(truth: Truth, sound: NDArray[np.float32]) -> None:
    assert 120 <= truth.duration_s <= 180
    assert len(sound) == round(truth.duration_s * 16_000)
    assert load_demo()[0].stat().st_size < 2_000_000


def test_two_speakers_take_turns_without_overlap(truth: Truth) -> None:
    assert truth.speakers == ("Interviewer", "Customer")
    for earlier, later in zip(truth.turns, truth.turns[1:], strict=False):
        assert earlier.speaker != later.speaker
        assert 0.3 <= later.t_start - earlier.t_end <= 1.0


def test_words_are_the_text_and_lie_inside_their_turn(truth: Truth) -> None:
    for turn in truth.turns:
        assert [word.text for word in turn.words] == re.findall(r"[A-Za-z']+", turn.text)
        position = turn.t_start
        for word in turn.words:
            assert position - 1e-6 <= word.t_start < word.t_end <= turn.t_end + 1e-3
            position = word.t_end


def test_sound_is_where_the_truth_says_and_silence_elsewhere(truth: Truth, sound: NDArray[np.float32]) -> None:
    edges = [0.0]
    for turn in truth.turns:
        start, end = round(turn.t_start * 16_000), round(turn.t_end * 16_000)
        assert level_db(sound[start:end]) > -35
        edges += [turn.t_start, turn.t_end]
    edges.append(truth.duration_s)
    for start_s, end_s in zip(edges[::2], edges[1::2], strict=True):
        assert level_db(sound[round(start_s * 16_000) : round(end_s * 16_000)]) < -80


def test_loudness_does_not_give_the_aroused_passages_away(truth: Truth, sound: NDArray[np.float32]) -> None:
    def levels(manner: str) -> list[float]:
        turns = [turn for turn in truth.turns if turn.manner == manner]
        return [level_db(sound[round(turn.t_start * 16_000) : round(turn.t_end * 16_000)]) for turn in turns]

    assert abs(np.mean(levels("calm")) - np.mean(levels("aroused"))) < 1.0


def test_every_scripted_change_is_there_once(truth: Truth) -> None:
    assert Counter(change.kind for change in truth.changes) == Counter(
        ("objection", "commitment", "topic_change", "arousal_rise", "arousal_fall")
    )
    for change in truth.changes:
        turn = truth.turns[change.utterance]
        assert (turn.t_start, turn.speaker) == (change.t, change.speaker)


def test_arousal_changes_frame_the_aroused_passage(truth: Truth) -> None:
    when = {change.kind: change.t for change in truth.changes}
    aroused = [turn for turn in truth.turns if turn.manner == "aroused"]
    assert len(aroused) >= 4
    assert {turn.speaker for turn in aroused} == {"Customer"}
    assert when["arousal_rise"] == aroused[0].t_start
    assert aroused[-1].t_end < when["arousal_fall"]


def test_the_voices_carry_their_licence() -> None:
    licence = load_demo()[0].with_name("LICENSE.flite").read_text(encoding="utf-8")
    assert "Carnegie Mellon University" in licence
    assert "free of charge" in licence
