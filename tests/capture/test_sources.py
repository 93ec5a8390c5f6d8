"""Files, pipes and the sources of other systems, without sound."""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest
import soundfile

from illodesk.capture import devices
from illodesk.capture.devices import DeviceError, list_devices
from illodesk.capture.recording import ChannelSpec
from illodesk.capture.sources.base import SoundSource, SourceError
from illodesk.capture.sources.choice import SourceChoice
from illodesk.capture.sources.media_file import FileSource
from illodesk.capture.sources.pipe import PipeSource
from illodesk.capture.sources.portaudio import PortAudioSource, inputs
from illodesk.capture.sources.process_tap import ProcessTapSource
from illodesk.capture.sources.pulse import PulseSource
from illodesk.capture.sources.wasapi import WasapiLoopbackSource
from tests.capture.sound_server import RATE, voice_like, write_wav


def drain(source: SoundSource, seconds: float = 5.0) -> tuple[np.ndarray, float]:
    """All samples until the source ends, and when the first was heard."""
    samples, first = [np.zeros(0, np.int16)], -1.0
    end = time.monotonic() + seconds
    while not source.finished and time.monotonic() < end:
        for block in source.read():
            first = block.t if first < 0 else first
            samples.append(block.samples)
        time.sleep(0.005)
    source.close()
    return np.concatenate(samples), first


@pytest.mark.parametrize("rate", [8_000, 44_100])
def test_files_of_other_rates_and_two_channels_are_mixed_and_resampled(rate: int, tmp_path: Path) -> None:
    sine = 0.4 * np.sin(2 * np.pi * 300 * np.arange(2 * rate) / rate)
    soundfile.write(tmp_path / "x.flac", np.stack([sine, sine], 1), rate)
    source = FileSource(tmp_path / "x.flac", paced=False)
    source.start(time.monotonic())
    sound, first = drain(source)
    assert first == 0.0
    assert len(sound) == pytest.approx(2 * RATE, abs=2)
    expected = np.sin(2 * np.pi * 300 * np.arange(len(sound)) / RATE)
    assert np.corrcoef(sound[200:-200], expected[200:-200])[0, 1] > 0.999


def test_a_paced_file_takes_its_time(tmp_path: Path) -> None:
    voice = voice_like(0.6, 1)
    write_wav(tmp_path / "x.wav", voice)
    source = FileSource(tmp_path / "x.wav")
    begin = time.monotonic()
    source.start(begin - 3.0)
    sound, first = drain(source)
    assert time.monotonic() - begin >= 0.55
    assert first == pytest.approx(3.0, abs=0.1)
    np.testing.assert_allclose(sound, voice * 32768, atol=1)


def test_what_is_no_sound_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.wav").write_text("no sound")
    with pytest.raises(SourceError, match=r"x\.wav cannot be read"):
        FileSource(tmp_path / "x.wav").start(0.0)
    with pytest.raises(SourceError, match="no pipe"):
        PipeSource(str(tmp_path / "absent")).start(0.0)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX")
def test_a_pipe_that_is_filled_at_once_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)
    sound = (voice_like(30, 2) * 32767).astype("<i2")
    writer = threading.Thread(target=path.write_bytes, args=(sound.tobytes() + b"x",))
    writer.start()
    source = PipeSource(str(path))
    source.start(time.monotonic())
    heard, first = drain(source)
    writer.join()
    np.testing.assert_array_equal(heard, sound)
    assert 0 <= first < 1
    assert not source.alive
    assert source.lost == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX")
def test_a_pause_in_a_pipe_is_a_gap(tmp_path: Path) -> None:
    path = tmp_path / "fifo"
    os.mkfifo(path)

    def feed() -> None:
        with path.open("wb", buffering=0) as pipe:
            pipe.write(np.ones(1600, "<i2").tobytes())
            time.sleep(0.6)
            pipe.write(np.ones(1600, "<i2").tobytes())

    writer = threading.Thread(target=feed)
    writer.start()
    source = PipeSource(str(path))
    source.start(time.monotonic())
    blocks = []
    while not source.finished:
        blocks += source.read()
        time.sleep(0.01)
    writer.join()
    source.close()
    assert blocks[-1].t - blocks[0].t == pytest.approx(0.6, abs=0.15)


def spec(kind: str, device: str = "") -> ChannelSpec:
    return ChannelSpec.model_validate({"name": "x", "kind": kind, "device": device})


def test_every_kind_of_id_finds_its_source(no_sound_server: None, monkeypatch: pytest.MonkeyPatch) -> None:
    choice = SourceChoice()
    assert isinstance(choice.source(spec("file", "a.wav")), FileSource)
    assert isinstance(choice.source(spec("pipe", "-")), PipeSource)
    assert isinstance(choice.source(spec("microphone", "pulse:vmic")), PulseSource)
    assert isinstance(choice.source(spec("microphone", "portaudio:ALSA/hw:1")), PortAudioSource)
    assert isinstance(choice.source(spec("system", "wasapi:{0.0}")), WasapiLoopbackSource)
    assert isinstance(choice.source(spec("system", "tap:all")), ProcessTapSource)
    assert isinstance(choice.source(spec("microphone")), PortAudioSource)
    assert isinstance(choice.source(spec("system")), PulseSource)
    for platform, kind in (("win32", WasapiLoopbackSource), ("darwin", ProcessTapSource)):
        monkeypatch.setattr(sys, "platform", platform)
        assert isinstance(choice.source(spec("system")), kind)
    with pytest.raises(SourceError, match="another computer"):
        choice.source(spec("system", "portaudio:ALSA/hw:1"))


def test_without_a_sound_server_that_is_said(no_sound_server: None) -> None:
    with pytest.raises(SourceError, match="sound server"):
        SourceChoice().source(spec("system")).start(0.0)


@pytest.mark.skipif(sys.platform == "darwin", reason="there it may work")
def test_the_tap_of_macos_says_what_it_needs() -> None:
    source = ProcessTapSource()
    with pytest.raises(SourceError, match=r"macOS 14\.4"):
        source.start(0.0)
    assert not source.alive


class StandIn(ModuleType):
    """soundcard with one loudspeaker that plays a constant, until it breaks."""

    def __init__(self) -> None:
        super().__init__("soundcard")
        self.breaks = False

    def default_speaker(self) -> SimpleNamespace:
        return SimpleNamespace(id="{0.0}", name="Speakers", channels=2)

    def all_speakers(self) -> list[SimpleNamespace]:
        return [self.default_speaker(), SimpleNamespace(id="{1.0}", name="Headset", channels=2)]

    def get_speaker(self, device: str) -> SimpleNamespace:
        return next(speaker for speaker in self.all_speakers() if speaker.id == device)

    def get_microphone(self, device: str, include_loopback: bool) -> StandIn:
        assert include_loopback
        return self

    def recorder(self, samplerate: int, channels: int, blocksize: int) -> StandIn:
        assert (samplerate, channels) == (RATE, 1)
        return self

    def __enter__(self) -> StandIn:
        return self

    def __exit__(self, *_: object) -> None:
        return

    def record(self, numframes: int) -> np.ndarray:
        time.sleep(numframes / RATE)
        if self.breaks:
            raise RuntimeError("0x88890004")
        return np.full((numframes, 1), 1.5, np.float32)


def test_windows_loopback_with_a_stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    stand_in = StandIn()
    monkeypatch.setitem(sys.modules, "soundcard", stand_in)
    source = WasapiLoopbackSource("")
    source.start(time.monotonic())
    assert source.name == "Speakers"
    time.sleep(0.6)
    blocks = source.read()
    assert sum(len(block.samples) for block in blocks) > 0.3 * RATE
    assert {int(x) for block in blocks for x in block.samples} == {32767}
    stand_in.breaks = True
    time.sleep(0.1)
    assert not source.alive
    assert "Speakers cannot be recorded: 0x88890004" in source.trouble
    source.close()
    monkeypatch.setattr(sys, "platform", "win32")
    assert [(d.id, d.default) for d in devices._loudspeakers()] == [("wasapi:{0.0}", True), ("wasapi:{1.0}", False)]


def test_windows_loopback_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "soundcard", None)
    with pytest.raises(SourceError, match="cannot be recorded"):
        WasapiLoopbackSource("").start(0.0)


def test_ids_of_devices_with_one_name_differ() -> None:
    stand_in = SimpleNamespace(
        query_hostapis=lambda: [{"name": "MME"}],
        query_devices=lambda: [
            {"name": "USB", "hostapi": 0, "max_input_channels": 1},
            {"name": "Speakers", "hostapi": 0, "max_input_channels": 0},
            {"name": "USB", "hostapi": 0, "max_input_channels": 2},
        ],
    )
    assert inputs(stand_in) == {0: "MME/USB", 2: "MME/USB (2)"}


def test_a_probe_that_hangs_or_fails_is_told() -> None:
    with pytest.raises(DeviceError, match="does not answer"):
        list_devices(command=[sys.executable, "-c", "import time; time.sleep(60)"], timeout=0.5)
    with pytest.raises(DeviceError, match="cannot be listed"):
        list_devices(command=[sys.executable, "-c", "print('no JSON')"])
    with pytest.raises(DeviceError, match="cannot be listed"):
        list_devices(command=["/absent"])


def test_without_a_sound_server_portaudio_is_asked(no_sound_server: None) -> None:
    assert all(device.id.startswith("portaudio:") for device in list_devices())
