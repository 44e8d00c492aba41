//! Reads a sheet back from its PDF: what its metadata say, and every line of text with its heading, according to the
//! structure tree and the page content.

use std::collections::{BTreeMap, HashMap, HashSet};

use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId, decode_text_string};
use usvg::roxmltree;

use super::xmp;
use crate::failure::{Failure, Outcome};

/// No stream in a sheet is larger when decompressed; a larger one would be intended to fill the memory.
const LARGEST_STREAM: usize = 64 << 20;
/// Structure trees are shallower than this.
const DEEPEST: usize = 64;

/// The contents of a sheet's PDF.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadBack {
    /// The information dictionary: `NumbersSHA256`, `Options` and the rest.
    pub information: BTreeMap<String, String>,
    /// BCP 47.
    pub language: String,
    /// In reading order.
    pub lines: Vec<Line>,
}

/// A paragraph, a list item, a row of a table, or the alternative text of a figure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Paragraph, list item or row.
    pub kind: LineKind,
    /// The heading above it.
    pub heading: String,
    /// The first cell, if it is a row of a table.
    pub label: String,
    /// Its text; for a row, the cells after the first.
    pub text: String,
}

/// The kind of a line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineKind {
    /// A paragraph, or the alternative text of a figure.
    #[default]
    Sentence,
    /// An item of a list.
    ListItem,
    /// A table row, with its label.
    TableRow,
}

impl Line {
    /// What the line says about a label, if it is about it.
    pub fn value_of(&self, label: &str) -> Option<String> {
        match self.kind {
            LineKind::Sentence => None,
            LineKind::TableRow => letters(unranked(&self.label))
                .eq(letters(unranked(label)))
                .then(|| self.text.clone()),
            LineKind::ListItem => {
                // Where a line was broken, there may be a space too many or too few.
                let mut text = self.text.chars();
                for letter in letters(label) {
                    if text.by_ref().find(|next| !next.is_whitespace()) != Some(letter) {
                        return None;
                    }
                }
                Some(text.as_str().trim().to_owned())
            }
        }
    }
}

/// A name without its rank, which another number may change: `Truck Stop-Based` for `2. Truck Stop-Based`.
fn unranked(label: &str) -> &str {
    let rest = label.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix('.') {
        Some(name) if rest.len() < label.len() => name.trim_start(),
        _ => label,
    }
}

/// The characters of a text without its spaces.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|letter| !letter.is_whitespace())
}

/// Reads a PDF that [`Writer::write`](super::Writer::write) has made, or one that another program has saved again.
///
/// # Errors
/// Bytes that aren't a PDF, and a PDF without a structure tree.
pub fn read_back(bytes: &[u8]) -> Outcome<ReadBack> {
    let options = lopdf::LoadOptions {
        max_decompressed_size: Some(LARGEST_STREAM),
        ..lopdf::LoadOptions::default()
    };
    let document = Document::load_mem_with_options(bytes, options)
        .map_err(|error| foreign(&format!("the file can't be read as a PDF: {error}")))?;
    let catalog = document
        .catalog()
        .map_err(|_| foreign("the PDF has no catalog"))?;
    let root = entry(&document, catalog, b"StructTreeRoot")
        .and_then(|root| root.as_dict().ok())
        .ok_or_else(|| foreign("the PDF has no structure, so its numbers can't be identified"))?;
    let mut reader = Reader {
        texts: page_texts(&document),
        document: &document,
        seen: HashSet::new(),
        heading: String::new(),
        lines: Vec::new(),
    };
    reader.kids(root, None, 0);
    Ok(ReadBack {
        information: information(&document),
        language: entry(&document, catalog, b"Lang").map_or_else(String::new, text_of),
        lines: reader.lines,
    })
}

fn foreign(message: &str) -> Failure {
    Failure::data(message).remedy("give a sheet that `hotline-profile build` made")
}

fn information(document: &Document) -> BTreeMap<String, String> {
    let Some(info) = entry(document, &document.trailer, b"Info").and_then(|it| it.as_dict().ok())
    else {
        return described(document).unwrap_or_default();
    };
    info.iter()
        .filter_map(|(name, value)| {
            let (_, value) = document.dereference(value).ok()?;
            Some((String::from_utf8_lossy(name).into_owned(), text_of(value)))
        })
        .collect()
}

/// What the XMP packet says instead, in a file of PDF 2.0.
fn described(document: &Document) -> Option<BTreeMap<String, String>> {
    let packet = entry(document, document.catalog().ok()?, b"Metadata")?;
    let packet = packet.as_stream().ok()?;
    let text = std::str::from_utf8(&packet.content).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    let packet = roxmltree::Document::parse(text).ok()?;
    let own = packet
        .descendants()
        .filter(|node| node.tag_name().namespace() == Some(xmp::OWN));
    let entries =
        own.filter_map(|node| Some((node.tag_name().name().to_owned(), node.text()?.to_owned())));
    Some(entries.collect())
}

/// An entry of a dictionary, directly or by reference.
fn entry<'d>(document: &'d Document, dictionary: &'d Dictionary, key: &[u8]) -> Option<&'d Object> {
    let (_, object) = document.dereference(dictionary.get(key).ok()?).ok()?;
    Some(object)
}

fn text_of(object: &Object) -> String {
    decode_text_string(object).unwrap_or_default()
}

/// The text of each marked-content sequence, by page and identifier.
type Texts = HashMap<(ObjectId, i64), String>;

fn page_texts(document: &Document) -> Texts {
    let mut texts = Texts::new();
    for page in document.get_pages().into_values() {
        let Ok(bytes) = document.get_page_content_with_limit(page, LARGEST_STREAM) else {
            continue;
        };
        let Ok(content) = Content::decode(&bytes) else {
            continue;
        };
        let fonts = document.get_page_fonts(page).unwrap_or_default();
        let encodings: HashMap<&[u8], lopdf::Encoding<'_>> = fonts
            .iter()
            .filter_map(|(name, font)| {
                let encoding = font.get_font_encoding_with_limit(document, LARGEST_STREAM);
                Some((name.as_slice(), encoding.ok()?))
            })
            .collect();
        let mut open: Vec<Sequence> = Vec::new();
        let mut encoding = None;
        for operation in &content.operations {
            let operands = operation.operands.as_slice();
            match operation.operator.as_str() {
                "BMC" => open.push(Sequence::default()),
                "BDC" => {
                    let sequence = Sequence::of(operands);
                    let replaced = sequence.replaced.clone();
                    let says = !is_replaced(&open);
                    open.push(sequence);
                    if let (Some(words), true) = (replaced, says) {
                        add(&mut texts, page, &open, &words);
                    }
                }
                "EMC" => {
                    open.pop();
                }
                "BT" => add(&mut texts, page, &open, " "),
                "Tf" => {
                    let name = operands.first().and_then(|name| name.as_name().ok());
                    encoding = name.and_then(|name| encodings.get(name));
                }
                "Tj" | "TJ" | "'" | "\"" => {
                    if let Some(encoding) = encoding
                        && !is_replaced(&open)
                    {
                        for operand in operands {
                            let words = shown(encoding, operand);
                            add(&mut texts, page, &open, &words);
                        }
                    }
                }
                _ => {}
            }
        }
    }
    texts
}

/// An open marked-content sequence.
#[derive(Default)]
struct Sequence {
    identifier: Option<i64>,
    /// What the glyphs in it mean, if that is not what they say.
    replaced: Option<String>,
}

impl Sequence {
    fn of(operands: &[Object]) -> Self {
        let properties = operands.get(1).and_then(|entry| entry.as_dict().ok());
        let get = |key: &[u8]| properties.and_then(|properties| properties.get(key).ok());
        Sequence {
            identifier: get(b"MCID").and_then(|identifier| identifier.as_i64().ok()),
            replaced: get(b"ActualText").map(text_of),
        }
    }
}

fn is_replaced(open: &[Sequence]) -> bool {
    open.iter().any(|sequence| sequence.replaced.is_some())
}

/// Adds words to the innermost sequence with an identifier.
fn add(texts: &mut Texts, page: ObjectId, open: &[Sequence], words: &str) {
    let identifier = open.iter().rev().find_map(|sequence| sequence.identifier);
    if let Some(identifier) = identifier {
        texts.entry((page, identifier)).or_default().push_str(words);
    }
}

/// The words of a string that is shown, or of an array of strings and distances.
fn shown(encoding: &lopdf::Encoding<'_>, operand: &Object) -> String {
    match operand {
        Object::String(bytes, _) => Document::decode_text(encoding, bytes).unwrap_or_default(),
        Object::Array(items) => items.iter().map(|item| shown(encoding, item)).collect(),
        _ => String::new(),
    }
}

/// Walks the structure tree in reading order.
struct Reader<'d> {
    document: &'d Document,
    texts: Texts,
    /// Elements so far: a tree that leads back to itself has no end.
    seen: HashSet<ObjectId>,
    heading: String,
    lines: Vec<Line>,
}

impl Reader<'_> {
    fn element(&mut self, element: &Dictionary, page: Option<ObjectId>, depth: usize) {
        let kind = kind_of(element);
        let page = page_of(element).or(page);
        match kind {
            b"H1" | b"H2" | b"H3" | b"H4" => self.heading = self.text(element, page, depth),
            b"P" | b"Note" | b"Caption" => {
                let text = self.text(element, page, depth);
                self.push(LineKind::Sentence, String::new(), text);
            }
            b"LBody" => {
                let text = self.text(element, page, depth);
                self.push(LineKind::ListItem, String::new(), text);
            }
            b"Figure" => {
                let alt = entry(self.document, element, b"Alt").map_or_else(String::new, text_of);
                self.push(LineKind::Sentence, String::new(), alt);
            }
            b"TR" => {
                let cells = self.cells(element, page, depth);
                // A row of column headers states nothing.
                if let [(_, label), values @ ..] = cells.as_slice()
                    && values.iter().any(|(is_header, _)| !is_header)
                {
                    let values = values.iter().map(|(_, text)| text.as_str());
                    let text = values.collect::<Vec<_>>().join(" ");
                    self.push(LineKind::TableRow, label.clone(), text);
                }
            }
            b"Lbl" => {}
            _ => self.kids(element, page, depth),
        }
    }

    fn push(&mut self, kind: LineKind, label: String, text: String) {
        self.lines.push(Line {
            kind,
            heading: self.heading.clone(),
            label,
            text,
        });
    }

    fn kids(&mut self, element: &Dictionary, page: Option<ObjectId>, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        for kid in kids_of(self.document, element) {
            if let Object::Reference(id) = kid
                && !self.seen.insert(*id)
            {
                continue;
            }
            if let Ok((_, Object::Dictionary(kid))) = self.document.dereference(kid) {
                self.element(kid, page, depth + 1);
            }
        }
    }

    /// The cells of a row: whether each is a header, and its text.
    fn cells(&self, row: &Dictionary, page: Option<ObjectId>, depth: usize) -> Vec<(bool, String)> {
        kids_of(self.document, row)
            .iter()
            .filter_map(|cell| {
                let (_, cell) = self.document.dereference(cell).ok()?;
                let cell = cell.as_dict().ok()?;
                let is_header = match kind_of(cell) {
                    b"TH" => true,
                    b"TD" => false,
                    _ => return None,
                };
                let page = page_of(cell).or(page);
                Some((is_header, self.text(cell, page, depth + 1)))
            })
            .collect()
    }

    /// The text of an element and everything in it.
    fn text(&self, element: &Dictionary, page: Option<ObjectId>, depth: usize) -> String {
        let mut text = String::new();
        self.gather(element, page, depth, &mut text);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn gather(
        &self,
        element: &Dictionary,
        page: Option<ObjectId>,
        depth: usize,
        text: &mut String,
    ) {
        let page = page_of(element).or(page);
        if depth > DEEPEST {
            return;
        }
        for kid in kids_of(self.document, element) {
            let Ok((_, kid)) = self.document.dereference(kid) else {
                continue;
            };
            let (identifier, page) = match kid {
                Object::Integer(identifier) => (Some(*identifier), page),
                Object::Dictionary(kid) => {
                    self.gather(kid, page, depth + 1, text);
                    let identifier = kid.get(b"MCID").and_then(Object::as_i64).ok();
                    (identifier, page_of(kid).or(page))
                }
                _ => (None, page),
            };
            if let (Some(identifier), Some(page)) = (identifier, page)
                && let Some(words) = self.texts.get(&(page, identifier))
            {
                text.push_str(words);
            }
        }
    }
}

/// The structure type of an element.
fn kind_of(element: &Dictionary) -> &[u8] {
    let kind = element.get(b"S").and_then(Object::as_name);
    kind.unwrap_or_default()
}

fn page_of(element: &Dictionary) -> Option<ObjectId> {
    element.get(b"Pg").and_then(Object::as_reference).ok()
}

/// The children of an element, which can be one or an array.
fn kids_of<'d>(document: &'d Document, element: &'d Dictionary) -> &'d [Object] {
    match element.get(b"K") {
        Err(_) => &[],
        Ok(kid) => match document.dereference(kid) {
            Ok((_, Object::Array(kids))) => kids,
            _ => std::slice::from_ref(kid),
        },
    }
}
