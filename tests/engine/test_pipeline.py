"""The pipeline as a whole, with the real stages and a recogniser that answers from the sound alone."""

from __future__ import annotations

import pickle
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from illodesk.demo import load_demo
from illodesk.engine.audio import SAMPLE_RATE, FileReader
from illodesk.engine.measurements import Measurements
from illodesk.engine.models import ModelSet
from illodesk.engine.pipeline import Pipeline, word_gaps
from illodesk.engine.speech.recogniser import Recognition
from illodesk.schema import AnalysisOptions, AnalysisResult, Basis, Event, FinalTranscriptEvent, ModelUse, Purpose, Word

VOCABULARY = "yes no maybe I think we will send the contract by Friday that is too expensive what do you mean".split()


class Parrot:
    """Words that depend on the sound and nothing else: about three a second, chosen by its samples."""

    info = ModelUse(stage="speech to text", name="test parrot")

    def recognise(self, sound: NDArray[np.float32]) -> Recognition:
        seconds = len(sound) / SAMPLE_RATE
        count = max(1, int(seconds * 3))
        seed = int(np.abs(sound).sum() * 1000)
        words = [
            Word(
                text=VOCABULARY[(seed + 7 * i) % len(VOCABULARY)],
                t_start=round(i * seconds / count, 3),
                t_end=round((i + 0.8) * seconds / count, 3),
                confidence=0.8,
            )
            for i in range(count)
        ]
        return Recognition(text=" ".join(w.text for w in words), words=words, confidence=0.8, language="en")


@pytest.fixture(scope="module")
def models() -> ModelSet:
    loaded = ModelSet()
    loaded.__dict__["recogniser"] = Parrot()
    return loaded


@pytest.fixture(scope="module")
def speech() -> NDArray[np.float32]:
    """Twenty seconds of the demo, one channel."""
    return np.concatenate(list(FileReader(load_demo()[0])))[: 20 * SAMPLE_RATE]


@pytest.fixture(scope="module")
def quick_reply() -> tuple[NDArray[np.float32], float, float]:
    """A turn of the demo and the answer 0.4 s later; the seconds at which the turn and the answer end."""
    turn, answer = load_demo()[1].turns[12:14]
    begin = turn.t_start - 0.5
    sound = np.concatenate(list(FileReader(load_demo()[0])))
    cut = sound[round(begin * SAMPLE_RATE) : round((answer.t_end + 0.4) * SAMPLE_RATE)]
    return cut, turn.t_end - begin, answer.t_end - begin


def run(
    sound: NDArray[np.float32], models: ModelSet, sizes: list[int], options: AnalysisOptions | None = None
) -> tuple[list[Event], AnalysisResult]:
    """Feed sound in blocks of these sizes, over and over."""
    pipeline = Pipeline(options or AnalysisOptions(), models)
    events: list[Event] = []
    at = i = 0
    while at < len(sound):
        events += pipeline.feed(sound[at : at + sizes[i % len(sizes)]])
        at += sizes[i % len(sizes)]
        i += 1
    last, result = pipeline.finish()
    return events + last, result


@given(sizes=st.lists(st.integers(min_value=101, max_value=70_000), min_size=1, max_size=5))
@settings(max_examples=8)
def test_block_sizes_change_nothing(sizes: list[int], models: ModelSet, speech: NDArray[np.float32]) -> None:
    events, result = run(speech, models, sizes)
    whole_events, whole = run(speech, models, [len(speech)])
    assert result == whole
    assert events == whole_events


@given(sizes=st.lists(st.integers(min_value=101, max_value=70_000), min_size=1, max_size=5))
@settings(max_examples=5)
def test_block_sizes_do_not_change_where_a_quick_reply_begins(
    sizes: list[int], models: ModelSet, quick_reply: tuple[NDArray[np.float32], float, float]
) -> None:
    sound, _, _ = quick_reply
    assert run(sound, models, sizes) == run(sound, models, [len(sound)])


def test_an_utterance_is_told_before_a_quick_reply_ends(
    models: ModelSet, quick_reply: tuple[NDArray[np.float32], float, float]
) -> None:
    sound, turn_ends, reply_ends = quick_reply
    pipeline = Pipeline(AnalysisOptions(), models)
    told_at = {}
    for at in range(0, len(sound), 1600):
        for event in pipeline.feed(sound[at : at + 1600]):
            if isinstance(event, FinalTranscriptEvent):
                told_at[event.utterance_id] = (at + 1600) / SAMPLE_RATE, event
    heard_s, event = told_at["utt_0000"]
    assert event.t_end == pytest.approx(turn_ends, abs=0.2)
    assert turn_ends < heard_s < turn_ends + 1.8 < reply_ends
    _, result = pipeline.finish()
    assert [u.speaker for u in result.timeline][:2] == ["Speaker_0", "Speaker_1"]


def test_one_voice_is_not_cut_in_its_pauses(models: ModelSet) -> None:
    sound, truth = np.concatenate(list(FileReader(load_demo()[0]))), load_demo()[1]
    own = [turn for turn in truth.turns if turn.speaker == "Interviewer"][:3]
    pause = 1e-3 * np.random.default_rng(3).standard_normal((round(0.25 * SAMPLE_RATE), 1)).astype(np.float32)
    turns = [sound[round(t.t_start * SAMPLE_RATE) : round(t.t_end * SAMPLE_RATE)] for t in own]
    _, result = run(np.concatenate([part for turn in turns for part in (turn, pause)]), models, [4096])
    assert result.utterances == 1


def test_a_channel_with_one_speaker_is_asked_nothing(
    quick_reply: tuple[NDArray[np.float32], float, float], models: ModelSet
) -> None:
    _, result = run(quick_reply[0], models, [4096], AnalysisOptions(speakers=1))
    assert {u.speaker for u in result.timeline} == {"Speaker_0"}
    assert result.timeline[0].t_end > quick_reply[1] + 1.0


def test_an_utterance_never_changes_after_its_transcript(models: ModelSet, speech: NDArray[np.float32]) -> None:
    events, result = run(speech, models, [4096])
    told = {e.utterance_id: e for e in events if isinstance(e, FinalTranscriptEvent)}
    assert len(told) == result.utterances > 0
    for u in result.timeline:
        assert (told[u.utterance_id].text, told[u.utterance_id].t_start, told[u.utterance_id].t_end) == (
            u.text,
            u.t_start,
            u.t_end,
        )


def test_times_are_in_order_and_inside_the_sound(models: ModelSet, speech: NDArray[np.float32]) -> None:
    _, result = run(speech, models, [8000])
    for u in result.timeline:
        assert 0 <= u.t_start < u.t_end <= result.analysed_s + 0.01
    for before, after in pairwise(result.timeline):
        assert before.t_start <= after.t_start


@pytest.mark.parametrize("kind", ["silence", "noise", "hum"])
def test_no_speech_gives_no_utterance(kind: str, models: ModelSet) -> None:
    n = 6 * SAMPLE_RATE
    random = np.random.default_rng(1)
    sound = {
        "silence": np.zeros(n),
        "noise": 0.01 * random.standard_normal(n),
        "hum": 0.1 * np.sin(2 * np.pi * 50 * np.arange(n) / SAMPLE_RATE),
    }[kind].astype(np.float32)[:, None]
    _, result = run(sound, models, [5000])
    assert result.utterances == 0
    assert result.timeline == []
    assert result.inference_basis == []


def test_swapping_channels_swaps_speakers_only(models: ModelSet, speech: NDArray[np.float32]) -> None:
    n = len(speech) // 2
    calls = np.zeros((2 * n, 2), np.float32)
    calls[:n, 0] = speech[:n, 0]
    calls[n:, 1] = speech[n : 2 * n, 0]
    _, straight = run(calls, models, [9000])
    _, swapped = run(calls[:, ::-1].copy(), models, [9000])
    assert straight.media.layout == swapped.media.layout == "separate"
    other = {"Speaker_0": "Speaker_1", "Speaker_1": "Speaker_0"}
    assert straight.utterances == swapped.utterances > 1
    for a, b in zip(straight.timeline, swapped.timeline, strict=True):
        assert other[a.speaker] == b.speaker
        blank = {"speaker": "", "channel": 0, "utterance_id": "", "cognitive": None}
        assert a.model_copy(update=blank) == b.model_copy(update=blank)
        assert a.cognitive.engagement == b.cognitive.engagement
        assert a.cognitive.cognitive_load == b.cognitive.cognitive_load


def test_text_only_keeps_the_voice_out(models: ModelSet, speech: NDArray[np.float32]) -> None:
    _, result = run(speech, models, [9000], AnalysisOptions(purpose=Purpose.WORKPLACE))
    assert result.policy.mode == "text_only"
    assert Basis.VOICE not in result.inference_basis
    for u in result.timeline:
        for name, score in u.evidence.items():
            assert Basis.VOICE not in score.basis, name
            assert all(c.basis is not Basis.VOICE for c in score.contributions), name
        assert Basis.VOICE not in u.emotion.basis


def test_another_language_says_that_text_is_not_available(speech: NDArray[np.float32]) -> None:
    _, result = run(speech, ModelSet("fi"), [9000], AnalysisOptions(language="fi"))
    assert result.utterances > 0
    for u in result.timeline:
        assert not u.reading.available
        assert not u.lexical_markers.available
        assert u.text == ""
    assert any(u.emotion.arousal is not None for u in result.timeline)


@pytest.mark.parametrize("on_disk", [False, True])
def test_a_checkpoint_goes_on_where_it_was(
    on_disk: bool, models: ModelSet, speech: NDArray[np.float32], tmp_path: Path
) -> None:
    _, whole = run(speech, models, [len(speech)])
    kept = Measurements(tmp_path / "measured" if on_disk else None)
    first = Pipeline(AnalysisOptions(), models, measured=kept)
    half = len(speech) // 2 + 333
    first.feed(speech[:half])
    saved = pickle.dumps(first)
    first.feed(speech[half:])  # lost with its process
    second: Pipeline = pickle.loads(saved)
    second.attach(models, None)
    second.feed(speech[half:])
    _, result = second.finish()
    assert result == whole
    kept.discard()
    second.measured.discard()


def test_thinking_ahead_changes_nothing(models: ModelSet, speech: NDArray[np.float32]) -> None:
    _, whole = run(speech, models, [len(speech)])
    pipeline = Pipeline(AnalysisOptions(), models)
    ahead = 0
    for at in range(0, len(speech), 2048):
        pipeline.feed(speech[at : at + 2048])
        ahead += pipeline.foresee()
    _, result = pipeline.finish()
    assert ahead > 2
    assert result == whole


def test_thinking_ahead_changes_nothing_where_a_reply_is_quick(
    models: ModelSet, quick_reply: tuple[NDArray[np.float32], float, float]
) -> None:
    sound, _, _ = quick_reply
    pipeline = Pipeline(AnalysisOptions(), models)
    for at in range(0, len(sound), 2048):
        pipeline.feed(sound[at : at + 2048])
        while pipeline.foresee():
            pass
    assert pipeline.finish()[1] == run(sound, models, [len(sound)])[1]


def test_tracks_cover_the_whole_sound(models: ModelSet, speech: NDArray[np.float32]) -> None:
    rows: dict[str, list[NDArray[np.float32]]] = {}

    class Sink:
        def append(self, name: str, columns: tuple[str, ...], hop_s: float, block: NDArray[np.float32]) -> None:
            assert block.shape[1] == len(columns)
            rows.setdefault(name, []).append(block)

        def rewind(self, kept: dict[str, int]) -> None:
            assert kept == {}

        def close(self) -> None:
            pass

    pipeline = Pipeline(AnalysisOptions(), models, Sink())
    pipeline.feed(speech)
    _, result = pipeline.finish()
    seconds = result.analysed_s
    prosody, peaks = np.concatenate(rows["prosody_0"]), np.concatenate(rows["peaks_0"])
    assert abs(len(prosody) - seconds * 100) <= 5
    assert abs(len(peaks) - seconds * 100) <= 1
    assert np.all(peaks[:, 0] <= peaks[:, 1])
    voiced = np.flatnonzero(np.isfinite(prosody[:, 0]) & (prosody[:, 0] > 0)) / 100
    inside = [any(u.t_start - 0.05 <= t <= u.t_end + 0.05 for u in result.timeline) for t in voiced]
    assert all(inside)


@given(
    edges=st.lists(st.floats(0, 10, allow_nan=False), min_size=0, max_size=8).map(sorted),
)
def test_word_gaps_and_words_fill_the_segment(edges: list[float]) -> None:
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    words = [Word(text="x", t_start=a, t_end=b) for a, b in pairs]
    gaps = word_gaps(words, 10.0)
    assert all(b > a for a, b in gaps)
    assert sum(b - a for a, b in gaps) + sum(b - a for a, b in pairs) == pytest.approx(10.0)
