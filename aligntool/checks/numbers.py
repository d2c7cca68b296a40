"""Numbers of the original that its translation lost, changed or wrote with the wrong sign, and new ones."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from aligntool.figures import Figure, figures
from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.literals import carried
from aligntool.pairs import Pair, on_source, pairs
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "numbers"
_LOST = Rule("lost", NAME, "number", "major", 0.84, "The translation does not have the number “{text}”.")
_FEW = Rule("lost", NAME, "number", "major", 0.68, "The translation does not have the number “{text}”.")
_SAID = Rule(
    "lost-word", NAME, "number", "major", 0.64, "The translation does not have the number “{text}”, {value}."
)
_CHANGED = Rule(
    "changed",
    NAME,
    "number",
    "critical",
    0.87,
    "The original has “{original}” where the translation has “{text}”.",
)
_SCALE = Rule(
    "magnitude", NAME, "number", "critical", 0.88, "“{text}” is not as much as “{original}” in the original."
)
_SIGN = Rule(
    "separator",
    NAME,
    "number",
    "critical",
    0.88,
    "“{text}” has the signs of the original: here it reads {value}.",
)
_UNIT = Rule(
    "unit",
    NAME,
    "number",
    "critical",
    0.8,
    "The original counts “{original}” in {theirs}, the translation in {ours}.",
)
_ADDED = Rule("added", NAME, "number", "major", 0.7, "The original has no number “{text}”.")

_NAMES = {10**3: "thousand", 10**6: "million", 10**9: "billion", 10**12: "trillion"}
_SMALL = frozenset(map(str, range(13)))
_ROUND = frozenset(("100", "1000", "1000000", "1000000000"))
_TRIVIAL = frozenset("01")
_YEAR = 4
_DIMENSIONS = ("km mile", "m foot", "kg lb", "$ € £")


class _Index:
    """Figures of one side by what they may mean."""

    def __init__(self, found: Sequence[Figure]) -> None:
        self._by: dict[str, list[Figure]] = defaultdict(list)
        for figure in found:
            for value in figure.values:
                self._by[value].append(figure)
        self._used: dict[Figure, int] = defaultdict(int)

    def take(self, values: frozenset[str]) -> Figure | None:
        """The figure of one of these values that was taken least often."""
        candidates = [figure for value in values for figure in self._by.get(value, ())[:4]]
        best = min(candidates, key=lambda figure: (self._used[figure], figure.start), default=None)
        if best is not None:
            self._used[best] += 1
        return best


def _find(bitext: Bitext) -> Iterator[Flag]:
    given, made = bitext.source.lang, bitext.target.lang
    for pair in pairs(bitext):
        if pair.whole:
            yield from _compared(pair, figures(pair.said, given), figures(pair.made, made), (given, made))


def _compared(
    pair: Pair, given: Sequence[Figure], made: Sequence[Figure], langs: tuple[str, str]
) -> Iterator[Flag]:
    """Numbers without a counterpart, paired where they may have been taken for each other."""
    ours, theirs = _Index(made), _Index(given)
    lost = []
    for figure in given:
        twin = ours.take(figure.values)
        if twin is None:
            lost.append(figure)
        elif _dimension(figure.unit, twin.unit):
            yield _of(_UNIT, pair, figure, twin, theirs=figure.unit, ours=twin.unit)
    new = [figure for figure in made if theirs.take(figure.values) is None]
    years = {value[:2] for figure in made for value in figure.values if len(value) == _YEAR}
    lost, new = _converted(lost, new, {figure.unit for figure in (*given, *made)})
    lost = [figure for figure in lost if not _century(figure, years)]
    for one in list(lost):
        other, rule = _mistaken(pair, one, new)
        if other is not None:
            lost.remove(one)
            new = [figure for figure in new if figure is not other]
            if rule is not None:
                yield _of(rule, pair, one, other, _fix(pair, one, rule, langs), value=min(other.values))
    yield from _rest(pair, _wanted(lost, langs[1]), [f for f in new if f.kind == "digits"], langs)


def _dimension(one: str, other: str) -> bool:
    """Whether two different units measure the same thing."""
    return one != other and any({one, other} <= set(group.split()) for group in _DIMENSIONS)


def _converted(lost: list[Figure], new: list[Figure], units: set[str]) -> tuple[list[Figure], list[Figure]]:
    """Without the numbers that were converted: kilometres into miles, euros into dollars."""
    twins = {unit for unit in units for other in units if _dimension(unit, other)}
    return [f for f in lost if f.unit not in twins], [f for f in new if f.unit not in twins]


def _century(figure: Figure, years: set[str]) -> bool:
    """Whether a century shows in a year: the thirties of the 19th century are the 1830s."""
    return any(value.isdecimal() and str(int(value) - 1) in years for value in figure.values)


def _mistaken(pair: Pair, one: Figure, new: Sequence[Figure]) -> tuple[Figure | None, Rule | None]:
    """The number of the translation that stands for a lost one, and what is wrong with it (None: nothing)."""
    for other in new:
        if one.loose & other.values or one.values & other.loose:
            same = _digits(pair.source.text, one) == _digits(pair.target.text, other)
            return other, _SIGN if same else None
        if one.factor != other.factor and _base(one) & _base(other) and one.kind == other.kind == "digits":
            return other, _SCALE
    return None, None


def _digits(text: str, figure: Figure) -> str:
    return text[figure.start : figure.end].split(maxsplit=1)[0]


def _base(figure: Figure) -> set[Decimal]:
    """Values without the magnitude."""
    return {Decimal(value) / figure.factor for value in figure.values if value[0] != "t"}


def _wanted(lost: Sequence[Figure], lang: str) -> list[Figure]:
    """Lost numbers worth a word: not one, no hints, and none that a language unknown to us may write out."""
    return [
        figure
        for figure in lost
        if not figure.values & _TRIVIAL
        and (
            (figure.kind == "digits" and (lang == "en" or not figure.values & _SMALL))
            or (figure.kind == "words" and lang == "en" and not figure.values & (_SMALL | _ROUND))
        )
    ]


def _rest(
    pair: Pair, lost: Sequence[Figure], new: Sequence[Figure], langs: tuple[str, str]
) -> Iterator[Flag]:
    """As many lost as new ones were changed, in their order; else each stands for itself."""
    digits = [figure for figure in lost if figure.kind == "digits"]
    if len(digits) == len(new):
        for one, other in zip(digits, new, strict=True):
            yield _of(_CHANGED, pair, one, other, _fix(pair, one, _CHANGED, langs))
        digits, new = [], []
    for figure in (*digits, *(f for f in lost if f.kind == "words")):
        few = bool(figure.values & _SMALL)
        rule = _SAID if figure.kind == "words" else _FEW if few else _LOST
        yield on_source(rule, pair.source, figure.start, figure.end, value=min(figure.values))
    for figure in new:
        if not figure.values & _TRIVIAL:
            yield _ADDED.on(pair.target, figure.start, figure.end)


def _of(rule: Rule, pair: Pair, one: Figure, other: Figure, fix: str | None = None, **more: str) -> Flag:
    original = pair.source.text[one.start : one.end]
    return rule.on(pair.target, other.start, other.end, fix, original=original, **more)


def _fix(pair: Pair, one: Figure, rule: Rule, langs: tuple[str, str]) -> str | None:
    """The number as the translation should write it, where its form is beyond doubt."""
    text = _digits(pair.source.text, one).rstrip("-")
    timed = any(value[0] == "t" for value in one.values) and not text.isdecimal()
    if timed or not text[-1:].isdigit():
        return None
    number = carried(text, *langs)
    if one.factor == 1:
        return number
    name = _NAMES.get(int(one.factor))
    return f"{number} {name}" if name and langs[1] == "en" and rule is not _SIGN else None


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(
    NAME,
    "number",
    "strict",
    "numbers, units and magnitudes that differ from the original's",
    _prepare,
    bilingual=True,
)
