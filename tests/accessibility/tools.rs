//! Other programs that check and show PDF files.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::sheets::checkers;

/// The result of a program.
pub struct Verdict {
    pub passed: bool,
    /// All of its output.
    pub words: String,
}

/// Runs a program, by its name or by its path in the folder of the checkers.
///
/// A missing program fails the test: a check that is left out looks like one that passed.
fn run(program: &str, arguments: &[&Path]) -> Verdict {
    let path = if program.contains('/') {
        checkers().join(program)
    } else {
        PathBuf::from(program)
    };
    let output = Command::new(&path)
        .args(arguments)
        .output()
        .unwrap_or_else(|error| {
            panic!("{program} is missing ({error}): run .ci/install-pdf-checkers")
        });
    let words = [output.stdout, output.stderr].concat();
    Verdict {
        passed: output.status.success(),
        words: String::from_utf8_lossy(&words).into_owned(),
    }
}

/// qpdf: syntax, cross-references, streams.
pub fn qpdf(pdf: &Path) -> Verdict {
    run("qpdf", &[Path::new("--check"), pdf])
}

/// Chromium, with html-validate and axe-core, through a script next to this file: a line for each fault of web pages
/// that may have at most this many printed pages.
pub fn web(pages: &[PathBuf], in_print: usize) -> Verdict {
    let (script, checkers, in_print) = (script("page.mjs"), checkers(), in_print.to_string());
    let mut arguments: Vec<&Path> = vec![&script, &checkers, Path::new(&in_print)];
    arguments.extend(pages.iter().map(PathBuf::as_path));
    run("node", &arguments)
}

/// pdfua: the machine-checkable rules of the Matterhorn protocol that it implements.
pub fn pdfua(pdf: &Path) -> Verdict {
    run("venv/bin/pdfua", &[Path::new("check"), pdf])
}

/// outloud: PDF/UA-1, and what a validator doesn't see; a warning fails like an error.
///
/// Ignores its guess that headers are broken lines if a table has more header cells than others: this is so in every
/// two-column table with rows named by their first cell, like ours.
pub fn outloud(pdf: &Path) -> Verdict {
    let options = ["--fail-on", "warning", "--skip", "TBL-010"].map(Path::new);
    let [fail_on, warning, skip, rule] = options;
    run("venv/bin/outloud", &[fail_on, warning, skip, rule, pdf])
}

/// PDF/A-2a, with pikepdf and a script next to this file.
pub fn pdfa(pdf: &Path) -> Verdict {
    run("venv/bin/python", &[&script("pdfa.py"), pdf])
}

/// Fonts, with fontTools and a script next to this file.
pub fn fonts(pdf: &Path) -> Verdict {
    run("venv/bin/python", &[&script("fonts.py"), pdf])
}

/// poppler's list of fonts, a line each: whether embedded, subset, and mapped to Unicode.
pub fn pdffonts(pdf: &Path) -> Vec<String> {
    let listed = run("pdffonts", &[pdf]).words;
    listed.lines().skip(2).map(str::to_owned).collect()
}

/// poppler's reading of the structure: a line per text or element, in reading order.
pub fn structure(pdf: &Path) -> Vec<String> {
    let read = run("pdfinfo", &[Path::new("-struct-text"), pdf]).words;
    read.lines().map(|line| line.trim().to_owned()).collect()
}

/// What poppler says about the whole file.
pub fn pdfinfo(pdf: &Path) -> String {
    run("pdfinfo", &[pdf]).words
}

/// Programs that show PDF files.
#[derive(Clone, Copy, Debug)]
pub enum Viewer {
    Poppler,
    Ghostscript,
    PdfJs,
}

/// Renders every page at a number of dots per inch, as PREFIX-1.png, PREFIX-2.png and so on.
pub fn render(viewer: Viewer, pdf: &Path, prefix: &Path, dpi: u32) {
    let resolution = dpi.to_string();
    let rendered = match viewer {
        Viewer::Poppler => run(
            "pdftoppm",
            &[
                Path::new("-png"),
                Path::new("-r"),
                Path::new(&resolution),
                pdf,
                prefix,
            ],
        ),
        Viewer::Ghostscript => {
            let output = format!("-sOutputFile={}-%d.png", prefix.display());
            let resolution = format!("-r{dpi}");
            let options = [
                "-q",
                "-dBATCH",
                "-dNOPAUSE",
                "-dSAFER",
                "-sDEVICE=png16m",
                "-dTextAlphaBits=4",
                "-dGraphicsAlphaBits=4",
                &resolution,
                &output,
            ];
            let mut arguments: Vec<&Path> = options.iter().map(Path::new).collect();
            arguments.push(pdf);
            run("gs", &arguments)
        }
        Viewer::PdfJs => {
            let script = script("pdfjs.mjs");
            run(
                "node",
                &[&script, &checkers(), pdf, prefix, Path::new(&resolution)],
            )
        }
    };
    assert!(rendered.passed, "{viewer:?}: {}", rendered.words);
}

fn script(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/accessibility")
        .join(name)
}
