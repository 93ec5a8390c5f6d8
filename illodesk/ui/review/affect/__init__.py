"""The affect plane: every utterance by how pleasant and how lively it sounds."""

from illodesk.ui.review.affect.plane import AffectPlane

__all__ = ["AffectPlane"]
