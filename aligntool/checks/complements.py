"""What a word asks for behind it: infinitives, that-clauses, prepositions and determiners."""

import re

from aligntool.flags import Check, Finder, Tables, ruling
from aligntool.parts import Parts, parts_of
from aligntool.patterns import Pattern, pattern_finder, sentence

__all__ = ["PLUGIN"]

NAME = "complements"
_SAYING = re.compile(
    r"\b(?:sa(?:y|ys|id|ying)|t(?:ell|ells|old|elling)|believ\w+|kn(?:ow|ows|ew|owing)|th(?:ink|inks|ought|"
    r"inking)|argu\w+|claim\w*|f(?:ind|inds|ound)|show\w*|announc\w+|warn\w*|stress\w*|not(?:e|es|ed)|"
    r"insist\w*|hop\w+|fear\w*|wish\w*|suggest\w*|explain\w*|recogni[sz]\w+|accept\w*|agree\w*|assum\w+|"
    r"conclud\w+|confirm\w*|consider\w*|declar\w+|demonstrat\w+|emphasi[sz]\w+|ensur\w+|feel\w*|felt|"
    r"indicat\w+|learn\w*|mean\w*|propos\w+|prov\w+|realiz\w+|realis\w+|recall\w*|report\w*|reveal\w*|"
    r"see\w*|saw|stat(?:e|es|ed|ing)|suspect\w*|understand\w*|understood|admit\w*|add\w*|aware|convinced|"
    r"sure|clear|certain|fact|true|likely|possible|so|such|is|it|was|given|provided|assert\w*|maintain\w*|"
    r"that)\b",
    re.IGNORECASE,
)
_NOT_GERUND = frozenset(
    str.split(
        "bring sing ring king spring wing sting cling fling string swing thing being ping wring sling ding "
        "morning evening"
    )
)


_rule = ruling(NAME, "grammar")


def _patterns(parts: Parts) -> tuple[Pattern, ...]:
    def gerund(m: re.Match[str]) -> bool:
        word = m["gerund"]
        return word not in _NOT_GERUND and "G" in parts[word] and not parts.can(word, "V")

    def verb(m: re.Match[str]) -> bool:
        return parts.first(m["verb"], "V") and not parts.can(m["verb"], "NPA")

    def twice(m: re.Match[str]) -> bool:
        return m["first"].lower() in {"the", "a", "an"} or (m["first"], m["second"]) == ("these", "the")

    return (
        Pattern(
            _rule("to-gerund", "major", 0.85, "“to” takes the infinitive here, not “{gerund}”."),
            re.compile(
                r"\b(?:wants?|wanted|aims?|aimed|seeks?|sought|tries|try|tried|continues?|continued|hopes?|"
                r"hoped|decides?|decided|able|unable|ready|begins?|began|begun|intends?|intended|plans?|"
                r"planned|refuses?|refused|manages?|managed|fails?|failed|supposed|likely|unlikely|forced|"
                r"allowed|necessary|impossible|willing|afraid|expected|agreed|threatens?|threatened|order|"
                r"starts?|started|means) to (?P<gerund>\w+ing)\b"
            ),
            holds=gerund,
        ),
        Pattern(
            _rule("preposition-to", "major", 0.88, "“{preposition}” takes the -ing form, not “to {verb}”."),
            re.compile(
                r"(?<!drop )(?<!dropped )(?<!came )(?<!come )(?<!stop )(?<!stopped )(?<!went )(?<!swung "
                r")(?<!real )\b(?P<preposition>[Ww]ithout|[Bb]efore|[Aa]fter|[Ii]nstead of|[Bb]y|[Ff]or|"
                r"[Dd]espite|far from|because of)(?: really| even| ever| always| quite| necessarily)? to "
                r"(?:not )?(?P<verb>[a-z]+)\b"
            ),
            holds=verb,
        ),
        Pattern(
            _rule("verb-to", "major", 0.82, "“{first}” does not take “to {verb}”."),
            re.compile(
                r"\b(?P<first>avoid(?:s|ed|ing)?|succeed(?:s|ed|ing)?|risk(?:s|ed|ing)|prevent(?:s|ed|"
                r"ing)?|insist(?:s|ed|ing)?|dream(?:s|ed|ing)?|consist(?:s|ed|ing)?|accus(?:e|es|ed|ing)|"
                r"suspect(?:s|ed|ing)?|suggest(?:s|ed|ing)|renounc(?:e|es|ed|ing)|envisag(?:e|es|ed|ing)|"
                r"finish(?:es|ed|ing)|practis(?:e|es|ed)|abstain(?:s|ed)?|capable|incapable|content|"
                r"responsible|exclud(?:e|es|ed|ing)) to (?:be |have |not )?(?P<verb>[a-z]+)\b(?! (?:who|"
                r"that)\b)"
            ),
            holds=lambda m: (
                verb(m)
                and not re.search(
                    r"\b(?:is|are|was|were|be|been|being) $", m.string[max(0, m.start() - 6) : m.start()]
                )
            ),
        ),
        Pattern(
            _rule(
                "that-infinitive",
                "major",
                0.75,
                "The that-clause has an infinitive for its verb: “to {verb}”.",
            ),
            re.compile(
                r"\b(?:likely|possible|probable|desirable|normal|important|necessary|inevitable|unlikely|"
                r"impossible|surprising) (?:therefore |thus )?that "
                r"(?P<subject>the [^,.;:!?]{3,120}?) to (?P<verb>be|have|become|remain|take) "
            ),
            holds=lambda m: (
                not re.search(
                    r"\b(?:is|are|was|were|will|would|has|have|had|can|could|may|might|must|should|do|"
                    r"does|did|"
                    r"able|going|want\w*|\w+s to|right|order|need\w*|way|ability|decision)\b",
                    m["subject"],
                )
            ),
        ),
        Pattern(
            _rule(
                "and-that", "major", 0.86, "“{opener} … and that” is French “et que”: English drops “that”."
            ),
            re.compile(
                r"\b(?P<opener>[Ww]hile|[Ww]hen|[Aa]lthough|[Bb]ecause|[Ss]ince|[Ee]ven if|[Aa]s|"
                r"[Ww]hereas|[Ii]f|[Oo]nce|[Aa]s soon as) (?P<middle>[^.;:!?“”]{8,110}?),? and "
                r"(?P<quoted>that )(?=(?:the|a|an|its|their|his|they|we|no|some|several|[A-Z][a-z]+)\b)"
            ),
            lambda _: "",
            lambda m: not _SAYING.search(m["middle"]),
            part="quoted",
        ),
        Pattern(
            _rule("all-what", "major", 0.88, "English says “{all} that”."),
            re.compile(
                r"\b(?P<all>[Aa]ll|[Ee]verything|[Aa]nything|[Nn]othing) (?P<quoted>what) (?=[a-z]+ )"
            ),
            lambda _: "that",
            lambda m: (
                not re.search(
                    r"\b(?:at|after|is|was|about|of|above|us|them|you|that['’]s) $",
                    m.string[max(0, m.start() - 7) : m.start()],
                    re.IGNORECASE,
                )
            ),
            part="quoted",
        ),
        Pattern(
            _rule("look-what", "major", 0.8, "English looks “at” something: a preposition is missing."),
            re.compile(
                r"\b(?:look\w*|watch\w*|observ\w*|wait\w*|view\w*) (?P<quoted>with (?:a |an |great |some |"
                r"much |certain |the greatest |keen )*(?:interest|concern|attention|apprehension|envy|"
                r"suspicion|distrust|fear|anxiety|impatience) (?:what|the|this|how))\b"
            ),
            part="quoted",
        ),
        Pattern(
            _rule("two-determiners", "major", 0.88, "Two determiners before one noun: “{first} {second}”."),
            re.compile(
                r"(?<![\w’'-])(?P<first>[Tt]he|[Aa]n?|these) (?!(?i:(?P=first)) )"
                r"(?P<second>the|a|an|its|his|their|our|my|your|these|those) (?=[a-z]{3,})"
            ),
            holds=twice,
        ),
        Pattern(
            _rule("a-same", "minor", 0.78, "English says “the same”."),
            re.compile(
                r"(?<![\w’'-])(?P<quoted>[Aa]) same (?=[a-z]+\b(?! (?:sex|day|size)))(?!day|sex|size|old)"
            ),
            lambda m: "The" if m["quoted"] == "A" else "the",
            part="quoted",
        ),
        Pattern(
            _rule("an-other", "minor", 0.92, "English writes “another”."),
            re.compile(r"(?<![\w’'-])(?P<an>[Aa])n other (?=[a-z])"),
            lambda m: f"{m['an']}nother ",
        ),
        Pattern(
            _rule("the-both", "minor", 0.85, "English puts no article before “both” or “most of”."),
            re.compile(
                r"\b(?P<the>[Tt]he) (?P<word>both (?:countries|sides|leaders|men|parties|states|"
                r"nations|powers|presidents|camps|capitals)|most of the)\b"
            ),
            lambda m: m["word"].capitalize() if m["the"] == "The" else m["word"],
        ),
        Pattern(
            _rule("double-comparative", "minor", 0.9, "“{word}” is a comparative already."),
            re.compile(
                r"\b(?P<more>more|most|less) (?P<word>easier|better|bigger|stronger|weaker|larger|smaller|"
                r"higher|lower|faster|slower|cheaper|worse|older|younger|closer|harder|greater|richer|"
                r"poorer|longer|shorter|wider|deeper)\b"
            ),
            lambda m: m["word"],
            lambda m: (
                not re.search(
                    r"\b(?:no|much|any|once|even|or|the|and|for|with|of|do|need|has|have|eat|get) $",
                    m.string[max(0, m.start() - 5) : m.start()],
                )
                and m["more"] != "less"
            ),
        ),
        Pattern(
            _rule("twice-more", "minor", 0.72, "“deux fois plus” is “twice as much” or “twice as many”."),
            re.compile(
                r"\b(?:twice|(?:two|three|four|five|ten) times) more(?= (?:if|of|important|numerous|"
                r"expensive|powerful|high|people|men|soldiers|troops|money|weapons)\b|[.,;])"
            ),
        ),
        Pattern(
            _rule("of-which", "minor", 0.72, "“dont …” with no verb: “{many} of them”."),
            re.compile(
                r", (?P<quoted>of which (?P<many>one|two|three|four|five|six|seven|eight|nine|ten|"
                r"some|many|several|half|most|\d+) (?:with|in|of|by|at|from|to|under|for|on|already)) "
                r"(?!(?:is|are|was|were|has|have)\b)"
            ),
            holds=lambda m: (
                not re.search(
                    r"\b(?:is|are|was|were|has|have|had|will|can|could|would|came|come|live|belong|remain)\b",
                    m.string[m.end() : m.end() + 60].split(".")[0],
                )
            ),
            part="quoted",
        ),
        Pattern(
            _rule("not-anymore", "major", 0.85, "“n’a plus” is “no longer has” in English."),
            re.compile(
                r"\b(?:has|have|is|are|was|were|can|will|had) (?:not anymore|no more) "
                r"(?=(?:the|its|his|her|their|a|an|any|enough|much)\b)"
            ),
        ),
        Pattern(
            _rule(
                "which-all",
                "major",
                0.85,
                "The comma-fenced word is “qui, tous,”: English says “all of which”.",
            ),
            re.compile(r"\b(?P<which>which|who), (?P<all>all|both|most|each|some|many), "),
            holds=lambda m: (
                re.search(
                    r"\b(?:what|when|where|why|or|and|how) ", m.string[max(0, m.start() - 12) : m.start()]
                )
                is None
            ),
        ),
        Pattern(
            _rule("if-concessive", "minor", 0.64, "“Si” that concedes: English says “While” or “Although”."),
            re.compile(
                r"(?:(?<=^)|(?<=[.!?”] ))(?P<if>If) (?=(?:the |this |these |its |their |his |some |many |"
                r"most |[A-Z])[^,.?!]{2,110} (?:has|have|is|are|was|were|says|remains?|continues?|seems?|"
                r"appears?|managed|agree|shares?|sealed|succeeded|does not|did not)\b[^?!.]{0,110}, "
                r"(?:this|these|it|they|he|she|the|his|its|[A-Z]\w+)\b[^.?!]{0,60}? (?:is|are|was|were|has|"
                r"have|remains?|seems?|does|did|do|knows?|wants?|refuses?|continues?|fears?)\b[^?]{3,200}\.)"
            ),
            lambda _: "While",
            lambda m: (
                not re.search(
                    r"\b(?:will|would|can|could|may|might|must|should|shall|then|only|unless)\b|"
                    r"n['’]t\b|\b(?:I|we|you)\b",
                    sentence(m),
                )
            ),
            part="if",
        ),
        Pattern(
            _rule("inversion-question", "minor", 0.8, "The question lacks its subject: “How can one …?”"),
            re.compile(
                r"(?:(?<=^)|(?<=[.!?”] ))(?P<quoted>(?:But|And|So|Then) (?:how|why|where) to) "
                r"(?=[a-z]+ [^?.!]{3,140}\?)"
            ),
            part="quoted",
        ),
    )


def _prepare(tables: Tables) -> Finder:
    return pattern_finder(_patterns(parts_of(tables["parts"])))


PLUGIN = Check(
    NAME,
    "grammar",
    "normal",
    "infinitives, that-clauses, prepositions and determiners as another language uses them",
    _prepare,
    ("parts",),
)
