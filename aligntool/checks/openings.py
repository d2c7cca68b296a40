"""How French opens a sentence: Face to Beijing, Still is it necessary, It lacks 2,500."""

from aligntool.flags import Check, Finder, ruling
from aligntool.patterns import START, Later, Pattern, pattern_finder

__all__ = ["PLUGIN"]

NAME = "openings"

_rule = ruling(NAME, "grammar")


_PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        _rule("face-to", "major", 0.85, "“Face à” is “Faced with” or “In the face of”.", "calque"),
        Later(
            rf"(?:{START}(?P<big>Face|Facing) to|(?<=, )face to) (?=(?:the|this|these|an?|its|their|such|"
            rf"[A-Z][a-z]+)\b)(?!face\b)"
        ),
        lambda m: "Faced with " if m["big"] else "faced with ",
        words=("ace to ", "acing to "),
    ),
    Pattern(
        _rule(
            "joined-by-phone", "major", 0.88, "“Joint par téléphone” is “Reached by phone”.", "false-friend"
        ),
        Later(rf"(?:{START}(?P<big>Joined)|(?<=[a-z], )joined) (?=(?:by|on the) (?:tele)?phone\b)"),
        lambda m: "Reached " if m["big"] else "reached ",
        words=("oined by ", "oined on the "),
    ),
    Pattern(
        _rule("quid-of", "major", 0.9, "“Quid de … ?” is “What about …?”", "untranslated"),
        Later(r"\b(?P<quoted>Quid of) (?=[^.?!]{3,90}\?)"),
        lambda _: "What about",
        part="quoted",
        words=("Quid of",),
    ),
    Pattern(
        _rule(
            "still-necessary",
            "major",
            0.88,
            "“Encore faut-il” is “But first …” or “provided that”.",
            "calque",
        ),
        Later(
            rf"{START}(?P<quoted>(?:Still|Again|Yet|Even) (?:is it|must it|it is|it must|must one|it "
            rf"takes|has it to be)(?: necessary| needed| must)?(?= (?:that|to)\b))"
        ),
        part="quoted",
        words=("Still ", "Again ", "Yet ", "Even "),
    ),
    Pattern(
        _rule("it-lacks", "major", 0.82, "“Il manque …” is “… is missing” or “… to go”.", "calque"),
        Later(
            r"\b(?P<quoted>[Ii]t lacks) (?=(?:\d[\d,. ]*|two|three|four|five|ten|twenty|only|still|a "
            r"hundred)\b)"
        ),
        part="quoted",
        words=("t lacks ",),
    ),
)


def _prepare(_: object) -> Finder:
    return pattern_finder(_PATTERNS)


PLUGIN = Check(
    NAME,
    "calque",
    "normal",
    "openings of French sentences: “Face to Beijing”, “Still is it necessary that”, “It lacks 2,500”",
    _prepare,
)
