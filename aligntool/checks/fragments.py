"""Sentences without a main clause: what French begins with *car*, a noun and a relative, or *et*."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.parts import Parts, parts_of
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "fragments"
_CAUSE = Rule(
    "because",
    NAME,
    "grammar",
    "minor",
    0.68,
    "The sentence has no main clause: “{opener}” is “For” or “This is because”.",
)
_NOUN = Rule(
    "noun", NAME, "grammar", "minor", 0.72, "A noun with a relative clause, but no main verb: a fragment."
)
_LOOSE = Rule(
    "loose", NAME, "grammar", "minor", 0.7, "The sentence has no main clause: it belongs to the one before."
)
_BARE = Rule("no-subject", NAME, "grammar", "minor", 0.75, "The sentence lacks its subject.")
_PROOF = Rule("proof", NAME, "grammar", "minor", 0.75, "A fragment, as in French: “This proves that …”.")
_TO = Rule("to-confirm", NAME, "grammar", "minor", 0.85, "“À confirmer” and the like: “To be confirmed.”")

_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+(?=[\w])[^.!?…]*)*[.!?…]*[”\"’)]*\s*")
_OPEN = re.compile(
    r"[“\"(]?(?P<opener>Because|Whereas|Especially (?:since|as|because)|All the more (?:so )?(?:since|as|"
    r"because)|Even though|So that|Even if)\b"
)
_MAIN = re.compile(
    r", (?:then |so |and |but )?(?:it|they|we|he|she|I|you|there|this|that|these|those|the|a|an|his|her|"
    r"its|their|our|my|your|one|some|many|most|nobody|no|each|every|both|all|what|in|by|for|[A-Z][\w’-]+)\b"
)
_IN_FACT = re.compile(r"Because (?:in fact|indeed|in reality|in truth|yes|de facto)\b")
_TALK = re.compile(r"\b(?:I|you|we|me|my|your|us|our|I’m|I'm|don’t|don't)\b|['’](?:m|re|ll|ve|t)\b")
_BEGUN = re.compile(r"(?:However, |But |And |Indeed, )?(?:[Aa]n?|Unlike|Contrary to) ")
_RELATIVE = re.compile(
    r"\b(?:which|that|who|whose|where|when|while|because|if|as|since|than|what|whom|how|why)\b"
)
_SUBJECTLESS = re.compile(
    r"(?:And|But) (?:has|have|had|is|are|was|were|does|did|will|would|can) (?:just as |(?:not|also|even|"
    r"just|already|always|never|thus|therefore|still|now|long|only|often|rarely) |\w+ly )*(?P<verb>(?!as\b|"
    r"\w+ly\b)[a-z]+)"
)
_LOOSELY = re.compile(
    r"(?:As well as|Such as|Not to mention|Including|Notably|Hence|As happened|As is the case|As was the "
    r"case) "
)
_PROVES = re.compile(
    r"(?:The p|P)roof (?:that|of this)|Proof, if|A sign that|Sign that|The sign that|Evidence that|Witness "
    r"the"
)
_CONFIRM = re.compile(
    r"To (?:confirm|follow|be continued|read|see|note|verify|monitor|watch|discover|be followed)\s*\."
)
_WORD = re.compile(r"[^\W\d_]+")
_AUX = frozenset(
    str.split(
        "is are was were has have had will would can could may might must should does do did shall cannot "
        "isn aren wasn weren hasn haven"
    )
)
_BETWEEN = frozenset(
    {"not", "never", "also", "already", "still", "now", "yet", "often", "always", "even", "just"}
)
_JOINS = frozenset({"by", "in", "on", "to", "at", "with", "for", "from", "against", "as", "between", "under"})
_SHORT, _LONG = 4, 60


def _finite(words: list[str], parts: Parts) -> int:
    """How many verbs of a sentence can carry a clause."""
    count = 0
    for at, word in enumerate(words):
        low = word.lower()
        before = _governor(words, at)
        if low in _AUX:
            count += before not in _AUX and before != "to"
        elif word.islower() and before not in _AUX | {"to", "be", "been", "being"}:
            tags = parts[low]
            present = "Z" in tags and (not parts.can(low, "NPA") or _governs(words, at))
            past = tags[:1] in {"D", "E"} and "D" in tags and not _reduced(words, at, parts)
            count += present or past
    return count


def _governor(words: list[str], at: int) -> str:
    """The word before one, adverbs passed over: “is not fully ensured” has its verb in “is”."""
    while at and (words[at - 1].lower() in _BETWEEN or words[at - 1].endswith("ly")):
        at -= 1
    return words[at - 1].lower() if at else ""


def _governs(words: list[str], at: int) -> bool:
    """Whether an article follows, so that what may be a plural or a verb is a verb."""
    return at + 1 < len(words) and words[at + 1].lower() in {"the", "a", "an", "its", "his", "their", "this"}


def _reduced(words: list[str], at: int, parts: Parts) -> bool:
    """Whether a past form may be a participle of the noun before it: “the bank founded in 1968”."""
    if "E" not in parts[words[at]].upper() or at == 0 or at + 1 == len(words):
        return False
    return parts.first(words[at - 1], "NP") and words[at + 1].lower() in _JOINS


def _sentences(passage: Passage) -> Iterator[tuple[int, str, str]]:
    """Each sentence with its offset and what stands before it."""
    for m in _SENTENCE.finditer(passage.text):
        lead = len(m.group()) - len(m.group().lstrip(' \u00a0“"'))
        yield m.start() + lead, m.group()[lead:].rstrip(), passage.text[: m.start()][-3:].rstrip()


def _rule(sentence: str, before: str, parts: Parts) -> tuple[Rule, int] | None:
    """Which kind of fragment a sentence is, and how many characters show it."""
    words = _WORD.findall(sentence)
    if sentence.rstrip('”"’)')[-1:] not in ".…" or len(words) > _LONG:
        return None
    if m := _CONFIRM.match(sentence):
        return _TO, m.end()
    if (m := _PROVES.match(sentence)) and _finite(words, parts) <= len(_RELATIVE.findall(sentence)):
        return _PROOF, m.end()
    if len(words) < _SHORT or before.endswith("?"):
        return None
    return _begun(sentence, parts) or _nominal(sentence, words, parts)


def _begun(sentence: str, parts: Parts) -> tuple[Rule, int] | None:
    """Fragments told by their first words."""
    if m := _OPEN.match(sentence):
        return (_CAUSE, m.end("opener")) if _causal(sentence) else None
    if m := _SUBJECTLESS.match(sentence):
        return (_BARE, m.end()) if parts.can(m["verb"], "EG") and not parts.first(m["verb"], "NP") else None
    if (m := _LOOSELY.match(sentence)) and not _MAIN.search(sentence):
        return _LOOSE, m.end() - 1
    return None


def _causal(sentence: str) -> bool:
    """Whether what begins with *Because* ends without a main clause."""
    if _IN_FACT.match(sentence):
        return True
    return not _MAIN.search(sentence) and not _TALK.search(sentence)


def _nominal(sentence: str, words: list[str], parts: Parts) -> tuple[Rule, int] | None:
    """A noun and its relative clauses, no verb left for a main clause."""
    begun = None if sentence.endswith("…") else _BEGUN.match(sentence)
    relative = _RELATIVE.search(sentence)
    if (
        begun is None
        or relative is None
        or relative.group() not in {"which", "that", "who", "where", "whose"}
    ):
        return None
    clauses = len(_RELATIVE.findall(sentence))
    head = _WORD.findall(sentence[: relative.start()])
    if _finite(head, parts) or _finite(words, parts) > clauses or _TALK.search(sentence):
        return None
    return _NOUN, relative.end()


def _find(passage: Passage, parts: Parts) -> Iterator[Flag]:
    for start, sentence, before in _sentences(passage):
        kind = _rule(sentence, before, parts)
        if kind is not None:
            rule, size = kind
            opener = sentence[:size].split()[0] if sentence[:size].split() else ""
            yield rule.on(passage, start, start + size, opener=opener)


def _prepare(tables: Tables) -> Finder:
    parts = parts_of(tables["parts"])

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from _find(passage, parts)

    return find


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "sentences without a main clause: Because …, A situation that …, And has …",
    _prepare,
    ("parts",),
)
