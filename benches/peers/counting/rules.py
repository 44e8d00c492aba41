"""What the counting peers share: the vocabulary as bit masks, the options, and the form of the answer.

Nothing here touches a signal; it takes thousandths of a second.
"""

import csv
import json
import re
import sys
import time
import tomllib
from pathlib import Path

INPUT = Path(__file__).resolve().parents[3] / "input"

FIRST_DAY, LAST_DAY = "2012-12-01", "2016-12-31"
YEAR = 2016

# The lists by whose values cases are counted, and the figure that each belongs to, as `stats` names it.
OF_CASES = {
    "citizenship": "citizenship",
    "gender": "gender",
    "age": "age",
    "sex_venue": "venues.sex",
    "labor_venue": "venues.labor",
}


def form(spelling):
    """The part of a spelling that distinguishes values, as in src/vocabulary.rs. The sample has no age ranges."""
    letters = re.sub(r"[^a-z0-9+<>]", "", spelling.lower().replace("&", "and"))
    return f"#{int(letters)}" if letters.isdigit() else letters


def spelled(entry):
    """The spellings of a value of the vocabulary, and the numbers that mean it."""
    numbers = range(entry.get("from", 0), entry.get("to", -1) + 1)
    return {*map(form, (entry["key"], entry["name"], *entry.get("aliases", []))), *(f"#{number}" for number in numbers)}


class Rules:
    """Bits of the 56 states, and of all categories of a case in one mask."""

    def __init__(self):
        with open(INPUT / "examples" / "statistics" / "states.csv", newline="") as file:
            states = list(csv.DictReader(file))
        self.states = sorted({row["code"] for row in states})
        self.state_bits = {row["spelling"]: self.states.index(row["code"]) for row in states}
        # (list, key) in the order of their bits in a case's mask.
        self.categories = []
        self.bits = {}
        self.calls = {}
        with open(INPUT / "vocabulary.toml", "rb") as file:
            vocabulary = tomllib.load(file)
        lists = {group.get("column", group["key"]): group["category"] for group in vocabulary["group"]}
        for entry in lists["call_type"]:
            self.calls |= dict.fromkeys(spelled(entry), (entry["key"], entry["substantive"]))
        for column in OF_CASES:
            for entry in lists.get(column) or vocabulary[column]:
                self.bits |= dict.fromkeys(((column, text) for text in spelled(entry)), len(self.categories))
                self.categories.append((column, entry["key"]))

    def states_of(self, cell):
        """The mask of the states that a cell names; 0 if it names none."""
        mask = 0
        for value in (cell or "").split(";"):
            bit = self.state_bits.get(value.strip().lower())
            if bit is not None:
                mask |= 1 << bit
        return mask

    def categories_of(self, column, cell):
        """The mask of the categories that a cell names."""
        mask = 0
        for value in (cell or "").split(";"):
            bit = self.bits.get((column, form(value)))
            if bit is not None:
                mask |= 1 << bit
        return mask

    def call_of(self, cell):
        """Key of a call type, and whether it is substantive. A missing or unknown one is
        substantive and counted under no type."""
        return self.calls.get(form(cell or ""), (None, True))


class Answer:
    """The statistics of all states by `state.figure.category`, without zeros."""

    def __init__(self, rules):
        self.rules = rules
        self.numbers = {}

    def add(self, states, figure, category, count):
        """Adds a number to each state of a mask."""
        states, count = int(states), int(count)
        bit = 0
        while count and states >> bit:
            if states >> bit & 1:
                key = f"{self.rules.states[bit]}.{figure}.{category}"
                self.numbers[key] = self.numbers.get(key, 0) + count
            bit += 1

    def listed(self):
        """The numbers by name, with the five venues of each kind that have most cases. Ties are in the order of
        the vocabulary."""
        numbers = dict(self.numbers)
        for state in self.rules.states:
            for column in ("sex_venue", "labor_venue"):
                names = [f"{state}.{OF_CASES[column]}.{key}" for of, key in self.rules.categories if of == column]
                ranked = sorted((name for name in names if name in numbers), key=lambda name: -numbers[name])
                for name in ranked[5:]:
                    del numbers[name]
        return numbers

    def add_calls(self, states, cell, count):
        key, substantive = self.rules.call_of(cell)
        if not substantive:
            self.add(states, "calls", "non_substantive", count)
        elif key:
            self.add(states, "calls", key, count)


def run(count, import_seconds):
    """Counts the file named on the command line. Prints the answer, and how long each part took on
    standard error."""
    start = time.perf_counter()
    numbers = count(sys.argv[1], Rules()).listed()
    seconds = time.perf_counter() - start
    json.dump(numbers, sys.stdout, sort_keys=True, indent=0)
    print(json.dumps({"import_s": import_seconds, "query_s": seconds}), file=sys.stderr)
