//! The PDF: placed items become a tagged file, and a file is read back. Only this stage knows printpdf and lopdf.
//!
//! printpdf writes pages, drawings and fonts, which subsetter has reduced to the glyphs in use. Whatever it can't
//! write (structure tree, bookmarks, metadata, identifiers) is added to the lopdf document that it makes.

pub mod attachment;
mod bookmarks;
mod broken;
mod compression;
mod conformance;
mod content;
mod fonts;
mod images;
mod links;
mod metadata;
mod output_intent;
mod read_back;
mod registration;
mod resources;
mod structure;
mod structure_type;
mod text_string;
mod xmp;

use lopdf::{Document, Object, ObjectId, dictionary};
use printpdf::{Mm, PdfDocument, PdfPage, PdfSaveOptions};

use crate::failure::Outcome;
use crate::layout::Pages;
use crate::sheet::Metadata;
use crate::text::Faces;

pub use conformance::Conformance;
pub use read_back::{Line, LineKind, ReadBack, read_back};

use broken::{broken, failed};
use content::{PageContent, UsedGlyphs};
use fonts::Fonts;
use images::Images;

/// Writes sheets that use the same faces, so that it reads their fonts only once.
pub struct Writer<'a> {
    faces: &'a Faces,
    fonts: Fonts,
}

impl<'a> Writer<'a> {
    /// A writer that hasn't read any font yet.
    pub fn new(faces: &'a Faces) -> Self {
        Writer {
            faces,
            fonts: Fonts::new(),
        }
    }

    /// Writes a sheet that is laid out as a PDF. The same pages give the same bytes.
    ///
    /// # Errors
    /// If the file can't be assembled, which only a bug in the program can cause.
    pub fn write(
        &self,
        pages: &Pages,
        title: &str,
        metadata: &Metadata,
        conformance: Conformance<'_>,
    ) -> Outcome<Vec<u8>> {
        let faces = self.faces;
        let mut glyphs = UsedGlyphs::default();
        let mut images = Images::default();
        let mut contents: Vec<PageContent> = pages
            .pages
            .iter()
            .map(|page| content::page(page, pages, faces, conformance, &mut glyphs, &mut images))
            .collect();
        let mut pdf = PdfDocument::new(title);
        for (&font, numbers) in glyphs.by_font() {
            self.fonts.embed(font, faces, numbers, &mut pdf)?;
        }
        let mut document = draw(pdf, pages, &mut contents);
        images.add(&mut document);
        if conformance.is_for_print_shop() {
            registration::add_space(&mut document);
        }
        let page_ids: Vec<ObjectId> = document.get_pages().into_values().collect();
        if page_ids.len() != contents.len() {
            return Err(broken("pages are missing"));
        }
        fonts::complete(&mut document, faces)?;
        let links = links::add(&mut document, &page_ids, &contents);
        let elements = structure::add(
            &mut document,
            &page_ids,
            &pages.structure,
            &contents,
            &links,
            conformance,
        )?;
        let targets = bookmarks::Targets {
            pages: &page_ids,
            elements: (conformance == Conformance::Ua2).then_some(&elements),
            page_height: pages.size.1,
        };
        bookmarks::add(&mut document, &targets, &pages.outline)?;
        label_pages(&mut document)?;
        output_intent::add(&mut document, conformance)?;
        let is_wide = pages.size.0 > pages.size.1;
        metadata::add(&mut document, title, metadata, is_wide, conformance)?;
        save(document, conformance)
    }
}

/// Lets printpdf write the pages from their operators.
fn draw(mut pdf: PdfDocument, pages: &Pages, contents: &mut [PageContent]) -> Document {
    let (width, height) = pages.size;
    let millimetres = |points: f32| Mm(points * 25.4 / 72.0);
    for content in contents {
        pdf.pages.push(PdfPage::new(
            millimetres(width),
            millimetres(height),
            std::mem::take(&mut content.operators),
        ));
    }
    let mut warnings = Vec::new();
    let options = PdfSaveOptions {
        image_optimization: None,
        // Otherwise, it leaves out operators that it has no name for: those of the registration color.
        secure: false,
        ..PdfSaveOptions::default()
    };
    let mut document = pdf.to_lopdf_document(&options, &mut warnings);
    set_page_boxes(&mut document, pages);
    resources::drop_empty(&mut document);
    document
}

/// The page's size to the point: millimeters have rounded it. The page's corner is the origin, with or without
/// margins around it.
fn set_page_boxes(document: &mut Document, pages: &Pages) {
    let corners = |beyond: f32| {
        let (width, height) = pages.size;
        [0.0 - beyond, 0.0 - beyond, width + beyond, height + beyond]
    };
    let margins = pages.margins;
    let mut boxes = vec![
        ("MediaBox", corners(margins.slug)),
        ("CropBox", corners(margins.slug)),
        ("TrimBox", corners(0.0)),
    ];
    if margins.bleed > 0.0 {
        boxes.push(("BleedBox", corners(margins.bleed)));
    }
    let ids: Vec<ObjectId> = document.get_pages().into_values().collect();
    for id in ids {
        if let Ok(page) = document.get_dictionary_mut(id) {
            for (key, corners) in &boxes {
                page.set(*key, corners.map(Object::from).to_vec());
            }
        }
    }
}

/// Labels the pages with the numbers in their footers, from 1 (ISO 32000-1, 12.4.2).
fn label_pages(document: &mut Document) -> Outcome<()> {
    let decimal = dictionary! { "S" => "D" };
    let labels = dictionary! { "Nums" => vec![0.into(), Object::Dictionary(decimal)] };
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("PageLabels", labels);
    Ok(())
}

fn save(mut document: Document, conformance: Conformance<'_>) -> Outcome<Vec<u8>> {
    document.version = conformance.pdf_version().to_owned();
    // Readers recognize a binary file by bytes above 127 in its second line (ISO 32000-1, 7.5.2).
    document.binary_mark = vec![0xe2, 0xe3, 0xcf, 0xd3];
    document.prune_objects();
    document.renumber_objects();
    compression::compress(&mut document).map_err(|error| broken(&error.to_string()))?;
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .map_err(|error| broken(&error.to_string()))?;
    Ok(bytes)
}
