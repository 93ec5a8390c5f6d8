"""Content words: what is left of a text when function words and endings are gone. English and German."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

STOPWORDS = frozenset(
    """
a about actually after again all also always am an and another any anything are as at away back basically be because
been before being bit both but by can cannot cause could day did do does doing done down each else even ever every
everything exactly few fine first for from further get gets getting give given go goes going gone gonna good got great
guess had has have having he hello help her here hers hey hi him his how however i if in into is it its itself just
kind know last least less let like little long look looking lot lots made make makes making many may maybe me mean
might mine more most much must my myself need needs never next no nor not nothing now of off oh ok okay on once one
ones only or other our ours out over own perhaps please point pretty probably put quite rather really right said same
saw say saying says see seem seems she should show since so some something sometimes sorry sort still stuff such sure
take taken tell than thank thanks that the their them then there these they thing things think this those though
three through time to today too took try two uh um under until up us use used very want wanted wants was way we well
went were what whatever when where whether which while who whole whom whose why will with within without wondering
would yeah year yep yes yet you your yours im ive ill id dont doesnt didnt cant couldnt wont wouldnt isnt arent wasnt
werent thats theres heres its youre youve youll theyre weve were lets whats hows gotta wanna hmm mhm huh erm ah er
aber alle als also am an auch auf aus bei bin bis bist da dann das dass dein dem den der des die dies diese dieser doch
dort du ein eine einem einen einer eines einfach er es etwas euch für gar gehen genau gibt gut haben habe hat hatte
heute hier ich ihm ihn ihr immer in ist ja jetzt kann kein keine können machen mal man mehr mein mich mir mit muss nach
nein nicht noch nun nur ob oder schon sehr sein sich sie sind so soll über um und uns unter viel vielleicht vom von
vor war waren was weil wenn wer werden wie wieder will wir wird wo zu zum zur
""".split()
)

WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+(?:[.:,]\d+)*")
ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ies", "ed", "es", "ly", "s")


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """A light stem: common English endings off, doubled consonants single, a final e dropped."""
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + ("y" if ending == "ies" else "")
            if ending in ("ing", "ings", "ed") and len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


def surface_words(text: str) -> list[str]:
    """Content words in lower case, as they were said."""
    lowered = text.lower().replace("’", "'")
    return [w for w in WORD.findall(lowered) if len(w) > 1 and "'" not in w and w not in STOPWORDS]


def content_words(text: str) -> list[str]:
    """Stems of the content words, in order."""
    return [stem(word) for word in surface_words(text)]


def keyphrases(groups: Sequence[Sequence[str]], top: int = 5) -> list[list[str]]:
    """Words and word pairs that set each group of texts apart, best first, by c-TF-IDF (Grootendorst 2022).

    A term scores ``tf * log(1 + mean words per group / frequency over all groups)``; pairs must occur twice. Terms
    are shown in the form in which they were said most often. Words said once count only where nothing is said twice.
    """
    counts: list[Counter[str]] = []
    forms: dict[str, Counter[str]] = {}
    for texts in groups:
        count: Counter[str] = Counter()
        for text in texts:
            surfaces = [w for w in surface_words(text) if not w[0].isdigit() and len(w) > 2]
            stems = [stem(w) for w in surfaces]
            terms = [*stems, *(f"{a} {b}" for a, b in pairwise(stems) if a != b)]
            shown = [
                *surfaces,
                *(f"{a} {b}" for a, b in pairwise(surfaces) if stem(a) != stem(b)),
            ]
            count.update(terms)
            for term, form in zip(terms, shown, strict=True):
                forms.setdefault(term, Counter())[form] += 1
        counts.append(count)
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    mean_words = sum(total.values()) / max(1, len(groups))
    found = []
    for count in counts:
        weights = {
            term: n * math.log1p(mean_words / total[term]) * (1.5 if " " in term else 1.0)
            for term, n in count.items()
            if n > 1 or " " not in term
        }
        chosen: list[str] = []
        for term in sorted(weights, key=lambda t: (-weights[t], t)):
            parts = set(term.split())
            if len(chosen) == top or (chosen and count[term] == 1 and count[chosen[0]] > 1):
                break
            if not any(parts & set(other.split()) for other in chosen):
                chosen.append(term)
        found.append([min(forms[t], key=lambda form: (-forms[t][form], form)) for t in chosen])
    return found
