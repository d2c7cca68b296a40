"""Which language machine-made English was made from, voted from what that language left behind."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from aligntool.records import Flag

__all__ = ["fitting", "presumed", "teeming", "votes"]

# Marks of a language's printers, with what one of them is worth beside a word of the language.
_MARKS: tuple[tuple[str, re.Pattern[str], float], ...] = (
    ("fr", re.compile("«[ \u00a0\u202f]|[ \u00a0\u202f]»"), 1.0),
    ("fr", re.compile(r"(?<=[\w”»)])[ \u00a0\u202f][:;?!](?=\s|$)"), 0.5),
    ("fr", re.compile(r"(?<![\w.,:])\d{1,2} ?h ?[0-5]\d(?!\w)"), 1.0),
    ("fr", re.compile(r"(?<!\w)[LlDd]['’](?=[A-ZÉ][a-zé]+)(?!\w['’]O)"), 0.5),
    ("de", re.compile(r"„(?=\w)[^“”]{1,200}“"), 1.0),
    ("nl", re.compile(r"„(?=\w)[^“”]{1,200}”"), 1.0),
    ("es", re.compile(r"[¿¡](?=\w)"), 2.0),
)
_CHECKS = {"exonyms": 2.0, "romanisation": 2.0, "spelling": 2.0, "calques": 1.0, "false-friends": 0.5}
_CLEAR, _LEAD = 3.0, 3.0
_TEEMING = 8.0
"""Votes in a thousand words from which a text teems with what a language left behind: native English has
under one, machine-made English of the years before neural engines ten and more."""
_SEVERAL = 4.0
"""Votes it takes however short the text is."""


def votes(text: str, flags: Iterable[Flag]) -> Mapping[str, float]:
    """How much speaks for each language: its printers' marks, its names and words, phrases put over from it.

    Args:
        text: The English.
        flags: What was found in it; those that suppose a language have it as evidence ``lang``.
    """
    found: dict[str, float] = defaultdict(float)
    for lang, pattern, worth in _MARKS:
        found[lang] += worth * len(pattern.findall(text))
    for flag in flags:
        lang = flag.evidence.get("lang", "")
        if lang:
            found[lang] += _CHECKS.get(flag.check, 0.0)
    return {lang: count for lang, count in found.items() if count}


def presumed(counted: Mapping[str, float]) -> str:
    """The language the votes name, "" where they are few or divided.

    >>> presumed({"fr": 9.0, "nl": 2.0}), presumed({"fr": 3.0, "nl": 2.0})
    ('fr', '')
    """
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or ranked[0][1] < _CLEAR:
        return ""
    second = ranked[1][1] if len(ranked) > 1 else 0.0
    return ranked[0][0] if ranked[0][1] >= _LEAD * second else ""


def teeming(text: str, counted: Mapping[str, float]) -> str:
    """The language a text teems with the remains of, "" where it does not.

    Args:
        text: The English.
        counted: The votes on it.
    """
    lang = presumed(counted)
    words = max(1, text.count(" ") + text.count("\n"))
    enough = max(_SEVERAL, words * _TEEMING / 1000)
    return lang if lang and counted[lang] >= enough else ""


def fitting(flags: Iterable[Flag], lang: str) -> tuple[Flag, ...]:
    """The flags that suppose no language, or that one."""
    return tuple(flag for flag in flags if not lang or flag.evidence.get("lang", lang) in {lang, ""})
