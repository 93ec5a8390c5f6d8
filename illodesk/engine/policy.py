"""The purpose gate: what may be inferred from whom. It sits before inference, in the pipeline.

Grounds: Regulation (EU) 2024/1689, Art. 5(1)(f) prohibits inferring emotions from biometric data (voice, face) in
workplaces and education, recruitment included, with medical and safety reasons excepted. Text alone stays outside.
"""

from __future__ import annotations

from illodesk.schema import AnalysisOptions, Basis, Policy, Purpose, Region


def policy_for(options: AnalysisOptions) -> Policy:
    """Decide which bases the pipeline may use. Asking for text-only mode always narrows, never widens."""
    if options.purpose is Purpose.WORKPLACE and options.region is Region.EU:
        return _text_only(
            options,
            "Work, recruitment and education in the EU: emotions must not be inferred from voice or face "
            "(AI Act, Art. 5(1)(f)). Only the words and the timing were analysed.",
        )
    if options.text_only:
        return _text_only(options, "Text-only mode was asked for. Only the words and the timing were analysed.")
    return Policy(purpose=options.purpose, region=options.region)


def _text_only(options: AnalysisOptions, reason: str) -> Policy:
    return Policy(
        purpose=options.purpose,
        region=options.region,
        mode="text_only",
        allowed_basis=[Basis.TEXT, Basis.TIMING],
        reason=reason,
    )
