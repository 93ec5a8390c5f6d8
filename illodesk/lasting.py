"""Objects that stay: Python's search for unreachable cycles need not look at them again and again.

That search holds every thread until it is over. With a conversation of 5,000 utterances open it looks at half a million
objects and takes 200 ms and more, in which the window answers nobody; it came several times while one was read. What
was set aside here is still freed as soon as nobody holds it; only cycles among it are no longer found.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

SELDOM = (10_000, 20, 10)
"""New objects after which the youngest are searched, and how many such searches lead to one among older ones."""

_lock = threading.Lock()
_making = 0
_seldom = False


@contextmanager
def making_many() -> Iterator[None]:
    """Do not search while many objects are made that will stay, in any thread; set them aside afterwards."""
    global _making  # noqa: PLW0603
    with _lock:
        _making += 1
        gc.disable()
    try:
        yield
    finally:
        with _lock:
            _making -= 1
            if not _making:
                gc.freeze()
                gc.enable()


def making_result() -> AbstractContextManager[None]:
    """As :func:`making_many`, where a window would wait for the search while a result is made.

    A server goes on for months and makes thousands: there the search stays as it is, and finds every cycle.
    """
    return making_many() if _seldom else nullcontext()


def let_go(box: list[Any]) -> None:
    """Free what is in ``box``, which has a ``result``, from a thread and one utterance after another.

    The last one to hold a long result frees it at one stroke, which holds every thread for 60 ms and more.
    """
    utterances = list(box.pop().result.timeline)
    while utterances:
        utterances.pop()


def set_aside() -> None:
    """What is there now stays: the app has started. From now on the search comes more seldom.

    Threads of this process make many objects too, such as the result of hours of recording when it is analysed; with
    the usual thresholds most of that time goes into searching them.
    """
    global _seldom  # noqa: PLW0603
    with _lock:
        _seldom = True
        gc.freeze()
        gc.set_threshold(*SELDOM)
