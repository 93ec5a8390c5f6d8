from __future__ import annotations

import pytest

from illodesk.engine.policy import policy_for
from illodesk.schema import AnalysisOptions, Basis, Purpose, Region


@pytest.mark.parametrize("purpose", list(Purpose))
@pytest.mark.parametrize("region", list(Region))
def test_only_work_and_education_in_the_eu_close_the_voice(purpose: Purpose, region: Region) -> None:
    policy = policy_for(AnalysisOptions(purpose=purpose, region=region))
    closed = purpose is Purpose.WORKPLACE and region is Region.EU
    assert (Basis.VOICE not in policy.allowed_basis) == closed
    assert (policy.mode == "text_only") == closed
    assert bool(policy.reason) == closed
    assert Basis.TEXT in policy.allowed_basis


@pytest.mark.parametrize("purpose", list(Purpose))
def test_asking_for_text_only_always_narrows(purpose: Purpose) -> None:
    policy = policy_for(AnalysisOptions(purpose=purpose, region=Region.OTHER, text_only=True))
    assert policy.mode == "text_only"
    assert not {Basis.VOICE, Basis.FACE} & set(policy.allowed_basis)
