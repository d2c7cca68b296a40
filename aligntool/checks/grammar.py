"""Constructions carried over from another grammar, told by patterns that native text hardly ever holds."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from aligntool.flags import Check, Finder, Rule, Tables, passages
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "grammar"
_PLURAL = (
    "have|are|were|do|share|seek|want|dispute|continue|consider|refuse|try|hope|fear|know|think|believe|"
    "support|"
    "oppose|remain|agree|see|need|wish|aim|claim|deny|say|condemn|reject|pursue|defend|promote|intend"
)
_ANY = "has|is|was|can|could|will|would|must|may|should|had|did|now|both|also"
_POWERS = (
    "Russia|China|Moscow|Beijing|Washington|Paris|London|Berlin|Tehran|Ankara|Kyiv|Kiev|Brussels|Tokyo|"
    "Seoul|Delhi|India|Iran|France|Germany|Turkey|Israel|Japan|Ukraine|Poland|Italy|Spain|Europe|NATO|"
    "Pakistan|Riyadh|Pyongyang|Taiwan|Syria|Egypt|Qatar|Hamas|Hezbollah|Putin|Xi|Trump|Biden|Macron|Scholz|"
    "Zelensky|Erdogan|Modi|Merkel"
)
_NATIONS = (
    "Russian|Chinese|American|European|Ukrainian|Israeli|Iranian|Turkish|British|French|German|Japanese|"
    "Korean|Indian|African|Palestinian|Syrian|Iraqi|Afghan|Polish|Hungarian|Serbian|Taiwanese|Western|"
    "Westerners|Soviet|Arab|Egyptian|Saudi|Vietnamese|Pakistani|Italian|Spanish|Belarusian|Georgian|"
    "Armenian|Indo-Pacific|Asia-Pacific|Siberian|Baltic"
)
_HEADS = (
    "country|countries|state|states|government|governments|army|armies|forces|troops|soldiers|president|"
    "leader|leaders|minister|authorities|diplomats|diplomacy|power|powers|economy|companies|company|regime|"
    "officials|population|region|territory|territories|market|markets|elites|interests|officers|influence|"
    "society|people|navy|allies|partners|banks|investors|media|press|citizens|students|tanks|missiles|"
    "ships|weapons|ambassador|counterpart"
)
_MASS = (
    "trade|information|equipment|advice|damage|progress|evidence|knowledge|weaponry|homework|luggage|"
    "furniture|news|hardware|software|machinery|traffic|rubbish|garbage|money|assistance|cooperation"
)
_SINGLE_MASS = (
    "advice|progress|equipment|evidence|weaponry|homework|luggage|furniture|hardware|machinery|news|knowhow"
)
_BASE = (
    "be|have|make|take|give|see|get|go|do|keep|find|reach|create|build|develop|understand|know|avoid|"
    "reduce|increase|improve|strengthen|maintain|meet|obtain|ensure|guarantee|guard|fight|limit|control|"
    "measure|identify|better|counter|offer|say|establish|compare|explain|think|open|launch|finance|fund|"
    "protect|preserve|assess|bring|put"
)


class _Pattern(NamedTuple):
    rule: Rule
    pattern: re.Pattern[str]
    fix: Callable[[re.Match[str]], str | None]


def _none(_: re.Match[str]) -> None:
    return None


def _rule(name: str, severity: str, confidence: float, message: str) -> Rule:
    return Rule(name, NAME, "grammar", "major" if severity == "major" else "minor", confidence, message)


def _and(m: re.Match[str]) -> str:
    verb = {" has": " have", " is": " are", " was": " were", " does": " do"}.get(m["verb"] or "", "")
    return f"{m['one'] or m['here']} and {m['two'] or m['there']}{verb}"


def _single(m: re.Match[str]) -> str:
    return {
        "informations": "information",
        "advices": "advice",
        "equipments": "equipment",
        "softwares": "software",
        "furnitures": "furniture",
        "luggages": "luggage",
        "feedbacks": "feedback",
        "knowledges": "knowledge",
        "weaponries": "weaponry",
        "homeworks": "homework",
        "machineries": "machinery",
        "navals": "naval",
        "behaviours": "behaviour",
        "armaments": "armament",
    }[m["word"]]


_PATTERNS: tuple[_Pattern, ...] = (
    _Pattern(
        _rule("x-as-y", "major", 0.93, "“X as Y” is “X comme Y”: English says “both X and Y”."),
        re.compile(
            rf"(?<![\w’'-])(?P<one>{_POWERS}) as (?P<two>{_POWERS})(?:(?P<verb> (?:has|is|was|does)\b)|(?= "
            rf"(?:\w+ly )?(?:{_PLURAL}|{_ANY})\b))|(?<![\w’'-])(?<![A-Z]\w\w\w )(?P<here>[A-Z][a-z]\w+) as "
            rf"(?P<there>[A-Z][a-z]\w+)(?= (?:\w+ly )?(?:{_PLURAL})\b)"
        ),
        _and,
    ),
    _Pattern(
        _rule(
            "noun-adjective",
            "major",
            0.85,
            "The adjective follows its noun, as in French: “{adjective} {noun}”.",
        ),
        re.compile(
            rf"\b(?P<noun>{_HEADS}) (?P<adjective>{_NATIONS})(?=[.,;:!?)”]|$| (?:is|are|was|were|has|have|"
            rf"will|would|to|in|on|at|of|for|with|from|by|and|that|which|who|but)\b(?! [A-Z]))"
        ),
        lambda m: f"{m['adjective'].replace('Westerners', 'Western')} {m['noun']}",
    ),
    _Pattern(
        _rule("allow-to", "major", 0.9, "“{verb}” needs an object before the infinitive, or an -ing form."),
        re.compile(
            rf"(?<!an )(?<!a )(?<!nor )\b(?P<verb>allows?|allowing|enables?|enabling|permits?|permitting|"
            rf"(?:has|have|had) (?:allowed|permitted|enabled)) to (?:\w+ly )?(?:{_BASE})\b"
        ),
        _none,
    ),
    _Pattern(
        _rule("make-possible-to", "major", 0.93, "English says “{verb} it possible to”."),
        re.compile(
            r"(?<!\bbe )(?<!\bbeen )(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbeing "
            r")\b(?P<verb>make|makes|made|making) (?P<how>possible|impossible) to (?=[a-z]+)"
        ),
        lambda m: f"{m['verb']} it {m['how']} to ",
    ),
    _Pattern(
        _rule("many-mass", "major", 0.85, "“{noun}” cannot be counted: not “many”."),
        re.compile(
            rf"\b(?:many|several|numerous|various|few) (?P<noun>{_MASS})(?=[.,;:!?]|$| (?:with|of|from|"
            rf"in|between|to|on|about|for|and|that|which|against|by|is|are)\b)"
        ),
        _none,
    ),
    _Pattern(
        _rule("a-mass", "minor", 0.8, "“{noun}” takes no “a”."),
        re.compile(
            rf"\ban? (?:(?:\w+(?:al|ic|ant|ive|ful|ous|ary|ed|ing)|new|real|great|good|major|certain) "
            rf")?(?P<noun>{_SINGLE_MASS})(?=[.,;:!?]|$| (?:in|of|on|about|that|which|for|to|from|"
            rf"towards|has|is|was)\b)(?<!a news)"
        ),
        _none,
    ),
    _Pattern(
        _rule("mass-plural", "minor", 0.9, "“{word}” has no plural in English."),
        re.compile(
            r"(?<![\w-])(?P<word>informations|advices|equipments|softwares|furnitures|luggages|"
            r"feedbacks|knowledges|weaponries|homeworks|machineries|navals)(?![\w-])"
        ),
        _single,
    ),
    _Pattern(
        _rule("is-since", "major", 0.75, "A state that lasts takes the perfect: “has been … since”."),
        re.compile(
            r"(?<!it )(?<!time )\b(?P<verb>is|are) (?!the\b|only|now|up|down|not\b|already|a long|been|"
            r"more|less|better|worse|higher|lower|it\b)(?:(?:in|at|under|on) \w+(?: \w+)?|(?:known|engaged|"
            r"involved|present|married|established|installed|based|deployed|underway|blocked|closed|open|"
            r"isolated|divided|deadlocked|banned|detained|imprisoned)(?: \w+){0,2}) since (?:(?:19|20)\d\d|"
            r"(?:the )?(?:beginning|start|end|fall|war|last|January|February|March|April|May|June|July|"
            r"August|September|October|November|December)|several|many|\d+)"
        ),
        _none,
    ),
    _Pattern(
        _rule("for-years-is", "major", 0.82, "A span up to now takes the perfect: “has been …”."),
        re.compile(
            r"\b(?:for|since) (?:several|many|more than|over|almost|nearly|ten|twenty|thirty|two|three|"
            r"four|five|\d+) (?:years|months|decades|weeks)(?: now)?, (?:[A-Z]\w+|he|she|it|they|the "
            r"\w+) (?P<verb>is|are|lives|works|seeks|tries|wants|pursues|remains)\b"
        ),
        _none,
    ),
    _Pattern(
        _rule(
            "hearsay-conditional",
            "major",
            0.66,
            "The French conditional of hearsay: English says “is said to have …” or “reportedly”.",
        ),
        re.compile(
            r"\b[Aa]ccording to [^.;!?]{3,90}?, (?:the |a |an |his |her |their |its |some |"
            r"[A-Z])[^.;!?,]{2,50}? (?P<verb>would have (?:been |already |also )?\w+(?:ed|en|wn|ne|ld|"
            r"nt|ght|de|ft|id|t))\b(?![^.;!?]{0,120}\b(?:if|had|unless|without|otherwise)\b)"
        ),
        _none,
    ),
    _Pattern(
        _rule("invasion-in", "minor", 0.85, "English says “invasion of”."),
        re.compile(
            r"\b(?P<noun>[Ii]nvasion|[Aa]nnexation|[Oo]ccupation|[Bb]ombing|[Cc]onquest) (?:in|against) "
            r"(?P<place>Ukraine|Iraq|Kuwait|Taiwan|Georgia|Afghanistan|Poland|Crimea|Lebanon|Gaza|"
            r"Kuwait|Czechoslovakia|Hungary|Cyprus|Tibet|Finland)\b"
        ),
        lambda m: f"{m['noun']} of {m['place']}",
    ),
    _Pattern(
        _rule("much-years", "minor", 0.9, "English says “{fix}” with what can be counted."),
        re.compile(
            r"(?<!how )(?<!so )(?<!no )(?<!not )\b(?P<much>much|less|least) (?=(?:countries|soldiers|"
            r"years|weapons|troops|states|tanks|companies|leaders|questions|problems)\b)"
        ),
        lambda m: {"much": "many ", "less": "fewer ", "least": "fewest "}[m["much"]],
    ),
    _Pattern(
        _rule("infinitive-subject", "minor", 0.8, "The question lacks its subject: “How can one …?”"),
        re.compile(r"(?:(?<=^)|(?<=[.!?”] ))(?P<ask>How|Why|What|Where) to (?=[a-z]+ [^?.!]{3,100}\?)"),
        _none,
    ),
    _Pattern(
        _rule(
            "article-which-all",
            "major",
            0.85,
            "The comma-fenced “all” is “qui, tous,”: English says “all of which”.",
        ),
        re.compile(r"\b(?:which|who), all, "),
        _none,
    ),
    _Pattern(
        _rule("as-for-question", "major", 0.86, "The question “Quid de …?” is “What about …?” in English."),
        re.compile(r"\bAs for (?P<topic>[^?.!,;:]{1,40})\?"),
        lambda m: f"What about {m['topic']}?",
    ),
    _Pattern(
        _rule("number-plural", "minor", 0.9, "After a figure English says “{singular}”."),
        re.compile(r"(?<=\d )(?P<singular>million|billion|trillion)s(?= (?!of\b)\w)"),
        lambda m: m["singular"],
    ),
    _Pattern(
        _rule("latter-alone", "minor", 0.9, "“the latters” is no English word."),
        re.compile(r"\b[Tt]he (?P<word>latters|formers)\b"),
        lambda m: m.group().rstrip("s"),
    ),
)
# after these, “X as Y” is a comparison or a role
_ROLE = re.compile(
    r"\b(?:see|sees|saw|seen|view|views|viewed|regard\w*|treat\w*|portray\w*|describ\w*|know\w*|recogni\w*|"
    r"such|same|as|appoint\w*|elect\w*|replac\w*|succeed\w*|nam\w+|with|against|of|to|from|both|make|made|"
    r"use[sd]?|cast|label\w*)\b[^,;.]{0,40}$"
)


def _find(bitext: Bitext) -> Iterator[Flag]:
    for passage in passages(bitext.target):
        for one in _PATTERNS:
            for m in one.pattern.finditer(passage.text):
                if one.rule.name == "x-as-y" and _ROLE.search(
                    passage.text[max(0, m.start() - 60) : m.start()]
                ):
                    continue
                start = m.start("verb") if one.rule.name in {"is-since", "hearsay-conditional"} else m.start()
                yield one.rule.on(
                    passage, start, m.end(), one.fix(m), **{k: v for k, v in m.groupdict().items() if v}
                )


def _prepare(_: Tables) -> Finder:
    return _find


PLUGIN = Check(NAME, "grammar", "strict", "constructions carried over from French grammar", _prepare)
