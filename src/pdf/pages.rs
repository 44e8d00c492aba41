//! Pages: their sizes, what is drawn on them, and their place in the file.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::content::PageContent;
use crate::layout::Pages;

/// Adds the catalog and the pages, whose operators it takes.
pub(super) fn add(
    document: &mut Document,
    pages: &Pages,
    contents: &mut [PageContent],
    fonts: ObjectId,
) -> Vec<ObjectId> {
    let tree = document.new_object_id();
    let resources = document.add_object(dictionary! { "Font" => fonts });
    let boxes = boxes(pages);
    let ids: Vec<ObjectId> = contents
        .iter_mut()
        .map(|content| {
            let operators = std::mem::take(&mut content.operators);
            let drawn = Stream::new(Dictionary::new(), operators.into_bytes());
            let drawn = document.add_object(drawn);
            let mut page = dictionary! {
                "Type" => "Page",
                "Parent" => tree,
                "Resources" => resources,
                "Contents" => drawn,
            };
            for (key, corners) in &boxes {
                page.set(*key, corners.map(Object::from).to_vec());
            }
            document.add_object(page)
        })
        .collect();
    let kids: Vec<Object> = ids.iter().map(|&id| Object::Reference(id)).collect();
    document.set_object(
        tree,
        dictionary! {
            "Type" => "Pages",
            "Count" => ids.len() as i64,
            "Kids" => kids,
        },
    );
    // Labelled as their foot lines number them, from 1 (ISO 32000-1, 12.4.2).
    let decimal = dictionary! { "S" => "D" };
    let catalog = document.add_object(dictionary! {
        "Type" => "Catalog",
        "Pages" => tree,
        "PageLabels" => dictionary! { "Nums" => vec![0.into(), Object::Dictionary(decimal)] },
    });
    document.trailer.set("Root", catalog);
    ids
}

/// Left, bottom, right and top of a page by what they bound. The page's corner is the origin, with or
/// without margins beyond it.
fn boxes(pages: &Pages) -> Vec<(&'static str, [f32; 4])> {
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
    boxes
}
