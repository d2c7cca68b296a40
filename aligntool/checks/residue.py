"""What a web page leaves around an article: captions, agency slugs, share buttons, headings said twice."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "residue"
_CREDIT = Rule(
    "credit", NAME, "residue", "minor", 0.95, "A picture credit or copyright line left from the web page."
)
_PHRASE = Rule(
    "web-phrase", NAME, "residue", "minor", 0.92, "A line of the web page, not of the article ({kind})."
)
_SECTION = Rule("section", NAME, "residue", "minor", 0.7, "A section label left from the web page.")
_STOP = Rule("lone-mark", NAME, "residue", "minor", 0.97, "The line holds nothing but “{text}”.")
_TWICE = Rule("said-twice", NAME, "residue", "minor", 0.91, "The line repeats “{twin}”.")
_PULLED = Rule(
    "pull-quote", NAME, "residue", "minor", 0.75, "A pull quote that repeats a sentence of the article."
)
_SLUG = Rule("slug", NAME, "residue", "minor", 0.9, "A file name or page address left in the text.")

_BYLINE = Rule("byline", NAME, "residue", "minor", 0.9, "A line that says who wrote the article, or when.")
_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATED = (
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? {_MONTHS}|{_MONTHS} \d{{1,2}}|\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{2,4}}|"
    r"today|yesterday)"
)
_BYLINES = re.compile(
    r"^\W*(?:(?:Written |Article |Text |Story )?[Bb]y [A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,4}(?: (?:and|"
    r"with|,) [A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+)*)*"
    r"(?:\W*$|, (?:our |special |with )|\s*[-–—|•·/(]|,? (?:published|posted|updated|in [A-Z]\w+\W*$))|"
    rf"(?:First )?(?:[Pp]osted|[Pp]ublished|[Uu]pdated|[Mm]odified|[Cc]reated|[Pp]ut online|[Ll]ast "
    rf"(?:update|updated|modified|modification))\b[^.!?]{{0,25}}?{_DATED}|"
    r"(?:Reading time|Time (?:of|for) reading|Estimated reading time|Read in|Reading)\W*:? ?\d+ ?min|\d+ "
    r"min(?:utes)? (?:read|of reading|to read)\W*$|(?:Words|Comments|Remarks|Interview|Statements) "
    r"(?:collected|gathered|conducted|picked up|recorded) by\b|Interviewed by\b|Interview by\b|From our "
    r"(?:special |permanent )?(?:correspondent|envoy|envoys|special envoy)|(?:Our|By our) (?:special |"
    r"permanent )?(?:correspondent|envoy)\b[^.]{0,40}$|(?:Infographics?|Graphics?|Map|Cartography|"
    r"Illustration|Drawing|Caption|Legend|Sources?|Photos?|Video|Translation|Translated by)\s?:|(?:With|"
    r"Source) (?:AFP|Reuters|AP)\b\W*$|\(?(?:AFP|Reuters|AP|with agencies|with AFP)\)?\W*$)"
)
_COUNTERS = re.compile(
    r"^\W*(?:\d+ (?:comments?|reactions?|shares?|photos?|views?)|(?:Comments?|Reactions?|Shares?)\W*\d+\W*|"
    r"(?:Page )?\d{1,2} ?(?:/|of) ?\d{1,2}|You have \d+(?:[.,]\d+)? ?% of this article\b.*|It remains "
    r"(?:for )?you (?:to read )?\d+ ?%.*|Themes?: .*|Tags?: .*|Keywords?: .*|Topics?: .*|Sections?: .*)\W*$"
)
_BUTTON = (
    r"(?:Share|Tweet|React|Comment|Comments|Print|Send|Save|Like|Follow|Subscribe|Email|E-mail|Facebook|"
    r"Twitter|WhatsApp|LinkedIn|Copy link|Reply|Bookmark|Newsletter|Listen|Tweeter|Google\\+|Pinterest|To "
    r"print|To send|To share)"
)
_RUBRICS = re.compile(
    rf"^\W*{_BUTTON}(?:[ ,·|/]+(?:{_BUTTON}|\d+(?: comments?| reactions?| shares?)?))+\W*$|"
    r"^(?:[A-Z][\w’'&-]+ ?){1,3}(?: [>›»] (?:[A-Z][\w’'&-]+ ?){1,3})+(?:$|\W*(?:Reading time|Time (?:of|"
    r"for) reading)\b)|^(?:In|On) the same (?:heading|section|subject|rubric|theme|topic|file|"
    r"folder)\b[^.!?]{0,80}$|^(?:Previous|Following|Next|Preceding) (?:article|page)\b[^.!?]{0,60}$|^Find "
    r"(?:all )?(?:the|our) (?:[a-z]+ ){1,3}on [\w.]+\.(?:fr|com|be|ch|org|net)\W*$|^(?:The )?(?:authors?’? "
    r"|writers? )?(?:intertitles?|intertexts?|subtitles?|subheadings?|between-titles|headings|title|titles "
    r"and (?:sub|inter)titles) (?:is|are) (?:of|from|by) the (?:writing|editorial(?: staff| team| board)?|"
    r"drafting|redaction|editors?|editing)\W*$|^[A-Z]{5,}\b\W{1,3}(?:By |From "
    r")?[^.!?]{0,60}\b(?:[Pp]ublished|[Pp]osted|[Uu]pdated)\b[^.!?]{0,40}$|^By (?:Le |La |The "
    r")?[A-Z][\w.’-]+(?: [\w.’-]+)? with (?:the )?(?:agency |agencies )?(?:AFP|Reuters|AP|agencies)\W*$|"
    r"^[A-Z][\w’'& -]{2,24}\|[A-Z][\w’'& -]{2,24}(?:\|[A-Z][\w’'& -]{2,24})*$|^(?:See (?:too|also)|Also "
    r"(?:read|see)|Read (?:too|as well)|To see also|To read also)\s?:|[.…] ?(?:Read (?:more|on|the (?:rest|"
    r"sequel))|Continue reading|The continuation)\W*$|"
    rf"^(?:[A-Z]{{4,}} )?(?:[Pp]osted|[Pp]ublished|[Uu]pdated)\b[^.!?]{{0,25}}?{_DATED}|"
    r"Reading time\W*:? ?\d+ ?min\w*\W*$"
)
_GLUED_LINKS = re.compile(
    r"^(?:(?:Share|Send|Print|Save|Copy|Follow|Listen|Comment|Tweet|Like|"
    r"Read)\b[^.!?]{0,60}[a-z](?=[A-Z][a-z])[^.!?]{0,120})$"
)

_LABELLED = re.compile(
    r"^(?:VIDEOS?|PHOTOS?|AUDIO|ILLUSTRATIONS?|INFOGRAPHICS?|SLIDESHOW|DIAPORAMA|IN (?:PICTURES|IMAGES|"
    r"VIDEO))\s?[.:–—-] |^[A-Z][\w. ]{1,24} ?[-–—|] ?(?:Texts?|Articles?|Report|Story|Words) "
    r"by\b[^!?]{0,60}$|^(?:[A-Z][\w’'.]+ ){1,5}with (?:AFP|Reuters|AP|(?:the )?agenc(?:y|ies)|EFE|DPA)\W*$|"
    r"^\W*>+ ?(?:[A-Z“]|[a-z]+ )[^.!?]{3,80}$|^[A-Z][\w.]+\.(?:fr|com|be|ch|org|net|eu), \d+ ?(?:mn|mins?|"
    r"minutes?)\W*$"
)
# What the buttons and counters of a page are made of, and what may stand between.
_BUTTONS = frozenset(
    str.split(
        "share shares shared sharing facebook twitter tweet tweeter tweets linkedin whatsapp instagram "
        "telegram messenger pinterest youtube bluesky email mail subscribe subscription subscribed "
        "newsletter newsletters comment comments react reaction reactions reply print printing zoom "
        "enlarge image images photo photos video videos podcast advertising advertisement publicity listen "
        "listening like save copy link follow following subscriber subscribers login register account app "
        "application reserved notification notifications alert alerts mins min mn minutes minute reading "
        "read click download cookies favorites favourites bookmark widget slideshow"
    )
)
_BETWEEN = frozenset(
    str.split(
        "i my the a an to on of in by via with our your this it and or more also here now all for us me "
        "article page site time real next previous see view add send"
    )
)
_MOST_BUTTONS = 9

_AGENCIES = "afp|reuters|epa|anp|dpa|sipa|belga|ansa|efe|ap|getty images"
_CREDITS = re.compile(
    rf"^\W*(?:©|\(c\) |copyright\b|all rights reserved\b|photo by |getty images\W*$|(?:photo|image|picture|"
    rf"foto|beeld|bild|crédits?|credits?)(?: ?(?:by|credit|credits|door|von|de|d’|d'))? ?[:©/]|"
    rf"(?:{_AGENCIES})(?: photo)?\b ?(?:/|photo\b|via getty))|(?:©|\(c\)) ?[/\w]|\b(?:{_AGENCIES}|gamma|"
    rf"magnum) ?/ ?[A-Z][\w-]+ [A-Z]|"
    rf"(?:/ ?(?:{_AGENCIES})|(?:Beeld|Foto) (?:{_AGENCIES})(?: Images)?)\W*$",
    re.IGNORECASE,
)
_SLUGS = re.compile(
    r"(?<![\w/.-])[a-z]{2,}(?:-[a-z]{2,})*-\d{1,4}(?=[A-Z][a-z]?[a-z ])|^[a-z0-9]+(?:[-_][a-z0-9]+){1,}$"
)
_QUOTED = re.compile(r"\s*[“«\"].*[”»\"]\W*$", re.DOTALL)
_ALNUM = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W_]+")
_LINE_WORDS = 30
_HEADING_WORDS = 20
_TRIPLES = 0.8
_STEM, _FEW, _MOST = 5, 5, 0.75


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    scope: str
    kind: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(text))


def _table(tables: Tables) -> dict[str, list[_Phrase]]:
    found: dict[str, list[_Phrase]] = {}
    for row in tables["residue"]:
        words = _words(row["phrase"])
        found.setdefault(words[0], []).append(_Phrase(words, row["scope"], row["kind"]))
    return found


def _listed(words: Sequence[str], phrases: dict[str, list[_Phrase]]) -> _Phrase | None:
    """The phrase of the table that the line is, or begins with."""
    if not words:
        return None
    for phrase in phrases.get(words[0], ()):
        size = len(phrase.words)
        head = tuple(words[:size])
        whole = len(words) == size or (phrase.scope == "start" and len(words) <= _LINE_WORDS)
        if head == phrase.words and whole:
            return phrase
    return None


def _triples(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + 3]) for i in range(len(words) - 2)}


def _stems(words: Sequence[str]) -> set[str]:
    """Beginnings of the longer words, so that *multiplies* and *multiply* are one."""
    return {word[:_STEM] for word in words if len(word) >= _STEM}


def _whole(rule: Rule, passage: Passage, **evidence: str) -> Iterator[Flag]:
    """One flag a segment of the passage, each to be emptied."""
    for start, end in zip(passage.starts, passage.ends, strict=True):
        if end > start:
            yield rule.on(passage, start, end, "", **evidence)


class _Page:
    """What has been read of the text so far, to know what is said twice."""

    def __init__(self, runs: Sequence[Passage]) -> None:
        self.words = [_words(run.text) for run in runs]
        self.seen: dict[tuple[str, ...], str] = {}
        self.body: dict[tuple[str, ...], set[int]] = {}
        self.stems: dict[int, set[str]] = {}
        for index, words in enumerate(self.words):
            if len(words) > _LINE_WORDS:
                self.stems[index] = _stems(words)
                for triple in _triples(words):
                    self.body.setdefault(triple, set()).add(index)

    def pulled(self, index: int) -> bool:
        """Whether a short quoted line says again what one longer paragraph says."""
        triples = _triples(self.words[index])
        counts: dict[int, int] = {}
        for triple in triples:
            for other in self.body.get(triple, set()) - {index}:
                counts[other] = counts.get(other, 0) + 1
        if bool(triples) and max(counts.values(), default=0) >= _TRIPLES * len(triples):
            return True
        return self._retold(index)

    def _retold(self, index: int) -> bool:
        """Whether one longer paragraph holds nearly all that the line says, in other order or form."""
        stems = _stems(self.words[index])
        best = max((len(stems & other) for at, other in self.stems.items() if at != index), default=0)
        return len(stems) >= _FEW and best >= _MOST * len(stems)


def _line(
    passage: Passage, words: Sequence[str], phrases: dict[str, list[_Phrase]], first: bool
) -> Iterator[Flag]:
    """Residue that a line shows by itself."""
    text = passage.text.strip()
    if not _ALNUM.search(text):
        if (text and not set(text) <= set("*-–—_=~#•·…. ")) or text == ".":
            yield from _whole(_STOP, passage)
        return
    phrase = _listed(words, phrases)
    if phrase and (phrase.scope != "section" or first):
        yield from _whole(_SECTION if phrase.scope == "section" else _PHRASE, passage, kind=phrase.kind)
    elif len(words) <= _LINE_WORDS and _CREDITS.search(text):
        yield from _whole(_CREDIT, passage)
    elif len(words) <= _LINE_WORDS and (_furniture(text) or (text[-1] not in ".!?" and _buttons(words))):
        yield from _whole(_BYLINE if _BYLINES.match(text) else _PHRASE, passage, kind="share button")
    else:
        for m in _SLUGS.finditer(passage.text):
            yield _SLUG.on(passage, m.start(), m.end(), "")


def _furniture(text: str) -> bool:
    """Whether a line is a byline, a counter or buttons run together."""
    return any(pattern.search(text) for pattern in (_BYLINES, _COUNTERS, _RUBRICS, _GLUED_LINKS, _LABELLED))


def _buttons(words: Sequence[str]) -> bool:
    """Whether a short line is made of what buttons and counters say, and of nothing else."""
    named = {word for word in words if word in _BUTTONS}
    rest = (word for word in words if word not in named and not word.isdigit())
    return len(named) > 1 and len(words) <= _MOST_BUTTONS and all(word in _BETWEEN for word in rest)


def _again(page: _Page, index: int, passage: Passage) -> Iterator[Flag]:
    """Residue that shows beside the other lines: a heading or pull quote repeated."""
    words = page.words[index]
    twin = page.seen.get(words)
    if twin is not None and len(words) > 1:
        yield from _whole(_TWICE, passage, twin=twin)
    elif _QUOTED.match(passage.text) and 4 < len(words) <= _LINE_WORDS * 2 and page.pulled(index):  # noqa: PLR2004 - fewer words repeat by chance
        yield from _whole(_PULLED, passage)
    if 1 < len(words) <= _HEADING_WORDS:
        page.seen.setdefault(words, passage.text)


def _prepare(tables: Tables) -> Finder:
    phrases = _table(tables)

    def find(bitext: Bitext) -> Iterator[Flag]:
        runs = list(passages(bitext.target))
        page = _Page(runs)
        for index, passage in enumerate(runs):
            own = list(_line(passage, page.words[index], phrases, first=index == 0))
            yield from own or _again(page, index, passage)

    return find


PLUGIN = Check(
    NAME,
    "residue",
    "strict",
    "captions, agency slugs, share buttons, repeated headings and other remains of a web page",
    _prepare,
    ("residue",),
)
