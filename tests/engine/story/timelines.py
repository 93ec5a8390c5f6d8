"""Small timelines for the tests of the story."""

from __future__ import annotations

import numpy as np

from illodesk.engine.conduct.markers import find_markers
from illodesk.schema import Cognitive, Emotion, Timing, Utterance


def say(index: int, text: str = "", speaker: str = "Speaker_0", at: float | None = None, **rest: object) -> Utterance:
    """An utterance of 3 s every 5 s, with the product's own markers."""
    start = index * 5.0 if at is None else at
    fields: dict[str, object] = {
        "utterance_id": f"utt_{index:04d}",
        "speaker": speaker,
        "t_start": start,
        "t_end": start + 3.0,
        "text": text,
        "asr_confidence": 1.0,
        "lexical_markers": find_markers(text),
    }
    return Utterance(**{**fields, **rest})


def tracked(index: int, speaker: str = "Speaker_0", **values: float | None) -> Utterance:
    """An utterance with given valence, arousal and engagement."""
    emotion = Emotion(valence=values.get("valence"), arousal=values.get("arousal"), confidence=0.2)
    return say(index, speaker=speaker, emotion=emotion, cognitive=Cognitive(engagement=values.get("engagement")))


def noisy(level: list[float], seed: int, sd: float = 0.2) -> list[Utterance]:
    """One speaker whose arousal follows ``level`` with noise; valence and engagement stay put with noise."""
    rng = np.random.default_rng(seed)
    return [
        tracked(
            i,
            arousal=float(np.clip(a + sd * rng.standard_normal(), -1, 1)),
            valence=float(np.clip(0.15 * rng.standard_normal(), -1, 1)),
            engagement=float(np.clip(0.5 + 0.08 * rng.standard_normal(), 0, 1)),
        )
        for i, a in enumerate(level)
    ]


def interview() -> list[Utterance]:
    """About two and a half minutes between two people, on travel and then on cooking."""
    travel = [
        "Tell me about your last journey by train.",
        "We took the night train through the mountains to the coast.",
        "How long did the train journey take?",
        "The train needed eleven hours, the ticket was cheap.",
        "Did you meet other travellers on the train?",
        "Yes, two travellers shared our compartment and their tickets.",
        "Would you take a night train to the coast again?",
        "The journey was slow but the mountains at night were beautiful.",
        "Which station did the journey start from?",
        "From the central station, platform nine, with heavy luggage.",
        "And was the luggage a problem on the train?",
        "The compartment had room for all luggage.",
    ]
    cooking = [
        "Let's move on to cooking. What do you cook at home?",
        "I cook soup with vegetables and fresh bread.",
        "Which vegetables go into the soup?",
        "Carrots, onions and potatoes, the soup needs an hour.",
        "Do you bake the bread yourself?",
        "I bake the bread in a hot oven with rye flour.",
        "What flour do you recommend for baking bread?",
        "Rye flour and some salt, then the oven does the baking.",
        "And who eats the soup and the bread?",
        "My family eats soup, the neighbours get the bread.",
        "Do the children like vegetables in the soup?",
        "They like potatoes and carrots, but never onions.",
    ]
    return [say(i, text, f"Speaker_{i % 2}", at=i * 6.2) for i, text in enumerate(travel + cooking)]


def answering(utterance: Utterance, gap: float, **rest: object) -> Utterance:
    return utterance.model_copy(update={"timing": Timing(gap_s=gap, **rest)})
