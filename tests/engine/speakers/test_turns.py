from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.demo import load_demo
from illodesk.engine.audio import SAMPLE_RATE, FileReader
from illodesk.engine.speakers.encoder import SpeakerEncoder
from illodesk.engine.speakers.turns import quiet_gaps, speaker_cuts, takes_over, voice_between
from tests.engine.speakers.voices import made_voices

GAPS = [(t - 0.05, t + 0.05) for t in np.arange(0.5, 12.0, 0.5)]


def windows(changes: list[float], duration: float = 12.0) -> tuple[np.ndarray, np.ndarray]:
    """Windows of a segment in which the speaker alternates at ``changes``; a window over a change holds both."""
    centres = np.arange(0.8, duration - 0.8 + 1e-9, 0.4)
    inside = np.linspace(-0.8, 0.8, 33)
    speaker = np.searchsorted(changes, centres[:, None] + inside) % 2
    share = speaker.mean(axis=1)
    vectors = np.stack([1 - share, share], axis=1) @ made_voices([0, 1], spread=0.0)
    return centres, (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("changes", [[6.0], [3.0, 8.0], [2.0, 5.0, 9.5]])
def test_changes_are_found_where_they_are(changes: list[float]) -> None:
    assert speaker_cuts(*windows(changes), GAPS) == pytest.approx(changes, abs=0.51)


def test_one_speaker_is_not_cut() -> None:
    assert speaker_cuts(*windows([]), GAPS) == []


def test_no_gap_no_cut() -> None:
    assert speaker_cuts(*windows([6.0]), []) == []


def test_a_long_gap_without_words_is_cut_at_the_change() -> None:
    assert speaker_cuts(*windows([7.0]), [(0.0, 12.0)]) == pytest.approx([7.0], abs=0.5)


def test_a_segment_of_one_window_is_not_cut() -> None:
    centres, embeddings = windows([0.8], duration=1.6)
    assert speaker_cuts(centres[:1], embeddings[:1], [(0.7, 0.8)]) == []


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.floats(0.2, 11.8), max_size=4).map(sorted),
    st.lists(st.floats(0.1, 11.5), max_size=12).map(sorted),
)
def test_cuts_lie_in_gaps_and_leave_a_second_on_each_side(changes: list[float], starts: list[float]) -> None:
    gaps = [(start, start + 0.1) for start in starts]
    cuts = speaker_cuts(*windows(changes), gaps)
    assert all(any(start <= cut <= end for start, end in gaps) for cut in cuts)
    assert np.all(np.diff([0.0, *cuts, 12.0]) >= 1.0 - 1e-6)


def test_another_voice_is_known_from_its_first_second() -> None:
    path, truth = load_demo()
    sound, encoder = np.concatenate(list(FileReader(path)))[:, 0], SpeakerEncoder()
    turns = [sound[round(t.t_start * SAMPLE_RATE) : round(t.t_end * SAMPLE_RATE)] for t in truth.turns[:14]]
    changed = [takes_over(encoder, one, other[:SAMPLE_RATE]) for one, other in pairwise(turns)]
    assert sum(changed) >= 10  # the two take turns; the next but one is the same voice again
    assert not any(takes_over(encoder, one, other[:SAMPLE_RATE]) for one, other in zip(turns, turns[2:], strict=False))
    assert not takes_over(encoder, turns[0], np.zeros(SAMPLE_RATE, np.float32))


def test_voice_of_a_part_is_not_its_neighbours() -> None:
    centres, embeddings = windows([6.0])
    left, right = voice_between(centres, embeddings, 0.0, 6.0), voice_between(centres, embeddings, 6.0, 12.0)
    assert left is not None and right is not None
    assert left @ right < 0.2
    assert voice_between(centres, embeddings, 0.0, 0.1) is None


def test_pauses_are_found_at_any_level() -> None:
    sound = np.random.default_rng(0).standard_normal(16_000 * 3).astype(np.float32) * np.float32(0.1)
    sound[16_000:20_000] *= 0.001
    for gain in (0.01, 1.0, 5.0):
        assert quiet_gaps(sound * np.float32(gain)) == [pytest.approx((1.0, 1.25), abs=0.021)]


def test_too_little_sound_has_no_pause() -> None:
    assert quiet_gaps(np.zeros(100, np.float32)) == []
