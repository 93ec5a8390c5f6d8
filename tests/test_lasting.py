"""Objects that stay are not searched, and are freed all the same."""

from __future__ import annotations

import gc
import weakref
from types import SimpleNamespace

import pytest

from illodesk import lasting
from illodesk.lasting import let_go, making_many, making_result, set_aside


class Thing:
    pass


def test_nothing_is_searched_while_many_are_made_by_several() -> None:
    with making_many():
        with making_many():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()


def test_what_was_made_is_not_searched_again_but_freed() -> None:
    with making_many():
        made = [Thing() for _ in range(1000)]
    assert not any(one is made[0] for one in gc.get_objects())
    gone = weakref.ref(made[500])
    del made
    assert gone() is None


def test_the_search_goes_on_after_an_error() -> None:
    with pytest.raises(ValueError, match="damaged"), making_many():
        raise ValueError("damaged")
    assert gc.isenabled()


def test_cycles_made_later_are_found() -> None:
    often = gc.get_threshold()[0]
    set_aside()
    assert gc.get_threshold()[0] > often
    one = Thing()
    one.self = one  # type: ignore[attr-defined]
    gone = weakref.ref(one)
    del one
    gc.collect()
    assert gone() is None


def test_what_is_let_go_is_freed() -> None:
    one, another = Thing(), Thing()
    seen = [weakref.ref(one), weakref.ref(another)]
    box = [SimpleNamespace(result=SimpleNamespace(timeline=[one, another]))]
    del one, another
    let_go(box)
    assert box == []
    assert [ref() for ref in seen] == [None, None]


def test_results_are_made_without_a_search_only_where_a_window_would_wait_for_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(lasting, "_seldom", False)
    with making_result():
        assert gc.isenabled()
    set_aside()
    with making_result():
        assert not gc.isenabled()
    assert gc.isenabled()
