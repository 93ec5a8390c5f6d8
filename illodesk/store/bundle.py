"""The artifact bundle: everything about a conversation that is not worth asking a database for.

    conversations/<id>/media/original.<ext>, media/manifest.json
    conversations/<id>/runs/<n>/timeline.json       utterances, in order
                                summary.json
                                segmentation.json
                                agent_outputs.json  raw payloads, per utterance
                                result.json         all the rest of an AnalysisResult
                                tracks/<name>.npy + .json
                                manifest.json       size and SHA-256 of each of the above

A run is written to a work folder and renamed into place when it is whole; it is never changed afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError

from illodesk.durable import sync_folder, write_durably
from illodesk.schema import AnalysisResult, Model, Segmentation, Summary, Utterance
from illodesk.store.clean import clean_text
from illodesk.store.errors import DamagedError, NotFoundError, StoreError
from illodesk.store.files import copy_durably, remove_tree, sha256_of
from illodesk.store.records import Artifact, Problem
from illodesk.store.tracks import Track, open_track, repair_track

MANIFEST = "manifest.json"
TRACKS = "tracks"
_TIMELINE = TypeAdapter(list[Utterance])
_AGENT = TypeAdapter(dict[str, Any], config=ConfigDict(ser_json_inf_nan="null"))
_AGENTS = TypeAdapter(list[dict[str, Any]])
_PARTS = {"timeline", "summary", "segmentation", "agent_results"}
_NAMES = {"artifact_dir", "upload_path", "agent_outputs_path", "run"}  # follow from where the bundle is
_ADDED = {"speaker_names", "markers", "tiers", "judgements", "outdated"}  # by people, in the journal


class FileEntry(Model):
    """One file of a manifest."""

    size: int
    sha256: str


class Manifest(Model):
    """What a folder holds. Written last: a folder with a manifest is whole."""

    format: int = 1
    files: dict[str, FileEntry] = Field(description="Relative name, with forward slashes")


# --- runs -----------------------------------------------------------------------------------------------------------


def write_run(work: Path, final: Path, result: AnalysisResult) -> None:
    """Write ``result`` into ``work``, beside the tracks that are there, and rename the folder to ``final``.

    Everything is read back before the rename, so that what is in place can be opened. Raises StoreError when
    ``final`` exists or the result cannot be written faithfully; ``work`` is left for the caller to remove.
    """
    if final.exists():
        msg = f"A finished analysis is in the way: {final}"
        raise StoreError(msg)
    (work / TRACKS).mkdir(parents=True, exist_ok=True)
    for track in sorted((work / TRACKS).glob("*.npy")):
        repair_track(track)
    media = result.media.model_copy(update={"name": clean_text(result.media.name)})
    rest = result.model_copy(update={"media": media, "utterances": len(result.timeline)})
    try:
        parts = {
            "timeline.json": _listed(utterance.model_dump_json().encode() for utterance in result.timeline),
            "summary.json": result.summary.model_dump_json().encode(),
            "segmentation.json": result.segmentation.model_dump_json().encode(),
            "agent_outputs.json": _listed(_AGENT.dump_json(payload) for payload in result.agent_results),
            "result.json": rest.model_dump_json(exclude=_PARTS | _NAMES | _ADDED).encode(),
        }
        _let_go(_assemble(parts).timeline)
    except (ValidationError, PydanticSerializationError) as error:
        msg = f"The result of the analysis cannot be written: {error}"
        raise StoreError(msg) from error
    for name, data in parts.items():
        write_durably(work / name, data)
    _write_manifest(work)
    final.parent.mkdir(parents=True, exist_ok=True)
    work.rename(final)
    sync_folder(final.parent)


def _listed(parts: Iterable[bytes]) -> bytes:
    """A JSON array, one part made after another: a long one made at once holds every thread, and with them the window.

    Raises PydanticSerializationError.
    """
    return b"[" + b",".join(parts) + b"]"


def _let_go(timeline: list[Utterance]) -> None:
    """Free one utterance after another: hours of them freed at one stroke hold every thread, too."""
    while timeline:
        timeline.pop()


def read_run(folder: Path) -> AnalysisResult:
    """Assemble the result of a finished run. Raises NotFoundError or DamagedError."""
    if not (folder / MANIFEST).is_file():
        msg = f"There is no finished analysis at {folder}"
        raise NotFoundError(msg)
    names = ("timeline.json", "summary.json", "segmentation.json", "agent_outputs.json", "result.json")
    try:
        return _assemble({name: (folder / name).read_bytes() for name in names})
    except (OSError, ValidationError) as error:
        msg = f"The analysis kept at {folder} cannot be read: {error}"
        raise DamagedError(msg) from error


def read_tracks(folder: Path) -> dict[str, Track]:
    """Every track of a run, memory-mapped."""
    return {path.stem: open_track(path) for path in sorted((folder / TRACKS).glob("*.npy"))}


def read_track(folder: Path, name: str) -> Track | None:
    """One track of a run, memory-mapped; None when there is none of this name."""
    path = folder / TRACKS / f"{name}.npy"
    return open_track(path) if path.parent == folder / TRACKS and path.is_file() else None


def read_artifacts(folder: Path) -> list[Artifact]:
    """The files that a run's manifest names, by name. Raises DamagedError when the manifest is not readable."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        msg = f"The analysis kept at {folder} cannot be read: its manifest is damaged."
        raise DamagedError(msg) from error
    there = dict(_files(folder))  # only what was found below the folder is given out, whatever a manifest may name
    return [
        Artifact(name=name, size=entry.size, sha256=entry.sha256, path=there[name])
        for name, entry in sorted(manifest.files.items())
        if name in there
    ]


def _assemble(parts: dict[str, bytes]) -> AnalysisResult:
    return AnalysisResult.model_validate_json(parts["result.json"]).model_copy(
        update={
            "timeline": _utterances(parts["timeline.json"]),
            "summary": Summary.model_validate_json(parts["summary.json"]),
            "segmentation": Segmentation.model_validate_json(parts["segmentation.json"]),
            "agent_results": _AGENTS.validate_json(parts["agent_outputs.json"]),
        }
    )


def _utterances(data: bytes) -> list[Utterance]:
    """Read one utterance after another: reading all at once holds every thread, for half a second with 5,000 of them.

    Raises ValidationError.
    """
    found: list[Utterance] = []
    try:
        text, decoder = data.decode(), json.JSONDecoder()
        place = 0
        while text[place : place + 2] != "]":
            if text[place] != ("," if found else "["):
                break
            end = decoder.raw_decode(text, place + 1)[1]
            found.append(Utterance.model_validate_json(text[place + 1 : end]))
            place = end
        else:
            return found
    except (ValueError, IndexError):
        pass  # none, blanks, or damaged: told by what reads all of it
    return _TIMELINE.validate_json(data)


# --- media ----------------------------------------------------------------------------------------------------------


def write_media(folder: Path, source: Path) -> str:
    """Copy ``source`` to ``folder``/original.<ext>, with a manifest; return the name of the copy.

    Removes what it wrote when it fails (the disk is full, the source vanished); raises OSError then.
    """
    name = f"original.{_extension(source)}"
    folder.mkdir(parents=True)
    try:
        digest = copy_durably(source, folder / name)
        entry = FileEntry(size=(folder / name).stat().st_size, sha256=digest)
        write_durably(folder / MANIFEST, Manifest(files={name: entry}).model_dump_json().encode())
        sync_folder(folder)
    except BaseException:
        remove_tree(folder)
        raise
    return name


def _extension(source: Path) -> str:
    suffix = source.suffix[1:].lower()
    return suffix if suffix.isascii() and suffix.isalnum() and len(suffix) <= 8 else "bin"


# --- manifests ------------------------------------------------------------------------------------------------------


def verify_folder(folder: Path, where: str) -> list[Problem]:
    """Compare a folder with its manifest; ``where`` is its name in the report."""
    try:
        manifest = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError):
        return [Problem(where=f"{where}/{MANIFEST}", what="is missing or not readable")]
    found = dict(_files(folder))
    problems: list[Problem] = []
    for name, entry in sorted(manifest.files.items()):
        # Only what was found below the folder is opened, whatever names a manifest may hold.
        path = found.pop(name, None)
        if path is None:
            what = "is missing"
        elif path.stat().st_size != entry.size:
            what = f"has {path.stat().st_size} bytes instead of {entry.size}"
        elif sha256_of(path) != entry.sha256:
            what = "was changed: its SHA-256 is another"
        else:
            continue
        problems.append(Problem(where=f"{where}/{name}", what=what))
    problems += [Problem(where=f"{where}/{name}", what="does not belong here") for name in sorted(found)]
    return problems


def is_whole(folder: Path) -> bool:
    """Whether a folder was finished and still is what its manifest says."""
    return not verify_folder(folder, "")


def _write_manifest(folder: Path) -> None:
    files = {name: FileEntry(size=path.stat().st_size, sha256=sha256_of(path)) for name, path in _files(folder)}
    data = Manifest(files=files).model_dump(mode="json")
    write_durably(folder / MANIFEST, json.dumps(data, indent=1, sort_keys=True).encode())
    sync_folder(folder)


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink() and path != folder / MANIFEST:
            yield str(PurePosixPath(*path.relative_to(folder).parts)), path
