"""Keeps the computer from falling asleep while it records."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

_CONTINUOUS, _SYSTEM_REQUIRED = 0x80000000, 0x00000001


def stay_awake() -> None:
    """Ask for it as long as this process lives; where nobody can be asked, nothing happens.

    The helpers watch this process, so they end with it even when it is killed. Proven nowhere yet: the test machines
    have no systemd, no Windows and no macOS; only that the call is harmless there.
    """
    pid = str(os.getpid())
    if sys.platform == "win32":
        ctypes.WinDLL("kernel32").SetThreadExecutionState(_CONTINUOUS | _SYSTEM_REQUIRED)
        return
    if sys.platform == "darwin":
        command = ["caffeinate", "-i", "-w", pid]
    else:
        watch = ["tail", f"--pid={pid}", "-f", "/dev/null"]
        command = ["systemd-inhibit", "--what=idle:sleep", "--who=IlloDesk", "--why=A recording runs", *watch]
    program = shutil.which(command[0])
    if program is None:
        return
    null = subprocess.DEVNULL
    subprocess.Popen([program, *command[1:]], stdin=null, stdout=null, stderr=null, close_fds=True)  # noqa: S603
