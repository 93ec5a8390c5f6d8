"""Exports: one module per format, one registry."""

from __future__ import annotations

from illodesk.store.exports.registry import FORMATS, Format, export

__all__ = ["FORMATS", "Format", "export"]
