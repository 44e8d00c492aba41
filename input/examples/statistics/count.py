"""Counts canonical signals with an engine, using load-ENGINE.sql, given.sql and count.sql, and writes the tables that
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
TABLES = ("groups", "categories", "states")
# The columns that given.sql names. The program can't count without the first four either.
COLUMNS = (
    "signal_id", "case_id", "received", "state", "caller_state", "county", "city", "zip", "latitude", "longitude", "synthetic",
)
NEEDED = COLUMNS[:4]
# Questions for the program: a table, the command, and the table of its answers.
QUESTIONS = (("given_places", "locate", "located"), ("given_cells", "interpret", "interpreted"))


def options():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("signals", help="CSV or Parquet, a file or a pattern")
    parser.add_argument("totals", help="the statistics table: a CSV file; with Spark a folder of parts")
    parser.add_argument("places", help="the table of places, as totals")
    parser.add_argument("--program", default="hotline-profile", help="what says what cells mean")
    parser.add_argument("--engine", choices=("duckdb", "spark", "postgres"), default="duckdb")
    parser.add_argument("--database", help="of PostgreSQL, as psql takes it")
    parser.add_argument("--from", dest="period_from", default="2012-12", metavar="MONTH")
    parser.add_argument("--to", dest="period_to", default="2016-12", metavar="MONTH")
    parser.add_argument("--year", type=int, default=2016)
    parser.add_argument("--year-starts", type=int, default=1, metavar="MONTH", help="1 to 12")
    parser.add_argument("--unit", choices=("cases", "victims"), default="cases")
    parser.add_argument("--min-cell", type=int, default=5, help="cases that a place of the map must have")
    parser.add_argument("--tables", type=Path, default=HERE, help="folder of groups.csv, categories.csv, states.csv")
    parser.add_argument("--vocabulary", type=Path, help="the vocabulary that these were made from, if not the built-in one")
    parser.add_argument("--areas", help="CSV of areas and their states (area,code), in place of each state by itself")
    return parser.parse_args()


def quoted(text):
    """A string of SQL."""
    return "'" + str(text).replace("'", "''") + "'"


def statements(text):
    """The statements of a file and psql's commands, without comments."""
    lines = [line for line in text.split("\n") if not line.lstrip().startswith("--")]
    text = re.sub(r"^(\\\w.*)$", r"\1;", "\n".join(lines), flags=re.MULTILINE)
    return [part.strip() for part in re.split(r";\s*\n", text + "\n") if part.strip()]


def load(asked):
    """The statements up to given_places, with the names of files and the options."""
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
    """The statements after located and interpreted."""
    return statements((HERE / "count.sql").read_text(encoding="utf-8"))


def ask(asked, command, given, answer):
    """Asks the program for the meanings of cells."""
    vocabulary = ["--vocabulary", str(asked.vocabulary)] if command == "interpret" and asked.vocabulary else []
    subprocess.run([asked.program, command, str(given), "--output", str(answer), *vocabulary], check=True)


def missing(asked, given):
    """The columns that given.sql names but the signals don't have, if the others have names that engines know."""
    with open(asked.tables / "groups.csv", encoding="utf-8", newline="") as file:
        known = [*COLUMNS, *(row["column_name"] for row in csv.DictReader(file))]
    known = {name.replace("_", ""): name for name in known}
    seen = set()
    for name in given:
        wanted = known.get(re.sub("[^a-z0-9]", "", name.lower()), name.lower())
        if name.lower() != wanted:
            raise SystemExit(f"the signals have a column “{name}”: the SQL needs the name {wanted}")
        if wanted in seen:
            raise SystemExit(f"the signals have two columns “{name}”: rename or remove one")
        seen.add(wanted)
    needed = [name for name in NEEDED if name not in seen]
    if needed:
        raise SystemExit(f"the signals have no column {', '.join(needed)}: rename columns, or make a view (docs/warehouse.md)")
    return [name for name in COLUMNS if name not in seen]


def results(asked):
    """Each table that is written, and its file."""
    return [("totals", asked.totals), ("places", asked.places)]


def is_parquet(path):
    return Path(path).suffix == ".parquet"


def duckdb(asked, folder):
    import duckdb

    database = duckdb.connect()
    # Times stay the same in every time zone.
    database.execute("SET TimeZone = 'UTC'")
    for statement in load(asked):
        if statement.startswith("CREATE OR REPLACE TABLE signals"):
            statement = statement.replace("'signals.csv'", quoted(asked.signals))
            if is_parquet(asked.signals):
                statement = (
                    "CREATE OR REPLACE TABLE signals AS "
                    f"SELECT row_number() OVER () AS source_row, {duckdb_texts(database, asked.signals)} FROM read_parquet({quoted(asked.signals)})"
                )
        if is_parquet(asked.signals) and "reject_errors" in statement:
            statement = "CREATE OR REPLACE TABLE unread AS SELECT 0 AS lines"
        database.execute(statement)
        if statement.startswith("CREATE OR REPLACE TABLE signals"):
            for name in missing(asked, duckdb_columns(database, asked.signals)):
                database.execute(f"ALTER TABLE signals ADD COLUMN {name} VARCHAR")
    for table, command, answers in QUESTIONS:
        given, answer = folder / f"{table}.csv", folder / f"{answers}.csv"
        database.execute(f"COPY {table} TO {quoted(given)} (HEADER)")
        ask(asked, command, given, answer)
        database.execute(
            f"CREATE TABLE {answers} AS SELECT * FROM read_csv({quoted(answer)}, header = true, all_varchar = true, nullstr = 'no null')"
        )
    for statement in count():
        database.execute(statement)
    for table, path in results(asked):
        database.execute(f"COPY (SELECT * FROM {table} ORDER BY ALL) TO {quoted(path)} (HEADER)")


def duckdb_texts(database, signals):
    """The columns of Parquet files as text. The values of a list are separated by semicolons."""
    texts = []
    for name, kind, *_ in database.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(signals)})").fetchall():
        text = f'"{name}"::VARCHAR'
        if kind.endswith("[]"):
            text = f"array_to_string(list_transform(\"{name}\", lambda value: coalesce(value::VARCHAR, '')), ';')"
        texts.append(f'{text} AS "{name}"')
    return ", ".join(texts)


def duckdb_columns(database, signals):
    """The names of the columns as in the files. DuckDB renames columns that occur twice."""
    loaded = [column[0] for column in database.execute("DESCRIBE signals").fetchall()][1:]
    if is_parquet(signals):
        return loaded
    texts = ", ".join(f"'column{number}': 'VARCHAR'" for number in range(len(loaded)))
    first = (
        f"SELECT * FROM read_csv({quoted(signals)}, header = false, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
        f"columns = {{{texts}}}, ignore_errors = true) LIMIT 1"
    )
    return [name for name in database.execute(first).fetchone() if name is not None]


def spark(asked, folder):
    from pyspark.sql import SparkSession

    session = SparkSession.builder.appName("hotline-profile").getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    # Times stay the same in every time zone.
    session.conf.set("spark.sql.session.timeZone", "UTC")
    reader = session.read.option("header", True)
    parquet = is_parquet(asked.signals)
    table = (reader.parquet if parquet else reader.csv)(asked.signals)
    given = table.columns
    # Spark renames columns that occur twice.
    named = given if parquet else [name for name in session.read.csv(asked.signals).first() if name is not None]
    added = [f"CAST(NULL AS STRING) AS {name}" for name in missing(asked, named)]
    held = ", ".join(f"`{name}` STRING" for name in given)
    for statement in load(asked):
        if statement.startswith("CREATE TABLE given ("):
            statement = re.sub(r"given \(.*?unreadable STRING", lambda _: f"given ({held}, unreadable STRING", statement, flags=re.DOTALL)
            statement = statement.replace("'signals.csv'", quoted(asked.signals))
            if parquet:
                statement = f"CREATE TABLE given USING parquet OPTIONS (path {quoted(asked.signals)})"
        if statement.startswith("CREATE TABLE numbered") and parquet:
            texts = ", ".join(f"{spark_text(*column)} AS `{column[0]}`" for column in table.dtypes)
            statement = (
                "CREATE TABLE numbered AS SELECT _metadata.file_path AS source_file, _metadata.row_index AS row_of_file, "
                f"{texts}, CAST(NULL AS STRING) AS unreadable FROM given"
            )
        if statement.startswith("CREATE TABLE signals"):
            statement = statement.replace("n.*\n", ", ".join(["n.*", *added]) + "\n", 1)
        if "UNPIVOT" in statement:
            names = re.search(r"column_name IN \(([^)]*)\)", statement)[1]
            with open(asked.tables / "groups.csv", encoding="utf-8", newline="") as file:
                listed = [row["column_name"] for row in csv.DictReader(file)]
            held_names = {name.lower() for name in given}
            statement = statement.replace(names, ", ".join(f"`{name}`" for name in listed if name in held_names))
        session.sql(statement)
    plain = {"header": True, "escape": '"', "ignoreLeadingWhiteSpace": False, "ignoreTrailingWhiteSpace": False}
    for table, command, answers in QUESTIONS:
        given, answer = folder / table, folder / f"{answers}.csv"
        session.table(table).write.mode("overwrite").options(**plain).csv(str(given))
        ask(asked, command, given, answer)
        session.read.options(header=True, emptyValue="", nullValue="no null").csv(str(answer)).na.fill("").createOrReplaceTempView("answers")
        session.sql(f"DROP TABLE IF EXISTS {answers}")
        session.sql(f"CREATE TABLE {answers} AS SELECT * FROM answers")
    for statement in count():
        session.sql(statement)
    for table, path in results(asked):
        session.table(table).coalesce(1).write.mode("overwrite").options(**plain).csv(str(path))
    session.stop()


def spark_text(name, kind):
    """A column of Parquet files as text. The values of a list are separated by semicolons."""
    if kind.startswith("array<"):
        return f"array_join(transform(`{name}`, value -> coalesce(CAST(value AS STRING), '')), ';')"
    return f"CAST(`{name}` AS STRING)"


def postgres(asked, folder):
    """COPY stops at rows that it can't read. They are left out beforehand, and counted."""
    sound, unread = folder / "signals.csv", 0
    with open(asked.signals, encoding="utf-8-sig", errors="replace", newline="") as source, open(sound, "w", encoding="utf-8", newline="") as target:
        rows, written = csv.reader(source), csv.writer(target)
        header = next(rows)
        added = missing(asked, header)
        header = [name.lower() for name in header]
        written.writerow(header)
        for row in filter(None, rows):
            if len(row) != len(header) or any("\ufffd" in cell for cell in row):
                unread += 1
            else:
                written.writerow([cell.replace("\0", " ") for cell in row])
    run = []
    for statement in load(asked):
        if statement.startswith("CREATE TABLE signals"):
            columns = ", ".join(f'"{name}" TEXT' for name in header + added)
            statement = f"CREATE TABLE signals (source_row BIGINT GENERATED ALWAYS AS IDENTITY, {columns})"
        if statement.startswith("\\copy signals"):
            names = ", ".join(f'"{name}"' for name in header)
            statement = f"\\copy signals ({names}) FROM {quoted(sound)} WITH (FORMAT csv, HEADER)"
        if statement.startswith("CREATE TABLE unread"):
            statement = f"CREATE TABLE unread AS SELECT {unread} AS lines"
        run.append(statement)
    psql(asked, run + [copied(table, folder / f"{table}.csv") for table, _, _ in QUESTIONS])
    run = []
    for table, command, answers in QUESTIONS:
        answer = folder / f"{answers}.csv"
        ask(asked, command, folder / f"{table}.csv", answer)
        with open(answer, encoding="utf-8", newline="") as file:
            columns = ", ".join(f"{name} TEXT" for name in next(csv.reader(file)))
        run += [f"DROP TABLE IF EXISTS {answers}", f"CREATE TABLE {answers} ({columns})"]
        run += [f"\\copy {answers} FROM {quoted(answer)} WITH (FORMAT csv, HEADER, NULL 'no null')"]
    run += count()
    psql(asked, run + [copied(table, Path(path).resolve()) for table, path in results(asked)])


def copied(table, path):
    return f"\\copy (SELECT * FROM {table} ORDER BY 1, 2, 3) TO {quoted(path)} WITH (FORMAT csv, HEADER)"


def psql(asked, run):
    """Runs statements. The run ends if one fails."""
    run = ["\\set ON_ERROR_STOP on", "SET client_min_messages = warning", *run]
    text = "".join(statement + ("\n" if statement.startswith("\\") else ";\n") for statement in run)
    command = ["psql", "--no-psqlrc", "--quiet", *([asked.database] if asked.database else [])]
    subprocess.run(command, input=text.encode(), check=True)


if __name__ == "__main__":
    asked = options()
    with tempfile.TemporaryDirectory() as folder:
        {"duckdb": duckdb, "spark": spark, "postgres": postgres}[asked.engine](asked, Path(folder))
