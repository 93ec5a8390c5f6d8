"""ELAN annotation format (EAF) 3.0.

A tier per speaker; its words (Included_In) and expressed emotions (Symbolic_Association, with a controlled vocabulary)
hang from it. Moments, phases, markers and own tiers stand by themselves; an own tier with a vocabulary has it as a
controlled one. ELAN has no points and no overlap on a tier: a marker lasts 100 ms, and what overlaps gets a second
tier. The recording is named without a folder: ELAN looks for it beside the file.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from typing import BinaryIO
from xml.etree import ElementTree as ET

from illodesk.schema import EMOTIONS
from illodesk.store.exports.material import Material
from illodesk.store.exports.spans import (
    Span,
    free_name,
    layers,
    moment_spans,
    phase_spans,
    points,
    span,
    spoken,
    word_spans,
)
from illodesk.store.exports.wording import plain

_MARKER_S = 0.1
_NO_DATE = "1970-01-01T00:00:00+00:00"  # EAF must have one
_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_CONSTRAINTS = {
    "Included_In": "Within the time of the parent annotation, gaps are allowed",
    "Symbolic_Association": "One to one with the parent annotation",
}


def write(material: Material, out: BinaryIO) -> None:
    """Write the whole document."""
    document = _Document(material)
    document.speakers()
    document.stand_alone("moments", "moment", moment_spans(material.result))
    document.stand_alone("phases", "phase", phase_spans(material.result))
    markers = [span(t, t + _MARKER_S, text or "marker") for t, text in points(material.result)]
    document.stand_alone("markers", "marker", markers)
    document.own_tiers()
    ET.indent(document.finished())
    ET.ElementTree(document.root).write(out, encoding="utf-8", xml_declaration=True)
    out.write(b"\n")


class _Document:
    """An EAF document that grows tier by tier."""

    def __init__(self, material: Material) -> None:
        self._material = material
        self._result = material.result
        self.root = ET.Element(
            "ANNOTATION_DOCUMENT",
            {
                "AUTHOR": "",
                "DATE": (material.recorded_at.isoformat(timespec="seconds") if material.recorded_at else _NO_DATE),
                "FORMAT": "3.0",
                "VERSION": "3.0",
                "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
                "xsi:noNamespaceSchemaLocation": _SCHEMA,
            },
        )
        self._header = ET.SubElement(self.root, "HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
        self._media()
        self._order = ET.SubElement(self.root, "TIME_ORDER")
        self._slots: list[int] = []
        self._taken: set[str] = set()
        self._annotations = 0
        self._types: dict[str, tuple[str | None, str | None]] = {}
        self._vocabularies: dict[str, Sequence[str]] = {}

    def _media(self) -> None:
        name = plain(self._result.media.name)
        if not name:
            return
        kind = mimetypes.guess_type(name)[0] or "unknown"
        ET.SubElement(
            self._header,
            "MEDIA_DESCRIPTOR",
            {"MEDIA_URL": f"./{name}", "RELATIVE_MEDIA_URL": f"./{name}", "MIME_TYPE": kind},
        )

    # --- tiers ------------------------------------------------------------------------------------------------------

    def speakers(self) -> None:
        """What everybody said, with words and emotions."""
        for label, stack in spoken(self._result).items():
            for layer in stack:
                self._speaker(plain(self._result.name_of(label)), layer)

    def _speaker(self, name: str, layer: list[Span]) -> None:
        tier = self._tier(name, "utterance", participant=name)
        parents = [(each, self._aligned(tier, each)) for each in layer]
        title = tier.attrib["TIER_ID"]
        if self._material.options.words:
            words = self._tier(f"{title} words", "word", "Included_In", parent=title, participant=name)
            for each, _ in parents:
                for word in word_spans(each):
                    self._aligned(words, word)
        emotions = self._tier(f"{title} emotion", "emotion", "Symbolic_Association", EMOTIONS, title, name)
        for each, parent in parents:
            assert each.utterance is not None
            if each.utterance.emotion.dominant:
                self._associated(emotions, parent, each.utterance.emotion.dominant)

    def stand_alone(self, title: str, kind: str, spans: list[Span]) -> None:
        """Spans that belong to no speaker's tier; nothing where there are none."""
        for layer in layers(spans) if spans else []:
            tier = self._tier(title, kind)
            for each in layer:
                self._aligned(tier, each)

    def own_tiers(self) -> None:
        """The tiers that people made, empty ones too."""
        for number, own in enumerate(self._result.tiers, start=1):
            who = plain(self._result.name_of(own.speaker)) if own.speaker else ""
            spans = [span(each.t_start, each.t_end, each.value) for each in own.annotations]
            for layer in layers(spans):
                tier = self._tier(own.name, f"own {number}", None, own.vocabulary, participant=who)
                for each in layer:
                    self._aligned(tier, each)

    def _tier(
        self,
        title: str,
        kind: str,
        constraint: str | None = None,
        vocabulary: Sequence[str] = (),
        parent: str = "",
        participant: str = "",
    ) -> ET.Element:
        self._types[kind] = (constraint, kind if vocabulary else None)
        if vocabulary:
            self._vocabularies[kind] = vocabulary
        attributes = {"LINGUISTIC_TYPE_REF": kind, "TIER_ID": free_name(title, self._taken)}
        if parent:
            attributes["PARENT_REF"] = parent
        if participant:
            attributes["PARTICIPANT"] = participant
        return ET.SubElement(self.root, "TIER", attributes)

    # --- annotations ------------------------------------------------------------------------------------------------

    def _aligned(self, tier: ET.Element, each: Span) -> str:
        start, end = self._slot(each.start_ms), self._slot(each.end_ms)
        number = self._next()
        attributes = {"ANNOTATION_ID": number, "TIME_SLOT_REF1": start, "TIME_SLOT_REF2": end}
        annotation = ET.SubElement(ET.SubElement(tier, "ANNOTATION"), "ALIGNABLE_ANNOTATION", attributes)
        ET.SubElement(annotation, "ANNOTATION_VALUE").text = each.text
        return number

    def _associated(self, tier: ET.Element, parent: str, text: str) -> None:
        attributes = {"ANNOTATION_ID": self._next(), "ANNOTATION_REF": parent}
        annotation = ET.SubElement(ET.SubElement(tier, "ANNOTATION"), "REF_ANNOTATION", attributes)
        ET.SubElement(annotation, "ANNOTATION_VALUE").text = plain(text)

    def _next(self) -> str:
        self._annotations += 1
        return f"a{self._annotations}"

    def _slot(self, ms: int) -> str:
        self._slots.append(ms)
        return f"ts{len(self._slots)}"

    # --- the rest ---------------------------------------------------------------------------------------------------

    def finished(self) -> ET.Element:
        """The document with what only now is known: slots, types and vocabularies, in the order ELAN wants."""
        last = ET.SubElement(self._header, "PROPERTY", {"NAME": "lastUsedAnnotationId"})
        last.text = str(self._annotations)
        for number, ms in sorted(enumerate(self._slots, start=1), key=lambda slot: slot[1]):
            ET.SubElement(self._order, "TIME_SLOT", {"TIME_SLOT_ID": f"ts{number}", "TIME_VALUE": str(ms)})
        for kind, (constraint, vocabulary) in self._types.items():
            attributes = {"GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": kind}
            attributes["TIME_ALIGNABLE"] = "false" if constraint == "Symbolic_Association" else "true"
            if constraint:
                attributes["CONSTRAINTS"] = constraint
            if vocabulary:
                attributes["CONTROLLED_VOCABULARY_REF"] = vocabulary
            ET.SubElement(self.root, "LINGUISTIC_TYPE", attributes)
        language = {"LANG_ID": "und", "LANG_DEF": "http://cdb.iso.org/lg/CDB-00138502-001"}
        ET.SubElement(self.root, "LANGUAGE", language | {"LANG_LABEL": "undetermined (und)"})
        for name, about in _CONSTRAINTS.items():
            ET.SubElement(self.root, "CONSTRAINT", {"DESCRIPTION": about, "STEREOTYPE": name})
        for place, (name, values) in enumerate(self._vocabularies.items(), start=1):
            words = ET.SubElement(self.root, "CONTROLLED_VOCABULARY", {"CV_ID": name})
            ET.SubElement(words, "DESCRIPTION", {"LANG_REF": "und"})
            for number, value in enumerate(values, start=1):
                entry = ET.SubElement(words, "CV_ENTRY_ML", {"CVE_ID": f"cve_{place}_{number}"})
                ET.SubElement(entry, "CVE_VALUE", {"DESCRIPTION": "", "LANG_REF": "und"}).text = plain(value)
        return self.root
