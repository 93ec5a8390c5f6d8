"""Tells whether the process that began something still lives, and how eagerly this one runs.

A process is named by its number and the moment it started, because numbers are given out again.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes


class Owner(NamedTuple):
    """A process: its number and an opaque mark of its start, safe in file names."""

    pid: int
    started: str

    @classmethod
    def this_process(cls) -> Owner:
        """The process that asks."""
        return cls.of(os.getpid())

    @classmethod
    def of(cls, pid: int) -> Owner:
        """A process that runs now; one that does not gets a mark with which it is never alive."""
        return cls(pid, _start_mark(pid) or "unknown")

    def alive(self) -> bool:
        """Whether the same process still runs on this machine."""
        return _start_mark(self.pid) == self.started

    def __str__(self) -> str:
        return f"{self.pid}-{self.started}"

    @classmethod
    def parse(cls, text: str) -> Owner | None:
        """Inverse of ``str()``; None for anything else."""
        pid, _, started = text.partition("-")
        return cls(int(pid), started) if pid.isdecimal() and started else None


def give_way() -> None:
    """Let other processes go first where cores are short."""
    if sys.platform == "win32":
        below_normal = 0x4000
        kernel = ctypes.WinDLL("kernel32")
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        kernel.SetPriorityClass(wintypes.HANDLE(kernel.GetCurrentProcess()), below_normal)
    else:
        os.nice(5)


if sys.platform == "win32":

    def _start_mark(pid: int) -> str | None:
        """Creation time of the process in 100 ns ticks; None when it is gone."""
        query_limited_information, still_active = 0x1000, 259
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = wintypes.HANDLE
        handle = kernel.OpenProcess(query_limited_information, False, pid)
        if not handle:
            return None
        try:
            code = wintypes.DWORD()
            times = [wintypes.FILETIME() for _ in range(4)]
            if not kernel.GetExitCodeProcess(wintypes.HANDLE(handle), ctypes.byref(code)) or code.value != still_active:
                return None
            if not kernel.GetProcessTimes(wintypes.HANDLE(handle), *(ctypes.byref(t) for t in times)):
                return None
            return f"{(times[0].dwHighDateTime << 32) | times[0].dwLowDateTime:x}"
        finally:
            kernel.CloseHandle(wintypes.HANDLE(handle))

elif sys.platform == "linux":

    def _start_mark(pid: int) -> str | None:
        """Boot id and start in clock ticks since boot (proc(5), fields 3 and 22); None when gone or a zombie."""
        try:
            # The name in parentheses may hold spaces and parentheses itself.
            fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
            boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip().replace("-", "")
        except OSError:
            return None
        return None if fields[0] in "ZX" else f"{boot[:12]}.{fields[19]}"

else:

    def _start_mark(pid: int) -> str | None:
        """Start time as ps(1) prints it; None when the process is gone."""
        done = subprocess.run(  # noqa: S603 - a fixed program and a number
            ["/bin/ps", "-o", "lstart=", "-p", str(pid)],
            capture_output=True,
            text=True,
            check=False,
            env={"LC_ALL": "C", "TZ": "UTC"},
        )
        return "".join(c for c in done.stdout if c.isalnum()) or None
