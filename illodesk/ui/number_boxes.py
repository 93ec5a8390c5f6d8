"""Boxes for numbers. Qt's style sheets cannot move the text of a spin box away from its border; margins can."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox

MARGIN = 6


class CountBox(QSpinBox):
    """A whole number."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(MARGIN, 0, 0, 0)


class FigureBox(QDoubleSpinBox):
    """A figure, without the decimals that it does not have."""

    def __init__(self) -> None:
        super().__init__()
        self.lineEdit().setTextMargins(MARGIN, 0, 0, 0)

    def textFromValue(self, value: float) -> str:  # noqa: N802
        text, point = super().textFromValue(value), self.locale().decimalPoint()
        return text.rstrip("0").rstrip(point) if point in text else text
