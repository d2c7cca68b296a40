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


@cache
def _found(family: Family) -> dict[str, EntryPoint]:
    """Built-in modules of the family's folder and installed entry points, by name."""
    folder = Path(__file__).parent / family
    built_in = {
        module.name.replace("_", "-"): EntryPoint(
            module.name.replace("_", "-"), f"aligntool.{family}.{module.name}:PLUGIN", f"aligntool.{family}"
        )
        for module in pkgutil.iter_modules([str(folder)])
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
        AligntoolError: There is none of that name, or it cannot be imported.
    """
    found = _found(family)
    if name not in found:
        known = ", ".join(found) or "none"
        raise AligntoolError(f"there is no {name} among the {family}", f"known: {known}")
    try:
        if found[name].value.startswith(f"aligntool.{family}."):
            module, _, attribute = found[name].value.partition(":")
            return getattr(importlib.import_module(module), attribute)
        return found[name].load()
    except (ImportError, AttributeError, SyntaxError) as error:
        raise AligntoolError(
            f"the plug-in {name} of aligntool.{family} cannot be loaded: {error}",
            f"check the package that provides {found[name].value}",
        ) from error


def load_all(family: Family) -> Iterator[Any]:
    """Every plug-in of the family, in the order of the names."""
    for name in names(family):
        yield load(family, name)
