"""Frames of the event stream, letter by letter, and what the contract's readers find in them."""

from __future__ import annotations

import json
import math
from typing import get_args

from illodesk.schema import (
    CognitiveEvent,
    DoneEvent,
    EmotionEvent,
    ErrorEvent,
    Event,
    FinalTranscriptEvent,
    Moment,
    MomentEvent,
    StatusEvent,
    Summary,
    SummaryUpdateEvent,
    Transition,
    TransitionEvent,
)
from illodesk.server.wire import EVENT_NAMES, KEEP_ALIVE, frame, payload

BASE = "http://desk.local:8000/"


def test_a_frame_is_name_one_line_of_data_and_number() -> None:
    said = FinalTranscriptEvent(
        utterance_id="utt_0003", speaker="Speaker_1", t_start=1.5, t_end=2.25, text="Zwei\nZeilen, “ja”", confidence=0.5
    )
    assert frame(said, BASE, 7).decode() == (
        "event: final_transcript\n"
        'data: {"utterance_id":"utt_0003","speaker":"Speaker_1","t_start":1.5,"t_end":2.25,'
        '"text":"Zwei\\nZeilen, “ja”","confidence":0.5,"words":[],"channel":0}\n'
        "id: 7\n\n"
    )


def test_a_frame_without_a_number_is_no_place_to_resume_from() -> None:
    assert frame(StatusEvent(phase="starting", progress=0.0), BASE) == (
        b'event: status\ndata: {"phase":"starting","progress":0.0,"stage":"","position_s":0.0,"behind_s":0.0}\n\n'
    )


def test_what_is_no_number_is_null() -> None:
    event = CognitiveEvent(
        utterance_id="u", speaker_id="s", engagement=math.nan, focus=None, cognitive_load=None, certainty=None,
        commitment=None, passion=None, confidence=0.0,
    )  # fmt: skip
    data = json.loads(frame(event, BASE).split(b"data: ")[1].split(b"\n")[0])
    assert data["engagement"] is None


def test_emotion_is_read_flat_and_nested() -> None:
    seven = {"anger": 0.1, "joy": 0.9}
    event = EmotionEvent(
        utterance_id="u", speaker_id="s", emotion={**seven, "emotions": seven}, scores={"valence": 0.5}, confidence=0.5
    )
    data = payload(event, BASE)
    assert data["emotion"]["joy"] == data["emotion"]["emotions"]["joy"] == 0.9
    assert data["scores"] == {"valence": 0.5}
    assert {"utterance_id", "speaker_id", "confidence", "stability"} <= set(data)


def test_moments_transitions_and_summaries_stand_flat() -> None:
    moment = Moment(
        moment_id="m", category="objection", speaker_id="s", start_ms=1, end_ms=2, utterance_ids=["u"], summary="…"
    )
    told = payload(MomentEvent(moment=moment, stability="final"), BASE)
    assert (told["category"], told["stability"]) == ("objection", "final")
    assert {"confidence", "evidence", "labels"} <= set(told)
    transition = Transition(transition_id="t", at_ms=3, speaker_id="s", from_state={"a": 1}, to_state={"a": 2})
    told = payload(TransitionEvent(transition=transition), BASE)
    assert (told["from_state"], told["to_state"], told["drivers"]) == ({"a": 1}, {"a": 2}, {})
    assert payload(SummaryUpdateEvent(summary=Summary(overview="All")), BASE)["overview"] == "All"


def test_done_names_the_artifacts() -> None:
    assert payload(DoneEvent(conversation_id="analysis_1"), BASE) == {
        "conversation_id": "analysis_1",
        "complete": True,
        "artifact_dir": "analysis_1",
        "agent_outputs_path": "analysis_1/agent_outputs.json",
        "library_url": "http://desk.local:8000/library/conversations/analysis_1",
    }


def test_error_has_code_message_and_detail() -> None:
    assert payload(ErrorEvent(code="CANCELLED", message="why"), BASE) == {
        "code": "CANCELLED", "message": "why", "detail": ""
    }  # fmt: skip


def test_every_event_of_the_vocabulary_has_its_name() -> None:
    kinds = get_args(get_args(Event)[0])
    assert {kind.model_fields["event"].default for kind in kinds} == set(EVENT_NAMES)


def test_a_keep_alive_is_a_comment() -> None:
    assert KEEP_ALIVE == b": keep-alive\n\n"
