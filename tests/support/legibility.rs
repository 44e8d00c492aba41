//! Whether a printed page is legible: checked on what the file draws and on the pixels of three renderings: the
//! original, without its text, and only its text.

use std::fmt;
use std::path::{Path, PathBuf};

use hotline_profile::drawing::Colour;
use hotline_profile::pdf::read_back;
use image::{Rgb, RgbImage};
use lopdf::content::Operation;

use super::page_text::{self, Area, PageText, Piece, Word};
use super::{pdf_file, poppler};

/// Dots per inch of renderings: three dots for two points.
const DOTS_PER_INCH: u32 = 108;
/// The same for figures, where letters are on a halo of less than a point. Poppler aligns letters with whole dots in
/// height, so at the usual resolution they would be off by as much.
const FINE_DOTS_PER_INCH: u32 = 216;
/// White space around all text, in points: half an inch.
const MARGIN: f32 = 36.0;
/// White space that only full-width bands may cross, in points: the part that office printers leave out.
const UNPRINTABLE: f32 = 18.0;
/// A letter's curve may extend above its line by this much, in points.
const OVERSHOOT: f32 = 0.5;
/// WCAG 2.1, success criterion 1.4.3, for text of any size.
const LEAST_CONTRAST: f64 = 4.5;
/// No text is smaller, in points: notes are 8.5 points, which a theme with wide fonts reduces slightly.
const SMALLEST_TYPE: f32 = 8.0;
/// Body text, as in the lists and tables of the usual sheet, and its notes, in points.
pub const BODY: f32 = 10.0;
pub const NOTES: f32 = 8.5;
/// Two texts on one line are at least this far apart, in points: about a space in the smallest type.
const LEAST_GAP: f32 = 1.5;
/// The fraction of a page's height that may be blank in one piece: on the usual two pages, where the second has the
/// hotlines at the bottom however little there is above them, and on those that long lists continue on.
const LARGEST_HOLE: f32 = 0.42;
const LARGEST_HOLE_BEYOND: f32 = 0.7;
/// A rendering may differ in a channel by this much, out of 255, if nothing is wrong.
const RENDERING: f32 = 48.0;

/// What can be wrong with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// Text or a drawing is in the margin.
    Margin,
    /// Two words overlap, or are so close that they read as one.
    Overlap,
    /// Letters are cut off or covered.
    Clipped,
    /// A label of a figure is outside it.
    OutsideFigure,
    /// The colors behind letters are too similar to theirs.
    Contrast,
    /// A line or an edge runs through text.
    Struck,
    /// Type too small to read.
    Small,
    /// The file doesn't say what its letters are.
    Unreadable,
    /// Headings are missing.
    Headings,
    /// A page is nearly empty.
    Hole,
}

/// Something that is wrong.
#[derive(Clone, Debug)]
pub struct Fault {
    pub kind: Kind,
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:?}: {}", self.kind, self.what)
    }
}

/// The closest that a sheet came to a fault: a measure, and where.
#[derive(Clone, Debug, Default)]
pub struct Nearest(Option<(f64, String)>);

impl Nearest {
    fn see(&mut self, measure: f64, place: impl FnOnce() -> String) {
        if self.0.as_ref().is_none_or(|(least, _)| measure < *least) {
            self.0 = Some((measure, place()));
        }
    }

    pub fn and(&mut self, other: Nearest) {
        if let Some((measure, place)) = other.0 {
            self.see(measure, || place);
        }
    }
}

impl fmt::Display for Nearest {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Some((measure, place)) => write!(formatter, "{measure:.2} ({place})"),
            None => formatter.write_str("none"),
        }
    }
}

/// The result of checking a sheet.
#[derive(Default)]
pub struct Survey {
    pub pages: Vec<PageText>,
    /// All text in the order of the structure tree, in which a paragraph that continues on the next page is complete.
    pub read_aloud: String,
    pub faults: Vec<Fault>,
    /// From text to the page's edge, in points.
    pub edge: Nearest,
    /// Ratio by WCAG.
    pub contrast: Nearest,
    /// Of type, in points.
    pub size: Nearest,
    /// Between two texts on one line, in points.
    pub gap: Nearest,
    /// 1 less the fraction of the page's height that is blank in one piece.
    pub filled: Nearest,
}

impl Survey {
    /// All text of the sheet in one line.
    pub fn text(&self) -> String {
        let pages: Vec<String> = self.pages.iter().map(PageText::text).collect();
        pages.join(" ")
    }

    fn fault(&mut self, kind: Kind, what: String) {
        self.faults.push(Fault { kind, what });
    }
}

/// Looks at every page of a sheet.
pub fn survey(pdf: &Path) -> Survey {
    let document = pdf_file::load(pdf);
    let folder = tempfile::tempdir().unwrap();
    let save = |name: &str, part: &dyn Fn(Vec<Operation>) -> Vec<Operation>| {
        let path = folder.path().join(name);
        let mut redrawn = page_text::redrawn(&document, |_, all| part(without_underlines(all)));
        redrawn.save(&path).unwrap();
        path
    };
    let files = [
        save("whole.pdf", &|all| all),
        save("without-text.pdf", &|all| partly(all, false)),
        save("text-alone.pdf", &|all| partly(all, true)),
    ];
    let [mut whole, mut without_text, mut text_alone] = files
        .each_ref()
        .map(|file| poppler::render(file, DOTS_PER_INCH).into_iter());
    let name = pdf.file_name().unwrap().to_string_lossy().into_owned();
    let mut survey = Survey {
        pages: page_text::pages(&document),
        read_aloud: read_aloud(pdf),
        ..Survey::default()
    };
    for (index, page) in survey.pages.clone().iter().enumerate() {
        let next = |pages: &mut std::vec::IntoIter<RgbImage>| pages.next().unwrap();
        let rendering = Rendering {
            dots_per_point: DOTS_PER_INCH as f32 / 72.0,
            corner: (0, 0),
            whole: next(&mut whole),
            without_text: next(&mut without_text),
            text_alone: next(&mut text_alone),
        };
        let sight = Sight {
            place: format!("{name}, page {}", index + 1),
            page,
        };
        sight.check_places(&mut survey);
        sight.check_gaps(&mut survey);
        sight.check_letters(&rendering, &|piece| piece.tag != FIGURE, &mut survey);
        let largest_hole = if index < 2 {
            LARGEST_HOLE
        } else {
            LARGEST_HOLE_BEYOND
        };
        sight.check_paper(&rendering, largest_hole, &mut survey);
        for figure in &page.figures {
            let rendering = Rendering::of_part(&files, index, *figure);
            let is_in = |piece: &Piece| {
                piece.tag == FIGURE && piece.words[0].ink.is_within(*figure, OVERSHOOT)
            };
            sight.check_letters(&rendering, &is_in, &mut survey);
        }
    }
    check_headings(&name, &mut survey);
    survey
}

fn read_aloud(pdf: &Path) -> String {
    let bytes = std::fs::read(pdf).unwrap();
    let lines = read_back(&bytes).unwrap().lines;
    let texts = lines.iter().map(|line| line.text.as_str());
    texts.collect::<Vec<_>>().join(" ")
}

/// The text operators of a page, or all others.
fn partly(all: Vec<Operation>, of_text: bool) -> Vec<Operation> {
    let mut in_text = false;
    all.into_iter()
        .filter(|operation| {
            let operator = operation.operator.as_str();
            in_text |= operator == "BT";
            let is_text = in_text;
            in_text &= operator != "ET";
            is_text == of_text
        })
        .collect()
}

/// Without the lines under links, which belong to their letters: a thin bar that begins where the text after it
/// begins, right below its baseline. Any other line near text stays.
fn without_underlines(mut all: Vec<Operation>) -> Vec<Operation> {
    const BAR: [&str; 6] = ["m", "l", "l", "l", "h", "f*"];
    const THICKEST: f32 = 1.2;
    const LOWEST: f32 = 3.0;
    let place = |operation: &Operation| {
        let [x, y] = &operation.operands[..2] else {
            unreachable!("two operands")
        };
        (x.as_float().unwrap(), y.as_float().unwrap())
    };
    let is_underline = |all: &[Operation]| {
        let (bar, after) = all.split_at(BAR.len());
        if !bar.iter().map(|operation| &*operation.operator).eq(BAR) {
            return false;
        }
        let ((left, top), (_, bottom)) = (place(&bar[0]), place(&bar[2]));
        let text = after.iter().take(10).find(|it| it.operator == "Td");
        text.map(place).is_some_and(|(x, baseline)| {
            (x - left).abs() < 0.05
                && (0.0..THICKEST).contains(&(top - bottom))
                && (0.0..LOWEST).contains(&(baseline - top))
        })
    };
    let mut index = 0;
    while index + BAR.len() < all.len() {
        if is_underline(&all[index..]) {
            all.drain(index..index + BAR.len());
        }
        index += 1;
    }
    all
}

/// The tag of a map's labels; those of charts are cells of tables.
const FIGURE: &str = "Figure";

/// A page, or a part of it, in three ways.
struct Rendering {
    dots_per_point: f32,
    /// The position of the upper left corner on the page, in dots.
    corner: (u32, u32),
    whole: RgbImage,
    without_text: RgbImage,
    text_alone: RgbImage,
}

impl Rendering {
    /// A part of a page at higher resolution, with a little of what is around it.
    fn of_part(files: &[PathBuf; 3], page: usize, area: Area) -> Self {
        let dots_per_point = FINE_DOTS_PER_INCH as f32 / 72.0;
        let dots = |points: f32| (points * dots_per_point) as u32;
        let corner = (dots(area.left - 4.0), dots(area.top - 4.0));
        let part = [
            corner.0,
            corner.1,
            dots(area.right + 4.0) - corner.0,
            dots(area.bottom + 4.0) - corner.1,
        ];
        let [whole, without_text, text_alone] = files
            .each_ref()
            .map(|file| poppler::render_part(file, FINE_DOTS_PER_INCH, page, part));
        Rendering {
            dots_per_point,
            corner,
            whole,
            without_text,
            text_alone,
        }
    }

    /// The dots that an area covers, and one more on every side.
    fn dots(&self, area: Area) -> impl Iterator<Item = (u32, u32)> {
        let span = |from: f32, to: f32, corner: u32, most: u32| {
            let dot = |points: f32| ((points * self.dots_per_point) as u32).saturating_sub(corner);
            dot(from).saturating_sub(1)..(dot(to) + 2).min(most)
        };
        let (width, height) = self.whole.dimensions();
        let columns = span(area.left, area.right, self.corner.0, width);
        let rows = span(area.top, area.bottom, self.corner.1, height);
        rows.flat_map(move |y| columns.clone().map(move |x| (x, y)))
    }

    /// How much of a dot letters cover, 0 to 1.
    fn cover(&self, x: u32, y: u32) -> f32 {
        1.0 - f32::from(self.text_alone.get_pixel(x, y).0[0]) / 255.0
    }

    /// Whether a letter touches a dot, or covers most of one next to it: what is behind a letter and at its edge.
    fn is_at_letter(&self, x: u32, y: u32) -> bool {
        let (width, height) = self.text_alone.dimensions();
        let beside = [
            (x.saturating_sub(1), y),
            ((x + 1).min(width - 1), y),
            (x, y.saturating_sub(1)),
            (x, (y + 1).min(height - 1)),
        ];
        self.cover(x, y) > 0.0 || beside.into_iter().any(|(x, y)| self.cover(x, y) > 0.5)
    }

    /// The maximum difference of a dot, in a channel, from the ink on top of the background.
    fn missing(&self, x: u32, y: u32, ink: [u8; 3]) -> f32 {
        let (Rgb(ground), Rgb(seen)) = (
            self.without_text.get_pixel(x, y),
            self.whole.get_pixel(x, y),
        );
        let cover = self.cover(x, y);
        (0..3)
            .map(|channel| {
                let ground = f32::from(ground[channel]);
                let due = ground + cover * (f32::from(ink[channel]) - ground);
                (f32::from(seen[channel]) - due).abs()
            })
            .fold(0.0, f32::max)
    }
}

/// A page, and its name in messages.
struct Sight<'a> {
    place: String,
    page: &'a PageText,
}

impl Sight<'_> {
    fn words(&self) -> impl Iterator<Item = (&Piece, &Word)> {
        let pieces = self.page.pieces.iter();
        pieces.flat_map(|piece| piece.words.iter().map(move |word| (piece, word)))
    }

    /// Every word is large enough, inside the margins, and inside its figure if it labels one.
    fn check_places(&self, survey: &mut Survey) {
        let Sight { place, page, .. } = self;
        let paper = Area {
            left: MARGIN,
            top: MARGIN,
            right: page.width - MARGIN,
            bottom: page.height - MARGIN,
        };
        for (piece, word) in self.words() {
            let Word { text, ink } = word;
            let here = || format!("“{text}” of “{}” on {place}", piece.text);
            let edge = [
                ink.left,
                ink.top,
                page.width - ink.right,
                page.height - ink.bottom,
            ];
            survey
                .edge
                .see(edge.into_iter().fold(f32::MAX, f32::min).into(), here);
            if !ink.is_within(paper, OVERSHOOT) {
                survey.fault(Kind::Margin, format!("{}: {ink:?}", here()));
            }
            survey.size.see(piece.size.into(), here);
            if piece.size < SMALLEST_TYPE {
                survey.fault(Kind::Small, format!("{}: {} points", here(), piece.size));
            }
            if text.contains('\u{fffd}') {
                survey.fault(Kind::Unreadable, here());
            }
            let is_in = |figure: &Area| ink.is_within(*figure, OVERSHOOT);
            if piece.tag == FIGURE && !page.figures.iter().any(is_in) {
                survey.fault(Kind::OutsideFigure, here());
            }
        }
    }

    /// No two words overlap, and two pieces on one line are apart.
    fn check_gaps(&self, survey: &mut Survey) {
        let pieces = &self.page.pieces;
        let words: Vec<(usize, &Word)> = pieces
            .iter()
            .enumerate()
            .flat_map(|(index, piece)| piece.words.iter().map(move |word| (index, word)))
            .collect();
        for (at, &(piece, one)) in words.iter().enumerate() {
            for &(other_piece, other) in &words[at + 1..] {
                let (width, height) = one.ink.common(other.ink);
                if height <= 0.0 || width < -LEAST_GAP * 4.0 {
                    continue;
                }
                let here = || format!("“{}” and “{}” on {}", one.text, other.text, self.place);
                // Pieces of one sentence follow each other without a gap if no space separates them.
                let is_joined = piece == other_piece
                    || (pieces[piece].size == pieces[other_piece].size && follow(one, other));
                if !is_joined {
                    survey.gap.see((-width).into(), here);
                }
                let least = if is_joined { 0.0 } else { LEAST_GAP };
                if width > -least + 0.05 {
                    survey.fault(
                        Kind::Overlap,
                        format!("{}: {width:.2} x {height:.2}", here()),
                    );
                }
            }
        }
    }

    /// Every letter is completely visible, on a background with enough contrast.
    fn check_letters(
        &self,
        rendering: &Rendering,
        is_looked_at: &dyn Fn(&Piece) -> bool,
        survey: &mut Survey,
    ) {
        for (piece, word) in self.words().filter(|(piece, _)| is_looked_at(piece)) {
            let here = || format!("“{}” of “{}” on {}", word.text, piece.text, self.place);
            let mut missing: f32 = 0.0;
            let mut contrast = f64::INFINITY;
            let (mut darkest, mut lightest) = ([u8::MAX; 3], [u8::MIN; 3]);
            for (x, y) in rendering.dots(word.ink) {
                if rendering.cover(x, y) > 0.0 {
                    missing = missing.max(rendering.missing(x, y, piece.colour));
                }
                if rendering.is_at_letter(x, y) {
                    let Rgb(ground) = *rendering.without_text.get_pixel(x, y);
                    contrast = contrast.min(colour(piece.colour).contrast(colour(ground)));
                    for channel in 0..3 {
                        darkest[channel] = darkest[channel].min(ground[channel]);
                        lightest[channel] = lightest[channel].max(ground[channel]);
                    }
                }
            }
            if missing > RENDERING {
                survey.fault(Kind::Clipped, format!("{}: {missing}", here()));
            }
            if contrast.is_infinite() {
                survey.fault(Kind::Clipped, format!("{}: not on the page", here()));
            }
            survey.contrast.see(contrast, here);
            if contrast < LEAST_CONTRAST {
                survey.fault(Kind::Contrast, format!("{}: {contrast:.2}", here()));
            }
            let is_even = (0..3).all(|channel| {
                f32::from(lightest[channel].saturating_sub(darkest[channel])) <= RENDERING
            });
            if piece.tag != FIGURE && !is_even {
                survey.fault(Kind::Struck, here());
            }
        }
    }

    /// Only bands are printed at the paper's edge, and no page is nearly empty.
    fn check_paper(&self, rendering: &Rendering, largest_hole: f32, survey: &mut Survey) {
        let (width, height) = rendering.whole.dimensions();
        let is_white = |x: u32, y: u32| {
            let Rgb(seen) = rendering.whole.get_pixel(x, y);
            seen.iter().all(|&channel| channel > 250)
        };
        let dots = |points: f32| (points * rendering.dots_per_point) as u32;
        let edge = dots(UNPRINTABLE);
        // A band across the whole page: both its edges have the same color.
        let is_band = |y: u32| {
            let ground = rendering.whole.get_pixel(0, y);
            let mut edges = (0..edge).chain(width - edge..width);
            !is_white(0, y) && edges.all(|x| rendering.whole.get_pixel(x, y) == ground)
        };
        let printed = (0..height)
            .filter(|&y| !is_band(y))
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .filter(|&(x, y)| x < edge || x >= width - edge || y >= height - edge)
            .find(|&(x, y)| !is_white(x, y));
        if let Some((x, y)) = printed {
            let points = |dots: u32| dots as f32 / rendering.dots_per_point;
            let what = format!(
                "a dot {} from the left and {} from the top on",
                points(x),
                points(y)
            );
            survey.fault(Kind::Margin, format!("{what} {}", self.place));
        }
        let (mut white, mut most) = (0, 0);
        for y in 0..height {
            let is_blank = (0..width).all(|x| is_white(x, y));
            white = if is_blank { white + 1 } else { 0 };
            most = most.max(white);
        }
        let hole = most as f32 / height as f32;
        survey
            .filled
            .see((1.0 - hole).into(), || self.place.clone());
        if hole > largest_hole {
            survey.fault(
                Kind::Hole,
                format!("{:.0} % of {}", hole * 100.0, self.place),
            );
        }
    }
}

/// Whether a word begins where another ends.
fn follow(one: &Word, other: &Word) -> bool {
    let between = other.ink.left - one.ink.right;
    (-0.05..LEAST_GAP).contains(&between) && (one.ink.bottom - other.ink.bottom).abs() < 4.0
}

fn colour([red, green, blue]: [u8; 3]) -> Colour {
    Colour { red, green, blue }
}

/// One title, on the first page; sections; their parts.
fn check_headings(name: &str, survey: &mut Survey) {
    let count = |tag: &str, pages: &[PageText]| {
        let pieces = pages.iter().flat_map(|page| &page.pieces);
        pieces.filter(|piece| piece.tag == tag).count()
    };
    let first = &survey.pages[..1];
    let titles = (count("H1", first), count("H1", &survey.pages));
    let (sections, parts) = (count("H2", &survey.pages), count("H3", &survey.pages));
    // A title that needs two lines is drawn in two pieces.
    if titles.0 == 0 || titles.0 != titles.1 || sections < 4 || parts < 3 {
        survey.fault(
            Kind::Headings,
            format!("{name}: {titles:?}, {sections}, {parts}"),
        );
    }
}
