"""Makes vocabulary.csv and states.csv, which count.sql joins, from the vocabulary and the states of the program.

    python3 make_tables.py ../../vocabulary.toml ../../../src/jurisdiction.rs
"""

import csv
import re
import sys
import tomllib


def form(spelling):
    """What of a spelling tells values apart, as in src/vocabulary.rs and in count.sql."""
    return re.sub(r"[^a-z0-9+<>]", "", spelling.lower().replace("&", "and"))


with open(sys.argv[1], "rb") as file:
    vocabulary = tomllib.load(file)
with open("vocabulary.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["list", "form", "key", "substantive"])
    for name in ("call_type", "sex_venue", "labor_venue", "citizenship", "gender", "age"):
        for entry in vocabulary[name]:
            spellings = [entry["key"], entry["name"], *entry.get("aliases", [])]
            for spelled in dict.fromkeys(map(form, spellings)):
                table.writerow([name, spelled, entry["key"], int(entry.get("substantive", True))])
with open(sys.argv[2], encoding="utf-8") as file:
    states = re.findall(r'^    "([A-Z]{2})" "\d\d" \d+ "([^"]+)";', file.read(), re.MULTILINE)
with open("states.csv", "w", newline="") as file:
    table = csv.writer(file, lineterminator="\n")
    table.writerow(["spelling", "code"])
    for code, name in states:
        table.writerows([[code.lower(), code], [name.lower(), code]])
