"""Make packages unimportable, in this process and its children, as if they were not installed.

Python imports this module at start when its folder is on PYTHONPATH; ILLODESK_WITHOUT names the packages, with commas.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


class Blocker:
    """A meta path finder that refuses the named top-level packages."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = frozenset(names)

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] in self._names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


sys.meta_path.insert(0, Blocker(os.environ.get("ILLODESK_WITHOUT", "").split(",")))
