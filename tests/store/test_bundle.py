"""A timeline that is read one utterance after another is the one that is read at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from illodesk.schema import Utterance
from illodesk.store.bundle import _TIMELINE, _utterances

UTTERANCES = st.lists(
    st.builds(
        Utterance,
        utterance_id=st.text(max_size=5),
        speaker=st.just("Speaker_0"),
        t_start=st.floats(0, 10),
        t_end=st.floats(10, 20),
        text=st.text(max_size=30),
    ),
    max_size=4,
)


@given(UTTERANCES)
def test_it_is_read_as_it_was_written(timeline: list[Utterance]) -> None:
    assert _utterances(_TIMELINE.dump_json(timeline)) == timeline
    assert _utterances(_TIMELINE.dump_json(timeline, indent=2)) == timeline


def one() -> bytes:
    return _TIMELINE.dump_json([Utterance(utterance_id="u", speaker="S", t_start=0, t_end=1, text="said")])


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: data[:-1],
        lambda data: data[1:],
        lambda data: data + b"]",
        lambda data: b"[," + data[1:],
        lambda data: data[:-1] + b",]",
        lambda data: data[:-1] + data[1:],
        lambda data: data.replace(b"said", b"s\xff"),
        lambda data: data.replace(b'"t_end":1.0', b'"t_end":"late"'),
        lambda data: b"",
        lambda data: b"{}",
    ],
)
def test_what_is_damaged_is_not_read(damage: object) -> None:
    assert callable(damage)
    assert damage(one()) != one()
    with pytest.raises(ValidationError):
        _utterances(damage(one()))
