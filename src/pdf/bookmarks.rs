//! Bookmarks: the headings as the reader's table of contents (ISO 32000-1, 12.3.3).

use lopdf::{Document, Object, ObjectId, dictionary};

use super::broken::failed;
use super::text_string::text_string;
use crate::failure::Outcome;
use crate::layout::Bookmark;

/// Where bookmarks lead.
pub(super) struct Targets<'a> {
    pub(super) pages: &'a [ObjectId],
    /// The structure elements, if bookmarks lead to these too.
    pub(super) elements: Option<&'a Vec<ObjectId>>,
    pub(super) page_height: f32,
}

impl Targets<'_> {
    /// The entry of a bookmark that says where it leads (ISO 32000-2, 12.3.2.3 and 12.6.4.2).
    fn entry(&self, bookmark: &Bookmark) -> (&'static str, Object) {
        let place = |target: ObjectId| {
            let top = (self.page_height - bookmark.y).into();
            Object::Array(vec![
                target.into(),
                "XYZ".into(),
                Object::Null,
                top,
                Object::Null,
            ])
        };
        let page = place(self.pages[bookmark.page]);
        match self.elements {
            None => ("Dest", page),
            Some(elements) => {
                let element = place(elements[bookmark.element.index()]);
                let action = dictionary! { "S" => "GoTo", "D" => page, "SD" => element };
                ("A", Object::Dictionary(action))
            }
        }
    }
}

/// Adds a bookmark for every heading, with those of a lower level under the previous one of a higher level.
pub(super) fn add(
    document: &mut Document,
    targets: &Targets<'_>,
    outline: &[Bookmark],
) -> Outcome<()> {
    if outline.is_empty() {
        return Ok(());
    }
    let root = document.new_object_id();
    let ids: Vec<ObjectId> = outline.iter().map(|_| document.new_object_id()).collect();
    let parents = parents(outline);
    for (index, bookmark) in outline.iter().enumerate() {
        let siblings: Vec<usize> = (0..outline.len())
            .filter(|&other| parents[other] == parents[index])
            .collect();
        let children: Vec<usize> = (0..outline.len())
            .filter(|&other| parents[other] == Some(index))
            .collect();
        let mut entry = dictionary! {
            "Title" => text_string(&bookmark.title),
            "Parent" => parents[index].map_or(root, |parent| ids[parent]),
        };
        let (key, target) = targets.entry(bookmark);
        entry.set(key, target);
        let place = siblings.iter().position(|&sibling| sibling == index);
        if let Some(previous) = place.and_then(|place| place.checked_sub(1)) {
            entry.set("Prev", ids[siblings[previous]]);
        }
        if let Some(&next) = place.and_then(|place| siblings.get(place + 1)) {
            entry.set("Next", ids[next]);
        }
        if let (Some(&first), Some(&last)) = (children.first(), children.last()) {
            entry.set("First", ids[first]);
            entry.set("Last", ids[last]);
            // Open: readers show the children at once.
            entry.set("Count", descendants(&parents, index) as i64);
        }
        document.set_object(ids[index], entry);
    }
    let top: Vec<usize> = (0..outline.len())
        .filter(|&index| parents[index].is_none())
        .collect();
    if let (Some(&first), Some(&last)) = (top.first(), top.last()) {
        document.set_object(
            root,
            dictionary! {
                "Type" => "Outlines",
                "First" => ids[first],
                "Last" => ids[last],
                "Count" => outline.len() as i64,
            },
        );
        let catalog = document.catalog_mut().map_err(failed)?;
        catalog.set("Outlines", root);
        catalog.set("PageMode", "UseOutlines");
    }
    Ok(())
}

/// The parent of each heading: the last one before it with a higher level.
fn parents(outline: &[Bookmark]) -> Vec<Option<usize>> {
    (0..outline.len())
        .map(|index| {
            (0..index)
                .rev()
                .find(|&before| outline[before].level < outline[index].level)
        })
        .collect()
}

fn descendants(parents: &[Option<usize>], index: usize) -> usize {
    (0..parents.len())
        .filter(|&other| {
            let mut above = parents[other];
            while let Some(parent) = above {
                if parent == index {
                    return true;
                }
                above = parents[parent];
            }
            false
        })
        .count()
}
