from __future__ import annotations

import subprocess
import sys

from illodesk.process import Owner


def test_an_owner_is_known_by_number_and_start() -> None:
    me = Owner.this_process()
    assert me.alive()
    assert Owner.parse(str(me)) == me
    assert not Owner(me.pid, "x").alive()
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    owner = Owner.of(child.pid)
    assert owner.alive()
    child.communicate(b"\n")
    assert not owner.alive()
    assert not Owner.of(child.pid).alive()
