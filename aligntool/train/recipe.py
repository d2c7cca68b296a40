"""Recipes: all that decides how a run goes, in one TOML file that can be kept beside its figures."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from aligntool.errors import InputError
from aligntool.train.prepare import Mixture
from aligntool.train.schedule import Schedule
from aligntool.train.settings import Settings

__all__ = ["Recipe", "read_recipe"]

TABLES = ("network", "schedule", "training", "mixture")


@dataclass(frozen=True, slots=True)
class Recipe:
    """The choices of a run.

    Attributes:
        network: Values for ``Shape`` by name, the vocabulary's size excepted.
        mixture: Weights of the collections and size of the vocabulary.
        settings: Batches, budget, averaging.
        new_vocabulary: With a package to start from: learn a new vocabulary all the same.
    """

    network: Mapping[str, Any] = field(default_factory=dict)
    mixture: Mixture = field(default_factory=Mixture)
    settings: Settings = field(default_factory=Settings)
    new_vocabulary: bool = False

    def with_options(self, **options: Any) -> "Recipe":  # noqa: ANN401 - values of several types, checked by read_recipe's rules
        """The recipe with options of the command line put over it; None changes nothing."""
        given = {name: value for name, value in options.items() if value is not None}
        in_schedule = {k: v for k, v in given.items() if k in _names(Schedule)}
        in_settings = {k: v for k, v in given.items() if k in _names(Settings)}
        if {"minutes", "steps"} & set(in_schedule):
            in_schedule = {"minutes": 0.0, "steps": 0} | in_schedule
        schedule = replace(self.settings.schedule, **in_schedule)
        return replace(self, settings=replace(self.settings, schedule=schedule, **in_settings))


def _names(kind: type) -> set[str]:
    return {item.name for item in fields(kind)}


def _table(document: Mapping[str, Any], name: str, known: set[str], path: Path) -> dict[str, Any]:
    table = document.get(name, {})
    unknown = sorted(set(table) - known) if isinstance(table, dict) else [name]
    if unknown:
        raise InputError(
            f"{path}: [{name}] does not know {', '.join(unknown)}", f"known: {', '.join(sorted(known))}"
        )
    return dict(table)


def read_recipe(path: Path) -> Recipe:
    """Read a recipe.

    Raises:
        InputError: The file is missing or broken, or names something unknown.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            f"{path} cannot be read: {error}", "see aligntool/train/recipes for examples"
        ) from error
    unknown = sorted(set(document) - set(TABLES))
    if unknown:
        raise InputError(f"{path} does not know [{unknown[0]}]", f"known: {', '.join(TABLES)}")
    network = {"width", "inner", "heads", "encoder", "decoder", "dropout", "attention"}
    mixture = _table(document, "mixture", _names(Mixture) | {"new_vocabulary"}, path)
    new_vocabulary = bool(mixture.pop("new_vocabulary", False))
    schedule = Schedule(**_table(document, "schedule", _names(Schedule), path))
    training = _table(document, "training", _names(Settings) - {"schedule"}, path)
    return Recipe(
        _table(document, "network", network, path),
        Mixture(**mixture),
        Settings(schedule=schedule, **training),
        new_vocabulary,
    )
