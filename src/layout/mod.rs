//! Layout: the document model becomes placed items on pages.

mod blocks;
mod figure;
mod flow;
mod furniture;
mod grid;
mod lines;
mod marks;
mod placed;
mod style;

use std::collections::VecDeque;

use crate::failure::Outcome;
use crate::sheet::Sheet;
use crate::text::Faces;

use blocks::Setter;
pub use grid::Grid;
pub use placed::{
    Bookmark, Content, Element, ElementId, ElementKind, Owner, Page, Pages, Placed, Structure,
};

/// Lays a sheet out on pages of the grid.
///
/// # Errors
/// When a figure can't be drawn.
pub fn lay_out(sheet: &Sheet, faces: &Faces, grid: Grid) -> Outcome<Pages> {
    let mut structure = Structure::default();
    let document = structure.add(ElementKind::Document, None);
    let mut pages: Vec<Page> = Vec::new();
    let mut outline = Vec::new();

    let mut setter = Setter::new(faces, grid, &mut structure);
    let (band, band_height) = furniture::title_band(&mut setter, document, sheet);
    outline.push(Bookmark {
        level: 1,
        title: sheet.title.clone(),
        page: 0,
        y: 0.0,
    });
    let mut flows = Vec::new();
    for part in &sheet.parts {
        flows.push(VecDeque::from(setter.part(document, part)?));
    }

    let mut first_items = Some(band);
    for mut flow in flows {
        while !flow.is_empty() {
            let number = pages.len();
            let top = match first_items {
                Some(_) => band_height + furniture::BAND_GAP,
                None => furniture::HEAD,
            };
            let height = grid.height - top - furniture::FOOT;
            let placement = flow::fill_page(&mut flow, number, height);
            let mut page = Page {
                items: first_items.take().unwrap_or_default(),
            };
            page.items
                .extend(placement.items.into_iter().map(|mut item| {
                    item.x += grid.margin;
                    item.y += top;
                    item
                }));
            outline.extend(placement.bookmarks.into_iter().map(|mut bookmark| {
                bookmark.y += top;
                bookmark
            }));
            pages.push(page);
        }
    }
    let count = pages.len();
    for (number, page) in pages.iter_mut().enumerate() {
        page.items
            .extend(furniture::head_and_foot(faces, grid, sheet, number, count));
    }
    Ok(Pages {
        size: (grid.width, grid.height),
        pages,
        structure,
        outline,
    })
}
