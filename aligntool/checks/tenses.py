"""Tenses carried over: *depuis* with a present, the compound past with a date that is over."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.parts import Parts, parts_of
from aligntool.patterns import MONTHS, WEEKDAYS, Pattern, clause, found, sentence
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "tenses"
_SPANS = "years|months|weeks|decades|centuries"
_COUNT = (
    r"(?:several|many|a few|some|about|around|nearly|almost|more than|over|at least|two|three|four|five|"
    r"six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|a dozen|\d+)"
)
_SINCE = Rule(
    "since",
    NAME,
    "grammar",
    "major",
    0.72,
    "What lasts up to now takes the perfect: “has … since”, not “{verb}”.",
)
_SINCE_WHEN = re.compile(
    rf"\bsince (?=(?:the )?(?:early |late |mid-? ?)?(?:{MONTHS} )?(?:19|20)\d\d|then\b|(?:{MONTHS}|last "
    rf"\w+|yesterday|"
    r"independence|the (?:end|beginning|start|fall|summer|spring|autumn|winter|middle|destruction|creation|"
    r"death|war|invasion|coup|revolution|crisis|election|arrival|attack|outbreak|departure)|its "
    r"(?:creation|foundation|independence)|his (?:election|arrival|return))\b)"
)
_BREAK = re.compile(r"[.!?;:,“”()—–\"]")
_WORD = re.compile(r"[^\W\d_]+")
_NEGATED = re.compile(r"\b(?:do|does) not (?:\w+ly )?[a-z]+(?: [\w’'-]+){0,5} ?$")
_PRONOUN = re.compile(r"(?<!\w)(?:[Ii]t|[Ss]?[Hh]e|which|who) $")
_REACH = 8
# what keeps a present before “since” in good English: a rank, an age, a cleft
_RANKED = re.compile(
    r"\b(?:first|only|last|\w{3,}est|most|least|worst|best|time|times|more|less|higher|lower|up|down|now|"
    r"not|no|ago|it|long|fewer|greater|bigger|larger|than|dates?|unchanged|years?|months?|days?|decade|"
    r"record|low|high|as)\b"
)
_PERFECT = re.compile(r"\b(?:has|have|had|having|been|was|were|did)\b|['’](?:s|ve|d)\b")
# what makes the time that of another verb: the law it imposed, the slump of two years ago
_OWN_TIME = re.compile(
    r"\b(?:that|which|who|what|where|when|because|since|you|it|[a-z]+ed)\b| (?:of|from) (?:an? |\w+ "
    r"){0,2}\w+$|not (?:so )?long$"
)
_MODAL = re.compile(r"\b(?:may|might|must|can|could|should|shall|will|would|to|not|rather|ever) (?:\w+ly )?$")


def _present(parts: Parts, word: str) -> bool:
    """Whether a word is a present-tense verb and hardly a noun."""
    return "Z" in parts[word] and not parts.can(word, "NPA")


def _lasting(passage: Passage, parts: Parts) -> Iterator[Flag]:
    """A present tense before *since*: “it functions since 2014”."""
    for m in _SINCE_WHEN.finditer(passage.text):
        head = _BREAK.split(passage.text[max(0, m.start() - 90) : m.start()])[-1]
        words = list(_WORD.finditer(head))[-_REACH:]
        verbs = [
            w
            for w in words
            if w.group() in {"is", "are"}
            or _present(parts, w.group())
            or ("Z" in parts[w.group()].upper() and _PRONOUN.search(head, 0, w.start()))
        ]
        negated = _NEGATED.search(head)
        start = negated.start() if negated else verbs[-1].start() if verbs else None
        ranked = _RANKED.search(head[start:].replace(" not ", " ")) if start is not None else None
        if start is None or ranked or _PERFECT.search(head):
            continue
        if negated is None and not _subject(head[:start], parts):
            continue
        at = m.start() - len(head) + start
        yield _SINCE.on(passage, at, m.end(), verb=passage.text[at : m.start()].strip())


def _subject(before: str, parts: Parts) -> bool:
    """Whether what stands before a verb ends in something that can be its subject: no plural, no “to”."""
    last = before.split()[-1:]
    return bool(last) and last[0] not in {"to", "will", "would", "can"} and not parts.only(last[0], "P")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def present(word: str) -> bool:
        return _present(parts, word)

    def span(m: re.Match[str]) -> bool:
        apart = m["object"] is not None and "Z" in parts[m["verb"]].upper()  # its object follows the span
        return (apart or present(m["verb"])) and not _PERFECT.search(clause(m))

    def dated(m: re.Match[str]) -> bool:
        whole = sentence(m)
        return "since" not in whole.lower() and "between" not in whole.lower()

    def past(m: re.Match[str]) -> bool:
        told = parts.can(m["done"], "E") and "since" not in m.group()
        return told and _MODAL.search(m.string, max(0, m.start("perfect") - 12), m.start("perfect")) is None

    return (
        Pattern(
            Rule(
                "for-span",
                NAME,
                "grammar",
                "major",
                0.7,
                "A span up to now takes the perfect: “has been …ing for”, not “{verb}”.",
            ),
            re.compile(
                rf"\b(?P<verb>[a-z]+) for (?:now )?{_COUNT} (?:\w+ )?(?:{_SPANS})(?=(?P<object> (?:the|its|"
                rf"their) )| (?:now|to|on|in|with|at|for)\b|[,.])"
            ),
            holds=lambda m: span(m) and not re.search(r"\b(?:who|that) $", m.string[: m.start()][-6:]),
        ),
        Pattern(
            Rule(
                "for-span", NAME, "grammar", "major", 0.8, "A span up to now takes the perfect, not “{verb}”."
            ),
            re.compile(
                rf"(?<![\w,] )\b[Ff]or (?:now )?(?:{_COUNT} )+(?:{_SPANS})(?: now)?, (?:the |this |its |"
                rf"his |these )?(?:[\w’'-]+ ){{1,4}}?(?P<verb>[a-z]+s|is|are) (?=\w)"
            ),
            holds=lambda m: (m["verb"] in {"is", "are"} or present(m["verb"])) and not _PERFECT.search(m[0]),
            part="verb",
        ),
        Pattern(
            Rule(
                "perfect-ago", NAME, "grammar", "major", 0.85, "“ago” names a time that is over: simple past."
            ),
            re.compile(
                r"(?<!not )\b(?P<perfect>(?:has|have) (?:(?:already|also|just|even|thus|\w+ly) "
                r")?(?P<done>[a-z]+))(?= [^.;:,!?—]{1,60}\bago\b)"
            ),
            holds=lambda m: past(m) and _OWN_TIME.search(m.string[m.end() :][:90].split(" ago")[0]) is None,
            part="perfect",
        ),
        Pattern(
            Rule(
                "perfect-dated", NAME, "grammar", "minor", 0.72, "A date that is over takes the simple past."
            ),
            re.compile(
                rf"(?<![\w,] )\b(?:[Oo]n|[Ii]n) (?:(?:early|late|mid-) ?)?(?:(?:{MONTHS})(?: "
                rf"\d{{1,2}}(?:st|nd|rd|th)?)?,? )?(?:19|20)\d\d, (?:the |this |its |his |these |two |both "
                rf")?"
                r"(?:[\w’'-]+,? ){0,8}?(?P<perfect>(?:has|have) (?:(?:also|just|thus|\w+ly) "
                r")?(?P<done>[a-z]+))"
            ),
            holds=lambda m: past(m) and dated(m) and m["done"] != "been",
            part="perfect",
        ),
        Pattern(
            Rule(
                "perfect-dated", NAME, "grammar", "minor", 0.75, "A date that is over takes the simple past."
            ),
            re.compile(
                rf"\b(?P<perfect>(?:has|have) (?P<done>[a-z]+))(?= (?:[\w’'“”-]+ ){{0,4}}(?:yesterday|"
                rf"(?<!the )(?<!this )last (?:week|month|year|night|{MONTHS}|{WEEKDAYS})|(?:on |the |in "
                rf")(?:{MONTHS}) \d{{1,2}}, (?:19|20)\d\d|on (?:{WEEKDAYS}))\b(?! (?:and|to)\b))"
            ),
            holds=lambda m: past(m) and dated(m) and m["done"] != "been",
            part="perfect",
        ),
        Pattern(
            Rule(
                "there-are-years",
                NAME,
                "grammar",
                "major",
                0.85,
                "“il y a … ans” is “… years ago” in English.",
            ),
            re.compile(
                rf"(?:(?<=, )|(?<=^)|(?<=[.!?] ))[Tt]here (?:are|is) (?:now |already |barely |only |hardly "
                rf")?{_COUNT} (?:(?:million|thousand|hundred)s? (?:of )?)?(?:{_SPANS}|days)(?=,|\.| "
                rf"[a-z]+ed\b| that (?:the|he|she|it|they|we|[A-Z]))"
            ),
        ),
    )


def _prepare(tables: Tables) -> Finder:
    parts = parts_of(tables["parts"])
    patterns = _patterns(parts)

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from found(passage, patterns)
            yield from _lasting(passage, parts)

    return find


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "tenses of another language: since with a present, a perfect with a date",
    _prepare,
    ("parts",),
)
