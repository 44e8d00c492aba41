//! The structure tree: the role of each marked piece of content, in reading order (ISO 32000-1, 14.7).

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

use super::broken::failed;
use super::conformance::Conformance;
use super::content::{Area, PageContent};
use super::links::LinkAnnotation;
use super::structure_type::type_name;
use super::text_string::text_string;
use crate::failure::Outcome;
use crate::layout::{Element, ElementKind, Scope, Structure};

/// A child of a structure element.
enum Kid {
    Element(usize),
    /// A marked-content sequence by its page and its identifier there.
    Content(usize, usize),
    /// A link's annotation and its page.
    Annotation(ObjectId, usize),
}

impl Kid {
    /// As an entry in its element's children.
    fn object(&self, element_ids: &[ObjectId], page_ids: &[ObjectId]) -> Object {
        match *self {
            Kid::Element(child) => Object::Reference(element_ids[child]),
            Kid::Content(page, identifier) => Object::Dictionary(dictionary! {
                "Type" => "MCR",
                "Pg" => page_ids[page],
                "MCID" => identifier as i64,
            }),
            Kid::Annotation(annotation, page) => Object::Dictionary(dictionary! {
                "Type" => "OBJR",
                "Pg" => page_ids[page],
                "Obj" => annotation,
            }),
        }
    }
}

/// The namespace of PDF 2.0's structure types (ISO 32000-2, 14.8.6).
const NAMESPACE: &str = "http://iso.org/pdf2/ssn";

/// Adds the structure tree, and references back to it in the pages and annotations; returns the elements.
pub(super) fn add(
    document: &mut Document,
    page_ids: &[ObjectId],
    structure: &Structure,
    contents: &[PageContent],
    links: &[LinkAnnotation],
    conformance: Conformance<'_>,
) -> Outcome<Vec<ObjectId>> {
    let namespace = (conformance == Conformance::Ua2).then(|| {
        let namespace = dictionary! { "Type" => "Namespace", "NS" => text_string(NAMESPACE) };
        document.add_object(namespace)
    });
    let root = document.new_object_id();
    let element_ids: Vec<ObjectId> = structure
        .elements
        .iter()
        .map(|_| document.new_object_id())
        .collect();
    let kids = kids(structure, contents, links);
    for (index, element) in structure.elements.iter().enumerate() {
        let parent = element
            .parent
            .map_or(root, |parent| element_ids[parent.index()]);
        let kids = kids[index]
            .iter()
            .map(|kid| kid.object(&element_ids, page_ids));
        let area = area_of(index, contents);
        let mut entry = entry(element, parent, kids.collect(), area, conformance);
        if let Some(namespace) = namespace {
            entry.set("NS", namespace);
        }
        document.set_object(element_ids[index], entry);
    }
    let parent_tree = parent_tree(document, &element_ids, contents, links)?;
    for (page, &page_id) in page_ids.iter().enumerate() {
        document
            .get_dictionary_mut(page_id)
            .map_err(failed)?
            .set("StructParents", page as i64);
    }
    let top: Vec<Object> = structure
        .elements
        .iter()
        .zip(&element_ids)
        .filter(|(element, _)| element.parent.is_none())
        .map(|(_, &id)| Object::Reference(id))
        .collect();
    let mut tree = dictionary! {
        "Type" => "StructTreeRoot",
        "K" => top,
        "ParentTree" => parent_tree,
        "ParentTreeNextKey" => (page_ids.len() + links.len()) as i64,
    };
    if let Some(namespace) = namespace {
        tree.set("Namespaces", vec![Object::Reference(namespace)]);
    }
    document.set_object(root, tree);
    let catalog = document.catalog_mut().map_err(failed)?;
    catalog.set("StructTreeRoot", root);
    catalog.set("MarkInfo", dictionary! { "Marked" => true });
    Ok(element_ids)
}

/// An element's dictionary; `area` is its position if it is a figure.
fn entry(
    element: &Element,
    parent: ObjectId,
    kids: Vec<Object>,
    area: Option<Area>,
    conformance: Conformance<'_>,
) -> Dictionary {
    let kids = match <[Object; 1]>::try_from(kids) {
        Ok([only]) => only,
        Err(several) => Object::Array(several),
    };
    let mut entry = dictionary! {
        "Type" => "StructElem",
        "S" => type_name(element.kind, conformance),
        "P" => parent,
        "K" => kids,
    };
    if let Some(alt) = &element.alt
        && element.kind != ElementKind::Table
        // The target of a link is of no use if it can't be followed.
        && !(element.kind == ElementKind::Link && conformance.is_for_print_shop())
    {
        entry.set("Alt", text_string(alt));
    }
    if let Some(language) = &element.language {
        entry.set("Lang", text_string(language));
    }
    if let Some(attributes) = attributes(element, area) {
        entry.set("A", attributes);
    }
    entry
}

/// Where a figure is on its page.
fn area_of(element: usize, contents: &[PageContent]) -> Option<Area> {
    contents
        .iter()
        .flat_map(|content| &content.figures)
        .find(|(figure, _)| figure.index() == element)
        .map(|&(_, area)| area)
}

/// The children of every element in reading order: child elements in the order in which they were added; in an
/// element with its own content, everything where it first appears.
fn kids(
    structure: &Structure,
    contents: &[PageContent],
    links: &[LinkAnnotation],
) -> Vec<Vec<Kid>> {
    let count = structure.elements.len();
    let mut kids: Vec<Vec<Kid>> = (0..count).map(|_| Vec::new()).collect();
    let mut has_content = vec![false; count];
    for content in contents {
        for element in &content.marked {
            has_content[element.index()] = true;
        }
    }
    let mut is_placed = vec![false; count];
    for (page, content) in contents.iter().enumerate() {
        for (identifier, element) in content.marked.iter().enumerate() {
            kids[element.index()].push(Kid::Content(page, identifier));
            let parent = structure.elements[element.index()].parent;
            if let Some(parent) = parent.filter(|parent| has_content[parent.index()])
                && !is_placed[element.index()]
            {
                is_placed[element.index()] = true;
                kids[parent.index()].push(Kid::Element(element.index()));
            }
        }
    }
    for (index, element) in structure.elements.iter().enumerate() {
        if let Some(parent) = element.parent
            && !is_placed[index]
        {
            kids[parent.index()].push(Kid::Element(index));
        }
    }
    for link in links {
        kids[link.element.index()].push(Kid::Annotation(link.annotation, link.page));
    }
    kids
}

/// References from content and annotations back to their elements: pages first, then annotations.
fn parent_tree(
    document: &mut Document,
    element_ids: &[ObjectId],
    contents: &[PageContent],
    links: &[LinkAnnotation],
) -> Outcome<ObjectId> {
    let mut numbers: Vec<Object> = Vec::new();
    for (page, content) in contents.iter().enumerate() {
        let owners: Vec<Object> = content
            .marked
            .iter()
            .map(|element| Object::Reference(element_ids[element.index()]))
            .collect();
        numbers.push((page as i64).into());
        numbers.push(Object::Reference(document.add_object(owners)));
    }
    for (index, link) in links.iter().enumerate() {
        let key = (contents.len() + index) as i64;
        document
            .get_dictionary_mut(link.annotation)
            .map_err(failed)?
            .set("StructParent", key);
        numbers.push(key.into());
        numbers.push(Object::Reference(element_ids[link.element.index()]));
    }
    // A link annotation needs its own description (ISO 14289-1, 7.18.5): that of its element.
    for link in links {
        let alt = document
            .get_dictionary(element_ids[link.element.index()])
            .and_then(|element| element.get(b"Alt"))
            .ok()
            .cloned();
        if let Some(alt) = alt {
            document
                .get_dictionary_mut(link.annotation)
                .map_err(failed)?
                .set("Contents", alt);
        }
    }
    Ok(document.add_object(dictionary! { "Nums" => numbers }))
}

/// Attributes that readers need for some elements (ISO 32000-1, 14.8.5); `area` is the position of a figure.
fn attributes(element: &Element, area: Option<Area>) -> Option<Dictionary> {
    match element.kind {
        ElementKind::Table => element.alt.as_ref().map(|summary| {
            dictionary! { "O" => "Table", "Summary" => text_string(summary) }
        }),
        ElementKind::HeaderCell(scope) => Some(dictionary! {
            "O" => "Table",
            "Scope" => match scope {
                Scope::Row => "Row",
                Scope::Column => "Column",
            },
        }),
        ElementKind::List { ordered } => Some(dictionary! {
            "O" => "List",
            "ListNumbering" => if ordered { "Decimal" } else { "Disc" },
        }),
        ElementKind::Figure => {
            let mut layout = dictionary! { "O" => "Layout", "Placement" => "Block" };
            if let Some(area) = area {
                layout.set("BBox", area.map(Object::from).to_vec());
            }
            Some(layout)
        }
        _ => None,
    }
}
