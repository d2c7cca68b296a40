"""States and bodies as *she* or *he*: the gender of a French or Spanish noun carried over."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligntool.flags import Check, Finder, Passage, Rule, Tables, passages
from aligntool.records import Bitext, Flag

__all__ = ["PLUGIN"]

NAME = "pronouns"
_PART = Rule(
    "for-his-part", NAME, "agreement", "major", 0.95, "{state} is a state or body, so “its”, not “{text}”."
)
_NEAR = Rule(
    "state", NAME, "agreement", "major", 0.8, "“{text}” seems to stand for {state}: English says “it”."
)
_FAR = Rule(
    "state-far", NAME, "agreement", "major", 0.5, "“{text}” may stand for {state}: English says “it”."
)

_MORE = (
    "Moscow Beijing Washington Kremlin Brussels Kyiv Kiev Tehran Ankara Pyongyang Tokyo Seoul NATO EU "
    "UN BRICS Hamas "
    "Hezbollah ASEAN Europe Alliance Union Commission Parliament Council ECB IMF WTO OPEC Bundestag "
    "Senate Congress "
    "Pentagon Elysée Taipei Riyadh Doha Cairo Jerusalem Crimea Islamabad Delhi Hanoi Warsaw Prague "
    "Budapest Damascus "
    "Bank Fed PLA CCP Gazprom Rosneft Huawei Pyongyang Baghdad Kabul Minsk Belgrade Athens"
)
# forenames and words that also name places
_PEOPLE_TOO = frozenset(
    [
        "Jordan",
        "Chad",
        "Georgia",
        "Florence",
        "Israel",
        "Paris",
        "London",
        "Victoria",
        "Austin",
        "Sydney",
        "Carolina",
    ]
)
_PERSON = (
    "president|leader|minister|chancellor|premier|ambassador|adviser|advisor|analyst|researcher|"
    "professor|director|"
    "expert|author|writer|journalist|historian|economist|spokesman|spokeswoman|spokesperson|general|"
    "admiral|colonel|"
    "officer|soldier|senator|deputy|lawmaker|mayor|governor|candidate|activist|dissident|opponent|"
    "dictator|tyrant|"
    "autocrat|king|queen|prince|princess|emperor|empress|pope|bishop|man|woman|men|women|girl|boy|"
    "mother|father|wife|"
    "husband|daughter|son|sister|brother|singer|actor|actress|artist|poet|novelist|lawyer|judge|doctor|"
    "teacher|"
    "student|worker|businessman|entrepreneur|boss|chief|head|secretary|commissioner|diplomat|envoy|"
    "specialist|"
    "sinologist|scientist|philosopher|politician|counterpart|predecessor|successor|child|baby|victim|witness|"
    "resident|refugee|migrant|prisoner|hostage|farmer|driver|player|coach|champion|star|hero|heroine|"
    "someone|anyone|"
    "everyone|nobody|person|citizen|friend|enemy|colleague|partner|lady|ship|frigate|vessel|boat|"
    "cruiser|destroyer|"
    "carrier|submarine|schooner|liner|tanker|goddess|god|lord|mr|mrs|ms|madam|sir|who|strongman|ruler|"
    "monarch|"
    "speaker|chairman|chairwoman|guest|neighbour|neighbor|interviewer|anchor|founder|owner|writer|reader|one"
)
# men in the news: they do not stand in the way of a “she”
_MEN = frozenset(
    str.split(
        "Putin Vladimir Xi Jinping Trump Donald Biden Joe Zelensky Zelenskyy Volodymyr Macron Emmanuel "
        "Erdogan Recep "
        "Tayyip Netanyahu Benjamin Modi Narendra Scholz Olaf Merz Friedrich Lavrov Sergei Sergey Shoigu "
        "Medvedev Dmitry "
        "Lukashenko Alexander Orban Viktor Assad Bashar Khamenei Ali Obama Barack Bush George Sarkozy "
        "Nicolas Hollande "
        "François Sunak Rishi Johnson Boris Cameron David Blair Tony Starmer Keir Kim Guterres Antonio "
        "Stoltenberg Jens "
        "Rutte Mark Blinken Antony Rubio Marco Vance Lula Bolsonaro Jair Milei Javier Maduro Nicolás "
        "Abe Shinzo Kishida "
        "Fumio Mao Zedong Deng Xiaoping Gorbachev Mikhail Yeltsin Boris Stalin Lenin Brezhnev Leonid "
        "Khrushchev Nikita "
        "Prigozhin Yevgeny Navalny Alexei Nixon Richard Kissinger Henry Reagan Ronald Clinton Bill "
        "Carter Jimmy Mitterrand "
        "Chirac Jacques De Gaulle Charles Kohl Helmut Wang Yi Li Keqiang Qiang Hu Jintao Sisi Mohammed "
        "Salman Gaddafi Saddam "
        "Hussein Ahmadinejad Raisi Rouhani Nasrallah Hassan Sinwar Haniyeh Abbas Mahmoud Sharon Ariel "
        "Rabin Arafat Yasser"
    )
)
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:['’]s\b)?")
_PERSON_WORD = re.compile(rf"(?:{_PERSON})s?", re.IGNORECASE)
_PRONOUN = {
    "she": "it",
    "he": "it",
    "herself": "itself",
    "himself": "itself",
    "his": "its",
    "him": "it",
    "her": "",
    "hers": "its",
}
_NATIONAL = re.compile(r"\w+(?:ese|ian|ean|can|ish|sh|nch|man|eli|aqi|ani|rab|ern|ist)s?$")
_AFTER_HER = re.compile(
    r" (?!(?:to|in|on|at|for|with|from|by|and|or|as|of|a|an|the|that|than|but|when|if|is|was|not)\b)[a-z“]"
)
_FOR_PART = re.compile(r"\b(?P<state>[A-Z]\w+),? (?:for|on) (?P<poss>his|her) (?P<rest>part|side),?")
_REACH = 60


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    kind: str  # state, person, man, pronoun, other


def _kind(text: str, at_start: bool, states: frozenset[str]) -> str:
    bare = re.sub(r"['’]s$", "", text)
    if bare.lower() in _PRONOUN:
        return "pronoun"
    if bare in states:
        return "state"
    if _PERSON_WORD.fullmatch(bare):
        return "person"
    if bare[0].isupper() and not at_start and not bare.isupper() and not _NATIONAL.match(bare):
        # a name we do not know is of a person for all we can tell
        return "man" if bare in _MEN else "person"
    return "other"


def _words(passage: Passage, states: frozenset[str]) -> list[_Word]:
    found, heads = [], set(passage.starts)
    for m in _TOKEN.finditer(passage.text):
        before = passage.text[: m.start()].rstrip(' “"‘(')[-1:]
        opens = m.start() in heads or before in ".!?:" or not before
        known = m.group() in _STARTERS
        found.append(_Word(m.group(), m.start(), m.end(), _kind(m.group(), opens and known, states)))
    return found


_STARTERS = frozenset(
    str.split(
        "The A An This That These Those It In On At By For From With And But Or So If When While As "
        "Since After Before "
        "Because Although Though However Moreover Furthermore Today Now Then There Here What How Why "
        "Where Which Is Are "
        "Was Were Does Do Did Has Have Had Can Could Will Would Should May Might Must Not No Yes Its "
        "Their Our My Your "
        "All Some Many Most Both Each Every Such To Of Under Over Between Until Despite Beyond Besides "
        "Above According "
        "Thus Therefore Indeed Finally First Second Third Once Even Also Only Still Yet Like Unlike "
        "Among During "
        "Faced Behind Certainly Officially Meanwhile Nevertheless Nonetheless Rather Whether Through "
        "Throughout Without"
    )
)


def _fix(passage: Passage, word: _Word) -> str:
    low = word.text.lower()
    plain = _PRONOUN[low] or ("its" if _AFTER_HER.match(passage.text, word.end) else "it")
    return plain.capitalize() if word.text[0].isupper() else plain


def _antecedents(words: Sequence[_Word]) -> Iterator[tuple[_Word, str, bool]]:
    """Pronouns whose nearest antecedent is a state, with its name, and whether it has no rival."""
    state, last, rivals = "", -_REACH, set[str]()
    for at, word in enumerate(words):
        if word.kind == "state":
            state, last = re.sub(r"['’]s$", "", word.text), at
            rivals.discard("man")  # named before the state: farther away
        elif word.kind == "person":
            state = ""
            rivals.add("person")
        elif word.kind == "man":
            rivals.add("man")
        elif word.kind == "pronoun" and state and at - last <= _REACH:
            female = word.text.lower() in {"she", "her", "hers", "herself"}
            if female or "man" not in rivals:
                yield word, state, "person" not in rivals and (female or not _told(words[:at]))


def _told(words: Sequence[_Word]) -> bool:
    """Whether a man was spoken of before."""
    return any(word.kind == "man" for word in words)


def _passage(passage: Passage, states: frozenset[str]) -> Iterator[Flag]:
    parts = {}
    for m in _FOR_PART.finditer(passage.text):
        if m["state"] in states:
            parts[m.start("poss")] = m["state"]
            yield _PART.on(passage, m.start("poss"), m.end("poss"), "its", state=m["state"])
    for word, state, alone in _antecedents(_words(passage, states)):
        if word.start not in parts and state not in _PEOPLE_TOO:
            rule = _NEAR if alone else _FAR
            yield rule.on(passage, word.start, word.end, _fix(passage, word), state=state)


def _prepare(tables: Tables) -> Finder:
    places = {
        row["suggestion"]
        for row in tables["exonyms"]
        if row["kind"] == "place" and row["suggestion"].isalpha()
    }
    states = frozenset(places | set(_MORE.split())) - {
        "Africa",
        "Asia",
        "America",
        "Rhine",
        "Danube",
        "Caucasus",
    }

    def find(bitext: Bitext) -> Iterator[Flag]:
        for passage in passages(bitext.target):
            yield from _passage(passage, states)

    return find


PLUGIN = Check(NAME, "agreement", "normal", "states and bodies called she or he", _prepare, ("exonyms",))
