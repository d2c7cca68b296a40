"""Rounds of alignment: a first path, costs and words learnt from it, a better path."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from aligntool.aligning import bands, costs
from aligntool.aligning.confidence import calibrated
from aligntool.aligning.costs import Costs, Lengths
from aligntool.aligning.evidence import Lexicon, Words, translated
from aligntool.aligning.search import FULL, sample, search, shifted, stripes
from aligntool.aligning.similarity import Similarity
from aligntool.aligning.sweeps import Stripe
from aligntool.aligning.vectors import Vectors, blank, joined
from aligntool.alignment import Pairing
from aligntool.records import Bead, Bitext, Span

__all__ = ["by_lengths", "by_translation", "by_vectors", "by_words", "sizes_of"]

_ROUNDS = 2  # of learning words, or costs where lengths are all there is: later ones change little
_ENOUGH = 600  # source segments of a long document that tell its costs
_LEARNT = 0.3  # share of learnt words beside a translation


@dataclass(frozen=True, slots=True)
class _Task:
    """One document of a batch on its way.

    Attributes:
        pairing: What is to be aligned.
        sizes: Characters of its sentences.
        costs: As far as they are known.
        band: Where to look for the path, once that is known.
        beads: As far as it is aligned.
    """

    pairing: Pairing
    sizes: Lengths
    costs: Costs
    band: tuple[Stripe, ...] = ()
    beads: tuple[Bead, ...] = ()

    def aligned(self, similarity: Similarity) -> "_Task":
        """Another round, near the path that is known; the first one aligns a sample of a long document."""
        if not self.band:
            band = stripes(similarity.vectors, self.sizes, self.costs)
            return replace(self, band=tuple(band), beads=sample(similarity, band, self.pairing.barriers))
        rows, columns = len(self.sizes.source), len(self.sizes.target)
        whole = sum(bead.source.size for bead in self.beads) == rows
        near = bands.through(self.beads, columns, full=FULL) if whole else self.band
        return replace(self, beads=search(similarity, near, self.pairing.barriers))


def sizes_of(one: Pairing) -> Lengths:
    """Characters of each sentence, or of its translation where that is compared; of both where both are."""
    source, target = one.source.texts, one.target.texts
    if one.source_mt and one.target_mt:
        pairs = (
            costs.lengths(_filled(one.source_mt, source), target),
            costs.lengths(source, _filled(one.target_mt, target)),
        )
        return Lengths(*(left + right for left, right in zip(*pairs, strict=True)))
    if one.target_mt:
        target = _filled(one.target_mt, target)
    return costs.lengths(_filled(one.source_mt, source) if one.source_mt else source, target)


def _filled(made: Sequence[str], given: Sequence[str]) -> tuple[str, ...]:
    """Translations; the sentence itself where one is missing, so that it has a length."""
    return tuple(text or own for text, own in zip(made, given, strict=True))


def _empty(one: Pairing) -> Bitext | None:
    """The alignment of a document with nothing."""
    left, right = len(one.source.segments), len(one.target.segments)
    if left and right:
        return None
    beads = [Bead(Span(i, i + 1), Span(0, 0)) for i in range(left)]
    beads += [Bead(Span(0, 0), Span(j, j + 1)) for j in range(right)]
    return Bitext(one.source, one.target, tuple(beads))


def _done(one: Pairing, beads: Sequence[Bead]) -> Bitext:
    """The result, posteriors made into confidences."""
    return Bitext(one.source, one.target, calibrated(beads))


def by_vectors(
    one: Pairing,
    vectors: Vectors,
    variance: float = costs.UNLIKE,
    guide: Vectors | None = None,
    rounds: int = 1,
) -> Bitext:
    """Align one document by vectors of its sentences, with costs learnt from itself.

    Args:
        one: The two sides; its translations are looked at for their lengths alone.
        vectors: A row a sentence, both sides in one space.
        variance: To begin with, of the target length in characters a character.
        guide: Sparse vectors that tell where to look in long documents; the same when not given.
        rounds: How often costs are learnt.
    """
    return _empty(one) or _done(one, _searched(one, vectors, variance, guide, rounds).beads)


def _searched(
    one: Pairing, vectors: Vectors, variance: float, guide: Vectors | None = None, rounds: int = 1
) -> _Task:
    """A document with something on both sides, aligned by vectors."""
    sizes = sizes_of(one)
    known = costs.first_costs(sizes, variance)
    similarity = Similarity(vectors, sizes, known)
    band = stripes(guide or vectors, sizes, known)
    beads = sample(similarity, band, one.barriers, _ENOUGH)
    for _ in range(rounds):
        (known,) = costs.learn(known, [beads], [sizes])
        beads = search(similarity.with_costs(known), band, one.barriers)
    return _Task(one, sizes, known, tuple(band), beads)


def by_lengths(one: Pairing) -> Bitext:
    """Align a document by how long its sentences are; independent of every other document."""
    plain = Pairing(one.source, one.target, barriers=one.barriers)
    nothing = blank(len(one.source.segments), len(one.target.segments))
    return by_vectors(plain, nothing, rounds=_ROUNDS)


def by_translation(one: Pairing) -> Bitext:
    """Align a document through translations of one side or both; independent of every other document.

    Words learnt from that alignment help in another, since a translation has some of them wrong. Documents
    too long to be searched everywhere do without: it would nearly double their time.
    """
    if found := _empty(one):
        return found
    vectors = translated(one)
    task = _searched(one, vectors, costs.SAME)
    if max(len(one.source.segments), len(one.target.segments)) > FULL:
        return _done(one, task.beads)
    words = Words(one.source.texts, one.target.texts)
    better = joined([vectors, words.vectors(words.learn(task.beads))], (1 - _LEARNT, _LEARNT))
    return _done(one, search(Similarity(better, task.sizes, task.costs), task.band, one.barriers))


def by_words(pairings: Sequence[Pairing], lexicon: Lexicon) -> list[Bitext]:
    """Align documents in one pair of languages by what they spell alike and by words learnt from all of them.

    Args:
        pairings: The more of them, the more is learnt; their order plays no part.
        lexicon: What is known to be translations.
    """
    found = [_empty(one) for one in pairings]
    open_ = [at for at, done in enumerate(found) if done is None]
    # Sums of fractions depend on their order a little.
    open_.sort(key=lambda at: (pairings[at].source.texts, pairings[at].target.texts))
    for at, made in zip(open_, _pooled([pairings[at] for at in open_], lexicon), strict=True):
        found[at] = made
    return [one for one in found if one is not None]


def _pooled(pairings: Sequence[Pairing], lexicon: Lexicon) -> list[Bitext]:
    """The same for documents with something on both sides."""
    if not pairings:
        return []
    words = Words(
        [text for one in pairings for text in one.source.texts],
        [text for one in pairings for text in one.target.texts],
        lexicon,
    )
    tasks = [_Task(one, size, costs.first_costs(size)) for one in pairings for size in [sizes_of(one)]]
    tasks = _round(tasks, words.first())
    for _ in range(_ROUNDS):
        learnt = costs.learn(tasks[0].costs, [task.beads for task in tasks], [task.sizes for task in tasks])
        tasks = [replace(task, costs=own) for task, own in zip(tasks, learnt, strict=True)]
        tasks = _round(tasks, words.vectors(words.learn(_joint(tasks))))
    return [_done(task.pairing, task.beads) for task in tasks]


def _starts(tasks: Sequence[_Task]) -> list[tuple[int, int]]:
    """Where each document begins among all sentences of the batch, and where the last ends."""
    left = accumulate((len(task.sizes.source) for task in tasks), initial=0)
    right = accumulate((len(task.sizes.target) for task in tasks), initial=0)
    return list(zip(left, right, strict=True))


def _round(tasks: Sequence[_Task], vectors: Vectors) -> list[_Task]:
    """Every document aligned by its part of the vectors."""
    starts, made = _starts(tasks), []
    for task, (i, j), (i2, j2) in zip(tasks, starts, starts[1:], strict=False):
        part = vectors.cut(slice(i, i2), slice(j, j2))
        made.append(task.aligned(Similarity(part, task.sizes, task.costs)))
    return made


def _joint(tasks: Sequence[_Task]) -> list[Bead]:
    """Beads of all documents, numbered through the batch."""
    starts = _starts(tasks)
    return [shifted(bead, *start) for task, start in zip(tasks, starts, strict=False) for bead in task.beads]
