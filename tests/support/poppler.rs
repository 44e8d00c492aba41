//! Poppler's and qpdf's view of a PDF: independent programs that don't know ours.

use std::path::Path;
use std::process::Command;

use image::RgbImage;

/// What a tool prints; a missing tool fails the test. Poppler expects options before the file, and the output file
/// after it.
fn tool(package: &str, name: &str, options: &[&str], pdf: &Path, to: &[&str]) -> String {
    let printed = printed(package, name, options, pdf, to);
    String::from_utf8_lossy(&printed).into_owned()
}

fn printed(package: &str, name: &str, options: &[&str], pdf: &Path, to: &[&str]) -> Vec<u8> {
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
    output.stdout
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

/// The structure tree with its text, in the order in which it is read aloud.
pub fn structure(pdf: &Path) -> String {
    poppler("pdfinfo", &["-struct-text"], pdf, &[])
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
            // The type, in the middle, may have several words; the end is always the same.
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

/// A word and its position: points from the page's upper left corner.
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
    pictures(pdf, &["-r", &dots_per_inch.to_string()])
}

/// A part of a page, numbered from 0, as a picture: left, top, width and height in dots.
pub fn render_part(pdf: &Path, dots_per_inch: u32, page: usize, part: [u32; 4]) -> RgbImage {
    let page = (page + 1).to_string();
    let [left, top, width, height] = part.map(|dots| dots.to_string());
    let options = [
        ["-r", &dots_per_inch.to_string()],
        ["-f", &page],
        ["-l", &page],
        ["-x", &left],
        ["-y", &top],
        ["-W", &width],
        ["-H", &height],
    ];
    pictures(pdf, &options.concat()).remove(0)
}

fn pictures(pdf: &Path, options: &[&str]) -> Vec<RgbImage> {
    let printed = printed("poppler-utils", "pdftoppm", options, pdf, &[]);
    let mut rest = printed.as_slice();
    let mut pages = Vec::new();
    while !rest.is_empty() {
        let (page, after) = picture(rest);
        pages.push(page);
        rest = after;
    }
    pages
}

/// The first picture of a stream of binary portable pixmaps, and what follows it.
fn picture(bytes: &[u8]) -> (RgbImage, &[u8]) {
    let mut rest = bytes;
    let mut word = || {
        let end = rest.iter().position(u8::is_ascii_whitespace).unwrap();
        let word = std::str::from_utf8(&rest[..end]).unwrap();
        rest = &rest[end + 1..];
        word
    };
    assert_eq!(word(), "P6");
    let [width, height, depth] = [word(), word(), word()].map(|word| word.parse::<u32>().unwrap());
    assert_eq!(depth, 255);
    let (pixels, after) = rest.split_at((3 * width * height) as usize);
    (
        RgbImage::from_raw(width, height, pixels.to_vec()).unwrap(),
        after,
    )
}

/// qpdf finds no fault in the file's syntax.
pub fn check_syntax(pdf: &Path) {
    let said = tool("qpdf", "qpdf", &["--check"], pdf, &[]);
    assert!(
        said.contains("No syntax or stream encoding errors"),
        "{said}"
    );
}
