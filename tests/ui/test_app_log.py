"""The local log and the note of a crash."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from illodesk.process import Owner
from illodesk.ui.app_log import CRASH_FILE, RUN, AppLog

CRASH = """
import faulthandler, sys
from pathlib import Path
from illodesk.ui.app_log import AppLog
AppLog(Path(sys.argv[1])).open()
faulthandler._sigabrt()
"""

CRASH_ASIDE = """
import faulthandler, sys, threading, time
from pathlib import Path
from illodesk.ui.app_log import AppLog
AppLog(Path(sys.argv[1])).open()
def crash_here():
    time.sleep(0.2)
    faulthandler._sigabrt()
threading.Thread(target=crash_here).start()
threading.Thread(target=time.sleep, args=(5,)).start()
time.sleep(5)
"""

ERRORS = """
import sys, threading
from pathlib import Path
from illodesk.ui.app_log import AppLog
log = AppLog(Path(sys.argv[1]))
log.open()
def fail(): raise ValueError("my secret words")
thread = threading.Thread(target=fail, name="worker bee")
thread.start(); thread.join()
class Bad:
    def __del__(self): fail()
Bad()
try: fail()
except ValueError: sys.excepthook(*sys.exc_info())
from PySide6.QtCore import qWarning
qWarning("from qt")
log.close()
"""


def run(code: str, folder: Path) -> None:
    subprocess.run([sys.executable, "-c", code, str(folder)], check=False, capture_output=True, timeout=60)


def test_a_crash_is_told_at_the_next_start_once(tmp_path: Path) -> None:
    run(CRASH, tmp_path)
    for expected in (True, False):
        log = AppLog(tmp_path)
        crash = log.open()
        log.close()
        assert ("Fatal Python error: Aborted" in crash) is expected
    assert list(tmp_path.glob(f"{RUN}*")) == []


def test_a_crash_is_told_by_the_thread_in_which_it_happened(tmp_path: Path) -> None:
    run(CRASH_ASIDE, tmp_path)
    log = AppLog(tmp_path)
    crash = log.open()
    log.close()
    assert " in crash_here" in crash
    assert "in crash_here" in (tmp_path / CRASH_FILE).read_text(encoding="utf-8"), "the whole of it can be read later"


def test_a_run_that_still_goes_on_is_no_crash(tmp_path: Path) -> None:
    tmp_path.joinpath(f"{RUN}{Owner.this_process()}").touch()
    log = AppLog(tmp_path)
    assert log.open() == ""
    log.close()


def test_a_run_that_left_no_words_is_told_of_too(tmp_path: Path) -> None:
    tmp_path.joinpath(f"{RUN}1-gone").touch()
    log = AppLog(tmp_path)
    assert log.open() == "unknown"
    log.close()


def test_errors_are_logged_by_their_place_and_never_by_their_words(tmp_path: Path) -> None:
    run(ERRORS, tmp_path)
    text = (tmp_path / "app.log").read_text(encoding="utf-8")
    assert text.count("Unexpected ValueError") == 3
    assert "worker bee" in text
    assert "in fail" in text
    assert "from qt" in text
    assert "secret" not in text
    assert text.rstrip().endswith("Ended.")


def test_a_folder_that_cannot_be_written_costs_only_the_log(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    log = AppLog(tmp_path / "file" / "logs")
    assert log.open() == ""
    log.close()
