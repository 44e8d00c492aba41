//! The PDF: placed items become a tagged file, and a file is read back. Only this stage knows lopdf.
//!
//! What is drawn on a page is written as bytes; all else (pages, fonts, structure tree, bookmarks,
//! metadata) as objects of a lopdf document.

pub mod attachment;
mod bookmarks;
mod compression;
mod content;
mod fonts;
mod links;
mod metadata;
mod operators;
mod output_intent;
mod pages;
mod read_back;
mod structure;
mod text_string;
mod truetype;
mod used_glyphs;
mod xmp;

use lopdf::Document;

use crate::failure::{Failure, Outcome};
use crate::layout::Pages;
use crate::sheet::Metadata;
use crate::text::Faces;

pub use read_back::{Line, LineKind, ReadBack, read_back};

use content::PageContent;
use used_glyphs::UsedGlyphs;

/// Writes a laid out sheet as a PDF. The same pages give the same bytes.
///
/// # Errors
/// When a font can't be embedded or the file can't be put together, which only an error of the
/// program can bring about.
pub fn write(pages: &Pages, title: &str, metadata: &Metadata, faces: &Faces) -> Outcome<Vec<u8>> {
    let mut used = UsedGlyphs::default();
    let mut contents: Vec<PageContent> = pages
        .pages
        .iter()
        .map(|page| content::page(page, pages, faces, &mut used))
        .collect();
    let mut document = Document::with_version("1.7");
    let fonts = fonts::add(&mut document, &used, faces)?;
    let page_ids = pages::add(&mut document, pages, &mut contents, fonts);
    let links = links::add(&mut document, &page_ids, &contents);
    structure::add(
        &mut document,
        &page_ids,
        &pages.structure,
        &contents,
        &links,
    )?;
    bookmarks::add(&mut document, &page_ids, &pages.outline, pages.size.1)?;
    output_intent::add(&mut document)?;
    metadata::add(&mut document, title, metadata, pages.size.0 > pages.size.1)?;
    save(document)
}

fn save(mut document: Document) -> Outcome<Vec<u8>> {
    // Readers tell a binary file by bytes above 127 in its second line (ISO 32000-1, 7.5.2).
    document.binary_mark = vec![0xe2, 0xe3, 0xcf, 0xd3];
    compression::compress(&mut document).map_err(|error| broken(&error.to_string()))?;
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .map_err(|error| broken(&error.to_string()))?;
    Ok(bytes)
}

/// An error that only a fault of the program can bring about.
fn broken(what: &str) -> Failure {
    Failure::data(format!("the PDF can't be put together: {what}"))
        .remedy("this is an error of the program: please report it")
}

/// The same for a failure of lopdf.
fn failed(error: lopdf::Error) -> Failure {
    broken(&error.to_string())
}
