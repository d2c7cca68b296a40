"""How a word sounds, roughly, in any script: the consonants of it, by the Unicode names of its letters.

Names of people and places are written by their sound, so that their consonants survive in other scripts, if
not their vowels. Unicode's names of letters say how they are read (``TAMIL LETTER KA``, ``HEBREW LETTER
BET``, ``HANGUL SYLLABLE GAN``). Voiced and voiceless letters fall together, as in Soundex (Russell 1918),
since many scripts do not tell them apart.
"""

import unicodedata
from functools import cache

__all__ = ["consonants"]

_CLASSES = dict(
    zip(
        "kgqcx" + "td" + "pbf" + "vw" + "szj" + "mnrl",
        "kkkkk" + "tt" + "ppp" + "ww" + "sss" + "mnrl",
        strict=True,
    )
)
_DIGRAPHS = {"ch": "s", "sh": "s", "ts": "s", "zh": "s", "ny": "n"}
_VOWELS = "aeiou"
# Spellings of Latin script in which a letter is not read by itself.
_SPELLINGS = {"ch": "s", "sh": "s", "th": "t", "ph": "p", "ce": "se", "ci": "si", "cy": "sy", "x": "ks"}
_KINDS = ("LETTER", "SYLLABLE", "CHARACTER")


def consonants(word: str) -> str:
    """Classes of the consonants of a word, neighbours of one class once.

    >>> consonants("colombo"), consonants("කොළඹ"), consonants("கொழும்பு")
    ('klmp', 'klp', 'klmp')
    """
    if word.isascii():
        for spelt, read in _SPELLINGS.items():
            word = word.replace(spelt, read)
    found = ""
    for char in word:
        sound = _sound(char)
        if sound and not found.endswith(sound[0]):
            found += sound
    return found


@cache
def _sound(char: str) -> str:
    """Consonant classes of one letter; nothing for vowels, marks and whatever has no reading."""
    words = unicodedata.name(char, "").partition(" WITH ")[0].split()
    kind = next((kind for kind in _KINDS if kind in words), "")
    if not kind or words[-1] in {*_KINDS, "SIGN"}:
        return ""
    # Thai letters are called by their sound and a word that has it; others by a qualifier and their sound.
    name = words[words.index(kind) + 1] if kind == "CHARACTER" else words[-1]
    name = name.removesuffix("YANNA").lower()  # Sinhala: KAYANNA is the letter of ka
    if kind == "SYLLABLE":
        return "".join(_CLASSES.get(letter, "") for letter in name)
    if name[:1] in _VOWELS and words[0] not in {"CYRILLIC", "LATIN"}:
        return ""  # ALEF and AIN are no consonants, while Cyrillic EM is
    name = name.lstrip(_VOWELS)
    return _DIGRAPHS.get(name[:2], _CLASSES.get(name[:1], ""))
