"""Training runs: going on where one stopped, stopping at any moment, a toy run from files to translations."""

import hashlib
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import zipfile

import pytest
import torch
from click.testing import CliRunner

from aligntool import plugins
from aligntool.cli.train import command
from aligntool.errors import InputError
from aligntool.train.checkpoints import average, read_checkpoint, write_atomically
from aligntool.train.model import Shape, Transformer
from aligntool.train.recipe import Recipe, read_recipe
from aligntool.train.schedule import Schedule
from aligntool.train.settings import Settings
from aligntool.train.shards import Examples
from aligntool.train.trainer import Trainer
from aligntool.train.transfer import read_package
from aligntool.train.vocabulary import TAG, Vocabulary
from aligntool.translation import EngineOptions

RECIPE = """
[network]
width = 64
inner = 128
heads = 2
encoder = 2
decoder = 1
[schedule]
peak = 6e-3
warmup = 30
steps = 130
cooldown = 0.3
[training]
tokens = 600
[mixture]
pieces = 160
"""


@pytest.fixture(autouse=True)
def one_thread():
    before = torch.get_num_threads()
    torch.set_num_threads(1)  # threads that wait for each other on busy cores are many times slower than one
    yield
    torch.set_num_threads(before)


def examples(count=120):
    numbers = random.Random(4)  # noqa: S311 - an example, no secret
    rows = [[numbers.randrange(3, 20) for _ in range(numbers.randrange(1, 7))] for _ in range(count)]
    return Examples.of(rows, [row[::-1] for row in rows], [1.0] * count)


def trainer(folder, steps=0, dropout=0.1, pieces=20, sampled=0, **schedule):
    torch.manual_seed(7)
    model = Transformer(
        Shape(pieces, width=16, inner=32, heads=2, encoder=1, decoder=1, dropout=dropout), rows=16
    )
    plan = Schedule(peak=1e-2, warmup=4, steps=steps, **schedule)
    settings = Settings(schedule=plan, tokens=60, device="cpu", every=1000.0, sampled=sampled)
    data = examples()
    return Trainer(model, (data, data), folder, settings, say=lambda _: None)


def losses(run, count):
    return [run.step()[0] for _ in range(count)]


@pytest.mark.parametrize("more", [{}, {"pieces": 1_400, "sampled": 64}], ids=["exact", "sampled"])
def test_a_resumed_run_has_the_losses_it_would_have_had(tmp_path, more):
    whole = losses(trainer(tmp_path / "whole", **more), 40)
    first = trainer(tmp_path / "cut", **more)
    before = losses(first, 17)
    first.save()
    second = trainer(tmp_path / "cut", **more)
    second.resume()
    assert before + losses(second, 23) == whole  # 40 steps are more than one pass: the next one is found, too


@pytest.mark.parametrize("more", [{}, {"pieces": 1_400, "sampled": 64}], ids=["exact", "sampled"])
def test_a_run_learns(tmp_path, more):
    run = trainer(tmp_path, steps=60, dropout=0.0, **more)
    before = run.validate()
    run.run()
    assert run.validate() < 0.9 * before


def test_a_run_after_its_budget_goes_on_from_before_the_cool_down(tmp_path):
    trainer(tmp_path, steps=20, cooldown=0.5).run()
    assert read_checkpoint(tmp_path / "last.pt")["progress"]["finished"]
    again = trainer(tmp_path, steps=20, cooldown=0.5)
    again.resume()
    assert (again.progress.step, again.progress.leg_step) == (10, 0)


def test_a_finished_run_can_be_packed_without_training(tmp_path):
    run = trainer(tmp_path, steps=12)
    assert not run.finished()
    run.run()
    again = trainer(tmp_path, steps=12)
    assert again.finished()
    assert torch.equal(again.model.embedding.weight, run.model.embedding.weight)


def test_a_checkpoint_of_another_network_is_refused(tmp_path):
    trainer(tmp_path).save()
    with pytest.raises(InputError, match="another shape"):
        trainer(tmp_path, dropout=0.5).resume()


def test_a_broken_or_missing_checkpoint_is_an_error_of_the_user(tmp_path):
    (tmp_path / "last.pt").write_bytes(b"torn")
    with pytest.raises(InputError, match="no usable checkpoint"):
        trainer(tmp_path).resume()
    with pytest.raises(InputError, match="no usable checkpoint"):
        read_checkpoint(tmp_path / "none.pt")


def test_a_failed_write_leaves_the_old_checkpoint(tmp_path):
    path = tmp_path / "last.pt"
    write_atomically({"model": {"a": torch.ones(2)}}, path)
    with pytest.raises(Exception, match="pickle"):
        write_atomically({"model": lambda: None}, path)
    assert read_checkpoint(path)["model"]["a"].tolist() == [1.0, 1.0]


def test_averaging_is_the_mean_of_the_weights(tmp_path):
    for name, value in (("a", 1.0), ("b", 3.0)):
        write_atomically({"model": {"w": torch.full((2,), value)}}, tmp_path / name)
    assert average([tmp_path / "a", tmp_path / "b"])["w"].tolist() == [2.0, 2.0]


def test_the_rate_warms_up_stays_and_comes_down():
    plan = Schedule(peak=1.0, warmup=10, steps=100, cooldown=0.2)
    rates = [plan.rate(step, plan.spent(step, 0.0)) for step in range(1, 101)]
    assert rates[0] == 0.1
    assert rates[9:79] == [1.0] * 70
    assert rates[79:] == sorted(rates[79:], reverse=True)
    assert rates[-1] == pytest.approx(0.0)
    assert Schedule(peak=1.0, warmup=4, decay="rsqrt").rate(16, 0.0) == 0.5


def test_a_budget_may_be_steps_or_minutes_or_none():
    assert Schedule(minutes=2.0).spent(5, 60.0) == 0.5
    assert Schedule(steps=10, minutes=2.0).spent(8, 60.0) == 0.8
    assert Schedule().spent(5, 60.0) == 0.0


def test_a_recipe_is_read_and_options_go_over_it(tmp_path):
    path = tmp_path / "r.toml"
    path.write_text(RECIPE, encoding="utf-8")
    recipe = read_recipe(path)
    assert (recipe.network["width"], recipe.mixture.pieces, recipe.settings.tokens) == (64, 160, 600)
    changed = recipe.with_options(minutes=5.0, steps=None, tokens=90, device=None)
    assert (changed.settings.schedule.minutes, changed.settings.schedule.steps) == (5.0, 0)
    assert (changed.settings.tokens, changed.settings.schedule.peak) == (90, 6e-3)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("[network]\nwidht = 3\n", "widht"),
        ("[nets]\n", "nets"),
        ("width 3", "cannot be read"),
        ("network = 3", "network"),
    ],
)
def test_a_recipe_with_a_slip_is_refused(tmp_path, text, fault):
    path = tmp_path / "r.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=fault):
        read_recipe(path)


def test_the_recipes_that_come_along_can_be_read(root):
    paths = sorted((root / "aligntool" / "train" / "recipes").glob("*.toml"))
    assert paths
    for path in paths:
        assert isinstance(read_recipe(path), Recipe)


SUBJECTS = {"de man": "the man", "de vrouw": "the woman", "het kind": "the child", "een hond": "a dog"}
VERBS = {
    "ziet": "sees",
    "koopt": "buys",
    "zoekt": "seeks",
    "verkoopt": "sells",
    "kent": "knows",
    "wil": "wants",
}
OBJECTS = {"een huis": "a house", "de auto": "the car", "het boek": "the book", "een fiets": "a bicycle"}
ENDS = {"": "", " vandaag": " today", " morgen": " tomorrow", " in de stad": " in the city"}


def toy():
    """Every sentence of a tiny language and its translation, shuffled: 1,536 pairs."""
    starts = {"": "", "nu ": "now ", "soms ": "sometimes ", "straks ": "soon "}
    tables = (starts, SUBJECTS, VERBS, OBJECTS, ENDS)
    rows = [("", "")]
    for table, gap in zip(tables, ("", "", " ", " ", ""), strict=True):
        rows = [(a + gap + c, b + gap + d) for a, b in rows for c, d in table.items()]
    rows = [(a + ".", b + ".") for a, b in rows]
    random.Random(2).shuffle(rows)  # noqa: S311 - an example, no secret
    return rows


@pytest.fixture
def files(tmp_path):
    rows = toy()
    texts = {
        "pairs.tsv": "".join(f"{a}\t{b}\n" for a, b in rows[:1000]),
        "valid.nl": "".join(a + "\n" for a, _ in rows[1000:1040]),
        "valid.en": "".join(b + "\n" for _, b in rows[1000:1040]),
        "recipe.toml": RECIPE,
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def arguments(folder, *more):
    data, recipe = folder / "pairs.tsv", folder / "recipe.toml"
    common = ["nl", "en", "--data", data, "--run-dir", folder / "run", "--recipe", recipe, "--threads", "1"]
    return [str(item) for item in (*common, *more)]


def test_a_toy_run_trains_and_its_package_translates_and_can_be_trained_further(files):
    out = files / "toy.argosmodel"
    valid = ["--valid", files / "valid.nl", files / "valid.en"]
    result = CliRunner().invoke(
        command, arguments(files, "--out", out, "--json", *valid), catch_exceptions=False
    )
    assert result.exit_code == 0
    (row,) = json.loads(result.stdout)["rows"]
    assert row["bytes"] == out.stat().st_size
    assert float(row["bleu"]) > 60
    assert row["difference"] < 1e-4
    assert row["sha256"] == hashlib.sha256(out.read_bytes()).hexdigest()
    again = [
        "nl",
        "en",
        "--data",
        files / "pairs.tsv",
        "--run-dir",
        files / "fine",
        "--from",
        out,
        "--steps",
        "3",
    ]
    more = CliRunner().invoke(
        command, [*map(str, again), "--threads", "1", *map(str, valid)], catch_exceptions=False
    )
    assert more.exit_code == 0
    loss = float(more.stderr.split("last ")[1].split(",")[0].split(";")[0])
    assert loss < 1.0  # it began where the package stood: an untrained network stands at 4 and more


def wait_for(condition, process, seconds=90.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None and not condition():
        time.sleep(0.1)
    assert condition()


@pytest.mark.parametrize(
    ("number", "moment"),
    [(signal.SIGTERM, "parameters on"), (signal.SIGINT, "parameters on"), (signal.SIGTERM, "pairs read")],
)
def test_a_run_that_is_stopped_can_be_resumed_and_leaves_no_package(files, number, moment):
    out, last = files / "toy.argosmodel", files / "run" / "last.pt"
    line = [sys.executable, "-m", "aligntool", "train", *arguments(files, "--steps", "100000", "--out", out)]
    said = files / "said.txt"
    with said.open("w") as errors:
        process = subprocess.Popen(
            line, stdout=subprocess.DEVNULL, stderr=errors, env={**os.environ, "OMP_NUM_THREADS": "1"}
        )
        wait_for(lambda: moment in said.read_text(), process)
        process.send_signal(number)
        assert process.wait(60) == 130
    assert not out.exists()
    assert "--resume" in said.read_text()
    assert last.exists() is (moment == "parameters on")
    done = read_checkpoint(last)["progress"] if last.exists() else {"step": 0, "finished": False}
    assert not done["finished"]
    more = arguments(files, "--steps", str(done["step"] + 2), "--out", out, "--resume")
    assert CliRunner().invoke(command, more, catch_exceptions=False).exit_code == 0
    assert out.exists()


def test_synthetic_text_is_made_by_a_package_and_goes_on_where_it_stopped(files):
    out = files / "toy.argosmodel"
    assert CliRunner().invoke(command, arguments(files, "--steps", "2", "--out", out)).exit_code == 0
    (files / "plain.txt").write_text(
        "de man ziet een huis.\n\nde vrouw koopt de auto.\nhet kind\n", encoding="utf-8"
    )
    made = files / "bt.tsv"
    (files / "bt.tsv.part").write_text("backtranslated\t<BT> done\tbefore\nbackt", encoding="utf-8")
    line = [
        "nl",
        "en",
        "--data",
        files / "plain.txt",
        "--backtranslate",
        out,
        "--out",
        made,
        "--threads",
        "1",
    ]
    assert CliRunner().invoke(command, list(map(str, line)), catch_exceptions=False).exit_code == 0
    rows = [row.split("\t") for row in made.read_text(encoding="utf-8").splitlines()]
    assert [row[2] for row in rows] == ["before", "de vrouw koopt de auto.", "het kind"]
    assert all(row[1].startswith("<BT> ") for row in rows)
    assert not (files / "bt.tsv.part").exists()
    line = ["nl", "en", "--data", files / "pairs.tsv", "--distill", out, "--out", made, "--threads", "1"]
    assert CliRunner().invoke(command, list(map(str, line)), catch_exceptions=False).exit_code == 0
    assert len(made.read_text(encoding="utf-8").splitlines()) == 1000


def test_the_tag_of_machine_made_text_is_one_piece():
    vocabulary = Vocabulary.train(["de molen draait", "the mill turns"] * 5, 40)
    assert TAG in vocabulary.split(f"{TAG} de molen")


def test_a_run_folder_in_use_is_not_overwritten(files):
    (files / "run").mkdir()
    write_atomically({"model": {}}, files / "run" / "last.pt")
    result = CliRunner().invoke(command, arguments(files))
    assert isinstance(result.exception, InputError)
    assert "--resume" in result.exception.hint


@pytest.mark.parametrize(
    ("sources", "more", "fault"),
    [
        ("nl,fr", ["--out", "one.argosmodel"], "does not say its language"),
        ("nl", ["--data", "nowhere.tsv"], "is no file"),
        ("nl", ["--valid", "valid.nl", "pairs.tsv"], "line"),
        ("klingonese", [], "unknown language"),
    ],
)
def test_impossible_orders_are_explained(files, monkeypatch, sources, more, fault):
    monkeypatch.chdir(files)
    line = [sources, "en", "--data", "pairs.tsv", "--run-dir", "run", *more]
    result = CliRunner().invoke(command, line)
    assert isinstance(result.exception, InputError)
    assert fault in result.exception.message


def test_data_prepared_from_other_files_are_not_mixed_up(files):
    assert CliRunner().invoke(command, arguments(files, "--prepare")).exit_code == 0
    (files / "pairs.tsv").write_text("een\tone\n", encoding="utf-8")
    result = CliRunner().invoke(command, arguments(files))
    assert isinstance(result.exception, InputError)
    assert "other files" in result.exception.message


def test_two_languages_make_two_packages_of_one_network(files):
    pairs = (files / "pairs.tsv").read_text(encoding="utf-8").splitlines()[:200]
    (files / "pairs.de.tsv").write_text("".join(f"x{line}\n" for line in pairs), encoding="utf-8")
    line = [
        "nl,de",
        "en",
        "--data",
        f"nl={files}/pairs.tsv",
        "--data",
        f"de={files}/pairs.de.tsv",
        "--steps",
        "3",
    ]
    more = [
        "--run-dir",
        files / "run",
        "--recipe",
        files / "recipe.toml",
        "--out",
        files / "out",
        "--threads",
        "1",
    ]
    result = CliRunner().invoke(command, [*line, *map(str, more)], catch_exceptions=False)
    assert result.exit_code == 0
    paths = sorted((files / "out").iterdir())
    assert [path.name for path in paths] == [
        "translate-de_en-1_0.argosmodel",
        "translate-nl_en-1_0.argosmodel",
    ]
    one, other = map(read_package, paths)
    assert all((one.variables[name] == other.variables[name]).all() for name in one.variables)
    assert not one.copies
    assert not other.copies


def test_a_package_tells_that_it_copies_and_so_does_one_trained_further(files, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["x", "train", "nl", "--data", f"nl={files}/a b.tsv", str(files / "c")])
    recipe = files / "recipe.toml"
    recipe.write_text(RECIPE + "switched = 0.5\n", encoding="utf-8")
    first, second = files / "first.argosmodel", files / "second.argosmodel"
    order = [*arguments(files, "--steps", "2"), "--out", str(first)]
    assert CliRunner().invoke(command, order, catch_exceptions=False).exit_code == 0
    fine = ["nl", "en", "--data", files / "pairs.tsv", "--run-dir", files / "fine", "--from", first]
    more = [*map(str, fine), "--steps", "2", "--threads", "1", "--out", str(second)]
    assert CliRunner().invoke(command, more, catch_exceptions=False).exit_code == 0
    assert read_package(first).copies
    assert read_package(second).copies
    with zipfile.ZipFile(second) as archive:
        name = next(name for name in archive.namelist() if name.endswith("metadata.json"))
        card = archive.read(name.replace("metadata.json", "README.md")).decode("utf-8")
        # Where somebody keeps files is not told to those who get the package.
        assert "`aligntool train nl --data 'nl=a b.tsv' c`" in card
        assert str(files) not in card
        archive.extractall(files / "shelf")
    engine = plugins.load("engines", "ctranslate").open((files / "shelf" / name).parent, EngineOptions())
    assert engine.copies


def test_two_processes_train_one_network(files):
    assert CliRunner().invoke(command, arguments(files, "--prepare")).exit_code == 0
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    line = [
        sys.executable,
        "-m",
        "aligntool",
        "train",
        *arguments(files, "--steps", "5", "--out", files / "packages"),
    ]
    team = {"MASTER_ADDR": "127.0.0.1", "MASTER_PORT": port, "WORLD_SIZE": "2", "OMP_NUM_THREADS": "1"}
    processes = [
        subprocess.Popen(
            line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=os.environ | team | {"RANK": rank}
        )
        for rank in ("0", "1")
    ]
    talk = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], talk
    assert b"translate-nl_en" in talk[0][0]
    assert talk[1][0] == b""
    assert len(list((files / "packages").iterdir())) == 1
    assert read_checkpoint(files / "run" / "last.pt")["progress"]["step"] == 5


def test_a_team_does_not_prepare_data_each_for_itself(files, monkeypatch):
    monkeypatch.setenv("WORLD_SIZE", "2")
    result = CliRunner().invoke(command, arguments(files))
    assert isinstance(result.exception, InputError)
    assert "--prepare" in result.exception.hint


def test_an_unfinished_package_is_never_seen(files, monkeypatch):
    def fail(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("aligntool.train.parcel.save_model", fail)
    out = files / "toy.argosmodel"
    result = CliRunner().invoke(command, arguments(files, "--steps", "2", "--out", out))
    assert result.exit_code != 0
    assert not out.exists()
