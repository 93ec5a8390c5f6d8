"""Utterance boundaries from frame probabilities."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine.speech.endpointing import Endpointer, EndsUtterance, Pause, Segment
from illodesk.engine.speech.vad import FRAME

FRAMES_PER_S = 16_000 / FRAME


def run(
    probabilities: list[float],
    levels: list[float] | None = None,
    cuts: tuple[int, ...] = (),
    ends_utterance: EndsUtterance | None = None,
    **options: float,
) -> list[Segment]:
    endpointer = Endpointer(**options)
    p = np.array(probabilities, np.float32)
    db = np.full(len(p), -30.0, np.float32) if levels is None else np.array(levels, np.float32)
    edges = sorted(cut % (len(p) + 1) for cut in cuts)
    segments: list[Segment] = []
    for pp, ll in zip(np.split(p, edges), np.split(db, edges), strict=True):
        segments += endpointer.feed(pp, ll, ends_utterance)
    return segments + endpointer.finish(len(p) * FRAME)


def speech(seconds: float, p: float = 0.9) -> list[float]:
    return [p] * round(seconds * FRAMES_PER_S)


def quiet(seconds: float) -> list[float]:
    return speech(seconds, 0.05)


def test_two_utterances_with_pads() -> None:
    first, second = run(quiet(1) + speech(1) + quiet(1) + speech(2) + quiet(1))
    assert not first.forced
    assert first.start == first.speech_start - 2400
    assert first.end == first.speech_end + 2400
    assert abs(first.speech_end - first.speech_start - 16_000) < FRAME
    assert second.start > first.end


def test_a_short_pause_does_not_end_an_utterance_and_a_click_is_none() -> None:
    assert len(run(speech(1) + quiet(0.4) + speech(1) + quiet(1))) == 1
    assert run(quiet(1) + speech(0.1) + quiet(1)) == []


def test_a_short_pause_ends_an_utterance_when_somebody_else_takes_over() -> None:
    sound = quiet(1) + speech(2) + quiet(0.3) + speech(2) + quiet(1)
    asked: list[Pause] = []

    def somebody_else(pause: Pause) -> bool:
        asked.append(pause)
        return True

    first, second = run(sound, ends_utterance=somebody_else)
    (pause,) = asked
    assert (pause.since, pause.start) == (first.speech_start, first.speech_end)
    assert pause.end == second.speech_start
    assert abs(pause.until - pause.end - 16_000) < FRAME
    assert first.end <= second.start
    assert not first.forced
    assert len(run(sound, ends_utterance=lambda _: False)) == 1
    assert len(run(sound)) == 1


def test_of_too_little_speech_nobody_is_asked() -> None:
    def never(pause: Pause) -> bool:
        raise AssertionError(pause)

    assert len(run(speech(0.8) + quiet(0.3) + speech(3) + quiet(1), ends_utterance=never)) == 1  # before the pause
    assert len(run(speech(3) + quiet(0.3) + speech(0.8) + quiet(1), ends_utterance=never)) == 1  # after it
    assert len(run(speech(3) + quiet(0.1) + speech(3) + quiet(1), ends_utterance=never)) == 1  # in it


def test_every_pause_is_asked_about_in_order() -> None:
    asked: list[int] = []

    def note(pause: Pause) -> bool:
        asked.append(pause.start)
        return len(asked) == 2

    sound = speech(2) + quiet(0.25) + speech(0.7) + quiet(0.25) + speech(2) + quiet(0.25) + speech(2) + quiet(1)
    first, second = run(sound, ends_utterance=note)
    assert asked == sorted(set(asked)) and len(asked) == 3
    assert first.speech_end == asked[1]
    assert second.end >= 6 * 16_000


def test_what_may_become_an_utterance_is_foreseen() -> None:
    sound = np.array(speech(2) + quiet(0.3) + speech(2) + quiet(0.6), np.float32)
    endpointer = Endpointer()
    told: list[Segment] = []
    seen: set[Segment] = set()
    for i in range(len(sound)):
        told += endpointer.feed(sound[i : i + 1], np.full(1, -30.0, np.float32), lambda _: True)
        seen |= set(endpointer.foreseen())
    assert len(told) == 2
    assert set(told) <= seen


def test_hysteresis() -> None:
    assert run(speech(3, 0.45)) == []
    assert len(run(speech(0.3) + speech(2, 0.4) + speech(0.3) + quiet(1))) == 1
    # Half-likely frames go on with speech but do not end a silence.
    ended = run(speech(0.5) + quiet(0.3) + speech(1, 0.4))
    assert ended[0].speech_end < 0.6 * 16_000


def test_pads_stay_inside_the_sound() -> None:
    (only,) = run(speech(1))
    assert (only.start, only.end) == (0, round(FRAMES_PER_S) * FRAME)
    endpointer = Endpointer()
    endpointer.feed(np.full(31, 0.9, np.float32), np.full(31, -30.0, np.float32))
    assert endpointer.finish(15_500)[0].end == 15_500


def test_an_endless_speaker_is_cut_at_the_weakest_place() -> None:
    weak = round(13 * FRAMES_PER_S)
    probabilities = speech(40)
    probabilities[weak - 1 : weak + 2] = [0.5, 0.36, 0.5]
    segments = run(probabilities)
    assert [segment.forced for segment in segments] == [True, True, False]
    assert segments[0].end == weak * FRAME
    assert all(a.end == b.start for a, b in pairwise(segments))
    assert segments[-1].end == len(probabilities) * FRAME


def test_the_cut_prefers_the_quiet_frame_when_all_sound_alike() -> None:
    levels = [-20.0] * round(20 * FRAMES_PER_S)
    dip = round(12.5 * FRAMES_PER_S)
    levels[dip - 1 : dip + 2] = [-45.0] * 3
    first = run(speech(20), levels)[0]
    assert first.end == dip * FRAME


def test_a_cut_in_the_final_pause_leaves_no_empty_rest() -> None:
    segments = run(speech(14.7) + quiet(2))
    assert len(segments) == 1
    assert not segments[0].forced


def test_the_noise_of_a_converter_is_no_speech_but_very_quiet_speech_is() -> None:
    assert run(speech(2), [-91.0] * len(speech(2))) == []
    assert len(run(speech(2), [-75.0] * len(speech(2)))) == 1


def test_keep_from_covers_whatever_may_still_come() -> None:
    endpointer = Endpointer()
    rng = np.random.default_rng(2)
    kept = 0
    for _ in range(200):
        n = int(rng.integers(1, 40))
        p = np.repeat(rng.random(1), n).astype(np.float32)
        segments = endpointer.feed(p, np.full(n, -30.0, np.float32), lambda pause: pause.end // FRAME % 2 == 0)
        assert all(segment.start >= kept for segment in segments)
        assert endpointer.keep_from >= kept
        kept = endpointer.keep_from
        assert (endpointer.speaking_since is None) or endpointer.speaking_since >= kept


@settings(max_examples=40, deadline=None)
@given(
    runs=st.lists(st.tuples(st.floats(0, 1, width=32), st.integers(1, 60)), min_size=1, max_size=60),
    cuts=st.lists(st.integers(0, 2**31), max_size=20),
)
def test_segments_do_not_depend_on_block_size_and_never_overlap(runs: list[tuple[float, int]], cuts: list[int]) -> None:
    probabilities = [p for p, n in runs for _ in range(n)]
    levels = [-100.0 + 90.0 * p for p in probabilities]

    def somebody_else(pause: Pause) -> bool:
        assert pause.since < pause.start < pause.end < pause.until
        return pause.end // FRAME % 3 > 0

    segments = run(probabilities, levels, (), somebody_else, max_s=6.0, search_s=2.0)
    assert run(probabilities, levels, tuple(cuts), somebody_else, max_s=6.0, search_s=2.0) == segments
    end = 0
    for segment in segments:
        assert end <= segment.start <= segment.speech_start < segment.speech_end <= segment.end
        assert segment.end <= len(probabilities) * FRAME
        assert segment.end - segment.start <= 6.0 * 16_000 + 4800 + FRAME
        end = segment.end
