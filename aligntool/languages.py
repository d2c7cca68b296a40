"""Languages as tables: tags and names, scripts, quotation marks, abbreviations, sentence openers."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

from aligntool.errors import InputError
from aligntool.prefixes import prefixes

__all__ = ["CLOSERS", "NAMES", "OPENERS", "Kind", "Lexicon", "lexicon", "name", "quotes", "script", "tag"]

_NAMES = """
af Afrikaans, am Amharic, ar Arabic, as Assamese, az Azerbaijani, be Belarusian, bg Bulgarian, bn Bengali, bo
Tibetan, bs Bosnian, ca Catalan, cs Czech, cy Welsh, da Danish, de German, el Greek, en English, eo Esperanto,
es Spanish, et Estonian, eu Basque, fa Persian, fi Finnish, fo Faroese, fr French, fy Frisian, ga Irish, gd
Gaelic, gl Galician, gu Gujarati, ha Hausa, he Hebrew, hi Hindi, hr Croatian, hu Hungarian, hy Armenian, id
Indonesian, is Icelandic, it Italian, ja Japanese, ka Georgian, kk Kazakh, km Khmer, kn Kannada, ko Korean, ku
Kurdish, ky Kyrgyz, la Latin, lb Luxembourgish, lo Lao, lt Lithuanian, lv Latvian, mk Macedonian, ml
Malayalam, mn Mongolian, mni Manipuri, mr Marathi, ms Malay, mt Maltese, my Burmese, nb Norwegian, ne Nepali,
nl Dutch, nn Nynorsk, or Odia, pa Punjabi, pl Polish, ps Pashto, pt Portuguese, ro Romanian, ru Russian, sa
Sanskrit, sd Sindhi, si Sinhala, sk Slovak, sl Slovenian, so Somali, sq Albanian, sr Serbian, sv Swedish, sw
Swahili, ta Tamil, tdt Tetum, te Telugu, tg Tajik, th Thai, ti Tigrinya, tk Turkmen, tl Tagalog, tr Turkish,
uk Ukrainian, ur Urdu, uz Uzbek, vi Vietnamese, xh Xhosa, yi Yiddish, yo Yoruba, yue Cantonese, zh Chinese, zu
Zulu, und undetermined
"""
NAMES = dict(pair.split(None, 1) for pair in " ".join(_NAMES.split()).split(","))
"""English names by BCP 47 primary language subtag."""

# ISO 639-2 and 639-3, retired and regional codes that tools still write.
_CODES = """
no=nb nor=nb nob=nb nno=nn iw=he in=id ji=yi mo=ro sh=sr fil=tl cmn=zh arb=ar pes=fa zsm=ms ekk=et lvs=lv
afr=af ara=ar bul=bg ben=bn bos=bs cat=ca ces=cs cze=cs cym=cy dan=da deu=de ger=de ell=el gre=el eng=en
epo=eo spa=es est=et eus=eu fas=fa per=fa fin=fi fra=fr fre=fr gle=ga glg=gl guj=gu heb=he hin=hi hrv=hr
hun=hu hye=hy ind=id isl=is ice=is ita=it jpn=ja kat=ka kaz=kk kor=ko lit=lt lav=lv mkd=mk mal=ml mar=mr
msa=ms nld=nl dut=nl pan=pa pol=pl por=pt ron=ro rum=ro rus=ru slk=sk slv=sl som=so sqi=sq srp=sr swe=sv
swa=sw tam=ta tel=te tha=th tgl=tl tur=tr ukr=uk urd=ur vie=vi zho=zh chi=zh zt=zh pb=pt
"""
_ALIASES = {
    **{label.lower(): code for code, label in NAMES.items()},
    **dict(pair.split("=") for pair in _CODES.split()),
}


def tag(code: str) -> str:
    """The BCP 47 primary subtag for a code or an English name: ``zh-cn`` is zh, ``no`` nb, ``Dutch`` nl.

    Raises:
        InputError: Nothing of that name is known.
    """
    key = code.strip().lower().replace("_", "-")
    for candidate in (key, key.partition("-")[0]):
        found = candidate if candidate in NAMES else _ALIASES.get(candidate)
        if found:
            return found
    raise InputError(f"unknown language: {code}", "give a two-letter code such as nl, fr or en")


def name(lang: str) -> str:
    """English name of a tag; the tag itself where there is none."""
    return NAMES.get(lang, lang)


# First and last code point of Unicode blocks in hexadecimal, ISO 15924 code.
_BLOCKS = """
41-24F=Latn 250-2AF=Latn 370-3FF=Grek 400-52F=Cyrl 530-58F=Armn 590-5FF=Hebr 600-6FF=Arab 750-77F=Arab
8A0-8FF=Arab 900-97F=Deva 980-9FF=Beng A00-A7F=Guru A80-AFF=Gujr B00-B7F=Orya B80-BFF=Taml C00-C7F=Telu
C80-CFF=Knda D00-D7F=Mlym D80-DFF=Sinh E00-E7F=Thai E80-EFF=Laoo F00-FFF=Tibt 1000-109F=Mymr 10A0-10FF=Geor
1100-11FF=Hang 1200-139F=Ethi 1780-17FF=Khmr 1C90-1CBF=Geor 1E00-1EFF=Latn 1F00-1FFF=Grek 3040-30FF=Kana
3130-318F=Hang 3400-4DBF=Hani 4E00-9FFF=Hani AC00-D7AF=Hang F900-FAFF=Hani FB50-FDFF=Arab FE70-FEFC=Arab
FF66-FF9F=Kana 20000-323AF=Hani
"""
_STARTS = [int(block.split("-")[0], 16) for block in _BLOCKS.split()]
_ENDS = [int(block[:-5].split("-")[1], 16) for block in _BLOCKS.split()]
_SCRIPTS = [block[-4:] for block in _BLOCKS.split()]


def script(char: str) -> str:
    """ISO 15924 code of one character's script by Unicode block; ``Zyyy`` where blocks do not tell."""
    point = ord(char)
    at = bisect_right(_STARTS, point) - 1
    return _SCRIPTS[at] if at >= 0 and point <= _ENDS[at] else "Zyyy"


_QUOTES = """
“”‘’ en nl pt tr ga cy hi id ms th vi af fy mt sw tl ko zh es it
„“‚‘ de cs sk sl bg is lt et lb ka sr hr mk sq
«»‹› fr el ru uk be hy nb nn fa ar am kk ky eu ca lv
„”«» pl ro hu
””’’ sv fi
»«›‹ da
「」『』 ja yue
"""


def quotes(lang: str) -> str:
    """Four characters: the usual outer opening and closing quotation marks, then the inner pair."""
    rows = (line.split(" ") for line in _QUOTES.strip().splitlines())
    return next((row[0] for row in rows if lang in row[1:]), "“”‘’")


CLOSERS = "\"”»’‘«‹')]}“›*_」』】）》〉＂＇"
"""What may follow a stop and still belongs to the sentence ('“' closes German quotations, '«' Danish)."""

OPENERS = "\"“„‟«‹‘‚'’‛([{¿¡–—-»”›*_>•·「『【（《〈＂＇"
"""What may precede a sentence's first word ('”' and '»' open Swedish and Finnish quotations)."""

Kind = Literal["plain", "digits", "ends", "never"]  # a word under two kinds keeps the later one

# Language, kind, words; "any" serves languages that have no rows.
_TABLE = """
en never Mr Mrs Ms Messrs Dr Drs Prof Fr Hon Pres Gov Lt Sgt Cpl Capt Cmdr Col Maj Gen Brig Adm Sen Sens Rep
en never Reps Atty Amb Asst Assoc Dir Insp Supt Mgr Msgr St Ste Mt Ft Pte mr mrs dr prof vs v viz cf e.g
en never i.e approx ca
en ends Inc Ltd Co Corp Bros Plc Jr Sr Esq Ph.D M.D B.A M.A D.C U.S U.K U.N U.S.A U.S.S.R E.U a.m p.m A.M P.M
en ends B.C A.D B.C.E C.E al ibid Ave Blvd Rd Dept Univ est Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec
en ends Rs
en digits No Nos Art p pp vol vols fig figs ch sec par para pt eds
en plain etc Con Res Ord Op Adj Adv MS ms
en starters The This That These Those She It Its They We But And However In On At For From When While After
en starters Before As If There Then Their Our My Some Many Most Since Although Because Despite During
en starters Meanwhile Moreover Nor What Who How Why Where To With By Under Each Every Both Not Such It's
en starters That's There's They're Is Was Are Were Now He You I An
nl never a.u.b aanw a.h.w afb afd afz b.v c.q dhr drs mw mevr dr prof ir ing mr mgr st d.d d.i d.m.v excl
nl never incl geb gebr gen i.c i.h.b kap kapt kol lt luit m.n n.a.v o.a o.b.v o.i o.l.v o.m o.t.t o.v.v p/a
nl never plm pres red resp secr s.v.p t.a.v t.b.v t.g.v t.n.v t.o.v t.w.v v.d vb v.h vgl voorm vnl vs w.o zgn
nl never z.g z.o.z zg m.u.v i.t.t o.g i.o i.r.t evt bijz burg min.-pres ds jhr cf Mrs Ms
nl ends jl ll e.a e.d e.v m.m v.Chr n.Chr Chr N.V B.V V.S V.N E.U U.S p.p Co Inc Ltd jr sr jan feb mrt apr jun
nl ends jul aug sep sept okt nov dec mln mld mrd a.s c.s p.j p.w p.m max min
nl digits art bijl blz p pag fig hfst nr nrs no tab par lid dl tel
nl plain enz etc
nl starters De Het Een Dit Dat Deze Die Er Hij Zij Ze Wij We Ik Maar En Ook Toch Want Dus In Op Aan Bij Voor
nl starters Na Om Met Van Uit Door Over Onder Tijdens Volgens Toen Als Wanneer Omdat Hoewel Daar Daarom Hier
nl starters Nu Wat Wie Hoe Waarom Is Was Zijn Haar Hun Sinds Al Veel Zo Vervolgens Bovendien Inmiddels Alleen
nl starters Geen Niet
fr never M MM Mme Mmes Mlle Mlles Mgr Me Dr Drs Pr Prof St Ste Sts Gal Gén Cdt Cne Col Lt Adj boul bvd
fr never c.-à-d càd cf i.e id p.ex réf sq tél vs resp Amb Mr Mrs Ms
fr ends J.-C av apr éd coll S.A S.A.R.L U.S E.U É.-U O.N.U U.E Inc Ltd Co Cie Jr Sr janv févr avr juil sept
fr ends oct nov déc hab env suiv al ann auj sup inf cit ibid ex min max Cap
fr digits art chap fig vol p pp n no nos tab pl t liv ch
fr plain etc ms fr dir lib vb sec sing
fr starters Le La Les Un Une Des Ce Cet Cette Ces Il Elle Ils Elles On Nous Vous Je Mais Et Or Donc Car Dans
fr starters En Sur Pour Par Avec Sans Depuis Pendant Après Avant Selon Quand Lorsque Si Comme Aussi Cependant
fr starters Pourtant Ainsi Alors À Au Aux L' C' D' J' Qu' S' N' Son Sa Ses Leur Leurs Que Qui Tout Tous Plus
fr starters Puis De Du Ceci Cela Ici
de never Dr Prof Hr Hrn Fr Frl St Ing Dipl Mag Bgm Abg allg bes betr bez bzw bspw ggf geb gest hl Hl i.d.R
de never inkl exkl insb jew lt m.a.W mind od s.o s.u sog u.a vgl vorl wg z.B z.T z.Z zzgl d.h evtl
de never Tel dt frz engl amerik chin russ i.e u.U v.a Hptm Oberstlt Min.-Präs
de ends Str Co Ltd Inc Jr Sr Mio Mrd Chr v.Chr n.Chr Jh Jhd Jhdt Std Min Sek e.V a.D a.M i.V U.S E.U o.ä u.ä
de ends dgl u.dgl jun sen Jan Jän Feb Febr Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez ff f Tsd Gen Abt max min
de digits Art Abb Abs Bd Bde Kap Nr Nrn No Nos Anm S Tab Ziff ca lfd pp p Rn
de plain usw etc usf SA BSE Ord Op Con Rep Res Adj Adv MM
de starters Der Die Das Ein Eine Einer Einem Einen Dies Diese Dieser Dieses Es Er Sie Wir Ich Ihr Aber Und
de starters Auch Doch Denn In Im Am An Auf Bei Für Nach Vor Mit Von Zu Zum Zur Aus Durch Über Unter Während
de starters Laut Als Wenn Weil Obwohl Da Dort Hier Nun Jetzt Was Wer Wie Warum Seit Seine Ihre Sein Dabei Dann
de starters Danach Damit Dennoch Allerdings Zudem Außerdem Deshalb So Nur Nicht Kein Keine Viele Man Ist Hat
de starters Den Dem Des
es never Sr Sra Sres Sras Srta D Dña Dn Da Dr Dra Dres Prof Profa Gral Cnel Cap Cmdte Tte Sgto Alm Mons Fr
es never Pbro Excmo Excma Ilmo Ilma Hno Lic Ing Arq Sto Sta S.M S.A.R vs cf p.ej ej vid aprox Ud Uds
es never Vd Vds Av Avda Apdo Pza Ntra St Mr Mrs Ms
es ends EE.UU EEUU S.A S.L S.A.U a.C d.C a.J.C d.J.C J.C Cía Inc Ltd Co Jr a.m p.m dcha izda ene feb abr jun
es ends jul ago sep sept oct nov dic U.S O.N.U CC.AA FF.AA RR.HH JJ.OO admón U.E máx mín min EE
es digits art arts cap fig núm n p pp pág págs vol t tel teléf ap
es plain etc cm km kg gr grs mg mm ptas doc let fil
es starters El La Los Las Un Una Este Esta Estos Estas Ese Esa Esto Eso Él Ella Ellos Pero Y O En Para Por Con
es starters Sin Desde Durante Después Antes Según Cuando Si Como También Sin Aunque Mientras Su Sus Al Lo Se
es starters No Hay Qué Quién Muchos
it never Sig Sigg Sig.ra Sig.na Dott Dott.ssa Dr Prof Prof.ssa Avv Ing Arch Geom Rag On Sen Gen Col Cap Ten
it never Magg Mons Card S.E S.S fam cfr p.es egr gent spett vs c.d cosid rif tel es St
it ends S.p.A S.r.l a.C d.C Inc Ltd Co U.S U.E O.N.U U.S.A genn febbr ott nov dic a.m p.m max min
it digits art artt cap fig n nn no p pp pag pagg vol tab ed sec
it plain ecc post int acc corr all banc ric Con Res Ord Op Adj Adv
it starters Il Lo La I Gli Le Un Una Uno Questo Questa Questi Quello Ma E Anche In Per Con Da Dal Dalla Su Nel
it starters Nella Dopo Prima Secondo Quando Se Come Mentre Poi Non Si È Sono Che Chi Al Alla L' Un' C' Tutti
it starters Molti
pt never Sr Sra Srs Sras Srta D Dr Dra Drs Prof Profa Eng Enga Arq Gen Cel Maj Cap Ten Sgt Alm Exmo Exma Ilmo
pt never V.Exa Pe Fr Sto Sta Av p.ex vs cf aprox tel St Dep
pt ends S.A Ltda Cia Inc Ltd Jr a.C d.C E.U.A U.S U.E O.N.U jan fev abr jun jul ago nov dez a.m p.m máx mín
pt digits art arts cap fig n núm p pp pág págs vol t séc ed
pt plain etc ms con cit corp col
pt starters O A Os As Um Uma Este Esta Esse Essa Isso Isto Ele Ela Eles Mas E Em No Na Nos Nas Para Por Com
pt starters Sem Desde Durante Depois Antes Segundo Quando Se Como Também Embora Enquanto Seu Sua Ao Não Há Que
pt starters Quem Muitos
pl never dr prof mgr inż hab gen płk ppłk mjr kpt por ks bp abp kard św bł śp zob np tzn tzw tj m.in ds pn ul
pl never al os wg red
pl ends r w n.e p.n.e mln mld tys zł gr godz km S.A z.o.o im ok min max
pl digits nr art ust pkt poz str s rozdz t tab rys
pl plain itd itp id in em
pl starters W Na Po Do Z Za Nie To Ten Ta Te Jest Był Ale I A O Od Przez Przed Dla Jak Gdy Kiedy Jeśli Oraz
pl starters Jednak Tak
ru never г-н г-жа ул пр просп пл св гл акад проф доц ген полк т.е т.к напр т.н и.о
ru ends г гг в вв н.э руб тыс млн млрд др пр долл чел кв км обл р л мин
ru ends им лиц тех хор пос ок см ср
ru digits стр с рис табл п пп ч ст кн т
ru plain т.д т.п
ru starters В На По Из За Не Это Этот Эта Он Она Они Мы Но И А О От До Для Как Когда Если С К При Также Однако
ru starters Так У
sv never t.ex bl.a d.v.s dvs s.k t.o.m fr.o.m resp ca dr prof st kungl hr fr jfr ang inkl exkl tf ev f.d
sv ends kr milj mdr f.Kr e.Kr m.m m.fl o.d AB jan feb apr jun jul aug sept okt nov dec tom
sv digits s sid nr kap bd fig tab kl
sv plain osv etc mag fil prop
sv starters Den Det De Detta Han Hon Vi Jag Men Och I På Av För Från Med När Om Efter Under Som Till En Ett Så
sv starters Där Här
da never bl.a f.eks fx dvs d.v.s ca dr prof hr fr frk kgl jf vedr ang evt inkl ekskl iflg mht pga ifm ift afd
da never cand mag st
da ends kr mio mia f.Kr e.Kr m.m m.fl o.lign jan feb apr jun jul aug sept okt nov dec
da digits s nr kap kl art stk tlf
da plain osv etc
da starters Den Det De Dette Han Hun Vi Jeg Men Og I På Af For Fra Med Når Om Efter Under Som Til En Et Så Der
da starters Her
nb never bl.a f.eks dvs d.v.s ca dr prof hr fr frk jf jfr vedr ang evt inkl ekskl iflg mht pga ift st hhv
nb ends kr mill mrd f.Kr e.Kr m.m m.fl o.l jan feb apr jun jul aug sept okt nov des
nb digits s nr kap kl art pkt tlf
nb plain osv etc
nb starters Den Det De Dette Han Hun Vi Jeg Men Og I På Av For Fra Med Når Om Etter Under Som Til En Et Så Der
nb starters Her
uk never вул пл просп ім проф акад ген св див напр т.зв
uk ends м р рр ст н.е грн тис млн млрд ін обл
uk digits с стор п рис табл
uk plain т.д т.п
uk starters У В На По З За Не Це Цей Ця Він Вона Вони Ми Але І А О Від До Для Як Коли Якщо Також Однак Так
bg never г-н г-жа проф доц акад д-р инж ген полк ул бул пл св т.нар т.е напр
bg ends г в н.е лв хил млн млрд др
bg digits с стр чл ал т рис
bg plain т.н
hr never dr mr prof ing dipl gosp gđa sv npr tj tzv ul bl др проф нпр тј тзв ул
hr ends god st n.e kn mil mlrd год
hr digits br str čl t бр стр чл
hr plain itd итд
tr never Dr Prof Doç Av Sn Alb Gen Org Müh örn bkz Cad Sok Mah
tr ends A.Ş T.C M.Ö M.S
tr digits s No
tr plain vb vs
any never Mr Mrs Ms Dr Prof St Gen Col Lt Capt Rev M Mme Mlle vs e.g i.e cf ca
any ends Jr Sr Inc Ltd Co U.S a.m p.m
any digits No Nr nr p pp art fig vol
"""
_PARTICLES = "De Den Du Di Da Do Dos Das Le La L' Les Los Las El Al Van Von Ter Ten I A O Y E He"
_ORDINALS = "de da nb nn fi fo cs sk pl hu sl hr sr bs et lv lt is lb tr eu"
_NEAREST = "nn=nb fo=da uk=ru bg=ru mk=bg be=ru sr=hr bs=hr af=nl fy=nl lb=de gl=pt"
_MOSES = """
as bn ca cs de el en es et fi fr ga gu hi hu is it kn lt lv ml mni mr nl or pa pl pt ro ru sk sl sv ta tdt te
yue zh da=sv nb=sv nn=sv fo=is uk=ru bg=ru mk=ru be=ru hr=sl sr=sl bs=sl af=nl fy=nl lb=de gl=pt
"""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the sentence splitter knows about a language.

    Attributes:
        kinds: Abbreviations without their last stop, to what a stop after them means: ``never`` a sentence
            end, ``ends`` one only before a starter, not one before ``digits``, or a ``plain`` word after all.
        starters: Capitalised words that open sentences and hardly ever continue a name.
        after_initial: Starters that cannot continue an initial (not the De of ``A. De Vries``).
        ordinals: Whether ``3.`` before a capital is an ordinal.
    """

    kinds: dict[str, Kind]
    starters: frozenset[str]
    after_initial: frozenset[str]
    ordinals: bool


def _moses(lang: str) -> Iterator[tuple[str, Kind]]:
    """The Moses toolkit's prefixes as sacremoses ships them, their marker turned into a kind."""
    for line in prefixes(lang):
        prefix, _, marker = line.partition("#")
        entry = "".join(prefix.split()).rstrip(".")
        if len(entry) > 1 and not entry[0].isdigit() and set(entry) - set("IVXLivxlXв"):
            yield entry, "digits" if marker else "never"


def _mapping(text: str) -> dict[str, str]:
    """``da=sv nl`` to ``{"da": "sv", "nl": "nl"}``."""
    return {key: value or key for key, _, value in (pair.partition("=") for pair in text.split())}


@cache
def lexicon(lang: str) -> Lexicon:
    """Abbreviations and starters of a language: Moses' lists and our own, or its nearest relative's."""
    rows = [line.split(" ") for line in _TABLE.strip().splitlines()]
    known = {row[0] for row in rows}
    own = next(name for name in (lang, _mapping(_NEAREST).get(lang), "any") if name in known)
    moses = _mapping(_MOSES).get(lang)
    kinds: dict[str, Kind] = dict(_moses(moses)) if moses else {}
    for kind in get_args(Kind):
        kinds.update((word, kind) for row in rows if row[:2] == [own, kind] for word in row[2:])
    starters = {word for row in rows if row[:2] == [own, "starters"] for word in row[2:]}
    capitalised = {entry[0].upper() + entry[1:]: kind for entry, kind in kinds.items() if len(entry) > 1}
    return Lexicon(
        kinds={**capitalised, **kinds},
        starters=frozenset(starters),
        after_initial=frozenset(starters - set(_PARTICLES.split())),
        ordinals=lang in _ORDINALS.split(),
    )
