//! What the file says about itself: title, language, dates, and where its numbers come from.

use chrono::{Datelike, NaiveDate};
use lopdf::{Document, Object, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

use super::failed;
use super::text_string::text_string;
use crate::failure::Outcome;
use crate::sheet::Metadata;

/// The program that made the file, with its version.
const PRODUCER: &str = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));

/// Adds metadata in both forms, the information dictionary and XMP, and the viewer's settings.
pub(super) fn add(document: &mut Document, title: &str, metadata: &Metadata) -> Outcome<()> {
    let date = metadata.data_through;
    let mut info = dictionary! {
        "Title" => text_string(title),
        "Subject" => text_string(&metadata.subject),
        "Keywords" => text_string(&metadata.keywords),
        "Creator" => text_string(PRODUCER),
        "Producer" => text_string(PRODUCER),
        "CreationDate" => pdf_date(date),
        "ModDate" => pdf_date(date),
    };
    for (name, value) in &metadata.custom {
        info.set(name.as_bytes().to_vec(), text_string(value));
    }
    let info = document.add_object(info);
    document.trailer.set("Info", info);

    let packet = xmp(title, metadata);
    let identifier = identifier(&packet);
    let packet = Stream::new(
        dictionary! { "Type" => "Metadata", "Subtype" => "XML" },
        packet.into_bytes(),
    )
    // Programs that know nothing of PDF look for the packet in the file's bytes.
    .with_compression(false);
    let packet = document.add_object(packet);

    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("Metadata", packet);
    catalog.set("Lang", text_string(&metadata.language));
    catalog.set("PageLayout", "OneColumn");
    catalog.set(
        "ViewerPreferences",
        dictionary! { "DisplayDocTitle" => true, "Duplex" => "DuplexFlipLongEdge" },
    );
    document
        .trailer
        .set("ID", vec![identifier.clone(), identifier]);
    Ok(())
}

/// The file's identifier (ISO 32000-1, 14.4), from its metadata, which hold the data's SHA-256 and
/// all options: the same input has the same one.
fn identifier(packet: &str) -> Object {
    let digest = Sha256::digest(packet.as_bytes());
    Object::String(digest[..16].to_vec(), StringFormat::Hexadecimal)
}

/// Midnight, in no particular zone, of the data's last day: not the day of the run, so that the same
/// data give the same file.
fn pdf_date(date: NaiveDate) -> Object {
    let text = format!(
        "D:{:04}{:02}{:02}000000Z",
        date.year(),
        date.month(),
        date.day()
    );
    Object::String(text.into_bytes(), StringFormat::Literal)
}

fn xmp(title: &str, metadata: &Metadata) -> String {
    let title = escape(title);
    let subject = escape(&metadata.subject);
    let keywords = escape(&metadata.keywords);
    let language = escape(&metadata.language);
    let date = format!("{}T00:00:00Z", metadata.data_through.format("%Y-%m-%d"));
    let custom: String = metadata
        .custom
        .iter()
        .map(|(name, value)| format!("   <pdfx:{name}>{}</pdfx:{name}>\n", escape(value)))
        .collect();
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n\
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n \
<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n  \
<rdf:Description rdf:about=\"\"\n    \
xmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n    \
xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"\n    \
xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"\n    \
xmlns:pdfx=\"http://ns.adobe.com/pdfx/1.3/\">\n   \
<dc:format>application/pdf</dc:format>\n   \
<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>\n   \
<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{subject}</rdf:li></rdf:Alt></dc:description>\n   \
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>\n   \
<pdf:Keywords>{keywords}</pdf:Keywords>\n   \
<pdf:Producer>{PRODUCER}</pdf:Producer>\n   \
<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool>\n   \
<xmp:CreateDate>{date}</xmp:CreateDate>\n   \
<xmp:ModifyDate>{date}</xmp:ModifyDate>\n\
{custom}  </rdf:Description>\n </rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"w\"?>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
