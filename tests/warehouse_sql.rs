//! The SQL for BigQuery and Snowflake, which no test can run: a parser for these dialects accepts every statement. It
//! can't say what they would count. `.ci/install-duckdb` gets the parser, sqlglot.

mod support;

use std::path::Path;
use std::process::Command;

use support::engines;

const FOLDER: &str = "input/examples/statistics";

/// Parses files; a statement that the parser only passes through without knowing it is an error.
const PARSE: &str = "\
import sys, sqlglot
from sqlglot import exp
dialect, *paths = sys.argv[1:]
statements = 0
for path in paths:
    text = open(path, encoding='utf-8').read()
    for statement in sqlglot.parse(text, dialect=dialect, error_level=sqlglot.ErrorLevel.RAISE):
        if statement is not None:
            assert isinstance(statement, (exp.Create, exp.Drop)), (path, statement.sql())
            statements += 1
print(statements)
";

fn parse(python: &Path, dialect: &str, files: &[&Path]) -> Result<usize, String> {
    let output = Command::new(python)
        .args(["-c", PARSE, dialect])
        .args(files)
        .output()
        .unwrap();
    match output.status.success() {
        true => Ok(String::from_utf8_lossy(&output.stdout)
            .trim()
            .parse()
            .unwrap()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}

#[test]
fn every_statement_is_valid_sql_in_its_dialect() {
    let Some(python) = engines::python("DUCKDB_PYTHON", ".ci/install-duckdb") else {
        return;
    };
    for dialect in ["bigquery", "snowflake"] {
        let files = [
            format!("load-{dialect}.sql"),
            "given.sql".to_owned(),
            "count.sql".to_owned(),
        ];
        let files = files.map(|name| Path::new(FOLDER).join(name));
        let files: Vec<&Path> = files.iter().map(|file| file.as_path()).collect();
        let statements = parse(&python, dialect, &files).unwrap();
        assert!(statements > 100, "{dialect}: {statements}");
        // Text that isn't SQL is found.
        let folder = tempfile::tempdir().unwrap();
        let broken = folder.path().join("broken.sql");
        let text = std::fs::read_to_string(files[2]).unwrap();
        std::fs::write(&broken, text.replacen("GROUP BY", "GROUP BY BY", 1)).unwrap();
        assert!(parse(&python, dialect, &[&broken]).is_err(), "{dialect}");
    }
}
