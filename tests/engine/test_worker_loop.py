"""The turns that sessions take in the worker, with a clock that moves only as they work."""

from __future__ import annotations

import itertools
from multiprocessing import Pipe
from types import SimpleNamespace
from typing import Any

import pytest

from illodesk.engine import worker_loop
from illodesk.engine.worker_loop import FILE_SHARE, Loop


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now


class Work:
    """A session whose every block takes ``block_s``; with ``idle`` it never has one."""

    over = False

    def __init__(self, clock: Clock, order: list[Work], *, live: bool, block_s: float, idle: bool = False) -> None:
        self.job = SimpleNamespace(live=live, name="work")
        self.key = id(self)
        self.took_s = 0.0
        self._clock, self._order, self._block_s, self._idle = clock, order, block_s, idle

    def advance(self) -> bool:
        if self._idle:
            return False
        self._clock.now += self._block_s
        self.took_s += self._block_s
        self._order.append(self)
        return True


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(worker_loop, "time", clock)
    return clock


def turns(clock: Clock, sessions: list[Any], seconds: float) -> None:
    ours, theirs = Pipe()
    with ours, theirs:
        loop = Loop(ours)
        loop._sessions += sessions
        until = clock.now + seconds
        while clock.now < until:
            assert loop._turn()


@pytest.mark.parametrize("block_s", [0.05, 0.3, 4.0])
def test_files_get_their_share_and_no_more_while_live_sessions_take_all(clock: Clock, block_s: float) -> None:
    order: list[Work] = []
    live = [Work(clock, order, live=True, block_s=0.05) for _ in range(8)]
    files = [Work(clock, order, live=False, block_s=block_s) for _ in range(3)]
    turns(clock, [*files, *live], 1000.0)
    share = sum(file.took_s for file in files) / sum(work.took_s for work in (*live, *files))
    assert FILE_SHARE / 2 < share <= FILE_SHARE * 1.05
    assert len({work.took_s for work in live}) == 1
    assert max(file.took_s for file in files) - min(file.took_s for file in files) <= block_s * 1.01
    for one, next_one in itertools.pairwise(order):
        assert one.job.live or next_one.job.live, "live sessions waited for more than one block of a file"


def test_files_get_all_that_live_sessions_leave(clock: Clock) -> None:
    order: list[Work] = []
    live = Work(clock, order, live=True, block_s=1.0, idle=True)
    file = Work(clock, order, live=False, block_s=0.5)
    turns(clock, [live, file], 10.0)
    assert order == [file] * 20
