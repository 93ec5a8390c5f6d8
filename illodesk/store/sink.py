"""Takes the tracks of an analysis under way and writes each as it grows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from illodesk.store.tracks import TrackWriter


class TrackFolder:
    """Opens a track at its first rows. What the pipeline appends to, in whatever process it runs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writers: dict[str, TrackWriter] = {}

    def rewind(self, rows: dict[str, int]) -> None:
        """Go back to these numbers of rows; a track that is not named is dropped. For a session that is resumed."""
        self.close()
        self._writers.clear()
        for path in sorted(self._folder.glob("*.npy")):
            if path.stem in rows:
                self._writers[path.stem] = TrackWriter.resume(path, rows[path.stem])
            else:
                path.unlink()
                path.with_suffix(".json").unlink(missing_ok=True)

    def append(self, name: str, columns: tuple[str, ...], hop_s: float, rows: NDArray[np.float32]) -> None:
        """Append rows of shape (n, columns) at a fixed step to the track ``name``."""
        if name not in self._writers:
            self._writers[name] = TrackWriter(self._folder, name, columns, hop_s)
        self._writers[name].append(rows)

    def close(self) -> None:
        """Finish every track."""
        for writer in self._writers.values():
            writer.close()
