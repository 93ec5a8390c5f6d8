"""The story's sentences: summary, moments, changes, phases and what marks them."""

from __future__ import annotations

from collections.abc import Mapping

from illodesk.schema import EMOTIONS
from illodesk.ui.review.wording import emotion_name
from illodesk.ui.sentences.forms import (
    NAME,
    NUMBER,
    PHRASES,
    QT_TRANSLATE_NOOP,
    SAID,
    TIME,
    WHO,
    Forms,
    Kind,
    Listing,
    Plain,
)
from illodesk.ui.words import labelled, named

SIMPLE: Mapping[str, Kind] = {
    "n": NUMBER,
    "time": TIME,
    "times": Listing(TIME),
    "said": SAID,
    "who": WHO,
    "phrases": PHRASES,
    "name": NAME,
}

STATES = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "calm"),
        QT_TRANSLATE_NOOP("Engine", "aroused"),
        QT_TRANSLATE_NOOP("Engine", "less engaged"),
        QT_TRANSLATE_NOOP("Engine", "more engaged"),
        QT_TRANSLATE_NOOP("Engine", "mildly positive"),
        QT_TRANSLATE_NOOP("Engine", "mildly negative"),
        QT_TRANSLATE_NOOP("Engine", "positive"),
        QT_TRANSLATE_NOOP("Engine", "negative"),
        "{emotion}",
    ),
    {"emotion": Plain("|".join(EMOTIONS), emotion_name)},
)

SUBJECTS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "price"),
        QT_TRANSLATE_NOOP("Engine", "who decides"),
        QT_TRANSLATE_NOOP("Engine", "need"),
        QT_TRANSLATE_NOOP("Engine", "timing"),
        QT_TRANSLATE_NOOP("Engine", "trust"),
        QT_TRANSLATE_NOOP("Engine", "a concern"),
    ),
    {},
)

DOUBTS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "{n} hedges"),
        QT_TRANSLATE_NOOP("Engine", "{n} fillers"),
        QT_TRANSLATE_NOOP("Engine", "{n} s before the answer"),
        QT_TRANSLATE_NOOP("Engine", "says not to know"),
    ),
    SIMPLE,
)

MARKS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "{who} says “{said}”"),
        QT_TRANSLATE_NOOP("Engine", "{who} has said “{said}”"),
        QT_TRANSLATE_NOOP("Engine", "a pause of {n} s"),
        QT_TRANSLATE_NOOP("Engine", "the balance of who speaks changes"),
        QT_TRANSLATE_NOOP("Engine", "the words have little in common with those before"),
        QT_TRANSLATE_NOOP("Engine", "weak signs only"),
    ),
    SIMPLE,
)
"""What marks the beginning of a phase."""

MOMENTS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "{who} objects, on {subjects}: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} commits with a date: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} commits with a deliverable: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} commits after {who2}'s call to action: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds less committed than before: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} promised at {time} and now only says “{said}” {time2}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds afraid or worried: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} answers without sounding sure ({doubts}): “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds strongly aroused: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds strongly aroused, positively: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds strongly aroused, negatively: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} expresses strong positive feeling: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} expresses strong negative feeling: “{said}” {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds strongly aroused {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds strongly aroused, positively {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds strongly aroused, negatively {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} expresses strong positive feeling {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} expresses strong negative feeling {time}"),
        QT_TRANSLATE_NOOP("Engine", "{who} sounds less engaged than before {time}"),
        QT_TRANSLATE_NOOP("Engine", "{n} interruptions within 30 s, by {who} {time}"),
        QT_TRANSLATE_NOOP("Engine", "The conversation turns to {phrases} at {time}: {marks}."),
        QT_TRANSLATE_NOOP("Engine", "The conversation turns at {time}: {marks}."),
        QT_TRANSLATE_NOOP("Engine", "{who} turns from {state} to {state2} at {time}"),
    ),
    {**SIMPLE, "subjects": Listing(SUBJECTS), "doubts": Listing(DOUBTS), "marks": Listing(MARKS), "state": STATES},
)
"""Moments and changes of state."""

ROLES = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "Opening"),
        QT_TRANSLATE_NOOP("Engine", "Closing"),
        QT_TRANSLATE_NOOP("Engine", "Objection handling"),
        QT_TRANSLATE_NOOP("Engine", "Next steps"),
        QT_TRANSLATE_NOOP("Engine", "Discovery"),
        QT_TRANSLATE_NOOP("Engine", "Discussion"),
        QT_TRANSLATE_NOOP("Engine", "Conversation"),
    ),
    {},
)
PHASE_NAMES = Forms(("{role}", "{role}: {phrases}"), {**SIMPLE, "role": ROLES})
PHASES_IN_TIME = Forms(("{time} {phase}",), {**SIMPLE, "phase": PHASE_NAMES})

COUNTS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "1 objection"),
        QT_TRANSLATE_NOOP("Engine", "{n} objections"),
        QT_TRANSLATE_NOOP("Engine", "1 commitment"),
        QT_TRANSLATE_NOOP("Engine", "{n} commitments"),
        QT_TRANSLATE_NOOP("Engine", "1 drop of commitment"),
        QT_TRANSLATE_NOOP("Engine", "{n} drops of commitment"),
        QT_TRANSLATE_NOOP("Engine", "1 moment of expressed fear"),
        QT_TRANSLATE_NOOP("Engine", "{n} moments of expressed fear"),
        QT_TRANSLATE_NOOP("Engine", "1 answer that sounds unsure"),
        QT_TRANSLATE_NOOP("Engine", "{n} answers that sound unsure"),
        QT_TRANSLATE_NOOP("Engine", "1 emotional peak"),
        QT_TRANSLATE_NOOP("Engine", "{n} emotional peaks"),
        QT_TRANSLATE_NOOP("Engine", "1 drop of engagement"),
        QT_TRANSLATE_NOOP("Engine", "{n} drops of engagement"),
        QT_TRANSLATE_NOOP("Engine", "1 burst of interruptions"),
        QT_TRANSLATE_NOOP("Engine", "{n} bursts of interruptions"),
        # as earlier results have them
        QT_TRANSLATE_NOOP("Engine", "{n} drop of commitments"),
        QT_TRANSLATE_NOOP("Engine", "{n} moment of expressed fears"),
        QT_TRANSLATE_NOOP("Engine", "{n} answer that sounds unsures"),
        QT_TRANSLATE_NOOP("Engine", "{n} drop of engagements"),
        QT_TRANSLATE_NOOP("Engine", "{n} burst of interruptionss"),
    ),
    SIMPLE,
)

SIGNALS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "agreement"),
        QT_TRANSLATE_NOOP("Engine", "confidence"),
        QT_TRANSLATE_NOOP("Engine", "confusion"),
        QT_TRANSLATE_NOOP("Engine", "disagreement"),
        QT_TRANSLATE_NOOP("Engine", "disengagement"),
        QT_TRANSLATE_NOOP("Engine", "engagement"),
        QT_TRANSLATE_NOOP("Engine", "frustration"),
        QT_TRANSLATE_NOOP("Engine", "hesitation"),
        QT_TRANSLATE_NOOP("Engine", "interest"),
        QT_TRANSLATE_NOOP("Engine", "skepticism"),
        QT_TRANSLATE_NOOP("Engine", "stress"),
        QT_TRANSLATE_NOOP("Engine", "uncertainty"),
    ),
    {},
)

DIMENSIONS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "clarity"),
        QT_TRANSLATE_NOOP("Engine", "authority"),
        QT_TRANSLATE_NOOP("Engine", "energy"),
        QT_TRANSLATE_NOOP("Engine", "rapport"),
        QT_TRANSLATE_NOOP("Engine", "learning"),
    ),
    {},
)
RATED = Forms(("{dimension} ({n})",), {**SIMPLE, "dimension": DIMENSIONS})

BANDS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "weak"),
        QT_TRANSLATE_NOOP("Engine", "below average"),
        QT_TRANSLATE_NOOP("Engine", "moderate"),
        QT_TRANSLATE_NOOP("Engine", "good"),
        QT_TRANSLATE_NOOP("Engine", "excellent"),
    ),
    {},
)

ADVICE = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "Check that both sides understood the same"),
        QT_TRANSLATE_NOOP("Engine", "State firmly what is certain"),
        QT_TRANSLATE_NOOP("Engine", "Bring in more exchange where it gets monotonous"),
        QT_TRANSLATE_NOOP("Engine", "Acknowledge the other side before answering"),
        QT_TRANSLATE_NOOP("Engine", "Ask more follow-up questions"),
    ),
    {},
)

ARCS = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "rise"),
        QT_TRANSLATE_NOOP("Engine", "fall"),
        QT_TRANSLATE_NOOP("Engine", "fall-rise"),
        QT_TRANSLATE_NOOP("Engine", "rise-fall"),
        QT_TRANSLATE_NOOP("Engine", "rise-fall-rise"),
        QT_TRANSLATE_NOOP("Engine", "fall-rise-fall"),
        QT_TRANSLATE_NOOP("Engine", "flat"),
        QT_TRANSLATE_NOOP("Engine", "unknown"),
    ),
    {},
)

TONES = Forms(
    (
        QT_TRANSLATE_NOOP("Engine", "optimistic"),
        QT_TRANSLATE_NOOP("Engine", "tense"),
        QT_TRANSLATE_NOOP("Engine", "subdued"),
        QT_TRANSLATE_NOOP("Engine", "neutral"),
        QT_TRANSLATE_NOOP("Engine", "mixed"),
        QT_TRANSLATE_NOOP("Engine", "unknown"),
    ),
    {},
)

SENTENCES = Forms(
    (
        # the overview
        QT_TRANSLATE_NOOP("Engine", "Nothing was said that could be summarised."),
        QT_TRANSLATE_NOOP("Engine", "{who} spoke for {n} minutes in {n2} utterances."),
        QT_TRANSLATE_NOOP("Engine", "{who} spoke for {n} seconds in {n2} utterances."),
        QT_TRANSLATE_NOOP("Engine", "{who} spoke for {n} minutes in 1 utterance."),
        QT_TRANSLATE_NOOP("Engine", "{who} spoke for {n} seconds in 1 utterance."),
        QT_TRANSLATE_NOOP("Engine", "{n} phases: {phases}."),
        QT_TRANSLATE_NOOP("Engine", "It was about {phrases}."),
        QT_TRANSLATE_NOOP("Engine", "{who} held {n}% of the talk."),
        QT_TRANSLATE_NOOP("Engine", "Found: {counts}."),
        QT_TRANSLATE_NOOP(
            "Engine", "Much of it was not understood well (recognition {n} at the median): check quotations."
        ),
        # quality
        QT_TRANSLATE_NOOP("Engine", "Not enough evidence to rate the conversation."),
        QT_TRANSLATE_NOOP("Engine", "Quality index {n} of 100 ({band}), from {dimension} ({n2}) alone."),
        QT_TRANSLATE_NOOP(
            "Engine",
            "Quality index {n} of 100 ({band}); strongest in {dimension} ({n2}), weakest in {dimension2} ({n3}).",
        ),
        QT_TRANSLATE_NOOP("Engine", "Quality of the conversation: good {rated}."),
        QT_TRANSLATE_NOOP("Engine", "Low {dimension}: {n} of 100."),
        QT_TRANSLATE_NOOP("Engine", "{advice}: {dimension} was at {n} of 100."),
        # what was said
        QT_TRANSLATE_NOOP("Engine", "{time} {who}: “{said}”"),
        QT_TRANSLATE_NOOP("Engine", "{who}: “{said}” {time}"),
        # patterns
        "{moment}",
        "{moment}.",
        QT_TRANSLATE_NOOP("Engine", "{counts} by {who}: {times}."),
        QT_TRANSLATE_NOOP("Engine", "{counts} by {who}: {times} and {n} more."),
        QT_TRANSLATE_NOOP("Engine", "{who} showed signs of {signal} {n} times."),
        QT_TRANSLATE_NOOP("Engine", "{who} waited {n} s before speaking, as a median over {n2} turns."),
        QT_TRANSLATE_NOOP("Engine", "Expressed valence took the course {arc}."),
        # what went well and wrong, and what follows
        QT_TRANSLATE_NOOP("Engine", "The objection at {time} was followed by a commitment at {time2}."),
        QT_TRANSLATE_NOOP("Engine", "{moment}; no later commitment by {who} was found."),
        QT_TRANSLATE_NOOP("Engine", "Come back to the objection of {who} at {time}."),
        QT_TRANSLATE_NOOP("Engine", "Ask {who} again about the answer at {time}, which sounded unsure."),
        QT_TRANSLATE_NOOP("Engine", "Confirm with {who} what was promised: commitment fell at {time}."),
        QT_TRANSLATE_NOOP("Engine", "Let each other finish: interruptions piled up at {times}."),
        QT_TRANSLATE_NOOP("Engine", "No answer was heard to {time} {who}: “{said}”"),
        QT_TRANSLATE_NOOP("Engine", "Answer what stayed open at {times}."),
        QT_TRANSLATE_NOOP("Engine", "Make room for the other side: {who} held {n}% of the talk."),
        # how it was divided
        QT_TRANSLATE_NOOP("Engine", "Nothing was said that could be divided."),
        QT_TRANSLATE_NOOP("Engine", "1 phase in {n} min, from words, cue phrases, pauses and who speaks."),
        QT_TRANSLATE_NOOP("Engine", "{n} phases in {n2} min, from words, cue phrases, pauses and who speaks."),
        QT_TRANSLATE_NOOP(
            "Engine", "1 phase in {n} min, from words, sentence meaning, cue phrases, pauses and who speaks."
        ),
        QT_TRANSLATE_NOOP(
            "Engine", "{n} phases in {n2} min, from words, sentence meaning, cue phrases, pauses and who speaks."
        ),
        QT_TRANSLATE_NOOP("Engine", "No boundary was clear enough."),
        QT_TRANSLATE_NOOP("Engine", "Clearest boundary at {time} (confidence {n}): {marks}."),
    ),
    {
        **SIMPLE,
        "moment": MOMENTS,
        "phases": Listing(PHASES_IN_TIME, "; "),
        "counts": Listing(COUNTS),
        "band": BANDS,
        "dimension": DIMENSIONS,
        "rated": Listing(RATED),
        "advice": ADVICE,
        "signal": SIGNALS,
        "arc": ARCS,
        "marks": Listing(MARKS),
    },
)


def story_words(text: str, names: Mapping[str, str]) -> str:
    """Sentences of the summary, of a moment, a change or the segmentation.

    ``names`` are the names to show for labels of speakers; the text may have either.
    """
    return named(SENTENCES.worded_all(labelled(text, names)) or text, names)


def phase_name(text: str) -> str:
    """``Opening: journey and work``: the part that a phase plays, and words of it as they were said."""
    return PHASE_NAMES.worded(text) or text


def marks_words(text: str, names: Mapping[str, str]) -> str:
    """What marked the beginning of a phase, with ``names`` as in :func:`story_words`."""
    return named(Listing(MARKS).worded(labelled(text, names)) or text, names)


def state_name(text: str) -> str:
    """How somebody sounded before or after a change."""
    return STATES.worded(text) or text


def tone_name(text: str) -> str:
    """How a phase sounded."""
    return TONES.worded(text) or text


def arc_name(text: str) -> str:
    """The shape of the whole conversation."""
    return ARCS.worded(text) or text
