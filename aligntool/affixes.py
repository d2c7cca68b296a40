"""The rules of a hunspell dictionary: its ``.aff`` file read.

After hunspell(5), the manual page of the format (Németh 2018). What only serves suggestions is passed over.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

__all__ = ["Affix", "Compounding", "Flags", "Marks", "Rules", "declared", "parsed", "pattern"]

Index = Mapping[str, Sequence["Affix"]]
"""Affixes by the letters they put on."""

_Told = Mapping[str, list[list[str]]]
_MODES = ("UTF-8", "long", "num")
_CELLS = 4  # kind, flag, what goes, what comes; a condition may follow
_EMPTY: frozenset[str] = frozenset()


class Affix(NamedTuple):
    """One rule.

    Attributes:
        flag: Flag of the words that take it.
        cross: Whether a prefix and a suffix may meet on one word.
        strip: What the word loses.
        add: What it gets instead.
        condition: How the word must begin or end, in the signs of the format; "." for anyhow.
        flags: Flags of its own: affixes that may follow, and what the form may be used for.
    """

    flag: str
    cross: bool
    strip: str
    add: str
    condition: str
    flags: frozenset[str]


class Flags(NamedTuple):
    """How a dictionary writes sets of flags.

    Attributes:
        mode: ``long``: two characters a flag; ``num``: numbers with commas; else a character each.
        aliases: Sets that go by a number.
    """

    mode: str = ""
    aliases: Mapping[str, str] = {}

    def read(self, written: str) -> frozenset[str]:
        """The flags of a set; what is not written as the dictionary says it would is left, as hunspell does.

        >>> sorted(Flags("num").read("12,7,S")), sorted(Flags("long").read("AaBb"))
        (['12', '7'], ['Aa', 'Bb'])
        """
        if self.aliases and written.isdecimal():
            written = self.aliases.get(written, "")
        if self.mode == "long":
            return frozenset(written[i : i + 2] for i in range(0, len(written), 2))
        if self.mode == "num":
            return frozenset(one for one in written.split(",") if one.isdecimal())
        return frozenset(written)


@dataclass(frozen=True, slots=True)
class Marks:
    """Flags that mean something of their own; "" where the dictionary has none."""

    needaffix: str = ""
    forbiddenword: str = ""
    keepcase: str = ""
    circumfix: str = ""
    onlyincompound: str = ""


@dataclass(frozen=True, slots=True)
class Compounding:
    """How words are put together; flags are "" where the dictionary has none.

    Attributes:
        anywhere: Flag of words that may be any part.
        begin: Flag of words that may come first; ``middle`` and ``end`` likewise.
        permit: Flag of affixes that may stand inside.
        forbid: Flag of affixes that no part may have.
        least: Letters a part must have.
        most: Parts there may be; 0 for as many as one likes.
        twice: Whether a part may be followed by itself.
        clashes: End of a part and beginning of the next that may not meet.
    """

    anywhere: str = ""
    begin: str = ""
    middle: str = ""
    end: str = ""
    permit: str = ""
    forbid: str = ""
    least: int = 3
    most: int = 0
    twice: bool = True
    clashes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """What an ``.aff`` file says.

    Attributes:
        flags: How it writes flags.
        marks: Which flags mean something.
        compounding: How words are put together.
        ignored: Characters that do not count.
        input: What is written in words, and what the dictionary has for it.
        prefixes: Prefixes by what they put on.
        suffixes: Suffixes likewise.
        nested: Those of them after which another suffix may come.
        following: Flags of the suffixes that may come after another.
    """

    flags: Flags = field(default_factory=Flags)
    marks: Marks = Marks()
    compounding: Compounding = Compounding()
    ignored: str = ""
    input: Mapping[str, str] = field(default_factory=dict)
    prefixes: Index = field(default_factory=dict)
    suffixes: Index = field(default_factory=dict)
    nested: Index = field(default_factory=dict)
    following: frozenset[str] = _EMPTY


def declared(data: bytes) -> str:
    r"""The encoding an ``.aff`` file names (``SET``), as Python calls it; without one it is ISO 8859-1.

    >>> declared(b"# Russian\nSET microsoft-cp1251\n")
    'cp1251'
    """
    found = re.search(rb"^(?:\xef\xbb\xbf)?[ \t]*SET[ \t]+([^\s#]+)", data, re.MULTILINE)
    return found[1].decode("ascii", "replace").removeprefix("microsoft-") if found else "iso8859-1"


def parsed(text: str) -> Rules:
    """The rules in the text of an ``.aff`` file.

    Raises:
        ValueError: A line cannot be read; its number is in the message.
    """
    lines = [(number, line.split()) for number, line in enumerate(text.removeprefix("\ufeff").split("\n"), 1)]
    told: dict[str, list[list[str]]] = defaultdict(list)
    for _, cells in lines:
        if cells and cells[0] not in {"PFX", "SFX"} and not cells[0].startswith("#"):
            told[cells[0]].append(cells[1:])
    flags = _flags(told)
    prefixes = list(_affixes(lines, "PFX", flags))
    suffixes = list(_affixes(lines, "SFX", flags))
    own = {one.flag for one in suffixes}
    following = frozenset(flag for one in suffixes for flag in one.flags if flag in own)
    return Rules(
        flags,
        _marks(told),
        _compounding(told),
        _first(told, "IGNORE"),
        {row[0]: row[1] for row in told.get("ICONV", ())[1:] if len(row) > 1},
        _index(prefixes),
        _index(suffixes),
        _index(one for one in suffixes if one.flags & following),
        following,
    )


def _first(told: _Told, *names: str) -> str:
    """What the file says of the first of the names that it mentions; "" where it says nothing."""
    return next((row[0] for name in names for row in told.get(name, ()) if row), "")


def _number(told: _Told, name: str, usual: int) -> int:
    written = _first(told, name)
    if written and not written.isdecimal():
        raise ValueError(f"{name} {written!r}: that is no number")
    return int(written or usual)


def _flags(told: _Told) -> Flags:
    mode = _first(told, "FLAG")
    if mode not in {"", *_MODES}:
        raise ValueError(f"FLAG {mode!r}: there are {', '.join(_MODES)}")
    return Flags(
        mode, {str(number): row[0] for number, row in enumerate(told.get("AF", ())) if number and row}
    )


def _marks(told: _Told) -> Marks:
    return Marks(
        _first(told, "NEEDAFFIX", "PSEUDOROOT"),
        _first(told, "FORBIDDENWORD"),
        _first(told, "KEEPCASE"),
        _first(told, "CIRCUMFIX"),
        _first(told, "ONLYINCOMPOUND"),
    )


def _compounding(told: _Told) -> Compounding:
    return Compounding(
        _first(told, "COMPOUNDFLAG"),
        _first(told, "COMPOUNDBEGIN"),
        _first(told, "COMPOUNDMIDDLE"),
        _first(told, "COMPOUNDEND", "COMPOUNDLAST"),
        _first(told, "COMPOUNDPERMITFLAG"),
        _first(told, "COMPOUNDFORBIDFLAG"),
        max(1, _number(told, "COMPOUNDMIN", 3)),
        _number(told, "COMPOUNDWORDMAX", 0),
        "CHECKCOMPOUNDDUP" not in told,
        tuple((row[0], row[1]) for row in told.get("CHECKCOMPOUNDPATTERN", ())[1:] if len(row) == len("ab")),
    )


def _affixes(lines: Iterable[tuple[int, list[str]]], kind: str, flags: Flags) -> Iterator[Affix]:
    """All rules of a kind; the first line of a flag is its head: whether it crosses, and how many follow."""
    crossing: dict[str, bool] = {}
    for number, cells in lines:
        if not cells or cells[0] != kind:
            continue
        try:
            head = _head(cells)
            if head is not None:
                crossing[cells[1]] = head
            else:
                yield _affix(cells, flags, cross=crossing[cells[1]])
        except KeyError as error:
            raise ValueError(f"line {number}: the flag {error} has no head of its rules") from error
        except ValueError as error:
            raise ValueError(f"line {number}, {' '.join(cells[:6])!r}: {error}") from error


def _head(cells: Sequence[str]) -> bool | None:
    """Whether the rules of a flag cross with others, by the line that heads them; None for a rule."""
    if len(cells) < _CELLS:
        raise ValueError("kind, flag, what goes and what comes do not all stand there")
    return cells[2] == "Y" if cells[2] in {"Y", "N"} and cells[3].isdecimal() else None


def _affix(cells: Sequence[str], flags: Flags, *, cross: bool) -> Affix:
    _, flag, strip, put = cells[:_CELLS]
    condition = cells[_CELLS] if len(cells) > _CELLS and not cells[_CELLS].startswith("#") else "."
    if condition.count("[") != condition.count("]"):
        raise ValueError("a bracket is not closed")
    add, slash, own = put.replace("\\/", "\0").partition("/")
    return Affix(
        flag,
        cross,
        "" if strip == "0" else strip,
        "" if add == "0" else add.replace("\0", "/"),
        condition,
        flags.read(own) if slash else _EMPTY,
    )


def _index(affixes: Iterable[Affix]) -> Index:
    found: dict[str, list[Affix]] = defaultdict(list)
    for one in affixes:
        found[one.add].append(one)
    return dict(found)


@cache
def pattern(condition: str, *, at_end: bool) -> re.Pattern[str]:
    """A condition as a pattern: letters, ``.``, ``[…]``, ``[^…]``; a hyphen in brackets is but a hyphen.

    >>> ends = pattern("[^aeo]y", at_end=True)
    >>> bool(ends.search("city")), bool(ends.search("boy"))
    (True, False)
    """
    made = ""
    for piece in re.findall(r"\[\^?[^\]]*\]|.", condition):
        if len(piece) > 1 and piece[1] == "^":
            made += f"[^{re.escape(piece[2:-1])}]" if piece[2:-1] else "."
        elif len(piece) > 1:
            made += f"[{re.escape(piece[1:-1])}]" if piece[1:-1] else "(?!)"
        else:
            made += piece if piece == "." else re.escape(piece)
    return re.compile(made + r"\Z" if at_end else made)
