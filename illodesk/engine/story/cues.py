"""Phrases with which people open a new matter or close the last one. English, and the commonest in German.

The strengths are ours, set on the first halves of three public sets of segmented conversations (see
``tests/bench/story.py``): 1 says it outright, 0.4 only fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Cue:
    """A phrase found. ``strength`` 0..1; ``text`` as it stands in the utterance."""

    strength: float
    text: str


NO_CUE = Cue(0.0, "")


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


LEAD_IN = r"^(?:ok(?:ay)?|all ?right|right|so|now|well|great|thanks?|thank you|good|gut|also|ja)?[ ,.!]*"
POLITE = (
    r"^(?:(?:hi|hello|hey|yes|yeah|ok(?:ay)?|great|thanks?(?: you)?|also|and|so|actually|please|sure|now|well|alright"
    r"|oh"
    r"|good (?:morning|afternoon|evening))\b[ ,.!]*)*"
)

OPENINGS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        1.0,
        _any(
            LEAD_IN + r"(?:let'?s|let us|shall we|we(?:'ll| will| can| should)?(?: now)?|i(?:'d| would) like to"
            r"|i(?:'ll| will)(?: now)?) (?:now )?(?:move|turn|go|come|switch|proceed|continue|get|start|begin|return"
            r"|jump)"
            r"(?:ing)? (?:on|to|back|over|with|ahead|into)\b",
            r"\b(?:moving on|next (?:item|topic|point|question|order|speaker|on the agenda)"
            r"|(?:another|one (?:more|last)|different) (?:topic|matter|question|thing|point|subject)"
            r"|on (?:a|another) (?:different|separate|other) (?:note|topic|subject)"
            r"|change (?:of|the) (?:topic|subject)|by the way|speaking of which"
            r"|the (?:first|second|third|fourth|next|last|final) "
            r"(?:item|topic|point|question|order of business) (?:is|on))\b",
            r"\b(?:now )?(?:turn|move|proceed|go) (?:now )?to (?:the|our|item|agenda|questions|statements"
            r"|presenting)\b",
            r"^(?:ok(?:ay)?|so|now|well|and)?[ ,]*before (?:we|moving|i) (?:move|go|continue|proceed|finish|on)",
            r"\b(?:nächste[rns]? (?:punkt|thema|frage)|kommen wir (?:nun |jetzt )?zu|(?:anderes|neues) thema"
            r"|übrigens)\b",
        ),
    ),
    (  # how a chair hands over
        0.9,
        _any(
            r"\b(?:next|final|last|first|some|specific|few|couple of|set of|got) "
            r"(?:(?:set of|specific|more|final|further|brief|short) )*questions? (?:(?:now|next|then|is|are|here) )*"
            r"(?:from|on|around|about|for|regarding|relating|in relation|to do with)\b",
            r"\b(?:has|have|got)(?: got)? (?:some|a few|a couple of|one|a) (?:\w+ )?questions?\b(?! from me)",
            r"\b(?:next|final|last|following) (?:set of )?questions? (?:is|are|comes?|will)\b",
            r"\bquestions? (?:now|next) (?:on|from|around|about)\b",
            r"\bitem (?:\d+|one|two|three|four|five|six|seven)\b",
            r"\b(?:come|came|coming|got) to the end of\b",
            r"\b(?:proceed|continue|start|begin) (?:now )?(?:to|with) "
            r"(?:the|our|mr|ms|mrs|dr|a|statements|questions|presenting)\b",
            r"\btake the floor\b",
            r"\bconcludes\b",
            r"^(?:and )?finally\b",
        ),
    ),
    (  # a request that opens a matter of its own
        0.7,
        _any(
            POLITE + r"(?:i(?:'m| am| was)? (?:also )?(?:looking|trying|hoping|planning|searching|wondering|interested"
            r"|in need)|i (?:also |still |just )?(?:need|want|would like|wanna|have to)|i'd (?:also )?(?:like|love)"
            r"|(?:can|could|would|will) you (?:please |also )?(?:help|find|book|get|tell|give|recommend|check|schedule"
            r"|set"
            r"|remind|look|show|suggest|direct|navigate|add|play|order|make)|help me|find me|book me|get me"
            r"|give me (?:directions|the)|(?:schedule|set|remind|navigate|find|book|check|add|tell me about|show)\b"
            r"|are there any|is there (?:a|an|any)|do you (?:have|know of) (?:a|an|any)"
            r"|what(?:'s| is| will| are)? the (?:weather|forecast|temperature|address)|will it (?:be|rain|snow)"
            r"|is it (?:going|gonna)|how about (?:a|an|some))\b",
        ),
    ),
    (0.4, _any(r"^(?:hi|hello|hey|good (?:morning|afternoon|evening)|welcome|hallo|guten (?:tag|morgen|abend))\b")),
)

CLOSINGS: tuple[tuple[float, re.Pattern[str]], ...] = (
    (
        1.0,
        _any(
            r"\b(?:anything|something) else\b",
            r"\bany (?:other|further|more) (?:questions?|assistance|help|requests?)\b",
            r"\b(?:further|additional) assistance\b",
            r"\bhave a (?:great|good|nice|safe|wonderful|lovely|pleasant|fantastic)\b",
            r"\byou(?:'re| are)(?: very| quite| most)? welcome\b",
            r"\b(?:good ?bye|bye)\b",
            r"\bmy pleasure\b",
            r"\bthat(?:'s| is| was|'ll be| will be)?(?: will be)? (?:all|everything|it)\b(?! (?:the|of))",
            r"\benjoy your\b",
            r"\bthat concludes\b",
            r"\bglad (?:i|to) (?:could |be of )?(?:help|assist)",
            r"\b(?:sonst noch|auf wiederhören|auf wiedersehen|das war'?s|das wäre alles)\b",
        ),
    ),
    (
        0.6,
        _any(
            r"\b(?:booking|reservation) (?:was|is|has been)? ?(?:successful|complete|completed|confirmed)\b",
            r"\breference (?:number|#|code)\b",
            r"\bcontact number\b",
            r"\b(?:reminder|appointment|meeting|event|alarm) (?:has been |is |was )?(?:set|scheduled|saved|added"
            r"|created)\b",
            r"^(?:ok(?:ay)?|great|perfect|awesome|no|alright|good)?[ ,.!]*(?:thanks|thank you|thx)\b[^?]{0,40}$",
            r"\bno problem\b",
            r"\bi(?:'ve| have) (?:set|scheduled|booked|added|saved)\b",
            r"\bsetting (?:the )?(?:navigation|gps|directions)",
        ),
    ),
)


def opening_cue(text: str) -> Cue:
    """The strongest sign that an utterance opens a new matter."""
    return _strongest(text, OPENINGS)


def closing_cue(text: str) -> Cue:
    """The strongest sign that an utterance closes the matter so far."""
    return _strongest(text, CLOSINGS)


def _strongest(text: str, table: tuple[tuple[float, re.Pattern[str]], ...]) -> Cue:
    text = text.strip().replace("’", "'")
    for strength, pattern in table:
        found = pattern.search(text)
        if found:
            return Cue(strength, found.group().strip(" ,.!"))
    return NO_CUE
