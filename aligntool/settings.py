"""What a person chose: which languages, how much to flag, whose words; comparable and storable."""

from dataclasses import asdict, dataclass, replace

from aligntool.flags import Level
from aligntool.readers import ENGLISH, Reader, consulted
from aligntool.userlists import Entry, Ignored, rules_for

__all__ = ["NOTHING", "Extras", "Settings"]


@dataclass(frozen=True, slots=True)
class Extras:
    """What a user adds to the checks.

    Attributes:
        lexicon: Entries flagged beside the built-in ones.
        ignore: Flags not to be shown.
        origin: Language machine-made English was made from (BCP 47); empty to presume it from the text.
        dictionaries: Dictionaries the checks may ask.
    """

    lexicon: tuple[Entry, ...] = ()
    ignore: tuple[Ignored, ...] = ()
    origin: str = ""
    dictionaries: tuple[Reader, ...] = ()

    def concerning(self, path: str) -> "Extras":
        """What of it concerns a file: rules for other files silence nothing there."""
        return replace(self, ignore=rules_for(self.ignore, path))


NOTHING = Extras()
"""Of a user who adds nothing."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person chose; the same settings and input give the same output.

    Attributes:
        source: Language of the documents (BCP 47); empty to detect it for each.
        target: Language wanted.
        format: Name of the document format; empty to choose by file name.
        level: How much to flag.
        terms: The user's own glossary: term and rendering; it goes before the built-in names.
        memory: Fingerprint of the translation memory in use; empty where there is none.
        extras: The user's own lexicons and what is not to be flagged.
    """

    source: str = ""
    target: str = "en"
    format: str = ""
    level: Level = "normal"
    terms: tuple[tuple[str, str], ...] = ()
    memory: str = ""
    extras: Extras = NOTHING

    def recorded(self, lang: str) -> dict[str, object]:
        """All of it as plain values, for fingerprints and trails.

        Of the dictionaries only those stand there that a document may be put before, by name and checksum:
        one installed for another language makes nothing stale.

        Args:
            lang: Language of the document.
        """
        extras = self.extras
        origin = extras.origin if lang in {self.target, ENGLISH} else lang
        asked = [one.recorded() for one in consulted(extras.dictionaries, origin)]
        plain = asdict(replace(self, extras=replace(extras, dictionaries=())))
        return plain | {"extras": plain["extras"] | {"dictionaries": asked}}
