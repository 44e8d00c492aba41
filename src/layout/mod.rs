//! Layout: the document model becomes placed items on pages.

mod blocks;
mod figure;
mod flow;
mod furniture;
mod grid;
mod lines;
mod marks;
mod placed;
mod spacing;
mod style;

use std::collections::VecDeque;

use crate::failure::Outcome;
use crate::sheet::{Part, Sheet};
use crate::text::Faces;

use blocks::Setter;
use flow::Flow;
pub use grid::Grid;
pub use placed::{
    Artifact, Bookmark, Content, Element, ElementId, ElementKind, Owner, Page, Pages, Placed,
    Scope, Structure,
};
use spacing::Spacing;

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
    let mut first_items = Some(band);
    for part in &sheet.parts {
        let text_height = |is_first: bool| {
            let top = if is_first {
                band_height + furniture::BAND_GAP
            } else {
                furniture::HEAD
            };
            (top, grid.height - top - furniture::foot(sheet))
        };
        let (_, first_page) = text_height(first_items.is_some());
        let mut flow = set_part(faces, grid, &mut structure, document, part, first_page)?;
        while !flow.is_empty() {
            let (top, height) = text_height(first_items.is_some());
            let placement = flow::fill_page(&mut flow, pages.len(), height);
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

/// The run of a part. Where it is a little too high for its page, the map gives way first and white
/// next, as far as it can without becoming unreadable.
fn set_part(
    faces: &Faces,
    grid: Grid,
    structure: &mut Structure,
    document: ElementId,
    part: &Part,
    page_height: f32,
) -> Outcome<VecDeque<Flow>> {
    let before = structure.clone();
    let mut set = |spacing: Spacing, map_height: f32| -> Outcome<(VecDeque<Flow>, Option<f32>)> {
        *structure = before.clone();
        let mut setter = Setter::new(faces, grid, structure)
            .with_spacing(spacing)
            .with_map_height(map_height);
        let flow = setter.part(document, part)?;
        Ok((VecDeque::from(flow), setter.map_height()))
    };
    let mut fit = |spacing: Spacing| -> Outcome<Fit> {
        let (flow, map_height) = set(spacing, figure::MAP_HIGHEST)?;
        let excess = flow::full_height(&flow) - page_height;
        if excess <= 0.0 {
            return Ok(Fit::Fits(flow));
        }
        let lower = map_height.map_or(0.0, |height| height - excess.ceil());
        if lower >= figure::MAP_LOWEST {
            let (flow, _) = set(spacing, lower)?;
            if flow::full_height(&flow) <= page_height {
                return Ok(Fit::Fits(flow));
            }
        }
        Ok(Fit::TooHigh(flow, excess))
    };
    let (generous, excess) = match fit(Spacing::GENEROUS)? {
        Fit::Fits(flow) => return Ok(flow),
        Fit::TooHigh(flow, excess) => (flow, excess),
    };
    let tight = match fit(Spacing::TIGHT)? {
        Fit::Fits(flow) => flow,
        // It takes a further page anyhow: then with room.
        Fit::TooHigh(..) => {
            return set(Spacing::GENEROUS, figure::MAP_HIGHEST).map(|(flow, _)| flow);
        }
    };
    // As tight as need be, and no tighter.
    let most = flow::full_height(&generous) - flow::full_height(&tight);
    let needed = Spacing::between_extremes((excess + 1.0) / most.max(1.0));
    match fit(needed)? {
        Fit::Fits(flow) => Ok(flow),
        Fit::TooHigh(..) => fit(Spacing::TIGHT).map(|fit| match fit {
            Fit::Fits(flow) | Fit::TooHigh(flow, _) => flow,
        }),
    }
}

/// Whether a part fits its page.
enum Fit {
    Fits(VecDeque<Flow>),
    /// By how much it does not.
    TooHigh(VecDeque<Flow>, f32),
}
