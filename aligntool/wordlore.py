"""The tables of words and phrases that come along, by pair of languages."""

from functools import cache

from aligntool.bilingual import LANGUAGES, Phrases, Words
from aligntool.files import read_table
from aligntool.senses import FUNCTION

__all__ = ["phrase_table", "word_table"]


@cache
def word_table(source: str, target: str) -> Words:
    """Words of a language and what translates them; empty where there is no table."""
    if source == "en" and target in LANGUAGES:
        return word_table(target, source).turned(FUNCTION)
    known = source in LANGUAGES and target == "en"
    return Words(read_table(f"links-{source}"), read_table(f"glosses-{source}")) if known else Words(())


@cache
def phrase_table(source: str, target: str) -> Phrases:
    """Fixed phrases of a language and what translates them; empty where there is no table."""
    return Phrases(read_table(f"phrases-{source}") if source in LANGUAGES and target == "en" else ())
