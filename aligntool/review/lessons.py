"""What decisions teach: phrases to flag, flags not to show, translations to use again. Only proposed."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from aligntool.edits import compare
from aligntool.records import Flag
from aligntool.review.openness import CONFLICT, keyed_flags, settlements
from aligntool.table import COLUMNS, Row, Table, made, unpack

__all__ = ["Dismissal", "Lessons", "Phrase", "ignore_list", "learn", "lexicon"]

_DECIDED = frozenset({"ok", "edited"})
_LONGEST = 6  # words of a phrase
_SHORTEST = 5  # letters of a word that may stand alone
_SURE = 0.8  # share of a phrase's occurrences that were changed in this way
# A lexicon's patterns give meaning to other signs.
_PLAIN = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Phrase:
    """English that people put something else for.

    Attributes:
        literal: As the machine has it.
        suggestion: What was put in its place.
        changed: How often.
        left: How often it was left standing, or changed to something else.
        rows: Names of rows where it was changed.
    """

    literal: str
    suggestion: str
    changed: int
    left: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A finding that people say is none: check, quoted text, how often, and where."""

    check: str
    text: str
    count: int
    rows: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What could be learnt; a person decides."""

    phrases: tuple[Phrase, ...]
    dismissals: tuple[Dismissal, ...]
    memory: Table


def learn(rows: Sequence[Row], least: int = 2) -> Lessons:
    """What the decisions in these rows teach.

    Args:
        rows: Rows of any tables.
        least: How often a phrase must have been changed in the same way.
    """
    return Lessons(tuple(_phrases(rows, least)), tuple(_dismissals(rows)), _memory(rows))


def _phrases(rows: Iterable[Row], least: int) -> Iterator[Phrase]:
    places: dict[tuple[str, str], list[str]] = defaultdict(list)
    texts: list[str] = []
    for row in rows:
        if row.status not in _DECIDED:
            continue
        texts.append(row.mt or row.src)
        for old, new in set(_edits(row)):
            places[old, new].append(row.id)
    for (old, new), where in sorted(places.items(), key=lambda item: (-len(item[1]), item[0])):
        if len(where) < least:
            continue
        word = re.compile(rf"(?<!\w){re.escape(old)}(?!\w)", re.IGNORECASE)
        every = sum(bool(word.search(text)) for text in texts)
        if len(where) >= _SURE * every:
            yield Phrase(old, new, len(where), every - len(where), tuple(where))


def _edits(row: Row) -> Iterator[tuple[str, str]]:
    """Phrases a person changed in a row; what a flag suggested already teaches nothing new."""
    # English that nobody touched since it was proposed, or given, holds no edit of a person.
    touched = made(row.tgt) != unpack(row.data).get("made")
    before = (row.mt or (row.src if row.src_lang == row.tgt_lang else "")) if touched else ""
    known = {(flag.text, flag.fix) for flag in keyed_flags(row).values()}
    for edit in compare(before, row.tgt) if before else ():
        old, new = before[slice(*edit.span)].strip(), edit.new.strip()
        if (old, new) not in known and _PLAIN.fullmatch(new) and _worth(old):
            yield old, new


def _worth(phrase: str) -> bool:
    """Whether a phrase can be looked for without finding everything."""
    words = phrase.split()
    telling = len(words) > 1 or len(phrase) >= _SHORTEST
    return bool(_PLAIN.fullmatch(phrase)) and telling and len(words) <= _LONGEST


def _dismissals(rows: Iterable[Row]) -> Iterator[Dismissal]:
    where: dict[tuple[str, str], list[str]] = defaultdict(list)
    accepted: Counter[tuple[str, str]] = Counter()
    for row, flag, how in _settled(rows):
        if how == "dismissed":
            where[flag.check, flag.text].append(row.id)
        else:
            accepted[flag.check, flag.text] += 1
    for (check, text), found in sorted(where.items(), key=lambda item: (-len(item[1]), item[0])):
        if text and not accepted[check, text]:
            yield Dismissal(check, text, len(found), tuple(found))


def _settled(rows: Iterable[Row]) -> Iterator[tuple[Row, Flag, str]]:
    for row in rows:
        how = settlements(row)
        for key, flag in keyed_flags(row).items() if how else ():
            if key in how and flag.check != CONFLICT:
                yield row, flag, how[key]


def _memory(rows: Iterable[Row]) -> Table:
    """Settled rows with an original, the last decision of each sentence."""
    kept = {
        (row.src_lang, row.tgt_lang, row.src): row
        for row in rows
        if row.status in _DECIDED and row.src and row.tgt and row.src_lang != row.tgt_lang
    }
    cells = ({c: getattr(row, c) for c in COLUMNS} for row in kept.values())
    return Table(tuple(Row(**one) for one in cells))


def lexicon(phrases: Iterable[Phrase]) -> str:
    """A file for ``--lexicon``: phrase, tab, suggestion, with what speaks for each in a remark above it."""
    lines = ["# Proposed from decisions: keep the lines you agree with, then use it with --lexicon."]
    for one in phrases:
        left = f", left {one.left} times" if one.left else ""
        lines.append(f"# changed {one.changed} times{left}: {_few(one.rows)}")
        lines.append(f"{one.literal}\t{one.suggestion}")
    return "\n".join(lines) + "\n"


def ignore_list(dismissals: Iterable[Dismissal]) -> str:
    """A file for ``--ignore``: file, tab, check, tab, text, with what speaks for each above it."""
    lines = ["# Proposed from decisions: keep the lines you agree with, then use it with --ignore."]
    for one in dismissals:
        # Signs that patterns of file names give a meaning to stand for themselves.
        text = re.sub(r"([*?\[])", r"[\1]", one.text)
        lines += [f"# dismissed {one.count} times: {_few(one.rows)}", f"*\t{one.check}\t{text}"]
    return "\n".join(lines) + "\n"


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (", …" if len(names) > _SHOWN else "")
