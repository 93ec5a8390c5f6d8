"""Bodies of requests: how the routes that read them by themselves describe them, and JSON as a model."""

from __future__ import annotations

from typing import Any, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

SMALL_BODY_BYTES = 64 * 1024
MAX_GOAL = 4000

AnyModel = TypeVar("AnyModel", bound=BaseModel)


def form_of(file_field: str, description: str, **fields: dict[str, Any]) -> dict[str, Any]:
    """OpenAPI of a multipart body with one file."""
    file = {"type": "string", "format": "binary", "contentMediaType": "application/octet-stream"}
    schema = {
        "type": "object",
        "required": [file_field, *(name for name, field in fields.items() if field.pop("required", False))],
        "properties": {file_field: {**file, "description": description}, **fields},
    }
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def json_of(model: type[BaseModel], *, required: bool = True) -> dict[str, Any]:
    """OpenAPI of a JSON body, with what a model refers to written out in its place."""
    schema = model.model_json_schema()
    schema = written_out(schema, schema.pop("$defs", {}))
    return {"requestBody": {"required": required, "content": {"application/json": {"schema": schema}}}}


def written_out(schema: Any, parts: dict[str, Any]) -> Any:
    """A schema with its parts in the place of what refers to them."""
    if isinstance(schema, list):
        return [written_out(item, parts) for item in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return written_out(parts[schema["$ref"].rpartition("/")[2]], parts)
    return {name: written_out(value, parts) for name, value in schema.items()}


def model_of(model: type[AnyModel], body: bytes) -> AnyModel:
    """A JSON body as a model. Raises RequestValidationError."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        found = error.errors(include_url=False, include_context=False, include_input=False)
        raise RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in found]) from error
