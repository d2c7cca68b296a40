"""Comparisons as French makes them: the same than, superior to 10%, the largest of the world."""

import re

from aligntool.flags import Check, Finder, ruling
from aligntool.patterns import Later, Pattern, before, pattern_finder

__all__ = ["PLUGIN"]

NAME = "comparisons"
_NUMBERS = "two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|hundred"
_MORE = (
    "larger|greater|higher|lower|better|stronger|weaker|bigger|smaller|older|younger|richer|poorer|faster|"
    "slower|worse|longer|shorter|closer|easier|harder|deeper|cheaper|wider|fewer"
)
_MOST = r"(?:[Mm]ost (?!of\b)[a-z]+|[a-z]{3,}(?<!inter)(?<!for)(?<!hon)(?<!mod)(?<!harv)(?<!prot)(?<!con)est)"


_rule = ruling(NAME, "grammar")


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule("same-than", "minor", 0.85, "English says “the same … as”."),
        Later(r"\bthe same (?!rather )(?:[a-z]+ ){0,2}(?P<than>than)\b"),
        lambda _: "as",
        part="than",
        words=(" same ",),
    ),
    Pattern(
        _rule("as-than", "minor", 0.82, "What begins with “{as}” goes on with “as”, not “than”."),
        Later(
            r"\b(?P<as>as|so) (?:well|much|many|far|long|often|good|strong|important|big|powerful|large|"
            r"numerous|high|low|few|little|quickly|fast|great|rich|poor|old|close|bad|serious|dangerous) "
            r"(?!more\b|less\b|better\b|worse\b|\w+er\b)(?:(?:a|an|the) )?(?:[a-z]+ ){0,2}?(?P<than>than)\b"
        ),
        lambda _: "as",
        lambda m: re.search(r"\b(?:more|less|other|rather|better|worse|\w{3,}er)\b", m.group()) is None,
        "than",
        ("than",),
    ),
    Pattern(
        _rule("more-as", "minor", 0.78, "After a comparative English says “than”."),
        Later(
            rf"\b(?:{_MORE}|more [a-z]+) (?P<as>as|that) (?=(?:the other|those of|that of|in (?:the|other|"
            rf"19|20)|"
            r"before|expected|usual|ever|its (?:neighbou?rs?|rivals?|partners?)|last year|any other)\b)"
        ),
        lambda _: "than",
        lambda m: m["as"] == "that" or re.search(r"\b(?:as|so|such)\b", before(m, 30)) is None,
        "as",
        ("er as ", "er that ", "more "),
    ),
    Pattern(
        _rule("superior", "major", 0.85, "“{word} to” a figure is “{fix}” in English."),
        Later(
            r"\b(?P<word>superior|inferior) (?:or equal )?to (?=[\d€$£]|the average|half|one|two|three|ten|"
            r"twenty|a (?:million|billion|hundred|thousand))"
        ),
        lambda m: "higher than " if m["word"] == "superior" else "lower than ",
        words=("erior ",),
    ),
    Pattern(
        _rule("of-amount", "minor", 0.75, "“d’un montant de” and the like are left out before a figure."),
        Later(
            r"(?P<quoted>\b(?:of|for) an? (?:total |overall |maximum |global )?(?:duration|amount|value|"
            r"height|weight|length|surface|budget|sum|price|power|speed|range|distance) of )(?=(?:about |"
            r"more than |nearly |almost |some |around |over |up to )?[\d€$£])"
        ),
        part="quoted",
        words=(" of ",),
    ),
    Pattern(
        _rule("number-first", "minor", 0.9, "English puts the order first: “the {order} {number}”."),
        Later(
            rf"(?<!-)\b(?P<the>[Tt]he|[Ii]ts|[Hh]is|[Tt]heir|[Oo]ur|[Tt]hese) "
            rf"(?P<quoted>(?P<number>{_NUMBERS}|\d{{1,2}}) "
            r"(?P<order>first|last|next|previous|following))(?= [a-z]+s\b)"
        ),
        lambda m: f"{m['order']} {m['number']}",
        part="quoted",
        words=(" first ", " last ", " next ", " previous ", " following "),
    ),
    Pattern(
        _rule("best-of", "minor", 0.8, "After a superlative English says “in the {place}”."),
        Later(
            rf"\b(?:the|The|its|one of the) {_MOST} (?:[a-z-]+ ){{1,3}}?(?P<of>of) (?=the (?P<place>world|"
            rf"country|region|"
            r"continent|city)\b(?![’'-]| (?:war|economy|[a-z]+ship)))"
        ),
        lambda m: "on" if m["place"] == "continent" else "in",
        lambda m: (
            re.search(
                r"\b(?:part|parts|history|rest|region|regions|corner|corners|area|areas|of|interests?|"
                r"notice)\b of$",
                m.group(),
            )
            is None
        ),
        "of",
        (" of the ",),
    ),
    Pattern(
        _rule("countries-of", "minor", 0.74, "English says “countries in the world”."),
        Later(
            r"\b(?:countries|states|nations|cities) (?P<of>of) (?=the (?:world|planet)\b(?![’'-]| economy))"
        ),
        lambda _: "in",
        lambda m: (
            re.search(
                r"\b(?:all|most|every|many|some|few|several|other|poorest|richest|largest|biggest|two|"
                r"three|\d+|first)\b[^.,;]{0,30}$",
                before(m),
            )
            is not None
        ),
        "of",
        ("s of the world", "s of the planet"),
    ),
    Pattern(
        _rule("more-than", "minor", 0.78, "“plus que” that chooses is “rather than” in English.", "calque"),
        Later(
            r"(?<=[a-z]), (?P<quoted>more) than (?=(?:between|in|with|by|for|to|on|from|at) "
            r"(?![\d]|half\b|ever\b))"
        ),
        lambda _: "rather",
        part="quoted",
        words=(", more than ",),
    ),
    Pattern(
        _rule("more-the-more", "minor", 0.85, "“Plus …, plus …” is “The more …, the more …” in English."),
        Later(
            r"(?:(?<=^)|(?<=[.!?”:] ))(?P<quoted>(?P<more>More|Less)) (?:the|a|an|it|he|she|they|we|one|"
            r"this|its|[A-Z][\w’-]+) [^.,;!?]{3,60}, (?:and )?(?:the )?(?:more|less) (?:the|it|he|she|they|"
            r"we|one|this|its|[A-Z][\w’-]+)\b"
        ),
        lambda m: f"The {m['more'].lower()}",
        part="quoted",
        words=("More ", "Less "),
    ),
)


def _prepare(_: object) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "comparisons as French makes them: the same than, the two first, superior to 10%, the largest of the "
    "world",
    _prepare,
)
