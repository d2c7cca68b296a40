"""Web pages as they were saved: blocks of text are translated, everything else stays to the character."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligntool.codec import Format
from aligntool.records import Document, Segment

__all__ = ["PLUGIN"]


class _Token(NamedTuple):
    """A stretch of the page: ``text``, a tag (``open``, ``close``, ``void``) or ``other`` (a comment …)."""

    kind: str
    start: int
    end: int
    name: str = ""


# How browsers cut tags (WHATWG HTML, §13.2.5): a quotation mark counts behind an equals sign only, and a tag
# that never ends swallows the rest. That also keeps this linear: each try ends in a tag or ends the reading.
_TAG = re.compile(r"""<(/?)([a-zA-Z][^\s/>]*+)(?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+>""")
_MARK = re.compile(r"<(?:!--|[!?]|/?[a-zA-Z]|/)")


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# Elements that are part of a sentence; all others end one.
_INLINE = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd mark q rp rt ruby s samp "
    "small span strike strong sub sup time tt u var wbr"
)
_VOID = _names("area base br col embed hr img input link meta param source track wbr")
# Elements without prose of the article.
_SKIPPED = _names("nav pre svg math template noscript select object canvas audio video")
# Elements whose text knows no tags but their own end.
_RAW = _names("script style textarea iframe xmp noembed noframes title")
_CODE = _names("code kbd samp var")
_ENTITY = re.compile(r"&#?\w+;?")
_WORD = re.compile(r"[^\W_]")


def _read(text: str) -> Document:
    """A segment a run of text and inline elements; tags, scripts and comments around it in the leads."""
    segments: list[Segment] = []
    at = 0
    for run in _runs(text):
        start, end = _trimmed(text, run)
        if start < end:
            segments.append(Segment(text[start:end], text[at:start]))
            at = end
    return Document("und", tuple(segments), text[at:])


def _tokens(text: str) -> Iterator[_Token]:
    """The page cut into tokens, in order; what follows a tag or comment without an end is left out."""
    at = 0
    while found := _MARK.search(text, at):
        if found.start() > at:
            yield _Token("text", at, found.start())
        token = _markup(text, found)
        if token is None:
            return
        yield token
        at = token.end
        if token.kind == "open" and token.name in _RAW:
            end = re.compile(rf"</{token.name}(?=[\s/>])", re.IGNORECASE).search(text, at)
            if not end:
                return
            yield _Token("text" if token.name == "title" else "other", at, end.start())
            at = end.start()
    if at < len(text):
        yield _Token("text", at, len(text))


def _markup(text: str, found: re.Match[str]) -> _Token | None:
    """The comment or tag that begins here; None where it has no end."""
    start = found.start()
    if found.group() == "<!--":
        end = text.find("-->", start + 2)
        return _Token("other", start, end + 3) if end >= 0 else None
    if not found.group()[-1].isalpha():
        end = text.find(">", start)
        return _Token("other", start, end + 1) if end >= 0 else None
    tag = _TAG.match(text, start)
    if not tag:
        return None
    name = tag[2].lower()
    # XHTML closes any element so; HTML none but void ones, yet writers who do it in HTML mean it too.
    void = name in _VOID or (text[tag.end() - 2] == "/" and name not in _INLINE)
    return _Token("close" if tag[1] else "void" if void else "open", start, tag.end(), name)


def _runs(text: str) -> Iterator[list[_Token]]:
    """Tokens between two block tags; those within skipped elements are passed over."""
    run: list[_Token] = []
    skipped, depth = "", 0
    for token in _tokens(text):
        if skipped:
            depth += (token.kind == "open") - (token.kind == "close") if token.name == skipped else 0
            skipped = skipped if depth else ""
        elif token.kind in {"text", "other"} or token.name in _INLINE:
            run.append(token)
        else:
            yield run
            run = []
            if token.kind == "open" and token.name in _SKIPPED:
                skipped, depth = token.name, 1
    yield run


def _trimmed(text: str, run: Sequence[_Token]) -> tuple[int, int]:
    """Where the words of a run begin and end: without blanks, and without tags that hold all of them."""
    if not _has_words(text, run):
        return 0, 0
    pairs = _pairs(run)
    low, high = 0, len(run)
    while True:
        if _outside(text, run[low], pairs.get(low)):
            low += 1
        elif _outside(text, run[high - 1], pairs.get(high - 1)):
            high -= 1
        elif pairs.get(low) == high - 1:
            low, high = low + 1, high - 1
        else:
            break
    start, end = run[low].start, run[high - 1].end
    inner = text[start:end]
    return start + len(inner) - len(inner.lstrip()), start + len(inner.rstrip())


def _has_words(text: str, run: Sequence[_Token]) -> bool:
    """Whether there is something to translate; code is not, nor are entities and punctuation alone."""
    depth = 0
    for token in run:
        if token.name in _CODE:
            depth = max(0, depth + (token.kind == "open") - (token.kind == "close"))
        elif (
            token.kind == "text"
            and not depth
            and _WORD.search(_ENTITY.sub("", text[token.start : token.end]))
        ):
            return True
    return False


def _outside(text: str, token: _Token, partner: int | None) -> bool:
    """Whether a token at a run's edge is no part of the sentence: blanks, comments, images, stray tags."""
    if token.kind == "text":
        return text[token.start : token.end].isspace()
    return partner is None


def _pairs(run: Sequence[_Token]) -> dict[int, int]:
    """The index of every opening tag's end tag, and the other way round; unbalanced ones have no partner."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    names: Counter[str] = Counter()
    for index, token in enumerate(run):
        if token.kind == "open":
            waiting.append(index)
            names[token.name] += 1
        elif token.kind == "close" and names[token.name]:
            opened = waiting.pop()
            while run[opened].name != token.name:
                names[run[opened].name] -= 1
                opened = waiting.pop()
            names[token.name] -= 1
            pairs[opened], pairs[index] = index, opened
    return pairs


PLUGIN = Format(
    "html",
    (".html", ".htm", ".xhtml"),
    "a saved web page; inline tags stay in the sentences, and entities (&eacute;) stay as they are written",
    _read,
    str,
)
