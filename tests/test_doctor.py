"""The doctor: what it finds on a whole installation and on a broken one, and that nothing makes it fail."""

from __future__ import annotations

import hashlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from illodesk import doctor
from illodesk.doctor import Answer, Finding, examine


def only(findings: Iterator[Finding]) -> Finding:
    [finding] = findings
    return finding


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> dict[str, Answer]:
    """What the child processes say, by program; no child is started."""
    said: dict[str, Answer] = {}
    monkeypatch.setattr(doctor, "_ask", lambda program, *arguments, **options: said[program])
    return said


def test_nothing_is_wrong_where_the_tests_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LOW_DISK_BYTES", 0)
    findings = examine()
    assert [finding for finding in findings if finding.status == "problem"] == []
    assert {"python", "packages", "window", "onnxruntime", "ctranslate2", "models", "data"} <= {
        finding.topic for finding in findings
    }
    assert all(finding.text for finding in findings)


def test_a_package_that_is_missing_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", ("numpy", "no-such-package-here"))
    there, gone = doctor._packages()
    assert there.status == "ok"
    assert gone.status == "problem"
    assert "no-such-package-here" in gone.text
    assert gone.remedy == f"{sys.executable} -m pip install no-such-package-here"


@pytest.mark.parametrize(
    ("version", "status"), [("6.11.3", "ok"), ("6.12.0", "problem"), ("7.0", "problem"), (None, "missing")]
)
def test_a_defective_qt_is_a_problem(monkeypatch: pytest.MonkeyPatch, version: str | None, status: str) -> None:
    monkeypatch.setattr(doctor, "_version", lambda _package: version)
    finding = doctor._qt()
    assert finding.status == status
    assert ("<6.12" in finding.remedy) == (status != "ok")


def test_every_system_package_has_a_proof() -> None:
    packages = doctor.system_packages()
    assert len({package.name for package in packages}) == len(packages)
    for package in packages:
        assert package.proof.partition(":")[0] in ("lib", "cmd", "file")
        assert set(package.groups) <= {"run", "window", "test"}
        assert package.purpose


@pytest.mark.skipif(sys.platform != "linux", reason="system libraries are looked for on Linux only")
def test_missing_libraries_are_grouped_by_what_they_are_for(
    monkeypatch: pytest.MonkeyPatch, answers: dict[str, Answer]
) -> None:
    answers[doctor._LOAD_LIBRARIES] = Answer(["libEGL.so.1", "libxcb-cursor.so.0"])
    monkeypatch.setattr(doctor.shutil, "which", lambda _name: "/usr/bin/apt-get")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    windows, x11 = (finding for finding in doctor._system_libraries() if "fonts" not in finding.text)
    assert windows.status == x11.status == "missing"
    assert "libegl1" in windows.text
    assert x11.remedy == ("sudo apt-get update && sudo apt-get install -y --no-install-recommends libxcb-cursor0")


def test_what_can_be_recorded_is_named(answers: dict[str, Answer]) -> None:
    headset, speakers = {"name": "Headset", "kind": "microphone"}, {"name": "Speakers", "kind": "system"}
    answers[doctor._LIST_SOUND] = Answer([headset, speakers])
    assert doctor._sound().status == "ok"
    assert doctor._sound().text == "Microphones: Headset. What the computer plays: Speakers"
    answers[doctor._LIST_SOUND] = Answer([headset])
    assert doctor._sound().text == "Microphones: Headset. What the computer plays cannot be recorded"
    answers[doctor._LIST_SOUND] = Answer([speakers])
    assert doctor._sound().status == "missing"


def test_a_runtime_that_crashes_is_a_problem(answers: dict[str, Answer]) -> None:
    answers[doctor._LIST_PROVIDERS] = Answer(error="it crashed (signal 11)")
    answers[doctor._LIST_CTRANSLATE2] = Answer({"cpu": ["int8"], "gpus": 0})
    onnx, ct2 = list(doctor._runtimes())[:2]
    assert onnx.status == "problem"
    assert "signal 11" in onnx.text
    assert (ct2.status, ct2.text) == ("ok", "CPU (int8)")


def test_damaged_models_are_found(tmp_path: Path) -> None:
    (tmp_path / "net.onnx").write_bytes(b"weights")
    sums = hashlib.sha256(b"weights").hexdigest() + "  net.onnx\n"
    assert doctor._fault_of(tmp_path) == "SHA256SUMS is missing"
    (tmp_path / "SHA256SUMS").write_text(sums, encoding="utf-8")
    assert doctor._fault_of(tmp_path) == ""
    (tmp_path / "net.onnx").write_bytes(b"wrong")
    assert "damaged" in doctor._fault_of(tmp_path)
    (tmp_path / "net.onnx").unlink()
    assert doctor._fault_of(tmp_path) == "net.onnx is missing"
    assert doctor._fault_of(tmp_path / "nowhere") == "it is missing"


def test_the_data_folder_need_not_exist_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ILLODESK_DATA_DIR", str(tmp_path / "not" / "yet"))
    finding = doctor._data_folder()
    assert finding.status == "ok"
    assert str(tmp_path / "not" / "yet") in finding.text
    assert not (tmp_path / "not").exists()


def test_a_data_folder_that_cannot_be_is_a_problem_with_a_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ILLODESK_DATA_DIR", str(tmp_path / "file"))
    finding = doctor._data_folder()
    assert finding.status == "problem"
    assert "ILLODESK_DATA_DIR" in finding.remedy


def test_a_full_disk_is_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LOW_DISK_BYTES", 10**18)
    assert doctor._data_folder().status == "problem"


@pytest.mark.parametrize("content", ['purpose = "fun"\n', "this is not TOML\n"])
def test_settings_that_cannot_be_read_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    monkeypatch.setenv("ILLODESK_DATA_DIR", str(tmp_path))
    (tmp_path / "settings.toml").write_text(content, encoding="utf-8")
    finding = doctor._data_folder()
    assert finding.status == "problem"
    assert "settings.toml" in finding.text


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("raise OSError('no such device')", "OSError: no such device"),
        ("import os; os.abort()", "it crashed (signal 6)"),
        ("import sys; sys.exit(3)", "unknown reason"),
    ],
)
@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_a_child_that_fails_is_an_answer(program: str, reason: str) -> None:
    assert doctor._ask(program) == Answer(error=reason)


def test_a_child_that_hangs_is_given_up() -> None:
    start = time.monotonic()
    assert "no answer" in doctor._ask("import time; time.sleep(60)", limit_s=0.5).error
    assert time.monotonic() - start < 10


def test_noise_before_the_answer_does_not_matter() -> None:
    assert doctor._ask("print('hello from a library'); print([1, 2])") == Answer([1, 2])
