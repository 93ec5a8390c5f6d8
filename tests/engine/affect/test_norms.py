from __future__ import annotations

import pytest

from illodesk.engine.affect.norms import PRIORS, SpeakerNorms
from illodesk.schema import Prosody

USUAL = {name: prior.mean for name, prior in PRIORS.items()}


def prosody(**changes: float | None) -> Prosody:
    return Prosody(voiced_s=2.0, **{**USUAL, **changes})


def test_a_usual_voice_never_heard_before_deviates_in_nothing():
    z = SpeakerNorms().z(prosody())
    assert z == pytest.approx(dict.fromkeys(PRIORS, 0.0))


def test_what_was_not_measured_has_no_deviation():
    assert "speech_rate_sps" not in SpeakerNorms().z(prosody(speech_rate_sps=None))
    assert SpeakerNorms().z(Prosody()) == {}


def test_the_norm_moves_from_the_prior_to_the_speaker():
    high = prosody(f0_p50_st=USUAL["f0_p50_st"] + 8.0)
    norms = SpeakerNorms()
    seen = []
    for _ in range(10):
        seen.append(norms.z(high)["f0_p50_st"])
        norms.follow(high, 0.0)
    assert seen == sorted(seen, reverse=True)
    assert seen[0] == pytest.approx(8.0 / (5.0**2 + 4.8**2) ** 0.5)
    # n0 = 4: after four utterances half of the difference is left.
    assert seen[4] == pytest.approx(4.0 / (5.0**2 + 4.8**2 / 2) ** 0.5)


def test_deviations_are_clipped():
    assert SpeakerNorms().z(prosody(f0_p50_st=200.0))["f0_p50_st"] == 3.0


def test_a_long_aroused_stretch_does_not_become_the_norm():
    calm, angry = prosody(), prosody(f0_p50_st=USUAL["f0_p50_st"] + 10.0)
    norms = SpeakerNorms()
    for _ in range(5):
        norms.follow(calm, 0.0)
    norms.follow(angry, 0.9)
    after_one = norms.z(angry)
    for _ in range(30):
        norms.follow(angry, 0.9)
    assert norms.z(angry) == after_one
    assert norms.utterances == 6
    norms.follow(calm, 0.0)
    assert norms.utterances == 7


def test_a_settled_norm_only_drifts():
    norms = SpeakerNorms()
    for _ in range(10):
        norms.follow(prosody(), 0.0)
    before = norms.z(prosody(f0_p50_st=36.0))["f0_p50_st"]
    norms.follow(prosody(f0_p50_st=36.0), 0.0)
    after = norms.z(prosody(f0_p50_st=36.0))["f0_p50_st"]
    assert 0.97 < after / before < 1.0


def test_batch_takes_the_plain_mean_whatever_the_order():
    heard = [prosody(f0_p50_st=30.0 + i) for i in range(20)]
    one, other = SpeakerNorms.over(heard), SpeakerNorms.over(reversed(heard))
    assert one.z(prosody()) == pytest.approx(other.z(prosody()))
    middle = (4 * USUAL["f0_p50_st"] + 20 * 39.5) / 24
    assert one.z(prosody(f0_p50_st=middle))["f0_p50_st"] == pytest.approx(0.0, abs=1e-9)


def test_an_utterance_without_voice_teaches_nothing():
    norms = SpeakerNorms()
    norms.follow(Prosody(pause_ratio=0.9), None)
    assert norms.utterances == 0
    assert norms.z(prosody()) == pytest.approx(dict.fromkeys(PRIORS, 0.0))
