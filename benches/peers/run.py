"""The benchmarks against peers. `benches/peers/run` builds the programs and starts this.

First every contender's answers are compared with ours, and the run stops where they differ; then all are
timed in turn. Only the standard library is used, so that this process is small: a child starts with its
parent's peak memory.
"""

import argparse
import json
import os
import platform
import re
import shutil
import sys
from datetime import date
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path

import answers
import measure
from measure import Contender

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PEERS = ("duckdb", "polars", "pandas")
NAMES = {"duckdb": "DuckDB", "polars": "Polars", "pandas": "pandas"}
# The period that is counted for every state. The program's own choice depends on the dates in a state's data.
TIME = ["--from", "2012-12", "--to", "2016-12", "--year", "2016"]
# How many times as fast as the faster of Polars and DuckDB, and as Python; seconds per sheet, warm and from disk.
COUNTING, BATCH, WARM, COLD = 2.5, 30, 0.020, 0.035


def options():
    parser = argparse.ArgumentParser(prog="benches/peers/run", description="Benchmarks against peers.")
    parser.add_argument("--signals", type=int, default=5_000_000, help="rows of the counting benchmark")
    parser.add_argument("--batch-signals", type=int, default=100_000, help="rows of the batch of 56 sheets")
    parser.add_argument(
        "--memory",
        default="100000,1000000,5000000,20000000",
        help="rows of the files whose peak memory is measured; cases stay those of the second in a second series",
    )
    parser.add_argument("--rounds", type=int, default=5, help="runs of each contender; the median counts")
    parser.add_argument("--only", default="counting,batch,sheet,memory", help="which parts to run")
    parser.add_argument(
        "--quick", action="store_true", help="small sizes and two rounds: shows that it works, not how fast it is"
    )
    parser.add_argument(
        "--results",
        type=Path,
        default=None,
        help="where the table goes [default: benches/peers/results.md; with --quick, the work folder]",
    )
    for name in ("--program", "--line-count", "--work"):
        parser.add_argument(name, type=Path, required=True, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.signals, chosen.batch_signals, chosen.rounds = 200_000, 20_000, 2
        chosen.memory = "20000,100000,200000"
    chosen.memory = [int(rows) for rows in chosen.memory.split(",")]
    chosen.only = chosen.only.split(",")
    chosen.program, chosen.line_count = chosen.program.resolve(), chosen.line_count.resolve()
    if chosen.results:
        chosen.results = chosen.results.resolve()
    if chosen.results is None:
        whole = chosen.only == ["counting", "batch", "sheet", "memory"] and not chosen.quick
        chosen.results = HERE / "results.md" if whole else chosen.work / "results.md"
    return chosen


class Benchmark:
    def __init__(self, chosen):
        self.chosen = chosen
        self.program = chosen.program
        self.work = chosen.work
        self.python = sys.executable
        self.cores = len(os.sched_getaffinity(0))
        # The full report, and the rows of the README's table.
        self.lines, self.summary = [], []

    def say(self, text):
        print(text, file=sys.stderr, flush=True)

    def run(self, *command):
        return measure.run(command, ROOT)

    def sample(self, rows, faults=0):
        """Makes synthetic signals of the whole nation. Returns the file and the number of cases."""
        path = self.work / f"signals-{rows}.csv"
        said = self.run(
            self.program, "sample", "--signals", rows, "--faults", faults, "--seed", 5, "--output", path
        ).err
        cases = re.search(r"(\d+) cases", said)
        return path, int(cases[1])

    def stats(self, path):
        return [self.program, "stats", "--all", "--internal", "--format", "csv", *TIME, "--data", path]

    # Counting.

    def count(self):
        self.say("counting: are the answers equal?")
        faulty, _ = self.sample(20_000, faults=40)
        mixed = self.work / "with-duplicates.csv"
        answers.without_broken_rows(faulty, mixed)
        faulty.unlink()
        path, cases = self.sample(self.chosen.signals)
        numbers = 0
        for data in (mixed, path):
            ours = answers.ours(self.run(*self.stats(data)).out)
            numbers += len(ours)
            for peer in PEERS:
                answers.require_equal(NAMES[peer], self.run(*self.counter(peer, data)).out, ours, data)
        threads = sorted({1, self.cores})
        for count in threads:
            lines = int(self.run(self.chosen.line_count, path, count).out)
            if lines != self.chosen.signals + 1:
                sys.exit(f"{lines} lines in {path}, and not {self.chosen.signals + 1}")

        self.say("counting: how long does it take?")
        us = Contender("hotline-profile", self.stats(path))
        peers = {
            peer: Contender(NAMES[peer], self.counter(peer, path), runs=3 if peer == "pandas" else 0) for peer in PEERS
        }
        scans = [
            Contender(f"line count, {many(count, 'thread')}", [self.chosen.line_count, path, count])
            for count in threads
        ]
        split = Contender(
            f"finding the end of each field, {many(self.cores, 'thread')}",
            [self.chosen.line_count, "--fields", path, self.cores],
        )
        measure.in_turn([us, *peers.values(), *scans, split], self.chosen.rounds, ROOT)
        from_disk = None
        if measure.drop_caches():
            least = [self.chosen.line_count, path, self.cores]
            from_disk = [
                Contender("hotline-profile, from disk", self.stats(path)),
                Contender("line count, from disk", least),
            ]
            measure.in_turn(from_disk, min(self.chosen.rounds, 3), ROOT, before=measure.drop_caches)
        size = path.stat().st_size
        path.unlink()
        mixed.unlink()

        self.lines += [
            f"### Counting {self.chosen.signals:,} signals ({size / 1e6:,.0f} MB, {cases:,} cases) for all 56 states",
            "",
            f"All {numbers:,} numbers of two files, one with duplicates and unreadable dates, are equal in all four.",
            "",
            "| | whole process | without import and start | times our time | of all cores | peak memory |",
            "|---|---:|---:|---:|---:|---:|",
            f"| **hotline-profile** `stats --all` | **{us.wall:.2f} s** | | 1 | {us.cpu:.2f} s | {us.peak_mb:,.0f} MB |",
        ]
        for peer, contender in peers.items():
            query = contender.within("query_s")
            self.lines.append(
                f"| {contender.name} {version(peer)} | {contender.wall:.2f} s | {query:.2f} s | {query / us.wall:.2f} | {contender.cpu:.2f} s | {contender.peak_mb:,.0f} MB |"
            )
        for scan in (*scans, split):
            self.lines.append(f"| {scan.name} | {scan.wall:.3f} s | | {scan.wall / us.wall:.2f} | {scan.cpu:.2f} s | |")
        if from_disk:
            for one in from_disk:
                self.lines.append(f"| {one.name} | {one.wall:.2f} s | | {one.wall / us.wall:.2f} | {one.cpu:.2f} s | |")
        fastest = min((peers[peer] for peer in ("duckdb", "polars")), key=lambda peer: peer.within("query_s"))
        ratio = fastest.within("query_s") / us.wall
        scan = min(scans, key=lambda scan: scan.wall)
        self.lines += [
            "",
            f"- Against the faster of DuckDB and Polars ({fastest.name}), not counting its start: {ratio:.2f} times as fast; the aim is {COUNTING}. {reached(ratio >= COUNTING)} "
            f"Whole process against whole process: {fastest.wall / us.wall:.2f} times.",
            f"- Against the faster line count ({scan.name}): {us.wall / scan.wall:.1f} times its time; the aim is 2. {reached(us.wall / scan.wall <= 2)} "
            f"Merely finding the end of each field, with neither quotation marks nor any use of a field, takes {split.wall / scan.wall:.1f} times its time.",
            *(
                [f"- The same, both reading from the disk: {from_disk[0].wall / from_disk[1].wall:.1f} times its time."]
                if from_disk
                else ["- From the disk: not measured, as the machine does not let us drop its file cache."]
            ),
            "",
        ]
        what, time = f"Counting {self.chosen.signals:,} signals for 56 states", f"{us.wall:.2f} s"
        for peer, contender in peers.items():
            query = contender.within("query_s")
            self.summary.append(
                (
                    what,
                    time,
                    f"{contender.name} {version(peer)}, without its start: {query:.2f} s",
                    f"{query / us.wall:.2f} × as fast",
                    str(COUNTING) if contender is fastest else "",
                )
            )
            what = time = ""
        self.summary.append(
            (
                "",
                "",
                f"{scan.name}, memory-mapped SIMD: {scan.wall:.3f} s",
                f"{us.wall / scan.wall:.1f} × its time",
                "2",
            )
        )
        self.summary.append(
            ("", "", f"{split.name}: {split.wall:.3f} s", f"{us.wall / split.wall:.1f} × its time", "")
        )
        if from_disk:
            ours, least = (one.wall for one in from_disk)
            self.summary.append(
                ("… from the disk", f"{ours:.2f} s", f"line count: {least:.2f} s", f"{ours / least:.1f} × its time", "")
            )

    def counter(self, peer, data):
        return [self.python, HERE / "counting" / f"count_{peer}.py", data]

    # 56 sheets.

    def batch(self):
        self.say("batch: are the sheets' numbers equal?")
        path, _ = self.sample(self.chosen.batch_signals)
        folders = {"ours": self.work / "sheets", "python": self.work / "sheets-python"}
        ours = [self.program, "build", "--all", "--min-cell", 0, *TIME, "--data", path, "--output", folders["ours"]]
        python = lambda workers: [self.python, HERE / "batch" / "batch.py", path, folders["python"], workers]
        self.run(*ours)
        self.run(*python(self.cores))
        out = self.run(self.program, "stats", "--all", "--min-cell", 0, "--format", "json", *TIME, "--data", path).out
        statistics = json.loads(out)
        printed = answers.Printed(ROOT)
        looked_for = {
            "ours": answers.require_printed(
                printed,
                ((folders["ours"] / f"{of['state']}-Human-Trafficking-Profile-2016.pdf", of) for of in statistics),
            ),
            "python": answers.require_printed(
                printed, ((folders["python"] / f"{of['state']}.pdf", of) for of in statistics)
            ),
        }
        if looked_for["ours"] != looked_for["python"] or len(statistics) != 56:
            sys.exit(f"sheets or numbers are missing: {looked_for}, {len(statistics)} states")

        self.say("batch: how long does it take?")
        us = Contender("hotline-profile", ours)
        counting = Contender("its reading and counting", self.stats(path))
        workers = sorted({1, self.cores})
        rounds = min(self.chosen.rounds, 3)
        theirs = [Contender(f"Python, {many(count, 'process', 'processes')}", python(count)) for count in workers]
        truetype = Contender(f"{theirs[-1].name}, TrueType fonts in the drawings as in ours", [*python(self.cores), 42])
        measure.in_turn([us, counting, *theirs, truetype], rounds, ROOT)
        sizes = {
            who: sum(file.stat().st_size for file in folder.glob("*.pdf")) / 56 / 1e3 for who, folder in folders.items()
        }
        path.unlink()
        for folder in folders.values():
            shutil.rmtree(folder)

        fastest = min(theirs, key=lambda one: one.wall)
        ratio = fastest.wall / us.wall
        self.lines += [
            f"### 56 sheets from {self.chosen.batch_signals:,} signals",
            "",
            f"{looked_for['ours']:,} numbers were looked for in the text of both programs' PDFs, and all are there. "
            f"Python {platform.python_version()} with pandas {version('pandas')}, matplotlib {version('matplotlib')} and ReportLab {version('reportlab')}.",
            "",
            "| | all | reading and counting | sheets | times our time | of all cores | a sheet |",
            "|---|---:|---:|---:|---:|---:|---:|",
            f"| **hotline-profile** `build --all` | **{us.wall:.2f} s** | | | 1 | {us.cpu:.2f} s | {sizes['ours']:.0f} kB |",
        ]
        for one in [*theirs, truetype]:
            self.lines.append(
                f"| {one.name} | {one.wall:.2f} s | {one.within('read_s'):.2f} s | {one.within('sheets_s'):.2f} s | {one.wall / us.wall:.1f} | {one.cpu:.2f} s | {sizes['python']:.0f} kB |"
            )
        self.lines += [
            "",
            f"- Against the faster Python: {ratio:.1f} times as fast; the aim is {BATCH}. {reached(ratio >= BATCH)}",
            f"- 56 sheets on {many(self.cores, 'core')} take {us.wall:.2f} s with the reading (`stats --all` of the same file takes {counting.wall:.2f} s); "
            f"the aim is under 3 s without. {reached(us.wall < 3)}",
            "",
        ]
        self.summary.append(
            (
                f"56 sheets from {self.chosen.batch_signals:,} signals",
                f"{us.wall:.2f} s",
                f"pandas + matplotlib + ReportLab, {fastest.name.removeprefix('Python, ')}: {fastest.wall:.1f} s",
                f"{ratio:.1f} × as fast",
                f"{BATCH}, and under 3 s",
            )
        )

    # One sheet.

    def sheet(self):
        self.say("one sheet: are the numbers equal?")
        data = ROOT / "input" / "signals.csv"
        good = self.work / "one-sheet.csv"
        answers.without_broken_rows(data, good)
        folder, output = self.work / "typst", self.work / "one-sheet"
        self.run(self.python, HERE / "typst_sheet" / "prepare.py", good, folder)
        good.unlink()
        # Like a run without arguments, except for the folder.
        ours = [self.program, "build", "--output", output]
        typst_pdf = folder / "sheet.pdf"
        typst = [self.python, HERE / "typst_sheet" / "compile.py", folder, typst_pdf]
        self.run(*ours)
        self.run(*typst)
        statistics = json.loads(self.run(self.program, "stats", "--min-cell", 0, "--format", "json").out)
        printed = answers.Printed(ROOT)
        sheets = [output / "NM-Human-Trafficking-Profile-2016.pdf", typst_pdf]
        looked_for = answers.require_printed(printed, ((pdf, statistics) for pdf in sheets)) // len(sheets)

        self.say("one sheet: how long does it take?")
        rounds = 4 * self.chosen.rounds
        warm = [Contender("hotline-profile", ours), Contender("Typst", typst)]
        measure.in_turn(warm, rounds, ROOT)
        cold = None
        if measure.drop_caches():
            cold = [Contender("hotline-profile, cold", ours), Contender("Typst, cold", typst)]
            measure.in_turn(cold, self.chosen.rounds, ROOT, before=measure.drop_caches)
        shutil.rmtree(output)

        def row(name, at, inside=None):
            shown = f"{warm[at].wall * 1000:.0f} ms"
            from_disk = f"{cold[at].wall * 1000:.0f} ms" if cold else "not allowed here"
            return f"| {name} | {shown} | {f'{inside * 1000:.0f} ms' if inside else ''} | {from_disk} | {warm[at].peak_mb:.0f} MB |"

        compiled = warm[1].within("compile_s")
        self.summary.append(
            (
                "One sheet, from data to PDF",
                f"{warm[0].wall * 1000:.0f} ms",
                f"Typst {version('typst')}, laying out only, without its start: {compiled * 1000:.0f} ms",
                f"{compiled / warm[0].wall:.2f} × as fast",
                f"{WARM * 1000:.0f} ms",
            )
        )
        if cold:
            self.summary.append(
                (
                    "… from the disk",
                    f"{cold[0].wall * 1000:.0f} ms",
                    f"Typst, whole process: {cold[1].wall * 1000:.0f} ms",
                    f"{cold[1].wall / cold[0].wall:.1f} × as fast",
                    f"{COLD * 1000:.0f} ms",
                )
            )
        ours_cold = cold[0].wall if cold else warm[0].wall
        self.lines += [
            "### One sheet, New Mexico's",
            "",
            f"{looked_for} numbers were looked for in the text of both PDFs, and all are there.",
            "",
            "| | new process, files in memory | without import and start | files on disk | peak memory |",
            "|---|---:|---:|---:|---:|",
            row("**hotline-profile**: reads, counts, shades the map, draws, lays out, writes", 0),
            row(f"Typst {version('typst')}: lays out, writes; numbers, map and charts were made before", 1, compiled),
            "",
            f"- Cold: {ours_cold * 1000:.0f} ms{'' if cold else ' (a new process; the machine does not let us drop its file cache)'}; the aim is {COLD * 1000:.0f}. {reached(ours_cold <= COLD)}",
            f"- Warm: {warm[0].wall * 1000:.0f} ms; the aim is {WARM * 1000:.0f}. {reached(warm[0].wall <= WARM)}",
            "",
        ]

    # Memory.

    def memory(self):
        self.say("memory")
        self.lines += [
            "### Peak memory of counting (`stats --all`)",
            "",
            "| signals | cases | file | time | peak memory |",
            "|---:|---:|---:|---:|---:|",
        ]
        base = self.chosen.memory[min(1, len(self.chosen.memory) - 1)]
        for rows in self.chosen.memory:
            path, cases = self.sample(rows)
            peak = self.measure_memory(path, rows, cases)
            path.unlink()
            self.summary.append(
                (f"Peak memory, {rows:,} signals of {cases:,} cases", f"{peak / 1e6:,.0f} MB", "", "", "")
            )
        path, cases = self.sample(base)
        self.lines += [
            "",
            f"The same with no more cases than {base:,} signals have: each case has more signals instead.",
            "",
        ]
        self.lines += ["| signals | cases | file | time | peak memory |", "|---:|---:|---:|---:|---:|"]
        peaks = {}
        longer = self.work / "longer.csv"
        for rows in self.chosen.memory:
            if rows >= base:
                repeat_with_new_ids(path, longer, rows // base)
                peaks[rows // base * base] = self.measure_memory(longer, rows // base * base, cases)
        least, most = peaks[base], max(peaks)
        path.unlink()
        if most > base:
            cost = max(0, peaks[most] - least) / (most - base)
            self.lines += ["", f"- Each further signal of a known case costs {cost:.1f} bytes.", ""]
            self.summary.append(
                (
                    f"… {most:,} signals of {cases:,} cases",
                    f"{peaks[most] / 1e6:,.0f} MB",
                    "",
                    f"{cost:.1f} bytes a further signal",
                    "",
                )
            )
            self.measure_scattered_ids(longer, most, cases, least, base)
        longer.unlink()

    def measure_scattered_ids(self, numbered, rows, cases, least, base):
        """Measures memory if ids aren't consecutive numbers."""
        scattered = self.work / "scattered.csv"
        rows = scatter_ids(numbered, scattered, min(rows, 5_000_000))
        self.lines += ["The same with ids in no order, such as random numbers, which cost the most memory.", ""]
        self.lines += ["| signals | cases | file | time | peak memory |", "|---:|---:|---:|---:|---:|"]
        peak = self.measure_memory(scattered, rows, cases)
        scattered.unlink()
        cost = max(0, peak - least) / (rows - base)
        self.lines += ["", f"- Each further signal then costs {cost:.0f} bytes.", ""]
        self.summary.append(
            (
                f"… {rows:,} of them, ids at random",
                f"{peak / 1e6:,.0f} MB",
                "",
                f"{cost:.0f} bytes a further signal",
                "",
            )
        )

    def measure_memory(self, path, rows, cases):
        contender = Contender(f"{rows} signals, {cases} cases", self.stats(path))
        measure.in_turn([contender], 1, ROOT)
        size = path.stat().st_size / 1e6
        self.lines.append(
            f"| {rows:,} | {cases:,} | {size:,.0f} MB | {contender.wall:.2f} s | {contender.peak_mb:,.0f} MB |"
        )
        return max(contender.peaks)

    # The table.

    def write(self):
        system = f"{platform.system()} {platform.release().split('-')[0]}, {platform.machine()}"
        machine = (
            f"{processor()}, {many(self.cores, 'core')}, {memory_gb():.0f} GB, {system}; built with {self.compiler()}, "
            f"Python {platform.python_version()}. {date.today()}. Medians of {self.chosen.rounds} runs, all contenders in turn."
        )
        table = ["| | hotline-profile | compared with | ratio | aim |", "|---|---:|---|---:|---:|"]
        table += [f"| {' | '.join(row)} |" for row in self.summary]
        report = [machine, "", *table, "", *self.lines]
        self.chosen.results.write_text(
            "\n".join(["# Benchmarks against peers", "", "Written by `benches/peers/run`.", "", *report]).rstrip()
            + "\n"
        )
        print("\n".join(report))
        self.say(f"written to {self.chosen.results}")
        if self.chosen.results == HERE / "results.md":
            fill(ROOT / "README.md", [*table[:2], *self.headlines(), "", machine])

    def headlines(self):
        """The five rows in the README. The others are in the report."""
        wanted = ["DuckDB", "Polars", "pandas + matplotlib", "Typst, whole process", "Peak memory, 5,"]
        rows, label = [], ""
        for row in self.summary:
            label = row[0] or label
            if any(row[0].startswith(start) or row[2].startswith(start) for start in wanted):
                rows.append(f"| {' | '.join([label, *row[1:]])} |")
        return rows

    def compiler(self):
        return " ".join(self.run("rustc", "--version").out.decode().split()[:2])


def fill(readme, lines):
    """Puts the table between the two marks in the README."""
    begin, end = "<!-- benches/peers/run writes from here -->", "<!-- to here -->"
    text = readme.read_text()
    if begin not in text or end not in text:
        sys.exit(f"{readme} has no place for the table: {begin} … {end}")
    before, rest = text.split(begin, 1)
    readme.write_text(before + begin + "\n" + "\n".join(lines) + "\n" + end + rest.split(end, 1)[1])


def repeat_with_new_ids(source, target, times):
    """Repeats the file several times, with new signal ids but the same cases."""
    letters = "ABDEFGHIJKLMNOPQRTUVWXYZ"
    with open(target, "wb") as write:
        for number in range(times):
            first = letters[number % len(letters)] + (str(number // len(letters)) if number >= len(letters) else "")
            with open(source, "rb") as read:
                header = read.readline()
                if number == 0:
                    write.write(header)
                # Block by block, to save memory. A signal's id is the first field of a line, and no field of the
                # sample has a line break.
                while lines := read.readlines(1 << 20):
                    write.write((b"\n" + b"".join(lines)).replace(b"\nS", b"\n" + first.encode())[1:])


def scatter_ids(source, target, most):
    """Replaces the ids by random ones of 24 hexadecimal digits. Returns the number of rows."""
    rows = 0
    with open(source, "rb") as read, open(target, "wb") as write:
        write.write(read.readline())
        for line in read:
            if rows == most:
                break
            signal_id, rest = line.split(b",", 1)
            write.write(blake2b(signal_id, digest_size=12).hexdigest().encode() + b"," + rest)
            rows += 1
    return rows


def processor():
    try:
        with open("/proc/cpuinfo") as file:
            names = [line.split(":", 1)[1].strip() for line in file if line.startswith("model name")]
        return names[0] if names else platform.machine()
    except OSError:
        return platform.machine()


def memory_gb():
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9


def many(count, one, several=None):
    return f"{count} {one if count == 1 else several or one + 's'}"


def reached(is_so):
    return "**Reached.**" if is_so else "**Missed.**"


def main():
    chosen = options()
    benchmark = Benchmark(chosen)
    parts = {
        "counting": benchmark.count,
        "batch": benchmark.batch,
        "sheet": benchmark.sheet,
        "memory": benchmark.memory,
    }
    for part in chosen.only:
        if part not in parts:
            sys.exit(f"no part is called {part}: {', '.join(parts)}")
        parts[part]()
    benchmark.write()


if __name__ == "__main__":
    main()
