"""Checks that all contenders give the same answers. The benchmark stops if they don't."""

import csv
import io
import json
import re
import subprocess
import sys
import tomllib

# The parts of our statistics that the counting peers don't count: the last month and two groups. The map needs a
# gazetteer and boundaries, and the ledger needs the fate of every row. `total` is a sum of others.
OURS_ALONE = ("map", "ledger", "data", "trafficking_type", "contact_method")
OURS_ALONE_OF = ("located_year", "total")


def ours(table):
    """Our statistics table as numbers by `state.figure.category`, without zeros."""
    numbers = {}
    for row in csv.DictReader(io.StringIO(table.decode())):
        if row["figure"] in OURS_ALONE or row["category"] in OURS_ALONE_OF or row["count"] == "0":
            continue
        numbers[f"{row['state']}.{row['figure']}.{row['category']}"] = int(row["count"])
    return numbers


def require_equal(name, theirs, ours, data):
    """Stops if a peer's counts differ from ours."""
    theirs = json.loads(theirs)
    different = [key for key in sorted(ours.keys() | theirs.keys()) if ours.get(key) != theirs.get(key)]
    if different or not ours:
        shown = "\n".join(f"  {key}: ours {ours.get(key)}, theirs {theirs.get(key)}" for key in different[:10])
        sys.exit(f"{name} and hotline-profile differ on {data} in {len(different)} of {len(ours)} numbers\n{shown}")


def without_broken_rows(source, target):
    """Leaves out rows that peers don't handle: those with a wrong number of fields, and those with
    impossible coordinates. Duplicates and unreadable dates stay. Returns how many rows there are."""
    kept = 0
    with open(source, newline="") as read, open(target, "w", newline="") as write:
        rows = csv.reader(read)
        out = csv.writer(write, lineterminator="\n")
        header = next(rows)
        out.writerow(header)
        at = header.index("latitude"), header.index("longitude")
        for row in rows:
            if (
                len(row) == len(header)
                and possible(row[at[0]], 90)
                and possible(row[at[1]], 180)
                and row[at[0]].count(";") == row[at[1]].count(";")
            ):
                out.writerow(row)
                kept += 1
    return kept


def possible(cell, limit):
    try:
        return all(abs(float(value)) <= limit for value in cell.split(";") if value)
    except ValueError:
        return False


class Printed:
    """The numbers that a sheet must print, from our statistics as JSON."""

    def __init__(self, root):
        with open(root / "input" / "wording" / "en.toml", "rb") as file:
            self.words = tomllib.load(file)

    def expected(self, statistics):
        """Labels with the numbers that must follow them."""
        groups = self.words["groups"]
        for name, group in statistics["demographics"].items():
            names = groups[name]["categories"]
            yield from ((names[key], str_of(count), "") for key, count in group.items())
        for venues in statistics["venues"].values():
            yield from ((venue["venue"], str_of(venue["cases"]), "") for venue in venues)
        calls = statistics["calls"]
        if calls["total"]:
            yield ("", str_of(calls["total"]), "substantive signal")
            yield from ((groups["calls"]["categories"][key], str_of(count), "") for key, count in calls["types"].items())

    def missing(self, pdf, statistics):
        """How many numbers a sheet must print, and which ones are missing."""
        text = subprocess.run(["pdftotext", "-raw", pdf, "-"], check=True, capture_output=True).stdout.decode()
        expected = list(self.expected(statistics))
        return len(expected), [
            f"{label} {count}"
            for label, count, after in expected
            if not re.search(rf"{broken_anywhere(label)}(?<![\d,]){count}(?![\d,])\s*{after}", text)
        ]


def broken_anywhere(label):
    """A pattern for a label, which may be broken between any two letters, and the text between it and
    its number."""
    return "".join(re.escape(letter) + r"\s*" for letter in label if not letter.isspace())


def str_of(count):
    return f"{count:,}"


def require_printed(printed, sheets):
    """Stops if a sheet doesn't print our numbers. Returns how many numbers were checked."""
    looked_for = 0
    for pdf, statistics in sheets:
        count, missing = printed.missing(pdf, statistics)
        looked_for += count
        if missing:
            sys.exit(f"{pdf} does not print: {', '.join(missing)}")
    return looked_for
