"""Every measurement and reason that the engine puts into words is known."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.engine.affect.description import _SCALES
from illodesk.engine.affect.voice import WORDS
from illodesk.engine.conclusion import score
from illodesk.schema import Basis, Policy, TextReading
from illodesk.ui.sentences import scores
from illodesk.ui.sentences.forms import Listing
from tests.engine.conduct.talk import say, spoken

LINES = (
    "I think maybe we could, um, I mean, perhaps try it, I don't know.",
    "I will definitely send it by Friday, absolutely, I promise.",
    "What is the price, and when can you deliver?",
    "Yes, I will.",
    "Mhm.",
    "Okay.",
    "I might, if it works, I could perhaps do that.",
    "It is really very, very good, the the price is fine.",
    "",
)
AMOUNTS = {
    "f0_p50_st": (20.0, 45.0),
    "f0_sd_st": (0.1, 8.0),
    "f0_range_st": (0.1, 15.0),
    "loudness_range_db": (1.0, 30.0),
    "pause_ratio": (0.0, 0.8),
    "pause_mean_s": (0.2, 3.0),
    "articulation_rate_sps": (1.0, 9.0),
    "speech_rate_sps": (1.0, 9.0),
    "final_f0_slope_st_s": (-30.0, 30.0),
    "voiced_s": (0.0, 3.0),
    "alpha_ratio_db": (-30.0, 0.0),
    "hnr_db": (0.0, 25.0),
    "flux": (0.0, 0.2),
}


@st.composite
def turns(draw: st.DrawFn) -> list[tuple[str, str, dict[str, Any]]]:
    """Speaker, text and voice of some turns."""
    voice = st.fixed_dictionaries({name: st.floats(*ends) for name, ends in AMOUNTS.items()})
    speaker = st.sampled_from(("Speaker_0", "Speaker_1"))
    return draw(st.lists(st.tuples(speaker, st.sampled_from(LINES), voice), min_size=1, max_size=12))


@settings(max_examples=25, deadline=None)
@given(turns(), st.sampled_from((Policy(), Policy(mode="text_only", allowed_basis=[Basis.TEXT, Basis.TIMING]))))
def test_every_reason_is_known_and_stays_in_english(
    given: list[tuple[str, str, dict[str, Any]]], policy: Policy
) -> None:
    timeline, at = [], 1.0
    for speaker, text, voice in given:
        reading = TextReading(words=len(text.split()), valence=0.2, arousal=0.1, dominance=-0.1)
        timeline.append(say(speaker, text, at, prosody=spoken(**voice), reading=reading))
        at = timeline[-1].t_end + 0.4
    for utterance in score(timeline, policy):
        for found in utterance.evidence.values():
            for one in found.contributions:
                assert (scores.DETAILS.worded(one.detail) or "").replace("−", "-") == one.detail
            assert not found.note or scores.NOTES.worded(found.note) == found.note
        told = utterance.acoustic_reasoning
        assert not told or (scores.HEARD.worded(told) or "").replace("−", "-") == told
        manner = utterance.prosody_desc
        assert not manner or Listing(scores.MANNERS).worded(manner) == manner


def test_every_name_of_the_engine_is_known() -> None:
    assert [name for name in WORDS.values() if scores.FEATURES.worded(name) is None] == []
    manners = [word for scale in _SCALES for word in scale[1:] if word]
    assert [word for word in manners if scores.MANNERS.worded(word) is None] == []


def test_reasons_are_german(german: None) -> None:
    assert scores.detail_words("3 fillers in 12 words, 2.1 sd above own norm") == (
        "3 Fülllaute in 12 Wörtern, 2,1 SD über der eigenen Norm"
    )
    assert scores.heard_words("Heard: pitch range 3.1 st, 0.7 sd below own norm; arousal -0.43.") == (
        "Gehört: Tonhöhenumfang 3,1 st, 0,7 SD unter der eigenen Norm; Erregung −0,43."
    )
    assert scores.manner_words("fast, long pauses") == "schnell, lange Pausen"
    assert scores.note_words("no words of commitment") == "keine Worte einer Zusage"
    assert scores.detail_words("something else") == "something else"
