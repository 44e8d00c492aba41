"""Counts canonical signals with DuckDB (`python3 -m pip install duckdb`) and writes a statistics table.

    python3 count.py signals.csv totals.csv
    hotline-profile build --data totals.csv
"""

import sys
from pathlib import Path

import duckdb

HERE = Path(__file__).parent
signals, totals = sys.argv[1:]
database = duckdb.connect()
load = (HERE / "load-duckdb.sql").read_text()
for name, path in (("signals.csv", signals), ("vocabulary.csv", HERE / "vocabulary.csv"), ("states.csv", HERE / "states.csv")):
    load = load.replace(f"'{name}'", "'" + str(path).replace("'", "''") + "'")
database.execute(load)
count = (HERE / "count.sql").read_text()
database.execute(f"COPY ({count}) TO '{totals}' (HEADER)")
