"""The table of figures of two results: left, right, difference."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from illodesk.ui.plain import tip
from illodesk.ui.review.compare.figures import COUNTS, Figure
from illodesk.ui.review.wording import SIGNED, number, score_name
from illodesk.ui.theme import Theme
from illodesk.ui.words import isolated

Index = QModelIndex | QPersistentModelIndex


class FigureModel(QAbstractTableModel):
    """One figure in a row."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._figures: Sequence[Figure] = ()
        self._names = ("", "")

    def show_figures(self, figures: Sequence[Figure], names: tuple[str, str]) -> None:
        """Show these."""
        self.beginResetModel()
        self._figures, self._names = figures, names
        self.endResetModel()

    def figure(self, row: int) -> Figure:
        return self._figures[row]

    def row_of(self, name: str) -> int:
        """The row of a figure of everybody; -1 where it is not."""
        return next((i for i, f in enumerate(self._figures) if f.name == name and not f.speaker), -1)

    def rowCount(self, parent: Index | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else len(self._figures)

    def columnCount(self, parent: Index | None = None) -> int:  # noqa: N802
        return 0 if parent is not None and parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: N802
        if orientation != Qt.Orientation.Horizontal or role not in (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
        ):
            return None
        text = (self.tr("Mean or count"), *self._names, self.tr("Difference"))[section]
        return tip(text) if role == Qt.ItemDataRole.ToolTipRole else text

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        figure = self._figures[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(figure, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column():
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and index.column():
            return self._theme.font("base", tabular=True)
        if role == Qt.ItemDataRole.FontRole and not figure.speaker:
            return QFont(self._theme.font("base", bold=True))
        return None

    def _text(self, figure: Figure, column: int) -> str:
        if column == 0:
            return f"{isolated(figure.speaker)}: {self.name(figure)}" if figure.speaker else self.name(figure)
        value = (figure.left, figure.right, figure.difference)[column - 1]
        if value is None:
            return "–"
        decimals = 0 if figure.name in COUNTS else 2
        value = round(value, decimals)
        if column < 3:
            return f"{value:.0f}" if decimals == 0 else number(value, signed=figure.name in SIGNED)
        if value == 0:
            return "0"
        sign = "▲" if value > 0 else "▼"
        return f"{sign} {value:+.{decimals}f}".replace("-", "−")

    def name(self, figure: Figure) -> str:
        """What a figure is called."""
        return {
            "utterances": self.tr("Utterances"),
            "words": self.tr("Words"),
            "speakers": self.tr("Speakers"),
            "phases": self.tr("Phases"),
            "moments": self.tr("Moments"),
            "quality_index": self.tr("Quality, 0 to 100"),
            "talk_share": self.tr("Share of the talk"),
        }.get(figure.name) or score_name(figure.name)
