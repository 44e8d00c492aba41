//! The XMP packet: what the file says about itself, in the form that archives read, and which standards it conforms
//! to (ISO 16684-1; ISO 19005-2, 6.6; ISO 14289-1, 5).

use sha2::{Digest, Sha256};

use super::conformance::Conformance;
use crate::program;
use crate::sheet::Metadata;

/// The namespace for properties that no other schema has, and that the information dictionary has too.
pub(super) const OWN: &str = "http://ns.adobe.com/pdfx/1.3/";
/// The standard of a file for a print shop.
pub(super) const PDF_X: &str = "PDF/X-4";

/// The standards that the file conforms to, each as its own standard requires.
fn claims(conformance: Conformance<'_>, digest: &[u8], date: &str) -> String {
    match conformance {
        Conformance::Ua1 => "\
   <pdfuaid:part>1</pdfuaid:part>
   <pdfaid:part>2</pdfaid:part>
   <pdfaid:conformance>A</pdfaid:conformance>
"
        .to_owned(),
        Conformance::Ua2 => "\
   <pdfuaid:part>2</pdfuaid:part>
   <pdfuaid:rev>2024</pdfuaid:rev>
   <pdfaid:part>4</pdfaid:part>
   <pdfaid:rev>2020</pdfaid:rev>
"
        .to_owned(),
        // ISO 15930-7, 6.3: which file it is, and which version of it.
        Conformance::PrintShop(_) => format!(
            "\
   <pdfuaid:part>1</pdfuaid:part>
   <pdfxid:GTS_PDFXVersion>{PDF_X}</pdfxid:GTS_PDFXVersion>
   <pdf:Trapped>False</pdf:Trapped>
   <xmp:MetadataDate>{date}</xmp:MetadataDate>
   <xmpMM:DocumentID>{}</xmpMM:DocumentID>
   <xmpMM:VersionID>1</xmpMM:VersionID>
   <xmpMM:RenditionClass>default</xmpMM:RenditionClass>
",
            uuid(digest)
        ),
    }
}

/// A digest as an identifier: version 8, with bits that anyone can define (RFC 9562, 5.8).
fn uuid(digest: &[u8]) -> String {
    let mut hex: String = digest[..16]
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    hex.replace_range(12..13, "8");
    hex.replace_range(16..17, "8");
    let parts = [
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..],
    ];
    format!("uuid:{}", parts.join("-"))
}

/// A property that isn't in any schema known to PDF/A.
struct Property<'a> {
    name: &'a str,
    value_type: &'static str,
    /// `internal`: written by the program; `external`: what somebody said about the content.
    category: &'static str,
    description: String,
}

/// The packet, which is the same for the same metadata; dates are midnight on the data's last day, as in the
/// information dictionary.
pub(super) fn packet(title: &str, metadata: &Metadata, conformance: Conformance<'_>) -> String {
    let title = escape(title);
    let subject = escape(&metadata.subject);
    let keywords = escape(&metadata.keywords);
    let author = escape(&metadata.author);
    let language = escape(&metadata.language);
    let date = format!("{}T00:00:00Z", metadata.date.format("%Y-%m-%d"));
    let custom: String = metadata
        .custom
        .iter()
        .map(|(name, value)| format!("   <pdfx:{name}>{}</pdfx:{name}>\n", escape(value)))
        .collect();
    let digest = Sha256::digest(format!("{title}\n{subject}\n{custom}"));
    let claims = claims(conformance, &digest, &date);
    // Only PDF/A-2 requires them.
    let schemas = match conformance {
        Conformance::Ua1 => schemas(metadata),
        Conformance::Ua2 | Conformance::PrintShop(_) => String::new(),
    };
    let producer = program::NAME;
    format!(
        "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>
<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">
 <rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">
  <rdf:Description rdf:about=\"\"
    xmlns:dc=\"http://purl.org/dc/elements/1.1/\"
    xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\"
    xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\"
    xmlns:pdfx=\"{OWN}\"
    xmlns:pdfxid=\"http://www.npes.org/pdfx/ns/id/\"
    xmlns:xmpMM=\"http://ns.adobe.com/xap/1.0/mm/\"
    xmlns:pdfuaid=\"http://www.aiim.org/pdfua/ns/id/\"
    xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\"
    xmlns:pdfaExtension=\"http://www.aiim.org/pdfa/ns/extension/\"
    xmlns:pdfaSchema=\"http://www.aiim.org/pdfa/ns/schema#\"
    xmlns:pdfaProperty=\"http://www.aiim.org/pdfa/ns/property#\">
   <dc:format>application/pdf</dc:format>
   <dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">{title}</rdf:li></rdf:Alt></dc:title>
   <dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
   <dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">{subject}</rdf:li></rdf:Alt></dc:description>
   <dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
   <pdf:Keywords>{keywords}</pdf:Keywords>
   <pdf:Producer>{producer}</pdf:Producer>
   <xmp:CreatorTool>{producer}</xmp:CreatorTool>
   <xmp:CreateDate>{date}</xmp:CreateDate>
   <xmp:ModifyDate>{date}</xmp:ModifyDate>
{claims}{custom}{schemas}  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end=\"w\"?>"
    )
}

/// Descriptions of the schemas that PDF/A doesn't know (ISO 19005-2, 6.6.2.3.3).
fn schemas(metadata: &Metadata) -> String {
    let claim = Property {
        name: "part",
        value_type: "Integer",
        category: "internal",
        description: "Part of ISO 14289 to which the file conforms".to_owned(),
    };
    let custom: Vec<Property<'_>> = metadata
        .custom
        .iter()
        .map(|(name, _)| Property {
            name,
            value_type: "Text",
            category: "external",
            description: format!("{name} of the statistics in this file"),
        })
        .collect();
    let all = schema(
        "PDF/UA identification",
        "http://www.aiim.org/pdfua/ns/id/",
        "pdfuaid",
        &[claim],
    ) + &schema(
        "Entries of the information dictionary",
        OWN,
        "pdfx",
        &custom,
    );
    format!(
        "   <pdfaExtension:schemas><rdf:Bag>
{all}   </rdf:Bag></pdfaExtension:schemas>
"
    )
}

fn schema(name: &str, namespace: &str, prefix: &str, properties: &[Property<'_>]) -> String {
    let properties: String = properties
        .iter()
        .map(|property| {
            format!(
                "     <rdf:li rdf:parseType=\"Resource\">
      <pdfaProperty:name>{}</pdfaProperty:name>
      <pdfaProperty:valueType>{}</pdfaProperty:valueType>
      <pdfaProperty:category>{}</pdfaProperty:category>
      <pdfaProperty:description>{}</pdfaProperty:description>
     </rdf:li>\n",
                property.name, property.value_type, property.category, property.description
            )
        })
        .collect();
    format!(
        "    <rdf:li rdf:parseType=\"Resource\">
     <pdfaSchema:schema>{name}</pdfaSchema:schema>
     <pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI>
     <pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>
     <pdfaSchema:property><rdf:Seq>
{properties}     </rdf:Seq></pdfaSchema:property>
    </rdf:li>\n"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
