"""Two runs or two conversations side by side."""

from illodesk.ui.review.compare.view import Compare

__all__ = ["Compare"]
