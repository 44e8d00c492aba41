//! The parts that every page has: the title band of the first, the header of the others, the footer of all.

use std::sync::Arc;

use super::blocks::Setter;
use super::crop;
use super::format::Format;
use super::marks::rectangle;
use super::placed::{Artifact, Content, ElementId, ElementKind, Owner, Placed, Structure, shifted};
use super::style::TextStyle;
use crate::drawing::Colour;
use crate::look::{Band, Look};
use crate::sheet::{Logo, Sheet, Span};
use crate::text::{Face, Faces, Fit, Run, ShapedText, break_lines};

/// White space between the title band and the text.
pub(super) const BAND_GAP: f32 = 14.0;
/// Distance from the bottom margin to the baseline of the footer, and from there to the text.
const FOOT_LINE: f32 = 2.0;
const ABOVE_FOOT: f32 = 13.0;
/// Distance from the top margin to the baseline of the header, and from there to the text.
const HEAD_LINE: f32 = 8.5;
const BELOW_HEAD: f32 = 12.0;
/// White space between the band around it and the text.
const HEAD_GAP: f32 = 12.0;
/// The most characters that the header may have with the mark.
const LONGEST_HEAD: usize = 85;
/// Additional space at the bottom if a line marks the sheet.
const MARK_FOOT: f32 = 12.0;
/// Minimum white space between that mark and what is on its line.
const MARK_GAP: f32 = 12.0;
/// Usual type size of the footer.
const FOOT_SIZE: f32 = 8.5;
/// Between the title and a logo.
const LOGO_GAP: f32 = 18.0;
/// Between the two texts of the footer.
const FOOT_GAP: f32 = 18.0;

/// What is repeated on every page, and the space that it takes.
pub(super) struct Furniture<'a> {
    faces: &'a Faces,
    format: &'a Format,
    sheet: &'a Sheet,
    foot: TextStyle,
    /// The texts at the left of the footer, each on as many lines as it needs.
    source: Vec<Vec<Arc<ShapedText>>>,
    /// Height of the line above them that marks the sheet.
    mark_foot: f32,
}

impl<'a> Furniture<'a> {
    pub(super) fn of(sheet: &'a Sheet, faces: &'a Faces, format: &'a Format) -> Self {
        let look = &format.look;
        let foot = look.furniture(Face::Sans, FOOT_SIZE, look.palette.muted);
        let page = sheet.page.fill(&[("page", "99"), ("pages", "99")]);
        let page_width = faces.width(foot.face, foot.size, &page);
        let room = format.grid.measure() - page_width - FOOT_GAP;
        let source = std::iter::once(&sheet.source)
            .chain(&sheet.footer)
            .map(|text| {
                let text = text.clone();
                let face = foot.face;
                let lines = break_lines(faces, &[Run { text, face }], foot.size, room, Fit::Total);
                let pieces = lines.into_iter().flat_map(|line| line.pieces);
                pieces.map(|piece| piece.shaped).collect()
            })
            .collect();
        let mark_foot = MARK_FOOT * (foot.size / FOOT_SIZE);
        Furniture {
            faces,
            format,
            sheet,
            foot,
            source,
            mark_foot,
        }
    }

    /// Where the text begins on a page without a title band, in points from the top.
    pub(super) fn head(&self) -> f32 {
        self.head_band() + HEAD_GAP
    }

    /// Height of the band behind the header.
    fn head_band(&self) -> f32 {
        self.head_line() + BELOW_HEAD * self.format.look.scale.factor()
    }

    fn head_line(&self) -> f32 {
        self.format.grid.margin + HEAD_LINE * self.larger()
    }

    fn foot_line(&self) -> f32 {
        self.format.grid.margin + FOOT_LINE * self.larger()
    }

    /// How much more space letters need within the margins in larger type.
    fn larger(&self) -> f32 {
        (self.foot.size / FOOT_SIZE).max(1.0)
    }

    /// Where the text ends, in points from the bottom of the page.
    pub(super) fn foot(&self) -> f32 {
        let more_lines = self.source_lines().saturating_sub(1) as f32;
        let usual = self.foot_line() + ABOVE_FOOT * self.format.look.scale.factor();
        let mark = match self.sheet.mark {
            Some(_) => self.mark_foot,
            None => 0.0,
        };
        usual + mark + more_lines * self.foot.leading
    }

    fn source_lines(&self) -> usize {
        self.source.iter().map(Vec::len).sum()
    }

    /// The header of every page but the first, and the footer of all; `number` is counted from 0. The source of the
    /// numbers is a statement of the document, so it is read aloud on its last page.
    pub(super) fn of_page(
        &self,
        number: usize,
        count: usize,
        structure: &mut Structure,
        document: ElementId,
    ) -> Vec<Placed> {
        let (sheet, grid) = (self.sheet, self.format.grid);
        let look = &self.format.look;
        let mut items = Vec::new();
        let left = grid.margin;
        let right = grid.width - grid.margin;
        let page = sheet.page.fill(&[
            ("page", &(number + 1).to_string()),
            ("pages", &count.to_string()),
        ]);
        let mark = sheet.mark.as_ref().map(|words| {
            let style = mark_style(look, look.palette.ink);
            (self.faces.shape(style.face, words), style)
        });
        if number > 0 {
            items.extend(self.head_of(mark.as_ref()));
        }
        let foot = grid.height - self.foot_line();
        let lines = self.source_lines();
        let mut above = lines.saturating_sub(1) as f32 * self.foot.leading;
        for lines in &self.source {
            let owner = if number + 1 == count {
                Owner::Element(structure.add(ElementKind::Paragraph, Some(document)))
            } else {
                Artifact::Footer.into()
            };
            for line in lines {
                items.push(text(owner, line.clone(), (left, foot - above), &self.foot));
                above -= self.foot.leading;
            }
        }
        let page = self.faces.shape(self.foot.face, &page);
        let place = (right - page.width(self.foot.size), foot);
        items.push(text(Artifact::Footer.into(), page, place, &self.foot));
        if let Some((mark, style)) = mark {
            let above = lines.saturating_sub(1) as f32 * self.foot.leading + self.mark_foot;
            let place = (left, foot - above);
            items.push(text(Artifact::Footer.into(), mark, place, &style));
        }
        if self.format.bleeds {
            items.push(crop::marks(grid));
        }
        items
    }

    /// The band at the top of a page after the first, with the mark of synthetic data.
    fn head_of(&self, mark: Option<&(Arc<ShapedText>, TextStyle)>) -> Vec<Placed> {
        let grid = self.format.grid;
        let look = &self.format.look;
        let band = look.palette.band;
        let head = look.furniture(Face::SansSemiBold, 10.0, band.text);
        let mut items = Vec::from_iter(band_across(self.head_band(), band, self.format));
        let mut room = grid.measure();
        let mut letters = 0;
        // Page 1 has the mark in its title band.
        if let Some((mark, style)) = mark {
            let style = TextStyle {
                colour: band.text,
                ..*style
            };
            let width = mark.width(style.size);
            let place = (grid.width - grid.margin - width, self.head_line());
            room -= width + MARK_GAP;
            letters = mark.text.chars().count();
            items.push(text(Artifact::Header.into(), mark.clone(), place, &style));
        }
        let fits = |words: &&String| {
            // If it were longer, screen readers would take it and the mark for a line of text, which no artifact may
            // be.
            let is_short = letters == 0 || letters + words.chars().count() <= LONGEST_HEAD;
            is_short && self.faces.width(head.face, head.size, words) <= room
        };
        let heads = [&self.sheet.running_head, &self.sheet.short_head];
        if let Some(words) = heads.into_iter().find(fits) {
            let run = self.faces.shape(head.face, words);
            let place = (grid.margin, self.head_line());
            items.push(text(Artifact::Header.into(), run, place, &head));
        }
        items
    }
}

/// The band across the top of page 1 with department and title, its height, and the title's element.
pub(super) fn title_band(
    setter: &mut Setter<'_>,
    document: ElementId,
    sheet: &Sheet,
    format: &Format,
) -> (Vec<Placed>, f32, ElementId) {
    const BELOW: f32 = 10.0;
    let grid = setter.grid;
    let look: &Look = setter.look;
    let title = setter.add(ElementKind::Heading(1), document);
    let department = setter.add(ElementKind::Paragraph, document);
    let mut items = Vec::new();
    let mut y = grid.margin;
    let logo = sheet
        .logo
        .as_ref()
        .map(|logo| place_logo(logo, look, setter, document));
    let beside_logo = logo.as_ref().map_or(0.0, |(plate, _)| plate.0 + LOGO_GAP);
    let measure = grid.measure() - beside_logo;
    let title_style = setter.almost_whole(&[Span::plain(&sheet.title)], look.title(), measure);
    for (owner, text, style) in [
        (title, &sheet.title, title_style),
        (department, &sheet.department, look.department()),
    ] {
        let lines = setter.lines(owner, &[Span::plain(text)], &style, measure);
        for line in lines {
            items.extend(shifted(line.items, grid.margin, y));
            y += line.height;
        }
        y += 3.0;
    }
    if let (Some(mark), Some(last)) = (&sheet.mark, items.last()) {
        let style = mark_style(look, look.palette.band.text);
        let run = setter.faces.shape(style.face, mark);
        let department = look.department();
        let beside = setter
            .faces
            .width(department.face, department.size, &sheet.department)
            + MARK_GAP
            + run.width(style.size);
        let mut place = (grid.margin + measure - run.width(style.size), last.y);
        if beside > measure {
            place = (grid.margin, last.y + style.leading + 3.0);
            y += style.leading + 3.0;
        }
        // It belongs to the document, not to the page, so it is read aloud.
        let owner = Owner::Element(setter.add(ElementKind::Paragraph, document));
        items.push(text(owner, run, place, &style));
    }
    let height = y + BELOW;
    if let Some(((width, plate_height), logo)) = logo {
        let (left, top) = (
            grid.width - grid.margin - width,
            (height - plate_height) / 2.0,
        );
        items.extend(shifted(logo, left, top));
    }
    items.splice(0..0, band_across(height, look.palette.band, format));
    (items, height, title)
}

/// A band of a given height across the top of a page, to its edges and, if the paper is cut, beyond them.
pub(super) fn band_across(height: f32, band: Band, format: &Format) -> Vec<Placed> {
    const RULE: f32 = 3.0;
    let beyond = format.beyond();
    let width = format.grid.width + 2.0 * beyond;
    let strip = |top: f32, bottom: f32, colour| Placed {
        owner: Owner::Artifact(Artifact::Decoration),
        x: -beyond,
        y: top,
        content: Content::Drawing(rectangle(width, bottom - top, colour)),
    };
    let rule = band.rule.map(|rule| strip(height - RULE, height, rule));
    let ground = strip(-beyond, height, band.ground);
    std::iter::once(ground).chain(rule).collect()
}

/// A logo on a plate in the paper's color, so that it looks as on the owner's letterhead whatever the band's color
/// is: the plate's size, and its contents relative to its top left corner.
pub(super) fn place_logo(
    logo: &Logo,
    look: &Look,
    setter: &mut Setter<'_>,
    document: ElementId,
) -> ((f32, f32), Vec<Placed>) {
    const HIGHEST: f32 = 44.0;
    const WIDEST: f32 = 132.0;
    const PADDING: f32 = 5.0;
    const LARGEST: f32 = 1.4;
    let larger = look.scale.factor().min(LARGEST);
    let scale = (HIGHEST / logo.drawing.height).min(WIDEST / logo.drawing.width) * larger;
    let drawing = logo.drawing.scaled(scale);
    let plate = (
        drawing.width + 2.0 * PADDING,
        drawing.height + 2.0 * PADDING,
    );
    let figure = setter.add_figure(document, &logo.alt);
    if let Some(language) = &logo.language {
        setter.set_language(figure, language);
    }
    let items = vec![
        Placed {
            owner: Owner::Artifact(Artifact::Decoration),
            x: 0.0,
            y: 0.0,
            content: Content::Drawing(rectangle(plate.0, plate.1, look.palette.paper)),
        },
        Placed {
            owner: Owner::Element(figure),
            x: PADDING,
            y: PADDING,
            content: Content::Drawing(drawing),
        },
    ];
    (plate, items)
}

/// The mark on a sheet that is not for release, or not real.
pub(super) fn mark_style(look: &Look, colour: Colour) -> TextStyle {
    look.furniture(Face::SansBold, 9.0, colour)
}

/// A line of text; `place` is the start of its baseline.
pub(super) fn text(
    owner: Owner,
    run: Arc<ShapedText>,
    place: (f32, f32),
    style: &TextStyle,
) -> Placed {
    Placed {
        owner,
        x: place.0,
        y: place.1,
        content: Content::Text {
            run,
            size: style.size,
            colour: style.colour,
        },
    }
}
