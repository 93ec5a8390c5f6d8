from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from illodesk.store import Store


@pytest.fixture(scope="session")
def empty_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that was just made, to copy: most of the time of making one goes into migrations."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    Store(folder).close()
    return folder


@pytest.fixture
def store(tmp_path: Path, empty_library: Path) -> Iterator[Store]:
    shutil.copytree(empty_library, tmp_path / "data")
    with Store(tmp_path / "data") as opened:
        yield opened
