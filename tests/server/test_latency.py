"""What /metrics says about the time of an analysis: the pace of whole files, the lag of live speech."""

from __future__ import annotations

import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from illodesk.desk import EventLog, LiveSession
from illodesk.schema import EngagementEvent, FinalTranscriptEvent
from illodesk.server.counters import Counters
from illodesk.server.latency import Lag, Listener, Pace


def final(t_end: float) -> FinalTranscriptEvent:
    fields: dict[str, Any] = {"utterance_id": "utt_0000", "speaker": "Speaker_0", "t_start": 0.0, "t_end": t_end}
    return FinalTranscriptEvent(**fields, text="yes", confidence=1.0)


def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    now = SimpleNamespace(s=100.0)
    monkeypatch.setattr(time, "monotonic", lambda: now.s)
    return now


def test_a_whole_file_is_timed_from_utterance_to_utterance(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    now, counters = clock(monkeypatch), Counters()
    log = EventLog(tmp_path / "events.jsonl")
    Listener(log, Pace(counters))
    for wait in (0.25, 0.75):
        now.s += wait / 2
        log.append(EngagementEvent(t=0.0))
        now.s += wait / 2
        log.append(final(1.0))
    log.end()
    assert counters.mean_latency_ms() == {"utterance": 500.0}


def test_live_speech_is_timed_by_what_was_heard_since(monkeypatch: pytest.MonkeyPatch) -> None:
    now, counters = clock(monkeypatch), Counters()
    session = SimpleNamespace(position_s=10.0, behind_s=2.0, reported_at=now.s)
    lag = Lag(counters, cast(LiveSession, session))
    lag(final(11.5))
    now.s += 0.25
    lag(final(12.0))
    lag(final(13.0))  # reported before its sound was: no time, rather than less than none
    assert counters.mean_latency_ms() == {"live_utterance": 250.0}
