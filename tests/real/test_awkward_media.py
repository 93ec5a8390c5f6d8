"""133 odd, mislabelled, truncated and corrupt files: each ends in sound or in a coded error, soon, and without a crash.

Every group is decoded in one child process, so that a crash or a hang of a native decoder is a failure of that group.
"""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.real import SHARED, shared

GROUPS = ("derived", "fixture", "lhotse", "mutagen", "pydub", "small")
LIMIT_S = 20.0  # per file

CHILD = """
import json, sys, time
from illodesk.engine.audio import FileReader, MediaError
for path in json.load(sys.stdin):
    began, seconds, code, channels = time.monotonic(), 0.0, "", set()
    try:
        for block in FileReader(path):
            seconds += len(block) / 16_000
            channels.add(block.shape[1])
            assert block.dtype == "float32" and abs(block).max() <= 1.0
    except MediaError as error:
        code = error.code
    print(json.dumps([path, seconds, code, len(channels), time.monotonic() - began]), flush=True)
"""


@pytest.mark.parametrize("group", GROUPS)
@pytest.mark.timeout(600)
def test_awkward_files_end_in_sound_or_a_coded_error(group: str) -> None:
    shared("data/awkward")
    manifest = json.loads(shared("data/manifest.json").read_text())
    entries = {
        str(SHARED / "data" / entry["path"]): entry
        for entry in manifest
        if entry["path"].startswith(f"awkward/{group}")
    }
    assert entries
    child = subprocess.run(
        [sys.executable, "-c", CHILD],
        input=json.dumps(list(entries)),
        capture_output=True,
        text=True,
        timeout=LIMIT_S * len(entries),
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2000:]
    assert child.stderr == ""
    results = [json.loads(line) for line in child.stdout.splitlines()]
    assert len(results) == len(entries)
    for path, seconds, code, channel_counts, took in results:
        expected = entries[path].get("audio_decoded_s") or 0.0
        assert took < LIMIT_S, path
        if code:
            assert code in {"EMPTY_FILE", "NO_AUDIO", "UNREADABLE_MEDIA"}, path
            assert expected == 0.0, (path, code)
        else:
            assert channel_counts == 1, path
            # One file of the manifest could not be opened there for its tags, and can be here.
            assert seconds > 0.0, path
            assert expected == 0.0 or abs(seconds - expected) < 0.05, (path, seconds, expected)
