"""What is there, what is missing, and how to get it: ``illodesk doctor``.

Nothing that could crash, hang or take seconds is done in this process: libraries, sound and model runtimes are probed
in child processes with a time limit.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from illodesk import __version__, resource_path
from illodesk.settings import Settings, settings_file, what_is_wrong

Status = Literal["ok", "missing", "problem"]

PACKAGES = (
    "av",
    "ctranslate2",
    "faster-whisper",
    "librosa",
    "numpy",
    "onnxruntime",
    "pocketsphinx",
    "pydantic",
    "scipy",
    "sounddevice",
    "soxr",
    "sqlmodel",
)
MODELS = {"ge2e": "who speaks", "minilm": "topics and summary", "text_emotion": "emotion in text"}
"""Built-in models under resources/models and what each is for."""

CARRIED = {
    ("faster_whisper", "assets/silero_vad_v6.onnx"): "voice activity",
    ("pocketsphinx", "model/en-us/en-us/mdef"): "speech recognition (English, draft quality)",
}
"""Models inside other packages: package, one of its files, and what it is for."""

LOW_DISK_BYTES = 1_000_000_000
"""About eight hours of recording."""


@dataclass(frozen=True)
class Finding:
    """One thing looked at. ``missing``: IlloDesk runs without it; ``problem``: it does not. ``remedy`` is a command."""

    topic: str
    status: Status
    text: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Look at everything. Takes a few seconds, changes nothing, never raises."""
    return [
        _python(),
        *_packages(),
        _qt(),
        *_system_libraries(),
        _display(),
        _sound(),
        *_runtimes(),
        *_models(),
        _data_folder(),
    ]


def _pip(*names: str) -> str:
    return f"{sys.executable} -m pip install {' '.join(names)}"


def _restore(folder: Path) -> str:
    """The command that brings back what ships with IlloDesk, where it runs from its repository."""
    root = resource_path("").parents[1]
    return f"git -C {root} checkout -- {folder.relative_to(root)}" if (root / ".git").exists() else ""


# --- Python and its packages ------------------------------------------------------------------------------------------


def _python() -> Finding:
    version = ".".join(str(part) for part in sys.version_info[:3])
    text = f"IlloDesk {__version__} on Python {version}, {sys.platform}, {os.cpu_count()} processors"
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return Finding("python", "ok", text)
    return Finding("python", "problem", f"{text}; Python 3.11, 3.12 or 3.13 is needed", "make run PYTHON=python3.11")


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None


def _packages() -> Iterator[Finding]:
    versions = {name: _version(name) for name in PACKAGES}
    there = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    gone = [name for name, version in versions.items() if version is None]
    if there:
        yield Finding("packages", "ok", there)
    if gone:
        yield Finding("packages", "problem", f"Not installed: {', '.join(gone)}", _pip(*gone))


def _qt() -> Finding:
    version = _version("PySide6-Essentials")
    remedy = _pip("'PySide6-Essentials>=6.11.3,<6.12'", "'shiboken6>=6.11.3,<6.12'")
    if version is None:
        return Finding("window", "missing", "PySide6 is not installed; only the command line works", remedy)
    if tuple(int(part) for part in version.split(".")[:2]) >= (6, 12):
        return Finding(
            "window", "problem", f"PySide6 {version} loses references and ends the app within minutes", remedy
        )
    return Finding("window", "ok", f"PySide6 {version}")


# --- the machine ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class SystemPackage:
    """One line of resources/system-packages.txt."""

    name: str
    proof: str
    groups: tuple[str, ...]
    required: bool
    purpose: str


def system_packages() -> list[SystemPackage]:
    """The system libraries that IlloDesk knows of, as Debian and Ubuntu name them."""
    found = []
    for line in resource_path("system-packages.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            name, proof, groups, need, purpose = line.split(None, 4)
            found.append(SystemPackage(name, proof, tuple(groups.split(",")), need == "required", purpose))
    return found


def _system_libraries() -> Iterator[Finding]:
    if sys.platform != "linux":
        return
    wanted = [package for package in system_packages() if {"run", "window"} & set(package.groups)]
    sonames = [package.proof.removeprefix("lib:") for package in wanted if package.proof.startswith("lib:")]
    answer = _ask(_LOAD_LIBRARIES, *sonames)
    if answer.error:
        yield Finding("system libraries", "problem", f"They could not be loaded: {answer.error}")
        return
    absent = {f"lib:{name}" for name in answer.value}
    absent |= {p.proof for p in wanted if p.proof.startswith("file:") and not Path(p.proof[5:]).exists()}
    gone = [package for package in wanted if package.proof in absent]
    if not gone:
        yield Finding("system libraries", "ok", f"All {len(wanted)} are there")
    for purpose in dict.fromkeys(package.purpose for package in gone):
        names = [package.name for package in gone if package.purpose == purpose]
        yield Finding("system libraries", "missing", f"For {purpose}: {', '.join(names)}", _apt(names))


def _apt(names: list[str]) -> str:
    if shutil.which("apt-get") is None:
        return ""
    sudo = "" if os.geteuid() == 0 else "sudo "
    return f"{sudo}apt-get update && {sudo}apt-get install -y --no-install-recommends {' '.join(names)}"


def _display() -> Finding:
    names = [name for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)]
    if sys.platform in ("win32", "darwin"):
        return Finding("display", "ok", "A window can be opened")
    if names:
        return Finding("display", "ok", ", ".join(f"{name}={os.environ[name]}" for name in names))
    return Finding("display", "missing", "There is none: no window can be opened; the command line does everything")


def _sound() -> Finding:
    answer = _ask(_LIST_SOUND)
    if answer.error:
        return Finding("sound", "missing", f"Devices cannot be listed: {answer.error}")
    names = {"microphone": list[str](), "system": list[str]()}
    for device in answer.value:
        names[device["kind"]].append(device["name"])
    microphones, system = ", ".join(names["microphone"]), ", ".join(names["system"])
    heard = f"What the computer plays: {system}" if system else "What the computer plays cannot be recorded"
    if not microphones:
        return Finding("sound", "missing", f"No microphone. {heard}. Files can be analysed")
    return Finding("sound", "ok", f"Microphones: {microphones}. {heard}")


def _runtimes() -> Iterator[Finding]:
    onnx = _ask(_LIST_PROVIDERS)
    if onnx.error:
        yield Finding(
            "onnxruntime", "problem", f"It does not start: {onnx.error}", _pip("--force-reinstall", "onnxruntime")
        )
    else:
        yield Finding("onnxruntime", "ok", f"Can use {', '.join(onnx.value)}; the CPU is used")
    ct2 = _ask(_LIST_CTRANSLATE2)
    if ct2.error:
        yield Finding(
            "ctranslate2", "problem", f"It does not start: {ct2.error}", _pip("--force-reinstall", "ctranslate2")
        )
        return
    types, gpus = ", ".join(ct2.value["cpu"]), ct2.value["gpus"]
    yield Finding("ctranslate2", "ok", f"CPU ({types})" + (f" and {gpus} CUDA devices" if gpus else ""))
    if not gpus and Path("/proc/driver/nvidia/version").exists():
        yield Finding("gpu", "missing", "There is an NVIDIA driver, but no usable GPU", _pip("nvidia-cublas-cu12"))


# --- what is carried and what is kept ---------------------------------------------------------------------------------


def _models() -> Iterator[Finding]:
    for name, purpose in MODELS.items():
        folder = resource_path("models") / name
        fault = _fault_of(folder)
        if fault:
            yield Finding("models", "problem", f"{name} ({purpose}): {fault}; install IlloDesk again", _restore(folder))
        else:
            yield Finding("models", "ok", f"{name} ({purpose})")
    for (package, file), purpose in CARRIED.items():
        spec = importlib.util.find_spec(package)
        folders = list(spec.submodule_search_locations or []) if spec else []
        if any((Path(folder) / file).is_file() for folder in folders):
            yield Finding("models", "ok", f"{package} ({purpose})")
        else:
            name = package.replace("_", "-")
            yield Finding(
                "models", "problem", f"{name} ({purpose}): {file} is missing", _pip("--force-reinstall", name)
            )


def _fault_of(folder: Path) -> str:
    """What is wrong with a model folder by its SHA256SUMS; empty when nothing is."""
    sums = folder / "SHA256SUMS"
    if not sums.is_file():
        return f"{sums.name} is missing" if folder.is_dir() else "it is missing"
    for line in sums.read_text(encoding="utf-8").splitlines():
        expected, name = line.split(maxsplit=1)
        file = folder / name.removeprefix("*")
        if not file.is_file():
            return f"{name} is missing"
        if hashlib.sha256(file.read_bytes()).hexdigest() != expected:
            return f"{name} was changed or is damaged"
    return ""


def _data_folder() -> Finding:
    try:
        folder = Settings().data_dir
    except (ValueError, OSError) as error:
        return Finding("data", "problem", f"{settings_file()} or the environment is wrong: {what_is_wrong(error)}")
    move = "set ILLODESK_DATA_DIR=D:\\talks" if sys.platform == "win32" else "export ILLODESK_DATA_DIR=/another/folder"
    existing = folder
    while not existing.exists() and existing != existing.parent:
        existing = existing.parent
    try:
        with tempfile.TemporaryFile(dir=existing):
            pass
        free = shutil.disk_usage(existing).free
    except OSError as error:
        return Finding("data", "problem", f"{folder} cannot be written to: {error.strerror}", move)
    text = f"{folder}, {free / 1e9:.1f} GB free"
    return (
        Finding("data", "problem", f"{text}: too little", move)
        if free < LOW_DISK_BYTES
        else Finding("data", "ok", text)
    )


# --- child processes --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What a child process found: JSON, or why there is none."""

    value: Any = None
    error: str = ""


def _ask(program: str, *arguments: str, limit_s: float = 30.0) -> Answer:
    """Run a short Python program that prints JSON last; its crash, hang or exception becomes ``error``."""
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and program
            [sys.executable, "-c", program, *arguments], capture_output=True, text=True, timeout=limit_s, check=False
        )
    except subprocess.TimeoutExpired:
        return Answer(error=f"no answer within {limit_s:g} s")
    if done.returncode < 0:
        return Answer(error=f"it crashed (signal {-done.returncode})")
    if done.returncode > 0:
        return Answer(error=(done.stderr.strip().splitlines() or ["unknown reason"])[-1])
    return Answer(value=json.loads(done.stdout.splitlines()[-1]))


_LOAD_LIBRARIES = """
import ctypes, json, sys
absent = []
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(name)
    except OSError:
        absent.append(name)
print(json.dumps(absent))
"""
_LIST_SOUND = """
from illodesk.capture.devices import main
main()
"""
_LIST_PROVIDERS = """
import json, onnxruntime
print(json.dumps(onnxruntime.get_available_providers()))
"""
_LIST_CTRANSLATE2 = """
import json, ctranslate2
gpus = ctranslate2.get_cuda_device_count()
print(json.dumps({"cpu": sorted(ctranslate2.get_supported_compute_types("cpu")), "gpus": gpus}))
"""
