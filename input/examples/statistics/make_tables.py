"""Makes groups.csv, vocabulary.csv and states.csv, which count.sql joins, from the vocabulary and the states of
the program. Run it again, in this folder, with a vocabulary of your own.

    python3 make_tables.py ../../vocabulary.toml ../../../src/jurisdiction.rs
"""

import csv
import re
import sys
import tomllib


def form(spelling):
    """What of a spelling tells values apart, as in src/vocabulary.rs and in count.sql."""
    letters = re.sub(r"[^a-z0-9+<>]", "", spelling.lower().replace("&", "and"))
    return f"#{int(letters)}" if letters.isdigit() else letters


with open(sys.argv[1], "rb") as file:
    vocabulary = tomllib.load(file)
groups = [(group["key"], group, group["category"]) for group in vocabulary["group"]]
for key, column in (("venues.sex", "sex_venue"), ("venues.labor", "labor_venue")):
    venues = {"column": column, "counts": "cases", "over": "period"}
    groups.append((key, venues, vocabulary[column]))
with open("groups.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["key", "column_name", "counts", "over_time", "victims", "several", "total", "calls"])
    for key, group, entries in groups:
        total = group.get("total", False)
        flags = [group.get("victims", False), not total, total, "substantive" in entries[0]]
        table.writerow([key, group.get("column", key), group["counts"], group["over"], *map(int, flags)])
with open("vocabulary.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["list", "form", "key", "substantive"])
    for key, group, entries in groups:
        for entry in entries:
            spellings = [entry["key"], entry["name"], *entry.get("aliases", [])]
            numbers = [f"#{number}" for number in range(entry.get("from", 0), entry.get("to", -1) + 1)]
            for spelled in dict.fromkeys([*map(form, spellings), *numbers]):
                table.writerow([key, spelled, entry["key"], int(entry.get("substantive", True))])
with open(sys.argv[2], encoding="utf-8") as file:
    states = re.findall(r'^    "([A-Z]{2})" "\d\d" \d+ "([^"]+)";', file.read(), re.MULTILINE)
with open("states.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["spelling", "code"])
    for code, name in states:
        table.writerows([[code.lower(), code], [name.lower(), code]])
