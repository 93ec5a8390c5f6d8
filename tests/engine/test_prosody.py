from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import butter, sosfiltfilt

from illodesk.engine.prosody import FRAME_S, TRACK_COLUMNS, measure
from illodesk.schema import Prosody, Word
from tests.engine.voices import RATE, voice

LEVELS = {"loudness_p80_db", "clipped_ratio", "quality_flags"}


def values(prosody: Prosody) -> dict[str, float]:
    return {name: v for name, v in prosody.model_dump().items() if isinstance(v, int | float) and name not in LEVELS}


@pytest.mark.parametrize("hz", [70.0, 95.0, 120.0, 180.0, 240.0, 320.0, 450.0])
def test_the_pitch_of_a_voice_is_found_within_one_percent(hz):
    prosody, frames = measure(voice(hz))
    assert prosody.f0_median_hz == pytest.approx(hz, rel=0.01)
    tracked = frames[:, TRACK_COLUMNS.index("f0_hz")]
    assert np.nanmax(np.abs(np.log2(tracked / hz))) < 0.1  # no octave jump anywhere
    assert prosody.f0_range_st == pytest.approx(0.0, abs=0.3)


def test_the_pitch_of_a_vowel_without_any_pause_is_found_too():
    t = np.arange(RATE) / RATE
    tone = sum(np.sin(2 * np.pi * 150 * k * t) / k for k in range(1, 12))
    assert measure((0.1 * tone).astype(np.float32))[0].f0_median_hz == pytest.approx(150, rel=0.01)


def test_a_moving_pitch_has_the_range_it_was_made_with():
    prosody, _ = measure(voice(150.0, vibrato=4.0, seconds=3.0))
    # 4 semitones up and down: the 80th and 20th percentile of a sine lie at +-.81 of its height.
    assert prosody.f0_range_st == pytest.approx(2 * 4 * 0.81, rel=0.2)
    assert prosody.f0_slope_abs_st > 3 * measure(voice(150.0, vibrato=0.5, seconds=3.0))[0].f0_slope_abs_st


@pytest.mark.parametrize("direction", [1, -1])
def test_a_rising_end_is_told_from_a_falling_one(direction):
    t = np.arange(2 * RATE) / RATE
    hz = 150.0 * 2.0 ** (direction * 6.0 * np.maximum(t - 1.5, 0.0) / 12.0)
    phase = 2 * np.pi * np.cumsum(hz) / RATE
    sound = sum(np.sin(k * phase) / k for k in range(1, 15)) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * t))
    prosody, _ = measure(np.pad(0.1 * sound, 4000).astype(np.float32))
    assert prosody.final_f0_slope_st_s == pytest.approx(direction * 6.0, rel=0.2)


def test_syllables_are_counted():
    prosody, _ = measure(voice(140.0, seconds=3.0, syllables=4.0))
    assert prosody.syllables == pytest.approx(12, abs=1)
    assert prosody.speech_rate_sps == pytest.approx(4.0, rel=0.12)


def test_pauses_are_found_in_sound_and_taken_from_words_where_there_are_words():
    sound = np.concatenate([voice(seconds=1.0), np.zeros(RATE // 2, np.float32), voice(seconds=1.0)])
    heard, _ = measure(sound)
    assert heard.pause_count == 1
    assert heard.pause_mean_s == pytest.approx(1.0, abs=0.15)
    words = [Word(text="a", t_start=0.25, t_end=0.7), Word(text="b", t_start=0.8, t_end=1.2)]
    words += [Word(text="c", t_start=1.6, t_end=2.0), Word(text="d", t_start=2.3, t_end=2.9)]
    told, _ = measure(sound, words)
    assert told.pause_count == 2
    assert told.pause_mean_s == pytest.approx(0.35)
    assert told.words_per_min == pytest.approx(60 * 4 / 3.0, rel=0.05)
    assert heard.words_per_min is None


def test_a_sharper_voice_has_more_energy_high_up():
    soft, sharp = measure(voice(tilt=15.0))[0], measure(voice(tilt=6.0))[0]
    assert sharp.alpha_ratio_db > soft.alpha_ratio_db + 5
    assert sharp.hammarberg_db < soft.hammarberg_db - 5
    assert sharp.centroid_hz > soft.centroid_hz + 100


def test_breath_lowers_harmonicity():
    clean = voice()
    # Breath that comes and goes with the voice, so that it is no background.
    breath = np.random.default_rng(1).standard_normal(len(clean)) * np.abs(clean)
    assert measure((clean + breath).astype(np.float32))[0].hnr_db < measure(clean)[0].hnr_db - 5


@pytest.mark.parametrize("gain", [0.25, 0.5, 3.9])
def test_only_the_levels_know_the_gain(gain):
    sound = voice(level=0.05, vibrato=1.0)
    plain, louder = measure(sound)[0], measure((sound * gain).astype(np.float32))[0]
    assert values(louder) == pytest.approx(values(plain), rel=1e-3, abs=1e-3)
    assert louder.loudness_p80_db - plain.loudness_p80_db == pytest.approx(20 * np.log10(gain), abs=0.01)


def test_silence_around_changes_no_rate_and_no_measure():
    sound = voice(seconds=2.5)
    plain, padded = measure(sound)[0], measure(np.pad(sound, (RATE, 3 * RATE)))[0]
    assert padded.speech_rate_sps == pytest.approx(plain.speech_rate_sps, rel=0.02)
    assert padded.pause_ratio == plain.pause_ratio
    assert padded.alpha_ratio_db == pytest.approx(plain.alpha_ratio_db, abs=0.3)
    assert padded.duration_s == pytest.approx(plain.duration_s + 4.0)


def test_a_steady_offset_changes_nothing():
    sound = voice()
    assert values(measure(sound + np.float32(0.2))[0]) == pytest.approx(values(measure(sound)[0]), rel=0.01, abs=0.05)


def test_noise_leaves_pitch_and_spectrum_close_to_what_they_were():
    sound = voice(160.0, seconds=3.0, vibrato=2.0)
    hiss = np.random.default_rng(2).standard_normal(len(sound)) * 0.1 * 10 ** (-15 / 20)
    plain, noisy = measure(sound)[0], measure((sound + hiss).astype(np.float32))[0]
    assert noisy.f0_p50_st == pytest.approx(plain.f0_p50_st, abs=0.3)
    assert noisy.centroid_hz == pytest.approx(plain.centroid_hz, rel=0.15)
    assert noisy.hnr_db == pytest.approx(plain.hnr_db, abs=6)
    assert noisy.snr_db == pytest.approx(15, abs=5)


def coloured(exponent: float, seconds: float, seed: int, breathing: bool) -> np.ndarray:
    count = round(seconds * RATE)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(count))
    hiss = np.fft.irfft(spectrum / np.maximum(np.arange(len(spectrum)), 20) ** exponent, count)
    if breathing:
        hiss *= 1 + 0.9 * np.sin(2 * np.pi * 3 * np.arange(count) / RATE)
    return (0.1 * hiss / hiss.std()).astype(np.float32)


@pytest.mark.parametrize("breathing", [False, True])
@pytest.mark.parametrize("exponent", [0.0, 0.5, 1.0, 1.5])
@pytest.mark.parametrize("seconds", [2.0, 10.0])
def test_noise_of_any_colour_is_no_voice(exponent, breathing, seconds):
    prosody, frames = measure(coloured(exponent, seconds, 3, breathing))
    assert prosody.f0_p50_st is None
    assert prosody.flux is None
    assert np.isnan(frames[:, 0]).mean() > 0.95


@pytest.mark.parametrize("samples", [0, 1, 159, 160, 161, 767, 1600, 30_000])
def test_silence_of_any_length_is_measured_as_nothing(samples):
    prosody, frames = measure(np.zeros(samples, np.float32))
    assert frames.shape == (samples // 160, len(TRACK_COLUMNS))
    assert prosody.voiced_s == 0.0
    assert prosody.f0_p50_st is None and prosody.speech_rate_sps is None and prosody.loudness_p80_db is None
    assert prosody.quality_flags == ["short"]
    assert np.isfinite(frames[:, TRACK_COLUMNS.index("intensity_db")]).all()


def test_too_little_voice_gives_levels_but_no_pitch_and_no_rates():
    prosody, _ = measure(voice(seconds=0.35, syllables=3.0))
    assert 0.0 < prosody.voiced_s < 0.5
    assert prosody.f0_p50_st is None and prosody.alpha_ratio_db is None and prosody.speech_rate_sps is None
    assert prosody.loudness_p80_db is not None
    assert "short" in prosody.quality_flags


def test_frames_lie_ten_milliseconds_apart_and_say_when_the_voice_sounds():
    _, frames = measure(voice(seconds=1.0))
    assert FRAME_S == 0.01
    voiced = ~np.isnan(frames[:, 0])
    assert len(frames) == 150
    assert not voiced[:20].any() and not voiced[-20:].any() and voiced[30:120].mean() > 0.7
    assert frames.dtype == np.float32
    assert (np.isnan(frames[:, 2]) == np.isnan(frames[:, 0])).all()


def test_quality_flags_say_what_is_wrong():
    sound = voice(seconds=3.0, tilt=3.0)
    assert measure(sound)[0].quality_flags == []
    assert "clipping" in measure(np.clip(sound * 20, -1, 1).astype(np.float32))[0].quality_flags
    assert "quiet" in measure(sound * np.float32(1e-3))[0].quality_flags
    hiss = np.random.default_rng(4).standard_normal(len(sound)) * 0.04
    assert "noisy" in measure((sound + hiss).astype(np.float32))[0].quality_flags
    line = sosfiltfilt(butter(8, 3400, fs=RATE, output="sos"), sound).astype(np.float32)
    prosody = measure(line)[0]
    assert "telephone" in prosody.quality_flags
    assert prosody.bandwidth_hz < 4800
    assert prosody.slope_0_500_db_khz is None


def test_the_same_sound_gives_the_same_bits():
    sound = voice(vibrato=1.0)
    first, second = measure(sound), measure(sound.copy())
    assert first[0] == second[0]
    np.testing.assert_array_equal(first[1], second[1])


@settings(max_examples=15, deadline=None)
@given(
    st.integers(0, 6000),
    st.sampled_from(["uniform", "clicks", "steps", "tiny"]),
    st.integers(0, 2**32 - 1),
)
def test_whatever_sound_comes_the_numbers_are_finite(samples, kind, seed):
    generator = np.random.default_rng(seed)
    sound = {
        "uniform": lambda: generator.uniform(-1, 1, samples),
        "clicks": lambda: (generator.random(samples) < 0.001) * 1.0,
        "steps": lambda: np.sign(generator.standard_normal(samples)),
        "tiny": lambda: generator.standard_normal(samples) * 1e-7,
    }[kind]().astype(np.float32)
    prosody, frames = measure(sound)
    assert all(np.isfinite(v) for v in values(prosody).values())
    assert np.isfinite(frames[:, 1]).all()
