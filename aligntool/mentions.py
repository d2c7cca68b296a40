"""Who is spoken of: states and bodies, people, and the pronouns that may stand for either."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Literal, NamedTuple

__all__ = ["BODIES", "Mention", "Names", "mentions", "people"]

Kind = Literal["state", "body", "person", "man", "pronoun"]

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
    "carrier|submarine|schooner|liner|tanker|goddess|god|lord|mr|mrs|ms|madam|sir|strongman|ruler|"
    "monarch|"
    "speaker|chairman|chairwoman|guest|neighbour|neighbor|interviewer|anchor|founder|owner|writer|reader"
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
BODIES = frozenset(
    str.split(
        "Moscow Beijing Washington Kremlin Brussels Kyiv Kiev Tehran Ankara Pyongyang Tokyo Seoul NATO EU "
        "UN BRICS Hamas "
        "Hezbollah ASEAN Europe Alliance Union Commission Parliament Council ECB IMF WTO OPEC Bundestag "
        "Senate Congress "
        "Pentagon Elysée Taipei Riyadh Doha Cairo Jerusalem Crimea Islamabad Delhi Hanoi Warsaw Prague "
        "Budapest Damascus "
        "Canada Pakistan Afghanistan Kenya Qatar Oman Mali Niger Angola Cuba Vietnam Laos Nepal Portugal "
        "Togo Ghana "
        "Nigeria Rwanda Burundi Uganda Sudan Gabon Benin Eritrea Somalia Djibouti Honduras Guatemala "
        "Nicaragua "
        "Panama Venezuela Ecuador Paraguay Uruguay Malta Monaco Kosovo Bangladesh Zimbabwe Botswana "
        "Mozambique "
        "Madagascar Lesotho Liberia Namibia Berlin Madrid Rome Vienna Kinshasa Kigali Dakar Abuja Nairobi "
        "Bamako "
        "Niamey Ouagadougou Tripoli Rabat Tunis Algiers Tbilisi Baku Yerevan Astana Tashkent Bucharest "
        "Sofia Oslo "
        "Stockholm Helsinki Copenhagen Lisbon Dublin Ottawa Canberra Caracas Havana Manila Jakarta Bangkok "
        "States Arabia Zealand Korea Leone Lanka Rica Salvador Guinea Emirates Faso Republic Ocean "
        "Bank Fed PLA CCP Gazprom Rosneft Huawei Pyongyang Baghdad Kabul Minsk Belgrade Athens"
    )
) - {"Bank", "Fed", "Council", "Alliance", "Union", "Commission", "Congress", "Senate"}
"""Capitals and bodies that are spoken of as powers, beside the places of a table."""

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

# what French calls “elle” or “lui” and English never he or she; a ship or a nation may be one
_BODY = (
    "country|region|city|army|company|organi[sz]ation|bank|commission|alliance|confederation|federation|"
    "government|"
    "administration|union|junta|agency|republic|capital|island|group|crisis|war|economy|industry|operation|"
    "treaty|"
    "committee|ministry|institution|institute|firm|newspaper|regime|movement|party|militia|coalition|"
    "delegation|"
    "parliament|court|association|foundation|corporation|refinery|factory|port|province|state|kingdom|"
    "embassy|"
    "authority|ngo|federation|conference|pipeline|currency|dollar|euro|rouble|ruble|yuan"
)
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
        "Throughout Without January February March April May June July August September October "
        "November December Monday Tuesday Wednesday Thursday Friday Saturday Sunday However Nobody Everyone "
        "Yet Once Especially Let United Saudi New South North East West Northern Southern Eastern Western "
        "Central"
    )
)


_PRONOUNS = frozenset(("she", "he", "herself", "himself", "his", "him", "her", "hers"))
_TOKEN = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:['’]s\b)?")
_PERSON_WORD = re.compile(rf"(?:{_PERSON})", re.IGNORECASE)  # one of them: a plural is no he or she
_BODY_WORD = re.compile(_BODY)
_NATIONAL = re.compile(r"\w+(?:ese|ian|ean|can|ish|sh|nch|man|eli|aqi|ani|rab|ern|ist)s?$")
_PARTICLE = "de|du|des|la|le|van|von|der|den|al|el|ben|bin|di|da|dos"
_FULL = re.compile(rf"[A-Z][\w’'-]+(?: (?:{_PARTICLE}))*(?: [A-Z][\w’'-]+)+")
_PLACED = re.compile(
    r"\b(?:the|in|near|since|from|at|to|of|around|outside|north|south|east|west)\b $", re.IGNORECASE
)
# a reporting clause in a quotation: the speaker is not who is spoken of
_REPORT = re.compile(
    r"[,?!] (?:[a-z]+s|[a-z]+ed|has fun|has)(?: up| out)? (?:the |an? |this )?(?:[a-z]+ ){0,4}"
    rf"(?:[A-Z][\w’'-]+(?: (?:{_PARTICLE}))*[ ,]?){{1,4}}(?:,? ?[^.;”“]{{0,90}})?"
    r"(?=[.;”])"
)
_ALWAYS = 80


class Mention(NamedTuple):
    """A word that speaks of somebody or something.

    Attributes:
        text: The word.
        start: Where it begins (code points of the passage).
        end: Where it ends.
        kind: ``state`` (by name), ``body`` (a noun), ``person``, ``man`` (known to be one), ``pronoun``.
    """

    text: str
    start: int
    end: int
    kind: Kind


class Names(NamedTuple):
    """What is known about names before a text is read, and from reading it.

    Attributes:
        states: Places and bodies that stand for powers.
        capitals: How often, in per cent, a word of English texts has a capital.
        people: Words of full names in the text.
    """

    states: AbstractSet[str]
    capitals: Mapping[str, int]
    people: AbstractSet[str]


def people(texts: Iterable[str], states: AbstractSet[str], capitals: Mapping[str, int]) -> frozenset[str]:
    """Words of the full names of people in a text: runs of names that are no places and no common words."""
    found = set()
    for text in texts:
        for m in _FULL.finditer(text):
            words = [word for word in re.split(r" ", m.group()) if word[0].isupper()]
            usual = (i for i, word in enumerate(words) if capitals.get(word.lower(), 100) >= _ALWAYS)
            bare = [re.sub(r"['’]s$", "", word) for word in words[next(usual, len(words)) :]]
            if len(bare) > 1 and all(_name(word, states, capitals) for word in bare):
                found.update(bare)
    return frozenset(found)


def _name(word: str, states: AbstractSet[str], capitals: Mapping[str, int]) -> bool:
    """Whether a word can be part of a person's name."""
    common = capitals.get(word.lower(), 100) < _ALWAYS
    return not common and word not in states and not word.isupper() and not _NATIONAL.match(word)


def mentions(text: str, names: Names) -> list[Mention]:
    """Everything a passage speaks of, in order; speakers named in reporting clauses are left out.

    Args:
        text: The passage.
        names: What is known about names.
    """
    speakers = [m.span() for m in _REPORT.finditer(text)]
    told = (m for m in _TOKEN.finditer(text) if not any(a <= m.start() < b for a, b in speakers))
    found = []
    for m in told:
        kind = _kind(text, m, names)
        if kind is not None:
            found.append(Mention(m.group(), m.start(), m.end(), kind))
    return found


def _kind(text: str, m: re.Match[str], names: Names) -> Kind | None:
    bare = re.sub(r"['’]s$", "", m.group())
    if bare.lower() in _PRONOUNS:
        return "pronoun"
    if bare in _MEN:
        return "man"
    if bare in names.people:
        return "person"
    if bare in names.states or ("-" in bare and any(part in names.states for part in bare.split("-"))):
        return "person" if bare in _PEOPLE_TOO else "state"
    if bare.islower():
        return "person" if _PERSON_WORD.fullmatch(bare) else "body" if _determined(text, m, bare) else None
    return _capital(text, m, bare, names)


def _determined(text: str, m: re.Match[str], bare: str) -> bool:
    return _BODY_WORD.fullmatch(bare) is not None and bool(
        re.search(
            r"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]heir|our) (?:\w+ )?$", text[max(0, m.start() - 20) : m.start()]
        )
    )


def _capital(text: str, m: re.Match[str], bare: str, names: Names) -> Kind | None:
    """A capitalised word that is no known place and no common word: a person for all we can tell."""
    if _PERSON_WORD.fullmatch(bare):
        return "person"
    if bare.isupper() or bare in _STARTERS or _NATIONAL.match(bare):
        return None
    if names.capitals.get(bare.lower(), 100) < _ALWAYS:
        return None
    placed = _PLACED.search(text[max(0, m.start() - 8) : m.start()])
    return None if placed else "person"
