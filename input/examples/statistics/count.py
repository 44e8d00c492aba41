"""Counts canonical signals with DuckDB (`python3 -m pip install duckdb`) and writes a statistics table.

    python3 count.py signals.csv totals.csv
    hotline-profile build --data totals.csv

    python3 count.py signals.csv totals.csv victims
    hotline-profile build --unit victims --data totals.csv
"""

import sys
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
signals, totals, *unit = sys.argv[1:]


def quoted(text):
    """A string of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


database = duckdb.connect()
load = (HERE / "load-duckdb.sql").read_text(encoding="utf-8")
tables = {name: HERE / name for name in ("groups.csv", "vocabulary.csv", "states.csv")}
for name, path in {"signals.csv": signals, **tables}.items():
    load = load.replace(f"'{name}'", quoted(path))
database.execute(load)
if unit:
    database.execute(f"UPDATE asked SET unit = {quoted(unit[0])}")
count = (HERE / "count.sql").read_text(encoding="utf-8")
database.execute(f"COPY ({count}) TO {quoted(totals)} (HEADER)")
