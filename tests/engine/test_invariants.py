"""What must hold for the analytics as a whole, from sound and words to scores, moments and quality."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from illodesk.engine.affect.text import TextReader
from illodesk.engine.conclusion import detect, score
from illodesk.engine.conduct.markers import find_markers
from illodesk.engine.conduct.quality import conversation_quality
from illodesk.engine.conduct.signals import social_signals
from illodesk.engine.prosody import measure
from illodesk.schema import Policy, Prosody, Utterance
from tests.engine.voices import RATE, voice

POLICY = Policy()
SPEECH = ("A", "B")
LINES = (
    "tell me how the project is going this week",
    "we are on time and the first part is finished",
    "that is great news what about the second part",
    "honestly i am worried that the supplier will be late again",
    "can you send me the new plan",
    "i will send it by friday",
)

Sound = NDArray[np.float32]


@cache
def reader() -> TextReader:
    return TextReader("en")


@cache
def sounds() -> tuple[Sound, ...]:
    return tuple(
        voice(f0=120.0 if i % 2 == 0 else 205.0, seconds=1.8, vibrato=0.5 + 0.4 * i, tilt=12.0 - i)
        for i in range(len(LINES))
    )


@cache
def heard(index: int, gain_db: float) -> Prosody:
    return measure(sounds()[index] * np.float32(10.0 ** (gain_db / 20.0)))[0]


def utterance(index: int, text: str, prosody: Prosody) -> Utterance:
    start = 3.0 * index
    return Utterance(
        utterance_id=f"utt_{index:04d}",
        speaker=SPEECH[index % 2],
        t_start=start,
        t_end=start + prosody.duration_s,
        text=text,
        asr_confidence=0.9 if text else 0.0,
        prosody=prosody,
        reading=reader().read(text),
        lexical_markers=find_markers(text),
    )


def conversation(lines: tuple[str, ...] = LINES, gain_db: float = 0.0) -> list[Utterance]:
    return [utterance(i, text, heard(i, gain_db)) for i, text in enumerate(lines)]


def everything(timeline: list[Utterance]) -> dict[str, Any]:
    """All that analytics say of a measured timeline."""
    scored = score(timeline, POLICY)
    transitions, moments = detect(scored)
    signals = social_signals(scored, POLICY)
    return {
        "timeline": [u.model_dump() for u in scored],
        "transitions": [t.model_dump() for t in transitions],
        "moments": [m.model_dump() for m in moments],
        "signals": [s.model_dump() for s in signals],
        "quality": conversation_quality(scored, signals)[0].model_dump(),
    }


def values(scored: Utterance) -> dict[str, float | None]:
    return {name: found.value for name, found in scored.evidence.items()}


def said_last(text: str) -> dict[str, float | None]:
    return values(score(conversation((*LINES[:-1], text)), POLICY)[-1])


def test_the_same_input_gives_the_same_output() -> None:
    assert everything(conversation()) == everything(conversation())


@pytest.mark.parametrize("kind", ["silence", "white noise", "hum below speech"])
def test_what_is_no_speech_gives_no_evidence(kind: str) -> None:
    t = np.arange(2 * RATE) / RATE
    sound = {
        "silence": np.zeros(2 * RATE),
        "white noise": 0.1 * np.random.default_rng(0).standard_normal(2 * RATE),
        "hum below speech": 0.1 * np.sin(2 * np.pi * 30.0 * t),
    }[kind].astype(np.float32)
    found = everything([utterance(i, "", measure(sound)[0]) for i in range(6)])
    for entry in found["timeline"]:
        assert all(evidence["value"] is None for evidence in entry["evidence"].values())
        assert entry["emotion"]["dominant"] is None and entry["sentiment"]["label"] is None
    assert found["transitions"] == found["moments"] == found["signals"] == []
    assert 40.0 <= found["quality"]["quality_index"] <= 60.0


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sampled_from(["Zoe", "Adam", "Speaker_7", "a", "Ω"]), min_size=2, max_size=2, unique=True))
def test_the_names_of_speakers_change_nothing(names: list[str]) -> None:
    other = dict(zip(SPEECH, names, strict=True))
    plain = score(conversation(), POLICY)
    renamed = score([u.model_copy(update={"speaker": other[u.speaker]}) for u in conversation()], POLICY)
    for one, two in zip(plain, renamed, strict=True):
        assert two.speaker == other[one.speaker]
        assert one.evidence == two.evidence and one.emotion == two.emotion and one.timing == two.timing
    quality = [conversation_quality(t, social_signals(t, POLICY))[0] for t in (plain, renamed)]
    assert quality[0] == quality[1]


@settings(max_examples=10, deadline=None)
@given(st.sampled_from(LINES), st.integers(2, 20))
def test_fillers_raise_load_and_hesitation_and_lower_certainty(text: str, count: int) -> None:
    halting = " ".join(f"um {word}" if i < count else word for i, word in enumerate(text.split()))
    halting = " ".join(["uh"] * max(0, count - len(text.split()))) + " " + halting
    fluent, slow = said_last(text), said_last(halting.strip())
    assert slow["cognitive_load"] > fluent["cognitive_load"]
    assert slow["certainty"] < fluent["certainty"]
    rate = [find_markers(words).disfluency_rate for words in (text, halting.strip())]
    assert rate[1] > rate[0]


@settings(max_examples=12, deadline=None)
@given(
    st.sampled_from(["i will send it by friday", "i'll call you tomorrow", "we will deliver it by the end of may"]),
    st.sampled_from(["i'll try", "we'll see", "let me think about it", "i will try to do it"]),
)
def test_a_promise_with_a_date_outranks_trying(firm: str, vague: str) -> None:
    assert said_last(firm)["commitment"] > said_last(vague)["commitment"]


@settings(max_examples=8, deadline=None)
@given(st.floats(-12.0, 12.0))
def test_a_louder_or_softer_copy_scores_the_same(gain_db: float) -> None:
    for one, two in zip(score(conversation(), POLICY), score(conversation(gain_db=gain_db), POLICY), strict=True):
        for name, value in values(one).items():
            assert values(two)[name] == pytest.approx(value, abs=0.005), name
        assert one.emotion.emotions == pytest.approx(two.emotion.emotions, abs=0.005)
