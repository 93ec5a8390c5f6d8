from __future__ import annotations

import pytest

from illodesk.engine.affect.norms import PRIORS, SpeakerNorms
from illodesk.engine.affect.voice import AROUSAL_WEIGHTS, WORDS, voice_scores
from illodesk.engine.prosody import measure
from illodesk.schema import Basis, Prosody
from tests.engine.voices import voice

USUAL = {name: prior.mean for name, prior in PRIORS.items()}


def prosody(shift: float = 0.0, **rest: object) -> Prosody:
    """A voice whose arousal cues all lie ``shift`` standard deviations towards arousal."""
    moved = {
        name: USUAL[name] + shift * PRIORS[name].within * (1 if weight > 0 else -1)
        for name, weight in AROUSAL_WEIGHTS.items()
    }
    return Prosody(**{"voiced_s": 2.0, "snr_db": 30.0, **USUAL, **moved, **rest})


def test_arousal_rises_with_its_cues_and_is_zero_at_the_norm():
    values = [voice_scores(prosody(shift), SpeakerNorms()).arousal.value for shift in (-2, -1, 0, 1, 2)]
    assert values == sorted(values)
    assert values[2] == pytest.approx(0.0, abs=1e-9)
    assert values[4] == pytest.approx(-values[0])
    assert values[4] > 0.8


def test_a_higher_sharper_faster_moving_voice_sounds_more_aroused():
    calm = measure(voice(120.0, tilt=15.0, vibrato=0.5, seconds=3.0))[0]
    roused = measure(voice(230.0, tilt=6.0, vibrato=3.0, seconds=3.0))[0]
    norms = SpeakerNorms.over([calm, roused])
    assert voice_scores(calm, norms).arousal.value < -0.4
    assert voice_scores(roused, norms).arousal.value > 0.4


def test_without_enough_voice_there_is_no_score():
    reading = voice_scores(Prosody(voiced_s=0.3), SpeakerNorms())
    assert reading.arousal.value is None and reading.dominance.value is None
    assert reading.arousal.note and reading.weight == 0.0


def test_scores_say_why():
    score = voice_scores(prosody(2.0), SpeakerNorms()).arousal
    assert score.basis == [Basis.VOICE]
    assert len(score.contributions) == 6
    weights = [abs(c.weight) for c in score.contributions]
    assert weights == sorted(weights, reverse=True)
    assert score.contributions[0].name == "flux"
    assert "above the usual voice" in score.contributions[0].detail
    known = SpeakerNorms.over([prosody()] * 5)
    assert voice_scores(prosody(-1.5), known).arousal.contributions[0].detail.endswith("sd below own norm")
    assert set(WORDS) >= set(AROUSAL_WEIGHTS)


def test_missing_rates_leave_a_score_from_what_there_is():
    score = voice_scores(prosody(1.0, speech_rate_sps=None), SpeakerNorms()).arousal
    assert score.value > 0.5
    assert "speech_rate_sps" not in [c.name for c in score.contributions]


def test_confidence_falls_with_bad_sound_little_voice_and_an_unknown_speaker():
    norms = SpeakerNorms.over([prosody()] * 6)
    best = voice_scores(prosody(), norms).arousal.confidence
    assert 0.7 < best <= 1.0
    for worse in (
        voice_scores(prosody(quality_flags=["noisy"]), norms),
        voice_scores(prosody(quality_flags=["telephone"]), norms),
        voice_scores(prosody(quality_flags=["clipping"]), norms),
        voice_scores(prosody(voiced_s=0.6), norms),
        voice_scores(prosody(), SpeakerNorms()),
    ):
        assert worse.arousal.confidence < best
    assert voice_scores(prosody(), norms).dominance.confidence < best


def test_noise_takes_the_voices_weight_in_fusion_away():
    assert voice_scores(prosody(), SpeakerNorms()).weight == 1.0
    assert voice_scores(prosody(snr_db=5.0), SpeakerNorms()).weight == pytest.approx(0.5)
    assert voice_scores(prosody(voiced_s=0.5), SpeakerNorms()).weight == pytest.approx(0.5)


def test_where_no_background_can_be_told_the_voice_keeps_its_weight():
    assert voice_scores(prosody(snr_db=None), SpeakerNorms()).weight == 1.0


def test_dominance_tells_a_hard_low_voice_from_a_soft_high_one():
    hard = prosody(alpha_ratio_db=USUAL["alpha_ratio_db"] + 6, f0_p50_st=USUAL["f0_p50_st"] - 3)
    soft = prosody(alpha_ratio_db=USUAL["alpha_ratio_db"] - 6, f0_p50_st=USUAL["f0_p50_st"] + 3)
    assert voice_scores(hard, SpeakerNorms()).dominance.value > 0.2
    assert voice_scores(soft, SpeakerNorms()).dominance.value < -0.2
