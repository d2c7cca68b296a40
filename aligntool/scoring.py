"""Which of two versions is better: by the flags of the checks, and by scores against a reference."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from aligntool import pipeline
from aligntool.comparison import Reading, collected
from aligntool.flags import Level
from aligntool.judgement import judge
from aligntool.matching import pair
from aligntool.measures import Score, scores
from aligntool.records import monolingual, parallel
from aligntool.revisions import Comparison, Version

__all__ = ["judged", "scored"]


def judged(comparison: Comparison, level: Level) -> Comparison:
    """The comparison with what became of the flags that a level finds."""
    found = []
    for version in (comparison.old, comparison.new):
        one = version.document
        bitext = parallel(version.source, one) if version.source else monolingual(one)
        found.append([flag for flag in pipeline.find(bitext, level) if flag.side == "target"])
    return judge(comparison, *found)


def scored(
    comparisons: Iterable[Comparison], path: Path, reading: Reading, say: Callable[[str], None]
) -> Iterator[tuple[str, Score]]:
    """Scores of both versions of every document against a reference, and of all together.

    Args:
        comparisons: Documents; one alone needs no name in common with the reference.
        path: The reference: a text, a table (its ``tgt``), or a folder.
        reading: How to read it.
        say: Told which documents have no reference.

    Raises:
        AligntoolError: sacrebleu is not installed, or the reference cannot be read.
    """
    known = collected(path, "tgt", reading)
    listed = [one for one in comparisons if not one.missing]
    lone = next(iter(known.values())) if len(known) == len(listed) == 1 else None
    every: tuple[list[str], list[str], list[str]] = ([], [], [])
    for one in listed:
        reference = lone or known.get(one.name)
        if reference is None or not reference.document.segments:
            say(f"{one.name} has no reference in {path}")
            continue
        cut = _parallel(one, reference)
        for side, texts in zip(every, cut, strict=True):
            side.extend(texts)
        for score in scores(*cut):
            yield one.name, score
    if len(listed) > 1 and every[0]:
        for score in scores(*every):
            yield "", score


def _parallel(one: Comparison, reference: Version) -> tuple[list[str], list[str], list[str]]:
    """Both versions and the reference, cut where all three can be."""
    texts = [version.document.texts for version in (one.old, one.new, reference)]
    cuts = []
    for version, side in zip((one.old, one.new), texts, strict=False):
        keys = (version.keys, reference.keys) if version.keys and reference.keys else None
        cuts.append({tile.new.end: tile.old.end for tile in pair(side, texts[2], keys)})
    ends = sorted((set(cuts[0]) & set(cuts[1])) - {0})
    sides: tuple[list[str], list[str], list[str]] = ([], [], [])
    at = (0, 0, 0)
    for end in ends:
        to = (cuts[0][end], cuts[1][end], end)
        for made, whole, first, last in zip(sides, texts, at, to, strict=True):
            made.append(" ".join(whole[first:last]))
        at = to
    return sides
