from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine.story.boundaries import choose_boundaries, expected_segments, score_gaps
from illodesk.engine.story.cues import closing_cue, opening_cue
from tests.engine.story.timelines import interview

TEXTS = [u.text for u in interview()]


def test_the_scripted_change_scores_highest() -> None:
    gaps = score_gaps(TEXTS, expected=2)
    assert int(np.argmax(gaps.score)) == 11
    assert int(np.argmax(gaps.change[3:-3])) + 3 in (10, 11, 12)


def test_a_long_pause_and_a_new_leader_add_to_the_score() -> None:
    plain = score_gaps(TEXTS, 2)
    paused = score_gaps(TEXTS, 2, pauses=[5.0 if i == 4 else 0.1 for i in range(len(TEXTS) - 1)])
    assert paused.score[4] > plain.score[4] + 0.3
    led = score_gaps(TEXTS, 2, speakers=["A"] * 12 + ["B"] * 12)
    assert int(np.argmax(led.activity)) == 11


def test_meaning_counts_where_words_are_shared_by_none() -> None:
    class Encoder:
        def encode(self, texts: object) -> np.ndarray:
            rows = [[1.0, 0.0]] * 10 + [[0.0, 1.0]] * 10
            return np.array(rows, np.float32)

    gaps = score_gaps([f"word{i} thing{i}" for i in range(20)], 2, Encoder())
    assert int(np.argmax(gaps.score)) == 9


def test_texts_without_content_words_are_no_obstacle() -> None:
    for texts in (["", "", "", ""], ["yes", "no"], ["yeah"] * 30):
        gaps = score_gaps(texts, 1.5)
        assert np.isfinite(gaps.score).all()
        assert len(gaps.score) == len(texts) - 1


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.floats(-3, 3), min_size=3, max_size=60),
    st.floats(1.5, 12),
    st.integers(1, 6),
    st.floats(0, 60),
)
def test_segments_are_never_too_short_and_their_number_stays_in_range(
    scores: list[float], expected: float, least: int, least_s: float
) -> None:
    n = len(scores) + 1
    starts = [5.0 * i for i in range(n)]
    found = choose_boundaries(np.array(scores), expected, least, starts, least_s)
    edges = [0, *found, n]
    assert found == sorted(set(found))
    if found:
        assert all(b - a >= least for a, b in itertools.pairwise(edges))
        assert all(starts[b] - starts[a] >= least_s for a, b in itertools.pairwise(edges[:-1]))
    assert len(found) + 1 <= max(2, np.ceil(expected * 1.5))


def test_the_best_of_all_divisions_is_chosen() -> None:
    scores = np.random.default_rng(0).normal(0.4, 0.8, 9)
    found = choose_boundaries(scores, expected=3, least=2)
    limit = 0.5 * np.log(10 / 3 - 1)
    every = [
        c
        for k in range(0, 5)
        for c in itertools.combinations(range(1, 10), k)
        if all(b - a >= 2 for a, b in itertools.pairwise([0, *c, 10])) and 2 <= k + 1 <= 5
    ]
    best = max(every, key=lambda c: sum(scores[i - 1] - limit for i in c))
    assert tuple(found) == best


def test_cues_are_heard() -> None:
    assert opening_cue("Okay, let's move on to the budget.").strength == 1.0
    assert opening_cue("The next questions are from Janet.").strength >= 0.9
    assert opening_cue("It was green.").strength == 0.0
    assert closing_cue("Is there anything else I can do?").strength == 1.0
    assert closing_cue("It was green.").strength == 0.0


def test_long_talk_has_more_segments_but_far_from_in_proportion() -> None:
    counts = [expected_segments(length, 88.0, 7.0) for length in (10.0, 88.0, 176.0)]
    assert counts == sorted(counts)
    assert counts[1] == 7.0 and counts[2] < 9.0
