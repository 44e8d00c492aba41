"""The statistics of all 56 states with pandas.

    python count_pandas.py signals.csv

Cells of few distinct values become categories, whose codes index an array of bit masks; a case is one
row of masks. Masks are joined by NumPy, which is far faster than a function per group.
"""

import time

imported = time.perf_counter()
import numpy as np
import pandas as pd

imported = time.perf_counter() - imported
import rules

FEW = ["call_type", "caller_state", "state", *rules.OF_CASES]


TEXT = ["signal_id", "case_id", "received"]


def read(path, further=()):
    """The signals that count, with the day of each. The pyarrow engine reads on all cores."""
    text = [*TEXT, *further]
    signals = pd.read_csv(
        path,
        engine="pyarrow",
        dtype_backend="pyarrow",
        usecols=[*text, *FEW],
        dtype=dict.fromkeys(text, "string[pyarrow]"),
    )
    for column in FEW:
        signals[column] = signals[column].astype("category")
    signals["day"] = pd.to_datetime(signals["received"].str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    signals = signals[signals["day"].notna() & signals["signal_id"].notna() & (signals["signal_id"] != "")]
    # If rows have the same id, the first one counts.
    return signals[~signals["signal_id"].duplicated()]


def count(signals, the):
    def masks(column, mask):
        """The mask of each cell, by the code of its category. The code of an empty cell is -1."""
        cells = signals[column].cat
        of_cell = np.array([mask(cell) for cell in cells.categories] + [0], dtype=np.uint64)
        return of_cell[cells.codes.to_numpy()]

    answer = rules.Answer(the)
    located, called = masks("state", the.states_of), masks("caller_state", the.states_of)
    day = signals["day"].to_numpy().astype("datetime64[D]")
    of_year = (day >= np.datetime64(f"{rules.YEAR}-01-01")) & (day <= np.datetime64(f"{rules.YEAR}-12-31"))
    calls = pd.DataFrame(
        {
            "states": np.where(located > 0, located, called)[of_year],
            "call": signals["call_type"].cat.codes.to_numpy()[of_year],
        }
    )
    names = signals["call_type"].cat.categories
    for (states, code), n in calls.value_counts().items():
        answer.add_calls(states, names[code] if code >= 0 else "", n)

    substantive = np.array([the.call_of(cell)[1] for cell in names] + [True])[signals["call_type"].cat.codes.to_numpy()]
    known = (signals["case_id"].notna() & (signals["case_id"] != "")).to_numpy(dtype=bool)
    telling = substantive & known
    categories = np.zeros(len(signals), dtype=np.uint64)
    for column in rules.OF_CASES:
        categories |= masks(column, lambda cell: the.categories_of(column, cell))
    numbers, ids = pd.factorize(signals["case_id"][telling])
    # The rows of a case are next to each other, so each case is one slice.
    order = np.argsort(numbers, kind="stable")
    starts = np.flatnonzero(np.diff(numbers[order], prepend=-1))
    if len(starts) == 0:
        return answer
    cases = pd.DataFrame(
        {
            "day": np.minimum.reduceat(day[telling][order], starts),
            "states": np.bitwise_or.reduceat(located[telling][order], starts),
            "categories": np.bitwise_or.reduceat(categories[telling][order], starts),
        }
    )
    year = cases["day"].dt.year == rules.YEAR
    period = cases["day"].between(rules.FIRST_DAY, rules.LAST_DAY)
    counts = pd.DataFrame({"states": cases["states"], "in_period": period, "in_year": year})
    of_case = cases["categories"].to_numpy()
    for bit in range(len(the.categories)):
        counts[bit] = period & ((of_case >> np.uint64(bit)) & np.uint64(1)).astype(bool)
    for states, row in counts.groupby("states").sum().iterrows():
        answer.add(states, "cases", "period", row["in_period"])
        answer.add(states, "cases", "year", row["in_year"])
        for bit, (column, key) in enumerate(the.categories):
            answer.add(states, rules.OF_CASES[column], key, row[bit])
    return answer


if __name__ == "__main__":
    rules.run(lambda path, the: count(read(path), the), imported)
