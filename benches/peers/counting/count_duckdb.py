"""The statistics of all 56 states with DuckDB.

    python count_duckdb.py signals.csv

Faster than input/examples/statistics/count.sql, which is written to be read by any engine: cells are
read once into a table, each *distinct* cell becomes a bit mask, and a case is one row of masks.
"""

import time

imported = time.perf_counter()
import duckdb

imported = time.perf_counter() - imported
import rules

COLUMNS = """signal_id case_id received contact_method call_type caller_state state county city zip latitude
longitude trafficking_type sex_venue labor_venue citizenship gender age synthetic""".split()


def text(value):
    return "'" + value.replace("'", "''") + "'"


def count(path, the):
    database = duckdb.connect()
    run = database.execute
    types = ", ".join(f"'{name}': 'VARCHAR'" for name in COLUMNS)
    # The types are given, so nothing is guessed. Columns that aren't named aren't converted.
    run(f"""
        CREATE TEMP TABLE signals AS
        SELECT signal_id, case_id, try_cast(substr(received, 1, 10) AS DATE) AS day, call_type, caller_state,
               state, sex_venue, labor_venue, citizenship, gender, age
        FROM read_csv({text(path)}, header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
                      columns = {{{types}}})
        WHERE signal_id <> '' AND day IS NOT NULL
    """)
    # If rows have the same id, the first one counts. The window is slow, so it sees only ids that occur twice.
    run("""
        DELETE FROM signals WHERE rowid IN (
            SELECT row FROM (
                SELECT rowid AS row, row_number() OVER (PARTITION BY signal_id ORDER BY rowid) AS occurrence
                FROM signals
                WHERE signal_id IN (SELECT signal_id FROM signals GROUP BY signal_id HAVING count(*) > 1))
            WHERE occurrence > 1)
    """)
    lookup(database, "state", the.states_of)
    lookup(database, "caller_state", the.states_of)
    for column in rules.OF_CASES:
        lookup(database, column, lambda cell: the.categories_of(column, cell))
    lookup(database, "call_type", lambda cell: int(the.call_of(cell)[1]))

    answer = rules.Answer(the)
    run(f"""
        WITH counted AS (
            SELECT state, caller_state, call_type, count(*) AS n
            FROM signals WHERE day BETWEEN DATE '{rules.YEAR}-01-01' AND DATE '{rules.YEAR}-12-31'
            GROUP BY ALL)
        SELECT CASE WHEN s.mask > 0 THEN s.mask ELSE coalesce(c.mask, 0) END, call_type, sum(n)
        FROM counted LEFT JOIN of_state s ON s.cell = state LEFT JOIN of_caller_state c ON c.cell = caller_state
        GROUP BY ALL
    """)
    for states, cell, n in database.fetchall():
        answer.add_calls(states, cell, n)

    masks = " | ".join(f"coalesce({column}_.mask, 0)" for column in rules.OF_CASES)
    joins = " ".join(f"LEFT JOIN of_{column} {column}_ ON {column}_.cell = {column}" for column in rules.OF_CASES)
    sums = ", ".join(f"sum(categories >> {bit} & 1) FILTER (in_period)" for bit in range(len(the.categories)))
    run(f"""
        WITH cases AS (
            SELECT min(day) AS day, bit_or(coalesce(s.mask, 0)) AS states, bit_or({masks}) AS categories
            FROM signals LEFT JOIN of_state s ON s.cell = state
                 LEFT JOIN of_call_type call_ ON call_.cell = call_type {joins}
            WHERE case_id <> '' AND coalesce(call_.mask, 1) = 1
            GROUP BY case_id),
        dated AS (
            SELECT states, categories, year(day) = {rules.YEAR} AS in_year,
                   day BETWEEN DATE '{rules.FIRST_DAY}' AND DATE '{rules.LAST_DAY}' AS in_period
            FROM cases)
        SELECT states, count(*) FILTER (in_period), count(*) FILTER (in_year), {sums}
        FROM dated GROUP BY states
    """)
    for states, in_period, in_year, *counts in database.fetchall():
        answer.add(states, "cases", "period", in_period)
        answer.add(states, "cases", "year", in_year)
        for (column, key), n in zip(the.categories, counts):
            answer.add(states, rules.OF_CASES[column], key, n or 0)
    return answer


def lookup(database, column, mask):
    """A table of the masks of a column's few distinct cells."""
    cells = database.execute(f"SELECT DISTINCT {column} FROM signals WHERE {column} <> ''").fetchall()
    rows = ", ".join(f"({text(cell)}, {mask(cell)})" for (cell,) in cells)
    values = f"VALUES {rows}" if rows else "SELECT NULL, 0 WHERE false"
    database.execute(
        f"CREATE TEMP TABLE of_{column} AS SELECT a::VARCHAR AS cell, b::BIGINT AS mask FROM ({values}) AS t(a, b)"
    )


if __name__ == "__main__":
    rules.run(count, imported)
