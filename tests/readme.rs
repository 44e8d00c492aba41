//! Runs every command line in the README, the guide and the other documents, in order, as a reader would. Those in
//! docs/warehouse.md and in the README of the statistics tables need an engine: the engines' tests run them. If a
//! document isn't covered, a test fails.

mod support;

use std::path::PathBuf;
use std::process::Command;

use support::{Workplace, text_of};

/// With fewer examples than this, the README shows too little, or we no longer find them.
const LEAST: usize = 5;

/// The command lines in the README's `sh` blocks, without comments; a `\` at the end joins lines.
fn command_lines(readme: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut is_shell = false;
    let mut joined = String::new();
    for line in readme.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            is_shell = !is_shell && language.trim() == "sh";
            continue;
        }
        if !is_shell {
            continue;
        }
        if let Some(start) = line.trim_end().strip_suffix('\\') {
            joined += start;
            continue;
        }
        joined += line;
        let line = std::mem::take(&mut joined);
        // A "#" begins a comment at the start of a word only.
        let line = match line.find(" #") {
            _ if line.trim_start().starts_with('#') => "",
            Some(comment) => &line[..comment],
            None => &line,
        };
        let line = line.trim().trim_start_matches("$ ").to_owned();
        if !line.is_empty() {
            lines.push(line);
        }
    }
    lines
}

/// The command line with the program instead of cargo; `None` if it runs something else.
fn with_program(line: &str) -> Option<String> {
    for start in [
        "cargo run --release --",
        "cargo run --release",
        "hotline-profile",
    ] {
        if let Some(rest) = line.strip_prefix(start)
            && (rest.is_empty() || rest.starts_with(' '))
        {
            return Some(format!("hotline-profile{rest}"));
        }
    }
    None
}

/// The program to try: the one from this build or, if the environment names another, an installed copy.
fn program() -> PathBuf {
    let installed = std::env::var_os("HOTLINE_PROFILE");
    installed.map_or_else(
        || env!("CARGO_BIN_EXE_hotline-profile").into(),
        PathBuf::from,
    )
}

/// The program's commands within sentences, such as `hotline-profile man`.
fn commands_in_sentences(text: &str) -> Vec<String> {
    let outside_blocks = text.split("```").step_by(2);
    let spans = outside_blocks.flat_map(|text| text.split('`').skip(1).step_by(2));
    let lines = spans.map(|span| span.replace('\n', " "));
    lines
        .filter(|line| line.starts_with("hotline-profile "))
        .collect()
}

/// Runs a document's command lines for the program, in order, and returns how many there are.
fn try_examples(document: &str, workplace: &Workplace) -> usize {
    let lines = command_lines(&text_of(document));
    let examples: Vec<String> = lines.iter().filter_map(|line| with_program(line)).collect();
    try_all(document, &examples, workplace);
    examples.len()
}

/// Runs command lines in a document, one after the other; all must succeed.
fn try_all(document: &str, examples: &[String], workplace: &Workplace) {
    for example in examples {
        try_one(document, example, workplace);
    }
}

/// Runs a command line or a script, which must succeed, and returns its output.
fn try_one(document: &str, example: &str, workplace: &Workplace) -> String {
    let program = program();
    let path = format!(
        "{}:{}",
        program.parent().unwrap().display(),
        std::env::var("PATH").unwrap()
    );
    let output = Command::new("bash")
        .args(["-euo", "pipefail", "-c", example])
        .env("PATH", &path)
        .current_dir(workplace.folder())
        .output()
        .unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{document}: {example}\n{err}");
    assert!(!err.contains("panicked"), "{document}: {example}\n{err}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_example_works() {
    let workplace = Workplace::with_input();
    let count = try_examples("README.md", &workplace);
    assert!(count >= LEAST, "only {count} examples");
    assert!(
        workplace
            .path("output/NM-Human-Trafficking-Profile-2016.pdf")
            .is_file()
    );
}

/// People who installed the program have no copy of the repository: the README says which command makes a sample.
#[test]
fn every_example_works_in_an_empty_folder_with_a_sample() {
    let text = text_of("README.md");
    let sample = "hotline-profile sample --state NM --output input/signals.csv";
    assert!(commands_in_sentences(&text).contains(&sample.to_owned()));
    let lines = command_lines(&text).into_iter();
    let mut examples = vec![sample.to_owned()];
    examples.extend(lines.filter(|line| line.starts_with("hotline-profile ")));
    assert!(examples.len() >= LEAST, "only {examples:?}");
    try_all("README.md", &examples, &Workplace::empty());
}

/// Each page of the guide is self-contained: its examples need no files except those that they make.
#[test]
fn every_example_of_the_guide_works_in_an_empty_folder() {
    let pages = guide();
    assert!(pages.len() >= 8, "only {pages:?}");
    for page in pages {
        let count = try_examples(&page, &Workplace::empty());
        assert!(
            count > 0 || page.ends_with("README.md"),
            "{page} shows nothing"
        );
    }
}

/// Documents in input/ with examples that need it.
const BESIDE_INPUT: [&str; 2] = ["input/README.md", "input/examples/README.md"];

/// Documents with examples that need an engine.
const WITH_ENGINES: [&str; 2] = ["docs/warehouse.md", "input/examples/statistics/README.md"];

/// A document with a script that is run as a whole.
const WITH_SCRIPT: &str = "docs/protection.md";

#[test]
fn every_example_in_the_input_folder_works() {
    for document in BESIDE_INPUT {
        let count = try_examples(document, &Workplace::with_input());
        assert!(count > 0, "{document} shows nothing");
    }
}

/// Its result is the one stated in the document.
#[test]
fn the_script_that_counts_what_is_hidden_works_in_an_empty_folder() {
    let text = text_of(WITH_SCRIPT);
    let script = text.split("```sh\n").nth(1).unwrap();
    let script = script.split("```").next().unwrap();
    let workplace = Workplace::empty();
    let out = try_one(WITH_SCRIPT, script, &workplace);
    let numbers: Vec<&str> = out.split_whitespace().collect();
    assert_eq!(numbers.len(), 3, "{out}");
    for number in numbers {
        assert!(text.contains(number), "{number} isn't in {WITH_SCRIPT}");
    }
}

/// Every document in the repository with a command of the program is in one of the lists.
#[test]
fn every_document_is_tested() {
    let mut tried = guide();
    tried.extend(BESIDE_INPUT.map(str::to_owned));
    tried.extend(WITH_ENGINES.map(str::to_owned));
    tried.extend(["README.md", WITH_SCRIPT].map(str::to_owned));
    let mut count = 0;
    for document in documents() {
        let text = text_of(&document);
        let blocks = text.split("```").skip(1).step_by(2);
        let mut lines = blocks.flat_map(str::lines).map(str::trim);
        let shows = |line: &str| {
            line.trim_start_matches("$ ")
                .starts_with("hotline-profile ")
        };
        if lines.any(shows) {
            assert!(tried.contains(&document), "nobody tries {document}");
            count += 1;
        }
    }
    assert!(count > LEAST, "only {count} documents");
}

/// The documents that people read, as paths from the repository.
fn documents() -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![String::new()];
    folders.extend(
        [
            "docs",
            "docs/guide",
            "input",
            "input/examples",
            "input/examples/statistics",
        ]
        .map(str::to_owned),
    );
    folders.extend(
        [
            "input/geo",
            "input/population",
            "input/profiles",
            "benches/peers",
        ]
        .map(str::to_owned),
    );
    for folder in folders {
        for entry in std::fs::read_dir(support::repository().join(&folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".md") {
                let path = format!("{folder}/{name}");
                found.push(path.trim_start_matches('/').to_owned());
            }
        }
    }
    found
}

/// What a sentence tells the reader to run needs no file.
#[test]
fn every_command_within_a_sentence_works_in_an_empty_folder() {
    let mut documents = guide();
    documents.extend(["README.md", "docs/reference.md", "docs/architecture.md"].map(str::to_owned));
    documents.push("input/profiles/README.md".to_owned());
    let mut count = 0;
    for document in documents {
        for command in commands_in_sentences(&text_of(&document)) {
            try_all(&document, &[command], &Workplace::empty());
            count += 1;
        }
    }
    assert!(count >= LEAST, "only {count} commands");
}

/// The pages of the guide, as paths from the repository.
fn guide() -> Vec<String> {
    let pages = std::fs::read_dir(support::repository().join("docs/guide")).unwrap();
    let names = pages.map(|page| page.unwrap().file_name().into_string().unwrap());
    names.map(|name| format!("docs/guide/{name}")).collect()
}

#[test]
fn the_readme_shows_how_to_build_and_to_test() {
    let lines = command_lines(&text_of("README.md"));
    for wanted in ["cargo run --release", ".ci/test"] {
        assert!(
            lines.iter().any(|line| line == wanted),
            "{wanted:?} is not in {lines:?}"
        );
    }
}

#[test]
fn linked_files_exist() {
    let mut documents = guide();
    documents.extend(
        [
            "README.md",
            "CONTRIBUTING.md",
            "docs/architecture.md",
            "docs/browser.md",
            "docs/counting.md",
            "docs/design.md",
            "docs/protection.md",
            "docs/reference.md",
            "docs/warehouse.md",
            "input/README.md",
            "input/examples/README.md",
            "input/examples/statistics/README.md",
        ]
        .map(str::to_owned),
    );
    for document in documents {
        let text = text_of(&document);
        let path = support::repository().join(&document);
        for link in text.split("](").skip(1) {
            let target = link.split(')').next().unwrap_or_default();
            let target = target.split('#').next().unwrap_or_default();
            if !target.contains("://") && !target.is_empty() {
                let target = path.parent().unwrap().join(target);
                assert!(target.exists(), "{document}: {}", target.display());
            }
        }
    }
}

#[test]
fn examples_are_found_in_the_rendered_documents() {
    let readme = "```sh\n# first\n$ hotline-profile stats # why\ncargo run --release -- \\\n  init TX\n```\n\
                  ```toml\nhotline-profile no\n```\n```sh\ncargo test --release\n```\n";
    let lines = command_lines(readme);
    assert_eq!(
        lines,
        [
            "hotline-profile stats",
            "cargo run --release --   init TX",
            "cargo test --release"
        ]
    );
    assert_eq!(
        with_program(&lines[1]).unwrap(),
        "hotline-profile   init TX"
    );
    assert_eq!(with_program(&lines[2]), None);
    assert_eq!(
        commands_in_sentences(
            "run `hotline-profile\nman`.\n```sh\nhotline-profile no\n```\nor `hotline-profile stats`"
        ),
        ["hotline-profile man", "hotline-profile stats"]
    );
    assert_eq!(
        with_program("cargo run --release").unwrap(),
        "hotline-profile"
    );
}

#[test]
fn the_bundled_sample_is_made_byte_for_byte() {
    let workplace = Workplace::with_input();
    workplace.succeed("sample --plan input/sample-plans/nm.toml --output again.csv");
    assert!(workplace.read("again.csv") == workplace.read("input/signals.csv"));
}
