//! What the pages refer to by name: their resources (ISO 32000-1, 7.8.3).

use lopdf::{Dictionary, Document, Object, ObjectId};

/// The dictionary of a page's resources.
fn of_page(document: &Document, page: ObjectId) -> lopdf::Result<ObjectId> {
    let page = document.get_dictionary(page)?;
    page.get(b"Resources")?.as_reference()
}

/// Sets one kind of resource for all pages.
pub(super) fn set_on_each_page(document: &mut Document, kind: &str, named: &Dictionary) {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    for page in pages {
        let resources = of_page(document, page);
        if let Ok(resources) = resources.and_then(|id| document.get_dictionary_mut(id)) {
            resources.set(kind, named.clone());
        }
    }
}

/// Removes the resources of kinds that the pages don't use: a checker that meets a dictionary of shadings can't show
/// that it is always empty.
pub(super) fn drop_empty(document: &mut Document) {
    let is_empty = |entry: &Object| {
        document
            .dereference(entry)
            .is_ok_and(|(_, entry)| entry.as_dict().is_ok_and(Dictionary::is_empty))
    };
    let kept: Vec<(ObjectId, Dictionary)> = document
        .get_pages()
        .into_values()
        .filter_map(|page| {
            let id = of_page(document, page).ok()?;
            let mut resources = document.get_dictionary(id).ok()?.clone();
            let empty: Vec<Vec<u8>> = resources
                .iter()
                .filter(|(_, entry)| is_empty(entry))
                .map(|(name, _)| name.clone())
                .collect();
            for name in empty {
                resources.remove(&name);
            }
            Some((id, resources))
        })
        .collect();
    for (id, resources) in kept {
        document.set_object(id, resources);
    }
}
