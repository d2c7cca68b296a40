"""Words with two senses, rendered by the one that the topic of the text does not have: flights as “thefts”.

A word by itself does not tell, nor do its neighbours always; what a text is about does (one sense per
discourse: Gale, Church and Yarowsky 1992).
"""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from aligntool.flags import Check, Finder, Tables, passages
from aligntool.listings import Listing, Row
from aligntool.phrasebook import phrase_finder
from aligntool.records import Bitext, Document, Flag
from aligntool.wording import tokens

__all__ = ["PLUGIN"]

NAME = "homographs"
_ENOUGH, _MORE = 3, 400
"""Different words of a topic that a text on it has at least, and after how many words one more."""
_MESSAGE = (
    "“{{text}}” is another sense of {{language}} “{{source}}”; "
    "in a text on {topic} “{{suggestion}}” is meant."
)


@cache
def _by_topic(rows: Listing) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for topic, row in zip(rows.column("topic"), rows, strict=True):
        found.setdefault(topic, []).append(row)
    return found


@cache
def _finder(rows: Listing, topic: str) -> Finder:
    """The finder of a topic's entries."""
    return phrase_finder(NAME, "false-friend", _by_topic(rows)[topic], _MESSAGE.format(topic=topic))


@cache
def _cues(topics: Listing) -> dict[str, list[str]]:
    """Every word that tells topics, and which."""
    cues: dict[str, list[str]] = {}
    for row in topics:
        for word in row["words"].split("|"):
            cues.setdefault(word, []).append(row["topic"])
    return cues


def _topics(document: Document, cues: dict[str, list[str]]) -> list[str]:
    """What a text is on, the topic most is said of first."""
    words = [token.low for passage in passages(document) for token in tokens(passage.text)]
    counts = Counter(topic for word in set(words) for topic in cues.get(word, ()))
    enough = _ENOUGH + len(words) // _MORE
    return [topic for topic, count in counts.most_common() if count >= enough]


def _prepare(tables: Tables) -> Finder:
    def find(bitext: Bitext) -> Iterator[Flag]:
        told = set()
        for topic in _topics(bitext.target, _cues(tables["topics"])):
            # the entries are only read for a text on a topic: most pay nothing for them
            for one in _finder(tables["homographs"], topic)(bitext):
                if (one.segment, one.span) not in told:
                    told.add((one.segment, one.span))
                    yield one

    return find


PLUGIN = Check(
    NAME,
    "false-friend",
    "normal",
    "words with two senses, rendered by the one that the text's topic does not have: flights as “thefts”",
    _prepare,
    ("homographs", "topics"),
)
