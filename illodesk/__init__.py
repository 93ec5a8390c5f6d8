"""IlloDesk: the conversation-intelligence desk that runs on its user's own machine."""

from __future__ import annotations

from pathlib import Path

__version__ = "0.1.0"


def resource_path(name: str) -> Path:
    """Path of a file or folder that ships with the package, e.g. ``markers/en.yaml``."""
    return Path(__file__).parent / "resources" / name
