//! A document on a single canvas in the shape of a slide: a picture for slides and posts.

use super::blocks::Setter;
use super::cache::Cache;
use super::fit::Fitter;
use super::flow;
use super::format::{Columns, Format};
use super::furniture::{self, text};
use super::grid::Grid;
use super::placed::{
    Artifact, ElementId, ElementKind, Page, Pages, Placed, PrintMargins, Structure, shifted,
};
use crate::failure::Outcome;
use crate::look::TypeScale;
use crate::sheet::{Sheet, Span};
use crate::text::{Face, Faces};

/// Widths of canvases in points, smallest first: all are displayed at the same width, so type is larger on a smaller
/// canvas. On the first, 9 points are as high as 18 on a 13.3-inch slide.
const WIDTHS: [f32; 7] = [480.0, 520.0, 560.0, 620.0, 700.0, 800.0, 960.0];
/// Height of a slide divided by its width.
const SLIDE: f32 = 9.0 / 16.0;
const MARGIN: f32 = 22.0;
/// White space above and below the title, and between the band and the text.
const PADDING: f32 = 9.0;
/// White space between the text and the footer.
const ABOVE_FOOT: f32 = 8.0;
/// From the last footer line to the edge of the canvas.
const BELOW_FOOT: f32 = 11.0;
/// White space between the title and the mark.
const GAP: f32 = 12.0;

/// Lays out a document on the smallest canvas that it fits on; if it fits on none, the largest gets higher.
///
/// # Errors
/// If a figure can't be drawn.
pub fn picture(sheet: &Sheet, faces: &Faces, format: &Format) -> Outcome<Pages> {
    let cache = Cache::default();
    let mut last = None;
    for width in WIDTHS {
        let canvas = Canvas {
            sheet,
            faces,
            cache: &cache,
            format: on_canvas(format, width),
        };
        let (pages, fits) = canvas.set()?;
        if fits {
            return Ok(pages);
        }
        last = Some(pages);
    }
    last.ok_or_else(|| crate::failure::Failure::bug("no canvas"))
}

/// The format's look on a canvas.
fn on_canvas(format: &Format, width: f32) -> Format {
    let mut format = Format {
        grid: Grid {
            width,
            height: width * SLIDE,
            margin: MARGIN,
            gutter: Grid::LETTER.gutter,
        },
        columns: Columns::Abreast,
        bleeds: false,
        paired_on: None,
        ..format.clone()
    };
    // A picture is as large as it is displayed.
    if !matches!(format.look.scale, TypeScale::Narrowed(_)) {
        format.look.scale = TypeScale::Usual;
    }
    format
}

struct Canvas<'a> {
    sheet: &'a Sheet,
    faces: &'a Faces,
    cache: &'a Cache,
    format: Format,
}

impl Canvas<'_> {
    /// The document on the canvas, and whether it fits; the canvas is as high as it must be.
    fn set(&self) -> Outcome<(Pages, bool)> {
        let grid = self.format.grid;
        let mut structure = Structure::default();
        let document = structure.add(ElementKind::Document, None);
        let mut setter = Setter::new(self.faces, &self.format, self.cache, &mut structure);
        let (band, band_height) = self.band(&mut setter, document);
        let (foot, foot_height) = self.foot(&mut setter, document);
        let top = band_height + PADDING;
        let room = grid.height - top - foot_height;
        let mut items = band;
        let mut used = 0.0_f32;
        for part in &self.sheet.parts {
            let mut fitter = Fitter {
                faces: self.faces,
                format: &self.format,
                cache: self.cache,
                before: structure.clone(),
                structure: &mut structure,
                document,
                part,
                other_pages: room,
                left_out: &mut Vec::new(),
            };
            let mut flow = fitter.set(room)?;
            while !flow.is_empty() {
                let height = flow::full_height(&flow).max(room);
                let placement = flow::fill_page(&mut flow, 0, height);
                items.extend(shifted(placement.items, grid.margin, top + used));
                used += placement.height;
            }
        }
        let fits = used <= room + 0.01;
        let height = grid.height + (used - room).max(0.0);
        items.extend(shifted(foot, 0.0, height - foot_height));
        let pages = Pages {
            size: (grid.width, height),
            margins: PrintMargins::default(),
            gray: self.format.gray,
            pages: vec![Page { items }],
            structure,
            outline: Vec::new(),
            left_out: Vec::new(),
        };
        Ok((pages, fits))
    }

    /// The band across the top, with the title and the mark; and its height.
    fn band(&self, setter: &mut Setter<'_>, document: ElementId) -> (Vec<Placed>, f32) {
        let (grid, look) = (self.format.grid, &self.format.look);
        let mark = self.sheet.mark.as_ref().map(|mark| {
            let style = furniture::mark_style(look, look.palette.band.text);
            (self.faces.shape(style.face, mark), style)
        });
        let logo = self.sheet.logo.as_ref();
        let logo = logo.map(|logo| furniture::place_logo(logo, look, setter, document));
        let measure = grid.measure() - logo.as_ref().map_or(0.0, |((width, _), _)| width + GAP);
        let title = setter.add(ElementKind::Heading(1), document);
        let spans = [Span::plain(&self.sheet.running_head)];
        let style = setter.almost_whole(&spans, look.title(), measure);
        let title_width = self.faces.width(style.face, style.size, &spans[0].text);
        let mut y = PADDING;
        let mut items = Vec::new();
        for line in setter.lines(title, &spans, &style, measure) {
            items.extend(shifted(line.items, grid.margin, y));
            y += line.height;
        }
        if let Some((run, style)) = mark {
            let width = run.width(style.size);
            let baseline = items.last().map_or(y, |item: &Placed| item.y);
            let is_beside = title_width + GAP + width <= measure;
            let place = match is_beside {
                true => (grid.margin + measure - width, baseline),
                false => {
                    y += style.leading;
                    (grid.margin, baseline + style.leading + 2.0)
                }
            };
            items.push(text(Artifact::Header.into(), run, place, &style));
        }
        let mut height = y + PADDING;
        if let Some(((width, plate_height), logo)) = logo {
            height = height.max(plate_height + PADDING);
            let left = grid.width - grid.margin - width;
            items.extend(shifted(logo, left, (height - plate_height) / 2.0));
        }
        items.splice(
            0..0,
            furniture::band_across(height, look.palette.band, &self.format),
        );
        (items, height)
    }

    /// The source of the numbers, the owner of the picture, and the agency's own line; and the height of the footer.
    fn foot(&self, setter: &mut Setter<'_>, document: ElementId) -> (Vec<Placed>, f32) {
        let (grid, look) = (self.format.grid, &self.format.look);
        let style = look.furniture(Face::Sans, 8.5, look.palette.muted);
        let mut items = Vec::new();
        let mut y = ABOVE_FOOT;
        let sheet = self.sheet;
        for line in [&sheet.source, &sheet.department]
            .into_iter()
            .chain(&sheet.footer)
        {
            let element = setter.add(ElementKind::Paragraph, document);
            for line in setter.lines(element, &[Span::plain(line)], &style, grid.measure()) {
                items.extend(shifted(line.items, grid.margin, y));
                y += line.height;
            }
        }
        (items, y + BELOW_FOOT)
    }
}
