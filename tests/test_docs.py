"""The generated pages are up to date, and cannot pass for it when they are not."""

import runpy
import subprocess
import sys

from aligntool import plugins
from aligntool.cli import group


def test_the_generated_pages_are_up_to_date(root):
    command = [sys.executable, root / "docs" / "generate.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_command_and_every_check_is_documented(root):
    pages = runpy.run_path(str(root / "docs" / "generate.py"))
    commands, checks = pages["commands"](), pages["checks"]()
    for name in group.list_commands(None):
        assert f"## aligntool {name}\n" in commands
    for name in plugins.names("checks"):
        assert f"\n## {name}\n" in checks
