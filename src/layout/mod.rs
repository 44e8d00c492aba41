//! Layout: the document model becomes placed items on pages.

mod blocks;
mod cache;
mod crop;
mod flow;
mod format;
mod furniture;
mod grid;
mod marks;
mod placed;
mod shape;
mod spacing;
mod style;
mod two_up;

use std::collections::VecDeque;

use crate::failure::Outcome;
use crate::sheet::{Part, Shape, Sheet};
use crate::text::Faces;

use blocks::Setter;
use cache::Cache;
use flow::Flow;
pub use format::{Columns, Format};
use furniture::Furniture;
pub use grid::Grid;
pub use placed::{
    Artifact, Bookmark, Content, Element, ElementId, ElementKind, Owner, Page, Pages, Placed,
    PrintMargins, Scope, Structure,
};
pub use shape::FirstPage;
use spacing::{Spacing, highest_map};

/// Composes and lays out a sheet in the shape that suits its page. Where one of its parts runs over its page
/// all the same, as with long notes on ties, the map takes the page's whole width instead: there it can give
/// way the most.
///
/// # Errors
/// As [`lay_out`].
pub fn arrange(
    compose: impl Fn(Shape) -> Sheet,
    first_page: &FirstPage,
    faces: &Faces,
    format: &Format,
) -> Outcome<(Sheet, Pages)> {
    let in_shape = |shape| -> Outcome<(Sheet, Pages)> {
        let sheet = compose(shape);
        let pages = lay_out(&sheet, faces, format)?;
        Ok((sheet, pages))
    };
    let shape = shape::shape(first_page, format);
    let (sheet, pages) = in_shape(shape)?;
    if matches!(shape, Shape::Compact | Shape::Low) && pages.pages.len() > sheet.parts.len() {
        let wide = in_shape(Shape::Wide)?;
        if wide.1.pages.len() < pages.pages.len() {
            return Ok(wide);
        }
    }
    Ok((sheet, pages))
}

/// Lays a sheet out on pages of the format.
///
/// # Errors
/// When a figure can't be drawn.
pub fn lay_out(sheet: &Sheet, faces: &Faces, format: &Format) -> Outcome<Pages> {
    let grid = format.grid;
    let furniture = Furniture::of(sheet, faces, format);
    let mut structure = Structure::default();
    let document = structure.add(ElementKind::Document, None);
    let mut pages: Vec<Page> = Vec::new();
    let mut outline = Vec::new();

    let cache = Cache::default();
    let mut setter = Setter::new(faces, format, &cache, &mut structure);
    let (band, band_height) = furniture::title_band(&mut setter, document, sheet, format);
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
                furniture.head()
            };
            (top, grid.height - top - furniture.foot())
        };
        let (_, first_page) = text_height(first_items.is_some());
        let mut flow = set_part(
            faces,
            format,
            &cache,
            &mut structure,
            document,
            part,
            first_page,
        )?;
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
        let items = furniture.of_page(number, count, &mut structure, document);
        page.items.extend(items);
    }
    let pages = Pages {
        size: (grid.width, grid.height),
        margins: margins(format),
        gray: format.gray,
        pages,
        structure,
        outline,
    };
    Ok(match format.paired_on {
        Some(paper) => two_up::impose(pages, paper, format),
        None => pages,
    })
}

fn margins(format: &Format) -> PrintMargins {
    if !format.bleeds {
        return PrintMargins::default();
    }
    PrintMargins {
        bleed: crop::BLEED,
        slug: crop::SLUG,
    }
}

/// The run of a part, in as much white as its page allows. Where it is too high with a usual measure of
/// white, the map gives way first and white next, as far as it can without becoming unreadable.
fn set_part(
    faces: &Faces,
    format: &Format,
    cache: &Cache,
    structure: &mut Structure,
    document: ElementId,
    part: &Part,
    page_height: f32,
) -> Outcome<VecDeque<Flow>> {
    let before = structure.clone();
    let mut set = |spacing: Spacing, map_height: f32| -> Outcome<(VecDeque<Flow>, Option<f32>)> {
        *structure = before.clone();
        let mut setter = Setter::new(faces, format, cache, structure)
            .with_spacing(spacing)
            .with_map_height(map_height);
        let flow = setter.part(document, part)?;
        Ok((VecDeque::from(flow), setter.map_height()))
    };
    let highest_map = highest_map(format.grid, format.look.scale);
    let mut fit = |spacing: Spacing, lowest_map: Option<f32>| -> Outcome<Fit> {
        let (flow, map_height) = set(spacing, highest_map)?;
        let excess = flow::full_height(&flow) - page_height;
        if excess <= 0.0 {
            return Ok(Fit::Fits(flow));
        }
        if let (Some(height), Some(lowest)) = (map_height, lowest_map)
            && let lower = height - excess.ceil()
            && lower >= lowest
        {
            let (flow, _) = set(spacing, lower)?;
            if flow::full_height(&flow) <= page_height {
                return Ok(Fit::Fits(flow));
            }
        }
        Ok(Fit::TooHigh(flow, excess))
    };
    let mut wider: Option<(Spacing, f32, f32)> = None;
    // More than a page anyhow: as wide as the fewest pages allow.
    let mut fewest: Option<(usize, VecDeque<Flow>)> = None;
    for (spacing, lowest_map) in format.spacings() {
        match (fit(spacing, lowest_map)?, wider) {
            (Fit::Fits(flow), None) => return Ok(flow),
            (Fit::Fits(tight), Some((wide, height, excess))) => {
                // As tight as need be, and no tighter.
                let most = height - flow::full_height(&tight);
                let needed = wide.towards(spacing, (excess + 1.0) / most.max(1.0));
                return Ok(match fit(needed, lowest_map)? {
                    Fit::Fits(flow) => flow,
                    Fit::TooHigh(..) => tight,
                });
            }
            (Fit::TooHigh(flow, excess), _) => {
                wider = Some((spacing, flow::full_height(&flow), excess));
                let pages = flow::pages(&flow, page_height);
                if fewest.as_ref().is_none_or(|(least, _)| pages < *least) {
                    fewest = Some((pages, flow));
                }
            }
        }
    }
    Ok(fewest.map(|(_, flow)| flow).unwrap_or_default())
}

/// Whether a part fits its page.
enum Fit {
    Fits(VecDeque<Flow>),
    /// By how much it does not, with the map as high as it may be.
    TooHigh(VecDeque<Flow>, f32),
}
