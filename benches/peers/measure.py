"""Runs programs and measures them from the outside: wall time of the whole process, and peak memory."""

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from statistics import median


@dataclass
class Contender:
    """A command, and the times of its runs."""

    name: str
    command: list
    runs: int = 0  # 0: as many as the others
    walls: list = field(default_factory=list)
    cpus: list = field(default_factory=list)
    peaks: list = field(default_factory=list)
    # What the program reports about itself on the last line of standard error: seconds by name.
    inner: dict = field(default_factory=dict)

    @property
    def wall(self):
        return median(self.walls)

    @property
    def cpu(self):
        """Seconds of all cores together. Other work on the machine affects it less than wall time."""
        return median(self.cpus)

    @property
    def peak_mb(self):
        return max(self.peaks) / 1e6

    def within(self, name):
        return median(self.inner[name])


@dataclass
class Run:
    out: bytes
    err: str
    wall: float
    cpu: float
    peak: int


def run(command, cwd, watch=None):
    """Runs a command to its end. The benchmark stops if it fails. `watch` is called with its id every half second."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.perf_counter()
        process = subprocess.Popen(
            [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=out, stderr=err, cwd=cwd
        )
        while watch and (done := os.wait4(process.pid, os.WNOHANG))[0] == 0:
            watch(process.pid)
            time.sleep(0.5)
        _, status, usage = done if watch else os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        said = err.read().decode(errors="replace")
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))}\nfailed with {process.returncode}:\n{said}")
        # Linux reports it in kibibytes.
        return Run(out.read(), said, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024)


def in_turn(contenders, rounds, cwd, before=None):
    """Runs all contenders in turn (A B C A B C …), so that whatever slows the machine slows all of them."""
    for number in range(rounds):
        for contender in contenders:
            if contender.runs and number >= contender.runs:
                continue
            if before:
                before()
            done = run(contender.command, cwd)
            contender.walls.append(done.wall)
            contender.cpus.append(done.cpu)
            contender.peaks.append(done.peak)
            lines = done.err.strip().splitlines()
            if lines and lines[-1].startswith('{"import_s"'):
                for name, seconds in json.loads(lines[-1]).items():
                    contender.inner.setdefault(name, []).append(seconds)
            print(f"  {contender.name}: {done.wall:.3f} s, {done.peak / 1e6:.0f} MB", file=sys.stderr, flush=True)


def drop_caches():
    """Makes the next run read from the disk. Returns False if the machine doesn't allow it."""
    try:
        os.sync()
        with open("/proc/sys/vm/drop_caches", "w") as file:
            file.write("3")
        return True
    except OSError:
        return False
