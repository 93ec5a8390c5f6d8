from __future__ import annotations

import pytest

from illodesk.engine.conduct.features import QUANTITIES, measured
from illodesk.engine.conduct.norms import ConductNorms
from illodesk.schema import Basis, Timing
from tests.engine.conduct.talk import say, spoken

ALL = frozenset(Basis)


def z(norms: ConductNorms, name: str, value: float) -> float:
    found = norms.z("A", name, value)
    assert found is not None
    return found


def test_without_own_values_the_prior_is_the_norm() -> None:
    norms = ConductNorms()
    assert z(norms, "gap_s", QUANTITIES["gap_s"].mean) == 0.0
    assert 0.9 < z(norms, "gap_s", QUANTITIES["gap_s"].mean + QUANTITIES["gap_s"].deviation) < 1.0


def test_the_norm_moves_to_the_speaker_and_to_nobody_else() -> None:
    norms = ConductNorms()
    for _ in range(8):
        norms.learn("A", {"pause_ratio": 0.1}, live=False)
    assert z(norms, "pause_ratio", 0.1) < 0.6 * z(ConductNorms(), "pause_ratio", 0.1)
    assert norms.z("B", "pause_ratio", 0.1) == ConductNorms().z("B", "pause_ratio", 0.1)


def test_live_an_established_norm_only_drifts() -> None:
    live, batch = ConductNorms(), ConductNorms()
    for value in [0.1] * 10 + [0.5] * 10:
        live.learn("A", {"pause_ratio": value}, live=True)
        batch.learn("A", {"pause_ratio": value}, live=False)
    assert z(live, "pause_ratio", 0.5) > z(batch, "pause_ratio", 0.5)


def test_pitch_needs_a_norm_of_its_own() -> None:
    norms = ConductNorms()
    assert norms.z("A", "f0_p50_st", 20.0) is None
    for _ in range(3):
        norms.learn("A", {"f0_p50_st": 24.0}, live=True)
    assert abs(z(norms, "f0_p50_st", 24.0)) < 0.5


def test_z_is_limited_but_never_stops_growing() -> None:
    norms = ConductNorms()
    values = [z(norms, "filler_rate", rate) for rate in (5.0, 10.0, 20.0, 30.0)]
    assert values == sorted(set(values))
    assert values[-1] < 3.0


def test_only_what_was_measured_is_there() -> None:
    timing = Timing(gap_s=0.4, words_in_turn=4)
    found = measured(say("A", "um that is it"), timing, ALL)
    assert "pause_ratio" not in found
    assert found["gap_s"] == 0.4
    voiced = measured(say("A", "um that is it", prosody=spoken()), timing, ALL)
    assert voiced["pause_ratio"] == 0.1
    assert "pause_ratio" not in measured(say("A", "that", prosody=spoken()), timing, frozenset({Basis.TEXT}))


def test_short_sounds_give_no_rates() -> None:
    found = measured(say("A", "that", prosody=spoken(duration_s=0.6, voiced_s=0.2)), Timing(), ALL)
    assert not {"pause_ratio", "f0_sd_st", "articulation_rate_sps"} & set(found)


@pytest.mark.parametrize("name", QUANTITIES)
def test_priors_are_usable(name: str) -> None:
    assert QUANTITIES[name].deviation > 0.0
