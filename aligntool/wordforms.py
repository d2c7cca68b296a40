"""Measures on words that translating and checking share: loops, source copies, numbers in other forms."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise

__all__ = ["copied", "loops", "numerals", "unaccented", "unsaid_numbers", "words"]

# Scripts that write no blanks between words: each character counts as a word.
_UNSPACED = "\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_STUTTER = re.compile(r"([^\W\d_]{2,6}?)\1{2,}")
_GROUPED = (
    r"(?<![\d.,])\d{1,3}(?:(?P<sep>[.,'’\u00a0\u2009\u202f ])\d{3})(?:(?P=sep)\d{3})*(?!\d)(?:[.,]\d+)?"
)
_DATE = r"(?<!\d)(?P<day>\d{1,2})(?P<dot>[./-])(?P<month>\d{1,2})(?P=dot)(?P<year>\d{4}|\d{2})(?!\d)"
_CLOCK = r"(?<!\d)\d{1,2}[\u00a0\u202f ]?h[\u00a0\u202f ]?\d\d(?!\d)"
_NO_EXPONENT = r"(?<!\bm)(?<!\bkm)(?<!\bcm)(?<!\bmi)"
_NUMBER = re.compile(rf"{_DATE}|{_GROUPED}|{_CLOCK}|{_NO_EXPONENT}\d+(?:[.,:]\d+)?")

_ONES = (
    "zero|nought|no;one|first|once|a|an|single;two|second|twice|both|pair;three|third;four|fourth;five|fifth;"
    "six|sixth;seven|seventh;eight|eighth;nine|ninth;ten|tenth;eleven|eleventh;twelve|twelfth|dozen;"
    "thirteen|thirteenth;fourteen|fourteenth;fifteen|fifteenth;sixteen|sixteenth;seventeen|seventeenth;"
    "eighteen|eighteenth;nineteen|nineteenth"
)
_TENS = (
    "twenty|twentieth|twenties;thirty|thirtieth|thirties;forty|fortieth|forties;fifty|fiftieth|fifties;"
    "sixty|sixtieth|sixties;seventy|seventieth|seventies;eighty|eightieth|eighties;ninety|ninetieth|nineties"
)
_SPELLED = {value: frozenset(forms.split("|")) for value, forms in enumerate(_ONES.split(";"))} | {
    20 + 10 * step: frozenset(forms.split("|")) for step, forms in enumerate(_TENS.split(";"))
}
_ROUND = {"100": "hundred", "1000": "thousand", "1000000": "million"}
_USUALLY_SPELLED = frozenset(map(str, range(13)))

_HOURS, _MINUTES = 24, 59

# Loops: n-grams by size, how often they may not stand back to back, or anywhere; letters of a word that
# English does not double ("that that", "had had").
_BACK_TO_BACK = {1: 3, 2: 2, 3: 2, 4: 2}
_ANYWHERE = {3: 3, 4: 2}
_LONG = 5
# Copies: words kept, their share of the plain words, and the length of a run kept whole.
_KEPT, _KEPT_SHARE, _RUN = 4, 0.6, 5


def unaccented(text: str) -> str:
    """The text without its diacritics.

    >>> unaccented("Élysée, Tchaïkovski")
    'Elysee, Tchaikovski'
    """
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def words(text: str) -> tuple[str, ...]:
    """Case-folded runs of letters and digits; in scripts without blanks, single characters.

    >>> words("It's the Hague, 2019.")
    ('it', 's', 'the', 'hague', '2019')
    """
    return tuple(_WORD.findall(text.casefold()))


def _phrases(text: str) -> tuple[str, ...]:
    """Words, with a token that equals no other wherever a sentence, a clause or a quotation ends."""
    marked = re.sub(r"[.!?;:…\"“”„«»()]+(?=\W|$)", lambda stop: f" \0{stop.start()} ", text)
    return tuple(
        word for part in marked.split(" ") for word in ((part,) if part.startswith("\0") else words(part))
    )


def _most(tokens: tuple[str, ...], size: int) -> int:
    """How often the commonest n-gram of that size occurs."""
    grams = Counter(zip(*(tokens[i:] for i in range(size)), strict=False))
    return max(grams.values(), default=0)


def _in_a_row(tokens: tuple[str, ...], size: int) -> int:
    """How often at most an n-gram of that size stands back to back."""
    best = run = 0
    for i in range(len(tokens) - size):
        run = run + 1 if tokens[i] == tokens[i + size] else 0
        best = max(best, run)
    return best // size + 1


def loops(source: str, output: str) -> bool:
    """Whether a translation is caught in a repetition the source does not have, or runs on absurdly.

    Neural decoders fall into such loops (Holtzman et al. 2020, "The Curious Case of Neural Text
    Degeneration"). A loop is a word three times (a longer one twice) or a phrase twice back to back, a phrase
    of four words repeated anywhere, a stutter inside a word, or an output over three times as long as its
    source; what the source repeats as often itself is no loop.

    >>> loops("Hij kwam in mei.", "He came in May in May in May.")
    True
    >>> loops("Heel, heel, heel ver.", "Far, far, far away.")
    False
    """
    if len(words(output)) > 3 * len(words(source)) + 10:
        return True
    given, made = _phrases(source), _phrases(output)
    if any(_in_a_row(made, n) > max(k - 1, _in_a_row(given, n)) for n, k in _BACK_TO_BACK.items()):
        return True
    if any(_most(made, n) > max(k - 1, _most(given, n - 1)) for n, k in _ANYWHERE.items()):
        return True
    doubled = any(a == b and len(a) >= _LONG for a, b in pairwise(made)) and _in_a_row(given, 1) == 1
    return doubled or (bool(_STUTTER.search(output.casefold())) and not _STUTTER.search(source.casefold()))


def copied(source: str, output: str) -> bool:
    """Whether the output leaves most of its source untranslated.

    Only words that begin with a small letter count (names and single letters stay as they are), and at least
    four of them must have been kept: three fifths of all there are, or five words in a row.

    >>> copied("de trein rijdt vandaag helaas niet", "de trein rijdt vandaag helaas niet")
    True
    """
    plain = [word for word in _WORD.findall(source) if word[0].islower() and len(word) > 1]
    left = Counter(words(output))
    kept = sum((Counter(plain) & left).values())
    if kept < _KEPT:
        return False
    return kept >= _KEPT_SHARE * len(plain) or _shares_run(words(source), words(output), set(plain))


def _shares_run(given: tuple[str, ...], made: tuple[str, ...], plain: set[str]) -> bool:
    """Whether a run of words stands in both, enough of them no names."""
    runs = {made[i : i + _RUN] for i in range(len(made) - _RUN + 1)}
    own = (given[i : i + _RUN] for i in range(len(given) - _RUN + 1))
    return any(run in runs and sum(word in plain for word in run) >= _KEPT for run in own)


_FRACTION = re.compile(r"[.,]\d{1,2}$")


def _digits(text: str) -> str:
    """Its digits in ASCII without leading zeros, so that 1.000,5 and 1,000.5 are the same."""
    found = "".join(str(unicodedata.digit(char)) for char in text if char.isdigit())
    return found.lstrip("0") or found[:1]


def numerals(text: str) -> list[tuple[int, int, str]]:
    """Numbers written in digits: start, end and the digits alone, separators dropped.

    A date such as 12.03.2021 gives its day and its year: the month may be named in a translation.

    >>> [digits for _, _, digits in numerals("1.000,5 op 12-03-2021")]
    ['10005', '12', '2021']
    """
    found = []
    for match in _NUMBER.finditer(text):
        if match["day"]:
            found += [(*match.span(part), _digits(match[part])) for part in ("day", "year")]
        else:
            found.append((*match.span(), _digits(match[0])))
    return found


def _spelled(digits: str, said: frozenset[str]) -> bool:
    """Whether English words say the number: up to a hundred, and the round ones."""
    if digits in _ROUND:
        return any(word.startswith(_ROUND[digits]) for word in said)
    if len(digits) > len("99"):
        return False
    value = int(digits)
    parts = (value,) if value in _SPELLED else (value - value % 10, value % 10)
    return not any(said.isdisjoint(_SPELLED[part]) for part in parts)


def _in_other_form(token: str, output: tuple[str, ...]) -> bool:
    """Whether a number shows as a decade (90: 1990s), as the end of a range (1996: 1995-96) or of a day.

    10.00 may be 10 o'clock, 18.30 may be 6.30 pm, 11 may be 11:00.
    """
    if re.fullmatch(r"\d\d", token):
        return token in output or any(re.fullmatch(rf"\d\d{token}s?", word) for word in output)
    if re.fullmatch(r"(1\d|20)\d\d", token):
        return any(b == token[2:] and re.fullmatch(r"(1\d|20)\d\d", a) for a, b in pairwise(output))
    clock = re.fullmatch(r"(\d\d?)\W?[.:h]\W?(\d\d)", token)
    if clock is None or int(clock[1]) > _HOURS or int(clock[2]) > _MINUTES:
        return False
    return str(int(clock[1]) % 12 or 12) in output and (clock[2] == "00" or clock[2] in output)


def unsaid_numbers(source: str, output: str, target: str = "en") -> list[tuple[int, int]]:
    """Numbers of the source that the output neither writes in digits nor says in words.

    Args:
        source: Text whose numbers are looked for.
        output: Its translation.
        target: Language of the output; numbers up to twelve count as said where it is not English.

    Returns:
        Half-open ranges of the source.

    >>> unsaid_numbers("Op 3 mei kwamen 1.250 mensen.", "On the third of May 1,250 people came.")
    []
    >>> unsaid_numbers("kamer 118", "room 1,18")
    [(6, 9)]
    """
    whole = {digits for start, end, digits in numerals(source) if source[start:end].isdigit()}
    written = Counter(
        digits
        for start, end, digits in numerals(output)
        if not (digits in whole and _FRACTION.search(output[start:end]))
    )
    tokens = words(output)
    said = frozenset(tokens)
    missing = []
    for start, end, digits in numerals(source):
        if written[digits]:
            written[digits] -= 1
            continue
        in_words = _spelled(digits, said) if target == "en" else digits in _USUALLY_SPELLED
        if not in_words and not _in_other_form(source[start:end], tokens):
            missing.append((start, end))
    return missing
