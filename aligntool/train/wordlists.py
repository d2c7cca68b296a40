"""Parallel text as arrays of word numbers, and words brought back to the form a dictionary would list."""

import hashlib
import lzma
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from aligntool.files import atomic_write
from aligntool.inflection import forms
from aligntool.train.prepare import open_text

__all__ = ["Words", "english_bases", "french_bases", "numbered", "origin", "pairs", "store"]

Integers = npt.NDArray[np.int32]

_WORD = re.compile(r"[^\W\d_]+")
_LONGEST = 70
_OFTEN = 8
_BLOCK = 1_000_000

# What the rules of inflection would get wrong: these stand for themselves.
_OWN = frozenset(
    str.split(
        "news does united has was is are this during according being bed need feed us used thing its his "
        "bring species series means following evening morning ceiling hundred building meeting interesting"
    )
)

# Endings of French verbs by the ending of the infinitive: a selection, longest first where they compete.
_VERBS = """
er=ent ait aient ais é ée és ées ant a èrent era eront erait eraient ez ons ions iez erons erai asse
ger=gea geait geaient geant geons|cer=ça çait çaient çant çons|yer=ie ient iera
ir=it issent issant issait issaient i ie is ies ira iront irait iraient issez issons irent isse issante
dre=d dent dait daient dant du due dus dues dra dront drait nd|indre=int ignent ignant ignait ints inte
uire=uit uisent uisant uisait uits uite uira|aître=aît aissent aissant aissait aîtra
enir=ient iennent enait enaient enu enue enus enues int iendra iendrait enant inrent ienne
prendre=prend prennent prenait pris prise prises prit prenant prendra prirent prenne
mettre=met mettent mettait mis mise mises mit mettant mettra mirent mette
faire=fait font faisait faite faites fit firent faisant fera ferait fasse
dire=dit disent disait dits dite disant dira|vrir=vre vrent vrait vrant vert verte verts vertes vrira
ffrir=ffre ffrent ffrait ffert fferte|crire=crit crivent crivait crits crite crivant
vivre=vit vivent vivait vécu vivant|suivre=suit suivent suivait suivi suivie suivant
courir=court courent courait couru|mourir=meurt meurent mort mourant
cevoir=çoit çoivent cevait çu çue çus çues cevant cevra|oir=u ue us ues
voir=voit voient voyait vu vue vus voyant verra
pouvoir=peut peuvent pouvait pu pourra pourrait puisse|vouloir=veut veulent voulait voulu voudra voudrait
devoir=doit doivent devait dû devra devrait doive|savoir=sait savent savait su saura sachant
valoir=vaut valent valait valu vaudra|tir=t tent tait taient ti tie tis tant tira|rire=rit
"""
_ENDINGS: tuple[tuple[str, str], ...] = tuple(
    (ending, infinitive)
    for group in _VERBS.strip().replace("\n", "|").split("|")
    for infinitive, _, endings in [group.partition("=")]
    for ending in endings.split()
)
# Plurals and feminines.
_NUMBER = tuple(
    tuple(pair.split("/"))
    for pair in str.split(
        "s/ x/ aux/al aux/ail e/ es/ ère/er ères/er euse/eux euses/eux euse/eur trice/teur trices/teur "
        "ive/if ives/if lle/l lles/l nne/n nnes/n tte/t ttes/t sse/s che/c ches/c gue/g ète/et ve/f ves/f"
    )
)
_STEMS = 4


@dataclass(frozen=True, slots=True)
class Words:
    """One side of a collection of sentences.

    Attributes:
        ids: The words of all sentences in a row, as numbers.
        sizes: Words in each sentence.
        words: What the numbers stand for, in small letters.
    """

    ids: Integers
    sizes: Integers
    words: tuple[str, ...]

    def counts(self) -> dict[str, int]:
        """How often each word occurs."""
        return dict(zip(self.words, np.bincount(self.ids, minlength=len(self.words)).tolist(), strict=True))

    def renumbered(self, numbers: Mapping[str, int]) -> tuple[Integers, Integers, Integers]:
        """The words that have a number, by it.

        Returns:
            Their numbers; the sentence each stands in; its place among all words of the sentence.
        """
        table = np.array([numbers.get(word, -1) for word in self.words], np.int32)
        ids = table[self.ids]
        sentence = np.repeat(np.arange(len(self.sizes), dtype=np.int32), self.sizes)
        begins = np.concatenate([[0], np.cumsum(self.sizes)[:-1]]).astype(np.int32)
        place = np.arange(len(ids), dtype=np.int32) - begins[sentence]
        known = ids >= 0
        return ids[known], sentence[known], place[known]


def pairs(path: Path) -> Iterator[tuple[str, str]]:
    """Foreign and English text of every pair of a TSV of source name, foreign and English, no pair twice."""
    seen: set[int] = set()
    with open_text(path) as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            key = hash(tuple(cells[1:3]))
            if len(cells) > 2 and key not in seen:  # noqa: PLR2004 - source, foreign, English
                seen.add(key)
                yield cells[1], cells[2]


def numbered(texts: Iterator[Sequence[str]], sides: int) -> tuple[Words, ...]:
    """Number the words of line-parallel texts; a line with an empty or an over-long side is left out.

    Args:
        texts: One text a side.
        sides: How many sides.
    """
    known: list[dict[str, int]] = [{} for _ in range(sides)]
    blocks: list[list[Integers]] = [[] for _ in range(sides)]
    running: list[list[int]] = [[] for _ in range(sides)]
    sizes: list[list[int]] = [[] for _ in range(sides)]
    for line in texts:
        found = [_WORD.findall(text.lower()) for text in line[:sides]]
        if not all(0 < len(words) <= _LONGEST for words in found):
            continue
        for side, words in enumerate(found):
            numbers = known[side]
            running[side].extend([numbers.setdefault(word, len(numbers)) for word in words])
            sizes[side].append(len(words))
            if len(running[side]) > _BLOCK:
                blocks[side].append(np.array(running[side], np.int32))
                running[side] = []
    return tuple(
        Words(
            np.concatenate([*blocks[side], np.array(running[side], np.int32)]),
            np.array(sizes[side], np.int32),
            tuple(known[side]),
        )
        for side in range(sides)
    )


def english_bases(counts: Mapping[str, int]) -> dict[str, str]:
    """The word each inflected English form belongs to: the commonest one that has it among its forms.

    Args:
        counts: How often each form occurs.
    """
    bases: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for word, count in counts.items():
        if count >= _OFTEN and len(word) > 2:  # noqa: PLR2004 - two letters inflect to anything
            for form in set(forms(word).values()) - {word}:
                bases[form].append((count, word))
    found = {}
    for form, count in counts.items():
        fitting = [(n, word) for n, word in bases.get(form, ()) if n >= 0.02 * count]
        if fitting and form not in _OWN and not form.endswith("ss"):
            found[form] = max(fitting)[1]
    return found


def french_bases(counts: Mapping[str, int]) -> dict[str, str]:
    """The word each inflected French form belongs to, told by its ending and by what else occurs.

    A rule may name a word only if the text has it; so regular forms of all verbs and the commoner irregular
    ones are found, and most plurals and feminines.

    Args:
        counts: How often each form occurs.
    """
    step = {form: base for form in counts if len(form) >= _STEMS for base in [_base(form, counts)] if base}

    def root(form: str, left: int = 3) -> str:
        return root(step[form], left - 1) if left and form in step else form

    return {form: root(form) for form in step}


def _base(form: str, counts: Mapping[str, int]) -> str:
    count = counts[form]
    verbs = [
        (len(ending), counts[base], base)
        for ending, infinitive in _ENDINGS
        if form.endswith(ending) and len(form) - len(ending) >= (1 if len(ending) > 3 else 2)  # noqa: PLR2004
        for base in [form[: -len(ending)] + infinitive]
        if base != form and counts.get(base, 0) >= max(5, 0.03 * count)
    ]
    if verbs:
        return max(verbs)[2]
    if form.endswith("e") and counts.get(form + "s", 0) < 0.08 * count:  # without a plural it is no noun
        for base in (form + "r", _closed(form) + "r"):
            if counts.get(base, 0) >= max(5, 0.1 * count):
                return base
    return next(
        (
            base
            for ending, other in _NUMBER
            if form.endswith(ending) and len(form) - len(ending) >= 3  # noqa: PLR2004 - a stem
            for base in [form[: -len(ending)] + other]
            if counts.get(base, 0) >= max(4, 0.05 * count)
        ),
        "",
    )


def _closed(form: str) -> str:
    """A verb form with the open e of its stem as the infinitive has it: soulève, soulever."""
    head, open_e, tail = form.rpartition("è")
    return head + "e" + tail if open_e else form


def origin(maker: str, path: Path) -> str:
    """A remark that names what made a table, and the file it was made from."""
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return f"# made by {maker} from {path.name} sha256 {digest}"


def store(path: Path, origins: Iterable[str], rows: Iterable[str]) -> None:
    """Write a table of counts, packed where its name ends so.

    Raises:
        OutputError: It cannot be written.
    """
    data = ("\n".join([*origins, *rows]) + "\n").encode()
    atomic_write(path, lzma.compress(data, preset=9) if path.suffix == ".xz" else data)
