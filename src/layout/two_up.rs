//! Two pages side by side on one sheet of paper, for trainings.

use super::format::Format;
use super::marks::rectangle;
use super::placed::{Artifact, Content, Owner, Page, Pages, Placed};

/// Puts pages in pairs on paper of a width and height in points that fits two of them. A single page is printed
/// twice, so that the paper can be cut; the second copy isn't read aloud.
pub(super) fn impose(pages: Pages, paper: (f32, f32), format: &Format) -> Pages {
    let (width, height) = paper;
    let scale = width / 2.0 / pages.size.0;
    let mut sheets: Vec<Page> = Vec::new();
    let mut singles = pages.pages;
    if let [only] = singles.as_slice() {
        let copy = without_meaning(only);
        singles.push(copy);
    }
    for (number, page) in singles.into_iter().enumerate() {
        let right = number % 2 == 1;
        let left = if right { width / 2.0 } else { 0.0 };
        let items = page.items.into_iter().map(|item| scaled(item, scale, left));
        match sheets.last_mut() {
            Some(sheet) if right => {
                sheet.items.extend(items);
                sheet.items.push(fold(width, height, format));
            }
            _ => sheets.push(Page {
                items: items.collect(),
            }),
        }
    }
    let mut outline = pages.outline;
    for bookmark in &mut outline {
        bookmark.page /= 2;
        bookmark.y *= scale;
    }
    Pages {
        size: paper,
        pages: sheets,
        outline,
        ..pages
    }
}

/// A hairline where the paper is folded or cut.
fn fold(width: f32, height: f32, format: &Format) -> Placed {
    const HAIRLINE: f32 = 0.5;
    Placed {
        owner: Owner::Artifact(Artifact::Decoration),
        x: (width - HAIRLINE) / 2.0,
        y: 0.0,
        content: Content::Drawing(rectangle(HAIRLINE, height, format.look.palette.hairline)),
    }
}

fn scaled(item: Placed, scale: f32, left: f32) -> Placed {
    Placed {
        x: left + item.x * scale,
        y: item.y * scale,
        content: match item.content {
            Content::Text { run, size, colour } => Content::Text {
                run,
                size: size * scale,
                colour,
            },
            Content::Drawing(drawing) => Content::Drawing(drawing.scaled(scale)),
            Content::Link { width, height, url } => Content::Link {
                width: width * scale,
                height: height * scale,
                url,
            },
        },
        ..item
    }
}

/// A page as a picture, which isn't part of the document's content.
fn without_meaning(page: &Page) -> Page {
    let items = page.items.iter();
    Page {
        items: items
            .filter(|item| !matches!(item.content, Content::Link { .. }))
            .map(|item| Placed {
                owner: Owner::Artifact(Artifact::Decoration),
                ..item.clone()
            })
            .collect(),
    }
}
