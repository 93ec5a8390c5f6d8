"""Write docs/server.md from the server's code: endpoints, events, errors, decisions and settings.

python packaging/build_server_page.py
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from pydantic import AliasChoices, BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from illodesk import schema
from illodesk.desk import Desk
from illodesk.server import wire
from illodesk.server.app import create_app
from illodesk.server.decisions import DECISIONS
from illodesk.server.errors import MEANING, STATUS_OF_CODE
from illodesk.settings import Settings

PAGE = Path(__file__).parents[1] / "docs" / "server.md"

HEAD = """# The server

Generated from the code by `make docs`; edit `illodesk/server/` and `packaging/build_server_page.py`.

`illodesk serve` opens the API on this machine, at http://127.0.0.1:8755. A client of the Illocution API works against
it when its base URL and key are changed, and nothing else. `/docs` and `/redoc` show every endpoint, can try them and
need no network. The first start without any key makes one and prints it once; `illodesk keys make NAME` makes more.

    illodesk serve                                        this machine only
    illodesk serve --lan                                  all networks of this machine; refused without a key
    illodesk serve --lan --tls-cert cert.pem --tls-key key.pem
    illodesk serve --cors https://mine.example            which web pages may call it; any by default

The first Ctrl+C or SIGTERM lets running requests end, the second stops at once. What a crash cut off is taken up by the
next start. The log goes to standard error, one JSON object a line, with the id of each request; it never holds queries,
bodies, file names, transcripts or keys.

Behind a reverse proxy on the same machine, leave the server on loopback and let the proxy end TLS; pass `Host` and
`X-Forwarded-Proto` on, and do not buffer `text/event-stream`. As a systemd unit:

    [Unit]
    Description=IlloDesk server
    After=network.target

    [Service]
    User=illodesk
    Environment=ILLODESK_DATA_DIR=/var/lib/illodesk
    ExecStart=/opt/illodesk/bin/illodesk serve
    Restart=on-failure
    TimeoutStopSec=60

    [Install]
    WantedBy=multi-user.target
"""

FLAT: dict[str, tuple[str, type[BaseModel]]] = {
    "transition": ("transition", schema.Transition),
    "moment": ("moment", schema.Moment),
    "summary_update": ("summary", schema.Summary),
}
"""Events that stand flat on the wire: which field of theirs is written out, and what is in it."""


def endpoints() -> list[str]:
    """Every operation of the OpenAPI document."""
    with tempfile.TemporaryDirectory() as folder, Desk(Settings(data_dir=Path(folder))) as desk:
        openapi = create_app(desk).openapi()
    rows = ["| endpoint | what it does | key | answers |", "|---|---|---|---|"]
    for path, item in openapi["paths"].items():
        for method, operation in item.items():
            answers = ", ".join(sorted(operation["responses"]))
            key = "yes" if operation.get("security") else "no"
            rows.append(f"| `{method.upper()} {path}` | {operation['summary']} | {key} | {answers} |")
    return rows


def event_models() -> dict[str, type[BaseModel]]:
    """The model of each event by its name."""
    models = (value for value in vars(schema).values() if isinstance(value, type) and issubclass(value, schema.Model))
    return {str(model.model_fields["event"].default): model for model in models if "event" in model.model_fields}


def fields_of(name: str) -> dict[str, str]:
    """The data of an event as it goes over the wire: fields and what they mean."""
    fields = {key: field for key, field in event_models()[name].model_fields.items() if key != "event"}
    if name in FLAT:
        inside, model = FLAT[name]
        fields = {**model.model_fields, **{key: field for key, field in fields.items() if key != inside}}
    about = {key: field.description or "" for key, field in fields.items()}
    if name == "done":
        about |= dict.fromkeys(wire.artifacts("", ""), "where the bundle is")
    return about


def events() -> list[str]:
    """A table of all events."""
    rows = ["| event | data |", "|---|---|"]
    for name in wire.EVENT_NAMES:
        data = "; ".join(f"`{key}`" + (f" ({about})" if about else "") for key, about in fields_of(name).items())
        rows.append(f"| `{name}` | {data} |")
    return rows


def errors() -> list[str]:
    """Statuses and what they mean, and the codes of the Desk behind them."""
    rows = ["| status | when | codes |", "|---|---|---|"]
    for status, meaning in MEANING.items():
        codes = ", ".join(f"`{code}`" for code, of in STATUS_OF_CODE.items() if of == status)
        rows.append(f"| {status} | {meaning} | {codes} |")
    return rows


def variables(name: str, field: FieldInfo) -> str:
    """Environment variables of a setting."""
    if isinstance(field.validation_alias, AliasChoices):
        return ", ".join(f"`{choice}`" for choice in field.validation_alias.choices if str(choice).isupper())
    return f"`ILLODESK_{name.upper()}`"


def default_of(name: str, field: FieldInfo) -> str:
    """The default of a setting for readers."""
    value: Any = field.get_default() if field.default is not PydanticUndefined else None
    if name == "data_dir":
        return "the user's data folder"
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{', '.join(value) if isinstance(value, list) else value}`"


def settings() -> list[str]:
    """Every setting."""
    rows = ["| setting | default | environment | what it is |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        assert field.description, name
        rows.append(f"| `{name}` | {default_of(name, field)} | {variables(name, field)} | {field.description} |")
    return rows


def build() -> str:
    """The whole page."""
    decisions = ["| open point | here |", "|---|---|", *(f"| {point} | {here} |" for point, here in DECISIONS)]
    parts = {
        "Endpoints": ["", *endpoints()],
        "Events": [
            "",
            "A stream is `text/event-stream`; each event has `id`, `event` and one line of JSON as `data`. Types and "
            "ranges are in [the vocabulary](reference/schema.md).",
            "",
            *events(),
        ],
        "Errors": ["", 'The body of every error is `{"detail": "words"}`.', "", *errors()],
        "What the contract leaves open": ["", *decisions],
        "Settings": [
            "",
            "In `settings.toml` in the data folder, or as environment variables, which win; lists are JSON there.",
            "",
            *settings(),
        ],
    }
    lines = [HEAD.rstrip()]
    for title, body in parts.items():
        lines += ["", f"## {title}", *body]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8")
    print(f"wrote {PAGE}")
