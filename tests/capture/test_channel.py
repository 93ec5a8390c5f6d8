"""A channel with devices that vanish, hang and break, on a clock of the test's own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from illodesk.capture.channel import Channel
from illodesk.capture.recording import SAMPLE_RATE, ChannelSpec, RecordingReader, RecordingSpec, RecordingWriter
from illodesk.capture.sources.base import Block, SourceError

SPEC = ChannelSpec(name="mine", kind="microphone", device="pulse:headset")


class Device:
    """A source that does what the test says."""

    finished = False
    idles = False

    def __init__(self, name: str) -> None:
        self.name = name
        self.lost = 0
        self.trouble = ""
        self.blocks: list[Block] = []
        self.breaks = False
        self.closed = False

    @property
    def alive(self) -> bool:
        return not self.trouble

    def start(self, origin: float) -> None:
        if self.trouble:
            raise SourceError(self.trouble)

    def read(self) -> list[Block]:
        if self.breaks and not self.closed:
            raise RuntimeError("driver error 7")
        blocks, self.blocks = self.blocks, []
        return blocks

    def close(self) -> None:
        self.closed = True


class Choice:
    """Hands out devices in turn; without any, opening fails."""

    paced = True

    def __init__(self) -> None:
        self.devices: dict[str, list[Device]] = {}
        self.opened: list[str] = []

    def source(self, spec: ChannelSpec) -> Device:
        waiting = self.devices.get(spec.device, [])
        if not waiting:
            raise SourceError("The headset is not there.")
        self.opened.append(spec.device)
        return waiting.pop(0)


class Bench:
    """A channel, its recording and its clock."""

    def __init__(self, folder: Path, spec: ChannelSpec = SPEC, *, fall_back: bool = False) -> None:
        self.writer = RecordingWriter(folder, RecordingSpec(recording_id="r", started_at=0.0, channels=[spec]))
        self.choice = Choice()
        self.channel = Channel(0, spec, self.writer, self.choice, 0.0, fall_back=fall_back)  # type: ignore[arg-type]
        self.now = 0.0

    def turn(self, seconds: float = 0.1) -> None:
        """Let time pass in steps of 0.1 s; an opening in its thread is given a moment."""
        for _ in range(round(seconds / 0.1)):
            self.now = round(self.now + 0.1, 3)
            self.channel.pull(self.now)
            time.sleep(0.002)

    def codes(self) -> list[str]:
        return [warning.code for warning in self.channel.warnings(self.now)]

    def journal(self, *, texts: bool = False) -> list[str]:
        self.writer.flush()
        reader = RecordingReader(self.writer.folder)
        entries = [entry.text if texts else entry.kind for entry in reader.journal()]
        reader.close()
        return entries

    def sound(self) -> np.ndarray:
        self.writer.flush()
        reader = RecordingReader(self.writer.folder)
        sound = reader.read(last=True)[:, 0]
        reader.close()
        return sound


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "r")
    yield bench
    bench.channel.close(bench.now)
    bench.writer.abandon()


def loud(t: float, seconds: float = 0.1) -> Block:
    return Block(t, np.full(round(seconds * SAMPLE_RATE), 5000, np.int16))


def test_a_lost_device_is_tried_again_until_it_is_back(bench: Bench) -> None:
    first, second = Device("Headset"), Device("Headset")
    bench.choice.devices[SPEC.device] = [first]
    bench.turn(0.3)
    first.blocks = [loud(0.3)]
    bench.turn()
    first.blocks, first.trouble = [loud(0.4)], "Headset is gone."
    bench.turn(2.0)
    assert first.closed
    assert bench.codes() == ["device_lost"]
    assert "Headset" not in bench.channel.status(bench.now).device
    bench.choice.devices[SPEC.device] = [second]
    bench.turn(1.5)
    assert bench.codes() == []
    second.blocks = [loud(4.0)]
    bench.turn(0.3)
    assert bench.journal() == ["device", "device_lost", "device_back"]
    sound = bench.sound()
    assert set(np.flatnonzero(sound) // (SAMPLE_RATE // 10)) == {3, 4, 40}


def test_a_device_that_is_idle_at_first_does_not_make_readers_wait(bench: Bench) -> None:
    bench.choice.devices[SPEC.device] = [device := Device("Headset")]
    bench.turn(2.0)
    assert len(bench.sound()) / SAMPLE_RATE == pytest.approx(bench.now - 0.8, abs=0.2)
    device.blocks = [loud(1.5)]
    bench.turn()
    assert bench.channel.lost == 0
    assert np.flatnonzero(bench.sound())[0] == 1.5 * SAMPLE_RATE


def test_a_lost_device_does_not_make_readers_wait(bench: Bench) -> None:
    bench.choice.devices[SPEC.device] = [device := Device("Headset")]
    bench.turn(0.3)
    device.trouble = "Headset is gone."
    bench.turn(5.0)
    bench.writer.flush()
    assert len(bench.sound()) / SAMPLE_RATE == pytest.approx(bench.now, abs=1.2)


def test_a_device_that_hangs_or_breaks_is_let_go(bench: Bench) -> None:
    hangs, breaks = Device("Headset"), Device("Headset")
    breaks.breaks = True
    bench.choice.devices[SPEC.device] = [hangs, breaks]
    bench.turn(4.0)
    assert hangs.closed
    bench.turn(2.0)
    assert breaks.closed
    assert bench.codes() == ["device_lost"]
    texts = bench.journal(texts=True)
    assert "Headset delivers nothing." in texts
    assert "Headset broke: driver error 7" in texts


def test_a_driver_that_hangs_while_opening_does_not_hold_the_recording(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("illodesk.capture.channel.OPENING_S", 1.0)
    go_on = threading.Event()
    device = Device("Headset")
    monkeypatch.setattr(device, "start", lambda origin: go_on.wait(10))
    bench.choice.devices[SPEC.device] = [device]
    bench.turn(3.0)
    assert bench.codes() == ["device_lost"]
    assert bench.channel.end > SAMPLE_RATE
    go_on.set()
    for _ in range(100):
        if device.closed:
            break
        time.sleep(0.01)
    assert device.closed


def test_the_default_stands_in_until_the_chosen_device_is_back(tmp_path: Path) -> None:
    bench = Bench(tmp_path / "r", fall_back=True)
    stand_in, back = Device("Built-in"), Device("Headset")
    bench.choice.devices = {SPEC.device: [Device("Headset")], "": [stand_in]}
    bench.turn(0.3)
    bench.channel._source.trouble = "Headset is gone."  # type: ignore[union-attr]
    for _ in range(100):
        bench.turn()
        stand_in.blocks = [loud(bench.now)]
        if bench.codes() == ["stand_in"]:
            break
    assert bench.now > 3.0
    bench.choice.devices[SPEC.device] = [back]
    for _ in range(30):
        bench.turn()
        stand_in.blocks = [loud(bench.now)]
    assert stand_in.closed
    assert not back.closed
    assert bench.journal() == ["device", "device_lost", "stand_in", "device_back"]
    bench.channel.close(bench.now)
    bench.writer.abandon()


def test_what_a_device_tells_of_a_passed_gap_is_counted_as_lost(bench: Bench) -> None:
    first, second = Device("Headset"), Device("Headset")
    bench.choice.devices[SPEC.device] = [first]
    bench.turn(0.3)
    first.trouble = "Headset is gone."
    bench.turn(3.0)
    bench.choice.devices[SPEC.device] = [second]
    bench.turn(1.2)
    end = bench.channel.end
    second.blocks = [loud(end / SAMPLE_RATE - 0.5, 1.0)]
    bench.turn()
    assert bench.channel.lost == SAMPLE_RATE // 2
    assert bench.channel.end == end + SAMPLE_RATE // 2


def test_silence_clipping_and_drops_are_told(bench: Bench) -> None:
    bench.choice.devices[SPEC.device] = [device := Device("Headset")]
    bench.turn(0.2)
    for _ in range(105):
        device.blocks = [Block(bench.now, np.zeros(1600, np.int16))]
        bench.turn()
    assert bench.codes() == ["no_signal"]
    device.blocks = [Block(bench.now, np.full(1600, 32767, np.int16))]
    device.lost = 1600
    bench.turn()
    assert bench.codes() == ["clipping", "dropped"]
    assert bench.journal() == ["device", "dropped"]
    status = bench.channel.status(bench.now)
    assert (status.lost, status.clipped, status.peak) == (1600, 1600, 1.0)
