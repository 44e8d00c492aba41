//! Layout: the document model becomes placed items on pages.

mod blocks;
mod cache;
mod columns;
mod crop;
mod fit;
mod flow;
mod format;
mod furniture;
mod grid;
mod key_numbers;
mod marks;
mod picture;
mod placed;
mod shape;
mod spacing;
mod style;
mod two_up;

use crate::failure::Outcome;
use crate::sheet::{Shape, Sheet};
use crate::text::Faces;

use blocks::Setter;
use cache::Cache;
use fit::Fitter;
pub use format::Format;
use furniture::Furniture;
pub use grid::Grid;
pub use picture::picture;
pub use placed::{
    Artifact, Bookmark, Content, Element, ElementId, ElementKind, Owner, Page, Pages, Placed,
    PrintMargins, Scope, Structure,
};
pub use shape::FirstPage;
pub use style::LEAST_TARGET;

use placed::shifted;

/// Composes and lays out a sheet in the shape that suits its page. If one of its parts still runs over its page, as
/// with long notes on ties, another shape is used if it is better; if none is, additional groups move to their own
/// page (the second argument of `compose`).
///
/// # Errors
/// As [`lay_out`].
pub fn arrange(
    compose: impl Fn(Shape, bool) -> Sheet,
    first_page: &FirstPage,
    faces: &Faces,
    format: &Format,
) -> Outcome<(Sheet, Pages)> {
    let in_shape = |shape, further_page| -> Outcome<(Sheet, Pages)> {
        let sheet = compose(shape, further_page);
        let pages = lay_out(&sheet, faces, format)?;
        Ok((sheet, pages))
    };
    let shape = shape::shape(first_page, format);
    let mut best = in_shape(shape, false)?;
    let others: &[Shape] = match shape {
        Shape::Compact | Shape::Dense => &[Shape::Dense, Shape::Wide],
        Shape::Wide => &[Shape::Compact, Shape::Dense],
        Shape::Single | Shape::Half => return Ok(best),
    };
    let overflows = |(sheet, pages): &(Sheet, Pages)| pages.pages.len() > sheet.parts.len();
    let lacks = |made: &(Sheet, Pages)| (made.1.pages.len(), overflows(made));
    for further_page in [false, true] {
        let first = further_page.then_some(shape);
        for shape in first.into_iter().chain(others.iter().copied()) {
            if !overflows(&best) {
                break;
            }
            let other = in_shape(shape, further_page)?;
            if lacks(&other) < lacks(&best) {
                best = other;
            }
        }
    }
    Ok(best)
}

/// Lays a sheet out on pages of the format.
///
/// # Errors
/// If a figure can't be drawn.
pub fn lay_out(sheet: &Sheet, faces: &Faces, format: &Format) -> Outcome<Pages> {
    let grid = format.grid;
    let furniture = Furniture::of(sheet, faces, format);
    let mut structure = Structure::default();
    let document = structure.add(ElementKind::Document, None);
    let mut pages: Vec<Page> = Vec::new();
    let mut outline = Vec::new();
    let mut left_out = Vec::new();

    let cache = Cache::default();
    let mut setter = Setter::new(faces, format, &cache, &mut structure);
    let (band, band_height, title) = furniture::title_band(&mut setter, document, sheet, format);
    outline.push(Bookmark {
        element: title,
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
        let (_, other_pages) = text_height(false);
        let mut fitter = Fitter {
            faces,
            format,
            cache: &cache,
            before: structure.clone(),
            structure: &mut structure,
            document,
            part,
            other_pages,
            left_out: &mut left_out,
        };
        let mut flow = fitter.set(first_page)?;
        while !flow.is_empty() {
            let (top, height) = text_height(first_items.is_some());
            let placement = flow::fill_page(&mut flow, pages.len(), height);
            let mut page = Page {
                items: first_items.take().unwrap_or_default(),
            };
            page.items
                .extend(shifted(placement.items, grid.margin, top));
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
        left_out,
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
