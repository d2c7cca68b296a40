"""How much, how long and how old, as French tells it: one on five, since ten years, of 91 years."""

import re

from aligntool.flags import Check, Finder, ruling
from aligntool.patterns import START, Later, Pattern, before, cased, pattern_finder

__all__ = ["PLUGIN"]

NAME = "quantities"
_NUMBER = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty|thirty|forty|"
    r"fifty|sixty|a hundred|\d{1,3})"
)
_SPANS = "days|weeks|months|years|decades|centuries|hours|generations"
_VERB = (
    "is|are|was|were|has|have|had|does|do|did|says?|said|lives?|votes?|can|could|will|would|now|thus|"
    "spoke|speaks?|agrees?|believes?|thinks?|thought|wants?|works?|knows?|dies?|[a-z]+ed|of (?:them|us)|"
    "expects?|prefers?|supports?|approves?|hopes?|fears?|trusts?|earns?|owns?|rents?|suffers?|rejects?|backs?"
)
_EARLIER = {
    "early": "earlier",
    "late": "later",
    "near": "nearer",
    "far": "farther",
    "high": "higher",
    "low": "lower",
    "big": "bigger",
    "small": "smaller",
    "long": "longer",
    "short": "shorter",
    "old": "older",
    "young": "younger",
    "quick": "quicker",
    "fast": "faster",
    "cheap": "cheaper",
    "strong": "stronger",
    "weak": "weaker",
    "great": "greater",
    "large": "larger",
}

_ABOUT = "(?:about |nearly |almost |more than |some |around |over |less than )?"

_POSITIVE = {"nothing": "anything", "nobody": "anybody", "no one": "anyone", "never": "ever", "none": "any"}

_NOUN = re.compile(
    r"(?:\b(?:an?|the|this|that|any|its|his|their|sharp|further|annual|big|slight|large|small|of)|%|-) $"
)
"""Before a noun: an increase of 5 percent is English."""

_COUNTING = re.compile(
    rf"\b(?:{_NUMBER}|no|any|once|one|many|much|few|some|even|and|or|\d+) $", re.IGNORECASE
)
"""Before “more”: so many more of them."""

_rule = ruling(NAME, "grammar")


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule("share", "major", 0.86, "A share is told with “in”: one in five.", "calque"),
        Later(
            rf"\b(?:(?:[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine)(?: of "
            rf"(?:them|us|these|those)| [A-Za-z]+)?|(?:[Cc]lose to|[Nn]early|[Aa]lmost|[Mm]ore than|"
            rf"[Oo]ver|[Ll]ess than) an? [a-z]+|[Aa] (?:soldier|person|man|woman|child|voter|household|"
            rf"company|inhabitant|worker|pupil|student|patient|citizen|family)) (?P<on>on) (?:two|three|"
            rf"four|five|six|seven|eight|nine|ten|twelve|twenty|a hundred|[2-9]|10|20|100)(?=[,.;:)”\"]| "
            rf"(?:{_VERB})\b|$)"
        ),
        lambda _: "in",
        part="on",
        words=(" on ",),
    ),
    Pattern(
        _rule("since-spans", "major", 0.87, "A span of time takes “for”, a point in it “since”."),
        Later(
            r"\b(?P<since>[Ss]ince) (?=(?:years|months|weeks|decades|centuries|days)\b(?! (?:ago|before|of|"
            r"past|after|when|earlier|gone)\b))"
        ),
        cased("for ", "since"),
        lambda m: re.search(r"\b(?:ago|ever|long) $", before(m, 5)) is None,
        words=("ince ",),
    ),
    Pattern(
        _rule("since-span", "major", 0.88, "A span of time takes “for”, a point in it “since”."),
        Later(
            rf"\b(?P<since>[Ss]ince) (?:(?:about|nearly|almost|more than|over|at least|some|already) )?"
            rf"(?:{_NUMBER}|several|many|a few|a dozen) (?:long )?(?:{_SPANS})\b"
            r"(?! (?:ago|before|earlier|later|prior|back|after|old|into)|[’'])"
        ),
        cased("for", "since"),
        part="since",
        words=("ince ",),
    ),
    Pattern(
        _rule("is-to-distance", "minor", 0.84, "“Est à” a distance is “is … away”."),
        Later(
            r"\b(?:is|are|was|were|lies|lay|located|situated|stands|stood|sits) (?P<to>to |at )(?=(?:about |"
            rf"some |nearly |only |less than |more than )?(?:[\d.,]+|{_NUMBER}) ?(?:km|kilomet(?:er|re)s|"
            rf"miles)\b(?! (?:per|an|a|high|tall|"
            r"altitude|above)\b| of (?!the\b|[A-Z])))"
        ),
        lambda _: "",
        part="to",
        words=(" km", "miles", "eters", "etres"),
    ),
    Pattern(
        _rule("has-age", "major", 0.84, "“Avoir … ans” is “be …”: {who} is {age}.", "calque"),
        Later(
            rf"\b(?P<who>[Hh]e|[Ss]he) (?P<quoted>(?P<have>has|had|have) (?:only |already |barely "
            rf")?(?P<age>\d{{1,2}}|{_NUMBER}) "
            r"years)(?: old)?(?=[,.;]| and\b|$)"
        ),
        lambda m: f"{'was' if m['have'] == 'had' else 'is'} {m['age']}",
        part="quoted",
        words=(" years",),
    ),
    Pattern(
        _rule("times-superior", "major", 0.86, "English says “{fix}”.", "calque"),
        Later(r"\btimes (?P<quoted>(?P<how>superior|inferior) (?:to|at|of|than))\b"),
        lambda m: "greater than" if m["how"] == "superior" else "smaller than",
        part="quoted",
        words=("times superior", "times inferior"),
    ),
    Pattern(
        _rule("some-thirty-of", "minor", 0.86, "“Une {number}aine de” is “some {number}”."),
        Later(
            r"\b(?:[Ss]ome|[Aa]bout) (?:a )?(?P<number>ten|twelve|fifteen|twenty|thirty|forty|fifty|sixty|"
            r"hundred) (?P<of>of )(?=(?!the|these|those|them|us|its|his|her|their|our|which|whom)[a-z]+s\b)"
        ),
        lambda _: "",
        part="of",
        words=(" of ",),
    ),
    Pattern(
        _rule("than-lost", "major", 0.8, "“Than” is missing: “{much} than”."),
        Later(
            r"\b(?P<much>more|fewer|less) (?=(?:\d{2,3}(?:,\d{3})*|\d+ (?:million|billion|percent)) "
            r"(?:million |billion )?[a-z]{4,}\b)"
        ),
        lambda m: f"{m['much']} than ",
        lambda m: _COUNTING.search(before(m)) is None,
        words=("more ", "fewer ", "less "),
    ),
    Pattern(
        _rule("so-long", "major", 0.86, "English says “for so long”."),
        Later(r"\b(?P<during>[Dd]uring) (?:so|too|very) long\b(?! (?:an?\b|[a-z]+s\b))"),
        cased("for", "during"),
        part="during",
        words=("uring ",),
    ),
    Pattern(
        _rule("change-of", "minor", 0.9, "A change is told with “by”."),
        Later(
            r"\b(?:(?:increas|decreas|advanc|declin|improv|reduc|progress|jump|climb|dropp|plung|surg|leap|"
            r"soar|bounc|explod|collaps)(?:ed|ing)|shrunk|leapt|leaps) (?:again |further |also |already "
            r")?(?P<of>of) "
            rf"(?={_ABOUT}(?:\d|an? (?:third|"
            r"quarter|half|fifth)\b|half\b|[a-z]+ (?:percent|per cent|points)\b))"
        ),
        lambda _: "by",
        lambda m: _NOUN.search(before(m)) is None,
        part="of",
        words=(" of ",),
    ),
    Pattern(
        _rule("risen-of", "minor", 0.9, "A change is told with “by”."),
        Later(
            r"\b(?:(?:has|have|had|having) (?:risen|fallen|grown|dropped)|rose|fell|grew|rises|falls|grows) "
            rf"(?P<of>of) (?={_ABOUT}\d)"
        ),
        lambda _: "by",
        part="of",
        words=(" of ",),
    ),
    Pattern(
        _rule("of-age", "minor", 0.88, "An age is “aged {age}”: “de … ans” put over.", "calque"),
        Later(r"(?<=[a-z]), (?P<quoted>of (?P<age>\d{1,3}) years)(?: old)?(?=[,.;)])"),
        lambda m: f"aged {m['age']}",
        part="quoted",
        words=(", of ",),
    ),
    Pattern(
        _rule("aged-of", "minor", 0.9, "English says “aged {age}”."),
        Later(r"\b(?P<quoted>[Aa]ged of (?P<age>\d{1,3}|[a-z]+(?:-[a-z]+)?)(?: years)?)(?: old)?\b"),
        lambda m: f"{m['quoted'][0]}ged {m['age']}",
        part="quoted",
        words=("ged of ",),
    ),
    Pattern(
        _rule("from-here", "major", 0.9, "“D’ici” is “by” or “within”.", "calque"),
        Later(
            r"\b(?P<quoted>[Ff]rom here(?: to| at| until)?) (?=(?:the|this|next) (?:(?:end|start|beginning|"
            r"middle) of (?:the |this |next )?(?:year|month|week|decade|century|summer|season|spring|"
            r"winter|autumn)|summer|winter|spring|autumn|year|month|week|elections?)\b|20[2-9]\d\b)"
        ),
        cased("by", "quoted"),
        part="quoted",
        words=("rom here ",),
    ),
    Pattern(
        _rule("more-short", "major", 0.86, "English compares “{word}” by its ending: “{fix}”."),
        Later(rf"\b(?P<quoted>more (?P<word>{'|'.join(_EARLIER)}))(?=[,.;:)]| than\b| in the\b|$)"),
        lambda m: _EARLIER[m["word"]],
        part="quoted",
        words=("more ",),
    ),
    Pattern(
        _rule("only-month", "minor", 0.85, "“Le seul mois de …” is “in … alone”.", "calque"),
        Later(
            r"\b(?:[Ff]or|[Ii]n|[Dd]uring|[Oo]n|[Oo]f) the (?:only|single) (?:month|year|day|week|city|"
            r"department|province|region) of (?=[A-Z\d])"
        ),
        words=("the only ", "the single "),
    ),
    Pattern(
        _rule("period", "minor", 0.85, "English says “the {edge} of the {stretch}”."),
        Later(
            r"\b(?:[Aa]t|[Bb]y|[Ff]rom|[Uu]ntil|[Ss]ince) the (?P<edge>beginning|end|start|middle) "
            r"(?P<of>of) (?P<stretch>month|week|morning|afternoon)(?=[,.;)]| (?:the|he|she|it|they|we|a|an|"
            r"his|its|in|at)\b)"
        ),
        lambda _: "of the",
        part="of",
        words=(" of month", " of week", " of morning", " of afternoon"),
    ),
    Pattern(
        _rule("little", "minor", 0.8, "“Peu {word}” is “not very {word}”.", "calque"),
        Later(
            r"\b(?:is|are|was|were|proved|proves|proven|remains?|remained|seems?|seemed|became|judged|"
            r"considered) (?P<little>little) (?P<word>stable|reliable|likely|credible|effective|convincing|"
            r"visible|probable|attractive|efficient|useful|developed|inclined|present|numerous|common|"
            r"frequent|populated|favou?rable|compatible|clear|encouraging|realistic|sensitive)\b"
        ),
        lambda _: "not very",
        part="little",
        words=(" little ",),
    ),
    Pattern(
        _rule("nothing-after-no", "critical", 0.88, "Two negatives: English says “{fix}”."),
        Later(
            r"\b(?P<quoted>(?P<head>[Ww]ithout|never|nobody|no one) (?P<none>nothing|nobody|no one|never|"
            r"none))\b(?!-)(?! but\b)"
        ),
        lambda m: f"{m['head']} {_POSITIVE[m['none']]}",
        part="quoted",
        words=(" nothing", " nobody", " no one", " never", " none"),
    ),
    Pattern(
        _rule(
            "more-nothing",
            "critical",
            0.86,
            "“Plus rien”, “plus personne” is “nothing more”, “nobody left”.",
            "calque",
        ),
        Later(rf"(?:{START}|, |: |; )(?P<quoted>more (?:nothing|nobody|no one|never))\b"),
        part="quoted",
        words=("more no", "more never"),
    ),
)


def _prepare(_: object) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "amounts, spans and ages as French tells them: “one on five”, “since ten years”, “, of 91 years,”",
    _prepare,
)
