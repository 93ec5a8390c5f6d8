from __future__ import annotations

import re

import pytest
import yaml

from illodesk import resource_path
from illodesk.engine.conduct.tables import table_of

KINDS = set(
    "filler discourse_filler hedge booster intensifier commit_strong commit_weak commit_date cta objection_price "
    "objection_authority objection_need objection_timing objection_trust objection_concern agreement disagreement "
    "backchannel confusion repair_request no_knowledge frustration interest laughter gratitude apology greeting "
    "closing topic_cue contrast".split()
)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_is_there_and_every_phrase_compiles(language: str) -> None:
    table = table_of(language)
    assert table is not None
    found = set()
    for index in (table.index, table.filler_index):
        for candidates in index.values():
            for candidate in candidates:
                found.add(candidate.group.kind)
                assert candidate.pattern.pattern
    assert found >= KINDS


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_list_is_used(language: str) -> None:
    text = resource_path(f"markers/{language}.yaml").read_text(encoding="utf-8")
    assert set(re.findall(r"<(\w+)>", text)) - {"name"} == set(yaml.safe_load(text)["lists"])


@pytest.mark.parametrize("tag", ["en", "en-US", "EN_gb", "de-AT"])
def test_tags_find_their_primary_language(tag: str) -> None:
    table = table_of(tag)
    assert table is not None
    assert table.language == tag[:2].lower()


@pytest.mark.parametrize("tag", ["fr", "", "../en", "zh-CN"])
def test_other_languages_have_no_table(tag: str) -> None:
    assert table_of(tag) is None
