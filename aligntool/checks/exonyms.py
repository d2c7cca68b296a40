"""Places, people, bodies and acronyms left in the form another language gives them."""

import re

from aligntool.flags import Check, Finder, Passage, Tables
from aligntool.lexicons import Hit
from aligntool.phrasebook import phrase_finder

__all__ = ["PLUGIN"]

NAME = "exonyms"
_MESSAGE = "“{text}” is the {language} form; English has “{suggestion}”."

# a foreign word beside it makes it part of a foreign name: Air Algérie, Université de Strasbourg
_FOREIGN = (
    "de|du|des|la|le|les|et|en|d|l|sur|au|aux|pour|sous|der|die|das|den|dem|und|am|im|zu|zum|für|van|"
    "het|een|op|"
    "el|los|las|y|del|al|por|para|con|e|di|da|do|dos"
)
_NAMES = (
    "air|jeune|radio|télé|canal|stade|olympique|racing|club|fc|sc|université|institut|musée|banque|"
    "société|collège|"
    "lycée|théâtre|opéra|orchestre|rue|avenue|place|boulevard|hôtel|hotel|café|villa|château|gare|port|"
    "pont|saint|"
    "universität|universidad|universiteit|stadt|bayern|borussia|real|atlético|deportivo|san|santa|"
    "puerto|monde|"
    "presse|revue|éditions|edition|editions|verlag|zeitung|deutsche|österreichische|royal|crédit|gaz|"
    "rosa|horatio|"
    "antenne|sciences|académie|bibliothèque|comédie|festival|grand|petit|ministère|don|señor|doña|frau|"
    "herr|monsieur"
)
_BEFORE = re.compile(rf"(?:\b(?:{_FOREIGN}|{_NAMES})|\b[dl]['’])[ \u00a0-]$|[/@#_.]$", re.IGNORECASE)
_AFTER = re.compile(
    rf"[ \u00a0-](?:{_FOREIGN}|\w*[éèêàçñöüß]\w*|Télévisions?|Bleu|Inter|Info|Culture|Soir|Matin|Libre|"
    rf"Actualité)\b"
    r"(?! (?:is|was|has|and|or)\b)|[/@_]|\.\w"
)


def _named(passage: Passage, hit: Hit) -> bool:
    """Whether the form is part of a longer name in its own language, which English keeps."""
    text = passage.text
    if hit.row["kind"] == "acronym" or " " in hit.row["literal"]:
        return text[hit.start - 1 : hit.start] in {"/", "@", "#", "_"}
    return bool(_BEFORE.search(text, max(0, hit.start - 24), hit.start) or _AFTER.match(text, hit.end))


def _prepare(tables: Tables) -> Finder:
    return phrase_finder(NAME, "named-entity", tables["exonyms"], _MESSAGE, exact=True, skip=_named)


PLUGIN = Check(
    NAME,
    "named-entity",
    "strict",
    "names and acronyms left in their French, Dutch, German or Spanish form",
    _prepare,
    ("exonyms",),
)
