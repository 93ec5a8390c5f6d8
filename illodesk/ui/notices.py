"""Messages that stop nobody: what happened, what is safe, what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from illodesk.ui.plain import plain
from illodesk.ui.sentences.work import trouble_words
from illodesk.ui.theme import Theme

Kind = Literal["info", "good", "warning", "error"]
Choice = tuple[str, Callable[[], object]]

SHOWN = 3
STAYS_MS = 10_000
WIDTH, NARROWEST = 460, 280


class Notice(QFrame):
    """One message with what can be done about it."""

    ended = Signal()

    def __init__(
        self, theme: Theme, kind: Kind, text: str, detail: str, choices: Sequence[Choice], stays: bool
    ) -> None:
        super().__init__()
        self.kind, self.text, self.detail = kind, text, detail
        self.setObjectName("notice")
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self._theme = theme
        self._sign = QLabel()
        close = self._close = QToolButton()
        close.setAccessibleName(self.tr("Close the message"))
        close.setToolTip(self.tr("Close"))
        close.setIconSize(QSize(16, 16))
        close.clicked.connect(self.end)
        head = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(4)
        for part, role in ((text, ""), (detail, "secondary")):
            if part:
                label = plain(QLabel(part))
                label.setWordWrap(True)
                label.setProperty("role", role)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                words.addWidget(label)
        head.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 10, 8, 10)
        column.addLayout(head)
        self.buttons: list[QPushButton] = []
        if choices:
            row = QHBoxLayout()
            row.addStretch(1)
            for name, act in choices:
                button = QPushButton(name)
                button.clicked.connect(lambda _checked=False, act=act: self._choose(act))
                row.addWidget(button)
                self.buttons.append(button)
            column.addLayout(row)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.end)
        if not stays:
            self._timer.start(STAYS_MS)
        self._stays = stays
        self.renew()

    def renew(self) -> None:
        """Draw the signs in the colours of the theme."""
        tokens = {"info": "accent", "good": "good", "warning": "warning", "error": "record"}
        self._sign.setPixmap(self._theme.icon(self.kind, tokens[self.kind]).pixmap(20, 20))
        self._close.setIcon(self._theme.icon("close", "secondary"))

    def end(self) -> None:
        """Take the message away."""
        self.rest()
        self.ended.emit()

    def rest(self) -> None:
        """Do not end by itself any more."""
        self._timer.stop()

    def _choose(self, act: Callable[[], object]) -> None:
        self.end()
        act()

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Whoever reads it has all the time."""
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        if not self._stays:
            self._timer.start(STAYS_MS)
        super().leaveEvent(event)


class Notices(QObject):
    """Shows messages over a widget, at the lower right of an area in it; the newest is lowest. Errors and warnings stay
    until closed."""

    changed = Signal()

    def __init__(self, over: QWidget, theme: Theme) -> None:
        super().__init__(over)
        self._over = self._area = over
        self._theme = theme
        self._shown: list[tuple[str, Notice]] = []
        over.installEventFilter(self)
        theme.changed.connect(self._renew)

    def lie_in(self, area: QWidget) -> None:
        """Lie here from now on: the widget itself, or one inside it."""
        if self._area is not self._over:
            self._area.removeEventFilter(self)
        self._area = area
        area.installEventFilter(self)
        self._place()

    def show(
        self,
        text: str,
        detail: str = "",
        *,
        kind: Kind = "info",
        choices: Sequence[Choice] = (),
        undo: Callable[[], object] | None = None,
        key: str = "",
        stays: bool | None = None,
    ) -> Notice:
        """Show a message. ``text`` says what happened, ``detail`` what is safe and what to do; both translated.

        ``undo`` adds an Undo button. A message with a ``key`` takes the place of the one before it with the same key.
        ``stays`` keeps it until it is closed; that is the default for warnings, errors and messages with choices.
        """
        offered = [*choices, *([(self.tr("Undo"), undo)] if undo is not None else [])]
        stays = (kind in ("warning", "error") or bool(choices)) if stays is None else stays
        notice = Notice(self._theme, kind, text, detail, offered, stays)
        if key:
            self.end(key)
        notice.ended.connect(lambda: self._remove(notice))
        notice.setParent(self._over)
        self._shown.append((key, notice))
        self._place()
        self._announce(f"{text} {detail}".strip(), urgent=kind in ("warning", "error"))
        self.changed.emit()
        return notice

    def error(self, error: Exception, *, key: str = "") -> Notice:
        """Say what went wrong: a DeskError in its own words, anything else as a fault of ours."""
        from illodesk.desk import DeskError

        if isinstance(error, DeskError):
            return self.show(trouble_words(error), kind="error", key=key)
        return self.show(
            self.tr("Something went wrong in IlloDesk itself."),
            self.tr("What is kept is safe. The log says where it happened ({kind}).").format(kind=type(error).__name__),
            kind="error",
            key=key,
        )

    def end(self, key: str) -> None:
        """Take the message with this key away, if it is shown."""
        for known, notice in list(self._shown):
            if known == key:
                self._remove(notice)

    def clear(self) -> None:
        """Take all messages away."""
        for notice in self.shown:
            notice.end()

    @property
    def shown(self) -> list[Notice]:
        """Messages that are there, oldest first."""
        return [notice for _, notice in self._shown]

    def _remove(self, notice: Notice) -> None:
        self._shown = [entry for entry in self._shown if entry[1] is not notice]
        notice.rest()
        notice.hide()
        notice.deleteLater()
        self._place()
        self.changed.emit()

    def _place(self) -> None:
        area = self._area if self._area.isVisibleTo(self._over) else self._over
        corner = area.mapTo(self._over, area.rect().bottomRight())
        bottom, width = corner.y() - 12, max(NARROWEST, min(WIDTH, area.width() - 32))
        newest = list(reversed(self.shown))
        for notice in newest[SHOWN:]:
            notice.hide()
        for notice in newest[:SHOWN]:
            notice.setFixedWidth(width)
            notice.resize(
                width, notice.heightForWidth(width) if notice.hasHeightForWidth() else notice.sizeHint().height()
            )
            notice.move(max(0, corner.x() - width - 16), bottom - notice.height())
            notice.show()
            notice.raise_()
            bottom -= notice.height() + 8

    def _renew(self) -> None:
        for notice in self.shown:
            notice.renew()
        self._place()

    def _announce(self, words: str, *, urgent: bool) -> None:
        """Tell a screen reader."""
        event = QAccessibleAnnouncementEvent(self._over, words)
        if urgent:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._place()
        return super().eventFilter(watched, event)
