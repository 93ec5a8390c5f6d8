"""How an utterance was said: pitch, level, spectrum, rhythm and the quality of the sound, by plain numpy."""

from illodesk.engine.prosody.measure import TRACK_COLUMNS, measure
from illodesk.engine.prosody.rhythm import FRAME_S

__all__ = ["FRAME_S", "TRACK_COLUMNS", "measure"]
