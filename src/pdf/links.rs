//! Links: annotations over the words that lead somewhere.

use lopdf::{Document, Object, ObjectId, dictionary};

use super::content::PageContent;
use super::text_string::text_string;
use crate::layout::ElementId;

/// A link's annotation, for the structure tree.
pub(super) struct LinkAnnotation {
    pub(super) annotation: ObjectId,
    pub(super) element: ElementId,
    /// Page from 0.
    pub(super) page: usize,
}

/// Adds an annotation for every link area.
pub(super) fn add(
    document: &mut Document,
    page_ids: &[ObjectId],
    contents: &[PageContent],
) -> Vec<LinkAnnotation> {
    let mut links = Vec::new();
    for (page, (content, &page_id)) in contents.iter().zip(page_ids).enumerate() {
        let mut annotations = Vec::new();
        for link in &content.links {
            let annotation = document.add_object(dictionary! {
                "Type" => "Annot",
                "Subtype" => "Link",
                "Rect" => link.area.map(Object::from).to_vec(),
                "Border" => vec![0.into(), 0.into(), 0.into()],
                // Printed with the page (ISO 32000-1, 12.5.3).
                "F" => 4,
                "P" => page_id,
                "A" => dictionary! {
                    "Type" => "Action",
                    "S" => "URI",
                    "URI" => text_string(&link.url),
                },
            });
            annotations.push(Object::Reference(annotation));
            links.push(LinkAnnotation {
                annotation,
                element: link.element,
                page,
            });
        }
        if let Ok(dictionary) = document.get_dictionary_mut(page_id) {
            if annotations.is_empty() {
                dictionary.remove(b"Annots");
            } else {
                dictionary.set("Annots", annotations);
            }
            // Tabs go from link to link as the document is read (ISO 14289-1, 7.18.3).
            dictionary.set("Tabs", "S");
        }
    }
    links
}
