//! What every page has: the title band of the first, the head of the others, the foot of all.

use super::blocks::Setter;
use super::grid::Grid;
use super::marks::rectangle;
use super::placed::{Artifact, Content, ElementId, ElementKind, Owner, Placed};
use super::style::{DEPARTMENT, FURNITURE, TITLE, TextStyle, colour};
use crate::sheet::{Sheet, Span};
use crate::text::{Face, Faces};

/// Where the text of a page without a title band begins, in points from its top.
pub(super) const HEAD: f32 = 57.0;
/// White between the title band and the text.
pub(super) const BAND_GAP: f32 = 14.0;
/// Room below the text, from the page's foot.
const FOOT: f32 = 51.0;
/// More room where a line says that the sheet is internal.
const INTERNAL_FOOT: f32 = 12.0;
/// Baseline of the foot line, from the page's foot.
const FOOT_LINE: f32 = 38.0;
/// Baseline of the head line, from the page's top.
const HEAD_LINE: f32 = 44.5;

/// The mark of an internal sheet.
const INTERNAL: TextStyle = TextStyle {
    face: Face::SansBold,
    size: 9.0,
    colour: colour::INK,
    ..FURNITURE
};

/// Where the text ends, in points from the page's foot.
pub(super) fn foot(sheet: &Sheet) -> f32 {
    if sheet.internal.is_some() {
        FOOT + INTERNAL_FOOT
    } else {
        FOOT
    }
}

/// The band with department and title across the top of page 1, and its height.
pub(super) fn title_band(
    setter: &mut Setter<'_>,
    document: ElementId,
    sheet: &Sheet,
) -> (Vec<Placed>, f32) {
    const ABOVE: f32 = 36.0;
    const BELOW: f32 = 12.0;
    let grid = setter.grid;
    let title = setter.add(ElementKind::Heading(1), document);
    let department = setter.add(ElementKind::Paragraph, document);
    let mut items = Vec::new();
    let mut y = ABOVE;
    let measure = grid.measure();
    let title_style = fitted(setter.faces, &sheet.title, TITLE, measure);
    for (owner, text, style) in [
        (title, &sheet.title, title_style),
        (department, &sheet.department, DEPARTMENT),
    ] {
        let lines = setter.lines(owner, &[Span::plain(text)], &style, measure);
        for line in lines {
            items.extend(line.items.into_iter().map(|mut item| {
                item.x += grid.margin;
                item.y += y;
                item
            }));
            y += line.height;
        }
        y += 3.0;
    }
    let height = y + BELOW;
    if let (Some(internal), Some(last)) = (&sheet.internal, items.last()) {
        let style = TextStyle {
            colour: colour::WHITE,
            ..INTERNAL
        };
        let width = setter.faces.width(style.face, style.size, internal);
        let place = (grid.width - grid.margin - width, last.y);
        // Of the document, not of the page: to be read aloud.
        let owner = Owner::Element(setter.add(ElementKind::Paragraph, document));
        items.push(text(setter.faces, owner, internal, place, &style));
    }
    items.insert(
        0,
        Placed {
            owner: Owner::Artifact(Artifact::Decoration),
            x: 0.0,
            y: 0.0,
            content: Content::Drawing(rectangle(grid.width, height, colour::NAVY)),
        },
    );
    (items, height)
}

/// The style made smaller, if need be and within limits, so that a text fits on one line.
fn fitted(faces: &Faces, text: &str, style: TextStyle, measure: f32) -> TextStyle {
    const SMALLEST: f32 = 0.74;
    let width = faces.width(style.face, style.size, text);
    let scale = measure / width.max(1.0);
    if !(SMALLEST..1.0).contains(&scale) {
        return style;
    }
    TextStyle {
        size: (style.size * scale * 4.0).floor() / 4.0,
        leading: style.leading * scale,
        ..style
    }
}

/// The head line of every page but the first, and the foot line of all.
pub(super) fn head_and_foot(
    faces: &Faces,
    grid: Grid,
    sheet: &Sheet,
    number: usize,
    count: usize,
) -> Vec<Placed> {
    let mut items = Vec::new();
    let left = grid.margin;
    let right = grid.width - grid.margin;
    let page = sheet.page.fill(&[
        ("page", &(number + 1).to_string()),
        ("pages", &count.to_string()),
    ]);
    if number > 0 {
        let head = TextStyle {
            face: Face::SansSemiBold,
            size: 9.0,
            colour: colour::NAVY,
            ..FURNITURE
        };
        let place = (left, HEAD_LINE);
        items.push(text(
            faces,
            Artifact::Header.into(),
            &sheet.running_head,
            place,
            &head,
        ));
    }
    let foot = grid.height - FOOT_LINE;
    let width = faces.width(FURNITURE.face, FURNITURE.size, &page);
    for (line, x) in [(&sheet.source, left), (&page, right - width)] {
        items.push(text(
            faces,
            Artifact::Footer.into(),
            line,
            (x, foot),
            &FURNITURE,
        ));
    }
    if let Some(internal) = &sheet.internal {
        let width = faces.width(INTERNAL.face, INTERNAL.size, internal);
        let at_foot = (left, foot - INTERNAL_FOOT);
        let footer = Artifact::Footer.into();
        items.push(text(faces, footer, internal, at_foot, &INTERNAL));
        // Page 1 has it in its title band.
        if number > 0 {
            let at_head = (right - width, HEAD_LINE);
            let header = Artifact::Header.into();
            items.push(text(faces, header, internal, at_head, &INTERNAL));
        }
    }
    items
}

/// A line of text; `place` is the start of its baseline.
fn text(faces: &Faces, owner: Owner, text: &str, place: (f32, f32), style: &TextStyle) -> Placed {
    Placed {
        owner,
        x: place.0,
        y: place.1,
        content: Content::Text {
            run: faces.shape(style.face, text),
            size: style.size,
            colour: style.colour,
        },
    }
}
