"""Analysed conversations for windows, kept as an analysis would keep them but without one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from illodesk.desk import Desk
from illodesk.schema import AnalysisResult
from illodesk.store.tracks import TrackWriter
from tests.store.samples import full_result, sound_file


def add_talk(
    desk: Desk, title: str, result: AnalysisResult | None = None, media: Path | None = None, **details: Any
) -> str:
    """Add a conversation with an analysis and a curve of engagement; return its id.

    ``media`` is a folder that gets a recording for it; ``details`` are those of ``Desk.change``.
    """
    sound = None if media is None else sound_file(media)
    conversation = desk._store.add_conversation(title, media=sound)
    run = desk._store.start_run(conversation.id)
    folder = run.work_dir / "tracks"
    folder.mkdir(parents=True, exist_ok=True)
    with TrackWriter(folder, "engagement", ["value", "low", "high"], 0.5) as writer:
        writer.append(np.full((40, 3), 0.6, np.float32))
    desk._store.finish_run(run.id, result or full_result())
    if details:
        desk.change(conversation.id, **details)
    return conversation.id
