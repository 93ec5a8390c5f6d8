"""Purposes and regions in words, and what they mean for what may be inferred."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from illodesk.schema import Purpose, Region


def purpose_names() -> dict[Purpose, str]:
    """Purposes of a workspace as they are offered."""
    translate = QCoreApplication.translate
    return {
        Purpose.CUSTOMER: translate("Law", "Customer conversations"),
        Purpose.RESEARCH: translate("Law", "Research with consent"),
        Purpose.COACHING: translate("Law", "Personal coaching"),
        Purpose.MEDICAL: translate("Law", "Medicine or safety"),
        Purpose.WORKPLACE: translate("Law", "Work, recruitment or education"),
    }


def region_names() -> dict[Region, str]:
    """Whose law applies, as it is offered."""
    translate = QCoreApplication.translate
    return {
        Region.EU: translate("Law", "European Union"),
        Region.US: translate("Law", "United States"),
        Region.OTHER: translate("Law", "Elsewhere"),
    }


def consequence(purpose: Purpose, region: Region, text_only: bool) -> str:
    """What a choice means, in a sentence."""
    translate = QCoreApplication.translate
    if purpose is Purpose.WORKPLACE and region is Region.EU:
        return translate(
            "Law",
            "EU law (AI Act, Article 5) forbids inferring emotions from voice or face at work, in recruitment and in "
            "education: only the words and the timing are analysed, and this cannot be switched off.",
        )
    if text_only:
        return translate("Law", "Only the words and the timing are analysed; nothing is inferred from the voice.")
    if purpose is Purpose.MEDICAL:
        return translate(
            "Law",
            "Words, voice and timing are analysed; people must know and agree, and what is shown is no diagnosis.",
        )
    if region is Region.EU:
        return translate(
            "Law",
            "Words, voice and timing are analysed; people must be told that emotions are inferred (AI Act, Article 50) "
            "and agree to be recorded.",
        )
    return translate(
        "Law",
        "Words, voice and timing are analysed; tell people so, and record only with the consent that the law "
        "of their place asks for.",
    )
