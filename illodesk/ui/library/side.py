"""What can stand at the right of the table: details of what is selected, or its export."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from illodesk.ui.context import AppContext
from illodesk.ui.exporting.panel import ExportPanel
from illodesk.ui.library.details import Details, Selected


class Side(QStackedWidget):
    """Each part is made when it is first shown: together they are a third of what the page costs at once.

    ``wanted`` is what the details tell, and ``closed`` what the export does.
    """

    wanted = Signal(str, object, object)
    closed = Signal()

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._details: Details | None = None
        self._export: ExportPanel | None = None
        self._projects: list[str] = []

    @property
    def details(self) -> Details:
        """What is known of the selected conversations, to be changed."""
        if self._details is None:
            self._details = Details(self._context)
            self._details.wanted.connect(self.wanted)
            self._details.offer_projects(self._projects)
            self.addWidget(self._details)
        return self._details

    @property
    def export_panel(self) -> ExportPanel:
        """Formats and where they are written."""
        if self._export is None:
            self._export = ExportPanel(self._context)
            self._export.closed.connect(self.closed)
            self.addWidget(self._export)
        return self._export

    @property
    def exporting(self) -> bool:
        """Whether the export is what is shown."""
        return self._export is not None and self.currentWidget() is self._export

    def show_details(self) -> None:
        """Let the details be what is shown."""
        self.setCurrentWidget(self.details)

    def show_export(self) -> None:
        """Let the export be what is shown."""
        self.setCurrentWidget(self.export_panel)

    def offer_projects(self, names: Sequence[str]) -> None:
        """The projects that there are."""
        self._projects = list(names)
        if self._details is not None:
            self._details.offer_projects(names)

    def show_selected(self, selected: Selected) -> None:
        """Fill what there is with what is selected."""
        if self._details is not None:
            self._details.show_selected(selected)
        if self._export is not None:
            self._export.offer(selected.ids)

    def take_over(self) -> None:
        """Keep what was typed into the details."""
        if self._details is not None:
            self._details.take_over()
