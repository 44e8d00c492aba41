//! Poppler's and qpdf's view of a PDF: that of programs which know nothing of ours.

use std::path::Path;
use std::process::Command;

use image::RgbImage;

/// What a tool prints; a tool that is missing fails the test. Poppler wants options before the file,
/// and what it writes to behind it.
fn tool(package: &str, name: &str, options: &[&str], pdf: &Path, to: &[&str]) -> String {
    let output = Command::new(name)
        .args(options)
        .arg(pdf)
        .args(to)
        .output()
        .unwrap_or_else(|error| {
            panic!("can't run {name} ({error}): install the package {package}, as .ci/run does")
        });
    assert!(
        output.status.success(),
        "{name} {}: {}{}",
        pdf.display(),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn poppler(name: &str, options: &[&str], pdf: &Path, to: &[&str]) -> String {
    tool("poppler-utils", name, options, pdf, to)
}

/// The text as a reader copies it, block by block.
pub fn text(pdf: &Path) -> String {
    poppler("pdftotext", &[], pdf, &["-"])
}

/// The text in the order in which the file draws it.
pub fn raw_text(pdf: &Path) -> String {
    poppler("pdftotext", &["-raw"], pdf, &["-"])
}

/// `pdfinfo` with the document's own keys: name and value of each line.
pub fn info(pdf: &Path) -> Vec<(String, String)> {
    [
        poppler("pdfinfo", &[], pdf, &[]),
        poppler("pdfinfo", &["-custom"], pdf, &[]),
    ]
    .iter()
    .flat_map(|text| text.lines())
    .filter_map(|line| line.split_once(':'))
    .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
    .collect()
}

/// Addresses of the link annotations, in order, with their page from 1.
pub fn links(pdf: &Path) -> Vec<(u32, String)> {
    poppler("pdfinfo", &["-url"], pdf, &[])
        .lines()
        .skip(1)
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            (words[0].parse().unwrap(), words[2].to_owned())
        })
        .collect()
}

/// A line of `pdffonts`.
#[derive(Debug)]
pub struct Font {
    pub name: String,
    pub embedded: bool,
    pub subset: bool,
    pub to_unicode: bool,
}

pub fn fonts(pdf: &Path) -> Vec<Font> {
    poppler("pdffonts", &[], pdf, &[])
        .lines()
        .skip(2)
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            // The type, in the middle, may be of several words; the end is always the same.
            let [.., embedded, subset, to_unicode, _object, _generation] = words[..] else {
                panic!("pdffonts has changed: {line}");
            };
            Font {
                name: words[0].to_owned(),
                embedded: embedded == "yes",
                subset: subset == "yes",
                to_unicode: to_unicode == "yes",
            }
        })
        .collect()
}

/// A word and where it stands: points from the page's upper left corner.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

/// Size and words of a page.
pub struct PageOfWords {
    pub width: f32,
    pub height: f32,
    pub words: Vec<Word>,
}

pub fn words(pdf: &Path) -> Vec<PageOfWords> {
    let mut pages: Vec<PageOfWords> = Vec::new();
    for line in poppler("pdftotext", &["-bbox"], pdf, &["-"]).lines() {
        let line = line.trim();
        let number = |name: &str| -> f32 {
            let start = line.find(&format!("{name}=\"")).unwrap() + name.len() + 2;
            let length = line[start..].find('"').unwrap();
            line[start..start + length].parse().unwrap()
        };
        if line.starts_with("<page ") {
            pages.push(PageOfWords {
                width: number("width"),
                height: number("height"),
                words: Vec::new(),
            });
        } else if line.starts_with("<word ") {
            let text = line.split_once('>').unwrap().1.trim_end_matches("</word>");
            pages.last_mut().unwrap().words.push(Word {
                text: text.to_owned(),
                left: number("xMin"),
                top: number("yMin"),
                right: number("xMax"),
                bottom: number("yMax"),
            });
        }
    }
    pages
}

/// The pages as pictures.
pub fn render(pdf: &Path, dots_per_inch: u32) -> Vec<RgbImage> {
    let folder = tempfile::tempdir().unwrap();
    let stem = folder.path().join("page");
    let stem = stem.to_str().unwrap();
    poppler(
        "pdftoppm",
        &["-r", &dots_per_inch.to_string(), "-png"],
        pdf,
        &[stem],
    );
    let mut paths: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| image::open(path).unwrap().to_rgb8())
        .collect()
}

/// qpdf finds no fault in the file's syntax.
pub fn check_syntax(pdf: &Path) {
    let said = tool("qpdf", "qpdf", &["--check"], pdf, &[]);
    assert!(
        said.contains("No syntax or stream encoding errors"),
        "{said}"
    );
}
