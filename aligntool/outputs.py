"""What a run leaves behind: tables that appear whole, their trail beside them, decisions carried over."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from aligntool import table
from aligntool.codec import TableFormat, losses
from aligntool.decisions import carry, is_settled
from aligntool.errors import AligntoolError, InputError, OutputError
from aligntool.files import STDIO, atomic_write, read_text, write_text
from aligntool.layout import Checked, rows
from aligntool.memory import Memory, recalled
from aligntool.pipeline import Settings
from aligntool.plans import Plan
from aligntool.table import Row, Table

__all__ = [
    "Options",
    "Outcome",
    "contents",
    "existing",
    "fingerprint",
    "is_current",
    "remarks",
    "write",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a document fared: ``made``, ``reused``, ``planned`` or ``failed`` (then with its error)."""

    plan: Plan
    state: str
    lang: str = ""
    rows: tuple[Row, ...] = ()
    error: AligntoolError | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    Attributes:
        settings: What the pipeline shall do.
        encoding: Of the inputs.
        force: Overwrite files aligntool did not write.
        fresh: Make outputs anew that are up to date.
        dry_run: Say what would be done; write nothing.
        expect: Told the number of sentences to translate.
        progress: Told the number of sentences just translated.
        remembered: Source and target language to what was settled before.
    """

    settings: Settings
    encoding: str = "utf-8"
    force: bool = False
    fresh: bool = False
    dry_run: bool = False
    expect: Callable[[int], None] = lambda _: None
    progress: Callable[[int], None] = lambda _: None
    remembered: Callable[[str, str], Memory] = lambda _, __: Memory({})


@cache
def _build() -> str:
    """Fingerprint of the code and the lexicons: another build makes every output stale."""
    digest = sha256(version("aligntool").encode())
    folder = Path(__file__).parent
    stages = (*folder.glob("a*/*.py"), *folder.glob("[cef]*s/*.py"))
    for path in sorted([*folder.glob("*.py"), *stages, *folder.glob("data/*.tsv*")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def fingerprint(*parts: object) -> str:
    """Print of all that decides an output: this build, and whatever the parts hold (as JSON)."""
    return sha256(json.dumps([_build(), *parts], sort_keys=True).encode()).hexdigest()


def existing(target: Path, *, force: bool) -> Table | None:
    """The table that stands at the output; None where there is none or it may be overwritten unread.

    Raises:
        OutputError: What stands there is no aligned table.
    """
    if target == STDIO or not target.exists():
        return None
    try:
        return table.read(read_text(target), str(target))
    except InputError as error:
        if force:
            return None
        raise OutputError(
            f"{target} exists and would be overwritten: {error.message}", "move it away, or use --force"
        ) from error


def _trail_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.trail.json")


def is_current(target: Path, key: str) -> bool:
    """Whether the output at this place was made from just what this fingerprint stands for."""
    try:
        return str(json.loads(_trail_of(target).read_text(encoding="utf-8"))["key"]) == key
    except (OSError, ValueError, KeyError, TypeError):
        return False


def write(  # noqa: PLR0913, PLR0917 - all that a table and its trail are made of
    plan: Plan,
    checked: Checked,
    old: Table | None,
    key: str,
    settings: Mapping[str, object],
    memory: Memory | None = None,
) -> Table:
    """Write a document's table with the decisions of the old one, then its trail.

    Args:
        plan: Where to.
        checked: The document.
        old: What the output held when the run began.
        key: Fingerprint of all that decides it.
        settings: For the trail.
        memory: What was settled before, for its rows.

    Returns:
        What was written.

    Raises:
        OutputError: It cannot be written.
    """
    laid = rows(checked)
    fresh = Table(recalled(laid, memory) if memory else laid)
    # Read anew: somebody may have reviewed it while the engine was at work.
    standing = existing(plan.target, force=old is None)
    result = carry(standing, fresh) if standing else fresh
    if plan.target == STDIO:
        write_text(plan.target, table.write(result))
        return result
    trail = {"key": key, "settings": settings, "trail": checked.trail}
    atomic_write(plan.target, table.write(result))
    # The trail comes last: a run killed between the two makes this document anew, and loses nothing.
    atomic_write(_trail_of(plan.target), json.dumps(trail, ensure_ascii=False, indent=1) + "\n")
    return result


def contents(whole: Table, form: TableFormat, output: Path, *, force: bool) -> dict[Path, str]:
    """What another program's format makes of a table, by the file it belongs into; nothing is written.

    Raises:
        OutputError: Several files for standard output, or one of them stands there already.
    """
    assert form.write is not None
    written = form.write(whole)
    if isinstance(written, str):
        return {output: written}
    if output == STDIO:
        raise OutputError(f"{form.name} is several files", "name them without the ending: -o NAME")
    places = {output.with_name(output.name + ending): content for ending, content in written.items()}
    for place in places:
        if place.exists() and not force:
            raise OutputError(f"{place} exists", "choose another name, or use --force")
    return places


def remarks(whole: Table, form: TableFormat) -> tuple[str, ...]:
    """What a format has no place for, and what else it says of this table."""
    lost = losses(whole, form)
    settled = sum(map(is_settled, whole.rows))
    held = f"; rows with a decision: {settled}" if settled and not {"status", "note"} <= form.carries else ""
    said = (f"{form.name} has no place for {', '.join(lost)}{held}",) if lost else ()
    return (*said, *form.remarks(whole))
