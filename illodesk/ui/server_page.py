"""The API server: its switch, its address, who may use it, and what is being asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import segno
from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from illodesk.desk import KeyRecord
from illodesk.settings import change_settings, variables_set
from illodesk.ui.commands import Command
from illodesk.ui.context import AppContext
from illodesk.ui.number_boxes import CountBox
from illodesk.ui.page import Page
from illodesk.ui.plain import plain
from illodesk.ui.server_switch import RequestLine
from illodesk.ui.status_bar import tell
from illodesk.ui.words import moment

ASK_MS = 1000
SHOWN_REQUESTS = 50
QR_SIDE = 150
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what the user chose, with a key
HERE = "127.0.0.1"
KEY = Qt.ItemDataRole.UserRole


class ServerPage(Page):
    """Starting and stopping happen in a task; nothing here waits for them."""

    name = "server"

    def __init__(self, context: AppContext, parent: QWidget | None = None) -> None:
        super().__init__(context, parent)
        self._switching = False
        self._keys: list[KeyRecord] = []
        self._requests: list[RequestLine] = []
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 24, 24, 16)
        column.setSpacing(16)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self._build_switch(), 3)
        top.addWidget(self._build_address(), 2)
        column.addLayout(top)
        column.addWidget(self._build_keys())
        column.addWidget(self._build_requests(), 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_MS)
        self._timer.timeout.connect(self._show_requests)
        context.theme.changed.connect(self._show_state)

    def title(self) -> str:
        return self.tr("Server")

    def commands(self) -> list[Command]:
        return [
            Command(
                "server.switch",
                self.tr("Start or stop the server"),
                self.switch,
                menu="file",
                icon="server",
                enabled=lambda: self.context.server is not None and not self._switching,
                anywhere=True,
            ),
            Command(
                "server.copy_address",
                self.tr("Copy the server's address"),
                self._copy_address,
                icon="copy",
                enabled=lambda: self._running,
                anywhere=True,
            ),
        ]

    def opened(self, **_what: Any) -> None:
        settings = self.context.settings
        self.port.setValue(settings.server_port)
        self.lan.setChecked(settings.server_host not in (HERE, "localhost", "::1"))
        self._read_keys()
        self._show_state()
        self._show_requests()
        self._timer.start()

    def closed(self) -> None:
        self._timer.stop()

    def ending(self) -> None:
        self._timer.stop()
        if self._running and self.context.server is not None:
            self.context.server.stop()

    # --- looks ------------------------------------------------------------------------------------------------------

    def _card(self, title: str) -> tuple[QFrame, QVBoxLayout]:
        card = QFrame()
        card.setProperty("card", True)
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        column.addWidget(heading)
        return card, column

    def _build_switch(self) -> QFrame:
        card, column = self._card(self.tr("Let other programs use IlloDesk"))
        words = QLabel(
            self.tr(
                "The server offers analysis and the library as an API on this machine. Every request needs a key. "
                "Nothing leaves the machine unless you open it to the local network."
            )
        )
        words.setProperty("role", "secondary")
        words.setWordWrap(True)
        column.addWidget(words)
        self.state = QLabel()
        self.state.setWordWrap(True)
        self.port = CountBox()
        self.port.setRange(0, 65535)
        self.port.setAccessibleName(self.tr("Port"))
        self.port.setToolTip(self.tr("0 takes a free one"))
        self.lan = QCheckBox(self.tr("Open to the local network (needs a key)"))
        self.button = QPushButton()
        self.button.clicked.connect(self.switch)
        row = QHBoxLayout()
        label = QLabel(self.tr("Port"))
        label.setBuddy(self.port)
        for part in (label, self.port, self.lan):
            row.addWidget(part)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(self.state)
        column.addStretch(1)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        return card

    def _build_address(self) -> QFrame:
        card, column = self._card(self.tr("Address"))
        self.address = QLineEdit()
        self.address.setReadOnly(True)
        self.address.setAccessibleName(self.tr("Address of the server"))
        self.copy = QPushButton(self.tr("Copy"))
        self.copy.clicked.connect(self._copy_address)
        row = QHBoxLayout()
        row.addWidget(self.address, 1)
        row.addWidget(self.copy)
        column.addLayout(row)
        self.qr = QLabel()
        self.qr.setFixedSize(QR_SIDE, QR_SIDE)
        self.qr_words = QLabel()
        self.qr_words.setProperty("role", "secondary")
        self.qr_words.setWordWrap(True)
        lower = QHBoxLayout()
        lower.setSpacing(12)
        lower.addWidget(self.qr)
        lower.addWidget(self.qr_words, 1)
        column.addLayout(lower)
        column.addStretch(1)
        return card

    def _build_keys(self) -> QFrame:
        card, column = self._card(self.tr("Keys"))
        self.keys = table(
            self.tr("Keys"), [self.tr("Name"), self.tr("Made"), self.tr("Last used"), self.tr("State"), self.tr("Id")]
        )
        self.keys.setFixedHeight(120)
        self.keys.currentItemChanged.connect(self._on_key)
        column.addWidget(self.keys)
        self.key_name = QLineEdit()
        self.key_name.setPlaceholderText(self.tr("Whose key it is"))
        self.key_name.setAccessibleName(self.tr("Name of a new key"))
        self.key_name.setMinimumWidth(230)
        self.key_name.setMaximumWidth(260)
        self.key_name.returnPressed.connect(self._make_key)
        self.make, self.rotate = QPushButton(self.tr("Make a key")), QPushButton(self.tr("New secret"))
        self.revoke = QPushButton(self.tr("Revoke…"))
        self.revoke.setProperty("danger", True)
        self.rotate.setToolTip(self.tr("The old secret works for 24 hours more"))
        self.make.clicked.connect(self._make_key)
        self.rotate.clicked.connect(self._rotate_key)
        self.revoke.clicked.connect(self._ask_revoke)
        row = QHBoxLayout()
        row.addWidget(self.key_name)
        row.addWidget(self.make)
        row.addStretch(1)
        row.addWidget(self.rotate)
        row.addWidget(self.revoke)
        column.addLayout(row)
        column.addWidget(self._build_confirmation())
        column.addWidget(self._build_secret())
        return card

    def _build_confirmation(self) -> QWidget:
        self.confirmation = QWidget()
        row = QHBoxLayout(self.confirmation)
        row.setContentsMargins(0, 0, 0, 0)
        self.confirmation_words = plain(QLabel())
        self.confirmation_words.setWordWrap(True)
        tell(self.confirmation_words, "warning")
        self.confirm, keep = QPushButton(self.tr("Revoke for good")), QPushButton(self.tr("Keep it"))
        self.confirm.setProperty("danger", True)
        self.confirm.clicked.connect(self._revoke_key)
        keep.clicked.connect(self.confirmation.hide)
        row.addWidget(self.confirmation_words, 1)
        row.addWidget(keep)
        row.addWidget(self.confirm)
        self.confirmation.hide()
        return self.confirmation

    def _build_secret(self) -> QWidget:
        self.secret_box = QWidget()
        grid = QGridLayout(self.secret_box)
        grid.setContentsMargins(0, 0, 0, 0)
        self.secret_words = plain(QLabel())
        self.secret_words.setWordWrap(True)
        self.secret = QLineEdit()
        self.secret.setReadOnly(True)
        self.secret.setAccessibleName(self.tr("Secret of the key"))
        copy, done = QPushButton(self.tr("Copy")), QPushButton(self.tr("Done"))
        copy.clicked.connect(lambda: self._copy(self.secret.text()))
        done.clicked.connect(self._forget_secret)
        grid.addWidget(self.secret_words, 0, 0, 1, 3)
        grid.addWidget(self.secret, 1, 0)
        grid.addWidget(copy, 1, 1)
        grid.addWidget(done, 1, 2)
        self.secret_box.hide()
        return self.secret_box

    def _build_requests(self) -> QFrame:
        card, column = self._card(self.tr("Requests"))
        self.requests = table(
            self.tr("Requests"),
            [self.tr("When"), self.tr("What"), self.tr("From"), self.tr("Key"), self.tr("Answer"), self.tr("Took")],
        )
        self.requests.header().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.requests.header().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self.requests.setMinimumHeight(140)
        column.addWidget(self.requests, 1)
        return card

    # --- the switch -------------------------------------------------------------------------------------------------

    @property
    def _running(self) -> bool:
        return self.context.server is not None and self.context.server.running

    def switch(self) -> None:
        """Start the server, or stop it."""
        server = self.context.server
        if server is None or self._switching:
            return
        self._switching = True
        if self._running:
            self.context.tasks.run(server.stop, done=self._on_switched, failed=self._on_refused)
        else:
            host = EVERYWHERE if self.lan.isChecked() else HERE
            port, lan = self.port.value(), self.lan.isChecked()
            self.context.tasks.run(
                lambda: server.start(host, port, allow_lan=lan), done=self._on_switched, failed=self._on_refused
            )
        self._show_state()

    def _on_switched(self, _nothing: object) -> None:
        self._switching = False
        self.context.notices.end("server")
        if self._running:
            self._remember()
        self.context.status.changed.emit()
        self._show_state()

    def _on_refused(self, error: Exception) -> None:
        self._switching = False
        if self.lan.isChecked() and not any(key.revoked_at is None for key in self._keys):
            self.context.notices.show(
                self.tr("The local network needs a key first."),
                self.tr("Make one below, then start the server. Nothing is open now."),
                kind="warning",
                key="server",
            )
            self.key_name.setFocus()
        else:
            self.context.notices.error(error, key="server")
        self._show_state()

    def _remember(self) -> None:
        """The choice that worked is offered again at the next start."""
        lan = self.lan.isChecked()
        wanted = {"server_host": EVERYWHERE if lan else HERE, "server_port": self.port.value(), "allow_lan": lan}
        settings, decided = self.context.settings, variables_set()
        changed = {
            name: value for name, value in wanted.items() if name not in decided and value != getattr(settings, name)
        }
        if changed:
            try:
                change_settings(settings, **changed)
            except (OSError, ValueError):
                self.context.notices.show(
                    self.tr("The server runs, but the settings file could not be written."),
                    self.tr("The next start offers what was set before."),
                    kind="warning",
                    key="server",
                )

    def _show_state(self) -> None:
        server, running = self.context.server, self._running
        self.button.setText(self.tr("Stop the server") if running else self.tr("Start the server"))
        self.button.setProperty("primary", not running)
        self.button.setEnabled(server is not None and not self._switching)
        self.button.style().unpolish(self.button)
        self.button.style().polish(self.button)
        self.port.setEnabled(not running and not self._switching)
        self.lan.setEnabled(not running and not self._switching)
        lan = server.lan_addresses() if server is not None and running else []
        if server is None:
            self.state.setText(self.tr("The server cannot be started from here."))
        elif self._switching:
            self.state.setText(self.tr("Stopping…") if running else self.tr("Starting…"))
        elif lan:
            self.state.setText(self.tr("On. Machines in the local network can reach it with a key."))
        elif running:
            self.state.setText(self.tr("On. Only programs on this machine can reach it."))
        else:
            self.state.setText(self.tr("Off. No other program can reach IlloDesk."))
        tell(self.state, "warning" if lan else "good" if running else "")
        address = (lan or [server.address])[0] if server is not None and running else ""
        self.address.setText(address)
        self.copy.setEnabled(bool(address))
        self._show_qr(lan[0] if lan else "")
        self.context.commands.refresh()

    def _show_qr(self, address: str) -> None:
        self.qr.setVisible(bool(address))
        if address:
            self.qr.setPixmap(QPixmap.fromImage(qr_image(address, QR_SIDE)))
            self.qr.setAccessibleName(self.tr("QR code of {address}").format(address=address))
            self.qr_words.setText(self.tr("Scan it with a device in the same network to get the address."))
        else:
            self.qr_words.setText(self.tr("A QR code for other devices appears when the local network is open."))

    def _copy_address(self) -> None:
        self._copy(self.address.text())

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.context.notices.show(self.tr("Copied."), kind="good", key="copied")

    # --- keys -------------------------------------------------------------------------------------------------------

    def _read_keys(self) -> None:
        self.context.tasks.run(self.context.desk.keys, done=self._show_keys)

    def _show_keys(self, keys: list[KeyRecord]) -> None:
        self._keys = keys
        selected = self._selected_key
        self.keys.clear()
        for key in keys:
            item = QTreeWidgetItem(
                [
                    key.name,
                    moment(key.created_at),
                    moment(key.last_used_at) if key.last_used_at else self.tr("never"),
                    self._key_state(key),
                    key.id,
                ]
            )
            item.setData(0, KEY, key.id)
            self.keys.addTopLevelItem(item)
            if selected is not None and key.id == selected.id:
                self.keys.setCurrentItem(item)
        if not keys:
            self.keys.addTopLevelItem(nothing_yet(self.tr("No keys yet. Make one below.")))
        self._on_key()

    def _key_state(self, key: KeyRecord) -> str:
        if key.revoked_at is not None:
            return self.tr("revoked {when}").format(when=moment(key.revoked_at))
        if key.previous_until is not None and key.previous_until > datetime.now(UTC):
            return self.tr("good; the old secret until {when}").format(when=moment(key.previous_until))
        return self.tr("good")

    @property
    def _selected_key(self) -> KeyRecord | None:
        item = self.keys.currentItem()
        wanted = None if item is None else item.data(0, KEY)
        return next((key for key in self._keys if key.id == wanted), None)

    def _on_key(self) -> None:
        key = self._selected_key
        good = key is not None and key.revoked_at is None
        self.rotate.setEnabled(good)
        self.revoke.setEnabled(good)
        self.confirmation.hide()

    def _make_key(self) -> None:
        name = self.key_name.text().strip()
        if not name:
            self.context.notices.show(self.tr("Say whose key it is, then make it."), key="key")
            self.key_name.setFocus()
            return
        self.key_name.clear()
        self.context.tasks.run(self.context.desk.make_key, name, done=self._show_secret)

    def _rotate_key(self) -> None:
        key = self._selected_key
        if key is not None:
            self.context.tasks.run(self.context.desk.rotate_key, key.id, done=self._show_secret)

    def _show_secret(self, made: tuple[KeyRecord, str]) -> None:
        key, secret = made
        self.secret_words.setText(
            self.tr("The secret of “{name}”. It is shown this once: copy it now, nobody can list it later.").format(
                name=key.name
            )
        )
        self.secret.setText(secret)
        self.secret_box.show()
        self.secret.setFocus()
        self.secret.selectAll()
        self._read_keys()

    def _forget_secret(self) -> None:
        self.secret.clear()
        self.secret_box.hide()

    def _ask_revoke(self) -> None:
        key = self._selected_key
        if key is not None:
            self.confirmation_words.setText(
                self.tr("Whoever uses “{name}” is shut out at once. This cannot be undone.").format(name=key.name)
            )
            self.confirmation.show()
            self.confirm.setFocus()

    def _revoke_key(self) -> None:
        key = self._selected_key
        self.confirmation.hide()
        if key is not None:
            self.context.tasks.run(self.context.desk.revoke_key, key.id, done=self._on_revoked)

    def _on_revoked(self, key: KeyRecord) -> None:
        self.context.notices.show(self.tr("“{name}” is revoked.").format(name=key.name), key="key")
        self._read_keys()

    # --- requests ---------------------------------------------------------------------------------------------------

    def _show_requests(self) -> None:
        lines: Sequence[RequestLine] = [] if self.context.server is None else self.context.server.requests()
        if list(lines) == self._requests and self.requests.topLevelItemCount():
            return
        self._requests = list(lines)
        names = {key.id: key.name for key in self._keys}
        self.requests.clear()
        for line in lines[:SHOWN_REQUESTS]:
            self.requests.addTopLevelItem(
                QTreeWidgetItem(
                    [
                        f"{line.started_at.astimezone():%H:%M:%S}",
                        f"{line.method} {line.route}".strip(),
                        line.client,
                        names.get(line.key_id, line.key_id),
                        self.tr("going on") if line.status is None else str(line.status),
                        "" if line.ms is None else self.tr("{n} ms").format(n=f"{line.ms:.0f}"),
                    ]
                )
            )
        if not lines:
            self.requests.addTopLevelItem(nothing_yet(self.tr("Nothing was asked yet.")))


def table(name: str, columns: list[str]) -> QTreeWidget:
    """A plain table whose first column takes the room that is left."""
    tree = QTreeWidget()
    tree.setAccessibleName(name)
    tree.setHeaderLabels(columns)
    tree.setRootIsDecorated(False)
    tree.setUniformRowHeights(True)
    tree.setAlternatingRowColors(True)
    tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    tree.header().setStretchLastSection(False)
    for column in range(len(columns)):
        tree.header().setSectionResizeMode(
            column, QHeaderView.ResizeMode.ResizeToContents if column else QHeaderView.ResizeMode.Stretch
        )
    return tree


def nothing_yet(words: str) -> QTreeWidgetItem:
    """A line that says why there are no others; it cannot be selected."""
    item = QTreeWidgetItem([words])
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    item.setFirstColumnSpanned(True)
    return item


def qr_image(text: str, side: int) -> QImage:
    """A QR code, dark on light whatever the theme, as readers want it; ``side`` px wide with its quiet zone."""
    rows = [bytes(0 if dark else 255 for dark in row) for row in segno.make_qr(text, error="m").matrix_iter(border=4)]
    width = len(rows)
    image = QImage(b"".join(rows), width, width, width, QImage.Format.Format_Grayscale8).copy()
    return image.scaled(QSize(side, side), mode=Qt.TransformationMode.FastTransformation)
