"""Exports as the Desk offers them: names of files, and what became of many."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from illodesk.store.errors import ExportExistsError
from illodesk.store.exports import FORMATS, Material, export

MEDIA_SUFFIXES = frozenset(
    ".wav .flac .mp3 .m4a .m4b .aac .ogg .oga .opus .wma .aif .aiff .amr .ac3 .caf .au .sph "
    ".mp4 .m4v .mov .mkv .webm .avi .3gp .wmv .flv .mpg .mpeg .ts .mts .ogv".split()
)
"""What a folder import takes for a recording. A file that is named is always tried, whatever its name."""


@dataclass
class Exported:
    """What became of an export of many: the files that were written, and why others were not, by conversation."""

    files: dict[str, Path] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    cancelled: bool = False


def title_for(material: Material, conversation_id: str) -> str:
    """What an export is called: the title, or where names are taken out only the number of the conversation."""
    if material.options.pseudonymise:
        return f"conversation {conversation_id.removeprefix('analysis_')}"
    return material.title


def file_name(title: str, suffix: str) -> str:
    """A title as a file name that every system takes."""
    stem = Path(title).stem if Path(title).suffix.lower() in MEDIA_SUFFIXES else title
    safe = "".join(c if c.isalnum() or c in " -_.()" else "_" for c in stem).strip(" .")[:100]
    return f"{safe or 'conversation'}{suffix}"


def export_beside(format: str, material: Material, folder: Path, title: str) -> Path:
    """Export into a folder under the first name that is free: the title's, or one with a number. Raises StoreError."""
    suffix, number = FORMATS[format].suffix, 1
    while True:
        target = folder / file_name(title, suffix if number == 1 else f" ({number}){suffix}")
        try:
            export(format, material, target)
        except ExportExistsError:
            number += 1
        else:
            return target


def part_of(on_progress: Callable[[float], None], place: int, count: int) -> Callable[[float], None]:
    """Progress of one of several, told as progress of all."""
    return lambda done: on_progress((place + done) / count)
