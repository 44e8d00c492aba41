"""The statistics of all 56 states with Polars.

    python count_polars.py signals.csv

The scan is lazy and streams; cells of few distinct values are read as categories, whose numbers index a
list of bit masks; a case is one row of masks.
"""

import time

imported = time.perf_counter()
import polars as pl

imported = time.perf_counter() - imported
from datetime import date

import rules

TEXT = ["signal_id", "case_id", "received", "contact_method", "county", "city", "zip", "latitude", "longitude"]
ORDER = """signal_id case_id received contact_method call_type caller_state state county city zip latitude
longitude trafficking_type sex_venue labor_venue citizenship gender age synthetic""".split()


def count(path, the):
    # The types are given, so nothing is guessed. Columns that aren't requested aren't converted.
    schema = {name: pl.String if name in TEXT else pl.Categorical for name in ORDER}
    signals = (
        pl.scan_csv(path, schema=schema)
        .select(
            "signal_id",
            "case_id",
            pl.col("received").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False).alias("day"),
            "call_type",
            "caller_state",
            "state",
            *rules.OF_CASES,
        )
        .filter(pl.col("signal_id").is_not_null(), pl.col("day").is_not_null())
        .collect(engine="streaming")
    )
    # If rows have the same id, the first one counts. If no two hashes are equal, no two ids are, which is far
    # cheaper to check.
    if signals["signal_id"].hash().n_unique() < len(signals):
        signals = signals.unique("signal_id", keep="first", maintain_order=True)

    def cells(column):
        """The distinct cells of a column, and the number of the category of each."""
        distinct = signals[column].unique().drop_nulls()
        return distinct.cast(pl.String).to_list(), distinct.to_physical().to_list()

    def masks(column, mask):
        """The mask of each cell, by the number of its category."""
        texts, numbers = cells(column)
        of_number = [0] * (max(numbers, default=0) + 1)
        for text, number in zip(texts, numbers):
            of_number[number] = mask(text)
        of_number = pl.lit(pl.Series(of_number, dtype=pl.UInt64))
        return of_number.gather(pl.col(column).to_physical()).fill_null(0)

    answer = rules.Answer(the)
    calls = (
        signals.lazy()
        .filter(pl.col("day").is_between(date(rules.YEAR, 1, 1), date(rules.YEAR, 12, 31)))
        .group_by("state", "caller_state", "call_type")
        .len()
        .collect()
    )
    for state, caller, cell, n in calls.cast(
        {"state": pl.String, "caller_state": pl.String, "call_type": pl.String}
    ).iter_rows():
        answer.add_calls(the.states_of(state) or the.states_of(caller), cell, n)

    left_out = masks("call_type", lambda cell: int(not the.call_of(cell)[1]))
    categories = pl.lit(0, dtype=pl.UInt64)
    for column in rules.OF_CASES:
        categories = categories | masks(column, lambda cell: the.categories_of(column, cell))
    period = date.fromisoformat(rules.FIRST_DAY), date.fromisoformat(rules.LAST_DAY)
    in_period, in_year = pl.col("day").is_between(*period), pl.col("day").dt.year() == rules.YEAR
    counts = (
        signals.lazy()
        .filter(pl.col("case_id").is_not_null(), left_out == 0)
        .select("case_id", "day", masks("state", the.states_of).alias("states"), categories.alias("categories"))
        .group_by("case_id")
        .agg(pl.col("day").min(), pl.col("states").bitwise_or(), pl.col("categories").bitwise_or())
        .group_by("states")
        .agg(
            in_period.sum().alias("in_period"),
            in_year.sum().alias("in_year"),
            *(
                (in_period & ((pl.col("categories") & (1 << bit)) != 0)).sum().alias(str(bit))
                for bit in range(len(the.categories))
            ),
        )
        .collect(engine="streaming")
    )
    for states, in_period, in_year, *numbers in counts.iter_rows():
        answer.add(states, "cases", "period", in_period)
        answer.add(states, "cases", "year", in_year)
        for (column, key), n in zip(the.categories, numbers):
            answer.add(states, rules.OF_CASES[column], key, n)
    return answer


if __name__ == "__main__":
    rules.run(count, imported)
