"""The recorder with a real PulseAudio and null sinks."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from illodesk.capture.control import RecorderStatus, RecordingRequest
from illodesk.capture.devices import list_devices
from illodesk.capture.finish import finish_recording
from illodesk.capture.recording import ChannelSpec, RecordingReader
from illodesk.capture.remote import Recorder
from illodesk.capture.sources.portaudio import PortAudioHost, PortAudioSource, inputs, portaudio
from tests.capture.sound_server import RATE, SoundServer, match, voice_like, write_wav

MINE = ChannelSpec(name="mine", kind="microphone", device="pulse:vmic")
THEIRS = ChannelSpec(name="theirs", kind="system", device="pulse:spk.monitor")


class Session:
    """A recording in a folder, ended with the test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.recorder: Recorder | None = None

    def start(self, *channels: ChannelSpec, fall_back: bool = False) -> Recorder:
        request = RecordingRequest(recording_id="r", channels=list(channels), fall_back=fall_back)
        self.recorder = Recorder.start(self.folder, request)
        self.recorder.wait_started()
        return self.recorder

    def wait(self, what: str, seconds: float = 12.0) -> RecorderStatus:
        """Until the states of the channels, joined by spaces, are these."""
        assert self.recorder is not None
        end = time.monotonic() + seconds
        while True:
            status = self.recorder.status()
            if " ".join(channel.state for channel in status.channels) == what:
                return status
            assert time.monotonic() < end, status
            time.sleep(0.05)

    def heard(self) -> np.ndarray:
        reader = RecordingReader(self.folder)
        try:
            return reader.read(last=True)
        finally:
            reader.close()

    def journal(self) -> list[tuple[str, int | None]]:
        reader = RecordingReader(self.folder)
        try:
            return [(entry.kind, entry.channel) for entry in reader.journal()]
        finally:
            reader.close()


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    session = Session(tmp_path / "r")
    yield session
    if session.recorder is not None and session.recorder.alive:
        os.kill(session.recorder.owner.pid, signal.SIGKILL)


def test_two_channels_at_once(sound_server: SoundServer, session: Session, tmp_path: Path) -> None:
    a, b = voice_like(3, 11), voice_like(3, 12)
    recorder = session.start(MINE, THEIRS)
    session.wait("live live")
    time.sleep(2)
    players = [
        sound_server.play(write_wav(tmp_path / "a.wav", a), "micfeed"),
        sound_server.play(write_wav(tmp_path / "b.wav", b), "spk"),
    ]
    for player in players:
        player.wait()
    time.sleep(0.3)
    status = recorder.stop()
    assert [channel.lost for channel in status.channels] == [0, 0]
    sound = session.heard()
    for own, played, other in ((0, a, b), (1, b, a)):
        score, at = match(sound[:, own], played)
        assert score >= 0.95
        assert match(sound[:, own], other)[0] < 0.2
        first = match(sound[:, own], played[:RATE])[1]
        last = match(sound[:, own], played[-RATE:])[1] - 2.0
        assert abs(first - last) <= 0.02
        assert at > 1


def test_one_sound_on_two_channels_is_aligned(sound_server: SoundServer, session: Session, tmp_path: Path) -> None:
    """The same monitor twice, once through another source with buffers of its own."""
    voice = voice_like(2, 13)
    raw = ChannelSpec(name="raw", kind="system", device="pulse:micfeed.monitor")
    recorder = session.start(MINE, raw)
    session.wait("live live")
    time.sleep(2)
    sound_server.play(write_wav(tmp_path / "v.wav", voice), "micfeed").wait()
    time.sleep(0.3)
    recorder.stop()
    sound = session.heard()
    assert abs(match(sound[:, 0], voice)[1] - match(sound[:, 1], voice)[1]) <= 0.06


def test_a_device_goes_and_comes_back(sound_server: SoundServer, session: Session, tmp_path: Path) -> None:
    load = ("load-module", "module-null-sink", "sink_name=headset", "rate=48000")
    module = sound_server.pactl(*load)
    voice = voice_like(20, 14)
    theirs = THEIRS.model_copy(update={"device": "pulse:headset.monitor"})
    recorder = session.start(MINE, theirs)
    session.wait("live live")
    sound_server.play(write_wav(tmp_path / "v.wav", voice), "micfeed")
    time.sleep(1)
    sound_server.pactl("unload-module", module)
    status = session.wait("live lost")
    assert "theirs" in status.warnings[0].text
    assert status.warnings[0].code == "device_lost"
    assert "goes on with what is left" in status.warnings[0].text
    assert theirs.device not in {device.id for device in list_devices()}
    time.sleep(1.2)
    module = sound_server.pactl(*load)
    try:
        assert session.wait("live live").warnings == []
        assert theirs.device in {device.id for device in list_devices()}
        time.sleep(2.0)
        second = voice_like(2, 15)
        sound_server.play(write_wav(tmp_path / "w.wav", second), "headset").wait()
        time.sleep(0.3)
        recorder.stop()
    finally:
        sound_server.pactl("unload-module", module)
    reader = RecordingReader(session.folder)
    entries = [entry for entry in reader.journal() if entry.channel == 1]
    reader.close()
    assert [entry.kind for entry in entries] == ["device", "device_lost", "device_back"]
    finished = finish_recording(session.folder, session.folder / "finished.flac")
    absent = entries[2].t - entries[1].t
    sound = session.heard()
    # What no device delivered before the first block counts as a gap too, and a null sink is idle until it plays: the
    # gap is longer than the device was away, by a time that nobody knows, and what was played is none.
    assert absent - 0.3 < finished.gap_s[1] - entries[0].t
    assert finished.gap_s[1] < (len(sound) - len(second)) / RATE + 0.3
    assert finished.gap_s[0] < 2.0
    assert match(sound[:, 1], second)[0] >= 0.95
    # The other channel never stopped, and its voice is not in the channel of the lost device.
    assert match(sound[:, 0], voice[: 5 * RATE])[0] >= 0.95
    assert match(sound[:, 1], voice[: 4 * RATE])[0] < 0.2


def test_the_default_stands_in_only_where_it_is_allowed(sound_server: SoundServer, session: Session) -> None:
    module = sound_server.pactl("load-module", "module-null-sink", "sink_name=headset", "rate=48000")
    theirs = THEIRS.model_copy(update={"device": "pulse:headset.monitor"})
    session.start(theirs, fall_back=True)
    session.wait("live")
    sound_server.pactl("unload-module", module)
    session.wait("lost")
    status = session.wait("live")
    assert status.channels[0].device == "Monitor of Loudspeaker"
    assert status.warnings[0].code == "stand_in"


def test_the_default_is_followed_when_it_changes(sound_server: SoundServer, session: Session) -> None:
    """Who puts on a headset would else record silence from the loudspeaker."""
    session.start(THEIRS.model_copy(update={"device": ""}))
    assert session.wait("live").channels[0].device == "Monitor of Loudspeaker"
    module = sound_server.pactl("load-module", "module-null-sink", "sink_name=headset")
    try:
        sound_server.pactl("set-default-sink", "headset")
        end = time.monotonic() + 8
        while session.wait("live").channels[0].device == "Monitor of Loudspeaker":
            assert time.monotonic() < end
            time.sleep(0.05)
    finally:
        sound_server.pactl("set-default-sink", "spk")
        sound_server.pactl("unload-module", module)
    assert session.journal()[:3] == [("device", 0), ("device_lost", 0), ("device_back", 0)]


def test_the_server_dies_and_comes_back(sound_server: SoundServer, session: Session) -> None:
    recorder = session.start(MINE, THEIRS)
    session.wait("live live")
    sound_server.process.kill()
    sound_server.process.wait()
    session.wait("lost lost")
    sound_server.start()
    session.wait("live live")
    assert recorder.stop().state == "closed"


def test_a_server_that_hangs_is_noticed_and_the_recorder_still_stops(
    sound_server: SoundServer, session: Session
) -> None:
    recorder = session.start(MINE)
    session.wait("live")
    time.sleep(2.0)
    os.kill(sound_server.process.pid, signal.SIGSTOP)
    try:
        status = session.wait("lost")
        assert "delivers nothing" in status.warnings[0].text
        begin = time.monotonic()
        assert recorder.stop().state == "closed"
        assert time.monotonic() - begin < 5
    finally:
        os.kill(sound_server.process.pid, signal.SIGCONT)


def test_a_killed_recorder_loses_less_than_a_second(sound_server: SoundServer, session: Session) -> None:
    recorder = session.start(MINE, THEIRS)
    session.wait("live live")
    time.sleep(2.37)
    os.kill(recorder.owner.pid, signal.SIGKILL)
    killed = time.time()
    reader = RecordingReader(session.folder)
    began = reader.spec.started_at
    # Not the longest channel alone: each.
    length = len(reader.read())
    reader.close()
    assert killed - began - length / RATE <= 1.0


def test_devices_are_listed_as_they_are_now(sound_server: SoundServer) -> None:
    devices = {device.id: device for device in list_devices()}
    assert devices["pulse:vmic"].kind == "microphone"
    assert devices["pulse:vmic"].default
    assert devices["pulse:vmic"].name == "Microphone"
    assert devices["pulse:spk.monitor"].kind == "system"
    assert devices["pulse:spk.monitor"].default
    module = sound_server.pactl("load-module", "module-null-sink", "sink_name=fresh")
    assert "pulse:fresh.monitor" in {device.id for device in list_devices()}
    sound_server.pactl("unload-module", module)
    assert "pulse:fresh.monitor" not in {device.id for device in list_devices()}


def test_portaudio_delivers_through_alsa(
    sound_server: SoundServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = Path("/usr/share/alsa/alsa.conf")
    plugins = list(Path("/usr/lib").glob("*/alsa-lib/libasound_module_pcm_pulse.so"))
    if not config.exists() or not plugins:
        pytest.skip("ALSA's pulse plugin (libasound2-plugins) is not installed")
    (tmp_path / "asound.conf").write_text(
        f'<{config}>\npcm.own_mic {{ type pulse device vmic hint {{ show on description "m" }} }}\n'
    )
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(tmp_path / "asound.conf"))
    sd = portaudio()
    sd._terminate()
    sd._initialize()
    assert "ALSA/own_mic" in inputs(sd).values()
    source = PortAudioSource("ALSA/own_mic", PortAudioHost())
    origin = time.monotonic()
    source.start(origin)
    time.sleep(2.0)
    voice = voice_like(2, 16)
    sound_server.play(write_wav(tmp_path / "v.wav", voice), "micfeed").wait()
    time.sleep(0.3)
    assert source.alive
    source.close()
    blocks = source.read()
    assert source.lost == 0
    assert match(np.concatenate([block.samples for block in blocks]), voice)[0] >= 0.95
    assert blocks[-1].t + len(blocks[-1].samples) / RATE == pytest.approx(time.monotonic() - origin, abs=0.3)
