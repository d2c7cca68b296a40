"""Quotation marks: guillemets, doubled and lost marks, and the French reporting clause inside a quotation."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "quotes"
_DOUBLED = Rule("doubled", NAME, "punctuation", "major", 0.93, "The quotation mark is doubled.")
_GUILLEMET = Rule(
    "guillemet", NAME, "punctuation", "minor", 0.92, "English writes “…” where the text has “{mark}”."
)
_BLANK = Rule("blank-inside", NAME, "spacing", "minor", 0.92, "No space belongs inside the quotation marks.")
_TURN = Rule("turned", NAME, "punctuation", "minor", 0.9, "A closing mark stands where a quotation opens.")
_UNCLOSED = Rule("unclosed", NAME, "punctuation", "minor", 0.62, "The quotation opened here is never closed.")
_UNOPENED = Rule("unopened", NAME, "punctuation", "minor", 0.62, "A quotation ends here that never began.")
_CLAUSE = Rule(
    "clause-inside",
    NAME,
    "punctuation",
    "major",
    0.93,
    "The reporting clause “{clause}” stands inside the quotation, as in French; "
    "English closes the quotation before it.",
)

_BARE = Rule(
    "no-quotation",
    NAME,
    "punctuation",
    "minor",
    0.7,
    "“{clause}” reports speech, verb before speaker as in French, and no quotation mark shows where it "
    "begins.",
)
_TENSE = Rule(
    "perfect", NAME, "calque", "minor", 0.88, "“{verb}” before the speaker is French; English says “said”."
)
_NAME_AHEAD = r"(?:the|an?|this|his|her|its|one) [a-zA-Z]|[A-Z][a-z]"
_VERB = Rule(
    "verb", NAME, "calque", "minor", 0.7, "“{verb}” is no English word for speaking here: “says”, “adds”."
)
# the perfect, as in “…”, has declared the minister
_DONE = (
    "added|affirmed|announced|answered|asked|assured|commented|concluded|confided|confirmed|declared|deplored|"
    "estimated|explained|hammered|indicated|insisted|judged|lamented|launched|noted|precised|promised|recalled|"
    "reminded|replied|said|specified|stressed|thundered|told|underlined|warned"
)
_PERFECT = re.compile(
    rf"(?<=[”\"»])[ ]?,? (?P<verb>ha(?:s|ve|d)(?: also| thus| then)? (?:{_DONE})) (?={_NAME_AHEAD})"
)
_CALQUED = re.compile(
    r"(?<=[”\"»]|,) (?P<verb>specifies|estimates|hammers|decrypts|deciphers|decodes|nuances|slips|tempers|"
    r"abounds|precises|ironizes|launches|underlines|judges|affirms|relativizes|pursues|completes|indicates|"
    rf"evokes|analyzes) (?={_NAME_AHEAD})"
)
_TWICE = re.compile(r"“[ ]?”|[“«]{2,}|[”»]{2,}|\"{2,}|[ \u00a0]?»[ ]?»")
_FRENCH = re.compile(r"(?<!«)«(?!«)[ \u00a0\u202f]?|[ \u00a0\u202f]?(?<!»)»(?![ ]?»)|„(?=\w)")
_INNER = re.compile(r"“[ \u00a0\u202f]+(?=\w)|(?<=[\w.,!?…])[ \u00a0\u202f]+”(?!\w)")
_TURNED = re.compile(r"(?:(?<=\s)|^)”(?=\w)")
_QUOTE = re.compile(r"[“”«»„\"]")
_REACH = 5
_CLOSING = ("”", '"', "»")
_OPENING = ("“", '"', "«", "„")
_VERBS = (
    "notes|noted|specifies|specified|deplores|deplored|continues|continued|believes|believed|observes|"
    "observed|recalls|recalled|underlines|underlined|explains|explained|adds|added|says|said|analyzes|"
    "analyses|analyzed|judges|judged|estimates|estimated|affirms|affirmed|assures|assured|declares|"
    "declared|summarizes|summarises|summarized|concludes|concluded|confides|confided|laments|lamented|"
    "insists|insisted|warns|warned|points out|pointed out|sums up|summed up|comments|commented|remarks|"
    "remarked|confirms|confirmed|details|detailed|decrypts|deciphers|decodes|thinks|thought|worries|"
    "regrets|regretted|answers|answered|asks|asked|wonders|wondered|admits|admitted|acknowledges|"
    "recognizes|recognises|considers|considered|indicates|indicated|hammers|launches|launched|slips|"
    "slipped|tempers|tempered|nuances|nuanced|resumes|pursues|predicts|testifies|testified|denounces|"
    "denounced|argues|argued|stresses|stressed|reminds|reminded|claims|claimed|states|stated|announces|"
    "announced|tells|told|replies|replied|retorts|sighs|sighed|relates|reports|reported|suggests|evokes|"
    "precises|rejoices|exclaims|exclaimed|ironizes|quips|welcomes|boasts|proclaims|swears|enthuses|smiles|"
    "protests"
)
_NAME = r"[A-Z][\w’'-]+(?: (?:[A-Z][\w’'.-]+|von|van|de|der|den|la|le|al|bin|el|ben|di|du)){0,4}"
_TITLE = (
    r"(?:the|an?|this|that|his|her|its|one|our) (?:[A-Z][a-z]+(?:ian|an|ese|ish|ic|ch) )?[a-z][\w’'-]+"
    r"(?: (?:of |at |for |in )?[\w’'-]+){0,5}"
)
_SOMEONE = rf"(?:{_NAME}|{_TITLE})"
_REPORT = re.compile(
    rf"[,.!?…][ ](?P<clause>(?:{_VERBS}|ha[sd] (?:{_DONE})) (?P<who>{_SOMEONE}))"
    r"(?P<end>[,.:;]|(?=”))(?P<after>[ ]?)"
)


_SAYS = (
    "says|adds|explains|recalls|notes|continues|insists|warns|sighs|slips|smiles|laments|confides|"
    "concludes|underlines|specifies|jokes|summarizes|assures|admits|deplores|regrets|observes|points out|"
    "confirms|argues|analyzes|protests|replies"
)
# any verb in the present before a name in full: “, has fun Ivan Petrov.”, “, thunders the minister.”
_ANY_VERB = re.compile(
    r"[,?!…] (?P<clause>(?!(?:its|his|this|as|us|is|was|has|was|does|plus|perhaps|always|sometimes|versus|"
    r"besides|unless|thus)\b)(?:[a-z]+s(?: up| out| away)?|has fun) (?P<who>(?:the |an? )?(?:[a-z]+ "
    r"){0,3}[A-Z][\w’'-]+ (?:(?:von|van|de|der|den|la|le|al|bin|el|ben|di|du) )*[A-Z][\w’'-]+(?: "
    r"[A-Z][\w’'-]+)?))(?P<end>[,.:;]|(?=”))(?P<after>[ ]?)"
)
_FUN = re.compile(
    r"[,?!…] (?P<clause>(?:has fun|gets (?:carried away|annoyed|angry|excited)|is (?:indignant|surprised|"
    r"amused|alarmed|worried)|rejoices|thunders|marvels|asks (?:himself|herself)|wants to (?:believe|be "
    r"reassuring)|plays down|puts into perspective|moderates|qualifies|relativizes|storms|murmurs|whispers|"
    r"breathes|blows|drops|slides|throws|cuts|gushes|decides) "
    rf"(?P<who>{_SOMEONE}))(?P<end>[,.:;]|(?=”))(?P<after>[ ]?)"
)
_PERSONAL = re.compile(
    rf"[,?!…] (?P<clause>(?P<who>he|she) (?:{_SAYS}|continued|(?:ha[sd] )?(?:{_DONE}))"
    r"(?: to (?:us|me))?)(?P<end>[,.:;]|(?= while| with| in| at| to| from| before|”))(?P<after>[ ]?)"
)
_TOLD = re.compile(
    rf"[,?!…] (?P<clause>(?P<who>{_SOMEONE}) (?:confided|told|explained|said|confides|tells|explains|says|"
    rf"assured|assures|whispered)(?: to)?(?: me| us)?)(?P<end>[.])(?P<after>[ ]?)"
)
_REPORTS = (_REPORT, _ANY_VERB, _FUN, _PERSONAL, _TOLD)
_OUTSIDE = re.compile(
    r"(?<=[a-z]), (?P<clause>(?:summarizes|summarises|analyzes|analyses|deplores|ironizes|sums up|underlines|"
    rf"confides|nuances|laments|affirms) (?P<who>{_SOMEONE}))(?P<end>[.,:;])"
)


class _Mark(NamedTuple):
    at: int
    opens: bool


def _marks(text: str) -> Iterator[_Mark]:
    """Quotation marks with the way they point; a straight one opens where no word stands before it."""
    for m in _QUOTE.finditer(text):
        at, mark = m.start(), m.group()
        if mark == '"':
            before = text[at - 1] if at else " "
            if before.isdigit() and not (at + 1 < len(text) and text[at + 1] in ",.;"):
                continue  # inches
            yield _Mark(at, before.isspace() or before in "([{—–-/“‘'")
        else:
            yield _Mark(at, mark in "“«„" or (mark == "”" and _TURNED.match(text, at) is not None))


class _Quotation(NamedTuple):
    start: int
    end: int


class _Loose(NamedTuple):
    passage: Passage
    at: int
    opens: bool


def _quotations(text: str) -> tuple[list[_Quotation], list[_Mark]]:
    """Outer quotations of a passage, an unclosed one reaching to its end, and the marks without a partner."""
    found, loose, stack = [], list[_Mark](), list[_Mark]()
    for mark in _marks(text):
        if mark.opens:
            stack.append(mark)
        elif stack:
            start = stack.pop()
            if not stack:
                found.append(_Quotation(start.at, mark.at))
        else:
            loose.append(mark)
    if stack:
        found.append(_Quotation(stack[0].at, len(text)))
    return found, [*loose, *stack]


def _shapes(passage: Passage) -> Iterator[Flag]:
    text = passage.text
    for m in _TWICE.finditer(text):
        mark = m.group().strip()
        straight = mark[0] == '"'
        if not straight or _glued(text, m):
            opens = mark[0] in "“«"
            yield _DOUBLED.on(passage, m.start(), m.end(), '"' if straight else "“" if opens else "”")
    for m in _FRENCH.finditer(text):
        yield _GUILLEMET.on(
            passage, m.start(), m.end(), "”" if "»" in m.group() else "“", mark=m.group().strip()
        )
    for m in _INNER.finditer(text):
        yield _BLANK.on(passage, m.start(), m.end(), m.group().strip())
    for m in _TURNED.finditer(text):
        yield _TURN.on(passage, m.start(), m.end(), "“")


def _glued(text: str, m: re.Match[str]) -> bool:
    """Whether straight marks touch a word; those that do not are an empty string in code."""
    return text[: m.start()][-1:].isalnum() or text[m.end() :][:1].isalnum()


# What a quotation may go on with after a comma. A noun, or “of …”, may as well tell who the speaker is.
_SPEECH = re.compile(
    r"(?:and|but|or|so|because|that|which|who|if|when|while|since|as|we|you|they|he|she|it|i|there|this|"
    r"these|those|not|even|especially|particularly|notably|just|only|then|now|today|to|is|are|was|were|has|"
    r"have|had|will|"
    r"would|can|could|must|should|do|does|did|(?!retired)\w+ed)\b",
    re.IGNORECASE,
)


def _clauses(passage: Passage, quotation: _Quotation) -> Iterator[Flag]:
    inside = passage.text[quotation.start : quotation.end + 1]
    taken: set[int] = set()
    for m in (m for pattern in _REPORTS for m in pattern.finditer(inside)):
        nested = "“" in inside[1 : m.start()] and "”" not in inside[1 : m.start()]
        if nested or m.start() in taken:
            continue
        taken.add(m.start())
        yield _clause(passage, quotation, inside, m)


def _clause(passage: Passage, quotation: _Quotation, inside: str, m: re.Match[str]) -> Flag:
    """A reporting clause inside a quotation, with the marks it wants where the speech goes on behind it."""
    at = quotation.start + m.start("clause")
    head = inside[m.start()]
    resumes = m["end"] == "." or (m["end"] == "," and _SPEECH.match(inside, m.end()))
    if m["after"] and resumes:
        mark = head if head != "." else ","
        fix = f"{mark}” {m['clause']}{m['end']} “"
        end = quotation.start + m.end()
        return _CLAUSE.on(passage, quotation.start + m.start(), end, fix, clause=m["clause"])
    return _CLAUSE.on(passage, at, quotation.start + m.end("clause"), None, clause=m["clause"])


def _unmarked(passage: Passage, found: Sequence[_Quotation]) -> Iterator[Flag]:
    """A reporting clause after speech that no mark shows, the verb before the speaker."""
    for m in _OUTSIDE.finditer(passage.text):
        if not any(one.start <= m.start() <= one.end for one in found):
            yield _BARE.on(passage, m.start("clause"), m.end("clause"), clause=m["clause"])


def _reports(passage: Passage) -> Iterator[Flag]:
    """Verbs that report a quotation as no English verb does."""
    for m in _CALQUED.finditer(passage.text):
        if passage.text[m.start() - 2 : m.start()].strip(",")[-1:] in _CLOSING:
            yield _VERB.on(passage, m.start("verb"), m.end("verb"), "says", verb=m["verb"])
    for m in _PERFECT.finditer(passage.text):
        yield _TENSE.on(passage, m.start("verb"), m.end("verb"), "said", verb=m["verb"])


def _find(bitext: Bitext) -> Iterator[Flag]:
    loose: list[_Loose] = []
    runs = list(passages(bitext.target))
    for passage in runs:
        yield from _shapes(passage)
        found, lost = _quotations(passage.text)
        for quotation in found:
            yield from _clauses(passage, quotation)
        yield from _unmarked(passage, found)
        yield from _reports(passage)
        loose += [_Loose(passage, mark.at, mark.opens) for mark in lost]
    heads = {after.first: before.first for before, after in pairwise(runs) if after.text[:1] in _OPENING}
    for mark in _unmatched(loose, heads):
        yield (_UNCLOSED if mark.opens else _UNOPENED).on(mark.passage, mark.at, mark.at + 1)


def _unmatched(loose: Sequence[_Loose], heads: Mapping[int, int]) -> Iterator[_Loose]:
    """Marks no other paragraph answers: a quotation may run on, and every paragraph of it may open anew."""
    taken_up = set(heads.values())
    waiting: list[_Loose] = []
    for mark in loose:
        if mark.opens:
            waiting.append(mark)
        elif waiting and mark.passage.first - waiting[-1].passage.first <= _REACH:
            waiting.pop()
        else:
            yield mark
    yield from (mark for mark in waiting if mark.passage.first not in taken_up)


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(
    NAME,
    "punctuation",
    "strict",
    "guillemets, doubled or unbalanced quotation marks, a reporting clause inside the quotation",
    _prepare,
)
