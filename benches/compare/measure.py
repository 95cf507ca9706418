"""Measures a program: wall time, processor time and peak memory.

As a module: `measure(command)` runs a command and gives a Usage; a command that fails ends the
bench with what it said. As a program: takes a command, runs it, prints the figures as JSON on
standard output and passes on the exit code; what the command prints goes to standard error.

The program is what the module calls. Linux counts the memory of a process that starts another
among the other's until that one has begun, so the starter must be small, and the bench is not: it
holds a hash of every file.
"""

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass


@dataclass
class Usage:
    """Seconds and bytes of one run, and what the program printed."""

    wall: float
    processor: float
    peak: int
    said: str = ""


def measure(command):
    starter = [sys.executable, "-I", "-S", "-B", __file__, *map(str, command)]
    done = subprocess.run(starter, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{done.stderr}\nfailed ({done.returncode}): {' '.join(map(str, command))}")
    return Usage(**json.loads(done.stdout), said=done.stderr)


def main():
    command = sys.argv[1:]
    began = time.perf_counter()
    to_stderr = [(os.POSIX_SPAWN_DUP2, 2, 1)]
    process = os.posix_spawnp(command[0], command, os.environ, file_actions=to_stderr)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - began
    figures = {
        "wall": wall,
        "processor": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * 1024,
    }
    print(json.dumps(figures))
    # A signal has a negative code, which as an exit code would be taken for another.
    sys.exit(abs(os.waitstatus_to_exitcode(status)))


if __name__ == "__main__":
    main()
