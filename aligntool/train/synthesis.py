"""Training text made by a machine: back-translation and distillation, resumable, as a TSV to train on.

Back-translation (Sennrich et al. 2016) gives English text a foreign side; a tag at its head (Caswell et al.
2019) tells the network that this side is machine-made. Distillation (Kim and Rush 2016) replaces the English
side by a larger network's translation, which a small one learns more easily.
"""

import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from aligntool.errors import InputError
from aligntool.packages import unpack
from aligntool.train.corpus import Cleaner, Pair
from aligntool.train.evaluate import decode
from aligntool.train.prepare import Source, open_text, rows
from aligntool.train.vocabulary import TAG, Vocabulary

__all__ = ["backtranslate", "distill"]

CHUNK = 2_000
BEAM = {"backtranslated": 1, "distilled": 5}


class _Teacher:
    """A package unpacked and ready to translate."""

    def __init__(self, archive: Path, folder: Path, threads: int) -> None:
        package = unpack(archive, folder)
        assert package.path is not None
        pieces = package.path / "sentencepiece.model"
        if not pieces.exists():
            raise InputError(
                f"{archive} has no SentencePiece vocabulary", "use a package made by aligntool train"
            )
        self.pair = package.pair
        self.model, self.vocabulary, self.threads = (
            package.path / "model",
            Vocabulary(pieces.read_bytes()),
            threads,
        )

    def __call__(self, texts: Sequence[str], beam: int) -> list[str]:
        return decode(self.model, self.vocabulary, texts, beam=beam, threads=self.threads)


def _done(part: Path) -> int:
    """Rows already written; a torn last one is cut off."""
    if not part.exists():
        return 0
    data = part.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        part.write_bytes(whole)
    return whole.count(b"\n")


def _write(
    items: Iterable[Pair],
    translate: Callable[[list[Pair]], list[Pair]],
    out: Path,
    say: Callable[[str], None],
) -> int:
    """Translate item by item into a part file that appears under its name when it is whole."""
    part = out.with_name(out.name + ".part")
    count = _done(part)
    source = islice(iter(items), count, None)
    out.parent.mkdir(parents=True, exist_ok=True)
    with part.open("a", encoding="utf-8") as file:
        while chunk := list(islice(source, CHUNK)):
            file.writelines(f"{pair.origin}\t{pair.source}\t{pair.target}\n" for pair in translate(chunk))
            file.flush()
            count += len(chunk)
            say(f"{count:,} sentences translated")
    part.replace(out)
    return count


def _texts(paths: Iterable[Path]) -> Iterator[Pair]:
    """Lines of plain text as pairs that lack their foreign side; empty and overlong ones are passed over."""
    for path in paths:
        with open_text(path) as lines:
            for line in lines:
                text = " ".join(line.split())
                if text and len(text) <= 1_000:  # noqa: PLR2004 - longer lines are no sentences
                    yield Pair("", text, "backtranslated")


def backtranslate(
    archive: Path, paths: Sequence[Path], out: Path, *, threads: int, say: Callable[[str], None]
) -> int:
    """Write pairs of a tagged machine translation and the text it was made from.

    Args:
        archive: Package from the language of the text into the foreign one.
        paths: Files of plain text, a sentence a line.
        out: TSV to be written: ``backtranslated TAB foreign TAB text``.
        threads: Threads of the processor.
        say: Told of progress.

    Returns:
        Number of pairs.
    """
    with tempfile.TemporaryDirectory() as folder:
        teacher = _Teacher(archive, Path(folder), threads)

        def translate(chunk: list[Pair]) -> list[Pair]:
            made = teacher([pair.target for pair in chunk], BEAM["backtranslated"])
            return [pair._replace(source=f"{TAG} {text}") for pair, text in zip(chunk, made, strict=True)]

        return _write(_texts(paths), translate, out, say)


def distill(
    archive: Path, sources: Sequence[Source], out: Path, *, threads: int, say: Callable[[str], None]
) -> int:
    """Write the pairs of parallel text with a package's translation in place of the given one.

    Args:
        archive: The teacher's package.
        sources: Files of parallel text of its pair.
        out: TSV to be written: ``collection TAB foreign TAB translation``.
        threads: Threads of the processor.
        say: Told of progress.

    Returns:
        Number of pairs.
    """
    with tempfile.TemporaryDirectory() as folder:
        teacher = _Teacher(archive, Path(folder), threads)
        lang, target = teacher.pair.split("-", 1)

        def translate(chunk: list[Pair]) -> list[Pair]:
            made = teacher([pair.source for pair in chunk], BEAM["distilled"])
            return [pair._replace(target=text) for pair, text in zip(chunk, made, strict=True)]

        cleaner = Cleaner(lang, target)
        items = (pair for source in sources for pair in cleaner(rows(source, target)))
        return _write(items, translate, out, say)
