"""Writes what was chosen, in a task: several formats of several conversations."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from illodesk.desk import Desk, Exported, ExportOptions
from illodesk.ui.tasks import Task


@dataclass(frozen=True)
class Order:
    """What is to be written. ``run`` is one of a single conversation's; None: the one that is shown."""

    ids: tuple[str, ...]
    formats: tuple[str, ...]
    folder: Path
    options: ExportOptions
    run: int | None = None


@dataclass
class Total:
    """What became of an export: files written, and why others were not, by conversation and format."""

    files: list[Path] = field(default_factory=list)
    failures: dict[tuple[str, str], str] = field(default_factory=dict)
    cancelled: bool = False


def write_all(task: Task, desk: Desk, order: Order) -> Total:
    """Write it; what was written before the task was cancelled stays. Raises DeskError for a folder that cannot be."""
    total = Total()
    for place, name in enumerate(order.formats):

        def on_progress(part: float, place: int = place, name: str = name) -> None:
            task.report((place + part) / len(order.formats), name)

        done: Exported = desk.export_many(
            order.ids,
            name,
            order.folder,
            order.options,
            run=order.run,
            on_progress=on_progress,
            cancelled=task.cancelled,
        )
        total.files += done.files.values()
        total.failures.update({(conversation_id, name): why for conversation_id, why in done.failures.items()})
        if done.cancelled:
            total.cancelled = True
            break
    return total


def read_preview(desk: Desk, order: Order) -> str:
    """The beginning of the first file of an order, as text; in a task. Raises DeskError."""
    return desk.export_preview(order.ids[0], order.formats[0], order.options, run=order.run)
