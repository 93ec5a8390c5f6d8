"""Full-text search over what was said in current runs. The only module that knows FTS5.

The trash stays in the index and is left out when something is found, so that thousands go there and back at once.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence

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
    expression = _with_whole_words(session, match_expression(query))
    if not expression or limit <= 0:
        return []
    bounds = "" if conversation_id is None else _BOUNDS
    rows = session.execute(
        text(_FIND.format(bounds=bounds)),
        {
            "match": expression,
            "conversation": clean_text(conversation_id or ""),
            "limit": limit,
            "offset": max(offset, 0),
        },
    ).all()
    hits = [_hit(tuple(row)) for row in rows]
    order = {conversation: place for place, conversation in enumerate(dict.fromkeys(h.conversation_id for h in hits))}
    return sorted(hits, key=lambda hit: (order[hit.conversation_id], hit.index))


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


# The utterances of a run were inserted in one transaction, so their rows are one block.
_BOUNDS = """
AND rowid BETWEEN
    (SELECT min(u.id) FROM utterance u JOIN conversation c ON c.current_run_id = u.run_id WHERE c.id = :conversation)
AND (SELECT max(u.id) FROM utterance u JOIN conversation c ON c.current_run_id = u.run_id WHERE c.id = :conversation)
"""
_FIND = f"""
SELECT c.id, c.title, r.number, u.utterance_id, u.idx, s.name, u.t_start, u.t_end, found.snippet
FROM (SELECT rowid AS id, snippet(utterance_fts, 0, '{_OPEN}', '{_CLOSE}', '…', 24) AS snippet
      FROM utterance_fts WHERE utterance_fts MATCH :match {{bounds}}
      AND (SELECT run_id FROM utterance WHERE id = utterance_fts.rowid) NOT IN
          (SELECT run.id FROM trash JOIN run ON run.conversation_id = trash.conversation_id)
      ORDER BY rowid DESC LIMIT :limit OFFSET :offset) AS found
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
