"""The lanes of the review page: everything that was found, over one shared time axis."""

from illodesk.ui.review.lanes.overview import Overview
from illodesk.ui.review.lanes.view import Lanes

__all__ = ["Lanes", "Overview"]
