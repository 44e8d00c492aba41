"""Counts canonical signals with an engine, by load-ENGINE.sql, given.sql and count.sql, and writes the tables that
the program reads: the statistics table and the table of places.

    python3 count.py signals.csv totals.csv places.csv
    hotline-profile build --data totals.csv places.csv

    spark-submit count.py --engine spark 'signals/*.parquet' totals places
    python3 count.py --engine postgres --database postgresql:///hotline signals.csv totals.csv places.csv

DuckDB comes with `python3 -m pip install duckdb`, Spark with `python3 -m pip install pyspark` and Java 17;
PostgreSQL is run by psql. `--help` names the options.
"""

import argparse
import csv
import re
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLES = ("groups", "vocabulary", "states")
# What given.sql names.
COLUMNS = (
    "signal_id", "case_id", "received", "caller_state", "state", "county", "city", "zip", "latitude", "longitude", "synthetic",
)


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("signals", help="CSV or Parquet, a file or a pattern")
    parser.add_argument("totals", help="the statistics table: a CSV file; with Spark a folder of parts")
    parser.add_argument("places", help="the table of places, as totals")
    parser.add_argument("--program", default="hotline-profile", help="what says where places are")
    parser.add_argument("--engine", choices=("duckdb", "spark", "postgres"), default="duckdb")
    parser.add_argument("--database", help="of PostgreSQL, as psql takes it")
    parser.add_argument("--from", dest="period_from", default="2012-12", metavar="MONTH")
    parser.add_argument("--to", dest="period_to", default="2016-12", metavar="MONTH")
    parser.add_argument("--year", type=int, default=2016)
    parser.add_argument("--year-starts", type=int, default=1, metavar="MONTH", help="1 to 12")
    parser.add_argument("--unit", choices=("cases", "victims"), default="cases")
    parser.add_argument("--min-cell", type=int, default=5, help="cases that a place of the map must have")
    parser.add_argument("--tables", type=Path, default=HERE, help="folder of groups.csv, vocabulary.csv, states.csv")
    parser.add_argument("--areas", help="CSV of areas and their states (area,code), in place of each state by itself")
    return parser.parse_args()


def quoted(text):
    """A string of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def statements(text):
    """The statements of a file, and commands of psql, without comments."""
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("--")]
    text = re.sub(r"^(\\\w.*)$", r"\1;", "\n".join(lines), flags=re.MULTILINE)
    return [part.strip() for part in re.split(r";\s*\n", text + "\n") if part.strip()]


def load(asked):
    """The statements up to given_places, with the names of files and what is asked for."""
    text = (HERE / f"load-{asked.engine}.sql").read_text(encoding="utf-8")
    for name in TABLES:
        text = text.replace(f"'{name}.csv'", quoted(asked.tables / f"{name}.csv"))
    wanted = (
        f"SELECT {quoted(asked.period_from)} AS period_from, {quoted(asked.period_to)} AS period_to, {asked.year} AS year, "
        f"{asked.year_starts} AS year_starts, {quoted(asked.unit)} AS unit, {asked.min_cell} AS min_cell"
    )
    text, changed = re.subn(r"(CREATE TABLE parameters AS\s)SELECT[^;]*", lambda found: found[1] + wanted, text)
    assert changed == 1
    if asked.areas:
        with open(asked.areas, encoding="utf-8", newline="") as file:
            rows = [f"SELECT {quoted(row['area'])} AS area, {quoted(row['code'])} AS code" for row in csv.DictReader(file)]
        text = re.sub(r"(CREATE TABLE areas AS\s)SELECT[^;]*", lambda found: found[1] + " UNION ALL ".join(rows), text)
    return statements(text) + statements((HERE / "given.sql").read_text(encoding="utf-8"))


def count():
    """The statements behind located."""
    return statements((HERE / "count.sql").read_text(encoding="utf-8"))


def locate(asked, given, located):
    """Asks the program what is in the cells of places."""
    subprocess.run([asked.program, "locate", str(given), "--output", str(located)], check=True)


def results(asked):
    """Each table that is written, and where to."""
    return [("totals", asked.totals), ("places", asked.places)]


def is_parquet(path):
    return Path(path).suffix == ".parquet"


def duckdb(asked, folder):
    import duckdb

    database = duckdb.connect()
    for statement in load(asked):
        if statement.startswith("CREATE OR REPLACE TABLE signals"):
            statement = statement.replace("'signals.csv'", quoted(asked.signals))
            if is_parquet(asked.signals):
                statement = (
                    "CREATE OR REPLACE TABLE signals AS "
                    f"SELECT row_number() OVER () AS source_row, COLUMNS(*)::VARCHAR FROM read_parquet({quoted(asked.signals)})"
                )
        if is_parquet(asked.signals) and "reject_errors" in statement:
            statement = "CREATE OR REPLACE TABLE unread AS SELECT 0 AS lines"
        database.execute(statement)
    given, located = folder / "given.csv", folder / "located.csv"
    database.execute(f"COPY given_places TO {quoted(given)} (HEADER)")
    locate(asked, given, located)
    database.execute(f"CREATE TABLE located AS SELECT * FROM read_csv({quoted(located)}, header = true, all_varchar = true, nullstr = 'no null')")
    for statement in count():
        database.execute(statement)
    for table, path in results(asked):
        database.execute(f"COPY (SELECT * FROM {table} ORDER BY ALL) TO {quoted(path)} (HEADER)")


def spark(asked, folder):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("hotline-profile").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    reader = session.read.option("header", True)
    parquet = is_parquet(asked.signals)
    given = (reader.parquet if parquet else reader.csv)(asked.signals).columns
    missing = [f"CAST(NULL AS STRING) AS {name}" for name in COLUMNS if name not in given]
    held = ", ".join(f"`{name}` STRING" for name in given)
    for statement in load(asked):
        if statement.startswith("CREATE TABLE given ("):
            statement = re.sub(r"given \(.*?unreadable STRING", lambda _: f"given ({held}, unreadable STRING", statement, flags=re.DOTALL)
            statement = statement.replace("'signals.csv'", quoted(asked.signals))
            if parquet:
                statement = f"CREATE TABLE given USING parquet OPTIONS (path {quoted(asked.signals)})"
        if statement.startswith("CREATE TABLE numbered") and parquet:
            texts = ", ".join(f"CAST(`{name}` AS STRING) AS `{name}`" for name in given)
            statement = (
                "CREATE TABLE numbered AS SELECT _metadata.file_path AS source_file, _metadata.row_index AS row_of_file, "
                f"{texts}, CAST(NULL AS STRING) AS unreadable FROM given"
            )
        if statement.startswith("CREATE TABLE signals"):
            statement = statement.replace("n.*\n", ", ".join(["n.*", *missing]) + "\n", 1)
        if "UNPIVOT" in statement:
            names = re.search(r"column_name IN \(([^)]*)\)", statement)[1]
            with open(asked.tables / "groups.csv", encoding="utf-8", newline="") as file:
                listed = [row["column_name"] for row in csv.DictReader(file)]
            statement = statement.replace(names, ", ".join(f"`{name}`" for name in listed if name in given))
        session.sql(statement)
    places, located = folder / "given", folder / "located.csv"
    plain = {"header": True, "escape": '"', "ignoreLeadingWhiteSpace": False, "ignoreTrailingWhiteSpace": False}
    session.table("given_places").write.mode("overwrite").options(**plain).csv(str(places))
    locate(asked, places, located)
    session.read.options(header=True, emptyValue="", nullValue="no null").csv(str(located)).na.fill("").createOrReplaceTempView("located_file")
    session.sql("DROP TABLE IF EXISTS located")
    session.sql("CREATE TABLE located AS SELECT * FROM located_file")
    for statement in count():
        session.sql(statement)
    for table, path in results(asked):
        session.table(table).coalesce(1).write.mode("overwrite").options(**plain).csv(str(path))
    session.stop()


def postgres(asked, folder):
    """COPY stops at rows that it can't read: these are left out before, and counted."""
    sound, unread = folder / "signals.csv", 0
    with open(asked.signals, encoding="utf-8-sig", errors="replace", newline="") as source, open(sound, "w", encoding="utf-8", newline="") as target:
        rows, written = csv.reader(source), csv.writer(target)
        header = next(rows)
        missing = [name for name in COLUMNS if name not in header]
        written.writerow(header)
        for row in filter(None, rows):
            if len(row) != len(header) or any("\ufffd" in cell for cell in row):
                unread += 1
            else:
                written.writerow([cell.replace("\0", " ") for cell in row])
    run = []
    for statement in load(asked):
        if statement.startswith("CREATE TABLE signals"):
            columns = ", ".join(f'"{name}" TEXT' for name in header + missing)
            statement = f"CREATE TABLE signals (source_row BIGINT GENERATED ALWAYS AS IDENTITY, {columns})"
        if statement.startswith("\\copy signals"):
            names = ", ".join(f'"{name}"' for name in header)
            statement = f"\\copy signals ({names}) FROM {quoted(sound)} WITH (FORMAT csv, HEADER)"
        if statement.startswith("CREATE TABLE unread"):
            statement = f"CREATE TABLE unread AS SELECT {unread} AS lines"
        run.append(statement)
    given, located = folder / "given.csv", folder / "located.csv"
    psql(asked, [*run, copied("given_places", given)])
    locate(asked, given, located)
    columns = "place_key TEXT, caller_state TEXT, state TEXT, zip TEXT, city TEXT, county TEXT"
    run = ["DROP TABLE IF EXISTS located", f"CREATE TABLE located ({columns})"]
    run += [f"\\copy located FROM {quoted(located)} WITH (FORMAT csv, HEADER, NULL 'no null')", *count()]
    psql(asked, run + [copied(table, Path(path).resolve()) for table, path in results(asked)])


def copied(table, path):
    return f"\\copy (SELECT * FROM {table} ORDER BY 1, 2, 3, 4) TO {quoted(path)} WITH (FORMAT csv, HEADER)"


def psql(asked, run):
    """Runs statements, each of which ends the run where it fails."""
    run = ["\\set ON_ERROR_STOP on", "SET client_min_messages = warning", *run]
    text = "".join(statement + ("\n" if statement.startswith("\\") else ";\n") for statement in run)
    command = ["psql", "--no-psqlrc", "--quiet", *([asked.database] if asked.database else [])]
    subprocess.run(command, input=text.encode(), check=True)


if __name__ == "__main__":
    asked = options()
    with tempfile.TemporaryDirectory() as folder:
        {"duckdb": duckdb, "spark": spark, "postgres": postgres}[asked.engine](asked, Path(folder))
