"""Speak the demo interview with Festival Lite and write it with its exact truth beside it.

    python packaging/make_demo.py            # writes illodesk/resources/demo/interview.flac and truth.json
    python packaging/make_demo.py --check    # also decodes every turn with the built-in recogniser's model

Needs Debian's ``flite`` 2.2 (its shared libraries; no other file is read). Every step is deterministic, so that the
same flite gives the same two files bit for bit. Word times come from flite's own segment relation, turn times from
the sample positions at which the turns were laid down.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray

SAMPLE_RATE = 16_000
OUT = Path(__file__).parents[1] / "illodesk" / "resources" / "demo"
LEAD_IN_S = 1.0
LEAD_OUT_S = 1.2
SPEECH_DB = -27.0
"""Level of every turn's sounding frames, dBFS: equal on purpose, so that loudness tells nothing."""
FLOOR_DB = -84.0
"""Level of the background noise, dBFS."""
TRIM_DB = -40.0
"""Frames this far below a turn's loudest frame are leading or trailing silence."""
FRAME = 160
FADE = 80


@dataclass(frozen=True)
class Voice:
    """One flite voice. ``register`` is the library and function that flite loads it with."""

    speaker: str
    register: str


@dataclass(frozen=True)
class Manner:
    """How a passage is spoken.

    ``stretch`` multiplies durations. ``pitch_st`` moves the voice's own F0 contour by semitones and ``pitch_range``
    multiplies its deviation, in semitones, from the turn's mean: flite's intonation targets do nothing to these
    voices, so the contour is edited between its prediction and the synthesis. ``emphasis`` is the coefficient b of the
    high-frequency emphasis ``y[n] = (1 + b) x[n] - b x[n-1]``, 0 for none.
    """

    stretch: float
    pitch_st: float
    pitch_range: float
    emphasis: float


@dataclass(frozen=True)
class Line:
    """One turn of the script: who, how, the pause before it in seconds, the words, and what changes there."""

    who: str
    manner: str
    gap_s: float
    text: str
    changes: tuple[str, ...] = ()


VOICES = {"interviewer": Voice("Interviewer", "cmu_us_slt"), "customer": Voice("Customer", "cmu_us_rms")}
MANNERS = {
    "asking": Manner(stretch=1.08, pitch_st=0.0, pitch_range=0.9, emphasis=0.0),
    "calm": Manner(stretch=1.12, pitch_st=-1.5, pitch_range=0.8, emphasis=0.0),
    "aroused": Manner(stretch=0.97, pitch_st=4.5, pitch_range=1.4, emphasis=0.6),
}
SCRIPT = (
    Line("interviewer", "asking", 0.0, "Good morning, and thank you for taking the time for this conversation."),
    Line("customer", "calm", 0.7, "Good morning. I am happy to be here."),
    Line("interviewer", "asking", 0.8, "How many people work in your company at the moment?"),
    Line("customer", "calm", 0.9, "We have about two hundred people in three different cities."),
    Line("interviewer", "asking", 0.7, "Tell me how you plan the work of so many people."),
    Line("customer", "calm", 0.8, "Every manager makes a plan on paper and sends it to the office."),
    Line("interviewer", "asking", 0.6, "Does that work well for you?"),
    Line("customer", "calm", 0.9, "It is slow, and people often come to work on the wrong day."),
    Line("interviewer", "asking", 0.7, "Our new system would do the planning for you in a few minutes."),
    Line("customer", "calm", 0.8, "That sounds useful. We would like to save some time."),
    Line("interviewer", "asking", 0.6, "The price for your company would be nine hundred dollars a month."),
    Line(
        "customer",
        "aroused",
        0.4,
        "No, that is too expensive! We cannot pay that much money!",
        ("arousal_rise", "objection"),
    ),
    Line("interviewer", "asking", 0.8, "I understand. What price did you expect?"),
    Line("customer", "aroused", 0.4, "Half of that at most! The last system also cost too much, and it never worked!"),
    Line("interviewer", "asking", 0.7, "What went wrong with the last system?"),
    Line("customer", "aroused", 0.35, "It lost all our data in the first week, and nobody called us back!"),
    Line("interviewer", "asking", 0.8, "That must have been very hard for your team."),
    Line("customer", "aroused", 0.4, "It was a terrible year! People were angry with me every single day!"),
    Line("interviewer", "asking", 0.7, "We can give you the first three months for free."),
    Line("customer", "calm", 0.9, "Okay. That is a fair offer, and I can accept it.", ("arousal_fall",)),
    Line("interviewer", "asking", 0.7, "And you can stop at any time without paying more."),
    Line("customer", "calm", 0.8, "Good. Then we do not take a big risk."),
    Line(
        "interviewer",
        "asking",
        0.9,
        "Now let us change the topic. I would like to talk about the training.",
        ("topic_change",),
    ),
    Line("customer", "calm", 0.8, "Yes. Most of our workers are not used to computers."),
    Line("interviewer", "asking", 0.7, "We would train them in small groups, with a teacher in the room."),
    Line("customer", "calm", 0.8, "How long does one lesson take?"),
    Line("interviewer", "asking", 0.7, "One lesson takes two hours, and each group has three lessons."),
    Line("customer", "calm", 0.8, "That is fine. Can the teacher come to us in January?"),
    Line("interviewer", "asking", 0.6, "Of course. The teacher can come in the second week of January."),
    Line("customer", "calm", 0.8, "Then I have everything that I need to decide."),
    Line("interviewer", "asking", 0.7, "What is the next step for you?"),
    Line("customer", "calm", 0.9, "I will send the contract by Friday.", ("commitment",)),
    Line("interviewer", "asking", 0.7, "Great. Thank you very much for your time."),
    Line("customer", "calm", 0.6, "Goodbye, and have a good day."),
)


class _CstWave(ctypes.Structure):
    """flite's cst_wave."""

    _fields_ = (
        ("type", ctypes.c_char_p),
        ("sample_rate", ctypes.c_int),
        ("num_samples", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("samples", ctypes.POINTER(ctypes.c_short)),
    )


class _CstTrack(ctypes.Structure):
    """flite's cst_track; frames[i][0] is F0 in Hz, 0 where unvoiced."""

    _fields_ = (
        ("type", ctypes.c_char_p),
        ("num_frames", ctypes.c_int),
        ("num_channels", ctypes.c_int),
        ("times", ctypes.POINTER(ctypes.c_float)),
        ("frames", ctypes.POINTER(ctypes.POINTER(ctypes.c_float))),
    )


@dataclass(frozen=True)
class Spoken:
    """One synthesised turn: float64 samples at 16 kHz and (word, start, end) in seconds from its first sample."""

    samples: NDArray[np.float64]
    words: list[tuple[str, float, float]]


class Flite:
    """Festival Lite through its shared libraries: the command line cannot tell where a word ends."""

    WORD_START = b"R:SylStructure.daughter1.daughter1.R:Segment.p.end"
    WORD_END = b"R:SylStructure.daughtern.daughtern.R:Segment.end"

    def __init__(self) -> None:
        try:
            for name in ("usenglish", "cmulex"):
                ctypes.CDLL(f"libflite_{name}.so.1", mode=ctypes.RTLD_GLOBAL)
            self._lib = ctypes.CDLL("libflite.so.1", mode=ctypes.RTLD_GLOBAL)
        except OSError as error:
            sys.exit(f"Festival Lite is missing ({error}). On Debian and Ubuntu: apt-get install -y flite")
        for name, result, arguments in (
            ("flite_synth_text", ctypes.c_void_p, (ctypes.c_char_p, ctypes.c_void_p)),
            ("feat_val", ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_char_p)),
            ("val_cg_db", ctypes.c_void_p, (ctypes.c_void_p,)),
            ("val_track", ctypes.POINTER(_CstTrack), (ctypes.c_void_p,)),
            ("mlpg", ctypes.POINTER(_CstTrack), (ctypes.POINTER(_CstTrack), ctypes.c_void_p)),
            (
                "mlsa_resynthesis",
                ctypes.POINTER(_CstWave),
                (ctypes.POINTER(_CstTrack), ctypes.POINTER(_CstTrack), ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int),
            ),
            ("delete_track", None, (ctypes.POINTER(_CstTrack),)),
            ("delete_wave", None, (ctypes.POINTER(_CstWave),)),
            ("utt_relation", ctypes.c_void_p, (ctypes.c_void_p, ctypes.c_char_p)),
            ("relation_head", ctypes.c_void_p, (ctypes.c_void_p,)),
            ("item_next", ctypes.c_void_p, (ctypes.c_void_p,)),
            ("item_feat_string", ctypes.c_char_p, (ctypes.c_void_p, ctypes.c_char_p)),
            ("ffeature_float", ctypes.c_float, (ctypes.c_void_p, ctypes.c_char_p)),
            ("feat_set_float", None, (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_float)),
            ("delete_utterance", None, (ctypes.c_void_p,)),
        ):
            function = getattr(self._lib, name)
            function.restype, function.argtypes = result, arguments
        self._lib.flite_init()
        self._voices: dict[str, int] = {}

    def _voice(self, name: str) -> int:
        if name not in self._voices:
            register = getattr(ctypes.CDLL(f"libflite_{name}.so.1"), f"register_{name}")
            register.restype, register.argtypes = ctypes.c_void_p, (ctypes.c_char_p,)
            self._voices[name] = register(None)
        return self._voices[name]

    def speak(self, voice: str, text: str, manner: Manner) -> Spoken:
        """Synthesise ``text``; samples are in -1..1, untrimmed."""
        lib, handle = self._lib, self._voice(voice)
        # After its name, the first member of cst_voice is its features; they are the first member of cst_utterance.
        lib.feat_set_float(_pointer_at(handle, 1), b"duration_stretch", manner.stretch)
        utterance = lib.flite_synth_text(text.encode("ascii"), handle)
        features = _pointer_at(utterance, 0)
        parameters = lib.val_track(lib.feat_val(features, b"param_track"))
        _bend(parameters.contents, manner)
        database = lib.val_cg_db(lib.feat_val(features, b"cg_db"))
        excitation = lib.val_track(lib.feat_val(features, b"str_track"))
        smooth = lib.mlpg(parameters, database)
        wave = lib.mlsa_resynthesis(smooth, excitation, database, None, 0)
        sound = wave.contents
        if sound.sample_rate != SAMPLE_RATE or sound.num_channels != 1:
            raise RuntimeError(f"{voice} speaks at {sound.sample_rate} Hz; 16000 Hz mono was expected")
        samples = np.ctypeslib.as_array(sound.samples, shape=(sound.num_samples,)).astype(np.float64) / 32768.0
        lib.delete_wave(wave)
        lib.delete_track(smooth)
        words = []
        item = lib.relation_head(lib.utt_relation(utterance, b"Word"))
        while item:
            name = lib.item_feat_string(item, b"name").decode("ascii")
            words.append((name, lib.ffeature_float(item, self.WORD_START), lib.ffeature_float(item, self.WORD_END)))
            item = lib.item_next(item)
        lib.delete_utterance(utterance)
        return Spoken(samples, words)


def _pointer_at(structure: int, index: int) -> int | None:
    """The ``index``-th member of a C structure whose members so far are all pointers."""
    address: int | None = ctypes.cast(structure, ctypes.POINTER(ctypes.c_void_p))[index]
    return address


def _bend(track: _CstTrack, manner: Manner) -> None:
    """Move and widen the F0 contour of ``track`` in place; unvoiced frames stay unvoiced."""
    f0 = np.array([track.frames[i][0] for i in range(track.num_frames)], dtype=np.float64)
    voiced = np.flatnonzero(f0 > 0)
    tone = np.log2(f0[voiced])
    bent = tone.mean() + manner.pitch_range * (tone - tone.mean()) + manner.pitch_st / 12
    for frame, value in zip(voiced, 2.0**bent, strict=True):
        track.frames[int(frame)][0] = float(value)


def trimmed(spoken: Spoken) -> Spoken:
    """Cut leading and trailing silence to a 10 ms grid; word times move along and stay inside."""
    frames = spoken.samples[: len(spoken.samples) // FRAME * FRAME].reshape(-1, FRAME)
    level = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    sounding = np.flatnonzero(level > level.max() + TRIM_DB)
    start, end = sounding[0] * FRAME, (sounding[-1] + 1) * FRAME
    length = (end - start) / SAMPLE_RATE
    shift = start / SAMPLE_RATE
    words = [(w, min(max(a - shift, 0.0), length), min(max(b - shift, 0.0), length)) for w, a, b in spoken.words]
    return Spoken(spoken.samples[start:end], words)


def voiced_like(samples: NDArray[np.float64], emphasis: float) -> NDArray[np.float64]:
    """Apply the manner's high-frequency emphasis, the common level and 5 ms fades."""
    shaped = samples.copy()
    shaped[1:] = (1 + emphasis) * samples[1:] - emphasis * samples[:-1]
    frames = shaped[: len(shaped) // FRAME * FRAME].reshape(-1, FRAME)
    power = np.mean(frames**2, axis=1)
    loud = power[power > power.max() * 10 ** (-30 / 10)]
    shaped *= 10 ** (SPEECH_DB / 20) / np.sqrt(loud.mean())
    ramp = np.linspace(0.0, 1.0, FADE)
    shaped[:FADE] *= ramp
    shaped[-FADE:] *= ramp[::-1]
    return shaped


def spell(text: str, spoken: list[str]) -> list[str]:
    """The script's own spelling of each spoken word; flite must have spoken exactly these, in this order."""
    written = re.findall(r"[A-Za-z']+", text)
    if [word.lower() for word in written] != spoken:
        raise RuntimeError(f"flite read {spoken} for: {text}")
    return written


def perform(flite: Flite) -> tuple[NDArray[np.int16], dict[str, Any]]:
    """Speak the script: 16-bit mono samples and the truth as it is written to truth.json."""
    position = round(LEAD_IN_S * SAMPLE_RATE)
    pieces: list[tuple[int, NDArray[np.float64]]] = []
    turns: list[dict[str, Any]] = []
    changes: list[dict[str, Any]] = []
    for number, line in enumerate(SCRIPT):
        voice, manner = VOICES[line.who], MANNERS[line.manner]
        spoken = trimmed(flite.speak(voice.register, line.text, manner))
        position += round(line.gap_s * SAMPLE_RATE)
        start, end = position, position + len(spoken.samples)
        pieces.append((start, voiced_like(spoken.samples, manner.emphasis)))
        names = spell(line.text, [word for word, _, _ in spoken.words])
        turns.append(
            {
                "speaker": voice.speaker,
                "t_start": start / SAMPLE_RATE,
                "t_end": end / SAMPLE_RATE,
                "text": line.text,
                "manner": line.manner,
                "words": [
                    {
                        "text": name,
                        "t_start": round(start / SAMPLE_RATE + a, 3),
                        "t_end": round(start / SAMPLE_RATE + b, 3),
                    }
                    for name, (_, a, b) in zip(names, spoken.words, strict=True)
                ],
            }
        )
        changes.extend(
            {"kind": kind, "t": start / SAMPLE_RATE, "speaker": voice.speaker, "utterance": number}
            for kind in line.changes
        )
        position = end
    total = position + round(LEAD_OUT_S * SAMPLE_RATE)
    sound = np.random.default_rng(20).standard_normal(total) * 10 ** (FLOOR_DB / 20)
    for start, piece in pieces:
        sound[start : start + len(piece)] += piece
    if np.abs(sound).max() >= 1.0:
        raise RuntimeError("the interview clips; lower SPEECH_DB")
    truth = {"sample_rate": SAMPLE_RATE, "duration_s": total / SAMPLE_RATE, "turns": turns, "changes": changes}
    return np.round(sound * 32767).astype(np.int16), truth


def check(sound: NDArray[np.int16], truth: dict[str, Any]) -> None:
    """Print what the built-in recogniser's model makes of every turn, and the word error rate."""
    import jiwer
    from pocketsphinx import Decoder

    decoder = Decoder(loglevel="FATAL", samprate=SAMPLE_RATE)
    said, heard = [], []
    for number, turn in enumerate(truth["turns"]):
        start = max(0, round((turn["t_start"] - 0.2) * SAMPLE_RATE))
        end = round((turn["t_end"] + 0.3) * SAMPLE_RATE)
        decoder.start_utt()
        decoder.process_raw(sound[start:end].tobytes(), full_utt=True)
        decoder.end_utt()
        hypothesis = decoder.hyp()
        said.append(" ".join(re.findall(r"[a-z']+", turn["text"].lower())))
        heard.append(hypothesis.hypstr if hypothesis else "")
        if said[-1] != heard[-1]:
            print(f"{number:2d} said  {said[-1]}\n   heard {heard[-1]}")
    print(f"word error rate {jiwer.wer(said, heard):.3f} over {sum(len(s.split()) for s in said)} words")


def main() -> None:
    """Write the two files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="decode every turn and print the word error rate")
    parser.add_argument("--out", type=Path, default=OUT, help="folder to write to")
    arguments = parser.parse_args()
    sound, truth = perform(Flite())
    arguments.out.mkdir(parents=True, exist_ok=True)
    soundfile.write(
        arguments.out / "interview.flac", sound, SAMPLE_RATE, format="FLAC", subtype="PCM_16", compression_level=1.0
    )
    (arguments.out / "truth.json").write_text(json.dumps(truth, indent=1) + "\n", encoding="utf-8")
    size = (arguments.out / "interview.flac").stat().st_size
    print(f"{truth['duration_s']:.1f} s, {len(truth['turns'])} turns, {size / 1e6:.2f} MB")
    for change in truth["changes"]:
        print(f"{change['t']:7.2f} {change['kind']} ({change['speaker']})")
    if arguments.check:
        check(sound, truth)


if __name__ == "__main__":
    main()
