from __future__ import annotations

import threading

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from illodesk.capture.sources.ring import Ring


def samples(start: int, count: int) -> memoryview:
    return np.arange(start, start + count, dtype=np.int64).astype(np.int16).data


@given(st.lists(st.tuples(st.integers(0, 50), st.booleans()), max_size=40))
@settings(max_examples=50)
def test_what_fits_comes_out_in_order_and_the_rest_is_counted(steps: list[tuple[int, bool]]) -> None:
    ring = Ring(rate=100, seconds=1.0)
    given_out, told_lost, written = [], 0, 0
    for count, read in steps:
        ring.write(samples(written, count), float(written))
        written += count
        if read:
            for chunk in ring.read():
                told_lost += chunk.lost_before
                given_out += list(chunk.samples)
                assert int(chunk.samples[0]) == int(chunk.arrived) if len(chunk.samples) else True
    given_out += [int(x) for chunk in ring.read() for x in chunk.samples]
    assert len(given_out) + ring.lost == written
    assert given_out == sorted(given_out)


def test_a_full_ring_keeps_what_came_first_and_tells_where_the_gap_is() -> None:
    ring = Ring(rate=100, seconds=1.0)
    ring.write(samples(0, 80), 0.0)
    ring.write(samples(80, 40), 1.0)
    assert ring.lost == 40
    (first,) = ring.read()
    assert len(first.samples) == 80
    ring.write(samples(120, 10), 2.0)
    (second,) = ring.read()
    assert second.lost_before == 40
    assert list(second.samples) == list(range(120, 130))


def test_a_thread_may_write_while_another_reads() -> None:
    ring = Ring(rate=16_000, seconds=1.0)
    done = threading.Event()

    def write() -> None:
        for i in range(2000):
            ring.write(samples(i, 7), 0.0)
        done.set()

    thread = threading.Thread(target=write)
    thread.start()
    read = 0
    while not done.is_set():
        read += sum(len(chunk.samples) for chunk in ring.read())
    thread.join()
    read += sum(len(chunk.samples) for chunk in ring.read())
    assert read + ring.lost == 14_000
