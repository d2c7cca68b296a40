"""What a translation must carry over as it stands: addresses, placeholders, markup and numbers."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from aligntool.wordforms import numerals, unsaid_numbers

__all__ = [
    "MASKS",
    "Spans",
    "around",
    "carried",
    "core",
    "has_letters",
    "literals",
    "localised",
    "lost",
    "mask",
    "merged",
    "outside",
    "unmask",
    "widened",
]

Spans = tuple[tuple[int, int], ...]
"""Half-open ranges of a text, in order."""

_PATTERN = re.compile(
    r"""
      (?:https?|ftp)://[^\s<>"'()\[\]{}]*[^\s<>"'()\[\]{}.,;:!?’”»]   # an address of a page
    | www\.[^\s<>"'()]*[^\s<>"'().,;:!?’”»]
    | (?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+                    # of a person
    | \{\{[^{}\n]*\}\} | \$\{[^{}\n]*\} | %\{[^{}\n]*\}               # {{x}} ${x} %{x}
    | \{[\w.:!\[\]]*\}                                                # {x} {0:.2f}
    | %\(\w+\)[-+\#0]{0,4}\d{0,4}(?:\.\d+)?[a-zA-Z]                     # %(name)s
    | (?<![\d%])%(?:\d{1,3}\$)?[-+\#0]{0,4}\d{0,4}(?:\.\d+)?(?:l{0,2}[diouxXeEfgGcs]|@)(?![^\W\d_])  # %s %1$s
    | </?[A-Za-z][^<>\n]*>                                            # a tag
    | &(?:\#\d+|\#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);                # an entity
    | (?<![\w@\#])[@\#][^\W\d]\w*                                     # @handle #topic
    """,
    re.VERBOSE,
)
_CORE = re.compile(r"\w(?:.*\w)?", re.DOTALL)
_COMMA_NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+")
_BLANK_NUMBER = re.compile(r"\d{1,3}(?:[\u00a0\u2009\u202f ]\d{3})+(?:,\d+)?")
_POINT_DECIMAL = frozenset(
    ("bn", "cy", "en", "ga", "he", "hi", "ja", "ko", "ms", "mt", "my", "sw", "ta", "te", "th", "ur", "zh")
)
_SWAP = str.maketrans(".,", ",.")

MASKS = ("XX{}", "[{}]", "#{}")
"""Stand-ins that models copy, in the order to try them: a made-up word first, signs after it."""


def literals(text: str) -> Spans:
    """Half-open ranges of addresses, placeholders, tags, entities, handles; numbers are not among them.

    >>> [text[a:b] for text in ["Dag {naam}, zie www.a.nl."] for a, b in literals(text)]
    ['{naam}', 'www.a.nl']
    """
    return tuple(match.span() for match in _PATTERN.finditer(text))


def outside(text: str) -> str:
    """The text without its literals, a blank in the place of each."""
    return _PATTERN.sub(" ", text)


def has_letters(text: str) -> bool:
    """Whether there is anything to translate in a text: letters that are no part of a literal."""
    return any(map(str.isalpha, outside(text)))


def core(part: str) -> tuple[int, int]:
    """Range of a fragment from its first to its last letter or digit, without the signs around it.

    >>> core(" (of zo) "), core(" - 12 ")
    ((2, 7), (0, 0))
    """
    match = _CORE.search(part)
    return match.span() if match and has_letters(part) else (0, 0)


def lost(source: str, output: str, target: str) -> Spans:
    """Ranges of the source's literals and numbers that its translation does not have, in order.

    Args:
        source: A text.
        output: Its translation.
        target: The translation's language.
    """
    left = Counter(output[start:end] for start, end in literals(output))
    gone = []
    for start, end in literals(source):
        item = source[start:end]
        if left[item]:
            left[item] -= 1
        else:
            gone.append((start, end))
    bare = _PATTERN.sub(lambda match: " " * len(match[0]), source)
    return tuple(sorted(gone + unsaid_numbers(bare, outside(output), target)))


def carried(item: str, source: str, target: str) -> str:
    """The item as the target language writes it: a number changes its decimal and thousands signs.

    >>> carried("1.250,75", "nl", "en"), carried("9 000", "fr", "en"), carried("a.nl/1,5", "nl", "en")
    ('1,250.75', '9,000', 'a.nl/1,5')
    """
    if (source in _POINT_DECIMAL) == (target in _POINT_DECIMAL):
        return item
    if _COMMA_NUMBER.fullmatch(item):
        return item.translate(_SWAP)
    if target in _POINT_DECIMAL and _BLANK_NUMBER.fullmatch(item):
        return re.sub(r"\s", ",", item.replace(",", "."))
    return item


def localised(text: str, output: str, source: str, target: str) -> str:
    """The output with the numbers that a model left in the source's writing put into the target's.

    >>> localised("Het kost 1.250,75 euro.", "It costs 1.250,75 euros.", "nl", "en")
    'It costs 1,250.75 euros.'
    """
    given = {text[start:end] for start, end, _ in numerals(text)}
    kept = literals(output)
    for start, end, _ in reversed(numerals(output)):
        alone = not re.match(r"[.,]\d", output[end:]) and not re.search(r"\d[.,]$", output[:start])
        if output[start:end] in given and alone and not any(a < end and start < b for a, b in kept):
            output = output[:start] + carried(output[start:end], source, target) + output[end:]
    return output


def mask(text: str, spans: Spans, shape: str) -> str:
    """Put a stand-in, blanks around it, in the place of each range.

    >>> mask("Zie <b>www.a.nl</b>.", ((4, 7), (7, 15), (15, 19)), "XX{}")
    'Zie XX1 XX2 XX3 .'
    """
    pieces, at = [], 0
    for number, (start, end) in enumerate(spans, 1):
        pieces += [text[at:start], f" {shape.format(number)} "]
        at = end
    return " ".join("".join([*pieces, text[at:]]).split())


def unmask(output: str, text: str, spans: Spans, items: Sequence[str], shape: str) -> str | None:
    """Put the items back; None where a stand-in was dropped, doubled or changed.

    Blanks that `mask` put between an item and its neighbours go again.
    """
    parts = re.split(re.escape(shape).replace(r"\{\}", r"(\d+)"), output)
    if sorted(map(int, parts[1::2])) != list(range(1, len(spans) + 1)):
        return None
    for i in range(1, len(parts), 2):
        which = int(parts[i]) - 1
        start, end = spans[which]
        if start and not text[start - 1].isspace():
            parts[i - 1] = parts[i - 1].removesuffix(" ")
        if end < len(text) and not text[end].isspace():
            parts[i + 1] = parts[i + 1].removeprefix(" ")
        parts[i] = items[which]
    return "".join(parts)


def around(piece: str, spans: Spans) -> list[str]:
    """What stands before, between and after the ranges: one more than there are ranges."""
    ends = [0, *(end for _, end in spans)]
    return [piece[a:b] for a, b in zip(ends, [*(start for start, _ in spans), len(piece)], strict=True)]


def merged(spans: Iterable[tuple[int, int]]) -> Spans:
    """Ranges in order, those that touch or overlap made one."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def widened(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    """The ranges with the letters and hyphens their numbers hang on (G7, F-16), touching ones merged."""
    wide = []
    for first, last in spans:
        start, end = first, last
        while start and text[first].isdigit() and (text[start - 1].isalnum() or text[start - 1] == "-"):
            start -= 1
        while end < len(text) and text[last - 1].isdigit() and text[end].isalnum():
            end += 1
        wide.append((start, end))
    return merged(wide)
