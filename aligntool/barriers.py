"""Where two documents are divided alike: headings and paragraphs that no bead may straddle."""

from collections.abc import Iterator, Sequence

from aligntool.records import Document

__all__ = ["barriers"]

_ENDS = frozenset(".!?…:;,।。！？؟۔")
_CLOSERS = "\"'”’»)]} "
_LONGEST = 120  # characters of a heading

_Section = Sequence[int]
"""Where its paragraphs begin, as segment indices; the first is that of its heading, if it has one."""


def barriers(source: Document, target: Document, *, lines: bool = False) -> tuple[tuple[int, int], ...]:
    """Positions between segments at which both documents begin a part that has a counterpart.

    Where both have equally many headings, the n-th stands beside the n-th; from one heading to the next (in
    the whole document, where headings differ) the n-th paragraph beside the n-th, where both have as many.

    Args:
        source: The original, cut into sentences.
        target: Its translation, cut into sentences.
        lines: A segment is a line: empty lines divide parts, and there are no headings.

    Returns:
        Pairs of a source and a target position, both rising, the documents' ends left out.
    """
    starts = _line_starts if lines else _paragraph_starts
    heads = (lambda *_: []) if lines else _headings
    left, right = starts(source), starts(target)
    cuts, others = heads(source, left), heads(target, right)
    if len(cuts) != len(others):
        cuts, others = [], []
    pairs = zip(_sections(left, cuts), _sections(right, others), strict=True)
    found = dict.fromkeys(pair for one, other in pairs for pair in _beside(one, other, headed=bool(cuts)))
    return tuple(pair for pair in found if min(pair))


def _paragraph_starts(document: Document) -> list[int]:
    return [run.start for run in document.paragraphs()]


def _line_starts(document: Document) -> list[int]:
    """Lines that follow an empty one."""
    texts = document.texts
    return [i for i, text in enumerate(texts) if text and (i == 0 or not texts[i - 1])]


def _headings(document: Document, starts: Sequence[int]) -> list[int]:
    """Paragraphs of one segment that is short and does not end like a sentence."""
    ends = [*starts, len(document.segments)][1:]
    alone = [start for start, end in zip(starts, ends, strict=True) if end - start == 1]
    return [start for start in alone if _is_heading(document.segments[start].text)]


def _is_heading(text: str) -> bool:
    bare = text.rstrip(_CLOSERS)
    return 0 < len(bare) <= _LONGEST and bare[-1] not in _ENDS


def _sections(starts: Sequence[int], cuts: Sequence[int]) -> list[_Section]:
    """The paragraphs before the first heading, then those of each heading, itself included."""
    edges = [-1, *cuts]
    limits = [*cuts, starts[-1] + 1 if starts else 0]
    return [
        [at for at in starts if max(low, 0) <= at < high] for low, high in zip(edges, limits, strict=True)
    ]


def _beside(one: _Section, other: _Section, *, headed: bool) -> Iterator[tuple[int, int]]:
    if len(one) == len(other):
        yield from zip(one, other, strict=True)
    elif headed and one and other:
        yield one[0], other[0]
