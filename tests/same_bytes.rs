//! The same input gives the same bytes on every machine: digests of three sheets and of what their pages draw,
//! compared with the recorded ones.
//!
//! After a change that is meant to alter the sheets: `APPROVE=1 cargo test --test same_bytes`

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use support::{Workplace, pdf_file, repository, text_of};

const DIGESTS: &str = "tests/approved/digests.txt";

/// The digest of each page's content, and then of the whole file, one per line.
fn digests(state: &str, sheet: &Path) -> String {
    let document = pdf_file::load(sheet);
    let mut lines = String::new();
    for (number, page) in document.get_pages() {
        let content = document.get_page_content(page);
        writeln!(lines, "{state} page {number} {:x}", Sha256::digest(content)).unwrap();
    }
    let bytes = fs::read(sheet).unwrap();
    writeln!(lines, "{state} file {:x}", Sha256::digest(bytes)).unwrap();
    lines
}

/// The sheet of a state from its own sample, and without a profile, because people edit profiles.
fn of_sample(state: &str) -> String {
    let workplace = Workplace::empty();
    workplace.write("profiles/README", "none");
    workplace.succeed(&format!(
        "sample --state {state} --signals 3000 --seed 1 --output signals.csv"
    ));
    let options = "--data signals.csv --profiles profiles";
    digests(
        state,
        &workplace.build(&format!("build {options} --state {state}")),
    )
}

#[test]
fn sheets_have_the_same_bytes_as_on_other_machines() {
    let now = [
        digests("NM", &Workplace::with_input().build("build")),
        of_sample("AK"),
        of_sample("HI"),
    ]
    .concat();
    if std::env::var_os("APPROVE").is_some_and(|value| value == "1") {
        fs::write(repository().join(DIGESTS), &now).unwrap();
    }
    assert_eq!(
        now,
        text_of(DIGESTS),
        "If the sheets are meant to have changed: APPROVE=1 cargo test --test same_bytes"
    );
}
