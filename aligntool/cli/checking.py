"""Options of every command that checks English, and what they add up to."""

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligntool.cli.console import say
from aligntool.records import CATEGORIES, SEVERITIES

if TYPE_CHECKING:
    from aligntool.layout import Checked
    from aligntool.pipeline import Extras

__all__ = ["DICTIONARY", "IGNORE", "LEXICON", "MT_FROM", "extras", "summary"]

_FILE = click.Path(path_type=Path, dir_okay=False)
_NONE = Path("none")
_IGNORED = Path(".aligntool-ignore")

LEXICON = click.option(
    "--lexicon",
    "lexicons",
    type=_FILE,
    multiple=True,
    help="Phrases of your own to flag: a phrase, a tab, its suggestion a line. May be given again.",
)
DICTIONARY = click.option(
    "--dictionary",
    "dictionaries",
    type=_FILE,
    multiple=True,
    envvar="ALIGNTOOL_DICTIONARY",
    help="Hunspell dictionary, such as fr.dic beside fr.aff, to ask in place of the one installed for its "
    "language; none: ask no installed one. May be given again.",
)
IGNORE = click.option(
    "--ignore",
    type=_FILE,
    help="What not to flag: file, tab, check, tab, text a line.  "
    "[default: .aligntool-ignore, where there is one]",
)
MT_FROM = click.option(
    "--mt-from",
    default="",
    help="Language the English was made from, such as fr; presumed from the text when not given.",
)


def extras(
    lexicons: Sequence[Path], ignore: Path | None, dictionaries: Sequence[Path], mt_from: str = ""
) -> "Extras":
    """What the four options add to the checks.

    Raises:
        AligntoolError: A file cannot be read; the line is named.
    """
    from aligntool import plugins
    from aligntool.dictionaries import given, installed
    from aligntool.files import read_text
    from aligntool.languages import tag
    from aligntool.pipeline import Extras
    from aligntool.userlists import entries, ignored

    listed = ignore or (_IGNORED if _IGNORED.exists() else None)
    own = tuple(entry for path in lexicons for entry in entries(read_text(path), str(path)))
    names = (*plugins.names("checks"), "lexicon")
    rules = ignored(read_text(listed), str(listed), names) if listed else ()
    named = tuple(given(path) for path in dictionaries if path != _NONE)
    found = () if _NONE in dictionaries else installed(say)
    others = tuple(one for one in found if one.lang not in {other.lang for other in named})
    return Extras(own, rules, tag(mt_from) if mt_from else "", named + others)


def summary(every: Sequence["Checked"]) -> None:
    """Say how many flags there are in how many words, of which severity and kind, and what was kept back."""
    words = sum(len(str(one.bitext.target).split()) for one in every)
    flags = [flag for one in every for flag in one.flags]
    say(f"{len(flags)} flags in {words} words; per 1,000 words: {1000 * len(flags) / max(words, 1):.1f}")
    if flags:
        say("  " + _rates(Counter(flag.severity for flag in flags), reversed(SEVERITIES), words))
        say("  " + _rates(Counter(flag.category for flag in flags), CATEGORIES, words))
    silenced = sum(len(one.silenced) for one in every)
    if silenced:
        say(f"{silenced} flags silenced by the ignore list")
    for lang, count in sorted(Counter(one.origin for one in every if one.origin).items()):
        say(f"made from {_language(lang)}, to all appearances ({count} of {len(every)} texts)")


def _rates(counts: Counter[str], order: Iterable[str], words: int) -> str:
    return ", ".join(f"{name} {1000 * counts[name] / max(words, 1):.1f}" for name in order if counts[name])


def _language(lang: str) -> str:
    from aligntool.phrasebook import LANGUAGES

    return LANGUAGES.get(lang, lang)
