"""Parallel text for training: reading pairs, throwing out bad ones and saying why. Pure: no files, no clock.

The filters are the usual ones for noisy parallel text (Koehn et al. 2020, "Findings of the WMT 2020 Shared
Task on Parallel Corpus Filtering"): length, ratio, copies, wrong language, duplicates.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise, zip_longest
from typing import NamedTuple
from zlib import crc32

__all__ = ["Cleaner", "Fault", "Pair", "Report", "normalised", "phrase_weights", "read_moses", "read_tsv"]

SETTLED = frozenset({"ok", "edited"})
LONGEST_LINE = 2_000
LONGEST_SENTENCE = 120
_STOP_WORDS = """
en the of and to that this with which from have are was were you it not by be
nl het een van dat zijn niet voor met op er ook maar naar aan wordt worden deze die
fr le la les des et une est dans que qui pour pas sur avec ce cette sont vous du au
de der das und ist nicht ein eine zu mit den von auf für sich dem auch wird sind
"""
STOP_WORDS: Mapping[str, frozenset[str]] = {
    line[:2]: frozenset(line[3:].split()) for line in _STOP_WORDS.strip().splitlines()
}


class Pair(NamedTuple):
    """One training example.

    Attributes:
        source: Foreign text.
        target: English (or whatever is translated into).
        origin: Name of the collection it comes from, for weights and the report.
    """

    source: str
    target: str
    origin: str


class Fault(NamedTuple):
    """A row that holds no usable pair, and why."""

    reason: str
    origin: str


@dataclass(slots=True)
class Report:
    """What was read and kept, and why the rest was dropped.

    Attributes:
        kept: Pairs kept, by origin.
        dropped: Rows dropped, by reason.
    """

    kept: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        """Number of rows read."""
        return self.kept.total() + self.dropped.total()

    def lines(self) -> list[str]:
        """The report as lines for a person: totals, reasons by number, origins by size."""
        drops = [f"  dropped {count:>9,}  {reason}" for reason, count in self.dropped.most_common()]
        keeps = [f"  kept    {count:>9,}  {origin}" for origin, count in self.kept.most_common()]
        head = f"{self.seen:,} pairs read, {self.kept.total():,} kept, {self.dropped.total():,} dropped"
        return [head, *drops, *keeps]


def normalised(text: str) -> str:
    """Letters and digits alone, case-folded (NFKC): what two equal sentences share whatever their commas."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(ch if ch.isalnum() else " " for ch in folded).strip().replace("  ", " ")


def _own_columns(header: list[str]) -> tuple[int, int, int] | None:
    """Columns src, tgt, status of aligntool's own table; None when it is another kind of file."""
    if {"src", "tgt", "status"} <= set(header):
        return header.index("src"), header.index("tgt"), header.index("status")
    return None


def _own_row(cells: list[str], columns: tuple[int, int, int], origin: str) -> Pair | Fault:
    """A row of aligntool's own table: only what a reviewer has settled teaches."""
    src, tgt, status = columns
    if len(cells) <= max(columns):
        return Fault("ragged row", origin)
    if cells[status] not in SETTLED:
        return Fault("row not settled by a reviewer", origin)
    return Pair(cells[src], cells[tgt], origin)


def _named_row(cells: list[str], places: tuple[int, int], width: int, origin: str) -> Pair | Fault:
    """A row of a file whose first line names the language of each column."""
    if len(cells) != width:
        return Fault("ragged row", origin)
    return Pair(cells[places[0]], cells[places[1]], origin)


def _plain_row(cells: list[str], origin: str) -> Pair | Fault:
    """A row ``source TAB target`` or ``origin TAB source TAB target``."""
    if len(cells) == 3:  # noqa: PLR2004 - the three columns named above
        return Pair(cells[1], cells[2], cells[0])
    if len(cells) == 2:  # noqa: PLR2004 - the two columns named above
        return Pair(cells[0], cells[1], origin)
    return Fault("ragged row", origin)


def read_tsv(lines: Iterable[str], origin: str, langs: tuple[str, str] = ("", "")) -> Iterator[Pair | Fault]:
    r"""Read pairs from lines of two columns, of three (the first names the collection), or of our own table.

    A first line that names languages says which columns are read, of texts in more than two.

    Args:
        lines: Lines with or without their newline; no quoting.
        origin: Name for rows that do not name their collection.
        langs: Codes of the languages wanted, as the first line may name them.

    Yields:
        A Pair, or a Fault for a row with another number of columns or one that no reviewer has settled.

    >>> list(read_tsv(["kat\tcat\n", "hond"], "pets"))
    [Pair(source='kat', target='cat', origin='pets'), Fault(reason='ragged row', origin='pets')]
    >>> list(read_tsv(["en\tfr\tnl\n", "cat\tchat\tkat\n"], "pets", ("nl", "en")))
    [Pair(source='kat', target='cat', origin='pets')]
    """
    rows = (line.rstrip("\r\n").split("\t") for line in lines)
    first = next(rows, None)
    if first is None:
        return
    columns = _own_columns(first)
    if columns is not None:
        yield from (_own_row(cells, columns, origin) for cells in rows)
    elif all(langs) and set(langs) <= set(first):
        places = first.index(langs[0]), first.index(langs[1])
        yield from (_named_row(cells, places, len(first), origin) for cells in rows)
    else:
        yield _plain_row(first, origin)
        yield from (_plain_row(cells, origin) for cells in rows)


def read_moses(source: Iterable[str], target: Iterable[str], origin: str) -> Iterator[Pair | Fault]:
    """Read pairs from two line-parallel texts; lines without a partner are Faults."""
    for one, other in zip_longest(source, target):
        if one is None or other is None:
            yield Fault("line without a partner", origin)
        else:
            yield Pair(one.rstrip("\r\n"), other.rstrip("\r\n"), origin)


def _is_control(ch: str) -> bool:
    return unicodedata.category(ch) in {"Cc", "Cs", "Co", "Cn"}


def _wrong_language(words: frozenset[str], expected: str, other: str) -> bool:
    """At least two function words of the other language and none of the expected one."""
    own, foreign = STOP_WORDS.get(expected), STOP_WORDS.get(other)
    if own is None or foreign is None:
        return False
    return not words & own and len(words & (foreign - own)) > 1


def _side_fault(text: str) -> str:
    """Why one side is unusable whatever the other says; empty when it is fine."""
    if not text:
        return "empty side"
    if len(text) > LONGEST_LINE or text.count(" ") >= LONGEST_SENTENCE:
        return "too long"
    if "\ufffd" in text or (not text.isprintable() and any(map(_is_control, text))):
        return "control characters"
    if not any(map(str.isalpha, text)):
        return "no letters"
    return ""


class Cleaner:
    """Filters and de-duplicates pairs of one language pair, keeping count in ``report``.

    Args:
        source: Code of the foreign language.
        target: Code of the language translated into.
        held_out: Validation sentences of either language; a pair with one of them on either side is refused,
            so that no validation text leaks into training.
        variants: Pairs allowed for one normalised sentence (digits count as equal), on each side.
        ratio: Largest ratio between the sides' lengths in characters, after adding 15 to both.
    """

    def __init__(
        self, source: str, target: str, held_out: Iterable[str] = (), variants: int = 2, ratio: float = 2.5
    ) -> None:
        self.source, self.target = source, target
        self.variants, self.ratio = variants, ratio
        self.report = Report()
        self._held_out = {hash(normalised(text)) for text in held_out}
        self._pairs: set[int] = set()
        self._sides: Counter[int] = Counter()

    def __call__(self, rows: Iterable[Pair | Fault]) -> Iterator[Pair]:
        """Yield the pairs worth training on, whitespace made uniform (NFC, single blanks)."""
        for row in rows:
            if isinstance(row, Fault):
                self.report.dropped[row.reason] += 1
                continue
            if max(len(row.source), len(row.target)) > 50 * LONGEST_LINE:
                self.report.dropped["too long"] += 1  # before anything is done to a line of megabytes
                continue
            source, target = map(_tidy, row[:2])
            reason = self._fault(source, target)
            if reason:
                self.report.dropped[reason] += 1
            else:
                self.report.kept[row.origin] += 1
                yield Pair(source, target, row.origin)

    def _fault(self, source: str, target: str) -> str:
        return (
            _side_fault(source)
            or _side_fault(target)
            or self._pair_fault(source, target)
            or self._repeat_fault(source, target)
        )

    def _pair_fault(self, source: str, target: str) -> str:
        if source.casefold() == target.casefold():
            return "identical sides"
        small, large = sorted((len(source) + 15, len(target) + 15))
        if large > self.ratio * small:
            return "length ratio"
        words, others = (frozenset(text.casefold().split()) for text in (source, target))
        wrong = _wrong_language(words, self.source, self.target)
        return "wrong language" if wrong or _wrong_language(others, self.target, self.source) else ""

    def _repeat_fault(self, source: str, target: str) -> str:
        plain = [normalised(text) for text in (source, target)]
        if self._held_out and any(hash(text) in self._held_out for text in plain):
            return "in the validation set"
        key = hash((source.casefold(), target.casefold()))
        if key in self._pairs:
            return "duplicate"
        self._pairs.add(key)
        keys = [hash((i, text.translate(_DIGITS))) for i, text in enumerate(plain)]
        if any(self._sides[key] >= self.variants for key in keys):
            return "near-duplicate"
        self._sides.update(keys)
        return ""


_DIGITS = str.maketrans("123456789", "0" * 9)


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split()).strip(" \u200b\ufeff")


def _phrases(text: str, slots: int) -> set[int]:
    """Hash slots of the two- and three-word runs of a text."""
    words = normalised(text).split()
    runs = [*pairwise(words), *zip(words, words[1:], words[2:], strict=False)]
    return {crc32(" ".join(run).encode()) % slots for run in runs}


def phrase_weights(
    texts: Iterable[str], background: Iterable[str], cap: int, excess: float = 6.0, slots: int = 1 << 22
) -> list[float]:
    """Sampling weights that keep a collection gathered around phrases from teaching those phrases.

    A collection made by searching for idioms has each of them far too often, and a model trained on it writes
    them everywhere. A text's weight is ``cap / n`` where ``n`` is the number of texts with its most frequent
    two- or three-word run, counting only runs ``excess`` times as frequent here as in the background.

    Args:
        texts: The collection's target sentences.
        background: Target sentences of other collections.
        cap: Texts to be drawn, on average, for one phrase.
        excess: How many times as frequent as in the background a phrase must be to count.
        slots: Size of the counting table; collisions only make a phrase look commoner.

    Returns:
        One weight a text, in (0, 1].
    """
    cut = partial(_phrases, slots=slots)
    here = [cut(text) for text in texts]
    counts = Counter(slot for runs in here for slot in runs)
    elsewhere: Counter[int] = Counter()
    size = 0
    for text in background:
        size += 1
        elsewhere.update(slot for slot in cut(text) if slot in counts)
    scale = excess * max(len(here), 1) / max(size, 1)
    limits = {slot for slot, n in counts.items() if n > cap and n > scale * (elsewhere[slot] + 1)}
    return [min(1.0, cap / max((counts[s] for s in runs & limits), default=1)) for runs in here]
