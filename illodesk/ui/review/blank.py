"""What the review page shows while there is nothing to review: what to do, or what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from illodesk.desk import Conversation
from illodesk.ui.plain import plain
from illodesk.ui.theme import Theme
from illodesk.ui.words import clock, day

Choice = tuple[str, Callable[[], object]]


class Blank(QWidget):
    """A title, a sentence, and buttons; or the conversations that were added last."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._column = QVBoxLayout(self)
        self._column.setSpacing(theme.space(2))
        self.title = plain(QLabel())
        self.words = plain(QLabel())
        self.buttons: list[QPushButton] = []
        self.title.setProperty("role", "title")
        self.words.setProperty("role", "secondary")
        self.words.setWordWrap(True)
        self._column.addStretch(2)
        for label in (self.title, self.words):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(label)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(theme.space(1))
        self._column.addSpacing(theme.space(2))
        self._column.addLayout(self._choices)
        self._column.addStretch(3)

    def say(self, title: str, words: str = "", choices: Sequence[Choice] = ()) -> None:
        """Show this and nothing else."""
        self.title.setText(title)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        for button in self.buttons:
            self._choices.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for text, act in choices:
            button = QPushButton(text)
            button.setMinimumWidth(320)
            button.clicked.connect(partial(self._do, act))
            self._choices.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
            self.buttons.append(button)

    def offer(
        self, recent: Sequence[Conversation], take: Callable[[str], object], library: Callable[[], object]
    ) -> None:
        """Offer the conversations that there are."""
        if recent:
            lines = [(line_of(conversation), partial(take, conversation.id)) for conversation in recent]
            self.say(self.tr("Which conversation?"), self.tr("Added last:"), lines)
        else:
            self.say(
                self.tr("Nothing to review yet"),
                self.tr("Record a conversation, or import recordings into the library."),
                [(self.tr("Go to the library"), library)],
            )

    @staticmethod
    def _do(act: Callable[[], object], _checked: bool = False) -> None:
        act()


def line_of(conversation: Conversation) -> str:
    """A conversation in one line."""
    parts = [conversation.title or conversation.source_name, day(conversation.recorded_at or conversation.created_at)]
    if conversation.duration_s:
        parts.append(clock(conversation.duration_s))
    return "  ·  ".join(parts)
