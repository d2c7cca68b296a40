"""Checks whose findings are the hits of a lexicon: one row, one reason."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from aligntool.flags import Finder, Passage, Rule, passages
from aligntool.lexicons import Hit, Lexicon
from aligntool.listings import Row
from aligntool.records import SEVERITIES, Bitext, Category, Flag

__all__ = ["LANGUAGES", "phrase_finder"]

LANGUAGES: Mapping[str, str] = {"fr": "French", "nl": "Dutch", "de": "German", "es": "Spanish"}


def phrase_finder(  # noqa: PLR0913 - two of them have defaults and are given by name
    check: str,
    category: Category,
    rows: Iterable[Row],
    message: str,
    *,
    exact: bool = False,
    skip: Callable[[Passage, Hit], bool] = lambda _passage, _hit: False,
) -> Finder:
    """A finder that flags every phrase of a table.

    Args:
        check: Name of the check.
        category: Kind of error.
        rows: Columns ``lang original literal suggestion severity confidence context note``.
        message: As in Rule; may use ``{text} {source} {language} {suggestion} {note}``.
        exact: Small and capital letters differ.
        skip: Whether a hit is to be let pass.

    Returns:
        The finder; where the source's language is known it keeps to that language's rows.

    Raises:
        ValueError: A row cannot be read.
    """
    lexicon = Lexicon(rows, exact=exact)

    def find(bitext: Bitext) -> Iterator[Flag]:
        known = bitext.source.lang if bitext.source.lang in LANGUAGES else ""
        for passage in passages(bitext.target):
            for hit in lexicon.find(passage.text):
                if (not known or hit.row["lang"] in {known, ""}) and not skip(passage, hit):
                    yield _flag(check, category, message, passage, hit)

    return find


def _plain(suggestion: str) -> str:
    """A suggestion as a dictionary would have it."""
    return re.sub(r"@\w+", "one’s", re.sub(r"\*+", "…", suggestion.replace("~", "")))


def _flag(check: str, category: Category, message: str, passage: Passage, hit: Hit) -> Flag:
    row = hit.row
    severity = next((grade for grade in SEVERITIES if grade == row["severity"]), None)
    if severity is None:
        raise ValueError(f"no such severity: {row['severity']!r}")
    rule = Rule("phrase", check, category, severity, float(row["confidence"]), message)
    return rule.on(
        passage,
        hit.start,
        hit.end,
        hit.fix or None,
        source=row["original"],
        lang=row["lang"],
        language=LANGUAGES.get(row["lang"], row["lang"]),
        suggestion=hit.fix or _plain(row["suggestion"]) or row["note"],
        **({"note": row["note"]} if row["note"] else {}),
    )
