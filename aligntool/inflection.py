"""English word forms: inflecting a lemma, finding what was inflected, and the article a word asks for."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache

__all__ = [
    "CLASSES",
    "Forms",
    "article",
    "bases",
    "be_in_context",
    "forms",
    "infinitive",
    "person",
    "tag_in_context",
    "tagged",
    "vowel_sound",
]

Forms = Mapping[str, str]
"""Tag (``base``, ``s``, ``ing``, ``past``, ``part``) to form, in this order."""

CLASSES: Mapping[str, frozenset[str]] = {
    "@poss": frozenset(str.split("my your his her its our their whose")),
    "@det": frozenset(
        str.split(
            "the a an this that these those my your his her its our their some any no every each many several"
        )
    ),
    "@month": frozenset(
        str.split("january february march april may june july august september october november december")
    ),
    "@be": frozenset(str.split("be is are was were been being am")),
    "@have": frozenset(str.split("have has had having")),
    "@modal": frozenset(str.split("will would can could may might must should shall cannot")),
    "@self": frozenset(
        str.split("myself yourself himself herself itself ourselves yourselves themselves oneself")
    ),
}
"""Words of grammar by what they do."""

# lemma/past/participle; a fourth part is an irregular -s form or plural
_IRREGULAR = """
arise/arose/arisen awake/awoke/awoken be/was/been/is bear/bore/borne beat/beat/beaten become/became/become
begin/began/begun bend/bent/bent bet/bet/bet bid/bid/bid bind/bound/bound bite/bit/bitten bleed/bled/bled
blow/blew/blown break/broke/broken breed/bred/bred bring/brought/brought build/built/built
burn/burned/burned buy/bought/bought cast/cast/cast catch/caught/caught choose/chose/chosen
cling/clung/clung come/came/come cost/cost/cost creep/crept/crept cut/cut/cut deal/dealt/dealt dig/dug/dug
do/did/done/does draw/drew/drawn drink/drank/drunk drive/drove/driven eat/ate/eaten fall/fell/fallen
feed/fed/fed feel/felt/felt fight/fought/fought find/found/found flee/fled/fled fly/flew/flown
forbid/forbade/forbidden forget/forgot/forgotten forgive/forgave/forgiven freeze/froze/frozen get/got/got
give/gave/given go/went/gone/goes grow/grew/grown hang/hung/hung have/had/had/has hear/heard/heard
hide/hid/hidden hit/hit/hit hold/held/held hurt/hurt/hurt keep/kept/kept know/knew/known lay/laid/laid
lead/led/led leave/left/left lend/lent/lent let/let/let lie/lay/lain light/lit/lit lose/lost/lost
make/made/made mean/meant/meant meet/met/met overcome/overcame/overcome overthrow/overthrew/overthrown
pay/paid/paid put/put/put quit/quit/quit read/read/read ride/rode/ridden ring/rang/rung rise/rose/risen
run/ran/run say/said/said see/saw/seen seek/sought/sought sell/sold/sold send/sent/sent set/set/set
shake/shook/shaken shed/shed/shed shine/shone/shone shoot/shot/shot show/showed/shown shrink/shrank/shrunk
shut/shut/shut sing/sang/sung sink/sank/sunk sit/sat/sat sleep/slept/slept slide/slid/slid
speak/spoke/spoken spend/spent/spent split/split/split spread/spread/spread spring/sprang/sprung
stand/stood/stood steal/stole/stolen stick/stuck/stuck sting/stung/stung strike/struck/struck
strive/strove/striven swear/swore/sworn sweep/swept/swept swim/swam/swum swing/swung/swung take/took/taken
teach/taught/taught tear/tore/torn tell/told/told think/thought/thought throw/threw/thrown
tread/trod/trodden understand/understood/understood undertake/undertook/undertaken
undergo/underwent/undergone/undergoes uphold/upheld/upheld upset/upset/upset wake/woke/woken wear/wore/worn
weave/wove/woven weep/wept/wept win/won/won wind/wound/wound withdraw/withdrew/withdrawn
withstand/withstood/withstood write/wrote/written man/manned/manned/men woman/-/-/women child/-/-/children
person/-/-/people foot/-/-/feet tooth/-/-/teeth crisis/-/-/crises basis/-/-/bases analysis/-/-/analyses
thesis/-/-/theses life/-/-/lives knife/-/-/knives wolf/-/-/wolves half/-/-/halves leaf/-/-/leaves
criterion/-/-/criteria phenomenon/-/-/phenomena
"""
_TABLE = {entry.split("/")[0]: entry.split("/")[1:] for entry in _IRREGULAR.split()}
# end-stressed verbs that double their last consonant; monosyllables are told by their shape
_DOUBLING = frozenset(
    str.split(
        "abet abhor acquit admit allot begin commit compel concur confer control defer demur deter dispel "
        "equip expel extol forget impel incur infer occur omit patrol permit prefer propel rebut recur "
        "refer regret repel submit transfer transmit upset"
    )
)
# past forms that look like the base: past unless the word before asks for the base
_SAME = frozenset(
    {"put", "cut", "set", "let", "hit", "cast", "shut", "split", "spread", "cost", "read", "beat", "shed"}
)
_BARE_ONLY = frozenset({"to", "do", "does", "did", "let"})
_BARE = _BARE_ONLY | {"not", "they", "we", "you", "i", "who", "and", "or", "that"}
_EITHER = frozenset({"and", "or", "not", "never", "who", "that", "which", "also", "then"})
_SEVERAL = frozenset({"they", "we", "you", "these", "those", "people", "children", "men", "women"})
_ONE = ("ss", "us", "is", "ness", "'s")
_BE = {"am": "base", "are": "base", "were": "past"}
_PERSONS = {
    word: (pronouns.split("/")[1], pronouns.split("/")[2])
    for pronouns in str.split(
        "i/my/myself you/your/yourself he/his/himself she/her/herself it/its/itself we/our/ourselves "
        "they/their/themselves"
    )
    for word in pronouns.split("/")
}
# endings of regular forms, and what stands in their place in the base
_ENDINGS = {"s": ("",), "es": ("",), "ies": ("y",), "d": ("",), "ed": ("",), "ied": ("y",), "ing": ("", "e")}
_ENDINGS |= {"ying": ("ie",)}
_SHORT = re.compile(r"(?:[^aeiou]|qu)*[aeiou][^aeiouwxy]")
_AN = re.compile(r"(?:hours?|hourly|honest\w*|hono[u]?r\w*|heirs?|heiress\w*)$")
_A = re.compile(
    r"(?:uni(?!n|m)|unanim|us(?:e|u|a|ing)|util|ut(?:opi|eru|ah)|eu|ewe|one(?:s|self|time)?$|once|"
    r"ubiq|ufo$|ukr|ur(?:an|ol|in)|oui)"
)


@lru_cache(maxsize=8192)
def forms(lemma: str) -> Forms:
    """The forms of a verb or noun; forms that do not exist (``centurying``) are harmless in a pattern.

    >>> list(forms("carry").values())
    ['carry', 'carries', 'carrying', 'carried', 'carried']
    >>> forms("put")["ing"], forms("crisis")["s"], forms("give")["part"]
    ('putting', 'crises', 'given')
    """
    irregular = _TABLE.get(lemma, [])
    stem = _stem(lemma)
    past = irregular[0] if irregular and irregular[0] != "-" else _past(lemma, stem)
    part = irregular[1] if irregular and irregular[1] != "-" else past
    third = irregular[2] if len(irregular) > 2 else _third(lemma)  # noqa: PLR2004 - the optional fourth part
    return {"base": lemma, "s": third, "ing": _ing(lemma, stem), "past": past, "part": part}


@lru_cache(maxsize=8192)
def tagged(lemma: str) -> Mapping[str, str]:
    """Each form of a verb or noun with its tag, the earlier tag where forms agree; of *be* all forms.

    >>> tagged("put")["put"], tagged("be")["were"]
    ('base', 'past')
    """
    found = {form: tag for tag, form in reversed([*forms(lemma).items()])}
    return found | _BE if lemma == "be" else found


def bases(form: str) -> Iterator[str]:
    """Every word that a form may be a form of, and others: `tagged` tells which of them it is one of.

    >>> {"carry", "fly", "tie", "be"} <= {b for f in ("carried", "flies", "tying", "were") for b in bases(f)}
    True
    """
    yield form
    yield from _irregular_bases().get(form, ())
    for ending, others in _ENDINGS.items():
        if form.endswith(ending):
            stem = form[: -len(ending)]
            yield from (stem + other for other in others)
            if ending in {"ed", "ing"} and stem[-1:] == stem[-2:-1]:
                yield stem[:-1]


def infinitive(third: str, verb: Callable[[str], bool]) -> str:
    """The base form of a verb's -s form, "" where there is none.

    Args:
        third: The form.
        verb: Whether a word is a verb; spelling alone does not tell *stress* from *stresse*.

    >>> verbs = {"stress", "lie"}.__contains__
    >>> infinitive("stresses", verbs), infinitive("lies", verbs)
    ('stress', 'lie')
    """
    found = (base for base in bases(third) if base != third and tagged(base).get(third) == "s")
    return next(filter(verb, found), "")


@cache
def _irregular_bases() -> Mapping[str, Sequence[str]]:
    found: dict[str, list[str]] = {}
    for lemma in _TABLE:
        for form in tagged(lemma):
            found.setdefault(form, []).append(lemma)
    return found


def _stem(lemma: str) -> str:
    doubles = lemma in _DOUBLING or _SHORT.fullmatch(lemma)
    return lemma + lemma[-1] if doubles else lemma


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return lemma + "es"
    return lemma[:-1] + "ies" if re.search(r"[^aeiou]y$", lemma) else lemma + "s"


def _past(lemma: str, stem: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    return lemma[:-1] + "ied" if re.search(r"[^aeiou]y$", lemma) else stem + "ed"


def _ing(lemma: str, stem: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    return lemma[:-1] + "ing" if re.search(r"[^eoy]e$", lemma) and lemma != "be" else stem + "ing"


def vowel_sound(word: str) -> bool:
    """Whether a word begins with a vowel when spoken, so that ``an`` stands before it.

    Capital runs are spelt out (an MP, a UN body) unless they are said as words, which only a list could
    tell; figures go by their name (an 8, an 11, an 18).

    >>> [vowel_sound(w) for w in ("hour", "European", "MP", "UN", "8", "unimportant", "union", "one")]
    [True, False, True, False, True, True, False, False]
    """
    if word[:1].isdigit():
        head = word[: len(word) - len(word.lstrip("0123456789"))]
        return head[0] == "8" or head in {"11", "18"}
    if len(word) > 1 and word.isupper():
        return word[0] in "AEFHILMNORSX"
    low = word.lower()
    if _AN.match(low):
        return True
    return low[:1] in "aeiouéàâêèîïôœæ" and not _A.match(low)


def article(word: str) -> str:
    """The indefinite article before a word, ``a`` or ``an``."""
    return "an" if vowel_sound(word) else "a"


def tag_in_context(tag: str, form: str, before: Sequence[str]) -> str:
    """The tag a form has after the words before it, where the form alone does not tell.

    Args:
        tag: What the form alone would be, as in ``Forms``.
        form: The form, in small letters.
        before: The one or two words before it, in small letters; none at the beginning of a text.

    >>> tag_in_context("past", "ended", ["has"]), tag_in_context("base", "put", ["she"])
    ('part', 'past')
    """
    bare = bool(before) and before[-1] in _BARE | CLASSES["@modal"]
    perfect = any(word in CLASSES["@have"] | CLASSES["@be"] for word in before)
    if tag == "base" and form in _SAME and before and not bare:
        tag = "past" if perfect or not before[-1].endswith("s") else tag
    return "part" if tag == "past" and perfect and not bare else tag


def person(words: Iterable[str]) -> tuple[str, str]:
    """The possessive and the reflexive pronoun of the person that the first telling word names.

    Args:
        words: Words in small letters.

    Returns:
        As *his* and *himself*; two empty strings where no word tells.

    >>> person(["they", "fasten"]), person(["minister", "fastens", "her"]), person(["minister"])
    (('their', 'themselves'), ('her', 'herself'), ('', ''))
    """
    return next((_PERSONS[word] for word in words if word in _PERSONS), ("", ""))


def be_in_context(tag: str, before: Sequence[str]) -> str:
    """The form of *be* that replaces another verb after the words before it, "" where they do not tell.

    Args:
        tag: The tag of the other verb's form.
        before: As for `tag_in_context`.

    >>> be_in_context("base", ["to"]), be_in_context("base", ["they"]), be_in_context("past", ["ministers"])
    ('be', 'are', 'were')
    """
    last = before[-1] if before else ""
    if tag not in {"base", "past"}:
        return forms("be")[tag]
    if tag == "base" and (not last or last in _BARE_ONLY | CLASSES["@modal"]):
        return "be"
    if last in _EITHER:
        return ""
    if last == "i":
        return "am" if tag == "base" else "was"
    plural = tag == "base" or last in _SEVERAL or (last.endswith("s") and not last.endswith(_ONE))
    return ("are" if tag == "base" else "were") if plural else "was"
