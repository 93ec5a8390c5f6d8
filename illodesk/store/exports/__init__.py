"""Exports: one module per format, one registry."""

from __future__ import annotations

from illodesk.store.exports.material import ExportOptions, Material
from illodesk.store.exports.registry import FORMATS, Format, export, preview

__all__ = ["FORMATS", "ExportOptions", "Format", "Material", "export", "preview"]
