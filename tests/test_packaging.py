"""What a newcomer relies on: the lock, the two commands, licences, and a start without what only some need."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
import os
import re
import shutil
import stat
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = ("requirements.txt", "requirements-dev.txt")
MODEL_LIBRARIES = (
    "ctranslate2,onnxruntime,torch,faster_whisper,pocketsphinx,librosa,vaderSentiment,sklearn,numba,soxr,av,tokenizers"
)
posix = pytest.mark.skipif(os.name != "posix", reason="a POSIX shell is needed")
linux = pytest.mark.skipif(sys.platform != "linux", reason="system libraries are installed on Linux only")


def locked(name: str) -> list[Requirement]:
    """The pinned requirements of a lock file, without hashes."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line.split("#")[0].strip() for line in text.splitlines()]
    return [Requirement(line.partition(" --hash=")[0]) for line in lines if line]


# --- the lock ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LOCKS)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]
    assert len(lines) > 50
    for line in lines:
        assert re.match(r"[A-Za-z0-9._-]+==[^ ;]+ ", line), line
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", line), line


@pytest.mark.parametrize("name", LOCKS)
def test_locks_name_no_index_and_no_place(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert re.findall(r"://|--index-url|--extra-index-url|--find-links|--trusted-host| @ |^-e", text) == []


@pytest.mark.parametrize("name", LOCKS)
def test_locks_satisfy_the_project(name: str) -> None:
    wanted = list(PROJECT["dependencies"]) + PROJECT["optional-dependencies"]["build"]
    if name == "requirements-dev.txt":
        wanted += PROJECT["optional-dependencies"]["dev"]
    pins: dict[str, list[Requirement]] = {}
    for pin in locked(name):
        pins.setdefault(canonicalize_name(pin.name), []).append(pin)
    for text in wanted:
        requirement = Requirement(text)
        for pin in pins[canonicalize_name(requirement.name)]:
            [exact] = pin.specifier
            assert requirement.specifier.contains(Version(exact.version)), f"{pin} does not satisfy {requirement}"


def test_the_development_lock_holds_the_whole_other_lock() -> None:
    assert {str(pin) for pin in locked(LOCKS[0])} <= {str(pin) for pin in locked(LOCKS[1])}


@pytest.mark.parametrize("name", ["PySide6-Essentials", "shiboken6"])
def test_qt_stays_below_the_version_that_loses_references(name: str) -> None:
    [requirement] = [Requirement(d) for d in PROJECT["dependencies"] if Requirement(d).name == name]
    assert requirement.specifier.contains("6.11.3")
    assert not requirement.specifier.contains("6.12.0")
    for lock in LOCKS:
        [pin] = [pin for pin in locked(lock) if canonicalize_name(pin.name) == canonicalize_name(name)]
        assert Version(next(iter(pin.specifier)).version) < Version("6.12")


# --- licences ---------------------------------------------------------------------------------------------------------


def test_the_project_is_apache_licensed() -> None:
    assert PROJECT["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert (ROOT / "NOTICE").read_text(encoding="utf-8").startswith("IlloDesk\n")


def licence_of(name: str) -> str:
    """Licence of an installed package as its metadata tells it."""
    about = importlib.metadata.metadata(name)
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License")]
    expression = about.get("License-Expression") or "; ".join(classifiers) or about.get("License") or ""
    return expression[:200]


def test_nothing_that_runs_with_it_is_under_the_gpl_alone() -> None:
    installed = {canonicalize_name(d.metadata["Name"]) for d in importlib.metadata.distributions()}
    bad = {}
    for pin in locked(LOCKS[0]):
        if canonicalize_name(pin.name) in installed:
            alternatives = re.split(r"\bOR\b", licence_of(pin.name))
            if all(re.search(r"\bA?GPL", text) or "General Public License" in text for text in alternatives):
                bad[pin.name] = licence_of(pin.name)
    assert {name: text for name, text in bad.items() if "Lesser" not in text} == {}


RESOURCES = ROOT / "illodesk" / "resources"


@pytest.mark.parametrize("folder", sorted(p.name for p in (RESOURCES / "models").iterdir() if p.is_dir()))
def test_models_carry_card_licence_and_checksums(folder: str) -> None:
    model = RESOURCES / "models" / folder
    assert len((model / "card.md").read_text(encoding="utf-8")) > 200
    assert any(model.glob("LICENSE*"))
    sums = dict(line.split()[::-1] for line in (model / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    weights = {
        p.name for p in model.iterdir() if p.suffix in (".onnx", ".npy", ".npz", ".json", ".safetensors", ".bin")
    }
    assert weights == set(sums), f"run in {folder}: sha256sum {' '.join(sorted(weights))} > SHA256SUMS"
    for name, expected in sums.items():
        assert hashlib.sha256((model / name).read_bytes()).hexdigest() == expected, name


def test_the_demo_was_made_by_the_script_that_lies_beside_it() -> None:
    from illodesk.demo import load_demo

    spec = importlib.util.spec_from_file_location("make_demo", ROOT / "packaging" / "make_demo.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules["make_demo"] = script
    spec.loader.exec_module(script)
    truth = load_demo()[1]
    assert [(script.VOICES[line.who].speaker, line.manner, line.text) for line in script.SCRIPT] == [
        (turn.speaker, turn.manner, turn.text) for turn in truth.turns
    ]
    assert [(kind, number) for number, line in enumerate(script.SCRIPT) for kind in line.changes] == [
        (change.kind, change.utterance) for change in truth.changes
    ]


# --- the two commands -------------------------------------------------------------------------------------------------


def test_continuous_integration_calls_make_test() -> None:
    script = ROOT / ".ci" / "run"
    assert script.read_text(encoding="utf-8").startswith("#!/bin/bash\n")
    assert script.read_text(encoding="utf-8").rstrip().endswith("make test")
    if os.name == "posix":
        assert script.stat().st_mode & stat.S_IXUSR


@posix
@pytest.mark.parametrize("name", ["packaging/setup.sh", "packaging/has-display.sh"])
def test_shell_scripts_parse(name: str) -> None:
    subprocess.run(["sh", "-n", str(ROOT / name)], check=True)


class Machine:
    """A copy of the repository's set-up on a machine whose tools are as the test says."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "checkout"
        self.tools = folder / "tools"
        self.tools.mkdir()
        (self.root / "illodesk" / "resources").mkdir(parents=True)
        shutil.copytree(
            ROOT / "packaging", self.root / "packaging", ignore=shutil.ignore_patterns("*.py", "__pycache__")
        )
        packages = "illodesk/resources/system-packages.txt"
        for name in ("pyproject.toml", *LOCKS, packages):
            shutil.copy(ROOT / name, self.root / name)
        self.tool("id", "echo 1000")
        self.tool("sudo", "exit 1")
        self.tool("apt-get", 'echo "apt-get $*" >>"$0.called"; exit 1')
        self.libraries({line.split()[1][4:] for line in (ROOT / packages).read_text().splitlines() if " lib:" in line})

    def tool(self, name: str, script: str) -> None:
        (self.tools / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (self.tools / name).chmod(0o755)

    def libraries(self, names: set[str]) -> None:
        lines = "".join(f"\t{name} (libc6,x86-64) => /lib/{name}\n" for name in sorted(names))
        (self.root / "libraries").write_text(lines, encoding="utf-8")
        self.tool("ldconfig", f"cat {self.root}/libraries")

    def python(self, version: str, *, venv: bool = True) -> None:
        """Stand-ins for every Python on the path: they know their version and whether they can make environments."""
        major, minor = version.split(".")
        fits = (3, 11) <= (int(major), int(minor)) < (3, 14)
        script = f"""case "$*" in
            *sys.exit*) exit {0 if fits else 1} ;;
            *ensurepip*) exit {0 if venv else 1} ;;
            *python%d*) echo python{version}-venv ;;
            --version) echo Python {version}.0 ;;
            "-m venv --clear .venv") mkdir -p .venv/bin; cp "$0" .venv/bin/python ;;
            *" pip "*) echo "pip $*" >>{self.root}/pip.called ;;
        esac"""
        for name in ("python3.11", "python3.12", "python3.13", "python3", "python"):
            self.tool(name, script)

    def set_up(self, purpose: str, **environment: str) -> subprocess.CompletedProcess[str]:
        environment = {"PATH": f"{self.tools}:/usr/bin:/bin", "HOME": str(self.root), **environment}
        command = ["sh", str(self.root / "packaging" / "setup.sh"), purpose]
        return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)

    @property
    def pip_calls(self) -> list[str]:
        log = self.root / "pip.called"
        return [line for line in log.read_text().splitlines() if " install " in line] if log.exists() else []


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    machine = Machine(tmp_path)
    machine.python("3.11")
    return machine


@linux
def test_setup_installs_from_the_lock_with_hashes_and_from_no_index_of_its_own(machine: Machine) -> None:
    done = machine.set_up("test")
    assert done.returncode == 0, done.stderr
    requirements, itself = machine.pip_calls
    assert requirements.endswith("install --require-hashes -r requirements-dev.txt")
    assert itself.endswith("install --no-build-isolation --no-deps -e .")
    assert "index" not in requirements + itself


@linux
def test_a_second_call_does_nothing(machine: Machine) -> None:
    machine.set_up("run")
    again = machine.set_up("run")
    assert (again.returncode, again.stdout) == (0, "")
    assert len(machine.pip_calls) == 2


@linux
def test_what_was_made_for_the_tests_can_run_the_program_but_not_the_other_way(machine: Machine) -> None:
    machine.set_up("run")
    machine.set_up("test")
    assert len(machine.pip_calls) == 4
    machine.set_up("run")
    assert len(machine.pip_calls) == 4


@linux
def test_a_changed_lock_is_installed_and_a_touched_one_is_not(machine: Machine) -> None:
    machine.set_up("run")
    (machine.root / "requirements.txt").touch()
    machine.set_up("run")
    assert len(machine.pip_calls) == 2
    with (machine.root / "requirements.txt").open("a") as lock:
        lock.write("# changed\n")
    machine.set_up("run")
    assert len(machine.pip_calls) == 4


@linux
def test_an_interrupted_installation_is_done_again(machine: Machine) -> None:
    machine.python("3.11")
    machine.tool(
        "python3.11",
        (machine.tools / "python3.11").read_text().replace('*" pip "*)', '*"pip --d"*) exit 1 ;;\n*" pip "*)'),
    )
    assert machine.set_up("run").returncode != 0
    machine.python("3.11")
    shutil.copy(machine.tools / "python3.11", machine.root / ".venv" / "bin" / "python")
    assert machine.set_up("run").returncode == 0
    assert len(machine.pip_calls) == 2


@linux
def test_without_rights_the_one_command_is_printed_and_nothing_else_done(machine: Machine) -> None:
    machine.libraries({"libGL.so.1"})
    done = machine.set_up("test")
    assert done.returncode != 0
    [command] = [line.strip() for line in done.stderr.splitlines() if "apt-get" in line]
    assert command.startswith("sudo apt-get update && sudo apt-get install -y --no-install-recommends libegl1 ")
    assert "libgl1" not in command.split()
    assert not (machine.tools / "apt-get.called").exists()
    assert machine.pip_calls == []


@linux
def test_what_can_be_done_without_does_not_stop(machine: Machine) -> None:
    machine.libraries(set())
    done = machine.set_up("run")
    assert done.returncode == 0, done.stderr
    assert "libportaudio2" in done.stdout
    assert "libegl1" not in done.stdout
    assert len(machine.pip_calls) == 2


@linux
def test_with_a_display_the_window_needs_its_libraries(machine: Machine) -> None:
    machine.libraries({"libportaudio.so.2"})
    done = machine.set_up("run", DISPLAY=":0")
    assert done.returncode != 0
    assert "libxcb-cursor0" in done.stderr


@linux
def test_root_installs_only_what_is_missing_and_refreshes_lists_when_needed(machine: Machine) -> None:
    machine.tool("id", "echo 0")
    everything = (machine.root / "libraries").read_text()
    (machine.root / "libraries").write_text("\n".join(line for line in everything.splitlines() if "EGL" not in line))
    (machine.root / "everything").write_text(everything)
    machine.tool(
        "apt-get",
        f"""echo "$*" >>"$0.called"
        case "$*" in
            *update*) touch {machine.root}/updated ;;
            *) [ -e {machine.root}/updated ] || exit 100; cp {machine.root}/everything {machine.root}/libraries ;;
        esac""",
    )
    done = machine.set_up("test")
    assert done.returncode == 0, done.stderr
    first, update, second = (machine.tools / "apt-get.called").read_text().splitlines()
    assert first == second
    assert "libegl1" in first.split()
    assert "libgl1" not in first.split()
    assert update.endswith("update")


@linux
def test_a_python_without_venv_names_its_package(machine: Machine) -> None:
    machine.python("3.11", venv=False)
    done = machine.set_up("run")
    assert done.returncode != 0
    assert "install -y --no-install-recommends python3.11-venv" in done.stderr


@linux
@pytest.mark.parametrize("version", ["3.10", "3.14"])
def test_an_unsuitable_python_is_told(machine: Machine, version: str) -> None:
    machine.python(version)
    done = machine.set_up("run")
    assert done.returncode != 0
    assert "Python 3.11, 3.12 or 3.13 is needed" in done.stderr


# --- starting without what only some need -----------------------------------------------------------------------------


def without(packages: str, code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run Python code where some packages are not installed."""
    path = os.pathsep.join((str(ROOT / "tests" / "without"), str(ROOT)))
    environment = {**os.environ, "ILLODESK_WITHOUT": packages, "PYTHONPATH": path, **environment}
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)


def test_the_blocker_blocks() -> None:
    assert "No module named 'PySide6" in without("PySide6", "import PySide6.QtCore").stderr


def test_the_app_starts_and_opens_every_page_without_the_model_libraries() -> None:
    code = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from illodesk.cli import main
app = QApplication(sys.argv)
left = ["no window"]
def visit():
    try:
        [window] = [w for w in app.topLevelWidgets() if type(w).__name__ == "MainWindow"]
        left[:] = [*window.page_names, "library"]
        while left:
            window.open_page(left[0])
            left.pop(0)
        window.close()
    finally:
        app.quit()
QTimer.singleShot(300, visit)
status = main([])
sys.exit(status or (str(left) if left else 0))
"""
    done = without(f"{MODEL_LIBRARIES},scipy", code, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr


def test_the_command_line_works_without_model_libraries_and_qt() -> None:
    code = "import sys; from illodesk.cli import main; sys.exit(main(['list']))"
    done = without(f"{MODEL_LIBRARIES},PySide6,shiboken6,pyqtgraph,qasync", code)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_version_is_said_without_loading_anything_heavy() -> None:
    everything = f"{MODEL_LIBRARIES},PySide6,shiboken6,pyqtgraph,qasync,numpy,scipy,pydantic,sqlmodel,sqlalchemy"
    done = without(everything, "from illodesk.cli import main; main(['--version'])")
    assert (done.returncode, done.stdout) == (0, f"illodesk {PROJECT['version']}\n")
