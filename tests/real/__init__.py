"""Tests over real recordings that lie beside the repository; they skip, and say so, where those are absent."""

from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[3] / "shared"


def shared(name: str) -> Path:
    """Path of a file or folder of the shared data, or a skip with the reason."""
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"shared data '{name}' is not beside the repository")
    return path
