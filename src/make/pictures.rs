//! Pictures: the pages of a sheet, or single topics, as SVG or PNG.

use super::document::Document;
use super::file::{FileKind, MadeFile};
use super::request::{Request, SLIDE};
use crate::failure::Outcome;
use crate::layout;
use crate::notice::{Notice, NoticeKind};
use crate::profile::Profile;
use crate::sheet::{self, Arrangement, Extent, Shape, Topic};
use crate::svg::{self, Size};

/// A picture, before it becomes a file.
pub(super) struct Picture {
    /// The end of the file's name: `page-1`, `map`.
    name: String,
    #[cfg(feature = "png")]
    title: String,
    #[cfg(feature = "png")]
    words: String,
    svg: String,
}

/// Draws what is requested; reports topics that the sheet doesn't have.
///
/// # Errors
/// Anything that can't be drawn.
pub(super) fn draw(
    document: &Document,
    profile: &Profile,
    request: &Request<'_>,
) -> Outcome<(Vec<Picture>, Vec<Notice>)> {
    if request.pictures.topics.is_empty() {
        return Ok((pages(document, request), Vec::new()));
    }
    let (mut pictures, mut notices) = (Vec::new(), Vec::new());
    for &topic in &request.pictures.topics {
        match of_topic(topic, document, profile, request)? {
            Some(picture) => pictures.push(picture),
            None => {
                let message = format!("no picture of {}: the sheet has none", topic.key());
                let notice = Notice::new(NoticeKind::NoPicture, message);
                notices.push(notice.about(document.published.area));
            }
        }
    }
    Ok((pictures, notices))
}

/// Pictures as files of one kind, with names that begin with a stem.
///
/// # Errors
/// Anything that can't be drawn.
pub(super) fn files(
    pictures: &[Picture],
    kind: FileKind,
    request: &Request<'_>,
    stem: &str,
) -> Outcome<Vec<MadeFile>> {
    let made = pictures.iter().map(|picture| {
        Ok(MadeFile {
            name: format!("{stem}-{}.{}", picture.name, kind.extension()),
            bytes: bytes(picture, kind, request)?,
        })
    });
    made.collect()
}

fn bytes(picture: &Picture, kind: FileKind, request: &Request<'_>) -> Outcome<Vec<u8>> {
    match kind {
        #[cfg(feature = "png")]
        FileKind::Png => {
            let width = request.pictures.width.unwrap_or(SLIDE);
            crate::bitmap::png(&picture.svg, width, &picture.title, &picture.words)
        }
        FileKind::Svg | FileKind::Pdf | FileKind::Html => {
            let _ = request;
            Ok(picture.svg.clone().into_bytes())
        }
    }
}

fn pages(document: &Document, request: &Request<'_>) -> Vec<Picture> {
    let sheet = &document.sheet;
    let mark = sheet.mark.as_deref().into_iter();
    let words: Vec<&str> = mark
        .chain([sheet.metadata.subject.as_str(), &sheet.source])
        .collect();
    let words = words.join(". ");
    let size = request.pictures.width.map_or(Size::OfPaper, Size::Pixels);
    let faces = &request.theme.faces;
    let drawn = svg::pages(&document.pages, faces, &sheet.title, &words, size);
    (1..)
        .zip(drawn)
        .map(|(number, svg)| Picture {
            name: format!("page-{number}"),
            #[cfg(feature = "png")]
            title: sheet.title.clone(),
            #[cfg(feature = "png")]
            words: words.clone(),
            svg,
        })
        .collect()
}

fn of_topic(
    topic: Topic,
    document: &Document,
    profile: &Profile,
    request: &Request<'_>,
) -> Outcome<Option<Picture>> {
    let arrangement = Arrangement {
        shape: Shape::Compact,
        further_page: false,
        extent: Extent::Full,
        gray: request.format.gray,
        data_page: false,
    };
    let single = sheet::compose_single(
        topic,
        &document.published,
        profile,
        request.wording,
        &document.provenance,
        arrangement,
        &request.theme.brand,
    );
    let Some(single) = single else {
        return Ok(None);
    };
    let faces = &request.theme.faces;
    let pages = layout::picture(&single.sheet, faces, &request.format)?;
    let size = Size::Pixels(request.pictures.width.unwrap_or(SLIDE));
    let title = single.sheet.title;
    let drawn = svg::pages(&pages, faces, &title, &single.words, size);
    Ok(drawn.into_iter().next().map(|svg| Picture {
        name: topic.key().to_owned(),
        #[cfg(feature = "png")]
        title,
        #[cfg(feature = "png")]
        words: single.words,
        svg,
    }))
}
