//! The text on a PDF's pages as its content streams draw it: each piece with its color, its size and the ink of its
//! words.

use std::collections::{BTreeMap, HashMap};

use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Document, Object, ObjectId};

use super::truetype::GlyphBounds;

/// A rectangle in points from the page's upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f32,
    pub top: f32,
    pub right: f32,
    pub bottom: f32,
}

impl Area {
    pub fn around(self, other: Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// The overlap of two areas: width and height, negative if they are apart.
    pub fn common(self, other: Area) -> (f32, f32) {
        (
            self.right.min(other.right) - self.left.max(other.left),
            self.bottom.min(other.bottom) - self.top.max(other.top),
        )
    }

    pub fn is_within(self, outer: Area, tolerance: f32) -> bool {
        self.left >= outer.left - tolerance
            && self.top >= outer.top - tolerance
            && self.right <= outer.right + tolerance
            && self.bottom <= outer.bottom + tolerance
    }
}

/// What is drawn between two spaces.
#[derive(Clone, Debug)]
pub struct Word {
    pub text: String,
    /// The area of the glyphs' outlines.
    pub ink: Area,
}

/// A piece of text drawn in one go.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The marked-content tag around it: `H1`, `P`, `Figure`, `Artifact`.
    pub tag: String,
    pub text: String,
    pub words: Vec<Word>,
    /// In points.
    pub size: f32,
    pub colour: [u8; 3],
}

/// What a page draws as text.
#[derive(Clone, Debug)]
pub struct PageText {
    pub width: f32,
    pub height: f32,
    /// In the order in which they are drawn, which is the reading order.
    pub pieces: Vec<Piece>,
    /// The areas of figures, according to the structure tree.
    pub figures: Vec<Area>,
}

impl PageText {
    /// All of it in one line.
    pub fn text(&self) -> String {
        let words = self.pieces.iter().map(|piece| piece.text.as_str());
        super::in_one_line(&words.collect::<Vec<_>>().join(" "))
    }
}

/// A font in the file, ready for measuring.
struct PdfFont {
    program: Vec<u8>,
    /// By glyph, in ems.
    widths: HashMap<u16, f32>,
    meanings: HashMap<u16, String>,
}

/// The text of every page. Panics at an operator that could move text in a way that this reader doesn't follow: what
/// isn't understood isn't checked.
pub fn pages(document: &Document) -> Vec<PageText> {
    let mut fonts: BTreeMap<ObjectId, PdfFont> = BTreeMap::new();
    document
        .get_pages()
        .into_values()
        .map(|page| {
            let names: HashMap<Vec<u8>, ObjectId> = font_names(document, page);
            for &font in names.values() {
                fonts
                    .entry(font)
                    .or_insert_with(|| PdfFont::read(document, font));
            }
            let fonts = names
                .into_iter()
                .map(|(name, font)| (name, &fonts[&font]))
                .collect();
            read_page(document, page, &fonts)
        })
        .collect()
}

/// The operators of a page.
pub fn operations(document: &Document, page: ObjectId) -> Vec<Operation> {
    let bytes = document.get_page_content(page);
    Content::decode(&bytes).unwrap().operations
}

/// The document with the content of its pages replaced.
pub fn redrawn(
    document: &Document,
    mut change: impl FnMut(usize, Vec<Operation>) -> Vec<Operation>,
) -> Document {
    let mut changed = document.clone();
    for (index, page) in document.get_pages().into_values().enumerate() {
        let operations = change(index, operations(document, page));
        let content = Content { operations }.encode().unwrap();
        changed.change_page_content(page, content).unwrap();
    }
    changed
}

fn font_names(document: &Document, page: ObjectId) -> HashMap<Vec<u8>, ObjectId> {
    let page = document.get_dictionary(page).unwrap();
    let resources = value(document, page, b"Resources").as_dict().unwrap();
    let fonts = value(document, resources, b"Font").as_dict().unwrap();
    fonts
        .iter()
        .map(|(name, font)| (name.clone(), font.as_reference().unwrap()))
        .collect()
}

fn value<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> &'a Object {
    let object = dictionary.get(key).unwrap();
    document.dereference(object).unwrap().1
}

fn number(object: &Object) -> f32 {
    object.as_float().unwrap()
}

impl PdfFont {
    /// A composite font with a TrueType program, in which codes are glyph numbers.
    fn read(document: &Document, font: ObjectId) -> Self {
        let font = document.get_dictionary(font).unwrap();
        assert_eq!(
            font.get(b"Encoding").unwrap().as_name().unwrap(),
            b"Identity-H"
        );
        let descendants = value(document, font, b"DescendantFonts")
            .as_array()
            .unwrap();
        let descendant = document.dereference(&descendants[0]).unwrap().1;
        let descendant = descendant.as_dict().unwrap();
        let descriptor = value(document, descendant, b"FontDescriptor");
        let program = value(document, descriptor.as_dict().unwrap(), b"FontFile2");
        let program = program.as_stream().unwrap();
        let meanings = value(document, font, b"ToUnicode").as_stream().unwrap();
        PdfFont {
            program: plain(program),
            widths: widths(value(document, descendant, b"W").as_array().unwrap()),
            meanings: meanings_of(&String::from_utf8(plain(meanings)).unwrap()),
        }
    }
}

fn plain(stream: &lopdf::Stream) -> Vec<u8> {
    let plain = stream.decompressed_content();
    plain.unwrap_or_else(|_| stream.content.clone())
}

/// Widths of glyphs in ems (ISO 32000-1, 9.7.4.3).
fn widths(array: &[Object]) -> HashMap<u16, f32> {
    let mut widths = HashMap::new();
    let mut rest = array;
    while let [first, second, more @ ..] = rest {
        let first = first.as_i64().unwrap() as u16;
        match second {
            Object::Array(list) => {
                for (glyph, width) in (first..).zip(list) {
                    widths.insert(glyph, number(width) / 1000.0);
                }
                rest = more;
            }
            last => {
                for glyph in first..=last.as_i64().unwrap() as u16 {
                    widths.insert(glyph, number(&more[0]) / 1000.0);
                }
                rest = &more[1..];
            }
        }
    }
    widths
}

/// The `bfchar` lines of a ToUnicode map.
fn meanings_of(map: &str) -> HashMap<u16, String> {
    let mut meanings = HashMap::new();
    for line in map.lines() {
        let Some((glyph, text)) = line
            .strip_prefix('<')
            .and_then(|line| line.strip_suffix('>'))
            .and_then(|line| line.split_once("> <"))
        else {
            continue;
        };
        let units: Vec<u16> = (0..text.len() / 4)
            .map(|at| u16::from_str_radix(&text[4 * at..4 * at + 4], 16).unwrap())
            .collect();
        let glyph = u16::from_str_radix(glyph, 16).unwrap();
        meanings.insert(glyph, String::from_utf16(&units).unwrap());
    }
    assert!(!meanings.is_empty(), "a ToUnicode map in another form");
    meanings
}

fn read_page(document: &Document, page: ObjectId, fonts: &HashMap<Vec<u8>, &PdfFont>) -> PageText {
    let dictionary = document.get_dictionary(page).unwrap();
    let media = value(document, dictionary, b"MediaBox").as_array().unwrap();
    let [left, bottom, right, top] = [0, 1, 2, 3].map(|index| number(&media[index]));
    assert_eq!((left, bottom), (0.0, 0.0));
    let mut found = PageText {
        width: right,
        height: top,
        pieces: Vec::new(),
        figures: figures(document, page, top),
    };
    let mut tags: Vec<String> = Vec::new();
    let mut colours = vec![[0_u8; 3]];
    let mut place = (0.0, 0.0);
    let mut font: Option<(&PdfFont, f32)> = None;
    for operation in operations(document, page) {
        let operands = &operation.operands;
        match operation.operator.as_str() {
            "BDC" | "BMC" => {
                let tag = operands[0].as_name().unwrap();
                tags.push(String::from_utf8(tag.to_vec()).unwrap());
            }
            "EMC" => {
                tags.pop();
            }
            "q" => colours.push(*colours.last().unwrap()),
            "Q" => {
                colours.pop();
            }
            "rg" | "g" => {
                let channel = |index: usize| (number(&operands[index]) * 255.0).round() as u8;
                let last = operands.len() - 1;
                *colours.last_mut().unwrap() = [0, 1.min(last), 2.min(last)].map(channel);
            }
            "BT" => place = (0.0, 0.0),
            "Tf" => font = Some((fonts[operands[0].as_name().unwrap()], number(&operands[1]))),
            "Td" => {
                place.0 += number(&operands[0]);
                place.1 += number(&operands[1]);
            }
            "TJ" => {
                let (font, size) = font.expect("a font is chosen before text is drawn");
                let baseline = (place.0, top - place.1);
                let mut piece = set(font, size, baseline, operands[0].as_array().unwrap());
                piece.tag = tags.last().cloned().unwrap_or_default();
                piece.colour = *colours.last().unwrap();
                found.pieces.push(piece);
            }
            "ET" | "m" | "l" | "c" | "h" | "re" | "f" | "f*" | "S" | "b" | "b*" | "B" | "B*"
            | "s" | "n" | "W" | "W*" | "RG" | "G" | "w" | "j" | "J" | "d" | "M" => {}
            other => panic!("an operator that this reader does not follow: {other}"),
        }
    }
    found
}

/// The glyphs of a `TJ` operator, from a baseline's start.
fn set(font: &PdfFont, size: f32, baseline: (f32, f32), shown: &[Object]) -> Piece {
    let bounds = GlyphBounds::read(&font.program);
    let mut piece = Piece {
        tag: String::new(),
        text: String::new(),
        words: Vec::new(),
        size,
        colour: [0; 3],
    };
    let mut pen = baseline.0;
    let mut word: Option<Word> = None;
    for item in shown {
        let Object::String(codes, _) = item else {
            pen -= number(item) / 1000.0 * size;
            continue;
        };
        for code in codes.chunks_exact(2) {
            let glyph = u16::from_be_bytes([code[0], code[1]]);
            let text = font.meanings.get(&glyph).map_or("\u{fffd}", String::as_str);
            piece.text.push_str(text);
            match bounds.of(glyph) {
                None => piece.words.extend(word.take()),
                Some([left, bottom, right, top]) => {
                    let ink = Area {
                        left: pen + left * size,
                        top: baseline.1 - top * size,
                        right: pen + right * size,
                        bottom: baseline.1 - bottom * size,
                    };
                    let mut begun = word.take().unwrap_or(Word {
                        text: String::new(),
                        ink,
                    });
                    begun.text.push_str(text);
                    begun.ink = begun.ink.around(ink);
                    word = Some(begun);
                }
            }
            pen += font.widths[&glyph] * size;
        }
    }
    piece.words.extend(word);
    piece
}

/// The bounding boxes of a page's figures.
fn figures(document: &Document, page: ObjectId, page_height: f32) -> Vec<Area> {
    super::pdf_file::dictionaries(document)
        .iter()
        .filter(|element| {
            let kind = element.get(b"S").and_then(Object::as_name);
            kind.is_ok_and(|kind| kind == b"Figure")
                && element.get(b"K").is_ok_and(|kids| is_on(kids, page))
        })
        .map(|figure| {
            let layout = value(document, figure, b"A").as_dict().unwrap();
            let corners = layout.get(b"BBox").unwrap().as_array().unwrap();
            Area {
                left: number(&corners[0]),
                top: page_height - number(&corners[3]),
                right: number(&corners[2]),
                bottom: page_height - number(&corners[1]),
            }
        })
        .collect()
}

/// Whether any of an element's marked-content references leads to a page.
fn is_on(kids: &Object, page: ObjectId) -> bool {
    match kids {
        Object::Array(kids) => kids.iter().any(|kid| is_on(kid, page)),
        Object::Dictionary(kid) => {
            let on = kid.get(b"Pg").and_then(Object::as_reference);
            on.is_ok_and(|on| on == page)
        }
        _ => false,
    }
}
