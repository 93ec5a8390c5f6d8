"""Plots: nothing of them at the start, zoom and pan by key, and pictures of them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyqtgraph as pg
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QGraphicsView
from pytestqt.qtbot import QtBot

from illodesk.desk import Desk
from illodesk.ui.plotting import Axis, PlotPanel
from illodesk.ui.window import MainWindow

STARTED = "import sys, illodesk.ui.app, illodesk.ui.window, illodesk.ui.pages as pages; {load}; print(*sys.modules)"
LOAD = "[entry.load() for entry in pages.PAGES]"


class Numbers(PlotPanel):
    """A plot of a hundred points that tells where it was pointed."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window.context, Axis("bottom"), Axis("left"), lines=1)
        self.at, self.pointed, self.chosen = 0, [], 0
        self.set_whole(QRectF(0, 0, 10, 2))
        self.dress()

    def point(self, at: QPointF | None) -> None:
        self.pointed.append(at)

    def step(self, by: int) -> None:
        self.at = min(max(self.at + by, 0), 99)

    def choose(self) -> None:
        self.chosen += 1


@pytest.fixture
def plot(window: MainWindow, qtbot: QtBot) -> Numbers:
    plot = Numbers(window)
    qtbot.addWidget(plot)
    plot.resize(500, 300)
    plot.show()
    qtbot.waitExposed(plot)
    return plot


def test_no_page_imports_pyqtgraph_when_it_is_loaded() -> None:
    code = STARTED.format(load=LOAD)
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60).stdout
    assert "illodesk.ui.review.page" in loaded.split()
    assert [name for name in loaded.split() if name.startswith("pyqtgraph")] == []


def move_mouse(view: QGraphicsView, to: QPoint) -> None:
    """Move it at once, wherever the cursor of the system is."""
    none, at = Qt.MouseButton.NoButton, QPointF(to)
    where = view.viewport().mapToGlobal(at)
    event = QMouseEvent(QEvent.Type.MouseMove, at, where, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.viewport(), event)


def press(plot: Numbers, *keys: Qt.Key, shift: bool = False) -> None:
    for key in keys:
        QTest.keyClick(plot.view, key, Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier)


def test_keys_zoom_pan_and_show_everything_again(plot: Numbers) -> None:
    whole = plot.box.viewRect()
    press(plot, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    near = plot.box.viewRect()
    assert near.width() == pytest.approx(0.64 * whole.width())
    press(plot, Qt.Key.Key_Right, Qt.Key.Key_Down, shift=True)
    there = plot.box.viewRect()
    assert there.left() == pytest.approx(near.left() + 0.1 * near.width())
    assert there.top() == pytest.approx(near.top() - 0.1 * near.height())
    press(plot, Qt.Key.Key_F)
    assert plot.box.viewRect() == whole
    press(plot, Qt.Key.Key_Minus)
    press(plot, Qt.Key.Key_Left, shift=True)
    assert plot.box.viewRect() == whole  # nothing lies beyond


def test_a_place_out_of_view_is_panned_to(plot: Numbers) -> None:
    press(plot, *[Qt.Key.Key_Plus] * 8)
    before = plot.box.viewRect()
    plot.reveal(before.center() + QPointF(before.width() / 4, 0))
    assert plot.box.viewRect() == before
    plot.reveal(QPointF(9.9, 1.9))
    after = plot.box.viewRect()
    assert after.contains(QPointF(9.9, 1.9))
    assert after.width() == pytest.approx(before.width())


def test_arrows_go_from_point_to_point_and_enter_chooses(plot: Numbers) -> None:
    press(plot, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert plot.at == 1
    press(plot, Qt.Key.Key_End)
    assert plot.at == 99
    press(plot, Qt.Key.Key_Home)
    assert plot.at == 0
    press(plot, Qt.Key.Key_Return)
    assert plot.chosen == 1


def test_the_tab_key_leaves_the_plot(plot: Numbers, qtbot: QtBot) -> None:
    plot.activateWindow()
    qtbot.waitUntil(plot.isActiveWindow)
    plot.view.setFocus()
    for control in (plot.fit_button, plot.save_button, plot.view):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is control
    QTest.keyClick(plot.view, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is plot.save_button


def test_a_double_click_shows_everything_again(plot: Numbers) -> None:
    whole = plot.box.viewRect()
    press(plot, Qt.Key.Key_Plus)
    middle = plot.view.mapFromScene(plot.box.sceneBoundingRect().center())
    QTest.mouseClick(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert plot.chosen == 1
    QTest.mouseDClick(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseRelease(plot.view.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert plot.box.viewRect() == whole


def test_the_mouse_points_in_the_units_of_the_axes(plot: Numbers) -> None:
    move_mouse(plot.view, plot.view.mapFromScene(plot.box.sceneBoundingRect().center()))
    assert plot.pointed[-1].x() == pytest.approx(5, abs=0.1)
    assert plot.pointed[-1].y() == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("mode", ["light", "dark", "contrast"])
def test_it_is_drawn_in_the_colours_of_the_theme(plot: Numbers, mode: str) -> None:
    theme = plot.theme
    theme.set_mode(mode)  # type: ignore[arg-type]
    picture = QImage.fromData(plot.picture(".png"), "PNG")
    assert picture.width() == 2 * plot.view.width()
    assert picture.pixelColor(1, 1) == theme.colour("surface")
    colours = {QColor(picture.pixel(x, y)).name() for x in range(200) for y in (200, 201)}
    assert theme.colour("control_border").name() in colours


def test_the_legend_is_written_in_the_colours_of_the_theme(plot: Numbers) -> None:
    theme = plot.theme
    curve = pg.PlotCurveItem([0, 1], [0, 1], pen=pg.mkPen(theme.colour("record")))
    plot.plot.addItem(curve)
    plot.name(curve, "Both <i>and</i> all the others whose name is long", 200)
    for mode in ("light", "dark", "contrast"):
        theme.set_mode(mode)  # type: ignore[arg-type]
        drawn = plot.view.grab(plot.view.mapFromScene(plot.legend.sceneBoundingRect()).boundingRect()).toImage()
        inks = {drawn.pixelColor(x, y).name() for x in range(drawn.width()) for y in range(drawn.height())}
        assert theme.colour("text").name() in inks
    ((_, label),) = plot.legend.items
    assert label.text.startswith("Both &lt;i&gt;")
    assert "…" in label.text


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_picture_is_saved_where_the_user_wants_it(
    plot: Numbers, window: MainWindow, qtbot: QtBot, tmp_path: Path, suffix: str
) -> None:
    plot.save_button.click()
    (dialog,) = window.findChildren(QFileDialog) or plot.findChildren(QFileDialog)
    file = tmp_path / f"plot{suffix}"
    dialog.fileSelected.emit(str(file))
    dialog.close()
    qtbot.waitUntil(lambda: [notice.kind for notice in window.context.notices.shown] == ["good"])
    read: Callable[[bytes], object] = QImage.fromData if suffix == ".png" else QSvgRenderer
    picture = read(file.read_bytes())
    assert isinstance(picture, QImage | QSvgRenderer)
    assert picture.size() == 2 * plot.view.size() if isinstance(picture, QImage) else picture.isValid()


def test_both_kinds_of_picture_show_the_same(plot: Numbers) -> None:
    plot.plot.addItem(pg.PlotCurveItem([0, 4, 10], [0, 2, 1], pen=pg.mkPen(plot.theme.colour("text"), width=3)))
    press(plot, Qt.Key.Key_Plus)  # so that something lies outside
    dots = QImage.fromData(plot.picture(".png"), "PNG")
    drawn = QImage(dots.size(), dots.format())
    painter = QPainter(drawn)
    QSvgRenderer(plot.picture(".svg")).render(painter)
    painter.end()
    pixels = [np.frombuffer(image.constBits(), np.uint8).astype(float) for image in (dots, drawn)]
    assert np.ptp(pixels[0]) > 200
    inked = pixels[0] < 128
    assert (np.abs(pixels[0] - pixels[1])[inked] > 100).mean() < 0.02


def test_a_folder_that_is_gone_is_said(plot: Numbers, window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    plot.save(str(tmp_path / "gone" / "plot.png"))
    qtbot.waitUntil(lambda: [notice.kind for notice in window.context.notices.shown] == ["error"])


def test_many_are_made_and_deleted_without_a_trace(window: MainWindow, qtbot: QtBot, empty_desk: Desk) -> None:
    for _ in range(10):
        plot = Numbers(window)
        plot.show()
        plot.view.grab()
        with qtbot.waitSignal(plot.destroyed):
            plot.close()
            plot.deleteLater()
    window.context.theme.set_mode("dark")  # what is gone hears nothing
