"""Every command and every line of Python the README shows is run, in order, as a newcomer would."""

import http.server
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from functools import partial

import pytest


@pytest.fixture
def index(tmp_path, root):
    """A package index on the loopback interface that offers the starter as if it were a full package."""
    folder = tmp_path / "index"
    folder.mkdir()
    (starter,) = (root / "aligntool" / "data" / "models").glob("translate-nl_en-*.argosmodel")
    shutil.copy(starter, folder / "nl_en.argosmodel")
    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    handler.log_message = lambda *_: None
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        address = f"http://127.0.0.1:{server.server_port}/"
        offer = {
            "from_code": "nl",
            "to_code": "en",
            "from_name": "Dutch",
            "to_name": "English",
            "package_version": "1.0",
            "links": [f"{address}nl_en.argosmodel"],
        }
        (folder / "index.json").write_text(json.dumps([offer]), encoding="utf-8")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield address
        server.shutdown()


def blocks(root, language):
    text = (root / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def reviewed(command, folder, env):
    """Start a review, and end it as a person does."""
    with subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.PIPE, text=True) as child:
        try:
            assert child.stdout.readline().startswith("http://127.0.0.1:")
            child.send_signal(signal.SIGINT)
            assert child.wait(timeout=60) == 0
        finally:
            child.kill()  # or leaving the block would wait for one that does not end


def test_every_command_of_the_readme_works_in_order(tmp_path, root, index):
    shutil.copytree(root / "corpus", tmp_path / "corpus")
    env = os.environ | {"HOME": str(tmp_path), "ARGOS_PACKAGE_INDEX": index}
    for name in ("XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "ARGOS_PACKAGES_DIR"):
        env.pop(name, None)
    lines = [
        line for block in blocks(root, "console") for line in block.splitlines() if line.startswith("$ ")
    ]
    assert len(lines) >= 8
    for line in lines:
        words = shlex.split(line.removeprefix("$ "), comments=True)
        assert words[0] == "aligntool"
        if words[1] == "review" and not {"--html", "--xlsx", "--import-xlsx"} & set(words):
            reviewed([sys.executable, "-m", *words, "--no-browser"], tmp_path, env)
            continue
        done = subprocess.run(
            [sys.executable, "-m", *words], cwd=tmp_path, env=env, capture_output=True, text=True, check=False
        )
        assert done.returncode in ({0, 1} if "--fail-on" in words else {0}), f"{line}\n{done.stderr}"
        assert done.stdout or {"-o", "--html", "--xlsx"} & set(words), line


def test_the_python_of_the_readme_works(root, capsys):
    for block in blocks(root, "python"):
        exec(compile(block, "README.md", "exec"), {})  # noqa: S102 - our own README
    assert "the the" in capsys.readouterr().out


def test_the_make_targets_of_the_readme_exist(root):
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    shown = re.findall(r"^make (?:\w+=\S+ )*(\w+)", "\n".join(blocks(root, "sh")), re.MULTILINE)
    assert {"run", "test"} <= set(shown)
    for target in shown:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
