//! What the file says about itself: title, language, dates, and the source of its numbers.

use chrono::{Datelike, NaiveDate};
use lopdf::{Dictionary, Document, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::broken::failed;
use super::conformance::Conformance;
use super::text_string::text_string;
use super::xmp;
use crate::failure::Outcome;
use crate::program;
use crate::sheet::Metadata;

/// Adds metadata in both forms (the information dictionary and XMP), and the viewer's settings; wide pages are turned
/// over on their short edge.
pub(super) fn add(
    document: &mut Document,
    title: &str,
    metadata: &Metadata,
    is_wide: bool,
    conformance: Conformance<'_>,
) -> Outcome<()> {
    // PDF 2.0 has everything in XMP alone (ISO 19005-4, 6.1.3).
    if conformance == Conformance::Ua2 {
        document.trailer.remove(b"Info");
    } else {
        let info = information(title, metadata, conformance);
        let info = document.add_object(info);
        document.trailer.set("Info", info);
    }

    let packet = xmp::packet(title, metadata, conformance);
    let identifier = identifier(&packet);
    let packet = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet.into_bytes(),
    )
    // Programs that don't know PDF look for the packet in the file's bytes.
    .with_compression(false);
    let packet = document.add_object(packet);

    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("Metadata", packet);
    catalog.set("Lang", text_string(&metadata.language));
    let duplex = if is_wide {
        "DuplexFlipShortEdge"
    } else {
        "DuplexFlipLongEdge"
    };
    catalog.set("PageLayout", "OneColumn");
    catalog.set(
        "ViewerPreferences",
        dictionary! {
            "DisplayDocTitle" => true,
            "Duplex" => duplex,
            // Large print must not be reduced to fit a printer's margins.
            "PrintScaling" => "None",
        },
    );
    document
        .trailer
        .set("ID", vec![identifier.clone(), identifier]);
    Ok(())
}

/// The information dictionary (ISO 32000-1, 14.3.3).
fn information(title: &str, metadata: &Metadata, conformance: Conformance<'_>) -> Dictionary {
    let date = metadata.date;
    let mut info = dictionary! {
        "Title" => text_string(title),
        "Subject" => text_string(&metadata.subject),
        "Author" => text_string(&metadata.author),
        "Keywords" => text_string(&metadata.keywords),
        "Creator" => text_string(program::NAME),
        "Producer" => text_string(program::NAME),
        "CreationDate" => pdf_date(date),
        "ModDate" => pdf_date(date),
    };
    for (name, value) in &metadata.custom {
        info.set(name.as_bytes().to_vec(), text_string(value));
    }
    if conformance.is_for_print_shop() {
        info.set("GTS_PDFXVersion", text_string(xmp::PDF_X));
        info.set("Trapped", "False");
    }
    info
}

/// The file's identifier (ISO 32000-1, 14.4), derived from its metadata, which contain the SHA-256 of the published
/// numbers and all options: the same input has the same identifier.
fn identifier(packet: &str) -> Object {
    let digest = Sha256::digest(packet.as_bytes());
    Object::String(digest[..16].to_vec(), StringFormat::Hexadecimal)
}

/// Midnight, in no particular time zone, on the last day of the data's last month: not the day of the run, so that
/// the same data give the same file.
fn pdf_date(date: NaiveDate) -> Object {
    let text = format!(
        "D:{:04}{:02}{:02}000000Z",
        date.year(),
        date.month(),
        date.day()
    );
    Object::String(text.into_bytes(), StringFormat::Literal)
}
