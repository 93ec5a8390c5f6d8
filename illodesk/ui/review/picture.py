"""The picture of a video recording, at the second of the playhead."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from illodesk.pictures import Picture, Pictures
from illodesk.ui.review.document import ReviewDocument
from illodesk.ui.review.wording import exact_clock
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.theme import Theme


class PictureView(QWidget):
    """There only while something with a picture is open."""

    _decoded = Signal(object)
    _failed = Signal(str)

    def __init__(self, theme: Theme, document: ReviewDocument) -> None:
        super().__init__()
        self._theme = theme
        self._document = document
        self._pictures: Pictures | None = None
        self._shown_of = ""
        self._words = ""
        self.image: QImage | None = None
        self.shown_s = -1.0
        """Second from which on the picture is seen; -1 while there is none."""
        self.setMinimumSize(QSize(160, 90))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Picture of the recording"))
        self._decoded.connect(self._on_decoded, Qt.ConnectionType.QueuedConnection)
        self._failed.connect(self._on_failed, Qt.ConnectionType.QueuedConnection)
        document.opened.connect(self._on_opened)
        self.hide()

    def _on_opened(self) -> None:
        result, media = self._document.result, self._document.media
        there = result is not None and media is not None and result.media.has_video
        if self._shown_of != self._document.conversation_id or not there:
            self.end()
        self.setVisible(there)

    def end(self) -> None:
        """Show nothing, and end the thread that decodes."""
        if self._pictures is not None:
            self._pictures.close()
            self._pictures = None
        self._shown_of, self._words, self.image, self.shown_s = "", "", None, -1.0
        self.update()

    def set_position(self, t: float) -> None:
        """Show the picture of a second, as soon as it is decoded."""
        media = self._document.media
        if media is None or self.isHidden() or not self.window().isVisible():
            return
        if self._pictures is None:
            self._shown_of = self._document.conversation_id
            self._pictures = Pictures(media, self._decoded.emit, self._failed.emit)
        self._pictures.want(t)

    def _on_decoded(self, picture: Picture) -> None:
        if self._pictures is None:
            return
        height, width, _ = picture.rgb.shape
        self.image = QImage(picture.rgb.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self.shown_s = picture.t
        self.setToolTip(exact_clock(picture.t))
        self.update()

    def _on_failed(self, words: str) -> None:
        self._words = trouble_words(words)
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(320, 180)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("background"))
        if self.image is not None:
            size = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            place = QRectF((self.width() - size.width()) / 2, (self.height() - size.height()) / 2, 0, 0)
            place.setSize(size)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self.image)
        elif self._words:
            painter.setPen(self._theme.colour("secondary"))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect(), flags, self._words)
        painter.end()
