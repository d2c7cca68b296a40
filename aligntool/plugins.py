"""Families of plug-ins: what there is by name, without importing it; one by name, importing only that."""

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from typing import Any, Literal

from aligntool.errors import AligntoolError

__all__ = ["Family", "load", "load_all", "names"]

Family = Literal["engines", "formats", "aligners", "checks"]

# Where each family's types stand; by name, since asking for names must import nothing.
_TYPES: dict[Family, tuple[str, tuple[str, ...]]] = {
    "engines": ("aligntool.translation", ("EngineKind",)),
    "formats": ("aligntool.codec", ("Format", "TableFormat")),
    "aligners": ("aligntool.alignment", ("Aligner",)),
    "checks": ("aligntool.flags", ("Check",)),
}


@cache
def _found(family: Family) -> dict[str, EntryPoint]:
    """Built-in modules of the family's folder and installed entry points, by name."""
    folder = Path(__file__).parent / family
    built_in = {
        module.name.replace("_", "-"): EntryPoint(
            module.name.replace("_", "-"), f"aligntool.{family}.{module.name}:PLUGIN", f"aligntool.{family}"
        )
        for module in pkgutil.iter_modules([str(folder)])
        if not module.name.startswith("_")
    }
    for point in entry_points(group=f"aligntool.{family}"):
        if point.name in built_in:
            raise AligntoolError(
                f"two plug-ins of aligntool.{family} are called {point.name}: "
                f"{built_in[point.name].value} and {point.value}",
                "uninstall one of the two packages, or rename its entry point",
            )
        built_in[point.name] = point
    return dict(sorted(built_in.items()))


def names(family: Family) -> tuple[str, ...]:
    """Names of the family's plug-ins, sorted; imports none of them.

    Raises:
        AligntoolError: Two plug-ins claim one name.
    """
    return tuple(_found(family))


def load(family: Family, name: str) -> Any:  # noqa: ANN401 - each family has its own type, stated in its stage
    """Import one plug-in and return its ``PLUGIN`` object.

    Raises:
        AligntoolError: There is none of that name, it cannot be imported, or it is no plug-in of the family.
    """
    found = _found(family)
    if name not in found:
        known = ", ".join(found) or "none"
        raise AligntoolError(f"there is no {name} among the {family}", f"known: {known}")
    advice = f"mend or uninstall the package that provides {found[name].value}"
    try:
        plugin = found[name].load()
    except Exception as error:  # whatever somebody else's module raises when it is imported
        reason = f"cannot be loaded: {type(error).__name__}: {error}"
        raise AligntoolError(f"the plug-in {name} of aligntool.{family} {reason}", advice) from error
    if not _fits(plugin, family, name):
        kinds = " or ".join(_TYPES[family][1])
        raise AligntoolError(f"the plug-in {name} of aligntool.{family} is no {kinds} of that name", advice)
    return plugin


def _fits(plugin: object, family: Family, name: str) -> bool:
    """Whether it is of the family's type and goes by its own name."""
    home, kinds = importlib.import_module(_TYPES[family][0]), _TYPES[family][1]
    fits = isinstance(plugin, tuple(getattr(home, kind) for kind in kinds))
    return fits and getattr(plugin, "name", None) == name


def load_all(family: Family) -> Iterator[Any]:
    """Every plug-in of the family, in the order of the names."""
    for name in names(family):
        yield load(family, name)
