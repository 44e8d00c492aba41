"""Makes groups.csv, categories.csv and states.csv, which count.py loads, from the vocabulary and the states of
the program. Run it again, in this folder, with a vocabulary of your own.

    python3 make_tables.py ../../vocabulary.toml ../../../src/jurisdiction.rs
"""

import csv
import re
import sys
import tomllib

with open(sys.argv[1], "rb") as file:
    vocabulary = tomllib.load(file)
groups = [(group["key"], group, group["category"]) for group in vocabulary["group"]]
for key, column in (("venues.sex", "sex_venue"), ("venues.labor", "labor_venue")):
    venues = {"column": column, "counts": "cases", "over": "period"}
    groups.append((key, venues, vocabulary[column]))
with open("groups.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["key", "column_name", "counts", "over_time", "victims", "total", "calls"])
    for key, group, entries in groups:
        flags = [group.get("victims", False), group.get("total", False), "substantive" in entries[0]]
        table.writerow([key, group.get("column", key), group["counts"], group["over"], *map(int, flags)])
with open("categories.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["list", "key", "substantive"])
    for key, group, entries in groups:
        table.writerows([key, entry["key"], int(entry.get("substantive", True))] for entry in entries)
with open(sys.argv[2], encoding="utf-8") as file:
    states = re.findall(r'^    "([A-Z]{2})" "\d\d" \d+ "([^"]+)";', file.read(), re.MULTILINE)
with open("states.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["spelling", "code"])
    for code, name in states:
        table.writerows([[code.lower(), code], [name.lower(), code]])
