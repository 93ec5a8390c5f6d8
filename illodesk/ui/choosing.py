"""Dialogs for files and folders that stop nothing else: they are not modal, so that recording can go on beside."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from illodesk.desk import MEDIA_SUFFIXES


def choose_files(parent: QWidget, title: str, chosen: Callable[[list[str]], object]) -> QFileDialog:
    """Ask for recordings."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    patterns = " ".join(f"*{suffix}" for suffix in sorted(MEDIA_SUFFIXES))
    translate = QCoreApplication.translate
    recordings, everything = translate("Files", "Recordings"), translate("Files", "All files")
    dialog.setNameFilters([f"{recordings} ({patterns})", f"{everything} (*)"])
    dialog.filesSelected.connect(chosen)
    dialog.show()
    return dialog


def choose_folder(parent: QWidget, title: str, start: str, chosen: Callable[[str], object]) -> QFileDialog:
    """Ask for a folder."""
    dialog = _dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    if start:
        dialog.setDirectory(start)
    dialog.fileSelected.connect(chosen)
    dialog.show()
    return dialog


def choose_picture(parent: QWidget, title: str, name: str, chosen: Callable[[str], object]) -> QFileDialog:
    """Ask for the file of a picture that is saved; it ends in .png or .svg, and is called ``name`` unless renamed."""
    dialog = _dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilters(["PNG (*.png)", "SVG (*.svg)"])
    dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kind[:3].lower()))
    dialog.setDefaultSuffix("png")
    dialog.selectFile(name)
    dialog.fileSelected.connect(chosen)
    dialog.show()
    return dialog


def _dialog(parent: QWidget, title: str) -> QFileDialog:
    dialog = QFileDialog(parent.window(), title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setModal(False)
    return dialog
