"""What the Desk says of its work and its troubles is known."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import illodesk
from illodesk.desk import Desk, DeskError
from illodesk.engine.policy import policy_for
from illodesk.operations import SetDetails
from illodesk.schema import AnalysisOptions, Purpose
from illodesk.ui.sentences import work

ROOT = Path(illodesk.__file__).parent
MEANT_FOR_THE_WINDOW = (
    "desk.py",
    "live.py",
    "pictures.py",
    "engine/audio.py",
    "store/overlay.py",
    "store/edits.py",
    "store/exports/clips.py",
    "store/exports/material.py",
    "store/exports/output.py",
    "capture/remote.py",
    "capture/tone.py",
)
NOT_MET_THERE = (
    "Several conversations begin with",
    "See: illodesk list",
    "There is no utterance",
    "There is no speaker",
    "There is nothing '7' in this analysis",
    "This marker is there already.",
    "This annotation is there already.",
    "a clip must end after it begins",
)
"""Answers to programs and to the command line: the window names only what there is."""


def raised(path: Path) -> Iterator[str]:
    """The messages of the errors that a module raises, with 7 for what is filled in."""
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(function, ast.FunctionDef):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                yield from texts(node.exc.args)
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and node.targets[0].id == "msg":
                yield from texts([node.value])


def texts(nodes: list[ast.expr]) -> Iterator[str]:
    """Whole sentences among expressions."""
    for node in nodes:
        text = ""
        if isinstance(node, ast.Constant):
            text = str(node.value)
        elif isinstance(node, ast.JoinedStr):
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "'7'" if part.conversion == ord("r") else "7"  # type: ignore[attr-defined]
                for part in node.values
            )
        if " " in text:
            yield text


@pytest.mark.parametrize("name", MEANT_FOR_THE_WINDOW)
def test_every_error_is_known(name: str) -> None:
    told = [text for text in raised(ROOT / name) if not any(part in text for part in NOT_MET_THERE)]
    assert [text for text in told if work.TROUBLES.worded_all(text) is None] == []


def test_every_stage_is_known() -> None:
    tree = ast.parse((ROOT / "engine" / "worker_loop.py").read_text(encoding="utf-8"))
    stages = [
        keyword.value.value
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and (keyword := node).arg == "stage" and isinstance(node.value, ast.Constant)
    ]
    assert len(stages) >= 3
    assert [stage for stage in stages if work.STAGES.worded(str(stage)) is None] == []


def test_what_the_purpose_forbids_is_known() -> None:
    for options in (AnalysisOptions(purpose=Purpose.WORKPLACE), AnalysisOptions(text_only=True)):
        reason = policy_for(options).reason
        assert work.REASONS.worded(reason) == reason


def test_an_error_of_the_desk_is_german(german: None, empty_desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError) as missing:
        empty_desk.analyse(tmp_path / "talk.wav")
    assert work.trouble_words(missing.value) == f"Es gibt keine Datei {tmp_path / 'talk.wav'}."
    with pytest.raises(DeskError) as unknown:
        empty_desk.apply("nobody", SetDetails(title="x"))
    assert work.trouble_words(unknown.value) == "Es gibt kein Gespräch 'nobody'."
    assert work.stage_words("Listening") == "Hört zu"


def test_two_sentences_of_an_error_are_german(german: None) -> None:
    assert work.trouble_words("The recorder has ended unexpectedly. What was heard is kept.") == (
        "Der Rekorder wurde unerwartet beendet. Was gehört wurde, bleibt erhalten."
    )
    assert work.trouble_words("[Errno 5] something") == "[Errno 5] something"
