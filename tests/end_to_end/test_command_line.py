"""The command line as its user runs it: real processes on the demo and on files that are not as they seem."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from illodesk import __version__
from tests.excerpt import write_excerpt


def illodesk(*arguments: str | Path, timeout: float = 240) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "illodesk", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
        encoding="utf-8",
    )


def test_version_is_quick_to_say() -> None:
    done = illodesk("--version")
    assert done.stdout == f"illodesk {__version__}\n"


def test_version_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from illodesk.cli import main\n"
        "try: main(['--version'])\n"
        "except SystemExit: pass\n"
        "print(sorted({n.partition('.')[0] for n in sys.modules} & {'numpy','av','onnxruntime','ctranslate2','torch',"
        "'librosa','pocketsphinx','faster_whisper','PySide6','sqlalchemy','pydantic'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.timeout(400)
def test_the_demo_finds_everything_that_was_scripted_and_the_rest_works_on_it(tmp_path: Path) -> None:
    demo = illodesk("demo", "--headless")
    assert demo.returncode == 0, demo.stderr
    assert "Speakers: 2 scripted, 2 found." in demo.stdout
    assert demo.stdout.count(": found") == 5
    assert "missed" not in demo.stdout

    [row] = json.loads(illodesk("list", "--json").stdout)
    assert (row["title"], row["state"]) == ("Demo interview", "complete")
    assert "Demo interview" in illodesk("list").stdout
    key = row["id"]

    shown = json.loads(illodesk("show", key[:14], "--json").stdout)
    assert shown["conversation_id"] == key
    assert "too expensive" in illodesk("show", key).stdout

    hits = json.loads(illodesk("search", "contract", "friday", "--json").stdout)
    assert [hit["conversation_id"] for hit in hits] == [key]
    assert illodesk("search", "zeppelin").returncode == 1

    out = tmp_path / "demo.srt"
    assert illodesk("export", key, "--format", "srt", "--out", out).returncode == 0
    assert "-->" in out.read_text()
    again = illodesk("export", key, "--format", "srt", "--out", out)
    assert again.returncode == 1
    assert "already" in again.stderr

    assert illodesk("delete", key).returncode == 1  # nobody there to ask
    assert illodesk("delete", key, "--yes").returncode == 0
    assert json.loads(illodesk("list", "--json").stdout) == []


@pytest.mark.timeout(300)
def test_a_folder_goes_through_although_one_file_is_bad(tmp_path: Path) -> None:
    folder = tmp_path / "panel"
    (folder / "sub").mkdir(parents=True)
    write_excerpt(folder / "one.wav", 40, 50)
    write_excerpt(folder / "sub" / "two.flac", 44, 52)
    (folder / "bad.mp3").write_bytes(b"this is not sound" * 100)
    (folder / "notes.txt").write_text("not a recording")
    out = tmp_path / "out"
    done = illodesk("analyze", folder, "--out", out, "--format", "csv", "--format", "txt", "--speakers", "2")
    assert done.returncode == 1
    assert "bad.mp3" in done.stderr
    assert "1 of 3 could not be analysed" in done.stderr
    assert sorted(path.name for path in out.iterdir()) == ["one.csv", "one.txt", "two.csv", "two.txt"]


@pytest.mark.timeout(300)
def test_json_goes_to_a_pipe_alone(tmp_path: Path) -> None:
    done = illodesk("analyze", write_excerpt(tmp_path / "a.wav", 44, 52), "--json", "--purpose", "workplace")
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout)
    assert result["policy"]["mode"] == "text_only"
    assert "voice" not in result["inference_basis"]
    assert done.stderr == ""


@pytest.mark.skipif(os.name == "nt", reason="needs signals")
@pytest.mark.timeout(300)
def test_ctrl_c_keeps_what_was_done(tmp_path: Path) -> None:
    recording = write_excerpt(tmp_path / "long.wav", 0, 136)
    process = subprocess.Popen(
        [sys.executable, "-m", "illodesk", "analyze", str(recording)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    tracks = Path(os.environ["ILLODESK_DATA_DIR"]) / "conversations"
    deadline = time.monotonic() + 120
    while not any(p.stat().st_size > 4000 for p in tracks.rglob("prosody_0.npy")) and time.monotonic() < deadline:
        time.sleep(0.1)
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=120)
    assert process.returncode == 130, errors
    assert b"kept" in errors
    [row] = json.loads(illodesk("list", "--json").stdout)
    assert row["state"] == "partial"
    result = json.loads(illodesk("show", row["id"], "--json").stdout)
    assert result["complete"] is False
    assert 0 < result["analysed_s"] < 136


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["analyze", "nowhere.wav"], 1, "no file"),
        (["analyze", "x.wav", "--speakers", "99"], 2, "speakers"),
        (["analyze"], 2, "FILE"),
        (["show", "analysis_0123456789"], 1, "no conversation"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_mistakes_are_told_in_words(arguments: list[str], status: int, words: str) -> None:
    done = illodesk(*arguments)
    assert done.returncode == status
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_doctor_tells_what_is_there() -> None:
    done = illodesk("doctor", "--json")
    findings = json.loads(done.stdout)
    assert {finding["status"] for finding in findings} <= {"ok", "missing", "problem"}
    assert all(finding["remedy"] for finding in findings if finding["status"] == "problem")
    assert any("Python" in finding["topic"] or "python" in finding["text"].lower() for finding in findings)


@pytest.mark.timeout(200)
def test_record_shows_and_keeps_what_is_said(tmp_path: Path) -> None:
    recording = write_excerpt(tmp_path / "talk.wav", 44, 56)
    done = illodesk("record", "--file", recording, "--title", "From a file", "--seconds", "9")
    assert done.returncode == 0, done.stderr
    assert "expensive" in done.stdout
    [row] = json.loads(illodesk("list", "--json").stdout)
    assert (row["title"], row["state"]) == ("From a file", "complete")
    assert row["has_media"]


def test_recording_nothing_says_so() -> None:
    assert "nothing to record" in illodesk("record", "--no-mic").stderr
    assert "no file" in illodesk("record", "--file", "nowhere.wav").stderr
    assert "No recording was cut off" in illodesk("record", "--resume").stderr
