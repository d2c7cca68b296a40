"""The order of another language: adjectives behind their nouns, verbs before their subjects."""

import re
from collections.abc import Iterator

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Pattern, found
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "word-order"
_AFTER = Rule(
    "noun-adjective",
    NAME,
    "grammar",
    "major",
    0.75,
    "The adjective follows its noun, as in French: “{adjective} {noun}”.",
)
_FENCED = Rule(
    "fenced-adjective",
    NAME,
    "grammar",
    "major",
    0.72,
    "The adjective “{adjective}” stands alone between commas, as in French.",
)

# adjectives that say what kind a thing is; they never follow a noun or a verb's object
_KINDS = re.compile(r"\w+(?:al|ic|ary|ar|ian|ese|ist)$")
_KIND_WORDS = frozenset(
    str.split(
        "entire whole weary joint foreign domestic military naval maritime nuclear solar polar lunar "
        "marine sovereign western eastern northern southern african asian european jihadist islamist "
        "communist socialist nationalist separatist terrorist airborne waterborne seaborne landlocked "
        "televised patronal pro-russian pro-western anti-western sanitary legislative administrative"
    )
)
# these follow good verbs (“prove vital”), nouns they belong to (“attorney general”) or stand as nouns
_PREDICATES = frozenset(
    str.split(
        "general wary contrary salutary chary critical crucial vital equal essential normal loyal final "
        "total special usual real necessary clear familiar similar popular central local peculiar "
        "particular regular legal illegal fatal lethal academic realistic optimistic pessimistic sceptical "
        "skeptical cynical hysterical logical practical possible typical identical ideal natural material "
        "mutual lateral collateral accidental mental sentimental skeptical viral primary temporary "
        "contrary ordinary extraordinary voluntary involuntary elementary secondary public magic plastic "
        "static frantic tragic drastic dramatic enthusiastic apologetic automatic basic fantastic toxic "
        "specific allergic electric chic comic sick quick unique neutral personal emotional rational "
        "irrational professional musical physical universal unusual actual eternal immortal mortal moral "
        "immoral brutal global social oval royal liberal radical conservative impartial partial beneficial "
        "superficial official confidential residential substantial influential potential detrimental "
        "instrumental fundamental experimental conditional intentional unconditional exceptional "
        "functional dysfunctional proportional sensational traditional marginal original criminal terminal "
        "nominal abnormal informal formal internal external additional optional tribunal live alive dear "
        "near far linear circular solo peculiar vulgar elastic"
    )
)
_PEOPLE = re.compile(
    r"russian|chinese|american|ukrainian|israeli|iranian|turkish|british|french|german|japanese|korean|"
    r"indian|african|palestinian|syrian|iraqi|afghan|polish|hungarian|serbian|taiwanese|soviet|arab|"
    r"egyptian|saudi|vietnamese|pakistani|italian|spanish|belarusian|georgian|armenian|algerian|malian|"
    r"nigerian|nigerien|lebanese"
)
_COMPOUND = re.compile(
    r"(?:multi|inter|trans|intra|supra|geo|socio|euro|pluri|mono|bi|tri)-?[a-z]{3,}(?:al|ic|ary|ar)"
)
_ARTICLE = re.compile(r"\b(?:an?|the|this|its|his) $", re.IGNORECASE)
_OWN = frozenset(
    str.split(
        "his its her their our your are was has does were this thus bit account course world time floor "
        "nail rugby"
    )
)
_END = re.compile(
    r"[.,;:!?)”]|$| (?:of|to|in|on|at|for|with|from|by|and|that|which|who|but|is|are|was|were|has|have|"
    r"will|would|can|could|as|than|or|during|since|after|before|between|against|without|under|over)\b"
)
_NEXT = re.compile(r" ([a-z]+)\b")
_WORDS = re.compile(r"(?<![\w’'-])([a-z]{3,}) ([A-Za-z][\w-]{3,})(?![\w’'-])")
# a verb before the noun may have given it the adjective: “made the war total”
_MAKES = re.compile(
    r"\b(?:mak\w+|made|keep\w*|kept|leav\w+|left|consider\w*|find\w*|found|render\w*|call\w*|declar\w+|"
    r"deem\w*|turn\w*|get\w*|got|go(?:es|ne|ing)?|went|become\w*|became|think\w*|thought|prov\w+|remain\w*|"
    r"so|too|how|very|more|most|as|is|are|was|were|be|been|being|seem\w*|look\w*|feel\w*|felt|sound\w*|"
    r"stay\w*|something|anything|nothing|everything)"
    r"\b[^.,;:!?]{0,30}$",
    re.IGNORECASE,
)
_FENCE = re.compile(
    r"(?:(?<=^)|(?<=[.!?”] ))(?:The |This |These |Its |Their )?(?:[A-Z]?[a-z]+ "
    r"){0,2}?(?P<noun>[A-Za-z][a-z]+), "
    r"(?P<quoted>(?P<adjective>[a-z-]+), (?:is|are|was|were|has|have|remains?|continues?|makes?)\b)"
)


def _after(passage: Passage, parts: Parts) -> Iterator[Flag]:
    text = passage.text
    at = 0
    while m := _WORDS.search(text, at):
        at = m.start(2)
        noun, adjective = m[1], m[2]
        low = adjective.lower()
        if not _kind(low, parts) or low in _PREDICATES or not _ends(text, m.end(), parts):
            continue
        if (
            noun in _OWN
            or not _thing(noun, parts, text[max(0, m.start() - 6) : m.start()])
            or _MAKES.search(text, max(0, m.start() - 45), m.start())
        ):
            continue
        fix = f"{adjective} {noun}"
        yield _AFTER.on(passage, m.start(), m.end(), fix, noun=noun, adjective=adjective)


def _ends(text: str, at: int, parts: Parts) -> bool:
    """Whether a noun phrase ends here: a mark follows, a word of grammar or a verb in the past."""
    if _END.match(text, at):
        return True
    after = _NEXT.match(text, at)
    return after is not None and parts.first(after[1], "D") and not parts.can(after[1], "NPA")


def _kind(word: str, parts: Parts) -> bool:
    """Whether a word is an adjective that says what kind a thing is, and nothing else."""
    if word in _KIND_WORDS or _PEOPLE.fullmatch(word):
        return True
    kind = _KINDS.fullmatch(word) is not None and parts.only(word, "A")
    return kind or _COMPOUND.fullmatch(word) is not None


def _thing(word: str, parts: Parts, before: str) -> bool:
    """Whether a word is a noun: hardly a verb or an adverb, or with an article before it."""
    if _ARTICLE.search(before):
        return parts.can(word, "NP") and not parts.can(word, "A")
    return parts.first(word, "NP") and not parts.can(word, "VZARGDE")


def _fenced(passage: Passage, parts: Parts) -> Iterator[Flag]:
    for m in _FENCE.finditer(passage.text):
        if _kind(m["adjective"], parts) and parts.first(m["noun"], "NP"):
            yield _FENCED.on(passage, m.start("quoted"), m.end("quoted"), adjective=m["adjective"])


_SAY = (
    "explains|says|notes|recalls|underlines|points out|shows|indicates|summarizes|reminds|writes|observes|"
    "confirms|demonstrates|emphasizes|testifies|testify|attests|attest|explained|recalled|underlined|"
    "pointed out|showed|indicated|wrote|noted|observed|confirmed|stressed|reported|reports|illustrates|"
    "evidences|proves|prove|show|demonstrate|suggests"
)
_MEASURE = "long|wide|high|deep|tall|thick|old|heavy|distant"

_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        Rule(
            "as-says",
            NAME,
            "grammar",
            "minor",
            0.78,
            "English puts the subject first: “as … {verb}”.",
        ),
        re.compile(
            rf"(?:(?<=, )|(?<=^)|(?<=[.!?“] ))(?P<as>[Aa]s) (?P<verb>{_SAY}) (?P<who>(?:the|a|an|this|his|"
            rf"her|its|one) [a-z]+|[A-Z][a-z]+)"
        ),
    ),
    Pattern(
        Rule(
            "acronym-last",
            NAME,
            "grammar",
            "minor",
            0.8,
            "The abbreviation stands before what it describes: “{fix}”.",
        ),
        re.compile(
            r"(?<![\w’'-])(?P<noun>polls?|surveys?|rights|troops|soldiers|forces|sanctions|contracts?|"
            r"missions?|summits?|funds|standards?|peacekeepers|inspectors|barometer|studies|reports?|"
            r"figures|tests?|drivers?|sets?|trains?) (?P<short>[A-Z]{2,5})(?=[.,;:]| (?:of|for|in|on|and|"
            r"which|that|who|is|are|was|were|has|have|will|would|published|conducted|carried|deployed|"
            r"based)\b)"
        ),
        lambda m: f"{m['short']} {m['noun']}",
        lambda m: (
            re.search(
                r"\b(?:what|of the|called|named|code) "
                r"$",
                m.string[max(0, m.start() - 8) : m.start()],
            )
            is None
        ),
    ),
    Pattern(
        Rule("measure-of", NAME, "grammar", "major", 0.88, "English says “… {size}”, the figure first."),
        re.compile(
            rf"(?<!-time )(?<!record )\b(?P<size>{_MEASURE}) of (?P<much>(?:(?:more|less) than |nearly |"
            rf"almost |about |around |some |over )?\d[\d.,]*[ \u00a0-]?[a-z]+)"
        ),
        lambda m: f"{m['much']} {m['size']}",
    ),
    Pattern(
        Rule("measure-of", NAME, "grammar", "major", 0.85, "“{word} of” is French: “aged …”, “… strong”."),
        re.compile(
            r"\b(?P<word>aged|strong|rich|weak) of (?=(?:(?:more|less) than |nearly |almost |about |around "
            r"|some |over )?(?:\d|a hundred|several|two|three|its))"
        ),
    ),
    Pattern(
        Rule(
            "verb-first", NAME, "grammar", "major", 0.82, "The verb stands before its subject, as in French."
        ),
        re.compile(
            r"(?:(?<=^)|(?<=[.!?”] ))(?:Remains?|Remained|Follows|Followed|Arrives?|Arrived|Comes|Lacks?|"
            r"Missing|Is missing|Are missing|Enters|Is added to this|Are added to this) (?=the |a |an |"
            r"this |that |these |his |her |its |their |one |two |to know|to be seen|[A-Z][a-z]+[ .,:])"
        ),
        holds=lambda m: "?" not in m.string[m.end() : m.end() + 60].split(".")[0],
    ),
    Pattern(
        Rule(
            "verb-first", NAME, "grammar", "major", 0.8, "The verb stands before its subject, as in French."
        ),
        re.compile(
            r"\b(?:that|where|when|than|here) (?P<verb>sleeps|lies|hides|begins|reigns|lives|dies|takes "
            r"place|comes|arrives|resides|nestles|prevails|dominates) (?=(?:the|a|an|his|her|its|their) "
            r"[a-z])"
        ),
        holds=lambda m: (
            m.group().split()[0] != "that" or "It is " in m.string[max(0, m.start() - 60) : m.start()]
        ),
    ),
    Pattern(
        Rule(
            "adverb-object",
            NAME,
            "grammar",
            "minor",
            0.72,
            "The adverb parts the verb from its object: “{verb} … {adverb}”.",
        ),
        re.compile(
            r"\b(?P<verb>put|puts|controls?|occup(?:y|ies)|recogni[sz]es?|takes?|gives?|makes?|plays?|"
            r"holds?|knows?|sees?|wants?|shares?|supports?|threatens?|produces?|exports?|imports?|buys?|"
            r"sells?|uses?|opens?|develops?|prepares?|represents?|constitutes?|put back) (?P<adverb>today|"
            r"now|gently|currently|especially|henceforth|already|still|quickly|thus|then|always|often|"
            r"regularly|immediately|perfectly|really|clearly|(?<!put )together|simultaneously|notably) "
            r"(?=(?:the|a|an|its|their|his|her|this|these|roads|many|several|more than|nearly|\d)\b)"
        ),
    ),
)


def _prepare(tables: Tables) -> Finder:
    parts = parts_of(tables["parts"])

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from _after(passage, parts)
            yield from _fenced(passage, parts)
            yield from found(passage, _PATTERNS)

    return find


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "adjectives behind their nouns and verbs before their subjects, as in French",
    _prepare,
    ("parts",),
)
