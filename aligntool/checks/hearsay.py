"""The French conditional of hearsay: *il aurait fui*, “he is said to have fled”, not “he would have”."""

import re

from aligntool.flags import Check, Finder, Rule, Tables
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Pattern, pattern_finder, sentence

__all__ = ["PLUGIN"]

NAME = "hearsay"
_WOULD_HAVE = re.compile(
    r"\b(?P<verb>would (?:already |also |even |not )?have (?:been |already |also |even )*(?P<done>[a-z]+))\b"
)
_IRREALIS = re.compile(
    r"\b(?:if|unless|without|otherwise|could|might|should|wish\w*|had|even|instead|never|rather|hoped?|"
    r"thought|expect\w*|imagin\w*|suppos\w*|but for|were|whether|plan\w*|propos\w*|bill|scenario|"
    r"ordinarily|normally|you|I|we|promis\w*|like[ds]?|warned|prefer\w*|either|what|who|why|how|perhaps|"
    r"maybe|said that|says that|argued that|probably|then|least of all|predict\w*|forecast\w*|project\w*|"
    r"announc\w*|decid\w*|agree\w*|new|next|would not|impossible|"
    r"difficult)\b",
    re.IGNORECASE,
)
_SOURCES = (
    r"[Aa]ccording to|[Rr]eportedly|[Ff]or (?:some|many) (?:observers|experts|analysts|specialists)|sources?|"
    r"intelligence|NGOs?|observers|witness\w*|rumou?rs?|media|press|newspaper|weekly|daily|estimates?|"
    r"investigat\w*|"
    r"report|reveal\w*|alleg\w*|analysts?|experts?|victims?|killed|dead|wounded|injured|bodies|losses"
)


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def told(m: re.Match[str]) -> bool:
        done = parts.can(m["done"], "E") or m["done"].endswith("ed")
        whole = sentence(m).replace("would not have", "", 1).replace("would have", "", 1)
        return done and not _IRREALIS.search(whole)

    def sourced(m: re.Match[str]) -> bool:
        return re.search(_SOURCES, sentence(m)) is not None and told(m)

    def counted(m: re.Match[str]) -> bool:
        rest = sentence(m).replace(m["verb"], "")
        return not _IRREALIS.search(rest) and not re.search(
            r"\b(?:cost|price|deal|plan|said|says|law|measure|vote|tax|estimate[sd]?)\b", rest
        )

    return (
        Pattern(
            Rule(
                "hearsay",
                NAME,
                "grammar",
                "major",
                0.68,
                "The French conditional of hearsay: English says “is said to have …” or “reportedly”.",
            ),
            _WOULD_HAVE,
            holds=sourced,
            part="verb",
        ),
        Pattern(
            Rule(
                "hearsay-alone",
                NAME,
                "grammar",
                "major",
                0.5,
                "May be the French conditional of hearsay: “is said to have …” or “reportedly”.",
            ),
            _WOULD_HAVE,
            holds=told,
            part="verb",
        ),
        Pattern(
            Rule(
                "hearsay-now",
                NAME,
                "grammar",
                "major",
                0.66,
                "The French conditional of hearsay: English says “is said to …” or “reportedly”.",
            ),
            re.compile(
                r"\b(?P<verb>would (?:already |currently |today |now |even )?(?:hold|possess|number|count|"
                r"own|be (?:close to|already|on a list|in the hands|behind)|employ|bring in|host|be "
                r"(?:nearly|some|more than|at least|around|about) (?=\d|one|two|three|ten|twenty)))\b"
            ),
            holds=counted,
            part="verb",
        ),
        Pattern(
            Rule(
                "hearsay-planned",
                NAME,
                "grammar",
                "major",
                0.56,
                "May be the French conditional of hearsay: “is reportedly …”.",
            ),
            re.compile(
                r"\b(?P<verb>would (?:also |now |even |currently )?be (?:planned|foreseen|scheduled|under "
                r"way|in preparation|under study|detained|hospitali[sz]ed|suspected|wanted|being "
                r"(?:prepared|negotiated|considered|studied|examined)|about to|on the point of|at the "
                r"origin of|implicated|hiding|in contact|targeted|investigated))\b"
            ),
            holds=counted,
            part="verb",
        ),
        Pattern(
            Rule(
                "hearsay-now",
                NAME,
                "grammar",
                "major",
                0.66,
                "The French conditional of hearsay: English says “is said to …” or “reportedly”.",
            ),
            re.compile(
                r"\b[Aa]ccording to (?:several |some |various |many |our |the |a |an |his |her |its |"
                r"Western |American |Russian |Ukrainian )*(?:\w+ )?(?:sources?|intelligence|media|press|"
                r"newspapers?|weekly|daily|observers|NGOs?|services|agency|rumou?rs|information|witnesses|"
                r"experts|analysts|diplomats|investigators)\b[^.;!?“”]{0,60}?, [^.;!?,“”]{2,60}? "
                r"(?P<verb>would (?:now |also |already |even )?[a-z]+)"
            ),
            holds=lambda m: not _IRREALIS.search(m.group().replace("would have", "")),
            part="verb",
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "what French reports in the conditional, as if it depended on something: he would have fled, sources say",
    _prepare,
    ("parts",),
)
