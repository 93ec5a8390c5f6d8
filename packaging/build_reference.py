"""Write docs/reference/schema.md from illodesk/schema.py: every model, field, type, default, unit and range.

python packaging/build_reference.py
"""

from __future__ import annotations

import inspect
import types
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from illodesk import schema

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "schema.md"

HEAD = """# The vocabulary

Generated from `illodesk/schema.py` by `make docs`; edit it there. Server, store, exports and app all speak these
models.

Times are in seconds from the start of the sound unless a name ends in `_ms`. Scores go from 0 to 1; valence, arousal,
dominance, polarity and contributions are signed. No value (`null`) means "not enough evidence" or "not allowed", never
zero. Unknown keys are dropped on reading, so that newer results open in older builds.
"""


def type_name(annotation: Any) -> str:
    """An annotation for readers: names of models link to their section, None is `null`."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return type_name(arguments[0]) + limits(arguments[1:])
    if origin in (Union, types.UnionType):
        return " or ".join(type_name(argument) for argument in arguments)
    if origin is Literal:
        return " \\| ".join(f"`{argument}`" for argument in arguments)
    if origin in (list, tuple):
        return f"list of {type_name(arguments[0])}"
    if origin is dict:
        return f"map of {type_name(arguments[0])} to {type_name(arguments[1])}"
    if annotation is type(None):
        return "null"
    if annotation is Any:
        return "any"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel | StrEnum):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return {"str": "text", "float": "number", "int": "integer", "bool": "true or false"}[annotation.__name__]


def limits(metadata: Any) -> str:
    """Range constraints such as ``, 0..1``; empty when there are none."""
    low = next((m for m in metadata if isinstance(m, Ge | Gt)), None)
    high = next((m for m in metadata if isinstance(m, Le | Lt)), None)
    if low is not None and high is not None:
        return f", {bound(low):g}..{bound(high):g}"
    if low is not None:
        return f", at least {bound(low):g}"
    return f", at most {bound(high):g}" if high is not None else ""


def bound(constraint: Any) -> float:
    """The number inside a constraint."""
    return float(next(getattr(constraint, name) for name in ("ge", "gt", "le", "lt") if hasattr(constraint, name)))


def default_of(field: FieldInfo) -> str:
    """The default for readers; empty when the field must be given or starts out empty."""
    if field.default_factory is not None:
        value = field.get_default(call_default_factory=True, validated_data={})
        value = [str(item) for item in value] if isinstance(value, list) else None
    else:
        value = field.default
    if value is PydanticUndefined:
        return "required"
    if value in (None, "", [], {}) and not isinstance(value, bool | int | float):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    return f"`{', '.join(value) if isinstance(value, list) else value}`"


def table(model: type[BaseModel]) -> list[str]:
    """The field table of one model; computed fields come last."""
    rows = [
        (name, type_name(field.annotation) + limits(field.metadata), default_of(field), field.description or "")
        for name, field in model.model_fields.items()
    ]
    rows += [
        (name, type_name(field.return_type), "computed", field.description or "")
        for name, field in model.model_computed_fields.items()
    ]
    if not rows:
        return []
    head = ["| field | type | default | meaning, unit, range |", "|---|---|---|---|"]
    return [*head, *(f"| `{name}` | {kind} | {default} | {about} |" for name, kind, default, about in rows), ""]


def section(thing: type) -> list[str]:
    """One model or enumeration: heading, docstring where it has one, fields or values."""
    about = inspect.cleandoc(thing.__doc__ or "").replace("``", "`")
    lines = [f"### {thing.__name__}", "", *([about, ""] if about else [])]
    if issubclass(thing, StrEnum):
        return [*lines, "One of " + ", ".join(f"`{member.value}`" for member in thing) + ".", ""]
    return lines + table(thing)


def build() -> str:
    """The whole page."""
    found = [
        thing
        for _, thing in inspect.getmembers(schema, inspect.isclass)
        if thing.__module__ == schema.__name__ and issubclass(thing, BaseModel | StrEnum) and thing is not schema.Model
    ]
    found.sort(key=lambda thing: inspect.getsourcelines(thing)[1])
    events = [thing for thing in found if thing.__name__.endswith("Event")]
    lines = [HEAD, "## Names", ""]
    for title, names in (
        ("Emotion classes, in the order of every probability vector", schema.EMOTIONS),
        ("Social signals", schema.SIGNALS),
        ("Categories of moments", schema.MOMENT_CATEGORIES),
    ):
        lines += [f"{title}: " + ", ".join(f"`{name}`" for name in names) + ".", ""]
    lines += ["## Results", ""]
    for thing in found:
        if thing not in events:
            lines += section(thing)
    lines += ["## Events", "", "What an analysis says while it goes on; `event` tells which.", ""]
    for thing in events:
        lines += section(thing)
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(build(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")
