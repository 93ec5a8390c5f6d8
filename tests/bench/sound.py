"""What lines, codecs and rooms do to sound, for benchmarks: each takes sound [n] at 16 kHz and a seed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import soxr
from numpy.typing import NDArray
from scipy.io import wavfile
from scipy.signal import butter, sosfiltfilt

RATE = 16_000
Sound = NDArray[np.float32]


def load(path: Path) -> Sound:
    """Read a mono 16-bit WAV file as 16 kHz sound."""
    rate, samples = wavfile.read(path)
    sound = samples.astype(np.float32) / 32768.0
    return sound if rate == RATE else soxr.resample(sound, rate, RATE).astype(np.float32)


def sixteen_bit(sound: Sound) -> Sound:
    """Round and clip as a 16-bit file does."""
    return (np.clip(np.round(sound * 32768.0), -32768, 32767) / 32768.0).astype(np.float32)


def telephone(sound: Sound, low_cut: bool) -> Sound:
    """8 kHz and 8-bit mu-law; with ``low_cut`` also the 300-3400 Hz of an old line."""
    narrow = soxr.resample(sound, RATE, 8000)
    if low_cut:
        narrow = sosfiltfilt(butter(4, [300, 3400], "band", fs=8000, output="sos"), narrow)
    narrow = np.clip(narrow, -1.0, 1.0)
    coded = np.round(np.sign(narrow) * np.log1p(255 * np.abs(narrow)) / np.log(256) * 127) / 127
    decoded = np.sign(coded) * np.expm1(np.abs(coded) * np.log(256)) / 255
    return soxr.resample(decoded, 8000, RATE).astype(np.float32)


def mp3(sound: Sound, bit_rate: int = 32_000) -> Sound:
    """Through LAME and back."""
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp3") as container:
        stream = container.add_stream("libmp3lame", rate=RATE)
        stream.bit_rate = bit_rate
        stream.layout = "mono"
        samples = (np.clip(sound, -1, 1) * 32767).astype(np.int16)
        frame = av.AudioFrame.from_ndarray(samples[None], format="s16", layout="mono")
        frame.rate = RATE
        for packet in [*stream.encode(frame), *stream.encode(None)]:
            container.mux(packet)
    buffer.seek(0)
    with av.open(buffer) as container:
        resampler = av.AudioResampler("flt", "mono", RATE)
        decoded = [*container.decode(audio=0), None]
        pieces = [out.to_ndarray().ravel() for frame in decoded for out in resampler.resample(frame)]
    return np.concatenate(pieces).astype(np.float32)


def noise(sound: Sound, seed: int, pink: bool) -> Sound:
    """Noise 10 dB below the mean power of the sound, digital silence left out of that mean."""
    generator = np.random.default_rng(seed)
    hiss = generator.standard_normal(len(sound))
    if pink:
        spectrum = np.fft.rfft(hiss)
        spectrum /= np.sqrt(np.maximum(np.arange(len(spectrum)), 5))
        hiss = np.fft.irfft(spectrum, len(sound))
    power = float(np.mean(sound[sound != 0].astype(np.float64) ** 2))
    return (sound + hiss * np.sqrt(power / 10.0 / np.mean(hiss**2))).astype(np.float32)


CONDITIONS: dict[str, Callable[[Sound, int], Sound]] = {
    "as it is": lambda sound, seed: sound,
    "gain +12 dB": lambda sound, seed: sound * np.float32(10**0.6),
    "gain -12 dB": lambda sound, seed: sound * np.float32(10**-0.6),
    "gain +12 dB, 16 bit, clipped": lambda sound, seed: sixteen_bit(sound * np.float32(10**0.6)),
    "gain -12 dB, 16 bit": lambda sound, seed: sixteen_bit(sound * np.float32(10**-0.6)),
    "8 kHz mu-law": lambda sound, seed: telephone(sound, low_cut=False),
    "8 kHz mu-law, 300-3400 Hz": lambda sound, seed: telephone(sound, low_cut=True),
    "MP3 32 kbit/s": lambda sound, seed: mp3(sound),
    "white noise 10 dB SNR": lambda sound, seed: noise(sound, seed, pink=False),
    "pink noise 10 dB SNR": lambda sound, seed: noise(sound, seed, pink=True),
}
