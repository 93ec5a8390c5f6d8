"""docs/server.md keeps up with the code, and says what really goes over the wire."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from illodesk.schema import DoneEvent, Event, MomentEvent, StatusEvent, SummaryUpdateEvent, TransitionEvent
from illodesk.server import wire
from illodesk.server.decisions import DECISIONS
from illodesk.server.errors import MEANING, STATUS_OF_CODE
from illodesk.settings import Settings
from tests.store.samples import full_result

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_server_page", ROOT / "packaging" / "build_server_page.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_page_is_up_to_date(builder: ModuleType) -> None:
    assert builder.build() == (ROOT / "docs" / "server.md").read_text(encoding="utf-8"), "run: make docs"


def test_the_index_leads_to_it() -> None:
    assert "(server.md)" in (ROOT / "docs" / "index.md").read_text(encoding="utf-8")


def test_it_names_every_setting_and_decision(builder: ModuleType) -> None:
    page = builder.build()
    for name in Settings.model_fields:
        assert f"| `{name}` |" in page
    for point, here in DECISIONS:
        assert f"| {point} | {here} |" in page
    assert set(STATUS_OF_CODE.values()) <= set(MEANING)
    assert "`MAX_FILE_SIZE_MB`" in page


def test_fields_of_events_are_those_on_the_wire(builder: ModuleType) -> None:
    result = full_result()
    events: list[Event] = [
        StatusEvent(phase="starting"),
        TransitionEvent(transition=result.transitions[0]),
        MomentEvent(moment=result.moments[0]),
        SummaryUpdateEvent(summary=result.summary),
        DoneEvent(conversation_id="analysis_0000000000"),
    ]
    for event in events:
        assert set(wire.payload(event, "http://x/")) == set(builder.fields_of(event.event))
    assert set(builder.event_models()) == set(wire.EVENT_NAMES)
