"""Prepositions as French governs them: a visit in Russia, interested by, at 30 kilometers of."""

from aligntool.flags import Check, Finder, ruling
from aligntool.patterns import MONTHS, WEEKDAYS, Later, Pattern, cased, pattern_finder

__all__ = ["PLUGIN"]

NAME = "prepositions"
_PLACES = (
    "Russia|China|Moscow|Beijing|Washington|Paris|London|Berlin|Europe|Iran|Tehran|Turkey|Ankara|Israel|"
    "India|"
    "Delhi|New Delhi|Japan|Tokyo|France|Germany|Ukraine|Kyiv|Kiev|Africa|Asia|Taiwan|Taipei|Afghanistan|Iraq|"
    "Syria|Damascus|the United States|Brussels|Poland|Warsaw|Italy|Rome|Spain|Madrid|Egypt|Cairo|Kazakhstan|"
    "Serbia|Belgrade|Hungary|Budapest|North Korea|South Korea|Pyongyang|Seoul|Vietnam|Hanoi|Pakistan|Brazil|"
    "Mexico|Canada|Latin America|Central Asia|the Middle East|Saudi Arabia|Riyadh|Qatar|Doha|Lebanon|Beirut|"
    "Morocco|Algeria|Tunisia|Mali|Niger|Senegal|Greece|Athens|Sweden|Finland|Norway|Australia|Cuba|Venezuela"
)
_SPANS = "years|months|weeks|days|decades|centuries|hours"
_COUNT = (
    r"(?:several|many|a few|nearly|almost|more than|over|two|three|four|five|six|seven|eight|nine|ten|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|\d+)"
)
_BE = "(?:is|are|was|were|be|been|being|very|more|less|not|also|so|most|too|particularly|especially)"


_rule = ruling(NAME, "grammar")


_DETERMINER = r"(?= (?:the|an?|this|these|its|his|her|their|all|any)\b)"


def _governed(
    word: str, wrong: str, right: str, after: str = _DETERMINER, confidence: float = 0.82
) -> Pattern:
    """A word with the prepositions French gives it, and the English one; nothing where it takes none."""
    gap = "" if right else " "
    better = f"“{{word}} {right}”" if right else "“{word}” alone"
    return Pattern(
        _rule("governed", "minor", confidence, f"English says {better}, not “{{word}} {{wrong}}”."),
        Later(
            rf"(?<![\w’'-])(?P<word>{word}) (?P<quoted>(?P<wrong>{wrong}){gap}){after if right else _BARE}"
        ),
        lambda _: right,
        part="quoted",
        words=tuple(f" {one}" for one in wrong.split("|")),
    )


_BARE = r"(?=(?:the|an?|this|these|its|his|her|their|all|any) )"


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule("visit-in", "minor", 0.78, "English says “{visit} to {place}”."),
        Later(
            rf"\b(?P<visit>(?:state |official |last |first |recent |next |two-day |three-day |surprise |"
            rf"his |her )+(?:visit|trip|journey)|visits?|(?:go|goes|going|went|gone|travelled|traveled|"
            rf"returned|returns|came back|come back)) (?P<wrong>in) (?P<place>{_PLACES})\b(?![’'-])"
        ),
        lambda _: "to",
        part="wrong",
        words=(" in ",),
    ),
    Pattern(
        _rule("leave-in", "minor", 0.8, "English says “{leave} … from {place}”."),
        Later(
            rf"\b(?P<leave>(?:[Ww]ithdrawal|[Dd]isengagement|[Rr]etreat|[Pp]ullout|[Dd]eparture)"
            rf"(?: of (?:the |its |his )?(?:[A-Z]?[a-z]+ ?){{1,4}}?)?) (?P<wrong>in) "
            rf"(?P<place>{_PLACES})\b(?![’'-])"
        ),
        lambda _: "from",
        part="wrong",
        words=(" in ",),
    ),
    Pattern(
        _rule("buy-to", "major", 0.8, "“acheter à” is “buy from {place}” in English."),
        Later(
            rf"\b(?:buys?|bought|buying|purchas(?:e|es|ed|ing)) (?:[a-z]+ ){{1,4}}(?P<wrong>to|at) "
            rf"(?P<place>{_PLACES})\b"
        ),
        lambda _: "from",
        part="wrong",
        words=("buy", "bought", "urchas"),
    ),
    Pattern(
        _rule("at-distance", "minor", 0.85, "A distance takes no “at”: “{much} from”."),
        Later(
            r"(?<!up )(?<![\w’'-])(?P<at>[Aa]t )(?P<much>(?:about |some |less than |only |more than |"
            r"nearly |barely )?(?:\d[\d.,]*|a few|several|ten|twenty|thirty|a hundred|hundreds of|"
            r"thousands of|a dozen) (?:km|kilomet(?:er|re)s?|met(?:er|re)s?|miles)) (?:from|of|away)\b"
        ),
        lambda _: "",
        part="at",
        words=("km ", "iles ", "eters ", "etres "),
    ),
    Pattern(
        _rule("during-span", "minor", 0.82, "A span of time takes “for”."),
        Later(rf"\b(?P<during>[Dd]uring) (?:{_COUNT} )+(?:{_SPANS})\b(?! of\b)"),
        cased("for", "during"),
        part="during",
        words=("uring ",),
    ),
    Pattern(
        _rule("change-for", "minor", 0.78, "What changes does so “over the past {time}”, not “for” it."),
        Later(
            r"\b(?:has|have) (?:also |already |been )?(?:accelerated|increased|grown|declined|doubled|"
            r"intensified|deteriorated|strengthened|exploded|fallen|risen|multiplied|worsened|tightened|"
            r"weakened|progressed|decreased) "
            rf"(?:[a-z]+ ){{0,3}}?(?P<quoted>for (?P<time>(?:{_COUNT} )+(?:{_SPANS})))\b(?! (?:in a row|"
            rf"running|straight)\b)"
        ),
        lambda m: f"over the past {m['time']}",
        part="quoted",
        words=(" for ",),
    ),
    Pattern(
        _rule("since-always", "major", 0.88, "“depuis” is no “since” here: English says “{fix}”."),
        Later(
            r"\b(?P<since>[Ss]ince) (?P<long>always|forever|a long time|a very long time|a long while|some "
            r"time|little|a short time|a few time)\b(?! ago| before| past| passed)"
        ),
        lambda m: {
            "since always": "always",
            "since little": "recently",
            "since a few time": "for some time",
        }.get(
            m.group().lower(),
            f"{'For' if m['since'][0] == 'S' else 'for'} {m['long'].replace('forever', 'ever')}",
        ),
        words=("ince ",),
    ),
    Pattern(
        _rule("this-weekday", "minor", 0.82, "Before a date English says “on {weekday}”."),
        Later(
            rf"\b(?P<this>[Tt]his) (?P<weekday>{WEEKDAYS})"
            rf"(?=,? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?\b|(?:{MONTHS}) \d))"
        ),
        lambda m: "On" if m["this"][0] == "T" else "on",
        part="this",
        words=("his ",),
    ),
    Pattern(
        _rule("these-last", "minor", 0.82, "“ces dernières années” is “recent years”."),
        Later(
            rf"\b(?P<quoted>[Tt]hese last)(?= (?:{_SPANS})\b)|"
            rf"(?:(?<=[Ii]n )|(?<=ver )|(?<=ing ))(?P<also>the last)(?= years\b(?! of))"
        ),
        lambda m: "Recent" if m.group()[0] == "T" else "recent",
        words=("hese last ", " the last years"),
    ),
    Pattern(
        _rule("side", "minor", 0.8, "“de son côté” is “for {whose} part” in English."),
        Later(
            r"(?:(?<=^)|(?<=[.,;] ))(?P<prep>[Oo]n|[Ff]rom|[Oo]f) (?P<whose>his|her|its|their) (?:own )?side,"
        ),
        lambda m: f"{'For' if m['prep'][0].isupper() else 'for'} {m['whose']} part,",
        words=(" side,",),
    ),
    Pattern(
        _rule("fact-of", "minor", 0.8, "“le fait de …” is an -ing form alone, or “the fact that …”."),
        Later(
            r"\b(?P<quoted>[Tt]he (?:simple |mere |very |sole |only )?fact (?:of (?:not )?(?=[a-z]+ing\b)|"
            r"to (?:not )?(?=be |have )))"
        ),
        part="quoted",
        words=(" fact of ", " fact to "),
    ),
    _governed(rf"{_BE} interested", "by|to", "in"),
    Pattern(
        _rule("answer-to", "minor", 0.86, "English answers a question, not to one."),
        Later(
            r"\b(?:to|not|will|would|can|could|cannot|refus(?:es|ed) to|wish(?:es|ed)? to) answer "
            r"(?P<to>to )(?=(?:the|our|his|her|their|its|all|these|those|any|your|my) (?:[a-z]+ "
            r")?(?:questions?|letters?|calls?|requests?|messages?|phone)\b)"
        ),
        lambda _: "",
        part="to",
        words=("answer to ",),
    ),
    Pattern(
        _rule("promise-to", "minor", 0.8, "One promises somebody something, without “to”."),
        Later(
            r"\b(?:promis(?:e|es|ed|ing)) (?P<to>to )(?=(?:[A-Z][\w’-]+(?: [A-Z][\w’-]+)*|him|her|them|us|"
            r"the (?:government|people|workers|voters|French|Russians|Americans|Chinese|Europeans|"
            r"population)) (?:an?|the|its|his|some|more|new|\d+)\b)"
        ),
        lambda _: "",
        part="to",
        words=(" to ",),
    ),
    Pattern(
        _rule("know-to", "major", 0.86, "“Savoir {skill}” is “can {skill}” or “know how to {skill}”."),
        Later(
            r"\b(?:know|knows|knew|knowing) (?P<to>to) (?P<skill>read|write|swim|drive|speak|cook|sing|"
            r"dance|play|use|make|count|sew|ride|fly|listen|manage|adapt|handle|negotiate|convince|govern|"
            r"communicate|defend)\b"
        ),
        lambda _: "how to",
        part="to",
        words=(" to ",),
    ),
    Pattern(
        _rule(
            "consider-like", "minor", 0.84, "English considers something “as” something, or just something."
        ),
        Later(
            r"\b(?:[Cc]onsider(?:s|ed|ing)?|[Rr]egard(?:s|ed|ing)) (?:[\w’-]+ ){1,5}?(?<!people )(?<!men "
            r")(?<!things )(?<!those )(?<!one )(?<!countries )(?P<like>like) "
            r"(?=an? |its |his |her |their |the |one of )"
        ),
        lambda _: "as",
        part="like",
        words=(" like ",),
    ),
    Pattern(
        _rule("near-to", "minor", 0.8, "“N’est pas près de” is “is not about to”.", "calque"),
        Later(
            r"\b(?:is|are|was|were) not (?P<quoted>near to|near of|close of|ready of) (?=[a-z]+)(?!the\b|"
            r"an?\b|where\b)"
        ),
        lambda _: "about to",
        part="quoted",
        words=(" not near", " not close of", " not ready of"),
    ),
    _governed("responsible", "of", "for", r"(?= (?:the|an?|this|these|its|his|their|all|such|[a-z]+ing)\b)"),
    _governed("depends?|depended|depending|dependent", "of", "on"),
    _governed("(?:is|was|are|were|got|been) married", "with", "to"),
    _governed("discuss|discusses|discussed|discussing", "about|of", ""),
    _governed("opposed", "at|with", "to"),
    _governed(
        "(?<!the )[Cc]ontrary|[Tt]hanks|[Dd]ue|[Ii]dentical|[Ss]imilar",
        "at|of",
        "to",
        r"(?= (?:the|this|its|his|their)\b)",
    ),
    _governed("(?:is|are|was|were|be) (?:very |so |quite )?different", "of", "from"),
    _governed("participat(?:e|es|ed|ing)", "at", "in"),
    _governed("enter|enters|entered", "in", "", confidence=0.66),
    _governed("arriv(?:e|es|ed|ing)", "to", "in", rf"(?= (?:{_PLACES})\b)"),
    _governed("resist|resists|resisted|resisting|obey|obeys|obeyed|affect|affects|affected", "to|on", ""),
    _governed("(?:is|are|was|were|be|been) (?:very |not )?(?:satisfied|disappointed|pleased)", "of", "with"),
    _governed(
        "(?:is|are|was|were|be|been|being) composed",
        "by",
        "of",
        r"(?= (?:an?|two|three|several|members|ten|\d+) )",
    ),
    _governed("(?:is|are|was|were|be|been) (?:very |not )?afraid", "by|from", "of"),
    _governed("capable|incapable", "to|for|at", "of", r"(?= [a-z]+ing\b)"),
    _governed("insists?|insisted|insisting", "about", "on"),
    _governed(
        "suffer|suffers|suffered|suffering", "of", "from", r"(?= (?:an?|this|these|its|his|their)\b)", 0.62
    ),
    _governed(
        "(?:is|are|was|were|be|been) (?:very |not |deeply |strongly )?(?:attached|linked|tied)",
        "at|with",
        "to",
        confidence=0.66,
    ),
    _governed("(?:is|are|was|were|be|been) (?:very |not |deeply |strongly )?(?:inspired)", "of|from", "by"),
    _governed(
        "accus(?:e|es|ed|ing) (?:him|her|them|it|Moscow|Beijing|Russia|China|Washington|Kyiv)",
        "to",
        "of",
        r"(?= [a-z]+)",
        0.75,
    ),
)


def _prepare(_: object) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "prepositions as French governs them: a visit in Peru, interested by, at 30 kilometers from, since "
    "always",
    _prepare,
)
