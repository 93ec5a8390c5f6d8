"""The design's colours for documents, read from the same file as the app's."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from illodesk import resource_path
from illodesk.schema import EMOTIONS


@cache
def theme(name: str) -> dict[str, Any]:
    """The colours of the theme ``light`` or ``dark``."""
    tokens = json.loads(resource_path("ui/tokens.json").read_text(encoding="utf-8"))
    return dict(tokens["themes"][name])


def speaker_colours(name: str = "light") -> list[str]:
    """Colours of speakers, as #RRGGBB; they repeat after the last."""
    return list(theme(name)["speakers"])


def emotion_letter(emotion: str) -> str:
    """What tells an emotion beside its colour: a letter, empty for what is not one of the seven."""
    tokens = json.loads(resource_path("ui/tokens.json").read_text(encoding="utf-8"))
    return str(tokens["emotions"][emotion]["letter"]) if emotion in EMOTIONS else ""
