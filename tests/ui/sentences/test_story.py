"""Every sentence that the engine writes about a conversation is known, and German in the German window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from illodesk.engine.conclusion import detect, number_moments
from illodesk.engine.conduct.profiles import speaker_profiles
from illodesk.engine.story.arc import SHAPES
from illodesk.engine.story.moment_rules import OBJECTIONS
from illodesk.engine.story.phrasing import plural
from illodesk.engine.story.quality import ADVICE, quality_findings, quality_sentence
from illodesk.engine.story.segmentation import segment, topic_shifts
from illodesk.engine.story.summary import WORDS, summarise
from illodesk.schema import (
    EMOTIONS,
    SIGNALS,
    Cognitive,
    ConversationQuality,
    Emotion,
    QualityDimensions,
    SocialSignal,
    Timing,
    Utterance,
)
from illodesk.ui.sentences import story
from illodesk.ui.sentences.forms import Listing
from illodesk.ui.words import isolated
from tests.engine.story.timelines import say

ENGLISH = re.compile(r"\b(?:the|of|and|with|from|by|is|to|at|than|who)\b", re.IGNORECASE)
"""Words that every longer English sentence has some of, and no German one."""

QUOTED = re.compile(r"[“„].*?[”“]")
LINES = (
    "We can't afford that, the price is too high.",
    "I am worried about the contract and the budget.",
    "I will send you the contract by Friday.",
    "I promise to call you tomorrow.",
    "Well, maybe I could possibly try, I am not sure.",
    "Um, uh, I don't know, perhaps, maybe.",
    "Can you confirm that by Monday?",
    "Yes, absolutely, I will do that.",
    "Let's move on to the next topic. How do you train people?",
    "What do you think of the price and the schedule?",
    "I am afraid that this will fail, it is terrible.",
    "That is wonderful, I am so happy about this.",
    "Good morning, welcome to the interview.",
    "Thank you, goodbye, have a nice day.",
    "The train needs eleven hours to the coast.",
    "",
)
score = st.none() | st.floats(0.0, 1.0)
signed = st.none() | st.floats(-1.0, 1.0)


@st.composite
def timelines(draw: st.DrawFn) -> list[Utterance]:
    """Conversations of lines that say something, with scores as they may come."""
    found = []
    for i in range(draw(st.integers(1, 26))):
        shares = [draw(st.floats(0.01, 1.0)) for _ in EMOTIONS]
        emotion = Emotion.from_probabilities(
            [share / sum(shares) for share in shares],
            valence=draw(signed),
            arousal=draw(signed),
            confidence=draw(st.floats(0.0, 1.0)),
        )
        found.append(
            say(
                i,
                draw(st.sampled_from(LINES)),
                f"Speaker_{draw(st.integers(0, 2))}",
                asr_confidence=draw(st.sampled_from((0.5, 1.0))),
                emotion=emotion,
                cognitive=Cognitive(engagement=draw(score), certainty=draw(score)),
                commitment_score=draw(score),
                polarity=draw(signed),
                timing=Timing(
                    gap_s=draw(st.none() | st.floats(-1.0, 4.0)),
                    interruption=draw(st.booleans()),
                    response_to_question=draw(st.booleans()),
                ),
            )
        )
    return found


def qualities() -> Iterator[ConversationQuality | None]:
    """Nothing known, one dimension known, and all good, bad or different."""
    yield None
    yield ConversationQuality(quality_index=60, dimensions=QualityDimensions(energy=90))
    for values in ((80, 80, 70, 90, 75), (10, 20, 30, 35, 40), (20, 80, 45, 55, 66)):
        names = QualityDimensions.model_fields
        yield ConversationQuality(
            quality_index=45, dimensions=QualityDimensions(**dict(zip(names, values, strict=True)))
        )


def sentences_of(timeline: list[Utterance], quality: ConversationQuality | None) -> list[str]:
    """Everything that the engine writes about a conversation in sentences."""
    transitions, moments = detect(timeline)
    segmentation = segment(timeline, moments)
    moments = number_moments(moments + topic_shifts(segmentation, timeline))
    signals = [
        SocialSignal(type=name, t_start=i, t_end=i + 1, speaker="Speaker_1", probability=0.7, level="medium")
        for i, name in enumerate(SIGNALS * 3)
    ]
    told = summarise(timeline, moments, transitions, segmentation, speaker_profiles(timeline), quality, signals)
    lists = (told.key_insights, told.notable_patterns, told.recommendations, told.what_went_well, told.what_went_wrong)
    return [
        told.overview,
        told.conversation_quality,
        segmentation.segmentation_rationale,
        *(line for lines in (*lists, told.action_items) for line in lines),
        *(phase.summary for phase in segmentation.phases if phase.summary),
        *(moment.summary for moment in moments),
        *(transition.summary for transition in transitions),
    ]


@settings(max_examples=40, deadline=None)
@given(timelines(), st.sampled_from(list(qualities())))
def test_every_sentence_is_known_and_stays_in_english(
    timeline: list[Utterance], quality: ConversationQuality | None
) -> None:
    for text in sentences_of(timeline, quality):
        assert story.SENTENCES.worded_all(text) == text


@settings(max_examples=20, deadline=None)
@given(timelines())
def test_names_of_phases_and_what_marks_them_are_known(timeline: list[Utterance]) -> None:
    segmentation = segment(timeline, detect(timeline)[1])
    for phase in segmentation.phases:
        assert story.PHASE_NAMES.worded(phase.phase_name) == phase.phase_name
        assert story.TONES.worded(phase.emotional_tone)
        assert phase.transition_signal is None or Listing(story.MARKS).worded(phase.transition_signal)


def test_every_name_of_the_engine_is_known() -> None:
    counts = [plural(n, *WORDS[kind]) for kind, n in product(set(WORDS) - {"topic_shift"}, (1, 2))]
    assert [text for text in counts if story.COUNTS.worded(text) is None] == []
    assert [name for name in SIGNALS if story.SIGNALS.worded(name) is None] == []
    assert [text for text in OBJECTIONS.values() if story.SUBJECTS.worded(text) is None] == []
    assert [text for text in ADVICE.values() if story.ADVICE.worded(text) is None] == []
    assert [name for pair in SHAPES for name in (*pair, "flat", "unknown") if story.ARCS.worded(name) is None] == []
    assert [name for name in EMOTIONS if story.STATES.worded(name) is None] == []


def test_every_quality_is_known() -> None:
    told = [quality_sentence(quality) for quality in qualities()]
    told += [line for quality in qualities() for lines in quality_findings(quality) for line in lines]
    assert [text for text in told if story.SENTENCES.worded_all(text) != text] == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(timelines(), st.sampled_from(list(qualities())))
def test_the_german_story_has_no_english_words(
    german: None, timeline: list[Utterance], quality: ConversationQuality | None
) -> None:
    for text in sentences_of(timeline, quality):
        told = story.story_words(text, {})
        assert not ENGLISH.search(QUOTED.sub("", told)), told


def test_a_german_summary_reads_as_one(german: None) -> None:
    text = (
        "Speaker_0 and Speaker_1 spoke for 2.5 minutes in 24 utterances. 2 phases: [00:01] Opening: train and coast; "
        "[01:14] Discussion: soup. Found: 1 objection and 2 emotional peaks."
    )
    assert story.story_words(text, {}) == (
        "Speaker_0 und Speaker_1: 2,5 Minuten in 24 Äußerungen. 2 Phasen: [00:01] Eröffnung: train und coast; "
        "[01:14] Erörterung: soup. Gefunden: 1 Einwand und 2 emotionale Höhepunkte."
    )
    assert story.story_words("[00:20] Speaker_1: “We said no.”", {}) == "[00:20] Speaker_1: „We said no.“"
    assert story.state_name("less engaged") == "weniger beteiligt"
    assert story.tone_name("subdued") == "gedämpft"
    assert story.arc_name("rise-fall") == "Anstieg, Abfall"


@pytest.mark.parametrize("text", ["", "A model wrote this, in words of its own."])
def test_what_is_not_known_stays_as_it_is(german: None, text: str) -> None:
    assert story.story_words(text, {}) == text


@pytest.mark.parametrize(
    "name", ["Anna-Maria Müller", "Dr. Bob O'Neil", "王伟", "שרה כהן 👩\u200d⚕️", "a\\1", "Anna, Bob and Co."]
)
def test_names_that_people_gave_hinder_nothing(german: None, name: str) -> None:
    names, shown = {"Speaker_0": name, "Speaker_1": "Anna"}, isolated(name)
    for text in (
        f"{name} and Anna spoke for 19 seconds in 8 utterances.",
        "Speaker_0 and Speaker_1 spoke for 19 seconds in 8 utterances.",
    ):
        assert story.story_words(text, names) == f"{shown} und Anna: 19 Sekunden in 8 Äußerungen."
    said = f"[00:28] {name}: “Anna and {name} are here”"
    assert story.story_words(said, names) == f"[00:28] {shown}: „Anna and {shown} are here“"
    assert story.marks_words(f"{name} says “now”", names) == f"{shown} sagt „now“"
