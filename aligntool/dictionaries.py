"""Hunspell dictionaries on this machine: where they lie, and opening one when it is first asked."""

import os
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path

from aligntool.affixes import Rules, declared, parsed
from aligntool.errors import InputError
from aligntool.files import read_bytes
from aligntool.languages import tag
from aligntool.readers import Reader
from aligntool.wordbook import Wordbook

__all__ = ["given", "installed"]

_HOME = (".local/share/hunspell", "Library/Spelling")
_SYSTEM = (
    "usr/local/share/hunspell",
    "usr/share/hunspell",
    "usr/share/myspell",
    "usr/share/myspell/dicts",
    "Library/Spelling",
    "usr/lib*/libreoffice/share/extensions/dict-*",
    "opt/libreoffice*/share/extensions/dict-*",
    "Applications/LibreOffice.app/Contents/Resources/extensions/dict-*",
)
_ELSEWHERE = "install it again, or leave it out"


def given(path: Path) -> Reader:
    """A dictionary the user names, in the language its name begins with: ``fr.dic`` beside ``fr.aff``.

    It is opened at once, so that a bad one is told before any work.

    Raises:
        InputError: It cannot be read, or is no dictionary.
    """
    lang = _language(path)
    if not lang:
        raise InputError(
            f"{path}: the name does not tell the language of the dictionary",
            "name it like fr.dic or fr_FR.dic",
        )
    book = _book(path)
    return _reader(lang, path, lambda: book, named=True)


def installed(say: Callable[[str], None]) -> tuple[Reader, ...]:
    """One dictionary a language of those on this machine, in the order of languages; none is opened yet.

    What lies nearer to the user goes before: ``$DICPATH``, the home folder, the system, LibreOffice. Of
    several in one folder that of the language at large (``fr``), then its namesake (``fr_FR``), then the
    first by name.

    Args:
        say: Told, when it is asked, that a dictionary cannot be read; it knows nothing then.
    """
    found: dict[str, Path] = {}
    for folder in _folders():
        for path in _dictionaries(folder):
            found.setdefault(_language(path), path)
    return tuple(_later(lang, path, say) for lang, path in sorted(found.items()) if lang)


def _folders() -> Iterator[Path]:
    yield from (Path(one) for one in os.environ.get("DICPATH", "").split(os.pathsep) if one)
    for root, patterns in ((os.environ.get("HOME", "/"), _HOME), ("/", _SYSTEM)):
        for pattern in patterns:
            yield from sorted(Path(root).glob(pattern))


def _dictionaries(folder: Path) -> list[Path]:
    """The hunspell dictionaries of a folder, those that go before first; none where it cannot be read."""
    try:
        whole = [path for path in folder.glob("*.dic") if path.with_suffix(".aff").is_file()]
    except OSError:
        return []
    return sorted(whole, key=lambda path: (_rank(path.stem), path.stem))


def _rank(name: str) -> int:
    lang, _, rest = name.replace("-", "_").partition("_")
    return 0 if not rest else 1 if rest == lang.upper() else 2


def _language(path: Path) -> str:
    """The language a dictionary's name begins with; "" where it begins with none."""
    try:
        return tag(path.stem)
    except InputError:
        return ""


def _reader(lang: str, path: Path, opened: Callable[[], Wordbook], *, named: bool) -> Reader:
    return Reader(
        lang, path.stem, str(path), named, lambda word: opened().knows(word), cache(lambda: _digest(path))
    )


def _later(lang: str, path: Path, say: Callable[[str], None]) -> Reader:
    """A dictionary that is opened when it is asked, and knows nothing where it cannot be."""

    @cache
    def opened() -> Wordbook:
        try:
            return _book(path)
        except InputError as error:
            say(f"dictionary left out: {error.message}")
            return Wordbook(Rules(), {})

    return _reader(lang, path, opened, named=False)


def _book(path: Path) -> Wordbook:
    """Open a dictionary.

    Raises:
        InputError: It cannot be read, or is no dictionary.
    """
    where = path.with_suffix(".aff")
    words, data = read_bytes(path), read_bytes(where)
    encoding = declared(data)
    try:
        # Flags are bytes that may be no characters; words with such bytes are counted and refused below.
        rules = parsed(data.decode(encoding, "surrogateescape"))
        where = path
        return Wordbook.parsed(words.decode(encoding, "surrogateescape"), rules)
    except (LookupError, ValueError) as error:
        raise InputError(f"{where} cannot be read as a dictionary: {error}", _ELSEWHERE) from error


def _digest(path: Path) -> str:
    """SHA-256 of a dictionary's files; "" where they cannot be read."""
    try:
        return sha256(read_bytes(path.with_suffix(".aff")) + read_bytes(path)).hexdigest()
    except InputError:
        return ""
