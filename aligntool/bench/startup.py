"""What it costs to flag a short text: start-up time and memory of the command, in a process of its own."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from aligntool.errors import AligntoolError
from aligntool.flags import Level

__all__ = ["Cost", "run"]

_TEXT = "The minister left for Brussels. He came back on Friday.\n"
_CODE = (
    "import json, resource, sys\n"
    "from pathlib import Path\n"
    "from aligntool.cli import group\n"
    "group.main(sys.argv[1:], standalone_mode=False)\n"
    "used = resource.getrusage(resource.RUSAGE_SELF)\n"
    # VmHWM is this program's own mark; getrusage's would count what the process that started it takes.
    "peak = int(Path('/proc/self/status').read_text().split('VmHWM:')[1].split()[0])\n"
    "print(json.dumps([used.ru_utime + used.ru_stime, peak]), file=sys.stderr)\n"
)
_KIBIBYTES = 1024


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took.

    Attributes:
        seconds: CPU seconds from start to end of the process.
        memory: Peak resident set in MiB.
    """

    seconds: float
    memory: float


def run(level: Level) -> Cost:
    """Flag two sentences at a level.

    Raises:
        AligntoolError: The command failed; its last words are in the message.
    """
    with tempfile.TemporaryDirectory(prefix="aligntool-") as folder:
        path = Path(folder) / "text.txt"
        path.write_text(_TEXT, encoding="utf-8")
        _flag(level, path)  # leaves the bytecode behind that an installed program has
        result = _flag(level, path)
    last = result.stderr.strip().rpartition("\n")[2]
    if result.returncode:
        raise AligntoolError(f"the flag command of the start-up benchmark failed: {last}")
    seconds, memory = json.loads(last)
    return Cost(seconds, memory / _KIBIBYTES)


def _flag(level: Level, path: Path) -> subprocess.CompletedProcess[str]:
    """Flag a file, with caches in its folder."""
    folder = str(path.parent)
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.run(  # noqa: S603 - this very program, no shell
        [sys.executable, "-c", _CODE, "flag", str(path), "--level", level],
        capture_output=True,
        text=True,
        check=False,
        env=kept | {"XDG_CACHE_HOME": folder, "XDG_DATA_HOME": folder, "PYTHONPYCACHEPREFIX": folder},
    )
