"""Full-text search over what was said in current runs. The only module that knows FTS5.

The trash stays in the index and is left out when something is found, so that thousands go there and back at once.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from illodesk.store.clean import clean_text
from illodesk.store.records import Hit

# Marks around a match inside a snippet. Stored text cannot hold them: clean_text took control characters out.
_OPEN, _CLOSE = "\x02", "\x03"
_MAX_TERMS = 24
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')

_INDEXED = 3
"""Beginnings of words up to this many characters have an index of their own (the first migration makes it)."""
_MOST_WORDS = 256
"""A beginning of more words than this is left to FTS5: none of them is common then."""
_BEGINNING = re.compile(r'(?:(.*) )?"([0-9A-Za-zÀ-ÖØ-öø-ž]+)"\*')


def match_expression(query: str) -> str:
    """An FTS5 expression for what a person typed; empty when there is nothing to look for.

    All terms must occur. Words in double quotes are a phrase; the last word is taken as the beginning of one, since
    the person may still be typing. Every term is quoted, so no input is ever read as FTS5 syntax.
    """
    terms: list[str] = []
    for phrase, word in _TERM.findall(clean_text(query)):
        term = phrase or word
        if any(character.isalnum() for character in term):
            terms.append(f'"{term}"' + ("*" if word else ""))
    terms = terms[:_MAX_TERMS]
    return " ".join([term.rstrip("*") for term in terms[:-1]] + terms[-1:])


def add_run(session: Session, run_id: int) -> None:
    """Index the utterances of a run that became current."""
    session.execute(
        text("INSERT INTO utterance_fts(rowid, text) SELECT id, text FROM utterance WHERE run_id = :run"),
        {"run": run_id},
    )


def remove_conversations(session: Session, ids: Sequence[str]) -> None:
    """Take what conversations show out of the index. Its rows must still be there: FTS5 needs the text it indexed."""
    session.execute(
        text(
            "INSERT INTO utterance_fts(utterance_fts, rowid, text) "
            "SELECT 'delete', u.id, u.text FROM conversation c JOIN utterance u ON u.run_id = c.current_run_id "
            "WHERE c.id IN (SELECT value FROM json_each(:ids))"
        ),
        {"ids": json.dumps(list(ids))},
    )


def replace(session: Session, utterance_id: int, old: str, new: str) -> None:
    """Find an indexed utterance by its corrected text from now on, and not by the one before."""
    session.execute(
        text("INSERT INTO utterance_fts(utterance_fts, rowid, text) VALUES ('delete', :id, :text)"),
        {"id": utterance_id, "text": old},
    )
    session.execute(
        text("INSERT INTO utterance_fts(rowid, text) VALUES (:id, :text)"), {"id": utterance_id, "text": new}
    )


def merge_step(session: Session, first: bool) -> bool:
    """One short step of merging the index into one piece, which is what really drops deleted words.

    Returns whether there is more to do. ``first`` starts a full merge (SQLite's FTS5 page, section 6.8).
    """
    before = session.execute(text("SELECT total_changes()")).scalar_one()
    session.execute(
        text("INSERT INTO utterance_fts(utterance_fts, rank) VALUES ('merge', :pages)"),
        {"pages": -200 if first else 200},
    )
    return int(session.execute(text("SELECT total_changes()")).scalar_one()) - int(before) >= 2


def check(session: Session) -> None:
    """Raise a database error when the index does not agree with the text."""
    session.execute(text("INSERT INTO utterance_fts(utterance_fts, rank) VALUES ('integrity-check', 1)"))


def find(session: Session, query: str, conversation_id: str | None, limit: int, offset: int) -> list[Hit]:
    """Utterances outside the trash that hold every term of ``query``, latest analysed conversation first, then by time.

    Ordered by row and not by rank, so that the first hits of a common word come without scoring every one.
    """
    bounds = _NOT_IN_TRASH if conversation_id is None else _NOT_IN_TRASH + _BOUNDS
    found = {"conversation": clean_text(conversation_id or ""), "limit": limit, "offset": max(offset, 0)}
    return _find(session, _with_whole_words(session, match_expression(query)), "utterance_fts", bounds, found)


def find_in_runs(session: Session, query: str, runs: Sequence[int], limit: int) -> list[Hit]:
    """As :func:`find`, in some of the current runs, none of which is in the trash."""
    blocks = _blocks(session, runs)
    expression = _with_whole_words(session, match_expression(query))
    if not blocks:
        return []
    if len(blocks) > _FEW_RUNS:
        found = {"runs": json.dumps(list(runs)), "last": blocks[0][1], "limit": limit, "offset": 0}
        return _find(session, expression, "utterance_fts", _IN_RUNS, found)
    places = _places(session, expression, blocks, limit)
    found = {"places": json.dumps(places), "limit": limit, "offset": 0}
    return _find(session, expression, _PLACES, "AND utterance_fts.rowid = place.value", found)


def _find(session: Session, expression: str, source: str, bounds: str, found: dict[str, Any]) -> list[Hit]:
    if not expression or found["limit"] <= 0:
        return []
    rows = session.execute(text(_FIND.format(source=source, bounds=bounds)), {"match": expression, **found}).all()
    hits = [_hit(tuple(row)) for row in rows]
    order = {conversation: place for place, conversation in enumerate(dict.fromkeys(h.conversation_id for h in hits))}
    return sorted(hits, key=lambda hit: (order[hit.conversation_id], hit.index))


def _blocks(session: Session, runs: Sequence[int]) -> list[tuple[int, int]]:
    """First and last row of each run that has any, the last run first."""
    return [(first, last) for first, last in session.execute(text(_BLOCKS), {"runs": json.dumps(list(runs))})]


def _places(session: Session, expression: str, blocks: Sequence[tuple[int, int]], limit: int) -> list[int]:
    """The last ``limit`` rows of ``blocks`` that match; what lies between the blocks is leapt over.

    Each search goes down without a lower bound, since FTS5 would look at that only after it found a match, and tells
    where the next match is: blocks above it need no search of their own.
    """
    places: list[int] = []
    reached: int | None = None
    for first, last in blocks if expression and limit > 0 else ():
        if reached is not None and reached < first:
            continue
        with closing(session.connection().exec_driver_sql(_DOWN, (expression, last))) as matches:
            reached = None
            for (row,) in matches:
                if row < first:
                    reached = row
                    break
                places.append(row)
                if len(places) == limit:
                    return places
        if reached is None:
            return places
    return places


def _with_whole_words(session: Session, expression: str) -> str:
    """``expression`` with the words that there are in place of the beginning of one; empty where there are none.

    FTS5 collects every utterance that holds a beginning before it gives out the first, which takes longer than a person
    waits where it is that of a common word. Whole words it gives out one by one.
    """
    found = _BEGINNING.fullmatch(expression)
    if found is None or len(beginning := _folded(found[2])) <= _INDEXED:
        return expression
    words = _words_beginning(session, beginning)
    if words is None:
        return expression
    before = f"{found[1]} AND " if found[1] else ""
    return f"{before}({' OR '.join(words)})" if words else ""


def _words_beginning(session: Session, beginning: str) -> list[str] | None:
    """Every indexed word that begins so, quoted; None where there are too many."""
    session.execute(text("CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, utterance_fts, instance)"))
    words: list[str] = []
    at = beginning
    while len(words) <= _MOST_WORDS:
        step = text("SELECT term FROM temp.word WHERE term >= :at AND term < :end LIMIT 1")
        word = session.execute(step, {"at": at, "end": beginning + "\U0010ffff"}).scalar()
        if word is None:
            return words
        words.append(f'"{word}"')
        at = f"{word}\x01"  # the next word, past all the places of this one
    return None


def _folded(word: str) -> str:
    """A word of Latin letters as the index has it: without case and diacritics."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


_FEW_RUNS = 200
"""So many runs are searched one by one; among more of them the next hit is never far."""
_DOWN = "SELECT rowid FROM utterance_fts WHERE utterance_fts MATCH ? AND rowid <= ? ORDER BY rowid DESC"
_BLOCKS = """
SELECT (SELECT id FROM utterance WHERE run_id = value ORDER BY idx LIMIT 1) AS first,
       (SELECT id FROM utterance WHERE run_id = value ORDER BY idx DESC LIMIT 1)
FROM json_each(:runs) WHERE first IS NOT NULL ORDER BY first DESC
"""
_PLACES = "(SELECT value FROM json_each(:places)) AS place CROSS JOIN utterance_fts"
_IN_RUNS = """
AND utterance_fts.rowid <= :last
AND (SELECT run_id FROM utterance WHERE id = utterance_fts.rowid) IN (SELECT value FROM json_each(:runs))
"""
_NOT_IN_TRASH = """
AND (SELECT run_id FROM utterance WHERE id = utterance_fts.rowid) NOT IN
    (SELECT run.id FROM trash JOIN run ON run.conversation_id = trash.conversation_id)
"""
# The utterances of a run were inserted in one transaction, so their rows are one block.
_BOUNDS = """
AND rowid BETWEEN
    (SELECT min(u.id) FROM utterance u JOIN conversation c ON c.current_run_id = u.run_id WHERE c.id = :conversation)
AND (SELECT max(u.id) FROM utterance u JOIN conversation c ON c.current_run_id = u.run_id WHERE c.id = :conversation)
"""
_FIND = f"""
SELECT c.id, c.title, r.number, u.utterance_id, u.idx, s.name, u.t_start, u.t_end, found.snippet
FROM (SELECT utterance_fts.rowid AS id, snippet(utterance_fts, 0, '{_OPEN}', '{_CLOSE}', '…', 24) AS snippet
      FROM {{source}} WHERE utterance_fts MATCH :match {{bounds}}
      ORDER BY utterance_fts.rowid DESC LIMIT :limit OFFSET :offset) AS found
JOIN utterance u ON u.id = found.id
JOIN speaker s ON s.id = u.speaker_id
JOIN run r ON r.id = u.run_id
JOIN conversation c ON c.id = r.conversation_id
ORDER BY found.id DESC
"""  # noqa: S608 - only constants are put in; everything from outside is bound


def _hit(row: tuple[str, str, int, str, int, str, float, float, str]) -> Hit:
    conversation, title, number, utterance, index, speaker, start, end, marked = row
    plain = ""
    highlights: list[tuple[int, int]] = []
    for piece in re.split(f"({_OPEN}[^{_CLOSE}]*{_CLOSE})", marked):
        if piece.startswith(_OPEN):
            highlights.append((len(plain), len(plain) + len(piece) - 2))
            plain += piece[1:-1]
        else:
            plain += piece
    return Hit(
        conversation_id=conversation,
        title=title,
        run=number,
        utterance_id=utterance,
        index=index,
        speaker=speaker,
        t_start=start,
        t_end=end,
        snippet=plain,
        highlights=highlights,
    )
