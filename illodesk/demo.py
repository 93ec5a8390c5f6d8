"""The demo interview and its exact truth, as they ship with the package. Nothing is analysed here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from illodesk import resource_path

ChangeKind = Literal["objection", "commitment", "topic_change", "arousal_rise", "arousal_fall"]


@dataclass(frozen=True, slots=True)
class TrueWord:
    """One word as it was spoken; times in seconds from the start of the sound."""

    text: str
    t_start: float
    t_end: float


@dataclass(frozen=True, slots=True)
class TrueTurn:
    """One turn as it was spoken. ``manner`` is asking, calm or aroused; times in seconds."""

    speaker: str
    t_start: float
    t_end: float
    text: str
    manner: str
    words: tuple[TrueWord, ...]


@dataclass(frozen=True, slots=True)
class TrueChange:
    """Something that happens at ``t`` seconds: the start of the turn number ``utterance``."""

    kind: ChangeKind
    t: float
    speaker: str
    utterance: int


@dataclass(frozen=True, slots=True)
class Truth:
    """What was put into the demo: every turn in order of time, and every scripted change."""

    duration_s: float
    turns: tuple[TrueTurn, ...]
    changes: tuple[TrueChange, ...]

    @property
    def speakers(self) -> tuple[str, ...]:
        """The speakers in order of their first turn."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.turns))


def load_demo() -> tuple[Path, Truth]:
    """Path of the demo's sound file (16 kHz mono FLAC) and its truth."""
    folder = resource_path("demo")
    raw = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    return folder / "interview.flac", Truth(
        duration_s=raw["duration_s"],
        turns=tuple(_turn(turn) for turn in raw["turns"]),
        changes=tuple(TrueChange(**change) for change in raw["changes"]),
    )


def _turn(raw: dict[str, Any]) -> TrueTurn:
    words = tuple(TrueWord(**word) for word in raw["words"])
    return TrueTurn(**{**raw, "words": words})
