"""The CTranslate2 engine on the starter package: fast, whole, in order, shared by threads."""

import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligntool import plugins
from aligntool.engines.ctranslate import PLUGIN, batches
from aligntool.errors import ModelError
from aligntool.translation import EngineOptions, render

SENTENCES = [
    "De boot ligt in de haven.",
    "Morgen is er geen trein.",
    "Wij hebben het nieuwe programma nog niet gelezen, maar dat doen we volgende week.",
    "Waarom?",
    "Het museum is op maandag gesloten.",
    "De prijs van een kaartje is 12,50 euro.",
    "Zij woont al tien jaar in een klein huis aan de rand van de stad.",
    "Ja.",
]


@pytest.fixture(scope="module")
def engine(starter_folder):
    return PLUGIN.open(starter_folder, EngineOptions())


def test_the_plug_in_is_found_by_its_name():
    assert plugins.load("engines", "ctranslate") is PLUGIN
    assert PLUGIN.name in plugins.names("engines")


def test_it_says_what_reproduces_its_output(engine, starter_folder):
    assert (engine.source, engine.target) == ("nl", "en")
    for part in (starter_folder.name, "sha256=", "beam=4", "limit=80", "ct2="):
        assert part in engine.signature
    other = PLUGIN.open(starter_folder, EngineOptions(beam=2))
    assert other.signature != engine.signature


def test_outputs_come_back_in_the_order_of_the_inputs_whatever_the_batches(starter_folder, engine):
    together = engine.decode(SENTENCES)
    assert together == [engine.decode([sentence])[0] for sentence in SENTENCES]
    tiny = PLUGIN.open(starter_folder, EngineOptions(batch_tokens=1, threads=1))
    assert tiny.decode(SENTENCES) == together
    assert engine.decode(SENTENCES[::-1]) == together[::-1]


def test_nothing_is_decoded_for_nothing(engine):
    assert engine.decode([]) == []


def test_the_first_hypothesis_is_the_translation_and_the_others_differ(engine):
    assert engine.hypotheses([]) == []
    held = engine.hypotheses(SENTENCES)
    assert [one[0] for one in held] == engine.decode(SENTENCES)
    assert all(len(one) == EngineOptions().beam for one in held)
    assert any(len(set(one)) > 1 for one in held)
    wide = engine.hypotheses(SENTENCES, wide=True)
    assert all(len(one) == 2 * EngineOptions().beam for one in wide)


def test_a_higher_attempt_decodes_differently(engine):
    texts = ["heel heel heel heel heel veel water water water water", "water " * 12, "de kat " * 6 + "zat"]
    assert len({tuple(engine.decode(texts, attempt)) for attempt in (0, 1, 2)}) == 3


def test_threads_share_one_engine_and_get_their_own_answers(engine):
    alone = engine.decode(SENTENCES)
    jobs = [SENTENCES[i:] + SENTENCES[:i] for i in range(len(SENTENCES))]
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(engine.decode, jobs))
    assert results == [alone[i:] + alone[:i] for i in range(len(SENTENCES))]


def test_threads_may_meet_a_cold_engine(starter_folder):
    cold = PLUGIN.open(starter_folder, EngineOptions(threads=2))
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(cold.decode, [SENTENCES[:1], SENTENCES, SENTENCES[:1], SENTENCES]))
    assert results[0] == results[2] == results[1][:1]
    assert results[1] == results[3]


def test_a_long_sentence_is_translated_to_its_end(engine):
    text = ", ".join(f"kamer {number} is vrij" for number in range(101, 131))
    assert engine.count(text) > 2 * engine.limit
    made = render([text], engine)[0]
    assert all(str(number) in made for number in range(101, 131))


def test_a_text_longer_than_the_model_has_places_for_is_an_error_not_a_shorter_text(engine):
    with pytest.raises(ModelError, match="positions"):
        engine.decode(["kamer " * 3000])


def test_the_limit_is_the_packages_own_unless_the_user_names_one(starter_folder, tmp_path):
    own = _copy(starter_folder, tmp_path / "own", aligntool_limit=40)
    assert PLUGIN.open(own, EngineOptions()).limit == 40
    assert PLUGIN.open(own, EngineOptions(limit=30)).limit == 30


def test_an_underscore_stays_an_underscore(engine):
    assert "a_b_c" in render(["Het bestand a_b_c staat op www.voorbeeld.nl/a_b_c"], engine)[0]


def test_count_grows_with_the_text(engine):
    assert 0 < engine.count("Ja.") < engine.count(SENTENCES[2])
    assert engine.count("") == 0


def test_translating_loads_no_torch_no_splitter_and_nothing_that_phones_home(starter_folder):
    script = (
        "import sys; from pathlib import Path; from aligntool.engines.ctranslate import PLUGIN; "
        "from aligntool.translation import EngineOptions; "
        "PLUGIN.open(Path(sys.argv[1]), EngineOptions()).decode(['Ja.', 'Nee.']); "
        "names = ('torch', 'spacy', 'stanza', 'minisbd', 'onnxruntime', 'argostranslate', 'urllib.request'); "
        "print([name for name in names if name in sys.modules])"
    )
    result = subprocess.run(
        [sys.executable, "-c", script, starter_folder], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "[]"


@given(st.lists(st.integers(0, 700)), st.integers(1, 600))
def test_batches_hold_every_item_once_longest_first_and_within_the_room(sizes, room):
    groups = list(batches(sizes, room))
    assert sorted(index for group in groups for index in group) == list(range(len(sizes)))
    assert all(len(group) == 1 or sizes[group[0]] * len(group) <= room for group in groups)
    longest = [sizes[index] for group in groups for index in group]
    assert longest == sorted(longest, reverse=True)


def _copy(folder: Path, to: Path, **changes: object) -> Path:
    """A copy of a package with other metadata."""
    shutil.copytree(folder, to)
    metadata = json.loads((to / "metadata.json").read_text()) | changes
    (to / "metadata.json").write_text(json.dumps(metadata))
    return to


def test_a_target_prefix_is_forced_and_taken_off_again(starter_folder, engine, tmp_path):
    prefixed = PLUGIN.open(
        _copy(starter_folder, tmp_path / "prefixed", target_prefix="▁The"), EngineOptions()
    )
    plain, forced = engine.decode(["Een huis."])[0], prefixed.decode(["Een huis."])[0]
    assert not forced.startswith("The")
    assert forced != plain


def test_byte_pair_packages_are_read_as_argostranslate_reads_them(starter_folder, tmp_path):
    bpe = _copy(starter_folder, tmp_path / "bpe")
    (bpe / "sentencepiece.model").unlink()
    (bpe / "bpe.model").write_text("#version: 0.2\nh u\nhu i\nhui s</w>\nd e</w>\n", encoding="utf-8")
    engine = PLUGIN.open(bpe, EngineOptions())
    assert engine.count("de huis") == 2
    assert engine.count("de huizen.") == 6  # de hui@@ z@@ e@@ n .
    assert isinstance(engine.decode(["de huis"])[0], str)


@pytest.mark.parametrize("missing", ["metadata.json", "sentencepiece.model", "model/model.bin"])
def test_a_package_that_lacks_a_part_is_refused_when_it_is_opened(starter_folder, tmp_path, missing):
    broken = _copy(starter_folder, tmp_path / "broken")
    (broken / missing).unlink()
    with pytest.raises(ModelError, match="broken"):
        PLUGIN.open(broken, EngineOptions())


@pytest.mark.parametrize("part", ["sentencepiece.model", "model/model.bin"])
def test_a_package_with_rubbish_in_it_is_an_error_that_names_it(starter_folder, tmp_path, part):
    broken = _copy(starter_folder, tmp_path / "broken")
    (broken / part).write_bytes(b"rubbish" * 100)
    with pytest.raises(ModelError, match="broken"):
        PLUGIN.open(broken, EngineOptions()).decode(["Ja."])
