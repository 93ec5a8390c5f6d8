"""A PulseAudio of our own with null sinks, and what is needed to play into it and to compare what was recorded."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from scipy.signal import fftconvolve

RATE = 16_000
MISSING = next((f"{tool} is not installed" for tool in ("pulseaudio", "pactl", "paplay") if not shutil.which(tool)), "")
CONFIG = """
load-module module-native-protocol-unix auth-anonymous=1
load-module module-null-sink sink_name=spk rate=48000 channels=2 sink_properties=device.description=Loudspeaker
load-module module-null-sink sink_name=micfeed rate=48000 channels=1
load-module module-remap-source master=micfeed.monitor source_name=vmic source_properties=device.description=Microphone
set-default-sink spk
set-default-source vmic
"""


class SoundServer:
    """Sinks: what is played to ``spk`` is system audio, what is played to ``micfeed`` is heard by ``vmic``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        (folder / "run" / "pulse").mkdir(parents=True, mode=0o700)
        (folder / "home").mkdir()
        (folder / "pulse.pa").write_text(CONFIG)
        self.address = f"unix:{folder}/run/pulse/native"
        self._players: list[subprocess.Popen[bytes]] = []
        self.start()

    def start(self) -> None:
        env = {name: value for name, value in os.environ.items() if name != "PULSE_SERVER"}
        env |= {
            "XDG_RUNTIME_DIR": f"{self._folder}/run",
            "PULSE_RUNTIME_PATH": f"{self._folder}/run/pulse",
            "HOME": f"{self._folder}/home",
        }
        options = "--exit-idle-time=-1 --daemonize=no --use-pid-file=no --realtime=no --high-priority=no"
        command = ["pulseaudio", "-n", "-F", f"{self._folder}/pulse.pa", *options.split(), "--log-target=stderr"]
        with (self._folder / "pulse.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=env, stderr=log)
        end = time.monotonic() + 10
        while subprocess.run(["pactl", "info"], env=self.env, capture_output=True, check=False).returncode:
            assert time.monotonic() < end, "PulseAudio does not start"
            time.sleep(0.05)

    @property
    def env(self) -> dict[str, str]:
        return os.environ | {"PULSE_SERVER": self.address}

    def pactl(self, *words: str) -> str:
        done = subprocess.run(["pactl", *words], env=self.env, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def play(self, path: Path, sink: str) -> subprocess.Popen[bytes]:
        """Play a file, handed over 2 s ahead: on a busy computer a player with less falls silent now and then."""
        player = subprocess.Popen(["paplay", f"--device={sink}", "--latency-msec=2000", str(path)], env=self.env)
        self._players.append(player)
        return player

    def quiet(self) -> None:
        """End what plays."""
        for player in self._players:
            if player.poll() is None:
                player.kill()
            player.wait()
        self._players.clear()

    def close(self) -> None:
        self.quiet()
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


def voice_like(seconds: float, seed: int) -> NDArray[np.float32]:
    """Noise below 2 kHz whose loudness changes like syllables do; different seeds are uncorrelated."""
    random = np.random.default_rng(seed)
    noise = random.standard_normal(round(seconds * RATE))
    kernel = np.sinc(2 * 2000 / RATE * np.arange(-40, 41)) * np.hanning(81)
    noise = fftconvolve(noise, kernel / np.abs(kernel).sum(), mode="same")
    loudness = np.interp(
        np.arange(len(noise)) / RATE,
        np.arange(0, seconds + 1, 0.15),
        random.uniform(0, 1, len(np.arange(0, seconds + 1, 0.15))),
    )
    sound = noise * loudness
    return (0.5 * sound / np.abs(sound).max()).astype(np.float32)


def write_wav(path: Path, sound: NDArray[np.float32]) -> Path:
    soundfile.write(path, sound, RATE, subtype="PCM_16")
    return path


def match(recorded: NDArray[np.int16] | NDArray[np.float32], played: NDArray[np.float32]) -> tuple[float, float]:
    """Best normalised correlation of a piece that was played with a recording, and the second at which it lies."""
    sound = recorded.astype(np.float64)
    piece = played.astype(np.float64)
    raw = fftconvolve(sound, piece[::-1], mode="valid")
    energy = np.concatenate([[0.0], np.cumsum(sound**2)])
    norm = np.sqrt((energy[len(piece) :] - energy[: -len(piece)]) * (piece**2).sum())
    # Near silence correlates with anything.
    good = norm > 0.05 * norm.max()
    score = np.where(good, raw / np.where(good, norm, 1.0), 0.0)
    at = int(np.argmax(score))
    return float(score[at]), at / RATE
