"""The vocabulary: names, ranges, what survives a round trip, and a reference page that keeps up."""

from __future__ import annotations

import importlib.util
import math
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from illodesk import schema
from illodesk.schema import (
    EMOTIONS,
    AnalysisOptions,
    AnalysisResult,
    Emotion,
    Event,
    Policy,
    Score,
    Utterance,
    label_order,
)

ROOT = Path(__file__).parents[1]
EVENTS: tuple[type[BaseModel], ...] = get_args(get_args(Event)[0])


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_reference", ROOT / "packaging" / "build_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_reference_page_is_up_to_date(builder: ModuleType) -> None:
    page = (ROOT / "docs" / "reference" / "schema.md").read_text(encoding="utf-8")
    assert builder.build() == page, "run: make docs"


def test_the_reference_page_names_every_field(builder: ModuleType) -> None:
    page = builder.build()
    for model in (AnalysisResult, Utterance, schema.Prosody, *EVENTS):
        assert f"### {model.__name__}\n" in page
        for name in model.model_fields:
            assert f"| `{name}` |" in page


def test_event_names_are_distinct() -> None:
    names = [model.model_fields["event"].default for model in EVENTS]
    assert len(set(names)) == len(names) == len(EVENTS)


@pytest.mark.parametrize("model", EVENTS, ids=lambda model: model.__name__)
def test_an_event_comes_back_from_json_as_what_it_was(model: type[BaseModel]) -> None:
    examples = {
        "phase": "processing",
        "transition": {"transition_id": "t", "at_ms": 1, "speaker_id": "s", "from_state": {}, "to_state": {}},
        "moment": {
            "moment_id": "m", "category": "objection", "speaker_id": "s", "start_ms": 0, "end_ms": 1,
            "utterance_ids": ["u"], "summary": "x",
        },
        "speakers": {"u": "Speaker_1"}, "summary": {}, "emotion": {"joy": 0.5}, "scores": {"valence": None},
    }  # fmt: skip
    by_type = {str: "x", float: 0.5, int: 1}
    given_fields = {
        name: examples.get(name, by_type.get(field.annotation))
        for name, field in model.model_fields.items()
        if field.is_required()
    }
    event = model.model_validate(given_fields)
    again = TypeAdapter(Event).validate_json(event.model_dump_json())
    assert type(again) is model
    assert again == event


def test_nothing_required_of_a_result() -> None:
    empty = AnalysisResult()
    assert AnalysisResult.model_validate_json(empty.model_dump_json()) == empty


def test_keys_of_a_newer_build_are_dropped() -> None:
    assert AnalysisResult.model_validate({"from_the_future": 1, "policy": {"also": 2}}) == AnalysisResult()


def test_not_a_number_becomes_null() -> None:
    assert '"value":null' in Score(value=math.nan).model_dump_json()


def test_no_evidence_is_no_number() -> None:
    unknown = Score.unknown()
    assert unknown.value is None
    assert unknown.confidence == 0
    assert unknown.note == "not enough evidence"
    utterance = Utterance(utterance_id="u", speaker="s", t_start=0, t_end=1)
    assert utterance.emotion.dominant is None
    assert utterance.emotion.emotions == {}
    assert utterance.commitment_score is None


@given(st.lists(st.floats(0, 1), min_size=7, max_size=7))
def test_probabilities_keep_their_order_and_name_the_largest(probabilities: list[float]) -> None:
    emotion = Emotion.from_probabilities(probabilities, valence=0.5)
    assert [emotion.emotions[name] for name in EMOTIONS] == probabilities
    assert emotion.emotions[str(emotion.dominant)] == max(probabilities)
    assert emotion.scores == {"valence": 0.5, "arousal": None, "dominance": None}


def test_seven_probabilities_or_none() -> None:
    with pytest.raises(ValueError, match="zip"):
        Emotion.from_probabilities([0.5, 0.5])


@pytest.mark.parametrize(
    ("value", "level"), [(None, None), (0.0, "low"), (0.35, "medium"), (0.65, "medium"), (0.66, "high"), (1.0, "high")]
)
def test_levels(value: float | None, level: str | None) -> None:
    assert schema.level_of(value) == level


@pytest.mark.parametrize(("confidence", "level"), [(0.0, "low"), (0.34, "low"), (0.35, "medium"), (0.6, "high")])
def test_confidence_levels(confidence: float, level: str) -> None:
    assert schema.confidence_level_of(confidence) == level


@pytest.mark.parametrize("speakers", [0, 21])
def test_an_impossible_number_of_speakers_is_refused(speakers: int) -> None:
    with pytest.raises(ValidationError):
        AnalysisOptions(speakers=speakers)


def test_the_face_is_not_read_unless_somebody_says_so() -> None:
    assert schema.Basis.FACE not in Policy().allowed_basis


def test_every_number_says_its_unit_or_range() -> None:
    bare = [
        f"{model.__name__}.{name}"
        for model in vars(schema).values()
        if isinstance(model, type) and issubclass(model, schema.Model)
        for name, field in model.model_fields.items()
        if ("float" in str(field.annotation) or "int" in str(field.annotation)) and not field.description
    ]
    assert bare == []


def test_labels_are_sorted_as_people_count() -> None:
    labels = ["Speaker_10", "Speaker_2", "Speaker_B", "Speaker_1", "Guest", "Speaker_2b"]
    expected = ["Guest", "Speaker_1", "Speaker_2", "Speaker_2b", "Speaker_10", "Speaker_B"]
    assert sorted(labels, key=label_order) == expected
