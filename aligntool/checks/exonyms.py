"""Places, people, bodies and acronyms left in the form another language gives them."""

import re
from dataclasses import replace

from aligntool.flags import Check, Finder, Passage, Tables
from aligntool.lexicons import Hit
from aligntool.phrasebook import phrase_finder
from aligntool.records import Bitext, Flag, Span

__all__ = ["PLUGIN"]

NAME = "exonyms"
_MESSAGE = "“{text}” is the {language} form; English has “{suggestion}”."

# a foreign word beside it makes it part of a foreign name: Air Algérie, Université de Strasbourg
_FOREIGN = (
    "de|du|des|la|le|les|et|en|d|l|sur|au|aux|pour|sous|der|die|das|den|dem|und|am|im|zu|zum|für|van|het|"
    "een|op|el|los|las|y|del|al|por|para|con|e|di|da|do|dos"
)
_NAMES = (
    "air|jeune|radio|télé|canal|stade|olympique|racing|club|fc|sc|université|institut|musée|banque|société|"
    "collège|lycée|théâtre|opéra|orchestre|rue|avenue|place|boulevard|hôtel|hotel|café|villa|château|gare|"
    "port|pont|saint|universität|universidad|universiteit|stadt|bayern|borussia|real|atlético|deportivo|"
    "san|santa|puerto|monde|presse|revue|éditions|edition|editions|verlag|zeitung|deutsche|österreichische|"
    "royal|crédit|gaz|rosa|horatio|antenne|sciences|académie|bibliothèque|comédie|festival|grand|petit|"
    "ministère|don|señor|doña|frau|herr|monsieur"
)
_BEFORE = re.compile(rf"(?:\b(?:{_FOREIGN}|{_NAMES})|\b[dl]['’])[ \u00a0-]$|[/@#_.]$", re.IGNORECASE)
_AFTER = re.compile(
    rf"[ \u00a0-](?:{_FOREIGN}|\w*[éèêàçñöüß]\w*|Télévisions?|Bleu|Inter|Info|Culture|Soir|Matin|Libre|"
    rf"Actualité)\b"
    r"(?! (?:is|was|has|and|or)\b)|[/@_]|\.\w"
)


_NO_ARTICLE = frozenset({"NATO", "ECOWAS", "OPEC", "ASEAN", "NAFTA", "AIDS", "UNESCO", "UNICEF", "Mercosur"})
_ARTICLE = re.compile(r"\b[Tt]he[ \u00a0]$")


def _named(passage: Passage, hit: Hit) -> bool:
    """Whether the form is part of a longer name in its own language, which English keeps."""
    text = passage.text
    if hit.row["kind"] == "acronym" or " " in hit.row["literal"]:
        return text[hit.start - 1 : hit.start] in {"/", "@", "#", "_"}
    return bool(_BEFORE.search(text, max(0, hit.start - 24), hit.start) or _AFTER.match(text, hit.end))


def _bare(bitext: Bitext, flag: Flag) -> Flag:
    """The flag, taking in an article that French wants and the English name does not bear: “the OTAN”."""
    before = bitext.target.segments[flag.segment].text[: flag.span.start]
    found = _ARTICLE.search(before) if flag.fix in _NO_ARTICLE else None
    if found is None:
        return flag
    return replace(flag, span=Span(found.start(), flag.span.end), text=found.group() + flag.text)


def _prepare(tables: Tables) -> Finder:
    find = phrase_finder(NAME, "named-entity", tables["exonyms"], _MESSAGE, exact=True, skip=_named)
    return lambda bitext: (_bare(bitext, flag) for flag in find(bitext))


PLUGIN = Check(
    NAME,
    "named-entity",
    "strict",
    "names and acronyms left in their French, Dutch, German or Spanish form",
    _prepare,
    ("exonyms",),
)
