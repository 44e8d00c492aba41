//! The order of the layers: what a module may know about the others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// From modules that don't know any others to modules that know all of them. A module may only import from the rows
/// above its own; those in the same row don't know each other.
const LAYERS: &[&[&str]] = &[
    // The foundation of all others.
    &[
        "failure",
        "jurisdiction",
        "csv_cell",
        "simplify",
        "markup",
        "program",
    ],
    &["area"],
    &["notice", "period", "text", "geo", "residents"],
    &["toml_file"],
    &["vocabulary", "profile", "heat", "drawing"],
    // From the bytes of files to numbers that may be printed.
    &["read", "sample"],
    &["tally", "template"],
    &["protect", "check"],
    &["wording"],
    // From numbers to a document, and from a document to files.
    &["sheet", "report"],
    &["map", "chart"],
    &["look", "press"],
    &["figure", "theme"],
    &["layout"],
    // Draws laid out pages, and the figures of web pages.
    &["svg"],
    &["pdf", "html", "bitmap"],
    // Reads what was published, and attacks it.
    &["audit"],
    // The entry point of the library, and those who use it.
    &["make"],
    &["cli"],
    &["commands"],
];

/// A source file.
struct Source {
    path: PathBuf,
    /// `["layout", "flow"]`; a folder's `mod.rs` is the folder itself.
    module: Vec<String>,
    /// Without tests, comments and the texts of messages.
    code: String,
    /// Without tests and comments.
    with_texts: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut sources = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            let is_test =
                ["tests.rs", "properties.rs"].contains(&&*name) || name.ends_with("_tests.rs");
            if !name.ends_with(".rs") || is_test || ["lib.rs", "main.rs"].contains(&&*name) {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            let text = text.split("\n#[cfg(test)]\n").next().unwrap();
            let below = path.strip_prefix(&root).unwrap().with_extension("");
            let mut module: Vec<String> = below
                .iter()
                .map(|part| part.to_str().unwrap().to_owned())
                .collect();
            if module.last().is_some_and(|last| last == "mod") {
                module.pop();
            }
            let with_texts = without_comments(text);
            sources.push(Source {
                path,
                module,
                code: without_texts(&with_texts),
                with_texts,
            });
        }
    }
    sources.sort_by(|a, b| a.module.cmp(&b.module));
    sources
}

fn without_comments(text: &str) -> String {
    let lines = text
        .lines()
        .map(|line| match line.trim_start().starts_with("//") {
            true => "",
            false => line,
        });
    lines.collect::<Vec<_>>().join("\n")
}

fn without_texts(code: &str) -> String {
    code.split('"').step_by(2).collect::<Vec<_>>().join("\"\"")
}

/// The paths in a source that begin with a word, as what follows it: `crate::a::{b, c}` is `a::b` and `a::c`.
fn paths(code: &str, start: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let start = format!("{start}::");
    for (at, _) in code.match_indices(&start) {
        let is_within =
            code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':' || c == '$');
        if !is_within {
            expand(&code[at + start.len()..], &mut Vec::new(), &mut found);
        }
    }
    found
}

/// Reads a path, and returns the rest of the code.
fn expand<'c>(code: &'c str, before: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> &'c str {
    let code = code.trim_start();
    if let Some(mut code) = code.strip_prefix('{') {
        loop {
            code = expand(code, before, found).trim_start();
            code = match code.strip_prefix(',') {
                Some(code) => code.trim_start(),
                None => return code.strip_prefix('}').unwrap_or(code),
            };
            if let Some(code) = code.strip_prefix('}') {
                return code;
            }
        }
    }
    let end = code
        .find(|c: char| !c.is_alphanumeric() && c != '_')
        .unwrap_or(code.len());
    let (name, code) = code.split_at(end);
    before.push(name.to_owned());
    let code = match code.strip_prefix("::") {
        // Not the type arguments of a function.
        Some(code) if !code.starts_with('<') => expand(code, before, found),
        _ => {
            found.push(before.clone());
            let code = code.trim_start();
            // `use a as b`
            match code.strip_prefix("as ") {
                Some(code) => code.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_'),
                None => code,
            }
        }
    };
    before.pop();
    code
}

#[test]
fn no_module_uses_a_higher_layer() {
    let rank = |module: &str| LAYERS.iter().position(|layer| layer.contains(&module));
    let mut wrong = Vec::new();
    for source in sources() {
        let own = &source.module[0];
        let Some(own_rank) = rank(own) else {
            panic!("{own} has no place in the order of the layers");
        };
        for path in paths(&source.code, "crate") {
            let other = &path[0];
            if other != own && rank(other).is_none_or(|other| other >= own_rank) {
                wrong.push(format!("{}: crate::{other}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let all: BTreeSet<String> = sources()
        .into_iter()
        .map(|source| source.module[0].clone())
        .collect();
    let listed: Vec<&str> = LAYERS.concat();
    assert!(
        listed.iter().all(|module| all.contains(*module)),
        "a layer is no module"
    );
    assert_eq!(listed.len(), all.len());
}

/// Files that import each other can't be understood one by one.
#[test]
fn files_do_not_import_each_other_in_a_circle() {
    let sources = sources();
    let modules: BTreeMap<&[String], usize> = sources
        .iter()
        .enumerate()
        .map(|(index, source)| (source.module.as_slice(), index))
        .collect();
    // What a folder re-exports from its files: `pub use flow::Flow` in layout/mod.rs comes from layout/flow.rs.
    let mut handed_on: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for source in &sources {
        for line in source.code.split(';') {
            let Some((_, line)) = line
                .split_once("pub use ")
                .or_else(|| line.split_once("pub(super) use "))
            else {
                continue;
            };
            let mut found = Vec::new();
            expand(line, &mut Vec::new(), &mut found);
            for path in found {
                let whole: Vec<String> = source.module.iter().chain(&path).cloned().collect();
                let item = [source.module.as_slice(), &path[path.len() - 1..]].concat();
                if let Some(file) = file_of(&modules, &whole) {
                    handed_on.insert(item, file);
                }
            }
        }
    }
    let imports: Vec<BTreeSet<usize>> = sources
        .iter()
        .enumerate()
        .map(|(index, source)| {
            // It doesn't need to know what it passes on.
            let code: Vec<&str> = source
                .code
                .split(';')
                .filter(|line| !line.contains("pub use "))
                .collect();
            let code = code.join(";");
            let parent = &source.module[..source.module.len() - 1];
            let of_crate = paths(&code, "crate");
            let of_parent = paths(&code, "super");
            let of_parent = of_parent.into_iter().map(|path| [parent, &path].concat());
            // A folder's own files by their bare names.
            let own = modules.keys().filter(|module| {
                module.len() == source.module.len() + 1 && module.starts_with(&source.module)
            });
            let own = own.flat_map(|module| {
                let name = &module[module.len() - 1];
                let found = paths(&code, name).into_iter();
                found.map(move |path| [*module, path.as_slice()].concat())
            });
            let all = of_crate.into_iter().chain(of_parent).chain(own);
            let files = all.filter_map(|path| {
                let item = (1..=path.len())
                    .rev()
                    .find_map(|end| handed_on.get(&path[..end]));
                item.copied().or_else(|| file_of(&modules, &path))
            });
            // A folder's file and the files in the folder are one: they share what is in it.
            let is_above = |file: &usize| source.module.starts_with(&sources[*file].module);
            files
                .filter(|file| *file != index && !is_above(file))
                .collect()
        })
        .collect();
    let imported: usize = imports.iter().map(BTreeSet::len).sum();
    assert!(imported > 300, "only {imported} imports were found");
    // A file that imports nothing that is left isn't in a cycle; it is removed, until nothing more is.
    let mut left: BTreeSet<usize> = (0..sources.len()).collect();
    while let Some(&free) = left.iter().find(|file| imports[**file].is_disjoint(&left)) {
        left.remove(&free);
    }
    // Nor is a file that nothing left imports.
    while let Some(&free) = left
        .iter()
        .find(|file| left.iter().all(|other| !imports[*other].contains(file)))
    {
        left.remove(&free);
    }
    let circle: Vec<String> = left
        .iter()
        .map(|file| {
            let of = imports[*file]
                .intersection(&left)
                .map(|file| sources[*file].module.join("::"));
            format!(
                "{} imports {}",
                sources[*file].module.join("::"),
                of.collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    assert!(circle.is_empty(), "{}", circle.join("\n"));
}

/// The file that a path leads to: that of its longest part that is a module.
fn file_of(modules: &BTreeMap<&[String], usize>, path: &[String]) -> Option<usize> {
    (1..=path.len())
        .rev()
        .find_map(|end| modules.get(&path[..end]).copied())
}

/// Only `cli` and `commands` know how users ask for things.
#[test]
fn no_message_below_the_commands_names_an_option() {
    let mut wrong = Vec::new();
    for source in sources() {
        if ["cli", "commands"].contains(&&*source.module[0]) {
            continue;
        }
        for text in source.with_texts.split('"').skip(1).step_by(2) {
            let names_option = text.match_indices("--").any(|(at, _)| {
                let begins = at == 0 || text[..at].ends_with([' ', '`', '(']);
                begins && text[at + 2..].starts_with(|c: char| c.is_ascii_lowercase())
            });
            if names_option {
                wrong.push(format!("{}: {text}", source.path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The terminal and its parts come with the feature `cli`.
#[test]
fn only_the_program_uses_terminals() {
    for source in sources() {
        if ["cli", "commands"].contains(&&*source.module[0]) {
            continue;
        }
        for word in [
            "clap::",
            "indicatif::",
            "tempfile::",
            "glob::",
            "eprintln!",
            "println!",
            "std::env",
        ] {
            assert!(
                !source.code.contains(word),
                "{}: {word}",
                source.path.display()
            );
        }
    }
}
