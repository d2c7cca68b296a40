"""What a program takes, told by itself at its end on stderr."""

TELL = """
import resource, sys
from pathlib import Path
# VmHWM is this program's own mark; getrusage's would count what the suite that started it takes.
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
print(peak, resource.getrusage(resource.RUSAGE_SELF).ru_utime, file=sys.stderr)
"""


def told(stderr):
    """Peak memory in MiB and CPU seconds of the program whose last line on stderr this is."""
    return tuple(map(float, stderr.splitlines()[-1].split()))
