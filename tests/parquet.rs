//! Signals in Parquet are read like the same signals in CSV, whatever program wrote the file. `.ci/install-duckdb`
//! gets DuckDB, pandas and Polars; files that Spark wrote are read in tests/spark.rs.

mod support;

use std::path::{Path, PathBuf};
use std::process::Command;

use support::engines::{self, Question};
use support::{Workplace, nasty};

/// Writes a CSV file again with each of the libraries; texts stay texts.
const WRITE: &str = "\
import csv, sys
import duckdb, pandas, polars
source, folder = sys.argv[1:]
rows = list(csv.reader(open(source, encoding='utf-8', newline='')))
columns = {name: [row[at] or None for row in rows[1:]] for at, name in enumerate(rows[0])}
frame = polars.DataFrame(columns, schema={name: polars.String for name in columns})
frame.write_parquet(folder + '/polars.parquet', row_group_size=700)
pandas.DataFrame(columns, dtype=object).to_parquet(folder + '/pandas.parquet', compression='gzip')
duckdb.sql('SELECT * FROM frame').write_parquet(folder + '/duckdb.parquet')
";

/// A few signals with their own types: timestamps, days, numbers, categories, lists.
const TYPED: &str = "\
import datetime, sys
import duckdb, pandas, polars
folder = sys.argv[1]
moments = [datetime.datetime(2016, 3, 1, 23, 45), datetime.datetime(2016, 12, 31), None]
columns = {
    'signal_id': [1, 2, 3], 'case_id': ['A', 'A', None], 'received': moments, 'state': ['NM', 'TX', 'NM'],
    'latitude': [35.1, None, None], 'longitude': [-106.6, None, None], 'age': [17, 34, None],
    'gender': ['Female', 'Male', 'Female'],
}
frame = polars.DataFrame(columns).with_columns(polars.col('state').cast(polars.Categorical), polars.col('received').dt.cast_time_unit('ns'))
frame.with_columns(polars.Series('gender', [['Female', 'Male'], ['Male'], ['Female']])).write_parquet(folder + '/polars.parquet')
pandas.DataFrame(columns).astype({'state': 'category'}).to_parquet(folder + '/pandas.parquet')
duckdb.sql('SELECT * REPLACE (received::DATE AS received, latitude::DECIMAL(8, 4) AS latitude) FROM frame').write_parquet(folder + '/duckdb.parquet')
";

fn write(python: &Path, script: &str, arguments: &[&Path]) {
    engines::run(Command::new(python).args(["-c", script]).args(arguments));
}

#[test]
fn parquet_from_duckdb_pandas_and_polars_is_read_like_csv() {
    let Some(python) = engines::python("DUCKDB_PYTHON", ".ci/install-duckdb") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let signals = folder.path().join("signals.csv");
    std::fs::write(&signals, nasty::readable(0..3000, 1_618_033)).unwrap();
    write(&python, WRITE, &[&signals, folder.path()]);
    let question = Question::USUAL;
    let expected = engines::statistics(&[&signals], question);
    for name in ["duckdb", "pandas", "polars"] {
        let file = folder.path().join(format!("{name}.parquet"));
        let mut found = engines::statistics(&[&file], question);
        // A line between rows isn't a header here, and isn't skipped.
        for (found, expected) in found.iter_mut().zip(&expected) {
            found.ledger.files = expected.ledger.files.clone();
        }
        assert!(found == expected, "{name}");
    }
}

#[test]
fn columns_of_parquet_may_have_types_and_every_cell_is_accounted_for() {
    let Some(python) = engines::python("DUCKDB_PYTHON", ".ci/install-duckdb") else {
        return;
    };
    let place = Workplace::empty();
    write(&python, TYPED, &[place.path(".").as_path()]);
    let files = ["duckdb", "pandas", "polars"];
    let counts: Vec<(u64, u64)> = files
        .iter()
        .map(|name| {
            let file: PathBuf = place.path(&format!("{name}.parquet"));
            let statistics = engines::statistics(&[&file], Question::USUAL);
            let mexico = statistics.iter().find(|it| it.area.code() == "NM").unwrap();
            assert_eq!(
                mexico.ledger.total.rejected, 1,
                "{name}: the row without a date"
            );
            assert_eq!(mexico.located_cases(), Some(1), "{name}");
            let age = mexico
                .groups
                .iter()
                .find(|group| group.kind.key == "age")
                .unwrap();
            let counts: Vec<u64> = age
                .categories
                .iter()
                .map(|category| category.count)
                .collect();
            assert_eq!(counts, [1, 1], "{name}");
            // An engine reads them as we do.
            let tables = ["totals.csv", "places.csv"].map(|name| place.path(name));
            let question = Question {
                from: "2016-03",
                ..Question::USUAL
            };
            let mut command = Command::new(&python);
            command.arg(engines::COUNT).arg(&file).args(&tables);
            engines::run(command.args(question.arguments()));
            let expected = engines::statistics(&[&file], question);
            assert_eq!(
                engines::assert_same(&expected, &tables, question),
                2,
                "{name}"
            );
            (mexico.cases.year, mexico.cases.period)
        })
        .collect();
    assert_eq!(counts, [(1, 1); 3]);
}
