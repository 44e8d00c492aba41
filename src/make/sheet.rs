//! From statistics to a finished sheet.

use super::document::{Document, document};
use super::file::{FileKind, MadeFile};
use super::form::Portal;
use super::pictures;
use super::request::Request;
use crate::failure::Outcome;
use crate::html;
use crate::notice::{self, Notice};
use crate::pdf::attachment;
use crate::profile::Profile;
use crate::protect::Published;
use crate::tally::Statistics;

/// A finished sheet.
#[derive(Clone, Debug)]
pub struct Made {
    /// The beginning of the files' names.
    pub stem: String,
    /// A file of each requested kind, in that order; for pictures, one for each page or topic.
    pub files: Vec<MadeFile>,
    /// The number of pages in print; none if the files are pictures of topics.
    pub pages: usize,
    /// The numbers that it prints.
    pub published: Published,
    /// The portal's requirements for attachments that the file meets.
    pub attachment: Vec<String>,
    /// What people should know about the sheet, in order.
    pub notices: Vec<Notice>,
}

/// Makes the sheet for a state: protects its numbers, composes and lays out the document, writes its files.
///
/// # Errors
/// Anything that can't be drawn or written; a file that doesn't meet its portal's requirements.
pub fn sheet(statistics: &Statistics, profile: &Profile, request: &Request<'_>) -> Outcome<Made> {
    let mut document = document(statistics, profile, request)?;
    let stem = request.file_stem(statistics);
    let mut pictures = Vec::new();
    if request.kinds.iter().any(|kind| kind.is_picture()) {
        let (drawn, told) = pictures::draw(&document, profile, request)?;
        pictures = drawn;
        document.notices.extend(told);
        notice::sort(&mut document.notices);
    }
    let mut attachment = Vec::new();
    let mut files = Vec::new();
    for &kind in &request.kinds {
        let made = match kind.is_picture() {
            true => pictures::files(&pictures, kind, request, &stem)?,
            false => vec![whole(kind, &document, request, &stem)?],
        };
        if let (Some(Portal::GrantsGov), FileKind::Pdf, Some(file)) =
            (request.form.attach, kind, made.first())
        {
            attachment = attachment::check(&file.name, &file.bytes)?;
        }
        files.extend(made);
    }
    Ok(Made {
        stem,
        files,
        pages: match request.pictures.topics.is_empty() {
            true => document.pages.pages.len(),
            false => 0,
        },
        published: document.published,
        attachment,
        notices: document.notices,
    })
}

/// The document as one file, with a name that begins with a stem.
fn whole(
    kind: FileKind,
    document: &Document,
    request: &Request<'_>,
    stem: &str,
) -> Outcome<MadeFile> {
    let Document { sheet, pages, .. } = document;
    let bytes = match kind {
        FileKind::Html => {
            let format = &request.format;
            let paper = html::Paper {
                width: format.grid.width,
                height: format.grid.height,
            };
            let faces = &request.theme.faces;
            html::page(sheet, faces, &format.look, format.gray, paper)?.into_bytes()
        }
        _ => {
            let conformance = request.form.conformance(request.theme);
            let writer = &request.writer;
            writer.write(pages, &sheet.title, &sheet.metadata, conformance)?
        }
    };
    Ok(MadeFile {
        name: format!("{stem}.{}", kind.extension()),
        bytes,
    })
}
