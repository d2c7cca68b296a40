"""Write the reference pages from the code, or check that they are up to date (``--check``)."""

import sys
import tomllib
from dataclasses import fields
from inspect import getdoc
from pathlib import Path

import click

from aligntool import plugins, table
from aligntool.cli import group
from aligntool.codec import Format, TableFormat
from aligntool.records import Flag
from aligntool.table import COLUMNS, Row

ROOT = Path(__file__).parent.parent
_NOTE = "<!-- Written by docs/generate.py from the code: change that, then run `make docs`. -->\n\n"
_ABOUT_CHECKS = """\
Each check marks one kind of thing that machine translation leaves behind. `strict` runs those that are
nearly always right, `normal` (the default) adds those that usually are, `thorough` all.

English that stands without its original is presumed to come from the language most of what it left
behind belongs to (acronyms, names, phrases, quotation marks, blanks before marks); where the votes are
clear, entries of other languages are silent. `--mt-from fr` says it.
"""
_ABOUT_TSV = """\
UTF-8 without a byte order mark, LF, a header row, **no quoting**: split at tabs, not with a CSV reader's
defaults (in Python `csv.reader(f, delimiter='\\t', quoting=csv.QUOTE_NONE)`, in pandas `quoting=3`).
"""
_ABOUT_FLAGS = """
Unknown columns are kept. A flag reads `check start:end "text" => "suggestion"`, with `; ` between two
flags; offsets count code points of `mt`, or of `src` where `mt` is empty (`src` before the offsets: of
`src` although there is an `mt`; `tgt` before them: of a translation that came with the document). Strings
are JSON strings.
"""
_ABOUT_LISTS = """
## Lexicons of your own

`--lexicon FILE` (on `flag`, `clean` and `translate`; may be given again) adds phrases to those that are
flagged. A line holds a phrase, a tab and its suggestion:

```text
brown study	deep thought
~make a scandal	~cause an outcry
```

or the eight columns of `aligntool/data/calques.tsv`: `lang original literal suggestion severity
confidence context note`. `#` begins a remark; an error names the line. In a phrase `a|b` is a choice,
`(the)` may be missing, `~make` is every form of *make*, `*` any word, `@poss` *his, her, its …*; ` ; `
parts two phrases of one entry. What stands in brackets at either end,
`~pretension [of the crown]`, must be there and is left as it is. `~` in the suggestion takes over the
inflection, `*` the word that stood there; where it would be lost, no fix is offered. A context names
conditions: `+a|b` (one of them within ten words), `-a|b` (none), `<a|b` and `>a|b` (the word just
before, just after), `!<a|b` and `!>a|b`. An entry of the short form is major, confidence 0.9: `clean`
applies it. Lower the confidence to have it flagged only.

## Ignore lists

`--ignore FILE`, or a file `.aligntool-ignore` in the folder you work in, names flags not to be shown. A
line holds file, check and quoted text, tabs between them; `*` or nothing stands for any, and patterns
may hold `*` and `?`:

```text
*	quotes/guillemet
press/*.txt	casing	PARIS MATCH
*	*	square meadow
```

The check may name one of its rules (`quotes/guillemet`; the evidence of a flag has it as `rule`).
Capitals of the text do not count. What was silenced is counted and said, and stands in the trail.

## Dictionaries

Words that English does not know are looked up in the hunspell dictionaries of this machine, a `.dic` file
beside its `.aff` file: those of the folders in `$DICPATH`, of `~/.local/share/hunspell` and
`~/Library/Spelling`, of the system (`/usr/share/hunspell`, `/usr/share/myspell`, `/Library/Spelling`) and of
LibreOffice, one a language. A word that the dictionary of the language the English was made from knows is
flagged as untranslated; where nothing tells the language, French, Dutch, German and Spanish ones are asked.
Words of an English dictionary are no longer flagged as unknown.

`--dictionary FILE` (on `flag`, `clean` and `translate`; may be given again) asks another one in place of that
installed for its language, which its name begins with: `fr.dic`, `it_IT.dic`. `--dictionary none`, or
`ALIGNTOOL_DICTIONARY=none`, asks no installed one. Without any, the words of the bundled lists are found."""
_BEGIN = "<!-- excerpt: made by docs/generate.py from aligned/ -->"
_END = "<!-- end of excerpt -->"
_EXCERPT = (("en-fr-sahel", 38), ("en-fr-arctic", 13), ("en-fr-sahel", 16), ("nl-kabels", 15))
_WIDTH = 96
_EXAMPLES = 3


def commands() -> str:
    """Every command's help, as the command line prints it."""
    context = click.Context(group, info_name="aligntool", terminal_width=_WIDTH, max_content_width=_WIDTH)
    parts = ["# Commands\n", _help(group, context)]
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, terminal_width=_WIDTH)
        parts += [f"## aligntool {name}\n", _help(command, inner)]
        if isinstance(command, click.Group):
            for leaf in command.list_commands(inner):
                below = command.get_command(inner, leaf)
                assert below is not None
                parts += [
                    f"### aligntool {name} {leaf}\n",
                    _help(below, click.Context(below, info_name=leaf, parent=inner, terminal_width=_WIDTH)),
                ]
    return "\n".join(parts)


def _help(command: click.Command, context: click.Context) -> str:
    return f"```text\n{command.get_help(context)}\n```\n"


def checks() -> str:
    """Every check with what it is for and examples from its case file."""
    parts = [
        "# Checks\n",
        _ABOUT_CHECKS,
        "| check | category | level | needs the original | what it finds |",
        "|---|---|---|---|---|",
    ]
    every = list(plugins.load_all("checks"))
    parts += [
        f"| [{c.name}](#{c.name}) | {c.category} | {c.level} | {'yes' * c.bilingual} | {c.summary} |"
        for c in every
    ]
    for check in every:
        parts += [f"\n## {check.name}\n", f"{check.summary}\n", *_cases(check.name)]
    return "\n".join(parts) + "\n"


def _cases(name: str) -> list[str]:
    path = ROOT / "tests" / "cases" / "checks" / f"{name.replace('-', '_')}.toml"
    if not path.exists():
        return []
    cases = tomllib.loads(path.read_text(encoding="utf-8")).get("flagged", [])[:_EXAMPLES]
    rows = [f"| {_cell(case['text'])} | {_cell(_found(case))} |" for case in cases]
    return ["| text | flagged |", "|---|---|", *rows]


def _found(case: dict[str, object]) -> str:
    what, fix = case.get("what", ""), case.get("fix")
    found = [f"“{what}”"] if what else []
    mended = [] if fix is None else ["→", f"“{fix}”" if fix else "(left out)"]
    return " ".join(found + mended) or "the whole"


def _cell(text: object) -> str:
    return " ".join(str(text).replace("|", "\\|").split())


def formats() -> str:
    """The aligned TSV's columns, and the document formats."""
    described = _attributes(getdoc(Row) or "")
    parts = [
        "# Formats\n",
        "## The aligned TSV\n",
        _ABOUT_TSV,
        "| column | meaning |",
        "|---|---|",
        *(f"| `{column}` | {described[column]} |" for column in COLUMNS),
        _ABOUT_FLAGS,
        "## Documents\n",
        "| format | endings | |",
        "|---|---|---|",
    ]
    every = list(plugins.load_all("formats"))
    parts += [
        f"| {f.name} | {' '.join(s for s in f.suffixes if s) or '(by --format)'} | {f.summary} |"
        for f in every
        if isinstance(f, Format)
    ]
    parts += ["\n## Tables\n", "| format | endings | read | written | |", "|---|---|---|---|---|"]
    for form in every:
        if isinstance(form, TableFormat):
            can = " | ".join("yes" * bool(way) for way in (form.read or form.combine, form.write))
            parts.append(f"| {form.name} | {' '.join(form.suffixes)} | {can} | {form.summary} |")
    parts.append(_ABOUT_LISTS.rstrip("\n"))
    return "\n".join(parts) + "\n"


def _attributes(doc: str) -> dict[str, str]:
    """Descriptions by attribute name from a Google-style docstring."""
    names = {f.name for f in fields(Row)}
    found: dict[str, str] = {}
    current = ""
    for line in doc.partition("Attributes:")[2].split("\n"):
        head, _, rest = line.strip().partition(": ")
        if head in names:
            current = head
            found[current] = rest
        elif line.strip() and current:
            found[current] += f" {line.strip()}"
    return found


def readme() -> str:
    """The README with a fresh excerpt of the aligned corpus between its two marks."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    head, _, rest = text.partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    lines = ["| given | clean English | flagged, and why |", "|---|---|---|"]
    for name, number in _EXCERPT:
        row = table.read((ROOT / "aligned" / f"{name}.tsv").read_text(encoding="utf-8")).rows[number - 1]
        flags = "<br>".join(_reason(flag) for flag in table.parse_flags(row))
        lines.append(f"| {_cell(row.src)} | {_cell(row.tgt)} | {_cell(flags)} |")
    return f"{head}{_BEGIN}\n" + "\n".join(lines) + f"\n{_END}{tail}"


def _reason(flag: Flag) -> str:
    fix = f" → “{flag.fix}”" if flag.fix is not None else ""
    return f"“{flag.text}”{fix}: {flag.message}"


PAGES = {"commands.md": commands, "checks.md": checks, "formats.md": formats}


def main() -> None:
    """Write the pages, or with ``--check`` exit with 1 and name those that are stale."""
    stale = []
    pages = {ROOT / "docs" / name: lambda make=make: _NOTE + make() for name, make in PAGES.items()}
    for path, make in {**pages, ROOT / "README.md": readme}.items():
        name, text = path.name, make()
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            path.write_text(text, encoding="utf-8")
    if stale and "--check" in sys.argv:
        sys.exit(f"pages are behind the code ({', '.join(stale)}): run make docs")


if __name__ == "__main__":
    main()
