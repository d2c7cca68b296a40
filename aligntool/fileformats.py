"""Which format a file is in: by the name a person gave, else by the file's ending."""

from collections.abc import Iterator
from pathlib import PurePath

from aligntool import plugins
from aligntool.codec import Format, TableFormat
from aligntool.errors import InputError

__all__ = ["document_format", "endings", "format_for", "table_format"]


def format_for(name: str, chosen: str = "") -> Format | None:
    """The format of that name; else the one that claims the file name's ending; else None."""
    if chosen:
        found = plugins.load("formats", chosen)
        if not isinstance(found, Format):
            raise InputError(f"{chosen} is a format of tables, not of documents", "try --format text")
        return found
    suffix = PurePath(name).suffix.lower()
    return next((one for one in _documents() if suffix in one.suffixes), None)


def document_format(name: str, chosen: str = "") -> Format:
    """As ``format_for``, but what no format claims is read as plain text."""
    found = format_for(name, chosen) or format_for(name, "text")
    assert found is not None
    return found


def endings() -> list[str]:
    """Endings of the files that are taken for documents."""
    return sorted(suffix for one in _documents() for suffix in one.suffixes if suffix)


def _documents() -> Iterator[Format]:
    return (one for one in plugins.load_all("formats") if isinstance(one, Format))


def table_format(name: str, chosen: str = "", *, writing: bool) -> TableFormat | None:
    """The table format of that name; else the one with the longest ending the file name has; else None.

    Args:
        name: File name.
        chosen: Name of a format; empty to choose by file name.
        writing: Whether it is wanted to write with, else to read with.

    Raises:
        InputError: There is none of that name that can do it.
    """
    every = {
        one.name: one
        for one in plugins.load_all("formats")
        if isinstance(one, TableFormat) and (one.write if writing else one.read or one.combine)
    }
    if chosen:
        if chosen not in every:
            raise InputError(
                f"no table can be {'written' if writing else 'read'} as {chosen}",
                f"there are: {', '.join(every)}",
            )
        return every[chosen]
    endings = {ending: one for one in every.values() for ending in one.suffixes}
    fitting = [ending for ending in endings if name.lower().endswith(ending)]
    return endings[max(fitting, key=len)] if fitting else None
