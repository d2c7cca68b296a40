"""Numbers of a text with their values: in digits as each language writes them, in words, times and dates."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from aligntool.numerals import MAGNITUDES, SOFT, UNITS, cardinal, joiners, ordinal

__all__ = ["Figure", "figures"]

Kind = Literal["digits", "words", "soft"]

_POINT = frozenset(("en", "ga", "he", "hi", "ja", "ko", "th", "zh"))
_BLANK = "\u00a0\u2009\u202f "
_NUMBER = re.compile(
    rf"(?:(?<![\w.,])|(?<=\bv))(?P<cur>[$€£]|US\$)?[{_BLANK}]?(?:"
    r"(?P<day>\d{1,2})(?P<dot>[./-])(?P<month>\d{1,2})(?P=dot)(?P<year>\d{4}|\d{2})(?!\d)"
    rf"|(?P<hour>\d{{1,2}})[{_BLANK}]?[hH:][{_BLANK}]?(?P<minute>[0-5]\d)(?!\d)"
    rf"|(?P<num>\d{{1,3}}(?P<sep>[.,'’{_BLANK}])\d{{3}}(?:(?P=sep)\d{{3}})*(?!\d)(?:[.,]\d+)?|"
    rf"\d+(?:[.,]\d+)?))"
)
_ROMAN = re.compile(
    r"(?<![\w’'-])(?P<roman>[XVI]{1,6})(?P<mark>e|è|ème|er|ère|ste|de|th)?(?![\w’'])"
    r"(?P<age> (?:siècles?|eeuw|century))?"
)
_ROMANS = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_WORD = re.compile(r"[^\W\d_]+")
_CLOCK = re.compile(
    rf"[{_BLANK}]?(?:h\b|hrs?\b|uur\b|Uhr\b|heures?\b|o['’]clock|[ap]\.?m\b|local time|lokale tijd|UTC|GMT)"
)
_AFTERNOON = re.compile(rf"[{_BLANK}]?p\.?m\b")
_LONGEST, _YEAR, _HALF_DAY, _DAY = 18, 4, 12, 24
_ONE = frozenset(("one", "un", "une", "uno", "ein"))
_DECADE = re.compile(r"['’]?s(?!\w)")


class Figure(NamedTuple):
    """A number of a text.

    Attributes:
        start: Where it begins (code points).
        end: Where it ends, its magnitude (*million*) included.
        values: What it may mean, in plain decimal writing; a time as ``t`` and minutes of the half day.
        loose: What it would mean in a language that writes decimals the other way.
        kind: In digits, in words, or a word that only suggests a number (*both*, *dozen*, *half*).
        factor: The magnitude's value, 1 where there is none.
        unit: What is counted, where two units are easily confused (``km``, ``mile``, ``$``); else empty.
    """

    start: int
    end: int
    values: frozenset[str]
    loose: frozenset[str]
    kind: Kind
    factor: Decimal
    unit: str


def figures(text: str, lang: str) -> list[Figure]:
    """Every number of a text, in order.

    Args:
        text: Prose; addresses and the like should have been blanked.
        lang: Its language; words and magnitudes are known for nl, fr, de, es and en.

    >>> [sorted(f.values) for f in figures("Op 3 mei 2,5 miljard, om 18.30 uur", "nl")]
    [['3'], ['2500000000'], ['18.3', 't390']]
    """
    written = [*_digits(text, lang), *_roman(text)]
    taken = {at for figure in written for at in range(figure.start, figure.end)}
    said = (figure for figure in _words(text, lang) if figure.start not in taken)
    return sorted([*written, *said], key=lambda figure: figure[:2])


def plain(value: Decimal) -> str:
    """A value in plain decimal writing, no zeros at its ends."""
    return format(value.normalize(), "f")


def _digits(text: str, lang: str) -> Iterator[Figure]:
    for m in _NUMBER.finditer(text):
        if m["day"]:
            yield _figure(m.start("day"), m.end("day"), {str(int(m["day"])), str(int(m["month"]))})
            year = str(int(m["year"]))
            yield _figure(m.start("year"), m.end("year"), {year, "20" + m["year"], "19" + m["year"]})
        elif m["hour"]:
            hour, minute = int(m["hour"]), int(m["minute"])
            yield _figure(m.start("hour"), m.end("minute"), _time(hour, minute))
        else:
            yield from _number(text, m, lang)


def _number(text: str, m: re.Match[str], lang: str) -> Iterator[Figure]:
    start, end = m.span("num")
    number = m["num"]
    if len(number) > _LONGEST:
        yield _figure(start, end, {number})
        return
    strict, loose = _readings(number, lang in _POINT)
    exact = set(strict)
    clock = _CLOCK.match(text, end)
    exact |= _as_time(number, clock is not None)
    if _DECADE.match(text, end) or _short_year(text, start, number):
        exact |= {number[-2:], "19" + number[-2:], "20" + number[-2:]}
    factor, size = _magnitude(text, end, lang)
    if factor != 1 and size == 1:  # 10m may be metres as well
        exact |= {plain(Decimal(v) * factor) for v in strict}
        factor = Decimal(1)
    elif factor != 1:
        exact, loose = ({plain(Decimal(v) * factor) for v in side} for side in (strict, loose))
        end += size
    elif ranged := _ranged(text, end, lang):
        exact |= {plain(Decimal(v) * ranged) for v in strict}
    unit = _unit(text, end, m["cur"] or "", lang)
    yield Figure(start, end, frozenset(exact), frozenset(loose), "digits", factor, unit)


def _figure(start: int, end: int, values: set[str], kind: Kind = "digits") -> Figure:
    return Figure(start, end, frozenset(values), frozenset(values), kind, Decimal(1), "")


def _readings(number: str, point: bool) -> tuple[set[str], set[str]]:
    """What a number means where the decimal sign is a point (or a comma), and where it is the other."""
    return {_read(number, "." if point else ",")}, {_read(number, "," if point else ".")}


def _read(number: str, decimal: str) -> str:
    """One reading; a sign that cannot be the decimal one is taken for a grouping one, and the reverse."""
    bare = re.sub(rf"['’{_BLANK}]", "", number)
    other = "," if decimal == "." else "."
    head, sign, tail = bare.rpartition(other)
    if sign and (len(tail) != 3 or decimal in tail):  # noqa: PLR2004 - thousands come in threes
        bare = bare if decimal in tail else f"{head}{decimal}{tail}"
    pieces = bare.replace(other, "").split(decimal)
    return plain(Decimal("".join(pieces) if len(pieces) != 2 else ".".join(pieces)))  # noqa: PLR2004 - one sign


def _time(hour: int, minute: int) -> set[str]:
    return {f"t{hour % _HALF_DAY * 60 + minute}", f"{hour}.{minute:02}".rstrip("0").rstrip(".")}


def _as_time(number: str, clock: bool) -> set[str]:
    """The time of day a number may be: 18.30, 0230, and 6 where a word says so."""
    parts = re.fullmatch(r"(\d{1,2})[.](\d\d)|(\d\d)([0-5]\d)", number)
    if parts:
        hour, minute = int(parts[1] or parts[3]), int(parts[2] or parts[4])
        if hour <= _DAY and minute < 60:  # noqa: PLR2004 - minutes
            return {f"t{hour % _HALF_DAY * 60 + minute}"}
    if clock and number.isdecimal() and int(number) <= _DAY:
        return {f"t{int(number) % _HALF_DAY * 60}"}
    return set()


def _short_year(text: str, start: int, number: str) -> bool:
    """Whether two digits stand for a year: the end of 1995-96, *années 80*, *jaren 80*, *’68*."""
    if not re.fullmatch(r"\d\d", number):
        return False
    before = text[max(0, start - 9) : start].lower()
    return bool(re.search(r"\d{4} ?[-–/]$|(?:jaren|années|años|['’])[ \u00a0]?$", before))


def _magnitude(text: str, at: int, lang: str) -> tuple[Decimal, int]:
    """Value of the magnitude word that follows, 1 where there is none, and how many characters it takes."""
    m = _patterns(lang).match(text, at)
    if m and len(m["word"]) == 1 and m.start("word") > at:
        return Decimal(1), 0  # 30 m
    return (MAGNITUDES[lang][m["word"].lower().rstrip(".")], m.end() - at) if m else (Decimal(1), 0)


@cache
def _patterns(lang: str) -> re.Pattern[str]:
    words = sorted(MAGNITUDES.get(lang, {}), key=len, reverse=True)
    choice = "|".join(map(re.escape, words)) or r"(?!)"
    return re.compile(
        rf"[{_BLANK}-]?(?:(?:or so|odd) )?(?P<word>(?:{choice}))(?:(?<=[\W\d]\w{{3}})\.)?(?!\w)",
        re.IGNORECASE,
    )


def _ranged(text: str, at: int, lang: str) -> Decimal | None:
    """The magnitude of the second number of a range, which counts for the first too: 2 to 3 million."""
    m = re.compile(rf"[{_BLANK}]?(?:[-–]|to|and|or|à|et|ou|tot|en|of|bis|und|oder|y|o|a)[{_BLANK}]?").match(
        text, at
    )
    n = re.compile(r"[$€£]?\d+(?:[.,]\d+)?").match(text, m.end()) if m else None
    factor = _magnitude(text, n.end(), lang)[0] if n else Decimal(1)
    return factor if factor != 1 else None


def _unit(text: str, at: int, currency: str, lang: str) -> str:
    if currency:
        return currency[-1]
    m = re.compile(
        rf"[{_BLANK}-]?(?:(?:US|sq|square|Amerikaanse|vierkante)[ -])?(?P<unit>[^\W\d_]+|[$€£])"
    ).match(text, at)
    return UNITS.get(lang, {}).get(m["unit"].lower(), "") if m else ""


def _roman(text: str) -> Iterator[Figure]:
    """Ordinals in Roman figures: XIXe siècle."""
    for m in _ROMAN.finditer(text):
        if (m["mark"] or m["age"]) and _ROMANS.fullmatch(m["roman"]):
            yield _figure(
                m.start(), m.end("mark") if m["mark"] else m.end("roman"), {str(_value(m["roman"]))}
            )


def _value(roman: str) -> int:
    worth = [{"X": 10, "V": 5, "I": 1}[sign] for sign in roman]
    return sum(-a if a < b else a for a, b in zip(worth, [*worth[1:], 0], strict=True))


def _words(text: str, lang: str) -> Iterator[Figure]:
    """Numbers in words; neighbouring words that make one number are read together."""
    sums: list[tuple[int, int, int, int]] = []  # start, end, total of thousands, what follows
    for m in _WORD.finditer(text):
        word = m.group().lower()
        value = 1 if sums and word in _ONE else cardinal(word, lang)
        if value is None:
            if sums and word in joiners(lang) and text[sums[-1][1] : m.start()].isspace():
                continue
            yield from _flush(sums)
            yield from _hint(word, m, lang)
            continue
        if not (sums and _near(text, sums[-1][1], m.start(), lang) and _add(sums, m.end(), value, lang)):
            yield from _flush(sums)
            if value == 1:
                continue
            sums.append((m.start(), m.end(), 0, value) if value < 1000 else (m.start(), m.end(), value, 0))  # noqa: PLR2004 - a thousand
    yield from _flush(sums)


def _near(text: str, end: int, start: int, lang: str) -> bool:
    """Whether nothing stands between two number words but a blank, a hyphen or *and*."""
    between = text[end:start].strip(" -\u00a0\u202f").lower()
    return start - end <= len(" and ") + 1 and (not between or between in joiners(lang))


def _add(sums: list[tuple[int, int, int, int]], end: int, value: int, lang: str) -> bool:
    """Join a word to the number before it, where the two make one."""
    start, _, total, low = sums[-1]
    if value >= 1000:  # noqa: PLR2004 - a thousand multiplies what stands before it
        if not low and total >= value:
            return False
        total, low = (total + low * value, 0) if low else (total * value, 0)
    elif value == 100:  # noqa: PLR2004 - so does a hundred
        if not 0 < low < 100:  # noqa: PLR2004
            return False
        low *= 100
    elif lang == "fr" and low % 100 == 4 and value == 20:  # noqa: PLR2004 - quatre-vingt
        low += 76
    elif _fits(low, value, lang):
        low += value
    else:
        return False
    sums[-1] = (start, end, total, low)
    return True


def _fits(low: int, value: int, lang: str) -> bool:
    """Whether a number goes on with one below a hundred: forty + two, soixante + douze, hundred + five."""
    if low % 100 == 0:
        return value < 100  # noqa: PLR2004
    tens = low % 100
    if lang == "fr" and tens in {10, 60, 80}:
        return value < 20 and (tens > 10 or 6 < value < 10)  # noqa: PLR2004 - dix-sept, soixante-douze
    return tens >= 20 and tens % 10 == 0 and value < 10  # noqa: PLR2004


def _flush(sums: list[tuple[int, int, int, int]]) -> Iterator[Figure]:
    for start, end, total, low in sums:
        yield _figure(start, end, {str(total + low)}, "words")
    sums.clear()


def _hint(word: str, m: re.Match[str], lang: str) -> Iterator[Figure]:
    values = set(_soft(lang).get(word, ()))
    nth = ordinal(word, lang)
    if nth is not None:
        values.add(str(nth))
    if values:
        yield _figure(m.start(), m.end(), values, "soft")


@lru_cache(maxsize=8)
def _soft(lang: str) -> Mapping[str, tuple[str, ...]]:
    return SOFT.get(lang, {})
