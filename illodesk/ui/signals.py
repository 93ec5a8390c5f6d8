"""Ends the window in order when the system asks for it: at log-out, or with Ctrl+C where it was started."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSocketNotifier

ASKED = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def heard(end: Callable[[], object]) -> Iterator[None]:
    """Call ``end`` in the GUI thread when one of the signals comes.

    Python hears a signal only between two of its own instructions, and there are none while Qt waits; the byte that a
    signal writes into a socket wakes Qt up.
    """
    waking, woken = socket.socketpair()
    with waking, woken:
        for end_of_pair in (waking, woken):
            end_of_pair.setblocking(False)
        notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read)

        def on_signal() -> None:
            if any(number in ASKED for number in woken.recv(64)):
                end()

        notifier.activated.connect(on_signal)
        handlers = {number: signal.signal(number, lambda *_: None) for number in ASKED}
        before = signal.set_wakeup_fd(waking.fileno(), warn_on_full_buffer=False)
        try:
            yield
        finally:
            signal.set_wakeup_fd(before)
            for number, handler in handlers.items():
                signal.signal(number, handler)
            notifier.setEnabled(False)
